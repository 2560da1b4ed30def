"""One module a CMS family: articles in, the bytes of every page out. Markup follows the real systems, text is ours."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from demo.articles import Article, Outlet
from demo.layouts import founder_classic, founder_layout, people, s_hex, trs
from demo.response import Entry, Pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """How one CMS lays out an outlet."""

    render: Callable[[Outlet, Sequence[Entry]], Pages]
    article_path: Callable[[Article], str]
    #: The editor's line stands inside the article's container.
    tail_inside: bool = False


FAMILIES: Mapping[str, Family] = {
    "s_hex": Family(render=s_hex.render, article_path=s_hex.article_path),
    "founder_classic": Family(render=founder_classic.render, article_path=founder_classic.article_path),
    "founder_layout": Family(render=founder_layout.render, article_path=founder_layout.article_path),
    "trs": Family(render=trs.render, article_path=trs.article_path, tail_inside=True),
    "people": Family(render=people.render, article_path=people.article_path),
}
