"""docs/rules.md says what the rules do: every rule that the code can name stands there, and its examples are true."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import pytest

from crawler.reading_pool import read_model
from pipelines.fingerprint import bare
from pipelines.judge import judge
from pipelines.judge.frames import ENDS, LINES, TAILS
from pipelines.judge.witness import paragraph_key, with_snapshot
from pipelines.judge_model import JudgeModel
from pipelines.model import CUTS, Mark, MarkField, Paragraph
from pipelines.repair import REPAIRS, find_suspects, repair

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
MODEL = read_model()
#: Functions of the judge that make a mark, and which of their arguments names the rule.
MAKERS = {"mark_body": 4, "mark_title": 3, "Mark": None, "_mark": 4, "_whole": 1}
REST = "…"


@dataclass(frozen=True)
class Example:
    """A block of the document under a rule's heading."""

    kind: str
    rule: str
    #: `marks`: what stands in ⟦⟧ is what the rule marks. `leaves`: the rule marks nothing, and nothing is cut.
    sort: str
    text: str
    #: What the archive's snapshot says: shape, kind, rule and phrase or paragraph, a line each.
    snapshot: str

    def __str__(self) -> str:
        return f"{self.kind}-{self.rule}-{self.sort}"


def blocks(sort: str, text: str) -> list[str]:
    return re.findall(rf"^```{sort}\n(.*?)^```", text, re.S | re.M)


def examples() -> Iterator[Example]:
    for section in re.split(r"^### ", DOCUMENT, flags=re.M)[1:]:
        name = re.match(r"`(\w+): (\w+)`", section)
        assert name, section.split("\n")[0]
        snapshot = "".join(blocks("snapshot", section))
        for sort in ("marks", "leaves"):
            yield from (Example(name[1], name[2], sort, text, snapshot) for text in blocks(sort, section))


EXAMPLES = list(examples())
[ARTICLE] = (text.splitlines() for text in blocks("article", DOCUMENT))


def lines_of(text: str) -> tuple[str, list[str]]:
    """The title (`# …`) and the paragraphs; a line of … is half of the document's article, {U+200B} a character."""
    shown = re.sub(r"\{U\+([0-9A-F]+)\}", lambda code: chr(int(code[1], 16)), text).splitlines()
    title = shown.pop(0)[2:] if shown[0].startswith("# ") else ""
    halves = iter((ARTICLE[:3], ARTICLE[3:]))
    return title, [part for line in shown for part in (next(halves) if line == REST else [line])]


def read(title: str, texts: list[str], snapshot: str) -> list[Mark]:
    """All marks, as `process` makes them."""
    repaired = [repair(text).text for text in texts]
    marks = judge(title, [Paragraph(index=at, raw=raw) for at, raw in enumerate(repaired)], witness(snapshot)).marks
    return [*marks, *find_suspects(title, repaired)]


def witness(snapshot: str) -> JudgeModel:
    """The model with a snapshot in use."""
    said = [line.split(" ", 3) for line in snapshot.splitlines()]
    keys = {"phrase": str, "paragraph": lambda text: paragraph_key(bare(text))}
    rows = [[shape, keys[shape](text), kind, rule, 900] for shape, kind, rule, text in said]
    return with_snapshot(MODEL, json.dumps(rows).encode()) if rows else MODEL


def shown(text: str, marks: list[Mark]) -> str:
    """The text with what is marked in ⟦⟧."""
    for mark in sorted(marks, key=lambda mark: -mark.start):
        text = f"{text[: mark.start]}⟦{text[mark.start : mark.end]}⟧{text[mark.end :]}"
    return text


@pytest.mark.parametrize("one", [one for one in EXAMPLES if one.kind != "repaired"], ids=str)
def test_examples_are_true(one: Example) -> None:
    title, texts = lines_of(one.text)
    bare_title, *plain = (re.sub("[⟦⟧]", "", text) for text in (title, *texts))
    marks = read(bare_title, plain, one.snapshot)
    mine = [mark for mark in marks if mark.rule == one.rule and mark.kind == one.kind]
    if one.sort == "leaves":
        assert mine == []
        assert [mark for mark in marks if mark.kind in CUTS] == []
        return
    assert mine
    assert shown(bare_title, [mark for mark in mine if mark.field == MarkField.TITLE]) == title
    for at, text in enumerate(texts):
        assert shown(plain[at], [mark for mark in mine if mark.paragraph == at]) == text


@pytest.mark.parametrize("one", [one for one in EXAMPLES if one.kind == "repaired"], ids=str)
def test_repairs_are_true(one: Example) -> None:
    _, (raw, *rest) = lines_of(one.text)
    done = repair(raw)
    assert [done.text] == (rest or [raw])
    assert not rest or one.rule in {name for span in done.spans for name in span.rule.split("+")}


def test_every_rule_has_an_example_and_a_counter_example() -> None:
    named = {rule for _, rule in judge_rules()} | {step.__name__ for step in REPAIRS} | WITNESSED
    for sort in ("marks", "leaves"):
        assert named - {one.rule for one in EXAMPLES if one.sort == sort} == set(), sort


def test_no_rule_is_told_of_that_is_no_more() -> None:
    named = {rule for _, rule in judge_rules()} | {step.__name__ for step in REPAIRS} | SUSPECTED | WITNESSED
    assert {one.rule for one in EXAMPLES} - named == set()


#: What a snapshot of the archive can say (crawler/fit).
WITNESSED = {"campaign", "added_to_copy", "campaign_paragraph", "witnessed"}
#: The rules of `find_suspects`, which its docstring names.
SUSPECTED = set(re.findall(r"`(\w+)` \(", find_suspects.__doc__ or ""))


def judge_rules() -> set[tuple[str, str]]:
    """(module, rule) for each rule that a module of the judge can give a mark."""
    rules = {("frames.py", rule) for table in (LINES, ENDS, TAILS) for rule in table}
    for entry in (resources.files("pipelines") / "judge").iterdir():
        if entry.name.endswith(".py"):
            tree = ast.parse(entry.read_text(encoding="utf-8"))
            for call in ast.walk(tree):
                if isinstance(call, ast.Call) and (argument := rule_argument(call)) is not None:
                    rules |= {(entry.name, rule) for rule in values(argument, tree)}
    return rules


def rule_argument(call: ast.Call) -> ast.expr | None:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name not in MAKERS:
        return None
    named = next((word.value for word in call.keywords if word.arg == "rule"), None)
    place = MAKERS[name]
    return named or (call.args[place] if place is not None and len(call.args) > place else None)


def values(given: ast.expr, tree: ast.Module) -> set[str]:
    """The strings that an expression can be: itself, what its name is given, the keys of a table that it walks over."""
    if isinstance(given, ast.Constant):
        return {given.value} if isinstance(given.value, str) else set()
    if isinstance(given, ast.IfExp):
        return values(given.body, tree) | values(given.orelse, tree)
    if isinstance(given, ast.Tuple):
        return set().union(*(values(part, tree) for part in given.elts))
    return values_of_name(given.id, tree) if isinstance(given, ast.Name) else set()


def values_of_name(name: str, tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            names = {part.id for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Name)}
            if name in names:
                found |= {part for part in strings(node.value) if re.fullmatch(r"[a-z]+(?:_[a-z]+)*", part)}
        if isinstance(node, ast.For) and name in {
            part.id for part in ast.walk(node.target) if isinstance(part, ast.Name)
        }:
            for table in (part.id for part in ast.walk(node.iter) if isinstance(part, ast.Name)):
                found |= keys(table, tree)
    return found


def strings(node: ast.expr) -> set[str]:
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def keys(table: str, tree: ast.Module) -> set[str]:
    assigned = (node for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict))
    return {
        key.value
        for node in assigned
        if isinstance(node.value, ast.Dict) and any(isinstance(t, ast.Name) and t.id == table for t in node.targets)
        for key in node.value.keys
        if isinstance(key, ast.Constant)
    }
