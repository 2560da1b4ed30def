"""Which works a text names, and the outlet that it says they are of: how one article points at another.

An outlet counts only where the text says that the work ran there: 据新华社报道，国务院发布《…》 names none for it.
"""

import re
from collections.abc import Iterator

from pipelines.model import Citation
from pipelines.outlet_names import JOINER, OWN_SERIES, belong_together, is_periodical, names_in

#: Shorter titles (《公约》, 《通知》) name a kind of paper rather than an article.
MIN_LENGTH = 6
#: How far back an outlet may be named, in characters of the same sentence.
_REACH = 70
_SENTENCE = re.compile(r"[。!?;\n]")

_SPEECH = "演讲|报告|致辞|讲[话座]|发言|论|展|研|活动|分享|授课|党课"
#: A title in quotation marks needs to be announced as one: what is quoted so is mostly speech.
_WORK = re.compile(
    r"《(?P<marked>[^《》\n]{1,120})》"
    rf"|(?:题为|题目[为是]|标题[为是]):?“(?P<titled>[^“”\n]{{6,80}})”(?!的?(?:主题|主旨|专题)?(?:{_SPEECH}))"
    r"|(?:刊[发登]|发表|推出)了?(?:一篇)?:?“(?P<run>[^“”\n]{6,80})”(?=的?(?:文章|[一两二三]文|报道|评论|社论|通讯|长文|特稿))"
)
_KINDS = "文章|报道|社论|评论|快评|时评|短评|述评|专稿|稿件|特稿|通讯|长文|一文|专访|来信|推文|调查|系列|著述"
_RAN = "刊[发登载文]|登载|发[布表文出]|推[出送]|撰文|首发|播发|报道|转[发载]|披露|题为|题目[为是]|标题[为是]|载文"
#: Between an outlet and the title: when, where and how it ran, nothing else.
_LINK = re.compile(
    r"[》”]?(?:新闻)?(?:客户端|app|微信公众号|公众号|官微|杂志|周刊)?(?:[^,:;(《》]|\([0-9年月日]+\)){0,24}?"
    rf"(?:(?:{_RAN})[^,:;《》]{{0,14}}|(?:{_KINDS})|\(?原题为?)"
    r"(?:[,:(]?(?:题为|题目[为是]|标题[为是]|原题[为是]?|名为|分别[是为]|包括|即))?[,:]?"
)
#: Words of another speaker or of another kind of work: neither is an outlet's article.
_FOREIGN = re.compile(
    "国务院|办公[厅室]|[省市县区]委|[部委局厅院署][近日前昨今]|政府|法院|检察院|大学|学院|公司|集团|协会|学会|联合国|印发|"
    "出台|制定|修订|公布|通过|审议|签署|起草|实施|颁布|论坛|会议|大会|出版社|白皮书|记者.*(?:从|[获了][悉解])|主演|执导|"
    "导演|主持|节目|电影|电视剧|纪录片|专题片|影片|剧集|小说|歌曲|专辑|比赛|奖"
)
#: Right behind a title whose outlet stands right before it.
_READ = re.compile(r"[》”](?:一文|的?(?:文章|报道|消息|稿件|评论)|社论|称|指出|写道|撰文|认为|等?文章)")
_WHEN = r"(?:[0-9一二三四五六七八九十]+[年月日点]|[昨今][日天晚晨]|近日|日前|近期|最早|先后|同步|曾|已|于){0,6}"
_RAN_IN = re.compile(
    rf"(?:一文|一稿|的?文章|的?报道)?,?{_WHEN}(?:在|由|被|经)(?P<where>[^,。;]{{2,24}}?)(?:{_RAN}|见报)"
)
#: What makes a name of a title in 《》: 《预防》杂志, 《日本经济新闻》报.
_NAME_BEHIND = re.compile("杂志|周刊|月刊|期刊|报(?!道)|客户端")
_SAYS = re.compile("(?:[0-9]+[年月日]){0,3}报道[说称,:]")
_NAME_LENGTH = 10
#: Between two titles of one list.
_LIST = re.compile(r"[》”][、,和与及以 ]{0,3}(?:第?[一二三四五六七八九十0-9]+篇)?[《“]")
#: Between 本系列 and a title of it.
_PART = re.compile(
    r"的?(?:报道|文章)*的?[前第上下收官开末首终]*[一二三四五六七八九十两0-9]*(?:篇|集|期|组|部分)?(?:文章|报道)?[,:]?"
)


def cite(folded: str) -> tuple[Citation, ...]:
    """Titles of six characters or more that a folded text names, in order, each once, with the outlet named for it.

    >>> cite("据《新华日报》旗下交汇点客户端刊发的《杭州有deepseek,南京有什么?》一文和《公约》。")
    (Citation(title='杭州有deepseek,南京有什么?', outlet='新华日报、交汇点'),)
    """
    found: dict[str, str] = {}
    for title, outlet in _works(folded):
        if len(title) >= MIN_LENGTH:
            found[title] = found.get(title) or outlet
    return tuple(Citation(title=title, outlet=outlet) for title, outlet in found.items())


def _works(text: str) -> Iterator[tuple[str, str]]:
    """Every title in the text, names of periodicals left out, with its outlet. A list shares that of its first."""
    end, outlet = -1, ""
    for work in _WORK.finditer(text):
        opening, closing = work.start(group := str(work.lastgroup)) - 1, work.end(group)
        if _is_name(text, work[group], closing + 1):
            end = -1
            continue
        listed = end >= 0 and _LIST.fullmatch(text, end, opening + 1) is not None
        outlet = _named_before(text, opening, closing) or _named_behind(text, closing + 1) or (outlet if listed else "")
        end = closing
        yield work[group].strip(), outlet


def _is_name(text: str, title: str, behind: int) -> bool:
    """Whether a title is the name of a periodical."""
    if is_periodical(title) or _NAME_BEHIND.match(text, behind):
        return True
    return len(title) <= _NAME_LENGTH and _SAYS.match(text, behind) is not None


def _named_before(text: str, opening: int, closing: int) -> str:
    """The outlets named before a title, in its own sentence."""
    sentence = _SENTENCE.split(text[max(0, opening - _REACH) : opening])[-1]
    named = list(names_in(sentence))
    if not named:
        return ""
    last, gap = named[-1], sentence[named[-1].end :]
    if last.name == OWN_SERIES and _PART.fullmatch(gap):
        return OWN_SERIES
    if not _ran_there(gap, text, closing):
        return ""
    names = [last.name]
    for before, after in zip(reversed(named[:-1]), reversed(named[1:]), strict=True):
        if not belong_together(sentence[before.end : after.start]):
            break
        names.insert(0, before.name)
    return JOINER.join(dict.fromkeys(names))


def _ran_there(gap: str, text: str, closing: int) -> bool:
    """Whether what stands between an outlet and a title, or else what follows the title, says that it ran there."""
    if gap.strip("》”电的") in ("", "客户端"):
        return _READ.match(text, closing) is not None
    return _FOREIGN.search(gap) is None and _LINK.fullmatch(gap) is not None


def _named_behind(text: str, behind: int) -> str:
    """The outlets named behind a title: 《…》一文在《新华日报》刊发."""
    ran = _RAN_IN.match(text, behind, behind + 60)
    return JOINER.join(dict.fromkeys(one.name for one in names_in(ran["where"]))) if ran else ""
