"""Proof by copy: what a copy says and its archived original does not was put in by whoever copied it."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from crawler.fit.oddity import is_letter
from crawler.fit.told import Place, Told
from pipelines.fingerprint import bare, shingles

#: Per mille of a paragraph's shingles that it shares with the paragraph that it was made of, and from which on it is no
#: paragraph of its own.
_MADE_OF, _OWN = 350, 60
#: Characters of an insertion: shorter ones are edits, longer ones are sentences.
SHORTEST, LONGEST = 4, 30
#: A longer paragraph is not compared character by character.
_LONG = 1500
#: A paragraph with fewer letters is a line of the page's frame.
LONG_PARAGRAPH = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A string that was put into a copy."""

    place: Place
    text: str
    #: Whether it is a paragraph of its own.
    whole: bool


def find_additions(original: Told, copy: Told, at: int) -> Iterator[Addition]:
    """What stands in the copy alone; `at` is the copy's place among the articles."""
    theirs = [(text, shingles(bare(text))) for text in original.folded]
    everything = set().union(*(grams for _, grams in theirs))
    for number, text in enumerate(copy.folded):
        grams = shingles(bare(text))
        shared = 1000 * len(grams & everything) // max(1, len(grams))
        if number and shared <= _OWN and len(bare(text)) >= LONG_PARAGRAPH:
            yield Addition(place=Place(article=at, text=number, start=0), text=text, whole=True)
        elif model := _made_of(grams, theirs):
            for start, end in _insertions(model, text):
                place = Place(article=at, text=number, start=start)
                yield Addition(place=place, text=text[start:end], whole=False)


def _made_of(grams: set[str], theirs: list[tuple[str, set[str]]]) -> str:
    """The original's paragraph that a paragraph was made of, or ""."""
    text, own = max(theirs, key=lambda one: (len(one[1] & grams), one[0]), default=("", set()))
    return text if own and 1000 * len(own & grams) >= _MADE_OF * len(own) else ""


def _insertions(original: str, text: str) -> Iterator[tuple[int, int]]:
    """Spans of a text that stand between two neighbours of the original, its marks of punctuation left out."""
    if max(len(original), len(text)) > _LONG:
        return
    for what, _, _, start, end in SequenceMatcher(None, original, text, autojunk=False).get_opcodes():
        if what != "insert":
            continue
        while start < end and not is_letter(text[start]):
            start += 1
        while start < end and not is_letter(text[end - 1]):
            end -= 1
        if SHORTEST <= end - start <= LONGEST:
            yield start, end
