"""From Scrapy's response to a `Capture`: the bytes as they came, with where and when from."""

import hashlib
from datetime import UTC, datetime

from scrapy.http import Response

from crawler.bodies import header_pairs
from pipelines.model import Capture, Headers, Role


def to_capture(response: Response, *, outlet: str, url: str, role: Role) -> Capture:
    """Return what was fetched for `url` (canonical), wherever its redirects ended."""
    headers: Headers = response.meta.get("sent_headers") or header_pairs(response)
    return Capture(
        outlet=outlet,
        url=url,
        final_url=response.url,
        fetched_at=datetime.now(UTC),
        status=response.status,
        headers=headers,
        body=response.body,
        digest=hashlib.sha256(response.body).digest(),
        role=role,
    )


def latency_ms(response: Response) -> int | None:
    """Return how long the server took to answer."""
    latency_s = response.meta.get("download_latency")
    return None if latency_s is None else round(latency_s * 1000)
