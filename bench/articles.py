"""Articles made up of invented words, as many as are wanted: what a million real ones share, they share too.

Words follow Zipf's law; stock phrases of 8 to 16 characters are a twelfth of all text, the most frequent of them in one
of forty; every fifth article ends on one of 50 tails. An article follows from its number alone.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

SEED = 6
#: Words, stock phrases and tails there are.
WORDS, PHRASES, TAILS = 30_000, 20_000, 50
#: Characters of an article: log-normal, the median and the spread, and the bounds.
MEDIAN, SPREAD, SHORTEST, LONGEST = 750, 0.65, 120, 9000
#: Pieces of text (a word or a phrase) to a sentence, and sentences to a paragraph.
_PIECES, _SENTENCES = 14, 3
_LETTERS_A_PIECE = 2.5
#: Of the pieces: stock phrases and figures. Of the articles: those that end on a tail.
_STOCK, _FIGURES, _TAILED = 0.016, 0.02, 0.2
#: Articles drawn at once.
BLOCK = 500


def article(number: int) -> list[str]:
    """The paragraphs of an article."""
    return list(_block(number // BLOCK)[number % BLOCK])


def articles(first: int, end: int) -> Iterator[Sequence[str]]:
    """The articles of these numbers, in order."""
    for block in range(first // BLOCK, -(-end // BLOCK)):
        start = block * BLOCK
        yield from _block(block)[max(first - start, 0) : end - start]


@lru_cache(maxsize=12)
def _block(number: int) -> Sequence[Sequence[str]]:
    """A block of articles: drawing for many at once is ten times faster."""
    rng = np.random.default_rng([SEED, number])
    wanted = np.clip(MEDIAN * np.exp(SPREAD * rng.standard_normal(BLOCK)), SHORTEST, LONGEST)
    counts = np.maximum(_PIECES, (wanted / _LETTERS_A_PIECE).astype(int))
    total = int(counts.sum())
    words, phrases, tails = vocabulary()
    picked = words[_zipf(WORDS, 40).searchsorted(rng.random(total))]
    stock = rng.random(total) < _STOCK
    picked[stock] = phrases[_zipf(PHRASES, 100).searchsorted(rng.random(int(stock.sum())))]
    figures = rng.random(total) < _FIGURES
    picked[figures] = [str(n) for n in rng.integers(2, 5000, int(figures.sum()))]
    ended = np.where(rng.random(BLOCK) < _TAILED, rng.integers(TAILS, size=BLOCK), -1)
    ends = np.cumsum(counts)
    return [
        [*_lines(picked[end - count : end].tolist()), *([str(tails[tail])] if tail >= 0 else [])]
        for end, count, tail in zip(ends.tolist(), counts.tolist(), ended.tolist(), strict=True)
    ]


def _lines(pieces: list[str]) -> list[str]:
    sentences = ["".join(pieces[at : at + _PIECES]) + "。" for at in range(0, len(pieces), _PIECES)]
    return ["".join(sentences[at : at + _SENTENCES]) for at in range(0, len(sentences), _SENTENCES)]


def swap(lines: Sequence[str], number: int) -> list[str]:
    """An article reworded: a third of the 1,200 most frequent words but the very first stand for rare ones."""
    words, _, _ = vocabulary()
    rng = np.random.default_rng([SEED, 1, number])
    text = "\n".join(lines)
    for at in np.flatnonzero(rng.random(1200) < 0.33).tolist():
        text = text.replace(str(words[at + 20]), str(words[rng.integers(5000, WORDS)]))
    return text.split("\n")


@cache
def vocabulary() -> tuple[NDArray[np.object_], NDArray[np.object_], NDArray[np.object_]]:
    """Words of one to four characters, stock phrases of some words, tails of some phrases."""
    rng = np.random.default_rng([SEED])
    letters = np.array([chr(0x4E00 + n) for n in rng.permutation(6000)[:3500]], object)

    def drawn(size: int) -> str:
        return "".join(letters[_zipf(3500, 50).searchsorted(rng.random(size))])

    words = np.array([drawn(size) for size in rng.choice([1, 2, 3, 4], WORDS, p=[0.1, 0.6, 0.2, 0.1])], object)
    phrases = np.array([drawn(size) for size in rng.integers(8, 17, PHRASES)], object)
    tails = np.array(["".join(rng.choice(phrases, 5)) for _ in range(TAILS)], object)
    return words, phrases, tails


@cache
def _zipf(count: int, bend: int) -> NDArray[np.float64]:
    """How likely each of so many is at most, by rank; the first `bend` ranks are about as frequent as one another."""
    weights = 1 / (np.arange(count) + bend)
    shares: NDArray[np.float64] = np.minimum(np.cumsum(weights) / weights.sum(), 1 - 1e-12)
    return shares
