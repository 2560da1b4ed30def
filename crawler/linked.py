"""Whom a document cites, who cites it, and which series it is a part of: load, decide (pure), store.

What a document is found by is filed and committed before it looks for others (`crawler.relate`), so that of two that
are stored at once the later finds the earlier.
"""

from collections.abc import Iterable, Iterator

from psycopg import Connection

from pipelines.outlet_names import is_own, keys_of
from pipelines.series import link
from pipelines.titles import likeness, marker, rare_words
from storage import citations, series
from storage.citations import Citing, Mention


def file_citations(conn: Connection, document_id: int) -> None:
    """File the title that a document is cited by, and the outlets that it names."""
    citing = citations.load(conn, document_id)
    citations.file_headline(conn, citing)
    citations.file_mentions(conn, citing, _mentions(citing))


def link_citations(conn: Connection, document_id: int) -> None:
    """Find the titles that say what a document cites, and the citations that mean its title, in other words."""
    citing = citations.load(conn, document_id)
    mine = [title for title, _ in citing.citations]
    pairs: set[tuple[str, str]] = set()
    for title, outlet in citing.citations:
        if names := _names(citing, outlet):
            pairs |= _each([title], citations.titles_of(conn, names, citing.dated_at))
    if citing.outlet_names:
        asked = citations.titles_asked_of(conn, citing.outlet_names, citing.dated_at)
        pairs |= _each(asked, [citing.title])
    copied = citations.titles_in_copies(conn, document_id)
    pairs |= _each(mine, copied) | _each(copied, mine)
    citations.keep_likeness(conn, _alike(pairs))


def link_series(conn: Connection, document_id: int) -> None:
    """Find the documents of the same outlet and days that are parts of one series with a document."""
    part = series.load(conn, document_id)
    if part is None:
        return
    number = marker(part.title)
    handles = rare_words(part.title) | ({number.words} if number else set())
    reasons = {
        other.document_id: reason
        for other in series.neighbours(conn, document_id, handles)
        if (reason := link(part, other.part, cites=other.cites, cited=other.cited, announced=other.announced))
    }
    series.store_links(conn, document_id, reasons)


def _mentions(citing: Citing) -> Iterator[Mention]:
    for ordinal, (title, outlet) in enumerate(citing.citations):
        for name in _names(citing, outlet):
            yield Mention(ordinal=ordinal, name=name, own=is_own(outlet), title=title)


def _names(citing: Citing, outlet: str) -> tuple[str, ...]:
    """The names of a citation's outlet: for 本报 the first of the document's own outlet."""
    return citing.outlet_names[:1] if is_own(outlet) else keys_of(outlet)


def _each(cited: Iterable[str], titles: list[str]) -> set[tuple[str, str]]:
    return {(one, title) for one in cited for title in titles if one != title}


def _alike(pairs: set[tuple[str, str]]) -> Iterator[tuple[str, str, int]]:
    for cited, title in pairs:
        if score := likeness(cited, title):
            yield cited, title, score
