"""Texts and how they are related: equal, edited, held in a longer one, reworded."""

from alembic import op

revision = "0008"
down_revision = "0007"

TABLES = """
-- A text that some document leaves to its readers, folded and bare, line by line. Relations are between texts: they follow
-- from the two alone, so that versions, promotes and reruns which leave a text alone leave its relations alone.
-- Texts of one cluster are the same, near or spun copies of one another, directly or through others; its number is its
-- smallest text's; null while no copy was ever held. `matcher` names the code that worked out the relations; null while
-- nothing has.
create table text (
    id integer generated always as identity primary key,
    lines_digest bytea not null unique check (octet_length(lines_digest) = 32),
    text_digest bytea not null check (octet_length(text_digest) = 32),
    characters integer not null,
    matcher integer,
    cluster_id integer
);
create index text_text_digest on text (text_digest);
create index text_cluster on text (cluster_id) where cluster_id is not null;

-- The sampled shingles by which a text is found. No foreign key: checked some sixty times a text it would cost more than
-- the rows, and texts are never removed. Lookups read the index alone, so its pages are kept marked as visible.
create table shingle (
    hash integer not null,
    text_id integer not null,
    primary key (hash, text_id)
) with (autovacuum_vacuum_insert_scale_factor = 0.02);

-- Two related texts, under the closest kind; `lines` are pairs of equal or reworded lines, (line of a, line of b), from 0.
create table relation (
    a integer not null references text,
    b integer not null references text,
    kind text not null check (kind in ('same', 'near', 'contains', 'spun')),
    score integer not null check (score between 0 and 1000),
    holder integer,
    lines integer[] not null,
    matcher integer not null,
    primary key (a, b),
    check (a < b),
    check ((kind = 'contains') = (holder is not null)),
    check (holder in (a, b))
);
create index relation_b on relation (b, a);

-- The text that readers see of a document: after decisions where there are any. Null until it is filed, and again once a
-- decision changes it. `related_by` is null until copies, citations and series of it are worked out.
-- A table of its own: to update a document is to write its entry in the search index once more.
create table document_text (
    document_id bigint primary key references document on delete cascade,
    text_id integer references text,
    related_by integer
);
create index document_text_text on document_text (text_id);
create index document_text_pending on document_text (document_id) where related_by is null;
insert into document_text (document_id) select id from document;
"""

#: `create or replace` cannot take a column away, so every view that shows documents is written down here as it now is.
VIEWS = """
drop view visible_document, current_document cascade;
alter table document drop column minhash;

-- The ids are those of capture and article: whoever asks for one of these is answered without a look at all captures.
create view visible_document as
select d.id, c.id as capture_id, d.version_id, a.id as article_id, d.layout, d.charset, d.title, d.byline, d.origin,
    d.published_text, d.published_at, coalesce(r.clean_title, d.clean_title) as clean_title,
    coalesce(r.clean_text, d.clean_text) as clean_text, coalesce(r.folded, d.folded) as folded,
    d.spun_score, d.outside_chars, coalesce(r.text_digest, d.text_digest) as text_digest,
    d.kicker, d.subtitle, d.column_name, d.section, d.editor, d.date_quality, d.found_by, d.language,
    t.text_id
from capture c
join article a on a.outlet_id = c.outlet_id and a.url_digest = c.url_digest
join outlet o on o.id = c.outlet_id
cross join lateral (
    select d.* from document d where d.capture_id = c.id
    order by (d.version_id is not distinct from o.promoted_version_id) desc, d.version_id desc limit 1
) d
left join reviewed r on r.document_id = d.id
left join document_text t on t.document_id = d.id;

-- An article is what it said when it was last seen saying something. `appeared_at` is since when it has been out, as far
-- as can be believed: a page that is dated later than it was seen proves nothing.
create view current_document as
select a.id as of_article_id, a.outlet_id, a.url, a.first_seen_at, d.id, d.capture_id, d.version_id, d.article_id,
    d.layout, d.charset, d.title, d.byline, d.origin, d.published_text, d.published_at,
    coalesce(r.clean_title, d.clean_title) as clean_title, coalesce(r.clean_text, d.clean_text) as clean_text,
    coalesce(r.folded, d.folded) as folded, d.spun_score, d.outside_chars,
    coalesce(r.text_digest, d.text_digest) as text_digest, d.last_seen_at,
    d.kicker, d.subtitle, d.column_name, d.section, d.editor, d.date_quality, d.found_by, d.language,
    r.paragraphs as reviewed_paragraphs, r.citations as reviewed_citations, t.text_id,
    least(coalesce(d.published_at, a.first_seen_at), a.first_seen_at) as appeared_at
from article a
join outlet o on o.id = a.outlet_id
cross join lateral (
    select d.*, seen.last_seen_at
    from document d
    join capture c on c.id = d.capture_id
    cross join lateral (
        select coalesce(max(f.fetched_at), c.fetched_at) as last_seen_at from fetch_attempt f where f.capture_id = c.id
    ) seen
    where d.article_id = a.id
    order by seen.last_seen_at desc, c.id desc,
        (d.version_id is not distinct from o.promoted_version_id) desc, d.version_id desc
    limit 1
) d
left join reviewed r on r.document_id = d.id
left join document_text t on t.document_id = d.id;

create view archive.article as
select a.of_article_id as article_id, o.name as outlet, a.url, a.clean_title as title, a.byline, a.origin,
    a.published_at, a.published_text, a.clean_text as text, length(a.clean_text) as characters,
    a.first_seen_at, a.last_seen_at,
    (select count(distinct c.id) from capture c
        where c.outlet_id = a.outlet_id and c.url_digest = art.url_digest)::integer as captures,
    (select count(*) from decided_mark m where m.document_id = a.id and m.verdict is distinct from 'undone'
        and m.kind in ('boilerplate', 'off_topic', 'promo', 'injected', 'echo'))::integer as cuts,
    a.spun_score, a.layout, a.charset, a.capture_id, a.id as document_id, v.pipeline_version, v.source_digest,
    a.kicker, a.subtitle, a.column_name, a.section, a.editor, a.date_quality, a.language, a.found_by
from current_document a
join article art on art.id = a.of_article_id
join outlet o on o.id = a.outlet_id
join version v on v.id = a.version_id;

create view archive.paragraph as
select a.of_article_id as article_id, a.id as document_id, p.ordinal as paragraph, p.kind, p.raw,
    coalesce(a.reviewed_paragraphs[p.ordinal + 1], p.clean, p.raw) as text,
    coalesce(a.reviewed_paragraphs[p.ordinal + 1], p.clean, p.raw) = '' and p.raw <> '' as is_cut, p.image
from current_document a join paragraph p on p.document_id = a.id;

-- `offset 0` keeps the planner from joining all marks there are before it picks an article's.
create view archive.mark as
select a.of_article_id as article_id, a.id as document_id, m.field, m.paragraph, m.start_offset, m.end_offset, m.kind,
    m.kind in ('boilerplate', 'off_topic', 'promo', 'injected', 'echo') and m.verdict is distinct from 'undone' as is_cut,
    m.rule, m.score,
    substr(case m.field when 'title' then a.title when 'body' then p.raw else '' end,
        m.start_offset + 1, m.end_offset - m.start_offset) as raw, m.replacement, m.verdict, m.decision_id
from current_document a
cross join lateral (select * from decided_mark d where d.document_id = a.id offset 0) m
left join paragraph p on p.document_id = m.document_id and p.ordinal = m.paragraph;

create view archive.revision as
select article_id, row_number() over (partition by article_id order by fetched_at, capture_id)::integer as revision,
    fetched_at as captured_at, title, text, characters, characters - previous_characters as length_change,
    capture_id, document_id
from (
    select d.article_id, c.fetched_at, d.clean_title as title, d.clean_text as text,
        length(d.clean_text) as characters, d.capture_id, d.id as document_id, d.text_digest, d.clean_title,
        lag(d.text_digest) over each_article as previous_digest, lag(d.clean_title) over each_article as previous_title,
        lag(length(d.clean_text)) over each_article as previous_characters
    from visible_document d join capture c on c.id = d.capture_id
    window each_article as (partition by d.article_id order by c.fetched_at, c.id)
) as looked
where previous_digest is null or previous_digest <> text_digest or previous_title <> clean_title;

create view archive.citation as
select a.of_article_id as article_id, ci.ordinal, ci.cited_title, target.article_id as cited_article_id
from current_document a
cross join lateral (
    select c.ordinal, c.cited_title from citation c where c.document_id = a.id and a.reviewed_citations is null
    union all
    select (u.place - 1)::integer, u.title from unnest(a.reviewed_citations) with ordinality as u (title, place)
) ci
left join lateral (
    select min(titled.article_id) as article_id from (
        select d.article_id from document d
        where md5(split_part(d.folded, E'\\n', 1)) = md5(ci.cited_title)
            and split_part(d.folded, E'\\n', 1) = ci.cited_title
            and not exists (select from reviewed r where r.document_id = d.id)
        union all
        select d.article_id from reviewed r join document d on d.id = r.document_id
        where md5(split_part(r.folded, E'\\n', 1)) = md5(ci.cited_title)
            and split_part(r.folded, E'\\n', 1) = ci.cited_title
    ) titled where titled.article_id <> a.of_article_id
) target on true;

create view archive.decision as
select d.id as decision_id, d.article_id, d.verdict, d.kind, d.field, d.span as raw, d.before, d.after, d.note,
    d.decided_by, d.decided_at,
    d.verdict <> 'cleared' and not exists (
        select from decision later where later.article_id = d.article_id and later.key = d.key and later.id > d.id
    ) as holds,
    p.found, a.id as document_id, p.paragraph, p.start_offset, p.end_offset
from decision d
left join current_document a on a.of_article_id = d.article_id
left join placement p on p.document_id = a.id and p.decision_id = d.id;
"""

#: The view, then its columns.
COMMENTS = {
    "article": {
        "": "One row an article: what its current text is, after the marks and what people decided about them. Undo nothing here: see archive.paragraph and archive.mark, and `huiliu review`",
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
        "kicker": "引题: the line over the title, as printed; empty where there is none, as the columns that follow are",
        "subtitle": "副题: the line under the title, as printed",
        "column_name": "The column that the title begins with, as printed",
        "section": "Section of the site, or page of the paper (版面)",
        "editor": "Editors as the page names them (责任编辑, 校对), joined by 、",
        "date_quality": "What the page says of the time: minute, day, relative (3小时前), updated (its last change only) or address (a day in its URL only); where published_at is null: impossible, future or none",
        "language": "Of the clean text: zh-Hans, zh-Hant, en, mixed, or empty for any other",
        "found_by": "The rule that found each field, as {field: rule}; a field that was not found is left out",
    },
    "paragraph": {
        "": "Raw paragraphs of each article's current document, in order, beside what marks and decisions leave of them",
        "article_id": "The article",
        "document_id": "The document",
        "paragraph": "Place in the article, from 0",
        "kind": "text, heading or caption",
        "raw": "As extracted, nothing cut and nothing repaired",
        "text": "After the marks and decisions; empty when cut whole",
        "is_cut": "Whether the whole paragraph was cut",
        "image": "URL of the picture that a caption belongs to, as the page names it; null for any other",
    },
    "mark": {
        "": "Every repair, cut and label in each article's current document, people's own cuts with them",
        "article_id": "The article",
        "document_id": "The document",
        "field": "body, title or document",
        "paragraph": "Paragraph that the offsets count in; null outside the body",
        "start_offset": "First character of the span, from 0, in the raw field",
        "end_offset": "First character after the span",
        "kind": "What the mark says of the span",
        "is_cut": "Whether the span is left out of the clean text; false where a person undid the cut",
        "rule": "Name of the rule that made it; review: a person made it",
        "score": "The rule's confidence, per mille",
        "raw": "The raw characters of the span",
        "replacement": "What stands in their place after a repair; null for cuts and labels",
        "verdict": "What a person decided: undone, confirmed or cut (by that person); null while nobody did",
        "decision_id": "That decision, in archive.decision",
    },
    "revision": {
        "": "The texts that an article has had: a capture whose normalised text or title differs from the one before",
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
    "citation": {
        "": "Titles in 《》 that an article's clean text names, and the article of this archive that bears the title",
        "article_id": "The article that cites",
        "ordinal": "Place among its citations, from 0",
        "cited_title": "The title named, folded",
        "cited_article_id": "The article of that title; null while the archive holds none",
    },
    "decision": {
        "": "What people decided about marks, every decision ever made; a later one on the same span takes the place of an earlier one",
        "decision_id": "Its number, in the order in which they were made",
        "article_id": "The article",
        "verdict": "undone, confirmed, cut (the judge missed it) or cleared (what was decided before holds no longer)",
        "kind": "Kind of the mark decided on, or of the cut made",
        "field": "body, title or document",
        "raw": "The raw characters of the span",
        "before": "Raw text before it, by which it is found in every version's reading; a line feed is a paragraph's border",
        "after": "Raw text after it",
        "note": "Why, in the person's words",
        "decided_by": "Who decided",
        "decided_at": "When",
        "holds": "Whether it is in force: the last on its span, and not cleared",
        "found": "found, missing or ambiguous in the current document, which is where readers see its effect; null when it does not hold",
        "document_id": "That document",
        "paragraph": "Paragraph it was found in, from 0; null outside the body, and where it was not found",
        "start_offset": "First character of the span, from 0, in the raw field",
        "end_offset": "First character after the span",
    },
}


def comments() -> str:
    """Return the COMMENT ON statements."""
    return "\n".join(
        f"comment on {f'column archive.{view}.{column}' if column else f'view archive.{view}'} is $note${text}$note$;"
        for view, columns in COMMENTS.items()
        for column, text in columns.items()
    )


def upgrade() -> None:
    """Create the tables; write the views anew, with their comments and the reader's grants."""
    execute = op.get_bind().connection.driver_connection.execute
    for sql in (TABLES, VIEWS, comments(), "select grant_reader();"):
        execute(sql)


def downgrade() -> None:
    """Migrations go forward only."""
    raise RuntimeError("Huiliu's migrations go forward only; restore a backup to go back")
