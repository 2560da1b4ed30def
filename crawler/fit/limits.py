"""How sure the rules must be before they cut: so sure that the archive's own clean articles keep what they say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.judge import judge
from pipelines.judge_model import JudgeModel
from pipelines.model import MarkKind, Paragraph

#: Of 10,000 clean articles, how many may lose something to each.
OFF_TOPIC_GOAL, INJECTED_GOAL = 6, 2
#: Points (thousandths of a nat) by which a limit goes up, and how often at most.
_STEP, _MOST = 250, 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Clean:
    """An article judged clean, as its readers see it."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Points from which something is cut, and how many clean articles still lose something then."""

    off_topic: int
    injected: int
    harmed: int


def choose_limits(articles: Sequence[Clean], model: JudgeModel) -> Limits:
    """Return limits that keep harm within the goals. They only go up from the model's own: that an article was judged
    clean says that the rules in use see nothing in it, so that it cannot speak for cutting more."""
    off_topic, lost = _raise(articles, model, "tree_limit", {MarkKind.OFF_TOPIC, MarkKind.PROMO}, OFF_TOPIC_GOAL)
    injected, cut = _raise(articles, model, "injection_limit", {MarkKind.INJECTED}, INJECTED_GOAL)
    return Limits(off_topic=off_topic, injected=injected, harmed=len(set(lost) | set(cut)))


def _raise(
    articles: Sequence[Clean], model: JudgeModel, name: str, kinds: set[MarkKind], goal: int
) -> tuple[int, list[int]]:
    """A limit, and the places of the articles that are still harmed by it."""
    limit: int = getattr(model, name)
    harmed = [at for at, article in enumerate(articles) if _harms(article, model, kinds)]
    for _ in range(_MOST):
        if 10_000 * len(harmed) <= goal * len(articles):
            break
        limit += _STEP
        stricter = replace(model, **{name: limit})  # type: ignore[arg-type]
        harmed = [at for at in harmed if _harms(articles[at], stricter, kinds)]
    return limit, harmed


def _harms(article: Clean, model: JudgeModel, kinds: set[MarkKind]) -> bool:
    paragraphs = [Paragraph(index=index, raw=text) for index, text in enumerate(article.paragraphs)]
    return any(mark.kind in kinds for mark in judge(article.title, paragraphs, model).marks)
