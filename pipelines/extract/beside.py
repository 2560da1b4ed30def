"""What stands beside an article: told by its class, or by the shape of comments, cards and teasers."""

from collections import Counter
from functools import lru_cache
from typing import Any

from pipelines.extract.noise import BESIDE, COMMENTS, FRAME, NEVER
from pipelines.extract.prose import FRAMES, Node

#: Prose of an item that announces another article.
MAX_TEASER = 100
#: A list of comments or cards has this many items alike, and at most this share (per mille) of the page's prose.
MIN_ITEMS = 4
MOST_IN_ITEMS = 800
#: How far a heading is from the item that it heads.
MAX_ITEM_DEPTH = 12


def exclude(nodes: list[Node]) -> None:
    """Mark what stands beside the article, unless all that is called so together is most of the page's prose."""
    whole = max(1, nodes[0].prose)
    _find_teasers(nodes)
    _find_item_lists(nodes, whole)
    called = [node for node in nodes if not node.beside and _is_beside(node)]
    shares: dict[str, int] = {}
    for node in called:
        names = node.names
        shares[names] = shares.get(names, 0) + node.prose
    for node in called:
        node.beside = 1000 * shares[node.names] < whole * _most(node)
    for node in nodes:
        node.beside = node.beside or (node.parent >= 0 and nodes[node.parent].beside)


def _find_teasers(nodes: list[Node]) -> None:
    """Mark lists of teasers: three and more children alike, each with a linked heading and little prose."""
    headed: Counter[int] = Counter()
    alike: dict[int, Counter[tuple[Any, str]]] = {}
    for index, node in enumerate(nodes):
        if node.tag in ("h2", "h3", "h4", "h5") and node.links * 2 > node.total > 0:
            item = _item_of(nodes, index, alike)
            if item >= 0 and nodes[item].prose <= MAX_TEASER:
                headed[nodes[item].parent] += 1
    for index, count in headed.items():
        filled = sum(nodes[child].total > 0 for child in nodes[index].children)
        if count >= 3 and count * 10 >= filled * 7:
            nodes[index].beside = nodes[index].parent >= 0


def _find_item_lists(nodes: list[Node], whole: int) -> None:
    """Mark lists of comments and cards by their shape: many children alike, each with blocks and links of its own.

    An article's children are lines, and the rows of a page are unlike: one of them holds the article. A live report
    is such a list too, but it is most of its page.
    """
    for node in nodes:
        if len(node.children) < MIN_ITEMS or node.parent < 0 or 1000 * node.prose > whole * MOST_IN_ITEMS:
            continue
        kinds = Counter(_kind(nodes[child]) for child in node.children if _is_item(nodes[child]))
        filled = sum(nodes[child].total > 0 for child in node.children)
        if any(2 * nodes[child].prose > node.prose for child in node.children):
            continue
        if kinds and max(kinds.values()) >= MIN_ITEMS and max(kinds.values()) * 10 >= filled * 7:
            node.beside = True


def _is_item(node: Node) -> bool:
    """Whether an element has links and at least two blocks inside."""
    return node.anchors > 0 and node.blocks >= 2


def _item_of(nodes: list[Node], index: int, alike: dict[int, Counter[tuple[Any, str]]]) -> int:
    """The element around a heading that has siblings like it: the item of a list. -1 where there is none."""
    item = index
    for _level in range(MAX_ITEM_DEPTH):
        parent = nodes[item].parent
        if parent < 0 or nodes[item].tag in ("html", "body", "main"):
            return -1
        if parent not in alike:
            alike[parent] = Counter(map(_kind, (nodes[child] for child in nodes[parent].children)))
        if alike[parent][_kind(nodes[item])] >= 3:
            return item if item != index else -1
        item = parent
    return -1


def _kind(node: Node) -> tuple[Any, str]:
    return node.tag, node.names


def _most(node: Node) -> int:
    """Per mille of the page's prose that an element called beside may hold."""
    names = node.names
    if NEVER.search(names):
        return 1001
    if COMMENTS.search(names):
        return 950
    return 750 if node.tag in ("aside", "footer") or BESIDE.search(names) else 120


def _is_beside(node: Node) -> bool:
    tag = node.tag
    if tag in FRAMES:
        return False
    return tag in ("aside", "footer") or _is_called_beside(node.names)


@lru_cache(maxsize=8192)
def _is_called_beside(names: str) -> bool:
    """Whether class words and id say so. The same names recur within a page and a site."""
    return bool(names and (BESIDE.search(names) or FRAME.search(names) or NEVER.search(names)))
