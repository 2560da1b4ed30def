"""伪原创: words swapped for near synonyms by a table, so that a copy is not recognised.

Tables differ from farm to farm, so the text is measured by what ordinary text does with characters
(`pipelines.judge.habits`) and with words (`pipelines.judge.usage`). Beside it, what one widespread table leaves is
known: non-words of character-wise swaps (知谈 for 知道), and many different words that are rare in news and stand where
a common one would (娇傲 for 显示).
"""

import re
from dataclasses import dataclass
from itertools import islice

import numpy as np

from pipelines.fold import to_points
from pipelines.judge.habits import find_unheard, measure
from pipelines.judge.reading import Article, Line, mark_body
from pipelines.judge.trees import grow, most_points, narrow
from pipelines.judge.usage import Words, measure_words, places_of, read_words
from pipelines.judge_model import JudgeModel
from pipelines.model import SPUN, Mark, MarkKind

#: What character-wise swaps leave. None is a word; names of persons and places are kept out by what stands beside it.
#: A pattern begins with its own first character, what stands before it is asked after: so it is searched for quickly.
_NON_WORDS = re.compile(
    "东谈主|莫得|好意思(?=[国元军洲联媒方妆术好丽食容景满女团])|一又友|千里(?=[淀浸重默着痛睡闷稳思])|咫尺|"
    "谈(?<=[知报渠频轨隧通街赛管味地铁人大]谈)(?=[路理德具者，。、；])|知谈|报谈|谈路|谈德|谈理|运谈|念念(?=[想维考路])|不雅(?<=[参宏悲乐客主直壮景可]不雅)|"
    "不雅(?=[众点察看测念光赏])|握(?=续)|执(?=续)|捏(?=续)|抓(?=续)|"
    "握(?<=[保支坚主维相]握)(?=[续有着平住稳会了的，。])|执(?<=[保支坚主维相]执)(?=[续有着平住稳会了的，。])|"
    "捏(?<=[保支坚主维相]捏)(?=[续有着平住稳会了的，。])|履行室|践诺室|王人(?=[是有在会能要可不没会将已经说很与])|"
    "王人(?<=[们家国者市业地]王人)|阛阓|界说|坐窝|奈何(?=[办样会能才写说看破没去])|确凿|辞世(?=界)|出身(?=于|地)|发财(?=国)"
)
#: Words that swapping tables like. Each is a word of Chinese; several in one article are not its writer's.
_ODD_WORDS = re.compile(
    "娇傲|淡薄|鼓吹|诓骗|野心|降生|庶民|苦守|智商|迢遥|训诫|教会|相持|得手|到手|优容|我方|暗示|"
    "暗意|示意|柔和|暖热|眷注|怡悦|刊行|发愤|勤苦|恶果|时弊|开垦|体裁|汇注|脱手|机敏|特出|崭露|"
    "诱骗|尽头|遴荐|钤记|合计|筹谋|策动|筹画|擢升|升迁|完了|已矣|杀青|欣喜|忻悦|欢叫|甘心|答应|"
    "应允|热诚|厚谊|心扉|巨匠|寰宇|凭证|把柄|左证|笔据|字据|施展|评释|颠倒|极度|止境|绝顶|身分|"
    "契约|公约|左券|头子|魁首|首领|辅导|招引|涵养|教养|训导"
)
_HANZI = (0x4E00, 0x9FFF)
#: Points for each kind of non-word and of odd word, for each thousand Hanzi where there is more than one thousand.
_NON_WORD, _ODD_WORD, _FREE = 260, 90, 1
#: Pairs of Hanzi that habits need to show in.
SHORTEST = 150
#: Points of the habits' rule at which nothing at all speaks for spinning, and points above the limit to one per mille.
_NOTHING, _STEP = -8000, 8
#: A reader needs no more telling words than these; a word tells from so many points.
_MOST_MARKS, TELLING = 200, 48


def find_spun_words(article: Article, model: JudgeModel) -> tuple[list[Mark], int]:
    """The swapped words, labelled, and how surely the article was reworded, per mille; 500 and more says it was."""
    text = "\n".join(line.folded for line in article.lines)
    found = _NON_WORDS.findall(text)
    marks = _mark_non_words(article.lines) if found else []
    score = _score_words(text, found)
    if model.habits is None or not model.spun_trees or len(text) < SHORTEST:
        return marks, score
    measured = measure_text(text, model)
    score = min(1000, score * 3 // 2 + _score_points(measured, model))
    if score >= SPUN:
        marked = {(mark.paragraph, mark.start) for mark in marks}
        marks += _mark_unheard(article.lines, find_unheard(text, model.habits)[:_MOST_MARKS], marked)
        marks += _mark_swapped(article.lines, measured, model, marked)
    return marks, score


def _mark_non_words(lines: tuple[Line, ...]) -> list[Mark]:
    """Label the first non-words."""
    found = ((line, word) for line in lines for word in _NON_WORDS.finditer(line.folded))
    return [
        mark_body(line, word.start(), word.end(), MarkKind.SPUN_WORD, "non_word", 700)
        for line, word in islice(found, _MOST_MARKS)
    ]


@dataclass(frozen=True, slots=True)
class Measured:
    """A text's features by name, its words, and how many pairs of Hanzi it has."""

    features: dict[str, int]
    words: Words | None
    pairs: int


def measure_text(text: str, model: JudgeModel) -> Measured:
    """What is measured of a folded text."""
    features, pairs = measure(text, model.habits) if model.habits else ({}, 0)
    if model.usage is None:
        return Measured(features, None, pairs)
    words = read_words(text, model.usage)
    return Measured(features | measure_words(words, model.usage), words, pairs)


def _score_words(text: str, non_words: list[str]) -> int:
    odd = set(_ODD_WORDS.findall(text))
    kinds = len(set(non_words)) + (len(non_words) - len(set(non_words))) // 2
    points = _NON_WORD * kinds + _ODD_WORD * max(0, len(odd) - _FREE)
    return min(1000, points * 1000 // max(1000, _count_hanzi(text))) if points else 0


def _count_hanzi(text: str) -> int:
    points = to_points(text)
    return int(np.count_nonzero((points >= _HANZI[0]) & (points <= _HANZI[1])))


def count_points(measured: Measured, model: JudgeModel) -> int:
    """What the fitted rule says of a text, in thousandths of a nat."""
    forest = grow(model.spun_features, model.spun_trees)
    return most_points(forest, narrow(forest, measured.features, forest.leaves))


def _score_points(measured: Measured, model: JudgeModel) -> int:
    """Per mille, by the points of the fitted rule: 500 above its limit."""
    if measured.pairs < SHORTEST:
        return 0
    above = count_points(measured, model) - model.spun_limit
    if above > 0:
        return min(1000, SPUN + above // _STEP)
    return max(0, (SPUN - 1) + (SPUN - 1) * above // (model.spun_limit - _NOTHING))


def _mark_unheard(lines: tuple[Line, ...], places: tuple[int, ...], marked: set[tuple[int | None, int]]) -> list[Mark]:
    """Label pairs of characters that do not meet in ordinary text; `places` count in the lines joined by line feeds."""
    return [
        mark_body(line, start, start + 2, MarkKind.SPUN_WORD, "unheard_pair", 500)
        for line, start in _locate(lines, places)
        if (line.index, start) not in marked
    ]


def _mark_swapped(
    lines: tuple[Line, ...], measured: Measured, model: JudgeModel, marked: set[tuple[int | None, int]]
) -> list[Mark]:
    """Label words that hardly any writer takes while another of the same sense is missing."""
    if measured.words is None or model.usage is None:
        return []
    telling = dict(places_of(measured.words, model.usage, TELLING, _MOST_MARKS))
    return [
        mark_body(line, start, start + size, MarkKind.SPUN_WORD, "swapped_word", 500)
        for (line, start), size in zip(_locate(lines, tuple(telling)), telling.values(), strict=True)
        if (line.index, start) not in marked
    ]


def _locate(lines: tuple[Line, ...], places: tuple[int, ...]) -> list[tuple[Line, int]]:
    """The line of each place in the lines joined by line feeds, and where in it; `places` rise."""
    found, begin, rest = [], 0, list(reversed(places))
    for line in lines:
        end = begin + len(line.folded)
        while rest and rest[-1] <= end:
            found.append((line, rest.pop() - begin))
        begin = end + 1
    return found
