"""Which word ordinary text takes where others would do, and what stands beside it.

A table of swaps puts a seldom word where nearly everybody writes another of the same sense, which is then missing from
the whole article; and the new one stands between neighbours that it never met. Each kind of word of an article falls
into a cell by such signs, and each cell has points: how much likelier it is for a word that was swapped in than for one
that its writer chose. No word is odd for itself, so names, trades and topics, which have no common rival, count little.
"""

import lzma
from dataclasses import dataclass
from itertools import repeat
from math import log2
from typing import Any, TypeAlias

import numpy as np
import rjieba

#: An array of whole numbers.
Array: TypeAlias = Any

#: Of a word: rivals remembered; bits of the tables of neighbours that met, and that met three times; the multiplier
#: that spreads them.
RIVALS, MET_BITS, OFTEN_BITS, SPREAD = 3, 24, 21, 0x9E3779B97F4A7C15
#: What cells tell apart. How much commoner a missing rival is, quarter bits; how common the word is, the same; how much
#: oftener than by chance its neighbours meet it, tenths of a bit.
RIVAL_STEPS, LEVEL_STEPS, MEETING_STEPS = (1, 4, 8, 12, 18, 24, 32), (4, 8, 14, 20, 26, 34, 42), (-30, -20, -10, 0, 15)
#: One more for words without evidence; one, two and more times; of one, two and more characters.
SHAPE = (len(RIVAL_STEPS) + 2, len(LEVEL_STEPS) + 1, len(MEETING_STEPS) + 2, len(MEETING_STEPS) + 2, 3, 3)
CELLS = int(np.prod(SHAPE))
_BELOW_RIVAL = CELLS // SHAPE[0]
#: A sixteenth of a nat is one point. Shares of swapped words that are thought of, per mille.
POINT, MIXTURES = 16, (10, 30, 100)
#: Sums are over the words with most points, so many of them.
TOPS = (3, 6, 12, 25, 50)
_ABOVE = (8, 16, 24, 32, 40, 48)
_FEWEST = 60
#: Quarter bits of what is to be expected, from -4 bits to 8; by how they met, the surprise of neighbours.
_EXPECTED = range(-16, 33)
_MET_TIMES = (0.0, 1.4, 6.0)
_SURPRISE = np.array(
    [[round(10 * log2((met + 0.3) / (2 ** (bits / 4) + 0.3))) for bits in _EXPECTED] for met in _MET_TIMES], np.int64
)


@dataclass(frozen=True, slots=True, eq=False)
class Usage:
    """What one fit counted."""

    #: Each word's place, from 1, the commonest first; 0 is any other.
    places: dict[str, int]
    #: By place: how common, quarter bits of its count; whether it is of Hanzi; characters; rivals, 0 for none.
    levels: Array
    hanzi: Array
    lengths: Array
    rivals: Array
    #: Quarter bits of all words counted; by quarter bits, how many words of Hanzi are so common and commoner.
    total: int
    common: Array
    #: Neighbours that met, and met often, as bits.
    met: Array
    often: Array
    #: Points of cells; by points, what they add for each of `MIXTURES`, thousandths of a nat.
    points: Array
    mixtures: Array


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one text, kind by kind."""

    #: Every word in order, and which kind it is of (-1 for no kind).
    words: list[str]
    kinds: Array
    #: By kind: its place, and its cell.
    places: Array
    cells: Array
    #: Kinds of words of Hanzi that are in no place.
    unknown: int


def unpack_usage(packed: bytes) -> Usage:
    """The tables of one fit's file."""
    head, _, rest = lzma.decompress(packed).partition(b"\0")
    words = head.decode().split("\n")
    size, at = len(words) + 1, 1

    def take(count: int, kind: Any) -> Array:
        nonlocal at
        at += count * np.dtype(kind).itemsize
        return np.frombuffer(rest, kind, count, at - count * np.dtype(kind).itemsize)

    levels = take(size, np.uint8).astype(np.int64)
    hanzi = np.array([False, *map(is_hanzi, words)])
    return Usage(
        places={word: place for place, word in enumerate(words, 1)},
        levels=levels,
        hanzi=hanzi,
        lengths=np.array([0, *map(len, words)]),
        total=rest[0],
        common=np.cumsum(np.bincount(levels[hanzi], minlength=256)[::-1])[::-1],
        rivals=take(size * RIVALS, "<u2").reshape(size, RIVALS).astype(np.int64),
        met=take(1 << MET_BITS - 3, np.uint8),
        often=take(1 << OFTEN_BITS - 3, np.uint8),
        mixtures=take(len(MIXTURES) * 256, "<i2").reshape(len(MIXTURES), 256).astype(np.int64),
        points=take(CELLS, np.int8).astype(np.int64),
    )


def is_hanzi(word: str) -> bool:
    """Whether all of a word are Hanzi."""
    return all("一" <= letter <= "鿿" for letter in word)


def read_words(text: str, usage: Usage) -> Words:
    """The words of a folded text, each kind with its cell."""
    words = rjieba.cut(text.encode("utf-8", "replace").decode("utf-8"))  # Half a pair of UTF-16 is no text to it.
    found = list(map(usage.places.get, words, repeat(0)))
    unknown = {word for word, place in zip(words, found, strict=True) if not place and "一" <= word[0] <= "鿿"}
    every = np.array(found, np.int64)
    places, kinds = np.unique(every, return_inverse=True)
    wanted = usage.hanzi[places]
    left, right = _meetings(every, kinds, len(places), usage)
    cells = _cells(places, np.bincount(kinds, minlength=len(places)), left, right, usage)
    order = np.where(wanted, np.cumsum(wanted) - 1, -1)
    return Words(words, order[kinds], places[wanted], cells[wanted], len(unknown))


def measure_words(words: Words, usage: Usage) -> dict[str, int]:
    """The features of a text's words, all whole numbers."""
    points = usage.points[words.cells]
    kinds = max(len(points), _FEWEST)
    sums = np.cumsum(np.sort(points)[::-1])
    features = {f"words_top_{top}": int(sums[min(top, len(sums)) - 1]) if len(sums) else 0 for top in TOPS}
    for share, table in zip(MIXTURES, usage.mixtures, strict=True):
        added = int(table[points + 128].sum())
        features[f"words_mixed_{share}"], features[f"words_mixture_{share}"] = added, 10 * added // kinds
    for least in _ABOVE:
        features[f"words_above_{least}"] = 10_000 * int(np.count_nonzero(points >= least)) // kinds
    times = np.bincount(words.kinds[words.kinds >= 0], minlength=len(points))
    again = points[times > 1]
    for least in _ABOVE[::2]:
        features[f"words_again_{least}"] = 10_000 * int(np.count_nonzero(again >= least)) // kinds
    rivals, repeated = words.cells // _BELOW_RIVAL, times > 1
    for step in range(2, SHAPE[0]):
        ahead = rivals >= step
        features[f"words_rival_{step}"] = 10_000 * int(np.count_nonzero(ahead)) // kinds
        features[f"words_rival_again_{step}"] = 10_000 * int(np.count_nonzero(ahead & repeated)) // kinds
    features["words_unknown"] = 10_000 * words.unknown // kinds
    features["words_rich"] = 1000 * len(points) // max(len(words.words), 1)
    return features | _missing(words, usage)


def places_of(words: Words, usage: Usage, least: int) -> list[tuple[int, int]]:
    """Where words of so many points stand: offsets of their first characters, and their lengths."""
    found, at = [], 0
    points = [*usage.points[words.cells].tolist(), least - 1]
    for word, kind in zip(words.words, words.kinds.tolist(), strict=True):
        if points[kind] >= least:
            found.append((at, len(word)))
        at += len(word)
    return found


def _meetings(every: Array, kinds: Array, size: int, usage: Usage) -> tuple[Array, Array]:
    """By kind: the mean surprise of its neighbours to the left and to the right, tenths of a bit; 999 for none."""
    known = (every[:-1] > 0) & (every[1:] > 0)
    keys = (every[:-1].astype(np.uint64) << np.uint64(17) | every[1:].astype(np.uint64)) * np.uint64(SPREAD)
    met = _bit(usage.met, keys >> np.uint64(64 - MET_BITS))
    often = met & _bit(usage.often, keys >> np.uint64(64 - OFTEN_BITS))
    expected = usage.levels[every[:-1]] + usage.levels[every[1:]] - usage.total
    surprise = _SURPRISE[met.astype(np.intp) + often, np.clip(expected, _EXPECTED[0], _EXPECTED[-1]) - _EXPECTED[0]]
    means = []
    for side in (kinds[1:], kinds[:-1]):
        count = np.bincount(side[known], minlength=size)
        whole = np.bincount(side[known], surprise[known], minlength=size).astype(np.int64)
        means.append(np.where(count > 0, whole // np.maximum(count, 1), 999))
    return means[0], means[1]


def _bit(table: Array, at: Array) -> Array:
    return table[at >> np.uint64(3)] >> (at & np.uint64(7)).astype(np.uint8) & 1


def _cells(places: Array, times: Array, left: Array, right: Array, usage: Usage) -> Array:
    """The cell of each kind of word: see `SHAPE`."""
    here = np.zeros(len(usage.levels), bool)
    here[places] = True
    rivals, levels = usage.rivals[places], usage.levels[places]
    ahead = np.where((rivals > 0) & ~here[rivals], usage.levels[rivals] - levels[:, None], 0).max(axis=1, initial=0)
    beside = (here[rivals] & (rivals > 0)).any(axis=1)
    rival = np.where(rivals[:, 0] == 0, 0, 1 + np.searchsorted(RIVAL_STEPS, ahead - 6 * beside, side="right"))
    parts = (
        rival,
        np.searchsorted(LEVEL_STEPS, levels, side="right"),
        _step(left),
        _step(right),
        np.minimum(times, 3) - 1,
        np.clip(usage.lengths[places], 1, 3) - 1,
    )
    return np.ravel_multi_index(parts, SHAPE, mode="clip")


def _step(surprise: Array) -> Array:
    return np.where(surprise == 999, 0, 1 + np.searchsorted(MEETING_STEPS, surprise, side="right"))


def _missing(words: Words, usage: Usage) -> dict[str, int]:
    """Of words so common that one, two, four, eight were to be expected: how many are not there, per mille."""
    one = usage.total - _quarter_bits(max(len(words.words), 1))
    features = {}
    for times in (1, 2, 4, 8):
        least = one + 4 * (times.bit_length() - 1)
        every = int(usage.common[max(0, min(least, 255))])
        there = int(np.count_nonzero(usage.levels[words.places] >= least))
        features[f"words_missing_{times}"] = 1000 * max(0, every - there) // max(every, 8)
    return features


def _quarter_bits(count: int) -> int:
    """4 * log2, rounded down, of a whole number."""
    return (count**4).bit_length() - 1
