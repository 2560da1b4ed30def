"""An embedded cluster that several tests start, stop and kill."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.embedded import Cluster

FAST = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}


@pytest.fixture(scope="module")
def kept() -> Iterator[Cluster]:
    """One cluster for the tests that may leave it running or stopped."""
    with tempfile.TemporaryDirectory(prefix="huiliu-embedded-") as place:
        cluster = Cluster(Path(place) / "home" / "postgres", FAST)
        yield cluster
        cluster.stop("immediate")


@pytest.fixture
def started(kept: Cluster) -> Cluster:
    kept.start()
    return kept


@pytest.fixture
def stopped(started: Cluster) -> Cluster:
    started.stop()
    return started
