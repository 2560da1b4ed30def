"""Objects of JSON that have an app's names and not its types: no article, and no fault."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from pipelines.extract import FAMILIES
from pipelines.model import Capture, Role
from pipelines.page import Page, read_page

A = "柳溪县古桥修缮工程十二日完工，这座始建于清代的三孔石桥重新向行人开放，两岸居民不必再绕行两公里。"


def page_of(body: str) -> Page:
    return read_page(
        Capture(
            outlet="sample",
            url="http://api.liuxi.example/a/1",
            final_url="",
            fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
            status=200,
            headers=(),
            body=body.encode(),
            digest=b"",
            role=Role.ARTICLE,
        )
    )


ODD: list[Any] = [None, 7, "字", [], [1], {}, {"a": 1}, [None, "字", {"name": 3}]]


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_fields_of_other_types(odd: Any) -> None:
    item = {"title": "题", "aAbstract": A, "fileId": "1", "liability": odd, "author": odd, "aEditor": odd}
    page = page_of(json.dumps(item | {"images": odd, "attachment": odd, "content": odd}))
    group = page_of(json.dumps(item | {"images": [{"imagearray": odd}, odd], "content": f"<p>{A}</p>"}))
    for family in ("s_hex", "jiaohuidian", "nfapp"):
        for one in (page, group):
            reading = FAMILIES[family]([one])
            assert reading is None or reading.blocks


@pytest.mark.parametrize("odd", ODD, ids=str)
@pytest.mark.parametrize("key", ["contentDetail", "liveDetail", "specialDetail", "detailData", "pageProps", "props"])
def test_state_of_other_types(key: str, odd: Any) -> None:
    state: Any = {key: odd}
    for outer in ("detailData", "pageProps", "props"):
        state = {outer: state} if outer != key else {key: odd}
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'
    assert FAMILIES["thepaper"]([page_of(f"<html><body>{script}</body></html>")]) is None
