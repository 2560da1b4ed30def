"""resiliparse's main content: the body, and the title as <title> has it."""

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import detect_encoding
from resiliparse.parse.html import HTMLTree

from bench.peers.runner import Page, Prediction, serve


def read(page: Page) -> Prediction:
    """Read the bytes, in the encoding that it finds itself."""
    tree = HTMLTree.parse_from_bytes(page.html, detect_encoding(page.html))
    return {"title": tree.title, "body": extract_plain_text(tree, main_content=True)}


if __name__ == "__main__":
    serve(read)
