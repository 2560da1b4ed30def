"""Which works an article names: how one article of the archive points at another."""

import re

from pipelines.fold import fold

#: Shorter titles (《公约》, 《通知》) name a kind of paper rather than an article.
MIN_LENGTH = 6
_TITLE = re.compile(r"《([^《》\n]{1,120})》")


def cite(clean_text: str) -> tuple[str, ...]:
    """Folded titles in 《》 of six characters or more, in order, without repeats.

    >>> cite("据《杭州有DeepSeek，南京有什么？》一文和《公约》。")
    ('杭州有deepseek,南京有什么?',)
    """
    titles = (fold(title).strip() for title in _TITLE.findall(clean_text))
    return tuple(dict.fromkeys(title for title in titles if len(title) >= MIN_LENGTH))
