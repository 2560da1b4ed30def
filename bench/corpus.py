"""Whom the judge harms among the 15,744 texts that it is fitted on: each quarter judged by counts that left it out.

    python -m bench.corpus WORK DATA

WORK and DATA are the folders of `python -m bench.fit WORK DATA`. A rule at one in 1,000 harms one or two articles of a
development set; here it harms fifteen. The trees have seen the examples that were made of these texts: it flatters.
"""

import sys
from collections import Counter
from pathlib import Path

from bench.cuts import Cut, find_cuts
from bench.fit.statistics import read_corpus
from bench.tables import markdown
from pipelines.judge.model import load_model
from pipelines.judge_model import JudgeModel

FOLDS = 4
CLEAN: dict[str, list[int]] = {"offtopic": [], "injections": [], "boilerplate": []}


def main(work: Path, data: Path) -> None:
    """Print every harmed text, then how many of 1,000 each rule harms."""
    texts, harmed = 0, Counter[str]()
    for fold in range(FOLDS):
        model = read_fold(work / f"fold{fold}", data)
        for at, text in enumerate(read_corpus(fold)[1]):
            line = {**text, "id": f"{fold}-{at}", "kind": text["src"], "labels": CLEAN}
            cuts = [cut for cut in find_cuts(line, model) if not is_frame(cut)]
            for cut in cuts:
                print("harmed:", cut.id, cut.kind, cut.rule, cut.text[:60])
            texts += 1
            harmed.update({cut.rule for cut in cuts} | ({"any"} if cuts else set()))
    rows = [(rule, str(count), f"{1000 * count / texts:.2f}") for rule, count in harmed.most_common()]
    print(markdown(("rule", f"harmed of {texts}", "per 1,000"), rows))


def read_fold(fold: Path, data: Path) -> JudgeModel:
    """The model with the counts of a fold in place of those over the whole corpus."""
    return load_model({entry.name: entry.read_bytes() for folder in (data, fold) for entry in folder.iterdir()})


def is_frame(cut: Cut) -> bool:
    """Whether it is a line that frames articles in the corpus too, and is no harm."""
    return cut.rule in {"editor_line", "editor_tail", "original_title", "read_more"}


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
