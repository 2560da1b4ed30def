"""A site of saved pages on loopback: bytes as saved, no word of their character set, a front page of links."""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HOST = "real.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A saved page and what a person read in it."""

    gold: dict[str, Any]
    body: bytes

    @property
    def id(self) -> str:
        """Its name in the collection."""
        return str(self.gold["id"])

    @property
    def path(self) -> str:
        """Where it is served: its true address would say when it was published."""
        return f"/page/{self.id}.html"

    @property
    def url(self) -> str:
        """Its address in the archive."""
        return f"http://{HOST}{self.path}"


def read_saved(folder: Path) -> list[Saved]:
    """The pages of a collection: `gold.jsonl` and `pages/ID.html.gz`."""
    lines = (folder / "gold.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [
        Saved(gold=row, body=gzip.decompress((folder / "pages" / f"{row['id']}.html.gz").read_bytes())) for row in rows
    ]


@contextmanager
def serving(pages: list[Saved]) -> Iterator[int]:
    """Serve the pages, and a front page that links to all of them; gives the port."""
    links = "".join(f'<li><a href="{page.path}">page {page.id}</a></li>' for page in pages)
    bodies = {page.path: page.body for page in pages} | {"/": f"<html><body><ul>{links}</ul></body></html>".encode()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = bodies.get(self.path, b"")
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *values: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
