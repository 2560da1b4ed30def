"""How a paragraph fits its article, in whole numbers: what the off-topic rule looks at."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain

import rjieba

from pipelines.judge.reading import Article, Line
from pipelines.judge.subjects import subject_words
from pipelines.judge.vectors import CROWD_LENGTH, ZERO, Vector, add_words, cosine, crowd_products, minus, norm, plus
from pipelines.model import JudgeModel

#: The weight of a pair or a word that the corpus never showed.
_UNKNOWN_PAIR, _UNKNOWN_WORD = 216, 13
_HANZI_PAIR = re.compile(r"[\u4e00-\u9fff]{2,}")
#: Shared words of this rarity say more than coverage by common ones.
_RARE = 7
#: A shorter paragraph holds too little to be judged by.
LONG = 30


#: Words that ask for a call, a scan, a purchase. News uses each of them; an advertisement uses several at once.
_PROMO = [
    re.compile(shape)
    for shape in (
        r"微信|wechat|qq群?|加群|进群|私信|留言|公众号",
        r"电话|热线|专线|手机号|客服|[0-9-]{7,}",
        r"扫码|二维码|点击|链接|关注|回复|添加|搜索",
        r"免费|赠送|立减|优惠|折扣|特价|特惠|低至|包邮|买[一二三1-9]送|秒杀|返现|0元|试听|试用|领取",
        r"限时|名额|仅剩|最后[0-9一二三]+天|抢购|错过|马上|立即|即可|赶紧",
        r"加盟|招商|代理|订购|货到付款|厂家|直销|批发|现货|预约|咨询|报名|招生|招聘|购买|下单|办理|开户|放款|贷款",
        r"[0-9]+(?:万|千|百)?元|月入|日赚|[0-9.]+折|[0-9]+%(?:收益|优惠)|¥|￥",
        r"保证|包过|无效退款|正品|专业团队|一对一|零基础|无痕|终身|无抵押|无担保|稳赚|高薪|躺赚|祖传|根治",
    )
]
_TALK = frozenset("你您我咱吧呢啊哦嘛呀哈啦么嗯它")


@dataclass(frozen=True, slots=True)
class Profile:
    """A paragraph's pairs and words with their weights, and what it is about."""

    line: Line
    pairs: dict[str, int]
    words: dict[str, int]
    vector: Vector
    norm: int
    #: Products with the crowd's texts, in order of size; empty where the paragraph is not to be judged.
    crowd: list[int]
    surplus: int
    #: How many kinds of advertising words it holds.
    promo: int
    #: Per mille of the words of conversation.
    talk: int
    #: The words of subjects that farms fill pages with.
    subjects: dict[str, frozenset[str]]

    def crowd_cosine(self, product: int) -> int:
        return (product - self.surplus) // CROWD_LENGTH

    def above(self, fit: int) -> int:
        """How many of the crowd's texts the paragraph fits better than `fit`."""
        return len(self.crowd) - bisect_left(self.crowd, (fit + 1) * CROWD_LENGTH + self.surplus)

    @property
    def length(self) -> int:
        return len(self.line.folded)


def profile(line: Line, model: JudgeModel, *, ranked: bool) -> Profile:
    """Read one paragraph; its place in the crowd only where it may be judged."""
    pairs = {
        run[i : i + 2]: model.bigrams.get(run[i : i + 2], _UNKNOWN_PAIR << 8) >> 8
        for run in _HANZI_PAIR.findall(line.folded)
        for i in range(len(run) - 1)
    }
    known: list[tuple[int, int]] = []
    words = {}
    for word in sorted({w for w in rjieba.cut(line.folded) if len(w) > 1 and not w.isdigit() and w[0].isalnum()}):
        entry = model.words.get(word)
        words[word] = _UNKNOWN_WORD if entry is None else entry & 15
        if entry is not None:
            known.append((entry >> 4, entry & 15))
    vector = add_words(model.vectors, known)
    crowd, surplus = crowd_products(model.crowd, vector) if ranked else ([], 0)
    promo = sum(bool(kind.search(line.folded)) for kind in _PROMO) if ranked else 0
    talk = 1000 * sum(char in _TALK for char in line.folded) // max(1, len(line.folded))
    return Profile(line, pairs, words, vector, norm(vector), crowd, surplus, promo, talk, subject_words(line.folded))


class Context:
    """An article's paragraphs, and what all of them hold together. Paragraphs can be taken out of it."""

    def __init__(self, profiles: Sequence[Profile], title: Profile) -> None:
        self.profiles = list(profiles)
        self.title = title
        self.pairs = Counter(chain(title.pairs, *(p.pairs for p in profiles)))
        self.words = Counter(chain(title.words, *(p.words for p in profiles)))
        self.total = ZERO
        for p in profiles:
            self.total = plus(self.total, p.vector)

    def without(self, gone: Collection[int]) -> "Context":
        """The same article without the paragraphs of these indices."""
        return Context([p for p in self.profiles if p.line.index not in gone], self.title)

    def strange_words(self, at: int) -> int:
        """How many words of one subject a paragraph holds, where title and other paragraphs hold none of them."""
        others = [self.title, *self.profiles[:at], *self.profiles[at + 1 :]]
        return max(
            (
                len(words)
                for subject, words in self.profiles[at].subjects.items()
                if not any(subject in other.subjects for other in others)
            ),
            default=0,
        )

    def measure(self) -> list[dict[str, int]]:
        """The features of every paragraph, in order; medians are over the article's longer paragraphs."""
        if not self.profiles:
            return []
        table = self._cosines()
        firsts = [self._first(at, table[at]) for at in range(len(self.profiles))]
        long = [f for f, p in zip(firsts, self.profiles, strict=True) if p.crowd] or firsts
        for name in ("cover_pairs", "cover_words", "rest", "best", "rank", "talk"):
            values = sorted(f[name] for f in long)
            middle = values[len(values) // 2]
            low = values[max(0, len(values) // 4)]
            for f in firsts:
                f[f"{name}_below"] = middle - f[name]
                f[f"{name}_median"] = middle
                f[f"{name}_quarter"] = low - f[name]
                f[f"{name}_place"] = 1000 * sum(v < f[name] for v in values) // len(values)
        for f in firsts:
            f["count"] = len(long)
        return firsts

    def _cosines(self) -> list[list[int]]:
        """Every paragraph's cosine with every other; with itself, 0."""
        size = len(self.profiles)
        table = [[0] * size for _ in range(size)]
        for i, mine in enumerate(self.profiles):
            for j in range(i):
                other = self.profiles[j]
                table[i][j] = table[j][i] = cosine(mine.vector, other.vector, mine.norm * other.norm)
        return table

    def _first(self, at: int, cosines_with: list[int]) -> dict[str, int]:
        mine = self.profiles[at]
        near = [*self.profiles[max(0, at - 1) : at], *self.profiles[at + 1 : at + 2]]
        rest = minus(self.total, mine.vector)
        near_sum = ZERO
        for p in near:
            near_sum = plus(near_sum, p.vector)
        far = minus(rest, near_sum)
        fit = cosine(mine.vector, rest, mine.norm * norm(rest))
        cosines = [*sorted(cosines_with[:at] + cosines_with[at + 1 :], reverse=True), 0, 0, 0]
        beside = [i for i in (at - 1, at + 1) if 0 <= i < len(self.profiles)]
        neighbours = [cosines_with[i] for i in beside]
        bridge = cosine(near[0].vector, near[1].vector, near[0].norm * near[1].norm) if len(near) == 2 else 0
        top = mine.crowd_cosine(mine.crowd[-1]) if mine.crowd else 0
        rare = [w for w, weight in mine.words.items() if weight >= _RARE]
        shared = sum(self.words[w] > 1 for w in rare)
        return {
            "length": mine.length,
            "promo": mine.promo,
            "talk": mine.talk,
            "words": len(mine.words),
            "rest_length": sum(p.length for p in self.profiles) - mine.length,
            "cover_pairs": _cover(mine.pairs, self.pairs, ()),
            "cover_words": _cover(mine.words, self.words, ()),
            "cover_far": _cover(mine.pairs, self.pairs, [p.pairs for p in near]),
            "cover_title": _cover(self.title.pairs, mine.pairs, None),
            "rare": len(rare),
            "rare_shared": shared,
            "rare_share": 1000 * shared // max(1, len(rare)),
            "weight": sum(mine.pairs.values()) // max(1, len(mine.pairs)),
            "rest": fit,
            "far": cosine(mine.vector, far, mine.norm * norm(far)),
            "best": cosines[0],
            "second": cosines[1],
            "third": cosines[2],
            "next": max(neighbours, default=0),
            "bridge": bridge,
            "rank": mine.above(fit),
            "crowd_best": top - fit,
            "crowd_mean": mine.crowd_cosine(sum(mine.crowd) // len(mine.crowd)) if mine.crowd else 0,
            "crowd_top": mine.crowd_cosine(mine.crowd[-26]) if mine.crowd else 0,
        }


def _cover(own: dict[str, int], held: Counter[str] | dict[str, int], less: Sequence[dict[str, int]] | None) -> int:
    """Per mille of the weight of pairs that the article holds elsewhere, less what is beside; None: that `held` has."""
    total = sum(own.values())
    if less is None:
        found = sum(weight for key, weight in own.items() if key in held)
    elif less:
        found = sum(weight for key, weight in own.items() if held[key] > 1 + sum(key in other for other in less))
    else:
        found = sum(weight for key, weight in own.items() if held[key] > 1)
    return 1000 * found // total if total else 0


def read_context(article: Article, skipped: Collection[int | None], model: JudgeModel) -> Context:
    """Profile every paragraph that is not cut as boilerplate; long ones that are no captions may be judged."""
    title = profile(Line(-1, article.title, article.folded_title, False), model, ranked=False)
    profiles = [
        profile(line, model, ranked=not line.is_caption and len(line.folded.strip()) >= LONG)
        for line in article.lines
        if line.index not in skipped
    ]
    return Context(profiles, title)
