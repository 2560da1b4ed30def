"""What is odd in a text, by the counts of the background."""

import re
from collections.abc import Iterable

from pipelines.judge.keywords import SEARCHED, TRADE
from pipelines.judge.likelihood import bond, classed
from pipelines.judge_model import JudgeModel

#: 16 * log2: a pair of characters that stands in fewer than one text in 128, in fewer than one in 512.
_RARE, _RARER = 7 * 16, 9 * 16
_UNSEEN = 216
#: Of a paragraph that speaks of something in particular, so many of a hundred pairs are rarer; official formulas,
#: notices and warnings have up to 36, reviews, recipes and advertisements 42 and more.
_PARTICULAR, _FEWEST = 40, 20
_WORDS = SEARCHED | TRADE
_TRADE = re.compile("|".join(re.escape(word) for word in sorted(_WORDS, key=lambda one: (-len(one), one))))
_RUN = re.compile(f"(?:{_TRADE.pattern})+")
#: Points of words that keywords are made of, from which a phrase has the surface of one.
KEYWORD = 42
_HANZI = re.compile("[\u4e00-\u9fff]{2,}")
_LETTER = re.compile(r"[a-z0-9\u4e00-\u9fff]")
#: Kinds of words that ask for a call, a scan, a purchase.
_PROMO = re.compile(
    "微信|热线|电话|优惠|包邮|下单|立减|客服|订购|扫码|二维码|领取|特价|限时|加盟|咨询|货到付款|[0-9]元"
)


def is_letter(char: str) -> bool:
    """Whether a folded character belongs to a word: a Hanzi, a letter, a digit."""
    return bool(_LETTER.match(char))


def unseen_pairs(text: str, model: JudgeModel) -> Iterable[int]:
    """Where two neighbours stand that the background never showed together."""
    shaped = classed(text)
    for at in range(len(text) - 1):
        if shaped[at : at + 2] not in model.bigrams and is_letter(text[at]) and is_letter(text[at + 1]):
            yield at


def keyword_ends(text: str) -> Iterable[tuple[int, int]]:
    """(start, end) of the runs of words that search keywords end with, where they say enough."""
    for run in _RUN.finditer(text):
        if sum(_WORDS[one[0]] for one in _TRADE.finditer(run[0])) >= KEYWORD:
            yield run.span()


def is_keyword(phrase: str) -> bool:
    """Whether a phrase has the surface of a search keyword: a name and words of the trade."""
    found = list(_TRADE.finditer(phrase))
    return sum(_WORDS[one[0]] for one in found) >= KEYWORD and sum(len(one[0]) for one in found) < len(phrase)


def is_odd(phrase: str, model: JudgeModel) -> bool:
    """Whether the background would wonder at a phrase: it has not seen most of its pairs. Where two words meet that it
    never saw together, only one pair is new."""
    return 2 * len(list(unseen_pairs(phrase, model))) >= len(phrase) - 1


def closing(before: str, after: str, model: JudgeModel) -> int:
    """How well two characters go together once what stands between them is taken out (10 to a bit)."""
    return bond(classed(before), classed(after), model)


def rare_pairs(text: str, model: JudgeModel) -> frozenset[str]:
    """The pairs of Hanzi in a folded text that say what it is about; none where it is of a general kind."""
    pairs = {pair: model.bigrams.get(pair, _UNSEEN << 8) >> 8 for run in _HANZI.findall(text) for pair in _pairs(run)}
    rarer = sum(rarity >= _RARER for rarity in pairs.values())
    if len(pairs) < _FEWEST or 100 * rarer < _PARTICULAR * len(pairs):
        return frozenset()
    return frozenset(pair for pair, rarity in pairs.items() if rarity >= _RARE)


def _pairs(run: str) -> Iterable[str]:
    return (run[at : at + 2] for at in range(len(run) - 1))


def is_promo(text: str) -> bool:
    """Whether a folded paragraph sells something."""
    return len(set(_PROMO.findall(text))) > 2
