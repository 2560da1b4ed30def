"""The page of output that `huiliu demo` ends with."""

from typing import Any

import psycopg
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from crawler.commands.console import console
from pipelines.model import CUTS, SPUN

COLOURS = {
    "off_topic": "red",
    "promo": "magenta",
    "injected": "bold white on red",
    "boilerplate": "blue",
    "echo": "cyan",
}

#: (what it answers, the statement): each runs on the views as printed.
QUERIES = (
    (
        "Which outlets print text that does not belong, and how much was cut from each?",
        """select a.outlet, count(distinct a.article_id) as articles, count(m.*) as cuts,
       count(m.*) filter (where m.kind = 'off_topic') as paragraphs,
       count(m.*) filter (where m.kind = 'injected') as phrases
from archive.article a left join archive.mark m on m.article_id = a.article_id and m.is_cut
group by 1 order by cuts desc""",
    ),
    (
        "Which articles were edited after they were published?",
        """select r.article_id, a.outlet, a.title, r.revision, r.length_change
from archive.revision r join archive.article a using (article_id)
where r.revision > 1 order by a.outlet, r.article_id limit 6""",
    ),
    (
        "Who prints whose articles, in which form, and how much later?",
        """select outlet, copy_outlet, kind, count(*) as articles, count(*) filter (where is_credited) as credited,
       min(delay) as soonest
from archive.copy group by 1, 2, 3 order by articles desc, 1, 2, 3 limit 6""",
    ),
    (
        "Who names whom? Articles of a series, by the titles that they cite",
        """select a.outlet, left(a.title, 22) as article, left(t.title, 22) as cites
from archive.citation c join archive.article a using (article_id)
join archive.article t on t.article_id = c.cited_article_id order by a.published_at, c.ordinal limit 6""",
    ),
)


def print_fetches(conn: psycopg.Connection, run_ids: list[int]) -> None:
    """Print what was fetched, kept and refused and why, by outlet."""
    rows = conn.execute(
        """
        select o.name, o.title,
            count(f.*) filter (where f.role = 'article'),
            count(f.*) filter (where f.role <> 'article'),
            (select count(*) from article a where a.outlet_id = o.id),
            count(f.*) filter (where f.outcome in ('unchanged', 'returned'))
        from outlet o join fetch_attempt f on f.outlet_id = o.id where f.run_id = any(%s)
        group by o.id order by o.id
        """,
        [run_ids],
    ).fetchall()
    console.print("\n[bold]What was fetched, kept and refused[/]")
    table = Table(box=None, padding=(0, 1, 0, 0))
    table.add_column("outlet", no_wrap=True)
    for column in ("article fetches", "lists, parts", "unchanged", "articles held"):
        table.add_column(column, justify="right")
    for name, _, articles, others, held, unchanged in rows:
        table.add_row(name, str(articles), str(others), str(unchanged), str(held))
    console.print(table)
    console.print("\n[bold]What gave no article, and why[/]")
    for name, title, *_ in rows:
        console.print(f"  {name:9} {title}: {_refusals(conn, name, run_ids)}", markup=False)


def _refusals(conn: psycopg.Connection, outlet: str, run_ids: list[int]) -> str:
    """Name what was refused, failed, or read as no article."""
    rows = conn.execute(
        """
        select outcome, count(*) from (
            select f.outcome from fetch_attempt f join outlet o on o.id = f.outlet_id
            where o.name = %(outlet)s and f.run_id = any(%(runs)s)
                and f.outcome not in ('stored', 'unchanged', 'returned')
            union all
            select fr.reason from frontier fr join outlet o on o.id = fr.outlet_id
            where o.name = %(outlet)s and fr.state = 'refused'
                and not exists (select 1 from fetch_attempt f where f.frontier_id = fr.id)
            union all
            select r.outcome from reading r join capture c on c.id = r.capture_id join outlet o on o.id = c.outlet_id
            where o.name = %(outlet)s and r.outcome <> 'read'
        ) as ended group by 1 order by 2 desc, 1
        """,
        {"outlet": outlet, "runs": run_ids},
    )
    return ", ".join(f"{count} {outcome.replace('_', ' ')}" for outcome, count in rows) or "-"


def print_before_after(conn: psycopg.Connection) -> None:
    """Print the article with the most kinds of cuts; brackets show what was cut where there are no colours."""
    row = conn.execute(
        """
        select article_id, document_id from archive.mark where is_cut
        group by 1, 2 order by count(distinct kind) desc, count(*) filter (where kind = 'off_topic') desc, 1 limit 1
        """
    ).fetchone()
    if row is None:
        console.print("\nNo article needed a cut.")
        return
    article = conn.execute(
        "select title, outlet, url, spun_score from archive.article where article_id = %s", [row[0]]
    ).fetchone()
    assert article is not None
    title, outlet, url, spun = article
    lines = []
    for ordinal, raw in conn.execute(
        "select paragraph, raw from archive.paragraph where article_id = %s order by paragraph", [row[0]]
    ):
        marks = conn.execute(
            """
            select start_offset, end_offset, kind, rule from archive.mark
            where article_id = %s and field = 'body' and paragraph = %s and is_cut
            order by start_offset, end_offset desc
            """,
            [row[0], ordinal],
        ).fetchall()
        lines.append(_coloured(raw, marks))
    spun_note = f" · reads as spun (伪原创), score {spun / 1000:.2f}" if spun >= SPUN else ""
    console.print(f"\n[bold]One article, before and after[/]  {outlet}, archive.article {row[0]}{spun_note}\n{url}")
    legend = "between ⟦ and ⟧: cut; after it: what it is and the rule"
    console.print(Panel(Text("\n").join(lines), title=Text(title), subtitle=legend, width=min(console.width, 112)))


def _coloured(raw: str, marks: list[tuple[Any, ...]]) -> Text:
    """Return a raw paragraph, its cuts bracketed and struck through, their rules named; a long one is shown in part."""
    text, at = Text(), 0
    for start, end, kind, rule in marks:
        assert kind in CUTS
        if start < at:
            continue
        cut = raw[start:end]
        shown = cut if len(cut) <= 90 else f"{cut[:60]} … {cut[-20:]}"
        text.append(raw[at:start]).append(f"⟦{shown}⟧", style=f"strike {COLOURS[kind]}").append(
            f" [{kind}: {rule}]", style="dim"
        )
        at = end
    return text.append(raw[at:])


def print_queries(conn: psycopg.Connection) -> None:
    """Print questions, the statements that ask them, and the answers."""
    for question, statement in QUERIES:
        cursor = conn.execute(statement.encode())
        table = Table(box=None, padding=(0, 2, 0, 0))
        for column in cursor.description or ():
            table.add_column(column.name, style="green")
        for row in cursor:
            table.add_row(*(Text("" if value is None else str(value)) for value in row))
        console.print(f"\n[bold]{question}[/]")
        console.print(statement, markup=False, style="dim")
        console.print(table if table.row_count else "(no rows)")


def print_next() -> None:
    """Print what to type next."""
    console.print("\n[bold]What to type next[/]")
    for command, what in (
        ("huiliu search 高铁", "Chinese full text, newest first"),
        ("huiliu sql", "psql on the archive; \\dv archive.* lists the views"),
        ("huiliu review", "the cuts that are least certain, for you to decide about"),
        ("huiliu status", "freshness and outcomes of each outlet"),
        ("huiliu rerun --dry-run", "what today's pipeline would read differently"),
        ("huiliu source list", "the real outlets; `huiliu crawl NAME` fetches from one"),
        ("huiliu db stop", "stop the embedded Postgres"),
    ):
        console.print(f"  .venv/bin/{command:28} {what}", markup=False)
