"""Two models side by side: what each would cut from the same articles."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from crawler.fitted import Fitted
from crawler.reading_pool import read_model
from pipelines.clean import clean_text, clean_title
from pipelines.judge_model import JudgeModel
from pipelines.model import CUTS, SPUN, Block, Extraction, Mark, MarkField, Paragraph
from pipelines.process import judge_text
from storage.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A span that is left out, in words."""

    #: Its paragraph, from 0; None in the title.
    paragraph: int | None
    kind: str
    rule: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An article from which the models cut different text."""

    article_id: int
    outlet: str
    title: str
    #: What only the model in use cuts, and what only the other one cuts.
    spared: tuple[Cut, ...]
    added: tuple[Cut, ...]


@dataclass(slots=True, kw_only=True)
class Side:
    """What one model cuts in all."""

    articles: int = 0
    characters: int = 0
    spun: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True, kw_only=True)
class Comparison:
    """Two models over the same articles."""

    articles: int = 0
    now: Side = field(default_factory=Side)
    then: Side = field(default_factory=Side)
    differences: list[Difference] = field(default_factory=list)


def compare(found: Iterable[Text], now: Fitted, then: Fitted, advance: Callable[[int], None]) -> Comparison:
    """Judge articles as they were extracted with both models."""
    models = read_model(now), read_model(then)
    result = Comparison()
    for text in found:
        extraction = Extraction(
            layout="", title=text.title, blocks=tuple(Block(text=raw, kind=kind) for kind, raw in text.paragraphs)
        )
        mine, others = (
            _judge(extraction, model, side) for model, side in zip(models, (result.now, result.then), strict=True)
        )
        result.articles += 1
        difference = _difference(text, mine, others)
        if difference.spared or difference.added:
            result.differences.append(difference)
        advance(1)
    return result


def _judge(extraction: Extraction, model: JudgeModel, side: Side) -> list[Cut]:
    """The cuts of one article, added up."""
    paragraphs, marks, spun_score = judge_text(extraction, model)
    cuts = [mark for mark in marks if mark.kind in CUTS]
    side.articles += bool(cuts)
    side.kinds.update(mark.kind.value for mark in cuts)
    side.spun += spun_score >= SPUN
    kept = [mark for mark in marks if mark.kind not in CUTS]
    side.characters += len(clean_text(paragraphs, kept)) - len(clean_text(paragraphs, marks))
    side.characters += len(clean_title(extraction.title, kept)) - len(clean_title(extraction.title, marks))
    return [_cut(mark, extraction.title, paragraphs) for mark in cuts]


def _cut(mark: Mark, title: str, paragraphs: tuple[Paragraph, ...]) -> Cut:
    raw = title if mark.field == MarkField.TITLE or mark.paragraph is None else paragraphs[mark.paragraph].raw
    return Cut(paragraph=mark.paragraph, kind=mark.kind, rule=mark.rule, raw=raw[mark.start : mark.end])


def _difference(text: Text, mine: list[Cut], others: list[Cut]) -> Difference:
    """What stands on one side only; a span that the other cuts by another rule is cut either way."""
    there, here = {(cut.paragraph, cut.raw) for cut in others}, {(cut.paragraph, cut.raw) for cut in mine}
    return Difference(
        article_id=text.article_id,
        outlet=text.outlet,
        title=text.title,
        spared=tuple(cut for cut in mine if (cut.paragraph, cut.raw) not in there),
        added=tuple(cut for cut in others if (cut.paragraph, cut.raw) not in here),
    )
