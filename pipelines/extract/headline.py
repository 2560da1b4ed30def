"""The title of an article: as published, with its column prefix, without the site's name."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from lxml.html import HtmlElement

from pipelines.extract.blocks import collapse, squeeze
from pipelines.extract.metas import ld_text
from pipelines.extract.noise import HIDDEN
from pipelines.extract.view import NOT_FOUND, Calls, Found, View, rule_of, short_text

MAX_TITLE = 300
HANZI = re.compile("[\u3400-\u9fff]")
WORD = re.compile(r"\w+")
#: A title of fewer words is another one by chance.
MIN_WORDS = 5
#: An outlet's name and nothing else, as digital papers have it over each article.
OUTLET = re.compile(
    r"[\u3400-\u9fff]{2,10}(?:新闻网|日报|晚报|早报|晨报|时报|商报|都市报|快报|周刊|周报|在线|热线|电子报|数字报|电子版|客户端|融媒)"
    r"(?:数字报|电子报|电子版|官网|网)?(?:[-_ ]?第?[A-Z0-9]{1,4}版.{0,8})?"
)
#: Between a title and a site's name. A hyphen counts only between spaces or Hanzi.
SEPARATOR = re.compile(r"\s*(?:[_|丨｜»›]|\s[-–—:·•]\s|\s?[–—]+\s?|(?<=[\u3000-\uffef])-{1,3}(?=\S)|--+)\s*")
#: Words that site and section names are made of.
SITE_WORDS = re.compile(
    r"网$|网站|新闻|频道|日报|晚报|早报|晨报|时报|快报|周刊|周报|在线|热线|门户|首页|官网|中心|客户端|资讯|财经|公众号|"
    r"新聞|報$|網$|電子報|蘋果|\.com|\.cn|\.net|\.org|news|times|post|daily|magazine|journal|blog|tv$|澎湃|大众|头条|平台|"
    r"滚动|综合|国内|国际|社会|时政|手机|腾讯|新浪|搜狐|网易|凤凰|百度",
    re.I,
)
#: What elements that hold a headline are called (`View.called`), the surest first.
CALLS = Calls(
    20,
    r"@headline ",
    r"#(?:title|artibodytitle|article_title|activity-name|doctitle|biaoti) ",
    r" (?:article-title|art-title|post-title|entry-title|news-title|news_title|detail_title|detail-title) ",
    r" (?:title|tit|biaoti|article-tit|con-tit|headline|header-title) ",
)
META_NAMES = ("articletitle", "og:title", "twitter:title", "headline", "dc.title", "parsely-title", "sailthru.title")


#: The column that a title begins with: 【…】 or a few words and an upright stroke.
COLUMN = re.compile(r"【([^】]{2,12})】(?=.{4})|([^|丨｜]{2,10}?)\s*[|丨｜](?=.{6})")


def find_title(view: View) -> Found:
    """The headline that the page shows and its `<title>` agrees with; else the best that there is."""
    metas = view.metas
    titles = list(_page_titles(view.tree))
    stated = [(f"meta {name}", text) for name in META_NAMES for text in metas.all(name)]
    stated += [("json-ld", text) for text in (ld_text(item, "headline") for item in metas.articles) if text]
    promised = [*titles, *(text for _rule, text in stated)]
    site = metas.first("og:site_name", "application-name")
    bare = {squeeze(strip_site(promise, site)) for promise in promised}
    for shown in (_first_headings(view), _headings(view)):
        agreed = [found for found in shown if any(_agrees(found.text, promise) for promise in promised)]
        if agreed:
            best = max(agreed, key=lambda found: (squeeze(found.text) in bare, len(found.text)))
            stated_bare = (Found(rule, strip_site(text, site)) for rule, text in stated)
            return next((found for found in stated_bare if _tightens(found.text, best.text)), best)
    bared = [Found(rule, strip_site(text, site)) for rule, text in (*stated, *(("<title>", text) for text in titles))]
    best = _commonest(bared) or NOT_FOUND
    if best.text and not OUTLET.fullmatch(best.text):
        return best
    return next((found for found in _first_headings(view) if not OUTLET.fullmatch(found.text)), best)


def _tightens(stated: str, shown: str) -> bool:
    """Whether a stated title in letters is the one shown with words left out inside it: an editor's second thought.

    Words left out at an end are not: there a title is cut to fit, or stands in a frame of a column or a site.

    >>> _tightens("Police to look into leaks to gangs", "Police to look into information leaks to gangs")
    True
    >>> _tightens("Police to look into leaks", "Police to look into leaks to gangs")
    False
    """
    few, many = WORD.findall(stated.lower()), WORD.findall(shown.lower())
    if not MIN_WORDS <= len(few) < len(many) or (few[0], few[-1]) != (many[0], many[-1]) or HANZI.search(shown):
        return False
    rest = iter(many)
    return all(word in rest for word in few)


def _commonest(promised: Sequence[Found]) -> Found | None:
    """The title that the most promises agree on; of several, the one stated first. twitter's repeats og's."""
    kinds = {(found.rule.replace("twitter:", "og:"), squeeze(found.text)) for found in promised}
    counts = Counter(text for _rule, text in kinds)
    return max(promised, key=lambda found: counts[squeeze(found.text)], default=None)


def find_column(title: str) -> str:
    """The column whose name a Chinese title begins with; it stays in the title as well.

    >>> find_column("棱镜|一件大事的始末与影响"), find_column("【样例观察】老街的新生意"), find_column("A|b c d e f g")
    ('棱镜', '样例观察', '')
    """
    match = COLUMN.match(title)
    name = (match[1] or match[2] or "").strip() if match else ""
    return name if HANZI.search(name) else ""


def _page_titles(tree: HtmlElement) -> Iterator[str]:
    """The texts of `<title>`: two where two documents were glued; those of drawings are none."""
    for node in tree.iter("title"):
        parent = node.getparent()
        if parent is not None and parent.tag in ("head", "html", "body"):
            text = collapse(str(node.text_content()))[:MAX_TITLE]
            if text:
                yield text


def _first_headings(view: View) -> Iterator[Found]:
    """The texts of h1, without hidden ones."""
    yield from _texts("h1", view.tree.iter("h1"))


def _headings(view: View) -> Iterator[Found]:
    """Other elements that may hold a headline."""
    yield from _texts("", view.called(CALLS))
    yield from _texts("heading", view.tree.iter("h2", "h3", "strong"))


def _texts(rule: str, nodes: Iterable[HtmlElement]) -> Iterator[Found]:
    for node in nodes:
        text = short_text(node, MAX_TITLE)
        if len(text) >= 4 and not HIDDEN.search(node.get("style", "")):
            yield Found(rule or rule_of(node), text)


def _agrees(shown: str, promised: str) -> bool:
    """Whether a shown heading is the promised title, or the start or the bulk of it."""
    small, large = squeeze(shown), squeeze(promised)
    if len(small) < 4 or small not in large:
        return False
    return large.startswith(small) or len(small) * 2 >= len(large)


def strip_site(title: str, site: str = "") -> str:
    """A `<title>` without the names of site and sections at its end.

    >>> strip_site("样例标题_样例新闻网")
    '样例标题'
    >>> strip_site("棱镜|一件大事的始末与影响-样例网", "样例网")
    '棱镜|一件大事的始末与影响'
    """
    title = collapse(title)
    while True:
        cuts = list(SEPARATOR.finditer(title))
        if not cuts or not _is_site(title[cuts[-1].end() :], title[: cuts[-1].start()], site):
            return title
        title = title[: cuts[-1].start()].strip()


def _is_site(tail: str, head: str, site: str) -> bool:
    """Whether what follows the last separator names a site or a section."""
    if len(squeeze(head)) < 4 or not squeeze(tail):
        return not squeeze(tail)
    if site and squeeze(site) in squeeze(tail):
        return True
    if len(tail) > 30:
        return False
    return bool(SITE_WORDS.search(tail)) or len(squeeze(tail)) * 3 <= len(squeeze(head))
