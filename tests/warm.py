"""Programs started as `python -m MODULE ARGUMENT...` would start them, without waiting two seconds for their imports.

A server process imports what crawls and commands import, and forks for each of them. What runs then is a process of
its own, with its own streams, environment and session, and its module is run as `-m` runs it; only what the imports
left in memory is shared, and the shipped model, which is parsed once. It is the child of the process that asked, as
if that had forked it, so `Popen` waits for it and signals it as for any other. Linux only: elsewhere the program is
started in the ordinary way.

The fork server that a program starts for its reading workers is a process of its own as well, forked when the program
begins, so that it inherits no more of it than one that is started from nothing.

What is about starting itself, or needs another hash seed in every process, starts programs in the ordinary way.
"""

import atexit
import ctypes
import fcntl
import gc
import importlib
import inspect
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import util
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
PR_SET_CHILD_SUBREAPER = 36
#: An environment and arguments; a local socket takes a packet of that size.
REQUEST_BYTES = 1 << 17
#: No program here has so many descriptors open when it starts its workers.
FREE_DESCRIPTOR = 1 << 10
#: What crawls and commands import, besides what the modules of `crawler` do. None of it installs a reactor.
IMPORTED = (
    "scrapy.cmdline",
    "scrapy.crawler",
    "scrapy.core.engine",
    "scrapy.core.downloader",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.core.scraper",
    "scrapy.core.scheduler",
    "scrapy.extensions.corestats",
    "scrapy.extensions.logstats",
    "scrapy.extensions.memusage",
    "scrapy.utils.asyncio",
    "twisted.internet.asyncioreactor",
    "twisted.web.client",
    "OpenSSL.SSL",
    "psycopg_pool",
    "pebble",
    "rich.progress",
    "rich.table",
    "rich.traceback",
    "typer.rich_utils",
)
#: Modules of `crawler` that are programs, or fit models: nobody crawls with those.
LEFT_OUT = ("crawler.__main__", "crawler.fit", "crawler.service")


class WarmPopen(subprocess.Popen[str]):
    """`Popen` of `[sys.executable, "-m", MODULE, ARGUMENT...]` in the repository's folder."""

    def _execute_child(self, *args: Any, **named: Any) -> None:
        # Popen's own step between making its pipes and reading from them; it has no public one.
        original = super()._execute_child  # type: ignore[misc]
        if sys.platform != "linux":
            original(*args, **named)
            return
        given = inspect.signature(original).bind(*args, **named).arguments
        pipes = {name: given[name] for name in ("p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite")}
        wanted = {
            "words": [str(word) for word in given["args"][2:]],
            "env": dict(os.environ if given["env"] is None else given["env"]),
            "session": bool(given["start_new_session"]),
        }
        streams = (pipes["p2cread"], pipes["c2pwrite"], pipes["errwrite"])
        self.pid = start_program(wanted, [own if fd == -1 else fd for own, fd in enumerate(streams)])
        self._child_created = True
        self._close_pipe_fds(*pipes.values())  # type: ignore[attr-defined]


class ForkServer:
    """The server of this process; it ends with it."""

    def __init__(self) -> None:
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.warm", str(theirs.fileno())],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        atexit.register(self.stop)

    def start(self, wanted: dict[str, Any], streams: list[int]) -> int:
        """Start a program and return its process id.

        Its parent, a fork of the server, ends at once; who asks here inherits it, and nobody else's child.
        """
        prctl = ctypes.CDLL(None).prctl
        prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        try:
            socket.send_fds(self.socket, [json.dumps(wanted).encode()], streams)
            answer = self.socket.recv(100)
        finally:
            prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
        assert answer, "the fork server has ended"
        return int(answer)

    def stop(self) -> None:
        """End the server; what it started goes on."""
        self.socket.close()
        self.process.wait()


_starting = threading.Lock()
_servers: list[ForkServer] = []


def start_program(wanted: dict[str, Any], streams: list[int]) -> int:
    """Have a program started by the server, which is itself started when it is first needed."""
    with _starting:
        if not _servers:
            _servers.append(ForkServer())
        return _servers[0].start(wanted, streams)


def import_all() -> None:
    """Import what takes time; what reads settings when it is imported finds none of the developer's."""
    for name in IMPORTED:
        importlib.import_module(name)
    for package in ("crawler", "storage", "pipelines"):
        for file in sorted((ROOT / package).rglob("*.py")):
            name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            if not name.startswith(LEFT_OUT):
                importlib.import_module(name)
    keep_shipped_model()
    assert "twisted.internet.reactor" not in sys.modules, "a reactor was installed for all"
    assert len(list(Path("/proc/self/task").iterdir())) == 1, "threads do not outlive a fork"


def keep_shipped_model() -> None:
    """Have what ships parsed once for all workers; a fitted model and a snapshot are parsed as ever."""
    from crawler import reading_pool
    from crawler.fitted import SHIPPED

    parse = reading_pool.read_model
    shipped = parse()
    reading_pool.read_model = lambda fitted=SHIPPED: shipped if fitted == SHIPPED else parse(fitted)


def serve(requests: socket.socket) -> dict[str, Any] | None:
    """Fork for each request; returns in the child, with what it is to be, and in the server when nobody asks."""
    while True:
        message, streams, _, _ = socket.recv_fds(requests, REQUEST_BYTES, 3)
        if not message:
            return None
        back, out = os.pipe()
        parent = os.fork()
        if parent == 0:
            if os.fork():
                os._exit(0)
            requests.close()
            wanted = dict(json.loads(message))
            if wanted["session"]:
                os.setsid()
            os.write(out, str(os.getpid()).encode())
            for own, stream in enumerate(streams):
                os.dup2(stream, own)
            os.closerange(3, 1 << 12)
            return wanted
        os.waitpid(parent, 0)
        requests.send(os.read(back, 100))
        for descriptor in (*streams, back, out):
            os.close(descriptor)


def keep_spare() -> None:
    """Fork what multiprocessing's fork server will be, if this program comes to want one; it ends with the program."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    pid = os.fork()
    if pid == 0:
        ours.close()
        be_spare(theirs)
    theirs.close()
    start = util.spawnv_passfds

    def start_or_wake(path: Any, words: Sequence[Any], descriptors: Sequence[int]) -> int:
        if words[-1].startswith("from multiprocessing.forkserver import main;") and ours.fileno() >= 0:
            with ours, suppress(BrokenPipeError):
                socket.send_fds(ours, [json.dumps([words[-1], descriptors]).encode()], list(descriptors))
                return pid
        return start(path, words, descriptors)

    util.spawnv_passfds = start_or_wake


def be_spare(requests: socket.socket) -> NoReturn:
    """Wait to be given a fork server's command and its descriptors, and do it; end when the program has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    message, given, _, _ = socket.recv_fds(requests, REQUEST_BYTES, 2)
    if not message:
        os._exit(0)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command, descriptors = json.loads(message)
    # The command names descriptors by their numbers.
    kept = [fcntl.fcntl(one, fcntl.F_DUPFD, FREE_DESCRIPTOR) for one in given]
    os.closerange(3, FREE_DESCRIPTOR)
    for one, number in zip(kept, descriptors, strict=True):
        os.dup2(one, number)
        os.close(one)
    sys.argv[:] = ["-c"]
    try:
        exec(command, {"__name__": "__main__"})
    except SystemExit:
        os._exit(0)
    os._exit(1)


def become(wanted: dict[str, Any]) -> None:
    """Run the module as `python -m` does."""
    os.environ.clear()
    os.environ.update(wanted["env"])
    if "PYTHONUNBUFFERED" in os.environ:
        sys.stdout.reconfigure(write_through=True)  # type: ignore[union-attr]
    keep_spare()
    module, *sys.argv[1:] = wanted["words"]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    import_all()
    gc.collect()
    gc.freeze()
    if (told := serve(socket.socket(fileno=int(sys.argv[1])))) is not None:
        become(told)
