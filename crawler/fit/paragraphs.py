"""Paragraphs that stand in unrelated articles and have nothing to do with any of them.

Official formulas, notices and a story's background recur on purpose. They are told apart by what they speak of: the
rare pairs of characters of a paragraph that belongs stand in the rest of its article too.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from crawler.fit.additions import LONG_PARAGRAPH, Addition
from crawler.fit.evidence import Evidence, gather, strength
from crawler.fit.oddity import is_promo, rare_pairs
from crawler.fit.told import Place, Stories, Told
from pipelines.fingerprint import bare
from pipelines.fold import fold
from pipelines.judge.witness import paragraph_key
from pipelines.judge_model import JudgeModel
from pipelines.model import MarkKind, Witness

#: Per mille of a paragraph's rare pairs that the rest of its article may share where it does not belong. Of paragraphs
#: that do belong, one in eight shares so few; where a single article must show it, one in twenty.
_STRANGE, _STRANGEST = 60, 30
#: With less text around it nothing can be said of a paragraph.
_LEAST_REST = 150
#: A single paragraph of an outlet that took a text from another is no proof; so many of them show what it does.
_HABIT = 2


def find_paragraphs(stories: Stories, additions: Sequence[Addition], model: JudgeModel) -> list[Witness]:
    """Paragraphs that recur where they do not belong, and those that copies add where they do not belong."""
    places = _by_key(stories)
    added = _strange_additions(stories, additions, model)
    habits = Counter(stories.articles[place.article].outlet for some in added.values() for place in some)
    found = []
    for key in sorted(places):
        evidence = gather(places[key], stories)
        if evidence.is_campaign and _is_strange(evidence, model):
            found.append(_witness(key, evidence, len(added.get(key, ())), "campaign_paragraph"))
        elif key in added:
            proof = gather(added[key], stories)
            farmed = any(habits[stories.articles[place.article].outlet] >= _HABIT for place in added[key])
            found.append(_witness(key, proof, len(added[key]), "added_to_copy" if farmed else "witnessed"))
    return found


def _by_key(stories: Stories) -> dict[str, list[Place]]:
    """Every paragraph of some length."""
    places: dict[str, list[Place]] = defaultdict(list)
    for at, article in enumerate(stories.articles):
        for number, text in enumerate(article.folded[1:], start=1):
            plain = bare(text)
            if len(plain) >= LONG_PARAGRAPH:
                places[paragraph_key(plain)].append(Place(article=at, text=number, start=0))
    return places


def _strange_additions(stories: Stories, additions: Iterable[Addition], model: JudgeModel) -> dict[str, list[Place]]:
    """What copies add as paragraphs of their own that have nothing to do with the text."""
    found: dict[str, list[Place]] = defaultdict(list)
    for one in additions:
        if one.whole and _belongs_not(stories.articles[one.place.article], one.place.text, _STRANGEST, model):
            found[paragraph_key(bare(one.text))].append(one.place)
    return found


def _is_strange(evidence: Evidence, model: JudgeModel) -> bool:
    """Whether it has nothing to do with at least two thirds of the articles that it stands in."""
    strange = sum(
        _belongs_not(evidence.stories.articles[place.article], place.text, _STRANGE, model) for place in evidence.places
    )
    return 3 * strange >= 2 * len(evidence.places)


def _belongs_not(article: Told, number: int, shared: int, model: JudgeModel) -> bool:
    """Whether an article's other texts share no more of what one paragraph speaks of."""
    text = article.folded[number]
    rest = "\n".join(other for at, other in enumerate(article.folded) if at != number and other != text)
    pairs = rare_pairs(text, model)
    if not pairs or len(rest) < _LEAST_REST:
        return False
    return 1000 * sum(pair in rest for pair in pairs) <= shared * len(pairs)


def _witness(key: str, evidence: Evidence, copies: int, rule: str) -> Witness:
    """A cut where several outlets or an original prove it, else a label."""
    first = evidence.places[0]
    text = evidence.stories.articles[first.article].texts[first.text]
    if rule == "witnessed" or (rule == "campaign_paragraph" and evidence.outlets < 2 and not copies):
        return evidence.witness("paragraph", key, len(text), (MarkKind.SUSPECT, "witnessed", 500), copies)
    kind = MarkKind.PROMO if is_promo(fold(text)) else MarkKind.OFF_TOPIC
    return evidence.witness("paragraph", key, len(text), (kind, rule, strength(evidence)), copies)
