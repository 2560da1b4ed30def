"""What each view of schema `archive` and each of its columns is, for people who look with psql or a query tool."""

from alembic import op

revision = "0004"
down_revision = "0003"

COMMENTS = {
    "article": (
        "One row an article: what its current text is, after the marks. Undo nothing here: see archive.paragraph and archive.mark",
        {
            "article_id": "The article's number in this archive",
            "outlet": "Name of the outlet that published it",
            "url": "Canonical URL",
            "title": "Title, after the marks",
            "byline": "Authors as the page names them, joined by 、",
            "origin": "来源: the medium that the page credits",
            "published_at": "When it was published, as the page says; null where it gives no believable time",
            "published_text": "That time as printed on the page",
            "text": "Clean text: paragraphs joined by line feeds, cuts left out, repairs applied",
            "characters": "Length of the clean text",
            "first_seen_at": "When this archive first captured it",
            "last_seen_at": "When the page was last seen showing this text",
            "captures": "How many different captures of it are held",
            "cuts": "How many spans were cut from the current text",
            "spun_score": "Per mille; 500 and more says 伪原创 (spun text)",
            "layout": "Which reader read it: layout:NAME, family:NAME or generic",
            "charset": "Character set that its bytes were decoded with",
            "capture_id": "The capture that the current text was read from",
            "document_id": "The document that holds it",
            "pipeline_version": "Version of the pipeline that read it",
            "source_digest": "Digest of the outlet's source file when it was read",
        },
    ),
    "paragraph": (
        "Raw paragraphs of each article's current document, in order, beside what the marks leave of them",
        {
            "article_id": "The article",
            "document_id": "The document",
            "paragraph": "Place in the article, from 0",
            "kind": "text, heading or caption",
            "raw": "As extracted, nothing cut and nothing repaired",
            "text": "After the marks; empty when cut whole",
            "is_cut": "Whether the whole paragraph was cut",
        },
    ),
    "mark": (
        "Every repair, cut and label in each article's current document",
        {
            "article_id": "The article",
            "document_id": "The document",
            "field": "body, title or document",
            "paragraph": "Paragraph that the offsets count in; null outside the body",
            "start_offset": "First character of the span, from 0, in the raw field",
            "end_offset": "First character after the span",
            "kind": "What the mark says of the span",
            "is_cut": "Whether the span is left out of the clean text",
            "rule": "Name of the rule that made it",
            "score": "The rule's confidence, per mille",
            "raw": "The raw characters of the span",
            "replacement": "What stands in their place after a repair; null for cuts and labels",
        },
    ),
    "revision": (
        "The texts that an article has had: a capture whose normalised text or title differs from the one before",
        {
            "article_id": "The article",
            "revision": "Its revisions counted from 1",
            "captured_at": "When this text was first captured",
            "title": "Title of that revision",
            "text": "Clean text of that revision",
            "characters": "Its length",
            "length_change": "Length against the revision before, 0 where words were exchanged for as many; null for the first",
            "capture_id": "The capture that shows it",
            "document_id": "The document that reads it",
        },
    ),
    "copy": (
        "Pairs of articles with the same clean text, the earlier one first",
        {
            "article_id": "The earlier article",
            "copy_article_id": "The later article",
            "kind": "same: equal once width, script, punctuation and white space are folded",
            "score": "Likeness, per mille",
            "published_at": "When the earlier one was published",
            "copy_published_at": "When the later one was published",
        },
    ),
    "citation": (
        "Titles in 《》 that an article's clean text names, and the article of this archive that bears the title",
        {
            "article_id": "The article that cites",
            "ordinal": "Place among its citations, from 0",
            "cited_title": "The title named, folded",
            "cited_article_id": "The article of that title; null while the archive holds none",
        },
    ),
    "capture": (
        "What was fetched: one row for each different body a URL has shown",
        {
            "capture_id": "The capture's number",
            "outlet": "The outlet",
            "article_id": "The article it is of; null for lists, feeds, parts and pages that are no article",
            "url": "Canonical URL",
            "final_url": "URL after redirects",
            "fetched_at": "When this body was first fetched",
            "status": "HTTP status",
            "role": "article, part, list, feed or robots",
            "headers": "Answer headers as [[name, value], ...], in the order sent",
            "bytes": "Size of the body",
            "payload_digest": "sha256 of the body, in hex",
        },
    ),
    "run": (
        "The ledger of crawls",
        {
            "run_id": "The run's number",
            "outlet": "The outlet",
            "scheduled_at": "The slot it was scheduled for; null when a person asked for it",
            "queued_at": "When it was queued",
            "started_at": "When its process started",
            "finished_at": "When it ended",
            "state": "queued, running, done, failed, killed_deadline, interrupted or missed",
            "detail": "Why it ended so",
            "fetches": "Fetches it made",
            "stored": "New captures",
            "unchanged": "Pages that showed what the archive held already",
            "refused": "URLs refused by robots.txt, by our own rules or by the site",
            "failed": "Fetches that failed, and pages that are gone",
        },
    ),
    "outcome": (
        "How every fetch, and every reading of a capture, ended",
        {
            "outlet": "The outlet",
            "stage": "fetch or read",
            "outcome": "One of a closed list of each stage",
            "at": "When",
            "url": "Canonical URL",
            "role": "article, part, list, feed or robots",
            "status": "HTTP status, where there was an answer",
            "detail": "More, in words",
            "run_id": "The run, for a fetch",
            "capture_id": "The capture, where there is one",
            "pipeline_version": "The version, for a reading",
        },
    ),
    "outlet_health": (
        "Freshness and outcomes, one row an outlet",
        {
            "outlet": "Name",
            "title": "Title",
            "region": "Region",
            "articles": "Articles held",
            "captures": "Captures held",
            "last_new_article_at": "When an article of it was last seen for the first time",
            "last_run_state": "How its last run stands",
            "last_run_finished_at": "When its last run ended",
            "last_success_at": "When a run last ended well",
            "fetches_24h": "Fetches in the last 24 hours",
            "failures_24h": "Of these, those that failed or were blocked; what is gone or refused is none",
            "pending": "URLs still to be fetched",
            "refused": "URLs refused for good",
            "gone": "URLs that answered 404 or 410",
            "unread": "Article captures that no version has read yet",
            "promoted_version": "The version that readers see first",
        },
    ),
}


def comments() -> str:
    """Return the COMMENT ON statements of every view and column."""
    lines = [("schema archive", "What readers use: views and functions that stay stable")]
    for view, (about, columns) in COMMENTS.items():
        lines.append((f"view archive.{view}", about))
        lines += [(f"column archive.{view}.{column}", text) for column, text in columns.items()]
    return "\n".join(f"comment on {what} is $note${text}$note$;" for what, text in lines)


def upgrade() -> None:
    """Write the comments."""
    op.get_bind().connection.driver_connection.execute(comments())


def downgrade() -> None:
    """Migrations go forward only."""
    raise RuntimeError("Huiliu's migrations go forward only; restore a backup to go back")
