"""Kicker, subtitle, column, section, editor, date quality, language, the rule behind each field, captions' pictures."""

from alembic import op

revision = "0005"
down_revision = "0004"

#: The defaults say what older versions read of these fields: nothing.
TABLES = """
alter table document
    add column kicker text not null default '',
    add column subtitle text not null default '',
    add column column_name text not null default '',
    add column section text not null default '',
    add column editor text not null default '',
    add column date_quality text not null default 'none' check (date_quality in (
        'minute', 'day', 'relative', 'updated', 'address', 'impossible', 'future', 'none')),
    add column found_by jsonb not null default '{}' check (jsonb_typeof(found_by) = 'object'),
    add column language text not null default '';
alter table paragraph add column image text;
"""

#: A view keeps its columns' order and takes new ones at its end only, so `d.*` gives way to a list in current_document.
VIEWS = """
create or replace view visible_document as
select d.*
from capture c
join outlet o on o.id = c.outlet_id
cross join lateral (
    select d.* from document d where d.capture_id = c.id
    order by (d.version_id is not distinct from o.promoted_version_id) desc, d.version_id desc limit 1
) d;

create or replace view current_document as
select a.id as of_article_id, a.outlet_id, a.url, a.first_seen_at, d.*
from article a
join outlet o on o.id = a.outlet_id
cross join lateral (
    select d.id, d.capture_id, d.version_id, d.article_id, d.layout, d.charset, d.title, d.byline, d.origin,
        d.published_text, d.published_at, d.clean_title, d.clean_text, d.folded, d.spun_score, d.outside_chars,
        d.text_digest, d.minhash, seen.last_seen_at,
        d.kicker, d.subtitle, d.column_name, d.section, d.editor, d.date_quality, d.found_by, d.language
    from document d
    join capture c on c.id = d.capture_id
    cross join lateral (
        select coalesce(max(f.fetched_at), c.fetched_at) as last_seen_at from fetch_attempt f where f.capture_id = c.id
    ) seen
    where d.article_id = a.id
    order by seen.last_seen_at desc, c.id desc,
        (d.version_id is not distinct from o.promoted_version_id) desc, d.version_id desc
    limit 1
) d;

create or replace view archive.article as
select a.of_article_id as article_id, o.name as outlet, a.url, a.clean_title as title, a.byline, a.origin,
    a.published_at, a.published_text, a.clean_text as text, length(a.clean_text) as characters,
    a.first_seen_at, a.last_seen_at,
    (select count(distinct c.id) from capture c
        where c.outlet_id = a.outlet_id and c.url_digest = art.url_digest)::integer as captures,
    (select count(*) from mark m where m.document_id = a.id
        and m.kind in ('boilerplate', 'off_topic', 'promo', 'injected', 'echo'))::integer as cuts,
    a.spun_score, a.layout, a.charset, a.capture_id, a.id as document_id, v.pipeline_version, v.source_digest,
    a.kicker, a.subtitle, a.column_name, a.section, a.editor, a.date_quality, a.language, a.found_by
from current_document a
join article art on art.id = a.of_article_id
join outlet o on o.id = a.outlet_id
join version v on v.id = a.version_id;

create or replace view archive.paragraph as
select a.of_article_id as article_id, a.id as document_id, p.ordinal as paragraph, p.kind, p.raw,
    coalesce(p.clean, p.raw) as text, p.clean is not null and p.clean = '' as is_cut, p.image
from current_document a join paragraph p on p.document_id = a.id;
"""

COMMENTS = {
    "article": {
        "kicker": "引题: the line over the title, as printed; empty where there is none, as the columns that follow are",
        "subtitle": "副题: the line under the title, as printed",
        "column_name": "The column that the title begins with, as printed",
        "section": "Section of the site, or page of the paper (版面)",
        "editor": "Editors as the page names them (责任编辑, 校对), joined by 、",
        "date_quality": "What the page says of the time: minute, day, relative (3小时前), updated (its last change only) "
        "or address (a day in its URL only); where published_at is null: impossible, future or none",
        "language": "Of the clean text: zh-Hans, zh-Hant, en, mixed, or empty for any other",
        "found_by": "The rule that found each field, as {field: rule}; a field that was not found is left out",
    },
    "paragraph": {"image": "URL of the picture that a caption belongs to, as the page names it; null for any other"},
}


def comments() -> str:
    """Return the COMMENT ON statements of the new columns."""
    return "\n".join(
        f"comment on column archive.{view}.{column} is $note${text}$note$;"
        for view, columns in COMMENTS.items()
        for column, text in columns.items()
    )


def upgrade() -> None:
    """Add the columns, and show them at the end of the views that people read."""
    execute = op.get_bind().connection.driver_connection.execute
    for sql in (TABLES, VIEWS, comments()):
        execute(sql)


def downgrade() -> None:
    """Migrations go forward only."""
    raise RuntimeError("Huiliu's migrations go forward only; restore a backup to go back")
