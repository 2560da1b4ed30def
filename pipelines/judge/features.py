"""How a paragraph fits its article, in whole numbers: what the off-topic rule looks at."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import isqrt
from operator import add

import rjieba

from pipelines.judge.reading import Article, Line
from pipelines.judge.subjects import has_subject, likely_subjects, subject_words
from pipelines.judge.vectors import (
    CROWD_LENGTH,
    Vector,
    add_words,
    cosine,
    crowd_above,
    crowd_in_order,
    crowd_products,
    products,
)
from pipelines.model import JudgeModel

#: The weight of a pair or a word that the corpus never showed.
_UNKNOWN_PAIR, _UNKNOWN_WORD = 216, 13
_HANZI_PAIR = re.compile(r"[\u4e00-\u9fff]{2,}")
#: Shared words of this rarity say more than coverage by common ones.
_RARE = 7
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
#: What is compared with the middle of the article's longer paragraphs.
_FITS, _RANKS = ("cover_pairs", "cover_words", "rest", "best", "talk"), ("rank",)
#: Fewer different words of a subject say nothing.
STRANGE = 3


@dataclass(frozen=True)
class Profile:
    """A paragraph's pairs and words with their weights; what costs more is found out when it is asked for."""

    line: Line
    #: Whether it is long enough to be judged, and no caption.
    judged: bool
    pairs: dict[str, int]
    words: dict[str, int]
    #: Row and weight of each word that the corpus showed.
    known: Sequence[tuple[int, int]]
    model: JudgeModel

    @cached_property
    def vector(self) -> Vector:
        """What it is about."""
        return add_words(self.model.vectors, self.known)

    @cached_property
    def crowd(self) -> int:
        """Products with the crowd's texts, in lanes; 0 where the paragraph is not to be judged."""
        return crowd_products(self.model.crowd, self.vector) if self.judged else 0

    @cached_property
    def promo(self) -> int:
        """How many kinds of advertising words it holds."""
        return sum(bool(kind.search(self.line.folded)) for kind in _PROMO)

    @property
    def talk(self) -> int:
        """Per mille of the words of conversation."""
        return 1000 * len(_TALK.findall(self.line.folded)) // max(1, self.length)

    @property
    def length(self) -> int:
        return len(self.line.folded)


def profile(line: Line, model: JudgeModel, *, judged: bool) -> Profile:
    """Read one paragraph."""
    get, unknown = model.bigrams.get, _UNKNOWN_PAIR << 8
    runs = _HANZI_PAIR.findall(line.folded)
    pairs = {pair: get(pair, unknown) >> 8 for pair in {pair for run in runs for pair in map(add, run, run[1:])}}
    known: list[tuple[int, int]] = []
    words = {}
    for word in set(rjieba.cut(line.folded)):
        if len(word) > 1 and word[0].isalnum() and not word.isdigit():
            entry = model.words.get(word)
            words[word] = _UNKNOWN_WORD if entry is None else entry & 15
            if entry is not None:
                known.append((entry >> 4, entry & 15))
    return Profile(line, judged, pairs, words, known, model)


class Context:
    """An article's paragraphs, and what all of them hold together. Paragraphs can be taken out of it."""

    def __init__(self, profiles: Sequence[Profile], title: Profile, products: Sequence[Sequence[int]]) -> None:
        self.profiles = list(profiles)
        self.title = title
        #: Products of every paragraph's vector with every paragraph's, its own among them.
        self.products = products
        self.sums = [sum(row) for row in products]
        self.total = sum(self.sums)
        self.norms = [isqrt(row[at]) for at, row in enumerate(products)]
        self.length = sum(p.length for p in profiles)
        self.pairs = Counter(chain(title.pairs, *(p.pairs for p in profiles)))
        self.words = Counter(chain(title.words, *(p.words for p in profiles)))

    def without(self, gone: Collection[int | None]) -> "Context":
        """The same article without the paragraphs of these indices."""
        kept = [at for at, p in enumerate(self.profiles) if p.line.index not in gone]
        products = [[self.products[i][j] for j in kept] for i in kept]
        return Context([self.profiles[at] for at in kept], self.title, products)

    def strange_words(self, at: int) -> int:
        """How many words of one subject a paragraph holds, where title and other paragraphs hold none of them.

        0 where they are too few to say anything.
        """
        text = self.profiles[at].line.folded
        found = {subject: len(subject_words(subject, text)) for subject in likely_subjects(text, STRANGE)}
        others = [p.line.folded for p in (self.title, *self.profiles[:at], *self.profiles[at + 1 :])]
        return max(
            (
                count
                for subject, count in found.items()
                if count >= STRANGE and not any(has_subject(subject, other) for other in others)
            ),
            default=0,
        )

    def measure(self) -> list[dict[str, int]]:
        """All features of every paragraph that may be judged, in order; of others, none."""
        fits = self.measure_fit()
        ranks = self.measure_ranks(fits)
        return [fit | self.measure_crowd(at, fit) | ranks[at] if fit else {} for at, fit in enumerate(fits)]

    def measure_fit(self) -> list[dict[str, int]]:
        """The features that compare a paragraph with its own article."""
        found = [self._fit(at) if p.judged else {} for at, p in enumerate(self.profiles)]
        count = sum(map(bool, found))
        for features in found:
            if features:
                features["count"] = count
        return _placed(found, _FITS)

    def measure_crowd(self, at: int, fit: dict[str, int]) -> dict[str, int]:
        """Those that compare its fit to the article with its fits to the crowd."""
        crowd = crowd_in_order(self.profiles[at].crowd)
        return {
            "crowd_best": crowd[-1] // CROWD_LENGTH - fit["rest"],
            "crowd_mean": sum(crowd) // len(crowd) // CROWD_LENGTH,
            "crowd_top": crowd[-26] // CROWD_LENGTH,
        }

    def measure_ranks(self, fits: Sequence[dict[str, int]]) -> list[dict[str, int]]:
        """How many of the crowd each paragraph fits better, and what is usual here: the crowd is asked for all."""
        ranks = [
            {"rank": crowd_above(p.crowd, fit["rest"])} if fit else {}
            for p, fit in zip(self.profiles, fits, strict=True)
        ]
        return _placed(ranks, _RANKS)

    def _fit(self, at: int) -> dict[str, int]:
        mine = self.profiles[at]
        return {
            "length": mine.length,
            "promo": mine.promo,
            "talk": mine.talk,
            "words": len(mine.words),
            "rest_length": self.length - mine.length,
            "weight": sum(mine.pairs.values()) // max(1, len(mine.pairs)),
            **self._cover(at),
            **self._cosines(at),
        }

    def _cover(self, at: int) -> dict[str, int]:
        """How much of a paragraph's pairs and words the article holds elsewhere, and the title's it holds itself."""
        mine, pairs, words = self.profiles[at], self.pairs, self.words
        before = self.profiles[at - 1].pairs if at else {}
        after = self.profiles[at + 1].pairs if at + 1 < len(self.profiles) else {}
        elsewhere = [pair for pair in mine.pairs if pairs[pair] > 1]
        far = [pair for pair in elsewhere if pairs[pair] > 1 + (pair in before) + (pair in after)]
        rare = [word for word, weight in mine.words.items() if weight >= _RARE]
        shared = sum(words[word] > 1 for word in rare)
        return {
            "cover_pairs": _share(mine.pairs, elsewhere),
            "cover_words": _share(mine.words, [word for word in mine.words if words[word] > 1]),
            "cover_far": _share(mine.pairs, far),
            "cover_title": _share(self.title.pairs, self.title.pairs.keys() & mine.pairs.keys()),
            "rare": len(rare),
            "rare_shared": shared,
            "rare_share": 1000 * shared // max(1, len(rare)),
        }

    def _cosines(self, at: int) -> dict[str, int]:
        """What a paragraph is about, beside what the rest, those far from it, each other and its neighbours are.

        Products of sums are sums of products, so no vector is added up.
        """
        row, sums, norms = self.products[at], self.sums, self.norms
        near = [i for i in (at - 1, at + 1) if 0 <= i < len(norms)]
        rest = sums[at] - row[at]
        rest_square = self.total - 2 * sums[at] + row[at]
        far = rest - sum(row[i] for i in near)
        near_square = sum(self.products[i][j] for i in near for j in near)
        far_square = rest_square - 2 * sum(sums[i] - row[i] for i in near) + near_square
        own = norms[at]
        each = [1000 * product // (own * norm) if own and norm else 0 for product, norm in zip(row, norms, strict=True)]
        best, second, third, *_ = [*sorted(each[:at] + each[at + 1 :], reverse=True), 0, 0, 0]
        return {
            "rest": cosine(rest, own * isqrt(rest_square)),
            "far": cosine(far, own * isqrt(far_square)),
            "best": best,
            "second": second,
            "third": third,
            "next": max((each[i] for i in near), default=0),
            "bridge": cosine(self.products[at - 1][at + 1], norms[at - 1] * norms[at + 1]) if len(near) == 2 else 0,
        }


def _share(weights: dict[str, int], keys: Iterable[str]) -> int:
    """Per mille of the weight that is that of some of the keys."""
    total = sum(weights.values())
    return 1000 * sum(map(weights.__getitem__, keys)) // total if total else 0


def _placed(found: list[dict[str, int]], names: Iterable[str]) -> list[dict[str, int]]:
    """The features, and how each of the named ones stands among those of the article's other paragraphs."""
    for name in names:
        values = sorted(features[name] for features in found if features)
        for features in filter(None, found):
            own = features[name]
            features[f"{name}_below"] = values[len(values) // 2] - own
            features[f"{name}_median"] = values[len(values) // 2]
            features[f"{name}_quarter"] = values[len(values) // 4] - own
            features[f"{name}_place"] = 1000 * bisect_left(values, own) // len(values)
    return found


def may_be_judged(line: Line) -> bool:
    """Whether a paragraph is long enough, and no caption."""
    return not line.is_caption and len(line.folded.strip()) >= LONG


def read_context(article: Article, skipped: Collection[int | None], model: JudgeModel) -> Context:
    """Profile every paragraph that is not cut as boilerplate; long ones that are no captions may be judged."""
    title = profile(Line(-1, article.title, article.folded_title, False), model, judged=False)
    profiles = [profile(line, model, judged=may_be_judged(line)) for line in article.lines if line.index not in skipped]
    return Context(profiles, title, products([p.vector for p in profiles]))
