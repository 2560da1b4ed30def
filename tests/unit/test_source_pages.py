"""Pages in the outlets' own layouts, words our own, read with the source files that ship with Huiliu."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.config import find_source
from pipelines.extract import extract
from pipelines.model import Capture, Extraction, Role
from pipelines.page import Page, read_page

GOLDEN = Path(__file__).parents[1] / "golden" / "sources"
CASES = sorted(path for path in GOLDEN.glob("*/*.json") if ".part" not in path.name)
FETCHED = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
#: Fields that a page is expected not to have where its case does not name them.
OPTIONAL = ("kicker", "subtitle", "editor", "section", "column")


def page_of(path: Path, outlet: str, url: str, content_type: str, role: Role) -> Page:
    return read_page(
        Capture(
            outlet=outlet,
            url=url,
            final_url=url,
            fetched_at=FETCHED,
            status=200,
            headers=(("Content-Type", content_type),),
            body=path.read_bytes(),
            digest=b"",
            role=role,
        )
    )


def pages_of(path: Path, case: dict[str, Any]) -> list[Page]:
    """The article and its further pages; a case without a content type is UTF-8, one without parts has none."""
    outlet, content_type = path.parent.name, case.get("content_type", "text/html; charset=utf-8")
    first = page_of(path.with_suffix(".html"), outlet, case["url"], content_type, Role.ARTICLE)
    parts = [(path.parent / part["file"], part["url"]) for part in case.get("parts", [])]
    return [first, *(page_of(file, outlet, url, content_type, Role.PART) for file, url in parts)]


def told(found: Extraction) -> dict[str, Any]:
    return {
        "layout": found.layout,
        "title": found.title,
        "byline": found.byline,
        "origin": found.origin,
        "published_at": found.published_at.isoformat() if found.published_at else None,
        "blocks": [[block.kind.value, block.text] for block in found.blocks],
        **{name: getattr(found, name) for name in OPTIONAL},
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_page(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    source = find_source(path.parent.name)
    assert any(re.search(pattern, case["url"]) for pattern in source.article_url)
    found = extract(pages_of(path, case), source)
    assert told(found) == dict.fromkeys(OPTIONAL, "") | case["expected"]
