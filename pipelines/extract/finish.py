"""From what a reader found to the whole extraction: fields that it left empty come from the page's metadata."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from pipelines.dates import zone
from pipelines.extract.byline import clean_origin, find_byline, find_editors, find_origin, page_editors, read_names
from pipelines.extract.headline import find_column, find_title
from pipelines.extract.published import Published, find_published
from pipelines.extract.reading import Reading
from pipelines.extract.section import find_section
from pipelines.extract.view import NOT_FOUND, Found, View, view_of
from pipelines.model import Block, Extraction, Source
from pipelines.page import Page

#: Blocks at an article's end that may name its editors.
TAIL = 4


def finish(pages: Sequence[Page], reading: Reading, layout: str, source: Source) -> Extraction:
    """Fill what the reader left empty, and say of each field what found it."""
    page = next((page for page in pages if page.tree is not None), pages[0])
    view = _view(page, reading)
    published = find_published(view, page.url, source.timezone, page.fetched_at, (layout, reading.published))
    fields = {
        "title": _title(view, reading, layout),
        "kicker": Found(layout, reading.kicker),
        "subtitle": Found(layout, reading.subtitle),
        "section": _section(view, reading, layout),
        "byline": _byline(view, reading, layout),
        "editor": _editor(view, reading, layout),
        "origin": _origin(view, reading, layout),
    }
    column = Found("title", find_column(fields["title"].text))
    return Extraction(
        layout=layout,
        **{name: found.text for name, found in fields.items()},
        column=column.text,
        published_text=published.text,
        published_at=_local(published, source.timezone),
        date_quality=published.quality,
        found_by=tuple(_rules({**fields, "column": column, "published": Found(published.rule, published.text)})),
        blocks=reading.blocks,
        outside_chars=_outside_chars(pages, reading.blocks),
    )


def _view(page: Page, reading: Reading) -> View | None:
    """The page, or of one whose layout is known what stands around the article."""
    if page.tree is None:
        return None
    view = view_of(page)
    return view if reading.around is None else view.near(reading.around)


def _title(view: View | None, reading: Reading, layout: str) -> Found:
    if reading.title:
        return Found(reading.title_rule or layout, reading.title)
    return find_title(view) if view is not None else NOT_FOUND


def _section(view: View | None, reading: Reading, layout: str) -> Found:
    """A breadcrumb stands anywhere on the page."""
    if reading.section or "section" in reading.asked or view is None:
        return Found(layout, reading.section)
    return Found("section", find_section(view))


def _byline(view: View | None, reading: Reading, layout: str) -> Found:
    if view is None:
        return Found(layout, reading.byline)
    names = read_names(reading.byline) if reading.byline else []
    if names:
        return Found(layout, "、".join(names))
    return find_byline(view, reading.blocks, within="byline" in reading.asked and not reading.byline)


def _editor(view: View | None, reading: Reading, layout: str) -> Found:
    """The editors by a label: in the field that a reader found, at the article's end, then anywhere on the page."""
    if reading.editor:
        names = find_editors([reading.editor, f"编辑：{reading.editor}"])
        if names:
            return Found(layout, "、".join(names))
    names = find_editors(block.text for block in reading.blocks[-TAIL:])
    if names:
        return Found("last lines", "、".join(names))
    if view is None or "editor" in reading.asked:
        return NOT_FOUND
    return Found("label", "、".join(page_editors(view.page)))


def _origin(view: View | None, reading: Reading, layout: str) -> Found:
    name = clean_origin(reading.origin) if reading.origin else ""
    if name or view is None or "origin" in reading.asked:
        return Found(layout, name)
    return find_origin(view)


def _local(published: Published, timezone: str) -> datetime | None:
    """The time in the outlet's zone; without one, as printed."""
    return published.at.astimezone(zone(timezone)) if published.at and timezone else published.at


def _rules(fields: dict[str, Found]) -> Iterator[tuple[str, str]]:
    return ((name, found.rule) for name, found in fields.items() if found.text)


def _outside_chars(pages: Sequence[Page], blocks: Sequence[Block]) -> int:
    """Characters of text on the pages, programs and styles left out, that are in no block; spaces not counted."""
    whole = sum(view_of(page).solid_chars for page in pages if page.tree is not None)
    return max(0, whole - len("".join("".join([block.text for block in blocks]).split())))
