"""WeChat articles: the body is hidden until a script shows it, and the true time is a variable of that script."""

import re
from collections.abc import Sequence

from pipelines.extract.asked import all_at, fullest_at, text_at
from pipelines.extract.blocks import collapse, read_blocks
from pipelines.extract.metas import read_metas
from pipelines.extract.reading import Reading, read_each
from pipelines.page import Page

#: Looked for by their values: scripts of a megabyte hold few.
STAMP = re.compile(r"""=\s*['"](\d{10})['"]""")
TIME_NAME = re.compile(r"\b(?:ct|oriCreateTime|create_time)\s*$")
MAX_NAME = 24
SHOWN_TIME = re.compile(r"""createTime\s*=\s*['"](\d{4}-\d{2}-\d{2} \d{2}:\d{2})['"]""")
NICKNAME = re.compile(r"""var\s+nickname\s*=\s*(?:htmlDecode\()?['"]([^'"]{1,60})['"]""")


def read(pages: Sequence[Page]) -> Reading | None:
    """Read an article of a WeChat account."""
    return read_each(pages, _read_one)


def _read_one(page: Page) -> Reading | None:
    tree = page.tree
    assert tree is not None
    body = fullest_at(page, ("#js_content",))
    if body is None:
        return None
    metas = read_metas(tree)
    return Reading(
        blocks=read_blocks(body),
        title=text_at(page, ("#activity-name", ".rich_media_title")) or metas.first("og:title"),
        byline=_author(page) or metas.first("og:article:author", "author"),
        origin=text_at(page, ("#js_name", "#profileBt .profile_nickname")) or _first(NICKNAME, page.text),
        published=_stamp(page.text) or _first(SHOWN_TIME, page.text) or text_at(page, ("#publish_time",)),
    )


def _first(pattern: re.Pattern[str], text: str) -> str:
    """What the pattern's group finds, or "": scripts are long, and are searched for what nothing else tells."""
    match = pattern.search(text)
    return match[1] if match else ""


def _stamp(text: str) -> str:
    """The Unix time that a script of the page sets, or ""."""
    for match in STAMP.finditer(text):
        if TIME_NAME.search(text, match.start() - MAX_NAME, match.start()):
            return match[1]
    return ""


def _author(page: Page) -> str:
    """The author beside the account's name; the account's own name is no author."""
    for node in all_at(page, ".rich_media_meta_text, #js_author_name"):
        text = collapse(str(node.text_content())).removeprefix("Original").removeprefix("原创").strip()
        if text and node.get("id") != "publish_time" and "nickname" not in node.get("class", ""):
            return text
    return ""
