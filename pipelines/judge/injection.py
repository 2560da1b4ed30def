"""Injected keywords: a site's name and what people search with it, spliced into a sentence or a title.

No list of brands is used. A span is cut when it is made of the words such keywords are made of, nothing around it
takes it for a part of the sentence, and the sentence closes well where it is taken out. Farms put one keyword into an
article several times: where it comes again, it is the same from end to end.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count, islice

from pipelines.judge.cores import LATIN, LEXICON, STRONG, Core, Lexicon, starts
from pipelines.judge.keywords import SURNAMES
from pipelines.judge.reading import Article, mark_body, mark_title, without
from pipelines.judge.reports import tells_of_keywords
from pipelines.judge.splice import Sentence, measure_core, measure_start
from pipelines.judge.trees import grow, most_points
from pipelines.judge_model import JudgeModel
from pipelines.model import Mark, MarkKind

#: Who is named here, with a name of three characters: a brand that seems to begin inside the name begins after it.
_PERSON = re.compile(
    r"(?:女孩|男孩|姑娘|小伙|青年|少年|老人|村民|市民|居民|记者|学生|同学|队员|选手|职工|工人|司机|医生|教师|老师|校长|院长|局长|县长|市长|镇长|"
    r"书记|主任|经理|主席|会长|教授|研究员|工程师|队长|负责人|员工|业主|游客|读者|网友|先生|女士|农民|店主|老板)"
    rf"([{SURNAMES}][一-鿿]{{2}})(?=[一-鿿a-z]{{2}})"
)
#: A name in quotation marks that the sentence goes on to speak of is told, not injected; so is a firm's.
_TOLD = re.compile("[”』」](?:的|等|是|为|这|之|被|在|上|里|中|网|平|应|软|链|公|进|、)|(?:股份)?有限(?:责任)?公司")
_MARKS = {"《": "》", "“": "”", "「": "」", "【": "】", "[": "]", "(": ")", "〈": "〉", "『": "』"}
_EMOJI = re.compile("[\u2600-\u27bf\u2b50\u2b55\ufe0f\U0001f000-\U0001faff]")
#: An address before a keyword goes with it.
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]{1,200}\s{0,2}$")
_LONGEST_ADDRESS = 210
#: A weak core is looked at where it says this much, and the more the better the character after it is held.
_WEAK = 15
#: Of a text with more cores than this the weightiest are looked at: no article has so many.
_MOST = 40
#: An article that itself tells of what keywords speak of asks for so many points more.
_TOLD_OF = 1500
#: A clause is no longer.
_CLAUSE = 80
#: So much of an article is searched for a brand without its core: names that it speaks of come early.
_READ = 20_000
#: Of the points that a keyword has in one place, this part counts in its others: 1 in 3.
_POOL = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A possible keyword: its core, where its brand may begin, where it most likely does, and how likely it is one."""

    core: Core
    rivals: tuple[int, ...]
    start: int
    points: int
    phrase: str

    @property
    def share(self) -> int:
        """What the same keyword in another place gains by this one."""
        return max(0, self.points) // _POOL


def find_injections(article: Article, model: JudgeModel, lexicon: Lexicon = LEXICON) -> list[Mark]:
    """Cut keywords in the title and in paragraphs; a name that the article itself speaks of is none."""
    if not model.injection_trees:
        return []
    texts = (article.folded_title, *(line.folded for line in article.lines))
    likely = find_keywords(read_page(texts, model, lexicon))
    limit = model.injection_limit + _TOLD_OF * _tells(texts, likely)
    found = {at: [one for one in hits if one.points >= limit] for at, hits in likely.items()}
    brands = Counter(texts[at][one.start : one.core.start] for at, hits in found.items() for one in hits)
    marks = []
    for at, hits in found.items():
        taken, cuts = 0, []
        for one in hits:
            start, end = settle(texts[at], one, brands, model)
            score = min(999, 500 + (one.points - limit) // 10)
            if (start := max(start, taken)) < one.core.end and not _TOLD.match(texts[at], one.core.end):
                cuts.append((start, end, score))
                taken = end
        for start, end, score in _whole(cuts, texts[at]):
            if at:
                marks.append(mark_body(article.lines[at - 1], start, end, MarkKind.INJECTED, "keyword", score))
            else:
                marks.append(mark_title(start, end, MarkKind.INJECTED, "keyword", score))
    return marks


def _tells(texts: Sequence[str], likely: Mapping[int, Sequence[Found]]) -> bool:
    """Whether the article itself tells of what keywords speak of; asked where there may be one at all."""
    if not likely:
        return False
    return tells_of_keywords(
        without(text, [(one.start, one.core.end) for one in likely.get(at, ())]) for at, text in enumerate(texts)
    )


def _whole(cuts: list[tuple[int, int, int]], text: str) -> list[tuple[int, int, int]]:
    """The cuts, or one over the whole text where keywords joined by `_`, `|` or white space are all it has."""
    edges = [0, *(edge for start, end, _ in cuts for edge in (start, end)), len(text)]
    between = (text[edges[at] : edges[at + 1]] for at in range(0, len(edges), 2))
    if len(cuts) < 2 or any(char.isalnum() for rest in between for char in rest):
        return cuts
    return [(0, len(text), max(score for _, _, score in cuts))]


@dataclass(frozen=True, slots=True)
class Page:
    """Of an article, by number of the text: the cores that might be a keyword's, each with where that may begin."""

    heard: Mapping[int, tuple[Sentence, tuple[tuple[Core, tuple[int, ...]], ...]]]
    #: How often each possible keyword stands in the article, and each word of the lists in any core.
    seen: Counter[str]
    said: Counter[str]
    whole: str
    #: How often a name stands in it, counted once each.
    named: dict[str, int] = field(default_factory=dict)

    def count(self, name: str) -> int:
        """How often a name stands in the article."""
        if name not in self.named:
            self.named[name] = self.whole.count(name)
        return self.named[name]


def read_page(texts: Sequence[str], model: JudgeModel, lexicon: Lexicon = LEXICON) -> Page:
    """Find the cores of an article that say enough to be looked at."""
    whole = "\n".join(texts)
    cores = list(lexicon.cores(whole))
    heard, seen = {}, Counter[str]()
    for at, heavy in _weightiest(cores, texts).items():
        near = [(core, tuple(starts(texts[at], core.start))) for core in heavy]
        near = [(core, rivals) for core, rivals in near if _is_worth(texts[at], core, rivals, model)]
        if near:
            heard[at] = (Sentence(texts[at], model), tuple(near))
            seen.update(texts[at][start : core.end] for core, rivals in near for start in rivals)
    said = Counter(word for core in cores for word in core.words) if seen else Counter[str]()
    return Page(heard, seen, said, whole[:_READ])


def find_keywords(page: Page) -> dict[int, list[Found]]:
    """By number of the text its cores, left to right, with the likeliest beginning of a keyword.

    One that stands in several places is judged by all of them.
    """
    found = _judge(page)
    pool = Counter[str]()
    for one in chain.from_iterable(found.values()):
        pool[one.phrase] += one.share
    return {
        at: [replace(one, points=one.points + pool[one.phrase] - one.share) for one in hits]
        for at, hits in found.items()
    }


def _weightiest(cores: Iterable[Core], texts: Sequence[str]) -> dict[int, list[Core]]:
    """Of the cores in texts joined by line feeds, those that say enough and most, by number of the text they are in."""
    found: dict[tuple[int, int], list[Core]] = {}
    at, begin = 0, 0
    for core in cores:
        while core.start > begin + len(texts[at]):
            begin += len(texts[at]) + 1
            at += 1
        if core.weight >= _WEAK:
            found.setdefault((at, begin), []).append(core)
    return {
        at: [core._replace(start=core.start - begin, end=core.end - begin) for core in _first(heavy)]
        for (at, begin), heavy in found.items()
    }


def _first(cores: list[Core]) -> list[Core]:
    if len(cores) <= _MOST:
        return cores
    return sorted(sorted(cores, key=lambda core: -core.weight)[:_MOST], key=lambda core: core.start)


def _is_worth(text: str, core: Core, rivals: Sequence[int], model: JudgeModel) -> bool:
    """A weak core is looked at after a Latin word, or where little holds the text after it."""
    if core.weight >= STRONG:
        return True
    if any(text[start : core.start].isascii() for start in rivals[1:]) and core.weight + LATIN >= STRONG:
        return True
    ends = core.end == len(text) or not text[core.end].isalnum()
    return ends or Sentence(text[core.end - 1 : core.end + 1], model).bond(1) <= core.weight - _WEAK


def _judge(page: Page) -> dict[int, list[Found]]:
    """Each core of each text by itself, all at once."""
    cores = [(at, sentence, *one) for at, (sentence, near) in page.heard.items() for one in near]
    if not cores:
        return {}
    model = cores[0][1].model
    rows = [measure(sentence, core, rivals, page) for _at, sentence, core, rivals in cores]
    begin = iter(most_points(grow(model.injection_features, model.injection_starts), list(chain.from_iterable(rows))))
    likeliest = [max(zip(islice(begin, len(some)), count()))[1] for some in rows]
    best = [some[at] for some, at in zip(rows, likeliest, strict=True)]
    points = most_points(grow(model.injection_features, model.injection_trees), best)
    found: dict[int, list[Found]] = {at: [] for at in page.heard}
    for (at, sentence, core, rivals), which, most in zip(cores, likeliest, points, strict=True):
        found[at].append(Found(core, rivals, rivals[which], most, sentence.text[rivals[which] : core.end]))
    return found


def measure(sentence: Sentence, core: Core, rivals: Sequence[int], page: Page) -> list[dict[str, int]]:
    """For each beginning what speaks for it and for the whole."""
    same = measure_core(sentence, core)
    return [same | row for row in _measure_starts(sentence, core, rivals, page)]


def _measure_starts(sentence: Sentence, core: Core, rivals: Sequence[int], page: Page) -> list[dict[str, int]]:
    """What speaks for each beginning alone."""
    text = sentence.text
    return [
        measure_start(sentence, core, start, page.seen)
        | _measure_topic(text[start : core.start], text[start : core.end], core, page)
        for start in rivals
    ]


def _measure_topic(brand: str, phrase: str, core: Core, page: Page) -> dict[str, int]:
    """How often the article has the brand, and the words of the core, elsewhere: what it speaks of, it says often."""
    times = page.seen[phrase]
    return {
        "elsewhere": min(5, max(0, page.count(brand) - times)) if len(brand) > 1 else 0,
        "topic": min(9, sum(page.said[word] for word in core.words) - len(core.words) * times),
    }


def settle(text: str, found: Found, brands: Mapping[str, int], model: JudgeModel) -> tuple[int, int]:
    """The edges of a keyword: a page has one brand, a person's name is no part of it, its quotation marks are.

    `brands` are those chosen all over the page.
    """
    start, end, core = found.start, found.core.end, found.core.start
    known = [at for at in found.rivals if at != start and core - at > 1 and brands.get(text[at:core], 0)]
    if known and brands[text[start:core]] == 1:
        start = max(known)
    elif person := _PERSON.search(text, _clause(text, core), core):
        inside = person.start(1) <= start and person.end(1) in found.rivals and core - person.end(1) > 1
        start = person.end(1) if inside else start
    if start == found.start and start - 2 in found.rivals and _is_stub(text, start, model):
        start -= 2
    while start and end < len(text) and _MARKS.get(text[start - 1]) == text[end]:
        start, end = start - 1, end + 1
    while start and _EMOJI.match(text[start - 1]):
        start -= 1
    while end < len(text) and _EMOJI.match(text[end]):
        end += 1
    return _with_address(text, start, end)


def _with_address(text: str, start: int, end: int) -> tuple[int, int]:
    """The same with an address that stands right before it."""
    before = _ADDRESS.search(text[max(0, start - _LONGEST_ADDRESS) : start])
    return start - len(before[0]) if before else start, end


def _clause(text: str, end: int) -> int:
    """Where the clause begins that goes on at `end`."""
    return max(end - _CLAUSE, max(text.rfind(mark, max(0, end - _CLAUSE), end) for mark in ",。;:!?") + 1, 0)


def _is_stub(text: str, start: int, model: JudgeModel) -> bool:
    """Whether the two characters before are no Chinese: they belong to the brand, whose end is a word (某某乐园)."""
    unseen = all(text[at : at + 2] not in model.bigrams for at in range(start - 3, start))
    return start > 2 and unseen and text[start : start + 2] in model.words
