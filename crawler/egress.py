"""Where requests may go (promise P12): only to the source's hosts, and only to addresses on the public internet.

Two checks, because a name can change its address between them. `EgressCheck` looks at each URL before it is asked,
every redirect hop and robots.txt included; `EgressResolver` hands Twisted only addresses that are allowed, so that the
address connected to is the one that was checked. Redirects are followed here too: each hop passes both checks again.
"""

import ipaddress
import os
import socket
from collections.abc import Sequence
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import Response
from scrapy.resolver import HostResolution
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver
from twisted.internet.threads import deferToThreadPool
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.outcomes import EgressRefused, FetchRefused, OffsiteRefused, SchemeRefused, TooManyRedirects, UrlRefused
from pipelines.urls import MAX_LENGTH

#: The IPv6 addresses that are given out for the public internet, but for 6to4, which wraps any IPv4 address. The rest,
#: with NAT64 (64:ff9b::/96) among it, is not for us.
_UNICAST = ipaddress.ip_network("2000::/3")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def is_public(address: str) -> bool:
    """Say whether an IP address is on the public internet.

    >>> [is_public(one) for one in ("1.2.4.8", "100.100.100.200", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "224.0.0.1")]
    [True, False, False, False, False]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip not in _UNICAST or ip in _SIX_TO_FOUR:
            return False
    return ip.is_global and not ip.is_multicast


def literal_address(host: str) -> str | None:
    """Return the address that a host is when it is no name, in any spelling that a resolver would take.

    >>> [literal_address(one) for one in ("2130706433", "0x7f.1", "[::1]", "xh.xhby.net")]
    ['127.0.0.1', '127.0.0.1', '::1', None]
    """
    host = host.strip("[]").rstrip(".")
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeEncodeError):
        return None


def check_url(url: str, hosts: Sequence[str]) -> None:
    """Raise what refuses a URL: its length, scheme, address, host, port or user name."""
    if len(url) > MAX_LENGTH:
        raise UrlRefused(f"the URL has {len(url)} characters, more than {MAX_LENGTH}")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UrlRefused(str(error)) from None
    if parts.scheme not in _PORTS:
        raise SchemeRefused(f"{parts.scheme or 'no scheme'}: only http and https are asked")
    host = (parts.hostname or "").rstrip(".")
    address = literal_address(host)
    if address is not None and not is_public(address):
        raise EgressRefused(f"{host} is not on the public internet")
    if "@" in parts.netloc:
        raise EgressRefused("the URL names a user")
    if port is not None and port != _PORTS[parts.scheme]:
        if f"{host}:{port}" in hosts:
            return
        if host in hosts:
            raise EgressRefused(f"port {port} of {host} is not the source's")
    if host not in hosts:
        raise OffsiteRefused(f"{host or 'no host'} is not a host of this source")


class EgressCheck:
    """Downloader middleware: refuses a request before anything is asked of anybody for its sake."""

    def __init__(self, hosts: Sequence[str]) -> None:
        self.hosts = hosts

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the hosts of the crawl's source."""
        return cls(crawler.spider.source.hosts)  # type: ignore[union-attr]

    def process_request(self, request: Request) -> None:
        """Let through what may be asked."""
        check_url(request.url, self.hosts)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Tell a name that has no allowed address from one that has none at all."""
        from twisted.internet import reactor

        resolver = reactor.nameResolver
        host = (urlsplit(request.url).hostname or "").rstrip(".")
        if isinstance(exception, CannotResolveHostError) and isinstance(resolver, EgressResolver):
            refused = resolver.refused.get(host)
            if refused:
                raise EgressRefused(f"{host} has only addresses that are not on the public internet: {refused}")


class Redirects(RedirectMiddleware):
    """Follows redirects; each hop comes back through the frontier and through `EgressCheck`."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Return the next hop, or the response that ends the chain."""
        try:
            result = super().process_response(request, response)
        except FetchRefused:
            raise
        except IgnoreRequest:
            raise TooManyRedirects(f"more than {self.max_redirect_times} redirects") from None
        except ValueError as error:
            raise UrlRefused(f"redirect: {error}") from None
        if isinstance(result, Request):
            result.meta.pop("download_slot", None)  # or another host would be asked at this host's pace
        elif response.status in _REDIRECTS and "Location" in response.headers:
            raise SchemeRefused("a redirect to something that is not http or https")
        return result


def host_map() -> dict[str, tuple[str, int]]:
    """Read HUILIU_HOST_MAP (`host=127.0.0.1:8123,...`): hosts that a loopback site stands in for."""
    mapped = {}
    for entry in filter(None, os.environ.get("HUILIU_HOST_MAP", "").split(",")):
        host, _, address = entry.partition("=")
        ip, _, port = address.rpartition(":")
        mapped[host.strip().lower()] = (ip.strip(), int(port))
    return mapped


@implementer(IHostnameResolver)
class EgressResolver:
    """Resolves names to addresses that may be connected to; the only exceptions are the hosts of HUILIU_HOST_MAP."""

    def __init__(self, reactor: Any, timeout_s: float) -> None:
        self.reactor = reactor
        self.timeout_s = timeout_s
        self.mapped = host_map()
        #: Hosts whose addresses were all refused, with those addresses.
        self.refused: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Self:
        """Build it for the crawler process."""
        return cls(reactor, crawler.settings.getfloat("DNS_TIMEOUT"))

    def install_on_reactor(self) -> None:
        """Make it the one resolver of this process."""
        self.reactor.installNameResolver(self)

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: object = None,
        transportSemantics: str = "TCP",
    ) -> HostResolution:
        """Hand over the allowed addresses of a host; none means that it cannot be reached."""
        resolution = HostResolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        host = hostName.lower().rstrip(".")
        if host in self.mapped:
            ip, port = self.mapped[host]
            resolutionReceiver.addressResolved(IPv4Address("TCP", ip, port))
            resolutionReceiver.resolutionComplete()
            return resolution
        found = deferToThreadPool(self.reactor, self.reactor.getThreadPool(), _look_up, host, portNumber)
        found.addTimeout(self.timeout_s, self.reactor)
        found.addErrback(lambda _failure: [])
        found.addCallback(self._deliver, resolutionReceiver, host, portNumber)
        return resolution

    def _deliver(self, found: list[str], receiver: Any, host: str, port: int) -> None:
        allowed = [address for address in found if is_public(address)]
        self.refused.pop(host, None)
        if found and not allowed:
            self.refused[host] = ", ".join(found)
        for address in allowed:
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()


def _look_up(host: str, port: int) -> list[str]:
    """Ask the system's resolver, in a thread: it blocks."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
