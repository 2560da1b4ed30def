"""What texts are compared by: their bare characters, and two digests of them."""

import hashlib
import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipelines.fold import fold, from_points, to_points
from pipelines.model import Fingerprint

#: Shingles are runs of this many characters.
SHINGLE = 5
_NO_WORD = re.compile(r"[\W_]+")
#: Pinyin that a farm puts behind a character (网(wǎng)络(luò)), folded; it has a tone, which other words have not.
_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])\((?=[a-z]*[\u00e0-\u01dc])[a-z\u00e0-\u01dc\u0251\u0261]{1,6}\)")


def bare(text: str) -> str:
    """The folded text without white space and punctuation, which copies change first, nor pinyin behind characters.

    >>> bare("《新華日報》 2月7日，发布網(wǎng)站。")
    '新华日报2月7日发布网站'
    """
    return _NO_WORD.sub("", _folded(text))


def bare_lines(clean_text: str) -> tuple[str, ...]:
    """Every line of a clean text, bare; empty ones stay, so that their numbers are those of the text.

    >>> bare_lines("第一段。\\n——\\n第三段。")
    ('第一段', '', '第三段')
    """
    points = to_points(_folded(clean_text))
    return tuple(from_points(points[_kept()[points]]).split("\n"))


@cache
def _kept() -> NDArray[np.bool_]:
    """For each code point, whether bare lines keep it or end with it. Candidates are made bare by the dozen."""
    kept = np.zeros(0x110000, np.bool_)
    for run in re.finditer(r"[^\W_]+|\n", from_points(np.arange(len(kept), dtype="<u4"))):
        kept[slice(*run.span())] = True
    return kept


def shingles(bare_text: str) -> set[str]:
    """Every run of five characters of a bare text; none for a shorter one."""
    return {bare_text[i : i + SHINGLE] for i in range(len(bare_text) - SHINGLE + 1)}


def fingerprint(clean_text: str) -> Fingerprint:
    """Both digests survive a change of width, script, case or punctuation; the first one another division as well."""
    lines = bare_lines(clean_text)
    return Fingerprint(text_digest=_digest("".join(lines)), lines_digest=_digest("\n".join(lines)))


def _folded(text: str) -> str:
    folded = fold(text)
    return _PINYIN.sub("", folded) if "(" in folded else folded


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
