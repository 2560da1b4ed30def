"""From what happened on the wire to the closed list of outcomes (promise P8). The tables are the policy."""

from typing import ClassVar

from scrapy import exceptions as scrapy_errors
from twisted.internet import error as twisted_errors
from twisted.web.client import ResponseFailed

from pipelines.model import FetchOutcome

#: Statuses with which a site says no for now: a firewall, a quota, a login, a maintenance page.
BLOCKED_STATUSES = frozenset({401, 403, 412, 429, 451, 503, 521})
GONE_STATUSES = frozenset({404, 410})


class FetchRefused(scrapy_errors.IgnoreRequest):
    """We do not make, or do not finish, this fetch; each kind names its outcome."""

    outcome: ClassVar[FetchOutcome]

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or (type(self).__doc__ or "").strip())


class SchemeRefused(FetchRefused):
    """Only http and https are asked."""

    outcome = FetchOutcome.REFUSED_SCHEME


class OffsiteRefused(FetchRefused):
    """The host is not one of the source's."""

    outcome = FetchOutcome.REFUSED_OFFSITE


class EgressRefused(FetchRefused):
    """The address is not on the public internet, or the port or user name is not for us to use."""

    outcome = FetchOutcome.REFUSED_EGRESS


class UrlRefused(FetchRefused):
    """The URL is too long or is none."""

    outcome = FetchOutcome.REFUSED_URL


class TooManyRedirects(FetchRefused):
    """The redirects do not end."""

    outcome = FetchOutcome.REFUSED_REDIRECTS


class RobotsRefused(FetchRefused):
    """robots.txt disallows the URL."""

    outcome = FetchOutcome.REFUSED_ROBOTS


class TooLarge(FetchRefused):
    """The body is larger than any page should be, or unpacks to such a size."""

    outcome = FetchOutcome.REFUSED_TOO_LARGE


class BodyDamaged(FetchRefused):
    """The body was cut short on its way, or does not unpack."""

    outcome = FetchOutcome.FAILED_BODY


class RobotsUnreachable(scrapy_errors.IgnoreRequest):
    """The host gave no robots.txt because it is down: it is left alone for the rest of this run (RFC 9309, 2.3.1.4)."""

    def __init__(self, detail: str, outcome: FetchOutcome) -> None:
        super().__init__(f"robots.txt is unreachable: {detail}")
        self.outcome = outcome


#: First match counts. Twisted's own errors reach us where Scrapy does not translate them.
FAILURES: tuple[tuple[type[BaseException], FetchOutcome], ...] = (
    (scrapy_errors.DownloadTimeoutError, FetchOutcome.FAILED_TIMEOUT),
    (scrapy_errors.CannotResolveHostError, FetchOutcome.FAILED_DNS),
    (scrapy_errors.DownloadCancelledError, FetchOutcome.REFUSED_TOO_LARGE),  # only DOWNLOAD_MAXSIZE cancels
    (scrapy_errors.ResponseDataLossError, FetchOutcome.FAILED_BODY),
    (scrapy_errors.DownloadConnectionRefusedError, FetchOutcome.FAILED_CONNECTION),
    (scrapy_errors.DownloadFailedError, FetchOutcome.FAILED_CONNECTION),
    (scrapy_errors.UnsupportedURLSchemeError, FetchOutcome.REFUSED_SCHEME),
    (twisted_errors.TimeoutError, FetchOutcome.FAILED_TIMEOUT),
    (twisted_errors.TCPTimedOutError, FetchOutcome.FAILED_TIMEOUT),
    (twisted_errors.DNSLookupError, FetchOutcome.FAILED_DNS),
    (twisted_errors.ConnectError, FetchOutcome.FAILED_CONNECTION),
    (twisted_errors.ConnectionClosed, FetchOutcome.FAILED_CONNECTION),
    (ResponseFailed, FetchOutcome.FAILED_CONNECTION),
    (OSError, FetchOutcome.FAILED_CONNECTION),
    (ValueError, FetchOutcome.REFUSED_URL),  # Twisted: a host name that cannot be one
)


def status_outcome(status: int, *, conditional: bool) -> FetchOutcome | None:
    """Return what a status means; None for an answer whose body is the page."""
    if 200 <= status < 300:
        return None
    if status == 304 and conditional:
        return FetchOutcome.UNCHANGED
    if status in GONE_STATUSES:
        return FetchOutcome.GONE
    return FetchOutcome.BLOCKED if status in BLOCKED_STATUSES else FetchOutcome.FAILED_HTTP


def failure_outcome(error: BaseException) -> FetchOutcome | None:
    """Return what an error means; None for one that nobody foresaw."""
    if isinstance(error, FetchRefused | RobotsUnreachable):
        return error.outcome
    return next((outcome for kind, outcome in FAILURES if isinstance(error, kind)), None)
