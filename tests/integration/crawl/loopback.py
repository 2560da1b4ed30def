"""A news site on loopback that answers as it is told and notes who asked what, when; and crawls of it."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from crawler.config import load_source
from storage import frontier, outlets, runs
from storage.database import connect
from tests.warm import WarmPopen

ROOT = Path(__file__).resolve().parents[3]
HOST = "news.jiangwan.example"

SOURCE = """
name = "jiangwan"
title = "江湾新闻网"
region = "jiangsu"
hosts = ["news.jiangwan.example", "www.jiangwan.example", "localhost"]
article_url = ['/content/[a-z0-9]+\\.html$']
[crawl]
shape = "section_list"
start_urls = ["http://news.jiangwan.example/"]
follow = ['/list_\\d+\\.html$']
delay_s = 0
concurrency = 4
deadline_s = 60
"""

ARTICLE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>
<div class="article"><p>江湾新闻网讯 记者从江湾镇水利站了解到，{title}的清淤工程昨日完工，
沿河三个村的排水能力提高了一倍。</p>
<p>工程从春天开始，历时四个月，清出淤泥两万余方，新修石驳岸一千二百米，沿岸还种下了三百多棵垂柳。</p>
<p>村民说，往年一下大雨院子里就积水，今年汛期水位最高的时候，家里也没有进过水，孩子上学的路也好走了。</p></div></body></html>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the site says to a request."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    wait_s: float = 0.0
    #: Sent after the headers that belong to `body`, in place of it.
    instead: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A request that reached the site."""

    host: str
    path: str
    at_s: float
    headers: Mapping[str, str]


Page = Answer | Callable[[int], Answer]


class Site:
    """The pages by path; a page may be a function of how often it has been asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {"/robots.txt": Answer(status=404)}
        self.seen: list[Seen] = []
        #: Set, it ends all waits, those that are under way too: what had to happen in the middle of things has.
        self.hurry = threading.Event()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]

    def add_articles(self, count: int, **answer: Any) -> list[str]:
        """Add articles and a front page that lists them; returns their paths."""
        paths = [f"/content/a{number}.html" for number in range(count)]
        for number, path in enumerate(paths):
            self.pages[path] = Answer(body=ARTICLE.format(title=f"第{number}号河"), **answer)
        self.list_on("/", paths)
        return paths

    def list_on(self, path: str, links: list[str]) -> None:
        """Put a list page on the site."""
        items = "".join(f'<li><a href="{link}">江湾镇的消息：{link}</a></li>' for link in links)
        self.pages[path] = Answer(body=f'<html><meta charset="utf-8"><ul>{items}</ul></html>')

    def paths(self, host: str = HOST) -> list[str]:
        """Return the paths asked for at a host, in order."""
        with self._lock:
            return [seen.path for seen in self.seen if seen.host == host]

    @contextmanager
    def serving(self) -> Iterator["Site"]:
        """Answer until the block ends."""
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def _note(self, host: str, path: str, headers: Mapping[str, str]) -> Answer:
        with self._lock:
            self.seen.append(Seen(host=host, path=path, at_s=time.monotonic(), headers=headers))
            asked = sum(1 for seen in self.seen if seen.path == path)
        page = self.pages.get(path, Answer(status=404, body="找不到"))
        return page(asked) if callable(page) else page

    def _handler(site) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                answer = site._note(self.headers["Host"], self.path, dict(self.headers))
                site.hurry.wait(answer.wait_s)
                etag = answer.headers.get("ETag")
                status = 304 if etag and self.headers["If-None-Match"] == etag else answer.status
                body = answer.body.encode() if isinstance(answer.body, str) else answer.body
                if status == 304:
                    body = b""
                self.send_response(status)
                headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
                for name, value in (headers | dict(answer.headers)).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body if answer.instead is None else answer.instead)
                self.close_connection = answer.instead is not None

            def handle(self) -> None:
                try:
                    super().handle()
                except (ConnectionError, TimeoutError):
                    return

            def log_message(self, format: str, *args: object) -> None:
                return

        return Handler


class Crawls:
    """Crawls of one source in subprocesses, over one database."""

    def __init__(self, database: str, folder: Path, site: Site) -> None:
        self.database = database
        self.folder = folder
        self.site = site
        self.started: list[subprocess.Popen[str]] = []
        self.write_source()

    def close(self) -> None:
        """Kill what a test left running."""
        for process in self.started:
            if process.poll() is None:
                process.kill()
                process.communicate()

    def write_source(self, **changes: object) -> None:
        """Write the source file; changes are `old text = new text` of its keys in `[crawl]`."""
        text = SOURCE
        for key, value in changes.items():
            lines = [f"{key} = {value}" if line.startswith(f"{key} =") else line for line in text.splitlines()]
            text = "\n".join(lines)
        (self.folder / "jiangwan.toml").write_text(text, "utf-8")

    def queue(self, **wanted: Any) -> int:
        """Add a run."""
        with connect(self.database) as conn:
            outlet_id = outlets.register(conn, load_source(self.folder / "jiangwan.toml"))
            run_id = runs.queue(conn, outlet_id=outlet_id, **wanted)
            assert run_id is not None
            return run_id

    def start(self, run_id: int, *options: str, **env: str) -> subprocess.Popen[str]:
        """Start the crawl of a run."""
        return self.start_command(["section_list", "-a", "source=jiangwan", "-a", f"run={run_id}", *options], **env)

    def start_command(self, arguments: list[str], **env: str) -> subprocess.Popen[str]:
        """Start `scrapy crawl` with these arguments."""
        hosts = (HOST, "www.jiangwan.example", "other.example")
        ours = {
            "DATABASE_URL": self.database,
            "HUILIU_SOURCES": str(self.folder),
            "HUILIU_HOST_MAP": ",".join(f"{host}=127.0.0.1:{self.site.port}" for host in hosts),
        }
        process = WarmPopen(
            [sys.executable, "-m", "scrapy", "crawl", *arguments],
            cwd=ROOT,
            env=os.environ | ours | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def crawl(self, **wanted: Any) -> tuple[int, str]:
        """Crawl to the end; returns the exit status and what was said."""
        return self.finish(self.start(self.queue(**wanted)))

    def finish(self, process: subprocess.Popen[str]) -> tuple[int, str]:
        """Wait for a crawl; returns the exit status and what was said."""
        said, _ = process.communicate(timeout=200)
        return process.returncode, said

    def rows(self, query: str, *args: object) -> list[dict[str, Any]]:
        """Ask the archive."""
        with psycopg.connect(self.database, row_factory=dict_row) as conn:
            return conn.execute(query, args).fetchall()

    def outcomes(self, run_id: int | None = None) -> dict[str, str]:
        """Return the last outcome of each URL's path (of one run)."""
        rows = self.rows(
            "select url, outcome from fetch_attempt where %s::bigint is null or run_id = %s order by id", run_id, run_id
        )
        return {"/" + row["url"].split("/", 3)[3]: row["outcome"] for row in rows}

    def equation(self) -> dict[str, int]:
        """Return the two sides of promise P2."""
        with connect(self.database) as conn:
            return frontier.equation(conn)
