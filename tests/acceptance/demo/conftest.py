"""The demo, run once for all tests of this folder: the test scheduler keeps them together (tests/conftest.py)."""

from collections.abc import Iterator

import pytest

from tests.acceptance.demo_runs import Demo, demo_twice


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    with demo_twice() as runs:
        yield runs
