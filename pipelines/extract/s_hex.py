"""S-HEX CMS (新华报业网, 京报网): `/content/s<24 hex>.html`, its JSON twin, and any answer that holds one article.

The HTML is a shell: the article is an object in an inline script (`var a = {...}`) and in the `.json` beside it.
`content` may be empty; then the abstract is the text, and after it the texts of the attachments (photo albums).
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pipelines.extract.item import find_items, read_item
from pipelines.extract.reading import Reading
from pipelines.page import Page

INLINE = re.compile(r"(?:\b(?:var|let|const)\s+\w{1,40}|window\.\w{1,40})\s*=\s*(?=\{)")
#: Objects of one script that are tried.
MAX_INLINE = 20


def read(pages: Sequence[Page]) -> Reading | None:
    """The article's object: from the twin, from the page's own JSON, from the inline script, in this order."""
    for candidate in _objects(pages):
        for item in find_items(candidate):
            reading = read_item(item)
            if reading is not None:
                return reading
    return None


def _objects(pages: Sequence[Page]) -> Iterator[Any]:
    yield from (page.json for page in pages if page.json is not None)
    decoder = json.JSONDecoder(strict=False)
    for page in pages:
        if page.tree is None:
            continue
        for script in page.tree.iter("script"):
            text = script.text or ""
            for match in list(INLINE.finditer(text))[:MAX_INLINE]:
                try:
                    yield decoder.raw_decode(text, match.end())[0]
                except (ValueError, RecursionError):
                    continue
