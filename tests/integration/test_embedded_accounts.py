"""Whose processes the embedded server's are: an ordinary user's, root's through a user namespace, or nobody's."""

import os
import shutil
import signal
import stat
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import binaries
from storage.embedded import Cluster, State
from storage.errors import ClusterError

FAST = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}
AS_ROOT = os.geteuid() == 0


def pid_of(cluster: Cluster) -> int:
    pid = cluster.status().pid
    assert pid is not None
    return pid


def run_as_nobody(work: Callable[[], None]) -> str:
    """In a fork that has given root away: the interpreter itself may stand where only root may enter. The traceback."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with os.fdopen(writer, "w") as report:
            try:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
                work()
            except BaseException:
                report.write(traceback.format_exc())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as report:
        said = report.read()
    os.waitpid(child, 0)
    return said


@pytest.mark.skipif(not AS_ROOT, reason="the other tests run it as an ordinary user already")
@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_an_ordinary_user_can_run_it(started: Cluster) -> None:
    assert started.status().state is State.RUNNING  # whatever it imports late is imported before the fork
    with open_folder() as home:
        if binaries.nobody_account(home / "postgres") is None:
            pytest.skip("the wheel's programs stand where only root may enter")
        os.chown(home, 65534, 65534)
        cluster = Cluster(home / "postgres", FAST)

        def work() -> None:
            url = cluster.start()
            assert cluster.status().state is State.RUNNING
            os.kill(pid_of(cluster), signal.SIGKILL)
            assert cluster.start() == url
            assert cluster.stop("immediate")

        assert run_as_nobody(work) == ""
        assert cluster.data.stat().st_uid == 65534


@pytest.mark.skipif(not AS_ROOT, reason="needs two users")
@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
@pytest.mark.parametrize("call", [Cluster.start, Cluster.stop, Cluster.status])
def test_another_users_folder_is_refused(call: Callable[[Cluster], object]) -> None:
    with open_folder() as home:
        cluster = Cluster(home / "postgres", FAST)
        (cluster.data / "base").mkdir(parents=True)
        cluster.folder.chmod(0o700)

        def work() -> None:
            with pytest.raises(ClusterError, match="may not be used by this user"):
                call(cluster)

        assert run_as_nobody(work) == ""


@pytest.mark.skipif(not AS_ROOT, reason="only root can serve another user's folder")
def test_root_runs_another_users_folder_as_that_user() -> None:
    with open_folder() as home:
        cluster = Cluster(home / "postgres", FAST)
        if binaries.nobody_account(cluster.folder) is None:
            pytest.skip("the wheel's programs stand where only root may enter")
        cluster.start()
        cluster.stop()
        for path in [cluster.folder, *cluster.folder.rglob("*")]:
            os.chown(path, 65534, 65534)
        try:
            cluster.start()
            assert Path(f"/proc/{pid_of(cluster)}").stat().st_uid == 65534
        finally:
            cluster.stop("immediate")


class open_folder:
    """A temporary folder that every user may enter, unlike pytest's."""

    def __enter__(self) -> Path:
        self.path = Path(tempfile.mkdtemp(prefix="huiliu-open-"))
        self.path.chmod(0o755)
        return self.path

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.path)


@pytest.fixture
def no_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in most containers."""
    monkeypatch.setattr(binaries, "namespace_refusal", lambda: "Operation not permitted")


@pytest.mark.skipif(not AS_ROOT, reason="only root needs another account")
@pytest.mark.usefixtures("no_namespaces")
def test_root_without_namespaces_becomes_nobody() -> None:
    with open_folder() as home:
        cluster = Cluster(home / "postgres", FAST)
        if binaries.nobody_account(cluster.folder) is None:
            pytest.skip("nobody may not run the wheel's programs here")
        try:
            url = cluster.start()
            assert cluster.data.stat().st_uid != 0
            assert cluster.stop()
            assert cluster.start() == url
        finally:
            cluster.stop("immediate")


@pytest.mark.skipif(not AS_ROOT, reason="only root needs another account")
@pytest.mark.usefixtures("no_namespaces")
def test_root_without_namespaces_in_a_closed_folder_is_told_what_to_do(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with pytest.raises(ClusterError, match=r"ordinary user.*nobody.*DATABASE_URL"):
        Cluster(tmp_path / "home" / "postgres").start()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
