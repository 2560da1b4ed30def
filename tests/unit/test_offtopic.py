"""The parts of the off-topic rule: sums that are exact, trees as tables, features that follow from what is left."""

import random
from collections.abc import Sequence

import numpy as np
import pytest

from crawler.fit.topics import cut, fit_space
from crawler.reading_pool import read_model
from pipelines.judge.features import FEATURES, measure_features, read_lines
from pipelines.judge.forest import add_points, grow
from pipelines.judge.reading import read_article
from pipelines.judge.space import DIMENSIONS, SHIFT, find_rows, hold, point, unpack_space
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


def walk(tree: Tree, features: Sequence[int]) -> int:
    while not isinstance(tree, int):
        feature, threshold, most, above = tree
        tree = most if features[feature] <= threshold else above
    return tree


def plant(rng: random.Random, splits: int) -> Tree:
    if not splits:
        return rng.randint(-900, 900)
    first = rng.randrange(splits)
    feature, threshold = rng.randrange(len(FEATURES)), rng.randint(-300, 1000)
    return feature, threshold, plant(rng, first), plant(rng, splits - 1 - first)


def test_tables_say_what_the_trees_say() -> None:
    rng = random.Random(0)
    trees = [plant(rng, splits=rng.randint(0, 15)) for _ in range(40)]
    rows = [[rng.randint(-300, 1000) for _ in FEATURES] for _ in range(50)]
    points = add_points(grow(trees), np.array(rows))
    assert points.tolist() == [sum(walk(tree, row) for tree in trees) for row in rows]


def test_a_tree_of_too_many_leaves_is_refused() -> None:
    tree: Tree = 0
    for threshold in range(16):
        tree = (0, threshold, tree, threshold)
    with pytest.raises(ValueError, match="17 leaves"):
        grow([tree])


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
        assert (found[at] == point(space, alone, find_rows(space, alone))[0]).all()


def test_taking_a_paragraph_out_is_reading_the_article_without_it() -> None:
    assert MODEL.space is not None
    article = read_article("清河地铁开通", [Paragraph(index=i, raw=text) for i, text in enumerate(TEXTS)])
    left = np.array([True, True, False, True, True])
    whole, without = read_lines(article, (), MODEL.space), read_lines(article, {2}, MODEL.space)
    assert (measure_features(whole, left) == measure_features(without, np.ones(4, dtype=bool))).all()


def test_the_foreign_paragraph_fits_worst() -> None:
    assert MODEL.space is not None
    article = read_article("清河地铁开通", [Paragraph(index=i, raw=text) for i, text in enumerate(TEXTS)])
    features = measure_features(read_lines(article, (), MODEL.space), np.ones(5, dtype=bool))
    assert features[:, FEATURES.index("rest")].argmin() == 2


def test_a_space_is_fitted_alike_each_time_and_reads_back() -> None:
    texts = ["\n".join(TEXTS[at % 5] + TEXTS[(at + step) % 5] for step in (1, 2)) for at in range(24)]
    files = fit_space(texts)
    assert files == fit_space(texts)
    space = unpack_space(files)
    assert space.vectors.shape == (len(space.codes) + 1, DIMENSIONS)
    assert (np.diff(space.codes) > 0).all()


def test_long_paragraphs_are_cut_at_sentences() -> None:
    pieces = cut("地铁今天开通了。" * 60)
    assert [len(piece) for piece in pieces] == [120] * 4
