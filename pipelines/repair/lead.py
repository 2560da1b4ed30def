"""GBK that lost one byte: from there on, everything is read one byte off, until the bytes fall into step again."""

import codecs
import re
from collections.abc import Iterator

from pipelines.repair.encodings import plausible

#: The lost lead byte by the byte that followed it: punctuation, which farms break; no letter is ever guessed.
_LEADS = dict.fromkeys(b"\xa2\xa3\xa4\xaa\xad\xae\xaf\xb0\xb1\xb4\xb5\xb6\xb7\xb8\xb9\xbe", 0xA1)
_LEADS |= dict.fromkeys(b"\xa1\xa8\xa9\xac\xba\xbb\xbf", 0xA3)
#: After `?`, which a converter put for the byte; or at `！`, which is a full stop without it, before a quotation.
_LOST = re.compile(
    r"(\?)([^\x00-\x7f]{2,400})([@-~?]?)|(?<=[\u3400-\u9fff])()(！[\u4e00-\u9fff][^\x00-\x7f]{0,400})([@-~?]?)"
)
_OPENINGS = frozenset("“”‘’《》")
_MISREAD, _SOUND = 700, 950


def restore_lost_lead(text: str) -> str:
    """GBK whose lead byte became `?` or vanished, so that all that follows is read one byte off.

    Farms that convert pages by bytes leave it after a full stop or a quotation mark. A second byte that is lost where
    the text falls into step again leaves U+FFFD: which character it was of is not known.

    >>> restore_lost_lead("傳統?！缎氯A日報》")
    '傳統。《新華日報》'
    """
    return _LOST.sub(_restored, text) if "?" in text or "！" in text else text


def _restored(found: re.Match[str]) -> str:
    dropped = found[1] is None
    run, end = (found[5], found[6]) if dropped else (found[2], found[3])
    lead = 0xA1 if dropped else _LEADS.get(_encode(run[0])[0])
    if lead is None:
        return found[0]
    for misread, rest in _steps(run, end):
        decoded = _shifted(lead, misread)
        if decoded and _better(decoded, misread, dropped=dropped):
            return decoded + rest
    return found[0]


def _steps(run: str, end: str) -> Iterator[tuple[str, str]]:
    """Where the bytes may fall into step: behind a character that swallowed a letter, or at the end of the run."""
    for at, char in enumerate(run[:-1], 1):
        if at > 1 and _encode(char)[-1] < 0x80:
            yield run[:at], run[at:] + end
    yield run + end, ""


def _shifted(lead: int, misread: str) -> str:
    """The text with the lead byte put back; "" if it makes none. An unfinished character at the end is U+FFFD."""
    body = bytes([lead]) + _encode(misread)
    reader = codecs.getincrementaldecoder("gb18030")()
    try:
        decoded = reader.decode(body.removesuffix(b"?"))
    except UnicodeDecodeError:
        return ""
    unfinished = reader.getstate()[0]
    return decoded + ("\ufffd" if unfinished else "?" * body.endswith(b"?"))


def _better(decoded: str, misread: str, *, dropped: bool) -> bool:
    """Whether the text with the byte is Chinese. Where the text without it is, too, only a quotation is believed that
    ends at a swallowed letter or a `?`."""
    sound = decoded.rstrip("?\ufffd")
    quoted = sound[:1] == "。" and sound[1:2] in _OPENINGS and plausible(sound) == 1000
    rare = plausible(misread) <= _MISREAD
    if dropped:
        return quoted and rare and len(sound) > 3
    stepped = _encode(misread)[-1] < 0x80 and (len(sound) > 2 or sound[1:] == "”")
    return (quoted and stepped) or (rare and len(sound) > 1 and plausible(sound) >= _SOUND)


def _encode(text: str) -> bytes:
    return text.encode("gb18030", "replace")
