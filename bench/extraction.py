"""Run the extractor over a folder of pages with gold and write predictions for its `score.py`.

python -m bench.extraction --gold GOLD.jsonl --pages PAGES --out PREDICTIONS.jsonl
"""

import argparse
import gzip
import json
import multiprocessing
import sys
import time
from pathlib import Path
from typing import Any

from pipelines.errors import PipelineError
from pipelines.extract.record import record

DEFAULT = Path("../shared/bench/extraction")


def read_body(path: Path) -> bytes:
    """The bytes of a page, unpacked if it is stored packed."""
    body = path.read_bytes()
    return gzip.decompress(body) if path.suffix == ".gz" else body


def predict(job: tuple[str, str, Path]) -> dict[str, Any]:
    """One page's record, with the milliseconds of CPU it took."""
    id_, url, path = job
    body = read_body(path)
    start = time.process_time()
    try:
        answer = record(body, url, id_)
    except PipelineError as error:
        answer = {"id": id_, "error": f"{type(error).__name__}: {error}"}
    return {**answer, "ms": round(1000 * (time.process_time() - start), 1)}


def jobs(gold: Path, pages: Path) -> list[tuple[str, str, Path]]:
    """The pages that the gold names."""
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    found = []
    for row in rows:
        path = next((p for p in (pages / f"{row['id']}.html.gz", pages / f"{row['id']}.html") if p.exists()), None)
        if path is not None:
            found.append((str(row["id"]), row.get("url") or "", path))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=DEFAULT / "gold.jsonl")
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--out", type=Path, default=Path("build/extraction.jsonl"))
    options = parser.parse_args()
    pages = options.pages or options.gold.parent / "pages"
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with multiprocessing.Pool() as pool:
        answers = list(pool.imap(predict, jobs(options.gold, pages), chunksize=4))
    with options.out.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers)
    times = sorted(answer["ms"] for answer in answers)
    print(f"{len(answers)} pages, CPU ms a page: median {times[len(times) // 2]}, p95 {times[len(times) * 95 // 100]}")
    print(f"{sum('error' in answer for answer in answers)} errors, predictions in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
