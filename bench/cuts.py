"""What the judge cuts, one cut at a time, beside what gold says: how often each rule is right, and whom it harms."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bench.tables import markdown
from pipelines.judge import judge
from pipelines.judge_model import JudgeModel
from pipelines.model import CUTS, Mark, MarkField, MarkKind, Paragraph
from pipelines.repair import repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One cut in a document's body."""

    #: The document, and its kind.
    id: str
    kind: str
    rule: str
    #: What was cut, as given.
    text: str
    #: Whether gold calls it foreign, or leaves it to the judge.
    right: bool
    #: Whether nothing foreign was put into the document.
    clean: bool

    @property
    def harms(self) -> bool:
        """Whether a clean article lost text of its own."""
        return self.clean and not self.right


def find_cuts(line: Mapping[str, Any], model: JudgeModel) -> list[Cut]:
    """Every cut that the judge makes in one document."""
    texts = [repair(text) for text in line["paragraphs"]]
    paragraphs = [Paragraph(index=at, raw=text.text) for at, text in enumerate(texts)]
    clean = not line["labels"]["offtopic"] and not line["labels"]["injections"]
    cuts = []
    for mark in judge(repair(line["title"]).text, paragraphs, model).marks:
        if mark.kind not in CUTS or mark.field != MarkField.BODY or mark.paragraph is None:
            continue
        start, end = texts[mark.paragraph].to_raw(mark.start, mark.end)
        right = is_right(mark, start, end, line["labels"])
        text = line["paragraphs"][mark.paragraph][start:end]
        cuts.append(Cut(id=line["id"], kind=line["kind"], rule=mark.rule, text=text, right=right, clean=clean))
    return cuts


def is_right(mark: Mark, start: int, end: int, labels: Mapping[str, Any]) -> bool:
    """Whether gold calls it foreign, half an injected span at least, or boilerplate, which anyone may cut or keep."""
    if mark.paragraph in labels["offtopic"] or mark.paragraph in labels.get("boilerplate", ()):
        return True
    return mark.kind == MarkKind.INJECTED and any(
        one["paragraph"] == mark.paragraph
        and 2 * (min(end, one["end"]) - max(start, one["start"])) >= one["end"] - one["start"]
        for one in labels["injections"]
    )


def rules_table(cuts: Mapping[str, Iterable[Cut]]) -> str:
    """How often each rule was right and wrong, by set."""
    counts = {name: Counter((cut.rule, cut.right) for cut in found) for name, found in cuts.items()}
    rules = sorted({rule for found in counts.values() for rule, _ in found})
    rows = [
        (f"`{rule}`", *(f"{found[rule, True]} / {found[rule, False]}" for found in counts.values())) for rule in rules
    ]
    return markdown(("cuts right / wrong", *counts), rows)


def harm_table(cuts: Mapping[str, Iterable[Cut]]) -> str:
    """The clean articles that lost text, and by which rule. What they lost stays in the data."""
    rows = [
        (name, cut.id, cut.kind, f"`{cut.rule}`", str(len(cut.text)))
        for name, found in cuts.items()
        for cut in found
        if cut.harms
    ]
    return markdown(("set", "article", "kind", "rule", "characters"), rows) if rows else "None."
