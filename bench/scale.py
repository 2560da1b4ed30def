"""How the archive finds copies among 10,000, 100,000 and 1,000,000 articles, and what that takes.

    python -m bench.scale [--articles N] [--write] [--keep FOLDER]

An embedded Postgres of its own is filled with made-up articles (`bench.articles`): rows that the same pure functions
make, written by COPY. At each size some hundred new articles take the real road, one transaction after another, half of
them copies of what is there. Left out of the filling: paragraphs, marks, citations and the full-text index.
"""

import argparse
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from psycopg import Connection

from bench.articles import article, swap
from bench.report import machine, today, write_part
from bench.shelf import FRESH, Shelf, text_id
from bench.tables import markdown
from crawler.relate import MOST_COMPARED, file_text, relate_text
from pipelines.fingerprint import bare_lines, fingerprint
from pipelines.match import prepare, relate
from pipelines.sketch import MIN_SHARED, MOST_SHARING, asked
from storage import filed
from storage.database import connect
from storage.embedded import Cluster
from storage.migrate import upgrade

SIZES = (10_000, 100_000, 1_000_000)
#: New articles that take the road at each size, after some that warm the caches.
NEW, WARM = 600, 60
#: What they are in turn; "" is an article of its own.
KINDS = ("", "same", "", "near", "", "spun", "", "contains")


@dataclass(slots=True)
class Measured:
    """What new articles took at one size."""

    articles: int
    #: Articles a second that the filling wrote, all of it; and that took the road.
    filled_a_second: float = 0.0
    #: Seconds: to store a document, to file its text, to find its copies, to do that once more and write all down.
    store: list[float] = field(default_factory=list)
    file: list[float] = field(default_factory=list)
    find: list[float] = field(default_factory=list)
    relate: list[float] = field(default_factory=list)
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    #: Related though not planted.
    others: int = 0
    #: Texts there are in the end, and bytes of tables with their indexes.
    texts: int = 0
    sizes: dict[str, int] = field(default_factory=dict)


def copied(kind: str, original: Sequence[str], number: int) -> list[str]:
    """A copy of an article, or with no kind another one."""
    if kind == "same":
        return [line.replace("。", " . ") for line in original]
    if kind == "near":
        text = "\n".join(original)
        return ["本报讯" + text[: -len(text) // 4], "编辑何苇"]
    if kind == "spun":
        return swap(original, number)
    other = article(FRESH + 2 * number)
    return [*other, *original, *article(FRESH + 2 * number + 1)] if kind == "contains" else other


def measure(shelf: Shelf, filled: int, done: int) -> Measured:
    """Have new articles take the road; `done` is how many did so before."""
    found = Measured(filled)
    for at in range(WARM + NEW):
        number, kind = done + at + 1, KINDS[at % len(KINDS)]
        like = filled // 20 + at % 3 * (filled // 4) + at
        lines = copied(kind, article(like), number)
        seconds: list[float] = []
        with timed(seconds):
            document_id = shelf.store(FRESH + number, lines)
            shelf.conn.commit()
        for step in (file_text, partial(find, lines=lines), relate_text):
            with timed(seconds):
                step(shelf.conn, document_id)
                shelf.conn.commit()
        if at >= WARM:
            for times, took in zip((found.store, found.file, found.find, found.relate), seconds, strict=True):
                times.append(took)
            related = _related(shelf.conn, document_id)
            found.planted[kind] += 1
            found.found[kind] += related.pop(text_id(like), "none") == kind
            found.others += len(related)
    found.texts, found.sizes = shelf.size()
    return found


def find(conn: Connection, document_id: int, *, lines: Sequence[str]) -> int:
    """Look up candidates, load what they say and compare, as `crawler.relate` does; return how many are related."""
    text = "\n".join(lines)
    held = conn.execute("select text_id from document_text where document_id = %s", [document_id]).fetchone()
    assert held is not None
    candidates = filed.candidates(
        conn, text_id=held[0], text_digest=fingerprint(text).text_digest, hashes=asked("".join(bare_lines(text))),
        least_shared=MIN_SHARED, most_sharing=MOST_SHARING, limit=MOST_COMPARED,
    )  # fmt: skip
    mine = prepare(text)
    mine.sort()
    return sum(relate(mine, prepare(other)) is not None for other in filed.words(conn, candidates).values())


@contextmanager
def timed(seconds: list[float]) -> Iterator[None]:
    """Add how long the body took."""
    start = time.perf_counter()
    yield
    seconds.append(time.perf_counter() - start)


def _related(conn: Connection, document_id: int) -> dict[int, str]:
    """The texts that a document's is related to, and how; its own, if that was there before, is the same."""
    rows = conn.execute(
        """
        select case when a = text_id then b else a end, kind
        from document_text join relation on text_id in (a, b) where document_id = %(document)s
        union all
        select text_id, 'same' from document_text
        where text_id = (select text_id from document_text where document_id = %(document)s)
            and document_id <> %(document)s
        """,
        {"document": document_id},
    )
    return {int(other): str(kind) for other, kind in rows}


def table(measured: Sequence[Measured]) -> str:
    """The figures, a column a size."""
    rows: dict[str, list[str]] = defaultdict(list)
    for one in measured:
        rows["filled by COPY, articles a second"].append(f"{one.filled_a_second:,.0f}")
        total = [sum(times) for times in zip(one.store, one.file, one.relate, strict=True)]
        rows["the whole road, articles a second"].append(f"{len(total) / sum(total):,.0f}")
        steps = {"stored": one.store, "text filed": one.file, "**copies found**": one.find}
        for name, times in {**steps, "found again, written, linked": one.relate}.items():
            cuts = statistics.quantiles(times, n=100)
            rows[f"{name}: p50 / p95 / p99 ms"].append(" / ".join(f"{1000 * cuts[at]:.1f}" for at in (49, 94, 98)))
        for kind in ("same", "near", "spun", "contains"):
            rows[f"planted {kind}: found"].append(f"{one.found[kind]} of {one.planted[kind]}")
        rows["related though not planted"].append(str(one.others))
        for name, size in one.sizes.items():
            rows[f"`{name}` with indexes, bytes an article"].append(f"{size / one.texts:,.0f}")
        rows["**together, bytes an article**"].append(f"{sum(one.sizes.values()) / one.texts:,.0f}")
    heads = ("", *(f"{one.articles:,} articles" for one in measured))
    return markdown(heads, [(name, *cells) for name, cells in rows.items()])


def run(most: int, folder: Path) -> list[Measured]:
    """Fill and measure, size by size."""
    cluster = Cluster(folder / "postgres", {"max_wal_size": "8GB"})
    url = cluster.start()
    measured: list[Measured] = []
    try:
        upgrade(url)
        with connect(url) as conn:
            conn.execute("drop index document_grams")
            shelf = Shelf(conn)
            filled = 0
            for size in (*(size for size in SIZES if size < most), most):
                start = time.perf_counter()
                shelf.fill(filled, size)
                took = time.perf_counter() - start
                one = measure(shelf, size, (WARM + NEW) * len(measured))
                one.filled_a_second = (size - filled) / took
                filled = size
                measured.append(one)
                print(table([one]), flush=True)
    finally:
        cluster.stop("immediate")
    return measured


def main() -> None:
    """Run as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=SIZES[-1])
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    parser.add_argument("--keep", type=Path, help="the folder of the database, kept afterwards")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with tempfile.TemporaryDirectory(prefix="huiliu-scale-") as place:
        measured = run(given.articles, given.keep or Path(place))
    print(table(measured))
    if given.write:
        write_part("scale", day=today(), machine=machine(), new=str(NEW), table=table(measured), note="")


if __name__ == "__main__":
    main()
