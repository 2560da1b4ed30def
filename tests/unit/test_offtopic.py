"""The parts of the off-topic rule: sums that are exact, features that follow from what is left."""

import numpy as np
import pytest

from crawler.fit.pieces import cut
from crawler.fit.topics import fit_space
from crawler.reading_pool import read_model
from pipelines.judge.cover import cover_far, share
from pipelines.judge.features import find_strangers, read_chinese, read_lines
from pipelines.judge.reading import read_article
from pipelines.judge.space import DIMENSIONS, FINEST, KINDS, SHIFT, find_rows, hold, point, unpack_space
from pipelines.judge.trees import grow
from pipelines.judge_model import Tree
from pipelines.model import Paragraph

MODEL = read_model()
TEXTS = [
    "清河市地铁二号线昨日开通试运营，全长二十六公里，设站十九座，其中换乘站四座，首班车早上六点从东站发出。",
    "地铁公司介绍，二号线列车采用全自动驾驶，高峰时每三分钟一班，预计日均客流二十万人次。",
    "锅中放少许油烧热，下葱姜蒜爆香，倒入腌好的鸡块中火翻炒到变色，加两勺生抽和一勺料酒，焖二十分钟。",
    "沿线居民表示，过去坐公交到市中心要一个小时，现在坐地铁只要二十五分钟，换乘也很方便。",
    "据了解，地铁三号线也已开工建设，预计三年后通车，届时清河市轨道交通线网总长将超过七十公里。",
]


def test_a_tree_of_too_many_leaves_is_refused() -> None:
    tree: Tree = 0
    for threshold in range(16):
        tree = (0, threshold, tree, threshold)
    with pytest.raises(ValueError, match="17 leaves"):
        grow(("only",), (tree,))


def test_a_text_holds_its_characters_and_pairs_once() -> None:
    held = hold(["水水水", "", "水火"])
    water, fire = map(ord, "水火")
    assert held.codes.tolist() == [water, fire, water << SHIFT | water, water << SHIFT | fire]
    assert list(zip(held.text.tolist(), held.token.tolist(), strict=True)) == [(0, 0), (2, 0), (2, 1), (0, 2), (2, 3)]


def test_vectors_are_added_up_exactly_whatever_stands_beside() -> None:
    assert MODEL.space is not None
    space = MODEL.space
    many = [*TEXTS, *(text[at:] for at in range(20) for text in TEXTS), "", "☃"]
    held = hold(many)
    found = point(space, held, find_rows(space, held))
    for at, text in enumerate(many):
        alone = hold([text])
        for among, by_itself in zip(found, point(space, alone, find_rows(space, alone)), strict=True):
            assert (among[at] == by_itself[0]).all()


def test_taking_a_paragraph_out_is_reading_the_article_without_it() -> None:
    assert MODEL.space is not None
    match = "客队第七十分钟由前锋头球破门，主队换上两名后卫仍未能扳平比分，联赛积分榜上两队的差距拉大到五分。"
    article = read_article("清河地铁开通", [Paragraph(index=i, raw=text) for i, text in enumerate([*TEXTS, match])])
    left = np.array([True, True, False, True, True, True])
    whole, without = read_lines(article, (), MODEL.space), read_lines(article, {2}, MODEL.space)
    assert list(find_strangers(whole, left)) == [5]
    assert find_strangers(whole, left)[5] == find_strangers(without, np.ones(5, dtype=bool))[4]


def test_the_foreign_paragraph_is_the_stranger() -> None:
    assert MODEL.space is not None
    article = read_article("清河地铁开通", [Paragraph(index=i, raw=text) for i, text in enumerate(TEXTS)])
    assert list(find_strangers(read_lines(article, (), MODEL.space), np.ones(5, dtype=bool))) == [2]


def test_a_space_is_fitted_alike_each_time_and_reads_back() -> None:
    texts = ["\n".join(TEXTS[at % 5] + TEXTS[(at + step) % 5] for step in (1, 2)) for at in range(24)]
    files = fit_space(texts)
    assert files == fit_space(texts)
    space = unpack_space(files)
    assert space.vectors.shape == (len(space.codes) + 1, DIMENSIONS + KINDS)
    assert np.abs(space.vectors).max() == FINEST
    assert (np.diff(space.codes) > 0).all()


def test_long_paragraphs_are_cut_at_sentences() -> None:
    pieces = cut("地铁今天开通了。" * 60)
    assert [len(piece) for piece in pieces] == [120] * 4


def test_what_a_longer_article_shares_proves_less() -> None:
    pairs = (np.array([0, 1, 1, 2]), np.array([0, 1, 2, 2]), np.array([150, 150, 150, 150]))
    short = cover_far(share(pairs, 3, np.ones(2, dtype=bool)))
    many = tuple(np.concatenate((one, np.full(2000, fill))) for one, fill in zip(pairs, (0, 0, 150), strict=True))
    long = cover_far(share((many[0], many[1], many[2]), 3, np.ones(2, dtype=bool)))
    assert short["cover_near"].tolist() == [500, 1000]
    assert short["evidence"][1] > long["evidence"][1] > 0


def test_profiles_are_read_exactly() -> None:
    assert MODEL.space is not None
    article = read_article("清河地铁开通", [Paragraph(index=i, raw=text) for i, text in enumerate([*TEXTS, "☃" * 40])])
    reading = read_lines(article, (), MODEL.space)
    wide = [[int(one) for one in row] for row in reading.vectors]
    spread = [[int(one) for one in row] for row in MODEL.space.spread]
    whole = sum(wide[1][i] * spread[i][j] * wide[2][j] for i in range(DIMENSIONS) for j in range(DIMENSIONS))
    assert reading.profiles[1, 2] == whole // 2**16
    assert not reading.profiles[-1].any()


def test_an_article_that_is_mostly_in_another_language_is_not_judged() -> None:
    english = [f"The bridge over the river reopened on Monday, {at} days ahead of schedule." for at in range(4)]
    mixed = [Paragraph(index=at, raw=text) for at, text in enumerate([*english[:1], *TEXTS[:1], *english[1:]])]
    assert read_chinese(read_article("A bridge", mixed), (), MODEL) is None
    assert read_chinese(read_article("A bridge", [*mixed, *mixed[1:2], *mixed[1:2]]), (), MODEL) is None
    assert read_chinese(read_article("桥", [*mixed, *mixed[1:2] * 3]), (), MODEL) is not None
