"""`huiliu review`: what was cut from an article, and what people decide about it."""

import getpass
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from psycopg import Connection
from rich.table import Table
from rich.text import Text

from crawler.archive import connection
from crawler.commands.beside import print_beside
from crawler.commands.console import console, errors
from crawler.commands.page import is_url, source_of
from crawler.commands.reviewed import print_entries, print_text, short, when
from crawler.commands.wrap import harmless
from crawler.config import ConfigError
from crawler.labels import label
from crawler.relate import relate_documents
from crawler.review import Review, Word, WrongReview, decide, open_review
from pipelines.decisions import Decision
from pipelines.identity import article_key
from pipelines.model import SPUN
from pipelines.urls import canonical_url
from storage import articles, decisions, document_texts, outlets
from storage.errors import UnknownArticle
from storage.marks import doubtful

#: Characters of a span that a line of the table may need.
WIDEST = 80


def list_doubts(*, outlet: str | None, limit: int) -> int:
    """Print the articles most worth a look, a line each."""
    with connection() as conn:
        if outlet is not None:
            outlets.outlet_id(conn, outlet)
        found = doubtful(conn, outlet=outlet, limit=limit)
    if not found:
        console.print("No article has a cut or a suspicion that nobody has decided about.")
        return 0
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), expand=True)
    for column in ("article", "score", "kind", "rule"):
        table.add_column(column, justify="right" if column in ("article", "score") else "left", no_wrap=True)
    table.add_column("text", no_wrap=True, ratio=1)
    for one in found:
        text = Text(harmless(one.text[:WIDEST]) or "the whole document")
        table.add_row(str(one.article_id), f"{one.score / 1000:.2f}", one.kind, one.rule, text)
    console.print(table)
    console.print("\nThe least certain first; `huiliu review ARTICLE` shows all marks of one.")
    return 0


def show_review(article: str, *, text: bool, everything: bool) -> int:
    """Print an article's marks, or its whole text."""
    with connection() as conn:
        review = open_review(conn, find_article(conn, article))
        _print_head(conn, review)
    print_text(review) if text else print_entries(review, show_all=everything)
    return 0


def decide_now(article: str, word: Word, *, document_id: int | None) -> int:
    """Write down what a person says, all of it or nothing."""
    with connection() as conn:
        article_id = find_article(conn, article)
        before = open_review(conn, article_id)
        try:
            made = decide(conn, article_id, word, document_id=document_id)
        except WrongReview as error:
            errors.print(f"huiliu: {error}", markup=False)
            return 2
        after = open_review(conn, article_id)
        conn.commit()
        bugs = relate_documents(conn, document_texts.pending_of_article(conn, article_id))
    if not made:
        console.print("That was decided already; nothing was written.")
        return 0
    for one in made:
        _print_made(one)
    _print_effect(before, after, {*word.undo, *word.confirm, *word.clear})
    console.print("Readers see it now, and after every rerun and promote.", style="dim")
    for document, what in bugs:
        errors.print(f"huiliu: document {document} stays without copies and citations: {what}", markup=False)
    return 1 if bugs else 0


def export_labels(output: Path | None) -> int:
    """Write a line for each article that people decided about: to a file, or to stdout."""
    with connection() as conn:
        lines = [json.dumps(line, ensure_ascii=False) + "\n" for line in _labels(conn)]
    if output is None:
        sys.stdout.writelines(lines)
        return 0
    output.write_text("".join(lines), "utf-8")
    console.print(f"wrote {output}: {len(lines)} article{'s' if len(lines) != 1 else ''}", markup=False)
    return 0


def person() -> str:
    """Return the name of whoever calls."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return f"uid {os.getuid()}"


def find_article(conn: Connection, article: str) -> int:
    """Return an article's number, given as such or as its URL."""
    if article.isdecimal():
        return int(article)
    if not is_url(article):
        raise ConfigError(f"{article}: neither an article's number nor a URL")
    source = source_of(article)
    try:
        url = canonical_url(article, source)
    except ValueError as error:
        raise ConfigError(f"{article}: {error}") from None
    found = articles.of_url(conn, outlet=source.name, url=url, key=article_key(url, source))
    if not found:
        raise UnknownArticle(f"the archive holds no article at {url}")
    if len(found) > 1:
        raise UnknownArticle(f"several outlets have {url}: give the number, one of {', '.join(map(str, found))}")
    return found[0]


def _labels(conn: Connection) -> Iterator[dict[str, Any]]:
    """Labelled articles, in the order of their numbers; those whose decisions are all cleared are left out."""
    for article_id in decisions.decided_articles(conn):
        review = open_review(conn, article_id)
        if review.laid.found:
            facts = _facts(conn, review)
            yield {
                "id": f"article-{article_id}",
                "kind": "review",
                "title": review.reading.title,
                "paragraphs": [paragraph.raw for paragraph in review.reading.paragraphs],
                "src": facts["outlet"],
                "url": facts["url"],
                "labels": label(review.reading, review.laid) | {"spun": facts["spun_score"] >= SPUN},
            }


def _facts(conn: Connection, review: Review) -> dict[str, Any]:
    names = ("title", "outlet", "url", "spun_score", "published_at")
    row = conn.execute(
        "select title, outlet, url, spun_score, published_at from archive.article where article_id = %s",
        [review.article_id],
    ).fetchone()
    assert row is not None
    return dict(zip(names, row, strict=True))


def _print_head(conn: Connection, review: Review) -> None:
    facts = _facts(conn, review)
    print_beside("", Text(harmless(facts["title"]), style="bold"), margin=0)
    published = when(facts["published_at"]) if facts["published_at"] else "no time"
    place = (facts["outlet"], published, f"article {review.article_id}", f"document {review.document_id}")
    console.print(" · ".join(place), style="dim", markup=False)
    console.print(facts["url"], style="dim", markup=False)


def _print_made(one: Decision) -> None:
    span = short(one.anchor.span, 40, 12) or "the whole document"
    print_beside("", Text.assemble((f"{one.verdict} ", "bold"), f"{one.kind}: “{span}”"), margin=0)


def _print_effect(before: Review, after: Review, named: set[int]) -> None:
    """Say which marks, not named themselves, now do something else than before."""
    pairs = enumerate(zip(before.laid.marks, after.laid.marks, strict=False), start=1)
    for number, (was, now) in pairs:
        if number not in named and was.mark == now.mark and was.stands != now.stands:
            effect = "stands again" if now.stands else "falls with it"
            console.print(f"number {number} {effect}: {now.mark.kind}, {now.mark.rule}", style="dim", markup=False)
