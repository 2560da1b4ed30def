"""S-HEX CMS (新华报业网, 京报网): `/content/s<24 hex>.html`, its JSON twin, and the app's JSON answers.

The HTML is a shell: the article is an object in an inline script (`var a = {...}`) and in the `.json` beside it.
`content` may
be empty; then the abstract is the text, and after it the texts of the attachments (photo albums).
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pipelines.extract.blocks import collapse
from pipelines.extract.reading import Reading, read_fragment
from pipelines.model import Block, BlockKind
from pipelines.page import Page, clean_markup

INLINE = re.compile(r"(?:\b(?:var|let|const)\s+\w{1,40}|window\.\w{1,40})\s*=\s*(?=\{)")
BODIES = ("content", "contentHtml", "body", "articleContent")
ABSTRACTS = ("abstract", "aAbstract", "summary", "description", "digest")
ATTACHMENTS = ("attachment", "attachments", "contentImages", "images")
ATTACHMENT_TEXTS = ("attContent", "description", "desc", "caption")
TITLES = ("title", "name", "listTitle")
TIMES = ("publishTime", "publish_time", "created_at", "pubTime", "publishDate", "createTime")
AUTHORS = ("authors", "author", "authorName", "reporter")
ORIGINS = ("source", "sourceName", "copyFrom")
#: JSON objects looked into when searching for the article.
MAX_OBJECTS = 5000


def read(pages: Sequence[Page]) -> Reading | None:
    """The article's object: from the twin, from the page's own JSON, from the inline script, in this order."""
    for candidate in _objects(pages):
        for item in _articles(candidate):
            reading = _read_item(item)
            if reading is not None:
                return reading
    return None


def _objects(pages: Sequence[Page]) -> Iterator[Any]:
    yield from (page.json for page in pages if page.json is not None)
    decoder = json.JSONDecoder(strict=False)
    for page in pages:
        if page.tree is None:
            continue
        for script in page.tree.iter("script"):
            text = script.text or ""
            for match in list(INLINE.finditer(text))[:20]:
                try:
                    yield decoder.raw_decode(text, match.end())[0]
                except (ValueError, RecursionError):
                    continue


def _articles(value: Any) -> Iterator[dict[str, Any]]:
    """The objects that have a title and a body, outermost first."""
    pending = [value]
    for _step in range(MAX_OBJECTS):
        if not pending:
            return
        item = pending.pop(0)
        if isinstance(item, dict):
            if _first(item, TITLES) and any(key in item for key in (*BODIES, *ABSTRACTS)):
                yield item
            pending.extend(child for child in item.values() if isinstance(child, dict | list))
        elif isinstance(item, list):
            pending.extend(child for child in item if isinstance(child, dict | list))


def _read_item(item: dict[str, Any]) -> Reading | None:
    blocks = _fragment(_first(item, BODIES)) or (*_fragment(_first(item, ABSTRACTS)), *_attachments(item))
    if not blocks:
        return None
    return Reading(
        blocks=blocks,
        title=_plain(_first(item, TITLES)),
        byline=_names(item),
        origin=_plain(_first(item, ORIGINS)),
        published=_first(item, TIMES),
    )


def _first(item: dict[str, Any], keys: Sequence[str]) -> str:
    """The first of these fields that holds text or a number, as text."""
    for key in keys:
        value = item.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _fragment(markup: str) -> tuple[Block, ...]:
    """The blocks of an HTML field; raw control characters and surrogates of the JSON are cleaned like a page's."""
    return read_fragment(clean_markup(markup))


def _plain(markup: str) -> str:
    return collapse(" ".join(block.text for block in _fragment(markup)))


def _attachments(item: dict[str, Any]) -> tuple[Block, ...]:
    """The texts of an album's pictures."""
    found: list[Block] = []
    for key in ATTACHMENTS:
        entries = item.get(key)
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, dict):
                text = _plain(_first(entry, ATTACHMENT_TEXTS))
                found += [Block(text=text, kind=BlockKind.CAPTION)] if text else []
    return tuple(dict.fromkeys(found))


def _names(item: dict[str, Any]) -> str:
    """The authors: a text, a list of texts, or a list of objects with a name."""
    for key in AUTHORS:
        value = item.get(key)
        entries = value if isinstance(value, list) else [value]
        names = [entry.get("name") if isinstance(entry, dict) else entry for entry in entries]
        kept = [collapse(name) for name in names if isinstance(name, str) and name.strip()]
        if kept:
            return "、".join(kept)
    return ""
