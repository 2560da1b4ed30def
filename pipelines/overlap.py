"""What two texts have in common, shingle by shingle and line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.fingerprint import SHINGLE, bare_lines
from pipelines.shingles import Hashes, hash_shingles

Places = NDArray[np.intp]

#: A longer run of shingles that the other text lacks is text of its own; a shorter one is a word put for another.
GAP = 20
#: Characters by which the words put in may be longer or shorter than those they stand for.
_SHIFT = 8
#: Shingles of a passage that is more than a phrase.
_CHAIN = 20
#: Per mille of the shorter line's shingles that two lines share when one is the other's counterpart.
_COUNTERPART = 250


class Sorted(NamedTuple):
    """A text's shingles, sorted, each once."""

    hashes: Hashes
    #: Where each stands first, and how often it stands in the text.
    first: Places
    counts: Places

    def find(self, shingles: Hashes) -> tuple[Places, NDArray[np.bool_]]:
        """For each of some shingles: its number here, and whether it has one."""
        at = np.searchsorted(self.hashes, shingles)
        at[at == len(self.hashes)] = 0
        return at, self.hashes[at] == shingles


@dataclass(frozen=True)
class Prepared:
    """A text made ready to be compared: bare, with its shingles in their order."""

    bare: str
    #: Where each line begins in `bare`.
    starts: Places
    #: The hash of the shingle that starts at each character.
    shingles: Hashes

    @cached_property
    def known(self) -> Sorted:
        """Its shingles, sorted: what takes longest, and what most candidates are told apart without."""
        return Sorted(*np.unique(self.shingles, return_index=True, return_counts=True))

    @property
    def is_sorted(self) -> bool:
        """Whether `known` has been worked out."""
        return "known" in self.__dict__

    def sort(self) -> Sorted:
        """Work out `known` beforehand, of a text that is compared with many."""
        return self.known


def prepare(clean_text: str) -> Prepared:
    """Make a clean text ready to be compared; that it was folded before changes nothing."""
    lines = bare_lines(clean_text)
    plain = "".join(lines)
    return Prepared(plain, np.cumsum([0, *map(len, lines[:-1])]), hash_shingles(plain, SHINGLE))


class Chain(NamedTuple):
    """A passage that two texts share: from which shingle of the shorter one to which, and the words swapped in it."""

    start: int
    end: int
    swaps: int


@dataclass(frozen=True)
class Overlap:
    """Which shingles of the shorter text stand in the longer one."""

    short: Prepared
    long: Prepared

    @cached_property
    def _first(self) -> Places:
        """For each shingle of the shorter text: where it stands first in the longer one, or -1."""
        at, found = self.long.known.find(self.short.shingles)
        return np.where(found, self.long.known.first[at], -1)

    @cached_property
    def places(self) -> Places:
        """The same, but of several places the one next to its neighbour's."""
        places = self._first.copy()
        self._follow(places, 1)
        self._follow(places, -1)
        return places

    def _follow(self, places: Places, step: int) -> None:
        """Where neighbours jump, put a shingle that stands twice where the one before it, or behind it, goes on."""
        jumps = np.flatnonzero((places[:-1] >= 0) & (places[1:] >= 0) & (np.diff(places) != 1))
        mine, theirs = self.short.shingles, self.long.shingles
        for at in (jumps + 1 if step == 1 else jumps[::-1]).tolist():
            place = places[at - step] + step
            while (
                0 <= at < len(mine) and 0 <= place < len(theirs) and places[at] != place and mine[at] == theirs[place]
            ):
                places[at] = place
                at, place = at + step, place + step

    @cached_property
    def held(self) -> int:
        """Per mille of the shorter text's shingles that the longer one has. One of the two need be sorted for that."""
        if self.short.is_sorted and not self.long.is_sorted:
            at, found = self.short.known.find(self.long.shingles)
            count = int(self.short.known.counts[np.unique(at[found])].sum())
        else:
            count = int(np.count_nonzero(self._first >= 0))
        return 1000 * count // len(self.short.shingles)

    @cached_property
    def chains(self) -> Sequence[Chain]:
        """The passages that both texts have in one order, word for word or with words swapped, in order."""
        firm = self._firm()
        if not len(firm):
            return ()
        between = np.diff(firm) - 1
        shifts = np.diff(self.places[firm] - firm)
        linked = (between <= GAP) & (np.abs(shifts) <= _SHIFT)
        # Characters put in or left out alone leave a gap of four, in one text or the other: no word stands for another.
        swapped = linked & (between >= SHINGLE) & (between + shifts >= SHINGLE)
        swaps = np.concatenate(([0], np.cumsum(swapped)))
        ends = np.append(np.flatnonzero(~linked), len(firm) - 1)
        begins = np.concatenate(([0], ends[:-1] + 1))
        found = zip(firm[begins], firm[ends] + 1, swaps[ends] - swaps[begins], strict=True)
        return [Chain(*map(int, chain)) for chain in found if chain[1] - chain[0] >= _CHAIN]

    def is_common(self, start: int, end: int) -> bool:
        """Whether these characters of the shorter text lie in a passage that both have."""
        return any(chain.start <= start and end < chain.end + SHINGLE for chain in self.chains)

    def _firm(self) -> Places:
        """Shingles that both texts have beside the same neighbour: a lone one may stand anywhere in the other text."""
        beside = (self.places[:-1] >= 0) & (np.diff(self.places) == 1)
        return np.flatnonzero(np.concatenate((beside, [False])) | np.concatenate(([False], beside)))

    def lines(self) -> tuple[tuple[int, int], ...]:
        """Each line of the shorter text that has a counterpart in the longer one, with it; by line."""
        held = np.flatnonzero(self.places >= 0)
        mine = np.searchsorted(self.short.starts, held, "right") - 1
        theirs = np.searchsorted(self.long.starts, self.places[held], "right") - 1
        pairs, counts = np.unique(np.stack((mine, theirs)), axis=1, return_counts=True)
        sizes = _sizes(self.short), _sizes(self.long)
        return tuple(
            (a, b)
            for (a, b), count in zip(pairs.T.tolist(), counts.tolist(), strict=True)
            if 1000 * count >= _COUNTERPART * min(sizes[0][a], sizes[1][b])
        )


def _sizes(text: Prepared) -> list[int]:
    """Characters of each line."""
    sizes: list[int] = np.diff(np.append(text.starts, len(text.bare))).tolist()
    return sizes
