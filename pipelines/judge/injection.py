"""Injected keywords: a site's name and what people search with it, spliced into a sentence or a title.

No list of brands is used. A span is cut when it is made of the words such keywords are made of, nothing around it
takes it for a part of the sentence, and the sentence closes well where it is taken out.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pipelines.judge.keywords import LED_IN, LED_OUT, SEARCHED, SURNAMES, TRADE
from pipelines.judge.likelihood import bond, classed
from pipelines.judge.reading import Article, mark_body, mark_title
from pipelines.judge.trees import Forest, grow, most_points, narrow
from pipelines.model import JudgeModel, Mark, MarkKind


def _any(words: dict[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


#: Trade words, then search words: the end of a keyword, which is what recurs. One of the two may be missing.
_CORE = re.compile(rf"(?P<trade>(?:{_any(TRADE)})*)(?P<searched>(?:{_any(SEARCHED)})*)")
_BEGUN = re.compile(_any(TRADE | SEARCHED))
_BY_LENGTH = {id(table): sorted(table, key=len, reverse=True) for table in (TRADE, SEARCHED)}
_TOLD = re.compile(
    r"(?!登[录陆]入口)(?:登录|登陆|下载|注册|安装|进入|打开)(?:官方|手机|最新版|免费)*(?:app|软件|客户端|游戏|平台|网站|官网|官方网站|网址|网页版|手机版|入口|链接|地址)"
)
_NAME = re.compile(r"[a-z0-9\u4e00-\u9fff]")
#: Characters of grammar: no brand holds one, so none begins before it.
_GRAMMAR = frozenset("的了和与及在是把被从将对也就都而但这那更还又很")
#: After `app下载` or `平台注册` these make a measure of it.
_MEASURE = frozenset("量率数榜费证号")
#: Who is named here, with a name of three characters: a brand that seems to begin inside the name begins after it.
_PERSON = re.compile(
    r"(?:女孩|男孩|姑娘|小伙|青年|少年|老人|村民|市民|居民|记者|学生|同学|队员|选手|职工|工人|司机|医生|教师|老师|校长|院长|局长|县长|市长|镇长|"
    r"书记|主任|经理|主席|会长|教授|研究员|工程师|队长|负责人|员工|业主|游客|读者|网友|先生|女士|农民|店主|老板)"
    rf"([{SURNAMES}][一-鿿]{{2}})(?=[一-鿿a-z]{{2}})"
)
_MARKS = {"《": "》", "“": "”", "「": "」", "【": "】", "[": "]", "(": ")", "〈": "〉", "『": "』"}
_EMOJI = re.compile("[\u2600-\u27bf\u2b50\u2b55\ufe0f\U0001f000-\U0001faff]")
_LONGEST_BRAND = 8
#: A text with more runs of such words than this is not read to its end: no article has so many.
_MOST = 200
#: A core that says less than this (a lone 平台, 体育 or 登陆) is not looked at; a Latin brand before it adds to it.
_WEAKEST, _LATIN = 42, 15


@dataclass(frozen=True, slots=True)
class Span:
    """A possible keyword: brand, trade words, search words."""

    start: int
    brand_end: int
    trade_end: int
    end: int


def find_injections(article: Article, model: JudgeModel) -> list[Mark]:
    """Cut keywords in the title and in paragraphs; a name that the article itself speaks of is none."""
    if not model.injection_trees:
        return []
    texts = (article.folded_title, *(line.folded for line in article.lines))
    whole = "\n".join(texts)
    found = [list(_find(text, whole, model)) for text in texts]
    brands = Counter(
        text[span.start : span.brand_end] for text, hits in zip(texts, found, strict=True) for span, _, _ in hits
    )
    marks = []
    for at, (text, hits) in enumerate(zip(texts, found, strict=True)):
        for span, rivals, score in hits:
            start, end = settle(text, span, rivals, brands, model)
            if at:
                marks.append(mark_body(article.lines[at - 1], start, end, MarkKind.INJECTED, "keyword", score))
            else:
                marks.append(mark_title(start, end, MarkKind.INJECTED, "keyword", score))
    return marks


def settle(text: str, span: Span, rivals: Sequence[Span], brands: Counter[str], model: JudgeModel) -> tuple[int, int]:
    """The edges of a keyword: a page has one brand, a person's name is no part of it, its quotation marks are.

    `rivals` are the other beginnings that the sentence allows, `brands` those chosen all over the page.
    """
    start, end = span.start, span.end
    known = [r.start for r in rivals if r.brand_end - r.start > 1 and brands[text[r.start : r.brand_end]] > 0]
    known = [at for at in known if at != start]
    if known and brands[text[start : span.brand_end]] == 1:
        start = max(known)
    elif found := _PERSON.search(text, _clause(text, span.brand_end), span.brand_end):
        ends = [r.start for r in rivals if found.start(1) < r.start == found.end(1) and r.brand_end - r.start > 1]
        start = ends[0] if found.start(1) < start and ends else start
    if start == span.start and any(r.start == start - 2 for r in rivals) and _is_stub(text, start, model):
        start -= 2
    while start and end < len(text) and _MARKS.get(text[start - 1]) == text[end]:
        start, end = start - 1, end + 1
    while start and _EMOJI.match(text[start - 1]):
        start -= 1
    while end < len(text) and _EMOJI.match(text[end]):
        end += 1
    return start, end


def _clause(text: str, end: int) -> int:
    """Where the clause begins that goes on at `end`."""
    return max(text.rfind(mark, 0, end) for mark in ",。;:!?") + 1


def _is_stub(text: str, start: int, model: JudgeModel) -> bool:
    """Whether the two characters before are no Chinese: they belong to the brand, whose end is a word (某某乐园)."""
    unseen = all(text[at : at + 2] not in model.bigrams for at in range(start - 3, start))
    return start > 2 and unseen and text[start : start + 2] in model.words


def _find(text: str, whole: str, model: JudgeModel) -> Iterator[tuple[Span, list[Span], int]]:
    """The spans to cut, left to right: where would each keyword begin, and is it one?"""
    shaped, taken = "", 0
    for rivals in islice(candidates(text), _MOST):
        shaped = shaped or classed(text)
        if rivals[0].brand_end < taken:
            continue
        free = [span for span in rivals if span.start >= taken]
        span, features = choose(text, shaped, free, whole, model)
        points = _points(grow(model.injection_features, model.injection_trees), features)
        if points >= model.injection_limit:
            taken = span.end
            yield span, free, min(999, 500 + (points - model.injection_limit) // 10)


def choose(text: str, shaped: str, rivals: list[Span], whole: str, model: JudgeModel) -> tuple[Span, dict[str, int]]:
    """The likeliest beginning of a keyword, with its features."""
    starts = grow(model.injection_features, model.injection_starts)
    measured = [measure(text, shaped, span, whole, model) for span in rivals]
    best = max(range(len(rivals)), key=lambda at: (_points(starts, measured[at]), at))
    return rivals[best], measured[best]


def _points(forest: Forest, features: dict[str, int]) -> int:
    return most_points(forest, narrow(forest, features, forest.leaves))


def candidates(text: str) -> Iterator[list[Span]]:
    """For every run of trade and search words that says enough, the keywords that may end with it."""
    end = 0
    while begun := _BEGUN.search(text, end):
        at = begun.start()
        found = _CORE.match(text, at)
        assert found is not None
        end = found.end()
        weight = _weight(found)
        if weight + _LATIN < _WEAKEST:
            continue
        spans = [Span(start, at, found.end("trade"), end) for start in _starts(text, at)]
        if weight >= _WEAKEST or any(span.start < at and text[span.start : at].isascii() for span in spans):
            yield spans


def _weight(core: re.Match[str]) -> int:
    """How much the words say together; `下载手机app` is what news tells its readers to do."""
    trade, searched = _words(core["trade"], TRADE), _words(core["searched"], SEARCHED)
    told = 40 if not trade and _TOLD.match(core["searched"]) else 0
    return sum(TRADE[w] for w in trade) + sum(SEARCHED[w] for w in searched) - told


def _starts(text: str, begin: int) -> Iterator[int]:
    """Where the brand before a core may begin: up to eight characters back, a Latin word as a whole."""
    yield begin
    at, size = begin, 0
    while at and size < _LONGEST_BRAND and _NAME.match(text[at - 1]) and text[at - 1] not in _GRAMMAR:
        at -= 1
        while at and text[at].isascii() and text[at - 1].isascii() and text[at - 1].isalnum():
            at -= 1
        size += 1
        yield at


def measure(text: str, shaped: str, span: Span, whole: str, model: JudgeModel) -> dict[str, int]:
    """What speaks for a keyword: its words, how loosely it hangs in the sentence, how well that closes without it."""
    brand, phrase = text[span.start : span.brand_end], text[span.start : span.end]
    trade, searched = (
        _words(text[span.brand_end : span.trade_end], TRADE),
        _words(text[span.trade_end : span.end], SEARCHED),
    )
    before, after = (
        (shaped[span.start - 1] if span.start else "。"),
        (shaped[span.end] if span.end < len(text) else "。"),
    )
    two_before, two_after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    across = [text[span.start - 1 : span.start + 1] if span.start else "", text[span.end - 1 : span.end + 1]]
    return {
        "trade": sum(TRADE[w] for w in trade),
        "searched": sum(SEARCHED[w] for w in searched),
        "strongest": max((*(TRADE[w] for w in trade), *(SEARCHED[w] for w in searched))),
        "tokens": len(trade) + len(searched),
        "searched_tokens": len(searched),
        "brand": len(re.sub("[a-z0-9]+", "a", brand)),
        "latin": int(bool(re.search("[a-z]", brand))),
        "digits": int(bool(re.search("[0-9]", brand))),
        "rarity": max(
            (model.bigrams.get(shaped[i : i + 2], 216 << 8) >> 8 for i in range(span.start, span.brand_end - 1)),
            default=0,
        ),
        "common": min(
            (model.bigrams.get(shaped[i : i + 2], 216 << 8) >> 8 for i in range(span.start, span.brand_end)), default=0
        ),
        "grip": bond(shaped[span.brand_end - 1], shaped[span.brand_end], model) if brand else 0,
        "join": bond(before, after, model) if span.start or span.end < len(text) else 0,
        "enter": bond(before, shaped[span.start], model) if span.start else -60,
        "leave": bond(shaped[span.end - 1], after, model) if span.end < len(text) else 60,
        "left": 2 if not span.start else int(not _NAME.match(before)),
        "right": 2 if span.end == len(text) else int(not _NAME.match(after)),
        "led_in": int(text[: span.start].endswith(LED_IN)),
        "led_out": int(text.startswith(LED_OUT, span.end)),
        "known": model.words.get(brand, 0) & 15,
        "word_before": int(two_before in model.words),
        "word_after": int(two_after in model.words),
        "word_split": sum(word in model.words for word in across),
        "word_joined": int(
            len(before + after) == 2
            and text[span.start - 1 : span.start] + text[span.end : span.end + 1] in model.words
        ),
        "elsewhere": min(5, whole.count(brand) - whole.count(phrase)) if len(brand) > 1 else 0,
    }


def _words(text: str, table: dict[str, int]) -> list[str]:
    """The longest words of a table, one after another."""
    out, at = [], 0
    while at < len(text):
        word = next(w for w in _BY_LENGTH[id(table)] if text.startswith(w, at))
        out.append(word)
        at += len(word)
    return out
