"""The judge on development data: `python -m bench.contamination [NAME ...] [--misses N | --repairs]`."""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from importlib import resources
from pathlib import Path
from typing import Any

from pipelines.judge.model import load_model
from pipelines.judge.record import judge_record
from pipelines.model import JudgeModel
from pipelines.repair import repair

HERE = Path(__file__).resolve().parents[2] / "shared" / "bench" / "contamination"
_MODEL: list[JudgeModel] = []


def read_model() -> JudgeModel:
    """The fit that ships with the package."""
    folder = resources.files("pipelines.judge") / "data"
    return load_model({entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.is_file()})


def judge_line(line: str) -> str:
    if not _MODEL:
        _MODEL.append(read_model())
    record: dict[str, Any] = json.loads(line)
    return json.dumps(
        judge_record({key: record[key] for key in ("id", "title", "paragraphs")}, _MODEL[0]), ensure_ascii=False
    )


def score(name: str, misses: int) -> None:
    gold = HERE / f"{name}.jsonl.gz"
    with gzip.open(gold, "rt", encoding="utf-8") as lines, ProcessPoolExecutor() as pool:
        texts = list(lines)
        began = time.perf_counter()
        answers = list(pool.map(judge_line, texts, chunksize=32))
    print(f"== {name}: {len(texts)} articles, {len(texts) / (time.perf_counter() - began):.0f} a second")
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        out.write("\n".join(answers))
        out.flush()
        command = [sys.executable, HERE / "score.py", out.name, "--gold", gold, "--misses", str(misses)]
        subprocess.run(command, check=True)


def count_repairs(name: str) -> None:
    """Repairs that find a fault in clean text: only zero-width characters may be found there."""
    found: Counter[str] = Counter()
    with gzip.open(HERE / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [text for line in lines for text in json.loads(line)["paragraphs"]]
    began = time.perf_counter()
    for text in texts:
        found.update(span.rule for span in repair(text).spans)
    each_us = 1e6 * (time.perf_counter() - began) / len(texts)
    print(f"== {name}: {len(texts)} paragraphs, {each_us:.0f} us each, {dict(found)}")
    assert set(found) <= {"strip_invisible"}, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=["dev", "dev_clean", "calibration_clean"])
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--repairs", action="store_true", help="count what the repairs change in the text instead")
    chosen = parser.parse_args()
    for name in chosen.names:
        count_repairs(name) if chosen.repairs else score(name, chosen.misses)


if __name__ == "__main__":
    main()
