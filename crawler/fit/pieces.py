"""Texts cut into pieces of a paragraph's length, and what characters and pairs each piece holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.fold import fold
from pipelines.judge.space import SHIFT, Array, Held, hold

#: A character or pair is known if it stands in so many texts.
TEXTS = 12
#: Characters of a piece: a paragraph has so many; a longer one is cut at sentences.
SHORT, LONG, PIECE = 30, 330, 120
#: Texts read at once, so that memory does not grow with the archive.
_BATCH = 1000
_SENTENCE = re.compile('[^。!?]*[。!?]*[”"」]?')
_BLANK = re.compile(r"\s")


@dataclass(frozen=True)
class Pieces:
    """The pieces of all texts as rows of known tokens."""

    #: By piece: where its tokens begin in `rows`, and one more; the text that it is of.
    starts: Array
    text: Array
    rows: Array
    codes: Array
    #: By code: in how many texts it stands; and the texts in all.
    spread: Array
    texts: int


def cut(text: str) -> list[str]:
    """A text's paragraphs, folded; those that run on are cut at sentences."""
    found = []
    for line in fold(text).split("\n"):
        if len(line) <= LONG:
            found.append(line)
            continue
        piece = ""
        for sentence in _SENTENCE.findall(line):
            piece += sentence
            if len(piece) >= PIECE:
                found.append(piece)
                piece = ""
        found.append(piece)
    return [piece for piece in found if len(piece) >= SHORT]


def read_pieces(texts: Sequence[str]) -> Pieces:
    """Cut, count and number."""
    helds, owners = [], []
    for begin in range(0, len(texts), _BATCH):
        cuts = [cut(text) for text in texts[begin : begin + _BATCH]]
        helds.append(hold([piece for pieces in cuts for piece in pieces]))
        owners.append(begin + np.repeat(np.arange(len(cuts)), list(map(len, cuts))))
    codes, spread = _count(helds, owners)
    rows, sizes = [], []
    for held in helds:
        found = np.minimum(np.searchsorted(codes, held.codes), len(codes) - 1)
        known = (codes[found] == held.codes)[held.token]
        by_piece = np.argsort(held.text[known], kind="stable")
        rows.append(found[held.token[known][by_piece]].astype(np.int32))
        sizes.append(np.bincount(held.text[known], minlength=held.texts))
    starts = np.concatenate(([0], np.cumsum(np.concatenate(sizes))))
    return Pieces(starts, np.concatenate(owners), np.concatenate(rows), codes, spread, len(texts))


def _count(helds: Sequence[Held], owners: Sequence[Array]) -> tuple[Array, Array]:
    """What stands in enough texts, and in how many."""
    codes, counts = [], []
    for held, owner in zip(helds, owners, strict=True):
        once = np.unique(owner[held.text] * len(held.codes) + held.token) % max(1, len(held.codes))
        codes.append(held.codes)
        counts.append(np.bincount(once, minlength=len(held.codes)))
    every, place = np.unique(np.concatenate(codes), return_inverse=True)
    spread = np.bincount(place, weights=np.concatenate(counts)).astype(np.int64)
    kept = (spread >= TEXTS) & _is_word(every)
    return every[kept], spread[kept]


def _is_word(codes: Array) -> Array:
    """Whether a code is a character that is seen, or a pair of letters, digits, Hanzi."""
    first, second = codes >> SHIFT, codes & ((1 << SHIFT) - 1)
    points = np.union1d(first, second)
    seen = np.array([not _BLANK.match(chr(point)) for point in points])
    plain = np.array([chr(point).isalnum() for point in points])
    place, other = np.searchsorted(points, second), np.searchsorted(points, first)
    hanzi = ((first >= 0x4E00) & (first <= 0x9FFF)) | ((second >= 0x4E00) & (second <= 0x9FFF))
    return np.where(first == 0, seen[place], seen[place] & seen[other] & (hanzi | (plain[place] & plain[other])))
