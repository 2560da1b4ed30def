"""Titles: what farms hang before an original's title, so that a search for it finds them, and titles of other texts."""

import re

import numpy as np

from pipelines.judge.features import Reading
from pipelines.judge.reading import Article, mark_title
from pipelines.judge.space import cosines
from pipelines.model import Mark, MarkKind

_BRACKETED = re.compile(r"\s*\[\s*(?P<name>[a-z0-9\u4e00-\u9fff]{3,12})\s*\]\s*(?=\S)")
#: Names of goods and services end so. `[组图]`, `[视频]` and the names of columns do not.
_GOODS = re.compile(
    r"(?:水|霜|膏|液|乳|露|丸|散|胶囊|口服液|精华|面膜|口红|香水|化妆品|护肤品|保健品|减肥药|药|酒|茶|奶粉|零食|特产|手机|电脑|游戏|手游|棋牌|彩票|体育|app"
    r"|官网|下载|网站|平台|软件|贷款|网贷|理财|股票|开户|价格|报价|多少钱|怎么样|哪家好|哪里买|排行榜|推荐|招聘|招商|加盟|代理|厂家|批发|直销|品牌|公司"
    r"|培训|驾校|装修|家具|地板|门窗|空调|热水器|净化器|净水器|整形|美容|植发|医院|月嫂|家政|搬家|开锁|租车|二手车|女装|男装|童装|运动鞋)$"
)

#: A title is particular if it holds so many pairs of Hanzi of this rarity (16 * log2): `快讯` may stand over any text.
_PARTICULAR, _RARE = 5, 112
#: Of a particular title's pairs a text of its own holds more than this, per mille; it is about the same, per mille of
#: the cosine, as a whole or in some paragraph. A text of fewer characters may be one picture's.
_SHARED, _AS_WHOLE, _IN_PART, _SHORTEST = 30, 150, 300, 200


def find_title_keywords(article: Article) -> list[Mark]:
    """Cut goods in brackets before the title of an article that says nothing of them."""
    title = article.folded_title
    found = _BRACKETED.match(title)
    if not found or not _GOODS.search(found["name"]):
        return []
    rest = "\n".join((title[found.end() :], *(line.folded for line in article.lines)))
    if any(found["name"][at : at + 2] in rest for at in range(len(found["name"]) - 1)):
        return []
    return [mark_title(0, found.end(), MarkKind.INJECTED, "bracketed_goods", 850)]


def find_mismatch(article: Article, reading: Reading | None) -> list[Mark]:
    """Label a title that is about something else than the text, as farms have them that swap titles.

    It is no proof: a title may play on words. So nothing is cut.
    """
    if reading is None or sum(len(line.folded) for line in reading.lines) < _SHORTEST:
        return []
    text, token, rarity = reading.pairs
    mine, in_text = token[text == 0], np.bincount(token[text > 0], minlength=len(reading.held.codes))
    weight = rarity[text == 0]
    shared = 1000 * int(weight[in_text[mine] > 0].sum()) > _SHARED * int(weight.sum())
    if shared or int((weight >= _RARE).sum()) < _PARTICULAR or _is_about(reading):
        return []
    return [mark_title(0, len(article.title), MarkKind.SUSPECT, "title_mismatch", 700)]


def _is_about(reading: Reading) -> bool:
    """Whether the title is about what the text is about, as a whole or in some paragraph."""
    title, lengths = reading.products[0], np.floor(np.sqrt(np.diagonal(reading.products)))
    whole = np.floor(np.sqrt(reading.products[1:, 1:].sum()))
    in_part = cosines(title[1:], lengths[0] * lengths[1:]).max()
    as_whole = cosines(title[1:].sum(), lengths[0] * whole)
    return not lengths[0] or int(as_whole) > _AS_WHOLE or int(in_part) > _IN_PART
