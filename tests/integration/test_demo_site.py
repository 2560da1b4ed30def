"""The demo site over real HTTP: the layouts, character sets, faults, edits and ledger that crawls are tested by."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from demo import server
from demo.server import DemoServer, running
from demo.site import hosts, truth

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "demo" / "sources").glob("*.toml"))
SLOW_S = 0.3
GBK_OUTLETS = {"yunhe", "huaxia", "kuaibao"}
NO_ARTICLE = {fact.url for fact in truth().values() if not fact.paragraphs}
ARTICLES = [fact for fact in truth().values() if fact.paragraphs]


@pytest.fixture(scope="module")
def demo_site() -> Iterator[DemoServer]:
    with running(slow_s=SLOW_S) as site:
        yield site


@pytest.fixture
def stage_two(demo_site: DemoServer) -> Iterator[DemoServer]:
    demo_site.stage = 2
    yield demo_site
    demo_site.stage = 1


class Answer:
    """A response read to its end."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.body = response.status, response.read()
        self.headers = {name.lower(): value for name, value in response.getheaders()}


def ask(demo_site: DemoServer, url: str, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    connection = http.client.HTTPConnection(server.ADDRESS, demo_site.port, timeout=10)
    try:
        connection.request(method, path, headers={"Host": parts.netloc, "Connection": "close"} | (headers or {}))
        return Answer(connection.getresponse())
    finally:
        connection.close()


# Layouts and character sets


MARKERS = {
    "http://news.lanjiang.example/column/12/": ['<input type="hidden" id="pageNo" value="2">', "more_2"],
    "http://paper.yunhe.example/paperindex.htm": ['HTTP-EQUIV="REFRESH"', "URL=html/2026-03/04/node_1.htm"],
    "http://paper.yunhe.example/html/2026-03/period.xml": [
        "<period_date>2026-03-02</period_date>",
        "<front_page>node_1.htm",
    ],
    "http://paper.yunhe.example/html/2026-03/02/node_1.htm": [
        "<MAP name=PagePicMap>",
        "<A href=content_210301.htm>",
        'document.write(view("三百二十万亩秧田等一场透雨"))',
    ],
    "http://paper.yunhe.example/html/2026-03/02/content_210301.htm": [
        "<!--enpproperty <articleid>210301</articleid>",
        "/enpproperty-->",
        "<FOUNDER-CONTENT><!--enpcontent-->",
        "name=titlecheckbox",
        "charset=gb2312",
    ],
    "http://szb.binhai.example/pc/layout/202603/period.xml": ["<front_page>node_01.html</front_page>"],
    "http://szb.binhai.example/pc/layout/202603/02/node_01.html": [
        'id="layoutlist"',
        "../../../con/202603/02/content_1800101.html",
    ],
    "http://szb.binhai.example/pc/con/202603/02/content_1800101.html": [
        'id="PreTitle"',
        'id="SubTitle"',
        'class="attachment"',
        'id="ozoom"',
    ],
    "http://www.dongshan.example/ywxw/index.html": [
        'createPageHTML(2, 0, "index", "html")',
        "./202603/t20260302_48101",
    ],
    "http://www.dongshan.example/ywxw/202603/t20260303_48103.html": [
        'id="pubtime_baidu"',
        "<style",
        't20260303_48103_1.html"',
    ],
    "http://www.dongshan.example/ywxw/202603/t20260303_48103_1.html": ["【编辑：古月明】"],
    "http://www.huaxia.example/rss/politics.xml": ['encoding="gb2312"', "<pubDate>Mon, 02 Mar 2026 08:18:00 +0800"],
    "http://www.huaxia.example/n1/2026/0302/c1001-41200102.html": [
        "charset=GB2312",
        '<meta http-equiv="Content-Language" content="utf-8"/>',
        "c1001-41200102-2.html",
        "(责编：于是乎)",
        'id="rwb_zw"',
    ],
    "http://www.kuaibao.example/a/xinwen/list_3_1.html": ["list_3_2.html", 'class="pagelist"'],
    "http://www.kuaibao.example/a/xinwen/2026/0303/7006.html": ["当前位置:", "乐麦坊必赢方案", "/plus/count.php"],
    "http://www.kuaibao.example/a/xinwen/2026/0303/7013.html": ["&#128293;豪麦棋牌官网&#128293;"],
}


@pytest.mark.parametrize("url", MARKERS)
def test_layout_has_the_marks_of_its_family(demo_site: DemoServer, url: str) -> None:
    answer = ask(demo_site, url)
    assert answer.status == 200
    text = answer.body.decode("gb18030" if urlsplit(url).netloc.split(".")[1] in GBK_OUTLETS else "utf-8")
    for marker in MARKERS[url]:
        assert marker in text


def test_founder_pages_hold_characters_outside_gb2312(demo_site: DemoServer) -> None:
    pages = [ask(demo_site, fact.url).body for fact in ARTICLES if fact.outlet == "yunhe"]
    text = "".join(page.decode("gbk") for page in pages)
    assert all(character in text for character in "镕喆堃")
    with pytest.raises(UnicodeDecodeError):
        b"".join(pages).decode("gb2312")


def test_some_headers_lie_about_the_charset(demo_site: DemoServer) -> None:
    answers = [ask(demo_site, fact.url) for fact in ARTICLES if fact.outlet == "huaxia" and not fact.fault]
    lying = [answer for answer in answers if "utf-8" in answer.headers["content-type"]]
    assert 0 < len(lying) < len(answers)
    for answer in answers:
        assert "责编" in answer.body.decode("gb18030")
        with pytest.raises(UnicodeDecodeError):
            answer.body.decode("utf-8")


# HTTP


def test_validators_give_304(demo_site: DemoServer) -> None:
    url = ARTICLES[0].url
    first = ask(demo_site, url)
    for condition in (
        {"If-None-Match": first.headers["etag"]},
        {"If-None-Match": f'"other", W/{first.headers["etag"]}'},
        {"If-Modified-Since": first.headers["last-modified"]},
    ):
        again = ask(demo_site, url, headers=condition)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    for condition in (
        {"If-None-Match": '"other"', "If-Modified-Since": first.headers["last-modified"]},
        {"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        assert ask(demo_site, url, headers=condition).status == 200


def test_head_has_the_length_and_no_body(demo_site: DemoServer) -> None:
    page, head = (ask(demo_site, ARTICLES[0].url, method) for method in ("GET", "HEAD"))
    assert head.body == b""
    assert head.headers["content-length"] == str(len(page.body))


def test_one_connection_serves_many_requests(demo_site: DemoServer) -> None:
    connection = http.client.HTTPConnection(server.ADDRESS, demo_site.port, timeout=10)
    sockets = set()
    for path, status in (("/robots.txt", 200), ("/none", 404), ("/ywxw/", 200)):
        connection.request("GET", path, headers={"Host": "www.dongshan.example"})
        response = connection.getresponse()
        assert response.status == status
        response.read()
        sockets.add(connection.sock)
    connection.close()
    assert len(sockets) == 1
    assert None not in sockets


@pytest.mark.parametrize(
    ("url", "method", "headers", "status"),
    [
        ("http://nobody.example/", "GET", {}, 421),
        ("http://www.dongshan.example/", "POST", {}, 405),
        ("http://www.dongshan.example/", "GET", {"Transfer-Encoding": "chunked"}, 400),
        ("http://www.dongshan.example/", "GET", {"X": "x" * 70_000}, 400),
        ("http://www.dongshan.example:8080/", "GET", {}, 200),
    ],
)
def test_odd_requests(demo_site: DemoServer, url: str, method: str, headers: dict[str, str], status: int) -> None:
    assert ask(demo_site, url, method, headers).status == status


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET //[ HTTP/1.1\r\nHost: www.dongshan.example\r\n\r\n", 400),
        ("GET /\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost www.dongshan.example\r\n\r\n", 400),
        ("GET / HTTP/1.0\r\nHost: www.dongshan.example\r\n\r\n", 200),
        ("GET http://www.dongshan.example HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 200),
    ],
)
def test_raw_requests(demo_site: DemoServer, head: str, status: int) -> None:
    with socket.create_connection((server.ADDRESS, demo_site.port), timeout=10) as raw:
        raw.sendall(head.encode())
        assert raw.makefile("rb").read().startswith(f"HTTP/1.1 {status} ".encode())


def test_ledger_counts_what_was_asked(demo_site: DemoServer) -> None:
    url = "http://szb.binhai.example/pc/paperindex.htm"
    before = len(demo_site.served)
    ask(demo_site, url)
    ask(demo_site, url, "HEAD")
    ledger = json.loads(ask(demo_site, "http://szb.binhai.example/__served").body)
    assert ledger["counts"]["szb.binhai.example/pc/paperindex.htm"] >= 2
    assert not any("__served" in record["path"] for record in ledger["served"])
    mine = demo_site.served[before:]
    assert [(one.host, one.path, one.status) for one in mine] == [("szb.binhai.example", "/pc/paperindex.htm", 200)] * 2
    assert mine[0].at_s <= mine[1].at_s
    assert ledger["served"][-1]["at_s"] == mine[1].at_s


# Faults


def test_each_fault_answers_as_its_kind_does(demo_site: DemoServer) -> None:
    statuses = {"gone": 404, "offsite": 302, "private_address": 302, "redirect_loop": 302}
    seen = set()
    for url in sorted(NO_ARTICLE):
        fact = truth()[url]
        answer = ask(demo_site, url)
        assert answer.status == statuses.get(fact.fault, 200)
        seen.add(fact.fault)
        if fact.fault == "redirect_loop":
            there = answer.headers["location"]
            back = ask(demo_site, f"http://{urlsplit(url).netloc}{there}")
            assert back.headers["location"] == urlsplit(url).path
        for kind, words in {
            "soft_404": "您访问的页面不存在",
            "captcha": "请输入验证码",
            "block_page": "访问被阻断",
        }.items():
            assert (words in answer.body.decode()) == (kind == fact.fault)
        if fact.fault == "private_address":
            assert answer.headers["location"].startswith("http://169.254.169.254/")
    assert seen == {*statuses, "soft_404", "captcha", "block_page", "disallowed"}


def test_robots_of_each_host_forbids_a_linked_article(demo_site: DemoServer) -> None:
    for host in hosts():
        rules = ask(demo_site, f"http://{host}/robots.txt").body.decode()
        forbidden = re.findall(r"^Disallow: (\S+)$", rules, re.M)
        assert [truth()[f"http://{host}{path}"].fault for path in forbidden] == ["disallowed"]


def test_busy_article_comes_at_the_second_request(demo_site: DemoServer) -> None:
    busy = next(fact for fact in ARTICLES if fact.fault == "busy_once")
    answers = [ask(demo_site, busy.url) for _ in range(3)]
    assert [answer.status for answer in answers] == [503, 200, 200]
    assert "retry-after" in answers[0].headers


def test_slow_article_takes_its_time_and_holds_up_no_other(demo_site: DemoServer) -> None:
    slow = next(fact for fact in ARTICLES if fact.fault == "slow")
    began = time.monotonic()
    connection = http.client.HTTPConnection(server.ADDRESS, demo_site.port, timeout=10)
    connection.request("GET", urlsplit(slow.url).path, headers={"Host": urlsplit(slow.url).netloc})
    assert ask(demo_site, "http://www.huaxia.example/").status == 200
    assert time.monotonic() - began < SLOW_S
    assert connection.getresponse().read()
    connection.close()
    assert time.monotonic() - began >= SLOW_S


# Edits


def test_edited_articles_change_their_validators(stage_two: DemoServer) -> None:
    before, after = truth(1), truth(2)
    edited = [url for url in before if before[url] != after[url]]
    assert len(edited) >= 5
    for url in edited:
        answer = ask(stage_two, url)
        stage_two.stage = 1
        earlier = ask(stage_two, url)
        stage_two.stage = 2
        assert answer.body != earlier.body
        assert answer.headers["etag"] != earlier.headers["etag"]
        assert answer.headers["last-modified"] != earlier.headers["last-modified"]


def test_two_articles_are_new_and_listed(stage_two: DemoServer) -> None:
    new = [fact for url, fact in truth(2).items() if url not in truth(1)]
    assert {fact.outlet for fact in new} == {"lanjiang", "dongshan"}
    for fact in new:
        assert ask(stage_two, fact.url).status == 200
        stage_two.stage = 1
        assert ask(stage_two, fact.url).status == 404
        stage_two.stage = 2
    first = ask(stage_two, "http://www.dongshan.example/ywxw/index.html").body.decode()
    assert "t20260305_48109.html" in first


# The command


def test_command_prints_the_host_map_and_stops_on_sigterm() -> None:
    command = [sys.executable, "-m", "demo", "--stage", "2", "--slow-s", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as process:
        assert process.stdout is not None
        name, _, host_map = process.stdout.readline().strip().partition("=")
        ports = {entry.rpartition(":")[2] for entry in host_map.split(",")}
        connection = http.client.HTTPConnection(server.ADDRESS, int(ports.pop()), timeout=10)
        connection.request("GET", "/", headers={"Host": "www.dongshan.example"})
        assert connection.getresponse().read()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        connection.close()
    assert name == "HUILIU_HOST_MAP"
    assert not ports
