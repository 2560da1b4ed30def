"""What citations and series are found by: titles as they are cited, outlets as they are named. The views are 0012's."""

from alembic import op

revision = "0009"
down_revision = "0008"

SQL = """
alter table citation add column cited_outlet text not null default '';
alter table reviewed add column cited_outlets text[] not null default '{}';
create index reviewed_citations on reviewed using gin (citations);

-- What each document cites, as readers see it.
create view document_citation as
select c.document_id, c.ordinal, c.cited_title as title, c.cited_outlet as outlet
from citation c where not exists (select from reviewed r where r.document_id = c.document_id)
union all
select r.document_id, (cited.place - 1)::integer, cited.title, coalesce(cited.outlet, '')
from reviewed r cross join lateral unnest(r.citations, r.cited_outlets) with ordinality as cited (title, outlet, place);

-- The names by which texts name an outlet (pipelines/outlet_names.py); written whenever it is registered.
alter table outlet add column names text[] not null default '{}';
update outlet set names = array(
    select archive.fold(name) from regexp_split_to_table(regexp_replace(title, '（[^）]*）', '', 'g'), '[·\\s]+') name
    where length(name) > 1
);

-- The title that a document gives its readers, folded, as others cite it. A row a document: an article may be cited by
-- an earlier title of it. `part` is the number that a title carries as one of a series; `dated_at` is when the document
-- says that it was published, or else when it was fetched.
create table headline (
    document_id bigint primary key references document on delete cascade,
    article_id bigint not null references article,
    outlet_id integer not null references outlet,
    title text not null,
    part integer,
    dated_at timestamptz not null
);
create index headline_title on headline (title);
create index headline_outlet on headline (outlet_id, dated_at);
drop index document_title;
drop index reviewed_title;

-- An outlet that a document names for a title. `own` is 本报: the name is that of the document's own outlet.
create table mention (
    document_id bigint not null references document on delete cascade,
    ordinal integer not null,
    name text not null,
    own boolean not null,
    title text not null,
    dated_at timestamptz not null,
    primary key (document_id, ordinal, name)
);
create index mention_name on mention (name, dated_at);

-- A title as it was cited, and a headline that says the same in other words (pipelines/titles.py). A fact about two
-- strings: whether the one may stand for the other in an article is asked when that article's citations are read.
create table likeness (
    cited text not null,
    title text not null,
    score integer not null check (score between 1 and 1000),
    primary key (cited, title)
);
create index likeness_title on likeness (title);

-- Two documents of one outlet that are parts of one series (pipelines/series.py), and why.
create table series_link (
    a bigint not null references document on delete cascade,
    b bigint not null references document on delete cascade,
    reason text not null check (reason in ('announced', 'numbered', 'cited', 'column')),
    primary key (a, b),
    check (a < b)
);
create index series_link_b on series_link (b, a);

-- All documents are to be worked out again, for these tables are filled with what follows from them.
update document_text set related_by = null where related_by is not null;
"""


def upgrade() -> None:
    """Plain SQL, run by the driver itself."""
    op.get_bind().connection.driver_connection.execute(SQL)


def downgrade() -> None:
    """Migrations go forward only."""
    raise RuntimeError("Huiliu's migrations go forward only; restore a backup to go back")
