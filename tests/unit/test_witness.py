"""What the judge does with a snapshot of the archive."""

import json
from dataclasses import replace

import pytest

from crawler.reading_pool import read_model
from pipelines.fingerprint import bare
from pipelines.judge import judge
from pipelines.judge.model import load_model
from pipelines.judge.reading import read_article
from pipelines.judge.witness import find_witnessed, paragraph_key, with_snapshot
from pipelines.judge_model import JudgeModel
from pipelines.model import Paragraph

PHRASE = "岚汐云珞8823群"
FOREIGN = "面团揉到光滑以后盖上湿布醒半个小时，分成小剂子擀成薄片，刷一层葱油再卷起来按扁。"
LINES = ["市里今年新开三条公交线路，方便沿江居民出行。", "交通局的负责人说，下一步将延长夜班车的时间。"]


@pytest.fixture(scope="module")
def model() -> JudgeModel:
    said = [
        ["phrase", PHRASE, "injected", "campaign", 930],
        ["paragraph", paragraph_key(bare(FOREIGN)), "off_topic", "added_to_copy", 905],
    ]
    return with_snapshot(read_model(), json.dumps(said).encode())


def find(model: JudgeModel, *lines: str, title: str = "公交") -> list[tuple[int | None, str, str, str]]:
    article = read_article(title, [Paragraph(index=index, raw=text) for index, text in enumerate(lines)])
    return [
        (
            mark.paragraph,
            mark.kind.value,
            mark.rule,
            (title if mark.paragraph is None else lines[mark.paragraph])[mark.start : mark.end],
        )
        for mark in find_witnessed(article, model)
    ]


def test_a_phrase_is_cut_wherever_it_stands(model: JudgeModel) -> None:
    spliced = LINES[0].replace("公交", f"公{PHRASE}交")
    assert find(model, spliced, LINES[1]) == [(0, "injected", "campaign", PHRASE)]
    assert find(model, PHRASE + LINES[0]) == [(0, "injected", "campaign", PHRASE)]
    assert find(model, LINES[0], title=f"{PHRASE}新开公交") == [(None, "injected", "campaign", PHRASE)]


def test_a_phrase_is_found_in_full_width(model: JudgeModel) -> None:
    wide = PHRASE.replace("8823", "８８２３")
    assert find(model, LINES[0].replace("公交", f"公{wide}交")) == [(0, "injected", "campaign", wide)]


def test_a_paragraph_is_cut_as_a_whole_whatever_its_punctuation(model: JudgeModel) -> None:
    other = FOREIGN.replace("，", ",")
    assert find(model, LINES[0], other) == [(1, "off_topic", "added_to_copy", other)]


@pytest.mark.parametrize(
    "line",
    [
        f"警方查明，“{PHRASE}”是一个诈骗团伙的名称。",
        f"{PHRASE}的三名组织者被判刑。",
        f"办案人员加入{PHRASE}后看到，{PHRASE}每天都有人被骗，{PHRASE}的群主在境外。",
    ],
)
def test_an_article_about_it_keeps_it(model: JudgeModel, line: str) -> None:
    assert {(kind, rule) for _, kind, rule, _ in find(model, line)} == {("suspect", "witnessed")}


def test_a_suspect_stays_in() -> None:
    said = json.dumps([["paragraph", paragraph_key(bare(FOREIGN)), "suspect", "witnessed", 500]]).encode()
    model = load_model({"witness.json": said})
    assert find(model, FOREIGN) == [(0, "suspect", "witnessed", FOREIGN)]
    paragraphs = [Paragraph(index=index, raw=text) for index, text in enumerate((*LINES, FOREIGN))]
    assert [mark.kind.value for mark in judge("公交", paragraphs, model).marks] == ["suspect"]


def test_without_a_snapshot_nothing_is_looked_up(model: JudgeModel) -> None:
    assert find(replace(model, phrases={}, paragraphs={}), PHRASE + LINES[0], FOREIGN) == []


def test_the_judge_cuts_what_only_the_archive_shows(model: JudgeModel) -> None:
    lines = (*LINES, FOREIGN, LINES[0].replace("沿江", f"沿{PHRASE}江"))
    paragraphs = [Paragraph(index=index, raw=text) for index, text in enumerate(lines)]
    without = {mark.rule for mark in judge("公交", paragraphs, read_model()).marks}
    found = {(mark.paragraph, mark.rule) for mark in judge("公交", paragraphs, model).marks}
    assert not {"campaign", "added_to_copy"} & without
    assert {(2, "added_to_copy"), (3, "campaign")} <= found
