"""All steps that make the judge's model anew, in order: `make model` runs this in an environment of its own.

    python -m bench.fit WORK DATA [FAMILY]

WORK keeps what one step leaves for the next, DATA gets the files that ship. A FAMILY is held out of every fit, to see
how the model fares with what it has not seen.
"""

import sys
import time
from pathlib import Path

from bench.fit import injection, offtopic, spun, statistics

#: Counted over the corpus, whole and with each quarter left out; then the rules that read what was counted.
STEPS = (statistics, offtopic, injection, spun)


def main(work: Path, data: Path, without: str = "") -> None:
    """Run every step; each takes (work, data, family held out)."""
    for folder in (work, data):
        folder.mkdir(parents=True, exist_ok=True)
    for step in STEPS:
        began = time.perf_counter()
        print(f"== {step.__name__}", flush=True)
        step.run(work, data, without)
        print(f"   {time.perf_counter() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]), *sys.argv[3:])
