"""The fitted statistics, parsed from the files in data/. The shell reads the bytes; nothing here touches a disk."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import replace
from operator import add
from typing import Any

from pipelines.judge.habits import with_habits
from pipelines.judge.space import unpack_space
from pipelines.judge.swaps import unpack_swaps
from pipelines.judge.trees import grow
from pipelines.judge.usage import unpack_usage
from pipelines.judge.witness import with_snapshot
from pipelines.judge_model import JudgeModel, Tree


def load_model(blob: Mapping[str, bytes]) -> JudgeModel:
    """Parse the files of one fit, by name. Without files, a model that knows nothing and cuts nothing by statistics."""
    model = _read_fit(blob) if "bigrams.z" in blob else JudgeModel(name="empty")
    if "spun.json" in blob:
        rule = json.loads(blob["spun.json"])
        trees = tuple(_read_tree(tree) for tree in rule["trees"])
        model = replace(model, spun_features=tuple(rule["names"]), spun_trees=trees, spun_limit=rule["limit"])
        model = with_habits(model, blob["spun.z"])
    if "usage.z" in blob:
        model = replace(model, usage=unpack_usage(blob["usage.z"]))
    if "swaps.json" in blob:
        model = replace(model, swaps=unpack_swaps(blob["swaps.json"]))
    return with_snapshot(model, blob["witness.json"]) if "witness.json" in blob else model


def _read_fit(blob: Mapping[str, bytes]) -> JudgeModel:
    fit = json.loads(blob["trees.json"])
    injection = json.loads(blob["injection.json"])
    trees = tuple(_read_tree(tree) for tree in fit["trees"])
    return JudgeModel(
        name=fit["name"],
        bigrams=_read_bigrams(zlib.decompress(blob["bigrams.z"])),
        characters=_read_characters(zlib.decompress(blob["characters.z"])),
        words=_read_words(zlib.decompress(blob["words.z"])),
        space=unpack_space(blob),
        forest=grow(tuple(fit["names"]), trees) if trees else None,
        tree_limit=fit["limit"],
        injection_features=tuple(injection["names"]),
        injection_starts=tuple(_read_tree(tree) for tree in injection["starts"]),
        injection_trees=tuple(_read_tree(tree) for tree in injection["trees"]),
        injection_limit=injection["limit"],
    )


def _read_bigrams(body: bytes) -> dict[str, int]:
    keys, _, numbers = body.partition(b"\0")
    text = keys.decode()
    rarities, counts = numbers[: len(text) // 2], numbers[len(text) // 2 :]
    joined = map(add, map((256).__mul__, rarities), counts)
    return dict(zip(map(add, text[::2], text[1::2]), joined, strict=True))


def _read_characters(body: bytes) -> dict[str, int]:
    keys, _, numbers = body.partition(b"\0")
    return dict(zip(keys.decode(), numbers, strict=True))


def _read_words(body: bytes) -> dict[str, int]:
    keys, _, weights = body.partition(b"\0")
    return dict(zip(keys.decode().split("\n"), weights, strict=True))


def _read_tree(node: Any) -> Tree:
    if isinstance(node, int):
        return node
    feature, threshold, most, above = node
    return (feature, threshold, _read_tree(most), _read_tree(above))
