"""What several readers of fields ask of a page, found once: metas, texts, and elements by what they are called."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain, filterfalse, islice
from operator import itemgetter
from typing import Any, NamedTuple

import lxml.etree
from lxml.html import HtmlElement

from pipelines.extract.blocks import collapse
from pipelines.extract.metas import Metas, read_metas
from pipelines.page import Page

TEXTS = lxml.etree.XPath(".//text()", smart_strings=False)
#: The texts that stand among those wanted, or all where too many are; each knows its element, which is dear to make.
PLACED_TEXTS = lxml.etree.XPath(".//text()[$all or contains($wanted, .)]")
MAX_WANTED = 2000
#: Stands between the pieces of a page's text, and in none of them: cleaned markup has no such character.
GAP = "\0"
#: Of these characters every line that a label is found in holds one: a character is found much faster than a word.
LABEL_LETTERS = "者源采文"
LABEL = re.compile(r"作者|记者|記者|来源|來源|稿源|文字|图文|撰文|采写|文(?:[\s:：丨|｜／/]|$)")
MAX_LABELLED = 160
CALLED = lxml.etree.XPath("descendant-or-self::*[@class or @id or @itemprop or @rel or @datetime]")
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


class View:
    """One page's tree, asked for its fields: all of it, or what is around the article where that is known."""

    def __init__(self, tree: HtmlElement, around: HtmlElement | None = None) -> None:
        self.tree = tree
        self._around = tree if around is None else around
        self._nodes: Callable[[HtmlElement], Iterable[HtmlElement]] = CALLED if around is None else _near

    @cached_property
    def metas(self) -> Metas:
        """What the page says of itself."""
        return read_metas(self.tree)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The pieces of text in order, programs and styles left out."""
        programs = {node.text for node in self._around.iter("script", "style")}
        return tuple(filterfalse(programs.__contains__, TEXTS(self._around)))

    @cached_property
    def _joined(self) -> str:
        return GAP.join((*self.texts, ""))

    def says(self, word: str) -> bool:
        """Whether a piece of text holds the word."""
        return word in self._joined

    def saying(self, letters: str) -> list[str]:
        """The pieces of text that hold one of the letters, in order: found in one search a letter, not one a piece."""
        joined = self._joined
        spans: set[tuple[int, int]] = set()
        for letter in letters:
            at = joined.find(letter)
            while at >= 0:
                end = joined.index(GAP, at)
                spans.add((joined.rfind(GAP, 0, at) + 1, end))
                at = joined.find(letter, end)
        return [joined[start:end] for start, end in sorted(spans)]

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
        for place, node in enumerate(self._nodes(self._around)):
            found.setdefault(_words(node), []).append((place, node))
        return found

    def called(self, pattern: re.Pattern[str], limit: int) -> list[HtmlElement]:
        """The first elements, at most `limit`, whose words match."""
        found = [one for words, ones in self._called.items() if _matches(pattern.pattern, words) for one in ones]
        return [node for _place, node in sorted(found, key=itemgetter(0))[:limit]]

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
        wanted = {text for text in self.saying(LABEL_LETTERS) if len(text) <= MAX_LABELLED and LABEL.search(text)}
        if not wanted:
            return ()
        joined = "\n".join(wanted)
        placed = PLACED_TEXTS(self._around, wanted=joined[:MAX_WANTED], all=len(joined) > MAX_WANTED)
        nodes = (_parent(text) for text in placed if text in wanted)
        return tuple(dict.fromkeys(line for line in map(_line, nodes) if line))


def _near(around: HtmlElement) -> Iterator[HtmlElement]:
    """The elements right above an article, such as a breadcrumb's; further in, the layout knows the names."""
    siblings = (one for node in (around, *around.iterancestors()) for one in node.itersiblings("*", preceding=True))
    near = chain(siblings, around[:MAX_CHILDREN])
    above = (one for outer in near for one in (outer, *outer[:MAX_CHILDREN]) if isinstance(one.tag, str))
    return (one for one in islice(above, MAX_NEAR) if one.get("class") or one.get("id"))


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


@lru_cache(maxsize=65536)
def _matches(pattern: str, words: str) -> bool:
    """Whether the pattern, in lower case, is found; the same words recur within a page and a site.

    The pattern comes as a string, which keeps its hash: a compiled one is hashed whole at every question.
    """
    return bool(re.search(pattern, words.lower()))


def _words(node: HtmlElement) -> str:
    get = node.get
    return f"<{node.tag!s}> {get('class', '')} #{get('id', '').strip()} @{get('itemprop', '')} ~{get('rel', '')} "


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
