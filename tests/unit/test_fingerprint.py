"""Bare text and digests of a text."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.fingerprint import bare, bare_lines, fingerprint, shingles

TEXT = "清河市图书馆新馆昨日开放，首日迎来读者三千多人，自习区座位在一小时内坐满。\n工作人员临时加了桌椅。"


def test_width_script_and_punctuation_do_not_count() -> None:
    other = TEXT.replace("，", ", ").replace("图书馆", "圖書館").replace("人", "人\u3000").replace("新", "新\u200b")
    assert fingerprint(other) == fingerprint(TEXT)


def test_the_digests_are_the_same_in_every_version() -> None:
    found = fingerprint(TEXT)
    assert found.text_digest.hex()[:16] == "ba94a591e298a09f"
    assert found.lines_digest.hex()[:16] == "aea2cb8a384d83be"


def test_division_into_lines_counts_in_one_digest_only() -> None:
    joined = fingerprint(TEXT.replace("\n", ""))
    assert joined.text_digest == fingerprint(TEXT).text_digest
    assert joined.lines_digest != fingerprint(TEXT).lines_digest


def test_pinyin_behind_characters_is_no_text() -> None:
    assert bare("網(wǎng)絡（luò）") == "网络"
    assert bare("人工智能(AI)和网络(wang)") == "人工智能ai和网络wang"


def test_an_empty_line_keeps_its_number() -> None:
    assert bare_lines("一。\n\n——\n二") == ("一", "", "", "二")
    assert bare_lines("") == ("",)


def test_short_texts_have_no_shingles() -> None:
    assert shingles("新闻网站") == set()
    assert shingles("新闻网站了") == {"新闻网站了"}


@given(st.text(max_size=60))
def test_lines_are_the_text_divided(text: str) -> None:
    assert "".join(bare_lines(text)) == bare(text)
    assert len(bare_lines(text)) == text.count("\n") + 1
