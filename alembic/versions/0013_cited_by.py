"""Who cites an article: the view of citations asked from the other end."""

from alembic import op

revision = "0013"
down_revision = "0012"

# The view answers for the article that cites. Which articles may cite one is found by the titles that it and its copies
# have borne, and by what says the same in other words; the view then says which of them mean it.
CITED_BY = """
create function archive.cited_by(article_id bigint) returns setof archive.citation
language sql stable security definer rows 20 set search_path = pg_catalog, pg_temp as $$
    with bearer as materialized (
        select cited_by.article_id as id
        union
        select its.article_id
        from public.document mine
        join public.document_text held on held.document_id = mine.id
        join public.text t on t.id = held.text_id
        join public.text copy on copy.cluster_id = t.cluster_id
        join public.document_text copied on copied.text_id = copy.id
        join public.document its on its.id = copied.document_id
        where mine.article_id = cited_by.article_id
    ), headline as materialized (
        select distinct h.title from bearer
        join public.document d on d.article_id = bearer.id
        join public.headline h on h.document_id = d.id
    ), named as materialized (
        select title from headline
        union
        select l.cited from headline join public.likeness l on l.title = headline.title
    ), citing as materialized (
        select c.document_id from named
        join public.citation c on md5(c.cited_title) = md5(named.title) and c.cited_title = named.title
        union
        select r.document_id from named join public.reviewed r on r.citations @> array[named.title]
    )
    select found.* from (select distinct d.article_id from citing join public.document d on d.id = citing.document_id) c
    cross join lateral (select * from archive.citation v where v.article_id = c.article_id offset 0) found
    where found.cited_article_id = cited_by.article_id
    order by found.article_id, found.ordinal
$$;

comment on function archive.cited_by(bigint) is
    'Rows of archive.citation that mean an article: who cites it, by which title';
"""


def upgrade() -> None:
    """Create the function, with the reader's grants."""
    execute = op.get_bind().connection.driver_connection.execute
    for sql in (CITED_BY, "select grant_reader();"):
        execute(sql)


def downgrade() -> None:
    """Migrations go forward only."""
    raise RuntimeError("Huiliu's migrations go forward only; restore a backup to go back")
