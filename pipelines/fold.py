"""Folding: what two texts are compared and searched by. The text itself stays as published."""

import numpy as np
from numpy.typing import NDArray

from pipelines.fold_table import FROM, TO

Points = NDArray[np.uint32]

_TABLE = str.maketrans(FROM, TO)
#: The same for every code point there is: long texts are looked up all at once.
_POINTS = np.arange(0x110000, dtype="<u4")
_POINTS[list(map(ord, FROM))] = list(map(ord, TO))
_SHORT = 32


def fold(text: str) -> str:
    """Width, script and case removed, one code point for one, so that offsets in the text stay true.

    Farms convert whole articles to traditional characters and to full width; the copy meets its original only here.
    Characters whose lower case is longer than one code point stay as they are.

    >>> fold("《新華日報》ＡＢ，１２")
    '《新华日报》ab,12'
    """
    if len(text) < _SHORT:
        return text.translate(_TABLE)
    return from_points(_POINTS.take(to_points(text)))


def to_points(text: str) -> Points:
    """The code points of a text, one number each."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def from_points(points: Points) -> str:
    """The text that has these code points."""
    return points.tobytes().decode("utf-32-le", "surrogatepass")
