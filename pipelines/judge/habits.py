"""What ordinary text does with pairs and triples of characters, and how far an article keeps to it.

A table of swaps puts words where no writer puts them, so that common characters meet that never met in the corpus
(東|谈, 坚|执). Names and new words do so too; therefore each character, and each pair, tells how often something new
stands beside it in ordinary text, and only what is new beside something of fixed habits counts. All of it is counts.
"""

import zlib
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isqrt
from typing import Any

import numpy as np

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
_TABLES: Mapping[str, int] = {
    "spun_characters": SIZE,
    "spun_commonness": SIZE,
    "spun_pairs": SIZE * SIZE,
    "spun_followers": SIZE * SIZE,
    "spun_triples": 1 << TRIPLE_BITS - 3,
}
_THRESHOLDS = (2, 4, 6, 8, 10)
_WINDOW = 80
_SHORTEST = 200
#: From this surprise, half bits, a new pair that comes again is shown to the reader.
_TELLING = 8


@dataclass(frozen=True, slots=True)
class Habits:
    """What was measured of one text."""

    #: Per mille and hundredths, by name.
    features: dict[str, int]
    #: Hanzi beside Hanzi.
    pairs: int


def with_habits(model: JudgeModel, packed: bytes) -> JudgeModel:
    """The model with the tables of one fit's file."""
    letters, _, rest = zlib.decompress(packed).partition(b"\0")
    tables: dict[str, Any] = {
        "spun_letters": places(letters.decode()),
        "spun_hanzi": int.from_bytes(rest[:2], "little"),
    }
    at = 2
    for name, size in _TABLES.items():
        tables[name], at = rest[at : at + size], at + size
    return replace(model, **tables)


def places(letters: str) -> bytes:
    """By code point: the character's place, from 1; digits and small letters share the place of their first."""
    table = array("H", bytes(2 * 0x10000))
    for place, letter in enumerate(letters, 1):
        table[ord(letter)] = place
    for first, many in (("0", 10), ("a", 26)):
        table[ord(first) : ord(first) + many] = array("H", [table[ord(first)]] * many)
    return table.tobytes()


def measure(text: str, model: JudgeModel) -> Habits:
    """The features of a folded text, all whole numbers."""
    codes = _codes(text, model)
    hanzi = (codes > 0) & (codes <= model.spun_hanzi)
    both = hanzi[:-1] & hanzi[1:]
    pairs = codes[:-1] * SIZE + codes[1:]
    kinds = _read(model.spun_pairs, pairs)
    new = both & (kinds == 0)
    surprise, expected = _surprise(codes, model), _expected(codes, model)
    count = int(np.count_nonzero(both))
    features = _excess("pair", surprise[both], new[both], count)
    features |= _triples(pairs, codes, both, new, model, count)
    features |= _meetings(np.bincount((kinds * KINDS + expected)[both], minlength=KINDS * KINDS).tolist(), count)
    features |= _repeats("ordinary", pairs[new & (expected > 0)], count)
    features |= _repeats("fixed", pairs[new & (surprise >= 8)], count)
    features |= _spread(new, new & (expected > 0), count)
    features |= _others(codes, both, kinds, count)
    return Habits(features, count)


def find_unheard(text: str, model: JudgeModel) -> tuple[int, ...]:
    """Where common characters of fixed habits meet that never met before, twice or oftener: offsets of the first."""
    codes = _codes(text, model)
    hanzi = (codes > 0) & (codes <= model.spun_hanzi)
    pairs = codes[:-1] * SIZE + codes[1:]
    telling = hanzi[:-1] & hanzi[1:] & (_read(model.spun_pairs, pairs) == 0)
    telling &= (_surprise(codes, model) >= _TELLING) & (_expected(codes, model) > 0)
    kept, times = np.unique(pairs[telling], return_counts=True)
    return tuple(np.flatnonzero(telling & np.isin(pairs, kept[times > 1])).tolist())


def _surprise(codes: Any, model: JudgeModel) -> Any:
    """Of each pair, how surprising it were that it is new, in half bits: the less so of both characters decides."""
    closed = _read(model.spun_characters, codes)
    return np.minimum(closed[:-1] >> 4, closed[1:] & 15)


def _expected(codes: Any, model: JudgeModel) -> Any:
    """How often each pair were to be expected by its characters' counts: 0 for less than once, else in bits up to 4."""
    common = _read(model.spun_commonness, codes).astype(np.int64)
    return np.clip((common[:-1] + common[1:] - TOTAL) >> 2, -1, 3) + 1


def _codes(text: str, model: JudgeModel) -> Any:
    points = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    return np.frombuffer(model.spun_letters, np.uint16)[np.minimum(points, 0xFFFF)].astype(np.int64)


def _read(table: bytes, at: Any) -> Any:
    return np.frombuffer(table, np.uint8)[at]


def _share(number: int, count: int) -> int:
    return 100_000 * number // max(count, _SHORTEST)


def _excess(name: str, surprise: Any, new: Any, count: int) -> dict[str, int]:
    """How often something new came, beyond what is usual beside such characters, in hundredths of its spread."""
    counted = np.bincount(surprise.astype(np.int64) * 2 + new, minlength=2 * LEVELS).tolist()
    told: dict[int, tuple[int, int]] = {}
    came = usual = weighed = spread = 0
    for level in range(LEVELS - 1, 0, -1):
        news = counted[2 * level + 1]
        due = CHANCE[level] * (counted[2 * level] + news)
        came, usual = came + news, usual + due
        weighed, spread = weighed + level * (4096 * news - due), spread + level * level * due
        if level in _THRESHOLDS:
            told[level] = _share(came, count), 100 * (4096 * came - usual) // isqrt(4096 * (usual + 4096))
    features = {}
    for level in _THRESHOLDS:
        features[f"{name}_share_{level}"], features[f"{name}_excess_{level}"] = told[level]
    features[f"{name}_weighed"] = 100 * weighed // isqrt(4096 * (spread + 20 * 4096))
    return features


def _triples(pairs: Any, codes: Any, both: Any, new: Any, model: JudgeModel, count: int) -> dict[str, int]:
    """The same for triples of Hanzi whose pairs are known."""
    known = both & ~new
    at = np.flatnonzero(known[:-1] & known[1:])
    first, second = pairs[at], pairs[at + 1]
    keys = first.astype(np.uint64) * np.uint64(SIZE) + codes[at + 2].astype(np.uint64)
    bits = (keys * np.uint64(SPREAD)) >> np.uint64(64 - TRIPLE_BITS)
    seen = np.frombuffer(model.spun_triples, np.uint8)[bits >> np.uint64(3)] >> (bits & np.uint64(7)).astype(np.uint8)
    surprise = np.minimum(_read(model.spun_followers, first) >> 4, _read(model.spun_followers, second) & 15)
    fresh = (seen & 1) == 0
    return _excess("triple", surprise, fresh, count) | {"triples": _share(int(np.count_nonzero(fresh)), count)}


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


def _repeats(name: str, pairs: Any, count: int) -> dict[str, int]:
    """A table swaps each time; a name comes again too, but it is one."""
    times = Counter(pairs.tolist()).values()
    return {
        f"{name}_kinds": _share(len(times), count),
        f"{name}_twice": _share(sum(number > 1 for number in times), count),
        f"{name}_thrice": _share(sum(number > 2 for number in times), count),
        f"{name}_again": _share(len(pairs) - len(times), count),
        f"{name}_most": max(times, default=0),
    }


def _spread(new: Any, ordinary: Any, count: int) -> dict[str, int]:
    """New pairs in a row are of one word or name; a spun text has them everywhere."""
    rows = new[:-1] & new[1:]
    windows = sorted(np.add.reduceat(ordinary, np.arange(0, len(ordinary), _WINDOW), dtype=np.int64).tolist()) or [0]
    last = len(windows)
    return {
        "rows_2": _share(int(np.count_nonzero(rows)), count),
        "rows_3": _share(int(np.count_nonzero(rows[:-1] & rows[1:])), count),
        "window_1": windows[last // 4],
        "window_2": windows[last // 2],
        "window_3": windows[3 * last // 4],
        "window_most": windows[-1],
        "windows": 1000 * sum(number > 0 for number in windows) // last,
    }


def _others(codes: Any, both: Any, kinds: Any, count: int) -> dict[str, int]:
    """Common characters that are not there at all, because a table swapped them all; rare ones; length."""
    times = np.bincount(codes, minlength=MISSED + 1)[: MISSED + 1].tolist()
    beside = ~both & (codes[:-1] > 0) & (codes[1:] > 0) & (kinds == 0)
    return {
        "missed": sum(not number for number in times[1:21]),
        "missed_more": sum(not number for number in times[1:]),
        "rare": _share(times[0], count),
        "marks": _share(int(np.count_nonzero(beside)), count),
        "new": _share(int(np.count_nonzero(both & (kinds == 0))), count),
        "length": min(count, 4000),
    }
