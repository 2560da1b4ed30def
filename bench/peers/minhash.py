"""Near duplicates by MinHash alone: 128 permutations of character 5-grams, 25 bands of 5 rows, verified on signatures.

Standard library and rensa: it runs in an environment of its own. stdin: {"id", "text"} a line, folded texts without
marks; stdout: {"a", "b", "kind", "score"} a line, then {"seconds": of CPU, without reading and writing}.
"""

import json
import sys
import time
from collections import defaultdict
from itertools import combinations

from rensa import RMinHash

SHINGLE, PERMUTATIONS, BANDS, ROWS = 5, 128, 25, 5
#: Share of equal minima from which two texts are called near.
NEAR = 0.5


def main() -> None:
    """Relate the texts given."""
    texts = [json.loads(line) for line in sys.stdin if line.strip()]
    start = time.process_time()
    pairs = relate([(text["id"], text["text"]) for text in texts])
    seconds = time.process_time() - start
    for a, b, score in pairs:
        print(json.dumps({"a": a, "b": b, "kind": "same" if score == 1 else "near", "score": score}))
    print(json.dumps({"seconds": seconds}))


def relate(texts: list[tuple[str, str]]) -> list[tuple[str, str, float]]:
    """Pairs that share a band and half of their minima."""
    signatures = [signature(text) for _, text in texts]
    buckets: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for at, found in enumerate(signatures):
        for band in range(BANDS if found else 0):
            buckets[band, *found[band * ROWS : (band + 1) * ROWS]].append(at)
    together = {pair for bucket in buckets.values() for pair in combinations(bucket, 2)}
    scored = ((a, b, similarity(signatures[a], signatures[b])) for a, b in sorted(together))
    return [(texts[a][0], texts[b][0], score) for a, b, score in scored if score >= NEAR]


def signature(text: str) -> tuple[int, ...]:
    """128 minima; none for a text without shingles."""
    grams = {text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)}
    if not grams:
        return ()
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=20_140_901)
    sketch.update(sorted(grams))
    return tuple(sketch.digest())


def similarity(mine: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Share of equal minima."""
    return sum(a == b for a, b in zip(mine, other, strict=True)) / len(mine)


if __name__ == "__main__":
    main()
