"""How the paragraphs of an article fit it, in whole numbers: what the off-topic rule looks at.

All paragraphs are measured at once, a row each. The title counts as a text that the others share pairs with.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.judge.reading import Article, Line
from pipelines.judge.space import CROWD_LENGTH, Array, Held, Space, cosines, find_rows, hold, point

#: Shared pairs of this rarity (16 * log2) say more than coverage by common ones.
_RARE = 112
#: A shorter paragraph holds too little to be judged by.
LONG = 30
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
_TALK = re.compile("[你您我咱吧呢啊哦嘛呀哈啦么嗯它]")
_PERSON = re.compile("(?<!其)[他她]|[“「]|记者|说[,:，：]|告诉|回忆|介绍")
_PLAIN = re.compile("[0-9a-z]")
#: What is compared with the article's judged paragraphs, and of which their middle is a feature too.
_PLACED, _MIDDLED = ("cover_pairs", "rest", "best", "rank", "talk", "plain", "unknown"), 4
#: The features, in the order of their columns.
FEATURES = (
    "length", "words", "count", "rest_length", "promo", "talk", "person", "plain", "unknown", "weight",
    "cover_pairs", "cover_far", "cover_title", "rare", "rare_shared", "rare_share", "met",
    "rest", "far", "best", "second", "third", "next", "bridge", "title",
    "rank", "crowd_best", "crowd_top", "crowd_mean",
    *(f"{name}_{how}" for name in _PLACED for how in ("below", "place")),
    *(f"{name}_{how}" for name in _PLACED[:_MIDDLED] for how in ("median", "quarter")),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """An article's paragraphs, read once: whatever of them is left, its features follow from this."""

    lines: tuple[Line, ...]
    #: Which paragraphs may be judged.
    judged: Array
    #: What each holds; text 0 is the title.
    held: Held
    rarity: Array
    is_pair: Array
    #: Products of each two vectors, the title's among them, and with each text of the crowd.
    products: Array
    crowd: Array
    #: Of each paragraph alone: one column a name in `_ALONE`.
    alone: Array


_ALONE = ("length", "words", "promo", "talk", "person", "plain", "unknown", "weight")


def may_be_judged(line: Line) -> bool:
    """Whether a paragraph is long enough, and no caption."""
    return not line.is_caption and len(line.folded.strip()) >= LONG


def read_lines(article: Article, skipped: Collection[int | None], space: Space) -> Reading:
    """Read every paragraph that is not cut as boilerplate; long ones that are no captions may be judged."""
    lines = tuple(line for line in article.lines if line.index not in skipped)
    held = hold([article.folded_title, *(line.folded for line in lines)])
    rows = find_rows(space, held)
    rarity = space.rarities[rows].astype(np.int64)
    is_pair = held.is_hanzi_pair()
    vectors = point(space, held, rows)
    return Reading(
        lines,
        np.array([may_be_judged(line) for line in lines], dtype=bool),
        held,
        rarity,
        is_pair,
        vectors @ vectors.T,
        vectors[1:] @ space.crowd,
        _read_alone(lines, held, rarity, is_pair, rows == len(space.codes)),
    )


def _read_alone(lines: Sequence[Line], held: Held, rarity: Array, is_pair: Array, unknown: Array) -> Array:
    """What each paragraph is like, whatever stands around it."""
    words = _sum(held, is_pair)[1:]
    few = np.maximum(words, 1)
    whole = "\n".join(line.folded for line in lines)
    promo_kinds = [kind for kind in _PROMO if kind.search(whole)]
    found = np.array(
        [
            (
                len(line.folded),
                sum(bool(kind.search(line.folded)) for kind in promo_kinds) if may_be_judged(line) else 0,
                len(_TALK.findall(line.folded)),
                len(_PERSON.findall(line.folded)),
                len(_PLAIN.findall(line.folded)),
            )
            for line in lines
        ],
        dtype=np.int64,
    ).reshape(-1, 5)
    length, promo, talk, person, plain = found.T
    size = np.maximum(length, 1)
    return np.stack(
        (
            length,
            words,
            promo,
            1000 * talk // size,
            1000 * person // size,
            1000 * plain // size,
            1000 * _sum(held, is_pair & unknown)[1:] // few,
            _sum(held, is_pair * rarity)[1:] // few,
        ),
        axis=1,
    )


def _sum(held: Held, weights: Array) -> Array:
    """By text, the weights of the tokens that it holds."""
    return np.bincount(held.text, weights[held.token], held.texts).astype(np.int64)


def measure_features(reading: Reading, left: Array) -> Array:
    """The features of those paragraphs of an article that are left, by which it is then alone: a row each."""
    at = np.flatnonzero(left)
    alone = reading.alone[at]
    found = dict(zip(_ALONE, alone.T, strict=True))
    found["count"] = np.full(len(at), reading.judged[at].sum())
    found["rest_length"] = found["length"].sum() - found["length"]
    found |= _cover(reading, left) | _compare(reading, at)
    judged = reading.judged[at]
    for name in _PLACED:
        found |= _place(name, found[name], judged)
    return np.stack([found[name] for name in FEATURES], axis=1).astype(np.int64)


def _cover(reading: Reading, left: Array) -> dict[str, Array]:
    """How much of a paragraph's pairs the article holds elsewhere, and the title's it holds itself."""
    held, size = reading.held, len(reading.held.codes)
    here = np.concatenate(([True], left))
    place = np.cumsum(here) - 1
    used = here[held.text] & reading.is_pair[held.token]
    text, token = place[held.text[used]], held.token[used]
    texts = int(place[-1]) + 1
    weight = reading.rarity[token]
    times = np.bincount(token, minlength=size)[token]
    beside = (np.diff(token) == 0) & (np.diff(text) == 1) & (text[:-1] > 0)
    near = np.zeros(len(token), dtype=np.int64)
    near[1:] += beside
    near[:-1] += beside
    titled = np.zeros(size, dtype=bool)
    titled[token[text == 0]] = True
    rare = weight >= _RARE

    def add(some: Array) -> Array:
        return np.bincount(text, some, texts).astype(np.int64)[1:]

    total = np.maximum(1, add(weight))
    rares, shared = add(rare), add(rare & (times > 1))
    title = max(1, int(weight[text == 0].sum()))
    return {
        "cover_pairs": 1000 * add(weight * (times > 1)) // total,
        "cover_far": 1000 * add(weight * (times > 1 + near)) // total,
        "cover_title": 1000 * add(weight * titled[token]) // title,
        "rare": rares,
        "rare_shared": shared,
        "rare_share": 1000 * shared // np.maximum(1, rares),
        "met": 1000 * add(np.minimum(times - 1, 4)) // np.maximum(1, add(times > 0)),
    }


def _compare(reading: Reading, at: Array) -> dict[str, Array]:
    """What a paragraph is about, beside what the rest, those far from it, each other, its neighbours and the crowd are.

    Products of sums are sums of products, so no vector is added up.
    """
    products = reading.products[np.ix_(at + 1, at + 1)]
    count = len(at)
    own = np.diagonal(products)
    norm, sums, total = np.floor(np.sqrt(own)), products.sum(axis=1), products.sum()
    beside = np.zeros((count + 2, count + 2))
    beside[1:-1, 1:-1] = products
    mid = np.arange(1, count + 1)
    before, after, across = beside[mid, mid - 1], beside[mid, mid + 1], beside[mid - 1, mid + 1]
    wide = np.concatenate(([0], sums, [0]))
    size = np.diagonal(beside)
    rest, rest_square = sums - own, total - 2 * sums + own
    to_near = wide[mid - 1] - before + wide[mid + 1] - after
    far_square = rest_square - 2 * to_near + size[mid - 1] + size[mid + 1] + 2 * across
    fit = cosines(rest, norm * np.floor(np.sqrt(rest_square)))
    each = cosines(products, norm[:, None] * norm)
    lone = np.floor(np.sqrt(size))
    each[np.arange(count), np.arange(count)] = -1000
    nearest = np.sort(np.partition(np.concatenate((each, np.full((count, 3), -1000.0)), axis=1), -3)[:, -3:])
    crowd = cosines(reading.crowd[at], norm[:, None] * np.float64(CROWD_LENGTH))
    top = np.partition(crowd, (-26, -1), axis=1)
    title = reading.products[0, at + 1]
    return {
        "rest": fit,
        "far": cosines(rest - before - after, norm * np.floor(np.sqrt(np.maximum(0, far_square)))),
        "best": nearest[:, 2],
        "second": nearest[:, 1],
        "third": nearest[:, 0],
        "next": np.maximum(cosines(before, norm * lone[mid - 1]), cosines(after, norm * lone[mid + 1])),
        "bridge": cosines(across, lone[mid - 1] * lone[mid + 1]),
        "title": cosines(title, norm * np.floor(np.sqrt(reading.products[0, 0]))),
        "rank": (crowd > fit[:, None]).sum(axis=1),
        "crowd_best": top[:, -1] - fit,
        "crowd_top": top[:, -26],
        "crowd_mean": np.floor(crowd.sum(axis=1) / crowd.shape[1]),
    }


def _place(name: str, values: Array, judged: Array) -> dict[str, Array]:
    """How each value stands among those of the article's judged paragraphs."""
    order = np.sort(values[judged]) if judged.any() else np.zeros(1)
    median, quarter = order[len(order) // 2], order[len(order) // 4]
    return {
        f"{name}_below": median - values,
        f"{name}_median": np.full(len(values), median),
        f"{name}_quarter": quarter - values,
        f"{name}_place": 1000 * np.searchsorted(order, values) // len(order),
    }
