"""`extract`, `judge` and `match` with --jsonl: lines in, lines out, every core, no database.

A line that cannot be read becomes {"id", "error"}, and the run goes on: one bad page stops nobody.
"""

import gzip
import json
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from crawler.reading_pool import Line, Scheduled, Unreadable, WorkerPool, judging_pool, page_pool

Pool = WorkerPool[Line, Line]
#: A line under way: its id, what its worker was given, and the answer to come; or an answer that needs no worker.
Job = tuple[Line, Scheduled[Line]] | Line
#: Lines given to the workers ahead of the one that is waited for, a worker.
AHEAD = 8


def extract_lines() -> int:
    """Read pages from their files; answers come in the order of the lines."""
    return _each_line(page_pool, _load_page)


def judge_lines() -> int:
    """Judge articles; answers come in the order of the lines."""
    return _each_line(judging_pool, lambda line: line)


def match_lines() -> int:
    """Relate all articles given, once the last line is in."""
    from pipelines.match import Comparable, match

    items = []
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        if not raw.strip():
            continue
        line = _parse(raw, number)
        try:
            if "error" in line:
                raise ValueError(line["error"])
            items.append(Comparable(id=str(line["id"]), title=str(line.get("title") or ""), text=str(line["text"])))
        except (KeyError, ValueError) as error:
            _write({"id": line.get("id"), "error": _say(error)})
    for pair in match(items):
        _write({"a": pair.a, "b": pair.b, "kind": pair.kind, "score": pair.score / 1000})
    return 0


def _each_line(open_pool: Callable[[int], Pool], prepare: Callable[[Line], Line]) -> int:
    """Send each line through a worker; a few ahead, so that all cores are busy and memory stays flat."""
    workers = os.cpu_count() or 1
    pool = open_pool(workers)
    ahead: deque[Job] = deque()
    try:
        for line in _lines():
            ahead.append(_schedule(pool, line, prepare))
            if len(ahead) >= workers * AHEAD:
                _write(_answer(pool, ahead.popleft()))
        while ahead:
            _write(_answer(pool, ahead.popleft()))
    finally:
        pool.close(wait=not ahead)
    return 0


def _lines() -> Iterator[Line]:
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        if raw.strip():
            yield _parse(raw, number)


def _parse(raw: bytes, number: int) -> Line:
    """Return the line's object; what is none comes back as its error."""
    try:
        line = json.loads(raw)
    except ValueError as error:
        return {"id": None, "error": f"line {number} is not JSON: {error}"}
    return line if isinstance(line, dict) else {"id": None, "error": f"line {number} is no JSON object"}


def _schedule(pool: Pool, line: Line, prepare: Callable[[Line], Line]) -> Job:
    if "error" in line:
        return line
    try:
        given = prepare(line)
    except (OSError, KeyError, TypeError, ValueError, EOFError) as error:
        return {"id": line.get("id"), "error": _say(error)}
    return given, pool.schedule(given)


def _answer(pool: Pool, job: Job) -> Line:
    """Wait for a line's answer, or say why there is none. A line that breaks our own code breaks no other line."""
    if isinstance(job, dict):
        return job
    given, scheduled = job
    try:
        found = pool.settle(scheduled, given)
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


def _say(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"the line has no {error}"
    return f"{type(error).__name__}: {error}" if isinstance(error, OSError | EOFError) else str(error)


def _write(line: Line) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace").decode() + "\n")
    sys.stdout.flush()
