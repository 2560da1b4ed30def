"""`huiliu source check`: how one page reads, by field and by paragraph; or whether a source file is sound."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.text import Text

from crawler.commands.beside import print_beside
from crawler.commands.console import console, errors
from crawler.commands.marked import CUT, marked, notes
from crawler.commands.page import from_archive, from_file, is_url, source_of
from crawler.commands.wrap import harmless
from crawler.config import find_source, load_source
from crawler.fitted import SHIPPED, Fitted
from crawler.reading_pool import Unreadable, reading_pool
from pipelines.clean import clean_paragraph
from pipelines.model import BlockKind, Capture, Document, Mark, MarkField, Paragraph, Source

#: Cells before a value or a paragraph.
MARGIN = 12
#: Labels of the fields that need no word of explanation, in the order of the page.
BEFORE_TITLE = ("kicker",)
AFTER_TITLE = ("subtitle", "column", "section", "byline", "editor", "origin")
NONE = "–"


def check_source(page: str, *, source_name: str | None, url: str) -> int:
    """Say which layout reads a page and what it yields; for a .toml, whether it is sound."""
    if page.endswith(".toml"):
        source = load_source(Path(page))
        seeds = len(source.crawl.start_urls)
        console.print(f"{page}: sound. {source.title}: {source.crawl.shape}, {seeds} seed{'s' if seeds > 1 else ''}")
        return 0
    source = find_source(source_name) if source_name else source_of(url or page)
    found, fitted = from_archive(page, source) if is_url(page) else ((from_file(page, url),), SHIPPED)
    reading = _read(found, source, fitted)
    if isinstance(reading, Unreadable):
        errors.print(f"huiliu: not read as an article: {reading.outcome}: {reading.detail}", markup=False)
        return 1
    _print_fields(reading, source, found[0])
    console.print()
    _print_text(reading)
    return 0


def _read(found: tuple[Capture, ...], source: Source, fitted: Fitted) -> Document | Unreadable:
    """Read a page where a bad one can do no harm."""
    pool = reading_pool(1, fitted)
    try:
        article = (found, source)
        return pool.settle(pool.schedule(article), article)
    finally:
        pool.close()


def _print_fields(document: Document, source: Source, capture: Capture) -> None:
    """Print every field with the rule that found it; one without a value was not found."""
    place = f"from the archive, capture {capture.id}" if capture.id is not None else "from a file"
    rules = dict(document.found_by)
    _row("source", f"{source.name or 'none: read generically'}, {place}")
    _row("layout", f"{document.layout}, {document.charset}")
    _row("identity", document.key)
    for name, value in _fields(document):
        _row(name, value, rules.pop(name, ""))
        if name == "title":
            _notes(document.title, [mark for mark in document.marks if mark.field == MarkField.TITLE])
    for name, rule in rules.items():
        _row(name, "", rule)
    _row("spun score", f"{document.spun_score / 1000:.2f}")
    _notes("", [mark for mark in document.marks if mark.field == MarkField.DOCUMENT])
    _row("outside", f"{document.outside_chars} characters of the page are outside the article")


def _fields(document: Document) -> Iterator[tuple[str, Text | str]]:
    """Each field's label and value."""
    for name in BEFORE_TITLE:
        yield name, getattr(document, name)
    title = marked(document.title, [mark for mark in document.marks if mark.field == MarkField.TITLE])
    title.stylize("bold")
    yield "title", title
    for name in AFTER_TITLE:
        yield name, getattr(document, name)
    printed = f"printed as {document.published_text}" if document.published_text else "none printed"
    yield "published", f"{document.published_at or 'no believable time'}, {document.date_quality} ({printed})"
    yield "language", document.language


def _row(label: str, value: Text | str, rule: str = "") -> None:
    text = value if isinstance(value, Text) else Text(harmless(value))
    if not text:
        text = Text(NONE, style="dim")
    if rule:
        text = text.copy().append(f"  ← {rule}", style="dim cyan")
    _print(Text(label, style="bold"), text)


def _print_text(document: Document) -> None:
    """Print the paragraphs, each with what its marks cut, repair and label."""
    kept = cut = 0
    for paragraph in document.paragraphs:
        mine = [mark for mark in document.marks if mark.paragraph == paragraph.index]
        clean = clean_paragraph(paragraph, mine)
        kept, cut = kept + bool(clean.strip()), cut + (not clean.strip())
        _print_paragraph(paragraph, clean, mine)
    console.print(f"\nparagraphs: {kept} kept, {cut} cut; {len(document.clean_text)} characters of clean text")


def _print_paragraph(paragraph: Paragraph, clean: str, mine: Sequence[Mark]) -> None:
    sign = " " if clean == paragraph.raw else "~" if clean.strip() else "-"
    kind = "" if paragraph.kind == BlockKind.TEXT else paragraph.kind
    text = marked(paragraph.raw, mine)
    if paragraph.kind == BlockKind.HEADING:
        text.stylize("bold")
    _print(Text(f"{sign} {kind}", style=CUT if sign == "-" else ""), text)
    if paragraph.image:
        _print(Text(), Text(f"picture {harmless(paragraph.image)}", style="dim"))
    _notes(paragraph.raw, mine)


def _notes(raw: str, marks: Sequence[Mark]) -> None:
    for note in notes(raw, marks):
        _print(Text(), Text(f"↳ {note}", style="dim"))


def _print(label: Text, text: Text) -> None:
    print_beside(label, text, margin=MARGIN)
