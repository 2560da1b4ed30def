"""What people decide about marks, and what readers see after it. Documents and marks stay as the pipeline wrote them."""

from alembic import op

revision = "0006"
down_revision = "0005"

TABLES = """
-- One row a decision, in the order in which they were made; the newest row of a key is what holds.
create table decision (
    id bigint generated always as identity primary key,
    article_id bigint not null references article,
    key bytea not null check (octet_length(key) = 32),
    field text not null check (field in ('body', 'title', 'document')),
    before text not null,
    span text not null,
    after text not null,
    verdict text not null check (verdict in ('undone', 'confirmed', 'cut', 'cleared')),
    kind text not null check (kind in (
        'boilerplate', 'off_topic', 'promo', 'injected', 'echo',
        'repaired', 'caption', 'credit', 'spun_word', 'replaced_name', 'suspect')),
    replacement text,
    note text not null,
    decided_by text not null check (decided_by <> ''),
    decided_at timestamptz not null,
    check ((kind = 'repaired') = (replacement is not null))
);
create index decision_key on decision (article_id, key, id desc);

create function keep_decisions() returns trigger language plpgsql as $$
begin
    raise exception 'decisions are never changed or removed: a later one takes the place of an earlier one'
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger decision_is_history before update or delete or truncate on decision
    for each statement execute function keep_decisions();

-- What follows is derived: for each document of an article on which a decision holds, all of it is written anew whenever
-- one is made, and once when the document is written (storage/reviews.py).
create table reviewed (
    document_id bigint primary key references document on delete cascade,
    clean_title text not null,
    clean_text text not null,
    folded text not null,
    text_digest bytea not null,
    paragraphs text[] not null,
    citations text[] not null
);
create index reviewed_grams on reviewed using gin (grams(folded));
create index reviewed_title on reviewed (md5(split_part(folded, E'\\n', 1)));

create table reviewed_mark (
    document_id bigint not null references reviewed on delete cascade,
    ordinal integer not null,
    field text not null,
    paragraph integer,
    start_offset integer not null,
    end_offset integer not null,
    kind text not null,
    rule text not null,
    score integer not null,
    replacement text,
    decision_id bigint references decision,
    primary key (document_id, ordinal)
);

-- Where a decision lies in a document, or why nowhere.
create table placement (
    document_id bigint not null references reviewed on delete cascade,
    decision_id bigint not null references decision,
    found text not null check (found in ('found', 'missing', 'ambiguous')),
    paragraph integer,
    start_offset integer,
    end_offset integer,
    primary key (document_id, decision_id),
    check ((found = 'found') = (start_offset is not null)),
    check ((start_offset is null) = (end_offset is null))
);

-- The marks that are worth a person's look, the most doubtful first.
create index mark_doubt on mark ((case kind when 'suspect' then 1000 - score else score end), document_id, ordinal)
    where kind in ('boilerplate', 'off_topic', 'promo', 'injected', 'echo', 'suspect');
"""

VIEWS = """
-- The ids are those of capture and article: whoever asks for one of these is answered without a look at all captures.
create or replace view visible_document as
select d.id, c.id as capture_id, d.version_id, a.id as article_id, d.layout, d.charset, d.title, d.byline, d.origin,
    d.published_text, d.published_at, coalesce(r.clean_title, d.clean_title) as clean_title,
    coalesce(r.clean_text, d.clean_text) as clean_text, coalesce(r.folded, d.folded) as folded,
    d.spun_score, d.outside_chars, coalesce(r.text_digest, d.text_digest) as text_digest, d.minhash,
    d.kicker, d.subtitle, d.column_name, d.section, d.editor, d.date_quality, d.found_by, d.language
from capture c
join article a on a.outlet_id = c.outlet_id and a.url_digest = c.url_digest
join outlet o on o.id = c.outlet_id
cross join lateral (
    select d.* from document d where d.capture_id = c.id
    order by (d.version_id is not distinct from o.promoted_version_id) desc, d.version_id desc limit 1
) d
left join reviewed r on r.document_id = d.id;

create or replace view current_document as
select a.id as of_article_id, a.outlet_id, a.url, a.first_seen_at, d.id, d.capture_id, d.version_id, d.article_id,
    d.layout, d.charset, d.title, d.byline, d.origin, d.published_text, d.published_at,
    coalesce(r.clean_title, d.clean_title) as clean_title, coalesce(r.clean_text, d.clean_text) as clean_text,
    coalesce(r.folded, d.folded) as folded, d.spun_score, d.outside_chars,
    coalesce(r.text_digest, d.text_digest) as text_digest, d.minhash, d.last_seen_at,
    d.kicker, d.subtitle, d.column_name, d.section, d.editor, d.date_quality, d.found_by, d.language,
    r.paragraphs as reviewed_paragraphs, r.citations as reviewed_citations
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
left join reviewed r on r.document_id = d.id;

-- Marks with the decision that speaks of each: the pipeline's own where nobody decided anything.
create view decided_mark as
select m.document_id, m.ordinal, m.field, m.paragraph, m.start_offset, m.end_offset, m.kind, m.rule, m.score,
    m.replacement, null::bigint as decision_id, null::text as verdict
from mark m where not exists (select from reviewed r where r.document_id = m.document_id)
union all
select m.document_id, m.ordinal, m.field, m.paragraph, m.start_offset, m.end_offset, m.kind, m.rule, m.score,
    m.replacement, m.decision_id, d.verdict
from reviewed_mark m left join decision d on d.id = m.decision_id;

create or replace view archive.article as
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

create or replace view archive.paragraph as
select a.of_article_id as article_id, a.id as document_id, p.ordinal as paragraph, p.kind, p.raw,
    coalesce(a.reviewed_paragraphs[p.ordinal + 1], p.clean, p.raw) as text,
    coalesce(a.reviewed_paragraphs[p.ordinal + 1], p.clean, p.raw) = '' and p.raw <> '' as is_cut, p.image
from current_document a join paragraph p on p.document_id = a.id;

-- `offset 0` keeps the planner from joining all marks there are before it picks an article's.
create or replace view archive.mark as
select a.of_article_id as article_id, a.id as document_id, m.field, m.paragraph, m.start_offset, m.end_offset, m.kind,
    m.kind in ('boilerplate', 'off_topic', 'promo', 'injected', 'echo') and m.verdict is distinct from 'undone' as is_cut,
    m.rule, m.score,
    substr(case m.field when 'title' then a.title when 'body' then p.raw else '' end,
        m.start_offset + 1, m.end_offset - m.start_offset) as raw, m.replacement, m.verdict, m.decision_id
from current_document a
cross join lateral (select * from decided_mark d where d.document_id = a.id offset 0) m
left join paragraph p on p.document_id = m.document_id and p.ordinal = m.paragraph;

create or replace view archive.citation as
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

SEARCH = """
create or replace function archive.search(
    query text, since timestamptz default null, until timestamptz default null, outlet text default null
) returns table (
    article_id bigint, outlet_name text, published_at timestamptz, title text, excerpt text, url text
) language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    wanted text := archive.fold(btrim(query));
begin
    if wanted is null or wanted = '' then
        raise exception 'search needs at least one character' using errcode = 'invalid_parameter_value';
    end if;
    return query
    select d.article_id, o.name, d.published_at, said.title, archive.excerpt(said.body, said.folded, wanted), a.url
    from (
        select d.id, d.clean_title as title, d.clean_text as body, d.folded from public.document d
        where public.grams(d.folded) @> public.grams(wanted) and strpos(d.folded, wanted) > 0
            and not exists (select from public.reviewed r where r.document_id = d.id)
        union all
        select r.document_id, r.clean_title, r.clean_text, r.folded from public.reviewed r
        where public.grams(r.folded) @> public.grams(wanted) and strpos(r.folded, wanted) > 0
    ) said
    join public.document d on d.id = said.id
    join public.article a on a.id = d.article_id
    join public.outlet o on o.id = a.outlet_id
    where (search.outlet is null or o.name = search.outlet)
        and (since is null or d.published_at >= since)
        and (until is null or d.published_at < until)
        and exists (
            select 1 from public.current_document v where v.of_article_id = d.article_id and v.id = d.id)
    order by d.published_at desc nulls last, d.article_id;
end $$;
"""

#: Of views that are new or say more than they did: what the view is, and its columns.
COMMENTS = {
    "article": (
        "One row an article: what its current text is, after the marks and what people decided about them. Undo nothing "
        "here: see archive.paragraph and archive.mark, and `huiliu review`",
        {},
    ),
    "paragraph": (
        "Raw paragraphs of each article's current document, in order, beside what marks and decisions leave of them",
        {"text": "After the marks and decisions; empty when cut whole"},
    ),
    "mark": (
        "Every repair, cut and label in each article's current document, people's own cuts with them",
        {
            "is_cut": "Whether the span is left out of the clean text; false where a person undid the cut",
            "rule": "Name of the rule that made it; review: a person made it",
            "verdict": "What a person decided: undone, confirmed or cut (by that person); null while nobody did",
            "decision_id": "That decision, in archive.decision",
        },
    ),
    "decision": (
        "What people decided about marks, every decision ever made; a later one on the same span takes the place of an earlier one",
        {
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
    ),
}


def comments() -> str:
    """Return the COMMENT ON statements."""
    lines = []
    for view, (about, columns) in COMMENTS.items():
        lines.append((f"view archive.{view}", about))
        lines += [(f"column archive.{view}.{column}", text) for column, text in columns.items()]
    return "\n".join(f"comment on {what} is $note${text}$note$;" for what, text in lines)


def upgrade() -> None:
    """Create the tables, lay what they say over the views, and let readers see the new view."""
    execute = op.get_bind().connection.driver_connection.execute
    for sql in (TABLES, VIEWS, SEARCH, comments(), "select grant_reader();"):
        execute(sql)


def downgrade() -> None:
    """Migrations go forward only."""
    raise RuntimeError("Huiliu's migrations go forward only; restore a backup to go back")
