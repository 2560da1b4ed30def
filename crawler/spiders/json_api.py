"""Sites, mostly apps, whose lists are JSON answers."""

from crawler.spiders.base import OutletSpider


class JsonApi(OutletSpider):
    """Starts at the list answers; the source says where in them the items and the next page stand."""

    name = "json_api"
