"""What is counted from ordinary texts: the files of the judge's model that no rule is fitted for."""

import math
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence

import rjieba

from crawler.fit.topics import fit_space
from pipelines.fold import fold
from pipelines.judge.likelihood import classed

#: A pair, a character, a word is kept if it stands in so many texts, or (characters) so many times.
PAIR_TEXTS, CHARACTER_TIMES, WORD_TEXTS = 5, 10, 6


def fit_background(texts: Iterable[str]) -> dict[str, bytes]:
    """The files, by name, of statistics over texts as published, whose paragraphs are lines."""
    kept = list(texts)
    folded = [fold(text) for text in kept]
    return count_pairs(folded) | count_words(folded) | fit_space(kept)


def count_pairs(texts: Sequence[str]) -> dict[str, bytes]:
    """bigrams: per pair of characters a weight (16 * log2 of its rarity) and 10 * log2 of its count; characters."""
    counts: Counter[str] = Counter()
    held: Counter[str] = Counter()
    singles: Counter[str] = Counter()
    for text in map(classed, texts):
        pairs = [text[i : i + 2] for i in range(len(text) - 1)]
        counts.update(pairs)
        held.update(set(pairs))
        singles.update(text)
    keys = sorted(k for k, n in held.items() if n >= PAIR_TEXTS and "\n" not in k)
    weights = bytes(min(255, round(16 * math.log2(len(texts) / held[k]))) for k in keys)
    logs = bytes(min(255, round(10 * math.log2(counts[k]))) for k in keys)
    chars = sorted(c for c, n in singles.items() if n >= CHARACTER_TIMES and c != "\n")
    commonness = bytes(min(255, round(10 * math.log2(singles[c]))) for c in chars)
    return {
        "bigrams.z": zlib.compress("".join(keys).encode() + b"\0" + weights + logs, 9),
        "characters.z": zlib.compress("".join(chars).encode() + b"\0" + commonness, 9),
    }


def count_words(texts: Sequence[str]) -> dict[str, bytes]:
    """words: their rarity in bits, 1 to 15."""
    spread = Counter(word for text in texts for word in words_of(text))
    kept = sorted(word for word, count in spread.items() if count >= WORD_TEXTS)
    rarities = bytes(min(15, max(1, round(math.log2(len(texts) / spread[word])))) for word in kept)
    return {"words.z": zlib.compress("\n".join(kept).encode() + b"\0" + rarities, 9)}


def words_of(text: str) -> set[str]:
    """The words of a folded text, of two characters and more."""
    return {word for word in rjieba.cut(text) if len(word) > 1 and not word.isdigit() and word.strip()}
