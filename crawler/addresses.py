"""What an article's address says: a pattern for the addresses of its kind, and a short name for its site."""

import re
from itertools import dropwhile
from urllib.parse import parse_qsl, urlsplit

#: A year, with its month and day or without.
DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])?(?:0[1-9]|[12]\d|3[01])?")
#: What follows a year: month, day or both.
REST_OF_DATE = re.compile(r"0[1-9]|[12]\d|3[01]|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
#: A name that a machine gave: long, of letters and digits.
TOKEN = re.compile(r"(?=[a-z]*\d+[a-z])[0-9a-z]{12,}", re.I)
HEX = re.compile(r"[0-9a-f]+")
VARIABLE = re.compile(rf"{TOKEN.pattern}|\d+", re.I)
SUFFIX = re.compile(r"\.[a-z]{2,5}$", re.I)
#: Steps that name the kind of a page, not the section it stands in.
KINDS = frozenset({"a", "p", "art", "article", "articles", "content", "detail", "details", "post", "show", "story"})
#: Labels of a host that say nothing of whose it is.
COMMON_LABELS = "www news epaper paper szb m wap com cn net org gov edu info tv example hk tw mo"
COMMON = frozenset(COMMON_LABELS.split())


def article_pattern(url: str) -> str:
    """A regular expression for the addresses of articles beside this one.

    >>> article_pattern("http://www.qingshui.example/yaowen/202603/t20260302_12345.html")
    '/\\\\d{6}/t\\\\d{8}_\\\\d+\\\\.html$'
    >>> article_pattern("http://www.qingshui.example/view.php?page=news&id=77")
    '/view\\\\.php\\\\?.*\\\\bid=\\\\d+'
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    numbered = [name for name, value in parse_qsl(parts.query) if value.isdigit()]
    if numbered and not VARIABLE.search(parts.path):
        return rf"/{_literal(''.join(segments[-1:]))}\?.*\b{_literal(numbered[-1])}=\d+"
    kept = list(dropwhile(lambda segment: not VARIABLE.search(segment), segments)) or segments[-2:]
    if len(kept) < len(segments) and segments[-len(kept) - 1] in KINDS:
        kept.insert(0, segments[-len(kept) - 1])
    suffix = SUFFIX.search(kept[-1]) if kept else None
    end = suffix[0] if suffix else ""
    path = "".join(f"/{segment}" for segment in kept).removesuffix(end)
    return _opened(path) + _literal(end) + ("/$" if parts.path.endswith("/") else "$")


def _opened(path: str) -> str:
    """A path with its numbers opened up, and with them a last step that has none.

    Dates keep their number of digits; the last number is the article's own and grows.
    """
    pieces, at, after_year = [], 0, False
    found = list(VARIABLE.finditer(path))
    for match in found:
        pieces += [_literal(path[at : match.start()]), _variable(match[0], after_year, match is found[-1])]
        after_year = after_year or bool(DATE.fullmatch(match[0]))
        at = match.end()
    rest = path[at:]
    if "/" in rest:
        return "".join([*pieces, _literal(rest[: rest.rindex("/")]), "/[^/]+"])
    return "".join([*pieces, _literal(rest)])


def _variable(found: str, after_year: bool, is_last: bool) -> str:
    if not found.isdigit():
        return f"[0-9a-{'f' if HEX.fullmatch(found) else 'zA-Z'}]{{{len(found)}}}"
    is_date = DATE.fullmatch(found) if not is_last or len(found) == 8 else None
    if is_date or (after_year and not is_last and REST_OF_DATE.fullmatch(found)):
        return rf"\d{{{len(found)}}}"
    return r"\d+"


def _literal(text: str) -> str:
    """A text as a pattern; a hyphen needs no backslash outside brackets."""
    return re.escape(text).replace(r"\-", "-")


def site_name(url: str) -> str:
    """A source's name from an address.

    >>> site_name("http://news.qing-shui.example/a/1.html")
    'qing_shui'
    """
    labels = (urlsplit(url).hostname or "").split(".")
    own = [label for label in labels if label not in COMMON] or labels[:1]
    return re.sub(r"[^a-z0-9]+", "_", own[-1]).strip("_") or "site"
