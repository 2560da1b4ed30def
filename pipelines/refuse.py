"""Pages that stand where an article should be: firewalls, verification codes, 404s that answer 200, maintenance.

Articles about any of these exist, so words alone never refuse: the page must say it as its title or as a whole line,
and must lack a text of an article's size (P14).
"""

import re
from collections.abc import Callable, Iterator

from lxml.html import HtmlElement

from pipelines.errors import BlockPage, CaptchaPage, PipelineError, SoftNotFound
from pipelines.extract.blocks import collapse, read_blocks
from pipelines.extract.headline import strip_site
from pipelines.extract.noise import SKIPPED
from pipelines.model import Capture
from pipelines.page import Page
from pipelines.refusals import LINES, SCRIPTS, TITLES

#: Weight of sentences (a Hanzi is 1, four other characters are 1) above which a page is an article whatever it says.
ARTICLE_WEIGHT = 200
#: The same for a page whose title already says that it is none.
TITLED_WEIGHT = 400
#: A challenge page shows hardly anything.
CHALLENGE_WEIGHT = 60
MIN_SENTENCE = 15
MAX_LINE = 90

FAULTS: dict[str, type[PipelineError]] = {"captcha": CaptchaPage, "block": BlockPage, "missing": SoftNotFound}
SENTENCE = re.compile(r"[，。,.！？；]")
#: What only articles carry.
SIGNED = re.compile(
    r"""pubtime_baidu|source_baidu|["']article:published_time["']|["']publishdate["']|["']PubDate["']|enpproperty|"""
    r""""@type"\s*:\s*"(?:NewsArticle|ReportageNewsArticle)\"""",
    re.I,
)

#: A page that its own scripts fill: its article is in its data or its JSON twin.
SHELL = re.compile(r"""\bid=["']?(?:app|root|__next|__nuxt)["'\s>]|originalId|__NEXT_DATA__|__INITIAL_STATE__""")


def refuse(page: Page, capture: Capture) -> None:
    """Raise BlockPage, CaptchaPage or SoftNotFound for a page that is no article though it answered 200."""
    if page.tree is None:
        return
    weight = _sentence_weight(page.tree)
    if weight > TITLED_WEIGHT:
        return
    for find in (_by_title, _by_script, _by_line):
        fault = find(page, weight)
        if fault:
            raise FAULTS[fault]


def _by_title(page: Page, weight: int) -> str:
    """A page whose whole title is a refusal."""
    assert page.tree is not None
    for title in _titles(page.tree):
        for text in dict.fromkeys((title, strip_site(title))):
            for fault, pattern in TITLES:
                if pattern.fullmatch(text):
                    return fault
    return ""


def _by_script(page: Page, weight: int) -> str:
    """A challenge that runs in a script and shows next to nothing."""
    if weight > CHALLENGE_WEIGHT or SIGNED.search(page.text) or SHELL.search(page.text):
        return ""
    found = next((fault for fault, pattern in SCRIPTS if pattern.search(page.text)), "")
    assert page.tree is not None
    return found if found and _shown_weight(page.tree) <= 2 * CHALLENGE_WEIGHT else ""


def _by_line(page: Page, weight: int) -> str:
    """A refusal as a whole line of a page without an article."""
    if weight > ARTICLE_WEIGHT or SIGNED.search(page.text):
        return ""
    assert page.tree is not None
    for block in read_blocks(page.tree):
        if len(block.text) <= MAX_LINE:
            for fault, pattern in LINES:
                if pattern.search(block.text):
                    return fault
    return ""


def _titles(tree: HtmlElement) -> Iterator[str]:
    """The page's title and its headings."""
    for node in tree.iter("title", "h1", "h2"):
        text = collapse(str(node.text_content()))
        if 0 < len(text) <= MAX_LINE:
            yield text


def _sentence_weight(tree: HtmlElement) -> int:
    """The weight of all texts that read like sentences, links and scripts left out."""
    return sum(weight for weight in map(weigh, _texts(tree, _is_sentence)))


def _shown_weight(tree: HtmlElement) -> int:
    return sum(weigh(text) for text in _texts(tree, bool))


def _is_sentence(text: str) -> bool:
    return weigh(text) >= MIN_SENTENCE and bool(SENTENCE.search(text))


def _texts(tree: HtmlElement, wanted: Callable[[str], bool]) -> Iterator[str]:
    for node in tree.iter():
        shown = isinstance(node.tag, str) and node.tag not in SKIPPED and node.tag != "a"
        for text in (node.text if shown else None, node.tail):
            if text and not text.isspace() and wanted(text.strip()):
                yield text.strip()


def weigh(text: str) -> int:
    """A Hanzi is 1, four other characters are 1.

    >>> weigh("样例"), weigh("sample12")
    (2, 2)
    """
    if text.isascii():
        return len(text) // 4
    wide = sum(char > "\u2e7f" for char in text)
    return wide + (len(text) - wide) // 4
