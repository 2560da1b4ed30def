"""What a paragraph is like, whatever stands around it: words that advertise, talk, tell of persons, count."""

import re
from collections.abc import Sequence

import numpy as np

from pipelines.judge.space import Array

#: Words that ask for a call, a scan, a purchase. News uses each of them; an advertisement uses several at once.
#: Every choice begins with a character of its own, so that a text is searched quickly.
_PROMO = [
    re.compile(shape)
    for shape in (
        r"微信|wechat|qq群?|加群|进群|私信|留言|公众号",
        r"电话|热线|专线|手机号|客服|-[0-9-]{6}|" + "|".join(f"{digit}[0-9-]{{6}}" for digit in range(10)),
        r"扫码|二维码|点击|链接|关注|回复|添加|搜索",
        r"免费|赠送|立减|优惠|折扣|特价|特惠|低至|包邮|买[一二三1-9]送|秒杀|返现|0元|试听|试用|领取",
        r"限时|名额|仅剩|最后[0-9一二三]+天|抢购|错过|马上|立即|即可|赶紧",
        r"加盟|招商|代理|订购|货到付款|厂家|直销|批发|现货|预约|咨询|报名|招生|招聘|购买|下单|办理|开户|放款|贷款",
        r"元(?<=[0-9]元)|元(?<=[0-9][万千百]元)|月入|日赚|折(?<=[0-9.]折)|%(?<=[0-9]%)(?:收益|优惠)|¥|￥",
        r"保证|包过|无效退款|正品|专业团队|一对一|零基础|无痕|终身|无抵押|无担保|稳赚|高薪|躺赚|祖传|根治",
    )
]
#: Who speaks, or is spoken of: instructions, reviews and results have no persons.
_PERSON = re.compile("(?<!其)[他她]|[“「]|记者|说[,:，：]|告诉|回忆|介绍")
#: By code point: 1 for what is said rather than written, 2 for digits and Latin letters.
_TALK, _PLAIN = 1, 2
_SORTS = np.zeros(0x10000, dtype=np.uint8)
_SORTS[[ord(char) for char in "你您我咱吧呢啊哦嘛呀哈啦么嗯它"]] = _TALK
_SORTS[[ord(char) for char in "0123456789abcdefghijklmnopqrstuvwxyz"]] = _PLAIN


def count_promo(folded: str) -> int:
    """How many kinds of advertising words a text holds."""
    return sum(kind.search(folded) is not None for kind in _PROMO)


def count_persons(folded: str) -> int:
    """How often a text speaks of a person."""
    return len(_PERSON.findall(folded))


def count_talk_and_plain(texts: Sequence[str]) -> tuple[Array, Array]:
    """By folded text, how many of its characters are talk, and how many digits and Latin letters."""
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    sorts = _SORTS.take(np.minimum(points, len(_SORTS) - 1))
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    return (
        np.bincount(owner[sorts == _TALK], minlength=len(texts)),
        np.bincount(owner[sorts == _PLAIN], minlength=len(texts)),
    )


def tells_of_persons(folded: str) -> bool:
    """Whether a text speaks of a person at all."""
    return _PERSON.search(folded) is not None
