"""Scrapy's settings. Pace, deadline and concurrency are each source's own (`crawler.spiders.base`)."""

import os
from importlib.metadata import PackageNotFoundError, version

try:
    _VERSION = version("huiliu")
except PackageNotFoundError:  # run from a checkout that was not installed
    _VERSION = "0"
_CONTACT = os.environ.get("HUILIU_CONTACT", "").strip()

BOT_NAME = "huiliu"
SPIDER_MODULES = ["crawler.spiders"]
COMMANDS_MODULE = "crawler.scrapy_commands"
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
LOG_LEVEL = "INFO"
LOG_VERSIONS: list[str] = []
LOG_FORMATTER = "crawler.item_pipelines.Log"
STATS_DUMP = False

# Who asks, for what.
USER_AGENT = f"Huiliu/{_VERSION} (archive of regional news{'; ' + _CONTACT if _CONTACT else ''})"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
}
REFERRER_POLICY = "no-referrer"
COOKIES_ENABLED = False

# What comes from where. The frontier in Postgres is the only source of requests, and the only one to repeat them.
SCHEDULER = "crawler.frontier.Frontier"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
RETRY_ENABLED = False
HTTPCACHE_ENABLED = False
METAREFRESH_ENABLED = False  # pipelines.links finds them
ROBOTSTXT_OBEY = False  # Scrapy's own middleware; crawler.robots obeys instead
HTTPPROXY_ENABLED = False  # a proxy would connect where we have not checked
REDIRECT_MAX_TIMES = 5
# All parts, by name: what is not here is not even imported, and a crawl starts in two thirds of the time.
DOWNLOADER_MIDDLEWARES_BASE = {
    "crawler.egress.EgressCheck": 40,
    "crawler.robots.Robots": 100,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "crawler.bodies.Unpack": 590,
    "crawler.egress.Redirects": 600,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": 850,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}
ITEM_PIPELINES = {"crawler.item_pipelines.StoreCapture": 100, "crawler.item_pipelines.ReadCapture": 200}
CONCURRENT_ITEMS = 1  # a response is one item; Scrapy starts this many tasks for each

# What may be asked, and how much of it is taken.
TWISTED_DNS_RESOLVER = "crawler.egress.EgressResolver"
DNS_TIMEOUT = 10
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_DELAY_JITTER = 0  # a gap is never shorter than the source says
MEMUSAGE_LIMIT_MB = 1024

# No door into the process.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
EXTENSIONS_BASE = {
    "crawler.pace.Pace": 0,
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.logcount.LogCount": 0,
    "scrapy.extensions.memusage.MemoryUsage": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
}
