"""A source for pages of no known outlet: the family is told by the marks that each CMS leaves in a page's elements.

A mark inside a script, a style sheet or another page's title is text and no element: it tells nothing.
"""

from collections.abc import Callable
from functools import lru_cache

import lxml.etree

from pipelines.extract import jiaohuidian, nfapp
from pipelines.extract.asked import all_at
from pipelines.extract.view import view_of
from pipelines.model import CrawlPolicy, Shape, Source
from pipelines.page import Page


def names(page: Page, word: str) -> bool:
    """Whether an element is called so by class or id."""
    return word in view_of(page).names


def comments(page: Page, word: str) -> bool:
    """Whether a comment says so."""
    return word in view_of(page).comments


#: (family, where one of the words must stand, the words, the mark: a CSS selector, or an XPath that begins with //),
#: the surest first.
MARKS: tuple[tuple[str, Callable[[Page, str], bool], tuple[str, ...], str], ...] = (
    ("wechat", names, ("#js_content ",), "#js_content"),
    ("thepaper", names, ("#__NEXT_DATA__ ",), "//script[@id='__NEXT_DATA__'][contains(., '\"contentDetail\"')]"),
    ("thepaper", names, ("news_txt",), ".news_txt"),
    ("founder_paper", names, ("#ozoom ",), "#ozoom"),
    ("founder_paper", Page.holds, ("<founder-",), "founder-content, founder-title"),
    ("people", names, ("#rwb_zw ", "rm_txt_con"), "#rwb_zw, .rm_txt_con"),
    ("people", names, ("#p_publishtime ",), "#p_publishtime"),
    ("founder_web", comments, ("enpcontent",), "//comment()[normalize-space(.) = 'enpcontent']"),
    ("founder_web", names, ("#div_page_roll1 ",), "#div_page_roll1"),
    ("trs", names, ("TRS_Editor", "trs_editor_view", "TRS_UEDITOR"), ".TRS_Editor, .trs_editor_view, .TRS_UEDITOR"),
    ("jcms", Page.holds, ("i_articleid", "ContentStart"), "meta[name=i_articleid], meta[name=ContentStart]"),
    ("jcms", comments, ("ZJEG_RSS",), "//comment()[contains(., 'ZJEG_RSS.content')]"),
    (
        "bounded",
        comments,
        ("正文", "内容"),
        "//comment()[contains(., '正文') or contains(., '内容')]"
        "[contains(., 'begin') or contains(., 'start') or contains(., '开始')]",
    ),
    ("s_hex", Page.holds, ("originalId",), "//script[contains(., '\"originalId\"')]"),
    ("nfapp", names, ("article-nfh-icon", "article-crumb"), ".article-nfh-icon, .article-crumb"),
    ("system", names, ("news_more_page_div_id", "cms_block_span"), "#news_more_page_div_id, .cms_block_span"),
    ("dede", names, ("dede_pages", "viewbox"), ".dede_pages, .viewbox"),
    ("dede", Page.holds, ("/plus/count.php",), "script[src*='/plus/count.php']"),
)

#: As a source's family: told by the marks of each page.
ANY_FAMILY = "any"


def sniff_family(page: Page) -> str:
    """The CMS family whose marks a page bears, or ""."""
    if page.tree is None:
        return _sniff_answer(page)
    for family, stands, words, mark in MARKS:
        if any(stands(page, word) for word in words) and _bears(page, mark):
            return family
    return ""


def _sniff_answer(page: Page) -> str:
    """The app whose article a JSON answer holds; S-HEX's reader takes any object with a title and a text."""
    if jiaohuidian.find_item(page.json) is not None:
        return "jiaohuidian"
    return "nfapp" if nfapp.find_item(page.json) is not None else "s_hex"


def _bears(page: Page, mark: str) -> bool:
    if page.tree is None or not mark.startswith("//"):
        return bool(all_at(page, mark))
    return bool(_path(mark)(page.tree))


@lru_cache(maxsize=64)
def _path(mark: str) -> lxml.etree.XPath:
    return lxml.etree.XPath(mark)


#: Reads a page as well as can be without knowing its outlet. Without a time zone, a time keeps the offset that the page
#: prints (China's where it prints none): the day that a reader saw.
GENERIC_SOURCE = Source(
    name="",
    title="",
    region="",
    hosts=(),
    family=ANY_FAMILY,
    timezone="",
    crawl=CrawlPolicy(shape=Shape.SECTION_LIST, start_urls=()),
)
