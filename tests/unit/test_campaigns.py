"""What an archive bears witness to, on the demo outlets' articles: campaigns, copies, and all that recurs rightly."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.fit.campaigns import find_campaigns
from crawler.fit.told import Told
from crawler.reading_pool import read_model
from demo.articles import read_outlet
from demo.truth import OUTLETS
from pipelines.judge_model import JudgeModel
from pipelines.model import MarkKind, Witness

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
KEYWORD = "岚汐阁娱乐官网登录"
ADVERT = (
    "家里湿气重、衣柜有霉味？岚汐除湿盒采用深海矿晶，一盒管三个月，现在扫码下单立减四十元，再送香薰挂片两枚，"
    "添加客服微信lanxi520领取优惠券，货到付款，售完为止！"
)


@pytest.fixture(scope="module")
def model() -> JudgeModel:
    return read_model()


@pytest.fixture
def told() -> list[Told]:
    """Unrelated articles of five outlets, an hour apart."""
    found = []
    for name in OUTLETS:
        for article in read_outlet(name, 1).articles:
            paragraphs = tuple(text for text in article.paragraphs if len(text) > 30)
            if sum(map(len, paragraphs)) > 300:
                found.append(tell(len(found), name, article.title, paragraphs))
    return found


def tell(number: int, outlet: str, title: str, paragraphs: Sequence[str]) -> Told:
    return Told(
        id=number + 1,
        outlet=outlet,
        at=NOON + timedelta(hours=number),
        title=title,
        paragraphs=tuple(paragraphs),
        clean_text="\n".join(paragraphs),
    )


def splice(one: Told, phrase: str) -> Told:
    """Put a phrase between two words of the longest paragraph."""
    longest = max(range(len(one.paragraphs)), key=lambda at: len(one.paragraphs[at]))
    text = one.paragraphs[longest]
    place = next(at for at in range(len(text) // 3, len(text)) if text[at - 1 : at + 1].isalpha())
    return with_text(one, longest, text[:place] + phrase + text[place:])


def with_text(one: Told, at: int, text: str) -> Told:
    return replace(one, paragraphs=(*one.paragraphs[:at], text, *one.paragraphs[at + 1 :]))


def add(one: Told, text: str) -> Told:
    """Add a paragraph before the last."""
    return replace(one, paragraphs=(*one.paragraphs[:-1], text, one.paragraphs[-1]))


def some(told: Sequence[Told], outlets: int, count: int) -> list[int]:
    """Places of articles, of so many outlets."""
    names = OUTLETS[:outlets]
    each = [[at for at, one in enumerate(told) if one.outlet == name] for name in names]
    return sorted(at for group in each for at in group[: -(-count // outlets)])[:count]


def put(told: list[Told], places: Sequence[int], change: object, text: str) -> None:
    for at in places:
        told[at] = change(told[at], text)  # type: ignore[operator]


def said(found: Sequence[Witness]) -> list[tuple[str, str, str, int, int]]:
    return [(one.kind.value, one.rule, one.raw[:10], one.articles, one.outlets) for one in found]


def test_nothing_recurs_in_articles_as_they_are(told: list[Told], model: JudgeModel) -> None:
    assert len(told) > 40
    assert find_campaigns(told, model) == []


def test_a_keyword_in_unrelated_articles_of_two_outlets_is_a_campaign(told: list[Told], model: JudgeModel) -> None:
    places = some(told, 2, 4)
    put(told, places, splice, KEYWORD)
    [found] = find_campaigns(told, model)
    assert (found.kind, found.rule, found.key) == (MarkKind.INJECTED, "campaign", KEYWORD)
    assert (found.articles, found.outlets, found.copies) == (4, 2, 0)
    assert found.article_ids == tuple(at + 1 for at in places)
    assert found.first_seen_at == told[places[0]].at


def test_in_one_outlet_it_is_only_suspected(told: list[Told], model: JudgeModel) -> None:
    put(told, some(told, 1, 4), splice, KEYWORD)
    assert said(find_campaigns(told, model)) == [("suspect", "witnessed", KEYWORD[:10], 4, 1)]


def test_over_years_it_is_no_campaign(told: list[Told], model: JudgeModel) -> None:
    put(told, some(told, 2, 4), splice, KEYWORD)
    slow = [replace(one, at=NOON + timedelta(days=200 * one.id)) for one in told]
    assert find_campaigns(slow, model) == []


def test_the_order_of_articles_does_not_matter(told: list[Told], model: JudgeModel) -> None:
    put(told, some(told, 2, 4), splice, KEYWORD)
    put(told, some(told, 3, 6), add, ADVERT)
    found = find_campaigns(told, model)
    assert len(found) == 2
    assert find_campaigns(told[::-1], model) == found


def test_an_advertisement_in_unrelated_articles(told: list[Told], model: JudgeModel) -> None:
    put(told, some(told, 2, 4), add, ADVERT)
    assert said(find_campaigns(told, model)) == [("promo", "campaign_paragraph", ADVERT[:10], 4, 2)]


def test_an_advertisement_in_one_outlet_is_only_suspected(told: list[Told], model: JudgeModel) -> None:
    put(told, some(told, 1, 4), add, ADVERT)
    assert said(find_campaigns(told, model)) == [("suspect", "witnessed", ADVERT[:10], 4, 1)]


def test_a_wire_story_in_every_outlet_is_one_story(told: list[Told], model: JudgeModel) -> None:
    """The agency's text, odd names and all, stands in five papers; one prints it shorter."""
    story = splice(told[0], "飒沓岑公司")
    papers = [
        replace(story, id=900 + at, outlet=name, at=NOON + timedelta(hours=at)) for at, name in enumerate(OUTLETS)
    ]
    papers[2] = replace(papers[2], paragraphs=papers[2].paragraphs[:-1])
    assert find_campaigns([*told[1:], *papers], model) == []


@pytest.mark.parametrize(
    "formula",
    [
        "会议强调，要坚持以人民为中心的发展思想，扎实推进各项工作，确保全年目标任务顺利完成，以优异成绩推动高质量发展。",
        "市委常委、秘书长，市人大常委会、市政府、市政协有关领导，市直有关部门和各县区主要负责同志参加会议。",
        "如果您发现身边有人陷入心理危机，请及时拨打全国统一心理援助热线，专业人员会为您提供二十四小时免费服务。",
        "气象部门提醒，未来三天冷空气活动频繁，早晚温差较大，公众需及时增添衣物，注意防范感冒，出行注意交通安全。",
        "法官提醒，网络不是法外之地，公民在网络上发表言论应当遵守法律法规，不得侵害他人的名誉权，否则要承担法律责任。",
        "【编辑：郦沅】",
        "（郦沅 覃汜 记者 仉岑）",
        "本文系澜江新闻原创稿件，未经授权不得转载。",
        "绿水青山就是金山银山。",
    ],
)
def test_what_is_printed_again_and_again_on_purpose(told: list[Told], model: JudgeModel, formula: str) -> None:
    put(told, some(told, 5, 15), add, formula)
    assert find_campaigns(told, model) == []


def test_a_new_name_in_the_news(told: list[Told], model: JudgeModel) -> None:
    """A name that nobody has heard before is in the papers of a whole month."""
    sentences = (
        "记者从岑珞汽车获悉，首批车辆将于下月交付市民。",
        "岑珞汽车表示，新工厂建成后可以提供三千个岗位。",
        "周边几个镇的年轻人都想到岑珞汽车上班。",
        "据岑珞汽车介绍，充电十分钟可以行驶三百公里。",
        "他买了一辆岑珞汽车，说座椅很舒服。",
        "会上，岑珞汽车的负责人回答了提问。",
        "“岑珞汽车”四个字挂上了厂房的外墙。",
        "去年同岑珞汽车签约的企业有十二家。",
    )
    for at, sentence in zip(some(told, 4, 8), sentences, strict=True):
        told[at] = with_text(told[at], 0, told[at].paragraphs[0] + sentence)
    assert find_campaigns(told, model) == []


def copy_of(one: Told, number: int, outlet: str = "kuaibao") -> Told:
    return replace(one, id=900 + number, outlet=outlet, at=one.at + timedelta(days=1))


def test_what_a_copy_adds_is_proven(told: list[Told], model: JudgeModel) -> None:
    copies = [add(splice(copy_of(told[0], 1), "彩岚乐园进不去"), ADVERT), add(copy_of(told[9], 2), ADVERT + "！")]
    found = find_campaigns([*told, *copies], model)
    assert [(one.shape, one.kind.value, one.rule, one.copies) for one in found] == [
        ("paragraph", "promo", "added_to_copy", 2),
        ("phrase", "injected", "added_to_copy", 1),
    ]
    assert found[1].raw == "彩岚乐园进不去"


def test_a_paragraph_that_one_copy_adds_is_no_habit(told: list[Told], model: JudgeModel) -> None:
    found = find_campaigns([*told, add(copy_of(told[0], 1), ADVERT)], model)
    assert said(found) == [("suspect", "witnessed", ADVERT[:10], 1, 1)]


def test_a_phrase_of_no_trade_that_several_copies_add_is_a_campaign(told: list[Told], model: JudgeModel) -> None:
    copies = [splice(copy_of(told[at], at), "岚汐云珞8823群") for at in (0, 8, 16, 24)]
    assert said(find_campaigns([*told, *copies], model)) == [("injected", "campaign", "岚汐云珞8823群", 4, 1)]


@pytest.mark.parametrize(
    "addition",
    ["本报记者郦沅沅报道", "（记者 郦沅沅）", "据澜江新闻报道，", "4月12日，", "化名小岑的", "省第十四届人大常委会"],
)
def test_what_editors_add_to_a_wire_story(told: list[Told], model: JudgeModel, addition: str) -> None:
    copies = [copy_of(told[at], at, OUTLETS[4]) for at in (0, 8, 16, 24)]
    edited = [with_text(one, 0, addition + one.paragraphs[0]) for one in copies]
    assert find_campaigns([*told, *edited], model) == []


def test_a_local_paragraph_of_the_same_matter_is_no_addition(told: list[Told], model: JudgeModel) -> None:
    one = told[0]
    local = "".join(text[:40] + "，" for text in one.paragraphs[:3]) + "本地也在这样做。"
    copies = [add(copy_of(one, 1, OUTLETS[3]), local), add(copy_of(told[8], 2, OUTLETS[3]), ADVERT)]
    assert [found for found in find_campaigns([*told, *copies], model) if found.raw == local] == []
