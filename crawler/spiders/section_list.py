"""Sites whose section pages list their newest articles."""

from crawler.spiders.base import OutletSpider


class SectionList(OutletSpider):
    """Starts at the section pages, follows their pagers and the articles that they list."""

    name = "section_list"
