"""Captions and credits: labelled, so that readers can tell them from text, and never cut."""

import re

from pipelines.judge.reading import Article, mark_body
from pipelines.model import Mark, MarkKind

_CREDIT = re.compile(
    r"^[(（]?(?:本报|本刊|本网|新华社|中新社)?(?:(?:见习|通讯|特约|实习)?(?:记者|通讯员|作者)|文|图|"
    r"图文|文图|撰文|来源|稿源|稿件来源|文章来源|图文来源|信息来源)"
    r"(?:\s*[:：/丨|]\s*\S.{0,40}|[ \u3000]+[\u4e00-\u9fff]{2,4}"
    r"(?:[ 、\u3000]+(?:(?:记者|通讯员)\s*)?[\u4e00-\u9fff]{2,4}){0,4})$"
    r"|^(?:编辑|排版|校对|视觉|设计|制图|策划|监制|统筹)\s*[/丨|]\s*\S.{0,40}$"
)


def find_captions(article: Article) -> list[Mark]:
    """Label captions, and lines that name who wrote, photographed or first published."""
    marks = []
    for line in article.lines:
        if line.is_caption:
            marks.append(mark_body(line, 0, len(line.raw), MarkKind.CAPTION, "caption", 900))
        elif _CREDIT.match(line.raw.strip()):
            marks.append(mark_body(line, 0, len(line.raw), MarkKind.CREDIT, "credit_line", 900))
    return marks
