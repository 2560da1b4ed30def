"""An article as an object of JSON: what the apps' answers and the objects in inline scripts have in common."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from pipelines.extract.blocks import collapse
from pipelines.extract.reading import Reading, read_fragment
from pipelines.model import Block, BlockKind
from pipelines.page import clean_markup

BODIES = ("content", "contentHtml", "body", "articleContent")
ABSTRACTS = ("abstract", "aAbstract", "attAbstract", "summary", "description", "digest")
ATTACHMENTS = ("attachment", "attachments", "contentImages", "images", "imageList")
ATTACHMENT_TEXTS = ("attContent", "summary", "description", "desc", "caption", "picDesc")
ATTACHMENT_FILES = ("attPath", "imageUrl", "src", "url", "path", "picUrl")
TITLES = ("title", "headline", "articleTitle", "newsTitle", "name", "shareName", "listTitle")
KICKERS = ("introTitle", "introtitle", "preTitle", "leadTitle", "pretitle", "kicker")
SUBTITLES = ("subTitle", "subtitle", "viceTitle")
TIMES = (
    "publishTime", "publishtime", "publish_time", "created_at", "pubTime", "publishDate", "publishedAt", "published_at",
    "datePublished", "pubDate", "pubdate", "ptime", "createTime", "createDate",
)  # fmt: skip
AUTHORS = ("authors", "author", "authorName", "author_name", "articleAuthor", "reporter")
EDITORS = ("liability", "editorName", "responEditor", "editor", "aEditor", "editors")
ORIGINS = ("source", "sourceName", "source_name", "articleSource", "copyFrom", "src")
SECTIONS = ("columnName", "column_title", "columnTitle", "channelName", "sectionname")
#: The end of an element in HTML that was escaped as a whole.
ESCAPED = re.compile(r"&lt;/\w")
#: JSON objects looked into when searching for the article.
MAX_OBJECTS = 5000


def find_items(value: Any) -> Iterator[dict[str, Any]]:
    """The objects that have a title and a body, outermost first."""
    pending = [value]
    for _step in range(MAX_OBJECTS):
        if not pending:
            return
        item = pending.pop(0)
        if isinstance(item, dict):
            if first_of(item, TITLES) and any(key in item for key in (*BODIES, *ABSTRACTS)):
                yield item
            pending.extend(child for child in item.values() if isinstance(child, dict | list))
        elif isinstance(item, list):
            pending.extend(child for child in item if isinstance(child, dict | list))


def read_item(item: dict[str, Any], body: str | None = None) -> Reading | None:
    """An article's object; `body` in place of its own field. Without a body, abstract and album are the text."""
    blocks = fragment(first_of(item, BODIES) if body is None else body)
    blocks = blocks or (*fragment(first_of(item, ABSTRACTS)), *album(item))
    if not blocks:
        return None
    return Reading(
        blocks=blocks,
        title=plain(first_of(item, TITLES)),
        kicker=plain(first_of(item, KICKERS)),
        subtitle=plain(first_of(item, SUBTITLES)),
        byline=names(item, AUTHORS),
        editor=names(item, EDITORS),
        origin=plain(first_of(item, ORIGINS)),
        section=plain(first_of(item, SECTIONS)),
        published=first_of(item, TIMES),
    )


def first_of(item: dict[str, Any], keys: Sequence[str]) -> str:
    """The first of these fields that holds text or a number, as text."""
    for key in keys:
        value = item.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def fragment(markup: str) -> tuple[Block, ...]:
    """The blocks of a field: of HTML, also of HTML escaped once more, or of plain lines.

    Raw control characters and surrogates of the JSON are cleaned like a page's.
    """
    if "<" not in markup and ESCAPED.search(markup):
        markup = unescape(markup)
    if "<" not in markup:
        markup = markup.replace("\n", "<br>")
    return read_fragment(clean_markup(markup))


def plain(markup: str) -> str:
    """A field as one line of text, without its markup."""
    return collapse(" ".join(block.text for block in fragment(markup)))


def album(item: dict[str, Any]) -> tuple[Block, ...]:
    """The texts of an album's pictures, each with its picture."""
    found: list[Block] = []
    for entry in _entries(item):
        text = plain(first_of(entry, ATTACHMENT_TEXTS))
        image = first_of(entry, ATTACHMENT_FILES)
        found += [Block(text=text, kind=BlockKind.CAPTION, image=image)] if text else []
    return tuple(dict.fromkeys(found))


def _entries(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key in ATTACHMENTS:
        entries = item.get(key)
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, dict):
                yield entry


def names(item: dict[str, Any], keys: Sequence[str]) -> str:
    """The persons of the first of these fields that names any: a text, an object with a name, or a list of such."""
    for key in keys:
        value = item.get(key)
        entries = value if isinstance(value, list) else [value]
        found = [entry.get("name") if isinstance(entry, dict) else entry for entry in entries]
        kept = [collapse(name) for name in found if isinstance(name, str) and name.strip()]
        if kept:
            return "、".join(kept)
    return ""
