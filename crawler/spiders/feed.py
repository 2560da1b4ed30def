"""Sites with an RSS or Atom feed."""

from typing import ClassVar

from crawler.spiders.base import OutletSpider
from pipelines.model import Role


class Feed(OutletSpider):
    """Starts at the feeds and follows their entries."""

    name = "feed"
    seed_role: ClassVar[Role] = Role.FEED
