"""A first source file for an outlet, drafted from one of its articles. Whoever adds the outlet finishes it."""

import json
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.addresses import article_pattern, site_name
from crawler.selectors import FIELDS, find_layout
from pipelines.extract import extract
from pipelines.extract.anywhere import GENERIC_SOURCE, sniff_family
from pipelines.extract.blocks import collapse, squeeze
from pipelines.model import Extraction, Layout, Source
from pipelines.page import Page
from pipelines.urls import canonical_url

TIMEZONE = "Asia/Shanghai"
HEAD = """\
# A draft from one page, {url}, as {layout} read it on {day}.
# Before it crawls: read the host's robots.txt and terms; put its lists of articles into start_urls; hold article_url
# against a few more addresses; give it a schedule.
"""
CRAWL = """
[crawl]
shape = "section_list"
start_urls = [{seed}]
# schedule = "*/30 * * * *"
delay_s = 2.0
max_depth = 1
"""
FAMILY_READS = "\n# The family reads this page. These selectors find the same, should a page need them.\n"
NO_LAYOUT = "\n# No selectors were found that read this page as {layout} does; it is read without any.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What an outlet is to be called; "" for a name or a title that the page and its address tell."""

    name: str
    title: str
    region: str


def draft(page: Page, names: Names, day: date) -> str:
    """The text of a source file that reads `page`; "" where nothing says which address it came from.

    Raises a PipelineError where the page holds no article.
    """
    page = page if page.url else replace(page, url=_own_url(page))
    if not page.url:
        return ""
    family, source, known = _read(page)
    layout = find_layout(page, known, source, str((known.published_at or day).year))
    return "".join(
        [
            HEAD.format(url=page.url, layout=known.layout, day=day),
            _outlet(page, names, known, family),
            CRAWL.format(seed=_quoted("{0.scheme}://{0.netloc}/".format(urlsplit(page.url)))),
            _layout(layout, known, family),
        ]
    )


def _read(page: Page) -> tuple[str, Source, Extraction]:
    """The family whose marks the page bears, if that reads it; the source that it is read with; what it reads."""
    family = sniff_family(page)
    source = replace(GENERIC_SOURCE, timezone=TIMEZONE, family=family)
    known = extract((page,), source)
    if known.layout == f"family:{family}":
        return family, source, known
    source = replace(source, family="")
    return "", source, extract((page,), source)


def _own_url(page: Page) -> str:
    """The address that a saved page gives as its own; "" where it gives none."""
    if page.tree is None:
        return ""
    for url in page.tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"):
        with suppress(ValueError):
            return canonical_url(str(url), GENERIC_SOURCE)
    return ""


def _outlet(page: Page, names: Names, known: Extraction, family: str) -> str:
    host = urlsplit(page.url).netloc
    title = names.title or (_site_title(page.tree, known.title) if page.tree is not None else "") or host
    lines = [
        f"name = {_quoted(names.name or site_name(page.url))}",
        f"title = {_quoted(title)}",
        f"region = {_quoted(names.region)}",
        f"hosts = [{_quoted(host)}]",
        *([f"family = {_quoted(family)}"] if family else []),
        f"article_url = [{_quoted(article_pattern(page.url))}]",
    ]
    return "".join(f"{line}\n" for line in lines)


def _site_title(tree: HtmlElement, title: str) -> str:
    """The site's name: as a meta tells it, else the last piece of `<title>`."""
    told = tree.xpath("//meta[@property='og:site_name' or @name='application-name']/@content")
    pieces = re.split(r"[_|丨｜—–-]+", collapse(tree.findtext(".//title") or ""))
    for name in (*map(str, told), *reversed(pieces[1:])):
        if squeeze(name) and squeeze(name) not in squeeze(title):
            return collapse(name)
    return ""


def _layout(layout: Layout | None, known: Extraction, family: str) -> str:
    if layout is None:
        return "" if family else NO_LAYOUT.format(layout=known.layout)
    lines = ["[[layout]]", f"name = {_quoted(layout.name)}"]
    for name in ("title", "body", *FIELDS):
        value = getattr(layout, name)
        lines += [f"{name} = {_quoted(value)}"] if value or name == "title" else []
    if layout.remove:
        lines.append(f"remove = [{', '.join(map(_quoted, layout.remove))}]")
    if family:
        return FAMILY_READS + "".join(f"# {line}\n" for line in lines)
    return "\n" + "".join(f"{line}\n" for line in lines)


def _quoted(text: str) -> str:
    """A TOML string: as it stands where it has backslashes, so that a pattern reads as one."""
    if "\\" in text and "'" not in text:
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
