"""Words that ordinary text takes: what is measured of an article's words, and that nothing upsets it."""

import lzma
import time
from importlib import resources

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.judge.usage import (
    CELLS,
    RIVAL_STEPS,
    SHAPE,
    measure_words,
    place_words,
    places_of,
    read_words,
    unpack_usage,
)

PACKED = (resources.files("pipelines.judge") / "data" / "usage.z").read_bytes()
USAGE = unpack_usage(PACKED)
#: By place, the word.
NAMES = ["", *lzma.decompress(PACKED).partition(b"\0")[0].decode().split("\n")]
STORY = "市民出门五分钟就能见到绿地，重要的问题是去年建成的公园离学校太远，居民希望今年能够解决。"
SWAPPED = STORY.replace("重要", "紧要").replace("希望", "盼头")


def rival_steps(text: str) -> dict[str, int]:
    """By word: how much commoner the rival is that is missing, in steps; 0 where no word is a rival."""
    words = read_words(text, USAGE)
    steps = (words.cells // (CELLS // SHAPE[0])).tolist()
    return {word: steps[kind] for word, kind in zip(words.words, words.kinds.tolist(), strict=True) if kind >= 0}


def test_a_word_is_beaten_by_a_commoner_one_that_is_missing() -> None:
    rivals = [NAMES[place] for place in USAGE.rivals[:, NAMES.index("紧要")]]
    assert "重要" in rivals
    assert rival_steps(SWAPPED)["紧要"] > rival_steps("，".join([SWAPPED, *rivals]))["紧要"]
    assert rival_steps(STORY)["重要"] < rival_steps(SWAPPED)["紧要"]


def test_every_word_has_its_place() -> None:
    assert place_words(NAMES[1:], USAGE).tolist() == list(range(1, len(NAMES)))


@pytest.mark.parametrize("word", ["龘龘", "重要的事情", "重要\x01", "重要" * 2, "\U00024e00要", "a", "\U0010ffff"])
def test_other_words_have_none(word: str) -> None:
    assert place_words([word, "重要", word], USAGE).tolist() == [0, NAMES.index("重要"), 0]


def test_swapped_words_have_more_points_than_what_they_stand_for() -> None:
    points = [int(USAGE.points[read_words(text, USAGE).cells].max()) for text in (STORY, SWAPPED)]
    assert points[0] < points[1]


def test_words_are_told_where_they_stand() -> None:
    words = read_words(SWAPPED * 2, USAGE)
    told = places_of(words, USAGE, -128, 100)
    kept = [word for word, kind in zip(words.words, words.kinds.tolist(), strict=True) if kind >= 0]
    assert [(SWAPPED * 2)[at : at + size] for at, size in told] == kept
    assert places_of(words, USAGE, -128, 2) == told[:2]
    assert places_of(words, USAGE, 128, 100) == []


def test_common_words_that_are_missing_are_counted() -> None:
    measured = [measure_words(read_words(text, USAGE), USAGE) for text in (STORY, "，".join(["苏州"] * 60))]
    assert measured[0]["words_missing_1"] < measured[1]["words_missing_1"]


@pytest.mark.parametrize("text", ["", "\n", "，。", "city news", "𠮷🔥", "2024", "\ud800"])
def test_a_text_without_words_has_no_kinds(text: str) -> None:
    words = read_words(text, USAGE)
    assert len(words.cells) == 0
    assert set(measure_words(words, USAGE)) == set(measure_words(read_words(STORY, USAGE), USAGE))


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.sampled_from("市民公园紧要谈a0，。\n𠮷🔥\ud800　"), max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    words = read_words(text, USAGE)
    assert "".join(words.words) == text.replace("\ud800", "?")
    assert all(isinstance(value, int) for value in measure_words(words, USAGE).values())
    assert np.all((words.cells >= 0) & (words.cells < CELLS))


@pytest.mark.parametrize("piece", ["水", "紧要的事", "a", "\n", "市民出门五分钟就能见到绿地，"])
def test_a_very_long_text_is_read_in_no_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    began = time.process_time()
    measure_words(read_words(text, USAGE), USAGE)
    assert time.process_time() - began < 0.5


def test_steps_rise() -> None:
    assert list(RIVAL_STEPS) == sorted(set(RIVAL_STEPS))
