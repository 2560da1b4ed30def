"""A source for pages of no known outlet: the family is told by the marks that each CMS leaves."""

import re

from pipelines.model import CrawlPolicy, Shape, Source
from pipelines.page import Page

#: (family, words of which one must be there, the mark itself), the surest first.
MARKS = (
    ("wechat", ("js_content",), re.compile(r"""id=["']?js_content["']?""")),
    ("founder_paper", ("founder-", "ozoom"), re.compile(r"<founder-(?:content|title)|id=[\"']?ozoom[\"'\s>]", re.I)),
    ("people", ("rwb_zw", "rm_txt_con"), re.compile(r"""id=["']?rwb_zw["'\s>]|class=["'][^"']*\brm_txt_con\b""")),
    ("founder_web", ("enpcontent", "div_page_roll1"), re.compile(r"<!--\s*enpcontent\s*-->|id=[\"']?div_page_roll1")),
    (
        "trs",
        ("TRS_Editor", "trs_editor_view", "TRS_UEDITOR"),
        re.compile(r"""class=["']?[^"'>]*\b(?:TRS_Editor|trs_editor_view|TRS_UEDITOR)\b"""),
    ),
    ("s_hex", ("originalId",), re.compile(r"""\bvar\s+\w+\s*=\s*\{[^<]{0,4000}["']originalId["']""")),
    ("system", ("news_more_page_div_id", "cms_block_span"), re.compile(r"news_more_page_div_id|\bcms_block_span\b")),
    (
        "dede",
        ("dede_pages", "viewbox", "/plus/count.php"),
        re.compile(r"""["'](?:dede_pages|viewbox)["']|/plus/count"""),
    ),
)
MARKED_CHARS = 400_000

#: As a source's family: told by the marks of each page.
ANY_FAMILY = "any"


def sniff_family(page: Page) -> str:
    """The CMS family whose marks a page bears, or ""."""
    if page.json is not None:
        return "s_hex"
    text = page.text[:MARKED_CHARS]
    for family, words, mark in MARKS:
        if any(word in text for word in words) and mark.search(text):
            return family
    return ""


#: Reads a page as well as can be without knowing its outlet. Without a time zone, a time keeps the offset that the page
#: prints (China's where it prints none): the day that a reader saw.
GENERIC_SOURCE = Source(
    name="",
    title="",
    region="",
    hosts=(),
    family=ANY_FAMILY,
    timezone="",
    crawl=CrawlPolicy(shape=Shape.SECTION_LIST, start_urls=()),
)
