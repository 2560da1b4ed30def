"""Entity bodies: the headers as the server sent them, the body without its Content-Encoding, whole or not at all.

Scrapy keeps what it could unpack of a gzip stream that was cut short, and calls it a page. An archive must not.
"""

import zlib
from typing import Final

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.outcomes import BodyDamaged, FetchRefused, TooLarge
from pipelines.model import Headers

#: What we ask for: encodings whose end can be told from a cut.
ACCEPTED: Final = b"gzip, deflate"
_GZIP_MAGIC: Final = b"\x1f\x8b"


def header_pairs(response: Response) -> Headers:
    """Return the headers in the order sent, repeats kept; bytes become text one to one (latin-1)."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name in response.headers
        for value in response.headers.getlist(name)
    )


def gunzip(body: bytes, max_size: int) -> bytes:
    """Unpack a gzip body of one or more members; junk after them is ignored, as browsers do.

    A body that is not gzip although its header says so is returned as it is: old servers compress some pages and label
    all of them.
    """
    out: list[bytes] = []
    size = 0
    while body.startswith(_GZIP_MAGIC):
        member = zlib.decompressobj(wbits=31)
        out.append(member.decompress(body, max_size - size + 1))
        size += len(out[-1])
        if size > max_size:
            raise TooLarge(f"the body unpacks to more than {max_size} bytes")
        if not member.eof:
            raise BodyDamaged("the gzip body was cut short")
        body = member.unused_data
    return b"".join(out) if out else body


class Unpack(HttpCompressionMiddleware):
    """Downloader middleware: removes the Content-Encoding; refuses a body that is damaged or unpacks without end."""

    def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Ask for encodings that can be checked."""
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Return the response with its body unpacked; its headers as sent stay in `meta["sent_headers"]`."""
        request.meta["sent_headers"] = header_pairs(response)
        try:
            return super().process_response(request, response)
        except FetchRefused:
            raise
        except IgnoreRequest:
            raise TooLarge(f"the body unpacks to more than {self._max_size} bytes") from None
        except Exception as error:  # each encoding has errors of its own, and none of them is ours
            raise BodyDamaged(f"the body does not unpack: {error}") from None

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        if encoding in (b"gzip", b"x-gzip"):
            return gunzip(body, max_size)
        return HttpCompressionMiddleware._decode(body, encoding, max_size)
