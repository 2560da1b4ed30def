"""Copies, their evidence and their clusters: who had a text first."""

from alembic import op

revision = "0011"
down_revision = "0010"

VIEWS = """
-- Related texts, both ways. A text is the same as itself: articles that share it need no row. `own` and `others` are the
-- places in `lines`; a text that is too short to be anybody's own is nobody's copy.
create view related_text as
select id as text_id, id as other_id, 'same'::text as kind, 1000 as score, null::integer as holder,
    null::integer[] as lines, 1 as own, 2 as others
from text where characters >= 40
union all
select a, b, kind, score, holder, lines, 1, 2 from relation
union all
select b, a, kind, score, holder, lines, 2, 1 from relation;

-- What copies are told by: the text that an article has now, its times, its outlet's names, the medium that it credits.
create view current_text as
select c.of_article_id as article_id, c.id as document_id, c.text_id, o.name as outlet,
    array_remove(lower(o.title) || o.names, '') as names, lower(c.origin) as origin, c.published_at, c.first_seen_at,
    c.appeared_at
from current_document c join outlet o on o.id = c.outlet_id;

-- Articles with related texts, the one that had it first before the other: the earliest published, then the earliest
-- seen, then the one that does not credit the other's outlet. `offset 0` keeps the planner from reading every current
-- text before it picks an article's.
create view copied_text as
select own.article_id, other.article_id as copy_article_id, own.id as document_id, other.id as copy_document_id,
    r.kind, r.score, r.holder, r.text_id, r.lines, r.own, r.others, first.outlet, later.outlet as copy_outlet,
    first.published_at, later.published_at as copy_published_at, first.first_seen_at,
    later.first_seen_at as copy_first_seen_at, later.appeared_at - first.appeared_at as delay, credit.is_given
from document own
join document_text own_text on own_text.document_id = own.id
join related_text r on r.text_id = own_text.text_id
join document_text other_text on other_text.text_id = r.other_id
join document other on other.id = other_text.document_id and other.article_id <> own.article_id
cross join lateral (
    select * from current_text c where c.article_id = own.article_id and c.document_id = own.id offset 0
) first
cross join lateral (
    select * from current_text c where c.article_id = other.article_id and c.document_id = other.id offset 0
) later
cross join lateral (
    select exists (select from unnest(first.names) name where strpos(later.origin, name) > 0) as is_given,
        exists (select from unnest(later.names) name where strpos(first.origin, name) > 0) as is_taken
) credit
where (first.appeared_at, first.first_seen_at, credit.is_taken, first.article_id)
    < (later.appeared_at, later.first_seen_at, credit.is_given, later.article_id);

create view archive.copy as
select article_id, copy_article_id, kind, score, published_at, copy_published_at, outlet, copy_outlet, first_seen_at,
    copy_first_seen_at, delay,
    case when holder is not null then case holder when text_id then article_id else copy_article_id end end
        as holder_article_id,
    is_given and outlet <> copy_outlet as is_credited
from copied_text;

-- The lines of a document's clean text are its paragraphs that are not empty; Python's white space is stripped of them.
create view document_line as
select d.id as document_id, p.ordinal as paragraph,
    row_number() over (partition by d.id order by p.ordinal, piece.place)::integer - 1 as line
from document d
join paragraph p on p.document_id = d.id
left join reviewed r on r.document_id = d.id
cross join lateral btrim(coalesce(r.paragraphs[p.ordinal + 1], p.clean, p.raw), E' \\t\\n\\x0b\\f\\r\\x1c\\x1d\\x1e\\x1f'
    '\\u0085\\u00a0\\u1680\\u2000\\u2001\\u2002\\u2003\\u2004\\u2005\\u2006\\u2007\\u2008\\u2009\\u200a'
    '\\u2028\\u2029\\u202f\\u205f\\u3000') as stripped
cross join lateral string_to_table(stripped, E'\\n') with ordinality as piece (words, place)
where stripped <> '';

create view archive.copy_paragraph as
select c.article_id, pair.paragraph, c.copy_article_id, pair.copy_paragraph
from copied_text c
cross join lateral (
    select mine.paragraph, its.paragraph as copy_paragraph
    from (
        select c.lines[at][c.own] as line, c.lines[at][c.others] as copy_line from generate_subscripts(c.lines, 1) as at
        union all
        select l.line, l.line from document_line l where l.document_id = c.document_id and c.lines is null
    ) aligned
    join document_line mine on mine.document_id = c.document_id and mine.line = aligned.line
    join document_line its on its.document_id = c.copy_document_id and its.line = aligned.copy_line
    offset 0
) pair;

-- Articles of each cluster in the order in which they had the text, by the rule of copied_text. A credit counts when it
-- names another outlet of the cluster. A cluster is put in order once and kept for each of its articles (Memoize in the
-- plan): so its row holds arrays, and an article's own are picked out of them in a step apart.
create view archive.cluster as
select t.cluster_id, own.article_id, mine.outlet, mine.place = 1 as is_source, mine.place::integer,
    cardinality(ranked.documents) as articles, ranked.source_article_id, mine.published_at, mine.first_seen_at,
    mine.appeared_at - ranked.since as after_source
from document own
join document_text dt on dt.document_id = own.id
join text t on t.id = dt.text_id
cross join lateral (
    select array_agg(m.document_id) as documents, array_agg(m.outlet) as outlets,
        array_agg(m.published_at) as published, array_agg(m.first_seen_at) as seen, array_agg(m.appeared_at) as appeared,
        (array_agg(m.article_id))[1] as source_article_id, (array_agg(m.appeared_at))[1] as since
    from (
        select k.*, exists (
            select from unnest(k.others) other cross join string_to_table(other, '、') name
            where other <> array_to_string(k.names, '、') and strpos(k.origin, name) > 0) as credits
        from (
            select c.*, array_agg(array_to_string(c.names, '、')) over () as others
            from text its
            join document_text ids on ids.text_id = its.id
            join document d on d.id = ids.document_id
            cross join lateral (
                select * from current_text c where c.article_id = d.article_id and c.document_id = d.id offset 0
            ) c
            where its.cluster_id = t.cluster_id and its.characters >= 40
        ) k
        order by appeared_at, first_seen_at, credits, article_id
    ) m
    having count(*) > 1
) ranked
cross join lateral (
    select * from unnest(ranked.documents, ranked.outlets, ranked.published, ranked.seen, ranked.appeared)
        with ordinality as m (document_id, outlet, published_at, first_seen_at, appeared_at, place)
    where m.document_id = dt.document_id offset 0
) mine
where t.characters >= 40 and t.cluster_id is not null;
"""

#: The view, then its columns.
COMMENTS = {
    "copy": {
        "": "Pairs of articles with related texts, the one that had it first before the other: the earlier published (a date later "
        "than it was first seen proves nothing), then the earlier seen, then the one that does not credit the other's outlet",
        "article_id": "The earlier article",
        "copy_article_id": "The later article",
        "kind": "same: equal once width, script, punctuation and white space are folded; near: one text with edits; contains: one "
        "holds the other; spun: the same text reworded (伪原创)",
        "score": "Likeness, per mille",
        "published_at": "When the earlier one was published, as its page says",
        "copy_published_at": "When the later one was published, as its page says",
        "outlet": "Outlet of the earlier one",
        "copy_outlet": "Outlet of the later one",
        "first_seen_at": "When this archive first captured the earlier one",
        "copy_first_seen_at": "When this archive first captured the later one",
        "delay": "How much later it came out: published_at against published_at, first_seen_at in its place where that is earlier or it is null",
        "holder_article_id": "The article that holds the other whole; null for any kind but contains",
        "is_credited": "Whether the later one's origin (来源) names the earlier one's outlet, and that is not its own",
    },
    "copy_paragraph": {
        "": "The evidence of each copy: which paragraph of the one is which of the other, equal or reworded",
        "article_id": "The earlier article, as in archive.copy",
        "paragraph": "Its paragraph, as in archive.paragraph",
        "copy_article_id": "The later article",
        "copy_paragraph": "Its paragraph",
    },
    "cluster": {
        "": "Articles that are same, near or spun copies of one another, directly or through others; one row an article of a "
        "cluster of two and more. An article that only holds another belongs to no cluster by that",
        "cluster_id": "The cluster's number; two clusters that a new article links become one, with the smaller number",
        "article_id": "The article",
        "outlet": "Its outlet",
        "is_source": "Whether it had the text first, by the rule of archive.copy",
        "place": "Its place in that order, from 1",
        "articles": "How many articles the cluster has",
        "source_article_id": "The article that had it first",
        "published_at": "When it was published, as its page says",
        "first_seen_at": "When this archive first captured it",
        "after_source": "How long after the source it came out, as delay in archive.copy",
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
    """Create the views, with their comments and the reader's grants."""
    execute = op.get_bind().connection.driver_connection.execute
    for sql in (VIEWS, comments(), "select grant_reader();"):
        execute(sql)


def downgrade() -> None:
    """Migrations go forward only."""
    raise RuntimeError("Huiliu's migrations go forward only; restore a backup to go back")
