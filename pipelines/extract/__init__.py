"""From an article's pages to its raw fields and blocks: known layouts, then the CMS family, then by shape,
then what trafilatura finds.

The extractor cuts nothing that stands inside the article: editor tails and the like are the judge's.
"""

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
from pipelines.extract.anywhere import ANY_FAMILY, sniff_family
from pipelines.extract.finish import finish
from pipelines.extract.layouts import read_layout
from pipelines.extract.pictures import absolute_images
from pipelines.extract.reading import Reader, Reading
from pipelines.model import Extraction, Source
from pipelines.page import Page

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
            pictured = replace(reading, blocks=absolute_images(reading.blocks, pages[0]))
            return finish(pages, pictured, layout, source)
    raise NoBody


def _readings(pages: Sequence[Page], source: Source) -> Iterator[tuple[str, Reading | None]]:
    """What each way of reading gives, tried one after the other."""
    if pages[0].tree is not None:
        for layout in source.layouts:
            yield f"layout:{layout.name}", read_layout(pages, layout)
    name = sniff_family(pages[0]) if source.family == ANY_FAMILY else source.family
    family = FAMILIES.get(name)
    if family is not None:
        yield f"family:{name}", family(pages)
    if pages[0].tree is not None:
        yield "album", album.read(pages)
        yield "generic", generic.read(pages)
        yield "trafilatura", last_resort.read(pages)
