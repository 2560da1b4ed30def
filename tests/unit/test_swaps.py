"""Words of widespread swapping tables: what each says by what stands beside it, and the list that ships."""

import json
from importlib import resources

from hypothesis import given
from hypothesis import strategies as st

from bench.fit.swaps import read_swaps, weigh_swaps
from pipelines.judge.swaps import NAT, TELLING, find_swaps, measure_swaps, places_of_swaps, unpack_swaps, weigh_words

SHIPPED = unpack_swaps((resources.files("pipelines.judge") / "data" / "swaps.json").read_bytes())
OWN = unpack_swaps(json.dumps({"体式格局": [90, "方式"], "格局": [20, "局面"], "存眷": [80, "关注"]}).encode())


def test_words_are_found_wherever_they_stand() -> None:
    assert set(find_swaps("新的体式格局受存眷，仍受存眷", OWN)) == {"体式格局", "格局", "存眷"}
    assert find_swaps("新的方式受关注", OWN) == []


def test_a_word_says_less_where_the_other_stands_too() -> None:
    alone, beside = weigh_words("他们的存眷", OWN), weigh_words("他们的存眷，我们的关注", OWN)
    assert alone == {"存眷": 80}
    assert beside == {"存眷": 40}


def test_a_word_says_more_each_time() -> None:
    once, often = weigh_words("存眷", OWN)["存眷"], weigh_words("存眷" * 9, OWN)["存眷"]
    assert once < often <= 2 * once


def test_only_what_tells_by_itself_is_shown() -> None:
    assert places_of_swaps("格局、体式格局、存眷", OWN, 9) == [(3, 4), (8, 2)]


def test_ordinary_words_are_not_on_the_list_that_ships() -> None:
    assert not {"发展", "问题", "表示", "能够", "通过"} & set(SHIPPED.words)
    assert all(len(word) > 1 and weight > 0 and others for word, (weight, others) in SHIPPED.words.items())


def test_what_ordinary_text_never_says_weighs_most() -> None:
    texts = ["记者关注这种方式，方式很新，关注的人很多。" * 20, "这种格局很新，方式也很新，关注的人多。" * 20] * 40
    packed = json.loads(weigh_swaps(texts, {"方式": ["格局", "体式格局"], "关注": ["存眷"]}))
    assert set(packed) == {"体式格局", "存眷"}
    assert packed["存眷"][0] > NAT


def test_the_list_says_each_word_once_a_line() -> None:
    listed = read_swaps()
    assert all(word not in others and len(set(others)) == len(others) for word, others in listed.items())
    assert max(weight for weight, _ in SHIPPED.words.values()) > TELLING


@given(st.text(alphabet="体式格局方关注存眷东谈主a，\ud800𠮷\n", max_size=300))
def test_any_text_can_be_measured(text: str) -> None:
    features = measure_swaps(text, OWN)
    assert all(value >= 0 for value in features.values())
    assert all(text[at : at + size] in OWN.words for at, size in places_of_swaps(text, OWN, 50))
