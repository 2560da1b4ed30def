"""Which outlets a text names, and by which names an outlet is known. Texts are folded (`pipelines.fold`).

No list of outlets: the names of Chinese media end alike (报, 社, 网, 新闻, 电视台, 客户端), and what else ends so
(通报, 合作社, 互联网, 新闻发布会) is told by the characters beside it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipelines.fold import fold

#: What a text calls the outlet that it stands in. 本系列 also says that it is a part of a series.
OWN, OWN_SERIES = "本报", "本系列"
#: Between the names of one citation.
JOINER = "、"


@dataclass(frozen=True, slots=True)
class Named:
    """An outlet's name in a text, without 客户端 and the like, and where it stands with the marks around it."""

    name: str
    start: int
    end: int


_PAPER = (
    r"(?:[^通公汇海预申举情年财季简月捷喜警电播战呈上填转关传回报]|[青老少]年|文汇|大公)报"
    r"(?![道告考名送警销价酬业纸表备案导到喜请批账恩复答捷]|刊(?![发登载文]))"
)
_AGENCY = r"[^版作行公旅商书分结会报]社(?![会区交保科群团员长论])"
_SITE = r"[^联官电路管上入线球渔信触布张一个]网(?![站络上红信校民友购课约页点银格球吧速])"
_NEWS = r"新闻(?![办发中出局司部工联和记界媒战奖学稿线事]|报(?!道))"
_OTHERS = "广播电视台|电视台|电台|卫视|总台|中央台|客户端|周刊|月刊|杂志|电讯|半月谈|(?:新闻|法治|经济)?在线(?!下)"
_SUFFIX = f"(?:{_PAPER}|{_AGENCY}|{_SITE}|{_NEWS}|{_OTHERS})"
_LETTER = r"[\u4e00-\u9fffa-z0-9+·]"
_OWN = "本系列|本(?:报|刊|网|台|社|端|公众号|客户端)(?![告道到考])"
_NAME = re.compile(
    rf"《(?P<marked>[^《》]{{1,14}})》(?P<kind>杂志|周刊|月刊|期刊|客户端|报)?"
    rf"|“(?P<quoted>[^“”《》]{{2,12}})”(?=新闻客户端|客户端|app|微信公众号|公众号|新媒体)"
    r"|(?:微信公众号|公众号|官微|客户端)“(?P<called>[^“”《》]{2,12})”"
    rf"|(?P<bare>{_LETTER}{{1,12}}?{_SUFFIX}(?:{_SUFFIX}|社(?=[^会论区])|客户端|网(?!站)|app)*)"
    rf"|(?P<own>{_OWN})"
)
#: Where a name begins in a run of Hanzi: after the last of these.
_BEFORE = re.compile(
    r"根据|据|[早清]晨|[上下中][午昼]|凌晨|晚[上间]?(?!报)|当[日天晚]|同日|近日|日前|昨[日天晚]|今[日天晨]|明[日天]|"
    r"刚刚|此前|记者|作者|出版|援引|引述|[转刊登]?载[自于]|转自|来自|来源|媒体|通过|由|从|被|向|的|于|和(?!讯)|与|及|曾|"
    r"至|对|在(?!线)|(?<=[0-9])[年月日期]|(?<=[发载布登出])了|[则就也正便这]是|以来|等|包括|委员?会?机关报|党报|旗下|主办|"
    r"所属|联合"
)
#: A periodical whose name stands in 《》.
_PERIODICAL = re.compile(rf".*(?:{_PAPER}|周刊|月刊|杂志|学刊|导刊|电讯|[^通]报道)$")
_NO_NAME = re.compile(r"[,:;!?。“”()\s]|——")
#: Generic words that no outlet is named by alone.
_GENERIC = frozenset({
    "日报", "晚报", "早报", "周报", "报社", "机关报", "报纸", "数字报", "电子报", "新闻", "新闻网", "新闻社", "通讯社",
    "国家通讯社", "杂志", "周刊", "月刊", "电视台", "广播电视台", "公共电视台", "电台", "卫视", "总台", "客户端",
    "公众号", "微信公众号", "官方网", "外媒", "在线",
})  # fmt: skip
_SERVICE = re.compile(r"(?:客户端|app|官方网|微信公众号|官方微信|公众号|官网|(?<=报)社|社?微信)+$")
_HOUSE = re.compile(
    r"[》”]?(?:杂志|周刊|报|客户端|社)?(?:及其|旗下|所属|主办|主管|官方|新媒体|微信|的|、|和|与|联合){1,3}[《“]?"
)


def name_of(text: str) -> str:
    """An outlet's name without what says where it speaks; "" where nothing but general words is left.

    >>> [name_of(text) for text in ("交汇点新闻客户端", "新华社", "客户端", "人民日报社")]
    ['交汇点新闻', '新华社', '', '人民日报']
    """
    name = _SERVICE.sub("", fold(text).strip(" 《》“”·"))
    return "" if name in _GENERIC or len(name) < 2 else name


def key_of(name: str) -> str:
    """What two spellings of an outlet's name have in common.

    >>> [key_of(name) for name in ("交汇点新闻", "扬子晚报网", "澎湃新闻", "红网")]
    ['交汇点', '扬子晚报', '澎湃新闻', '红网']
    """
    for ending in ("网", "新闻"):
        if name.endswith(ending) and len(name) - len(ending) >= 3:
            return name.removesuffix(ending)
    return name


def known_as(title: str, aliases: Iterable[str] = ()) -> tuple[str, ...]:
    """The keys of an outlet's names, from its title as the source file writes it.

    >>> known_as("交汇点 · 新华报业网（演示）", ("新华日报",))
    ('交汇点', '新华报业', '新华日报')
    """
    names = re.split(r"[·\s/、]+", re.sub(r"（[^）]*）|\([^)]*\)", "", title))
    return tuple(dict.fromkeys(key_of(name) for text in (*names, *aliases) if (name := name_of(text))))


def is_periodical(title: str) -> bool:
    """Whether a folded title in 《》 is the name of a paper or a magazine rather than of an article.

    >>> [is_periodical(title) for title in ("新华日报", "21世纪经济报道", "情况通报", "没有围墙的大学,办了一份报")]
    [True, True, False, False]
    """
    return len(title) <= 12 and not _NO_NAME.search(title) and _PERIODICAL.match(title) is not None


def names_in(text: str) -> Iterator[Named]:
    """Outlets that a folded text names, in order."""
    for found in _NAME.finditer(text):
        if found["own"]:
            yield Named(_own(found["own"]), *found.span())
        elif found["marked"] is not None:
            if found["kind"] or is_periodical(found["marked"]):
                yield from _named(found["marked"], *found.span())
        elif account := found["quoted"] or found["called"]:
            yield from _named(account, *found.span())
        else:
            name = _BEFORE.split(found["bare"])[-1]
            yield from _named(name, found.end() - len(name), found.end())


def _named(name: str, start: int, end: int) -> Iterator[Named]:
    if re.fullmatch(_OWN, name):
        yield Named(_own(name), start, end)
    elif plain := name_of(name):
        yield Named(plain, start, end)


def _own(words: str) -> str:
    return OWN_SERIES if words == OWN_SERIES else OWN


def belong_together(between: str) -> bool:
    """Whether two names with only this between them speak of one publisher: 《新华日报》旗下“交汇点”."""
    return _HOUSE.fullmatch(between) is not None


def keys_of(outlet: str) -> tuple[str, ...]:
    """The keys of the names that a citation's outlet holds; none where it is the text's own outlet.

    >>> keys_of("新华日报、交汇点新闻"), keys_of("本报"), keys_of("")
    (('新华日报', '交汇点'), (), ())
    """
    names = outlet.split(JOINER) if outlet and not is_own(outlet) else ()
    return tuple(dict.fromkeys(key_of(name) for name in names))


def is_own(outlet: str) -> bool:
    """Whether a citation's outlet is the one that the text itself stands in."""
    return outlet in (OWN, OWN_SERIES)
