"""Character sets: labels that lie, bytes cut short, bodies that are no text."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.decode import decode
from pipelines.errors import NotText
from pipelines.repair import find_suspects, repair

CASES = json.loads((Path(__file__).parents[1] / "cases" / "decode.json").read_text(encoding="utf-8"))
NEWS = "记者从市政府新闻发布会上了解到，今年以来全市经济运行总体平稳，主要指标保持增长。"


def marked(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True)] if case["expect"] == "fail" else []
    return pytest.param(case, id=case["label"], marks=marks)


@pytest.mark.parametrize("case", [marked(case) for case in CASES if "charset" in case["original"]])
def test_case(case: dict[str, Any]) -> None:
    page = case["original"]
    found = decode(page["text"].encode(page["charset"]), page["header"])
    assert found.charset == case["expected"]
    assert found.text == page["text"]


@pytest.mark.parametrize("case", [marked(case) for case in CASES if "misread" in case["original"]])
def test_what_was_misread_before_it_was_published(case: dict[str, Any]) -> None:
    """The page itself is sound utf-8; its words were decoded wrongly on the way there. Repaired, or labelled."""
    text = case["original"]["text"]
    for written, read in case["original"]["misread"]:
        text = text.encode(written).decode(read, "replace")
    found = decode(f"<meta charset=utf-8><p>{text}".encode())
    assert (found.text, found.charset) == (f"<meta charset=utf-8><p>{text}", "utf-8")
    repaired = repair(text).text
    suspects = [[mark.field, mark.rule] for mark in find_suspects("", [repaired])]
    assert {"text": repaired, "suspects": suspects} == case["expected"]


def test_a_fragment_in_another_character_set_does_not_flip_the_page() -> None:
    """Footers and advertisements are included as files, each in the character set of its day."""
    page, footer = NEWS * 6, "版权所有，芦江新闻网"
    assert decode(page.encode() + footer.encode("gbk")).charset == "utf-8"
    assert decode(page.encode("gbk") + footer.encode()).charset == "gb18030"


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
@pytest.mark.parametrize("cut", range(1, 4))
def test_last_character_cut_short_does_not_flip_the_charset(charset: str, cut: int) -> None:
    body = (f"<meta charset={charset}>" + NEWS * 3).encode(charset)[:-cut]
    found = decode(body, f"text/html; charset={charset}")
    assert found.text.startswith(f"<meta charset={charset}>" + NEWS * 2)


def test_a_few_bad_bytes_do_not_flip_the_charset() -> None:
    body = (NEWS * 20).encode()
    assert decode(body[:100] + b"\xff\xfe\x80" + body[100:]).charset == "utf-8"
    body = (NEWS * 20).encode("gbk")
    assert decode(body[:100] + b"\xff" + body[100:]).charset == "gb18030"


def test_late_meta_is_read() -> None:
    body = (b"<!--" + b"x" * 9000 + b"-->") + ('<meta charset="euc-kr">' + "오늘은 날씨가 좋습니다" * 5).encode("cp949")
    assert decode(body).charset == "cp949"


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.4 \x00\x01",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        b"\xff\xd8\xff\xe0" + b"\0" * 40,
        b"\x1f\x8b\x08" + b"\0" * 40,
        b"PK\x03\x04abc",
        b"GIF89a..",
        b"MZ" + b"\0" * 900,
    ],
)
def test_binary_is_no_text(body: bytes) -> None:
    with pytest.raises(NotText):
        decode(body, "text/html; charset=utf-8")


def test_a_stray_nul_is_no_binary() -> None:
    assert decode(b"<p>" + b"x" * 500 + b"\0</p>").charset == "utf-8"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf8_with_its_label_is_utf8_or_at_least_the_same_text(text: str) -> None:
    body = ("<html><p>" + text).encode()
    assert decode(body, "text/html; charset=utf-8").text == "<html><p>" + text


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_are_refused(body: bytes) -> None:
    with contextlib.suppress(NotText):
        assert isinstance(decode(body).text, str)
