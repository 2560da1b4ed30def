"""The judge on families that no list and no fit of it has: other names, trades, subjects and swapping tables.

    python -m bench families            the families of families.toml and families_unseen.toml, by the model that ships
    python -m bench.families DATA SRC   paragraphs of one source of the corpus, by the model that ships and by one
                                        fitted without it (`python -m bench.fit WORK DATA SRC`)

Clean articles of dev_clean are contaminated by machine, seeded; each line of the table is one family.
"""

import random
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from bench.contamination import FOLDER, figures
from bench.data import SHARED, is_here, read_lines
from bench.report import today, write_part
from bench.tables import NONE, markdown
from crawler.reading_pool import read_model
from pipelines.judge import SPUN
from pipelines.judge.model import load_model
from pipelines.judge.record import judge_record

Line = dict[str, Any]

#: Those of our own, some of whose words are on lists by now; those of an author who knew no list.
FILES = [Path(__file__).with_name(name) for name in ("families.toml", "families_unseen.toml")]
SEED = 4
#: Articles a family, and paragraphs an article, at least.
ARTICLES, PARAGRAPHS = 150, 6
#: Places where a keyword is put.
ENDS = "，。；：、"


def measure_families(*, write: bool = False) -> None:
    """Print the table; with `write`, put it into docs/benchmarks.md."""
    if not is_here(FOLDER):
        return
    model = read_model()
    contents = [tomllib.loads(file.read_text("utf-8")) for file in FILES]
    rows = []
    for name, lines in chain.from_iterable(contaminated(content, carriers()) for content in contents):
        answers = [judge_record(line, model) for line in lines]
        _, _, offtopic, injected, spans, *spun = figures(lines, answers)
        called = sum(
            a["spun_score"] * 1000 >= SPUN for a, line in zip(answers, lines, strict=True) if line["labels"]["spun"]
        )
        swapped = f"{lines[0]['swapped']:.1f}" if "swapped" in lines[0] else NONE
        rows.append(
            (name, str(len(lines)), offtopic, injected, spans, swapped, *spun, str(called) if spun[0] != NONE else NONE)
        )
    heads = (
        "",
        "documents",
        "off-topic P / R / F1",
        "injected P / R / F1",
        "spans found",
        "swapped, %",
        "spun: AUC",
        "at 0.1 %",
        "called spun",
    )
    table = markdown(heads, rows)
    print(table)
    if write:
        write_part("families", day=today(), table=table)


def measure_source(data: Path, source: str) -> None:
    """Print how paragraphs of a source of the corpus fare with the model that ships and one fitted without them."""
    texts = [text for text in read_lines(SHARED / "corpus" / "background.jsonl.gz") if text["src"] == source]
    lines = [part for text in texts for part in text["paragraphs"] if 48 <= len(part) <= 330]
    rng = random.Random(f"{SEED} {source}")
    some = [insert(line, rng.choice(lines), rng) for line in rng.sample(carriers(), ARTICLES)]
    without = load_model({entry.name: entry.read_bytes() for entry in data.iterdir()})
    rows = [
        (name, figures(some, [judge_record(line, model) for line in some])[2])
        for name, model in (("fitted with", read_model()), ("fitted without", without))
    ]
    print(markdown((f"paragraphs of {source}", "off-topic P / R / F1"), rows))


def carriers() -> list[Line]:
    """Clean articles that are long enough."""
    return [line for line in read_lines(FOLDER / "dev_clean.jsonl.gz") if len(line["paragraphs"]) >= PARAGRAPHS]


def contaminated(content: Mapping[str, Any], clean: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Each family's name and articles. A swapping table has as many articles left as they are beside those reworded."""
    for sort, families in content.items():
        for name, family in families.items():
            rng = random.Random(f"{SEED} {sort} {name}")
            some = rng.sample(clean, ARTICLES)
            if sort == "keywords":
                yield f"keywords: {name}", [splice(line, keyword(family, rng), rng) for line in some]
            elif sort == "spinners":
                words = {word: other for one in family.get("joined", [name]) for word, other in pairs(families[one])}
                reworded = [reword(line, words, family["heavy"], rng) for line in some]
                share = 100 * sum(line["swapped"] for line in reworded) / len(reworded)
                yield f"swaps: {name}", [*({**line, "swapped": share} for line in reworded), *map(plain, some)]
            else:
                yield f"{sort}: {name}", [insert(line, rng.choice(family["lines"]), rng) for line in some]


def keyword(family: Mapping[str, Sequence[str]], rng: random.Random) -> str:
    """A phrase as it stands, or a name, a trade and what is searched."""
    if "phrases" in family:
        return rng.choice(family["phrases"])
    return "".join(rng.choice(family[part]) for part in ("names", "trades", "searches"))


def splice(line: Line, text: str, rng: random.Random) -> Line:
    """The keyword at a paragraph's start, its end, after a mark, or anywhere."""
    texts = list(line["paragraphs"])
    at = rng.choice([i for i, one in enumerate(texts) if len(one) >= 40] or range(len(texts)))
    marks = [i + 1 for i, one in enumerate(texts[at]) if one in ENDS]
    start = rng.choice([0, len(texts[at]), rng.choice(marks or [0]), rng.randrange(len(texts[at]) + 1)])
    texts[at] = texts[at][:start] + text + texts[at][start:]
    labels = {
        "offtopic": [],
        "injections": [{"paragraph": at, "start": start, "end": start + len(text)}],
        "spun": False,
    }
    return {**line, "paragraphs": texts, "labels": labels}


def insert(line: Line, text: str, rng: random.Random) -> Line:
    """The paragraph anywhere but first."""
    at = rng.randint(1, len(line["paragraphs"]))
    texts = [*line["paragraphs"][:at], text, *line["paragraphs"][at:]]
    return {**line, "paragraphs": texts, "labels": {"offtopic": [at], "injections": [], "spun": False}}


def pairs(family: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The table: a word, and what stands for it."""
    words = family["words"].split()
    return zip(words[::2], words[1::2], strict=True)


def reword(line: Line, words: Mapping[str, str], share: float, rng: random.Random) -> Line:
    """The article with some of the table's words swapped wherever they stand, and the share that they were of it."""
    chosen = {word: other for word, other in words.items() if rng.random() < share}
    found = re.compile("|".join(map(re.escape, sorted(chosen, key=len, reverse=True))) or "(?!)")
    whole = "\n".join(line["paragraphs"])
    return {
        **line,
        "paragraphs": found.sub(lambda word: chosen[word[0]], whole).split("\n"),
        "labels": {"offtopic": [], "injections": [], "spun": True},
        "swapped": sum(map(len, found.findall(whole))) / len(whole),
    }


def plain(line: Line) -> Line:
    """The article as it was."""
    return {**line, "id": f"{line['id']} plain"}


if __name__ == "__main__":
    measure_source(Path(sys.argv[1]), sys.argv[2])
