"""The element of an unknown page that holds the article: where prose stands close together.

Prose is lines that are long, hold punctuation and are not links. Each block's prose counts fully for itself and
fades as it is passed up, so the element right around most paragraphs wins over the page around everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from pipelines.extract.beside import exclude
from pipelines.extract.blocks import squeeze
from pipelines.extract.prose import HINT_CHARS, MIN_WEIGHT, Node, find_described, measure, sum_up

#: Elements that may be lists of links.
LISTS = frozenset({"ul", "ol", "div", "table", "section", "aside", "dl", "p", "nav", "footer", "td"})


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
    sum_up(nodes, find_described(nodes, squeeze(description)[:HINT_CHARS]))
    best = _best(nodes)
    if best is None:
        return None
    roots = _with_siblings(nodes, best)
    dropped = frozenset(_not_article(nodes, roots))
    return Container(
        roots=tuple(nodes[index].element for index in roots),
        dropped=dropped,
        prose=sum(nodes[index].prose for index in roots),
    )


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
    tag, names = node.tag, node.names
    if tag == current.tag and names == current.names:
        return True
    return tag in ("p", "blockquote")


def _not_article(nodes: list[Node], roots: Sequence[int]) -> list[HtmlElement]:
    """Elements inside the roots that stand beside the article, and lists of links."""
    inside = set(roots)
    dropped = []
    for index, node in enumerate(nodes):
        if index in inside:
            continue
        if node.parent in inside:
            if node.beside or _is_link_list(node):
                dropped.append(node.element)
            else:
                inside.add(index)
    return dropped


def _is_link_list(node: Node) -> bool:
    """A block of headlines to other pages."""
    if node.tag not in LISTS or node.anchors < 2:
        return False
    return node.links * 10 >= node.total * 7 and node.prose * 8 < node.total
