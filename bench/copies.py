"""Copies of articles, made by machine in ways that no development set has, and reports that only look like copies.

Every family draws from a seed of its own; articles are a corpus's. A family yields pairs (kind, text, text); of kind ""
are those that are no copies.
"""

import random
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import rjieba

from demo.farm import replace_words
from pipelines.fold_table import FROM, TO

#: Paragraphs of an article.
Article = Sequence[str]
Made = tuple[str, str, str]
Rng = random.Random

SEED = 5
_FILE = Path(__file__).with_name("copies.toml")
_SWAPS = Path(__file__).with_name("families.toml")


@cache
def content() -> dict[str, Any]:
    """Datelines, tails and patterns."""
    return tomllib.loads(_FILE.read_text("utf-8"))


def families(articles: Sequence[Article]) -> Iterator[tuple[str, list[Made]]]:
    """Each family's name and its pairs. No two families use one article, nor does one family use it twice."""
    rng = random.Random(SEED)
    pool = rng.sample(articles, len(articles))
    tables = swap_tables(articles)
    for name, make, count in FAMILIES:
        drawn = random.Random(f"{SEED} {name}")
        yield name, [make(Draw(pool, drawn, tables)) for _ in range(count)]


class Draw:
    """What a maker draws from."""

    def __init__(self, pool: list[Article], rng: Rng, tables: Mapping[str, Mapping[str, str]]) -> None:
        self.pool, self.rng, self.tables = pool, rng, tables

    def article(self, least: int = 300, most: int = 6000) -> list[str]:
        """The next article that has so many characters, or has them in its first sentences."""
        while True:
            found: list[str] = []
            for line in self.pool.pop():
                room = most - sum(map(len, found))
                found.append(line if len(line) <= room else line[: line.rfind("。", 0, room) + 1])
                if found[-1] != line:
                    break
            found = [line for line in found if line]
            if sum(map(len, found)) >= least:
                return found

    def one_of(self, name: str) -> str:
        """One of a list of the file."""
        found: str = self.rng.choice(content()[name])
        return found


def join(paragraphs: Article) -> str:
    """The text of an article."""
    return "\n".join(paragraphs)


def traditional(text: str) -> str:
    """In traditional characters, as far as the folding table goes back."""
    return text.translate(_traditional())


@cache
def _traditional() -> dict[int, str]:
    pairs = [(ord(to), one) for one, to in zip(FROM, TO, strict=True) if "\u4e00" <= one <= "\u9fff" and one != to]
    return dict(reversed(pairs))


def pinyin(text: str, rng: Rng) -> str:
    """With pinyin behind some characters."""
    sounds = ["wǎng", "luò", "shè", "jiàn", "guó", "fā", "zhǎn", "qǐ", "yè", "nián"]
    return "".join(
        f"{one}({rng.choice(sounds)})" if "\u4e00" <= one <= "\u9fff" and rng.random() < 0.08 else one for one in text
    )


def sprinkle(text: str, rng: Rng) -> str:
    """With zero-width characters and blanks strewn in, and half the marks gone."""
    return "".join(
        one + rng.choice("\u200b\u200c\ufeff ")
        if rng.random() < 0.1
        else ""
        if one in "，、" and rng.random() < 0.5
        else one
        for one in text
    )


def widen(text: str) -> str:
    """Letters, digits and marks of full width."""
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def framed(paragraphs: Article, draw: Draw) -> list[str]:
    """With a dateline and a tail."""
    return [draw.one_of("datelines") + paragraphs[0], *paragraphs[1:], draw.one_of("tails")]


def cut(paragraphs: Article, rng: Rng, share: float = 0.25) -> list[str]:
    """With about this share of its sentences gone: at the end, at the start, or here and there."""
    sentences = [(at, one) for at, line in enumerate(paragraphs) for one in _sentences(line)]
    gone = max(1, round(share * len(sentences)))
    how = rng.randrange(3)
    first = {0: len(sentences) - gone, 1: 0, 2: rng.randrange(max(1, len(sentences) - gone))}[how]
    kept = [*sentences[:first], *sentences[first + gone :]] or sentences
    return ["".join(one for at, one in kept if at == line) for line in sorted({at for at, _ in kept})]


def _sentences(line: str) -> list[str]:
    parts = line.replace("。", "。\n").replace("！", "！\n").split("\n")
    return [part for part in parts if part]


def insert(paragraphs: Article, draw: Draw, most: int = 1) -> list[str]:
    """With paragraphs of another article put in."""
    other = draw.article()
    found = list(paragraphs)
    for line in other[:most]:
        found.insert(draw.rng.randint(0, len(found)), line[: sum(map(len, paragraphs)) // 3])
    return found


def shuffled(paragraphs: Article, rng: Rng) -> list[str]:
    """In another order."""
    return rng.sample(list(paragraphs), len(paragraphs))


def edited(text: str, rng: Rng, per_thousand: float = 4) -> str:
    """With single characters or words dropped, doubled or put right, as an editor does."""
    letters = list(text)
    for at in rng.sample(range(len(letters)), max(1, round(len(letters) * per_thousand / 1000))):
        letters[at] = rng.choice(["", letters[at] + "等", letters[at] + "了", "该"])
    return "".join(letters)


def swap_tables(articles: Sequence[Article]) -> dict[str, dict[str, str]]:
    """Swapping tables: those of families.toml, and ones drawn from the words of the articles themselves."""
    tables = {}
    for name, family in tomllib.loads(_SWAPS.read_text("utf-8"))["spinners"].items():
        words = family.get("words", "").split()
        tables[name] = dict(zip(words[::2], words[1::2], strict=False))
    rng = random.Random(f"{SEED} tables")
    counts: dict[str, int] = {}
    for article in articles[:500]:
        for word in rjieba.cut(join(article)):
            if all("\u4e00" <= one <= "\u9fff" for one in word):
                counts[word] = counts.get(word, 0) + 1
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    usual = [word for word in ranked if len(word) == 2][:1500]
    rare = [word for word in ranked if 2 <= len(word) <= 4][2500:9000]
    single = [word for word in ranked if len(word) == 1][20:120]
    tables["drawn heavy"] = {word: rng.choice(rare) for word in usual if rng.random() < 0.7}
    tables["drawn mild"] = {word: rng.choice(rare) for word in usual if rng.random() < 0.35}
    tables["drawn parts"] = {word: rng.choice(rare) for word in rng.sample(single, 14)} | {
        word: rng.choice(rare) for word in usual if rng.random() < 0.2
    }
    return tables


def _same(change: Callable[[str, Rng], str]) -> Callable[[Draw], Made]:
    def make(draw: Draw) -> Made:
        text = join(draw.article())
        return "same", text, change(text, draw.rng)

    return make


def _near(change: Callable[[list[str], Draw], Article], least: int = 300, most: int = 6000) -> Callable[[Draw], Made]:
    def make(draw: Draw) -> Made:
        article = draw.article(least, most)
        return "near", join(article), join(change(article, draw))

    return make


def _spun(
    table: str, change: Callable[[list[str], Draw], Article] = lambda article, draw: article, least: int = 300
) -> Callable[[Draw], Made]:
    def make(draw: Draw) -> Made:
        while True:
            article = draw.article(least, 6000 if least >= 300 else 2 * least)
            spun = [replace_words(line, draw.tables[table]) for line in article]
            if is_reworded(join(article), join(spun)):
                return "spun", join(article), join(change(spun, draw))

    return make


def is_reworded(text: str, other: str) -> bool:
    """Whether a table changed enough to be seen, and left enough to be known: .35 to .9 of the text's shingles."""
    mine, theirs = ({one[i : i + 5] for i in range(len(one) - 4)} for one in (text, other))
    return 0.4 <= len(mine & theirs) / max(1, len(mine)) <= 0.88


def _roundup(
    change: Callable[[Article, Draw], Article] = lambda article, draw: article, least: int = 150, most: int = 900
) -> Callable[[Draw], Made]:
    def make(draw: Draw) -> Made:
        items = [draw.article(least, most) for _ in range(draw.rng.randint(3, 8))]
        held = items[draw.rng.randrange(len(items))]
        lines = [line for item in items for line in (change(item, draw) if item is held else item)]
        return "contains", join(held), join(lines)

    return make


def _notices(pattern: str) -> Callable[[Draw], Made]:
    return lambda draw: ("", fill(pattern, draw.rng), fill(pattern, draw.rng))


def fill(pattern: str, rng: Rng) -> str:
    """A notice of a pattern."""
    slots: dict[str, list[str]] = content()["slots"]
    words = {f"{slot}{n}": rng.choice(some) for slot, some in slots.items() for n in ("", 2, 3)}
    ranges = {
        "month": (1, 12),
        "day": (1, 28),
        "hour": (5, 20),
        "level": (2, 9),
        "low": (-5, 15),
        "high": (16, 35),
        "wet": (30, 95),
    }
    years = {f"year{n}": (1940, 2020) for n in ("", 2, 3, 4)}
    spans = {
        **ranges,
        **years,
        "low2": (-5, 15),
        "high2": (16, 35),
        "month2": (1, 12),
        "day2": (1, 28),
        "age": (70, 99),
    }
    spans |= (
        {f"n{n}": (10, 9999) for n in range(1, 5)}
        | {"n5": (18000, 25999), "n6": (46, 90)}
        | {f"d{n}": (0, 9) for n in range(1, 7)}
    )
    spans |= {f"b{n}": (1, 35) for n in range(1, 8)}
    text: str = content()["patterns"][pattern]
    return text.format(**words, **{slot: rng.randint(*span) for slot, span in spans.items()})


def _shared(name: str, repeat: int = 1) -> Callable[[Draw], Made]:
    """Two articles that end on, or quote, the same words."""

    def make(draw: Draw) -> Made:
        words = content()[name][0] if name == "boilerplate" else draw.one_of(name)
        a, b = (draw.article(350, 1500) for _ in range(2))
        return "", join([*a, *[words] * repeat]), join([*b[:1], words, *b[1:]])

    return make


def _recap(draw: Draw) -> Made:
    """Two parts of a series that begin with what came before."""
    before, a, b = (draw.article(400, 1500) for _ in range(3))
    recap = join(before)[:180]
    return "", join(["前情提要：" + recap, *a]), join(["上期说到，" + recap, *b])


FAMILIES: Sequence[tuple[str, Callable[[Draw], Made], int]] = (
    ("traditional script", _same(lambda text, rng: traditional(text)), 60),
    ("traditional, pinyin behind characters", _same(lambda text, rng: pinyin(traditional(text), rng)), 60),
    ("zero-width characters, marks lost", _same(sprinkle), 60),
    ("full width, lines joined", _same(lambda text, rng: widen(text.replace("\n", ""))), 60),
    ("dateline and tail", _near(framed), 60),
    ("a quarter cut", _near(lambda article, draw: framed(cut(article, draw.rng), draw)), 80),
    ("paragraph put in, a quarter cut", _near(lambda article, draw: insert(cut(article, draw.rng), draw)), 80),
    ("paragraphs reordered", _near(lambda article, draw: framed(shuffled(article, draw.rng), draw)), 60),
    ("words edited", _near(lambda article, draw: framed([edited(line, draw.rng) for line in article], draw)), 60),
    (
        "edited, traditional, sprinkled",
        _near(lambda article, draw: [sprinkle(traditional(edited(join(framed(article, draw)), draw.rng)), draw.rng)]),
        60,
    ),
    (
        "bulletin, a word edited and a dateline",
        _near(lambda article, draw: framed([edited(join(article), draw.rng)], draw), 80, 160),
        60,
    ),
    ("in a roundup of 3 to 8", _roundup(), 60),
    ("bulletin in a roundup", _roundup(least=70, most=160), 60),
    ("traditional, in a roundup", _roundup(lambda article, draw: [traditional(join(article))]), 60),
    ("long article in a roundup", _roundup(least=800, most=3000), 40),
    *((f"swaps: {name}", _spun(name), 60) for name in ("baike", "shuwen", "danzi")),
    *((f"swaps: {name}", _spun(name), 60) for name in ("drawn heavy", "drawn mild", "drawn parts")),
    (
        "swapped, a quarter cut, framed",
        _spun("drawn heavy", lambda article, draw: framed(cut(article, draw.rng), draw)),
        100,
    ),
    ("swapped, paragraph put in", _spun("drawn mild", lambda article, draw: insert(article, draw)), 60),
    (
        "swapped, traditional, pinyin",
        _spun("drawn mild", lambda article, draw: [pinyin(traditional(join(article)), draw.rng)]),
        60,
    ),
    ("swapped bulletin", _spun("drawn heavy", least=90), 60),
    ("swapped, reordered", _spun("drawn mild", lambda article, draw: shuffled(article, draw.rng)), 40),
    *(
        (f"notices: {name}", _notices(name), 60)
        for name in ("weather", "obituary", "market", "notice", "lottery", "match")
    ),
    ("two articles with one tail", _shared("boilerplate"), 40),
    ("two articles with one long quotation", _shared("statements"), 60),
    ("two parts with one recap", _recap, 60),
)
