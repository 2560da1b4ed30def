"""Become a program that dies with the process that asked for it: `python -I child.py PARENT_PID PROGRAM ARGUMENT...`

A worker that is killed by SIGKILL can tell its crawl nothing. Linux can: the death signal asked for here outlives the
exec that follows. It is asked for in a program of its own, because code between fork and exec of a threaded process
(`preexec_fn`) may hang. It is run by its path, so it imports the standard library only.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
#: What a shell says of a program that SIGTERM ended.
PARENT_GONE = 128 + signal.SIGTERM


def become(parent: int, command: list[str]) -> None:
    """Ask for the parent's death to be ours, then turn into the command."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we asked
        sys.exit(PARENT_GONE)
    os.execvp(command[0], command)  # noqa: S606 -- an argument list, no shell


if __name__ == "__main__":
    become(int(sys.argv[1]), sys.argv[2:])
