"""Which texts are related."""

import hashlib
import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from pipelines.match import MATCHER, Comparable, PairKind, match, prepare, relate

CASES = json.loads((Path(__file__).parents[1] / "cases" / "match.json").read_text(encoding="utf-8"))
#: What the matcher of this number says of the cases. Where it says something else now, raise MATCHER: the archive then
#: relates anew what it has.
DECISIONS = (1, "a90c488f390b")

WORKS = (
    "清河市今年新建公园12处，方便市民出门散步健身，受到附近居民的欢迎和好评。",
    "东湾区把废弃的砖窑改成了陶艺馆，周末有老师傅教孩子拉坯，报名要提前15天。",
    "南溪街道给38栋老楼装上电梯，住在六楼的刘奶奶说，现在买菜不用再歇两回。",
    "北岭镇的旧铁路拆掉枕木铺成跑道，全长7公里，沿线种了银杏和樱花。",
    "施工期间有居民担心噪音，项目部把打桩时间改到上午9点以后，晚上一律停工。",
    "据介绍，这些工程总投资4.6亿元，资金来自土地出让收入，明年6月前全部完工。",
)
SWAPS = ("方便", "便利"), ("附近", "左近"), ("新建", "新修"), ("废弃", "毁灭"), ("老师傅", "老法师"), ("提前", "提早")
MORE_SWAPS = ("现在", "当今"), ("拆掉", "拆除"), ("沿线", "沿路"), ("担心", "费心"), ("上午", "前晌"), ("资金", "本钱")


def spin(text: str) -> str:
    for word, other in (*SWAPS, *MORE_SWAPS):
        text = text.replace(word, other)
    return text


SPUN = tuple(spin(line) for line in WORKS)
OTHER = (
    "白石镇的果农今年把橙子挂上了网，三天卖出两万箱，快递车在村口排起了队。",
    "镇里请来农技员，教大家给果树修枝、配肥，糖度比往年高出两度。",
)


def related(a: str, b: str) -> tuple[str, str] | None:
    found = relate(prepare(a), prepare(b))
    return None if found is None else (str(found.kind), found.holder)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_case(case: dict[str, Any]) -> None:
    items = [Comparable(id=id_, title="", text=text) for id_, text in case["original"]]
    for order in permutations(items):
        assert [[pair.a, pair.b, str(pair.kind)] for pair in match(order)] == case["expected"]


def test_a_change_of_decisions_changes_the_number() -> None:
    said = [
        (
            case["label"],
            [
                (pair.a, pair.b, pair.kind, pair.score)
                for pair in match(Comparable(id=i, title="", text=text) for i, text in case["original"])
            ],
        )
        for case in CASES
    ]
    assert (MATCHER, hashlib.sha256(repr(said).encode()).hexdigest()[:12]) == DECISIONS


def test_a_reworded_copy_keeps_its_facts() -> None:
    assert related("\n".join(WORKS), "\n".join(SPUN)) == ("spun", "")
    assert related("\n".join(WORKS), "\n".join(SPUN).translate(str.maketrans("123456789", "987654321"))) is None


def test_lines_are_the_evidence() -> None:
    found = relate(prepare("\n".join(WORKS)), prepare("\n".join((OTHER[0], *SPUN))))
    assert found is not None
    assert found.lines == tuple((at, at + 1) for at in range(len(WORKS)))


def test_a_roundup_holds_an_article() -> None:
    roundup, article = "\n".join((*OTHER * 2, *WORKS, *OTHER)), "\n".join(WORKS)
    assert related(roundup, article) == ("contains", "a")
    assert related(article, roundup) == ("contains", "b")
    found = relate(prepare(roundup), prepare(article))
    assert found is not None
    assert found.lines == tuple((at + 4, at) for at in range(len(WORKS)))
    assert found.score == 1000


def test_lines_of_equal_texts() -> None:
    found = relate(prepare("\n".join(WORKS)), prepare("\n\n".join(WORKS)))
    assert found is not None
    assert (found.kind, found.holder) == (PairKind.SAME, "")
    assert found.lines == tuple((at, 2 * at) for at in range(len(WORKS)))


@pytest.mark.parametrize("text", ["", "，。", "\n\n", "短", "新闻网站了"])
def test_short_texts_can_be_compared(text: str) -> None:
    assert relate(prepare(text), prepare("")) is None
    assert relate(prepare(text), prepare("\n".join(WORKS))) is None


def test_empty_texts_are_not_related() -> None:
    assert match([Comparable(id="a", title="", text=""), Comparable(id="b", title="", text="，。")]) == []
