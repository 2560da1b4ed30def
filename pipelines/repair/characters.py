"""Characters that do not belong in a sentence: spliced in, left over from markup, or written as their code."""

import re

from pipelines.fold import fold
from pipelines.repair.hanzi import COMMON_HANZI

_COMMON = frozenset(COMMON_HANZI[:1500])
_HANZI = "\u3400-\u9fff"
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
#: A joiner makes one emoji of two; anywhere else in Chinese text it only splits words.
_JOINER = re.compile(
    "(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_PINYIN = re.compile(rf"([{_HANZI}])\(([a-zü\u00e0-\u01dc\u01f9\u0251\u0261]{{1,6}})\)")
_SEVERAL = 2
_TONE = re.compile("[\u00e0-\u01dc]")
_BLANK = "[ \u00a0\u2002-\u200a\u202f\u3000]"
_STREWN = re.compile(rf"(?<![{_HANZI}])[{_HANZI}](?:{_BLANK}[{_HANZI}，。、；：！？《》“”（）]){{5,}}(?![{_HANZI}])")
_BLANKS = re.compile(_BLANK)
#: Within a word: at the head of a line, or before a space, the same code points are icons of a web font.
_ASSIGNED = re.compile(rf"(?<=[{_HANZI}])[\ue78d-\ue796\ue7c7\ue7c8\ue815-\ue864](?!\s)")
_RADICAL = re.compile("[\u2f00-\u2fd5]")


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


def join_strewn(text: str) -> str:
    """Single spaces strewn between six or more Hanzi, as search snippets and old layouts do.

    Shorter runs are left: they may be a heading or two names.

    >>> join_strewn("消 费 贷 款 利 率")
    '消费贷款利率'
    """
    return _STREWN.sub(lambda found: _BLANKS.sub("", found[0]), text)


def unify_radicals(text: str) -> str:
    """Kangxi radicals in place of the characters that look like them, as PDF tools extract them."""
    return _RADICAL.sub(lambda found: _RADICALS.get(found[0], found[0]), text)


def unify_private(text: str) -> str:
    """Characters within a word that GBK put into the private use area because Unicode had no place for them yet.

    The standard says which they are. All others of that area are a font's own: `suspects` flags them.

    >>> unify_private("记者李\ue863")
    '记者李䶮'
    """
    return _ASSIGNED.sub(lambda found: _assigned(found[0]), text)


def _assigned(char: str) -> str:
    """GB18030 gives most of them by their place in GBK's last rows."""
    place = ord(char) - 0xE815
    return _LATER.get(char) or bytes((0xFE, 0x50 + place + (place >= 0x2F))).decode("gb18030")


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
#: GB18030 of 2022 for what the codec still leaves in the private use area.
_LATER = dict(
    zip(
        "\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue7c7\ue7c8"
        "\ue816\ue817\ue818\ue81e\ue826\ue82b\ue82c\ue831\ue832\ue83b\ue843\ue854\ue855\ue864",
        "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f\u01f9"
        "\U00020087\U00020089\U000200cc\u9fb4\u9fb5\u9fb6\u9fb7\U000215d7\u9fb8\U0002298f\u9fb9\u9fba\U000241fe\u9fbb",
        strict=True,
    )
)
