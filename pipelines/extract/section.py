"""The section of its site that an article stands in: what a meta says, or the last name of the breadcrumb."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from lxml.html import HtmlElement

from pipelines.extract.blocks import collapse, squeeze
from pipelines.extract.metas import ld_text
from pipelines.extract.view import Calls, View

META_NAMES = ("columnname", "article:section", "channel_name")
#: What breadcrumbs are called (`View.called`).
CALLS = Calls(
    5,
    r" [^#]*crumb|#(?:crumb|breadcrumb) ",
    r" (?:place|weizhi|mbx|dqwz|position|location|news_path|path|sitepath|curmb|lujing) |"
    r"#(?:rwb_navpath|weizhi|location|position) ",
)
#: Elements may be breadcrumbs by what they say: 当前位置, 您的位置.
SAID = ("位置",)
LABEL = re.compile(r"^.{0,8}?(?:当前|您|所在|现在|你|當前|目前)的?\s*位置[^:：]{0,4}[:：]?\s*")
SEPARATOR = re.compile(r"\s*(?:[>＞»›→/／|｜\\]|&gt;|::|-{1,2}(?=\s|>)|—+)+\s*")
#: Steps of a breadcrumb that name no section.
NO_SECTIONS = re.compile(
    r"(?:网站)?(?:首页|主页|正文|详情|详细内容|文章|内容|新闻正文|文章正文|全文|列表|返回首页|阅读|查看|详细|内容页|详情页|home|index)",
    re.I,
)
MAX_CRUMB = 200
MAX_SECTION = 20
#: Elements looked at that say so.
MAX_NODES = 5


def find_section(view: View) -> str:
    """The innermost section that a page names around its article, or says anywhere; or ""."""
    metas = view.metas
    for value in metas.all(*META_NAMES):
        if _is_section(value):
            return value
    for text in (ld_text(item, "articleSection") for item in metas.articles):
        if _is_section(text):
            return text
    title = ""
    for node in _crumbs(view):
        title = title or squeeze(next((node.text or "" for node in view.tree.iter("title")), ""))
        section = read_crumb(collapse(str(node.text_content())), _links(node), title)
        if section:
            return section
    return ""


def _crumbs(view: View) -> Iterator[HtmlElement]:
    """The elements that may be breadcrumbs: those that say so, then those that are named so."""
    for node in chain(_with_steps(view.page.elements_of(set(view.page.saying(SAID)))), view.called(CALLS)):
        if isinstance(node.tag, str) and len(_text(node)) <= MAX_CRUMB:
            yield node


def _with_steps(said: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    """Of the elements that speak of a place those that say 当前位置, each with the steps beside it."""
    labelled = (node for node in said if LABEL.match(_text(node)))
    for node in islice(labelled, MAX_NODES):
        whole = (one for one in (node, *node.iterancestors()) if not _is_label(one))
        yield next(whole, node)


def _is_label(node: HtmlElement) -> bool:
    """Whether an element holds the label alone: the steps stand beside it."""
    return not _links(node) and not SEPARATOR.search(LABEL.sub("", _text(node)))


def _text(node: HtmlElement) -> str:
    return str(node.text_content()).strip()


def _links(node: HtmlElement) -> list[str]:
    texts = [collapse(str(link.text_content())) for link in node.iter("a")]
    return [text for text in texts if text]


def read_crumb(text: str, links: list[str], title: str = "") -> str:
    """The innermost section of a breadcrumb, given its text, those of its links, and the page's title squeezed.

    >>> read_crumb("当前位置：首页 > 新闻 > 要闻 > 正文", [])
    '要闻'
    >>> read_crumb("您的位置: 首页 要闻 一件大事的始末", ["首页", "要闻"])
    '要闻'
    """
    steps = SEPARATOR.split(LABEL.sub("", text))
    named: list[str] = [step.strip(" \u3000:：>") for step in steps] if len(steps) > 1 else []
    for step in (*reversed(links), *reversed(named)):
        if _is_section(step) and not _is_title(squeeze(step), title):
            return step
    return ""


def _is_section(text: str) -> bool:
    return 1 < len(text) <= MAX_SECTION and not NO_SECTIONS.fullmatch(text)


def _is_title(step: str, title: str) -> bool:
    """Whether the last step of a breadcrumb is the article itself; a section has a shorter name."""
    return len(step) > 4 and title.startswith(step)
