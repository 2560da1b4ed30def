"""Whole pages, one or more a CMS family, words our own: every field and every block, exactly."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines.extract import extract
from pipelines.model import Capture, CrawlPolicy, Layout, Role, Shape, Source
from pipelines.page import Page, read_page

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted(path for path in GOLDEN.glob("*/*.json") if ".part" not in path.name)
FETCHED = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def page_of(path: Path, url: str, content_type: str, role: Role) -> Page:
    return read_page(
        Capture(
            outlet="sample",
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


def source_of(case: dict[str, Any]) -> Source:
    return Source(
        name="sample",
        title="样例日报",
        region="sample",
        hosts=("news.sample.example",),
        family=case["family"] if case["family"] != "generic" else "",
        layouts=tuple(Layout(**layout) for layout in case["layouts"]),
        crawl=CrawlPolicy(shape=Shape.SECTION_LIST, start_urls=()),
    )


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_page(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    pages = [page_of(path.with_suffix(".html"), case["url"], case["content_type"], Role.ARTICLE)]
    pages += [
        page_of(path.parent / part["file"], part["url"], case["content_type"], Role.PART) for part in case["parts"]
    ]
    found = extract(pages, source_of(case))
    assert {
        "layout": found.layout,
        "title": found.title,
        "byline": found.byline,
        "origin": found.origin,
        "published_at": found.published_at.isoformat() if found.published_at else None,
        "blocks": [[block.kind.value, block.text] for block in found.blocks],
    } == case["expected"]
    assert extract(pages, source_of(case)) == found


def test_every_family_has_a_page() -> None:
    assert {path.parent.name for path in CASES} >= {
        "s_hex", "founder_paper", "founder_web", "trs", "people", "dede", "wechat", "system", "generic"
    }  # fmt: skip
