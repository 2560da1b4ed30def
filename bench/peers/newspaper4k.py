"""newspaper4k, told the page's language: left to itself it loses most Chinese articles."""

import logging

from newspaper import Article

from bench.peers.runner import Page, Prediction, serve


def read(page: Page) -> Prediction:
    """Read the text; nothing is fetched, no picture and no further page."""
    article = Article(page.url or "http://page.example/", language=page.lang, fetch_images=False)
    article.download(input_html=page.text, ignore_read_more=True).parse()
    date = str(article.publish_date or "")
    return {"title": article.title, "body": article.text, "date": date, "author": article.authors}


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    serve(read)
