"""What ordinary text does with pairs and triples of characters, and how far an article keeps to it.

A table of swaps puts words where no writer puts them, so that common characters meet that never met in the corpus
(東|谈, 坚|执). Names and new words do so too; therefore each character, and each pair, tells how often something new
stands beside it in ordinary text, and only what is new beside something of fixed habits counts. All of it is counts.
"""

import zlib
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isqrt

import numpy as np

from pipelines.judge.lookup import Array, read_bits
from pipelines.judge_model import JudgeModel

#: Characters that are told apart, the rest being one; Hanzi stand first, by their counts.
SIZE = 3072
#: Triples are remembered as bits of a table of this many; the multiplier spreads them over it.
TRIPLE_BITS, SPREAD = 25, 0x9E3779B97F4A7C15
#: Surprise is counted in half bits, up to 7.5; `CHANCE` of each in 4096ths.
LEVELS = 16
CHANCE = tuple(round(4096 * 2 ** (-level / 2)) for level in range(LEVELS))
#: Quarter bits: log2 of the corpus' characters.
TOTAL = 94
#: How common a pair is: never, once, up to 3 times, up to 8 times, more.
KINDS = 5
#: Of the commonest Hanzi, those whose absence is felt.
MISSED = 60
_THRESHOLDS = (2, 4, 6, 8, 10)
_WINDOW = 80
_SHORTEST = 200
#: From this surprise, half bits, a character's habits are fixed.
_FIXED = 8


#: By the sum of two characters' commonness, how often they were to be expected as a pair: 0 for less than once, else in
#: bits up to 4.
_EXPECTED = np.clip((np.arange(511) - TOTAL) >> 2, -1, 3).astype(np.uint8) + np.uint8(1)


@dataclass(frozen=True, slots=True, eq=False)
class Habits:
    """What ordinary text does with characters: one fit's tables."""

    #: By code point, the place of a character among those told apart; Hanzi stand from 1 to `hanzi`.
    letters: Array
    hanzi: int
    #: By character: half bits of how closed it is to followers, to predecessors; quarter bits of how common it is.
    followers: Array
    predecessors: Array
    commonness: Array
    #: By pair of characters: how common it is, 0..4, above it 16 * closed to followers + closed to predecessors. A pair
    #: with a character that is not told apart is as if it had come once: it is no new one.
    pairs: Array
    #: Triples that came, as bits.
    triples: Array


@dataclass(frozen=True, slots=True, eq=False)
class _Text:
    """A text's characters, and what stands beside what: pair n is of the characters n and n + 1."""

    codes: Array
    #: The pairs; their entries in `Habits.pairs`; how common they are; whether they are of Hanzi.
    pairs: Array
    known: Array
    kinds: Array
    both: Array
    #: How surprising it were that a pair is new, in half bits: the less so of both characters decides.
    surprise: Array
    #: How often a pair were to be expected: see `_EXPECTED`.
    expected: Array


def with_habits(model: JudgeModel, packed: bytes) -> JudgeModel:
    """The model with the tables of one fit's file."""
    letters, _, rest = zlib.decompress(packed).partition(b"\0")
    sizes = (SIZE, SIZE, SIZE * SIZE, SIZE * SIZE, 1 << TRIPLE_BITS - 3)
    ends = np.cumsum((2, *sizes)).tolist()
    closed, commonness, kinds, beside, triples = (
        np.frombuffer(rest, np.uint8, size, end - size) for size, end in zip(sizes, ends[1:], strict=True)
    )
    pairs = beside.astype(np.uint16).reshape(SIZE, SIZE)
    pairs <<= 8
    pairs |= kinds.reshape(SIZE, SIZE)
    pairs[0] = pairs[:, 0] = 1
    habits = Habits(
        letters=np.frombuffer(places(letters.decode()), np.uint16),
        hanzi=int.from_bytes(rest[:2], "little"),
        followers=closed >> 4,
        predecessors=closed & 15,
        commonness=commonness.astype(np.uint16),
        pairs=pairs.ravel(),
        triples=triples.copy(),
    )
    return replace(model, habits=habits)


def places(letters: str) -> bytes:
    """By code point: the character's place, from 1; digits and small letters share the place of their first."""
    table = array("H", bytes(2 * 0x10000))
    for place, letter in enumerate(letters, 1):
        table[ord(letter)] = place
    for first, many in (("0", 10), ("a", 26)):
        table[ord(first) : ord(first) + many] = array("H", [table[ord(first)]] * many)
    return table.tobytes()


def measure(text: str, habits: Habits) -> tuple[dict[str, int], int]:
    """The features of a folded text by name, all whole numbers, and how many pairs of Hanzi it has."""
    read = _read(text, habits)
    crossed = (read.surprise.astype(np.intp) * KINDS + read.kinds) * KINDS + read.expected
    counted = np.bincount(crossed[read.both], minlength=LEVELS * KINDS * KINDS).reshape(LEVELS, KINDS, KINDS)
    by_level, met = counted.sum(axis=2), counted.sum(axis=0)
    count = int(met.sum())
    news = by_level[:, 0]
    features = _excess("pair", news.tolist(), (by_level.sum(axis=1) - news).tolist(), count)
    features |= _triples(read, habits, count)
    features |= _meetings(met.ravel().tolist(), count)
    new = np.flatnonzero(read.both & (read.kinds == 0))
    pairs, ordinary = read.pairs[new], read.expected[new] > 0
    features |= _repeats("ordinary", pairs[ordinary], count)
    features |= _repeats("fixed", pairs[read.surprise[new] >= _FIXED], count)
    features |= _spread(new, new[ordinary], len(read.pairs), count)
    features |= _others(read, len(new), count)
    return features, count


def find_unheard(text: str, habits: Habits) -> tuple[int, ...]:
    """Where common characters of fixed habits meet that never met before, twice or oftener: offsets of the first."""
    read = _read(text, habits)
    telling = read.both & (read.kinds == 0) & (read.surprise >= _FIXED) & (read.expected > 0)
    kept, times = np.unique(read.pairs[telling], return_counts=True)
    return tuple(np.flatnonzero(telling & np.isin(read.pairs, kept[times > 1])).tolist())


def _read(text: str, habits: Habits) -> _Text:
    points = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    codes = habits.letters.take(points, mode="clip").astype(np.intp)
    left, right = codes[:-1], codes[1:]
    pairs = left * SIZE + right
    known = habits.pairs.take(pairs)
    hanzi = (codes > 0) & (codes <= habits.hanzi)
    common = habits.commonness.take(codes)
    return _Text(
        codes=codes,
        pairs=pairs,
        known=known,
        kinds=known & 7,
        both=hanzi[:-1] & hanzi[1:],
        surprise=np.minimum(habits.followers.take(left), habits.predecessors.take(right)),
        expected=_EXPECTED.take(common[:-1] + common[1:]),
    )


def _share(number: int, count: int) -> int:
    return 100_000 * number // max(count, _SHORTEST)


def _excess(name: str, news: Sequence[int], olds: Sequence[int], count: int) -> dict[str, int]:
    """How often something new came, beyond what is usual beside such characters, in hundredths of its spread.

    `news` and `olds` are how often something new and something known came, by surprise.
    """
    told: dict[int, tuple[int, int]] = {}
    came = usual = weighed = spread = 0
    for level in range(LEVELS - 1, 0, -1):
        due = CHANCE[level] * (news[level] + olds[level])
        came, usual = came + news[level], usual + due
        weighed, spread = weighed + level * (4096 * news[level] - due), spread + level * level * due
        if level in _THRESHOLDS:
            told[level] = _share(came, count), 100 * (4096 * came - usual) // isqrt(4096 * (usual + 4096))
    features = {}
    for level in _THRESHOLDS:
        features[f"{name}_share_{level}"], features[f"{name}_excess_{level}"] = told[level]
    features[f"{name}_weighed"] = 100 * weighed // isqrt(4096 * (spread + 20 * 4096))
    return features


def _triples(read: _Text, habits: Habits, count: int) -> dict[str, int]:
    """The same for triples of Hanzi whose pairs are known."""
    known = read.both & (read.kinds > 0)
    at = np.flatnonzero(known[:-1] & known[1:])
    keys = (read.pairs.take(at) * SIZE + read.codes.take(at + 2)).view(np.uint64)
    seen = read_bits(habits.triples, (keys * np.uint64(SPREAD)) >> np.uint64(64 - TRIPLE_BITS))
    surprise = np.minimum(read.known.take(at) >> 12, read.known.take(at + 1) >> 8 & 15)
    news, olds = np.bincount(surprise + LEVELS * seen, minlength=2 * LEVELS).reshape(2, LEVELS).tolist()
    return _excess("triple", news, olds, count) | {"triples": _share(sum(news), count)}


def _meetings(counted: Sequence[int], count: int) -> dict[str, int]:
    """Pairs that came so many times at most in the corpus, where so many were to be expected of their characters."""
    features = {}
    above = [0] * KINDS
    for kind in range(KINDS - 1):
        so_far = 0
        for least in range(KINDS - 2, -1, -1):
            so_far += counted[kind * KINDS + least + 1]
            above[least] += so_far
        for least in range(KINDS - 1):
            features[f"met_{kind}_{least}"] = _share(above[least], count)
    return features


def _repeats(name: str, pairs: Array, count: int) -> dict[str, int]:
    """A table swaps each time; a name comes again too, but it is one."""
    times = Counter(pairs.tolist()).values()
    return {
        f"{name}_kinds": _share(len(times), count),
        f"{name}_twice": _share(sum(number > 1 for number in times), count),
        f"{name}_thrice": _share(sum(number > 2 for number in times), count),
        f"{name}_again": _share(len(pairs) - len(times), count),
        f"{name}_most": max(times, default=0),
    }


def _spread(new: Array, ordinary: Array, size: int, count: int) -> dict[str, int]:
    """New pairs in a row are of one word or name; a spun text has them everywhere. Both are places among `size`."""
    row = new[1:] - new[:-1] == 1
    windows = sorted(np.bincount(ordinary // _WINDOW, minlength=-(-size // _WINDOW)).tolist()) or [0]
    last = len(windows)
    return {
        "rows_2": _share(int(np.count_nonzero(row)), count),
        "rows_3": _share(int(np.count_nonzero(row[:-1] & row[1:])), count),
        "window_1": windows[last // 4],
        "window_2": windows[last // 2],
        "window_3": windows[3 * last // 4],
        "window_most": windows[-1],
        "windows": 1000 * sum(number > 0 for number in windows) // last,
    }


def _others(read: _Text, new: int, count: int) -> dict[str, int]:
    """Common characters that are not there at all, because a table swapped them all; rare ones; length."""
    times = np.bincount(read.codes, minlength=MISSED + 1)[: MISSED + 1].tolist()
    every = len(read.kinds) - int(np.count_nonzero(read.kinds))
    return {
        "missed": sum(not number for number in times[1:21]),
        "missed_more": sum(not number for number in times[1:]),
        "rare": _share(times[0], count),
        "marks": _share(every - new, count),
        "new": _share(new, count),
        "length": min(count, 4000),
    }
