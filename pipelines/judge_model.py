"""What the judge knows: fitted statistics and a snapshot of the archive, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from pipelines.model import MarkKind

if TYPE_CHECKING:
    from pipelines.judge.habits import Habits
    from pipelines.judge.space import Space
    from pipelines.judge.swaps import Swaps
    from pipelines.judge.trees import Forest
    from pipelines.judge.usage import Usage

#: A leaf's points, or (feature, threshold, tree where the feature is at most the threshold, tree where it is above).
Tree: TypeAlias = "int | tuple[int, int, Tree, Tree]"

#: What a witness says of its phrase or paragraph: kind, rule, score in per mille.
Testimony: TypeAlias = "tuple[MarkKind, str, int]"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeModel:
    """The fitted statistics and the witness snapshot that the judge reads. Loaded once by the shell."""

    #: Name of the fit; part of the pipeline version through the data files' digest.
    name: str
    #: Pairs of folded characters (digits as 0, letters as a): 256 * rarity (16 * log2) + commonness (10 * log2).
    bigrams: Mapping[str, int] = field(default_factory=dict)
    #: Folded characters: commonness (10 * log2 of count).
    characters: Mapping[str, int] = field(default_factory=dict)
    #: Folded words: rarity (log2, 1..15).
    words: Mapping[str, int] = field(default_factory=dict)
    #: What texts are about.
    space: "Space | None" = None
    #: The off-topic rule: the sum of the trees' points (thousandths of a nat) for a paragraph's features.
    forest: "Forest | None" = None
    #: Points at which a paragraph is cut as off-topic.
    tree_limit: int = 0
    #: The same for injected keywords; one set of trees says where a keyword begins, another whether it is one.
    injection_features: tuple[str, ...] = ()
    injection_starts: tuple[Tree, ...] = ()
    injection_trees: tuple[Tree, ...] = ()
    injection_limit: int = 0
    #: The snapshot of the archive: what is said of a folded phrase, and of a paragraph by its key.
    phrases: Mapping[str, Testimony] = field(default_factory=dict)
    paragraphs: Mapping[str, Testimony] = field(default_factory=dict)
    #: The phrases by their first characters (`pipelines.judge.witness.HEAD`), the longest first.
    phrase_heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: What ordinary text does with characters.
    habits: "Habits | None" = None
    #: Which words ordinary text takes.
    usage: "Usage | None" = None
    #: Words that widespread swapping tables put in.
    swaps: "Swaps | None" = None
    #: The rule over all three; points at which a text is called spun.
    spun_features: tuple[str, ...] = ()
    spun_trees: tuple[Tree, ...] = ()
    spun_limit: int = 0
