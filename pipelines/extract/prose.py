"""How much prose each element of a page holds: lines that are long, hold punctuation and are not links."""

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from pipelines.extract.blocks import squeeze
from pipelines.extract.noise import BLOCKS, HIDDEN, SKIPPED

#: Per mille of the prose that is left where several places meet.
FADE = 660
#: Lines lighter than this are no prose.
MIN_WEIGHT = 12
MARKS = re.compile("[，。、；：！？,.;!?…”」]")
WIDE = re.compile("[\u2e80-\U0010ffff]+")
#: So much of a description's beginning is looked for; the prose (per mille of the page's) that its place is worth more.
HINT_CHARS = 14
BONUS = 200
#: Elements that are lines of their own rather than containers.
LEAVES = frozenset({"br", "hr"})
#: Never left out, however they are called or hidden: a script shows them.
FRAMES = frozenset({"html", "body", "article", "main"})


@dataclass(slots=True)
class Node:
    """What the search knows of one element."""

    element: HtmlElement
    tag: str
    #: Its class words and id, in lower case.
    names: str
    parent: int
    #: Index of the nearest block, itself included.
    block: int
    in_link: bool
    #: Whether it, or something around it, is beside the article.
    beside: bool = False
    #: Weight, weight in links and punctuation marks of the text that is directly its own (inline elements included).
    weight: int = 0
    link_weight: int = 0
    marks: int = 0
    children: list[int] = field(default_factory=list)
    #: Sums over the subtree.
    prose: int = 0
    total: int = 0
    links: int = 0
    anchors: int = 0
    #: Blocks inside it.
    blocks: int = 0
    #: Prose faded on its way up, and from how many places it came.
    faded: int = 0
    sources: int = 0


def measure(tree: HtmlElement) -> list[Node]:
    """All elements in document order, with the weight of the text that each block holds directly."""
    nodes: list[Node] = []
    pending: list[tuple[HtmlElement, str, int]] = [(tree, str(tree.tag), -1)]
    while pending:
        element, tag, up = pending.pop()
        index = _enter(nodes, element, tag, up)
        text = element.text
        if text and not text.isspace():
            _weigh(nodes, index, text)
        shown = []
        for child in element:
            kind = child.tag
            if isinstance(kind, str) and kind not in SKIPPED and not _is_hidden(child, kind):
                shown.append((child, kind, index))
            text = child.tail
            if text and not text.isspace():
                _weigh(nodes, index, text)
        pending += reversed(shown)
    return nodes


def _is_hidden(element: HtmlElement, tag: str) -> bool:
    style = element.get("style")
    return style is not None and bool(HIDDEN.search(style)) and tag not in FRAMES


def _enter(nodes: list[Node], element: HtmlElement, tag: str, up: int) -> int:
    """Append an element's node; its index."""
    index = len(nodes)
    names, own_id = element.get("class", ""), element.get("id")
    names = (f"{names} {own_id}" if own_id else names).strip().lower()
    if up < 0:
        nodes.append(Node(element, tag, names, up, index, tag == "a"))
        return index
    above = nodes[up]
    is_block = tag in BLOCKS and tag not in LEAVES
    nodes.append(Node(element, tag, names, up, index if is_block else above.block, tag == "a" or above.in_link))
    above.children.append(index)
    return index


def _weigh(nodes: list[Node], index: int, text: str) -> None:
    """Put a text's weight on its block: a Hanzi is 1, four other characters are 1."""
    text = text.strip()
    weight = len(text) if text.isascii() else 4 * len(text) - 3 * len(WIDE.sub("", text))
    node = nodes[nodes[index].block]
    node.weight += weight
    if nodes[index].in_link:
        node.link_weight += weight
    node.marks += len(MARKS.findall(text))


def _own_prose(node: Node) -> int:
    """A block's own prose: its weight if it reads like sentences, 0 if it is short or mostly links."""
    weight = node.weight // 4
    if weight < MIN_WEIGHT or node.link_weight * 2 > node.weight:
        return 0
    own = (node.weight - node.link_weight) // 4
    if node.marks == 0:
        return own // 4
    return own if node.tag not in ("h1", "h2", "h3", "h4") else own // 4


def find_described(nodes: list[Node], hint: str) -> int:
    """The index of the first block whose text has the description's beginning, or -1."""
    if len(hint) < HINT_CHARS:
        return -1
    for index, node in enumerate(nodes):
        texts = (node.element.text, *(child.tail for child in node.element))
        if not node.beside and any(text and len(text) >= HINT_CHARS and hint in squeeze(text) for text in texts):
            return index
    return -1


def sum_up(nodes: list[Node], described: int = -1) -> None:
    """Sum prose, text and links up the tree; what is beside the article counts for nothing.

    Prose fades where it meets other prose, not on its way through wrappers that hold nothing else.
    """
    for node in nodes:
        node.prose = 0 if node.beside else _own_prose(node)
        node.faded, node.sources = 1000 * node.prose, 1 if node.prose else 0
        node.total, node.links = node.weight, node.link_weight
        node.anchors, node.blocks = 1 if node.tag == "a" else 0, 0
    if described >= 0:
        nodes[described].faded += BONUS * sum(node.prose for node in nodes)
    for node in reversed(nodes):
        if node.sources > 1:
            node.faded = node.faded * FADE // 1000
        if node.parent < 0:
            return
        up = nodes[node.parent]
        up.total += node.total
        up.links += node.links
        up.anchors += node.anchors
        up.blocks += node.blocks + (1 if node.tag in BLOCKS else 0)
        if node.faded:
            up.prose += node.prose
            up.faded += node.faded
            up.sources += 1
