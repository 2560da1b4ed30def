"""One page of no known outlet as a plain record, before repair and judge: what the extractor alone is measured by."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from pipelines.extract import extract
from pipelines.extract.anywhere import GENERIC_SOURCE
from pipelines.model import Capture, Role
from pipelines.page import read_page

#: Stands for the time of the fetch, which a file does not tell: late enough for every page, and always the same.
ANY_TIME = datetime(2100, 1, 1, tzinfo=UTC)


def capture_of(body: bytes, url: str) -> Capture:
    """A page from a file as a capture."""
    return Capture(
        outlet="",
        url=url,
        final_url=url,
        fetched_at=ANY_TIME,
        status=200,
        headers=(),
        body=body,
        digest=hashlib.sha256(body).digest(),
        role=Role.ARTICLE,
    )


def record(body: bytes, url: str, id: str) -> dict[str, Any]:
    """The fields of the article on a page. Raises PipelineError."""
    page = read_page(capture_of(body, url))
    found = extract((page,), GENERIC_SOURCE)
    return {
        "id": id,
        "title": found.title,
        "body": "\n".join(block.text for block in found.blocks),
        "date": found.published_at.isoformat() if found.published_at else None,
        "author": found.byline,
        "source": found.origin,
        "layout": found.layout,
        "charset": page.charset,
    }
