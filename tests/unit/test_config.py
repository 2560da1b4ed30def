"""Source files: what is read, and what each mistake says."""

from dataclasses import replace
from pathlib import Path

import pytest

from crawler.config import ConfigError, UnknownSource, chosen_sources, find_source, load_source, source_digest, sources
from pipelines.model import Shape

GOOD = """
name = "jiangwan"
title = "江湾新闻网"
region = "jiangsu"
hosts = ["news.jiangwan.example", "news.jiangwan.example:8080"]
family = "trs"
article_url = ['/t\\d{8}_\\d+\\.html$']
json_twin = ['\\.html$', '.json']
aliases = ["江湾日报"]
[crawl]
shape = "section_list"
start_urls = ["https://news.jiangwan.example/"]
schedule = "*/30 6-23 * * *"
delay_s = 2.5
recheck_hours = [2, 48]
[[layout]]
name = "2024"
title = "h1.title"
body = "div#ozoom > p, div.TRS_Editor"
remove = ["div.share"]
[identity]
news = ['//m\\.jiangwan\\.example/d/(\\d+)$', '/t\\d{8}_(\\d+)\\.html$']
"""


def write(folder: Path, text: str, name: str = "jiangwan.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_source_file_is_a_source(tmp_path: Path) -> None:
    source = load_source(write(tmp_path, GOOD))
    assert source.name == "jiangwan"
    assert source.crawl.shape is Shape.SECTION_LIST
    assert source.crawl.recheck_hours == (2, 48)
    assert source.crawl.delay_s == 2.5
    assert source.json_twin == (r"\.html$", ".json")
    assert source.layouts[0].remove == ("div.share",)
    assert source.identity == (("news", (r"//m\.jiangwan\.example/d/(\d+)$", r"/t\d{8}_(\d+)\.html$")),)
    assert source.aliases == ("江湾日报",)
    assert source.timezone == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("delay_s = 2.5", "delay = 2.5", "crawl.delay: unknown key; did you mean delay_s?"),
        ("delay_s = 2.5", 'region = "x"', "crawl.region: unknown key; it belongs to the top of the file"),
        ("delay_s = 2.5", "delay_s = -1", "crawl.delay_s: Input should be greater than or equal to 0"),
        ("delay_s = 2.5", 'delay_s = "fast"', "crawl.delay_s: Input should be a valid number"),
        ('title = "江湾新闻网"', "", "title: is missing; add it"),
        ('name = "jiangwan"', 'name = "jiangbei"', 'name: is "jiangbei", but the file is jiangwan.toml'),
        ('family = "trs"', 'family = "tsr"', "family: unknown family 'tsr'; one of s_hex, founder_paper"),
        ('"section_list"', '"section"', "crawl.shape: Input should be 'section_list', 'digital_paper'"),
        ("/t\\d{8}", "/(t\\d{8}", "article_url.0: not a regular expression: missing )"),
        ('"h1.title"', '"h1..title"', "layout.0.title: not a CSS selector"),
        ('"div.share"', '"div["', "layout.0.remove.0: not a CSS selector"),
        ('body = "div#ozoom > p, div.TRS_Editor"', 'body = ""', "layout.0.body: "),
        ('"*/30 6-23 * * *"', '"*/30 * * *"', "crawl.schedule: '*/30 * * *' is no crontab line: "),
        ('"*/30 6-23 * * *"', '"61 * * * *"', "crawl.schedule: '61 * * * *' is no crontab line"),
        ('"https://news.jiangwan.example/"', '"https://jiangwan.example/"', "is not at one of the hosts"),
        ('"https://news.jiangwan.example/"', '"ftp://news.jiangwan.example/"', "is not at one of the hosts"),
        ("example/", "example/%Y%m/", "start_urls: only a digital_paper has date codes"),
        ('"news.jiangwan.example",', '"https://news.jiangwan.example",', "hosts.0: 'https://news"),
        ('family = "trs"', 'timezone = "Asia/Nanjing"', "timezone: 'Asia/Nanjing' is no time zone"),
        ('"section_list"', '"json_api"', "shape json_api needs link_path"),
        ("[crawl]", "[crawl", "not TOML"),
        ("/t\\d{8}_(\\d+)", "/t\\d{8}_\\d+", "identity.news.1: no group in '/t"),
        ("/t\\d{8}_(\\d+)", "/t\\d{8}_(\\d+", "identity.news.1: not a regular expression"),
        ("news = [", '"News 1" = [', "identity.News 1.[key]: String should match pattern"),
        ("news = ['//m", "news = '//m", "not TOML"),
        ('aliases = ["江湾日报"]', 'aliases = "江湾日报"', "aliases: Input should be a valid tuple"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_key_and_fix(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(ConfigError) as caught:
        load_source(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)


def test_all_mistakes_are_said_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD.replace("delay_s", "delay").replace('"trs"', '"tsr"'))
    with pytest.raises(ConfigError) as caught:
        load_source(path)
    assert len(str(caught.value).splitlines()) == 2


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_source(tmp_path / "nowhere.toml")


def test_sources_of_a_folder_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, GOOD)
    monkeypatch.setenv("HUILIU_SOURCES", str(tmp_path))
    assert "jiangwan" in sources()
    assert find_source("jiangwan").title == "江湾新闻网"
    with pytest.raises(UnknownSource, match="did you mean jiangwan"):
        find_source("jiangwang")
    with pytest.raises(UnknownSource, match="source list"):
        find_source("zzzzzzzz")


def test_outlets_and_regions_are_chosen_by_name() -> None:
    everything = sources()
    jiangsu = {name for name, source in everything.items() if source.region == "jiangsu"}
    assert "people" not in jiangsu
    assert chosen_sources(["jiangsu", "people"]).keys() == jiangsu | {"people"}
    assert chosen_sources([]) == everything
    with pytest.raises(UnknownSource, match="no source 'jiangxu'"):
        chosen_sources(["jiangsu", "jiangxu"])


def test_two_files_of_one_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, GOOD)
    monkeypatch.setenv("HUILIU_SOURCES", str(tmp_path))
    for ask in (sources, lambda: find_source("jiangwan")):
        with pytest.raises(ConfigError, match="rename one of them"):
            ask()


def test_digest_covers_reading_and_not_crawling(tmp_path: Path) -> None:
    source = load_source(write(tmp_path, GOOD))
    assert len(source_digest(source)) == 16
    faster = replace(source, crawl=replace(source.crawl, delay_s=9.0, schedule=""))
    assert source_digest(faster) == source_digest(source)
    assert source_digest(replace(source, aliases=())) == source_digest(source)
    assert source_digest(replace(source, family="people")) != source_digest(source)
    assert source_digest(replace(source, identity=())) != source_digest(source)
    other = replace(source.layouts[0], body="div.text")
    assert source_digest(replace(source, layouts=(other,))) != source_digest(source)


def test_a_source_without_identity_keeps_the_digest_it_had_before_there_was_any(tmp_path: Path) -> None:
    source = load_source(write(tmp_path, GOOD))
    assert source_digest(replace(source, identity=())) == "27a3d9909ad9d924"
