"""Who wrote an article, and which medium it credits.

Pages name the editor more often than the author, and metas hold staff numbers and site names: only labels of authors
are believed, and on Chinese pages only what looks like a person's name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pipelines.extract.metas import ld_names
from pipelines.extract.names import COMPOUND_SURNAMES, NOT_NAMES, SURNAMES
from pipelines.extract.view import NOT_FOUND, Calls, Found, View, rule_of, short_text
from pipelines.model import Block, BlockKind

MAX_NAMES = 12
MAX_LINE = 160
MAX_DATED = 80
DAY = re.compile(r"(?:19|20)\d\d\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}")
HAN = r"[\u3400-\u9fff·]"
HAN_NAME = re.compile(rf"{HAN}{{2,12}}")

#: What elements that hold the author are called (`View.called`), the surest first.
CALLS = Calls(
    6,
    r"#author_baidu",
    r"[~ ]author |@author ",
    r" (?:byline-name|author-name|author_name|authorname|c-byline__author|byline__name|article-author) ",
    r" [^#]*?(?:byline|author)| writer |#author ",
)
META_NAMES = ("author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "dc.creator",
              "dcterms.creator", "byl", "cxenseparse:author", "article:author_name", "citation_author")  # fmt: skip

#: Labels before an author's name. 责任编辑 and its kin are never authors.
LABEL = re.compile(
    rf"(?<!{HAN})(?:作者|撰文|撰稿|文字|记者|記者|原创作者|采写|采訪|采访|执笔|本报记者|特约撰稿|文|文/图|图文)\s*"
    rf"(?:[:：丨|｜／/]|\s{{1,3}}(?=[\u3400-\u9fff]{{2,3}}(?:\s|$)))\s*(?P<names>[^\n|｜丨:：（()）【】]{{2,40}})"
)
#: （记者 甲某 乙某）, 本报记者甲某, 某某网记者 甲某, 記者甲某／某地報導
IN_TEXT = re.compile(
    r"(?:记者|記者|通讯员|通訊員|作者|特派员|撰稿人|评论员)[\s:：]*(?P<names>[^，。,.（()）【】\[\]“”:：]{2,40})"
)
#: A name in brackets at the end of a paragraph: （甲某）, （甲某／某地報導）
AT_END = re.compile(rf"[（(](?P<names>{HAN}{{2,4}})(?:[／/][^）)]{{1,10}})?[）)]$")
#: A line of the writer's name behind a bullet: ◎甲某
BULLET = re.compile(r"\s*[□■◎●○◆◇▣]\s*([^，。,]{2,20})")
#: A further author's office inside a byline: 本报记者 甲 通讯员 乙. Correspondents write with the reporters.
FURTHER = re.compile(
    r"(?<=\S)[\s　、，,;；]+(?:本报|本网)?(?:见习|实习|特约)?(?:通讯员|通訊員|实习生|记者|記者)[\s　:：]*"
)
OFFICE = re.compile(r"^\S{0,14}(?:记者|記者|通讯员|通訊員|作者|撰稿人|评论员|特派员)[\s:：]*")
PHOTOGRAPHER = re.compile(r"[\s／/]*(?:摄|攝)")
HANZI = re.compile("[\u3400-\u9fff]+")
EDITORS = re.compile(
    r"(?:责任?编辑|责编|值班编辑|编辑|校对|审核|监制|主编|审读|終審|终审|编审|選稿|选稿|責任編輯|編輯)"
    r"\s*[:：/丨|｜]?\s*(?P<names>[^\n|｜丨:：（()）【】\[\]]{2,30})"
)
#: Every label of editors holds one of these.
EDITOR_WORDS = ("编辑", "編輯", "责编", "校对", "审核", "监制", "主编", "审读", "終審", "终审", "编审", "選稿", "选稿")
#: What may be a name where the page says that names stand: no digits, no brackets.
NAME = re.compile(r"[^\W\d_]+(?:[·. -][^\W\d_]+)*")
NAME_GAP = re.compile(r"[\s、，,;；/／|｜丨&＆]+|和")
DATELINE_TAIL = re.compile(r"(?:综合|整合|报道|報導|翻攝|／.*|/.*|\d.*)$")
LATIN_SPLIT = re.compile(r"\s*(?:,|;|\||/|&|\band\b|\bund\b|、|，)\s*")
LATIN_LEAD = re.compile(
    r"^(?:(?:written|posted|published|reported|story|words)\s+)?by[:\s]+|^(?:von|por|author)[:\s]+", re.I
)
LATIN_LINK = re.compile(r"https?:|www\.|\.com\b|/\w+/", re.I)
LATIN_BAD = re.compile(
    r"@|\d{3,}|[()]|getty|^(?:admin|editor|home|follow|share|author|none|null|unknown|updated|image|photo|by)\b", re.I
)

ORIGIN_LABEL = re.compile(
    r"(?:图文来源|信息来源|文章来源|稿件来源|稿源|来源于|來源|来源)\s*[:：丨|｜]\s*(?P<origin>[^\s|｜丨：:（()）【】]{2,30})"
)
ORIGIN_CALLS = Calls(6, r"#(?:source_baidu|source |p_origin |srcname )| [^#]*(?:source|origin)")
ORIGIN_METAS = ("contentsource", "source", "mediaid", "og:article:source", "copyright_source")
NO_ORIGINS = frozenset({"未知", "原创", "网络", "本站原创", "我已授权", "本站", "不详"})
ORIGIN_STOP = re.compile(
    r"(?:作者|编辑|责任编辑|责编|编辑|时间|日期|发布(?:时间|日期|于|[:：])|字号|字体|点击|阅读|浏览|分享|评论|\d{4}[-年]).*$"
)


def find_byline(view: View, blocks: Sequence[Block], *, within: bool = False) -> Found:
    """The authors, joined by 、; nothing where the page names none. `within` asks the article's own lines alone."""
    chinese = _is_chinese(blocks)
    candidates = _in_article(blocks) if within else _candidates(view, blocks, chinese)
    for rule, found in candidates:
        names = _without_editors(found, view) if found and chinese else found
        if names:
            return Found(rule, "、".join(names[:MAX_NAMES]))
    return NOT_FOUND


def _candidates(view: View, blocks: Sequence[Block], chinese: bool) -> Iterator[tuple[str, list[str]]]:
    metas = view.metas
    stated = [name for item in metas.articles for name in ld_names(item, "author")]
    if not chinese:
        yield "json-ld", latin_names(stated)
        yield "meta author", latin_names(metas.all(*META_NAMES))
        yield from ((rule, latin_names([text])) for rule, text in _shown(view))
        return
    yield from ((rule, _labelled(text) or _only_names(text)) for rule, text in _shown(view))
    yield from (("label", _labelled(text)) for text in view.labelled if 4 <= len(text) <= MAX_LINE)
    yield from (("line of the date", _in_text(text)) for text in view.labelled if _is_dated(text))
    yield from _in_article(blocks)
    yield "meta author", [name for value in (*metas.all(*META_NAMES), *stated) for name in _only_names(value)]
    accounts = [value for value in metas.all("og:article:author") if re.fullmatch(r"[\w .-]{2,20}", value)]
    yield "meta og:article:author", accounts


def _is_dated(text: str) -> bool:
    """Whether a short line prints a day, as the line under a title does."""
    return len(text) <= MAX_DATED and bool(DAY.search(text))


def _in_article(blocks: Sequence[Block]) -> Iterator[tuple[str, list[str]]]:
    """Names in the article's own first and last lines."""
    lines = [block.text for block in (*blocks[:4], *blocks[-3:]) if block.kind != BlockKind.CAPTION]
    yield from (("label", _labelled(text)) for text in lines if len(text) <= 60)
    yield from (("bullet", _only_names(match[1])) for text in lines if (match := BULLET.fullmatch(text)))
    yield from (("dateline", _in_text(text[:MAX_LINE])) for text in lines)
    ends = [match for block in blocks[-6:] if (match := AT_END.search(block.text))]
    yield from (("last line", _only_names(match["names"])) for match in reversed(ends))


def _without_editors(names: Sequence[str], view: View) -> list[str]:
    """Pages name editors where others name authors."""
    editors = {*view.metas.all("editor"), *page_editors(view)}
    return [name for name in names if name not in editors]


@lru_cache(maxsize=2)
def page_editors(view: View) -> tuple[str, ...]:
    """The editors whom a page names anywhere."""
    return tuple(find_editors(view.saying(EDITOR_WORDS)))


def find_editors(texts: Iterable[str]) -> list[str]:
    """The names behind 责任编辑, 校对 and the like, in order."""
    names: dict[str, None] = {}
    for text in texts:
        for match in EDITORS.finditer(text) if len(text) <= MAX_LINE else ():
            names.update(dict.fromkeys(_leading_names(match["names"])))
    return list(names)


def _is_chinese(blocks: Sequence[Block]) -> bool:
    text = "".join(block.text for block in blocks[:30])
    return len(HANZI.sub("", text)) * 5 < len(text) * 4


def _shown(view: View) -> Iterator[tuple[str, str]]:
    """The texts of elements that are called the author's, with the rule."""
    for node in view.called(CALLS):
        text = short_text(node, MAX_LINE)
        if len(text) > 1:
            yield rule_of(node), text


def _labelled(text: str) -> list[str]:
    """The names behind a label of authors."""
    match = LABEL.search(text)
    return _leading_names(OFFICE.sub("", match["names"])) if match else []


def _in_text(text: str) -> list[str]:
    """The names behind 记者 in a dateline or a credit line; photographers are no authors."""
    for match in IN_TEXT.finditer(text):
        names = _leading_names(re.split("[／/]", match["names"])[0])
        if names and not PHOTOGRAPHER.match(text, text.rfind(names[-1], match.start()) + len(names[-1])):
            return names
    return []


def _leading_names(text: str) -> list[str]:
    """The names that a text begins with; it ends at the first word that is none."""
    names: list[str] = []
    for piece in NAME_GAP.split(FURTHER.sub("、", text.strip())):
        name = _name_at_start(piece)
        if not name:
            break
        names.append(name)
    return list(dict.fromkeys(names))


def _name_at_start(piece: str) -> str:
    """The person's name at the start of a piece: all of it, or three characters before a place and a date.

    >>> _name_at_start("张样例"), _name_at_start("林样例桃园19日電"), _name_at_start("林样例说过")
    ('张样例', '林样例', '')
    """
    if is_person(piece):
        return piece
    name = DATELINE_TAIL.sub("", piece)
    if name == piece:
        return ""
    if is_person(name):
        return name
    return name[:3] if 3 < len(name) <= 6 and is_person(name[:3]) else ""


def _only_names(text: str) -> list[str]:
    """The names in a text that holds nothing but names."""
    pieces = [piece for piece in NAME_GAP.split(text.strip()) if piece]
    return list(dict.fromkeys(pieces)) if pieces and all(map(is_person, pieces)) else []


def is_person(text: str) -> bool:
    """Whether a Chinese text is a person's name.

    >>> is_person("张样例"), is_person("样例日报"), is_person("104363")
    (True, False, False)
    """
    if not HAN_NAME.fullmatch(text) or NOT_NAMES.search(text):
        return False
    if "·" in text:
        return 3 <= len(text) <= 12
    if text.startswith(COMPOUND_SURNAMES):
        return len(text) <= 4
    return text[0] in SURNAMES and len(text) <= 3


def read_names(printed: str) -> list[str]:
    """The names in a field that is known to hold the author, whatever label it has."""
    text = FURTHER.sub("、", re.sub(r"^[\s　]*(?:□|■|◎|●|○)?", "", printed).partition("《")[0])
    names = _labelled(text) or _in_text(text) or _only_names(re.sub(r"^\S{0,8}(?:记者|通讯员|作者)[\s:：]*", "", text))
    if names:
        return names
    text = re.sub(r"^(?:作者|撰文|文|记者)[\s:：/|｜丨]*", "", text).strip()
    if re.search(r"编辑|编:|编：|责编|^(?:佚名|未知|admin|匿名|不详)$", text) or re.fullmatch(r"[\d\s]*", text):
        return []
    if re.search(r"[\u3400-\u9fff]", text):
        pieces = [piece for piece in NAME_GAP.split(re.sub(r"^\S{0,8}(?:记者|通讯员)", "", text)) if piece]
        kept = [
            piece
            for piece in pieces
            if NAME.fullmatch(piece) and not NOT_NAMES.search(piece) and not PHOTOGRAPHER.fullmatch(piece)
        ]
        return list(dict.fromkeys(kept))[:MAX_NAMES]
    return latin_names([text])


def latin_names(values: Iterable[str]) -> list[str]:
    """Names of a byline in Latin letters, labels and addresses removed.

    >>> latin_names(["By Ann Example and Bob Sample"])
    ['Ann Example', 'Bob Sample']
    """
    names = []
    for value in values:
        if LATIN_LINK.search(value):
            continue
        for piece in LATIN_SPLIT.split(LATIN_LEAD.sub("", value.strip())):
            name = LATIN_LEAD.sub("", piece).strip(" .:-–—·\u200b")
            if 2 <= len(name) <= 60 and len(name.split()) <= 6 and not LATIN_BAD.search(name):
                names.append(name)
    return list(dict.fromkeys(names))[:MAX_NAMES]


def find_origin(view: View) -> Found:
    """The medium behind 来源; nothing where the page credits none."""
    for rule, text in _origins(view):
        origin = clean_origin(text)
        if origin:
            return Found(rule, origin)
    return NOT_FOUND


def _origins(view: View) -> Iterator[tuple[str, str]]:
    for node in view.called(ORIGIN_CALLS):
        text = short_text(node, MAX_LINE)
        if text:
            yield rule_of(node), text
    yield from (("meta source", text) for text in view.metas.all(*ORIGIN_METAS))
    matches = (ORIGIN_LABEL.search(text) for text in view.labelled)
    yield from (("label", match["origin"]) for match in matches if match)


def clean_origin(text: str) -> str:
    """The medium's name alone.

    >>> clean_origin("2019年06月15日08:18  来源：样例网-文化频道 作者：甲")
    '样例网-文化频道'
    """
    match = ORIGIN_LABEL.search(text)
    name = match["origin"] if match else text
    name = re.sub(r"^(?:来源|來源|稿源|Source)\s*[:：]?\s*", "", name, flags=re.I)
    name = ORIGIN_STOP.sub("", name).strip(" 　:：|｜丨-⋅·")
    is_text = 2 <= len(name) <= 30 and not re.fullmatch(r"[\d\s:.-]+|https?:.*", name)
    return name if is_text and name not in NO_ORIGINS else ""
