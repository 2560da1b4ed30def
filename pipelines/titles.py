"""Titles: whether two are one title in other words, what is rare in one, which part of a series it says it is."""

import re
from dataclasses import dataclass
from functools import lru_cache

#: Per mille of both titles that stand in both in the same order. A farm's table leaves more; two titles over the same
#: words in another order (为什么云河没有“五匹马” and 没有“五匹马”，云河有什么) share half.
ALIKE = 700
#: As much is enough where both hold the same rare words.
_ALIKE_BY_WORDS = 600
#: Shorter titles are alike by chance.
_SHORTEST = 6
#: The score of a title that is the other one's main part, without its column or its second line.
_MAIN_PART = 950
_MAIN_LENGTH = 8
#: What no rewording changes: numbers, ordinals, Latin words.
_FACT = re.compile(
    r"[0-9]+|[a-z]{2,}|第[一二三四五六七八九十百]+|[一二三四五六七八九十]{2,}|[一二三四五六七八九十](?=[次届期批场])"
)
_NO_WORD = re.compile(r"[\W_]+")
_SEGMENT = re.compile(r"——|[|丨:│]|[【】]| {1,}")
_QUOTED = re.compile(r"[“‘「『]([^“”‘’「」『』]{3,12})[”’」』]")
_LATIN = re.compile(r"(?<![a-z0-9])[a-z][a-z0-9-]{3,}(?![a-z0-9])")

_HANZI_NUMBER = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PLACES = {"上": 1, "中": 2, "下": 3}
_MARKER = re.compile(
    rf"\((?P<place>[上中下])\)|\((?P<hanzi>[{_HANZI_NUMBER}]{{1,3}})\)|\((?P<digits>[0-9]{{1,2}})\)|(?P<circled>[{_CIRCLED}])"
    rf"|(?<=[列道评察查论谈记闻笔话])之(?P<after>[{_HANZI_NUMBER}]{{1,2}})(?=$|[:,\s|丨—】])|(?P<half>[上中下])篇(?=$|[:,\s|丨—】])"
    rf"|第(?P<nth>[{_HANZI_NUMBER}0-9]{{1,2}})篇"
)
#: Columns that appear day by day under one name are no series, whatever their number.
_DAILY = re.compile(
    "每[日天周月]|[今昨本]日|[早晚]报|早安|晚安|预报|天气|气温|快讯|[一本]周|行情|收盘|开盘|菜价|油价|播报|速览|看点|导读|提示|公告|公示|通报|名单|连载|简讯"
)
_STEM_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Marker:
    """The number that a title carries as a part, and what it is a part of (bare)."""

    stem: str
    #: The longest run of the stem that the title holds as it stands.
    words: str
    number: int


def likeness(cited: str, title: str) -> int:
    """How alike two folded titles are, per mille; 0 where they are not one title in other words.

    >>> likeness("为何没有“五匹马”?", "为什么没有“五匹马”?")
    800
    >>> likeness("没有“五匹马”,云河有什么?", "为什么云河没有“五匹马”?")
    0
    >>> likeness("地铁6号线二期开通", "地铁7号线二期开通")
    0
    """
    mine, other = bare(cited), bare(title)
    shorter, longer = sorted((len(mine), len(other)))
    if shorter < _SHORTEST:
        return 0
    if len(mine) >= _MAIN_LENGTH and mine in other and mine in _main_parts(title):
        return 1000 if mine == other else _MAIN_PART
    if 2000 * shorter < _ALIKE_BY_WORDS * (shorter + longer) or 3 * len(_pairs(mine) & _pairs(other)) < shorter - 1:
        return 0
    score = 2000 * _common(mine, other) // (shorter + longer)
    if score < _ALIKE_BY_WORDS or _facts(mine) != _facts(other):
        return 0
    words = rare_words(cited)
    return score if score >= ALIKE or (words and words == rare_words(title)) else 0


def _main_parts(title: str) -> set[str]:
    """The title whole, and without what stands before its first or behind its last divider."""
    pieces = _SEGMENT.split(title)
    return {bare("".join(pieces)), bare("".join(pieces[1:])), bare("".join(pieces[:-1])), bare(pieces[0])}


@lru_cache(maxsize=1024)
def bare(title: str) -> str:
    """A folded title without white space and punctuation."""
    return _NO_WORD.sub("", title)


@lru_cache(maxsize=1024)
def _pairs(plain: str) -> frozenset[str]:
    """Pairs of neighbouring characters: a cheap question before the dear one."""
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def _facts(plain: str) -> list[str]:
    return sorted(set(_FACT.findall(plain)))


def _common(mine: str, other: str) -> int:
    """Length of the longest common subsequence, a row of the table held as the bits of one number."""
    places: dict[str, int] = {}
    for at, letter in enumerate(mine):
        places[letter] = places.get(letter, 0) | 1 << at
    full = (1 << len(mine)) - 1
    row = full
    for letter in other:
        hit = row & places.get(letter, 0)
        row = (row + hit | row - hit) & full
    return len(mine) - row.bit_count()


def rare_words(title: str) -> frozenset[str]:
    """Quoted words and Latin words of a folded title: what only articles of one story share.

    >>> sorted(rare_words("杭州有deepseek,南京有“六小龙”吗?"))
    ['deepseek', '六小龙']
    """
    return frozenset(_QUOTED.findall(title)) | frozenset(_LATIN.findall(title))


def marker(title: str) -> Marker | None:
    """Which part of what a folded title says it is; None for most.

    >>> marker("以新气象迎接新年——中国经济观察④")
    Marker(stem='中国经济观察', words='中国经济观察', number=4)
    >>> marker("每日一题(3)")
    """
    found = _MARKER.search(title)
    if found is None or _DAILY.search(title):
        return None
    segments = _SEGMENT.split(title[: found.start()] + "\0" + title[found.end() :])
    segment = next(piece for piece in segments if "\0" in piece)
    stem = next((stem for stem in (segment, "\0".join(segments)) if len(bare(stem)) >= _STEM_LENGTH), "")
    if not stem:
        return None
    return Marker(stem=bare(stem), words=max(_NO_WORD.split(stem), key=len), number=_number(found))


def _number(found: re.Match[str]) -> int:
    kind = str(found.lastgroup)
    text = found[kind]
    if kind in ("place", "half"):
        return _PLACES[text]
    if kind == "circled":
        return _CIRCLED.index(text) + 1
    return int(text) if text.isdecimal() else _hanzi_number(text)


def _hanzi_number(text: str) -> int:
    """一 to 九十九."""
    tens, ten, ones = text.rpartition("十")
    digits = _HANZI_NUMBER
    if not ten:
        return digits.index(text[-1]) + 1
    return 10 * (digits.index(tens[0]) + 1 if tens else 1) + (digits.index(ones[0]) + 1 if ones else 0)
