"""trafilatura with metadata, comments left out as anybody does who wants the article."""

from trafilatura import bare_extraction
from trafilatura.settings import Document

from bench.peers.runner import Page, Prediction, serve


def read(page: Page) -> Prediction:
    """Read the bytes."""
    found = bare_extraction(page.html, url=page.url or None, with_metadata=True, include_comments=False)
    if not isinstance(found, Document):
        return {"error": "nothing found"}
    return {"title": found.title, "body": found.text, "date": found.date, "author": (found.author or "").split("; ")}


if __name__ == "__main__":
    serve(read)
