"""A layout for a page of no known layout: the elements where the page keeps what was read in it.

A selector is taken only when it finds one element; the layout only when it reads the page as it was read without it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from pipelines.errors import PipelineError
from pipelines.extract import extract
from pipelines.extract.blocks import collapse, read_blocks, squeeze
from pipelines.extract.layouts import read_layout
from pipelines.extract.reading import select
from pipelines.model import Block, Extraction, Layout, Source
from pipelines.page import Page

#: Names that mean something, and will tomorrow: no numbers of articles, no hashes of a build.
NAME = re.compile(
    r"(?!.*\d{3})(?!css-|jss|sc-)(?!.*[_-](?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{5,})[a-z_][a-z0-9_-]{1,40}", re.I
)
#: Classes that many elements bear.
WEAK = frozenset({"clearfix", "clear", "cf", "fl", "fr", "left", "right", "active", "on", "current", "cur", "hidden"})
#: What is no container of an article.
SMALL = frozenset({"p", "a", "b", "i", "em", "span", "strong", "font", "h1", "h2", "h3", "h4", "h5", "html", "body"})
UNSEEN = frozenset({"head", "title", "meta", "link", "script", "style", "noscript", "template"})
#: The fields that a layout names beside title and body, and the extraction's field that each fills.
FIELDS = {
    "published": "published_text",
    "origin": "origin",
    "byline": "byline",
    "editor": "editor",
    "section": "section",
    "kicker": "kicker",
    "subtitle": "subtitle",
}
#: What the element, or the one around it, says or is called when it holds the field: a site's name stands in its menu
#: as well.
HINTS = {
    "origin": re.compile(r"来源|來源|稿源|source|origin|from|\bly\b", re.I),
    "byline": re.compile(r"作者|记者|記者|撰文|文[/／:：]|author|writer|byline|reporter|\bby\b", re.I),
    "editor": re.compile(r"编辑|編輯|责编|編|校对|editor", re.I),
    "section": re.compile(r"位置|版|crumb|position|path|channel|section|location|[>›»]", re.I),
}
MAX_TEXT = 200
#: Bodies tried, elements tried for a field, selectors and elements of what a body leaves out.
MAX_TRIES = 6
MAX_SHOWN = 2
MAX_REMOVED = 12
MAX_EXTRAS = 60
MAX_ANCESTORS = 6


def find_layout(page: Page, known: Extraction, source: Source, name: str) -> Layout | None:
    """The layout that reads a page as `known` says; None where no selectors do.

    `source` is what the page was read with; it has no layouts of its own.
    """
    if page.tree is None:
        return None
    for node in islice(_bodies(page.tree, known), MAX_TRIES):
        layout = _with_body(page, known, Layout(name=name, title="", body=selector(page.tree, node)))
        if layout is not None:
            layout = _with_title(page, known, layout)
            found = _read(page, source, layout)
            if found is not None and (found.title, _texts(found.blocks)) == (known.title, _texts(known.blocks)):
                return _with_fields(page, found, source, layout, node)
    return None


def selector(tree: HtmlElement, node: HtmlElement) -> str:
    """A CSS selector that finds this element and no other; "" where neither id, class nor a few steps do."""
    for own in _own(node):
        if select(tree, own) == [node]:
            return own
    for parent in islice(node.iterancestors(), MAX_ANCESTORS):
        for outer in _own(parent)[:-1]:
            for own in (*_own(node), _place(node)):
                if select(tree, f"{outer} {own}") == [node]:
                    return f"{outer} {own}"
    return ""


def _own(node: HtmlElement) -> list[str]:
    """What an element may be called: its id, its classes, its tag."""
    names = [f"#{one}" for one in (node.get("id", ""),) if NAME.fullmatch(one)]
    classes = [one for one in node.get("class", "").split() if NAME.fullmatch(one) and one not in WEAK]
    return [*names, *(f"{node.tag!s}.{one}" for one in classes[:3]), str(node.tag)]


def _place(node: HtmlElement) -> str:
    """The element's tag and its place among those of its tag."""
    before = sum(1 for _ in node.itersiblings(str(node.tag), preceding=True))
    return f"{node.tag!s}:nth-of-type({before + 1})"


def _bodies(tree: HtmlElement, known: Extraction) -> Iterator[HtmlElement]:
    """The elements that hold every block, the innermost first."""
    wanted = [text for text in (squeeze(block.text) for block in known.blocks) if text]
    path: list[HtmlElement] = []
    inner: HtmlElement | None = tree
    while inner is not None:
        path.append(inner)
        inner = next((child for child in inner if isinstance(child.tag, str) and _holds(child, wanted)), None)
    yield from (node for node in reversed(path) if node.tag not in SMALL and selector(tree, node))


def _holds(node: HtmlElement, wanted: Sequence[str]) -> bool:
    text = squeeze(str(node.text_content()))
    return all(one in text for one in wanted)


def _with_body(page: Page, known: Extraction, layout: Layout) -> Layout | None:
    """The layout, with what it must leave out of its body; None when it reads another text all the same."""
    assert page.tree is not None
    wanted, lines = _texts(known.blocks), _lines(page, layout)
    if lines != wanted:
        [body] = select(page.tree, layout.body)
        extras = _extras(body, set(lines) - set(wanted), set(wanted))
        removed = dict.fromkeys(_common(page.tree, body, node, set(wanted)) for node in islice(extras, MAX_EXTRAS))
        if "" in removed or len(removed) > MAX_REMOVED:
            return None
        layout = replace(layout, remove=tuple(removed))
    return layout if _lines(page, layout) == wanted else None


def _lines(page: Page, layout: Layout) -> list[str]:
    reading = read_layout((page,), layout)
    return _texts(reading.blocks) if reading is not None else []


def _common(tree: HtmlElement, body: HtmlElement, node: HtmlElement, kept: set[str]) -> str:
    """A name that an element to be left out shares with none that is to stay; else a selector of its own."""
    for own in _own(node)[:-1]:
        found = [one for one in select(tree, own) if body in one.iterancestors()]
        if not any(block.text in kept for one in found for block in read_blocks(one)):
            return own
    return selector(tree, node)


def _extras(body: HtmlElement, extra: set[str], kept: set[str]) -> Iterator[HtmlElement]:
    """The outermost elements whose lines are all too many."""
    for child in body:
        if not isinstance(child.tag, str):
            continue
        lines = {block.text for block in read_blocks(child)}
        if lines & extra:
            if lines & kept:
                yield from _extras(child, extra, kept)
            else:
                yield child


def _with_title(page: Page, known: Extraction, layout: Layout) -> Layout:
    """The layout with the first element that is the title and nothing else; without one it stays to the metas."""
    assert page.tree is not None
    nodes = [node for node in _visible(page.tree) if collapse(str(node.text_content())) == known.title]
    nodes.sort(key=lambda node: node.tag not in ("h1", "h2", "h3"))
    found = (selector(page.tree, node) for node in nodes)
    return replace(layout, title=next((css for css in found if css), ""))


def _with_fields(page: Page, known: Extraction, source: Source, layout: Layout, body: HtmlElement) -> Layout:
    """The layout with a selector for each further field that the page shows, where all fields stay as they are."""
    assert page.tree is not None
    for name in FIELDS:
        for node in _holders(page.tree, body, known, name):
            fuller = _naming(layout, name, selector(page.tree, node))
            if getattr(fuller, name) and _same(_read(page, source, fuller), known):
                layout = fuller
                break
    return layout


def _holders(tree: HtmlElement, body: HtmlElement, known: Extraction, name: str) -> Iterator[HtmlElement]:
    """The elements that may hold a field; a time that a meta prints in full may be shown in other words."""
    values = [getattr(known, FIELDS[name])]
    if name == "published" and known.published_at is not None:
        values.append(known.published_at.strftime("%Y、%m、%d"))
    for value in values:
        yield from islice(_showing(tree, body, value, HINTS.get(name)), MAX_SHOWN)


def _naming(layout: Layout, name: str, css: str) -> Layout:
    fields: dict[str, Any] = {name: css}
    return replace(layout, **fields)


def _showing(tree: HtmlElement, body: HtmlElement, value: str, hint: re.Pattern[str] | None) -> Iterator[HtmlElement]:
    """The innermost elements outside the body that show a value."""
    words = [squeeze(word) for word in value.split("、") if squeeze(word)]
    inside = set(body.iter())
    found = [node for node in _visible(tree) if words and node not in inside and _says(node, words)]
    holders = {parent for node in found for parent in node.iterancestors()}
    for node in found:
        if node not in holders and (hint is None or hint.search(_about(node))):
            yield node


def _says(node: HtmlElement, words: Sequence[str]) -> bool:
    text = str(node.text_content())
    return len(text) <= 4 * MAX_TEXT and len(collapse(text)) <= MAX_TEXT and _holds(node, words)


def _about(node: HtmlElement) -> str:
    """What an element and the one around it say and are called."""
    parent = node.getparent()
    around = [node] if parent is None or len(str(parent.text_content())) > MAX_TEXT else [node, parent]
    return " ".join(f"{one.text_content()} {one.get('class', '')} {one.get('id', '')}" for one in around)


def _visible(tree: HtmlElement) -> list[HtmlElement]:
    return [node for node in tree.iter() if isinstance(node.tag, str) and node.tag not in UNSEEN]


def _read(page: Page, source: Source, layout: Layout) -> Extraction | None:
    """What the layout reads; None where it does not fit."""
    try:
        found = extract((page,), replace(source, layouts=(layout,)))
    except PipelineError:
        return None
    return found if found.layout == f"layout:{layout.name}" else None


def _texts(blocks: Sequence[Block]) -> list[str]:
    return [block.text for block in blocks]


def _same(found: Extraction | None, known: Extraction) -> bool:
    names = ("title", "published_at", *(name for name in FIELDS if name != "published"))
    return found is not None and all(getattr(found, name) == getattr(known, name) for name in names)
