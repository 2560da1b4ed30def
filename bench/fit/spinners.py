"""Swapping tables made up at random: no farm's table is known, so the judge is taught what they have in common."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

#: Kinds of words that an entry puts in: ones that widespread tables have (`swaps.txt`), ones of the same sense by a
#: thesaurus or by the corpus, made-up ones (as rare synonyms look to a count), rarer ones that share a character with
#: the word, rare ones, any. A family draws its entries from one of these mixes; `char` and `both` swap parts of words
#: too.
MIXES: Mapping[str, Sequence[str]] = {
    "sense": ("sense",),
    "sense_often": ("sense", "sense", "near"),
    "sense_mostly": ("sense", "sense", "near", "akin", "rare"),
    "sense_both": ("sense", "sense", "akin"),
    "near": ("near", "near", "sense", "any"),
    "akin": ("akin",),
    "coined": ("coined",),
    "mixed": ("coined", "sense", "rare", "akin", "any"),
    "char": (),
    "both": ("coined", "rare", "akin", "any"),
    "listed": ("listed",),
    "listed_sense": ("listed", "sense"),
}
_REACH = (150, 400, 1000, 3000, 6000)


@dataclass(frozen=True, slots=True)
class Spinner:
    """A table of words, one of characters and words swapped inside others too, and how often an entry is used."""

    kind: str
    words: Mapping[str, str]
    parts: Mapping[str, str]
    chance: float

    @property
    def targets(self) -> frozenset[str]:
        """The words that it puts in."""
        return frozenset({*self.words.values(), *self.parts.values()})

    def spin(self, paragraphs: Sequence[Sequence[str]], rng: random.Random) -> tuple[str, float]:
        """The text of segmented paragraphs, spun, and the share of its characters that were put in."""
        put = total = 0
        lines = []
        for paragraph in paragraphs:
            line = []
            for word in paragraph:
                swapped = self._swap(word, rng)
                put += len(swapped) if swapped != word else 0
                total += len(swapped)
                line.append(swapped)
            lines.append("".join(line))
        return "\n".join(lines), put / max(total, 1)

    def _swap(self, word: str, rng: random.Random) -> str:
        if word in self.words and rng.random() < self.chance:
            return self.words[word]
        if word in self.parts:
            return self.parts[word]
        return "".join(self.parts.get(letter, letter) for letter in word) if self.parts and self.chance == 1 else word


@dataclass(frozen=True)
class Workshop:
    """Makes spinners out of counted words."""

    #: Words of Hanzi by their counts, the most first.
    counts: Counter[str]
    #: By word: those of the same sense, and those that stand between the same neighbours.
    synonyms: Mapping[str, list[str]]
    near: Mapping[str, list[tuple[str, float]]]
    #: By word: what widespread tables put in for it.
    listed: Mapping[str, Sequence[str]]

    @cached_property
    def words(self) -> list[str]:
        return sorted(self.counts, key=lambda word: (-self.counts[word], word))[:12000]

    @cached_property
    def known(self) -> list[str]:
        return sorted(word for word, count in self.counts.items() if count >= 3 and len(word) <= 4)

    @cached_property
    def letters(self) -> list[str]:
        counts: Counter[str] = Counter()
        for word, count in self.counts.items():
            for letter in word:
                counts[letter] += count
        return sorted(counts, key=lambda letter: (-counts[letter], letter))[:2600]

    @cached_property
    def holding(self) -> Mapping[str, list[str]]:
        words: dict[str, list[str]] = {}
        for word in self.known:
            for letter in sorted(set(word)):
                words.setdefault(letter, []).append(word)
        return words

    def make(self, kind: str, rng: random.Random) -> Spinner:
        reach = rng.choice(_REACH)
        some = [word for word in self.words[:reach] if word in self.listed or "listed" not in MIXES[kind]]
        words, parts = {}, {}
        if MIXES[kind]:
            for word in rng.sample(some, min(int(15 * 100 ** rng.random()), len(some))):
                words[word] = self._target(word, rng.choice(MIXES[kind]), rng)
        if kind in {"char", "both", "sense_both"}:
            for _ in range(rng.choice((2, 4, 8, 16, 30))):
                word = rng.choice(self.words[: rng.choice((60, 200, 500))])
                how = rng.choice(("coined", "coined", "akin", "any", "letter"))
                parts[word] = rng.choice(self.letters[:1200]) if how == "letter" else self._target(word, how, rng)
        return Spinner(kind, words, parts, rng.choice((0.3, 0.6, 1, 1, 1, 1)))

    def _target(self, word: str, how: str, rng: random.Random) -> str:
        if how == "akin":
            found = [w for w in self.holding.get(rng.choice(word), ()) if self.counts[w] < self.counts[word] / 5]
            return rng.choice(found) if found else word
        if how == "listed":
            return rng.choice(self.listed[word])
        if how == "coined":
            return self._coin(word, rng)
        if how == "sense" and word in self.synonyms:
            return rng.choice(self.synonyms[word])
        if how in {"sense", "near"} and word in self.near:
            return rng.choice(self.near[word])[0]
        for _ in range(10):
            found_word = rng.choice(self.known)
            if len(found_word) == max(2, len(word)) and (how == "any" or self.counts[found_word] < 40):
                return found_word
        return word

    def _coin(self, word: str, rng: random.Random) -> str:
        """A word that the corpus has not, as long as the word mostly, with one of its characters often."""
        size = max(2, min(3, len(word))) if rng.random() < 0.85 else rng.choice((2, 3, 4))
        letters = [self.letters[int(len(self.letters) * rng.random() ** 1.6)] for _ in range(size)]
        if rng.random() < 0.5:
            letters[rng.randrange(size)] = rng.choice(word)
        coined = "".join(letters)
        return word if coined in self.counts else coined
