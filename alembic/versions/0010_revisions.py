"""One article under all its addresses; what changed from one revision to the next; articles that are gone."""

from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0009"

TABLES = """
-- What makes the captures of several addresses one article (pipelines/identity.py); null for articles of before, which
-- get theirs when one of their captures is read again. One URL may then stand with two articles: it was read as one
-- under some version's rules, and as another under another's.
alter table article add column key_digest bytea check (octet_length(key_digest) = 32);
alter table article drop constraint article_outlet_id_url_digest_key;
alter table article add unique (outlet_id, key_digest);
create index article_url on article (outlet_id, url_digest);

-- The same of a URL that is an article's, so that no article is fetched under two spellings.
alter table frontier add column key_digest bytea;
create index frontier_key on frontier (outlet_id, key_digest) where key_digest is not null;

-- 64 bits of the bare title and of each bare paragraph, in their order; 0 says nothing. Null for documents of before.
alter table document add column title_key bigint, add column paragraph_keys bigint[];
alter table reviewed add column title_key bigint, add column paragraph_keys bigint[];

create index capture_article on capture (outlet_id, fetched_at) where role = 'article';
create index fetch_attempt_returned on fetch_attempt (fetched_at) where outcome = 'returned';
create index fetch_attempt_gone on fetch_attempt (outlet_id, url_digest) where outcome = 'gone' and role = 'article';
create index reading_gone on reading (capture_id) where outcome = 'soft_404';
"""

#: archive.paragraph_changes().
CHANGES = Path(__file__).with_name("0010_paragraph_changes.sql").read_text("utf-8")

VIEWS = """
-- A document's article is what its version made of the address: readers see those that the visible documents name.
-- Joined this way round, whoever asks for an article or for a capture is answered without a look at all of them.
create or replace view visible_document as
select d.id, c.id as capture_id, d.version_id, d.article_id, d.layout, d.charset, d.title, d.byline, d.origin,
    d.published_text, d.published_at, coalesce(r.clean_title, d.clean_title) as clean_title,
    coalesce(r.clean_text, d.clean_text) as clean_text, coalesce(r.folded, d.folded) as folded,
    d.spun_score, d.outside_chars, coalesce(r.text_digest, d.text_digest) as text_digest,
    d.kicker, d.subtitle, d.column_name, d.section, d.editor, d.date_quality, d.found_by, d.language,
    t.text_id,
    case when r.document_id is null then d.title_key else r.title_key end as title_key,
    case when r.document_id is null then d.paragraph_keys else r.paragraph_keys end as paragraph_keys,
    c.outlet_id, c.role, c.fetched_at
from document d
join capture c on c.id = d.capture_id
left join reviewed r on r.document_id = d.id
left join document_text t on t.document_id = d.id
where d.id = (
    select v.id from document v where v.capture_id = c.id
    order by v.version_id = (select o.promoted_version_id from outlet o where o.id = c.outlet_id) desc nulls last,
        v.version_id desc limit 1
);

-- An article is what it said when it was last seen saying something. `appeared_at` is since when it has been out, as
-- far as can be believed: a page that is dated later than it was seen proves nothing.
create or replace view current_document as
select a.id as of_article_id, a.outlet_id, a.url, a.first_seen_at, d.id, d.capture_id, d.version_id, d.article_id,
    d.layout, d.charset, d.title, d.byline, d.origin, d.published_text, d.published_at,
    coalesce(r.clean_title, d.clean_title) as clean_title, coalesce(r.clean_text, d.clean_text) as clean_text,
    coalesce(r.folded, d.folded) as folded, d.spun_score, d.outside_chars,
    coalesce(r.text_digest, d.text_digest) as text_digest, d.last_seen_at,
    d.kicker, d.subtitle, d.column_name, d.section, d.editor, d.date_quality, d.found_by, d.language,
    r.paragraphs as reviewed_paragraphs, r.citations as reviewed_citations, t.text_id,
    least(coalesce(d.published_at, a.first_seen_at), a.first_seen_at) as appeared_at
from article a
cross join lateral (
    select d.*, seen.last_seen_at
    from document d
    join capture c on c.id = d.capture_id
    cross join lateral (
        select coalesce(max(f.fetched_at), c.fetched_at) as last_seen_at from fetch_attempt f where f.capture_id = c.id
    ) seen
    where d.article_id = a.id and d.id = (
        select v.id from document v where v.capture_id = d.capture_id
        order by v.version_id = (select o.promoted_version_id from outlet o where o.id = a.outlet_id) desc nulls last,
            v.version_id desc limit 1
    )
    order by seen.last_seen_at desc, c.id desc
    limit 1
) d
left join reviewed r on r.document_id = d.id
left join document_text t on t.document_id = d.id;

create or replace view archive.article as
select a.of_article_id as article_id, o.name as outlet, a.url, a.clean_title as title, a.byline, a.origin,
    a.published_at, a.published_text, a.clean_text as text, length(a.clean_text) as characters,
    a.first_seen_at, a.last_seen_at,
    (select count(*) from visible_document d where d.article_id = a.of_article_id)::integer as captures,
    (select count(*) from decided_mark m where m.document_id = a.id and m.verdict is distinct from 'undone'
        and m.kind in ('boilerplate', 'off_topic', 'promo', 'injected', 'echo'))::integer as cuts,
    a.spun_score, a.layout, a.charset, a.capture_id, a.id as document_id, v.pipeline_version, v.source_digest,
    a.kicker, a.subtitle, a.column_name, a.section, a.editor, a.date_quality, a.language, a.found_by,
    g.gone_at, g.gone_how
from current_document a
join outlet o on o.id = a.outlet_id
join version v on v.id = a.version_id
-- Gone is an article when each of its addresses is: from the first look on, after the last that showed it, at which the
-- site said so. A look that failed, or met a firewall, says nothing.
left join lateral (
    select case when bool_and(looked.gone_at is not null) then max(looked.gone_at) end as gone_at,
        case when bool_and(looked.gone_at is not null) then (array_agg(looked.how order by looked.gone_at desc))[1] end
            as gone_how
    from (
        select distinct c.outlet_id, c.url_digest
        from visible_document d join capture c on c.id = d.capture_id where d.article_id = a.of_article_id
    ) address
    cross join lateral (
        select max(greatest(c.fetched_at, (
            select max(f.fetched_at) from fetch_attempt f where f.capture_id = c.id))) as at
        from capture c
        where c.outlet_id = address.outlet_id and c.url_digest = address.url_digest
            and exists (select from document d where d.capture_id = c.id)
    ) shown
    left join lateral (
        select f.fetched_at as gone_at,
            case f.outcome when 'gone' then coalesce(f.status, 404)::text else 'notice' end as how
        from fetch_attempt f
        where f.outlet_id = address.outlet_id and f.url_digest = address.url_digest and f.fetched_at > shown.at
            and (f.outcome = 'gone' or (
                exists (select from reading r where r.capture_id = f.capture_id and r.outcome = 'soft_404')
                and not exists (select from document d where d.capture_id = f.capture_id)))
        order by f.fetched_at limit 1
    ) looked on true
) g on true;

-- The same from the other end: from the addresses at which the site said so, for those who ask what is gone. `offset 0`
-- keeps the planner from reading every document before it looks at these.
create view gone_address as
select address.outlet_id, address.url_digest, looked.gone_at, looked.how
from (
    select f.outlet_id, f.url_digest from fetch_attempt f where f.outcome = 'gone' and f.role = 'article'
    union
    select c.outlet_id, c.url_digest
    from reading r join capture c on c.id = r.capture_id where r.outcome = 'soft_404'
) address
cross join lateral (
    select max(greatest(c.fetched_at, (
        select max(f.fetched_at) from fetch_attempt f where f.capture_id = c.id))) as at
    from capture c
    where c.outlet_id = address.outlet_id and c.url_digest = address.url_digest
        and exists (select from document d where d.capture_id = c.id)
) shown
join lateral (
    select f.fetched_at as gone_at,
        case f.outcome when 'gone' then coalesce(f.status, 404)::text else 'notice' end as how
    from fetch_attempt f
    where f.outlet_id = address.outlet_id and f.url_digest = address.url_digest and f.fetched_at > shown.at
        and (f.outcome = 'gone' or (
            exists (select from reading r where r.capture_id = f.capture_id and r.outcome = 'soft_404')
            and not exists (select from document d where d.capture_id = f.capture_id)))
    order by f.fetched_at limit 1
) looked on true;

create view archive.gone as
select a.article_id, g.outlet, a.url, a.title, a.published_at, a.first_seen_at, a.last_seen_at, g.gone_at, g.gone_how
from (
    select one.article_id, one.outlet, max(one.gone_at) as gone_at,
        (array_agg(one.how order by one.gone_at desc))[1] as gone_how
    from (
        select distinct d.article_id, o.name as outlet, g.url_digest, g.gone_at, g.how
        from gone_address g
        join outlet o on o.id = g.outlet_id
        join capture c on c.outlet_id = g.outlet_id and c.url_digest = g.url_digest
        cross join lateral (select v.article_id from visible_document v where v.capture_id = c.id offset 0) d
    ) one
    group by one.article_id, one.outlet
    having count(*) = (
        select count(distinct c.url_digest)
        from visible_document d join capture c on c.id = d.capture_id where d.article_id = one.article_id)
) g
join archive.article a on a.article_id = g.article_id;

create or replace view archive.capture as
select c.id as capture_id, o.name as outlet, d.article_id, c.url, c.final_url, c.fetched_at, c.status, c.role,
    c.headers, p.size as bytes, encode(c.payload_digest, 'hex') as payload_digest
from capture c
join outlet o on o.id = c.outlet_id
join payload p on p.digest = c.payload_digest
left join visible_document d on d.capture_id = c.id;

-- When an article was seen to say something that it did not say just before: a new capture, or one of earlier again.
create view sighting as
select d.*, o.name as outlet, d.fetched_at as seen_at
from visible_document d join outlet o on o.id = d.outlet_id where d.role = 'article'
union all
select d.*, o.name, f.fetched_at
from visible_document d
join outlet o on o.id = d.outlet_id
join fetch_attempt f on f.capture_id = d.capture_id and f.outcome = 'returned';

-- Each sighting with the one before it. Without window functions, so that an article, an outlet or a time is looked for
-- before anything is compared.
create view edited as
select s.*, p.id as previous_id, p.clean_title as previous_title, p.clean_text as previous_text,
    p.paragraph_keys as previous_keys,
    case when p.title_key is null or s.title_key is null then p.clean_title <> s.clean_title
        else p.title_key <> s.title_key end as has_new_title,
    p.text_digest <> s.text_digest as has_new_text
from sighting s
left join lateral (
    select p.* from sighting p
    where p.article_id = s.article_id and (p.seen_at, p.capture_id) < (s.seen_at, s.capture_id)
    order by p.seen_at desc, p.capture_id desc limit 1
) p on true;

create or replace view archive.revision as
select e.article_id,
    case when e.previous_id is null then 1 else (
        select count(*) from edited was
        where was.article_id = e.article_id and (was.seen_at, was.capture_id) <= (e.seen_at, e.capture_id)
            and (was.previous_id is null or was.has_new_title or was.has_new_text)
    )::integer end as revision,
    e.seen_at as captured_at, e.clean_title as title, e.clean_text as text, length(e.clean_text) as characters,
    length(e.clean_text) - length(e.previous_text) as length_change, e.capture_id, e.id as document_id, e.outlet
from edited e
where e.previous_id is null or e.has_new_title or e.has_new_text;

create view archive.revision_paragraph as
select e.article_id, n.revision, c.change, c.paragraph, c.previous_paragraph,
    case c.change when 'title' then e.clean_title else now.words[c.paragraph + 1] end as text,
    case c.change when 'title' then e.previous_title else past.words[c.previous_paragraph + 1] end as previous_text,
    e.outlet, e.seen_at as captured_at
from edited e
cross join lateral (
    select coalesce(array_agg(coalesce(r.paragraphs[p.ordinal + 1], p.clean, p.raw) order by p.ordinal), '{}') as words
    from paragraph p left join reviewed r on r.document_id = p.document_id where p.document_id = e.id
) now
cross join lateral (
    select coalesce(array_agg(coalesce(r.paragraphs[p.ordinal + 1], p.clean, p.raw) order by p.ordinal), '{}') as words
    from paragraph p left join reviewed r on r.document_id = p.document_id where p.document_id = e.previous_id
) past
cross join lateral (
    select count(*)::integer as revision from edited was
    where was.article_id = e.article_id and (was.seen_at, was.capture_id) <= (e.seen_at, e.capture_id)
        and (was.previous_id is null or was.has_new_title or was.has_new_text)
) n
cross join lateral (
    select 'title' as change, null::integer as paragraph, null::integer as previous_paragraph where e.has_new_title
    union all
    select * from archive.paragraph_changes(past.words, e.previous_keys, now.words, e.paragraph_keys)
) c
where e.previous_id is not null and (e.has_new_title or e.has_new_text);
"""

#: Outsiders may call whatever stands in their schema.
READER = """
create or replace function grant_reader() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    large_object_function regprocedure;
begin
    execute format('revoke temporary on database %I from public', current_database());
    revoke create on schema public from public;
    revoke all on all functions in schema public from public;
    revoke all on all functions in schema archive from public;
    if exists (select 1 from pg_roles where rolname = 'archive_reader') then
        grant usage on schema archive to archive_reader;
        grant select on all tables in schema archive to archive_reader;
        grant execute on all functions in schema archive to archive_reader;
    end if;
    for large_object_function in
        select oid from pg_proc where pronamespace = 'pg_catalog'::regnamespace
            and (proname like 'lo\\_%' or proname in ('loread', 'lowrite'))
    loop
        begin
            execute format('revoke execute on function %s from public', large_object_function);
        exception when insufficient_privilege then null;
        end;
    end loop;
end $$;
select grant_reader();
"""

#: The view, then its columns: those that are new, or say more than they did.
COMMENTS = {
    "article": {
        "url": "Canonical URL at which it was first seen; archive.capture has all of its addresses",
        "captures": "How many different captures of it, at any of its addresses, are held and were read",
        "gone_at": "When its site was first seen to have taken it down, after it was last seen; null while it is "
        "there, or is there again",
        "gone_how": "404, 410, or notice: a page that says so (已删除) in its place",
    },
    "gone": {
        "": "Articles that were taken down: each address of theirs now answers 404 or 410, or says that it is no more",
        "article_id": "The article, whose last text archive.article keeps",
        "outlet": "The outlet",
        "url": "Canonical URL at which it was first seen",
        "title": "Its last title",
        "published_at": "When it was published, as its page said",
        "first_seen_at": "When this archive first captured it",
        "last_seen_at": "When it was last seen",
        "gone_at": "When it was first seen to be gone",
        "gone_how": "404, 410, or notice: a page that says so (已删除) in its place",
    },
    "capture": {
        "article_id": "The article it is of; null for lists, feeds, parts and pages in which no article was read",
    },
    "revision": {
        "": "The texts that an article has had: looks whose normalised text or title differs from the look before",
        "captured_at": "When this text was first seen, or was seen again after another",
        "length_change": "Length against the look before, 0 where words were exchanged for as many; null for the first",
        "outlet": "The outlet",
    },
    "revision_paragraph": {
        "": "What a revision changed against the one before, paragraph by paragraph; white space, punctuation, width "
        "and script are no change",
        "article_id": "The article",
        "revision": "The revision that shows the change: its number in archive.revision, from 2",
        "change": "title, added, removed, changed, moved, merged (previous_paragraph went into paragraph, which holds "
        "more) or split (paragraph was taken out of previous_paragraph)",
        "paragraph": "Place in this revision, from 0; null for a title and for what was removed",
        "previous_paragraph": "Place in the revision before; null for a title and for what was added",
        "text": "What it says now; null for what was removed",
        "previous_text": "What it said before; null for what was added",
        "outlet": "The outlet",
        "captured_at": "When the change was first seen",
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
    """Add the keys and their indexes, the function, and the views that stand on them."""
    execute = op.get_bind().connection.driver_connection.execute
    for sql in (TABLES, CHANGES, VIEWS, comments(), READER):
        execute(sql)


def downgrade() -> None:
    """Migrations go forward only."""
    raise RuntimeError("Huiliu's migrations go forward only; restore a backup to go back")
