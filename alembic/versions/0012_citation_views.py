"""Citations with the articles that they mean, and series with their parts, as readers see them."""

from alembic import op

revision = "0012"
down_revision = "0011"

VIEWS = """
-- Articles that had their text from another outlet: what they call their own is that outlet's.
create view copied_article as
select k.article_id from archive.cluster k
join article own on own.id = k.article_id
join article source on source.id = k.source_article_id and source.outlet_id <> own.outlet_id;

-- Headlines that a citation may mean. In other words only where the outlet that is named has it of about that time, or
-- where a copy of the citing text names it so. `offset 0` keeps the planner from reading all citations there are before
-- it picks a document's.
create view cited_headline as
select d.id as document_id, c.ordinal, c.title as cited_title, c.outlet as cited_outlet,
    h.article_id, h.title, h.dated_at, h.how, h.score, h.named
from document d
cross join lateral (select * from document_citation c where c.document_id = d.id offset 0) c
left join lateral (
    select h.article_id, h.title, h.dated_at, 'exact'::text as how, 1000 as score, exists (
        select from mention m join outlet o on o.id = h.outlet_id and m.name = any(o.names)
        where m.document_id = c.document_id and m.ordinal = c.ordinal
    ) as named
    from headline h where h.title = c.title and h.article_id <> d.article_id
    union all
    select h.article_id, h.title, h.dated_at, 'similar' as how, l.score, near.named
    from likeness l
    join headline h on h.title = l.title and h.article_id <> d.article_id
    cross join lateral (
        select exists (
            select from mention m join outlet o on o.id = h.outlet_id and m.name = any(o.names)
            where m.document_id = c.document_id and m.ordinal = c.ordinal
                and h.dated_at between m.dated_at - interval '30 days' and m.dated_at + interval '30 days'
        ) as named
    ) near
    where l.cited = c.title and (near.named or exists (
        select from document_text mine
        join related_text r on r.text_id = mine.text_id
        join document_text its on its.text_id = r.other_id
        cross join lateral (select * from document_citation n where n.document_id = its.document_id offset 0) n
        where mine.document_id = c.document_id and n.title = l.title
    ))
) h on true;

-- The outlet that is named comes first, then equal words before other words, then the earliest. Of two titles that are
-- about as much alike neither is meant. Where no outlet is named, the article that had the text first is.
create or replace view archive.citation as
select a.of_article_id as article_id, target.ordinal, target.cited_title,
    coalesce(first.article_id, target.article_id) as cited_article_id,
    target.cited_outlet, target.how, target.score
from current_document a
cross join lateral (
    with found as materialized (
        select h.*, h.named and not (
            h.cited_outlet in ('本报', '本系列')
            and exists (select from copied_article k where k.article_id = a.of_article_id offset 0)
        ) as meant
        from cited_headline h where h.document_id = a.id
    )
    select distinct on (f.ordinal) f.ordinal, f.cited_title, f.cited_outlet, f.meant, sure.*
    from found f
    left join lateral (
        select f.article_id, f.how, f.score where f.how = 'exact' or not exists (
            select from found rival where rival.ordinal = f.ordinal and rival.how = 'similar' and rival.meant = f.meant
                and rival.title <> f.title and rival.article_id <> f.article_id and rival.score > f.score - 80
        )
    ) sure on true
    order by f.ordinal, sure.article_id is null, f.meant desc, f.how, f.score desc, f.dated_at, f.article_id
) target
left join lateral (
    select k.source_article_id as article_id from archive.cluster k
    where not target.meant and k.article_id = target.article_id and k.source_article_id <> a.of_article_id offset 0
) first on true;

-- Articles that are linked as parts of one series, both ways. Who copies a series has none of its own.
create view series_step as
select own.article_id, other.article_id as next_article_id
from document own
join (select a, b from series_link union all select b, a from series_link) l on l.a = own.id
join document other on other.id = l.b
where exists (select from current_document c where c.of_article_id = own.article_id and c.id = own.id offset 0)
    and exists (select from current_document c where c.of_article_id = other.article_id and c.id = other.id offset 0)
    and not exists (select from copied_article k where k.article_id = own.article_id offset 0)
    and not exists (select from copied_article k where k.article_id = other.article_id offset 0);

-- A chain of more than 24 articles is a column that never ends.
create view archive.series as
select chain.series_id, own.article_id, chain.outlet, chain.part, chain.parts, chain.title, chain.published_at
from (select distinct article_id from series_step) own
cross join lateral (
    with recursive reached (article_id) as (
        select own.article_id union select s.next_article_id from reached r join series_step s using (article_id)
    )
    select c.of_article_id as article_id, min(c.of_article_id) over () as series_id, o.name as outlet,
        (row_number() over (order by h.part nulls last, h.dated_at, c.of_article_id))::integer as part,
        (count(*) over ())::integer as parts, c.clean_title as title, c.published_at
    from reached r
    join current_document c on c.of_article_id = r.article_id
    join headline h on h.document_id = c.id
    join outlet o on o.id = c.outlet_id
) chain
where chain.article_id = own.article_id and chain.parts <= 24;
"""

#: The view, then its columns.
COMMENTS = {
    "citation": {
        "": "Titles that an article's text names, the outlet that it says they are of, and the article of this archive "
        "that is meant",
        "article_id": "The article that cites",
        "ordinal": "Place among its citations, from 0",
        "cited_title": "The title named, folded",
        "cited_article_id": "The article that is meant; null while the archive holds none",
        "cited_outlet": "Outlets named for it, folded, joined by 、; 本报 or 本系列 is the article's own; empty where "
        "none is named",
        "how": "exact: an article has borne that title; similar: one says the same in other words, and its outlet is "
        "named or a copy of the citing article has the title right; null while the archive holds none",
        "score": "Likeness of the two titles, per mille",
    },
    "series": {
        "": "Articles of one outlet that are parts of one series: within seven days of each other they cite one "
        "another, are numbered, or share column, reporter and a rare word of the title. One row a part",
        "series_id": "The series: the smallest article_id of its parts",
        "article_id": "The part",
        "outlet": "Its outlet",
        "part": "Its place, from 1: by the number in the title, or else by time",
        "parts": "How many parts of the series the archive holds",
        "title": "Title of the part",
        "published_at": "When it was published, as its page says",
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
