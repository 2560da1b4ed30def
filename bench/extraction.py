"""Reading pages: Huiliu and its peers in one run, how well and how fast."""

import tempfile
from collections.abc import Sequence
from itertools import accumulate, chain
from pathlib import Path

from bench.data import is_here
from bench.environments import PEERS
from bench.pages import FOLDER, Sample, demo_pages, drafted_pages, golden_pages, real_pages, write_manifest
from bench.report import machine, today, write_part
from bench.runners import Contender, Run, huiliu, peers, race
from bench.tables import MEASURE, Group, markdown, quality_table, speed_table

#: Rounds that are timed; more of the few small pages whose layout is known.
ROUNDS, KNOWN_ROUNDS = 3, 9
LANGUAGES = {"zh": "Chinese pages", "en": "English pages"}
#: Huiliu as its peers go, without repairing and judging.
EXTRACTION = huiliu("huiliu, extraction only", "extraction")


def measure_extraction(*, write: bool = False) -> None:
    """Print the tables; with `write`, put them into docs/benchmarks.md too."""
    if not is_here(FOLDER):
        return
    others = peers()
    real, of_families = compare_on_real_pages(others)
    print("\n\n".join(real))
    known = [*of_families, *compare_on_known_layouts(others)]
    print("\n\n".join(known))
    if write:
        rows = [(", ".join(peer.requirements), peer.licence) for peer in PEERS]
        write_part(
            "extraction",
            day=today(),
            machine=machine(),
            peers=markdown(("peer", "licence"), rows),
            real="\n\n".join(real),
            known="\n\n".join(known),
        )


def compare_on_real_pages(others: Sequence[Contender]) -> tuple[list[str], list[str]]:
    """Return a table a language; and one of the pages, if any, that a CMS family's reader takes by their marks."""
    samples = real_pages()
    with tempfile.TemporaryDirectory(prefix="huiliu-bench-") as place:
        runs = race([huiliu("huiliu", "record"), EXTRACTION, *others], write_manifest(Path(place), samples), ROUNDS)
    tables = []
    for lang, name in LANGUAGES.items():
        members = [n for n, one in enumerate(samples) if one.lang == lang]
        tables.append(quality_table(group(name, samples, members, lang), runs, FOLDER))
    marked = group("real pages that bear a known CMS's marks, no outlet named", samples, by_family(runs))
    return tables, [speed_table(marked, runs)] if marked.members else []


def compare_on_known_layouts(others: Sequence[Contender]) -> list[str]:
    """Return the tables of pages whose outlet has a source file, trafilatura reading the same bytes."""
    measure = [one for one in others if one.label == MEASURE]
    with tempfile.TemporaryDirectory(prefix="huiliu-bench-") as place:
        folder = Path(place)
        sets = {
            "of the Chinese pages, a layout drafted for each": drafted_pages(folder),
            "articles of the demo site": demo_pages(),
            "golden pages of shipped outlets": golden_pages(),
        }
        samples = list(chain(*sets.values()))
        ours = [
            huiliu("huiliu, decode to fingerprint", "document", folder),
            huiliu(EXTRACTION.label, "extraction", folder),
        ]
        runs = race([*ours, *measure], write_manifest(folder, samples), KNOWN_ROUNDS)
    ends = list(accumulate(map(len, sets.values())))
    groups = [
        group(name, samples, list(range(end - len(some), end)))
        for (name, some), end in zip(sets.items(), ends, strict=True)
    ]
    return [speed_table(one, runs) for one in groups if one.members]


def group(name: str, samples: Sequence[Sample], members: list[int], lang: str = "") -> Group:
    """Return some of the pages as a group of a table."""
    return Group(name=name, lang=lang, members=members, sizes=[len(samples[n].html) for n in members])


def by_family(runs: Sequence[Run]) -> list[int]:
    """Return which pages a family's reader took."""
    found = next((run.predictions for run in runs if run.label == EXTRACTION.label), [])
    return [n for n, one in enumerate(found) if one.get("layout", "").startswith("family:")]
