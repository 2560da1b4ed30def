"""The articles of the demo outlets, read from content/*.toml, as they stand before (stage 1) or after (2) the edits."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"


class Kind(StrEnum):
    """What a block of an article is."""

    TEXT = "text"
    CAPTION = "caption"
    HEADING = "heading"


#: How a line of an article's text opens in the data files, and what the line then is.
LINE_KINDS = (("[图] ", Kind.CAPTION), ("## ", Kind.HEADING))


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line of an article: a paragraph, a caption under its picture, or a heading."""

    text: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An original article, free of any layout."""

    outlet: str
    key: str
    #: The number that its URL is made of.
    number: int
    title: str
    intro: str = ""
    subtitle: str = ""
    author: str = ""
    origin: str = ""
    editors: tuple[str, ...] = ()
    column: str = ""
    #: The page of a printed paper; 0 on the web.
    page: int = 0
    published_at: datetime
    #: When the page last changed: published_at, or the time of a silent edit.
    modified_at: datetime
    blocks: tuple[Block, ...]
    #: How many blocks the first of two pages holds; 0 for an article of one page.
    first_page: int = 0

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What a reader should find of the text: all blocks, captions and headings included."""
        return tuple(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An outlet of the demo: where it is served and how it looks."""

    name: str
    title: str
    host: str
    layout: str
    #: Section or page name -> its id in URLs, in the order of the site's menu.
    columns: Mapping[str, str]
    articles: tuple[Article, ...]

    def in_column(self, name: str) -> tuple[Article, ...]:
        """The articles of a section, newest first."""
        chosen = [article for article in self.articles if article.column == name]
        return tuple(sorted(chosen, key=lambda article: (article.published_at, article.number), reverse=True))

    @property
    def modified_at(self) -> datetime:
        """When a page that lists everything last changed."""
        return max(article.modified_at for article in self.articles)


def read_toml(name: str) -> dict[str, Any]:
    """A data file of content/."""
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text in a data file, one a line.

    >>> [block.kind.value for block in read_blocks("导语。\\n[图] 图为现场。\\n## 小标题\\n正文。")]
    ['text', 'caption', 'heading', 'text']
    """
    return tuple(_read_line(line.strip()) for line in text.splitlines() if line.strip())


def _read_line(line: str) -> Block:
    for opening, kind in LINE_KINDS:
        if line.startswith(opening):
            return Block(text=line.removeprefix(opening), kind=kind)
    return Block(text=line)


@cache
def read_outlet(name: str, stage: int) -> Outlet:
    """An outlet as it stands at a stage."""
    content = read_toml(f"{name}.toml")
    rows = [row for row in content["article"] if row.get("stage", 1) <= stage]
    articles = tuple(_read_article(name, row, stage) for row in rows)
    return Outlet(
        name=name,
        title=content["title"],
        host=content["host"],
        layout=content["layout"],
        columns=content["columns"],
        articles=articles,
    )


def _read_article(outlet: str, row: Mapping[str, Any], stage: int) -> Article:
    fields = {key: row[key] for key in ("intro", "subtitle", "author", "origin", "column", "page") if key in row}
    article = Article(
        outlet=outlet,
        key=row["key"],
        number=row["number"],
        title=row["title"],
        editors=tuple(row.get("editors", ())),
        published_at=row["published"],
        modified_at=row["published"],
        blocks=read_blocks(row["text"]),
        first_page=row.get("first_page", 0),
        **fields,
    )
    return edit_silently(article, row["edit"]) if stage > 1 and "edit" in row else article


def edit_silently(article: Article, edit: Mapping[str, Any]) -> Article:
    """The article after its editor, without a word, corrected a figure, dropped a paragraph or changed the title."""
    blocks = article.blocks
    for old, new in edit.get("replace", ()):
        if sum(old in block.text for block in blocks) != 1:
            raise ValueError(f"{article.outlet}/{article.key}: {old!r} does not stand in exactly one paragraph")
        blocks = tuple(replace(block, text=block.text.replace(old, new)) for block in blocks)
    for opening in edit.get("drop", ()):
        kept = tuple(block for block in blocks if not block.text.startswith(opening))
        if len(kept) != len(blocks) - 1:
            raise ValueError(f"{article.outlet}/{article.key}: {opening!r} does not open exactly one paragraph")
        blocks = kept
    return replace(article, title=edit.get("title", article.title), blocks=blocks, modified_at=edit["at"])
