"""Articles to fit the off-topic rule on: texts of the corpus that the statistics have not seen, with paragraphs put in.

What is put in is of four kinds: a paragraph or two of a text of another kind, a paragraph of a text of the same kind,
what people say to one another in forums and reviews, an advertisement of a made-up trade. Hosts are of every kind:
bulletins of many matters merged into one, articles that were reworded by a table of swaps, articles of six paragraphs
and of sixty.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.fit.statistics import read_corpus
from pipelines.judge.features import LONG

ADVERTS, TALK = (Path(__file__).with_name(name) for name in ("adverts.txt", "talk.txt"))
#: Times that each article is used.
ROUNDS = 4
#: Of which share nothing is put in; up to which an advertisement, a foreign paragraph, two, one of the same kind.
CLEAN, ADVERT, ONE, TWO = 0.40, 0.52, 0.84, 0.98
#: Where a page's own paragraphs are short, the corpus's that run on are cut.
_RUNS_ON, _SHORTEST, _LONGEST = 330, 60, 220
#: Posts of people who talk about one thing, for every hundred paragraphs that may be put in; sentences of a post.
POSTS, _SENTENCES_OF_POST = 12, (2, 5)
#: The kind of text that roundups are made of.
BULLETINS = "xwlb"
_SENTENCES = re.compile(r"[^。！？!?]+[。！？!?]*[”\"]?")
_WORD = re.compile("[\u4e00-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class Example:
    """An article, the paragraphs that were put in, and the text that it was made of."""

    title: str
    paragraphs: list[str]
    wrong: frozenset[int]
    text: int


@dataclass(frozen=True, slots=True)
class _Text:
    number: int
    kind: str
    title: str
    paragraphs: list[str]


def kind_of(text: Mapping[str, Any]) -> str:
    """What a text is: its source, and for some its section (`sina-testSport`)."""
    source, _, section = str(text["src"]).partition("-")
    return f"{source}-{section}" if source == "sina" and section.isalpha() else source


def read_adverts(without: str) -> list[str]:
    """The templates, without those of one trade."""
    return [text for trade, text in _read_rows(ADVERTS) if f"advert:{trade}" != without]


def _read_rows(path: Path) -> list[list[str]]:
    """A trade or topic, and what is said in it."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def talk(posts: int, rng: random.Random) -> Iterator[_Text]:
    """Posts of one topic each, with the punctuation of people in a hurry."""
    rows = _read_rows(TALK)
    topics = {topic: [said for other, said in rows if other == topic] for topic, _ in rows}
    for number in range(posts):
        topic = rng.choice(sorted(topics))
        said = rng.sample(topics[topic], min(rng.randint(*_SENTENCES_OF_POST), len(topics[topic])))
        text = rng.choice(("", "", " ", "，")).join(said)
        yield _Text(-1 - number, f"talk:{topic}", "", [text.replace("，", rng.choice(("，", "，", ",", " ", "、")))])


def build(fold_left: int, without: str = "") -> Iterator[Example]:
    """Clean and contaminated articles of the texts that a fold leaves out. Nothing of the kind `without` is put in."""
    rng = random.Random(fold_left)
    texts = [
        _Text(number, kind_of(text), text["title"], split(text["paragraphs"], rng))
        for number, text in enumerate(read_corpus(fold_left)[1])
    ]
    adverts = read_adverts(without)
    donors = [
        (text, at)
        for text in texts
        for at, paragraph in enumerate(text.paragraphs)
        if 40 <= len(paragraph) <= _RUNS_ON and text.kind != without
    ]
    donors += [(text, 0) for text in talk(len(donors) * POSTS // 100, rng) if text.kind != without]
    words = sorted({word for text, at in donors[:4000] for word in _WORD.findall(text.paragraphs[at])})
    hosts = [text for text in texts if sum(len(p) >= LONG for p in text.paragraphs) >= 4]
    bulletins = [text for text in texts if text.kind == BULLETINS]
    for _ in range(ROUNDS):
        for host in hosts:
            begin = rng.randint(0, max(0, len(host.paragraphs) - 30))
            body = host.paragraphs[begin : begin + rng.randint(6, 60)]
            if rng.random() < 0.2:
                body = reword(body, words, rng)
            yield contaminate(host, body, donors, adverts, rng)
        for _ in range(len(hosts) // 4):
            roundup = merge(bulletins, rng)
            yield contaminate(roundup, roundup.paragraphs, donors, adverts, rng)


def split(paragraphs: Sequence[str], rng: random.Random) -> list[str]:
    """Paragraphs as pages have them: those of the corpus that run on are cut at sentences."""
    out = []
    for text in paragraphs:
        piece, size = "", rng.randint(_SHORTEST, _LONGEST)
        for sentence in _SENTENCES.findall(text) if len(text) > _RUNS_ON else [text]:
            piece += sentence
            if len(piece) >= size:
                out.append(piece)
                piece, size = "", rng.randint(_SHORTEST, _LONGEST)
        out.append(piece)
    return [text for text in out if text.strip()]


def merge(bulletins: Sequence[_Text], rng: random.Random) -> _Text:
    """A roundup: the beginnings of several bulletins."""
    some = rng.sample(bulletins, rng.randint(5, 12))
    body = [paragraph for text in some for paragraph in text.paragraphs[: rng.choice((1, 1, 1, 2))]]
    return _Text(some[0].number, BULLETINS, "要闻简报", body)


def reword(body: Sequence[str], words: Sequence[str], rng: random.Random) -> list[str]:
    """Rewording, for want of any one farm's table: some words of the article become others, each always the same."""
    found = sorted({word for text in body for word in _WORD.findall(text)})
    swaps = {word: rng.choice(words) for word in rng.sample(found, int(len(found) * rng.choice((0.05, 0.1, 0.2, 0.3))))}
    return [_WORD.sub(lambda word: swaps.get(word[0], word[0]), text) for text in body]


def advert(templates: Sequence[str], rng: random.Random) -> str:
    """One of the templates, with names and numbers of its own, and sometimes a part left out."""
    text = rng.choice(templates).format(
        name="".join(rng.sample("金华星海盛源天和美佳乐康达瑞丰德信恒", 2)),
        n=rng.randint(2, 99),
        price=rng.randint(100, 49999),
        phone="1" + "".join(rng.choices("0123456789", k=10)),
        id="".join(rng.choices("abcdefghijkmnpqrstuvwxyz", k=4)) + str(rng.randint(100, 9999)),
    )
    parts = re.findall(r"[^，。！？]+[，。！？]*", text)
    if rng.random() < 0.5 and len(parts) > 4:
        del parts[rng.randrange(1, len(parts))]
    return "".join(parts)


def contaminate(
    host: _Text, body: Sequence[str], donors: Sequence[tuple[_Text, int]], adverts: Sequence[str], rng: random.Random
) -> Example:
    """The article as it is, or with one or two paragraphs put in."""
    chance = rng.random()
    inserted: list[str] = []
    if CLEAN <= chance < ADVERT:
        inserted = [advert(adverts, rng)]
    elif chance >= ADVERT:
        first, at = _donor(donors, host, chance >= TWO, rng)
        inserted = [first.paragraphs[at]]
        if ONE <= chance < TWO:
            second, other = (first, at + 1) if rng.random() < 0.4 else _donor(donors, host, False, rng)
            inserted += second.paragraphs[other : other + 1]
    lines = [(text, False) for text in body]
    place = rng.randint(1, len(lines))
    for text in inserted:
        lines.insert(place, (text, True))
        place = place + 1 if rng.random() < 0.4 else rng.randint(1, len(lines))
    wrong = frozenset(at for at, (_, put_in) in enumerate(lines) if put_in)
    return Example(host.title, [text for text, _ in lines], wrong, host.number)


def _donor(donors: Sequence[tuple[_Text, int]], host: _Text, same: bool, rng: random.Random) -> tuple[_Text, int]:
    while True:
        text, at = rng.choice(donors)
        if text.number != host.number and (text.kind == host.kind) == same:
            return text, at
