"""Characters written as their codes: entities, backslash and percent escapes that a page shows instead of the text."""

import html
import re
from html.entities import html5

from pipelines.repair.encodings import plausible

_ENTITY = re.compile(r"&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,30});")
#: Blanks, also as papers spoil them: `&nbsp；`, `＆ｎｂｓｐ；`, `&nbsp` without its semicolon.
_BLANKS = re.compile(r"(?:\s*[&＆](?:(?:nbsp|ensp|emsp|thinsp|ｎｂｓｐ)(?:[;；]|(?![A-Za-z]))|#(?:160|12288);))+\s*")
#: JSON's `\u65b0`, also escaped twice, and `%u65b0`, which is JavaScript's escape().
_UNITS = re.compile(r"(?:\\{1,2}u[0-9a-fA-F]{4})+|(?:%u[0-9a-fA-F]{4})+")
_UNIT = re.compile(r"u([0-9a-fA-F]{4})")
_PERCENT = re.compile(r"(?<![A-Za-z0-9_/=&?.:%#-])(?:%[0-9A-Fa-f]{2}){6,}")
_HANZI = re.compile("[\u3400-\u9fff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def unescape_entities(text: str) -> str:
    """`&#26032;` and `&nbsp;` as text: escaped twice by a CMS, or on purpose, to hide a keyword from filters.

    Blanks become one space, none at an end. A name that HTML does not know stays.

    >>> unescape_entities("&#26032;&#x534e;&nbsp;&nbsp;A&amp;B")
    '新华 A&B'
    """
    text = _BLANKS.sub(lambda found: " " if found.start() > 0 and found.end() < len(text) else "", text)
    return _ENTITY.sub(lambda found: _entity(found[0]), text)


def unescape_codes(text: str) -> str:
    r"""`\u65b0\u95fb`, `%u65b0` and `%E6%96%B0...` as text: JSON or a query string pasted into a page.

    URLs stay as they are, and so does a single code, which may be meant.

    >>> unescape_codes(r"\u65b0\u95fb")
    '新闻'
    """
    if len(_UNIT.findall(text)) > 1:
        text = _UNITS.sub(lambda found: _units(found[0]), text)
    return _PERCENT.sub(lambda found: _percent(found[0]), text)


def _entity(found: str) -> str:
    return html.unescape(found) if found[1] == "#" else html5.get(found[1:], found)


def _units(found: str) -> str:
    try:
        text = bytes.fromhex("".join(_UNIT.findall(found))).decode("utf-16-be")
    except UnicodeDecodeError:
        return found
    return text if max(text) > "\u2000" and not _CONTROL.search(text) else found


def _percent(found: str) -> str:
    octets = bytes.fromhex(found.replace("%", ""))
    for charset in ("utf-8", "gb18030"):
        try:
            text = octets.decode(charset)
        except UnicodeDecodeError:
            continue
        if _HANZI.search(text) and not _CONTROL.search(text) and (charset == "utf-8" or plausible(text) == 1000):
            return text
    return found
