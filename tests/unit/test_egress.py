"""Where requests may go, and what bodies may unpack to."""

import gzip
import socket
import zlib
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.address import IPv4Address
from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IResolutionReceiver
from zope.interface import implementer

from crawler import egress
from crawler.bodies import gunzip
from crawler.egress import EgressResolver, check_url, host_map, is_public, literal_address
from crawler.outcomes import (
    BodyDamaged,
    EgressRefused,
    FetchRefused,
    OffsiteRefused,
    SchemeRefused,
    TooLarge,
    UrlRefused,
)

HOSTS = ("news.jiangwan.example", "old.jiangwan.example:8080")

PRIVATE = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.0.1", "169.254.169.254",
    "172.16.0.1", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
    "2001:db8::1", "2001::1", "2002:7f00:1::", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1",
    "ff02::1",
]  # fmt: skip
PUBLIC = ["1.2.4.8", "8.8.8.8", "114.114.114.114", "223.5.5.5", "::ffff:8.8.8.8", "2400:3200::1"]

REFUSED: list[tuple[str, type[FetchRefused]]] = [
    ("ftp://news.jiangwan.example/x", SchemeRefused),
    ("file:///etc/passwd", SchemeRefused),
    ("data:text/html,x", SchemeRefused),
    ("//news.jiangwan.example/", SchemeRefused),
    ("http://www.jiangwan.example/", OffsiteRefused),
    ("http://jiangwan.example/", OffsiteRefused),
    ("http://news.jiangwan.example.evil.example/", OffsiteRefused),
    ("http://news.jiangwan.example\\@evil.example/", EgressRefused),
    ("http://localhost/", OffsiteRefused),
    ("http://8.8.8.8/", OffsiteRefused),
    ("http://old.jiangwan.example/", OffsiteRefused),
    ("http:///x", OffsiteRefused),
    ("http://me@news.jiangwan.example/", EgressRefused),
    ("http://news.jiangwan.example@127.0.0.1/", EgressRefused),
    ("http://news.jiangwan.example:6379/", EgressRefused),
    ("https://news.jiangwan.example:80/", EgressRefused),
    ("http://127.0.0.1/", EgressRefused),
    ("http://127.1/", EgressRefused),
    ("http://2130706433/", EgressRefused),
    ("http://0x7f.1/", EgressRefused),
    ("http://0177.0.0.1/", EgressRefused),
    ("http://127.0.0.1./", EgressRefused),
    ("http://[::1]/", EgressRefused),
    ("http://[::ffff:7f00:1]/", EgressRefused),
    ("http://[64:ff9b::7f00:1]/", EgressRefused),
    ("http://169.254.169.254/latest/meta-data/", EgressRefused),
    ("http://news.jiangwan.example:http/", UrlRefused),
    ("http://[::1/", UrlRefused),
    ("http://news.jiangwan.example/" + "x" * 3000, UrlRefused),
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_off_the_public_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(("url", "refused"), REFUSED)
def test_refused_urls(url: str, refused: type[FetchRefused]) -> None:
    with pytest.raises(refused):
        check_url(url, HOSTS)


@pytest.mark.parametrize(
    "url",
    [
        "http://news.jiangwan.example/",
        "https://news.jiangwan.example:443/x",
        "http://NEWS.jiangwan.example/x",
        "http://news.jiangwan.example./x",
        "http://old.jiangwan.example:8080/x",
    ],
)
def test_allowed_urls(url: str) -> None:
    check_url(url, HOSTS)


@given(st.integers(0, 2**32 - 1))
def test_any_spelling_of_an_address_is_that_address(number: int) -> None:
    plain = socket.inet_ntoa(number.to_bytes(4, "big"))
    assert {literal_address(spelling) for spelling in (plain, str(number), hex(number), f"{plain}.")} == {plain}


def test_host_map(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUILIU_HOST_MAP", "a.example=127.0.0.1:8123,B.example=127.0.0.2:80")
    assert host_map() == {"a.example": ("127.0.0.1", 8123), "b.example": ("127.0.0.2", 80)}
    monkeypatch.delenv("HUILIU_HOST_MAP")
    assert host_map() == {}


@implementer(IResolutionReceiver)
class Receiver:
    def __init__(self) -> None:
        self.found: list[Any] = []
        self.complete = False

    def resolutionBegan(self, resolution: object) -> None:
        return

    def addressResolved(self, address: object) -> None:
        self.found.append(address)

    def resolutionComplete(self) -> None:
        self.complete = True


class Reactor:
    def getThreadPool(self) -> None:
        return None

    def callLater(self, delay_s: float, call: object) -> "Reactor":
        return self

    def active(self) -> bool:
        return False


def resolve(monkeypatch: pytest.MonkeyPatch, answer: Sequence[str], host: str = "x.example") -> tuple[Receiver, str]:
    def answered(*_: object) -> Deferred[Sequence[str]]:
        return succeed(answer)

    monkeypatch.setattr(egress, "deferToThreadPool", answered)
    resolver = EgressResolver(Reactor(), 10)
    receiver = Receiver()
    resolver.resolveHostName(receiver, host, 443)
    return receiver, resolver.refused.get(host, "")


def test_resolver_hands_over_public_addresses_only(monkeypatch: pytest.MonkeyPatch) -> None:
    receiver, refused = resolve(monkeypatch, ["127.0.0.1", "1.2.4.8", "::1"])
    assert receiver.found == [IPv4Address("TCP", "1.2.4.8", 443)]
    assert receiver.complete
    assert not refused


def test_resolver_remembers_whom_it_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    receiver, refused = resolve(monkeypatch, ["10.0.0.1", "fd00::1"])
    assert receiver.found == []
    assert receiver.complete
    assert refused == "10.0.0.1, fd00::1"


def test_only_the_host_map_leads_to_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUILIU_HOST_MAP", "x.example=127.0.0.1:8123")
    receiver, _ = resolve(monkeypatch, ["1.2.4.8"])
    assert receiver.found == [IPv4Address("TCP", "127.0.0.1", 8123)]
    receiver, refused = resolve(monkeypatch, ["127.0.0.1"], "y.example")
    assert (receiver.found, refused) == ([], "127.0.0.1")


PAGE = "<p>清淤工程昨日完工。</p>".encode() * 20


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4))
def test_gzip_of_several_members(parts: list[bytes]) -> None:
    assert gunzip(b"".join(gzip.compress(part) for part in parts), 10_000) == b"".join(parts)


@given(st.integers(4, len(gzip.compress(PAGE)) - 1))
def test_gzip_cut_anywhere_is_noticed(length: int) -> None:
    with pytest.raises(BodyDamaged):
        gunzip(gzip.compress(PAGE, mtime=0)[:length], 10_000)


def test_gzip_limits() -> None:
    with pytest.raises(TooLarge):
        gunzip(gzip.compress(b"\0" * 10_001), 10_000)
    assert gunzip(gzip.compress(b"\0" * 10_000), 10_000) == b"\0" * 10_000
    assert gunzip(gzip.compress(PAGE) + b"junk", 10_000) == PAGE
    assert gunzip(PAGE, 10_000) == PAGE
    damaged = bytearray(gzip.compress(PAGE))
    damaged[-6] ^= 1
    with pytest.raises(zlib.error):
        gunzip(bytes(damaged), 10_000)
