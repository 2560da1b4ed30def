"""Which pipeline this is: a number, and a digest over everything that decides what a capture reads as."""

import hashlib
import platform
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from pipelines import NUMBER

#: The libraries whose release can change a document.
PARSERS = ("cssselect", "ftfy", "lxml", "rensa", "rjieba", "trafilatura", "justext")

#: Code and fitted tables; what an editor leaves beside them decides nothing.
SUFFIXES = (".py", ".json", ".z", ".tsv", ".txt")


@cache
def pipeline_version() -> str:
    """Return NUMBER+digest, over code and tables of `pipelines/`, the fitted model, parsing libraries, Unicode."""
    digest = hashlib.sha256()
    for path, content in sorted(_files(resources.files("pipelines"), "")):
        digest.update(f"{path} {len(content)}\n".encode() + content)
    for parser in PARSERS:
        digest.update(f"{parser} {metadata.version(parser)}\n".encode())
    digest.update(f"unicode {unicodedata.unidata_version} python {platform.python_version_tuple()[:2]}\n".encode())
    return f"{NUMBER}+{digest.hexdigest()[:12]}"


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) of every file below a package that code is in, or data for it."""
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry, f"{prefix}{entry.name}/")
        elif entry.is_file() and entry.name.endswith(SUFFIXES):
            yield prefix + entry.name, entry.read_bytes()
