"""The service as processes of their own, to be frozen and killed; and their stand-in for a crawl."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path


def stand_in(run_id: int, behaviour: str) -> list[str]:
    return [sys.executable, "-m", "tests.integration.service_crawl", str(run_id), behaviour]


def wait_until(true: Callable[[], bool], within_s: float = 20) -> None:
    end = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")
