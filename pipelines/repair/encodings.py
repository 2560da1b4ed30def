"""Text read in the wrong character set. Each repair tries the way back and keeps it only if it gives ordinary Chinese.

Not repaired, because the bytes are gone: GBK read as UTF-8 (U+FFFD soup, 锟斤拷). The capture still has them.
"""

import re

import ftfy

from pipelines.fold import fold
from pipelines.repair.hanzi import COMMON_HANZI

_ORDINARY = frozenset(COMMON_HANZI) | frozenset("，。、；：？！“”‘’（）《》〈〉【】「」『』—…·　～￥％〔〕－")
_ASCII = frozenset(map(chr, range(128)))
#: Characters that a text may hold before it looks as if read in the wrong character set, in per mille.
_SUSPECT, _SOUND = 700, 850
#: Runs that may be one misread text: no ASCII but the `?` that stands for a lost byte.
_FOREIGN_RUN = re.compile(r"[^\x00-\x7f]{2,}(?:\?(?=$|[^\x00-\x7f]))?[^\x00-\x7f]*")
_LATIN_RUN = re.compile(r"[\x80-\xff\u0152-\u0192\u02c6-\u02dc\u2013-\u203a\u20ac\u2122]{4,}")
#: A lead byte of UTF-8 followed by a continuation byte, both read as Latin-1 or Windows-1252.
_LATIN_UTF8 = re.compile(r"[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
_LOST_LEAD = re.compile(r"\?[！“”’‘。，；：、？][\u4e00-\u9fff][^\s?]{0,40}")
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
    kinds = set(text) - _ASCII
    return len(kinds - _ORDINARY) * 3 > len(kinds) and plausible(text) < _SUSPECT


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
    return _FOREIGN_RUN.sub(lambda run: _try(run[0], "gb18030", "utf-8"), text) if looks_foreign(text) else text


def redecode_gbk_from_big5(text: str) -> str:
    """GBK read as Big5: a reader or a mirror set to Taiwan's character set."""
    return _FOREIGN_RUN.sub(lambda run: _try(run[0], "big5", "gb18030"), text) if looks_foreign(text) else text


def redecode_gbk_from_latin(text: str) -> str:
    """GBK read as Latin-1 or Windows-1252: a server that names no character set.

    Runs that are UTF-8 under the surface are left to `redecode_utf8_from_latin`.

    >>> redecode_gbk_from_latin("ÐÂ»ªÈÕ±¨")
    '新华日报'
    """
    return _LATIN_RUN.sub(lambda run: _latin(run[0]), text)


def redecode_utf8_from_latin(text: str) -> str:
    """UTF-8 read as Latin-1 or Windows-1252, also twice. ftfy's work, without what it does to Chinese punctuation."""
    return ftfy.fix_text(text, _FTFY) if _LATIN_UTF8.search(text) else text


def restore_lost_lead(text: str) -> str:
    """GBK whose lead byte A1 became `?`, so that all that follows is read one byte off until it meets ASCII.

    Farms that convert pages by bytes leave it after a full stop or a quotation mark.

    >>> restore_lost_lead("傳統?！缎氯A日報》")
    '傳統。《新華日報》'
    """
    return _LOST_LEAD.sub(lambda found: _shift(found[0]), text)


def _try(run: str, written: str, read: str, depth: int = 2) -> str:
    """The run as it was before it was read wrongly, or the run itself."""
    try:
        body = run.rstrip("?\ufffd").replace("\ufffd", "?").encode(written)
    except UnicodeEncodeError:
        return run
    decoded = body.decode(read, "ignore")
    if len(decoded) * 4 < len(body) - 4 or not decoded:
        return run
    if plausible(decoded) >= _SOUND and plausible(run) < _SOUND:
        return decoded
    if depth == 1:
        return run
    deeper = _try(decoded, written, read, depth - 1)
    return run if deeper == decoded else deeper


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
    """The bytes as GBK, "" where they are not ordinary Chinese."""
    try:
        decoded = body.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    hanzi = sum("\u4e00" <= char <= "\u9fff" for char in decoded)
    return decoded if hanzi >= 2 and plausible(decoded) >= _SOUND else ""


def _shift(found: str) -> str:
    """The text with the lead byte put back, up to where the bytes fall into step again."""
    best = found
    for end in range(2, len(found) + 1):
        try:
            body = b"\xa1" + found[1:end].encode("gb18030")
            decoded = body.decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if len(decoded) >= 3 and plausible(decoded) == 1000 > plausible(found[1:end]):
            return decoded + found[end:]
    return best
