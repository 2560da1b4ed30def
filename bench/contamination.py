"""The judge on development data: `python -m bench.contamination [dev|dev_clean|calibration_clean ...] [--misses N]`."""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from importlib import resources
from pathlib import Path
from typing import Any

from pipelines.judge.model import load_model
from pipelines.judge.record import judge_record
from pipelines.model import JudgeModel

HERE = Path("/work/shared/bench/contamination")
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=["dev", "dev_clean", "calibration_clean"])
    parser.add_argument("--misses", type=int, default=0)
    chosen = parser.parse_args()
    for name in chosen.names:
        score(name, chosen.misses)


if __name__ == "__main__":
    main()
