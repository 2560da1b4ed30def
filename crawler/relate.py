"""What follows from the text that readers see of a document: which texts it is related to, whom it cites, its series.

Two steps, a transaction each. First the text is filed, so that others find it; then it looks for those that are filed.
Of two texts that are stored at once, whichever is filed last finds the other: no lock is needed for that. A document
stays pending until both steps are done, so a kill between them costs nothing but doing the first one again.
"""

from collections.abc import Callable, Iterable

import psycopg
from psycopg import Connection

from crawler.linked import file_citations, link_citations, link_series
from pipelines.fingerprint import bare_lines, fingerprint
from pipelines.match import MATCHER, Prepared, prepare, relate
from pipelines.sketch import MIN_SHARED, MOST_SHARING, asked, stored
from storage import clusters, document_texts, filed, relations
from storage.filed import Filed
from storage.relations import Related

#: Bare characters of a text that may be somebody's own: shorter ones are notices that everybody prints.
SHORTEST = 40
#: Candidates that a text is compared with, those that share most with it.
MOST_COMPARED = 40
#: Another worker may write the same relations or links in another order; the loser of that deadlock tries again.
TRIES = 3


def relate_documents(
    conn: Connection, document_ids: Iterable[int], advance: Callable[[int], None] = lambda done: None
) -> list[tuple[int, str]]:
    """Work out what follows from documents, one by one; commits, also what the caller had not committed yet.

    Returns (document, what happened) of bugs: such a document stays pending and stops no other.
    """
    conn.commit()
    bugs: list[tuple[int, str]] = []
    for document_id in document_ids:
        try:
            for step in (file_text, relate_text):
                _commit(conn, step, document_id)
        except (psycopg.OperationalError, psycopg.InterfaceError):
            raise
        except Exception as error:
            bugs.append((document_id, f"{type(error).__name__}: {error}"))
        advance(1)
    return bugs


def relate_left(
    conn: Connection,
    *,
    begin: Callable[[int], None] = lambda total: None,
    advance: Callable[[int], None] = lambda done: None,
) -> list[tuple[int, str]]:
    """Work off whatever is pending, and whatever another matcher worked out; commits, and returns bugs."""
    document_texts.outdate(conn, MATCHER)
    begin(document_texts.count_pending(conn))
    bugs: list[tuple[int, str]] = []
    after = 0
    while batch := document_texts.pending(conn, after=after):
        bugs += relate_documents(conn, batch, advance)
        after = batch[-1]
    conn.commit()
    return bugs


def _commit(conn: Connection, step: Callable[[Connection, int], None], document_id: int) -> None:
    for attempt in range(1, TRIES + 1):
        try:
            with conn.transaction():
                step(conn, document_id)
            return
        except psycopg.errors.DeadlockDetected:
            if attempt == TRIES:
                raise


def file_text(conn: Connection, document_id: int) -> None:
    """File the text of a pending document, so that others find it. The caller commits before `relate_text`."""
    held = document_texts.lock(conn, document_id)
    if held is None:
        return
    text = _file(conn, held.words)
    document_texts.place(conn, document_id, text.id)
    clusters.begin(conn, text.id, document_id)
    file_citations(conn, document_id)


def _file(conn: Connection, words: str) -> Filed:
    digests, plain = fingerprint(words), "".join(bare_lines(words))
    if filed.find(conn, digests.lines_digest) is None:
        filed.insert(conn, lines_digest=digests.lines_digest, text_digest=digests.text_digest, characters=len(plain))
    found = filed.find(conn, digests.lines_digest)
    assert found is not None
    if found.matcher != MATCHER and found.characters >= SHORTEST:
        filed.add_shingles(conn, found.id, stored(plain))
    return found


def relate_text(conn: Connection, document_id: int) -> None:
    """Work out and write all that follows from the text of a pending document that is filed. The caller commits."""
    held = document_texts.lock(conn, document_id)
    if held is None or held.text_id is None:
        return
    text = filed.load(conn, held.text_id)
    joined, parted = (set[int](), set[int]()) if text.matcher == MATCHER else _relate(conn, text, held.words)
    link_citations(conn, document_id)
    link_series(conn, document_id)
    if joined or parted:
        _cluster(conn, text.id, joined, parted)
    filed.set_matcher(conn, text.id, MATCHER)
    document_texts.finish(conn, document_id, MATCHER)


def _relate(conn: Connection, text: Filed, words: str) -> tuple[set[int], set[int]]:
    """Write a text's relations; returns the texts that it joined and that it left."""
    known = relations.others(conn, text.id)
    mine = prepare(words)
    mine.sort()
    wanted = {*_candidates(conn, text, mine.bare), *known}
    said = filed.words(conn, sorted(wanted))
    related = {
        other: found
        for other, its_words in said.items()
        if (found := _compare(text.id, mine, other, prepare(its_words))) is not None
    }
    relations.store(conn, text.id, related, MATCHER)
    relations.remove(conn, [text.id], said.keys() & known.keys() - related.keys())
    before = {other for other, joins in known.items() if joins}
    after = {other for other, found in related.items() if found.joins} | before - said.keys()
    return after - before, before - after


def _candidates(conn: Connection, text: Filed, bare: str) -> list[int]:
    if text.characters < SHORTEST:
        return []
    return filed.candidates(
        conn,
        text_id=text.id,
        text_digest=text.text_digest,
        hashes=asked(bare),
        least_shared=MIN_SHARED,
        most_sharing=MOST_SHARING,
        limit=MOST_COMPARED,
    )


def _compare(mine_id: int, mine: Prepared, other_id: int, other: Prepared) -> Related | None:
    """How two texts are related, said of the one with the smaller number first."""
    (a, first), (b, second) = sorted(((mine_id, mine), (other_id, other)), key=lambda one: one[0])
    found = relate(first, second)
    if found is None:
        return None
    holder = {"a": a, "b": b}.get(found.holder)
    return Related(kind=found.kind.value, score=found.score, holder=holder, lines=found.lines)


def _cluster(conn: Connection, text_id: int, joined: set[int], parted: set[int]) -> None:
    """Last in its transaction: until that ends, whoever else changes clusters waits."""
    clusters.lock(conn)
    clusters.join(conn, [text_id, *joined])
    if parted:
        clusters.split(conn, [text_id])
