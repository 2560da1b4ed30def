"""Which pipeline this is: a number, and a digest over everything that decides what a capture reads as."""

import hashlib
import platform
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from crawler.fitted import SHIPPED, Fitted
from pipelines import NUMBER

#: The libraries whose release can change a document.
PARSERS = ("cssselect", "ftfy", "lxml", "numpy", "rjieba", "trafilatura", "justext")

#: Code and fitted tables; what an editor leaves beside them decides nothing.
SUFFIXES = (".py", ".json", ".z", ".tsv", ".txt")


def pipeline_version(fitted: Fitted = SHIPPED) -> str:
    """Return NUMBER+digest, over code and tables of `pipelines/`, the model, parsing libraries, Unicode.

    A model or snapshot of the archive's own is in the digest, and its number stands behind it: 0.2+1f0e3dad9990.m2.w1.
    """
    code = _code_digest()
    digest = hashlib.sha256(code + fitted.digest).digest() if fitted.digest else code
    return f"{NUMBER}+{digest.hex()[:12]}{fitted.name}"


@cache
def _code_digest() -> bytes:
    digest = hashlib.sha256()
    for path, content in sorted(_files(resources.files("pipelines"), "")):
        digest.update(f"{path} {len(content)}\n".encode() + content)
    for parser in PARSERS:
        digest.update(f"{parser} {metadata.version(parser)}\n".encode())
    digest.update(f"unicode {unicodedata.unidata_version} python {platform.python_version_tuple()[:2]}\n".encode())
    return digest.digest()


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) of every file below a package that code is in, or data for it."""
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry, f"{prefix}{entry.name}/")
        elif entry.is_file() and entry.name.endswith(SUFFIXES):
            yield prefix + entry.name, entry.read_bytes()
