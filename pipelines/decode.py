"""Bytes to text. Labels lie: header, meta and byte order mark are candidates, and the text decides between them.

Chinese sites label GBK pages utf-8, leave them unlabelled, or keep a gb2312 meta in front of utf-8 (outlets.md 4.1).
A text decoded wrongly cannot be repaired later (M4), so every candidate is judged by what it yields.
"""

import codecs
import re
from dataclasses import dataclass

from pipelines.errors import NotText
from pipelines.hanzi import COMMON

#: Names that mean another character set than they say: gb2312 pages hold GBK, latin-1 pages hold cp1252.
ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "cp1252": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
#: The other character sets that a label may name. Never utf-7, nor codecs that are no character sets.
KNOWN_NAMES = (
    "utf-8 cp932 cp949 euc_jp iso2022_jp koi8-r koi8-u cp874 iso8859-2 iso8859-5 iso8859-7 iso8859-15 "
    "cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258"
)
KNOWN = frozenset(KNOWN_NAMES.split())
EXTRA_NAMES = {"x-gbk": "gbk", "gb_2312-80": "gb2312", "x-x-big5": "big5", "ks_c_5601-1987": "euc_kr", "zh-cn": "gbk"}

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAGIC = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"Rar!",
    b"7z\xbc\xaf", b"\x7fELF", b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00\x20ftyp", b"OggS", b"ID3", b"FLV\x01",
    b"\xd0\xcf\x11\xe0", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd",
)  # fmt: skip

META = re.compile(rb"""<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([-\w.:]{2,40})""", re.I)
HEADER = re.compile(r"""charset\s*=\s*["']?\s*([-\w.:]{2,40})""", re.I)
FOREIGN = re.compile(r"[^\x00-\x7f]+")
HIGH_RUN = re.compile(r"[\x80-\U0010ffff]+")
CJK_POINTS = "，。、；：？！“”‘’（）《》【】—…·　〔〕％％０１２３４５６７８９「」『』～"
#: Common Hanzi, full-width punctuation, kana and Hangul.
SENSIBLE = re.compile(f"[{re.escape(''.join(sorted(COMMON)) + CJK_POINTS)}\u3040-\u30ff\uac00-\ud7a3]+")

#: Foreign characters looked at in one candidate: enough to judge, bounded for long pages.
SAMPLE_CHARS = 10_000
#: Per mille of foreign characters that make sense at which no other candidate is tried. Of Chinese text read rightly
#: two thirds and more are common Hanzi, of any read wrongly not a quarter is; letters of other scripts say less.
GOOD_SENSE, GOOD_SENSE_HAN = 950, 600
HAN = ("gb18030", "big5hkscs")
#: Foreign bytes that are no utf-8 by accident.
MIN_FOREIGN = 12
HEAD_BYTES = 8192
LATE_BYTES = 262_144


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the character set that it was read with."""

    text: str
    charset: str
    #: The body, where it is the text in utf-8 as it stands.
    markup: bytes | None = None


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Read `body` in the character set that makes the most sense of it.

    >>> decode("镕基喆".encode("gbk"), "text/html; charset=gb2312").charset
    'gb18030'
    >>> decode("新闻，人民日报今日发表社论".encode("gbk"), "text/html; charset=utf-8").text
    '新闻，人民日报今日发表社论'
    """
    marked = _by_mark(body)
    if marked is not None:
        return marked
    _refuse_binary(body)
    text = _strict_utf8(body)
    if text is not None and len(body) - len(text) >= MIN_FOREIGN and b"~{" not in body:
        return Decoded(text, "utf-8", None if text.endswith("�") else body)
    labels = _labels(body, content_type)
    if "hz" in labels and b"~{" in body:
        return Decoded(body.decode("hz", "replace"), "hz")
    if text is not None and (body.isascii() or not _suspicious(body, labels)):
        if body.isascii() and "iso2022_jp" in labels:
            return Decoded(body.decode("iso2022_jp", "replace"), "iso2022_jp")
        return Decoded(text, "utf-8", None if text.endswith("�") else body)
    return _best(body, labels)


def _by_mark(body: bytes) -> Decoded | None:
    """A byte order mark is believed when the text after it decodes; utf-16 without one is told by its NULs."""
    for mark, charset in MARKS:
        if body.startswith(mark):
            rest = body[len(mark) :]
            if charset == "utf-8":
                text = _strict_utf8(rest)
                return Decoded(text, "utf-8") if text is not None else None
            return Decoded(_cut_to_unit(rest, charset).decode(charset, "replace"), charset)
    head = body[:512]
    if len(head) >= 16 and head.count(0) * 5 >= len(head) * 2:
        for charset, offset in (("utf-16-le", 0), ("utf-16-be", 1)):
            if 0 not in head[offset::2] and (b"<" in head or b"{" in head):
                return Decoded(_cut_to_unit(body, charset).decode(charset, "replace"), charset)
    return None


def _cut_to_unit(body: bytes, charset: str) -> bytes:
    """Drop the half of a code unit that a body cut short may end with."""
    unit = 4 if "32" in charset else 2
    return body[: len(body) - len(body) % unit]


def _refuse_binary(body: bytes) -> None:
    """PDFs, images and archives come labelled text/html; a page has hardly any NUL."""
    head = body[:4096]
    if head.lstrip(b"\r\n\t ").startswith(MAGIC):
        raise NotText
    if head.count(0) * 20 > len(head):
        raise NotText
    controls = len(head) - len(head.translate(None, b"\x01\x02\x03\x04\x05\x06\x0e\x0f\x10\x11\x12\x13\x14\x15\x16"))
    if controls * 20 > len(head):
        raise NotText


def _labels(body: bytes, content_type: str) -> tuple[str, ...]:
    """The character sets that header and meta name, without repeats; a late meta is tolerated."""
    names = [match[1] for match in [HEADER.search(content_type)] if match]
    found = META.search(body, 0, HEAD_BYTES) or META.search(body, 0, LATE_BYTES)
    if found:
        names.append(found[1].decode("ascii"))
    return tuple(dict.fromkeys(charset for charset in map(_charset, names) if charset))


def _charset(name: str) -> str:
    """The codec for a label, or "" for one that is unknown or never used."""
    name = EXTRA_NAMES.get(name.lower(), name)
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return ALIASES.get(known) or (known if known in KNOWN else "")


def _strict_utf8(body: bytes) -> str | None:
    """The text if the body is utf-8 throughout; a character cut off at the end does not count against it."""
    try:
        text, used = codecs.utf_8_decode(body, "strict", False)
    except UnicodeDecodeError:
        return None
    return text if used == len(body) else text + "�"


def _suspicious(body: bytes, labels: tuple[str, ...]) -> bool:
    """Valid utf-8 by accident: only a handful of foreign bytes, and another label."""
    if not labels or labels[0] == "utf-8":
        return False
    return len(body) - len(body.translate(None, bytes(range(0x80, 0x100)))) < MIN_FOREIGN


def _best(body: bytes, labels: tuple[str, ...]) -> Decoded:
    """Candidates decoded and scored, those of the labels first: the first that makes good sense, or the best."""
    best = (-1_000_000, "", "")
    for charset in dict.fromkeys((*labels, "utf-8", "gb18030", "big5hkscs", "cp1252")):
        best = max(best, _scored(body, charset), key=lambda found: found[0])
        if best[0] >= (GOOD_SENSE_HAN if charset in HAN else GOOD_SENSE):
            break
    if best[0] < 400 and not labels and "�" in body.decode("gb18030", "replace"):
        best = max((best, *(_scored(body, charset) for charset in ("cp932", "cp949", "cp1251"))), key=lambda f: f[0])
    return Decoded(best[1], best[2])


def _scored(body: bytes, charset: str) -> tuple[int, str, str]:
    """(score in per mille, text, charset): what share of the foreign characters makes sense, less errors."""
    text = body.decode(charset, "replace")
    foreign = "".join(FOREIGN.findall(text))[:SAMPLE_CHARS]
    if not foreign:
        return 1000, text, charset
    errors = foreign.count("�") - (1 if text.endswith("�") else 0)
    if charset == "utf-8":
        sense = len(foreign) - foreign.count("�")
    elif charset in (*HAN, "cp932", "euc_jp", "iso2022_jp", "cp949"):
        sense = sum(map(len, SENSIBLE.findall(foreign)))
    elif charset.startswith(("koi8", "cp1251", "iso8859-5")):
        sense = sum("\u0400" <= char <= "\u045f" for char in foreign)
    else:
        sense = _lonely(text)
    return (1000 * sense - 4000 * errors) // len(foreign), text, charset


def _lonely(text: str) -> int:
    """How many foreign characters stand alone or in pairs, as accents and quotes do in Latin text."""
    return sum(len(run) for run in HIGH_RUN.findall(text[: 20 * SAMPLE_CHARS])[:SAMPLE_CHARS] if len(run) <= 2)
