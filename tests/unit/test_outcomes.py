"""Statuses and failures -> the closed list of outcomes."""

import pytest
from scrapy import exceptions as scrapy_errors
from twisted.internet import error as twisted_errors

from crawler.outcomes import FetchRefused, RobotsUnreachable, failure_outcome, status_outcome
from pipelines.model import FetchOutcome

STATUSES = {
    200: None, 204: None, 206: None,
    301: "failed_http", 304: "failed_http", 400: "failed_http", 418: "failed_http", 500: "failed_http",
    502: "failed_http", 504: "failed_http", 999: "failed_http",
    401: "blocked", 403: "blocked", 412: "blocked", 429: "blocked", 451: "blocked", 503: "blocked", 521: "blocked",
    404: "gone", 410: "gone",
}  # fmt: skip

FAILURES: list[tuple[BaseException, str]] = [
    (scrapy_errors.DownloadTimeoutError(), "failed_timeout"),
    (scrapy_errors.CannotResolveHostError(), "failed_dns"),
    (scrapy_errors.DownloadCancelledError(), "refused_too_large"),
    (scrapy_errors.ResponseDataLossError(), "failed_body"),
    (scrapy_errors.DownloadConnectionRefusedError(), "failed_connection"),
    (scrapy_errors.DownloadFailedError(), "failed_connection"),
    (scrapy_errors.UnsupportedURLSchemeError(), "refused_scheme"),
    (twisted_errors.TCPTimedOutError(), "failed_timeout"),
    (twisted_errors.NoRouteError(), "failed_connection"),
    (twisted_errors.ConnectionLost(), "failed_connection"),
    (ConnectionResetError(), "failed_connection"),
    (ValueError("invalid hostname"), "refused_url"),
    (RobotsUnreachable("status 503", FetchOutcome.BLOCKED), "blocked"),
]


@pytest.mark.parametrize(("status", "outcome"), STATUSES.items())
def test_status(status: int, outcome: str | None) -> None:
    assert status_outcome(status, conditional=False) == outcome


def test_304_means_unchanged_only_to_a_conditional_request() -> None:
    assert status_outcome(304, conditional=True) is FetchOutcome.UNCHANGED


@pytest.mark.parametrize(("error", "outcome"), FAILURES, ids=lambda value: type(value).__name__)
def test_failure(error: BaseException, outcome: str) -> None:
    assert failure_outcome(error) == outcome


def test_each_refusal_names_its_outcome() -> None:
    kinds = FetchRefused.__subclasses__()
    assert len({kind.outcome for kind in kinds}) == len(kinds)
    assert all(failure_outcome(kind()) is kind.outcome and str(kind()) for kind in kinds)


def test_what_nobody_foresaw_is_no_outcome() -> None:
    assert failure_outcome(ZeroDivisionError()) is None
