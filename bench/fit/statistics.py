"""Fits what the judge knows of ordinary text, over the whole corpus and with each quarter of it left out."""

import gzip
import json
from pathlib import Path
from typing import Any

from crawler.fit.background import fit_background

SHARED = Path(__file__).resolve().parents[3] / "shared"
CORPUS = SHARED / "corpus" / "background.jsonl.gz"
#: Rules are fitted on texts of a quarter, measured by statistics of the other three.
FOLDS = 4


def run(work: Path, data: Path, without: str = "") -> None:
    """Write the statistics of all texts to `data`, those without a fold to `work`/fold0 and so on. What is held out
    of the rules is not held out here: the corpus holds no keywords and no advertisements, and any subject may be met.
    """
    for fold, folder in [(None, data), *((fold, work / f"fold{fold}") for fold in range(FOLDS))]:
        folder.mkdir(parents=True, exist_ok=True)
        for name, body in fit_background("\n".join(text["paragraphs"]) for text in read_corpus(fold)[0]).items():
            (folder / name).write_bytes(body)
            print(f"{folder.name}/{name}: {len(body)} bytes")


def read_corpus(fold_left: int | None = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The texts to count, and those left out."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    return [t for i, t in enumerate(texts) if i % FOLDS != fold_left], [
        t for i, t in enumerate(texts) if i % FOLDS == fold_left
    ]
