"""The embedded Postgres: a server of our own in one folder, started on demand and left running.

It listens on 127.0.0.1 only, at a port the system gave once, and asks everyone for a random password that only the
owner of the folder can read: other users of a shared machine reach the port, and no further.

    folder/data              the cluster         folder/port             where it listens
    folder/password          of the owner        folder/reader_password  of the login `archive_reader`
    folder/server.log        what Postgres says  folder/data.lock        held while it starts or stops
"""

import os
import shlex
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

import psycopg
from psycopg import sql

from storage.binaries import Account, choose_account, find_binary, run_as
from storage.errors import ClusterError
from storage.folder import explain_os_error, locked, make_private, read_from, read_number, rotate, secret, write_number
from storage.postmaster import is_postmaster, read_pid, read_port

OWNER = "huiliu"
READER = "archive_reader"
DATABASE = "huiliu"
HOST = "127.0.0.1"

#: A server that reports its crash recovery is waited for this long, one that says nothing for SILENT_LIMIT_S.
START_LIMIT_S = 300.0
SILENT_LIMIT_S = 10.0
STOP_LIMIT_S = 120.0
MIN_FREE_BYTES = 1 << 20

#: `builtin` makes \\w and lower() right for Chinese whatever locale the machine has.
INITDB = (
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
    "--auth=scram-sha-256",
    f"--username={OWNER}",
)
SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",  # a socket's path may not be longer than 107 bytes; TCP has no such limit
    "synchronous_commit": "on",  # off lost 282 of 3,581 acknowledged rows when the server was killed
    "cluster_name": "huiliu",
    "jit": "off",  # compiling a view of the archive takes seconds, answering it milliseconds
}


class State(StrEnum):
    """What the folder holds."""

    ABSENT = "absent"  # never started
    STOPPED = "stopped"
    STARTING = "starting"  # alive, and not answering yet
    RUNNING = "running"


class Answer(StrEnum):
    """What came back from our port."""

    READY = "ready"
    STARTING = "starting"  # it says that it starts, recovers or shuts down
    REFUSED = "refused"  # a Postgres that does not know our password
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One look at a cluster."""

    state: State
    pid: int | None
    port: int | None


@dataclass(frozen=True, slots=True)
class Cluster:
    """One embedded Postgres in its folder. Any number of processes may start it: the first does, the others find it."""

    folder: Path
    options: Mapping[str, str] = field(default_factory=dict)  # settings laid over SETTINGS; tests turn fsync off

    @property
    def data(self) -> Path:
        """What Postgres calls PGDATA."""
        return self.folder / "data"

    def start(self) -> str:
        """Make the cluster if there is none, start it if it does not run, and give its URL."""
        find_binary("postgres")
        if self._postmaster() is not None and self._probe(DATABASE) is Answer.READY:
            return self.url()
        make_private(self.folder)
        with locked(self.folder / "data.lock"):
            if not self._is_made():
                self._initialise()
            if not self._wait_for_running():
                self._launch()
                if not self._wait_for_running():
                    self._fail("ended as soon as it had started", "")
            self._create_database()
        return self.url()

    def stop(self, mode: str = "fast") -> bool:
        """Stop it; `immediate` skips the shutdown checkpoint. False: it did not run."""
        if not self._is_made():
            return False
        with locked(self.folder / "data.lock"):
            if self._postmaster() is None:
                return False
            stop = ["stop", "--mode", mode, "--wait", "--timeout", str(int(STOP_LIMIT_S)), "--silent"]
            done = self._run("pg_ctl", "--pgdata", "data", *stop, timeout_s=STOP_LIMIT_S + 30)
        if done.returncode != 0 and self._postmaster() is not None:
            self._fail("did not stop", done.stdout)
        return True

    def url(self, database: str = DATABASE) -> str:
        """How its owner connects. Holds the password."""
        return self._url(OWNER, "password", database)

    def reader_url(self) -> str:
        """How people who only read connect, once `set_reader_password` has been called."""
        return self._url(READER, "reader_password", DATABASE)

    def status(self) -> Status:
        """Look without changing anything."""
        if not self._is_made():
            return Status(state=State.ABSENT, pid=None, port=None)
        pid = self._postmaster()
        if pid is None:
            return Status(state=State.STOPPED, pid=None, port=None)
        state = State.RUNNING if self._probe() is Answer.READY else State.STARTING
        return Status(state=state, pid=pid, port=self._port())

    def set_reader_password(self, conn: psycopg.Connection[Any]) -> None:
        """Give the reading login, made by a migration, its password. Only a digest travels, so no log holds it."""
        password = secret(self.folder / "reader_password")
        digest = conn.pgconn.encrypt_password(password.encode(), READER.encode(), b"scram-sha-256").decode()
        conn.execute(sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(READER), sql.Literal(digest)))

    # -- files ------------------------------------------------------------------------------------------------------

    def _is_made(self) -> bool:
        try:
            return self.data.exists()
        except OSError as error:  # the folder is another user's
            explain_os_error(error, self.folder)

    def _port(self) -> int | None:
        """The port of the running server, else the one it had last."""
        return read_port(self.data) or read_number(self.folder / "port")

    def _url(self, user: str, name: str, database: str) -> str:
        port = self._port()
        if port is None:
            raise ClusterError(f"There is no database in {self.folder} yet. Start it with `huiliu db start`.")
        return f"postgresql://{user}:{secret(self.folder / name)}@{HOST}:{port}/{database}?sslmode=disable"

    # -- starting ---------------------------------------------------------------------------------------------------

    def _initialise(self) -> None:
        """initdb beside the final name, then rename: a half-made cluster never bears the name `data`."""
        new = self.folder / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        secret(self.folder / "password")
        self._give_folder_to(choose_account(self.data))
        places = ["--pgdata", "data.new", "--pwfile", "password"]
        careless = ["--no-sync"] if self.options.get("fsync") == "off" else []
        done = self._run("initdb", *places, *INITDB, *careless, timeout_s=START_LIMIT_S)
        if done.returncode != 0:
            shutil.rmtree(new, ignore_errors=True)
            self._fail("could not be made", done.stdout)
        new.rename(self.data)

    def _give_folder_to(self, account: Account) -> None:
        """Where root must become somebody else, that account needs the folder and the password file."""
        if account.uid is not None and account.gid is not None:
            os.chown(self.folder, account.uid, account.gid)
            os.chown(self.folder / "password", account.uid, account.gid)

    def _wait_for_running(self) -> bool:
        """True when a server of ours answers. False when there is none; its stale pid file is then gone."""
        began = time.monotonic()
        while pid := self._postmaster():
            answer = self._probe()
            if answer is Answer.READY:
                return True
            if answer is Answer.REFUSED:
                raise ClusterError(
                    f"The server in {self.folder} does not accept the password in {self.folder / 'password'}. "
                    "Was that file replaced? Put the old one back."
                )
            if time.monotonic() - began > (START_LIMIT_S if answer is Answer.STARTING else SILENT_LIMIT_S):
                raise ClusterError(f"Postgres (pid {pid}) does not answer. Read {self.folder / 'server.log'}.")
            time.sleep(0.1)
        time.sleep(0.2 if (self.data / "postmaster.pid").exists() else 0)
        if self._postmaster() is not None:
            return self._wait_for_running()
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        return False

    def _launch(self) -> None:
        """pg_ctl start. Again with another port when ours was taken, or while workers of a killed server still end."""
        log = self.folder / "server.log"
        deadline = time.monotonic() + SILENT_LIMIT_S
        while True:
            self._choose_port()
            offset = rotate(log)
            start = ["start", "--log", "server.log", "--wait", "--timeout", str(int(START_LIMIT_S)), "--silent"]
            settings = ["--options", self._settings()]
            done = self._run("pg_ctl", "--pgdata", "data", *start, *settings, timeout_s=START_LIMIT_S + 30)
            if done.returncode == 0:
                return
            said = done.stdout + read_from(log, offset)
            passing = "Address already in use" in said or "is still in use" in said or "already exists" in said
            if not passing or time.monotonic() > deadline:
                self._fail("did not start", said)
            time.sleep(0.2)

    def _choose_port(self) -> None:
        """Keep the port if nobody took it, else let the system give one."""
        port = _bind(self._port() or 0) or _bind(0)
        if port is None:
            raise ClusterError(f"No port of {HOST} can be listened on.")
        write_number(self.folder / "port", port)

    def _settings(self) -> str:
        """For pg_ctl, which hands them to a shell."""
        settings = SETTINGS | {"port": str(self._port())} | dict(self.options)
        return " ".join("-c " + shlex.quote(f"{name}={value}") for name, value in settings.items())

    def _create_database(self) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=10) as conn:
            if not conn.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                conn.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))

    # -- looking ----------------------------------------------------------------------------------------------------

    def _postmaster(self) -> int | None:
        """The pid of our living server."""
        pid = read_pid(self.data)
        return pid if pid is not None and is_postmaster(pid, self.data) else None

    def _probe(self, database: str = "postgres") -> Answer:
        """Ask for SELECT 1, the one proof. A stranger on our port fails: with SCRAM the server proves itself too."""
        port = self._port()
        if port is None or not (self.folder / "password").exists():
            return Answer.SILENT
        try:
            with psycopg.connect(
                host=HOST,
                hostaddr=HOST,
                port=port,
                user=OWNER,
                password=secret(self.folder / "password"),
                dbname=database,
                sslmode="disable",
                require_auth="scram-sha-256",
                connect_timeout=5,
            ) as conn:
                conn.execute("SELECT 1")
            return Answer.READY
        except psycopg.OperationalError as error:
            return _read_refusal(str(error))

    def _run(self, name: str, *arguments: str, timeout_s: float) -> subprocess.CompletedProcess[str]:
        """Run a program of the wheel inside the folder: so the folder's name stays out of pg_ctl's shell line."""
        account = choose_account(self.data)
        try:
            return run_as(account, [str(find_binary(name)), *arguments], cwd=self.folder, timeout_s=timeout_s)
        except subprocess.TimeoutExpired:
            raise ClusterError(
                f"{name} did not end within {timeout_s:.0f} s. Read {self.folder / 'server.log'}."
            ) from None
        except OSError as error:
            explain_os_error(error, self.folder)

    def _fail(self, what: str, said: str) -> NoReturn:
        """One sentence for the known causes; the end of what Postgres said for the others."""
        log = self.folder / "server.log"
        full = shutil.disk_usage(self.folder).free < MIN_FREE_BYTES  # a log on a full disk says nothing
        if full or "No space left on device" in said or "Disk quota exceeded" in said:
            raise ClusterError(
                f"The embedded Postgres {what}: the disk of {self.folder} is full. Free some space and try again."
            )
        if "Permission denied" in said or "Operation not permitted" in said or "wrong ownership" in said:
            raise ClusterError(
                f"The embedded Postgres {what}: this user may not use {self.folder}, or one above it.\n{_tail(said)}"
            )
        raise ClusterError(f"The embedded Postgres in {self.folder} {what}. It said:\n{_tail(said)}\nMore in {log}.")


def _bind(port: int) -> int | None:
    """A port that can be listened on now: the one asked for, or with 0 any. None: taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            return None
        found: int = probe.getsockname()[1]
        return found


def _read_refusal(text: str) -> Answer:
    if "too many clients" in text or "remaining connection slots" in text:
        return Answer.READY  # alive; whoever connects next is told that it is full
    if "the database system is" in text:
        return Answer.STARTING
    if "authentication failed" in text or "no password supplied" in text or "method requirement" in text:
        return Answer.REFUSED
    return Answer.SILENT


def _tail(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-12:])
