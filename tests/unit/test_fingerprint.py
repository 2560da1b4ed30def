"""Digests and sketches of a text."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.fingerprint import BANDS, bands, fingerprint, similarity

TEXT = "清河市图书馆新馆昨日开放，首日迎来读者三千多人，自习区座位在一小时内坐满，工作人员临时加了桌椅。" * 2


def test_width_script_and_punctuation_do_not_count() -> None:
    other = TEXT.replace("，", ", ").replace("图书馆", "圖書館").replace("人", "人\u3000")
    assert fingerprint(other) == fingerprint(TEXT)


def test_the_sketch_is_the_same_in_every_version() -> None:
    found = fingerprint(TEXT)
    assert len(found.minhash) == 128
    assert all(0 <= value < 2**32 for value in found.minhash)
    assert found.text_digest.hex()[:16] == "77d1ce9360411aca"
    assert found.minhash[:3] == (917089285, 421837418, 1443784434)
    assert bands(found.minhash)[0] == 4557228115911517322


def test_short_texts_have_no_sketch() -> None:
    assert fingerprint("新闻").minhash == ()
    assert bands(()) == ()
    assert similarity((), ()) == 0


def test_an_edit_leaves_bands_in_common() -> None:
    mine, other = fingerprint(TEXT * 3 + "今年").minhash, fingerprint("记者王芳报道：" + TEXT * 3).minhash
    assert set(bands(mine)) & set(bands(other))
    assert similarity(mine, other) > 700


@given(st.text(max_size=60))
def test_bands_fit_a_database_column(text: str) -> None:
    found = bands(fingerprint(text).minhash)
    assert len(found) in {0, BANDS}
    assert all(-(2**63) <= value < 2**63 for value in found)
