"""Models fitted on this archive, snapshots of what recurs in it, and which of them pages are read with."""

from alembic import op

revision = "0007"
down_revision = "0006"

TABLES = """
-- A fitted model: a set of files. Numbers are never used again, and what a number stands for never changes.
create table model (
    id integer generated always as identity primary key,
    digest bytea not null unique check (octet_length(digest) = 32),
    basis bytea not null check (octet_length(basis) = 32),
    articles integer not null,
    outlets integer not null,
    checked integer not null,
    harmed integer not null,
    fitted_at timestamptz not null default now()
);
create table model_content (
    digest bytea primary key check (octet_length(digest) = 32),
    body bytea not null
);
alter table model_content alter column body set storage external;
create table model_file (
    model_id integer not null references model,
    name text not null,
    digest bytea not null references model_content,
    primary key (model_id, name)
);

-- A snapshot: what recurred across unrelated articles, or was added to copies, when the archive was looked through.
create table snapshot (
    id integer generated always as identity primary key,
    digest bytea not null unique check (octet_length(digest) = 32),
    articles integer not null,
    outlets integer not null,
    taken_at timestamptz not null default now()
);
create table witness (
    snapshot_id integer not null references snapshot,
    ordinal integer not null,
    shape text not null check (shape in ('phrase', 'paragraph')),
    key text not null,
    raw text not null,
    kind text not null check (kind in ('off_topic', 'promo', 'injected', 'suspect')),
    rule text not null,
    score integer not null check (score between 0 and 1000),
    articles integer not null,
    outlets integer not null,
    copies integer not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    article_ids bigint[] not null,
    primary key (snapshot_id, ordinal),
    unique (snapshot_id, shape, key)
);

-- Which model and snapshot are in use: the last row. Null is the shipped model, or no snapshot.
create table model_choice (
    id bigint generated always as identity primary key,
    model_id integer references model,
    snapshot_id integer references snapshot,
    chosen_at timestamptz not null default now()
);

-- Documents were read with them, so they stay as they are.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'models and snapshots are never changed or removed (table %)', tg_table_name
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger model_is_frozen before update or delete or truncate on model
    for each statement execute function refuse_change();
create trigger model_content_is_frozen before update or delete or truncate on model_content
    for each statement execute function refuse_change();
create trigger model_file_is_frozen before update or delete or truncate on model_file
    for each statement execute function refuse_change();
create trigger snapshot_is_frozen before update or delete or truncate on snapshot
    for each statement execute function refuse_change();
create trigger witness_is_frozen before update or delete or truncate on witness
    for each statement execute function refuse_change();
"""

VIEWS = """
create view archive.model as
select m.id as model, m.fitted_at, m.articles, m.outlets, m.checked, m.harmed,
    (select sum(octet_length(c.body)) from model_file f join model_content c on c.digest = f.digest
        where f.model_id = m.id)::bigint as bytes,
    m.id is not distinct from (select model_id from model_choice order by id desc limit 1) as in_use
from model m;

create view archive.witness as
select w.snapshot_id as snapshot, s.taken_at, w.shape, w.raw, w.kind,
    w.kind <> 'suspect' as is_cut, w.rule, w.score, w.articles, w.outlets, w.copies, w.first_seen_at, w.last_seen_at,
    w.article_ids,
    s.id is not distinct from (select snapshot_id from model_choice order by id desc limit 1) as in_use
from snapshot s join witness w on w.snapshot_id = s.id;

-- The new views are the reader's as well.
select grant_reader();
"""

#: The view, then its columns.
COMMENTS = {
    "model": {
        "": "Models fitted on this archive (`huiliu model fit`). The shipped one is not among them.",
        "model": "The model's number, as `huiliu model use` takes it; versions read with it end in .mN",
        "fitted_at": "When it was fitted",
        "articles": "How many articles judged clean it was fitted on",
        "outlets": "Of how many outlets they are",
        "checked": "How many further clean articles its limits were chosen on",
        "harmed": "How many of those lose anything to it",
        "bytes": "Size of its files",
        "in_use": "Whether pages are read with it from now on",
    },
    "witness": {
        "": "What recurs in unrelated articles, or was added to copies of archived originals: one row a phrase or "
        "paragraph of each snapshot (`huiliu model witness`).",
        "snapshot": "The snapshot's number; versions read with it end in .wN",
        "taken_at": "When the archive was looked through",
        "shape": "phrase (anywhere in a text) or paragraph (as a whole)",
        "raw": "As first seen; of a paragraph its first 200 characters",
        "kind": "What it is marked as: injected, promo, off_topic; or suspect, where the proof is too weak to cut",
        "is_cut": "Whether it is cut from articles",
        "rule": "campaign, campaign_paragraph, added_to_copy or witnessed (suspect)",
        "score": "Strength of the proof in per mille",
        "articles": "In how many unrelated articles it stands; copies of one text count once",
        "outlets": "In how many outlets",
        "copies": "In how many of them it was added to a text whose original the archive holds",
        "first_seen_at": "When it was first captured",
        "last_seen_at": "When it was last captured",
        "article_ids": "The first of these articles: archive.article",
        "in_use": "Whether pages are read with this snapshot from now on",
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
    """Create the tables and the views that show them."""
    execute = op.get_bind().connection.driver_connection.execute
    for sql in (TABLES, VIEWS, comments()):
        execute(sql)


def downgrade() -> None:
    """Migrations go forward only."""
    raise RuntimeError("Huiliu's migrations go forward only; restore a backup to go back")
