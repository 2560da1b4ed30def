"""The element of an unknown page that holds the article: where prose stands close together.

Prose is lines that are long, hold punctuation and are not links. Each block's prose counts fully for itself and
fades as it is passed up, so the element right around most paragraphs wins over the page around everything.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from pipelines.extract.asides import is_pointer
from pipelines.extract.beside import exclude
from pipelines.extract.blocks import squeeze
from pipelines.extract.noise import HEADINGS
from pipelines.extract.prose import HINT_CHARS, MIN_WEIGHT, Node, find_described, measure, sum_up

#: Elements that may be lists of links.
LISTS = frozenset({"ul", "ol", "div", "table", "section", "aside", "dl", "p", "nav", "footer", "td"})
#: A page whose pointers hold more than this part of its text is a list of them.
MOST_POINTERS = 4
#: Replies hold at most so many times the prose of an article, which has so many paragraphs at least.
MOST_REPLIES = 10
MIN_PARAGRAPHS = 3
#: Weight of a title at most: 150 Hanzi or 600 letters.
MAX_TITLE = 600
DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """The roots of the article in order, and the elements inside them that are no part of it."""

    roots: tuple[HtmlElement, ...]
    dropped: frozenset[HtmlElement] = field(default_factory=frozenset)
    #: Prose weight of the roots.
    prose: int = 0


def find_container(tree: HtmlElement, description: str = "") -> Container | None:
    """The article's place on a page, or None where nothing reads like prose.

    `description` is what the page's metas say the article is about: mostly its first sentence.
    """
    nodes = measure(tree)
    sum_up(nodes)
    exclude(nodes)
    described = find_described(nodes, squeeze(description)[:HINT_CHARS])
    first = described if described >= 0 else _first_under_heading(nodes)
    sum_up(nodes, first)
    best = _best(nodes)
    if best is None:
        return None
    begun = _before_replies(nodes, best, first)
    roots = _with_siblings(nodes, best) if begun == best else [begun]
    dropped = frozenset(_not_article(nodes, roots))
    return Container(
        roots=tuple(nodes[index].element for index in roots),
        dropped=dropped,
        prose=sum(nodes[index].prose for index in roots),
    )


def _first_under_heading(nodes: list[Node]) -> int:
    """The index of the first line of prose under the page's first heading, or -1."""
    heading = next((index for index, node in enumerate(nodes) if node.tag == "h1" and node.total), len(nodes))
    return next((index for index in range(heading, len(nodes)) if _is_paragraph(nodes[index])), -1)


def _is_paragraph(node: Node) -> bool:
    if node.beside or node.weight < 4 * MIN_WEIGHT or node.tag in HEADINGS:
        return False
    return node.marks > 0 and node.link_weight * 2 <= node.weight


def _best(nodes: list[Node]) -> int | None:
    """The block where the most prose stands closest together, less its share of links; the innermost of equals."""
    best, best_score = None, 0
    for index, node in enumerate(nodes):
        if node.beside or node.block != index or node.prose == 0:
            continue
        score = node.faded * (node.total - node.links) // max(1, node.total)
        if score >= best_score:
            best, best_score = index, score
    return best


def _before_replies(nodes: list[Node], best: int, first: int) -> int:
    """The place where the article begins, if the best place is behind it and so holds what readers answered.

    A summary above the text is not that: it has less than three paragraphs, or hardly any of the page's prose.
    """
    around, above = set(_upward(nodes, best)), _upward(nodes, first)
    if best in above:
        return best
    branch = next((index for index in above if nodes[index].parent in around), -1)
    if not 0 <= branch < best or MOST_REPLIES * nodes[branch].prose < nodes[best].prose:
        return best
    lines = [nodes[index] for index in nodes[nodes[first].parent].children if nodes[index].tag == "p"]
    return nodes[first].parent if sum(map(_is_paragraph, lines)) >= MIN_PARAGRAPHS else best


def _upward(nodes: list[Node], index: int) -> list[int]:
    """A node and all that it stands in, the innermost first."""
    chain = []
    while index >= 0:
        chain.append(index)
        index = nodes[index].parent
    return chain


def _with_siblings(nodes: list[Node], best: int) -> list[int]:
    """The best block and the neighbours, up to three meetings up, that hold more of the same article."""
    roots = [best]
    current, level = best, 0
    while level < 3:
        parent = nodes[current].parent
        if parent < 0 or nodes[parent].tag in ("body", "html"):
            break
        if nodes[parent].prose > nodes[current].prose:
            level += 1
            children = nodes[parent].children
            joined = [i for i in children if i == current or _belongs(nodes[i], nodes[current], nodes[best])]
            if len(joined) > 1:
                roots = sorted(set(joined) - {current} | set(roots))
        current = parent
    return roots


def _belongs(node: Node, current: Node, best: Node) -> bool:
    """Whether a sibling holds more of the article: alike in tag and class, or a paragraph, or much prose."""
    if node.beside or node.prose < MIN_WEIGHT or node.links * 4 > node.total:
        return False
    if node.tag == current.tag and _lasting(node.names) == _lasting(current.names):
        return True
    return node.tag in ("p", "blockquote")


def _lasting(names: str) -> list[str]:
    """The names without those that hold a number, if others are left: such a name is one element's own."""
    words = names.split()
    return [word for word in words if not DIGIT.search(word)] or words


def _not_article(nodes: list[Node], roots: Sequence[int]) -> list[HtmlElement]:
    """Elements inside the roots that stand beside the article, its heading, lists of links and pointers."""
    inside = set(roots)
    dropped, pointers = [], []
    begun = False
    for index, node in enumerate(nodes):
        if index not in inside and node.parent in inside:
            if node.beside or _is_link_list(node) or (_is_page_heading(node) and not begun):
                dropped.append(node.element)
                continue
            inside.add(index)
            if is_pointer(node):
                pointers.append(node)
        begun = begun or (index in inside and node.weight >= 4 * MIN_WEIGHT and node.tag not in HEADINGS)
    if MOST_POINTERS * sum(node.total for node in pointers) < sum(nodes[index].total for index in roots):
        dropped += [node.element for node in pointers]
    return dropped


def _is_page_heading(node: Node) -> bool:
    """The title; a page that is all in an `h1` has none."""
    return node.tag == "h1" and node.total <= MAX_TITLE


def _is_link_list(node: Node) -> bool:
    """A block of headlines to other pages."""
    if node.tag not in LISTS or node.anchors < 2:
        return False
    return node.links * 10 >= node.total * 7 and node.prose * 8 < node.total
