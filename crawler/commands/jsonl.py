"""`extract`, `judge` and `match` with --jsonl: lines in, lines out, every core, no database.

A line that cannot be read becomes {"id", "error"}, and the run goes on: one bad page stops nobody.
"""

import gzip
import json
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import TYPE_CHECKING

from crawler.reading_pool import Line, Scheduled, Unreadable, WorkerPool, judging_pool, page_pool

if TYPE_CHECKING:
    from pipelines.match import Comparable

Pool = WorkerPool[Line, Line]


@dataclass(frozen=True, slots=True)
class _Bad:
    """A line that no worker can be given, and the answer to it."""

    answer: Line


#: A line under way: what its worker was given, and the answer to come; or an answer that needs no worker.
Job = tuple[Line, Scheduled[Line]] | _Bad
#: What stands in the way of reading a line or its page.
LINE_FAULTS = (OSError, EOFError, KeyError, TypeError, ValueError, RecursionError)
#: Lines given to the workers ahead of the one that is waited for, a worker.
AHEAD = 8


def extract_lines() -> int:
    """Read pages from their files; answers come in the order of the lines."""
    return _each_line(page_pool, _load_page)


def judge_lines() -> int:
    """Judge articles; answers come in the order of the lines."""
    return _each_line(judging_pool, _check_article)


def match_lines() -> int:
    """Relate all articles given, once the last line is in."""
    from pipelines.match import match

    for pair in match(_comparables()):
        _write({"a": pair.a, "b": pair.b, "kind": pair.kind, "score": pair.score / 1000})
    return 0


def _comparables() -> "Iterator[Comparable]":
    """Yield the articles of the lines, and answer those that hold none."""
    from pipelines.match import Comparable

    for line in _lines(sys.stdin.buffer):
        if isinstance(line, _Bad):
            _write(line.answer)
            continue
        try:
            title, text = line.get("title") or "", line["text"]
            if not isinstance(text, str):
                raise ValueError("text must be a string")
            yield Comparable(id=str(line["id"]), title=str(title), text=text)
        except (KeyError, ValueError) as error:
            _write(_bad(line, error).answer)


def _each_line(open_pool: Callable[[int], Pool], prepare: Callable[[Line], Line]) -> int:
    """Send each line through a worker; a few ahead, so that all cores are busy and memory stays flat."""
    workers = os.cpu_count() or 1
    pool = open_pool(workers)
    intake = _Intake(pool, prepare, workers * AHEAD)
    whole = False
    try:
        for job in intake.jobs():
            _write(_answer(pool, job))
        whole = True
    finally:
        intake.stop()
        pool.close(wait=whole)
    return 0


class _Intake:
    """Gives lines to the workers from a thread of its own: an answer never waits for whoever writes the next line."""

    def __init__(self, pool: Pool, prepare: Callable[[Line], Line], room: int) -> None:
        self._pool = pool
        self._prepare = prepare
        self._jobs: Queue[Job | Exception | None] = Queue(room)
        self._scheduling = threading.Lock()
        self._stopped = False

    def jobs(self) -> Iterator[Job]:
        """Yield the lines' jobs, in their order, as soon as each is under way."""
        threading.Thread(target=self._take_in, name="intake", daemon=True).start()
        while (job := self._jobs.get()) is not None:
            if isinstance(job, Exception):
                raise job
            yield job

    def stop(self) -> None:
        """Give the workers nothing more: a pool that is being closed would open anew for it."""
        with self._scheduling:
            self._stopped = True

    def _take_in(self) -> None:
        try:
            # Not sys.stdin: Python's end would wait for it, and a thread that waits for input holds it.
            with open(0, "rb", closefd=False) as stdin:
                for line in _lines(stdin):
                    self._jobs.put(self._schedule(line))
        except Exception as error:
            self._jobs.put(error)
        else:
            self._jobs.put(None)

    def _schedule(self, line: Line | _Bad) -> Job:
        if isinstance(line, _Bad):
            return line
        try:
            given = self._prepare(line)
        except LINE_FAULTS as error:
            return _bad(line, error)
        with self._scheduling:
            if self._stopped:
                return _Bad({})
            return given, self._pool.schedule(given)


def _lines(stream: Iterable[bytes]) -> Iterator[Line | _Bad]:
    """Yield the object of each line that is not empty, or why it has none."""
    for number, raw in enumerate(stream, start=1):
        if not raw.strip():
            continue
        try:
            line = json.loads(raw.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            yield _Bad({"id": None, "error": f"line {number} is not JSON: {error}"})
            continue
        yield line if isinstance(line, dict) else _Bad({"id": None, "error": f"line {number} is no JSON object"})


def _answer(pool: Pool, job: Job) -> Line:
    """Wait for a line's answer, or say why there is none. A line that breaks our own code breaks no other line."""
    if isinstance(job, _Bad):
        return job.answer
    given, scheduled = job
    try:
        found = pool.settle(scheduled, given)
    except ValueError as error:
        return _bad(given, error).answer
    except Exception as error:
        return {"id": given.get("id"), "error": f"{type(error).__name__}: {error}"}
    if isinstance(found, Unreadable):
        return {"id": given.get("id"), "error": f"{found.outcome}: {found.detail}"}
    return found


def _load_page(line: Line) -> Line:
    """Read the page that a line names; `.gz` is unpacked."""
    path = Path(line["path"])
    body = path.read_bytes()
    return {
        "id": line["id"],
        "url": str(line.get("url") or ""),
        "body": gzip.decompress(body) if path.suffix == ".gz" else body,
    }


def _check_article(line: Line) -> Line:
    """Return a line that has what `judge` needs."""
    line["paragraphs"]
    return line


def _bad(line: Line, error: Exception) -> _Bad:
    """Return the answer to a line that went wrong, for whoever wrote the line."""
    if isinstance(error, KeyError):
        said = f"the line has no {error}"
    elif isinstance(error, OSError) and error.strerror:
        said = f"{error.filename}: {error.strerror}"
    elif isinstance(error, ValueError) or not str(error):
        said = str(error) or type(error).__name__
    else:
        said = f"{type(error).__name__}: {error}"
    return _Bad({"id": line.get("id"), "error": said})


def _write(line: Line) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace").decode() + "\n")
    sys.stdout.flush()
