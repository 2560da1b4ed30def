"""The archive: captures and their fetches, the frontier, runs, versions and what they read."""

from alembic import op

revision = "0001"
down_revision = None

SQL = """
create schema archive;
create sequence fencing_token;

create table outlet (
    id integer generated always as identity primary key,
    name text not null unique,
    title text not null,
    region text not null,
    promoted_version_id integer,
    registered_at timestamptz not null default now()
);

create table version (
    id integer generated always as identity primary key,
    outlet_id integer not null references outlet,
    pipeline_version text not null,
    source_digest text not null,
    created_at timestamptz not null default now(),
    unique (outlet_id, pipeline_version, source_digest),
    unique (outlet_id, id)
);
alter table outlet add foreign key (id, promoted_version_id) references version (outlet_id, id);

create table leader (
    only_row boolean primary key default true check (only_row),
    epoch bigint not null,
    name text not null,
    taken_at timestamptz not null
);
insert into leader values (true, 0, '', now());

create table run (
    id bigint generated always as identity primary key,
    outlet_id integer not null references outlet,
    scheduled_at timestamptz,
    queued_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz,
    state text not null default 'queued'
        check (state in ('queued', 'running', 'done', 'failed', 'killed_deadline', 'interrupted', 'missed')),
    token bigint,
    detail text not null default '',
    since date,
    until date,
    article_limit integer,
    unique (outlet_id, scheduled_at)
);
create index run_outlet on run (outlet_id, id desc);

-- From when on an outlet's crontab line holds: slots before that never existed and were not missed.
create table schedule (
    outlet_id integer primary key references outlet,
    line text not null,
    since timestamptz not null
);

create table frontier (
    id bigint generated always as identity primary key,
    outlet_id integer not null references outlet,
    url_digest bytea not null,
    url text not null,
    role text not null check (role in ('article', 'part', 'list', 'feed', 'robots')),
    state text not null default 'pending' check (state in ('pending', 'leased', 'done', 'refused', 'gone')),
    reason text not null default '',
    depth integer not null default 0,
    due_at timestamptz not null default now(),
    attempts integer not null default 0,
    checks integer not null default 0,
    etag text,
    last_modified text,
    lease_token bigint,
    lease_run_id bigint references run,
    lease_expires_at timestamptz,
    discovered_at timestamptz not null default now(),
    finished_at timestamptz,
    unique (outlet_id, url_digest),
    check ((state = 'leased') = (lease_token is not null)),
    check ((state = 'refused') = (reason <> ''))
);
create index frontier_due on frontier (outlet_id, due_at, id) where state = 'pending';
create index frontier_leased on frontier (outlet_id) where state = 'leased';
create index frontier_recheck on frontier (outlet_id, due_at) where state = 'done';

create table payload (
    digest bytea primary key check (octet_length(digest) = 32),
    size integer not null,
    codec text not null check (codec in ('zstd', 'none')),
    dict_id integer,
    body bytea,
    location text,
    check ((body is null) <> (location is null))
);
alter table payload alter column body set storage external;

create table capture (
    id bigint generated always as identity primary key,
    outlet_id integer not null references outlet,
    url_digest bytea not null,
    payload_digest bytea not null references payload,
    url text not null,
    final_url text not null,
    fetched_at timestamptz not null,
    status integer not null,
    headers jsonb not null,
    role text not null check (role in ('article', 'part', 'list', 'feed', 'robots')),
    unique (outlet_id, url_digest, payload_digest)
);
create index capture_outlet on capture (outlet_id, id);

create table fetch_attempt (
    id bigint generated always as identity primary key,
    run_id bigint references run,
    outlet_id integer not null references outlet,
    frontier_id bigint references frontier,
    url_digest bytea not null,
    url text not null,
    role text not null,
    fetched_at timestamptz not null,
    outcome text not null check (outcome in (
        'stored', 'unchanged', 'returned', 'gone', 'blocked', 'refused_robots', 'refused_egress', 'refused_offsite',
        'refused_scheme', 'refused_redirects', 'refused_too_large', 'refused_url', 'failed_timeout', 'failed_dns',
        'failed_connection', 'failed_http', 'failed_body', 'lost')),
    status integer,
    capture_id bigint references capture,
    duration_ms integer,
    detail text not null default ''
);
create index fetch_attempt_run on fetch_attempt (run_id, outcome);
create index fetch_attempt_capture on fetch_attempt (capture_id, fetched_at);
create index fetch_attempt_outlet on fetch_attempt (outlet_id, fetched_at);
create index fetch_attempt_url on fetch_attempt (outlet_id, url_digest, fetched_at);

create table part (
    article_capture_id bigint not null references capture,
    ordinal integer not null,
    outlet_id integer not null references outlet,
    url_digest bytea not null,
    capture_id bigint references capture,
    settled boolean not null default false,
    primary key (article_capture_id, ordinal)
);
create index part_open on part (outlet_id, url_digest) where not settled;

create table article (
    id bigint generated always as identity primary key,
    outlet_id integer not null references outlet,
    url_digest bytea not null,
    url text not null,
    first_seen_at timestamptz not null,
    unique (outlet_id, url_digest)
);

create table reading (
    capture_id bigint not null references capture,
    version_id integer not null references version,
    outcome text not null check (outcome in (
        'read', 'not_text', 'block_page', 'captcha', 'soft_404', 'no_body', 'too_complex', 'timeout', 'memory', 'crashed')),
    detail text not null default '',
    read_at timestamptz not null default now(),
    primary key (capture_id, version_id)
);
create index reading_version on reading (version_id, outcome);

create table document (
    id bigint generated always as identity primary key,
    capture_id bigint not null,
    version_id integer not null,
    article_id bigint not null references article,
    layout text not null,
    charset text not null,
    title text not null,
    byline text not null,
    origin text not null,
    published_text text not null,
    published_at timestamptz,
    clean_title text not null,
    clean_text text not null,
    folded text not null,
    spun_score integer not null check (spun_score between 0 and 1000),
    outside_chars integer not null,
    text_digest bytea not null,
    minhash bytea not null,
    unique (capture_id, version_id),
    foreign key (capture_id, version_id) references reading on delete cascade
);
create index document_article on document (article_id, capture_id);
create index document_text_digest on document (text_digest);
create index document_published on document (published_at);
create index document_title on document (md5(split_part(folded, E'\\n', 1)));

create table paragraph (
    document_id bigint not null references document on delete cascade,
    ordinal integer not null,
    kind text not null check (kind in ('text', 'heading', 'caption')),
    raw text not null,
    clean text,
    primary key (document_id, ordinal)
);

create table mark (
    document_id bigint not null references document on delete cascade,
    ordinal integer not null,
    field text not null check (field in ('body', 'title', 'document')),
    paragraph integer,
    start_offset integer not null,
    end_offset integer not null check (end_offset >= start_offset),
    kind text not null check (kind in (
        'boilerplate', 'off_topic', 'promo', 'injected', 'echo',
        'repaired', 'caption', 'credit', 'spun_word', 'replaced_name', 'suspect')),
    rule text not null,
    score integer not null check (score between 0 and 1000),
    replacement text,
    primary key (document_id, ordinal),
    check ((field = 'body') = (paragraph is not null)),
    check ((kind = 'repaired') = (replacement is not null))
);
create index mark_kind on mark (kind, rule);

create table citation (
    document_id bigint not null references document on delete cascade,
    ordinal integer not null,
    cited_title text not null,
    primary key (document_id, ordinal)
);
create index citation_title on citation (md5(cited_title));

-- Promise P3: what was captured is never rewritten. A payload may change its coding or its place, not its digest.
create function refuse_rewrite() returns trigger language plpgsql as $$
begin
    raise exception 'captures are never rewritten or removed (table %)', tg_table_name
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger capture_is_sacred before update or delete or truncate on capture
    for each statement execute function refuse_rewrite();
create trigger payload_is_sacred before delete or truncate on payload
    for each statement execute function refuse_rewrite();
create trigger payload_keeps_digest before update of digest, size on payload
    for each statement execute function refuse_rewrite();
"""


def upgrade() -> None:
    """Create the tables; plain SQL, run by the driver itself."""
    op.get_bind().connection.driver_connection.execute(SQL)


def downgrade() -> None:
    """Migrations go forward only: restore a backup instead."""
    raise RuntimeError("Huiliu's migrations go forward only; restore a backup to go back")
