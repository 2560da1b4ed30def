"""`make bench`: everything, or the parts named. `--write` puts the tables of those that have one into docs/."""

import sys
from collections.abc import Callable
from functools import partial

import crawler  # noqa: F401 - sets numpy's threads, before numpy comes
from bench.contamination import measure_contamination
from bench.extraction import measure_extraction
from bench.families import measure_families
from bench.match import measure_match
from bench.quality import measure_quality

WRITE = "--write"


def main(words: list[str]) -> int:
    """Run the parts named, all when none is; 2 for a name that is none."""
    write = WRITE in words
    parts: dict[str, Callable[[], None]] = {
        "extraction": partial(measure_extraction, write=write),
        "contamination": partial(measure_contamination, write=write),
        "families": partial(measure_families, write=write),
        "match": partial(measure_match, write=write),
        "quality": measure_quality,
    }
    names = [word for word in words if word != WRITE]
    unknown = [name for name in names if name not in parts]
    if unknown:
        print(f"no such part: {', '.join(unknown)}; there are {', '.join(parts)}", file=sys.stderr)
        return 2
    for name in names or parts:
        parts[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
