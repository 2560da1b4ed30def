"""`scrapy crawl`, with an exit status that says how the crawl ended; Scrapy's own ends with 0 whatever happened."""

import argparse
import logging
from typing import Any

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from crawler.config import ConfigError, find_source

#: Loggers that list Scrapy's parts at INFO: the same fifty lines in every crawl.
VERBOSE = ("scrapy.addons", "scrapy.crawler", "scrapy.extensions.memusage", "scrapy.middleware")


class Command(ScrapyCrawl):
    """Crawl one outlet: 0 the run is done, 1 it failed or was stopped, 2 wrong use."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the arguments, crawl, and take the spider's exit status."""
        given: dict[str, Any] = opts.spargs
        if len(args) != 1 or set(given) != {"source", "run"} or not given["run"].isdigit():
            raise UsageError("usage: scrapy crawl SHAPE -a source=NAME -a run=RUN_ID", print_help=False)
        try:
            shape = find_source(given["source"]).crawl.shape
        except ConfigError as error:
            raise UsageError(str(error), print_help=False) from None
        if args[0] != shape:
            raise UsageError(f"source {given['source']} has the shape {shape}, not {args[0]}", print_help=False)
        for logger in VERBOSE:
            logging.getLogger(logger).setLevel(logging.WARNING)
        assert self.crawler_process is not None
        crawler = self._create_crawler(shape)
        self.crawler_process.crawl(crawler, **given)
        self.crawler_process.start()
        self.exitcode = getattr(crawler.spider, "exit_status", 1)
