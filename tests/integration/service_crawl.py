"""A stand-in for `scrapy crawl`, run as a program: `service_crawl.py RUN BEHAVIOUR`. It fetches nothing.

As the real one it holds its outlet's lock, takes its run over with a fresh token, and closes it.
"""

import os
import signal
import sys
import time

from storage import jobs, runs
from storage.database import connect


def main(run_id: int, behaviour: str) -> int:
    """Behave as told: done, fail, silent (leaves its run open), wait (for SIGTERM), deaf (to SIGTERM)."""
    if behaviour == "fail":
        sys.exit("the site has moved to the moon\x00")
    stop: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stop.append(number))
    with connect(os.environ["DATABASE_URL"], autocommit=True) as conn:
        row = conn.execute("select outlet_id from run where id = %s", [run_id]).fetchone()
        assert row is not None
        locked = conn.execute("select pg_try_advisory_lock(%s, %s)", [jobs.OUTLET_LOCK, row[0]]).fetchone()
        if not locked or not locked[0]:
            sys.exit("another crawl of the outlet is running")
        run = runs.start(conn, run_id)
        while behaviour == "deaf" or (behaviour == "wait" and not stop):
            time.sleep(0.02)
        if behaviour != "silent":
            runs.finish(conn, run, state="interrupted" if stop else "done", detail="a stop" if stop else "")
    return 1 if stop else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2]))
