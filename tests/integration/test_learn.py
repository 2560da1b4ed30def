"""`huiliu model fit` on an archive: what it is fitted on, how its limits are chosen, what it refuses."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from psycopg import Connection

from crawler import learn
from crawler.fit.limits import Clean, choose_limits
from crawler.fitted import SHIPPED, in_use, load, shipped_files
from crawler.learn import TooFew, fit_model
from crawler.reading_pool import read_model
from demo.articles import read_outlet, read_toml
from demo.truth import OUTLETS
from pipelines.model import MarkKind
from storage import models
from storage.models import Choice
from tests.integration.factories import Shelf, make_mark

ARTICLES = [
    (article.title, [text for text in article.paragraphs if len(text) > 30])
    for name in OUTLETS
    for article in read_outlet(name, 1).articles
]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that a background was fitted on; the one that ships stands in for it."""
    texts: list[str] = []

    def fit_background(given: Iterable[str]) -> dict[str, bytes]:
        texts.extend(given)
        return {"characters.z": shipped_files()["characters.z"]}

    monkeypatch.setattr(learn, "fit_background", fit_background)
    monkeypatch.setattr(learn, "FEWEST", 20)
    return texts


@pytest.fixture
def shelf(conn: Connection[Any]) -> Shelf:
    return Shelf(conn)


def fill(shelf: Shelf, count: int, **fields: Any) -> None:
    for at, (title, lines) in enumerate(ARTICLES[:count]):
        shelf.article(f"/{len(fields)}/{at}", title, lines, **{"language": "zh-Hans", **fields})


def fit(conn: Connection[Any]) -> int:
    number, _, _ = fit_model(conn, begin=lambda what, total: None, advance=lambda done: None)
    return number


def test_it_is_fitted_on_clean_articles_and_checked_on_others(
    conn: Connection[Any], shelf: Shelf, counted: list[str]
) -> None:
    fill(shelf, 40)
    fill(shelf, 12, marks=(make_mark(0, 0, 9, MarkKind.OFF_TOPIC),))
    fill(shelf, 8, spun_score=800, citations=())
    number, found, limits = fit_model(conn, begin=lambda what, total: None, advance=lambda done: None)
    texts = {"\n".join(lines) for _, lines in ARTICLES[:40]}
    assert set(counted) < texts
    assert (found.articles, found.checked, found.outlets) == (len(counted), 10, 1)
    assert len(counted) == 30
    shipped = read_model()
    assert limits.off_topic >= shipped.tree_limit
    assert limits.injected >= shipped.injection_limit
    model = read_model(load(conn, Choice(model=number)))
    assert (model.tree_limit, model.injection_limit) == (limits.off_topic, limits.injected)
    assert model.injection_trees == shipped.injection_trees


def test_it_takes_no_effect_until_it_is_chosen(conn: Connection[Any], shelf: Shelf, counted: list[str]) -> None:
    fill(shelf, 30)
    number = fit(conn)
    assert in_use(conn) == SHIPPED
    models.choose(conn, Choice(model=number))
    assert in_use(conn).name == f".m{number}"


def test_the_same_archive_gives_the_same_model(conn: Connection[Any], shelf: Shelf, counted: list[str]) -> None:
    fill(shelf, 30)
    assert fit(conn) == fit(conn)
    assert [one.number for one in models.known(conn)] == [1]


def test_too_few_articles_are_said_to_be_too_few(conn: Connection[Any], shelf: Shelf, counted: list[str]) -> None:
    fill(shelf, 19)
    fill(shelf, 19, layout="again")  # copies count once
    with pytest.raises(TooFew, match=r"holds 19 different articles .* needs 20"):
        fit(conn)
    assert models.known(conn) == []


def test_limits_go_up_until_clean_articles_are_left_alone() -> None:
    """A recipe in every article stands for whatever an archive's own rules would cut by mistake."""
    recipe = read_toml("kuaibao.toml")["donor"]["recipe"]["text"]
    articles = [Clean(title=title, paragraphs=(*lines[:3], recipe, *lines[3:])) for title, lines in ARTICLES[:12]]
    model = replace(read_model(), tree_limit=read_model().tree_limit - 4000)
    limits = choose_limits(articles, model)
    assert limits.harmed == 0
    assert limits.off_topic > model.tree_limit
    assert limits.injected == model.injection_limit
    assert choose_limits(articles, replace(model, tree_limit=limits.off_topic)) == limits
