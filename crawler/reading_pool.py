"""Worker processes that read pages: each page with a time and a memory limit, so that one bad page stops nobody.

The workers come from a fork server that has imported the pipeline once and holds no socket; the process that starts
them must itself have been started as `python -m ...`, because multiprocessing imports the parent's main module again in
every worker unless its name ends in `.__main__`. That process itself never imports the pipeline, which takes a second:
the functions that are sent to workers import it where they run.
"""

import gc
import multiprocessing
import resource
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from pebble import ProcessExpired, ProcessPool

from crawler.fitted import SHIPPED, Fitted
from pipelines.errors import PipelineError
from pipelines.judge_model import JudgeModel
from pipelines.model import Capture, Document, ReadOutcome, Source

if TYPE_CHECKING:
    from datetime import date

    from crawler.draft import Names

#: What the fork server imports before the first worker.
PRELOADED = ("crawler.reading_pool", "pipelines.process", "pipelines.record", "pipelines.judge.record")
#: Seconds in which a pool must have answered something: each value has its limit, so workers that live do.
STUCK_S = 45.0
#: Seconds that a pool may take to stop.
STOP_S = 15.0
#: Seconds of wall time that one page may take (promise P9).
TIMEOUT_S = 10.0
#: Bytes that a worker may grow by while it reads one page.
MEMORY_BYTES = 512 * 1024 * 1024
#: Pages after which a worker is replaced, so that no library's leak matters.
PAGES_A_WORKER = 2000
#: Seconds between two looks at whether the pool of a page still lives.
LOOK_EVERY_S = 1.0
#: How often a page is given to new workers that then do not come up.
STARTS = 3

Given = TypeVar("Given")
Found = TypeVar("Found")

_model: JudgeModel | Exception | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Why a capture gave no document."""

    outcome: ReadOutcome
    detail: str


def read_model(fitted: Fitted = SHIPPED) -> JudgeModel:
    """Parse the model that pages are read with."""
    from pipelines.judge.model import load_model

    return load_model(fitted.blob())


class Workers(ProcessPool):
    """Worker processes, and when one of them last answered."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.answered_at = time.monotonic()

    def give(self, work: "Callable[[Given], Found | Unreadable]", given: Given) -> "Scheduled[Found]":
        """Let some worker do this."""
        future: Future[Found | Unreadable] = self.schedule(work, args=(given,), timeout=TIMEOUT_S)
        future.add_done_callback(self._note)
        return Scheduled(future, self, time.monotonic())

    def _note(self, _future: "Future[Any]") -> None:
        self.answered_at = time.monotonic()


@dataclass(frozen=True, slots=True)
class Scheduled(Generic[Found]):
    """A value that some worker is to work on."""

    future: "Future[Found | Unreadable]"
    pool: Workers
    given_at: float

    def wait(self) -> "Found | Unreadable":
        """Wait for the outcome. A pool that broke down aborts what its workers had, and forgets what they had not; one
        whose worker was killed while it took its next value stands still, and is stopped for all who wait for it."""
        while True:
            try:
                return self.future.result(LOOK_EVERY_S)
            except FutureTimeout:
                if self.future.done():
                    raise
                if time.monotonic() > max(self.given_at, self.pool.answered_at) + STUCK_S:
                    self.pool.stop()  # type: ignore[no-untyped-call]
                if not self.pool.active:
                    raise BrokenProcessPool("no worker will take it any more") from None


class WorkerPool(Generic[Given, Found]):
    """Runs one pure function over values in worker processes.

    pebble's pool breaks down for good when a worker dies that has nothing to do, as one does that the system kills for
    its memory. It is replaced then.
    """

    def __init__(self, work: Callable[[Given, JudgeModel], Found], workers: int, fitted: Fitted = SHIPPED) -> None:
        #: What its workers read with, those that replace others included; what they read is of that version.
        self.fitted = fitted
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(list(PRELOADED))
        self._work = partial(_work_in_worker, work)
        self._workers = workers
        self._pool = self._open(workers)
        self._alone = self._open(1)
        self._one_alone = threading.Lock()

    def schedule(self, given: Given) -> Scheduled[Found]:
        """Start on one value; `settle` waits for what becomes of it."""
        try:
            return self._pool.give(self._work, given)
        except RuntimeError:  # it broke down
            _end(self._pool, wait=False)
            self._pool = self._open(self._workers)
            return self._pool.give(self._work, given)

    def settle(self, scheduled: Scheduled[Found], given: Given) -> Found | Unreadable:
        """Wait for one value. One whose worker died is done once more, alone, before that is its outcome: the failure
        may have been a neighbour's."""
        try:
            return scheduled.wait()
        except (ProcessExpired, FutureTimeout, BrokenProcessPool):
            with self._one_alone:
                return self._do_alone(given)

    def _do_alone(self, given: Given) -> Found | Unreadable:
        for _ in range(STARTS):
            try:
                return self._alone.give(self._work, given).wait()
            except FutureTimeout:
                return Unreadable(outcome=ReadOutcome.TIMEOUT, detail=f"took more than {TIMEOUT_S:g} s")
            except ProcessExpired as died:
                return Unreadable(outcome=ReadOutcome.CRASHED, detail=f"its worker ended with status {died.exitcode}")
            except (BrokenProcessPool, RuntimeError):
                _end(self._alone, wait=False)
                self._alone = self._open(1)
        raise RuntimeError("no worker that could read pages came up")

    def close(self, *, wait: bool = True) -> None:
        """End the workers; those still at work are stopped when `wait` is false."""
        _end(self._pool, wait=wait)
        _end(self._alone, wait=wait)

    def _open(self, workers: int) -> Workers:
        """Return a pool; its workers start with its first value."""
        return Workers(
            max_workers=workers,
            max_tasks=PAGES_A_WORKER,
            initializer=_prepare_worker,
            initargs=(self.fitted,),
            context=self._context,
        )


def _end(pool: Any, *, wait: bool) -> None:
    """End a pool's workers. A pool that is stopped is waited for a while only: one whose fork server is going down as
    well, at Ctrl-C or SIGTERM, may wait for the start of a worker that never comes. Its threads and workers are
    daemons and end with this process."""
    if wait:
        pool.close()
        pool.join()
        return
    pool.stop()
    joining = threading.Thread(target=pool.join, daemon=True)
    joining.start()
    joining.join(STOP_S)


#: What a reading worker is given: an article's captures and its source.
Article = tuple[tuple[Capture, ...], Source]
Line = dict[str, Any]
#: A page, what its outlet is to be called, and the day of the draft.
Wanted: TypeAlias = "tuple[Capture, Names, date]"


def reading_pool(workers: int, fitted: Fitted = SHIPPED) -> WorkerPool[Article, Document]:
    """Return a pool that runs the one road's pure part."""
    return WorkerPool(_read_article, workers, fitted)


def page_pool(workers: int) -> WorkerPool[Line, Line]:
    """Return a pool that reads pages of no known outlet: {"id", "url", "body"} to an extracted record."""
    return WorkerPool(_read_page, workers)


def judging_pool(workers: int) -> WorkerPool[Line, Line]:
    """Return a pool that judges articles: {"id", "title", "paragraphs"} to a judged record."""
    return WorkerPool(_judge_article, workers)


def drafting_pool() -> WorkerPool[Wanted, str]:
    """Return a pool that drafts a source file from one page."""
    return WorkerPool(_draft_source, 1)


def _read_article(article: Article, model: JudgeModel) -> Document:
    from pipelines.process import process

    captures, source = article
    return process(captures, source, model)


def _read_page(line: Line, model: JudgeModel) -> Line:
    from pipelines.record import page_record

    return page_record(line, model)


def _judge_article(line: Line, model: JudgeModel) -> Line:
    from pipelines.judge.record import judge_record

    return judge_record(line, model)


def _draft_source(wanted: Wanted, model: JudgeModel) -> str:
    from crawler.draft import draft
    from pipelines.page import read_page

    capture, names, day = wanted
    return draft(read_page(capture), names, day)


def _prepare_worker(fitted: Fitted) -> None:
    """Load the model, then limit what this process may grow by (Linux; elsewhere the time limit alone holds).

    A model that cannot be read is said at the first value: a worker that dies as it starts would be started for ever.
    """
    global _model
    try:
        _model = read_model(fitted)
    except Exception as error:
        _model = error
    gc.freeze()  # the model's millions of values stay for good: no collection needs to walk them again
    statm = Path("/proc/self/statm")
    if statm.exists():
        limit = int(statm.read_text().split()[0]) * resource.getpagesize() + MEMORY_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _work_in_worker(work: Callable[[Given, JudgeModel], Found], given: Given) -> Found | Unreadable:
    """Do the work; errors that name an outcome come back as values, all others are bugs and propagate."""
    assert _model is not None
    if isinstance(_model, Exception):
        raise _model
    try:
        return work(given, _model)
    except PipelineError as error:
        return Unreadable(outcome=error.outcome, detail=str(error))
    except MemoryError:
        return Unreadable(outcome=ReadOutcome.MEMORY, detail=f"needed more than {MEMORY_BYTES >> 20} MiB")
