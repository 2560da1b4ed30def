"""A source for pages of no known outlet: the family is told by the marks that each CMS leaves."""

import re

from pipelines.model import CrawlPolicy, Shape, Source
from pipelines.page import Page

#: Marks of a CMS in the markup, the surest first.
MARKS = (
    ("wechat", re.compile(r"""id=["']?js_content["']?""")),
    ("founder_paper", re.compile(r"<founder-content|id=[\"']?ozoom[\"']?|<founder-title", re.I)),
    ("people", re.compile(r"""id=["']?rwb_zw["']?|class=["'][^"']*\brm_txt_con\b""")),
    ("founder_web", re.compile(r"<!--\s*enpcontent\s*-->|id=[\"']?div_page_roll1", re.I)),
    ("trs", re.compile(r"""class=["']?[^"'>]*\b(?:TRS_Editor|trs_editor_view|TRS_UEDITOR)\b""")),
    ("s_hex", re.compile(r"""\bvar\s+\w+\s*=\s*\{[^<]{0,400}["']originalId["']""")),
    ("system", re.compile(r"""id=["']?news_more_page_div_id|class=["'][^"']*\bcms_block_span\b""")),
    ("dede", re.compile(r"""class=["'](?:dede_pages|viewbox)["']|/plus/count\.php""")),
)
MARKED_CHARS = 400_000

#: As a source's family: told by the marks of each page.
ANY_FAMILY = "any"


def sniff_family(page: Page) -> str:
    """The CMS family whose marks a page bears, or ""."""
    if page.json is not None:
        return "s_hex"
    text = page.text[:MARKED_CHARS]
    return next((family for family, mark in MARKS if mark.search(text)), "")


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
