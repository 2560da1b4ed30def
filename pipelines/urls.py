"""One article, one URL: what makes two addresses of a page the same."""

import hashlib
import re
from urllib.parse import quote, unquote_to_bytes, urlsplit

from pipelines.model import Source

#: The longest URL that is asked for; also Scrapy's limit.
MAX_LENGTH = 2083

#: Parameters that name how a reader came, not what is read.
TRACKING_NAMES = (
    "spm from isappinstalled share_token share_from share_id sharer_shareid sharer_sharetime shareuid sharetype "
    "fbclid gclid yclid msclkid dclid igshid mc_cid mc_eid wxshare_count wx_share_count wfr sukey "
    "scene clicktime enterid wechat_from weixin_from bsh_bid bd_vid tt_from tt_from_share timestamp_share "
    "nsukey spm_id_from vd_source srcid is_from_share from_app_share _wv _t_share"
)
TRACKING = frozenset(TRACKING_NAMES.split())
TRACKING_PREFIXES = ("utm_", "hmsr", "hmpl", "hmcu", "hmkw", "hmci", "share_source", "spm_")
DEFAULT_PORTS = {"http": "80", "https": "443"}

#: What may stand raw in a path and a query (RFC 3986); all else is escaped as utf-8.
PATH_SAFE = "!$&'()*+,;=:@/-._~"
QUERY_SAFE = PATH_SAFE + "?"
ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\.?|\[[0-9a-f:.]+\]")
UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def canonical_url(url: str, source: Source) -> str:
    """The one spelling of `url`. Raises ValueError for what is no http(s) address of bounded length."""
    if len(url) > MAX_LENGTH:
        raise ValueError(f"URL longer than {MAX_LENGTH} characters")
    url = re.sub(r"[\t\r\n]", "", url.strip())
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"no URL: {error}") from None
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        raise ValueError(f"not http or https: {scheme or 'no scheme'}")
    host = _host(parts.hostname or "")
    netloc = host if port is None or str(port) == DEFAULT_PORTS[scheme] else f"{host}:{port}"
    query = _query(parts.query, source.drop_params)
    canonical = f"{scheme}://{netloc}{_path(parts.path)}{'?' + query if query else ''}"
    if len(canonical) > MAX_LENGTH:
        raise ValueError(f"URL longer than {MAX_LENGTH} characters")
    return canonical


def url_digest(url: str) -> bytes:
    """sha256 of a canonical URL: the archive's key, since raw URLs are too long for an index."""
    return hashlib.sha256(url.encode()).digest()


def _host(host: str) -> str:
    """The host in lower case ASCII, without user name and trailing dot."""
    host = host.lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            raise ValueError("no host name in the URL") from None
    if ":" in host:
        host = f"[{host}]"
    if not HOST.fullmatch(host):
        raise ValueError("no host name in the URL")
    return host.removesuffix(".")


def _path(path: str) -> str:
    """Escapes normalised, `//` and dot segments resolved; "/" for none."""
    kept: list[str] = []
    segments = [_escape(segment, PATH_SAFE) for segment in path.replace("\\", "/").split("/")]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment not in ("", "."):
            kept.append(segment)
    slash = "/" if kept and segments[-1] in ("", ".", "..") else ""
    return "/" + "/".join(kept) + slash


def _query(query: str, dropped: tuple[str, ...]) -> str:
    """The parameters that name the page, in their order."""
    kept = [_escape(pair, QUERY_SAFE) for pair in query.split("&") if pair]
    return "&".join(pair for pair in kept if not _is_dropped(pair.partition("=")[0], dropped))


def _is_dropped(name: str, dropped: tuple[str, ...]) -> bool:
    return name.lower() in TRACKING or name.lower().startswith(TRACKING_PREFIXES) or name in dropped


def _escape(text: str, safe: str) -> str:
    """Escapes in upper case, needless ones undone, everything that is not allowed raw escaped as utf-8.

    >>> _escape("%e5%8d%97%7e京 ", "~")
    '%E5%8D%97~%E4%BA%AC%20'
    """
    pieces = ESCAPE.split(text)
    out = []
    for index, piece in enumerate(pieces):
        if index % 2:
            byte = unquote_to_bytes("%" + piece)
            out.append(byte.decode() if byte[0] in UNRESERVED else "%" + piece.upper())
        else:
            out.append(quote(piece, safe=safe, errors="replace"))
    return "".join(out)


def host_allowed(url: str, hosts: tuple[str, ...]) -> bool:
    """Say whether a canonical URL stays with an outlet: its host (with its port, if it names one) is in the list."""
    parts = urlsplit(url)
    return parts.scheme in DEFAULT_PORTS and parts.netloc in hosts
