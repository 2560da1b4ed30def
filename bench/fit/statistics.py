"""Fits what the judge knows of ordinary text: weights of bigrams and words, word vectors, a crowd of texts.

Needs numpy, scipy, scikit-learn and rjieba in an environment of its own:
python -m bench.fit.statistics               counts the whole corpus: what ships
python -m bench.fit.statistics FOLD FOLDER   leaves one text of four out, for fitting the rule that reads the statistics
"""

import gzip
import json
import math
import re
import sys
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import rjieba
from scipy.sparse import csr_matrix
from sklearn.utils.extmath import randomized_svd

from pipelines.fold import fold
from pipelines.judge.vectors import CROWD, CROWD_LENGTH, DIMENSIONS

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "background.jsonl.gz"
DATA = Path(__file__).parents[2] / "pipelines" / "judge" / "data"
BIGRAM_TEXTS, WORD_TEXTS = 5, 6


def read_corpus(fold_left: int | None = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The texts to count, and those left out."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    return [t for i, t in enumerate(texts) if i % 4 != fold_left], [
        t for i, t in enumerate(texts) if i % 4 == fold_left
    ]


def shape(text: str) -> str:
    """Digits and Latin letters as one class each: the language model knows no single number or brand."""
    return re.sub("[0-9]", "0", re.sub("[a-z]", "a", text))


def count_bigrams(texts: list[str], folder: Path) -> None:
    """bigrams: per pair of characters a weight (16 * log2 of its rarity) and 10 * log2 of its count."""
    counts: Counter[str] = Counter()
    held: Counter[str] = Counter()
    singles: Counter[str] = Counter()
    for text in texts:
        plain = shape(text)
        pairs = [plain[i : i + 2] for i in range(len(plain) - 1)]
        counts.update(pairs)
        held.update(set(pairs))
        singles.update(plain)
    keys = sorted(k for k, n in held.items() if n >= BIGRAM_TEXTS and "\n" not in k)
    weights = bytes(min(255, round(16 * math.log2(len(texts) / held[k]))) for k in keys)
    logs = bytes(min(255, round(10 * math.log2(counts[k]))) for k in keys)
    write(folder, "bigrams", ("".join(keys)).encode() + b"\0" + weights + logs)
    chars = sorted(c for c, n in singles.items() if n >= 10 and c != "\n")
    logs = bytes(min(255, round(10 * math.log2(singles[c]))) for c in chars)
    write(folder, "characters", "".join(chars).encode() + b"\0" + logs)


def words_of(text: str) -> set[str]:
    return {w for w in rjieba.cut(text) if len(w) > 1 and not w.isdigit() and w.strip()}


def fit_words(texts: list[str], folder: Path) -> None:
    """words, vectors, crowd: latent semantic analysis of which words stand in one text."""
    held = [words_of(text) for text in texts]
    spread = Counter(w for words in held for w in words)
    vocabulary = sorted(w for w, n in spread.items() if n >= WORD_TEXTS)
    rows = {w: i for i, w in enumerate(vocabulary)}
    rarity = np.array([math.log2(len(texts) / spread[w]) for w in vocabulary])
    matrix = weigh(held, rows, rarity)
    _, _, axes = randomized_svd(matrix, DIMENSIONS, n_iter=6, random_state=0)
    vectors = axes.T / np.linalg.norm(axes.T, axis=1, keepdims=True)
    small = np.clip(np.round(vectors * math.sqrt(DIMENSIONS) * 7 / 3), -7, 7).astype(int)
    weights = np.clip(np.round(rarity), 1, 15).astype(int)
    raised = (small + 8).astype(np.uint8)
    packed = (raised[:, 0::2] | (raised[:, 1::2] << 4)).astype(np.uint8)
    write(folder, "words", "\n".join(vocabulary).encode() + b"\0" + weights.astype(np.uint8).tobytes())
    write(folder, "vectors", packed.tobytes())
    write_crowd(folder, texts, held, rows, small * weights[:, None])


def weigh(held: list[set[str]], rows: dict[str, int], rarity: Any) -> Any:
    """Texts by words, weighted by rarity, each text of length one."""
    down, across, values = [], [], []
    for at, words in enumerate(held):
        known = sorted(rows[w] for w in words if w in rows)
        size = np.linalg.norm(rarity[known]) or 1.0
        down += [at] * len(known)
        across += known
        values += list(rarity[known] / size)
    return csr_matrix((values, (down, across)), shape=(len(held), len(rows)))


def write_crowd(folder: Path, texts: list[str], held: list[set[str]], rows: dict[str, int], weighted: Any) -> None:
    """Every so-manieth text of some length, as unit vectors, by dimension."""
    long = [words for text, words in zip(texts, held, strict=True) if len(text) >= 300]
    chosen = long[:: len(long) // CROWD][:CROWD]
    sums = np.array([weighted[sorted(rows[w] for w in words if w in rows)].sum(axis=0) for words in chosen])
    units = sums / np.linalg.norm(sums, axis=1, keepdims=True) * CROWD_LENGTH
    write(folder, "crowd", (np.round(units).astype(int) + 128).astype(np.uint8).T.tobytes())


def write(folder: Path, name: str, body: bytes) -> None:
    packed = zlib.compress(body, 9)
    (folder / f"{name}.z").write_bytes(packed)
    print(f"{name}: {len(body)} -> {len(packed)} bytes")


def main() -> None:
    fold_left, folder = (int(sys.argv[1]), Path(sys.argv[2])) if len(sys.argv) > 1 else (None, DATA)
    folder.mkdir(parents=True, exist_ok=True)
    counted, _ = read_corpus(fold_left)
    texts = [fold("\n".join(text["paragraphs"])) for text in counted]
    count_bigrams(texts, folder)
    fit_words(texts, folder)


if __name__ == "__main__":
    main()
