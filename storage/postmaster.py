"""Is the postmaster that a pid file names alive?

`pg_ctl status` only sends signal 0: a zombie, and a stranger that was given the same pid, both count for it as a
running server, and then start refuses. So the process itself is looked at.
"""

import subprocess
from pathlib import Path


def read_pid(data: Path) -> int | None:
    """The first line of postmaster.pid; None without the file, or while its first line is still being written."""
    lines = _read_lines(data)
    return int(lines[0]) if lines and lines[0].isdigit() else None


def read_port(data: Path) -> int | None:
    """The fourth line of postmaster.pid: the port this server was started with."""
    lines = _read_lines(data)
    return int(lines[3]) if len(lines) > 3 and lines[3].isdigit() else None


def is_postmaster(pid: int, data: Path) -> bool:
    """Whether this pid is a Postgres that works in this data folder. The postmaster's working folder is its data."""
    process = Path("/proc") / str(pid)
    if not Path("/proc/self/exe").exists():
        return _listed_as_postgres(pid)
    try:
        return (process / "exe").readlink().name.startswith("postgres") and (process / "cwd").samefile(data)
    except PermissionError:  # another user's process: only its name may be read
        return _read_text(process / "comm").startswith("postgres")
    except OSError:  # no such process, or a zombie, which has no program any more
        return False


def _listed_as_postgres(pid: int) -> bool:
    """Systems without /proc (macOS)."""
    listed = subprocess.run(["ps", "-o", "stat=,comm=", "-p", str(pid)], capture_output=True, text=True, check=False)
    state, _, command = listed.stdout.strip().partition(" ")
    return not state.startswith("Z") and Path(command.strip()).name.startswith("postgres")


def _read_lines(data: Path) -> list[str]:
    return _read_text(data / "postmaster.pid").splitlines()


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
