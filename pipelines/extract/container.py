"""The element of an unknown page that holds the article: where prose stands close together.

Prose is lines that are long, hold punctuation and are not links. Each block's prose counts fully for itself and
fades as it is passed up, so the element right around most paragraphs wins over the page around everything.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

from pipelines.extract.blocks import squeeze
from pipelines.extract.noise import BESIDE, BLOCKS, COMMENTS, FRAME, HIDDEN, NEVER, SKIPPED

#: Per mille of the prose that is left where several places meet.
FADE = 660
#: Lines lighter than this are no prose.
MIN_WEIGHT = 12
PUNCTUATION = "，。、；：！？,.;!?…”」"
NEVER_EXCLUDED = frozenset({"html", "body", "article", "main"})
#: Prose of an item that announces another article.
MAX_TEASER = 100
#: A list of comments or cards has this many items alike, and at most this share (per mille) of the page's prose.
MIN_ITEMS = 4
MOST_IN_ITEMS = 800
#: How far a heading is from the item that it heads.
MAX_ITEM_DEPTH = 12
#: So much of a description's beginning is looked for; the prose (per mille of the page's) that its place is worth more.
HINT_CHARS = 14
BONUS = 200
#: Elements that are lines of their own rather than containers.
LEAVES = frozenset({"br", "hr"})
LISTS = frozenset({"ul", "ol", "div", "table", "section", "aside", "dl", "p", "nav", "footer", "td"})


@dataclass(slots=True)
class _Node:
    """What the search knows of one element."""

    element: HtmlElement
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
    nodes = _measure(tree)
    _sum_up(nodes)
    _exclude(nodes)
    _sum_up(nodes, _described(nodes, squeeze(description)[:HINT_CHARS]))
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


def _measure(tree: HtmlElement) -> list[_Node]:
    """All elements in document order, with the weight of the text that each block holds directly."""
    nodes: list[_Node] = []
    places: dict[HtmlElement, int] = {}
    skipped: set[HtmlElement] = set()
    for element in tree.iter():
        parent = element.getparent()
        if parent is not None and parent in skipped:
            skipped.add(element)
            continue
        up = places[parent] if parent is not None and element is not tree else -1
        if not isinstance(element.tag, str) or element.tag in SKIPPED or HIDDEN.search(element.get("style", "")):
            skipped.add(element)
        else:
            _enter(nodes, places, element, up)
        if up >= 0 and element.tail:
            _weigh(nodes, up, element.tail)
    return nodes


def _enter(nodes: list[_Node], places: dict[HtmlElement, int], element: HtmlElement, up: int) -> None:
    index = len(nodes)
    is_block = up < 0 or (element.tag in BLOCKS and element.tag not in LEAVES)
    in_link = element.tag == "a" or (up >= 0 and nodes[up].in_link)
    nodes.append(_Node(element, up, index if is_block else nodes[up].block, in_link))
    nodes[index].anchors = 1 if element.tag == "a" else 0
    places[element] = index
    if up >= 0:
        nodes[up].children.append(index)
    if element.text:
        _weigh(nodes, index, element.text)


def _weigh(nodes: list[_Node], index: int, text: str) -> None:
    """Put a text's weight on its block: a Hanzi is 1, four other characters are 1."""
    text = text.strip()
    if not text:
        return
    wide = 0 if text.isascii() else sum(char > "\u2e7f" for char in text)
    weight = 4 * wide + len(text) - wide
    node = nodes[nodes[index].block]
    node.weight += weight
    node.link_weight += weight if nodes[index].in_link else 0
    node.marks += sum(map(text.count, PUNCTUATION))


def _prose(node: _Node) -> int:
    """A block's own prose: its weight if it reads like sentences, 0 if it is short or mostly links."""
    weight = node.weight // 4
    if weight < MIN_WEIGHT or node.link_weight * 2 > node.weight:
        return 0
    own = (node.weight - node.link_weight) // 4
    if node.marks == 0:
        return own // 4
    return own if node.element.tag not in ("h1", "h2", "h3", "h4") else own // 4


def _described(nodes: list[_Node], hint: str) -> int:
    """The index of the first block whose text has the description's beginning, or -1."""
    if len(hint) < HINT_CHARS:
        return -1
    for index, node in enumerate(nodes):
        texts = (node.element.text, *(child.tail for child in node.element))
        if not node.beside and any(text and len(text) >= HINT_CHARS and hint in squeeze(text) for text in texts):
            return index
    return -1


def _sum_up(nodes: list[_Node], described: int = -1) -> None:
    """Sum prose, text and links up the tree; what is beside the article counts for nothing.

    Prose fades where it meets other prose, not on its way through wrappers that hold nothing else.
    """
    for node in nodes:
        node.prose = 0 if node.beside else _prose(node)
        node.faded, node.sources = 1000 * node.prose, 1 if node.prose else 0
        node.total, node.links = node.weight, node.link_weight
        node.anchors, node.blocks = 1 if node.element.tag == "a" else 0, 0
    if described >= 0:
        nodes[described].faded += BONUS * sum(node.prose for node in nodes)
    for node in reversed(nodes):
        if node.sources > 1:
            node.faded = node.faded * FADE // 1000
        if node.parent >= 0:
            up = nodes[node.parent]
            up.prose += node.prose
            up.total += node.total
            up.links += node.links
            up.anchors += node.anchors
            up.blocks += node.blocks + (node.element.tag in BLOCKS)
            up.faded += node.faded
            up.sources += 1 if node.faded else 0


def _exclude(nodes: list[_Node]) -> None:
    """Mark what stands beside the article, unless all that is called so together is most of the page's prose."""
    whole = max(1, nodes[0].prose)
    _find_teasers(nodes)
    _find_item_lists(nodes, whole)
    called = [node for node in nodes if not node.beside and _is_beside(node)]
    shares: dict[str, int] = {}
    for node in called:
        names = _names(node.element)
        shares[names] = shares.get(names, 0) + node.prose
    for node in called:
        node.beside = 1000 * shares[_names(node.element)] < whole * _most(node)
    for node in nodes:
        node.beside = node.beside or (node.parent >= 0 and nodes[node.parent].beside)


def _find_teasers(nodes: list[_Node]) -> None:
    """Mark lists of teasers: three and more children alike, each with a linked heading and little prose."""
    headed: Counter[int] = Counter()
    alike: dict[int, Counter[tuple[Any, str]]] = {}
    for index, node in enumerate(nodes):
        if node.element.tag in ("h2", "h3", "h4", "h5") and node.links * 2 > node.total > 0:
            item = _item_of(nodes, index, alike)
            if item >= 0 and nodes[item].prose <= MAX_TEASER:
                headed[nodes[item].parent] += 1
    for index, count in headed.items():
        filled = sum(nodes[child].total > 0 for child in nodes[index].children)
        if count >= 3 and count * 10 >= filled * 7:
            nodes[index].beside = nodes[index].parent >= 0


def _find_item_lists(nodes: list[_Node], whole: int) -> None:
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


def _is_item(node: _Node) -> bool:
    """Whether an element has links and at least two blocks inside."""
    return node.anchors > 0 and node.blocks >= 2


def _item_of(nodes: list[_Node], index: int, alike: dict[int, Counter[tuple[Any, str]]]) -> int:
    """The element around a heading that has siblings like it: the item of a list. -1 where there is none."""
    item = index
    for _level in range(MAX_ITEM_DEPTH):
        parent = nodes[item].parent
        if parent < 0 or nodes[item].element.tag in ("html", "body", "main"):
            return -1
        if parent not in alike:
            alike[parent] = Counter(map(_kind, (nodes[child] for child in nodes[parent].children)))
        if alike[parent][_kind(nodes[item])] >= 3:
            return item if item != index else -1
        item = parent
    return -1


def _kind(node: _Node) -> tuple[Any, str]:
    return node.element.tag, _names(node.element)


def _most(node: _Node) -> int:
    """Per mille of the page's prose that an element called beside may hold."""
    names = _names(node.element)
    if NEVER.search(names):
        return 1001
    if COMMENTS.search(names):
        return 950
    return 750 if node.element.tag in ("aside", "footer") or BESIDE.search(names) else 120


def _is_beside(node: _Node) -> bool:
    tag = node.element.tag
    if tag in NEVER_EXCLUDED:
        return False
    names = _names(node.element)
    return tag in ("aside", "footer") or bool(
        names and (BESIDE.search(names) or FRAME.search(names) or NEVER.search(names))
    )


def _best(nodes: list[_Node]) -> int | None:
    """The block where the most prose stands closest together, less its share of links; the innermost of equals."""
    best, best_score = None, 0
    for index, node in enumerate(nodes):
        if node.beside or node.block != index or node.prose == 0:
            continue
        score = node.faded * (node.total - node.links) // max(1, node.total)
        if score >= best_score:
            best, best_score = index, score
    return best


def _names(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}".strip()


def _with_siblings(nodes: list[_Node], best: int) -> list[int]:
    """The best block and the neighbours, up to three meetings up, that hold more of the same article."""
    roots = [best]
    current, level = best, 0
    while level < 3:
        parent = nodes[current].parent
        if parent < 0 or nodes[parent].element.tag in ("body", "html"):
            break
        if nodes[parent].prose > nodes[current].prose:
            level += 1
            children = nodes[parent].children
            joined = [i for i in children if i == current or _belongs(nodes[i], nodes[current], nodes[best])]
            if len(joined) > 1:
                roots = sorted(set(joined) - {current} | set(roots))
        current = parent
    return roots


def _belongs(node: _Node, current: _Node, best: _Node) -> bool:
    """Whether a sibling holds more of the article: alike in tag and class, or a paragraph, or much prose."""
    if node.beside or node.prose < MIN_WEIGHT or node.links * 4 > node.total:
        return False
    tag, names = node.element.tag, _names(node.element)
    if tag == current.element.tag and names == _names(current.element):
        return True
    return tag in ("p", "blockquote")


def _not_article(nodes: list[_Node], roots: Sequence[int]) -> list[HtmlElement]:
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


def _is_link_list(node: _Node) -> bool:
    """A block of headlines to other pages."""
    if node.element.tag not in LISTS or node.anchors < 2:
        return False
    return node.links * 10 >= node.total * 7 and node.prose * 8 < node.total
