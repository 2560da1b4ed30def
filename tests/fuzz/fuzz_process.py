"""Feeds spoilt pages to the whole pipeline, led by coverage. Not part of the tests: see docs/operations.md, Fuzzing.

python -m tests.fuzz.fuzz_process [libFuzzer options] [CORPUS]

Anything but a document or a named refusal, a second reading that differs, and a page that takes over 8 s, is written
to a file `crash-*`, which `python -m tests.fuzz.fuzz_process crash-...` reads once more.
"""

import sys
import time
from pathlib import Path

from pipelines.errors import PipelineError
from pipelines.judge.model import load_model
from tests.fuzz.mutations import SEEDS, read, spoilt

LIMIT_S = 8.0
STEP_BYTES = 7
HEADERS = ("text/html", "text/html; charset=utf-8", "text/html; charset=gbk", "application/json")


def chosen(data: bytes) -> tuple[str, bytes, str]:
    """(family, page, header) that the fuzzer's bytes stand for: a seed and what is done to it, or a page as it is."""
    header = HEADERS[data[1] % len(HEADERS)]
    if data[0] >= 250:
        return "", data[2:], header
    family, page = SEEDS[(data[0] * 256 + data[2]) % len(SEEDS)]
    steps = [data[at : at + STEP_BYTES] for at in range(3, len(data) - STEP_BYTES + 1, STEP_BYTES)]
    numbers = [(step[0], int.from_bytes(step[1:4], "big"), int.from_bytes(step[4:7], "big")) for step in steps[:12]]
    return family, spoilt(page, numbers), header


def main() -> None:
    """Run until stopped or a fault is found."""
    import atheris

    atheris.instrument_all()
    folder = Path(__file__).parents[2] / "pipelines" / "judge" / "data"
    model = load_model({entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.is_file()})

    def answer(family: str, page: bytes, header: str) -> object:
        try:
            return read(page, family, model, header)
        except PipelineError as refused:
            return refused.outcome

    def one(data: bytes) -> None:
        if len(data) < 4:
            return
        family, page, header = chosen(data)
        start = time.process_time()
        first = answer(family, page, header)
        if time.process_time() - start > LIMIT_S:
            raise TimeoutError(f"{family} {header} {len(page)} bytes")
        if answer(family, page, header) != first:
            raise AssertionError("read twice, two answers")

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
