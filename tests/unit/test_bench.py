"""What the bench counts as right, and where it writes."""

import random
from pathlib import Path

import pytest

from bench.cuts import is_right
from bench.families import insert, reword, splice
from bench.model import SHIPPED, compare
from bench.report import DOCS, replace_part
from bench.simple import best_threshold, cosines, strict_threshold
from pipelines.model import Mark, MarkField, MarkKind

LABELS = {"offtopic": [2], "boilerplate": [5], "injections": [{"paragraph": 1, "start": 4, "end": 12}]}
LINE = {"id": "x", "paragraphs": ["市民出门就能见到绿地。" * 5, "园林局负责人说，选址先看地图。" * 4]}


def mark(paragraph: int, kind: MarkKind) -> Mark:
    return Mark(field=MarkField.BODY, paragraph=paragraph, start=0, end=1, kind=kind, rule="r", score=900)


@pytest.mark.parametrize(
    ("paragraph", "kind", "span", "right"),
    [
        (2, MarkKind.OFF_TOPIC, (0, 50), True),
        (2, MarkKind.INJECTED, (3, 9), True),
        (5, MarkKind.BOILERPLATE, (0, 9), True),
        (4, MarkKind.BOILERPLATE, (0, 9), False),
        (1, MarkKind.INJECTED, (4, 12), True),
        (1, MarkKind.INJECTED, (8, 20), True),
        (1, MarkKind.INJECTED, (9, 20), False),
        (1, MarkKind.OFF_TOPIC, (0, 50), False),
    ],
)
def test_a_cut_is_right_where_gold_says_so(paragraph: int, kind: MarkKind, span: tuple[int, int], right: bool) -> None:
    assert is_right(mark(paragraph, kind), *span, LABELS) == right


def test_a_part_is_replaced_and_the_rest_stays(tmp_path: Path) -> None:
    file = tmp_path / "doc.md"
    file.write_text("# A\n<!-- one -->\nold\n<!-- end of one -->\nmiddle\n<!-- two -->\n<!-- end of two -->\n", "utf-8")
    replace_part(file, "one", r"new \1")
    replace_part(file, "two", "more")
    told = file.read_text("utf-8")
    assert told == (
        "# A\n<!-- one -->\nnew \\1\n<!-- end of one -->\nmiddle\n<!-- two -->\nmore\n<!-- end of two -->\n"
    )
    with pytest.raises(ValueError, match="no place for three"):
        replace_part(file, "three", "")


def test_what_is_put_in_is_what_gold_says() -> None:
    spliced = splice({**LINE}, "砚海体育", random.Random(1))
    [span] = spliced["labels"]["injections"]
    assert spliced["paragraphs"][span["paragraph"]][span["start"] : span["end"]] == "砚海体育"
    inserted = insert({**LINE}, "豆腐切块。", random.Random(1))
    assert [inserted["paragraphs"][at] for at in inserted["labels"]["offtopic"]] == ["豆腐切块。"]
    assert reword({**LINE}, {"市民": "住民"}, 1.0, random.Random(1))["paragraphs"][0].startswith("住民")
    assert LINE["paragraphs"][0].startswith("市民")


def test_thresholds_of_the_simple_method() -> None:
    texts = ["清河市图书馆新馆昨日开放，首日迎来读者三千多人，座位坐满。"] * 3
    odd = "锅中放少许油烧热，下葱姜蒜爆香，倒入鸡块中火翻炒到变色出锅。"
    lines = [{"paragraphs": [*texts, odd], "labels": {"offtopic": [3]}}] * 2
    told = dict(cosines(lines[0]["paragraphs"], {}))
    assert told[3] < told[0]
    assert best_threshold(lines, {}) == told[3]
    assert strict_threshold(lines, {}) == told[3]


def test_files_are_compared_byte_for_byte(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made, shipped = tmp_path / "made", tmp_path / "shipped"
    for folder, names in ((made, "abc"), (shipped, "abd")):
        folder.mkdir()
        for name in names:
            (folder / name).write_text("other" if (folder, name) == (made, "b") else "same")
    assert compare(made, shipped) == ["b", "c", "d"]
    assert "a: identical, 4 bytes made, 4 ship" in capsys.readouterr().out


def test_every_file_that_ships_is_in_the_data_card() -> None:
    card = (DOCS / "model.md").read_text("utf-8")
    assert [entry.name for entry in SHIPPED.iterdir() if f"| `{entry.name}`" not in card.replace("`, `", "` | `")] == []
