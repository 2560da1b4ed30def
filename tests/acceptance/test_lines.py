"""Lines in, lines out, with stdin still open and with more lines than memory should hold."""

import json
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

import pytest

from tests.faults.processes import end, finish, members, start, wait_until

ARTICLE = "<p>江湾镇的清淤工程昨日完工，沿河三个村的排水能力提高了一倍，孩子上学的路也好走了。</p>" * 6
#: Bytes of a page, nearly all in a script, so that it is read fast and would be seen if it were kept.
WEIGHT = 100_000
#: Lines, how many of them come before the first look, and MB that the process may grow by from there on.
LINES, SETTLED, GROWTH_MB = 600, 150, 16


@pytest.fixture
def line(tmp_path: Path) -> dict[str, object]:
    page = tmp_path / "page.html"
    script = f"<script>/*{'x' * WEIGHT}*/</script>"
    page.write_text(
        f"<html><head><meta charset='utf-8'>{script}</head><body><h1>清淤工程完工</h1>{ARTICLE}</body></html>"
    )
    return {"url": "http://news.jiangwan.example/1.html", "path": str(page)}


@contextmanager
def extracting() -> Iterator["Popen[str]"]:
    process = start("crawler", "extract", "--jsonl")
    try:
        yield process
    finally:
        end(process)


def give(process: "Popen[str]", line: dict[str, object]) -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps(line) + "\n")
    process.stdin.flush()


def take(process: "Popen[str]") -> dict[str, object]:
    assert process.stdout is not None
    found: dict[str, object] = json.loads(process.stdout.readline())
    return found


def peak_mb(process: "Popen[str]") -> int:
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024


def test_answers_come_while_more_may_be_asked(line: dict[str, object]) -> None:
    with extracting() as process:
        for number in range(3):
            give(process, line | {"id": number})
            assert take(process)["id"] == number
        give(process, {"id": "bad"})
        assert take(process) == {"id": "bad", "error": "the line has no 'path'"}
        done = finish(process)
        assert (done.status, done.out, done.err) == (0, "", "")


def test_stopped_while_more_may_be_asked(line: dict[str, object]) -> None:
    with extracting() as process:
        give(process, line | {"id": 1})
        assert take(process)["id"] == 1
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        wait_until(lambda: not members(process.pid))
        done = finish(process)
        assert (done.status, done.out, done.err) == (1, "", "huiliu: stopped\n")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of a process's memory is read from /proc")
def test_memory_stays_flat(line: dict[str, object]) -> None:
    with extracting() as process:
        feed = threading.Thread(target=lambda: [give(process, line | {"id": n}) for n in range(LINES)], daemon=True)
        feed.start()
        assert [take(process)["id"] for _ in range(SETTLED)] == list(range(SETTLED))
        settled = peak_mb(process)
        assert [take(process)["id"] for _ in range(SETTLED, LINES)] == list(range(SETTLED, LINES))
        assert peak_mb(process) - settled < GROWTH_MB
        feed.join()
        assert finish(process).status == 0
