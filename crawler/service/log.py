"""The service's log: one line an event on stderr, `key=value`, for people and for grep."""

import logging
import sys
from typing import Any

import structlog


def open_log() -> Any:
    """Return a logger: `log.info("crawl_ended", run_id=7, outlet="xhby", state="done")`."""
    return structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(
                key_order=["timestamp", "level", "event", "outlet", "run_id"], drop_missing=True
            ),
        ],
    )


def show_warnings() -> None:
    """Let the libraries' warnings (queue, timer, pool) reach stderr as well."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)  # `serve` says what it warns of
