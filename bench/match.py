"""Related pairs on the development set: `python -m bench.match`, then its score.py."""

import gzip
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipelines.match import Comparable, match

HERE = Path(__file__).resolve().parents[2] / "shared" / "bench" / "match"


def main() -> None:
    with gzip.open(HERE / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        items = [Comparable(**json.loads(line)) for line in lines]
    began = time.perf_counter()
    pairs = match(items)
    print(f"{len(items)} texts, {len(pairs)} pairs, {time.perf_counter() - began:.1f} s")
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        out.writelines(json.dumps({"a": p.a, "b": p.b, "kind": p.kind, "score": p.score}) + "\n" for p in pairs)
        out.flush()
        subprocess.run([sys.executable, HERE / "score.py", out.name, "--false", "8"], check=True)


if __name__ == "__main__":
    main()
