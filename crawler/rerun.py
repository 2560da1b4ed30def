"""Read stored captures again with today's pipeline. What is read stands beside what readers see, until `promote`."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from psycopg import Connection

from crawler.config import source_digest
from crawler.process import store_reading
from crawler.reading_pool import Article, Scheduled, Unreadable, WorkerPool
from crawler.relate import relate_documents
from crawler.version import pipeline_version
from pipelines.model import Capture, Document, ReadOutcome, Source
from storage import captures, outlets, readings, versions
from storage.errors import StorageError

#: Pages given to the workers ahead of the one that is waited for.
AHEAD_PER_WORKER = 4
#: Readings stored in one transaction.
BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which captures of an outlet to read again."""

    since: date | None = None
    until: date | None = None
    #: Only those that gave no document when they were read before.
    failed: bool = False


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a rerun of one outlet did, or with `dry_run` would do."""

    version: str
    pending: int
    outcomes: Counter[str] = field(default_factory=Counter)
    #: Against what readers see now: new, changed_text, changed_fields, changed_marks, same, lost.
    changes: Counter[str] = field(default_factory=Counter)
    #: (URL, what changes), the first of them.
    examples: list[tuple[str, str]] = field(default_factory=list)
    #: (URL, what happened) of programming errors and damaged bytes: the captures stay unread.
    bugs: list[tuple[str, str]] = field(default_factory=list)
    #: (document, what happened) where nothing could be worked out: they stay pending.
    unrelated: list[tuple[int, str]] = field(default_factory=list)


Progress = Callable[[int], None]


def rerun(
    conn: Connection,
    source: Source,
    *,
    selection: Selection,
    pool: WorkerPool[Article, Document],
    workers: int,
    dry_run: bool = False,
    begin: Progress = lambda total: None,
    advance: Progress = lambda done: None,
) -> Tally:
    """Read every selected capture of an outlet that this version has not read. Safe to stop and to start again.

    The version is that of the model that the pool's workers hold.
    """
    outlet_id = outlets.outlet_id(conn, source.name)
    version_id = versions.ensure(
        conn, outlet_id=outlet_id, pipeline_version=pipeline_version(pool.fitted), source_digest=source_digest(source)
    )
    wanted = {"since": selection.since, "until": selection.until, "failed": selection.failed}
    pending = captures.count_unread(conn, outlet_id=outlet_id, version_id=version_id, **wanted)  # type: ignore[arg-type]
    tally = Tally(version=versions.name(conn, version_id), pending=pending)
    conn.rollback() if dry_run else conn.commit()
    begin(pending)
    ids = list(captures.unread(conn, outlet_id=outlet_id, version_id=version_id, **wanted)) if pending else []  # type: ignore[arg-type]
    made: list[int | None] = []
    for capture, reading in _read(conn, ids, source, pool, workers, tally):
        _compare(conn, capture, reading, tally)
        if not dry_run:
            made.append(
                store_reading(conn, outlet_id=outlet_id, version_id=version_id, capture=capture, reading=reading)
            )
            if len(made) == BATCH:
                _commit(conn, made, tally)
                made = []
        advance(1)
    conn.rollback() if dry_run else _commit(conn, made, tally)
    return tally


def _commit(conn: Connection, made: Sequence[int | None], tally: Tally) -> None:
    """Commit a batch of readings, then work out what follows from its documents."""
    conn.commit()
    tally.unrelated += relate_documents(conn, [document_id for document_id in made if document_id is not None])


_Job = tuple[Article, Scheduled[Document]]


def _read(
    conn: Connection,
    ids: Sequence[int],
    source: Source,
    pool: WorkerPool[Article, Document],
    workers: int,
    tally: Tally,
) -> Iterator[tuple[Capture, Document | Unreadable]]:
    """Yield each capture with what was read in it, in order, a few pages read ahead."""
    ahead: deque[_Job] = deque()
    for capture_id in ids:
        try:
            article = (captures.article_with_parts(conn, capture_id), source)
        except StorageError as error:
            tally.bugs.append((f"capture {capture_id}", f"{type(error).__name__}: {error}"))
            continue
        ahead.append((article, pool.schedule(article)))
        if len(ahead) >= workers * AHEAD_PER_WORKER:
            yield from _settle(ahead.popleft(), pool, tally)
    while ahead:
        yield from _settle(ahead.popleft(), pool, tally)


def _settle(
    job: _Job, pool: WorkerPool[Article, Document], tally: Tally
) -> Iterator[tuple[Capture, Document | Unreadable]]:
    """Yield one reading. A programming error is kept for the report and leaves its capture unread."""
    article, scheduled = job
    first = article[0][0]
    try:
        yield first, pool.settle(scheduled, article)
    except Exception as error:
        tally.bugs.append((first.url, f"{type(error).__name__}: {error}"))


def _compare(conn: Connection, capture: Capture, reading: Document | Unreadable, tally: Tally) -> None:
    """Count how a reading differs from what readers see of the same capture."""
    assert capture.id is not None
    seen = readings.visible(conn, capture.id)
    tally.outcomes[ReadOutcome.READ if isinstance(reading, Document) else reading.outcome] += 1
    change = _change(seen, reading)
    tally.changes[change] += 1
    if change not in ("same", "none") and len(tally.examples) < 20:
        tally.examples.append((capture.url, _explain(change, seen, reading)))


def _change(seen: readings.Seen | None, reading: Document | Unreadable) -> str:
    if isinstance(reading, Unreadable):
        return "lost" if seen else "none"
    if seen is None:
        return "new"
    if (seen.title, seen.text) != (reading.clean_title, reading.clean_text):
        return "changed_text"
    if seen.fields != readings.fields(reading):
        return "changed_fields"
    return "same" if seen.marks == _marks(reading) else "changed_marks"


def _marks(document: Document) -> tuple[tuple[str, int | None, int, int, str, str], ...]:
    return tuple((m.field.value, m.paragraph, m.start, m.end, m.kind.value, m.rule) for m in document.marks)


def _explain(change: str, seen: readings.Seen | None, reading: Document | Unreadable) -> str:
    if isinstance(reading, Unreadable):
        return f"{change}: {reading.outcome} ({reading.detail})"
    if seen is None:
        return f"{change}: {len(reading.clean_text)} characters"
    if change == "changed_fields":
        others = [name for name, value in readings.fields(reading).items() if value != seen.fields[name]]
        return f"{change}: {', '.join(others)}"
    gone, come = set(seen.marks) - set(_marks(reading)), set(_marks(reading)) - set(seen.marks)
    length = len(reading.clean_text) - len(seen.text)
    return f"{change}: {length:+d} characters, {len(come)} marks more, {len(gone)} marks less"
