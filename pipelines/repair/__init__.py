"""Repairs: text as its writer meant it, one `str -> str` function a fault, in order, until nothing changes.

The raw text stays in the archive; a repair is a mark with its replacement. Glyphs of the private use area stay: which
character a newspaper's own font meant is not known here.
"""

import re

from pipelines.repair.characters import (
    join_strewn,
    strip_controls,
    strip_invisible,
    strip_pinyin,
    strip_residue,
    unescape_codes,
    unescape_entities,
    unify_radicals,
)
from pipelines.repair.encodings import (
    looks_foreign,
    redecode_gbk_from_big5,
    redecode_gbk_from_latin,
    redecode_utf8_from_gbk,
    redecode_utf8_from_latin,
    restore_lost_lead,
)
from pipelines.repair.repaired import Repaired, Span, compare

__all__ = ["REPAIRS", "Repaired", "Span", "repair"]

#: In this order: codes come before what they hide, GBK before ftfy, which would take its Latin letters for Cyrillic.
REPAIRS = (
    unescape_entities,
    unescape_codes,
    redecode_utf8_from_gbk,
    redecode_gbk_from_big5,
    redecode_gbk_from_latin,
    redecode_utf8_from_latin,
    restore_lost_lead,
    strip_invisible,
    strip_controls,
    strip_residue,
    strip_pinyin,
    join_strewn,
    unify_radicals,
)
#: A text without any of these and of ordinary characters has none of the faults.
_TRACE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u00c2-\u00f4\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2f00-\u2fd5"
    "\ud800-\udfff\ufeff\ufffd]"
    r"|&[#a-z]|\\u[0-9a-fA-F]|%[0-9a-fA-F]{2}|-->|<!--|/?(?:p|div|span)>|\?[！“”’‘。，；：、？][\u4e00-\u9fff]"
    r"|\([a-zü\u00e0-\u01dc]{1,6}\)|[\u3400-\u9fff] [\u3400-\u9fff] [\u3400-\u9fff]"
)
#: Each round takes one layer off; what is deeper than this was made to be.
_ROUNDS = 6


def repair(text: str) -> Repaired:
    """The text repaired, with the spans of the raw text that were replaced; most texts come back as they are."""
    if not _TRACE.search(text) and not looks_foreign(text):
        return Repaired(text)
    repaired, names = text, []
    for _ in range(_ROUNDS):
        before = repaired
        for step in REPAIRS:
            after = step(repaired)
            if after != repaired:
                names.append(step.__name__)
                repaired = after
        if repaired == before:
            break
    return compare(text, repaired, "+".join(dict.fromkeys(names)))
