"""What the demo site holds: its articles, their edits, the farm's copies, and sources that find them all."""

import doctest
import html
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.config import load_source
from demo import articles, farm, server, site
from demo.layouts import markup
from demo.site import hosts, respond, taken_down, truth
from demo.truth import FARM, OUTLETS, Truth
from pipelines.links import find_links
from pipelines.model import Role, Shape, Source

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "demo" / "sources").glob("*.toml"))
GBK_OUTLETS = {"yunhe", "huaxia", "kuaibao"}
NO_ARTICLE = {fact.url for fact in truth().values() if not fact.paragraphs}
ARTICLES = [fact for fact in truth().values() if fact.paragraphs]


def text_of(body: bytes, outlet: str) -> str:
    """The page as text without tags: a paragraph whose words are linked reads as one."""
    markup = body.decode("gb18030" if outlet in GBK_OUTLETS else "utf-8")
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def second_page(url: str) -> str:
    return url.replace(".html", "-2.html" if "huaxia" in url else "_1.html")


def fetched(url: str, stage: int = 1) -> bytes:
    parts = urlsplit(url)
    response = respond(parts.netloc, parts.path, stage)
    return response.body if response.status == 200 else b""


# The articles


@pytest.mark.parametrize("stage", [1, 2])
def test_each_page_shows_what_the_truth_says(stage: int) -> None:
    for fact in truth(stage).values():
        if fact.paragraphs and fact.url not in taken_down(stage):
            text = text_of(fetched(fact.url, stage) + fetched(second_page(fact.url), stage), fact.outlet)
            missing = [
                line for line in (fact.shown_title, *fact.shown, *fact.hidden, *fact.subtitles) if line not in text
            ]
            assert not missing, f"{fact.url}: {missing}"


def test_one_article_is_taken_down_and_its_copy_stays() -> None:
    [url] = taken_down(2)
    assert not taken_down(1)
    assert fetched(url, 1)
    assert not fetched(url, 2)
    [copy] = [fact.url for fact in truth(2).values() if fact.copy_of == url]
    assert fetched(copy, 2)


def test_there_is_enough_to_read() -> None:
    originals = [fact for fact in ARTICLES if fact.outlet != FARM]
    assert len(originals) >= 42
    assert len(ARTICLES) >= 60
    assert len({fact.title for fact in originals}) == len(originals)
    paragraphs = [line for fact in originals for line in fact.paragraphs]
    assert len(set(paragraphs)) == len(paragraphs)


def test_printed_papers_have_three_issues() -> None:
    for outlet in ("yunhe", "binhai"):
        assert len({fact.published_at for fact in ARTICLES if fact.outlet == outlet}) == 3


def test_series_cites_its_parts_by_title() -> None:
    series = [fact for fact in ARTICLES if fact.outlet == "lanjiang" and "五匹马" in fact.title]
    assert len(series) == 3
    for fact in series:
        others = [other.title for other in series if other is not fact]
        text = "".join(fact.paragraphs)
        assert any(f"《{title}》" in text for title in others), fact.title


def test_founder_body_is_printed_twice() -> None:
    text = text_of(fetched("http://paper.yunhe.example/html/2026-03/02/content_210302.htm"), "yunhe")
    assert text.count("最难的一段是跨越老城护城河的框架桥") == 2


def test_trs_editors_are_nested() -> None:
    markup = fetched("http://www.dongshan.example/ywxw/202603/t20260302_48101.html").decode()
    assert markup.count('<div class="TRS_Editor">') == 2


def test_hex_ids_hold_the_time_and_twins_the_text() -> None:
    for fact in ARTICLES:
        if fact.outlet == "lanjiang":
            assert int(urlsplit(fact.url).path.removeprefix("/content/s")[:8], 16) == fact.published_at.timestamp()
            twin = json.loads(fetched(fact.url.replace(".html", ".json")))
            assert twin["code"] == 0
            assert twin["data"]["title"] == fact.title
            assert all(html.escape(line, quote=False) in twin["data"]["content"] for line in fact.paragraphs)


def test_edits_are_a_figure_a_paragraph_and_a_title() -> None:
    pairs = [(fact, truth(2)[url]) for url, fact in truth(1).items() if fact != truth(2)[url]]
    assert any(old.title != new.title for old, new in pairs)
    assert any(len(old.paragraphs) == len(new.paragraphs) + 1 for old, new in pairs)
    assert any(len(old.paragraphs) == len(new.paragraphs) and old.title == new.title for old, new in pairs)


def test_unedited_articles_stay_byte_for_byte() -> None:
    for url, fact in truth(1).items():
        if fact == truth(2)[url] and fact.outlet != "lanjiang" and url not in taken_down(2):
            assert fetched(url, 1) == fetched(url, 2)


# The farm


COPIES = [fact for fact in ARTICLES if fact.copy_of]


@pytest.mark.parametrize("copy", COPIES, ids=lambda copy: copy.url.rsplit("/", 1)[-1])
def test_truth_of_a_copy_adds_up(copy: Truth) -> None:
    original = truth()[copy.copy_of]
    for index, start, end, _ in copy.spans:
        assert copy.shown[index][start:end] not in "".join(original.paragraphs)
    kept = []
    for index, line in enumerate(copy.shown):
        for _, start, end, _ in sorted((span for span in copy.spans if span[0] == index), reverse=True):
            line = line[:start] + line[end:]
        kept.append(line)
    assert tuple(line for line in kept if line) == copy.paragraphs
    if copy.relation == "near":
        assert set(copy.paragraphs) < set(original.paragraphs)
    elif copy.relation == "spun":
        assert copy.paragraphs != original.paragraphs
    elif "養" not in copy.title:
        assert copy.paragraphs == original.paragraphs


def test_farm_has_each_kind_of_foreign_text() -> None:
    kinds = {kind for copy in COPIES for *_, kind in copy.spans}
    assert kinds == {"off_topic", "promo", "injected", "echo", "boilerplate"}
    assert {copy.relation for copy in COPIES} == {"same", "near", "spun"}
    assert any(copy.title != copy.shown_title for copy in COPIES)
    assert any("(shù)" in line for copy in COPIES for line in copy.shown)
    only_tails = [
        copy for copy in COPIES if copy.shown_title == truth()[copy.copy_of].title and copy.relation == "same"
    ]
    assert any({kind for *_, kind in copy.spans} == {"boilerplate"} for copy in only_tails)


def test_model_case_has_a_game_review_and_a_keyword() -> None:
    copy = next(fact for fact in COPIES if fact.url.endswith("/7001.html"))
    kinds = [kind for *_, kind in copy.spans]
    assert kinds[:2] == ["off_topic", "injected"]
    assert "东谈主" in "".join(copy.paragraphs)


# The sources


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_source_finds_every_article_and_fault(path: Path) -> None:
    source = load_source(path)
    wanted = {url for url, fact in truth().items() if fact.outlet == source.name}
    found = discover(source)
    assert {url for url, role in found.items() if role is Role.ARTICLE} == wanted
    parts = {url for url, role in found.items() if role is Role.PART}
    assert all(fetched(url) for url in parts if url.replace(".json", ".html") not in NO_ARTICLE)


def discover(source: Source) -> dict[str, Role]:
    """Follow the outlet's lists as a crawl would, without one."""
    seeds = [url for url in source.crawl.start_urls if "%" not in url]
    role = Role.FEED if source.crawl.shape is Shape.FEED else Role.LIST
    found: dict[str, Role] = {}
    waiting = [(url, role) for url in seeds]
    while waiting:
        url, role = waiting.pop()
        if url in found:
            continue
        found[url] = role
        parts = urlsplit(url)
        answer = respond(parts.netloc, f"{parts.path}?{parts.query}", 1)
        if answer.status == 200:
            links = find_links(answer.body, answer.content_type, url, source, role)
            waiting += [(link.url, link.role) for link in links]
    return found


def test_every_outlet_has_a_source_that_is_never_scheduled() -> None:
    sources = [load_source(path) for path in SOURCES]
    assert {source.name for source in sources} == {*OUTLETS, FARM}
    assert {host for source in sources for host in source.hosts} == set(hosts())
    assert {source.crawl.schedule for source in sources} == {""}
    assert {source.region for source in sources} == {"demo"}
    assert {source.crawl.shape for source in sources} == set(Shape)


@pytest.mark.parametrize("module", [articles, farm, markup, server, site])
def test_examples_in_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
