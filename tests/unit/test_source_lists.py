"""List pages in the outlets' own layouts, words our own: where they lead with the source files that ship."""

import json
from pathlib import Path

import pytest

from crawler.config import find_source
from pipelines.links import find_links
from pipelines.model import Role

GOLDEN = Path(__file__).parents[1] / "golden" / "sources"
#: `<outlet>/lists/<name>.json`: the URL of the page, its file, and every link with its role, in the page's order.
CASES = sorted(GOLDEN.glob("*/lists/*.json"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_list(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    body = (path.parent / case["file"]).read_bytes()
    links = find_links(body, case["content_type"], case["url"], find_source(path.parts[-3]), Role.LIST)
    assert [[link.role.value, link.url] for link in links] == case["expected"]
