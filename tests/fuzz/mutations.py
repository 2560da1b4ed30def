"""Pages that no editor wrote: sound pages, and ways to spoil one, each a function of the page and two numbers."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from pipelines.judge_model import JudgeModel
from pipelines.model import Capture, CrawlPolicy, Document, Role, Shape, Source
from pipelines.process import process

GOLDEN = Path(__file__).parents[1] / "golden"
MAX_SEED_BYTES = 8_000
MAX_BYTES = 60_000
URL = "http://news.sample.example/content/1.html"
FAMILIES = tuple(sorted(path.name for path in GOLDEN.iterdir() if path.name not in ("generic", "sources")))
#: (CMS family, page), small ones of every family.
SEEDS = tuple(
    (path.parent.name if path.parent.name in FAMILIES else "", path.read_bytes())
    for path in sorted(GOLDEN.rglob("*"))
    if path.suffix in (".html", ".json") and "expected" not in path.read_text("utf-8", "replace")[:20_000]
    if path.stat().st_size <= MAX_SEED_BYTES
)
_TAG = re.compile(rb"<[^<>]{1,200}>")
_ATTRIBUTE = re.compile(rb"""=("[^"]{0,80}"|'[^']{0,80}')""")
_TEXT = re.compile(rb">[^<>]{2,}<")
#: Bytes that parsers, decoders and regular expressions stumble over.
SPLINTERS = (
    b"\x00", b"\xff\xfe", b"\xef\xbf\xbd", b"\xed\xa0\x80", b"\x80", b"\xa1", b"?", b"<", b">", b"<!--", b"-->", b"]]>",
    b"<![CDATA[", b"</body></html>", b"<script>", b"</script>", b"<style>", b"<textarea>", b"<plaintext>", b"<table>",
    b"<svg><p>", b"<template>", b"<base href='javascript:'>", b"<meta charset=utf-16>", b"<meta charset=hz>~{",
    b"&#0;", b"&#x1;", b"&#xD800;", b"&#x110000;", b"&#99999999;", b"&amp;amp;nbsp;", b"&#26032", b"\\ud83d\\u65b0",
    b"{", b'{"a":', b"[" * 50, b"%E6%96%B0" * 3, b"9999999999999999", b"2026-13-45 29:61", b"0000-00-00", b"20260101",
    "鏂伴椈".encode(), "ÐÂ»ªÈÕ±¨".encode(), "?！缎氯A日報》".encode(), "新华".encode("gbk"), "網(wǎng)".encode(),
    "\u200b\u202e\ufeff".encode(), "\U000e0041\U0010ffff".encode(), "（来源：作者：责任编辑：".encode(),
    "《".encode() * 40,
)  # fmt: skip


def splinter(page: bytes, a: int, b: int) -> bytes:
    """Bytes put in anywhere, in the middle of a character or of a tag too."""
    at = a % (len(page) + 1)
    return page[:at] + SPLINTERS[b % len(SPLINTERS)] + page[at:]


def cut(page: bytes, a: int, b: int) -> bytes:
    """A piece left out."""
    at = a % (len(page) + 1)
    return page[:at] + page[at + b % 300 :]


def truncate(page: bytes, a: int, b: int) -> bytes:
    """A transfer that broke off."""
    return page[: max(1, a % (len(page) + 1))] + b"\xe6" * (b % 2)


def flip(page: bytes, a: int, b: int) -> bytes:
    """One byte is another."""
    at = a % len(page) if page else 0
    return page[:at] + bytes([b % 256]) + page[at + 1 :]


def repeat(page: bytes, a: int, b: int) -> bytes:
    """A tag many times over."""
    return _replaced(_TAG, page, a, lambda found: found * (1 + b % 400))


def nest(page: bytes, a: int, b: int) -> bytes:
    """A text below thousands of elements."""
    tag = (b"div", b"span", b"p", b"em", b"a", b"b", b"ul", b"blockquote")[b % 8]
    return _replaced(_TEXT, page, a, lambda found: b">" + (b"<" + tag + b">") * (b % 4000) + found[1:])


def swell(page: bytes, a: int, b: int) -> bytes:
    """An attribute of many thousand characters."""
    piece = (b"a", b" x", b"&#38;", b"\xe6\x96\xb0", b";color:red", b"../")[b % 6]
    return _replaced(_ATTRIBUTE, page, a, lambda _: b'="' + piece * (b % 5000) + b'"')


def lengthen(page: bytes, a: int, b: int) -> bytes:
    """A text many times over, without a break."""
    return _replaced(_TEXT, page, a, lambda found: b">" + found[1:-1] * (1 + b % 200) + b"<")


def mix(page: bytes, a: int, b: int) -> bytes:
    """A piece of another page in the middle."""
    other = SEEDS[a % len(SEEDS)][1]
    at, start = b % (len(page) + 1), a % (len(other) + 1)
    return page[:at] + other[start : start + 1500] + page[at:]


def misread(page: bytes, a: int, b: int) -> bytes:
    """The text misread on its way, saved as utf-8 or as GBK."""
    written, read = (("utf-8", "gb18030"), ("utf-8", "latin-1"), ("gb18030", "latin-1"), ("gb18030", "utf-8"))[a % 4]
    text = page.decode("utf-8", "replace").encode(written, "replace").decode(read, "replace")
    return text.encode(("utf-8", "gb18030", "utf-16", "big5")[b % 4], "replace")


MUTATIONS: tuple[Callable[[bytes, int, int], bytes], ...] = (
    splinter,
    cut,
    truncate,
    flip,
    repeat,
    nest,
    swell,
    lengthen,
    mix,
    misread,
)


def spoilt(page: bytes, steps: list[tuple[int, int, int]]) -> bytes:
    """The page after (which mutation, its two numbers), one after the other, cut to the size that is tried."""
    for which, a, b in steps:
        page = MUTATIONS[which % len(MUTATIONS)](page, a, b)[:MAX_BYTES]
    return page


def read(body: bytes, family: str, model: JudgeModel, content_type: str = "text/html") -> Document:
    """The page through the whole pipeline, as an outlet of that family publishes it."""
    source = Source(
        name="sample",
        title="样例日报",
        region="sample",
        hosts=("news.sample.example",),
        family=family,
        crawl=CrawlPolicy(shape=Shape.SECTION_LIST, start_urls=()),
    )
    capture = Capture(
        outlet="sample",
        url=URL,
        final_url=URL,
        fetched_at=datetime(2026, 11, 22, 4, 0, tzinfo=UTC),
        status=200,
        headers=(("Content-Type", content_type),),
        body=body,
        digest=b"",
        role=Role.ARTICLE,
    )
    return process([capture], source, model)


def _replaced(pattern: re.Pattern[bytes], page: bytes, a: int, change: Callable[[bytes], bytes]) -> bytes:
    """The page with one of the pattern's matches changed."""
    found = list(pattern.finditer(page))
    if not found:
        return page
    one = found[a % len(found)]
    return page[: one.start()] + change(one[0]) + page[one.end() :]
