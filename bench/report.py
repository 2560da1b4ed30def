"""docs/benchmarks.md: the tables as they were printed, with what a reader has to know to believe them or not."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.environments import PEERS
from bench.tables import markdown

HERE = Path(__file__).resolve().parent
TEMPLATE = HERE / "benchmarks.md"
FILE = HERE.parent / "docs" / "benchmarks.md"


def write_report(real: Sequence[str], known: Sequence[str]) -> None:
    """Write the tables of real pages and of known layouts, and how they came about."""
    rows = [(", ".join(peer.requirements), peer.licence) for peer in PEERS]
    text = TEMPLATE.read_text("utf-8").format(
        day=datetime.now(UTC).date().isoformat(),
        machine=f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        peers=markdown(("peer", "licence"), rows),
        real="\n\n".join(real),
        known="\n\n".join(known),
    )
    FILE.write_text(text, "utf-8")
    print(f"\nwritten to {FILE.relative_to(HERE.parent)}")
