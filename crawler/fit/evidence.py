"""Where a string stands in unrelated articles, and what that is evidence of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from crawler.fit.told import Place, Stories
from pipelines.model import MarkKind, Witness

#: So many unrelated articles within this time make a campaign; names and formulas live longer, but they are not odd.
FEWEST, WITHIN = 3, timedelta(days=42)
#: How many articles and characters a witness shows.
_SHOWN, _LENGTH = 8, 200


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place a story, in order of time."""

    places: Sequence[Place]
    stories: Stories

    @property
    def outlets(self) -> int:
        """How many outlets carry it."""
        return len({self.stories.articles[place.article].outlet for place in self.places})

    @property
    def is_campaign(self) -> bool:
        """Whether enough unrelated articles have it within weeks of one another."""
        times = [self.stories.articles[place.article].at for place in self.places]
        return any(later - at <= WITHIN for at, later in zip(times, times[FEWEST - 1 :], strict=False))

    def witness(self, shape: str, key: str, length: int, verdict: tuple[MarkKind, str, int], copies: int) -> Witness:
        """The evidence as a snapshot holds it."""
        articles = [self.stories.articles[place.article] for place in self.places]
        first = self.places[0]
        raw = articles[0].texts[first.text][first.start : first.start + min(length, _LENGTH)]
        kind, rule, score = verdict
        return Witness(
            shape=shape,
            key=key,
            raw=raw,
            kind=kind,
            rule=rule,
            score=score,
            articles=len(articles),
            outlets=self.outlets,
            copies=copies,
            first_seen_at=articles[0].at,
            last_seen_at=articles[-1].at,
            article_ids=tuple(article.id for article in articles[:_SHOWN]),
        )


def gather(places: Iterable[Place], stories: Stories) -> Evidence:
    """The first place of each story, in order of time."""
    first: dict[int, Place] = {}
    for place in sorted(places, key=lambda one: (stories.articles[one.article].at, one.article, one.text, one.start)):
        first.setdefault(stories.of[place.article], place)
    return Evidence(list(first.values()), stories)


def strength(evidence: Evidence) -> int:
    """Score of a proof in per mille."""
    return min(999, 900 + 5 * len(evidence.places) + 20 * (evidence.outlets - 1))
