"""Two runs of the demo on one archive, watched at the site that it serves."""

import http.client
import json
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from tests.acceptance.program import Archive, Program, fresh_program

PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)")
PORT = re.compile(r"served on 127\.0\.0\.1:(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the demo."""

    said: str
    #: What the site was asked for, `host/path`, counted where it counts: at the server.
    asked: Counter[str]
    #: Rows of each table afterwards.
    held: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """Two runs on one archive."""

    program: Program
    archive: Archive
    first: Run
    second: Run

    def article(self, url: str) -> dict[str, Any]:
        """The article at a URL."""
        [row] = self.archive.rows("select * from archive.article where url = %s", url)
        return row


@contextmanager
def demo_twice() -> Iterator[Demo]:
    """Run the demo on an empty folder, and once more."""
    with fresh_program() as program:
        said, asked = run_watched(program)
        with closing(Archive(program.reader_url())) as archive:
            first = Run(said=said, asked=asked, held=count_rows(archive))
            said, asked = run_watched(program)
            second = Run(said=said, asked=asked, held=count_rows(archive))
            yield Demo(program=program, archive=archive, first=first, second=second)


def run_watched(program: Program) -> tuple[str, Counter[str]]:
    """Run the demo, and ask its site while it runs what it has been asked for."""
    lines: list[str] = []
    asked: Counter[str] = Counter()
    with program.start("demo") as process:
        assert process.stdout is not None
        reading = threading.Thread(target=lines.extend, args=(process.stdout,))
        reading.start()
        while process.poll() is None:
            if port := PORT.search("".join(lines)):
                asked = read_ledger(int(port[1])) or asked
            time.sleep(0.1)
        reading.join()
    assert process.returncode == 0, "".join(lines)
    return "".join(lines), asked


def read_ledger(port: int) -> Counter[str]:
    """What the demo site says that it was asked for; nothing once it has closed."""
    with suppress(OSError), closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as site:
        site.request("GET", "/__served", headers={"Connection": "close"})
        return Counter(json.loads(site.getresponse().read())["counts"])
    return Counter()


def count_rows(archive: Archive) -> dict[str, int]:
    """Rows of each view that holds what was read."""
    views = ("article", "capture", "paragraph", "mark", "revision", "copy", "citation")
    return {view: archive.rows(f"select count(*) as held from archive.{view}")[0]["held"] for view in views}


def squeezed(text: str) -> str:
    """Text without white space and without the sounds that a farm puts behind characters: they are no words of it."""
    return PINYIN.sub("", "".join(text.split()))


def lines_of(article: dict[str, Any]) -> list[str]:
    """The paragraphs of an article or revision, squeezed."""
    return [squeezed(line) for line in article["text"].split("\n")]
