"""Where the measuring data is: beside a developer's checkout, never on a user's machine."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: Development data with gold, and a score.py each.
SHARED = Path(__file__).resolve().parents[2] / "shared"
BENCH = SHARED / "bench"


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of a file, one a line; `.gz` is unpacked."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    yield from (json.loads(line) for line in text.split("\n") if line.strip())


def is_here(folder: Path) -> bool:
    """Say whether a folder of data is there, and on the terminal when it is not."""
    if not folder.is_dir():
        print(f"skipped: {folder.name} is measured on data beside the repository, which is not here")
    return folder.is_dir()
