"""trafilatura's view of a page in which none of our own readers finds an article.

It knows many sites by their habits, where we go by prose: better its rough text than a capture without a document. Two
of its habits are turned off because they make a text depend on more than the page: its memory of texts seen before
(`deduplicate`), and comments.
"""

import re
from collections.abc import Sequence
from copy import deepcopy

import lxml.etree
from lxml.html import HtmlElement

from pipelines.extract.blocks import collapse, squeeze
from pipelines.extract.headline import find_title
from pipelines.extract.reading import Reading
from pipelines.extract.view import view_of
from pipelines.model import Block
from pipelines.page import Page

#: Characters of text below which a page without prose is a shell, a player or a gallery, and no article.
MIN_CHARS = 120
#: Elements beyond which it is not asked: its time grows faster than the page (100,000 small ones: minutes).
MAX_ELEMENTS = 5_000
#: And the depth: 1,900 tables in each other take it 45 s.
MAX_DEPTH = 200
#: The signs that it sets lists and tables with.
_MARKDOWN = re.compile(r"^- |^\| ?|[ |-]*\|\s*$")


def read(pages: Sequence[Page]) -> Reading | None:
    """The text of the first page with any; None when there is hardly any."""
    page = next((page for page in pages if page.tree is not None), None)
    tree = page.tree if page is not None else None
    if page is None or tree is None or not _is_cheap(tree):
        return None
    title = find_title(view_of(page))
    lines = [line for line in _lines(tree) if squeeze(line) != squeeze(title.text)]
    if sum(map(len, lines)) < MIN_CHARS:
        return None
    blocks = tuple(Block(text=line) for line in lines)
    return Reading(blocks=blocks, title=title.text, title_rule=title.rule)


def _is_cheap(tree: HtmlElement) -> bool:
    """Whether the tree is small and flat enough to be asked about."""
    deepest = depth = count = 0
    for event, _node in lxml.etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        deepest = max(deepest, depth)
        if count > MAX_ELEMENTS or deepest > MAX_DEPTH:
            return False
    return True


def _lines(tree: HtmlElement) -> list[str]:
    """trafilatura changes the tree that it reads: it gets a copy. It is imported by the few pages that need it."""
    from trafilatura import extract

    found = extract(deepcopy(tree), include_comments=False, include_tables=True, deduplicate=False)
    lines = (_MARKDOWN.sub("", line) for line in (found or "").split("\n"))
    return [line for line in map(collapse, lines) if line]
