"""Crawls of articles with several addresses, of articles that are edited, and of articles that are taken down."""

from typing import Any

import pytest

from tests.integration.crawl.loopback import ARTICLE, HOST, Answer, Crawls, Site
from tests.integration.crawl.test_crawl import balanced

HOSTS = ("www.jiangwan.example", "m.jiangwan.example", HOST)
DATED = "/2026/03/02/content_12345.html"
WWW, MOBILE = (f"http://{host}{DATED}" for host in HOSTS[:2])
MORE = '<div class="page"><a href="content_12345_2.html">下一页</a></div></body>'


def crawl(crawls: Crawls, *, again: bool = True) -> None:
    """Crawl once, what was fetched before being due again or not."""
    due = "update frontier set due_at = now() where role = 'article' and state = 'done' and %s returning 1"
    crawls.rows(due, again)
    mapped = ",".join(f"{host}=127.0.0.1:{crawls.site.port}" for host in HOSTS)
    status, said = crawls.finish(crawls.start(crawls.queue(), HUILIU_HOST_MAP=mapped))
    assert status == 0, said


@pytest.fixture
def twins(crawls: Crawls, site: Site) -> Crawls:
    """A source that is asked at two hosts, with one article of two pages on both."""
    hosts = ", ".join(f'"{host}"' for host in HOSTS)
    crawls.write_source(hosts=f"[{hosts}]", article_url=r"['/content_\d+\.html$', '/s/\d+$']", recheck_hours="[1]")
    site.pages[DATED] = Answer(body=ARTICLE.format(title="江湾河").replace("</body>", MORE))
    site.pages[DATED.replace(".html", "_2.html")] = Answer(body=ARTICLE.format(title="江湾湖"))
    return crawls


def articles(crawls: Crawls) -> list[dict[str, Any]]:
    return crawls.rows("select url, captures, gone_how, gone_at, text from archive.article order by url")


def test_an_article_of_two_pages_on_two_hosts_is_fetched_once_and_is_one(twins: Crawls, site: Site) -> None:
    site.list_on("/", [WWW, MOBILE, WWW.replace("http:", "https:")])
    crawl(twins)
    [article] = articles(twins)
    assert (article["url"], article["captures"]) == (WWW, 1)
    assert "江湾湖" in article["text"]
    assert site.paths(HOSTS[1]) == []
    assert balanced(twins.equation())
    site.list_on("/", [MOBILE])
    crawl(twins)
    assert DATED not in site.paths(HOSTS[1])


def test_all_captures_of_an_article_that_was_fetched_under_two_addresses_are_its_own(twins: Crawls, site: Site) -> None:
    site.list_on("/", [WWW])
    crawl(twins)
    twins.rows("update frontier set key_digest = null returning 1")  # as in an archive of before there were keys
    site.list_on("/", [MOBILE])
    site.pages[DATED] = Answer(body=ARTICLE.format(title="江湾河"))  # one page by now
    crawl(twins, again=False)
    [article] = articles(twins)
    assert (article["url"], article["captures"]) == (WWW, 2)
    captures = twins.rows("select url from archive.capture where article_id is not null order by capture_id")
    assert [capture["url"] for capture in captures] == [WWW, MOBILE]
    removed = twins.rows("select previous_text from archive.revision_paragraph where change = 'removed'")
    assert any("江湾湖" in row["previous_text"] for row in removed)
    assert balanced(twins.equation())


def test_a_redirect_leads_to_the_article_that_it_ends_at(twins: Crawls, site: Site) -> None:
    site.pages["/s/7"] = Answer(status=302, headers={"Location": WWW})
    site.pages["/s/8"] = Answer(status=302, headers={"Location": f"http://{HOST}/"})
    site.list_on("/", ["/s/7", "/s/8"])
    crawl(twins)
    assert [article["url"] for article in articles(twins)] == [f"http://{HOST}/s/7"]
    site.list_on("/", [MOBILE])
    crawl(twins)
    assert site.paths(HOSTS[1]) == []
    assert balanced(twins.equation())


def test_a_silent_edit_is_a_revision_and_what_stands_around_it_is_none(twins: Crawls, site: Site) -> None:
    page = ARTICLE.format(title="江湾河")
    around = (
        '<div class="counter">阅读 {0}</div><ul class="related"><li><a href="/x{0}.html">相关{0}</a></li></ul></body>'
    )
    site.list_on("/", [WWW])
    for number, body in enumerate([page, page, page.replace("两万余方", "三万余方")]):
        site.pages[DATED] = Answer(body=body.replace("</body>", around.format(number)))
        crawl(twins)
        twins.rows("update frontier set checks = 0 returning 1")
    assert articles(twins)[0]["captures"] == 3
    assert twins.rows("select revision from archive.revision order by 1") == [{"revision": 1}, {"revision": 2}]
    [change] = twins.rows("select change, paragraph, text, previous_text from archive.revision_paragraph")
    assert (change["change"], change["paragraph"]) == ("changed", 1)
    assert "三万余方" in change["text"]
    assert "两万余方" in change["previous_text"]


@pytest.mark.parametrize(
    ("answer", "how"),
    [
        (Answer(status=404, body="没有"), "404"),
        (Answer(status=410), "410"),
        (Answer(body="<title>提示信息</title><h1>您访问的文章已被删除</h1><p>该文章已被作者删除。</p>"), "notice"),
    ],
)
def test_an_article_that_is_taken_down_is_seen_to_be_gone(twins: Crawls, site: Site, answer: Answer, how: str) -> None:
    site.list_on("/", [WWW])
    crawl(twins)
    site.pages[DATED] = answer
    crawl(twins)
    [article] = articles(twins)
    assert article["gone_how"] == how
    assert "江湾湖" in article["text"]
    [gone] = twins.rows("select url, gone_at, gone_how from archive.gone")
    assert gone == {"url": WWW, "gone_at": article["gone_at"], "gone_how": how}
    [look] = twins.rows("select max(fetched_at) as at from fetch_attempt where url like '%%/content_12345.html'")
    assert look["at"] == article["gone_at"]
    assert balanced(twins.equation())
