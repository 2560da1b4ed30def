"""What each URL of the demo answers: a pure function of host, path and stage.

Stage 1 is the site before, stage 2 after its editors changed some articles without a word, took one down and published
two more.
"""

from functools import cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from demo import faults
from demo.articles import read_outlet, read_toml
from demo.farm import read_copies
from demo.layouts import FAMILIES, dede
from demo.response import Pages, Response
from demo.truth import FARM, OUTLETS, Truth, article_url, read_truth

NOT_FOUND = (
    b"<html><head><meta charset='utf-8'><title>404 Not Found</title></head>"
    b"<body><center><h1>404 Not Found</h1></center>"
    b"<hr><center>nginx</center></body></html>"
)


@cache
def hosts() -> tuple[str, ...]:
    """The host names served."""
    return (*(read_outlet(name, 1).host for name in OUTLETS), read_toml(f"{FARM}.toml")["host"])


def respond(host: str, path: str, stage: int) -> Response:
    """The answer to GET `path` (with its query) at `host`."""
    if host not in hosts():
        return Response(status=421, body="此服务器上没有该站点".encode())
    pages = _pages(host, stage)
    found = pages.get(_ordered(path)) or pages.get(urlsplit(path).path)
    return found or Response(status=404, body=NOT_FOUND)


def truth(stage: int = 1) -> dict[str, Truth]:
    """For each article and fault URL, what a reader ought to find there."""
    return read_truth(stage)


@cache
def taken_down(stage: int) -> frozenset[str]:
    """The URLs of articles that the site has no more; the archive keeps what they said."""
    if stage == 1:
        return frozenset()
    outlets = [read_outlet(name, stage) for name in OUTLETS]
    return frozenset(
        article_url(outlet, article)
        for outlet in outlets
        for article in outlet.articles
        if f"{outlet.name}/{article.key}" in faults.read_taken_down()
    )


def _ordered(path: str) -> str:
    """The path with its query in order, so that a crawler may sort the parameters.

    >>> _ordered("/list?page=2&column_id=12")
    '/list?column_id=12&page=2'
    """
    parts = urlsplit(path)
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"{parts.path}?{query}" if query else parts.path


@cache
def _pages(host: str, stage: int) -> Pages:
    """Every page of a host."""
    names = dict(zip(hosts(), (*OUTLETS, FARM), strict=True))
    name = names[host]
    extras = [fault.entry for fault in faults.faults_of(name)]
    if name == FARM:
        pages = dede.render(read_toml(f"{FARM}.toml")["title"], read_copies(), extras)
    else:
        outlet = read_outlet(name, stage)
        family = FAMILIES[outlet.layout]
        pages = family.render(outlet, extras)
        for article in outlet.articles:
            kind = faults.read_delays().get(f"{name}/{article.key}", "")
            path = family.article_path(article)
            pages[path] = faults.delay(pages[path], kind)
            if article_url(outlet, article) in taken_down(stage):
                del pages[path]
    pages.update(faults.fault_pages(name))
    return {_ordered(path): response for path, response in pages.items()}
