"""Fitted trees as whole numbers, in the file that ships."""

import json
import math
from pathlib import Path
from typing import Any

NO_TREES = b'{"name": "fitting", "names": [], "starts": [], "trees": [], "limit": 0}'


def write_trees(fitted: Any, names: list[str], path: Path, **others: Any) -> None:
    """Write a fitted LightGBM model; the limit that was chosen for the file before stays until it is chosen anew."""
    trees = whole(fitted)
    limit = json.loads(path.read_text())["limit"] if path.exists() else 1_000_000
    fit = {"name": "background-1", "names": names, "trees": trees, "limit": limit, **others}
    path.write_text(json.dumps(fit, separators=(",", ":")) + "\n")
    print(path.name, len(trees), "trees", path.stat().st_size, "bytes")


def whole(fitted: Any) -> list[Any]:
    """The trees of a fitted model."""
    return [export(tree["tree_structure"]) for tree in fitted.booster_.dump_model()["tree_info"]]


def export(node: dict[str, Any]) -> Any:
    """A leaf as its points (thousandths of a nat), a split as [feature, threshold, at most, above]."""
    if "leaf_value" in node:
        return round(1000 * node["leaf_value"])
    return [
        node["split_feature"],
        math.floor(node["threshold"]),
        export(node["left_child"]),
        export(node["right_child"]),
    ]
