"""Whether two articles of one outlet are parts of one series: decided on the two alone, in whatever order they come."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.titles import marker, rare_words

#: Parts follow each other within this time.
SPAN = timedelta(days=7)
#: A chain of more articles is a column that never ends.
MOST_PARTS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What decides of an article whether it is a part: one of an outlet."""

    #: Folded.
    title: str
    #: The columns and sections that it ran in.
    columns: frozenset[str]
    #: Its reporters.
    reporters: frozenset[str]
    #: Aware: published, or else first seen.
    dated_at: datetime


def link(a: Part, b: Part, *, cites: bool, cited: bool, announced: bool) -> str:
    """Why two articles are parts of one series; "" where they are not.

    `cites`: a names b's title; `cited`: b names a's; `announced`: either says 本系列 of the other.
    """
    if abs(a.dated_at - b.dated_at) > SPAN:
        return ""
    if announced:
        return "announced"
    one, other = marker(a.title), marker(b.title)
    if one and other and one.stem == other.stem:
        return "numbered" if one.number != other.number else ""
    if cites and cited:
        return "cited"
    if not rare_words(a.title) & rare_words(b.title):
        return ""
    if cites or cited:
        return "cited"
    return "column" if (a.columns & b.columns) and a.reporters & b.reporters else ""


def part_number(title: str) -> int | None:
    """The number that a folded title carries as a part of a series."""
    found = marker(title)
    return found.number if found else None


def read_reporters(byline: str) -> frozenset[str]:
    """The names in a byline, without the outlet's name and what they are.

    >>> sorted(read_reporters("澜江新闻记者 陆知远 沈一苇、通讯员 白采苹"))
    ['沈一苇', '白采苹', '陆知远']
    """
    words = byline.replace("、", " ").replace("记者", "记者 ").replace("通讯员", "通讯员 ").split()
    return frozenset(word for word in words if 2 <= len(word) <= 4 and not word.endswith(("记者", "通讯员")))
