"""Articles that a page holds only as data for its scripts: Next.js state, Fusion content, JSON-LD bodies."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from pipelines.extract.blocks import SPACE
from pipelines.extract.item import AUTHORS, ORIGINS, TIMES, TITLES, first_of, names, plain
from pipelines.extract.reading import Reading, read_fragment
from pipelines.page import clean_markup

ASSIGNED = re.compile(r"(?:\b(?:var|let|const)\s+\w{1,40}|[\w$.]{1,60})\s*=\s*(?=[{\[])")
#: Fields that hold an article's text, alone or piece by piece.
FIELDS = frozenset({
    "content", "articleBody", "contentDetail", "body", "html", "text", "articleContent", "contentHtml", "bodyHtml",
    "contentText", "articleHtml", "newsContent", "detailContent", "txt",
})  # fmt: skip
MAX_SCRIPT = 4_000_000
MAX_VALUES = 100_000
#: Texts shorter than this are no article; pieces shorter than this are no paragraph.
MIN_CHARS = 60
MIN_PIECE = 10


def embedded_reading(tree: HtmlElement) -> Reading | None:
    """The longest article text in the page's data, with the fields of the object that holds it; None without one."""
    best, holder = "", dict[str, Any]()
    for value in _data(tree):
        for text, item in _texts(value):
            if len(text) > len(best):
                best, holder = text, item
    blocks = read_fragment(clean_markup(best)) if len(best) >= MIN_CHARS else ()
    if not blocks:
        return None
    return Reading(
        blocks=blocks,
        title=plain(first_of(holder, TITLES)),
        byline=names(holder, AUTHORS),
        origin=plain(first_of(holder, ORIGINS)),
        published=first_of(holder, TIMES),
    )


def _data(tree: HtmlElement) -> Iterator[Any]:
    """The JSON values in the page's scripts."""
    decoder = json.JSONDecoder(strict=False)
    for script in tree.iter("script"):
        text = script.text or ""
        if not MIN_CHARS < len(text) <= MAX_SCRIPT:
            continue
        text = text.strip()
        starts = [0] if "json" in (script.get("type") or "") else [m.end() for m in ASSIGNED.finditer(text)]
        done = 0
        for start in starts[:200]:
            if start < done:
                continue
            try:
                value, done = decoder.raw_decode(text, start)
            except (ValueError, RecursionError):
                continue
            yield value


def _texts(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The article texts in a JSON value, each with its object: fields, and the pieces of lists of paragraphs joined."""
    pending = [value]
    for _step in range(MAX_VALUES):
        if not pending:
            return
        item = pending.pop()
        if isinstance(item, dict):
            yield from ((child, item) for key, child in item.items() if key in FIELDS and _is_prose(child))
            pending.extend(child for child in item.values() if isinstance(child, dict | list))
        elif isinstance(item, list):
            pieces = [piece for entry in item for piece in [_piece(entry)] if piece]
            if len(pieces) > 1:
                yield "".join(f"<p>{piece}</p>" for piece in pieces), {}
            pending.extend(child for child in item if isinstance(child, dict | list))


def _is_prose(value: Any) -> bool:
    return isinstance(value, str) and len(value) >= MIN_CHARS and bool(SPACE.search(value) or "。" in value)


def _piece(entry: Any) -> str:
    """The text of one paragraph object of a list."""
    if not isinstance(entry, dict):
        return ""
    texts = [entry[key] for key in ("content", "text", "html") if isinstance(entry.get(key), str)]
    return next((text for text in texts if len(text) >= MIN_PIECE), "")
