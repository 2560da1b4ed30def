"""docs/benchmarks.md: the tables as they were printed, with what a reader has to know to believe them or not.

Each part stands between two comments and is written by its own bench from its own template.
"""

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"


def write_part(name: str, **tables: str) -> None:
    """Fill the template of a part and put it in its place in docs/benchmarks.md."""
    replace_part(DOCS / "benchmarks.md", name, (HERE / f"{name}.md").read_text("utf-8").format(**tables))


def replace_part(file: Path, name: str, text: str) -> None:
    """Replace what stands between a file's two comments of that name."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    shape = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    before = file.read_text("utf-8")
    if not shape.search(before):
        raise ValueError(f"{file.name} has no place for {name}")
    file.write_text(shape.sub(lambda _: f"{begin}{text.strip()}\n{end}", before), "utf-8")
    print(f"\nwritten to docs/{file.name}")


def today() -> str:
    """The day of the run."""
    return datetime.now(UTC).date().isoformat()


def machine() -> str:
    """What the run ran on."""
    return f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}"
