"""The service in processes of their own, to be frozen and killed; and its stand-in for a crawl.

Run as a program it is such a service: `service_processes URL HOME BEHAVIOUR PART...`, with short intervals.
"""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crawler import config
from crawler.crawl import ROOT, scrapy_command
from crawler.service.intervals import Intervals
from crawler.service.serve import serve
from tests.faults.processes import wait_until

FAST = Intervals(
    tick_s=0.1, reload_s=1, poll_s=0.1, heartbeat_s=0.5, stalled_s=3, sweep_s=0.3, tidy_s=60, restart_s=0.5
)


def stand_in(run_id: int, behaviour: str) -> list[str]:
    return [sys.executable, "-m", "tests.integration.service_crawl", str(run_id), behaviour]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One running service."""

    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        return self.log.read_text()

    def says(self, what: str) -> None:
        wait_until(lambda: what in self.said())

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Signal it and return its exit status."""
        self.process.send_signal(how)
        return self.process.wait(120)


@contextmanager
def service(url: str, home: Path, *parts: str, behaviour: str = "done", **env: str) -> Iterator[Service]:
    """Start a service with these parts (`scheduler`, `worker`); whatever is left of it is killed in the end."""
    home.mkdir(exist_ok=True)
    log = home / f"service-{time.monotonic_ns()}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.service_processes", url, str(home), behaviour, *parts],
            cwd=ROOT,
            env=os.environ | env,
            stderr=output,
        )
    try:
        yield Service(process=process, log=log)
    finally:
        process.kill()
        process.wait()


def main(url: str, home: str, behaviour: str, *parts: str) -> int:
    """Serve the test's own outlets until a signal: those that ship come due every minute."""
    config.source_folders = lambda: (Path(os.environ["HUILIU_SOURCES"]),)
    return asyncio.run(
        serve(
            url,
            home=Path(home),
            scheduler="scheduler" in parts,
            worker="worker" in parts,
            concurrency=2,
            intervals=FAST,
            command=scrapy_command if behaviour == "scrapy" else lambda run_id, _: stand_in(run_id, behaviour),
        )
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
