"""How well two characters go together, by the counts of the background corpus: whole numbers, 10 to a bit."""

import re

from pipelines.judge_model import JudgeModel

#: 10 * log2 of the characters counted, and of a count too small to be kept.
_TOTAL, _UNSEEN = 231, 10
_RARE_CHARACTER = 33
_DIGIT, _LATIN = re.compile("[0-9]"), re.compile("[a-z]")


def classed(folded: str) -> str:
    """Digits and Latin letters as one class each, as the counts have them; lengths stay."""
    return _DIGIT.sub("0", _LATIN.sub("a", folded))


def bond(first: str, second: str, model: JudgeModel) -> int:
    """Pointwise mutual information of two neighbours: high inside words, about zero between them, low at a splice."""
    pair = model.bigrams.get(first + second, _UNSEEN) & 255
    alone = model.characters.get(first, _RARE_CHARACTER) + model.characters.get(second, _RARE_CHARACTER)
    return max(-60, min(60, pair + _TOTAL - alone))
