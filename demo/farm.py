"""The content farm's copies: originals spun, stuffed and decorated, by a recipe, with the truth kept beside them.

A copy is built of segments, each genuine or foreign, so what a cleaner should cut is known and not guessed. Word
tables, brands, advertisements and recipes are data (content/kuaibao.toml, content/spin.toml).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from demo.articles import Article, read_outlet, read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of text; `foreign` names the kind of cut it deserves (a MarkKind), "" where it is the original's."""

    text: str
    foreign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph of a farm page."""

    segments: tuple[Segment, ...]
    #: Not shown by a browser (`display:none`), though it stands in the article's container.
    hidden: bool = False

    @property
    def text(self) -> str:
        """The paragraph as it stands on the page."""
        return "".join(segment.text for segment in self.segments)

    @property
    def foreign(self) -> bool:
        """Whether no part of it is the original's."""
        return all(segment.foreign for segment in self.segments)

    @property
    def spans(self) -> tuple[tuple[int, int, str], ...]:
        """The foreign runs as (start, end, kind)."""
        spans, at = [], 0
        for segment in self.segments:
            if segment.foreign:
                spans.append((at, at + len(segment.text), segment.foreign))
            at += len(segment.text)
        return tuple(spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One article of the farm."""

    number: int
    column: str
    published_at: datetime
    original: Article
    #: How its genuine part relates to the original: same, near (shortened) or spun.
    relation: str
    title: Line
    lines: tuple[Line, ...]
    #: Keywords that stuff the breadcrumb.
    crumb: str = ""
    #: Keyword links in a hidden block before the article's container.
    hidden_links: tuple[str, ...] = ()
    #: Words whose first occurrence is linked to a tag page.
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The word tables that the farm's rewriting tools use."""

    families: Mapping[str, Mapping[str, str]]
    traditional: Mapping[str, str]
    pinyin: Mapping[str, str]


@cache
def read_tables() -> Tables:
    """The tables of content/spin.toml."""
    content = read_toml("spin.toml")
    pairs = content["traditional"]["pairs"].split()
    return Tables(
        families=content["family"],
        traditional={pair[0]: pair[1] for pair in pairs},
        pinyin=content["pinyin"],
    )


def replace_words(text: str, words: Mapping[str, str]) -> str:
    """Swap words from left to right, the longest first: how 伪原创 tools make a copy look new.

    >>> replace_words("没有人都到", {"人": "东谈主", "没有": "莫得", "都": "王人"})
    '莫得东谈主王人到'
    """
    by_length = sorted(words, key=lambda word: (-len(word), word))
    out, at = [], 0
    while at < len(text):
        found = next((word for word in by_length if text.startswith(word, at)), "")
        out.append(words[found] if found else text[at])
        at += len(found) or 1
    return "".join(out)


def to_traditional(text: str, tables: Tables) -> str:
    """Traditional characters, some followed by their sound in parentheses, as one farm tool leaves them.

    >>> to_traditional("网络", Tables(families={}, traditional={"网": "網"}, pinyin={"網": "wǎng"}))
    '網(wǎng)络'
    """
    converted = (tables.traditional.get(character, character) for character in text)
    return "".join(f"{one}({tables.pinyin[one]})" if one in tables.pinyin else one for one in converted)


def rewrite(text: str, way: str) -> str:
    """The farm's wording of a piece of genuine text; `way` names a family of words, `traditional`, or "" for none."""
    tables = read_tables()
    if way == "traditional":
        return to_traditional(text, tables)
    return replace_words(text, tables.families[way]) if way else text


@cache
def read_copies() -> tuple[Copy, ...]:
    """All articles of the farm. It copied them once and follows no later edit."""
    content = read_toml("kuaibao.toml")
    donors = content["donor"]
    return tuple(build_copy(recipe, donors) for recipe in content["copy"])


def build_copy(recipe: Mapping[str, Any], donors: Mapping[str, Mapping[str, str]]) -> Copy:
    """The copy that a recipe describes."""
    original = _original(recipe["of"])
    way = recipe.get("way", "")
    title = _title(original, recipe, way)
    return Copy(
        number=recipe["number"],
        column=recipe["column"],
        published_at=recipe["published"],
        original=original,
        relation="spun" if way in read_tables().families else "near" if "leave_out" in recipe else "same",
        title=title,
        lines=tuple(_lines(original, title, recipe, donors)),
        crumb=recipe.get("crumb", ""),
        hidden_links=tuple(recipe.get("hidden_links", ())),
        anchors=tuple(recipe.get("anchors", ())),
    )


def _lines(
    original: Article, title: Line, recipe: Mapping[str, Any], donors: Mapping[str, Mapping[str, str]]
) -> Iterable[Line]:
    """Every paragraph of the copy: the farm's opening, the reworded text with its donors' paragraphs, the tails."""
    lines = [
        _spliced(place, paragraph, recipe)
        for place, paragraph in enumerate(original.paragraphs)
        if place not in recipe.get("leave_out", ())
    ]
    for place, name in sorted(recipe.get("insert", ()), reverse=True):
        lines.insert(place, _foreign(donors[name]["text"], donors[name]["kind"]))
    yield from _opening(recipe, original, title)
    yield from lines
    yield from (_foreign(text, "boilerplate") for text in recipe.get("tail", ()))


def _original(name: str) -> Article:
    outlet, key = name.split("/")
    return next(article for article in read_outlet(outlet, 1).articles if article.key == key)


def _foreign(text: str, kind: str, hidden: bool = False) -> Line:
    return Line(segments=(Segment(text=text, foreign=kind),), hidden=hidden)


def _title(original: Article, recipe: Mapping[str, Any], way: str) -> Line:
    """The original's title with the brand before it, or inside it after `title_splice`'s first word."""
    genuine: Sequence[Segment] = _splice(
        original.title, [recipe["title_splice"]] if "title_splice" in recipe else [], way
    )
    prefix = recipe.get("title_prefix", "")
    return Line(segments=(*((Segment(text=prefix, foreign="injected"),) if prefix else ()), *genuine))


def _opening(recipe: Mapping[str, Any], original: Article, title: Line) -> Iterable[Line]:
    """What some farms put before the text: a hidden 原标题 line, the title once more, a dateline of their own."""
    if recipe.get("hidden_title"):
        yield _foreign(f"原标题：{original.title}", "boilerplate", hidden=True)
    if recipe.get("echo"):
        yield _foreign(title.text, "echo")
    if "dateline" in recipe:
        yield _foreign(recipe["dateline"], "boilerplate")


def _spliced(place: int, paragraph: str, recipe: Mapping[str, Any]) -> Line:
    splices = [(after, text) for at, after, text in recipe.get("splice", ()) if at == place]
    return Line(segments=_splice(paragraph, splices, recipe.get("way", "")))


def _splice(text: str, splices: Sequence[Sequence[str]], way: str) -> tuple[Segment, ...]:
    """Genuine text, reworded, with each keyword set in after the words it is to follow."""
    segments, rest = [], text
    for after, keyword in splices:
        if after not in rest:
            raise ValueError(f"{after!r} does not stand in {text!r}")
        head, rest = rest[: rest.index(after) + len(after)], rest[rest.index(after) + len(after) :]
        segments += [Segment(text=rewrite(head, way)), Segment(text=keyword, foreign="injected")]
    return (*segments, Segment(text=rewrite(rest, way))) if rest else tuple(segments)
