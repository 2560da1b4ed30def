"""What several readers of fields ask of a page, found once: metas, texts, and elements by what they are called."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property, lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

import lxml.etree
from lxml.html import HtmlElement

from pipelines.extract.blocks import collapse
from pipelines.extract.metas import Metas, read_metas
from pipelines.page import Page

TEXTS = lxml.etree.XPath(".//text()", smart_strings=False)
#: How many of them stand before an element, and in it.
TEXTS_BEFORE, TEXTS_WITHIN = lxml.etree.XPath("count(preceding::text())"), lxml.etree.XPath("count(.//text())")
#: Texts that know their elements, which are dear to make: one, by its place, or all where many are wanted.
PLACED_TEXT = lxml.etree.XPath("(.//text())[$place]")
PLACED_TEXTS = lxml.etree.XPath(".//text()")
MAX_PLACES = 8
#: Stands between the pieces of a page's text, and in none of them: cleaned markup has no such character.
GAP = "\0"
#: Of these words every piece of text that holds a label holds one.
LABEL_WORDS = ("作者", "记者", "記者", "来源", "來源", "稿源", "采写", "文")
LABEL = re.compile(r"作者|记者|記者|来源|來源|稿源|文字|图文|撰文|采写|文(?:[\s:：丨|｜／/]|$)")
MAX_LABELLED = 160
#: An element with more raw text than this is a container, whatever it is called.
MAX_RAW = 3000
#: Elements before what is around an article that are asked what they are called.
MAX_NEAR = 60
#: Children of an element that are looked at for the rest of a line.
MAX_CHILDREN = 6


class Found(NamedTuple):
    """A field's text and the rule that found it."""

    rule: str
    text: str


NOT_FOUND = Found("", "")


class Calls:
    """What elements that hold a field are called, the surest first: patterns of an element's words in lower case."""

    def __init__(self, limit: int, *patterns: str) -> None:
        """`limit` of the elements that one pattern finds are looked at."""
        self.limit = limit
        self.patterns = tuple(map(re.compile, patterns))
        #: The places of the patterns that match; the same words recur within a page and a site.
        self.ranks = lru_cache(maxsize=16384)(self._ranks)

    def _ranks(self, words: str) -> tuple[int, ...]:
        lowered = words.lower()
        return tuple(rank for rank, pattern in enumerate(self.patterns) if pattern.search(lowered))


class View:
    """One page's tree, asked for its fields: all of it, or what is around the article where that is known."""

    def __init__(self, tree: HtmlElement) -> None:
        self.tree = self._around = tree
        #: The view of the whole page.
        self.page = self

    def near(self, around: HtmlElement) -> "View":
        """The view of what is around an article."""
        view = View(self.tree)
        view.page, view._around = self, around
        return view

    @cached_property
    def metas(self) -> Metas:
        """What the page says of itself."""
        return read_metas(self.tree) if self.page is self else self.page.metas

    @cached_property
    def _pieces(self) -> list[str]:
        """All pieces of text in order, "" for programs and styles. They are told by their sizes first."""
        if self.page is not self:
            before = int(TEXTS_BEFORE(self._around))
            return self.page._pieces[before : before + int(TEXTS_WITHIN(self._around))]
        programs: dict[int, list[str]] = {}
        for node in self.tree.iter("script", "style"):
            program = node.text or ""
            programs.setdefault(len(program), []).append(program)
        return ["" if piece in programs.get(len(piece), ()) else piece for piece in TEXTS(self.tree)]

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The pieces of text in order, programs and styles left out."""
        return tuple(filter(None, self._pieces))

    @cached_property
    def _joined(self) -> str:
        return GAP.join((*self.texts, ""))

    @cached_property
    def solid_chars(self) -> int:
        """Characters of text, spaces not counted."""
        return len("".join(self._joined.split())) - len(self.texts)

    def saying(self, words: Iterable[str]) -> list[str]:
        """The pieces of text that hold one of the words, in order: found in one search a word, not one a piece."""
        joined = self._joined
        spans: set[tuple[int, int]] = set()
        for word in words:
            at = joined.find(word)
            while at >= 0:
                end = joined.index(GAP, at)
                spans.add((joined.rfind(GAP, 0, at) + 1, end))
                at = joined.find(word, end)
        return [joined[start:end] for start, end in sorted(spans)]

    def elements_of(self, pieces: Set[str]) -> list[HtmlElement]:
        """The elements that pieces of text stand in, in order, each once."""
        places = [place for place, piece in enumerate(self._pieces) if piece in pieces] if pieces else []
        if len(places) > MAX_PLACES:
            texts = PLACED_TEXTS(self._around)
            return list(dict.fromkeys(_parent(texts[place]) for place in places))
        found = (PLACED_TEXT(self._around, place=place + 1)[0] for place in places)
        return list(dict.fromkeys(map(_parent, found)))

    @cached_property
    def names(self) -> str:
        """All that its elements are called by, each once."""
        return "\n".join(self._called)

    @cached_property
    def comments(self) -> str:
        """What the comments of its markup say."""
        return "\n".join(str(node.text) for node in self.tree.iter(lxml.etree.Comment))

    @cached_property
    def _called(self) -> dict[str, list[tuple[int, HtmlElement]]]:
        """Elements and their places by the words that they are called by: `<tag> class words #id @itemprop ~rel `."""
        found: dict[str, list[tuple[int, HtmlElement]]] = {}
        for place, node in enumerate(self.tree.iter("*") if self.page is self else _near(self._around)):
            words = _words(node)
            if words:
                found.setdefault(words, []).append((place, node))
        return found

    def called(self, calls: Calls) -> Iterator[HtmlElement]:
        """The first elements that each pattern finds, a pattern after the other."""
        found: list[list[tuple[int, HtmlElement]]] = [[] for _ in calls.patterns]
        for words, ones in self._called.items():
            for rank in calls.ranks(words):
                found[rank] += ones
        for some in found:
            yield from (node for _place, node in sorted(some, key=itemgetter(0))[: calls.limit])

    def holding(self, pieces: Sequence[str]) -> list[tuple[int, HtmlElement]]:
        """The elements, each with its place on the page, whose words hold all of these pieces."""
        first, *others = pieces
        return [
            one
            for words, ones in self._called.items()
            if first in words and all(piece in words for piece in others)
            for one in ones
        ]

    @cached_property
    def labelled(self) -> tuple[str, ...]:
        """Lines that hold a label of an author or of a source, with the text of the elements right behind it."""
        wanted = {text for text in self.saying(LABEL_WORDS) if len(text) <= MAX_LABELLED and LABEL.search(text)}
        return tuple(dict.fromkeys(line for line in map(_line, self.elements_of(wanted)) if line))


def _near(around: HtmlElement) -> list[HtmlElement]:
    """The elements right above an article, such as a breadcrumb's; further in, the layout knows the names."""
    siblings = (one for node in (around, *around.iterancestors()) for one in node.itersiblings("*", preceding=True))
    near: list[HtmlElement] = []
    for outer in (*islice(siblings, MAX_NEAR), *around[:MAX_CHILDREN]):
        near += (one for one in (outer, *outer[:MAX_CHILDREN]) if isinstance(one.tag, str))
        if len(near) >= MAX_NEAR:
            break
    return [one for one in near[:MAX_NEAR] if one.get("class") or one.get("id")]


def _parent(text: Any) -> HtmlElement:
    """The element around a text that XPath found; lxml says the element before it for a tail."""
    node: HtmlElement = text.getparent()
    above: HtmlElement | None = node.getparent()
    return above if text.is_tail and above is not None else node


def rule_of(node: HtmlElement) -> str:
    """What an element is called, as the rule that found a field in it."""
    return f"element {node.get('id') or node.get('class') or str(node.tag)}"


@lru_cache(maxsize=2)
def view_of(page: Page) -> View:
    """The view of a page that has a tree; the last ones are kept, for one reader after the other asks for it."""
    assert page.tree is not None
    return View(page.tree)


def _words(node: HtmlElement) -> str:
    """What an element is called; "" where it is called nothing and tells no time."""
    get = node.get
    classes, name, item, rel = get("class"), get("id"), get("itemprop"), get("rel")
    if classes is None and name is None and item is None and rel is None and get("datetime") is None:
        return ""
    return f"<{node.tag!s}> {classes or ''} #{name.strip() if name else ''} @{item or ''} ~{rel or ''} "


def _line(node: HtmlElement) -> str:
    """The text of an element up to its first inner line; a label alone in an element goes on in its parent."""
    text = _own_text(node)
    parent = node.getparent()
    if parent is not None and not LABEL.sub("", text).strip(" \u3000:：|｜丨/／"):
        text = _own_text(parent)
    return collapse(text)


def _own_text(node: HtmlElement) -> str:
    return (node.text or "") + "".join((child.text or "") if len(child) == 0 else "" for child in node[:MAX_CHILDREN])


def short_text(node: HtmlElement, limit: int) -> str:
    """The text of an element, white space collapsed; "" where it is longer than `limit`, and so no field."""
    pieces, raw = [], 0
    for piece in node.itertext():
        pieces.append(piece)
        raw += len(piece)
        if raw > MAX_RAW:
            return ""
    text = collapse("".join(pieces))
    return text if len(text) <= limit else ""
