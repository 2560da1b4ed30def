"""Pictures of an article: which one a caption belongs to, and its address. No picture is ever fetched."""

from dataclasses import dataclass, field, replace
from itertools import islice
from urllib.parse import urljoin

import lxml.etree
from lxml.html import HtmlElement

from pipelines.model import Block, BlockKind
from pipelines.page import Page

#: Where an image names its file, the real one first: `src` may hold what stands there until a script has run.
SOURCES = ("data-src", "data-original", "data-lazy-src", "data-bigimg", "zoomfile", "src", "oldsrc")
#: The last picture before an element inside `near`, and how many steps up that is: a table of picture and caption.
BEFORE = lxml.etree.XPath("(preceding::img[count(ancestor::* | $near) = count(ancestor::*)])[last()]")
NEAR = 4
#: Characters of an image's address; longer ones are the image itself.
MAX_SOURCE = 2000


@dataclass(slots=True)
class Pictures:
    """The picture that a caption after it would belong to."""

    latest: str = ""
    #: Whether no line has come since the last picture.
    just_seen: bool = False
    #: Characters of the line at which the last picture stands; -1 when that line is over.
    at: int = -1
    #: For each open figure, how many blocks there were before it.
    figures: list[int] = field(default_factory=list)

    def see(self, node: HtmlElement, at: int) -> None:
        """A picture, `at` so many characters of its line."""
        self.latest = source_of(node)
        self.just_seen = True
        self.at = at

    def pass_line(self, captioned: bool, chars: int) -> None:
        """A line of text is over: what follows text is no caption, unless the picture stands at that line's end."""
        at_end = 0 < chars == self.at
        if not at_end:
            self.just_seen = False
            if not captioned:
                self.latest = ""
        self.at = -1

    def open_figure(self, before: int) -> None:
        """A figure begins after so many blocks."""
        self.figures.append(before)
        self.latest = ""

    def close_figure(self, blocks: list[Block]) -> None:
        """A figure is over: a caption above its picture gets it now."""
        start = self.figures.pop() if self.figures else len(blocks)
        for place in range(start, len(blocks)):
            block = blocks[place]
            if block.kind == BlockKind.CAPTION and not block.image:
                blocks[place] = replace(block, image=self.latest)


def source_of(node: HtmlElement) -> str:
    """The address of an image as the page writes it; "" where it has none."""
    for name in SOURCES:
        value = (node.get(name) or "").strip()
        if value and len(value) <= MAX_SOURCE and not value.startswith(("data:", "javascript:", "about:")):
            return value
    return ""


def picture_before(node: HtmlElement) -> str:
    """The address of the last picture before an element, of those that share a near ancestor with it; or ""."""
    scopes = list(islice(node.iterancestors(), NEAR))
    found = BEFORE(node, near=scopes[-1]) if scopes else []
    return source_of(found[0]) if found else ""


def absolute_images(blocks: tuple[Block, ...], page: Page) -> tuple[Block, ...]:
    """The blocks with whole URLs for their pictures, counted from the page's address or its `<base>`."""
    if not any(block.image for block in blocks):
        return blocks
    node = page.tree.find(".//base[@href]") if page.tree is not None else None
    base = _join(page.url, node.get("href", "")) if node is not None else page.url
    return tuple(replace(block, image=_join(base, block.image)) if block.image else block for block in blocks)


def _join(base: str, address: str) -> str:
    """An absolute http(s) URL, or "" for an address that is none."""
    try:
        url = urljoin(base, address)
    except ValueError:
        return ""
    return url if url.startswith(("http://", "https://")) else ""
