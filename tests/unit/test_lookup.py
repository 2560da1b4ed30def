"""Numbers looked up by their hashes: every one is found where it stands, no other is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.judge.lookup import look_up

NUMBERS = st.integers(0, 2**64 - 1)


@given(st.lists(NUMBERS, min_size=1, max_size=60, unique=True), st.lists(NUMBERS, max_size=20))
def test_what_is_listed_is_found_where_it_stands(listed: list[int], asked: list[int]) -> None:
    table = look_up(np.array(listed, np.uint64))
    every = [*listed, *asked]
    expected = [listed.index(number) if number in listed else -1 for number in every]
    assert table.find(np.array(every, np.uint64), -1).tolist() == expected


@pytest.mark.parametrize("step", [1, 2**16, 2**43])
def test_a_long_list_of_numbers_like_one_another_finds_room(step: int) -> None:
    listed = np.arange(1, 50_001, dtype=np.uint64) * np.uint64(step)
    table = look_up(listed)
    assert table.find(listed, -1).tolist() == list(range(len(listed)))
    assert set(table.find(listed + np.uint64(1), -1).tolist()) <= {-1, *range(1, len(listed))}


def test_nothing_is_asked() -> None:
    assert len(look_up(np.array([7], np.uint64)).find(np.array([], np.uint64), -1)) == 0


def test_a_number_listed_three_times_is_refused() -> None:
    with pytest.raises(ValueError, match="several times"):
        look_up(np.array([7, 7, 7], np.uint64))
