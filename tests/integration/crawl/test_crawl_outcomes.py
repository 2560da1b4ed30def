"""Each thing that can go wrong on the wire ends in its own outcome, and the good pages beside it are stored (P8)."""

import gzip
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.integration.crawl.loopback import HOST, Answer, Crawls, Site

GOOD = gzip.compress("<h1>清淤</h1><p>完工</p>".encode() * 50)


def redirect(to: str) -> Answer:
    return Answer(status=302, headers={"Location": to})


#: Path -> (what the site says, the outcome). All are fetched in one crawl, among good pages.
CASES: dict[str, tuple[Answer, str]] = {
    "gone404": (Answer(status=404, body="找不到"), "gone"),
    "gone410": (Answer(status=410), "gone"),
    "status302": (Answer(status=302), "failed_http"),
    "status500": (Answer(status=500), "failed_http"),
    "status304": (Answer(status=304), "failed_http"),
    "blocked403": (Answer(status=403, body="网站防火墙"), "blocked"),
    "redirected": (redirect("/content/good0.html"), "stored"),
    "moved": (redirect("http://www.jiangwan.example/content/elsewhere.html"), "stored"),
    "loop": (redirect("/content/loop.html"), "refused_redirects"),
    "offsite": (redirect("http://other.example/content/x.html"), "refused_offsite"),
    "tofile": (redirect("file:///etc/passwd"), "refused_scheme"),
    "todata": (redirect("data:text/html,x"), "refused_scheme"),
    "toport": (redirect(f"http://{HOST}:6379/"), "refused_egress"),
    "touser": (redirect(f"http://someone@{HOST}/content/good0.html"), "refused_egress"),
    "longurl": (redirect("/content/" + "x" * 3000 + ".html"), "refused_url"),
    "large": (Answer(body=b"x" * (17 << 20)), "refused_too_large"),
    "endless": (Answer(headers={"Content-Length": str(10**12)}, instead=b"x"), "refused_too_large"),
    "bomb": (Answer(body=gzip.compress(b"\0" * (40 << 20)), headers={"Content-Encoding": "gzip"}), "refused_too_large"),
    "cutshort": (Answer(headers={"Content-Length": "999"}, instead=b"<h1>"), "failed_body"),
    "cutgzip": (Answer(body=GOOD[:-20], headers={"Content-Encoding": "gzip"}), "failed_body"),
    "badbrotli": (Answer(body=b"not brotli at all", headers={"Content-Encoding": "br"}), "failed_body"),
    "gzipped": (Answer(body=GOOD, headers={"Content-Encoding": "gzip"}), "stored"),
    "plaingzip": (Answer(body="<h1>清淤</h1>", headers={"Content-Encoding": "gzip"}), "stored"),
    "gzipjunk": (Answer(body=GOOD + b"junk", headers={"Content-Encoding": "gzip"}), "stored"),
    "resolved": (redirect("http://localhost/content/x.html"), "refused_egress"),
    **{
        f"private{number}": (redirect(f"http://{host}/"), "refused_egress")
        for number, host in enumerate(
            [
                "127.0.0.1", "127.0.0.2", "localhost.", "[::1]", "0.0.0.0", "2130706433", "0x7f.1", "0177.0.0.1",
                "127.1", "169.254.169.254", "100.100.100.200", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]", "10.0.0.1",
            ]
        )
    },
}  # fmt: skip


@pytest.fixture
def canary() -> Iterator[list[str]]:
    """Listen where nothing may be asked; the list holds who came."""
    came: list[str] = []
    listener = socket.create_server(("127.0.0.2", 80))
    listener.settimeout(0.1)
    over = threading.Event()

    def listen() -> None:
        while not over.is_set():
            try:
                peer, address = listener.accept()
            except TimeoutError:
                continue
            came.append(str(address))
            peer.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield came
    over.set()
    thread.join()
    listener.close()


def test_each_fault_has_its_outcome(crawls: Crawls, site: Site, canary: list[str]) -> None:
    good = site.add_articles(5)
    for name, (answer, _) in CASES.items():
        site.pages[f"/content/{name}.html"] = answer
    site.pages["/content/good0.html"] = site.pages["/content/elsewhere.html"] = Answer(body="<h1>清淤</h1>")
    site.list_on("/", good + [f"/content/{name}.html" for name in CASES])
    assert crawls.crawl()[0] == 0
    wanted = {f"/content/{name}.html": outcome for name, (_, outcome) in CASES.items()}
    wanted |= dict.fromkeys(good, "stored")
    found = crawls.outcomes()
    assert {path: found.get(path) for path in wanted} == wanted
    assert not site.paths("other.example")
    assert not canary
    assert crawls.rows("select count(*) as n from frontier where state = 'leased'") == [{"n": 0}]


@contextmanager
def tls_server(folder: Path, host: str) -> Iterator[tuple[int, list[bytes]]]:
    """Serve HTTPS with a certificate that nobody has signed; the list holds what was asked over it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "tls.pem").write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "tls.pem")
    asked: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    over = threading.Event()

    def listen() -> None:
        while not over.is_set():
            with suppress(OSError):
                peer, _ = listener.accept()
                with peer, context.wrap_socket(peer, server_side=True) as secure:
                    asked.append(secure.recv(1000))

    thread = threading.Thread(target=listen)
    thread.start()
    yield listener.getsockname()[1], asked
    over.set()
    thread.join()
    listener.close()


def test_certificate_that_nobody_signed(crawls: Crawls, site: Site, tmp_path: Path) -> None:
    [good, moved] = site.add_articles(2)
    site.pages[moved] = redirect("https://www.jiangwan.example/content/x.html")
    with tls_server(tmp_path, "www.jiangwan.example") as (port, asked):
        mapped = f"{HOST}=127.0.0.1:{site.port},www.jiangwan.example=127.0.0.1:{port}"
        crawls.finish(crawls.start(crawls.queue(), HUILIU_HOST_MAP=mapped))
    assert crawls.outcomes()[good] == "stored"
    assert crawls.outcomes()[moved] == "failed_connection"
    assert not any(asked)
