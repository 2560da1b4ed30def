"""Cores of keywords: runs of the words that injected keywords are made of, and where the name before one may begin."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from pipelines.fold import to_points
from pipelines.judge.keywords import SEARCHED, TRADE
from pipelines.judge.lookup import Array

_TOLD = re.compile(
    r"(?!登[录陆]入口)(?:登录|登陆|下载|注册|安装|进入|打开)(?:官方|手机|最新版|免费)*"
    r"(?:app|软件|客户端|游戏|平台|网站|官网|官方网站|网址|网页版|手机版|入口|链接|地址)"
)
#: `下载手机app` is what news tells its readers to do: it says so much less.
_SAID_OF_READERS = 40
#: Characters and words of grammar: no brand holds one, so none begins before it.
_GRAMMAR = frozenset("的了和与及在是把被从将对也就都而但这那更还又很某该此其向于由为以或并让给着过每各用可到请需")
_SYNTAX = frozenset((
    "通过", "进行", "进入", "使用", "利用", "借助", "依托", "打开", "访问", "关注", "点击", "提供", "推出", "上线",
    "开发", "建设", "搭建", "构建", "打造", "完善", "研究", "编译", "斩获", "旗下", "要求", "无需", "需要", "可以",
    "可能", "能够", "没有", "已经", "正在", "不能", "不会", "我们", "他们", "你们", "自己", "大家", "所有", "一个",
    "一款", "一家", "这个", "那个", "如何", "怎么", "什么", "因为", "所以", "如果", "虽然", "不过", "然后", "同时",
    "以及", "或者", "相关", "用户", "误导", "公司", "据悉", "比如", "包括", "例如", "根据", "按照", "关于", "对于",
    "由于", "为了", "作为", "成为", "到了", "看到", "得到", "发现", "表示", "认为", "介绍", "报道", "记者", "来自",
    "来源", "冲到", "跌出",
))  # fmt: skip
#: After a number, what it counts: no brand begins with it.
_NUMBER = frozenset("0123456789一二三四五六七八九十百千万亿两几多余")
_COUNTED = frozenset("处个名家件起位岁年月日号项条座次人天万亿元米吨场届批套")
_LONGEST_BRAND = 8
#: Between the words of one keyword may stand symbols, brackets, the name again in Latin letters: `体育·(中国)官方网站`,
#: `体育(abc)在线登录`, `官网★★手机版`.
_BETWEEN = (
    "(?:[-·•_|丨/~→> \u2600-\u27bf\u2b50\ufe0f\U0001f300-\U0001faff]{1,3}|\\([a-z0-9 .]{2,16}\\)"
    "|[\\])】〗」][-·•_|\\[(【〖「 ]?|[\\[(【〖「])"
)
#: A core that says less is looked at only where it follows a Latin word, or where the text after it hangs loosely.
STRONG, LATIN = 42, 15


class Core(NamedTuple):
    """A run of such words in a text, with what they say. A tuple: a hostile paragraph has ten thousand of them."""

    start: int
    end: int
    #: Points of its words of trade and of search, of the strongest of them, and the words themselves.
    trade: int
    searched: int
    strongest: int
    words: tuple[str, ...]

    @property
    def weight(self) -> int:
        return self.trade + self.searched


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words, with their points."""

    trade: dict[str, int]
    searched: dict[str, int]

    @cached_property
    def heads(self) -> tuple[Array, Array]:
        """By code point, a character's place among the first ones of longer words, and among their second ones, from 1;
        by both places, whether a run may begin so. A word of one begins none alone."""
        words = sorted(self.trade | self.searched)
        firsts, seconds = (sorted({word[at] for word in words if len(word) > 1}) for at in (0, 1))
        places = np.zeros((2, 1 << 16), np.int32)
        for row, letters in zip(places, (firsts, seconds), strict=True):
            row[list(map(ord, letters))] = range(1, len(letters) + 1)
        begins = np.zeros((len(firsts) + 1, len(seconds) + 1), bool)
        for word in words:
            begins[places[0, ord(word[0])], places[1, ord(word[1])] if len(word) > 1 else slice(1, None)] = True
        begins[0] = False
        return places, begins

    @cached_property
    def run(self) -> re.Pattern[str]:
        """One word after another."""
        words = f"(?:{_branch(sorted(self.trade | self.searched))})+"
        return re.compile(f"{words}(?:{_BETWEEN}{words})*")

    @cached_property
    def word(self) -> re.Pattern[str]:
        return re.compile(_branch(sorted(self.trade | self.searched)))

    def cores(self, text: str) -> Iterator[Core]:
        """All cores of a text, left to right."""
        (firsts, seconds), begins = self.heads
        points = np.minimum(to_points(text), 0xFFFF)
        heads = begins[firsts.take(points[:-1]), seconds.take(points[1:])]
        end = 0
        for start in np.flatnonzero(heads).tolist():
            if start >= end and (found := self.run.match(text, start)):
                end = found.end()
                yield Core(start, end, *self._say(found[0]))

    @cached_property
    def _say(self) -> Callable[[str], tuple[int, int, int, tuple[str, ...]]]:
        """What a run says, as a `Core` holds it; the same runs come again and again."""
        return lru_cache(maxsize=4096)(self._weigh)

    def _weigh(self, run: str) -> tuple[int, int, int, tuple[str, ...]]:
        words = tuple(self.word.findall(run))
        trade = [self.trade[word] for word in words if word in self.trade]
        searched = [self.searched[word] for word in words if word not in self.trade]
        told = _SAID_OF_READERS if not trade and _TOLD.match(run) else 0
        return sum(trade), sum(searched) - told, max(*trade, *searched, 0), words


def _branch(words: Sequence[str]) -> str:
    """A pattern of the longest of these words, branching at each character."""
    ends = "" in words
    heads = groupby((word for word in words if word), key=itemgetter(0))
    branches = [re.escape(head) + _branch([word[1:] for word in tails]) for head, tails in heads]
    return f"(?:{'|'.join(branches)}){'?' * ends}" if branches else ""


LEXICON = Lexicon(TRADE, SEARCHED)


def starts(text: str, begin: int) -> Iterator[int]:
    """Where the brand before a core may begin: up to eight characters back, a Latin word as a whole."""
    yield begin
    at, size = begin, 0
    while at and size < _LONGEST_BRAND and text[at - 1].isalnum() and text[at - 1] not in _GRAMMAR:
        if text[at - 2 : at] in _SYNTAX:
            return
        at -= 1
        while at and text[at].isascii() and text[at - 1].isascii() and text[at - 1].isalnum():
            at -= 1
        size += 1
        if not (text[at] in _COUNTED and text[max(0, at - 1) : at] in _NUMBER):
            yield at
