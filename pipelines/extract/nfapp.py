"""Founder's app CMS (翔宇), as 南方+ runs it: `getArticleContent` as JSON, and the pages of `pc.nfapp`.

In the JSON, pictures and videos are placeholders in the text, `<!--IMAGEARRAY#0-->`, and stand in
`images[].imagearray[]` with their captions. An album has one placeholder, `<!--IMAGES#1-->`, for all of its pictures.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from pipelines.extract.asked import body_at, text_at
from pipelines.extract.blocks import read_blocks
from pipelines.extract.fields import baidu_fields, find_editor
from pipelines.extract.item import BODIES, find_items, first_of, read_item
from pipelines.extract.metas import read_metas
from pipelines.extract.reading import Reading, read_each, select
from pipelines.page import Page

PLACEHOLDER = re.compile(r"<!--(?:IMAGEARRAY|IMAGES)#\d{1,3}-->")
ALBUM = re.compile(r"<!--IMAGES#\d{1,3}-->")
#: Fields that no other CMS's articles have.
MARKS = frozenset({"fileId", "liability", "attAbstract", "picContent"})
TITLES = (".article-title", ".article-header h1")
BODIES_SHOWN = ("#content", ".article-content")
DROPPED = ".article-nfh-icon, .article-crumb, .article-share, .article-copyright"
TIMES = (".article-date", ".article-time", ".article-info")


def read(pages: Sequence[Page]) -> Reading | None:
    """The article of an answer of the app, or of a page that shows it."""
    for page in pages:
        item = find_item(page.json)
        if item is not None:
            return read_item(item, _with_pictures(item))
    return read_each(pages, _read_one)


def find_item(answer: Any) -> dict[str, Any] | None:
    """The app's article in a JSON answer; None where the answer is of another app."""
    if answer is None:
        return None
    return next((item for item in find_items(answer) if len(MARKS & item.keys()) > 1 or _has_places(item)), None)


def _has_places(item: dict[str, Any]) -> bool:
    return bool(PLACEHOLDER.search(first_of(item, BODIES)))


def _with_pictures(item: dict[str, Any]) -> str:
    """The text with its pictures where their placeholders are."""
    body = first_of(item, BODIES)
    pictures = list(_pictures(item))
    for picture in pictures:
        ref = first_of(picture, ("ref",))
        if ref.startswith("<!--"):
            body = body.replace(ref, _figure(picture, body))
    own = "".join(_figure(picture, body) for picture in pictures if not first_of(picture, ("ref",)).startswith("<!--"))
    return ALBUM.sub(lambda _match: own, body)


def _pictures(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    groups = item.get("images")
    for group in groups if isinstance(groups, list) else []:
        pictures = group.get("imagearray") if isinstance(group, dict) else None
        yield from (one for one in pictures if isinstance(one, dict)) if isinstance(pictures, list) else ()


def _figure(picture: dict[str, Any], body: str) -> str:
    """A picture with its caption, unless the text has the caption already."""
    address = escape(first_of(picture, ("imageUrl",)))
    summary = first_of(picture, ("summary",)).strip()
    caption = "" if summary in body else f"<figcaption>{escape(summary)}</figcaption>"
    return f'<img src="{address}">{caption}'


def _read_one(page: Page) -> Reading | None:
    tree = page.tree
    assert tree is not None
    body = body_at(page, BODIES_SHOWN)
    if body is None:
        return None
    metas, named = read_metas(tree), baidu_fields(page)
    return Reading(
        blocks=read_blocks(body, set(select(body, DROPPED))),
        title=text_at(page, TITLES) or metas.first("og:title"),
        byline=named.byline or metas.first("author"),
        editor=named.editor or find_editor(page),
        origin=named.origin or text_at(page, (".article-source",)),
        published=named.published or text_at(page, TIMES),
    )
