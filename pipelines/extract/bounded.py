"""Fields between comments that name them in Chinese: in-house table layouts, and the templates of 大汉 JCMS.

`<!-- 文章正文 begin --> ... <!-- 文章正文 end -->`, `<!--<$[信息内容]>begin--> ... <!--<$[信息内容]>end-->`. Tables
and fonts around them change with every redesign, the comments do not. Comments around the body alone are a designer's
notes, and may hold more than the article: a page whose title is not marked as well is not of this kind.
"""

import re
from collections.abc import Sequence

from pipelines.extract.asked import is_part_of_page
from pipelines.extract.blocks import collapse, read_blocks
from pipelines.extract.fields import baidu_fields, find_editor
from pipelines.extract.metas import read_metas
from pipelines.extract.reading import Reading, read_each, read_fragment
from pipelines.model import Block
from pipelines.page import Page, parse

_LABEL = r"<!--\s*(?:<\$\[)?\s*{}(?:\(\w{{1,8}}\))?\s*(?:\]>)?\s*(?:{})\s*-->"
BEGIN = _LABEL.format(r"(?P<label>[\u4e00-\u9fff]{2,8})", r"begin|start|开始")
END = _LABEL.format(r"(?P=label)", r"end|over|结束")
FIELD = re.compile(rf"{BEGIN}(?P<value>.*?){END}", re.S | re.I)
#: The names that a field goes by. 内容 alone is none: designers set it around whole columns of a page.
BODIES = ("文章正文", "正文", "正文内容", "文章内容", "新闻正文", "新闻内容", "信息内容")
TITLES = ("文章标题", "标题", "标题名称", "主标题", "新闻标题")
KICKERS = ("引题", "引标题", "肩题", "眉题", "文章引题")
SUBTITLES = ("副题", "副标题", "文章副题", "文章副标题")
ORIGINS = ("文章来源", "来源", "稿源", "信息来源", "新闻来源")
AUTHORS = ("文章作者", "作者", "记者")
EDITORS = ("文章编辑", "编辑", "责任编辑", "责编")
TIMES = ("发布日期", "发布时间", "发表时间", "日期", "时间", "文章日期", "生成日期")
SECTIONS = ("栏目", "栏目名称", "所属栏目", "频道")


def read(pages: Sequence[Page]) -> Reading | None:
    """Read an article whose fields stand between comments."""
    return read_each(pages, _read_one)


def _read_one(page: Page) -> Reading | None:
    tree = page.tree
    assert tree is not None
    fields = bounded_fields(page.text)
    title, blocks = _text(fields, TITLES), _body(_first(fields, BODIES))
    if not title or not blocks:
        return None
    metas, named = read_metas(tree), baidu_fields(page)
    return Reading(
        blocks=blocks,
        title=title,
        kicker=_text(fields, KICKERS),
        subtitle=_text(fields, SUBTITLES),
        byline=_text(fields, AUTHORS) or named.byline,
        editor=_text(fields, EDITORS) or named.editor or find_editor(page),
        origin=_text(fields, ORIGINS) or named.origin or metas.first("contentsource"),
        section=_text(fields, SECTIONS) or metas.first("columnname"),
        published=_text(fields, TIMES) or named.published or metas.first("pubdate"),
    )


def bounded_fields(text: str) -> dict[str, str]:
    """The markup between each pair of comments, by its label; of two with one label, the first with text."""
    fields: dict[str, str] = {}
    for match in FIELD.finditer(text):
        if match["value"].strip():
            fields.setdefault(match["label"], match["value"])
    return fields


def _body(markup: str) -> tuple[Block, ...]:
    """The blocks of a body; none where the comments stand around a part of the page with its title and its lists."""
    if not markup.strip():
        return ()
    tree = parse(f"<div>{markup}</div>")
    return () if is_part_of_page(tree) else read_blocks(tree)


def _first(fields: dict[str, str], labels: Sequence[str]) -> str:
    return next((fields[label] for label in labels if label in fields), "")


def _text(fields: dict[str, str], labels: Sequence[str]) -> str:
    """A field as one line of text."""
    return collapse(" ".join(block.text for block in read_fragment(_first(fields, labels))))
