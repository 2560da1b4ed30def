"""readability-lxml: title and body; it knows neither date nor author."""

import logging

from lxml.html import fromstring
from readability import Document

from bench.peers.runner import Page, Prediction, serve


def read(page: Page) -> Prediction:
    """Read the text."""
    document = Document(page.text, url=page.url or None)
    body = fromstring(document.summary(html_partial=True)).itertext()
    return {"title": document.short_title(), "body": "\n".join(body)}


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    serve(read)
