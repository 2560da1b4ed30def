"""Repairs: text as its writer meant it, one `str -> str` function a fault, in order, until nothing changes.

The raw text stays in the archive; a repair is a mark with its replacement. What cannot be undone is never guessed:
`find_suspects` flags it.
"""

import re

from pipelines.repair.characters import (
    join_strewn,
    strip_controls,
    strip_invisible,
    strip_pinyin,
    unify_private,
    unify_radicals,
)
from pipelines.repair.codes import unescape_codes, unescape_entities
from pipelines.repair.encodings import (
    looks_foreign,
    redecode_gbk_from_big5,
    redecode_gbk_from_latin,
    redecode_utf8_from_gbk,
    redecode_utf8_from_latin,
)
from pipelines.repair.lead import restore_lost_lead
from pipelines.repair.repaired import Repaired, Span, compare
from pipelines.repair.residue import strip_residue
from pipelines.repair.suspects import find_suspects

__all__ = ["REPAIRS", "Repaired", "Span", "find_suspects", "repair"]

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
    unify_private,
)
#: Characters that are never meant.
_CHARACTERS = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u00c2-\u00f4\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2f00-\u2fd5\u3164\ud800-\udfff\ue78d-\ue7c8\ue815-\ue864\ufeff\uffa0\ufff9-\ufffd"
)
_SPACES = " \u00a0\u2002-\u200a\u202f\u3000"
#: A text without any of these and of ordinary characters has none of the faults.
_TRACE = re.compile(
    rf"[{_CHARACTERS}]"
    r"|[&＆][#a-zA-Zｎ]|[\\%]u[0-9a-fA-F]|%[0-9a-fA-F]{2}|[<>]|\]\]|\[endif|\[if "
    r"|\?[^\x00-\x7f]{2}|！[\u4e00-\u9fff][^\x00-\x7f]{0,400}[@-~?]"
    r"|\([a-zü\u00e0-\u01dc\u01f9\u0251\u0261]{1,6}\)"
    rf"|(?:[\u3400-\u9fff][{_SPACES}]){{2}}[\u3400-\u9fff]"
)
#: Each of the alternatives has one of these: most texts have none.
_HINT = re.compile(rf"[{_CHARACTERS}{_SPACES}&＆\\%<>\]\[?！(]")
#: Each round takes one layer off; what is deeper than this was made to be.
_ROUNDS = 6


def repair(text: str) -> Repaired:
    """The text repaired, with the spans of the raw text that were replaced; most texts come back as they are."""
    if not (_HINT.search(text) and _TRACE.search(text)) and not looks_foreign(text):
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
