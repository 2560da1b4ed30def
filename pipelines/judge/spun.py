"""伪原创: words swapped for near synonyms by a table, so that a copy is not recognised.

Tables differ from farm to farm, so the text is measured by what ordinary text does with characters
(`pipelines.judge.habits`) and with words (`pipelines.judge.usage`), and by the words that widespread tables put in
(`pipelines.judge.swaps`). Beside it, non-words are known that character-wise swaps leave: 知谈 for 知道.
"""

import re
from dataclasses import dataclass
from itertools import islice

import numpy as np

from pipelines.fold import to_points
from pipelines.judge.habits import find_unheard, measure
from pipelines.judge.reading import Article, Line, mark_body
from pipelines.judge.swaps import measure_swaps, places_of_swaps
from pipelines.judge.trees import grow, most_points
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
    "捏(?<=[保支坚主维相]捏)(?=[续有着平住稳会了的，。])|履行室|践诺室|"
    "王人(?<![国亲女霸帝君天]王人)(?=[是有在会能要可不没会将已经说很与])|"
    "王人(?<=[们家国者市业地]王人)|阛阓|界说|坐窝|奈何(?=[办样会能才写说看破没去])|确凿|辞世(?=界)|出身(?=于|地)|发财(?=国)"
)
_HANZI = (0x4E00, 0x9FFF)
#: Points for each kind of non-word, for each thousand Hanzi where there is more than one thousand.
_NON_WORD = 260
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
    score = _score_non_words(text, found)
    if model.habits is None or not model.spun_trees or len(text) < SHORTEST:
        return marks, score
    measured = measure_text(text, model)
    score = min(1000, score + _score_points(measured, model))
    if score >= SPUN:
        marked = {(mark.paragraph, mark.start) for mark in marks}
        marks += _mark_unheard(article.lines, find_unheard(text, model.habits)[:_MOST_MARKS], marked)
        marks += _mark_swapped(article.lines, _find_swapped(text, measured, model), marked)
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
    if model.swaps is not None:
        features |= measure_swaps(text, model.swaps)
    if model.usage is None:
        return Measured(features, None, pairs)
    words = read_words(text, model.usage)
    return Measured(features | measure_words(words, model.usage), words, pairs)


def _score_non_words(text: str, found: list[str]) -> int:
    kinds = len(set(found)) + (len(found) - len(set(found))) // 2
    return min(1000, _NON_WORD * kinds * 1000 // max(1000, _count_hanzi(text))) if found else 0


def _count_hanzi(text: str) -> int:
    points = to_points(text)
    return int(np.count_nonzero((points >= _HANZI[0]) & (points <= _HANZI[1])))


def count_points(measured: Measured, model: JudgeModel) -> int:
    """What the fitted rule says of a text, in thousandths of a nat."""
    return most_points(grow(model.spun_features, model.spun_trees), [measured.features])[0]


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


def _find_swapped(text: str, measured: Measured, model: JudgeModel) -> dict[int, int]:
    """Words that hardly any writer takes while another of the same sense is missing, and words of widespread tables:
    their places in the lines joined by line feeds, which rise, and their lengths."""
    found = places_of_swaps(text, model.swaps, _MOST_MARKS) if model.swaps else []
    if measured.words is not None and model.usage is not None:
        found = [*found, *places_of(measured.words, model.usage, TELLING, _MOST_MARKS)]
    return dict(sorted(found))


def _mark_swapped(lines: tuple[Line, ...], found: dict[int, int], marked: set[tuple[int | None, int]]) -> list[Mark]:
    """Label them."""
    return [
        mark_body(line, start, start + size, MarkKind.SPUN_WORD, "swapped_word", 500)
        for (line, start), size in zip(_locate(lines, tuple(found)), found.values(), strict=True)
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
