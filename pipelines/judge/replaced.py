"""Replaced names: a site's name that stands where the original had an institution (`某某体育介绍`, `某某娱乐校长`).

Farms swap a copy's institutions for the name they want found. What was there is lost, so this only labels.
"""

import re
from collections import Counter

from pipelines.judge.reading import Article, Line, mark_body
from pipelines.judge_model import JudgeModel
from pipelines.model import Mark, MarkKind

#: What such a name ends with. Media and clubs end so too: they are told by being known, or by what the article says.
_TRADE = "体育|娱乐城|娱乐|棋牌|真人|电竞|彩票|彩乐园|买球|快三|时时彩"
#: A name at the head of a clause, or after what leads to a source.
_HEAD = r"(?:^|(?<=[。,;:!?、\"“])|(?<=据)|(?<=记者从)|(?<=来自))"
#: What institutions do.
_TOLD = r"介绍|表示|透露|指出|强调|负责人|发言人|相关人士|有关人士|工作人员|获悉|了解到|印发|出台|下发|召开|回应|通报"
#: What only institutions have: no sports or betting company has a headmaster or a district chief.
_OFFICE = "校长|院长|局长|厅长|书记|教授|学院|大学|附属医院|法院|检察院|派出所|街道|小学|中学"
#: When they did, and whose they have: 昨日通报, 副局长.
_WHEN = "(?:昨日|昨天|今日|今天|日前|近日|随后|同时|还|也)?"
_RANK = "(?:原|常务)?(?:党委|党组)?副?"
_TRADED = re.compile(_TRADE)
_SLOT = re.compile(
    rf"{_HEAD}(?P<name>(?P<brand>[a-z0-9一-鿿]{{2,4}}?)(?:{_TRADE}))"
    rf"(?:{_WHEN}(?P<told>{_TOLD})|{_RANK}(?P<office>{_OFFICE}))"
)


def find_replaced_names(article: Article, model: JudgeModel) -> list[Mark]:
    """Label names of such sites in the place of an institution, in an article that speaks of no such trade."""
    found = [
        (line, hit) for line in article.lines if _TRADED.search(line.folded) for hit in _SLOT.finditer(line.folded)
    ]
    if not found:
        return []
    whole = "\n".join((article.folded_title, *(line.folded for line in article.lines)))
    names = Counter(hit["name"] for _, hit in found)
    return [_mark(line, hit) for line, hit in found if _is_foreign(hit, names, whole, model)]


def _is_foreign(hit: re.Match[str], names: Counter[str], whole: str, model: JudgeModel) -> bool:
    """Whether nothing else in the article is of this name's trade, and its brand is no word that the corpus knows."""
    brand, name = hit["brand"], hit["name"]
    trade = name[len(brand) :]
    if whole.count(trade) > whole.count(name):
        return False
    return bool(hit["office"]) or (brand not in model.words and whole.count(brand) == whole.count(name))


def _mark(line: Line, hit: re.Match[str]) -> Mark:
    return mark_body(line, hit.start("name"), hit.end("name"), MarkKind.REPLACED_NAME, "site_for_institution", 700)
