"""What a page says of itself in `<meta>` and JSON-LD."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import lxml.etree
from lxml.html import HtmlElement

from pipelines.extract.blocks import collapse

#: Values longer than this are no field of an article (a page with a 50 kB author exists).
MAX_VALUE = 1000
#: JSON-LD longer than this is not read.
MAX_LD = 2_000_000
#: Scripts whose type has a plus sign in it, as `application/ld+json` has.
DATA_SCRIPTS = lxml.etree.XPath("descendant::script/@type[contains(., '+')]/parent::script")

ARTICLE_TYPES = (
    "NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "LiveBlogPosting", "OpinionNewsArticle",
    "AnalysisNewsArticle", "ReviewNewsArticle", "BackgroundNewsArticle", "Report", "TechArticle", "ScholarlyArticle",
    "SocialMediaPosting", "Review", "WebPage",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Metas:
    """Values by lower-case name or property, in the page's order; and the JSON-LD objects that tell of an article."""

    values: dict[str, tuple[str, ...]]
    articles: tuple[dict[str, Any], ...]

    def first(self, *names: str) -> str:
        """The first value of the first name that has one."""
        return next((value for name in names for value in self.values.get(name, ())), "")

    def all(self, *names: str) -> list[str]:
        """All values of these names."""
        return [value for name in names for value in self.values.get(name, ())]


def read_metas(tree: HtmlElement) -> Metas:
    """Collect the metas of a page."""
    values: dict[str, tuple[str, ...]] = {}
    found: list[dict[str, Any]] = []
    for node in tree.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop") or ""
        value = collapse(node.get("content") or "")
        if name and 0 < len(value) <= MAX_VALUE:
            key = name.strip().lower()
            values[key] = (*values.get(key, ()), value)
    for script in DATA_SCRIPTS(tree):
        found += _linked_data(script)
    return Metas(values=values, articles=tuple(_articles(found)))


def _articles(found: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that are articles, news types before plain web pages."""
    ranked = [(rank, item) for item in found for rank in [_rank(item)] if rank is not None]
    yield from (item for _rank_, item in sorted(ranked, key=lambda pair: pair[0]))


def _linked_data(script: HtmlElement) -> Iterator[dict[str, Any]]:
    if "ld+json" not in (script.get("type") or "").lower():
        return
    text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    if not text or len(text) > MAX_LD:
        return
    try:
        value = json.loads(text, strict=False, parse_constant=lambda _name: None)
    except (ValueError, RecursionError):
        return
    pending = [value]
    for _step in range(2000):
        if not pending:
            return
        item = pending.pop(0)
        if isinstance(item, list):
            pending.extend(item[:200])
        elif isinstance(item, dict):
            yield item
            pending.extend(item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart") if key in item)


def _rank(item: dict[str, Any]) -> int | None:
    """The place of an object's type in ARTICLE_TYPES, or None."""
    kinds = item.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    places = [ARTICLE_TYPES.index(name) for name in names if isinstance(name, str) and name in ARTICLE_TYPES]
    return min(places, default=None)


def ld_text(item: dict[str, Any], key: str) -> str:
    """A JSON-LD field as one clean text, or ""."""
    value = item.get(key)
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    return collapse(value) if isinstance(value, str) and len(value) <= MAX_VALUE else ""


def ld_names(item: dict[str, Any], key: str) -> list[str]:
    """The names in a JSON-LD field that holds one or many persons."""
    value = item.get(key)
    names = []
    for entry in value if isinstance(value, list) else [value]:
        name = entry.get("name") if isinstance(entry, dict) else entry
        for one in name if isinstance(name, list) else [name]:
            if isinstance(one, str) and 0 < len(one) <= MAX_VALUE:
                names.append(collapse(one))
    return names
