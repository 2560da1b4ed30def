"""The language of a text: Chinese in either script, English, two of them together, or another."""

import re
from collections import Counter

from pipelines.fold_table import FROM, TO

#: Looked at in a long text: so many windows, evenly spread, of so many characters.
_WINDOWS, _WINDOW = 4, 500
#: A Latin word says as much as two Hanzi.
_HANZI_A_WORD = 2
#: Shares in per mille: of a second language, or of a second script, from which a text is mixed.
_SECOND_LANGUAGE, _SECOND_SCRIPT = 200, 300
#: Fewer characters of the other script are a name or a title.
_FEW = 3
#: Share of kana and Hangul among them and the Hanzi, in per mille, that makes a text Japanese or Korean.
_FOREIGN = 100
#: Of its words that are function words, in per mille: English has 350 to 500, its headlines fewer.
_ENGLISH = 120

_WORD = re.compile(r"[a-z\u00df-\u024f\u1e00-\u1eff]+(?:['’][a-z]+)?")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+")
_ENGLISH_WORDS = (
    "the of and to in a is that for it was on with as at by from he she this be are have his her has will an said not "
    "or but they which were we you their its been who more had after about would one also all"
)
#: The commonest words of other languages in Latin letters that English does not use.
_OTHER_WORDS = (
    "der die das und ist nicht mit den von ein eine zu auf im le la les des et est dans une du que pour qui el los las "
    "en un una por con del se il di che è e della per sono o os uma não com para da do het een van dat op zijn yang "
    "dan ini untuk dengan ang ng mga sa og att och är som på av ja ve bir için và của là các được"
)
_IS_ENGLISH, _IS_OTHER = frozenset(_ENGLISH_WORDS.split()), frozenset(_OTHER_WORDS.split())


def _script_letters() -> tuple[frozenset[str], frozenset[str]]:
    """Hanzi that only simplified text has, and those that only traditional text has.

    A pair of the fold table alone does not say it: 后, 里 and 台 are in both scripts, 著 and 乾 too. The character sets
    of either side do: what Big5 lacks is not traditional, what GB 2312 lacks is not simplified.
    """
    pairs = [(old, new) for old, new in zip(FROM, TO, strict=True) if "\u3400" <= old <= "\u9fff"]
    simplified = frozenset(new for _, new in pairs if not _holds("big5", new))
    return simplified, frozenset(old for old, _ in pairs if not _holds("gb2312", old)) | {"於", "麼"}


def _holds(charset: str, char: str) -> bool:
    return bool(char.encode(charset, "ignore"))


_SIMPLIFIED, _TRADITIONAL = _script_letters()


def detect_language(text: str) -> str:
    """`zh-Hans`, `zh-Hant`, `en`, `mixed`, or "" for any other language and for a text without words.

    `mixed` is Chinese and English with a fifth or more each, or simplified and traditional characters with three
    tenths or more each, as a farm's half converted copy has them. A name or a quotation changes nothing. Chinese
    whose characters are the same in both scripts is `zh-Hans`.

    >>> [detect_language(text) for text in ("记者获悉", "記者獲悉", "The town is on the river", "今日はとても")]
    ['zh-Hans', 'zh-Hant', 'en', '']
    """
    sample = _sampled(text)
    counts = Counter(sample)
    hanzi = _count(counts, "\u3400", "\u9fff")
    foreign = _count(counts, "\u3041", "\u30fa") + _count(counts, "\uac00", "\ud7a3")
    words = _WORD.findall(_ADDRESS.sub(" ", sample.lower()))
    others = _count(counts, "\u0370", "\u1cff")
    if foreign * 1000 > _FOREIGN * (foreign + hanzi + len(words)) or others > hanzi + sum(map(len, words)):
        return ""
    return _weighed(hanzi, words, counts)


def _weighed(hanzi: int, words: list[str], counts: Counter[str]) -> str:
    """The answer for a text of Hanzi and Latin words."""
    weight = hanzi + _HANZI_A_WORD * len(words)
    if not weight:
        return ""
    share = 1000 * hanzi // weight
    if share > 1000 - _SECOND_LANGUAGE:
        return _script(counts)
    english = _is_english(words)
    if share < _SECOND_LANGUAGE:
        return "en" if english else ""
    if english:
        return "mixed"
    return _script(counts) if share >= 500 else ""


def _script(counts: Counter[str]) -> str:
    simplified = sum(number for char, number in counts.items() if char in _SIMPLIFIED)
    traditional = sum(number for char, number in counts.items() if char in _TRADITIONAL)
    fewer = min(simplified, traditional)
    if fewer > _FEW and fewer * 1000 >= _SECOND_SCRIPT * (simplified + traditional):
        return "mixed"
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _is_english(words: list[str]) -> bool:
    english = sum(map(_IS_ENGLISH.__contains__, words))
    other = sum(map(_IS_OTHER.__contains__, words))
    return english > other and english * 1000 >= _ENGLISH * len(words)


def _count(counts: Counter[str], first: str, last: str) -> int:
    return sum(number for char, number in counts.items() if first <= char <= last)


def _sampled(text: str) -> str:
    if len(text) <= _WINDOWS * _WINDOW:
        return text
    step = (len(text) - _WINDOW) // (_WINDOWS - 1)
    return " ".join(text[at : at + _WINDOW] for at in range(0, step * _WINDOWS, step))
