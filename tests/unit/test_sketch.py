"""What is kept of a text, and what it is looked up by."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.shingles import hash_shingles
from pipelines.sketch import MIN_SHARED, SKETCHED, asked, stored


def text(seed: int, characters: int) -> str:
    """Common characters drawn at random: two of one seed begin alike, two of other seeds share no phrase."""
    rng = random.Random(seed)
    return "".join(chr(0x4E00 + rng.randrange(3000)) for _ in range(characters))


def test_the_same_in_every_version() -> None:
    assert hash_shingles("新闻网站了", 5).tolist() == [156956070492131092]
    assert stored(text(1, 60))[:3] == (-2001391763, -1999298082, -1719906511)


def test_short_texts() -> None:
    assert hash_shingles("新" * 4, 5).tolist() == []
    assert stored("新" * (SKETCHED - 1)) == asked("") == ()
    assert len(hash_shingles("\ud800" * 9, 5)) == 5


@pytest.mark.parametrize(
    ("characters", "least", "most"), [(100, 30, 60), (900, 30, 60), (7000, 200, 350), (90000, 500, 700)]
)
def test_an_article_keeps_some_and_a_book_not_many(characters: int, least: int, most: int) -> None:
    assert least <= len(stored(text(1, characters))) <= most


@pytest.mark.parametrize("passage", [150, 400, 2000])
@pytest.mark.parametrize("around", [100, 1000, 3000])
def test_a_passage_is_found_whichever_came_first(passage: int, around: int) -> None:
    short = text(1, passage)
    long = text(2, around) + short + text(3, around)
    assert len(set(stored(short)) & set(asked(long))) >= MIN_SHARED
    assert len(set(stored(long)) & set(asked(short))) >= MIN_SHARED


def test_other_texts_share_nothing() -> None:
    assert not set(stored(text(1, 3000))) & set(asked(text(2, 3000)))


@given(st.text(max_size=80))
def test_what_is_kept_is_asked_and_fits_a_database_column(text: str) -> None:
    kept = stored(text)
    assert set(kept) <= set(asked(text))
    assert list(kept) == sorted(set(kept))
    assert all(-(2**31) <= value < 2**31 for value in kept)
