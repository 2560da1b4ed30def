"""Titles: what farms hang before an original's title, so that a search for it finds them."""

import re

from pipelines.judge.reading import Article, mark_title
from pipelines.model import Mark, MarkKind

_BRACKETED = re.compile(r"\s*\[\s*(?P<name>[a-z0-9\u4e00-\u9fff]{3,12})\s*\]\s*(?=\S)")
#: Names of goods and services end so. `[组图]`, `[视频]` and the names of columns do not.
_GOODS = re.compile(
    r"(?:水|霜|膏|液|乳|露|丸|散|胶囊|口服液|精华|面膜|口红|香水|化妆品|护肤品|保健品|减肥药|药|酒|茶|奶粉|零食|特产|手机|电脑|游戏|手游|棋牌|彩票|体育|app"
    r"|官网|下载|网站|平台|软件|贷款|网贷|理财|股票|开户|价格|报价|多少钱|怎么样|哪家好|哪里买|排行榜|推荐|招聘|招商|加盟|代理|厂家|批发|直销|品牌|公司"
    r"|培训|驾校|装修|家具|地板|门窗|空调|热水器|净化器|净水器|整形|美容|植发|医院|月嫂|家政|搬家|开锁|租车|二手车|女装|男装|童装|运动鞋)$"
)


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
