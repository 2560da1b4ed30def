"""Who finds copies: Huiliu, MinHash and an exact hash, on dev and on families of our own that dev does not have.

python -m bench match [--write]
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.copies import SEED, families
from bench.data import BENCH, SHARED, is_here, read_lines
from bench.environments import Peer, python_of
from bench.report import machine, today, write_part
from bench.tables import NONE, markdown
from pipelines.fingerprint import bare, shingles
from pipelines.match import Comparable, match

FOLDER = BENCH / "match"
CORPUS = SHARED / "corpus" / "background.jsonl.gz"
RENSA = Peer(name="rensa", version="0.5.0", runner="minhash", licence="MIT", label="MinHash (rensa)")
KINDS = ("same", "near", "contains", "spun")
ROOT = Path(__file__).resolve().parents[1]

#: Two ids in order -> kind.
Pairs = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one method says of a collection."""

    label: str
    pairs: Pairs
    #: Of CPU.
    seconds: float


@dataclass(frozen=True, slots=True)
class Made:
    """A collection made of families: texts by id, and of each pair its family and kind ("" is no copy)."""

    texts: Mapping[str, str]
    pairs: Mapping[tuple[str, str], tuple[str, str]]


def measure_match(*, write: bool = False) -> None:
    """Print both tables; with `write`, put them into docs/benchmarks.md."""
    if not is_here(FOLDER):
        return
    texts = {line["id"]: line["text"] for line in read_lines(FOLDER / "docs.jsonl.gz")}
    gold = sum(1 for _ in read_lines(FOLDER / "pairs.jsonl"))
    dev = dev_table(ask(texts))
    print(dev, flush=True)
    made = make([line["paragraphs"] for line in read_lines(CORPUS)])
    answers = ask(made.texts)
    own, others = family_table(made, answers), strangers(made, answers)
    print(own, others, sep="\n")
    if write:
        write_part(
            "match", day=today(), machine=machine(), rensa=RENSA.version, documents=f"{len(texts):,}",
            pairs=str(gold), dev=dev, made=f"{len(made.texts):,}", families=own, others=others,
        )  # fmt: skip


def ask(texts: Mapping[str, str]) -> list[Answer]:
    """What each method says of texts."""
    answers = [huiliu(texts), minhash(texts), exact(texts)]
    return [answer for answer in answers if answer is not None]


def huiliu(texts: Mapping[str, str]) -> Answer:
    """What the archive would say."""
    start = time.process_time()
    pairs = match(Comparable(id=id_, title="", text=text) for id_, text in texts.items())
    return Answer("huiliu", {(pair.a, pair.b): pair.kind.value for pair in pairs}, time.process_time() - start)


def minhash(texts: Mapping[str, str]) -> Answer | None:
    """What MinHash says, in its environment; None where that cannot be made."""
    python = python_of(RENSA)
    if python is None:
        return None
    lines = "".join(json.dumps({"id": id_, "text": bare(text)}) + "\n" for id_, text in texts.items())
    command = [str(python), "-m", f"bench.peers.{RENSA.runner}"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, cwd=ROOT)
    *pairs, last = (json.loads(line) for line in done.stdout.splitlines())
    return Answer(RENSA.label, {_ordered(pair["a"], pair["b"]): pair["kind"] for pair in pairs}, last["seconds"])


def exact(texts: Mapping[str, str]) -> Answer:
    """Texts that are equal once folded."""
    start = time.process_time()
    groups: dict[str, list[str]] = defaultdict(list)
    for id_, text in texts.items():
        groups[bare(text)].append(id_)
    found = {_ordered(a, b): "same" for plain, ids in groups.items() if plain for a, b in combinations(ids, 2)}
    return Answer("exact hash", found, time.process_time() - start)


def _ordered(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def dev_table(answers: Sequence[Answer]) -> str:
    """What the data's own score.py says of each."""
    rows = []
    for answer in answers:
        told = score(answer)
        kinds = [f"{told['recall'][kind]:.3f} / {told['right_kind'][kind]:.3f}" for kind in KINDS]
        rows.append((answer.label, f"{told['precision']:.4f}", *kinds, f"{answer.seconds:.1f}"))
    heads = ("", "precision", *(f"{kind}: found / right kind" for kind in KINDS), "CPU s")
    return markdown(heads, rows)


def score(answer: Answer) -> dict[str, Any]:
    """What score.py says."""
    with tempfile.TemporaryDirectory() as place:
        given, told = Path(place, "pairs.jsonl"), Path(place, "scores.json")
        lines = (json.dumps({"a": a, "b": b, "kind": kind}) + "\n" for (a, b), kind in answer.pairs.items())
        given.write_text("".join(lines), "utf-8")
        command = [sys.executable, str(FOLDER / "score.py"), str(given), "--json", str(told)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        found: dict[str, Any] = json.loads(told.read_text("utf-8"))
        return found


def make(articles: Sequence[Sequence[str]]) -> Made:
    """All families in one collection, shuffled."""
    texts: dict[str, str] = {}
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    for name, some in families(articles):
        for n, (kind, *both) in enumerate(some):
            ids = f"{name} {n} a", f"{name} {n} b"
            texts.update(zip(ids, both, strict=True))
            pairs[ids] = name, kind
    order = random.Random(SEED).sample(sorted(texts), len(texts))
    return Made({id_: texts[id_] for id_ in order}, pairs)


def family_table(made: Made, answers: Sequence[Answer]) -> str:
    """Found and rightly named, a family a line; for those that are no copies, how many are called so."""
    members: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair, (family, _) in made.pairs.items():
        members[family].append(pair)
    rows = []
    for family, pairs in members.items():
        kind = made.pairs[pairs[0]][1]
        cells = [_cell(answer, pairs, kind) for answer in answers]
        rows.append((family, kind or "no copies", str(len(pairs)), *cells))
    heads = ("", "kind", "pairs", *(f"{answer.label}: found / right kind" for answer in answers))
    return markdown(heads, rows)


def _cell(answer: Answer, pairs: Iterable[tuple[str, str]], kind: str) -> str:
    said = Counter(answer.pairs.get(pair) for pair in pairs)
    found = said.total() - said[None]
    if not kind:
        return f"{found} false" if found else NONE
    return f"{found / said.total():.3f} / {said[kind] / said.total():.3f}"


def strangers(made: Made, answers: Sequence[Answer]) -> str:
    """How many pairs each relates that were not made, without those that share 60 % of their shingles."""
    told = []
    for answer in answers:
        others = [pair for pair in answer.pairs if pair not in made.pairs]
        repeats = sum(_repeats(*(made.texts[id_] for id_ in pair)) for pair in others)
        told.append(f"{answer.label} {len(others) - repeats} (and {repeats} repeats of the corpus)")
    return ", ".join(told)


def _repeats(a: str, b: str) -> bool:
    mine, theirs = (shingles("".join(one.split())) for one in (a, b))
    return len(mine & theirs) >= 0.6 * min(len(mine), len(theirs))
