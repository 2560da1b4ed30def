"""Boilerplate: what a site puts around every article. Only lines of a closed shape are cut, whole or at an end."""

import re

from pipelines.judge.reading import Article, Line, mark_body
from pipelines.model import Mark, MarkKind

_DUTY = (
    r"(?:责任编辑|责编|编辑|值班编辑|值班编委|值班主编|本文编辑|网络编辑|实习编辑|"
    r"见习编辑|选稿|校对|责任校对|审核|审校|监制|监审|编审|"
    r"初审|复审|终审|统筹|主编|流程编辑|视觉|版面)"
)
_NAMES = r"[^\s。！？!?,，:：;；()（）【】\[\]]{1,14}"
_DUTIES = rf"{_DUTY}\s*[:：/丨|]\s*{_NAMES}(?:[\s、/|丨,，]+(?:{_DUTY}\s*[:：/丨|]?\s*)?{_NAMES}){{0,6}}"
#: A whole paragraph of one of these shapes is cut, under the rule's name.
_LINES = {
    "editor_line": re.compile(rf"[(（【\[]?\s*{_DUTIES}\s*[)）】\]]?[。.]?"),
    "original_title": re.compile(r"[(（【\[]?\s*原标题\s*[:：\s][^。；;]{1,60}[)）】\]]?"),
    "read_more": re.compile(
        r"(?:返回搜狐\s*[,，]?\s*查看更多|打开.{0,10}(?:APP|app|客户端)\s*[,，]?\s*(?:查看|阅读|体验).{0,16}|展开全文|点击(?:查看|阅读)(?:原文|全文|更多)(?:链接)?|"
        r"(?:阅读|查看)(?:原文|全文)|查看更多|相关(?:新闻|链接|阅读|推荐)\s*[:：]?|【?纠错】?|参与互动|我要(?:评论|反馈|纠错)|"
        r"分享(?:到|至)\s*[:：]?.{0,30}|(?:上|下)一篇\s*[:：].{0,60})[。.!！…>》]*"
    ),
    "follow_us": re.compile(
        r"(?:扫一扫|扫码|长按(?:识别)?|扫描)(?:[^。！？]{0,12})(?:二维码|关注|下载)(?:[^。！？]{0,24})[。！!]?|"
        r"(?:关注|更多精彩[^。]{0,8}关注)[^。！？]{0,20}(?:微信公众号|官方微博|官方微信|客户端)[^。！？]{0,12}[。！!]?"
    ),
    "copyright": re.compile(
        r"[(（【\[]?(?:版权(?:所有|声明|归)|图片版权|未经(?:授权|许可|书面许可)|本文(?:系|为)[^。]{0,16}(?:原创|授权)|"
        r"(?:本网|本站|本报)(?:站)?(?:转载|注明|未注明|所有)|声明\s*[:：][^。]{0,30}(?:不代表|仅代表|转载))[^\n]{0,160}[)）】\]]?"
    ),
    "news_tip": re.compile(r"[(（【\[]?如(?:果)?(?:您|你)有新闻线索[^\n]{0,120}"),
    "code": re.compile(
        r"(?:[a-zA-Z.#*@][\w\s.#:,>*@-]{0,60}\{[^{}一-鿿]{3,}\}?\s*)+|"
        r"(?:\$\(|var\s+\w+\s*=|function\s*\w*\(|window\.|document\.|<script|<style)[^一-鿿]*"
    ),
}
#: Cut at the end of a paragraph that goes on before it.
_TAILS = {
    "editor_tail": re.compile(rf"\s*(?:[(（]\s*{_DUTIES}\s*[)）]|【\s*{_DUTIES}\s*】|\[\s*{_DUTIES}\s*\])\s*$"),
    "read_more_tail": re.compile(r"\s*返回[一-鿿]{2,4}\s*[,，]\s*查看更多\s*$"),
}
_LONGEST_LINE = 260


def find_boilerplate(article: Article) -> list[Mark]:
    """Cut editor lines, share prompts, copyright notes, original titles, code, and editor tails."""
    return [mark for line in article.lines if not line.is_caption and (mark := _judge_line(line)) is not None]


def _judge_line(line: Line) -> Mark | None:
    stripped = line.raw.strip()
    if not stripped:
        return None
    if len(stripped) <= _LONGEST_LINE:
        for rule, shape in _LINES.items():
            if shape.fullmatch(stripped):
                return mark_body(line, 0, len(line.raw), MarkKind.BOILERPLATE, rule, 950)
    for rule, shape in _TAILS.items():
        found = shape.search(line.raw)
        if found and found.start() > 0:
            return mark_body(line, found.start(), found.end(), MarkKind.BOILERPLATE, rule, 950)
    return None
