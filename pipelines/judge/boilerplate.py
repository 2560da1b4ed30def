"""Boilerplate: what a site puts around every article. Only lines of a closed shape are cut, whole or at an end.

Content farms put in what portals have, with a name of their own (`返回某某，查看更多`), disclaim what they took, name
no one as the source (`本文来源：网络`) and end with headlines of their other pages. The shapes are in
`pipelines.judge.frames`.
"""

import re
from collections.abc import Iterable, Sequence

from pipelines.judge.frames import (
    AGENCY,
    CREDITED,
    DATELINE,
    ENDS,
    LINES,
    NOBODY,
    RELATED,
    TAIL_ENDS,
    TAILS,
    TICKER,
)
from pipelines.judge.reading import Article, Line, mark_body
from pipelines.model import Mark, MarkKind

#: Lines that farms end with and papers do not.
_FARMS = frozenset({"bare_dateline", "ticker", "nobodys_source", "disclaimer", "farm_closing"})
_LONGEST_LINE = 260
#: All of `LINES` at once: what it does not fit needs no other look.
_LINE = re.compile("|".join(f"(?:{shape.pattern})" for shape in LINES.values()))
#: As many headlines at the end, of one site or under one heading, are other pages'.
_HEADLINES, _MOST_HEADLINES = 2, 15
#: A headline closes no sentence and gives no number to call.
_HEADLINE = re.compile(r"(?![^\n]{0,5}:)(?![^\n]*[0-9]{6})[^\n]{7,45}(?<![。;,:])")
#: Who made pictures and pages: among these a line of an editor is a credit.
_CREDITS = re.compile(r"(?:文字|文案|视觉|设计|制图|策划|摄影|图)\s*[/丨|:]")
#: Lines of credits stay, and what stands above them is looked at.
_CREDITED = re.compile(r"(?:来源|稿源|作者|记者|文|供稿|通讯员)[\s/丨|:][^。]{1,40}")
#: Not more lines than these frame an article's end.
_MOST_ENDS = 12


def find_boilerplate(article: Article) -> list[Mark]:
    """Cut editor lines, share prompts, copyright notes, original titles, code, and editor tails."""
    lines = [line for line in article.lines if line.folded.strip()]
    framed = {line.index: mark for line in lines if (mark := _judge_line(line)) is not None}
    for mark in (*_find_ends(lines, framed), *_find_related(lines, framed), *_find_datelines(lines, framed)):
        if mark.paragraph is not None:
            framed.setdefault(mark.paragraph, mark)
    return [framed[line.index] for line in lines if line.index in framed and not line.is_caption]


def is_farms(article: Article, frame: Sequence[Mark]) -> bool:
    """Whether what frames an article is what farms put there."""
    whose = {line.index: line.folded.strip() for line in article.lines}
    return any(
        mark.rule in _FARMS
        or (mark.rule == "editor_line" and mark.paragraph is not None and NOBODY.fullmatch(whose[mark.paragraph]))
        for mark in frame
    )


def _find_ends(lines: Sequence[Line], framed: dict[int, Mark]) -> list[Mark]:
    """Short lines that frame an article only where nothing but such lines follows."""
    marks: list[Mark] = []
    for line in reversed(lines[1:][-_MOST_ENDS:]):
        folded = line.folded.strip()
        if _CREDITS.match(folded):
            return []
        rule = next((rule for rule, shape in ENDS.items() if shape.fullmatch(folded)), None)
        if rule is not None:
            marks.append(_whole(line, rule))
        elif line.index not in framed and not line.is_caption and not _CREDITED.fullmatch(folded):
            break
    return marks


def _find_related(lines: Sequence[Line], framed: dict[int, Mark]) -> list[Mark]:
    """A heading of other pages at the end: with their headlines, or alone where nothing follows it."""
    inner: list[Line] = []
    for line in reversed(lines[1:]):
        folded = line.folded.strip()
        if RELATED.fullmatch(folded):
            known = len(inner) == 0 or len(inner) >= _HEADLINES
            return [_whole(one, "related") for one in (line, *reversed(inner))] if known else []
        if line.index in framed:
            continue
        if len(inner) >= _MOST_HEADLINES or line.is_caption or not _HEADLINE.fullmatch(folded):
            return []
        inner.append(line)
    return []


def _find_datelines(lines: Sequence[Line], framed: dict[int, Mark]) -> Iterable[Mark]:
    """A farm's own dateline alone in a line, and the headlines of its other pages at the end, with a date each."""
    if lines and (found := DATELINE.fullmatch(lines[0].folded.strip())) and not AGENCY.search(found[1]):
        yield _whole(lines[0], "bare_dateline", 900)
    tickers: list[tuple[Line, str]] = []
    for line in reversed(lines[1:]):
        if line.index in framed:
            continue
        ticker = TICKER.fullmatch(line.folded.strip())
        if not ticker:
            break
        tickers.append((line, ticker[1]))
    if len(tickers) >= _HEADLINES and len({name for _line, name in tickers}) == 1:
        yield from (_whole(line, "ticker", 900) for line, _name in tickers)


def _judge_line(line: Line) -> Mark | None:
    stripped, folded = line.raw.strip(), line.folded.strip()
    if len(folded) <= _LONGEST_LINE and _LINE.fullmatch(folded):
        for rule, shape in LINES.items():
            if shape.fullmatch(folded):
                return _whole(line, rule)
    if len(folded) <= _LONGEST_LINE and (found := CREDITED.match(line.folded.rstrip())):
        return mark_body(line, found.start("cut"), len(line.raw), MarkKind.BOILERPLATE, "editor_tail", 950)
    if not stripped.endswith(TAIL_ENDS):
        return None
    for rule, shape in TAILS.items():
        found = shape.search(line.raw, max(0, len(line.raw) - _LONGEST_LINE))
        if found and found.start() > 0:
            return mark_body(line, found.start(), found.end(), MarkKind.BOILERPLATE, rule, 950)
    return None


def _whole(line: Line, rule: str, score: int = 950) -> Mark:
    return mark_body(line, 0, len(line.raw), MarkKind.BOILERPLATE, rule, score)
