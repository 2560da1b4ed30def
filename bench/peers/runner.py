"""What every runner does: take pages into memory, warm up on some of them, then read all of them, a round a time.

    python -m bench.peers.NAME MANIFEST

It says an empty list when it is ready. For each line on stdin it reads the pages once and says one JSON line on stdout:
for each page, in the manifest's order, what it makes of it and the seconds of CPU that it took. Standard library only:
it runs in each peer's environment.
"""

import faulthandler
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Seconds of wall time that a page may take. An alarm interrupts Python code then; native code that does not come back
#: ends with its process after twice as long.
LIMIT_S = 60
#: One page in so many is read before the first round.
WARM_EVERY = 8

Prediction = dict[str, Any]


class TooLong(BaseException):
    """The page's time is over. No Exception: libraries swallow those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page in memory: the bytes, and as text for those who take no bytes; `source` names an outlet's file."""

    id: str
    url: str
    lang: str
    source: str
    html: bytes
    text: str


def serve(read: Callable[[Page], Prediction]) -> None:
    """Be a runner until stdin ends."""
    answers = _own_stdout()
    signal.signal(signal.SIGALRM, _interrupt)
    lines = Path(sys.argv[-1]).read_text("utf-8").splitlines()
    pages = [_load(json.loads(line)) for line in lines]
    for page in pages[::WARM_EVERY]:
        _clock(read, page)
    print("[]", file=answers, flush=True)
    for _ in sys.stdin:
        print(json.dumps([_clock(read, page) for page in pages]), file=answers, flush=True)


def _own_stdout() -> Any:
    """Return stdout for the answers alone: what libraries print goes to stderr."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return answers


def _load(line: dict[str, str]) -> Page:
    html, text = Path(line.pop("html")).read_bytes(), Path(line.pop("text")).read_bytes()
    return Page(**line, html=html, text=text.decode("utf-8"))


def _clock(read: Callable[[Page], Prediction], page: Page) -> tuple[Prediction, float]:
    """Return what was read, or why not, and the seconds of CPU that it took."""
    faulthandler.dump_traceback_later(2 * LIMIT_S, exit=True)
    signal.alarm(LIMIT_S)
    began = time.process_time()
    try:
        found = read(page)
    except (Exception, TooLong) as error:
        found = {"error": f"{type(error).__name__}: {error}"}
    seconds = time.process_time() - began
    signal.alarm(0)
    faulthandler.cancel_dump_traceback_later()
    return found | {"id": page.id}, seconds


def _interrupt(*_: object) -> None:
    raise TooLong
