"""RSS 2.0, RSS 1.0, Atom, sitemaps and the month index of digital papers: XML, in whatever state it comes."""

import re
import zlib
from collections.abc import Iterator

import lxml.etree

from pipelines.model import Role

#: A packed sitemap may unpack to this much and no more.
MAX_UNPACKED = 64 * 1024 * 1024
DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*\?>")
DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.S | re.I)
XML_START = re.compile(
    r"\s*(?:<\?xml\b[^>]*\?>\s*)?(?:<!--.*?-->\s*|<\?.*?\?>\s*)*<(?!!doctype html|html\b)", re.S | re.I
)
ROOTS = frozenset({"rss", "RDF", "feed", "urlset", "sitemapindex"})
XML_ROOT = re.compile(
    r"<(?:\w+:)?(rss|rdf|feed|urlset|sitemapindex|period|periods|navi|datastore|periodlist|root)\b", re.I
)

Found = Iterator[tuple[str, Role | None]]


def unpacked(body: bytes) -> bytes:
    """The body of a `.xml.gz` sitemap; others as they are."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(31).decompress(body, MAX_UNPACKED)
    except zlib.error:
        return body


def is_xml(text: str) -> bool:
    """Whether a text is XML of a kind that is read here, not HTML."""
    head = text[:2000]
    return bool(XML_START.match(head)) and bool(XML_ROOT.search(head))


def feed_links(text: str) -> tuple[tuple[str, Role | None], ...]:
    """The links of a feed or sitemap, each with its role; nothing for HTML or an empty answer."""
    root = _root(text)
    if root is None or _name(root) not in ROOTS:
        return ()
    return tuple(_entries(root))


def period_links(text: str) -> tuple[tuple[str, Role | None], ...]:
    """The issues in a paper's month index: `06/node_1.html` beside `period.xml`, or the `url` of `navi.xml`."""
    root = _root(text)
    if root is None or _name(root) in ROOTS:
        return ()
    return tuple(_issues(root))


def _root(text: str) -> "lxml.etree._Element | None":
    """The root of an XML text. Entities are not expanded, nothing is fetched; broken XML is read as far as it goes."""
    text = DOCTYPE.sub("", DECLARATION.sub("", text.strip(), count=1), count=1).strip()
    parser = lxml.etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return lxml.etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (lxml.etree.XMLSyntaxError, ValueError):
        return None


def _name(node: "lxml.etree._Element") -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _plain(node: "lxml.etree._Element") -> str:
    """An element's text; "" if it holds an entity, which nobody expands."""
    return (node.text or "").strip() if len(node) == 0 else ""


def _entries(root: "lxml.etree._Element") -> Found:
    for node in root.iter():
        name = _name(node)
        if name == "item":
            yield from _rss_item(node)
        elif name == "entry":
            yield from _atom_entry(node)
        elif name in ("url", "sitemap"):
            role = Role.ARTICLE if name == "url" else Role.FEED
            yield from ((_plain(child), role) for child in node if _name(child) == "loc")


def _rss_item(node: "lxml.etree._Element") -> Found:
    """The link of an item, or its guid where that is one. In broken XML they may have slid into another element."""
    found = {_name(child): child for child in (*reversed(list(node.iter())), *reversed(node))}
    if "link" in found:
        link = _plain(found["link"]) or found["link"].get("href", "")
        if link:
            yield link, Role.ARTICLE
            return
    guid = found.get("guid")
    if guid is not None and guid.get("isPermaLink", "true") == "true" and _plain(guid).startswith("http"):
        yield _plain(guid), Role.ARTICLE


def _atom_entry(node: "lxml.etree._Element") -> Found:
    links = [child for child in node if _name(child) == "link" and child.get("rel", "alternate") == "alternate"]
    yield from ((link.get("href", ""), Role.ARTICLE) for link in links[:1])


def _issues(root: "lxml.etree._Element") -> Found:
    for node in root.iter():
        fields = {_name(child): _plain(child) for child in node}
        day = re.search(r"\d{4}-?\d{2}-?(\d{2})", fields.get("period_date") or fields.get("date") or "")
        page = fields.get("front_page", "")
        if day and page:
            yield (page if "/" in page else f"{day[1]}/{page}"), None
        elif day and fields.get("url"):
            yield fields["url"].removeprefix("../"), None
