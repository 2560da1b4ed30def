"""Markup that shows as text: ends of comments and tags that bad cutting or double escaping left in a sentence."""

import re

#: Tags that no sentence means. Those that break a line leave a space where they stood between words.
_BREAK = "p|div|br|li|ul|ol|tr|td|th|table|tbody|h[1-6]|section|article|center"
_INLINE = "span|strong|font|em|img|iframe|script|style|o:p|st1:[a-z]+"
_ATTRIBUTES = r"(?:\s[^<>]{0,300})?"
_COMMENT = re.compile(
    r"<(?:style|script)\b[^<>]{0,300}>[^<>]{0,4000}</(?:style|script)\s*>|<!--.{0,200}?-->|<!\[CDATA\[|\]\]>"
    r"|<?!?\[if [!\w() .]{1,40}\]-{0,2}>?|<?!?\[endif\]-{0,2}>?"
)
_ENP = re.compile(r"<!--enpproperty.{0,4000}?/enpproperty-->|<?!?-{0,2}/?enp(?:property|content)\s*-->")
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE}){_ATTRIBUTES}/?>", re.I)
_BREAK_TAG = re.compile(rf"(?:\s*</?(?:{_BREAK}){_ATTRIBUTES}/?>)+\s*", re.I)
#: Half a tag or comment, at an end of the text only: within it, the same signs may be meant.
_HEAD = re.compile(r"^\s*(?:-->|/?(?:p|div|span|strong|font|td)>|(?:style|class|align)=[\"'][^\"'<>]{0,80}[\"']\s*/?>)")
_TAIL = re.compile(
    r"(?:<!--|-->|</(?:p|div|span|strong|font|td)>?|/(?:p|div|span|strong|font|td)>|<(?:p|div|span|br)\s*/?)\s*$"
)
#: A text that names tags in order to talk of them.
_ABOUT = re.compile(r"标签|元素|代码|HTML|CSS|\b(?:tag|element|markup)s?\b", re.I)
_SIGN = re.compile(r"[<>]|\]\]|\[endif\]|\[if ")


def strip_residue(text: str) -> str:
    """Ends of comments and tags that bad cutting left in the text, and whole tags that were escaped twice.

    A text on markup keeps them.

    >>> strip_residue("/enpproperty-->本报讯")
    '本报讯'
    >>> strip_residue("会议闭幕。<br/>代表离京。/p>")
    '会议闭幕。 代表离京。'
    """
    if not _SIGN.search(text):
        return text
    text = _ENP.sub("", text)
    if _ABOUT.search(text):
        return text
    text = _INLINE_TAG.sub("", _COMMENT.sub("", text))
    text = _BREAK_TAG.sub(lambda found: " " if found.start() > 0 and found.end() < len(text) else "", text)
    return _TAIL.sub("", _HEAD.sub("", text))
