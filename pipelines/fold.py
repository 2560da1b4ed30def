"""Folding: what two texts are compared and searched by. The text itself stays as published."""

from pipelines.fold_table import FROM, TO

_TABLE = str.maketrans(FROM, TO)


def fold(text: str) -> str:
    """Width, script and case removed, one code point for one, so that offsets in the text stay true.

    Farms convert whole articles to traditional characters and to full width; the copy meets its original only here.
    Characters whose lower case is longer than one code point stay as they are.

    >>> fold("《新華日報》ＡＢ，１２")
    '《新华日报》ab,12'
    """
    return text.translate(_TABLE)
