"""`make model`: fit the judge's model anew and say whether it is, byte for byte, the one that ships.

    python -m bench.model [--write]

The fit runs in an environment of its own, of pinned versions with hashes, on one thread, with the seeds that stand in
the code. `--write` puts the result in place of what ships.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.data import SHARED, is_here
from bench.environments import cache, make_environment
from bench.report import DOCS, replace_part
from bench.tables import markdown

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "pipelines" / "judge" / "data"
LOCK = ROOT / "bench" / "fit" / "requirements.lock"
WRITE = "--write"
#: Sums of floats depend on how they are shared out.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def main(words: list[str]) -> int:
    """Fit, compare, and write when asked; 1 where the files differ and are left alone."""
    if not is_here(SHARED / "corpus"):
        return 1
    python = make_environment(cache() / "fit", "--require-hashes", "-r", str(LOCK))
    with tempfile.TemporaryDirectory(prefix="huiliu-fit-") as place:
        work, data = Path(place, "work"), Path(place, "data")
        environment = {**os.environ, **ONE_THREAD, "PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT)}
        subprocess.run([python, "-m", "bench.fit", work, data], cwd=ROOT, env=environment, check=True)
        differing = compare(data, SHIPPED)
        if differing and WRITE in words:
            replace(data, SHIPPED)
    return int(bool(differing) and WRITE not in words)


def compare(made: Path, shipped: Path) -> list[str]:
    """Say of each file whether it was made as it ships; return the names of those that were not."""
    names = sorted({entry.name for folder in (made, shipped) for entry in folder.iterdir()})
    differing = [name for name in names if read(made / name) != read(shipped / name)]
    for name in names:
        said = "differs" if name in differing else "identical"
        print(f"{name}: {said}, {len(read(made / name)):,} bytes made, {len(read(shipped / name)):,} ship")
    return differing


def replace(made: Path, shipped: Path) -> None:
    """Put the files that were made in place of those that ship."""
    for entry in shipped.iterdir():
        entry.unlink()
    for entry in made.iterdir():
        shutil.copyfile(entry, shipped / entry.name)
    print(f"written to {shipped.relative_to(ROOT)}")
    rows = [(f"`{one.name}`", f"{len(read(one)):,}", f"`{digest(one)}`") for one in sorted(shipped.iterdir())]
    replace_part(DOCS / "model.md", "files", markdown(("file", "bytes", "sha256 begins"), rows))


def digest(file: Path) -> str:
    """The first characters of a file's digest."""
    return hashlib.sha256(read(file)).hexdigest()[:16]


def read(file: Path) -> bytes:
    """A file's bytes; none where it is not there."""
    return file.read_bytes() if file.exists() else b""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
