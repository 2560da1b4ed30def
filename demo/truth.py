"""What a reader of each demo URL ought to find: the yardstick of the tests, made from the same data as the pages."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from demo import faults
from demo.articles import Article, Outlet, read_outlet, read_toml
from demo.farm import Copy, read_copies
from demo.layouts import FAMILIES, dede

#: The outlets with articles of their own.
OUTLETS = ("lanjiang", "yunhe", "binhai", "dongshan", "huaxia")
#: The one that copies them.
FARM = "kuaibao"


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """One URL: an article, or a fault that no article should come of."""

    url: str
    outlet: str
    #: The genuine title, and the title as the page shows it.
    title: str
    shown_title: str
    #: The genuine text: what should stay when everything foreign is cut.
    paragraphs: tuple[str, ...] = ()
    #: The paragraphs inside the article's container as a browser shows them, captions and tails included.
    shown: tuple[str, ...] = ()
    #: 引题 and 副题, which stand with the title: a reader may add them to the text or not.
    subtitles: tuple[str, ...] = ()
    #: Paragraphs inside the container that no browser shows: a reader may leave them out, or keep and cut them.
    hidden: tuple[str, ...] = ()
    #: Indexes into `shown` of paragraphs that are foreign as a whole.
    foreign: tuple[int, ...] = ()
    #: Foreign runs in `shown`: (paragraph, start, end, kind); a whole foreign paragraph has one run.
    spans: tuple[tuple[int, int, int, str], ...] = ()
    #: A printed paper gives only the day: its midnight.
    published_at: datetime
    #: The URL that this was copied from, and how close its genuine part is (same, near, spun).
    copy_of: str = ""
    relation: str = ""
    #: A kind of demo.faults, `slow` or `busy_once`; "" where all is well.
    fault: str = ""


@cache
def _original_urls() -> dict[tuple[str, str], str]:
    outlets = [read_outlet(name, 1) for name in OUTLETS]
    return {
        (outlet.name, article.key): article_url(outlet, article) for outlet in outlets for article in outlet.articles
    }


def article_url(outlet: Outlet, article: Article) -> str:
    """Where an original article stands."""
    return f"http://{outlet.host}{FAMILIES[outlet.layout].article_path(article)}"


@cache
def read_truth(stage: int) -> dict[str, Truth]:
    """The truth of every article and fault at a stage, by URL."""
    outlets = [read_outlet(name, stage) for name in OUTLETS]
    rows = [_of_article(outlet, article) for outlet in outlets for article in outlet.articles]
    farm_host = read_toml(f"{FARM}.toml")["host"]
    rows += [_of_copy(farm_host, copy) for copy in read_copies()]
    hosts = {outlet.name: outlet.host for outlet in outlets} | {FARM: farm_host}
    rows += [_of_fault(hosts[fault.outlet], fault) for fault in faults.read_faults()]
    return {row.url: row for row in rows}


def _of_article(outlet: Outlet, article: Article) -> Truth:
    family = FAMILIES[outlet.layout]
    paragraphs = article.paragraphs
    tail = (f"【编辑：{article.editors[0]}】",) if family.tail_inside and article.editors else ()
    return Truth(
        url=article_url(outlet, article),
        outlet=outlet.name,
        title=article.title,
        shown_title=article.title,
        paragraphs=paragraphs,
        shown=(*paragraphs, *tail),
        subtitles=tuple(filter(None, (article.intro, article.subtitle))),
        foreign=tuple(len(paragraphs) + place for place in range(len(tail))),
        spans=tuple((len(paragraphs) + place, 0, len(line), "boilerplate") for place, line in enumerate(tail)),
        published_at=article.published_at,
        fault=faults.read_delays().get(f"{outlet.name}/{article.key}", ""),
    )


def _of_copy(host: str, copy: Copy) -> Truth:
    visible = [line for line in copy.lines if not line.hidden]
    return Truth(
        url=f"http://{host}{dede.article_path(copy)}",
        outlet=FARM,
        title="".join(segment.text for segment in copy.title.segments if not segment.foreign),
        shown_title=copy.title.text,
        paragraphs=tuple(
            "".join(segment.text for segment in line.segments if not segment.foreign)
            for line in visible
            if not line.foreign
        ),
        shown=tuple(line.text for line in visible),
        hidden=tuple(line.text for line in copy.lines if line.hidden),
        foreign=tuple(index for index, line in enumerate(visible) if line.foreign),
        spans=tuple((index, *span) for index, line in enumerate(visible) for span in line.spans),
        published_at=copy.published_at,
        copy_of=_original_urls()[copy.original.outlet, copy.original.key],
        relation=copy.relation,
    )


def _of_fault(host: str, fault: faults.Fault) -> Truth:
    return Truth(
        url=f"http://{host}{fault.path}",
        outlet=fault.outlet,
        title="",
        shown_title="",
        published_at=fault.published_at,
        fault=fault.kind,
    )
