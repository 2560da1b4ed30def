"""The judge on texts with gold: what it finds, whom it harms, how fast it is; beside the simple methods."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bench.cuts import find_cuts, harm_table, rules_table
from bench.data import BENCH, is_here, read_lines
from bench.hostile import hostile_table
from bench.report import DOCS, machine, replace_part, today, write_part
from bench.simple import simple_methods
from bench.tables import NONE, markdown
from crawler.reading_pool import read_model
from pipelines.judge import SPUN
from pipelines.judge.record import judge_record

Line = dict[str, Any]
Method = Callable[[Line], Line]

FOLDER = BENCH / "contamination"
#: Developed on; harm is read on; thresholds are set on.
SETS = ("dev", "dev_clean", "calibration_clean")
#: What score.py calls a question, and the field of gold and of answers that it is about.
QUESTIONS = {"offtopic": "offtopic", "injection": "injections"}
HUILIU = "huiliu"
ROUNDS = 3
HEADS = (
    "",
    "harmed per 1,000 (95 %)",
    "characters lost per million",
    "off-topic P / R / F1",
    "injected P / R / F1",
    "spans found",
    "spun: AUC",
    "at 0.1 %",
    "documents a CPU s",
    "× huiliu (range)",
)


def measure_contamination(*, write: bool = False) -> None:
    """Print the tables; with `write`, put them into docs/benchmarks.md and docs/rules.md, without the texts."""
    if not is_here(FOLDER):
        return
    model = read_model()
    sets = {name: list(read_lines(FOLDER / f"{name}.jsonl.gz")) for name in SETS}
    huiliu = partial(judge_record, model=model)
    methods: dict[str, Method] = {HUILIU: huiliu, **simple_methods(sets["calibration_clean"], sets["dev"])}
    speeds = race(methods, sets["dev"])
    tables = {f"of_{name}": set_table(name, lines, methods, speeds) for name, lines in sets.items()}
    kinds = kinds_table(sets["dev"], huiliu)
    cuts = {name: [cut for line in lines for cut in find_cuts(line, model)] for name, lines in sets.items()}
    rules, harmed, hostile = rules_table(cuts), harm_table(cuts), hostile_table(model)
    print("\n\n".join([*tables.values(), kinds, rules, harmed, hostile]))
    for name, found in cuts.items():
        for cut in found:
            if cut.harms:
                print("harmed:", name, cut.id, cut.kind, cut.rule, cut.text[:60])
    if write:
        write_part(
            "contamination",
            day=today(),
            machine=machine(),
            rounds=str(ROUNDS),
            kinds=kinds,
            harmed=harmed,
            hostile=hostile,
            **tables,
        )
        replace_part(DOCS / "rules.md", "scores", rules)


def race(methods: Mapping[str, Method], lines: Sequence[Line]) -> dict[str, tuple[str, str]]:
    """Documents a second of CPU, and how that relates to Huiliu's; in turns, so that a busy machine is busy for all."""
    seconds: dict[str, list[float]] = {label: [] for label in methods}
    for _ in range(ROUNDS):
        for label, run in methods.items():
            began = time.process_time()
            for line in lines:
                run(line)
            seconds[label].append(time.process_time() - began)
    speeds = {}
    for label, found in seconds.items():
        ratios = sorted(ours / theirs for ours, theirs in zip(seconds[HUILIU], found, strict=True))
        spread = f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        speeds[label] = (f"{len(lines) / statistics.median(found):.0f}", spread)
    return speeds


def set_table(
    name: str, lines: Sequence[Line], methods: Mapping[str, Method], speeds: Mapping[str, tuple[str, str]]
) -> str:
    """The table of one set, a row a method."""
    answers = {label: list(map(run, lines)) for label, run in methods.items()}
    rows = [(label, *figures(lines, given), *speeds[label]) for label, given in answers.items()]
    clean = sum(not line["labels"]["offtopic"] and not line["labels"]["injections"] for line in lines)
    return f"**{name}: {len(lines)} documents, {clean} of them clean**\n\n{markdown(HEADS, rows)}"


def kinds_table(lines: Sequence[Line], run: Method) -> str:
    """What Huiliu does to each kind of document."""
    rows = []
    for kind in sorted({line["kind"] for line in lines}):
        members = [line for line in lines if line["kind"] == kind]
        answers = [run(line) for line in members]
        told = score(members, answers)
        called = sum(answer["spun_score"] * 1000 >= SPUN for answer in answers)
        harmed = str(told["harmed"]) if told["clean"] else NONE
        found = (three(members, answers, told, question) for question in QUESTIONS)
        rows.append((kind, str(len(members)), harmed, *found, str(called)))
    heads = ("", "documents", "harmed", "off-topic P / R / F1", "injected P / R / F1", "called spun")
    return f"**dev, by kind**\n\n{markdown(heads, rows)}"


def figures(lines: Sequence[Line], answers: Sequence[Line]) -> list[str]:
    """The cells of one method on one set."""
    told = score(lines, answers)
    low, high = told["harmed_interval"]
    harm = f"{told['harmed_per_1000']:.1f} ({low:.1f} to {high:.1f})"
    offtopic, injected = (three(lines, answers, told, question) for question in QUESTIONS)
    spans = NONE if injected == NONE else f"{told['injection']['span_recall']:.3f}"
    spun = [f"{figure:.3f}" for figure in told["spun"].values()] if "spun" in told else []
    asked = any("spun_score" in answer for answer in answers)
    return [
        harm,
        f"{told['chars_lost_per_million']:.0f}",
        offtopic,
        injected,
        spans,
        *(spun if asked and spun else [NONE] * 2),
    ]


def three(lines: Sequence[Line], answers: Sequence[Line], told: Mapping[str, Any], question: str) -> str:
    """Precision, recall and F1; a dash where the documents have nothing of the kind, or the method never answers it."""
    field = QUESTIONS[question]
    if not any(line["labels"][field] for line in lines) or not any(field in answer for answer in answers):
        return NONE
    return " / ".join(f"{told[question][name]:.3f}" for name in ("precision", "recall", "f1"))


def score(lines: Iterable[Line], answers: Iterable[Line]) -> dict[str, Any]:
    """What the data's own score.py says."""
    with tempfile.TemporaryDirectory(prefix="huiliu-bench-") as place:
        given, gold, told = Path(place, "given.jsonl"), Path(place, "gold.jsonl"), Path(place, "told.json")
        given.write_text("".join(json.dumps(one) + "\n" for one in answers), "utf-8")
        gold.write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")
        command = [sys.executable, str(FOLDER / "score.py"), str(given), "--gold", str(gold), "--json", str(told)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        found: dict[str, Any] = json.loads(told.read_text("utf-8"))
        return found
