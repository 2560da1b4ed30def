"""How often the service does what it does."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals:
    """Seconds. Tests shorten them."""

    #: Between two looks at what is due.
    tick_s: float = 5.0
    #: Between two readings of the source files.
    reload_s: float = 60.0
    #: Between two looks at the queue.
    poll_s: float = 1.0
    #: Between two signs of life of a worker, and how long it may be silent before its jobs are given to others.
    heartbeat_s: float = 10.0
    stalled_s: float = 30.0
    #: Between two searches for jobs of dead workers, and between two rounds of tidying up.
    sweep_s: float = 10.0
    tidy_s: float = 3600.0
    #: Before a worker that lost its database starts again.
    restart_s: float = 2.0


INTERVALS = Intervals()
