"""`huiliu source new`: a first source file for an outlet, from one of its articles."""

import re
from datetime import UTC, datetime
from pathlib import Path

from crawler.commands.console import console
from crawler.commands.page import from_archive, from_file, is_url, source_of
from crawler.config import ConfigError
from crawler.draft import Names
from crawler.reading_pool import Unreadable, drafting_pool
from pipelines.extract.anywhere import GENERIC_SOURCE
from pipelines.model import Capture
from pipelines.urls import canonical_url

NAME = re.compile(r"[a-z0-9][a-z0-9_]*")


def new_source(page: str, *, url: str, names: Names, output: Path | None) -> int:
    """Write the draft to a file that is not there yet, or to stdout."""
    if names.name and not NAME.fullmatch(names.name):
        raise ConfigError(f"{names.name!r} is no source's name: write it in small letters, digits and _")
    if output is not None:
        _check_output(output, names.name)
    capture = from_archive(page, source_of(page))[0][0] if is_url(page) else from_file(page, _canonical(url))
    text = _draft(capture, names)
    if isinstance(text, Unreadable):
        raise ConfigError(f"{page}: not read as an article: {text.outcome}: {text.detail}")
    if not text:
        raise ConfigError(f"{page}: the page does not say where it came from; give its address with --url")
    if output is None:
        console.file.write(text)
        return 0
    try:
        output.write_text(text, "utf-8")
    except OSError as error:
        raise ConfigError(f"{output}: cannot be written: {error.strerror}") from None
    console.print(
        f"wrote {output}; finish it as its first lines say, then `huiliu source check {output}`", markup=False
    )
    return 0


def _check_output(output: Path, name: str) -> None:
    """Refuse a file that is there, and one that a source of this name may not be in."""
    if output.exists():
        raise ConfigError(f"{output}: is there already; name another file, or leave -o out to see the draft")
    if output.suffix != ".toml" or output.stem != name:
        raise ConfigError(f"{output}: a source's file is named after it: write -o {output.with_name(f'{name}.toml')}")


def _canonical(url: str) -> str:
    try:
        return canonical_url(url, GENERIC_SOURCE) if url else ""
    except ValueError as error:
        raise ConfigError(f"--url {url}: {error}") from None


def _draft(capture: Capture, names: Names) -> str | Unreadable:
    """Draft where a bad page can do no harm."""
    pool = drafting_pool()
    try:
        wanted = (capture, names, datetime.now(UTC).date())
        return pool.settle(pool.schedule(wanted), wanted)
    finally:
        pool.close()
