"""Boilerplate: what a site puts around every article. Only lines of a closed shape are cut, whole or at an end.

Content farms put in what portals have, with a name of their own (`返回某某，查看更多`), disclaim what they took, name
no one as the source (`本文来源：网络`) and end with headlines of their other pages.
"""

import re
from collections.abc import Container, Sequence

from pipelines.judge.reading import Article, Line, mark_body
from pipelines.model import Mark, MarkKind

_DUTY = (
    r"(?:责任编辑|责编|编辑|值班编辑|值班编委|值班主编|本文编辑|网络编辑|实习编辑|"
    r"见习编辑|选稿|校对|责任校对|审核|审校|监制|监审|编审|"
    r"初审|复审|终审|统筹|主编|流程编辑|视觉|版面)"
)
_NAMES = r"[^\s。！？!?,，、:：;；/丨|()（）【】\[\]]{1,14}"
#: `编辑 / 王芳` stands among the credits of a picture story: a label, not a cut.
_TITLED = rf"(?:{_DUTY}\s*[:：]|(?:责任编辑|责编|值班编辑|值班编委|值班主编)\s*[/丨|])"
_DUTIES = rf"{_TITLED}\s*{_NAMES}(?:[\s、/|丨,，]+(?:{_DUTY}\s*[:：/丨|]?\s*)?{_NAMES}){{0,6}}"
_MATTER = "内容|资讯|新闻|信息|报道|文章|热点|详情|消息|视频|看点|攻略|干货"
_DISCLAIMED = (
    "仅供参考|不代表|仅代表|不构成|转载|侵权|侵犯|版权归|来源于?网络|来自网络|如有[^。]{0,10}(?:联系|删除)|"
    "风险自担|后果自负|不承担"
)
#: A whole paragraph whose folded text has one of these shapes is cut, under the rule's name.
_LINES = {
    "editor_line": re.compile(rf"[(（【\[]?\s*{_DUTIES}\s*[)）】\]]?[。.]?"),
    "original_title": re.compile(r"[(（【\[]?\s*原标题\s*[:：\s][^。；;]{1,60}[)）】\]]?"),
    "read_more": re.compile(
        r"(?:返回[^\s,，。、；;]{2,12}\s*[,，]\s*(?:查看|了解|阅读)更多|返回搜狐\s*查看更多|打开.{0,10}(?:APP|app|客户端)\s*[,，]?\s*(?:查看|阅读|体验).{0,16}|展开全文|点击(?:查看|阅读)(?:原文|全文|更多)(?:链接)?|"
        r"(?:阅读|查看)(?:原文|全文)|查看更多|相关(?:新闻|链接|阅读|推荐)\s*[:：]?|【?纠错】?|参与互动|我要(?:评论|反馈|纠错)|"
        r"分享(?:到|至)\s*[:：]?.{0,30}|(?:上|下)一篇\s*[:：].{0,60})[。.!！…>》]*"
    ),
    "follow_us": re.compile(
        r"(?=[扫长])(?![^。！？]*(?:就能|就可|的人|市民|居民|游客|顾客|乘客|记者))(?:扫一扫|扫码|长按(?:识别)?|扫描)(?:[^。！？]{0,12})"
        r"(?:二维码|关注|下载)(?:[,，]?(?:即可)?(?:关注|下载|获取|了解|查看|阅读|进群|加入|添加|安装|看)?[^。！？,，]{0,18})"
        r"(?:[,，]更多[^。！？,，]{2,12})?[。！!]?|"
        r"(?:关注|更多精彩[^。]{0,8}关注)[^。！？]{0,20}(?:微信公众号|官方微博|官方微信|客户端)[^。！？]{0,12}[。！!]?"
    ),
    "copyright": re.compile(
        r"[(（【\[]?(?:版权(?:所有|声明|归)|图片版权|未经(?:授权|许可|书面许可)|本文(?:系|为)[^。]{0,16}(?:原创|授权)|"
        r"(?:本网|本站|本报)(?:站)?(?:转载|注明|未注明|所有)|声明\s*[:：][^。]{0,30}(?:不代表|仅代表|转载))[^\n]{0,160}[)）】\]]?"
    ),
    "crumbs": re.compile(r"[您你]?(?:当前|现在|所在)(?:所在)?的?位置\s*[:：](?=[^\n]*(?:>|»|→))[^。！？\n]{2,160}"),
    "news_tip": re.compile(r"[(（【\[]?如(?:果)?(?:您|你)有新闻线索[^\n]{0,120}"),
    "get_app": re.compile(
        rf"(?:(?:了解|查看|获取|浏览|阅读|想看)?更多(?:精彩|最新|热门|优质|相关|本地|{_MATTER}){{1,3}}|(?:精彩|最新)(?:{_MATTER}))"
        r"\s*[,，]?\s*(?:请|敬请|欢迎|可|可以|尽在|就在|就上|都在|上)[^。！？!?\n]{2,30}[。！!]?|"
        r"(?:请|欢迎|点击|扫码|立即|马上){1,2}(?:下载|安装)[^。！？!?,，\n]{2,16}(?:app|客户端)[^。！？!?,，\n]{0,12}[。！!]?"
    ),
    "disclaimer": re.compile(
        r"[(（【\[*※]*(?:免责声明|免责条款)\s*[)）】\]]?\s*[:：][^\n]{4,220}|"
        r"[(（【\[*※]*(?:特别|版权|郑重|重要|本站|本网)?(?:声明|提示|说明|提醒|注)\s*[)）】\]]?\s*[:：]"
        rf"(?=[^\n]*(?:{_DISCLAIMED}))[^\n]{{4,220}}|"
        r"[(（【\[*※]*(?:以上|上述|本文|文中|文章)(?:所有|全部)?(?:内容|信息|观点|数据|图文|资料)?(?:及[^。,，]{1,6})?"
        r"(?:仅供参考|仅代表作者|仅为作者|不代表本|不构成|仅供(?:阅读|学习|交流))[^\n]{0,80}[)）】\]]?|"
        r"[(（【\[*※]*(?:如|若|如果|如有|若有|凡)[^。\n]{0,16}(?:侵权|侵犯)[^\n]{0,30}(?:联系|告知|通知)[^\n]{0,30}[)）】\]]?"
    ),
    "nobodys_source": re.compile(
        r"[(（【\[]?(?:本文|文章|内容|稿件|资料|图片|图文|素材|部分图片|文字|文图)?(?:内容|图片)?(?:来源|来自|源自|源于|转自|转载自|摘自|整理自|综合自)(?:于)?"
        r"\s*[:：]?\s*(?:互联网|网络|网友|网上|综合网络)(?:整理|综合|转载|收集|投稿|公开资料|搜集|素材)?[^\n。]{0,8}[)）】\]]?[。.]?|"
        r"(?:本文|文章|以上内容)(?:系|是|由|为)(?:网络|网友|ai|小编)(?:整理|转载|收集|投稿|综合|生成)[^\n。]{0,10}[。.]?"
    ),
    "code": re.compile(
        r"(?:<?!?--+>|</?[a-z]{1,12}\s*/?>|/[a-z]{1,12}(?:--)?>|\s)+|(?:[a-zA-Z.#*@][\w\s.#:,>*@-]{0,60}\{[^{}一-鿿]{3,}\}?\s*)+|"
        r"(?:\$\(|var\s+\w+\s*=|function\s*\w*\(|window\.|document\.|<script|<style)[^一-鿿]*"
    ),
}
#: Cut at the end of a paragraph that goes on before it.
_TAILS = {
    "editor_tail": re.compile(rf"\s*(?:[(（]\s*{_DUTIES}\s*[)）]|【\s*{_DUTIES}\s*】|\[\s*{_DUTIES}\s*\])\s*$"),
    "read_more_tail": re.compile(
        r"(?:\s*返回[一-鿿]{2,4}|(?<=[。！？!?”）)…\s])\s*返回[一-鿿a-zA-Z]{2,10})\s*[,，]\s*查看更多[>》…]*\s*$"
    ),
}
_TAIL_ENDS = (")", "）", "】", "]", "查看更多", ">", "》", "…")
#: Lines that farms end with and papers do not; and editors who are nobody.
_FARMS = frozenset({"bare_dateline", "ticker", "nobodys_source", "disclaimer"})
_NOBODY = re.compile(
    rf"[(（【\[]?\s*(?:{_DUTY}\s*[:：/]\s*(?:admin|小编|网编|佚名|匿名|未知|网络|小[一-鿿])\s*)+[)）】\]]?[。.]?"
)
_LONGEST_LINE = 260
#: All of `_LINES` at once: what it does not fit needs no other look.
_LINE = re.compile("|".join(f"(?:{shape.pattern})" for shape in _LINES.values()))
_DATE = r"(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日"
#: `某某快报3月1日讯` and nothing else: it names who copied the article, not who wrote it.
_DATELINE = re.compile(rf"([^\s,:;。()0-9]{{2,10}})\s*{_DATE}\s*(?:讯|播|播报|宣)[:。]?")
#: Those that are quoted with their dateline; here it may be the article's only one.
_AGENCY = re.compile("^本|社$|^人民|^新华|^中国|^中新|^央视|[日晚早时]报|记者|[网站台端线道]$")
#: `某某资讯2月26日称,…`, without a full stop: the headline of another page.
_TICKER = re.compile(rf"([^\s,:;。()0-9]{{2,10}})\s*{_DATE}\s*(?:讯|播|播报|报道|消息|称|宣|电)[,:]?\s*[^。!?]{{6,60}}")
_TICKERS = 2


def find_boilerplate(article: Article) -> list[Mark]:
    """Cut editor lines, share prompts, copyright notes, original titles, code, and editor tails."""
    framed = {line.index: mark for line in article.lines if (mark := _judge_line(line)) is not None}
    shaped = [framed[line.index] for line in article.lines if line.index in framed and not line.is_caption]
    cut = {mark.paragraph for mark in shaped}
    return shaped + [mark for mark in _find_datelines(article, framed) if mark.paragraph not in cut]


def is_farms(article: Article, frame: Sequence[Mark]) -> bool:
    """Whether what frames an article is what farms put there."""
    whose = {line.index: line.folded.strip() for line in article.lines}
    return any(
        mark.rule in _FARMS
        or (mark.rule == "editor_line" and mark.paragraph is not None and _NOBODY.fullmatch(whose[mark.paragraph]))
        for mark in frame
    )


def _find_datelines(article: Article, framed: Container[int]) -> list[Mark]:
    """A farm's own dateline alone in a line, and the headlines of its other pages at the end, with a date each."""
    lines = [line for line in article.lines if line.folded.strip()]
    marks = []
    if lines and (found := _DATELINE.fullmatch(lines[0].folded.strip())) and not _AGENCY.search(found[1]):
        marks.append(mark_body(lines[0], 0, len(lines[0].raw), MarkKind.BOILERPLATE, "bare_dateline", 900))
    tickers: list[Line] = []
    for line in reversed(lines[1:]):
        if line.index in framed:
            continue
        if not _TICKER.fullmatch(line.folded.strip()):
            break
        tickers.append(line)
    names = {found[1] for line in tickers if (found := _TICKER.fullmatch(line.folded.strip()))}
    if len(tickers) >= _TICKERS and len(names) == 1:
        marks += [mark_body(li, 0, len(li.raw), MarkKind.BOILERPLATE, "ticker", 900) for li in reversed(tickers)]
    return marks


def _judge_line(line: Line) -> Mark | None:
    stripped, folded = line.raw.strip(), line.folded.strip()
    if not stripped:
        return None
    if len(folded) <= _LONGEST_LINE and _LINE.fullmatch(folded):
        for rule, shape in _LINES.items():
            if shape.fullmatch(folded):
                return mark_body(line, 0, len(line.raw), MarkKind.BOILERPLATE, rule, 950)
    if not stripped.endswith(_TAIL_ENDS):
        return None
    for rule, shape in _TAILS.items():
        found = shape.search(line.raw, max(0, len(line.raw) - _LONGEST_LINE))
        if found and found.start() > 0:
            return mark_body(line, found.start(), found.end(), MarkKind.BOILERPLATE, rule, 950)
    return None
