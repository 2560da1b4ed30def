"""Speed, ours and a peer's in turn on the same input: on a shared machine only the ratio means anything."""

import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from crawler.commands.demo import demo_sources
from crawler.reading_pool import read_model
from pipelines.model import Capture, Role, Source
from pipelines.process import process

#: Pages read in one turn, and turns of each side.
PAGES, TURNS = 40, 7


def measure_speed() -> None:
    """Print how long a page takes: the whole road, against trafilatura's extraction with metadata."""
    import trafilatura

    model = read_model()
    articles = demo_articles()
    ours = lambda: [process((capture,), source, model) for capture, source in articles]  # noqa: E731
    theirs = lambda: [trafilatura.bare_extraction(one.body, with_metadata=True) for one, _ in articles]  # noqa: E731
    print(f"== speed: {len(articles)} demo articles of known families, one process")
    compare("huiliu, decode to fingerprint", ours, "trafilatura with metadata, extraction only", theirs, len(articles))


def demo_articles() -> list[tuple[Capture, Source]]:
    """Return article pages of the demo site with their sources, as captures."""
    import hashlib

    from demo.site import respond, truth

    sources = {source.hosts[0]: source for source in demo_sources()}
    found = []
    for url, told in truth(1).items():
        host, path = url.removeprefix("http://").split("/", 1)
        if told.fault or sources[host].json_twin:
            continue
        answer = respond(host, f"/{path}", 1)
        capture = Capture(
            outlet=sources[host].name,
            url=url,
            final_url=url,
            fetched_at=datetime(2026, 3, 9, tzinfo=UTC),
            status=answer.status,
            headers=(("Content-Type", answer.content_type),),
            body=answer.body,
            digest=hashlib.sha256(answer.body).digest(),
            role=Role.ARTICLE,
        )
        found.append((capture, sources[host]))
    return found[:PAGES]


def compare(
    name: str, ours: Callable[[], Sequence[object]], peer: str, theirs: Callable[[], Sequence[object]], count: int
) -> None:
    """Time both in turn and print medians and the ratio, pair by pair."""
    ours(), theirs()
    pairs = [(clock(ours) / count, clock(theirs) / count) for _ in range(TURNS)]
    for label, times in ((name, [a for a, _ in pairs]), (peer, [b for _, b in pairs])):
        print(f"   {label:45} {1000 * statistics.median(times):7.2f} ms a page")
    ratios = sorted(b / a for a, b in pairs)
    print(
        f"   ratio, median of {TURNS} pairs: {statistics.median(ratios):.1f} (from {ratios[0]:.1f} to {ratios[-1]:.1f})"
    )


def clock(work: Callable[[], object]) -> float:
    """Return the seconds of CPU that this process spends on it."""
    began = time.process_time()
    work()
    return time.process_time() - began
