"""What a URL answers: a value, made before any socket is touched."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from demo.articles import Article

HTML_UTF8 = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An HTTP answer without its connection headers."""

    status: int = 200
    content_type: str = HTML_UTF8
    body: bytes = b""
    #: Served as Last-Modified; None sends neither that nor an ETag.
    modified_at: datetime | None = None
    #: Target of a redirect.
    location: str = ""
    #: Answer only after the server's slow_s.
    slow: bool = False
    #: Answer 503 to the first request.
    busy_once: bool = False

    @property
    def etag(self) -> str:
        """A strong validator over the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of a list page that leads somewhere odd: the link text and the address."""

    title: str
    href: str
    published_at: datetime


#: Path with query -> answer: one host at one stage.
Pages = dict[str, Response]


def page(body: bytes, modified_at: datetime, content_type: str = HTML_UTF8) -> Response:
    """A page that was found."""
    return Response(body=body, modified_at=modified_at, content_type=content_type)


def entry_of(article: Article, href: str) -> Entry:
    """An article's line in a list."""
    return Entry(title=article.title, href=href, published_at=article.published_at)
