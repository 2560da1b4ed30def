"""Echoes: the title given again as a paragraph, and a paragraph given twice, as farms do to fill a page."""

from pipelines.fingerprint import bare
from pipelines.judge.reading import Article, mark_body
from pipelines.model import Mark, MarkKind

#: Shorter paragraphs recur on purpose: headings, answers, the refrain of a speech.
_LONG = 40


def find_echoes(article: Article) -> list[Mark]:
    """Cut every later copy of a long paragraph, and the title wherever it stands below the first text again.

    The title as the very first line is kept on pages that have no other heading: that is how some layouts print it.
    """
    title = bare(article.title)
    seen: set[str] = set()
    marks = []
    for place, line in enumerate(article.lines):
        plain = bare(line.raw)
        rule = "repeated_paragraph" if len(plain) >= _LONG and plain in seen else ""
        if place and not rule and title and plain == title:
            rule = "title_again"
        if rule and not line.is_caption:
            marks.append(mark_body(line, 0, len(line.raw), MarkKind.ECHO, rule, 950))
        seen.add(plain)
    return marks
