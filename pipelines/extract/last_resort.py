"""trafilatura's view of a page in which none of our own readers finds an article.

It knows many sites by their habits, where we go by prose: better its rough text than a capture without a document. Two
of its habits are turned off because they make a text depend on more than the page: its memory of texts seen before
(`deduplicate`), and comments.
"""

import re
from collections.abc import Sequence
from copy import deepcopy
from itertools import islice

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
#: The signs that it sets lists and tables with.
_MARKDOWN = re.compile(r"^- |^\| ?|[ |-]*\|\s*$")


def read(pages: Sequence[Page]) -> Reading | None:
    """The text of the first page with any; None when there is hardly any."""
    page = next((page for page in pages if page.tree is not None), None)
    tree = page.tree if page is not None else None
    if page is None or tree is None or next(islice(tree.iter(), MAX_ELEMENTS, None), None) is not None:
        return None
    title = find_title(view_of(page))
    lines = [line for line in _lines(tree) if squeeze(line) != squeeze(title.text)]
    if sum(map(len, lines)) < MIN_CHARS:
        return None
    blocks = tuple(Block(text=line) for line in lines)
    return Reading(blocks=blocks, title=title.text, title_rule=title.rule)


def _lines(tree: HtmlElement) -> list[str]:
    """trafilatura changes the tree that it reads: it gets a copy. It is imported by the few pages that need it."""
    from trafilatura import extract

    found = extract(deepcopy(tree), include_comments=False, include_tables=True, deduplicate=False)
    lines = (_MARKDOWN.sub("", line) for line in (found or "").split("\n"))
    return [line for line in map(collapse, lines) if line]
