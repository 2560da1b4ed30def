"""Injected keywords: a gambling site's name and what people search with it, spliced into a sentence or a title."""

import re

from pipelines.judge.reading import Article, mark_body, mark_title
from pipelines.model import JudgeModel, Mark, MarkKind

_TAIL = r"(?:\(中国\)|（中国）)?(?:官方网站|官网|登录|登陆|入口|app下载|软件下载|下载|注册|平台|进不去|手机版|网页版|代理|最新版|客户端)"
_TRADE = r"(?:体育|真人|电子|棋牌|彩乐园|快三|时时彩|飞艇|赛车pk10|娱乐城|博彩|买球|投注)"
_SHAPE = re.compile(rf"(?:[a-z]{{2,10}}|[\u4e00-\u9fff]{{2,4}}){_TRADE}(?:{_TAIL}){{1,3}}")


def find_injections(article: Article, model: JudgeModel) -> list[Mark]:
    """Cut brand, trade and search words where they stand together."""
    marks = [
        mark_title(m.start(), m.end(), MarkKind.INJECTED, "brand", 900) for m in _SHAPE.finditer(article.folded_title)
    ]
    for line in article.lines:
        for found in _SHAPE.finditer(line.folded):
            marks.append(mark_body(line, found.start(), found.end(), MarkKind.INJECTED, "brand", 900))
    return marks
