"""Echoes: the title given again as a paragraph, and a paragraph given twice, as farms do to fill a page."""

from itertools import islice

from pipelines.fingerprint import bare
from pipelines.judge.reading import Article, mark_body
from pipelines.model import Mark, MarkKind

#: Shorter paragraphs recur on purpose: headings, answers, the refrain of a speech.
_LONG = 40
#: An article of which one long paragraph in this many is given twice was doubled by a machine.
_SHARE = 3
#: How a text begins: so many characters, whatever stands between them.
_HEAD = 6


def find_echoes(article: Article, *, farmed: bool) -> list[Mark]:
    """Cut repeats where the page is a farm's copy or doubled as a whole.

    Elsewhere a repeat is only labelled: interviews quote themselves, result lists stand twice.
    """
    if not _begin_alike(article):
        return []
    seen: set[str] = set()
    repeats: list[Mark] = []
    long_lines = 0
    for line in article.lines:
        if line.is_caption or len(line.bare) < _LONG:
            continue
        long_lines += 1
        if line.bare in seen:
            kind = MarkKind.ECHO if farmed else MarkKind.SUSPECT
            repeats.append(mark_body(line, 0, len(line.raw), kind, "repeated_paragraph", 950))
        seen.add(line.bare)
    if len(repeats) > 2 and len(repeats) * _SHARE >= long_lines:
        repeats = [_cut(mark) for mark in repeats]
    return repeats + _find_titles(article, farmed=farmed)


def _begin_alike(article: Article) -> bool:
    """Whether two of its texts may be the same: a quick look that spares most articles a closer one."""
    heads = [head for line in article.lines if len(head := _head(line.folded)) == _HEAD]
    title = _head(article.folded_title)
    return len(set(heads)) < len(heads) or len(title) < _HEAD or title in heads


def _head(text: str) -> str:
    if (head := text[:_HEAD]).isalnum():
        return head
    return "".join(islice(filter(str.isalnum, text), _HEAD))


def _find_titles(article: Article, *, farmed: bool) -> list[Mark]:
    """The title as a paragraph. The first may be the page's only heading; on a farm's page all are echoes."""
    title = bare(article.title)
    again = [line for line in article.lines if title and line.bare == title and not line.is_caption]
    return [mark_body(line, 0, len(line.raw), MarkKind.ECHO, "title_again", 950) for line in again[not farmed :]]


def _cut(mark: Mark) -> Mark:
    return Mark(
        field=mark.field,
        paragraph=mark.paragraph,
        start=mark.start,
        end=mark.end,
        kind=MarkKind.ECHO,
        rule=mark.rule,
        score=mark.score,
    )
