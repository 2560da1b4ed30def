"""What an article tells of itself, of all that content farms' keywords speak of: betting, lotteries, fraud, programs.

Police report on betting rings, lottery centres on draws, consumer desks on applications that load others. Their own
words are those that keywords are made of, and a sentence of theirs may look like one.
"""

import re
from collections.abc import Iterable

#: By matter, words with which it is told of. Those that keywords are mostly made of themselves are left out.
_MATTERS = {
    "betting": "赌博|赌球|赌场|赌资|网赌|参赌|涉赌|开设赌|博彩|下注|投注|赔率|庄家|彩金|时时彩",
    "lottery": "彩票|体彩|福彩|双色球|大乐透|彩民|中奖|公益金|投注站|即开型|兑奖",
    "fraud": "诈骗|反诈|被骗|骗局|骗取|刷单|杀猪盘|冒充|洗钱|受害人|嫌疑人|网贷|套路贷|转账",
    "programs": "下载|安装|软件|应用商店|小程序|木马|病毒|客户端|内测|弹窗|插件|卸载|破解",
    "games": "玩家|游戏|电竞|手游|试玩|公测|赛季|战队",
    "pirates": "盗版|侵权|版权|片源|院线|正版|盗录|翻录",
}
_SHAPES = [re.compile(words) for words in _MATTERS.values()]
#: So many texts, the title among them, make it the article's own matter.
_TEXTS = 2


def tells_of_keywords(texts: Iterable[str]) -> bool:
    """Whether folded texts, without what may be a keyword in them, tell of a matter that keywords speak of."""
    told = list(texts)
    return any(sum(shape.search(text) is not None for text in told) >= _TEXTS for shape in _SHAPES)
