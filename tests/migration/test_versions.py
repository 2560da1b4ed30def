"""The files in alembic/versions: one line of revisions, each found by its file name."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import Script, ScriptDirectory
from procrastinate.schema import SchemaManager

from storage import migrate

SCRIPTS = ScriptDirectory.from_config(Config(str(migrate.INI)))
ALL = sorted(SCRIPTS.walk_revisions(), key=lambda script: script.revision)


def test_alembic_and_we_know_the_same_revisions() -> None:
    assert tuple(script.revision for script in ALL) == migrate.revisions()
    assert SCRIPTS.get_heads() == [migrate.head()]


@pytest.mark.parametrize("script", ALL, ids=lambda script: script.revision)
def test_a_revision_is_named_described_and_goes_forward_only(script: Script) -> None:
    assert re.fullmatch(rf"{script.revision}_[a-z_]+\.py", Path(script.path).name)
    number = int(script.revision)
    assert script.down_revision == (None if number == 1 else f"{number - 1:04}")
    assert script.doc
    with pytest.raises(RuntimeError, match="forward only"):
        script.module.downgrade()


def test_the_folder_does_not_shadow_the_library() -> None:
    """With an __init__.py, `import alembic` in the repository's root would find the migrations."""
    assert not (migrate.ROOT / "alembic" / "__init__.py").exists()


def test_the_queue_is_what_the_pinned_procrastinate_expects() -> None:
    """When this fails after an upgrade of procrastinate: one migration for each file newer in its sql/migrations."""
    assert version("procrastinate") == "3.10.0"
    queue = next(script for script in ALL if script.revision == "0002")
    assert SchemaManager.get_schema().strip() in queue.module.SQL


def test_no_migrations_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "VERSIONS", tmp_path)
    with pytest.raises(migrate.StorageError, match="from its repository"):
        migrate.head()
