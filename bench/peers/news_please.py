"""news-please: a vote of newspaper4k, readability and date finders; it takes no language."""

import logging

from newsplease import NewsPlease

from bench.peers.runner import Page, Prediction, serve


def read(page: Page) -> Prediction:
    """Read the text; no picture is fetched."""
    found = NewsPlease.from_html(page.text, url=page.url or None, fetch_images=False)
    return {
        "title": found.title,
        "body": found.maintext,
        "date": str(found.date_publish or ""),
        "author": found.authors,
    }


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    serve(read)
