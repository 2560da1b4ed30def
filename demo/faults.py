"""What goes wrong on real sites, served on purpose: each fault is linked from a list, so that a crawl meets it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from demo.articles import read_toml
from demo.response import Entry, Pages, Response

#: Kinds of faults that are a page of their own, with its text.
PAGES: Mapping[str, str] = {
    # The CMS answers 200 for an article that was taken down.
    "soft_404": "<html><head><meta charset='utf-8'><title>页面不存在</title></head><body><div class='error'>"
    "<h2>抱歉，您访问的页面不存在</h2><p>该页面可能已被删除、更名或暂时不可用。</p>"
    "<p><a href='/'>返回首页</a></p></div></body></html>",
    # A web application firewall answers in the site's place.
    "block_page": "<!DOCTYPE html><html><head><meta charset='utf-8'><title>405</title></head><body>"
    "<div class='main'><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p>"
    "<p>您的请求ID是：<strong>7b2a01f017725600001234567e</strong></p></div></body></html>",
    "captcha": "<!DOCTYPE html><html><head><meta charset='utf-8'><title>安全验证</title></head><body>"
    "<form method='post' action='/verify'><p>您的访问过于频繁，请输入验证码后继续访问</p>"
    "<img src='/verify/code.png' alt='验证码'><input name='code'><button>提交</button></form></body></html>",
    # Must never be fetched; it says so if it was.
    "disallowed": "<html><head><meta charset='utf-8'><title>内部页面</title></head><body><h1>内部页面</h1>"
    "<p>本页已在robots.txt中声明不允许抓取。看到这段文字，说明访问者没有遵守约定。</p></body></html>",
}
#: Kinds that are a redirect out of the outlet, with their target.
REDIRECTS: Mapping[str, str] = {
    "offsite": "http://ad.elsewhere.example/landing/2026.html",
    # The metadata service of a cloud: what a crawler on a cloud machine must never be led to.
    "private_address": "http://169.254.169.254/latest/meta-data/",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A linked address that is no article."""

    outlet: str
    #: soft_404, block_page, captcha, disallowed, offsite, private_address, redirect_loop or gone.
    kind: str
    path: str
    title: str
    published_at: datetime

    @property
    def entry(self) -> Entry:
        """Its line in the list."""
        return Entry(title=self.title, href=self.path, published_at=self.published_at)


@cache
def read_faults() -> tuple[Fault, ...]:
    """All faults of all outlets."""
    return tuple(
        Fault(
            outlet=row["outlet"], kind=row["kind"], path=row["path"], title=row["title"], published_at=row["published"]
        )
        for row in read_toml("faults.toml")["fault"]
    )


@cache
def read_delays() -> Mapping[str, str]:
    """Articles that answer late or not at once: `outlet/key` -> slow or busy_once."""
    delays: dict[str, str] = read_toml("faults.toml")["delay"]
    return delays


@cache
def read_taken_down() -> frozenset[str]:
    """Articles that are no more at stage 2, as `outlet/key`."""
    return frozenset(read_toml("faults.toml")["taken_down"])


def faults_of(outlet: str) -> tuple[Fault, ...]:
    """The faults that an outlet links to."""
    return tuple(fault for fault in read_faults() if fault.outlet == outlet)


def fault_pages(outlet: str) -> Pages:
    """The answers at an outlet's faults, and its robots.txt; a fault of kind `gone` has no page."""
    pages: Pages = {}
    for fault in faults_of(outlet):
        if fault.kind in PAGES:
            pages[fault.path] = Response(body=PAGES[fault.kind].encode())
        elif fault.kind in REDIRECTS:
            pages[fault.path] = Response(status=302, location=REDIRECTS[fault.kind])
        elif fault.kind == "redirect_loop":
            again = f"{fault.path}?from=mobile"
            pages[fault.path] = Response(status=302, location=again)
            pages[again] = Response(status=302, location=fault.path)
    rules = "".join(f"Disallow: {fault.path}\n" for fault in faults_of(outlet) if fault.kind == "disallowed")
    pages["/robots.txt"] = Response(content_type="text/plain", body=f"User-agent: *\n{rules}".encode())
    return pages


def delay(response: Response, kind: str) -> Response:
    """The response, answered late (`slow`) or refused once (`busy_once`)."""
    return replace(response, slow=kind == "slow", busy_once=kind == "busy_once")
