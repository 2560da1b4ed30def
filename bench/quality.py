"""What repair and match do to texts with gold."""

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.data import BENCH, is_here, read_lines

Line = dict[str, Any]


def measure_quality() -> None:
    """Print what the repairs do to text that needs none, and the score of match."""
    measure_repair()
    measure_match()


def measure_repair() -> None:
    """What the repairs change in clean articles: nothing but characters that nobody sees."""
    from pipelines.repair import repair

    folder = BENCH / "contamination"
    if not is_here(folder):
        return
    texts = [text for line in read_lines(folder / "calibration_clean.jsonl.gz") for text in line["paragraphs"]]
    rules = Counter(span.rule for text in texts for span in repair(text).spans)
    print(f"== repair: {len(texts)} clean paragraphs, repairs by rule: {dict(rules) or 'none'}")


def measure_match() -> None:
    """Related pairs."""
    folder = BENCH / "match"
    if is_here(folder):
        print("== match")
        score(folder, run_command("match", read_lines(folder / "docs.jsonl.gz")))


def run_command(name: str, lines: Iterable[Line]) -> list[Line]:
    """Run `huiliu NAME --jsonl` over the lines and return its answers."""
    given = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "crawler", name, "--jsonl"], input=given.encode(), stdout=subprocess.PIPE, check=True
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    print(f"   {given.count(chr(10))} lines in {time.perf_counter() - began:.1f} s")
    return answers


def score(folder: Path, answers: Iterable[Line], *options: str) -> None:
    """Hand predictions to the data's own score.py, which prints."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        out.writelines(json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers)
        out.flush()
        subprocess.run([sys.executable, folder / "score.py", out.name, *options], check=True)
