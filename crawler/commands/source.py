"""`huiliu source`: list and show."""

from itertools import groupby

from rich.table import Table
from rich.text import Text

from crawler.commands.console import console
from crawler.config import find_source, sources
from pipelines.model import Source

#: Columns of a terminal that has room for family and hosts.
WIDE = 140


def list_sources() -> int:
    """Print every source, one a line: under its region on a terminal, with its region in a pipe.

    On a narrow terminal family and hosts are left to `source show`.
    """
    grouped, wide = console.is_terminal, console.width >= WIDE
    table = Table(box=None, pad_edge=False)
    for column in _cells(None, grouped, wide):
        table.add_column(column, no_wrap=column != "title")
    found = sorted(sources().values(), key=lambda source: (source.region, source.name))
    for region, group in groupby(found, key=lambda source: source.region):
        if grouped:
            table.add_row()
            table.add_row(Text(region, style="bold"))
        for source in group:
            table.add_row(*_cells(source, grouped, wide))
    console.print(table)
    if grouped:
        console.print(f"\n{len(found)} sources in {len({source.region for source in found})} regions")
    return 0


def _cells(source: Source | None, grouped: bool, wide: bool) -> list[str]:
    """The cells of a source's line; without one, the head of the table."""
    if source is None:
        cells = ["name", "title", "region", "shape", "schedule", "family", "hosts"]
    else:
        cells = [source.name, source.title, source.region, source.crawl.shape, source.crawl.schedule or "never"]
        cells += [source.family or "generic", _some(source.hosts)]
    cells = cells if wide else cells[:5]
    return cells[:2] + cells[3:] if grouped else cells


def _some(hosts: tuple[str, ...]) -> str:
    """Name the first host and how many more there are.

    >>> _some(("www.jiangwan.example", "news.jiangwan.example"))
    'www.jiangwan.example and 1 more'
    """
    return hosts[0] if len(hosts) == 1 else f"{hosts[0]} and {len(hosts) - 1} more"


def show_source(name: str) -> int:
    """Print what one source says, defaults filled in."""
    source = find_source(name)
    policy = source.crawl
    rows = {
        "title": source.title,
        "region": source.region,
        "hosts": ", ".join(source.hosts),
        "family": source.family or "generic",
        "layouts": ", ".join(layout.name for layout in source.layouts) or "none of its own",
        "articles": ", ".join(source.article_url) or "whatever its feed lists",
        "JSON twin": " → ".join(source.json_twin) or "none",
        "identity": "\n".join(f"{kind}: {one}" for kind, patterns in source.identity for one in patterns)
        or "by its address alone",
        "first pages": " → ".join(policy.first_page) or "as listed",
        "also called": "、".join(source.aliases) or "nothing else",
        "time zone": source.timezone,
        "shape": policy.shape,
        "seeds": "\n".join(policy.start_urls),
        "follows": ", ".join(policy.follow) or "no further lists",
        "schedule": policy.schedule or "never; crawl it by hand",
        "pace": f"{policy.concurrency} at a time, {policy.delay_s:g} s apart, at most {policy.deadline_s} s a crawl",
        "looks again": ", ".join(f"after {hours} h" for hours in policy.recheck_hours) or "never",
    }
    table = Table(box=None, show_header=False)
    for key, value in rows.items():
        table.add_row(Text(key, style="bold"), Text(value))
    console.print(table)
    return 0
