"""Where a captured page leads: articles and further lists of a list page, entries of a feed, parts of an article."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from lxml.html import HtmlElement

from pipelines.answers import answer_links, read_answer
from pipelines.decode import decode
from pipelines.errors import PipelineError
from pipelines.feeds import feed_links, is_xml, period_links, unpacked
from pipelines.identity import article_key
from pipelines.model import Link, Role, Source
from pipelines.page import clean_markup, parse
from pipelines.parts import find_parts
from pipelines.urls import canonical_url, host_allowed

#: TRS writes its pager by a script: createPageHTML(total, current, "index", "html"), pages counted from 0.
TRS_PAGER = re.compile(
    r"""createPageHTML\w*\s*\(\s*(\d{1,4})\s*,\s*(\d{1,4})\s*,\s*["']([^"']{1,100})["']\s*,\s*["'](\w{1,8})["']"""
)
REFRESH = re.compile(r"""^\s*\d*\s*[;,]?\s*url\s*=\s*['"]?\s*([^'"\s>]+)""", re.I)
MORE = re.compile(r"(.*/more_)(\d{1,4})$")
MAX_LINKS = 20_000


def find_links(body: bytes, content_type: str, url: str, source: Source, role: Role) -> tuple[Link, ...]:
    """The links of a page, absolute and canonical, in its order, each once. A page that cannot be read has none."""
    try:
        return _find(body, content_type, url, source, role)
    except PipelineError:
        return ()


def _find(body: bytes, content_type: str, url: str, source: Source, role: Role) -> tuple[Link, ...]:
    text = clean_markup(decode(unpacked(body), content_type).text)
    if role in (Role.ARTICLE, Role.PART):
        return find_parts(text, url, source)
    if role == Role.FEED:
        return _kept(feed_links(text), url, url, source)
    if role != Role.LIST:
        return ()
    answer = read_answer(text)
    if answer is not None:
        return _kept(answer_links(answer, url, source.crawl), url, url, source)
    if is_xml(text):
        return _kept(period_links(text) or feed_links(text), url, url, source)
    if not text.strip():
        return ()
    tree = parse(text)
    return _kept(_html_links(tree, text, url), _base(tree, url), url, source)


def _kept(found: Iterable[tuple[str, Role | None]], base: str, url: str, source: Source) -> tuple[Link, ...]:
    """Absolute, canonical, of this outlet, each article once; a link without a role gets it from the patterns."""
    links: dict[str, Link] = {}
    for href, role in found:
        target = absolute(href, base, source)
        kind = _role(target, role, source) if target else None
        if kind is None or (source.hosts and not host_allowed(target, source.hosts)):
            continue
        link = _article(target, source) if kind == Role.ARTICLE else Link(url=target, role=kind)
        if target != url:
            links.setdefault(link.key or target, link)
        if len(links) >= MAX_LINKS:
            break
    return tuple(links.values())


def _article(url: str, source: Source) -> Link:
    """The link to an article; to its first page, where the outlet's addresses tell a further one."""
    if source.crawl.first_page:
        pattern, replacement = source.crawl.first_page
        url = re.sub(pattern, replacement, url, count=1)
    return Link(url=url, role=Role.ARTICLE, key=article_key(url, source))


def absolute(href: str, base: str, source: Source) -> str:
    """The canonical URL of a link, or "" for one that leads nowhere (mailto, javascript, garbage)."""
    href = href.strip()
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
        return ""
    try:
        return canonical_url(urljoin(base, href), source)
    except ValueError:
        return ""


def _role(target: str, role: Role | None, source: Source) -> Role | None:
    """What a link is: as told by its place; else an article or a list by the source's patterns; else nothing."""
    if role in (Role.LIST, Role.FEED):
        return role
    if any(re.search(pattern, target) for pattern in source.article_url):
        return Role.ARTICLE
    if role == Role.ARTICLE and not source.article_url:
        return Role.ARTICLE
    if any(re.search(pattern, target) for pattern in source.crawl.follow):
        return Role.LIST
    return None


def _base(tree: HtmlElement, url: str) -> str:
    """What relative links count from."""
    node = tree.find(".//base[@href]")
    try:
        return urljoin(url, node.get("href", "")) if node is not None else url
    except ValueError:
        return url


def _html_links(tree: HtmlElement, text: str, url: str) -> Iterator[tuple[str, Role | None]]:
    """Every link of a list page, with its role where its place tells it."""
    for node in tree.iter("a", "area", "meta", "span", "li", "div", "frame", "iframe"):
        if node.tag in ("a", "area"):
            yield node.get("href", ""), None
        elif node.tag in ("frame", "iframe"):
            yield node.get("src", ""), None
        elif node.tag == "meta" and node.get("http-equiv", "").lower() == "refresh":
            match = REFRESH.search(node.get("content", ""))
            if match:
                yield match[1], Role.LIST
        if node.get("data-href"):
            yield node.get("data-href", ""), None
    yield from ((href, None) for href in _trs_pages(text))
    yield from ((href, None) for href in _more_pages(tree, url))


def _trs_pages(text: str) -> Iterator[str]:
    """The page after the current one of a list whose pager is a script."""
    for total, current, name, extension in TRS_PAGER.findall(text):
        if int(current) + 1 < int(total):
            yield f"{name}_{int(current) + 1}.{extension}"


def _more_pages(tree: HtmlElement, url: str) -> Iterator[str]:
    """The next fragment of an S-HEX column: `more_2` beside the column page, then `more_3`."""
    match = MORE.match(url)
    if match:
        yield f"{match[1]}{int(match[2]) + 1}"
        return
    for node in tree.iter("input"):
        if node.get("name") == "pageNo" or node.get("id") == "pageNo":
            number = node.get("value", "")
            if number.isascii() and number.isdigit():
                yield re.sub(r"[^/]*$", "", url) + f"more_{int(number)}"
