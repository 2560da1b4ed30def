"""The app of 交汇点 (新华日报), API v1 and v3: one article as JSON, its fields prefixed `a` and `att`.

v3 wraps it (`data.article`), v1 does not (`article`). `content` may be empty: then `aAbstract` is the text, and
`attachment[].attContent` are the captions of `attachment[].attPath`.
"""

from collections.abc import Sequence
from typing import Any

from pipelines.extract.item import find_items, read_item
from pipelines.extract.reading import Reading
from pipelines.page import Page

#: Fields that no other app's articles have.
MARKS = frozenset({"aAbstract", "aEditor", "ossJson"})


def read(pages: Sequence[Page]) -> Reading | None:
    """The article that the answer holds."""
    for page in pages:
        item = find_item(page.json)
        if item is not None:
            return read_item(item)
    return None


def find_item(answer: Any) -> dict[str, Any] | None:
    """The app's article in a JSON answer; None where the answer is of another app."""
    if answer is None:
        return None
    return next((item for item in find_items(answer) if MARKS & item.keys()), None)
