"""The files beside an embedded cluster: its lock, passwords, port and log. What the system refuses is explained."""

import errno
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from storage.errors import ClusterError

#: Postgres keeps paths in buffers of 1,024 bytes, and adds names of its own to ours.
MAX_PATH_BYTES = 900
MAX_LOG_BYTES = 16 << 20
#: Longer than the longest start another process may hold the lock for.
LOCK_LIMIT_S = 360.0


def make_private(folder: Path) -> None:
    """Make a folder for its owner alone. One that is there already keeps its mode; so do the folders above."""
    if len(os.fsencode(folder.absolute())) > MAX_PATH_BYTES:
        raise ClusterError(f"The path is too long for Postgres (over {MAX_PATH_BYTES} bytes): {folder}.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        explain_os_error(error, folder)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file's lock; the system gives it back when the holder dies."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        explain_os_error(error, path)
    try:
        _wait_for_lock(descriptor, path)
        yield
    finally:
        os.close(descriptor)


def secret(path: Path) -> str:
    """A random password kept in a file that only its owner can read; made at first use."""
    try:
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(24) + "\n")
        return path.read_text().strip()
    except OSError as error:
        explain_os_error(error, path)


def read_number(path: Path) -> int | None:
    """The number in a file; None without the file, or with something else in it."""
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None


def write_number(path: Path, number: int) -> None:
    """Keep a number in a file."""
    try:
        path.write_text(f"{number}\n")
    except OSError as error:
        explain_os_error(error, path)


def rotate(log: Path) -> int:
    """Put a log that grew large aside. Its size now, where the next words will stand."""
    size = log.stat().st_size if log.exists() else 0
    if size <= MAX_LOG_BYTES:
        return size
    log.replace(log.with_suffix(".log.1"))
    return 0


def read_from(path: Path, offset: int) -> str:
    """What was added to a log since, a mebibyte at most."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(1 << 20).decode(errors="replace")


def explain_os_error(error: OSError, path: Path) -> NoReturn:
    """Say what to do about what the system refused."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        raise ClusterError(f"The disk of {path} is full. Free some space and try again.") from error
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        raise ClusterError(f"{path} may not be used by this user: {error.strerror}. Choose another folder.") from error
    if error.errno == errno.ENAMETOOLONG:
        raise ClusterError(f"The path is too long: {path}. Choose a shorter one.") from error
    raise ClusterError(f"{path}: {error.strerror}.") from error


def _wait_for_lock(descriptor: int, path: Path) -> None:
    import fcntl  # not on Windows, where `find_binary` has refused already

    deadline = time.monotonic() + LOCK_LIMIT_S
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise ClusterError(f"Another process has held {path} for too long; is one stuck?") from None
            time.sleep(0.05)


def _write_once(path: Path, text: str) -> None:
    """Appear whole, with mode 0600, and never replace what another process wrote first."""
    descriptor, part = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
        with suppress(FileExistsError):
            os.link(part, path)
    finally:
        Path(part).unlink()
