"""`make bench`: everything, or the parts named: quality, speed."""

import sys

from bench.quality import measure_quality
from bench.speed import measure_speed

PARTS = {"quality": measure_quality, "speed": measure_speed}


def main(names: list[str]) -> int:
    """Run the parts named, all when none is; 2 for a name that is none."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    for name in names or PARTS:
        PARTS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
