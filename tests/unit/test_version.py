"""The version changes with everything that decides what a capture reads as, and with nothing else."""

import ast
import importlib.metadata
import importlib.resources
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import pipelines
from crawler.fitted import Fitted
from crawler.version import PARSERS, _code_digest, pipeline_version
from pipelines import NUMBER

PACKAGE = Path(str(pipelines.__file__)).parent


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the pipeline whose files a test may change; the version is taken of it."""
    folder = tmp_path / "pipelines"
    shutil.copytree(PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(importlib.resources, "files", lambda package: tmp_path / package)
    _code_digest.cache_clear()
    yield folder
    _code_digest.cache_clear()


def version_now() -> str:
    _code_digest.cache_clear()
    return pipeline_version()


def table_of(folder: Path) -> Path:
    """The largest table of the fitted model."""
    return max(
        (path for path in (folder / "judge" / "data").iterdir() if path.is_file()), key=lambda p: p.stat().st_size
    )


def append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def flip(path: Path) -> None:
    """Another byte in the middle, the same length."""
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)


def compile_all(folder: Path) -> None:
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "model.cpython-311.pyc").write_bytes(b"compiled")


def back_up(folder: Path) -> None:
    """As some editors do."""
    (folder / "model.py~").write_bytes(b"older")


def touch_all(folder: Path) -> None:
    for path in folder.rglob("*"):
        path.touch()


def test_it_is_a_number_and_a_digest() -> None:
    assert re.fullmatch(re.escape(NUMBER) + r"\+[0-9a-f]{12}", pipeline_version())


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: append(folder / "model.py"),
        lambda folder: flip(folder / "fold_table.py"),
        lambda folder: append(table_of(folder)),
        lambda folder: (folder / "judge" / "data" / "added.json").write_bytes(b""),
        lambda folder: table_of(folder).unlink(),
        lambda folder: (folder / "clean.py").rename(folder / "cleaning.py"),
    ],
    ids=["code", "table", "fitted byte", "file added", "file removed", "file renamed"],
)
def test_it_changes_with_the_pipeline(copy: Path, change: Callable[[Path], object]) -> None:
    before = version_now()
    change(copy)
    assert version_now() != before


@pytest.mark.parametrize(
    "change",
    [compile_all, touch_all, back_up, lambda folder: None],
    ids=["compiled", "touched", "backed up", "nothing"],
)
def test_it_stays_otherwise(copy: Path, change: Callable[[Path], object]) -> None:
    before = version_now()
    change(copy)
    assert version_now() == before


def test_it_changes_with_the_model_and_the_snapshot_in_use() -> None:
    shipped = pipeline_version()
    fitted = pipeline_version(Fitted(model=2, files={"words.z": b"a"}))
    other = pipeline_version(Fitted(model=2, files={"words.z": b"b"}))
    witnessed = pipeline_version(Fitted(snapshot=1, verdicts={"witness.json": b"[]"}))
    both = pipeline_version(Fitted(model=2, snapshot=1, files={"words.z": b"a"}, verdicts={"witness.json": b"[]"}))
    assert len({shipped, fitted, other, witnessed, both}) == 5
    assert re.fullmatch(re.escape(NUMBER) + r"\+[0-9a-f]{12}\.m2\.w1", both)
    assert shipped[:16] not in both


def test_it_changes_with_a_parsing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = importlib.metadata.version
    before = version_now()
    with monkeypatch.context() as patch:
        patch.setattr(importlib.metadata, "version", lambda name: "0" if name == "lxml" else installed(name))
        assert version_now() != before
    assert version_now() == before


def test_it_covers_every_library_that_the_pipeline_imports() -> None:
    imported = {name for path in PACKAGE.rglob("*.py") for name in imports_of(path)}
    foreign = imported - set(sys.stdlib_module_names) - {"pipelines"}
    assert foreign <= set(PARSERS)


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module).partition(".")[0]
