"""Words that widespread swapping tables put in: 体式格局 for 方式, 经由过程 for 通过, 东谈主 for 人.

Tables are copied from farm to farm and sold with plug-ins, so the same odd words come again on pages of every kind.
Most are words of Chinese: each says as much as it is seldom in ordinary text for how common the word is that it stands
for, and less where that word stands in the article too. No one of them decides.
"""

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from pipelines.fold import to_points
from pipelines.judge.lookup import Lookup, look_up, number_words

#: Weights are in this part of a nat.
NAT = 16
#: A word tells by itself from so much on.
TELLING = 4 * NAT
#: A text is measured by so many characters of it, or by all of a shorter one.
_MEASURE = 1000
#: What a word says counts so much more (tenths) each time that it comes again, up to so many times.
_AGAIN, _MOST_TIMES = 3, 4
_TOPS = (1, 3, 6)
#: Of a text with more words of tables those that say most are looked at: no article has so many.
_MOST = 100


@dataclass(frozen=True, slots=True, eq=False)
class Swaps:
    """The words of tables."""

    #: What each says, and the words that it stands for.
    words: Mapping[str, tuple[int, tuple[str, ...]]]
    #: The first two characters of words, by their number, and by place the words that begin with them.
    heads: Lookup
    tails: Sequence[tuple[str, ...]]


def unpack_swaps(packed: bytes) -> Swaps:
    """The words of one fit's file: by word what it says, then what it stands for."""
    return list_swaps({word: (weight, tuple(others)) for word, (weight, *others) in json.loads(packed).items()})


def list_swaps(words: Mapping[str, tuple[int, tuple[str, ...]]]) -> Swaps:
    """The same of words of two characters and more."""
    heads = defaultdict[str, list[str]](list)
    for word in words:
        heads[word[:2]].append(word)
    return Swaps(words, look_up(number_words(list(heads))), tuple(map(tuple, heads.values())))


def find_swaps(text: str, swaps: Swaps) -> list[str]:
    """The different words of tables in a folded text."""
    points = np.minimum(to_points(text), 0xFFFF).astype(np.uint64)
    found = swaps.heads.find(points[:-1] | points[1:] << np.uint64(16), -1)
    return [word for at in np.unique(found[found >= 0]).tolist() for word in swaps.tails[at] if word in text]


def weigh_words(text: str, swaps: Swaps) -> dict[str, int]:
    """The words of tables in a folded text, and what each says there."""
    found = sorted(find_swaps(text, swaps), key=lambda word: -swaps.words[word][0])[:_MOST]
    return {word: _say(word, text, swaps) for word in found}


def places_of_swaps(text: str, swaps: Swaps, most: int) -> list[tuple[int, int]]:
    """Where the first words stand that tell by themselves: offsets of their first characters, and their lengths."""
    telling = [word for word, said in weigh_words(text, swaps).items() if said >= TELLING]
    found = {at.start(): len(word) for word in telling for at in islice(re.finditer(re.escape(word), text), most)}
    return sorted(found.items())[:most]


def measure_swaps(text: str, swaps: Swaps) -> dict[str, int]:
    """The features of a folded text, all whole numbers."""
    said = sorted(weigh_words(text, swaps).values(), reverse=True)
    per = max(_MEASURE, len(text))
    return {
        "swaps": _MEASURE * sum(said) // per,
        "swaps_square": _MEASURE * sum(one * one for one in said) // (NAT * per),
        "swaps_telling": _MEASURE * sum(one >= TELLING for one in said) * NAT // per,
        **{f"swaps_top_{top}": sum(said[:top]) for top in _TOPS},
    }


def _say(word: str, text: str, swaps: Swaps) -> int:
    """What a word says that stands in a text: the more the oftener, and the less the oftener another could have."""
    weight, others = swaps.words[word]
    times = text.count(word)
    if not times:
        return 0
    missed = sum(text.count(other) for other in others if other not in word)
    return weight * (10 + _AGAIN * (min(times, _MOST_TIMES) - 1)) * times // (10 * (times + missed))
