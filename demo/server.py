"""The demo site over HTTP/1.1 on the loopback: asyncio alone, one answer a request, and a ledger of what was asked.

GET /__served on any host answers the ledger, so that politeness can be measured where it counts: at the server.
"""

import asyncio
import json
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus

from demo.response import Response
from demo.site import hosts, respond

ADDRESS = "127.0.0.1"
#: A connection without a request for this long is closed.
IDLE_S = 60.0
#: Longest request body that is read and thrown away.
MAX_BODY = 1 << 20
LEDGER_PATH = "/__served"


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One request, written down as it arrived."""

    host: str
    path: str
    #: Arrival on the monotonic clock.
    at_s: float
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The parts of a request that the site looks at."""

    method: str
    path: str
    host: str
    headers: dict[str, str]
    keep_alive: bool


class BadRequest(Exception):
    """The bytes are no HTTP/1.x request."""


class DemoServer:
    """A running site. `stage` may be set at any time and holds for the next request."""

    def __init__(self, *, stage: int, slow_s: float) -> None:
        self.stage = stage
        self.slow_s = slow_s
        self.port = 0
        self.served: list[Served] = []
        self._refused: set[tuple[str, str]] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def host_map(self) -> str:
        """The value of HUILIU_HOST_MAP that leads a crawler here."""
        return ",".join(f"{host}={ADDRESS}:{self.port}" for host in hosts())

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until either side ends it."""
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        with suppress(ConnectionError, asyncio.IncompleteReadError, TimeoutError, asyncio.CancelledError):
            while await self._answer_one(reader, writer):
                pass
        writer.close()
        with suppress(ConnectionError, asyncio.CancelledError):
            await writer.wait_closed()

    async def stop_talking(self) -> None:
        """End every open connection."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _answer_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer the next request; whether the connection stays open."""
        try:
            request = await asyncio.wait_for(_read_request(reader), IDLE_S)
        except BadRequest as error:
            writer.write(_encode(Response(status=400, body=str(error).encode()), None))
            await writer.drain()
            return False
        if request.path == LEDGER_PATH:
            response = self._ledger()
        else:
            response = self._choose(request)
            self.served.append(
                Served(host=request.host, path=request.path, at_s=time.monotonic(), status=response.status)
            )
        if response.slow:
            await asyncio.sleep(self.slow_s)
        writer.write(_encode(response, request))
        await writer.drain()
        return request.keep_alive

    def _choose(self, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            return Response(status=405, body=b"Method Not Allowed")
        response = respond(request.host, request.path, self.stage)
        address = (request.host, request.path)
        if response.busy_once and address not in self._refused:
            self._refused.add(address)
            return Response(status=503, body="<html><body><h1>503 服务暂时不可用</h1></body></html>".encode())
        if _is_unchanged(response, request.headers):
            return Response(status=304, body=response.body, modified_at=response.modified_at, slow=response.slow)
        return response

    def _ledger(self) -> Response:
        counts = Counter(f"{record.host}{record.path}" for record in self.served)
        ledger = {"counts": dict(counts), "served": [asdict(record) for record in self.served]}
        return Response(content_type="application/json; charset=utf-8", body=json.dumps(ledger).encode())


async def _read_request(reader: asyncio.StreamReader) -> Request:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError as error:
        raise BadRequest("request head too long") from error
    request = parse_head(head.decode("latin-1"))
    length = request.headers.get("content-length", "0")
    if "transfer-encoding" in request.headers or not length.isdecimal() or int(length) > MAX_BODY:
        raise BadRequest("no such body is read here")
    await reader.readexactly(int(length))
    return request


def parse_head(head: str) -> Request:
    """The request that a head asks for.

    >>> parse_head("GET /a?b=1 HTTP/1.1\\r\\nHost: Paper.Yunhe.example:80\\r\\n\\r\\n").host
    'paper.yunhe.example'
    """
    first, *rest = head.split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or words[2] not in ("HTTP/1.0", "HTTP/1.1"):
        raise BadRequest("malformed request line")
    headers = {}
    for line in filter(None, rest):
        name, colon, value = line.partition(":")
        if not colon or name != name.strip():
            raise BadRequest("malformed header")
        headers[name.lower()] = value.strip()
    host, path = _read_target(words[1], headers)
    tokens = {token.strip().lower() for token in headers.get("connection", "").split(",")}
    keep_alive = "keep-alive" in tokens if words[2] == "HTTP/1.0" else "close" not in tokens
    return Request(method=words[0], path=path, host=host, headers=headers, keep_alive=keep_alive)


def _read_target(target: str, headers: dict[str, str]) -> tuple[str, str]:
    """Host name and path; a target in absolute form, as sent to proxies, overrules the Host header (RFC 9112 3.2.2)."""
    if "host" not in headers:
        raise BadRequest("no Host header")
    authority = headers["host"]
    if target.lower().startswith("http://"):
        authority, slash, rest = target[len("http://") :].partition("/")
        target = slash + rest or "/"
    if not target.startswith("/") or target.startswith("//"):
        raise BadRequest("malformed target")
    return authority.partition(":")[0].lower(), target


def _is_unchanged(response: Response, headers: dict[str, str]) -> bool:
    """Whether the client's copy is current: If-None-Match if sent, else If-Modified-Since (RFC 9110 13.2.2)."""
    if response.status != 200 or response.modified_at is None:
        return False
    if "if-none-match" in headers:
        tags = {tag.strip().removeprefix("W/") for tag in headers["if-none-match"].split(",")}
        return "*" in tags or response.etag in tags
    try:
        since = parsedate_to_datetime(headers["if-modified-since"])
    except (KeyError, ValueError):
        return False
    return response.modified_at <= (since if since.tzinfo else since.replace(tzinfo=UTC))


def _encode(response: Response, request: Request | None) -> bytes:
    """The answer's bytes; a HEAD or a 304 has the headers of the page and none of its body."""
    body = response.body
    lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}", "Server: nginx"]
    if response.status != 304:
        lines += [f"Content-Type: {response.content_type}", f"Content-Length: {len(body)}"]
    if response.modified_at is not None:
        lines += [f"Last-Modified: {_http_date(response.modified_at)}", f"ETag: {response.etag}"]
    if response.location:
        lines.append(f"Location: {response.location}")
    if response.status == 405:
        lines.append("Allow: GET, HEAD")
    if response.status == 503:
        lines.append("Retry-After: 1")
    lines.append("Connection: keep-alive" if request is not None and request.keep_alive else "Connection: close")
    silent = response.status == 304 or (request is not None and request.method == "HEAD")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + (b"" if silent else body)


def _http_date(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC), usegmt=True)


@asynccontextmanager
async def serve(stage: int = 1, port: int = 0, slow_s: float = 3.0) -> AsyncIterator[DemoServer]:
    """The site, for as long as the block runs; port 0 takes a free one."""
    site = DemoServer(stage=stage, slow_s=slow_s)
    listener = await asyncio.start_server(site.talk, ADDRESS, port)
    site.port = listener.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        listener.close()
        await site.stop_talking()
        await listener.wait_closed()


@contextmanager
def running(stage: int = 1, port: int = 0, slow_s: float = 3.0) -> Iterator[DemoServer]:
    """The site in a thread of its own, for callers that have no event loop."""
    started: Future[tuple[DemoServer, Callable[[], None]]] = Future()
    thread = threading.Thread(target=_run_thread, args=(started, stage, port, slow_s), name="demo-site", daemon=True)
    thread.start()
    site, stop = started.result()
    try:
        yield site
    finally:
        stop()
        thread.join()


def _run_thread(started: "Future[tuple[DemoServer, Callable[[], None]]]", stage: int, port: int, slow_s: float) -> None:
    """Serve until `stop` is called; what prevents the start is raised where the site is waited for."""

    async def host() -> None:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        async with serve(stage, port, slow_s) as site:
            started.set_result((site, lambda: _end(loop, ended)))
            await ended.wait()

    try:
        asyncio.run(host())
    except Exception as error:
        if started.done():
            raise
        started.set_exception(error)


def _end(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
    """Set the event in its own thread; a loop that has died needs no end."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(ended.set)
