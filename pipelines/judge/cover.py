"""How much of a paragraph an article holds elsewhere, by the pairs of Hanzi that its texts share."""

from dataclasses import dataclass

import numpy as np

from pipelines.judge.space import Array

#: Shared pairs of this rarity (16 * log2) say more than coverage by common ones.
_RARE = 112
#: A pair as rare as this or less (16 * log2, for so many pairs in a text) is shared by chance as often as in twelve
#: texts of a hundred: it says nothing. One that is not shared speaks against a paragraph a little, whatever it is.
_CHANCE, _AVERAGE, _FEWEST, _MISSED = 58, 250, 50, 2


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """The pairs of what is left of an article."""

    #: Texts, the title among them, and tokens.
    texts: int
    tokens: int
    #: For each time that a text holds a pair: the text, the token, its rarity, and how many texts hold it.
    text: Array
    token: Array
    weight: Array
    times: Array

    def add(self, weights: Array) -> Array:
        """The sum of weights by text, without the title's."""
        return np.bincount(self.text, weights, self.texts).astype(np.int64)[1:]


def share(pairs: tuple[Array, Array, Array], tokens: int, left: Array) -> Shared:
    """What is left of an article's `pairs` (text, token, rarity), of so many tokens. Text 0, the title, always is."""
    text, token, weight = pairs
    here = np.concatenate(([True], left))
    if not left.all():
        used = here.take(text)
        text, token, weight = (np.cumsum(here) - 1).take(text[used]), token[used], weight[used]
    return Shared(int(here.sum()), tokens, text, token, weight, np.bincount(token, minlength=tokens).take(token))


def cover(shared: Shared) -> dict[str, Array]:
    """How much of a paragraph's pairs the article holds elsewhere, and the title's it holds itself."""
    again, rare = shared.times > 1, shared.weight >= _RARE
    of_title = shared.text == 0
    titled = np.zeros(shared.tokens, dtype=bool)
    titled[shared.token[of_title]] = True
    total, title = shared.add(shared.weight), int(shared.weight[of_title].sum())
    rares, rare_shared = shared.add(rare), shared.add(rare & again)
    return {
        "cover_pairs": 1000 * shared.add(shared.weight * again) // np.maximum(1, total),
        "cover_title": 1000 * shared.add(shared.weight * titled.take(shared.token)) // max(1, title),
        "rare": rares,
        "rare_shared": rare_shared,
        "rare_share": 1000 * rare_shared // np.maximum(1, rares),
    }


def cover_far(shared: Shared) -> dict[str, Array]:
    """How much of its pairs the article holds beside it and farther off, in how many places, and what that proves."""
    text, token = shared.text, shared.token
    beside = (token[1:] == token[:-1]) & (text[1:] - text[:-1] == 1) & (text[:-1] > 0)
    near = np.zeros(len(token), dtype=np.int64)
    near[1:] += beside
    near[:-1] += beside
    far = shared.add(shared.weight * (shared.times > 1 + near))
    held = np.maximum(1, np.bincount(text, minlength=shared.texts)[1:])
    total = np.maximum(1, shared.add(shared.weight))
    evidence = shared.add(_weigh(shared))
    return {
        "cover_far": 1000 * far // total,
        "cover_near": 1000 * shared.add(shared.weight * (near > 0)) // total,
        "met": 1000 * shared.add(np.minimum(shared.times - 1, 4)) // held,
        "evidence": evidence,
        "evidence_each": 100 * evidence // held,
    }


def _weigh(shared: Shared) -> Array:
    """How much likelier each time that a text holds a pair is in this article than anywhere, in sixteenths of a bit:
    the longer the article, the more of any pairs it holds by chance."""
    longer = (max(len(shared.token), _FEWEST) ** 16).bit_length() - (_AVERAGE**16).bit_length()
    return np.where(shared.times > 1, np.maximum(0, shared.weight - longer - _CHANCE), -_MISSED)
