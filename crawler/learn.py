"""What is learned from the archive: a model fitted on its clean articles, a snapshot of what recurs in it.

Both are stored under a number and take effect when they are chosen (`crawler.fitted`).
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from psycopg import Connection

from crawler.fit.background import fit_background
from crawler.fit.campaigns import find_campaigns
from crawler.fit.limits import Clean, Limits, choose_limits
from crawler.fit.told import Told
from crawler.fitted import Fitted, basis, in_use, shipped_files
from pipelines.fingerprint import bare
from pipelines.judge.model import load_model
from pipelines.model import BlockKind, Witness
from pipelines.repair import repair
from storage import models, texts, witness
from storage.errors import StorageError
from storage.models import Fit
from storage.texts import Text

#: Clean articles that a background needs, and as many as are read of a larger archive. With fewer, what is common
#: cannot be told from what is rare.
FEWEST, MOST = 4000, 20000
#: Characters of a text that says enough.
LEAST = 200
#: One clean article in this many is not counted: the limits are chosen on those.
HELD_OUT = 4

T = TypeVar("T")
#: Says what is being done now, and how much of it there is; then that some of it is done.
Begin = Callable[[str, int | None], None]
Advance = Callable[[int], None]


class TooFew(StorageError):
    """The archive holds too few clean articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A snapshot that was taken."""

    number: int
    found: list[Witness]
    articles: int
    outlets: int


def fit_model(conn: Connection, *, begin: Begin, advance: Advance) -> tuple[int, Fit, Limits]:
    """Fit a model on the archive's clean articles and store it; equal articles give the same model again."""
    begin("reading clean articles", None)
    clean = _counting(texts.clean(conn, limit=MOST, least=LEAST), advance)
    found = list({bare(one.clean_text): one for one in sorted(clean, key=lambda one: one.article_id)}.values())
    if len(found) < FEWEST:
        raise TooFew(
            f"the archive holds {len(found):,} different articles that are judged clean and have {LEAST} characters; a "
            f"model needs {FEWEST:,}. Until then the shipped one serves: crawl on, and fit later"
        )
    begin("fitting the background", None)
    held = found[::HELD_OUT]
    counted = [one for at, one in enumerate(found) if at % HELD_OUT]
    files = {**shipped_files(), **fit_background(one.clean_text for one in counted)}
    begin("choosing the limits", len(held))
    limits = choose_limits(list(_counting(map(_clean, held), advance)), load_model(files))
    files = _with_limits(files, limits)
    outlets = len({one.outlet for one in counted})
    fit = Fit(articles=len(counted), outlets=outlets, checked=len(held), harmed=limits.harmed)
    number = models.store(conn, files, basis=basis(), fit=fit)
    return number, fit, limits


def _clean(text: Text) -> Clean:
    return Clean(title=text.clean_title, paragraphs=tuple(text.clean_text.split("\n")))


def _with_limits(files: dict[str, bytes], limits: Limits) -> dict[str, bytes]:
    """The files with the limits written into them; nothing else of the shipped rules changes."""
    for name, limit in (("trees.json", limits.off_topic), ("injection.json", limits.injected)):
        rule = json.loads(files[name]) | {"limit": limit}
        files[name] = json.dumps(rule, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    return files


def take_snapshot(conn: Connection, *, limit: int, begin: Begin, advance: Advance) -> Snapshot:
    """Look through the newest articles and store what recurs where it does not belong."""
    begin("reading articles", None)
    told = [_told(one) for one in _counting(texts.newest(conn, limit=limit), advance)]
    if not told:
        raise TooFew("the archive is empty: `huiliu demo` or `huiliu crawl SOURCE` fills it")
    begin(f"comparing {len(told):,} articles", None)
    found = find_campaigns(told, load_model(_judge(in_use(conn)).blob()))
    outlets = len({one.outlet for one in told})
    number = witness.store(conn, found, articles=len(told), outlets=outlets)
    return Snapshot(number=number, found=found, articles=len(told), outlets=outlets)


def _judge(fitted: Fitted) -> Fitted:
    """Without the snapshot in use: a new one is no conclusion from an old one."""
    return Fitted(model=fitted.model, files=fitted.files)


def _told(text: Text) -> Told:
    paragraphs = (
        repair(raw).text
        for at, (kind, raw) in enumerate(text.paragraphs)
        if kind == BlockKind.TEXT and at not in text.frame
    )
    return Told(
        id=text.article_id,
        outlet=text.outlet,
        at=text.at,
        title=repair(text.title).text,
        paragraphs=tuple(paragraphs),
        clean_text=text.clean_text,
        spun_score=text.spun_score,
    )


def _counting(found: Iterable[T], advance: Advance) -> Iterator[T]:
    for one in found:
        yield one
        advance(1)
