"""From an article's pages to its raw fields and blocks: known layouts, then the CMS family, then by shape,
then what trafilatura finds.

The extractor cuts nothing that stands inside the article: editor tails and the like are the judge's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipelines.errors import NoBody
from pipelines.extract import (
    album,
    bounded,
    dede,
    founder_paper,
    founder_web,
    generic,
    jcms,
    jiaohuidian,
    last_resort,
    nfapp,
    people,
    s_hex,
    system,
    thepaper,
    trs,
    wechat,
)
from pipelines.extract.anywhere import sniff_family
from pipelines.extract.blocks import count_chars
from pipelines.extract.finish import finish
from pipelines.extract.layouts import read_layout
from pipelines.extract.pictures import absolute_images
from pipelines.extract.reading import Reader, Reading
from pipelines.model import BlockKind, Extraction, Source
from pipelines.page import Page

#: The end of a sentence, and characters of which a text without any is an article all the same (a poem, a list).
SENTENCE = re.compile(r"[。！？!?…；;]|\.(?:\s|$)")
MIN_CHARS = 200

FAMILIES: dict[str, Reader] = {
    "s_hex": s_hex.read,
    "jiaohuidian": jiaohuidian.read,
    "nfapp": nfapp.read,
    "founder_paper": founder_paper.read,
    "founder_web": founder_web.read,
    "trs": trs.read,
    "jcms": jcms.read,
    "thepaper": thepaper.read,
    "people": people.read,
    "dede": dede.read,
    "wechat": wechat.read,
    "system": system.read,
    "bounded": bounded.read,
}


def extract(pages: Sequence[Page], source: Source) -> Extraction:
    """Read an article. `pages[0]` is the article, the others its further pages or its JSON twin. Raises NoBody."""
    if not pages:
        raise NoBody
    for layout, reading in _readings(pages, source):
        if reading is not None and reading.blocks:
            blocks = absolute_images(reading.blocks, pages[0])
            pictured = reading if blocks is reading.blocks else replace(reading, blocks=blocks)
            return finish(pages, pictured, layout, source)
    raise NoBody


def _readings(pages: Sequence[Page], source: Source) -> Iterator[tuple[str, Reading | None]]:
    """What each way of reading gives, tried one after the other."""
    if pages[0].tree is not None:
        for layout in source.layouts:
            yield f"layout:{layout.name}", read_layout(pages, layout)
    name, found = _read_family(pages, source.family)
    if found is not None and not _is_slight(found):
        yield f"family:{name}", found
    if pages[0].tree is not None:
        yield "album", album.read(pages)
        yield "generic", generic.read(pages)
    yield f"family:{name}", found
    if pages[0].tree is not None:
        yield "trafilatura", last_resort.read(pages)


def _read_family(pages: Sequence[Page], name: str) -> tuple[str, Reading | None]:
    """What an outlet's family reads; a page that is not of it, an older one say, by the family whose marks it bears."""
    found = FAMILIES[name](pages) if name in FAMILIES else None
    if found is not None or not name:
        return name, found
    marked = sniff_family(pages[0])
    return marked, FAMILIES[marked](pages) if marked in FAMILIES and marked != name else None


def _is_slight(reading: Reading) -> bool:
    """Whether a text has no sentence and no caption: a footer or a notice typed into the CMS's editor reads so."""
    if any(block.kind == BlockKind.CAPTION or SENTENCE.search(block.text) for block in reading.blocks):
        return False
    return count_chars(reading.blocks) < MIN_CHARS
