"""Schema `archive`: the views that people read, Chinese search, and the login that may see these and nothing else."""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"

FUNCTIONS = """
-- Character bigrams of folded text as integers. Two bigrams may share a number: whoever asks checks the text again.
create function grams(folded text) returns integer[] language plpgsql immutable strict parallel safe
set search_path = pg_catalog, pg_temp as $$
declare
    letters text[] := string_to_array(folded, null);
    previous integer;
    current integer;
    found integer[] := '{}';
begin
    for place in 1 .. coalesce(array_length(letters, 1), 0) loop
        current := ascii(letters[place]);
        if place > 1 then
            found[place - 1] := (previous % 32768) * 65536 + current % 65536;
        end if;
        previous := current;
    end loop;
    return found;
end $$;
create index document_grams on document using gin (grams(folded));
"""

VIEWS = """
-- Readers see, for each capture, the document of the version promoted for its outlet or, while it has none, its newest.
create view visible_document as
select d.*
from capture c
join outlet o on o.id = c.outlet_id
cross join lateral (
    select d.* from document d where d.capture_id = c.id
    order by (d.version_id is not distinct from o.promoted_version_id) desc, d.version_id desc limit 1
) d;

-- An article is what it said when it was last seen saying something.
create view current_document as
select a.id as of_article_id, a.outlet_id, a.url, a.first_seen_at, d.*
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
) d;

create view archive.article as
select a.of_article_id as article_id, o.name as outlet, a.url, a.clean_title as title, a.byline, a.origin,
    a.published_at, a.published_text, a.clean_text as text, length(a.clean_text) as characters,
    a.first_seen_at, a.last_seen_at,
    (select count(distinct c.id) from capture c
        where c.outlet_id = a.outlet_id and c.url_digest = art.url_digest)::integer as captures,
    (select count(*) from mark m where m.document_id = a.id
        and m.kind in ('boilerplate', 'off_topic', 'promo', 'injected', 'echo'))::integer as cuts,
    a.spun_score, a.layout, a.charset, a.capture_id, a.id as document_id, v.pipeline_version, v.source_digest
from current_document a
join article art on art.id = a.of_article_id
join outlet o on o.id = a.outlet_id
join version v on v.id = a.version_id;

create view archive.paragraph as
select a.of_article_id as article_id, a.id as document_id, p.ordinal as paragraph, p.kind, p.raw,
    coalesce(p.clean, p.raw) as text, p.clean is not null and p.clean = '' as is_cut
from current_document a join paragraph p on p.document_id = a.id;

create view archive.mark as
select a.of_article_id as article_id, a.id as document_id, m.field, m.paragraph, m.start_offset, m.end_offset, m.kind,
    m.kind in ('boilerplate', 'off_topic', 'promo', 'injected', 'echo') as is_cut, m.rule, m.score,
    substr(case m.field when 'title' then a.title when 'body' then p.raw else '' end,
        m.start_offset + 1, m.end_offset - m.start_offset) as raw, m.replacement
from current_document a
join mark m on m.document_id = a.id
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

create view archive.copy as
select a.of_article_id as article_id, b.of_article_id as copy_article_id, 'same'::text as kind, 1000 as score,
    a.published_at, b.published_at as copy_published_at
from current_document a
join current_document b on b.text_digest = a.text_digest and b.of_article_id <> a.of_article_id
where length(a.clean_text) >= 40
    and (coalesce(a.published_at, a.first_seen_at), a.of_article_id)
        < (coalesce(b.published_at, b.first_seen_at), b.of_article_id);

create view archive.citation as
select a.of_article_id as article_id, ci.ordinal, ci.cited_title, target.article_id as cited_article_id
from current_document a
join citation ci on ci.document_id = a.id
left join lateral (
    select d.article_id from document d
    where md5(split_part(d.folded, E'\\n', 1)) = md5(ci.cited_title)
        and split_part(d.folded, E'\\n', 1) = ci.cited_title and d.article_id <> a.of_article_id
    order by d.article_id limit 1
) target on true;

create view archive.capture as
select c.id as capture_id, o.name as outlet, a.id as article_id, c.url, c.final_url, c.fetched_at, c.status, c.role,
    c.headers, p.size as bytes, encode(c.payload_digest, 'hex') as payload_digest
from capture c
join outlet o on o.id = c.outlet_id
join payload p on p.digest = c.payload_digest
left join article a on a.outlet_id = c.outlet_id and a.url_digest = c.url_digest;

create view archive.run as
select r.id as run_id, o.name as outlet, r.scheduled_at, r.queued_at, r.started_at, r.finished_at, r.state, r.detail,
    coalesce(f.fetches, 0) as fetches, coalesce(f.stored, 0) as stored, coalesce(f.unchanged, 0) as unchanged,
    coalesce(f.refused, 0) as refused, coalesce(f.failed, 0) as failed
from run r
join outlet o on o.id = r.outlet_id
left join lateral (
    select count(*)::integer as fetches,
        count(*) filter (where outcome = 'stored')::integer as stored,
        count(*) filter (where outcome in ('unchanged', 'returned'))::integer as unchanged,
        count(*) filter (where outcome like 'refused%' or outcome = 'blocked')::integer as refused,
        count(*) filter (where outcome like 'failed%' or outcome in ('gone', 'lost'))::integer as failed
    from fetch_attempt f where f.run_id = r.id
) f on true;

create view archive.outcome as
select o.name as outlet, 'fetch'::text as stage, f.outcome, f.fetched_at as at, f.url, f.role, f.status, f.detail,
    f.run_id, f.capture_id, null::text as pipeline_version
from fetch_attempt f join outlet o on o.id = f.outlet_id
union all
select o.name, 'read', r.outcome, r.read_at, c.url, c.role, c.status, r.detail, null, r.capture_id, v.pipeline_version
from reading r
join capture c on c.id = r.capture_id
join outlet o on o.id = c.outlet_id
join version v on v.id = r.version_id;

create view archive.outlet_health as
select o.name as outlet, o.title, o.region,
    (select count(*) from article a where a.outlet_id = o.id)::integer as articles,
    (select count(*) from capture c where c.outlet_id = o.id)::integer as captures,
    (select max(a.first_seen_at) from article a where a.outlet_id = o.id) as last_new_article_at,
    last_run.state as last_run_state, last_run.finished_at as last_run_finished_at,
    (select max(r.finished_at) from run r where r.outlet_id = o.id and r.state = 'done') as last_success_at,
    coalesce(day.fetches, 0) as fetches_24h, coalesce(day.failures, 0) as failures_24h,
    coalesce(queue.pending, 0) as pending, coalesce(queue.refused, 0) as refused, coalesce(queue.gone, 0) as gone,
    (select count(*) from capture c where c.outlet_id = o.id and c.role = 'article' and c.status between 200 and 299
        and not exists (select 1 from reading r where r.capture_id = c.id))::integer as unread,
    v.pipeline_version as promoted_version
from outlet o
left join version v on v.id = o.promoted_version_id
left join lateral (
    select r.state, r.finished_at from run r where r.outlet_id = o.id order by r.id desc limit 1
) last_run on true
left join lateral (
    select count(*)::integer as fetches,
        count(*) filter (where f.outcome like 'failed%' or f.outcome in ('blocked', 'lost'))::integer as failures
    from fetch_attempt f where f.outlet_id = o.id and f.fetched_at > now() - interval '24 hours'
) day on true
left join lateral (
    select count(*) filter (where fr.state in ('pending', 'leased'))::integer as pending,
        count(*) filter (where fr.state = 'refused')::integer as refused,
        count(*) filter (where fr.state = 'gone')::integer as gone
    from frontier fr where fr.outlet_id = o.id
) queue on true;
"""

SEARCH = """
create function archive.search(
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
    select d.article_id, o.name, d.published_at, d.clean_title, archive.excerpt(d.clean_text, d.folded, wanted), a.url
    from public.document d
    join public.article a on a.id = d.article_id
    join public.outlet o on o.id = a.outlet_id
    where public.grams(d.folded) @> public.grams(wanted)
        and strpos(d.folded, wanted) > 0
        and (search.outlet is null or o.name = search.outlet)
        and (since is null or d.published_at >= since)
        and (until is null or d.published_at < until)
        and exists (
            select 1 from public.current_document v where v.of_article_id = d.article_id and v.id = d.id)
    order by d.published_at desc nulls last, d.article_id;
end $$;

-- Offsets in the folded text are those of title, line feed and text: folding keeps every character's place.
create function archive.excerpt(clean_text text, folded text, wanted text) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select case when place = 0 then left(clean_text, 60)
        else case when place > 21 then '…' else '' end
            || replace(substr(clean_text, greatest(place - 20, 1), 60), E'\\n', ' ')
            || case when place + 40 < length(clean_text) then '…' else '' end end
    from (select strpos(substr(folded, length(folded) - length(clean_text) + 1), wanted) as place) as found
$$;

create function archive.highlight(
    article_id bigint, query text, opening text default '【', closing text default '】'
) returns text language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    wanted text := archive.fold(btrim(query));
    body text;
    folded text;
    place integer;
    marked text := '';
begin
    select d.clean_text, right(d.folded, length(d.clean_text)) into body, folded
    from public.current_document d where d.of_article_id = highlight.article_id;
    if body is null or coalesce(wanted, '') = '' then
        return body;
    end if;
    loop
        place := strpos(folded, wanted);
        exit when place = 0;
        marked := marked || left(body, place - 1) || opening || substr(body, place, length(wanted)) || closing;
        body := substr(body, place + length(wanted));
        folded := substr(folded, place + length(wanted));
    end loop;
    return marked || body;
end $$;
"""

#: A role belongs to the whole server and may be there already, or may not be ours to create: then an administrator
#: creates it and grants it what follows (docs/operations.md).
ROLE = """
do $$
begin
    if not exists (select 1 from pg_roles where rolname = 'archive_reader') then
        create role archive_reader login nosuperuser nocreatedb nocreaterole noinherit connection limit 50;
    end if;
exception
    when insufficient_privilege then
        raise warning 'this login may not create the role archive_reader: see docs/operations.md';
    when duplicate_object or unique_violation then null;
end $$;

create function grant_reader() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
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
        grant execute on function archive.fold(text) to archive_reader;
        grant execute on function archive.search(text, timestamptz, timestamptz, text) to archive_reader;
        grant execute on function archive.highlight(bigint, text, text, text) to archive_reader;
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
-- A database made from a template or a dump has lost these grants: then the owner calls it again.
select grant_reader();
"""


def fold() -> str:
    """Return archive.fold(): the table that pipelines/fold.py had when this migration was written."""
    old, new = Path(__file__).with_name("0003_fold_table.txt").read_text("utf-8").rstrip("\n").split("\n")
    return f"""
        create function archive.fold(text) returns text language sql immutable strict parallel safe
        set search_path = pg_catalog, pg_temp
        as $body$ select translate($1, $old${old}$old$, $new${new}$new$) $body$;
    """


def upgrade() -> None:
    """Create the functions, the views, and the reader's grants."""
    execute = op.get_bind().connection.driver_connection.execute
    for sql in (FUNCTIONS, VIEWS, fold(), SEARCH, ROLE):
        execute(sql)


def downgrade() -> None:
    """Migrations go forward only."""
    raise RuntimeError("Huiliu's migrations go forward only; restore a backup to go back")
