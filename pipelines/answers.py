"""JSON lists: where an API answer keeps its items, their links and its next page, as dotted paths of the source."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipelines.model import CrawlPolicy, Role

JSONP = re.compile(r"^[\w.$]{1,80}\(\s*([\[{].*[\]}])\s*\)\s*;?$", re.S)
PAGE_PARAMS = ("page", "pageNum", "pageNo", "pageIndex", "pageidx", "p", "pn")


def read_answer(text: str) -> Any:
    """The object of a JSON or JSONP answer; None for anything else."""
    text = text.strip()
    wrapped = JSONP.match(text)
    text = wrapped[1] if wrapped else text
    if not text.startswith(("{", "[")):
        return None
    try:
        answer = json.loads(text, parse_constant=lambda _name: None)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict | list) else None


def answer_links(answer: Any, url: str, policy: CrawlPolicy) -> Iterator[tuple[str, Role | None]]:
    """The links of the items, then the next page."""
    for item in walk(answer, policy.items_path):
        for link in walk(item, policy.link_path):
            if isinstance(link, str):
                yield link, Role.ARTICLE
    if policy.next_path:
        for value in walk(answer, policy.next_path):
            target = _next_page(value, url)
            if target:
                yield target, Role.LIST


def walk(value: Any, path: str) -> Iterator[Any]:
    """Everything at a dotted path; a list is indexed by a number and gone through by a name; its members at the end.

    >>> list(walk({"data": {"list": [{"url": "a"}, {"url": "b"}]}}, "data.list.url"))
    ['a', 'b']
    >>> list(walk({"data": [[1, 2], [3]]}, "data.1"))
    [3]
    """
    found = [value]
    for key in [key for key in path.split(".") if key]:
        found = [child for parent in found for child in _step(parent, key)]
    for item in found:
        if isinstance(item, list):
            yield from item
        else:
            yield item


def _step(parent: Any, key: str) -> Iterator[Any]:
    if isinstance(parent, dict):
        if key in parent:
            yield parent[key]
    elif isinstance(parent, list):
        if key.isascii() and key.isdigit():
            yield from parent[int(key) : int(key) + 1]
        else:
            for child in parent:
                yield from _step(child, key)


def _next_page(value: Any, url: str) -> str:
    """The next page's URL: given as such, or as a page number for the parameter of this one."""
    if isinstance(value, bool) or value in (None, "", 0):
        return ""
    if isinstance(value, str) and not value.isdigit():
        return value
    if not isinstance(value, int | str):
        return ""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    name = next((key for key, _old in query if key in PAGE_PARAMS), "")
    if not name:
        return ""
    changed = [(key, str(value) if key == name else old) for key, old in query]
    return urlunsplit(parts._replace(query=urlencode(changed)))
