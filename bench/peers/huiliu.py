"""Huiliu itself, by the same rules as its peers. The word before the manifest says how far it goes."""

import sys
from functools import cache

from bench.pages import capture_of
from bench.peers.runner import Page, Prediction, serve
from crawler.config import find_source
from crawler.reading_pool import read_model
from pipelines.extract import extract
from pipelines.extract.anywhere import GENERIC_SOURCE
from pipelines.model import Source
from pipelines.page import read_page
from pipelines.process import process
from pipelines.record import page_record

model = cache(read_model)
source_of = cache(find_source)


def record(page: Page) -> Prediction:
    """Decode, extract, repair and judge, as `huiliu extract --jsonl` does for a page of no known outlet."""
    return page_record({"id": page.id, "url": page.url, "body": page.html}, model())


def document(page: Page) -> Prediction:
    """Go the whole road of a crawled page, from decoding to the fingerprint, with its outlet's source."""
    found = process((capture_of(page.url, page.html, page.source),), _source(page), model())
    return {"title": found.clean_title, "body": found.clean_text, "layout": found.layout}


def extraction(page: Page) -> Prediction:
    """Decode and extract: what the peers do."""
    found = extract((read_page(capture_of(page.url, page.html, page.source)),), _source(page))
    return {
        "title": found.title,
        "body": "\n".join(block.text for block in found.blocks),
        "date": found.published_at.isoformat() if found.published_at else None,
        "author": found.byline,
        "layout": found.layout,
    }


def _source(page: Page) -> Source:
    return source_of(page.source) if page.source else GENERIC_SOURCE


if __name__ == "__main__":
    serve({"record": record, "document": document, "extraction": extraction}[sys.argv[1]])
