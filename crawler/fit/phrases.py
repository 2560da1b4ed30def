"""Phrases that stand in unrelated articles and belong to none of them: what a campaign splices in.

A name that is new in the news recurs as well, and is as odd. But the sentence that it stands in needs it: what stands
before and after it does not go together, and always much the same stands there. A spliced phrase leaves behind two
neighbours that went together before it came, other ones in every article.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from crawler.fit.additions import Addition
from crawler.fit.evidence import Evidence, gather, strength
from crawler.fit.oddity import closing, is_keyword, is_letter, is_odd, keyword_ends, unseen_pairs
from crawler.fit.told import Place, Stories
from pipelines.judge.witness import HEAD
from pipelines.judge_model import JudgeModel
from pipelines.model import MarkKind, Witness

#: What grows longer than this is a formula or a template.
_LONGEST = 30
#: Of ten occurrences, so many must have the next character in common for the phrase to go on.
_AGREE = 8
#: 10 * log2, on average over its places: how well a sentence must close without a phrase that is nowhere proven to have
#: been added. Two neighbours have 27, those of a person's name or of any words taken out -15.
_CLOSES = -5
#: Different neighbours that are enough, however many places there are.
_MANY = 8
_JOINTS = frozenset("()·-_")
_QUOTES = frozenset("“”「」『』\"'‘’《》")


def find_phrases(stories: Stories, additions: Sequence[Addition], model: JudgeModel) -> list[Witness]:
    """Campaigns first; then what single copies add and no campaign explains."""
    added = _added_places(additions)
    found: dict[str, Witness] = {}
    for size, places in _recurring(stories, additions, model):
        for phrase, evidence in _grow(places, size, stories):
            if phrase not in found and (witness := _campaign(phrase, evidence, added, model)) is not None:
                found[phrase] = witness
    kept = _longest(found)
    return kept + _added(stories, additions, [one.key for one in kept], model)


def _recurring(stories: Stories, additions: Sequence[Addition], model: JudgeModel) -> Iterator[tuple[int, list[Place]]]:
    """Length and places of each run of characters that is odd, and that unrelated articles have in common."""
    index: dict[str, dict[int, Place]] = defaultdict(dict)
    for at, article in enumerate(stories.articles):
        for number, text in enumerate(article.folded):
            for start, end in _anchors(text, model):
                run = text[start:end]
                if start >= 0 and len(run) >= HEAD and is_letter(run[0]) and is_letter(run[-1]):
                    index[run].setdefault(stories.of[at], Place(article=at, text=number, start=start))
    for one in additions:
        if not one.whole:
            index[one.text[:HEAD]].setdefault(stories.of[one.place.article], one.place)
    for run in sorted(index):
        if len(index[run]) > 2:
            yield len(run), list(index[run].values())


def _anchors(text: str, model: JudgeModel) -> Iterator[tuple[int, int]]:
    """Where something odd stands: a pair never seen with what is beside it; the end of a keyword with what it is of."""
    for at in unseen_pairs(text, model):
        yield at - 1, at - 1 + HEAD
    for start, end in keyword_ends(text):
        yield start - 2, end


def _grow(places: list[Place], size: int, stories: Stories) -> Iterator[tuple[str, Evidence]]:
    """The phrase that a run belongs to, with the places that have all of it."""
    spans = [(place, place.start, place.start + size) for place in places]
    for step in (-1, 1):
        while len(spans) > 2:
            ahead = [_ahead(stories, span, step) for span in spans]
            char, times = Counter(ahead).most_common(1)[0]
            if not char or 10 * times < _AGREE * len(spans) or not (is_letter(char) or char in _JOINTS):
                break
            spans = [
                (place, start - (step < 0), end + (step > 0))
                for (place, start, end), one in zip(spans, ahead, strict=True)
                if one == char
            ]
            if spans[0][2] - spans[0][1] > _LONGEST:
                return
    place, start, end = spans[0]
    text = stories.articles[place.article].folded[place.text]
    while not is_letter(text[start]):
        start, spans = start + 1, [(one, begin + 1, stop) for one, begin, stop in spans]
    while not is_letter(text[end - 1]):
        end -= 1
    yield text[start:end], gather((replace(one, start=begin) for one, begin, _ in spans), stories)


def _ahead(stories: Stories, span: tuple[Place, int, int], step: int) -> str:
    """The character before or after a span, or ""."""
    place, start, end = span
    text = stories.articles[place.article].folded[place.text]
    return text[:start][-1:] if step < 0 else text[end : end + 1]


def _campaign(phrase: str, evidence: Evidence, added: dict[int, list[Addition]], model: JudgeModel) -> Witness | None:
    """What is to be said of a phrase; None where nothing is. A name that is new in the news is odd as well."""
    keyword = is_keyword(phrase)
    if not evidence.is_campaign or not (keyword or is_odd(phrase, model)):
        return None
    copies = sum(_is_added(place, phrase, added) for place in evidence.places)
    apart = _stands_apart(phrase, evidence)
    if copies:
        proven = (keyword or apart) if copies > 1 else (keyword and apart)
        suspected = False
    else:
        suspected = keyword and apart and _closes(phrase, evidence, model)
        proven = suspected and evidence.outlets > 1
    if not proven and not suspected:
        return None
    verdict = (MarkKind.INJECTED, "campaign", strength(evidence)) if proven else (MarkKind.SUSPECT, "witnessed", 500)
    return evidence.witness("phrase", phrase, len(phrase), verdict, copies)


def _stands_apart(phrase: str, evidence: Evidence) -> bool:
    """Whether it stands within sentences, beside other characters each time, and not in quotation marks."""
    beside = list(_beside(phrase, evidence))
    if 3 * sum(before in _QUOTES and after in _QUOTES for before, after in beside if before and after) > len(beside):
        return False
    befores, afters = ({pair[side] for pair in _inside(beside)} for side in (0, 1))
    enough = min(_MANY, -(-2 * len(_inside(beside)) // 3))
    return min(len(befores), len(afters)) >= max(2, enough)


def _closes(phrase: str, evidence: Evidence, model: JudgeModel) -> bool:
    """Whether the sentences do without it."""
    inside = _inside(_beside(phrase, evidence))
    return sum(closing(before, after, model) for before, after in inside) >= _CLOSES * len(inside)


def _inside(beside: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(before, after) for before, after in beside if is_letter(before) and is_letter(after)]


def _beside(phrase: str, evidence: Evidence) -> Iterator[tuple[str, str]]:
    """What stands before and after a phrase at each of its places."""
    for place in evidence.places:
        span = (place, place.start, place.start + len(phrase))
        yield _ahead(evidence.stories, span, -1), _ahead(evidence.stories, span, 1)


def _longest(found: dict[str, Witness]) -> list[Witness]:
    """Without the phrases that are a piece of another."""
    return [found[one] for one in sorted(found) if not any(one != other and one in other for other in found)]


def _added_places(additions: Sequence[Addition]) -> dict[int, list[Addition]]:
    by_article: dict[int, list[Addition]] = defaultdict(list)
    for one in additions:
        if not one.whole:
            by_article[one.place.article].append(one)
    return by_article


def _is_added(place: Place, phrase: str, added: dict[int, list[Addition]]) -> bool:
    """Whether a copy's addition covers the better part of a phrase at its place."""
    for one in added.get(place.article, ()):
        if one.place.text == place.text:
            start, end = (
                max(one.place.start, place.start),
                min(one.place.start + len(one.text), place.start + len(phrase)),
            )
            if 2 * (end - start) > len(phrase):
                return True
    return False


def _added(
    stories: Stories, additions: Sequence[Addition], campaigns: Sequence[str], model: JudgeModel
) -> list[Witness]:
    """Proof by copy without a campaign: a search keyword, or a phrase that breaks a word of the original in two."""
    places: dict[str, list[Place]] = defaultdict(list)
    for one in additions:
        if not one.whole and not any(phrase in one.text or one.text in phrase for phrase in campaigns):
            places[one.text].append(one.place)
    found = []
    for phrase in sorted(places):
        evidence = gather(places[phrase], stories)
        broken = is_odd(phrase, model) and _breaks_a_word(phrase, evidence, model)
        if is_keyword(phrase) or broken:
            verdict = (MarkKind.INJECTED, "added_to_copy", 900)
            found.append(evidence.witness("phrase", phrase, len(phrase), verdict, len(evidence.places)))
    return found


def _breaks_a_word(phrase: str, evidence: Evidence, model: JudgeModel) -> bool:
    pairs = (before + after for before, after in _beside(phrase, evidence))
    return all(len(pair) > 1 and pair in model.words for pair in pairs)
