"""What `make bench` promises about extractors that fail, on runners of our own making."""

import sys
from pathlib import Path

import pytest

from bench.pages import Sample, write_manifest
from bench.runners import Contender, race

#: A runner whose pages have a second each.
RUNNER = """
import time
from bench.peers import runner

runner.LIMIT_S = 1
FAULTS = {"raise": lambda: 1 / 0, "wait": lambda: time.sleep(30), "hang": lambda: sum(range(10**12))}

def read(page):
    print("noise")
    FAULTS.get(page.id, int)()
    return {"title": page.id, "body": page.text}

runner.serve(read)
"""


def samples(*names: str) -> list[Sample]:
    return [Sample(id=name, url="", lang="zh", html=f"<p>{name}江湾".encode("gb18030")) for name in names]


def contender(label: str) -> Contender:
    return Contender(label=label, command=(sys.executable, "-c", RUNNER))


def test_page_that_raises_or_takes_too_long_is_unread_and_stops_nobody(tmp_path: Path) -> None:
    pages = samples("warm", "raise", "wait", "last")
    one, other = race([contender("one"), contender("other")], write_manifest(tmp_path, pages), 1)
    assert one.predictions == other.predictions
    assert one.predictions == [
        {"title": "warm", "body": "<p>warm江湾", "id": "warm"},
        {"error": "ZeroDivisionError: division by zero", "id": "raise"},
        {"error": "TooLong: ", "id": "wait"},
        {"title": "last", "body": "<p>last江湾", "id": "last"},
    ]
    assert [len(seconds) for seconds in one.rounds] == [4]


def test_extractor_that_hangs_in_native_code_is_left_out(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    manifest = write_manifest(tmp_path, samples("warm", "hang"))
    assert race([contender("hanging")], manifest, 2) == []
    assert "left out: hanging ended with status 1: " in capfd.readouterr().err
