"""Weighs the words of `swaps.txt`: the file that `pipelines.judge.swaps` reads.

Each line of the list is a word of news and what widespread swapping tables put in for it: our own knowledge of pages
that plug-ins have reworded since about 2008, and of what copies newspapers today.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log
from pathlib import Path

from pipelines.judge.swaps import NAT, find_swaps, list_swaps

LIST = Path(__file__).with_name("swaps.txt")
#: Texts are counted in pieces of so many characters, the last of them of so many at least.
_PIECE, _SHORTEST = 1000, 300
#: The share of tables that have an entry. A word that stands in a larger share of pieces is nobody's sign, nor is one
#: that says less (nats).
_TABLES, _COMMONEST, _LEAST = 0.1, 0.01, 0.7


def read_swaps() -> dict[str, list[str]]:
    """By word of news: what tables put in for it."""
    lines = (line.split() for line in LIST.read_text("utf-8").splitlines())
    return {word: others for word, *others in lines}


def weigh_swaps(texts: Iterable[str], listed: Mapping[str, Sequence[str]]) -> bytes:
    """The words that say anything by the folded texts, with what they say and stand for, packed."""
    stands_for: dict[str, list[str]] = {}
    for word, others in listed.items():
        for other in others:
            stands_for.setdefault(other, []).append(word)
    pieces = [text[at : at + _PIECE] for text in texts for at in range(0, len(text), _PIECE)]
    pieces = [piece for piece in pieces if len(piece) >= _SHORTEST]
    shares = _shares({*listed, *stands_for}, pieces)
    weights = {
        word: log(1 + _TABLES * max(shares[other] for other in others) / shares[word])
        for word, others in stands_for.items()
        if shares[word] <= _COMMONEST
    }
    rows = {word: [round(NAT * weights[word]), *stands_for[word]] for word in sorted(weights) if weights[word] > _LEAST}
    return (json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _shares(words: set[str], pieces: Sequence[str]) -> dict[str, float]:
    """By word the share of pieces that hold it."""
    looked = list_swaps({word: (0, ()) for word in words if len(word) > 1})
    held = Counter(word for piece in pieces for word in find_swaps(piece, looked))
    held.update({word: sum(word in piece for piece in pieces) for word in words if len(word) == 1})
    return {word: (held[word] + 0.5) / (len(pieces) + 1) for word in words}
