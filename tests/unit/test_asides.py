"""Lines of an article in an alphabet that are no part of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.extract.asides import is_aside, without_asides
from pipelines.model import Block, BlockKind

CASES = json.loads((Path(__file__).parents[1] / "cases" / "asides.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["label"]))
def test_asides(case: dict[str, Any]) -> None:
    given = case["original"]
    block = Block(text=given["text"], kind=BlockKind(given["kind"]))
    assert is_aside(block, in_head=given["in_head"]) == case["expected"]


def test_a_page_of_captions_keeps_them() -> None:
    captions = [Block(text=f"Picture {i}: a boat on the bay.", kind=BlockKind.CAPTION) for i in range(4)]
    assert without_asides(captions) == tuple(captions)


def test_a_page_of_prompts_keeps_them() -> None:
    prompts = [Block(text="Sign up for our newsletter.", kind=BlockKind.TEXT)] * 3
    assert without_asides([*prompts, Block(text="A boat.", kind=BlockKind.TEXT)])[:3] == tuple(prompts)
