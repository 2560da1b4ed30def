"""Text read in the wrong character set. Each repair tries the way back and keeps it only if it gives ordinary Chinese.

Not repaired, because the bytes are gone: GBK read as UTF-8 (U+FFFD soup, 锟斤拷): `suspects` flags it, and the capture
still has the bytes. A character that lost one of its bytes in an otherwise good text becomes U+FFFD.
"""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress

import ftfy

from pipelines.fold import fold
from pipelines.repair.hanzi import COMMON_HANZI

_ORDINARY = frozenset(COMMON_HANZI) | frozenset("，。、；：？！“”‘’（）《》〈〉【】「」『』—…·　～￥％〔〕－")
_ASCII = frozenset(map(chr, range(128)))
#: Characters of a long text that are looked at first.
_SAMPLE = 160
_UNKNOWN = re.compile(f"[^\x00-\x7f{re.escape(''.join(sorted(_ORDINARY)))}]")
#: Characters that a text may hold before it looks as if read in the wrong character set, in per mille.
_SUSPECT, _SOUND = 700, 850
_LONG = 12
#: Runs that may be one misread text: no ASCII but the `?` that stands for a lost byte.
_FOREIGN_RUN = re.compile(r"[^\x00-\x7f]{2,}(?:\?[^\x00-\x7f]+)*\??")
_LATIN = r"[\x80-\xff\u0152-\u0192\u02c6-\u02dc\u2013-\u203a\u20ac\u2122]"
#: GBK's second bytes are letters at times.
_LATIN_RUN = re.compile(rf"{_LATIN}(?:[@-~]?{_LATIN}){{3,}}[@-~]?")
#: Misread as GBK or Big5, most bytes give Hanzi; the private use area is GBK's too.
_HANZI = re.compile("[\u3400-\u9fff\ue000-\uf8ff]")
_LOST = re.compile(r"\ufffd+\?{0,2}\ufffd*")
#: A lead byte of UTF-8 followed by a continuation byte, both read as Latin-1 or Windows-1252.
_LATIN_UTF8 = re.compile(r"[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
_LATIN_REST = re.compile(rf"{_LATIN}{{8}}")
_FTFY = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization=None,
)


def looks_foreign(text: str) -> bool:
    """Whether a third of the different characters are no ordinary ones: cheap, and true of all whole-text mojibake."""
    sample = text[:: 1 + len(text) // _SAMPLE]
    strange = len(set(_UNKNOWN.findall(sample)))
    if strange < 2:
        return False
    kinds = set(sample)
    return strange * 3 > len(kinds - _ASCII) and plausible(text) < _SUSPECT


def plausible(text: str) -> int:
    """How much of the text outside ASCII is ordinary Chinese, simplified or traditional, in per mille."""
    foreign = [char for char in text if char > "\x7f"]
    return 1000 * sum(char in _ORDINARY or fold(char) in _ORDINARY for char in foreign) // max(1, len(foreign))


def redecode_utf8_from_gbk(text: str) -> str:
    """UTF-8 read as GBK, once or twice: a page that says gb2312 and is not.

    An odd number of bytes leaves a `?` or U+FFFD at the end of a run; the character it belonged to is lost.

    >>> redecode_utf8_from_gbk("鏂板崕鏃ユ姤鏂伴椈")
    '新华日报新闻'
    """
    return _redecode(text, "gb18030", "utf-8") if looks_foreign(text) else text


def redecode_gbk_from_big5(text: str) -> str:
    """GBK read as Big5: a reader or a mirror set to Taiwan's character set."""
    return _redecode(text, "big5hkscs", "gb18030") if looks_foreign(text) else text


def redecode_gbk_from_latin(text: str) -> str:
    """GBK read as Latin-1 or Windows-1252: a server that names no character set.

    Runs that are UTF-8 under the surface are left to `redecode_utf8_from_latin`.

    >>> redecode_gbk_from_latin("ÐÂ»ªÈÕ±¨")
    '新华日报'
    """
    mended = _LATIN_RUN.sub(lambda run: _latin(run[0]), text)
    whole = _latin(text) if mended != text else text
    return mended if whole == text else whole


def redecode_utf8_from_latin(text: str) -> str:
    """UTF-8 read as Latin-1 or Windows-1252, also twice. ftfy's work, without what it does to Chinese punctuation."""
    if not _LATIN_UTF8.search(text):
        return text
    fixed = ftfy.fix_text(text, _FTFY)
    return text if _LATIN_REST.search(fixed) else fixed


def _redecode(text: str, written: str, read: str) -> str:
    """The whole text, or else each run of it."""
    whole = _try(text, written, read)
    return _FOREIGN_RUN.sub(lambda run: _try(run[0], written, read), text) if whole == text else whole


def _try(run: str, written: str, read: str, depth: int = 2) -> str:
    """The run as it was before it was read wrongly, or the run itself."""
    foreign = _count_foreign(run)
    if len(_HANZI.findall(run)) * 2 < foreign:
        return run
    decoded = min((_reread(body, read) for body in _bytes(run, written)), key=_damage, default="")
    sound = decoded.replace("\ufffd", "")
    found = _count_foreign(sound)
    if found * 2 < foreign - 2 or found <= decoded.count("\ufffd"):
        return run
    if _sound(sound) and not _sound(run):
        return decoded
    if depth == 1:
        return run
    deeper = _try(decoded, written, read, depth - 1)
    return run if deeper == decoded else deeper


def _count_foreign(text: str) -> int:
    return sum(char > "\x7f" for char in text)


def _bytes(run: str, written: str) -> Iterator[bytes]:
    """The bytes that were read as this run. A euro sign may be its two bytes, or browsers' reading of a lone 0x80.

    Python's Big5 has Cyrillic where browsers' has kana.
    """
    with suppress(UnicodeEncodeError):
        yield (body := run.replace("\ufffd", "?").encode(written))
        if "€" in run:
            yield body.replace("€".encode(written), b"\x80")
    if written == "big5hkscs":
        yield from _bytes(run, "big5")


def _reread(body: bytes, charset: str) -> str:
    return _LOST.sub("\ufffd", body.decode(charset, "replace"))


def _sound(text: str) -> bool:
    """Whether this is a text. A long one may hold more rare characters: names."""
    return plausible(text) >= (_SOUND if len(text) < _LONG else _SUSPECT)


def _damage(text: str) -> tuple[int, int]:
    return text.count("\ufffd"), -plausible(text)


def _latin(run: str) -> str:
    body = bytearray()
    for char in run:
        try:
            body += char.encode("latin-1" if char < "\u0100" else "cp1252")
        except UnicodeEncodeError:
            return run
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return _read_gbk(body) or run
    return run


def _read_gbk(body: bytearray) -> str:
    """The bytes as GBK, "" where they are not ordinary Chinese. Cut short, the last character is lost."""
    try:
        decoded = codecs.getincrementaldecoder("gb18030")().decode(body)
        whole = decoded.encode("gb18030") == body
    except UnicodeDecodeError:
        return ""
    hanzi = sum("\u4e00" <= char <= "\u9fff" for char in decoded)
    if hanzi < (2 if whole else 6) or not _sound(decoded):
        return ""
    return decoded if whole else decoded + "\ufffd"
