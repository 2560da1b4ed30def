"""One article, one key: what makes several addresses, and so all their captures, one article of an outlet."""

import re
from urllib.parse import parse_qsl, urlsplit

from pipelines.model import Capture, Source
from pipelines.twins import (
    DEFAULT_PAGES,
    MOBILE_HOSTS,
    UNMISTAKABLE,
    WECHAT,
    WECHAT_KEY,
    WECHAT_NAMES,
    WECHAT_PATHS,
)
from pipelines.urls import canonical_url, host_allowed


def article_key(url: str, source: Source) -> str:
    """The key of the article at a canonical URL: ASCII, and no longer than the URL plus the name of a kind.

    By the outlet's own patterns it is a kind and a number (`news 123`); else a spelling of the address without scheme.

    >>> from pipelines.extract.anywhere import GENERIC_SOURCE
    >>> article_key("https://www.a.example/2026/03/02/12345/index.html", GENERIC_SOURCE)
    'a.example/2026/03/02/12345'
    """
    return _own(url, source) or _wechat(url) or _spelling(_twin(url, source))


def capture_key(capture: Capture, source: Source) -> str:
    """The key of a captured article: of where its redirects ended, if that is an article's address as well.

    Many addresses lead to one front page or one page of excuses: those say nothing about the article.
    """
    try:
        final = canonical_url(capture.final_url, source)
    except ValueError:
        return article_key(capture.url, source)
    led = host_allowed(final, source.hosts) and any(re.search(pattern, final) for pattern in source.article_url)
    return article_key(final if led else capture.url, source)


def _own(url: str, source: Source) -> str:
    """By the outlet's patterns: the kind, and what the groups of the first that matches hold; "" for none."""
    for kind, patterns in source.identity:
        for pattern in patterns:
            found = re.search(pattern, url)
            if found and all(found.groups()):
                return " ".join((kind, *found.groups()))
    return ""


def _wechat(url: str) -> str:
    """By WeChat's account, message and place; "" for any other page, and for its short links, which name none."""
    parts = urlsplit(url)
    if parts.netloc != WECHAT or parts.path not in WECHAT_PATHS:
        return ""
    given = {name.removeprefix("amp;"): value for name, value in parse_qsl(parts.query.replace("+", "%2B"))}
    values = (next((given[name] for name in names if name in given), "") for names in WECHAT_NAMES)
    key = " ".join((WECHAT, *values))
    return key if WECHAT_KEY.fullmatch(key) else ""


def _twin(url: str, source: Source) -> str:
    """The address that stands for an article and its JSON twin."""
    if not source.json_twin:
        return url
    pattern, replacement = source.json_twin
    return re.sub(pattern, replacement, url, count=1)


def _spelling(url: str) -> str:
    """The address without what differs between its spellings (`twins`)."""
    parts = urlsplit(url)
    folder, _, file = parts.path.rpartition("/")
    path = (folder if file in DEFAULT_PAGES and not parts.query else parts.path).rstrip("/")
    query = "&".join(sorted(parts.query.split("&"), key=lambda pair: pair.partition("=")[0]))
    return f"{_host(parts.netloc, path)}{path}{'?' + query if query else ''}"


def _host(host: str, path: str) -> str:
    """The host without `www.`, and without `m.` and its like where the path alone names the article."""
    known = UNMISTAKABLE.search(path) is not None
    while host.count(".") > 1:
        label, _, rest = host.partition(".")
        if label != "www" and not (known and label in MOBILE_HOSTS):
            break
        host = rest
    return host
