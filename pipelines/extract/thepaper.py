"""澎湃: the data of a Next.js page (since 2022), and the HTML of the years before."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import lxml.etree
from lxml.html import HtmlElement

from pipelines.extract.asked import all_at, fullest_at, text_at
from pipelines.extract.blocks import collapse, read_blocks
from pipelines.extract.fields import find_editor
from pipelines.extract.item import first_of, plain, read_item
from pipelines.extract.reading import Reading, read_each
from pipelines.page import Page

STATE = lxml.etree.XPath("//script[@id='__NEXT_DATA__']")
TITLES = ("h1.news_title", ".news_title")
BODIES = ("div.news_txt",)
#: Line one names the author, line two holds time and 来源.
ABOUT = ".news_about p"
#: The last step of the path is the section.
PATHS = (".news_path a:last-of-type",)


def read(pages: Sequence[Page]) -> Reading | None:
    """Read an article of 澎湃."""
    return read_each(pages, _read_one)


def _read_one(page: Page) -> Reading | None:
    assert page.tree is not None
    readings = (_read_detail(detail) for detail in _details(page.tree))
    return next((reading for reading in readings if reading is not None), None) or _read_shown(page)


def _details(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects of the page's data that may be its article: an article, a live report, a topic."""
    value = _state(tree)
    for key in ("props", "pageProps", "detailData"):
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, dict):
        topic = value.get("specialDetail")
        found = (
            value.get("contentDetail"),
            value.get("liveDetail"),
            topic.get("specialInfo") if isinstance(topic, dict) else None,
        )
        yield from (detail for detail in found if isinstance(detail, dict))


def _state(tree: HtmlElement) -> Any:
    for script in STATE(tree):
        try:
            return json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _read_detail(detail: dict[str, Any]) -> Reading | None:
    reading, node = read_item(detail), detail.get("nodeInfo")
    if reading is None or not isinstance(node, dict):
        return reading
    return replace(reading, section=plain(first_of(node, ("name",))))


def _read_shown(page: Page) -> Reading | None:
    body = fullest_at(page, BODIES)
    if body is None:
        return None
    about = [collapse(str(node.text_content())) for node in all_at(page, ABOUT)]
    printed = next((line for line in about if "来源" in line or line[:2] in ("19", "20")), "")
    return Reading(
        blocks=read_blocks(body),
        title=text_at(page, TITLES),
        byline=next((line for line in about if line != printed), ""),
        editor=find_editor(page),
        origin=printed if "来源" in printed else "",
        section=text_at(page, PATHS),
        published=printed,
    )
