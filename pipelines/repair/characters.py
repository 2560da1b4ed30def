"""Characters that do not belong in a sentence: spliced in, left over from markup, or written as their code."""

import html
import re

from pipelines.fold import fold
from pipelines.repair.hanzi import COMMON_HANZI

_COMMON = frozenset(COMMON_HANZI[:1500])
_HANZI = "\u3400-\u9fff"
_ENTITY = re.compile(
    r"&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|nbsp|ensp|emsp|thinsp|amp|lt|gt|quot|ldquo|rdquo|lsquo|rsquo|mdash|ndash"
    r"|hellip|middot|bull|times|deg|zwnj|zwj);"
)
_BACKSLASH = re.compile(r"(?:\\u[0-9a-fA-F]{4}){2,}")
_PERCENT = re.compile(r"(?<![A-Za-z0-9_/=&?.:%#-])(?:%[0-9A-Fa-f]{2}){6,}")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
#: A joiner makes one emoji of two; anywhere else in Chinese text it only splits words.
_JOINER = re.compile(
    "(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_PINYIN = re.compile(rf"([{_HANZI}])\(([a-zü\u00e0-\u01dc]{{1,6}})\)")
_SEVERAL = 2
_TONE = re.compile("[\u00e0-\u01dc]")
_RESIDUE = re.compile(
    r"<!--.{0,200}?-->|/?enpproperty-->|^\s*(?:-->|/(?:p|div|span)>)|(?:<!--|-->|</?(?:p|div|span|br)\s*/?>)\s*$"
)
_STREWN = re.compile(rf"(?<![{_HANZI}])[{_HANZI}](?: [{_HANZI}]){{5,}}(?![{_HANZI}])")
_RADICAL = re.compile("[\u2f00-\u2fd5]")


def unescape_entities(text: str) -> str:
    """`&#26032;` and `&nbsp;` as text: escaped twice by a CMS, or on purpose, to hide a keyword from filters.

    >>> unescape_entities("&#26032;&#x534e;&nbsp;A&amp;B")
    '新华\\xa0A&B'
    """
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def unescape_codes(text: str) -> str:
    r"""`\u65b0\u95fb` and `%E6%96%B0...` as text: JSON or a query string pasted into a page. URLs stay as they are.

    >>> unescape_codes(r"\u65b0\u95fb")
    '新闻'
    """
    text = _BACKSLASH.sub(lambda found: _codes(found[0]), text)
    return _PERCENT.sub(lambda found: _percent(found[0]), text)


def strip_invisible(text: str) -> str:
    """Zero-width characters, soft hyphens and direction marks, spliced between letters to defeat matching."""
    return _JOINER.sub("", _INVISIBLE.sub("", text))


def strip_controls(text: str) -> str:
    """Control characters and lone surrogates: what old CMSs leave of binary glue. Postgres refuses some."""
    return _CONTROL.sub("", text)


def strip_pinyin(text: str) -> str:
    """Pinyin in parentheses after traditional characters, which farms put in so that no filter sees the word.

    A gloss on a rare character, as newspapers print it, stands after a simplified or an uncommon one and stays; after
    an uncommon one that is traditional it goes where the text holds several of the farm's.

    >>> strip_pinyin("網(wǎng)絡(luò)建設(shè)過濾(lǜ)，觱(bì)篥")
    '網絡建設過濾，觱(bì)篥'
    """
    several = sum(_farmed(found[1], found[2]) for found in _PINYIN.finditer(text)) >= _SEVERAL
    return _PINYIN.sub(lambda found: found[1] if _farmed(found[1], found[2], rare=several) else found[0], text)


def strip_residue(text: str) -> str:
    """Ends of comments and tags that bad cutting left in the text.

    >>> strip_residue("/enpproperty-->本报讯")
    '本报讯'
    """
    return _RESIDUE.sub("", text)


def join_strewn(text: str) -> str:
    """Single spaces strewn between six or more Hanzi, as search snippets and old layouts do.

    Shorter runs are left: they may be a heading or two names.

    >>> join_strewn("消 费 贷 款 利 率")
    '消费贷款利率'
    """
    return _STREWN.sub(lambda found: found[0].replace(" ", ""), text)


def unify_radicals(text: str) -> str:
    """Kangxi radicals in place of the characters that look like them, as PDF tools extract them."""
    return _RADICAL.sub(lambda found: _RADICALS.get(found[0], found[0]), text)


def _codes(found: str) -> str:
    text = "".join(chr(int(code, 16)) for code in found.split(r"\u")[1:])
    return text if re.search(rf"[{_HANZI}]", text) and not _CONTROL.search(text) else found


def _percent(found: str) -> str:
    try:
        text = bytes.fromhex(found.replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return found
    return text if re.search(rf"[{_HANZI}]", text) and not _CONTROL.search(text) else found


def _farmed(hanzi: str, pinyin: str, *, rare: bool = False) -> bool:
    simplified = fold(hanzi)
    return simplified != hanzi and (rare or simplified in _COMMON) and bool(_TONE.search(pinyin))


#: Radicals that PDF tools are seen to give, and the characters meant.
_RADICALS = dict(
    zip(
        "⼀⼆⼈⼊⼋⼏⼒⼗⼝⼟⼠⼤⼥⼦⼩⼭⼯⼲⼴⼼⼿⽀⽂⽅⽇⽉⽊⽌⽐⽑⽔⽕⽗⽚⽜⽣⽤⽥⽩⽬⽯⽰⽴⽵⽶⽺⽻⽼⽽⽿⾁⾃⾄⾊⾎⾏⾐⾔⾜⾝⾥⾦⾬⾮⾯⾳⾷⾸⾹⾼",
        "一二人入八几力十口土士大女子小山工干广心手支文方日月木止比毛水火父片牛生用田白目石示立竹米羊羽老而耳肉自至色血行衣言足身里金雨非面音食首香高",
        strict=True,
    )
)
