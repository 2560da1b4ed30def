"""Which texts are related."""

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from pipelines.match import Comparable, match

CASES = json.loads((Path(__file__).parents[1] / "cases" / "match.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_case(case: dict[str, Any]) -> None:
    items = [Comparable(id=id_, title="", text=text) for id_, text in case["original"]]
    for order in permutations(items):
        assert [[pair.a, pair.b, str(pair.kind)] for pair in match(order)] == case["expected"]


def test_a_reworded_copy_keeps_its_facts() -> None:
    text = "".join(
        f"第{i}区今年新建公园{i * 3}处，方便市民出门散步健身，受到附近居民的欢迎和好评。" for i in range(1, 9)
    )
    spun = text.replace("方便", "便利").replace("附近", "左近").replace("新建", "新修")
    pairs = match([Comparable(id="a", title="", text=text), Comparable(id="b", title="", text=spun)])
    assert [str(pair.kind) for pair in pairs] == ["spun"]


def test_empty_texts_are_not_related() -> None:
    assert match([Comparable(id="a", title="", text=""), Comparable(id="b", title="", text="，。")]) == []
