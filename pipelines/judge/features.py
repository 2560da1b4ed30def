"""How the paragraphs of an article fit it, in whole numbers: what the off-topic rule looks at.

All paragraphs are measured at once. What takes long is measured last, and only of strangers: paragraphs of which the
article holds little elsewhere, and which are about something else than the rest. Many articles have none. The title
counts as a text that the others share pairs with.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pipelines.judge.cover import cover, cover_far, share
from pipelines.judge.nearness import (
    compare_crowd,
    compare_near,
    compare_profiles,
    compare_rest,
    look_beside,
    middle,
    next_best,
    place_among,
    rank_in_crowd,
    root,
)
from pipelines.judge.reading import Article, Line
from pipelines.judge.space import Array, Held, Space, cosines, find_rows, hold, point
from pipelines.judge.traits import count_persons, count_promo, count_talk_and_plain
from pipelines.judge_model import JudgeModel

#: A shorter paragraph holds too little to be judged by.
LONG = 30
_HANZI = re.compile("[\u4e00-\u9fff]")
#: With more paragraphs it is no article but a book.
_MOST = 1000
#: A stranger: of its pairs, of its rare pairs, of the title's pairs at most so much (per mille) stands elsewhere in the
#: article, or in it; and it fits the rest so much worse than the middle one of the paragraphs, if there are more than
#: so many: the middle of fewer says little.
_MOST_COVERED, _MOST_RARE_SHARED, _MOST_OF_TITLE, _APART, _FEW = 250, 250, 100, 100, 6
#: What is compared with the article's judged paragraphs, and of which their middle is a feature too.
_PLACED, _MIDDLED = ("cover_pairs", "rest", "best", "rank", "talk", "plain", "unknown", "kin"), 4
#: The features, in the order of a fit's columns.
FEATURES = (
    "length", "words", "count", "rest_length", "promo", "talk", "person", "plain", "unknown", "weight",
    "cover_pairs", "cover_far", "cover_title", "rare", "rare_shared", "rare_share", "met",
    "cover_near", "evidence", "evidence_each", "profile", "profile_below", "profile_best", "profile_title",
    "beside", "best_strange",
    "kin", "rest", "far", "best", "second", "third", "next", "bridge", "title",
    "rank", "crowd_best", "crowd_top", "crowd_mean",
    *(f"{name}_{how}" for name in _PLACED for how in ("below", "place")),
    *(f"{name}_{how}" for name in _PLACED[:_MIDDLED] for how in ("median", "quarter")),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Reading:
    """An article's paragraphs, read once: whatever of them is left, its features follow from this."""

    lines: tuple[Line, ...]
    #: Which paragraphs may be judged.
    judged: Array
    space: Space
    #: What each holds; text 0 is the title. By token, its row in the space.
    held: Held
    rows: Array

    @cached_property
    def pairs(self) -> tuple[Array, Array, Array]:
        """For each time that a text holds a pair of Hanzi: the text, the token, the pair's rarity."""
        used = self.held.is_hanzi_pair().take(self.held.token)
        token = self.held.token[used]
        return self.held.text[used], token, self.space.rarities.take(self.rows).astype(np.int64).take(token)

    @cached_property
    def pointed(self) -> tuple[Array, Array]:
        """What each text is about, and what kind of text it is like."""
        return point(self.space, self.held, self.rows)

    @cached_property
    def vectors(self) -> Array:
        """What each text is about."""
        return self.pointed[0].astype(np.float32)

    @cached_property
    def products(self) -> Array:
        """Products of each two vectors, the title's among them."""
        return (self.vectors @ self.vectors.T).astype(np.float64)

    @cached_property
    def kinships(self) -> Array:
        """Products of what each two are like, without the title."""
        return self.pointed[1][1:] @ self.pointed[1][1:].T

    @cached_property
    def profiles(self) -> Array:
        """How alike each two are to the same texts of the crowd: 2**24 at most, a thousand times that squared 2**44."""
        wide = self.vectors.astype(np.float64)
        return np.floor(wide @ self.space.spread @ wide.T / 2**16)

    @cached_property
    def crowd(self) -> Array:
        """Products of each paragraph's vector with each text of the crowd."""
        return self.vectors[1:] @ self.space.crowd

    @cached_property
    def traits(self) -> dict[str, Array]:
        """What each paragraph is like, whatever stands around it."""
        text, token, weight = self.pairs
        length = np.array([len(line.folded) for line in self.lines])
        words = np.bincount(text, minlength=self.held.texts)[1:]
        unknown = (self.rows == len(self.space.codes)).take(token)
        size, few = np.maximum(length, 1), np.maximum(words, 1)
        talk, plain = count_talk_and_plain([line.folded for line in self.lines])
        return {
            "length": length,
            "words": words,
            "talk": 1000 * talk // size,
            "plain": 1000 * plain // size,
            "unknown": 1000 * np.bincount(text[unknown], minlength=self.held.texts)[1:] // few,
            "weight": np.bincount(text, weight, self.held.texts).astype(np.int64)[1:] // few,
        }


def may_be_judged(line: Line) -> bool:
    """Whether a paragraph is long enough, and no caption."""
    return not line.is_caption and len(line.folded.strip()) >= LONG


def read_lines(article: Article, skipped: Collection[int | None], space: Space) -> Reading:
    """Read every paragraph that is not cut as boilerplate; long ones that are no captions may be judged."""
    lines = tuple(line for line in article.lines if line.index not in skipped)
    held = hold([article.folded_title, *(line.folded for line in lines)])
    judged = np.array([may_be_judged(line) for line in lines], dtype=bool)
    return Reading(lines, judged, space, held, find_rows(space, held))


def read_chinese(article: Article, skipped: Collection[int | None], model: JudgeModel) -> Reading | None:
    """The same, of an article that the statistics can say anything of: half of it and more is in Chinese, and it is no
    book."""
    if model.space is None or len(article.lines) > _MOST:
        return None
    chinese = [_HANZI.search(line.folded) is not None for line in article.lines if may_be_judged(line)]
    if not any(chinese) or 2 * sum(chinese) < len(chinese):
        return None
    return read_lines(article, skipped, model.space)


def find_strangers(reading: Reading, left: Array) -> dict[int, dict[str, int]]:
    """Those paragraphs that may not belong to what is left of an article, by their place, with their features."""
    at = np.flatnonzero(left)
    judged = reading.judged[at]
    shared = share(reading.pairs, len(reading.held.codes), left)
    found = cover(shared)
    strange = judged & (found["cover_pairs"] <= _MOST_COVERED) & (found["rare_share"] <= _MOST_RARE_SHARED)
    strange &= found["cover_title"] <= _MOST_OF_TITLE
    if not strange.any():
        return {}
    products = _pick(reading.products[1:, 1:], at)
    found["rest"] = compare_rest(products)
    strange &= middle(found["rest"][judged]) - found["rest"] >= _APART * (judged.sum() > _FEW)
    if not strange.any():
        return {}
    some = np.flatnonzero(strange)
    found["strange"] = strange
    found["kin"] = compare_rest(_pick(reading.kinships, at))
    found["rank"] = rank_in_crowd(reading.crowd[at], products, found["rest"])
    found |= {name: values[at] for name, values in reading.traits.items()} | cover_far(shared)
    return dict(zip(at[some].tolist(), _measure(reading, at, some, found, products), strict=True))


def _pick(products: Array, at: Array) -> Array:
    """The products of those at these places."""
    return products if len(at) == len(products) else products[np.ix_(at, at)]


def _measure(
    reading: Reading, at: Array, some: Array, every: dict[str, Array], products: Array
) -> Iterator[dict[str, int]]:
    """The features of some of the paragraphs at these places; `every` has what is known of all of them."""
    judged, norm = reading.judged[at], root(np.diagonal(products))
    each = cosines(products, norm[:, None] * norm)
    np.fill_diagonal(each, -1000)
    every["best"] = each.max(axis=1)
    found = {name: values[some] for name, values in every.items()}
    found["count"] = np.full(len(some), judged.sum())
    found["rest_length"] = every["length"].sum() - found["length"]
    texts = [reading.lines[place].folded for place in at[some]]
    found["promo"] = np.array([count_promo(text) for text in texts])
    found["person"] = 1000 * np.array([count_persons(text) for text in texts]) // np.maximum(1, found["length"])
    found["second"], found["third"] = next_best(each[some])
    title = reading.products[0]
    found["title"] = cosines(title[at[some] + 1], norm[some] * root(title[0]))
    nearest, all_and_title = each[some].argmax(axis=1), np.concatenate(([0], at + 1))
    found |= compare_profiles(_pick(reading.profiles, all_and_title), judged, some, nearest)
    found["beside"] = look_beside(every["rest"], some)
    found["best_strange"] = 1 * every["strange"][nearest]
    found |= compare_near(products, some) | compare_crowd(reading.crowd[at[some]], norm[some], found["rest"])
    found |= place_among({name: every[name] for name in _PLACED}, judged, some)
    columns = (found[name].tolist() for name in FEATURES)
    return (dict(zip(FEATURES, row, strict=True)) for row in zip(*columns, strict=True))
