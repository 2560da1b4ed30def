"""The pages that extractors are measured on: real ones beside the repository, and known layouts within it."""

import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bench.data import BENCH, read_lines
from crawler.commands.demo import demo_sources
from crawler.draft import Names, draft
from pipelines.decode import decode
from pipelines.model import Capture, Role
from pipelines.page import read_page

#: Development pages with gold, and their score.py.
FOLDER = BENCH / "extraction"
GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "golden" / "sources"
#: Stands for the time of the fetch: after every article's date.
FETCHED = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A page to be read; `source` names the outlet whose file reads it, "" for a page of no known outlet."""

    id: str
    url: str
    lang: str
    html: bytes
    source: str = ""


def capture_of(url: str, html: bytes, outlet: str = "") -> Capture:
    """Return a page as a crawl would have captured it."""
    return Capture(
        outlet=outlet,
        url=url,
        final_url=url,
        fetched_at=FETCHED,
        status=200,
        headers=(),
        body=html,
        digest=hashlib.sha256(html).digest(),
        role=Role.ARTICLE,
    )


def real_pages() -> list[Sample]:
    """Return the development pages, in the order of their gold."""
    return [
        Sample(
            id=gold["id"],
            url=gold.get("url") or "",
            lang=gold["lang"],
            html=gzip.decompress((FOLDER / "pages" / f"{gold['id']}.html.gz").read_bytes()),
        )
        for gold in read_lines(FOLDER / "gold.jsonl")
    ]


def drafted_pages(folder: Path) -> list[Sample]:
    """Return the Chinese real pages for which `huiliu source new` finds selectors, and write their source files."""
    found = []
    for number, sample in enumerate(one for one in real_pages() if one.lang == "zh"):
        name = f"drafted{number}"
        page = read_page(capture_of(sample.url, sample.html))
        text = draft(page, Names(name=name, title=name, region="bench"), FETCHED.date())
        if "[[layout]]" in text:
            (folder / f"{name}.toml").write_text(text, "utf-8")
            found.append(replace(sample, source=name))
    return found


def demo_pages() -> list[Sample]:
    """Return the sound articles of the demo site that are one HTML page."""
    from demo.site import respond, truth

    sources = {source.hosts[0]: source for source in demo_sources()}
    found = []
    for url, told in truth(1).items():
        host, path = url.removeprefix("http://").split("/", 1)
        source = sources.get(host)
        if source is None or told.fault or source.json_twin:
            continue
        html = respond(host, f"/{path}", 1).body
        found.append(Sample(id=url, url=url, lang="zh", html=html, source=source.name))
    return found


def golden_pages() -> list[Sample]:
    """Return the golden pages of shipped outlets that are one HTML page."""
    found = []
    for path in sorted(GOLDEN.glob("*/*.html")):
        if ".part" in path.name:
            continue
        case = json.loads(path.with_suffix(".json").read_text("utf-8"))
        if case.get("parts"):
            continue
        name = f"{path.parent.name}/{path.stem}"
        found.append(Sample(id=name, url=case["url"], lang="zh", html=path.read_bytes(), source=path.parent.name))
    return found


def write_manifest(folder: Path, samples: Iterable[Sample]) -> Path:
    """Write pages where runners find them: the bytes, and the text for those who take nothing else."""
    manifest = folder / "manifest.jsonl"
    manifest.write_text("".join(_write(folder / str(number), one) for number, one in enumerate(samples)), "utf-8")
    return manifest


def _write(stem: Path, sample: Sample) -> str:
    html, text = stem.with_suffix(".html"), stem.with_suffix(".txt")
    html.write_bytes(sample.html)
    text.write_bytes(decode(sample.html).text.encode("utf-8", "replace"))
    fields = {"id": sample.id, "url": sample.url, "lang": sample.lang, "source": sample.source}
    return json.dumps(fields | {"html": str(html), "text": str(text)}) + "\n"
