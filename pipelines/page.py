"""A capture parsed once: everything that reads a page reads this."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import lxml.etree
import lxml.html
from lxml.html import HtmlComment, HtmlElement

from pipelines.decode import decode
from pipelines.errors import NoBody, TooComplex
from pipelines.model import Capture

#: An article page has 1,000 to 8,000 elements. Beyond this even linear work takes seconds.
MAX_ELEMENTS = 50_000
#: An element takes so many bytes of markup: `<p>`.
MIN_ELEMENT = 3
MAX_CHARS = 8_000_000

REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}));?")
ANY_REFERENCE = re.compile(r"&#(?:[xX][0-9a-fA-F]{1,8}|[0-9]{1,8});?")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: The same apart: control bytes, and the two that are no characters. One is found faster than a set of them.
CONTROLS = tuple(bytes([code]) for code in range(0x20) if code not in (9, 10, 13))
NO_CHARACTERS = "\ufffe\uffff"
SURROGATE = re.compile("[\ud800-\udfff]")
#: Both cases are spelt out: a pattern without flags is searched by its first letters.
CLOSERS = re.compile(rb"</(?:[hH][tT][mM][lL]|[bB][oO][dD][yY])\s*>")
#: Elements are made in C; lxml.html's own lookup calls Python for each.
ELEMENTS = lxml.etree.ElementDefaultClassLookup(element=HtmlElement, comment=HtmlComment)
COUNT = lxml.etree.XPath("count(//*)")
NESTED_JSON = re.compile(r"\s*[\[{]")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Page:
    """One capture as text and tree. A JSON answer has no tree. A page equals itself alone."""

    url: str
    fetched_at: datetime
    text: str
    #: `text` in utf-8: a word is found in it several times faster.
    markup: bytes
    charset: str
    tree: HtmlElement | None
    #: The object that a JSON answer holds.
    json: Any = None

    def holds(self, *words: str) -> bool:
        """Whether the markup holds one of the words."""
        return any(word.encode() in self.markup for word in words)


def read_page(capture: Capture) -> Page:
    """Decode and parse a capture. Raises NotText, NoBody, TooComplex."""
    decoded = decode(capture.body, capture.header("content-type"))
    text, markup = encode_markup(decoded.text, decoded.markup)
    if len(text) > MAX_CHARS:
        raise TooComplex
    answer = _read_json(text)
    tree = None if answer is not None else _parse(markup)
    return Page(
        url=capture.url,
        fetched_at=capture.fetched_at,
        text=text,
        markup=markup,
        charset=decoded.charset,
        tree=tree,
        json=answer,
    )


def clean_markup(text: str) -> str:
    """The text without what XML cannot hold: one `&#1;` in an article makes other parsers lose all of it.

    >>> clean_markup("a&#1;b&#x0B;c&#xFFFE;d&#xD800;e&#8212;f")
    'abcd�e&#8212;f'
    """
    return encode_markup(text)[0]


def encode_markup(text: str, markup: bytes | None = None) -> tuple[str, bytes]:
    """The cleaned text, and the same in utf-8; `markup` is the uncleaned one in utf-8, where it is at hand."""
    if not all(map(_is_legal, set(ANY_REFERENCE.findall(text)))):
        text, markup = REFERENCE.sub(_legal_reference, text), None
    if text.startswith("\ufeff"):
        text, markup = text[1:], None
    try:
        markup = markup or text.encode()
    except UnicodeEncodeError:
        text = SURROGATE.sub("�", text)
        markup = text.encode()
    if not any(one in markup for one in CONTROLS) and not any(one in text for one in NO_CHARACTERS):
        return text, markup
    text = ILLEGAL.sub("", text)
    return text, text.encode()


@lru_cache(maxsize=1024)
def _is_legal(reference: str) -> bool:
    match = REFERENCE.fullmatch(reference)
    return match is not None and _legal_reference(match) == reference


def _legal_reference(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    if 0xD800 <= code <= 0xDFFF:
        return "�"
    if code > 0x10FFFF or (code < 0x20 and code not in (9, 10, 13)) or code & 0xFFFE == 0xFFFE:
        return ""
    return match[0]


def _read_json(text: str) -> Any:
    """The object or list in a JSON body; None for HTML. Nesting that exhausts the parser is no article."""
    if not NESTED_JSON.match(text):
        return None
    try:
        answer = json.loads(text, parse_constant=lambda _name: None)
    except RecursionError:
        raise TooComplex from None
    except ValueError:
        return None
    return answer if isinstance(answer, dict | list) else None


def parse(text: str) -> HtmlElement:
    """The tree of an HTML text. Fetches nothing, resolves nothing, and refuses what no article needs. Raises NoBody,
    TooComplex.
    """
    return _parse(text.encode("utf-8", "replace"))


def _parse(markup: bytes) -> HtmlElement:
    """The tree of markup in utf-8.

    Early `</body>` and `</html>` are dropped first: pages glued from two templates have two, and the parser would
    stop at the first and lose the article behind it.
    """
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=True)
    parser.set_element_class_lookup(ELEMENTS)
    try:
        tree = lxml.html.document_fromstring(CLOSERS.sub(b"", markup), parser=parser)
    except lxml.etree.ParserError:
        raise NoBody from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise TooComplex
    if len(markup) > MIN_ELEMENT * MAX_ELEMENTS and COUNT(tree) > MAX_ELEMENTS:
        raise TooComplex
    return tree
