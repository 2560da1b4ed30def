"""Splices: how loosely a span hangs in its sentence, and how well the sentence closes where it is taken out."""

import re
from collections.abc import Mapping
from functools import cached_property

from pipelines.judge.cores import Core
from pipelines.judge.keywords import HEADED, LED_IN, LED_OUT
from pipelines.judge.likelihood import bond, classed
from pipelines.judge_model import JudgeModel

#: Rarity of a pair that the background does not hold.
_UNSEEN = 216
_TIGHT = 60
_LATIN, _DIGITS, _TOKEN = re.compile("[a-z]"), re.compile("[0-9]"), re.compile("[a-z0-9]+")
#: A word is looked for over so many characters to each side of a seam.
_REACH = 3


class Sentence:
    """A text and the statistics of its pairs, read where they are asked for."""

    def __init__(self, text: str, model: JudgeModel) -> None:
        self.text, self.model = text, model

    @cached_property
    def shaped(self) -> str:
        return classed(self.text)

    def bond(self, at: int, other: int | None = None) -> int:
        """How well the character before `at` holds the one at `other`, or at `at` itself."""
        return bond(self.shaped[at - 1], self.shaped[at if other is None else other], self.model)

    def rarity(self, at: int) -> int:
        """How rare the pair is that begins at `at`."""
        return self.model.bigrams.get(self.shaped[at : at + 2], _UNSEEN << 8) >> 8

    def word_over(self, left: int, right: int) -> int:
        """The length of the longest word that the text before `left` and the text from `right` on would make."""
        before, after, longest = self.text[max(0, left - _REACH) : left], self.text[right : right + _REACH], 0
        for cut in range(len(before)):
            for end in range(1, len(after) + 1):
                if before[cut:] + after[:end] in self.model.words:
                    longest = max(longest, len(before) - cut + end)
        return longest


def measure_core(sentence: Sentence, core: Core) -> dict[str, int]:
    """What is the same wherever the keyword begins: its words, and the text after it."""
    text, end = sentence.text, core.end
    return {
        "trade": core.trade,
        "searched": core.searched,
        "strongest": core.strongest,
        "words": len(core.words),
        "leave": sentence.bond(end) if end < len(text) else _TIGHT,
        "right": 2 if end == len(text) else int(not text[end].isalnum()),
        "led_out": int(text.startswith(LED_OUT, end)),
        "headed": int(text.startswith(HEADED, end)),
        "word_after": int(text[end : end + 2] in sentence.model.words),
        "torn_right": sentence.word_over(end, end),
    }


def measure_start(sentence: Sentence, core: Core, start: int, seen: Mapping[str, int]) -> dict[str, int]:
    """What speaks for a keyword that begins at `start`: its brand, the text before it, how the two sides meet.

    `seen` counts the article's possible keywords: one that comes again, and not with a longer name, begins here.
    """
    text, brand, end = sentence.text, sentence.text[start : core.start], core.end
    rarities = [sentence.rarity(at) for at in range(start, core.start)]
    again = seen[text[start:end]]
    enter = sentence.bond(start) if start else -_TIGHT
    join = sentence.bond(start, end) if start and end < len(text) else 0
    leave = sentence.bond(end) if end < len(text) else -_TIGHT
    return {
        "brand": len(_TOKEN.sub("a", brand)),
        "latin": int(bool(_LATIN.search(brand))),
        "digits": int(bool(_DIGITS.search(brand))),
        "rarity": max(rarities[:-1], default=0),
        "common": min(rarities, default=0),
        "grip": sentence.bond(core.start) if brand else 0,
        "enter": enter,
        "left": 2 if not start else int(not text[start - 1].isalnum()),
        "led_in": int(text.endswith(LED_IN, 0, start)),
        "known": sentence.model.words.get(brand, 0) & 15,
        "word_before": int(text[max(0, start - 2) : start] in sentence.model.words),
        "torn_left": sentence.word_over(start, start) if start else 0,
        "healed": sentence.word_over(start, end) if start and end < len(text) else 0,
        "join": join,
        "gain": join - enter - leave,
        "again": min(4, again - 1),
        "longer": min(4, seen.get(text[start - 1 : end], 0)) if start and again > 1 else 0,
    }
