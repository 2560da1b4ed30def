"""The nouns of Huiliu. All are frozen values: bytes, strings, numbers, tuples, aware datetimes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

#: A header list keeps order and repeats, as the server sent them.
Headers = tuple[tuple[str, str], ...]


class Role(StrEnum):
    """What a captured URL is to the archive."""

    ARTICLE = "article"
    PART = "part"  # a further page, or the JSON twin, of an article
    LIST = "list"
    FEED = "feed"
    ROBOTS = "robots"


class FetchOutcome(StrEnum):
    """How one fetch ended: the closed list of promise P8. `refused_*` asked nothing of the address refused."""

    STORED = "stored"  # a new capture
    UNCHANGED = "unchanged"  # 304, or the same bytes as the capture before
    RETURNED = "returned"  # the page went back to bytes captured earlier
    GONE = "gone"  # 404, 410
    BLOCKED = "blocked"  # 401, 403, 412, 429, 451, 503, 521: the site refuses us for now
    REFUSED_ROBOTS = "refused_robots"
    REFUSED_EGRESS = "refused_egress"
    REFUSED_OFFSITE = "refused_offsite"
    REFUSED_SCHEME = "refused_scheme"
    REFUSED_REDIRECTS = "refused_redirects"
    REFUSED_TOO_LARGE = "refused_too_large"
    REFUSED_URL = "refused_url"
    FAILED_TIMEOUT = "failed_timeout"
    FAILED_DNS = "failed_dns"
    FAILED_CONNECTION = "failed_connection"
    FAILED_HTTP = "failed_http"  # any other status that is not 2xx
    FAILED_BODY = "failed_body"  # a body cut short, or one that does not decompress
    LOST = "lost"  # the process ended before the fetch did; found by its expired lease


class ReadOutcome(StrEnum):
    """How reading one capture with one version ended."""

    READ = "read"  # there is a document
    NOT_TEXT = "not_text"
    BLOCK_PAGE = "block_page"
    CAPTCHA = "captcha"
    SOFT_404 = "soft_404"
    NO_BODY = "no_body"
    TOO_COMPLEX = "too_complex"
    TIMEOUT = "timeout"  # its worker was stopped at the time limit
    MEMORY = "memory"  # its worker ran out of its memory limit
    CRASHED = "crashed"  # its worker died


#: From this score, per mille, an article is called spun (伪原创).
SPUN = 500


class MarkKind(StrEnum):
    """What a mark says of its span."""

    BOILERPLATE = "boilerplate"
    OFF_TOPIC = "off_topic"
    PROMO = "promo"
    INJECTED = "injected"
    ECHO = "echo"
    REPAIRED = "repaired"
    CAPTION = "caption"
    CREDIT = "credit"
    SPUN_WORD = "spun_word"
    REPLACED_NAME = "replaced_name"
    SUSPECT = "suspect"


#: The kinds whose spans are left out of the clean text. All others only label.
CUTS = frozenset({MarkKind.BOILERPLATE, MarkKind.OFF_TOPIC, MarkKind.PROMO, MarkKind.INJECTED, MarkKind.ECHO})


class MarkField(StrEnum):
    """Which raw text a mark's offsets count in."""

    BODY = "body"
    TITLE = "title"
    DOCUMENT = "document"  # the document as a whole: no paragraph, offsets 0


class BlockKind(StrEnum):
    """What an extracted block is in the page."""

    TEXT = "text"
    HEADING = "heading"
    CAPTION = "caption"


class DateQuality(StrEnum):
    """How much the page says about when it was published. The last three come without a time."""

    MINUTE = "minute"  # it prints the hour and minute
    DAY = "day"
    RELATIVE = "relative"  # 3小时前, 昨天: counted from the fetch
    UPDATED = "updated"  # only the time of its last change
    ADDRESS = "address"  # only its URL holds a day
    IMPOSSIBLE = "impossible"  # it prints a day that no calendar has
    FUTURE = "future"  # it prints a day after the fetch
    NONE = "none"


class Shape(StrEnum):
    """How a site lists its articles; there is one spider a shape."""

    SECTION_LIST = "section_list"
    DIGITAL_PAPER = "digital_paper"
    FEED = "feed"
    JSON_API = "json_api"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where one generation of an outlet's pages keeps its fields, as CSS selectors; "" where the page has none."""

    name: str
    title: str
    body: str
    byline: str = ""
    origin: str = ""
    published: str = ""
    kicker: str = ""
    subtitle: str = ""
    editor: str = ""
    section: str = ""
    #: Elements inside the body that are no text of the article (share bars, pagers).
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlPolicy:
    """When, how fast and from where an outlet is crawled. No part of it changes what a capture reads as."""

    shape: Shape
    #: Seeds. A digital paper's hold strftime codes (`.../%Y%m/%d/node_1.html`), one issue a day.
    start_urls: tuple[str, ...]
    #: Regexes (re.search on the canonical URL): further list pages to follow.
    follow: tuple[str, ...] = ()
    #: A crontab line in the outlet's time zone; "" is never scheduled.
    schedule: str = ""
    delay_s: float = 1.0
    concurrency: int = 1
    deadline_s: int = 900
    #: Hours after a fetch at which an article is fetched again to see edits; then never more.
    recheck_hours: tuple[int, ...] = (1, 24, 168)
    #: For json_api: dotted paths into a list answer: the array of items, the item's link, the link of the next page.
    items_path: str = ""
    link_path: str = ""
    next_path: str = ""
    #: (pattern, replacement) that turns the address of an article's further page into that of its first; empty where
    #: lists lead to first pages only.
    first_page: tuple[str, str] | tuple[()] = ()
    #: How many list pages deep a section is followed.
    max_depth: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An outlet as data: one TOML file. Fields outside `crawl` decide how its captures are read."""

    name: str
    title: str
    region: str
    #: The only host names this outlet may be asked at.
    hosts: tuple[str, ...]
    #: The CMS family whose extractor is tried after the layouts ("" is generic only).
    family: str = ""
    layouts: tuple[Layout, ...] = ()
    #: Regexes (re.search on the canonical URL): what is an article.
    article_url: tuple[str, ...] = ()
    #: (pattern, replacement) that turns an article's URL into that of its JSON twin; empty where it has none.
    json_twin: tuple[str, str] | tuple[()] = ()
    #: Query parameters that do not name the article (tracking).
    drop_params: tuple[str, ...] = ()
    #: (kind of number, regexes): canonical URLs in which the groups hold the same number of a kind are one article.
    identity: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: Other names under which texts name this outlet; they change no reading.
    aliases: tuple[str, ...] = ()
    timezone: str = "Asia/Shanghai"
    language: str = "zh"
    crawl: CrawlPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Bytes as they came, with where and when from. Never rewritten."""

    #: The archive's id; None before it is stored.
    id: int | None = None
    outlet: str
    #: Canonical URL: what identifies the capture, by sha256.
    url: str
    #: Where the redirects ended.
    final_url: str
    #: Aware, UTC.
    fetched_at: datetime
    status: int
    headers: Headers
    body: bytes
    #: sha256 of `body`, 32 bytes.
    digest: bytes
    role: Role

    def header(self, name: str) -> str:
        """The first header of that name in any case, or ""."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A URL that a page led to, and what it is expected to be."""

    url: str
    role: Role
    #: For a part: its place among the article's parts, from 1.
    ordinal: int = 0
    #: For an article: what it has in common with its other addresses (`identity.article_key`); "" is not known.
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of an article's container, as extracted; white space collapsed, nothing cut."""

    text: str
    kind: BlockKind = BlockKind.TEXT
    #: For a caption: absolute URL of its picture, as the page names it; never fetched.
    image: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What an extractor read in the pages of one article."""

    #: The layout, family or extractor that read it: `layout:2021`, `family:trs`, `generic`.
    layout: str
    #: As published, with its column's prefix; without the site's name.
    title: str
    #: 引题, the line over the title, and 副题, the line under it.
    kicker: str = ""
    subtitle: str = ""
    #: The column that the title begins with (棱镜 in 棱镜|…).
    column: str = ""
    #: Section of the site, or page of the paper (版面).
    section: str = ""
    #: Authors joined by 、, labels removed; "" where the page names none.
    byline: str = ""
    #: Editors (责任编辑, 校对), joined by 、.
    editor: str = ""
    #: 来源: the medium that the page credits.
    origin: str = ""
    #: As printed on the page.
    published_text: str = ""
    #: Aware, in the outlet's time zone; None where the page gives no believable time.
    published_at: datetime | None = None
    date_quality: DateQuality = DateQuality.NONE
    #: (field, the rule that found it), for the fields that were found, in the order of the fields here.
    found_by: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()
    #: Characters of text on the page outside the article's container: what the extractor left out.
    outside_chars: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One raw paragraph, as extracted."""

    index: int
    raw: str
    kind: BlockKind = BlockKind.TEXT
    image: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A repair, a cut or a label over a span of a raw field. Offsets are code points."""

    field: MarkField
    paragraph: int | None
    start: int
    end: int
    kind: MarkKind
    rule: str
    #: Confidence in per mille (0..1000): an integer, so that no rounding decides.
    score: int
    #: What stands in place of the span; None for cuts and labels.
    replacement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What two documents are compared by."""

    #: sha256 of the clean text, folded (width, script, case) and without white space and punctuation.
    text_digest: bytes
    #: The same of its lines, kept apart by line feeds: what the texts of the archive are known by.
    lines_digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A work that a text names."""

    #: As named, folded.
    title: str
    #: The outlet that it is said to be of, folded, names joined by 、 (`pipelines.outlet_names`); "" where none is.
    outlet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What one version of the pipeline read in one article capture and its parts."""

    #: Canonical URL of the article.
    url: str
    #: What makes its captures one article (`identity.capture_key`).
    key: str
    layout: str
    #: Raw, as extracted; so are the fields up to `found_by`, which are an Extraction's.
    title: str
    kicker: str = ""
    subtitle: str = ""
    column: str = ""
    section: str = ""
    byline: str
    editor: str = ""
    origin: str
    published_text: str
    published_at: datetime | None
    date_quality: DateQuality = DateQuality.NONE
    found_by: tuple[tuple[str, str], ...] = ()
    #: Of the clean text: zh-Hans, zh-Hant, en, mixed, or "" for any other.
    language: str = ""
    paragraphs: tuple[Paragraph, ...]
    #: In order of field, paragraph, start, end, kind, rule.
    marks: tuple[Mark, ...]
    #: What the marks leave of the title.
    clean_title: str
    #: What the marks leave of the paragraphs, joined by a line feed; empty ones left out.
    clean_text: str
    #: Clean title, a line feed and clean text, folded for search (`pipelines.fold`).
    folded: str
    #: Per mille; 500 and more says 伪原创.
    spun_score: int
    fingerprint: Fingerprint
    #: What the clean text names, in order, each title once.
    citations: tuple[Citation, ...]
    outside_chars: int
    #: The character set that the article's bytes were decoded with.
    charset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A phrase or a paragraph that recurs across unrelated articles of the archive, with the evidence."""

    #: `phrase`: anywhere in a text; `paragraph`: as a whole.
    shape: str
    #: The folded phrase, or the paragraph's `pipelines.judge.witness.paragraph_key`.
    key: str
    #: As first seen.
    raw: str
    #: What it is marked as, by which rule, how surely (per mille).
    kind: MarkKind
    rule: str
    score: int
    #: In how many articles of unrelated texts it stands, of how many outlets.
    articles: int
    outlets: int
    #: In how many of them it was added to a text whose original the archive holds.
    copies: int
    first_seen_at: datetime
    last_seen_at: datetime
    #: The first of these articles.
    article_ids: tuple[int, ...]
