"""Whole pages, one or more a CMS family and generation, words our own: every field and every block, exactly."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines.extract import FAMILIES, extract
from pipelines.extract.anywhere import GENERIC_SOURCE
from pipelines.model import Capture, CrawlPolicy, Extraction, Layout, Role, Shape, Source
from pipelines.page import Page, read_page

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted(path for path in GOLDEN.glob("*/*.json") if ".part" not in path.name and ".answer" not in path.name)
FETCHED = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
#: Whose article stands on the page itself: an unknown outlet's page is read like a known one's.
ELSEWHERE = ("json_twin", "album_without_content", "layout_before_family")
ALONE = [path for path in CASES if path.parent.name in FAMILIES and path.stem not in ELSEWHERE]


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


def pages_of(path: Path, case: dict[str, Any], host: str = "") -> list[Page]:
    """The page beside the case, an `.html` or the `.answer.json` of an app, and its parts."""
    answer = path.with_suffix(".answer.json")
    own = answer if answer.exists() else path.with_suffix(".html")
    kind = case["content_type"]
    pages = [page_of(own, case["url"], kind, Role.ARTICLE)]
    return pages + [page_of(path.parent / part["file"], part["url"], kind, Role.PART) for part in case["parts"]]


def seen(found: Extraction, keys: set[str]) -> dict[str, Any]:
    """The fields that a case expects of an extraction."""
    fields = asdict(found) | {
        "published_at": found.published_at.isoformat() if found.published_at else None,
        "blocks": [[block.kind.value, block.text] for block in found.blocks],
        "images": [block.image for block in found.blocks if block.kind == "caption"],
    }
    return {key: value for key, value in fields.items() if key in keys}


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_page(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    pages = pages_of(path, case)
    found = extract(pages, source_of(case))
    assert seen(found, set(case["expected"])) == case["expected"]
    assert extract(pages, source_of(case)) == found


@pytest.mark.parametrize(
    "path", [path for path in CASES if path.parent.name in FAMILIES], ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_fields_as_the_family_prints_them(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    if "reading" in case:
        reading = FAMILIES[path.parent.name](pages_of(path, case))
        assert reading is not None
        assert {key: value for key, value in asdict(reading).items() if key in case["reading"]} == case["reading"]


@pytest.mark.parametrize("path", ALONE, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_page_of_an_unknown_outlet_is_known_by_its_structure(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    case["url"] = "http://unknown.example/page"
    expected = {key: case["expected"][key] for key in ("layout", "title", "blocks")}
    assert seen(extract(pages_of(path, case), GENERIC_SOURCE), set(expected)) == expected


def test_every_family_has_a_page() -> None:
    assert {path.parent.name for path in CASES} >= {*FAMILIES, "generic", "album"}
