"""Fields that pages of many CMSes name alike: Baidu's ids for news sources, the lines over and under a title."""

import re
from dataclasses import dataclass

from pipelines.extract.asked import all_at, text_at
from pipelines.extract.blocks import collapse
from pipelines.extract.byline import EDITORS
from pipelines.page import Page

#: Baidu's convention for news sources, on sites of every CMS; some ids end in a space.
BAIDU = "[id^=pubtime_baidu], [id^=source_baidu], [id^=author_baidu], [id^=editor_baidu]"
KICKERS = (
    "#PreTitle, founder-introtitle, h3.pre",
    "#introtitle, .introtitle, .intro-title, .pretitle, .pre-title, .kicker, .yinti, .shouldertitle",
)
SUBTITLES = (
    "#SubTitle, founder-subtitle, h4.sub",
    "#subtitle, .subtitle, .sub-title, .futi, .fubiaoti, .second-title",
)
#: Elements that hold a line of editors.
EDITED = ".editor, .editer, .edit, .zrbj, .article-editor, .news_editor"
#: What follows the editors in such a line.
OTHER = re.compile(r"\s*(?:点击|浏览|阅读|来源|作者|发布|时间|日期|字号|字体|人气|分享|评论).*$")
MAX_EDITOR = 60
#: Elements looked at for a line of editors.
MAX_NODES = 6
#: A line over or under a title is no longer than this.
MAX_HEAD = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The texts that a page keeps under Baidu's ids, as printed, labels included; "" where it has none."""

    published: str = ""
    origin: str = ""
    byline: str = ""
    editor: str = ""


def baidu_fields(page: Page) -> Named:
    """The fields under Baidu's ids."""
    found: dict[str, str] = {}
    for node in all_at(page, BAIDU):
        text = collapse(str(node.text_content()))
        if text:
            found.setdefault(node.get("id", "").partition("_")[0], text)
    return Named(
        published=found.get("pubtime", ""),
        origin=found.get("source", ""),
        byline=found.get("author", ""),
        editor=found.get("editor", ""),
    )


def find_kicker(page: Page) -> str:
    """引题: the line over the title, where the page marks it."""
    return _head(page, KICKERS)


def find_subtitle(page: Page) -> str:
    """副题: the line under the title, where the page marks it."""
    return _head(page, SUBTITLES)


def _head(page: Page, selectors: tuple[str, ...]) -> str:
    text = text_at(page, selectors)
    return text if len(text) <= MAX_HEAD else ""


def find_editor(page: Page) -> str:
    """The line of the editors, as printed; an element that says so and holds a label."""
    for node in all_at(page, EDITED)[:MAX_NODES]:
        text = collapse(str(node.text_content()))
        if len(text) <= MAX_EDITOR and EDITORS.search(text):
            return text
    return ""


def editor_in(line: str) -> str:
    """The editors that a line of time, source and the like names, from their label on.

    >>> editor_in("时间：2013-12-11 来源：样例晚报 编辑：周明")
    '编辑：周明'
    """
    match = EDITORS.search(line)
    return OTHER.sub("", line[match.start() :])[:MAX_EDITOR] if match else ""
