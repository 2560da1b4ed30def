"""An article as campaigns are looked for in it, and which articles tell the same story."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from pipelines.fingerprint import bare
from pipelines.fold import fold
from pipelines.match import Comparable, Pair, match
from pipelines.model import SPUN


@dataclass(frozen=True, kw_only=True)
class Told:
    """One article of the archive."""

    id: int
    outlet: str
    #: When it was published, as the page says; else when it was first captured.
    at: datetime
    title: str
    #: Repaired, without captions, editors' lines and other frame.
    paragraphs: tuple[str, ...]
    #: What the marks leave, for finding its copies.
    clean_text: str
    #: Per mille; `SPUN` and more says 伪原创.
    spun_score: int = 0

    @property
    def texts(self) -> tuple[str, ...]:
        """Title and paragraphs."""
        return (self.title, *self.paragraphs)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Title and paragraphs, folded."""
        return tuple(fold(text) for text in self.texts)

    @cached_property
    def bare(self) -> str:
        """All of it, folded, without white space and punctuation."""
        return bare("\n".join(self.texts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a string stands: the article, its text (0 is the title), the offset."""

    article: int
    text: int
    start: int


@dataclass(frozen=True, slots=True)
class Stories:
    """Articles by the story that they tell: the same text, edited, shortened or reworded, is one story."""

    articles: Sequence[Told]
    #: The story of each article: the place of its first teller.
    of: Sequence[int]
    #: (original, copy): the places of an earlier article and of one of another outlet that took its text.
    copies: Sequence[tuple[int, int]]

    def is_told_elsewhere(self, copy: int, text: str) -> bool:
        """Whether another outlet tells a copy's story with this text: then the original was shortened, or updated."""
        others = (one for at, one in enumerate(self.articles) if self.of[at] == self.of[copy])
        plain = bare(text)
        return any(one.outlet != self.articles[copy].outlet and plain in one.bare for one in others)


def find_stories(articles: Sequence[Told]) -> Stories:
    """Group related articles. Whoever published first is the original, unless only that one reads as spun."""
    places = {str(article.id): at for at, article in enumerate(articles)}
    pairs = match(Comparable(id=str(one.id), title=one.title, text=one.clean_text) for one in articles)
    linked = [(places[pair.a], places[pair.b]) for pair in pairs]
    copies = [ordered for pair in pairs if (ordered := _order(pair, places, articles)) is not None]
    return Stories(articles, _groups(len(articles), linked), sorted(copies))


def _order(pair: Pair, places: dict[str, int], articles: Sequence[Told]) -> tuple[int, int] | None:
    """Original and copy of a pair; None for two articles of one outlet."""
    a, b = places[pair.a], places[pair.b]
    if articles[a].outlet == articles[b].outlet:
        return None
    original, copy = sorted((a, b), key=lambda at: (articles[at].spun_score >= SPUN, articles[at].at, at))
    return original, copy


def _groups(count: int, linked: Iterable[tuple[int, int]]) -> list[int]:
    """The first member of each one's group."""
    first = list(range(count))

    def find(at: int) -> int:
        while first[at] != at:
            first[at] = first[first[at]]
            at = first[at]
        return at

    for a, b in linked:
        low, high = sorted((find(a), find(b)))
        first[high] = low
    return [find(at) for at in range(count)]
