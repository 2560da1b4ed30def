"""A page of no known outlet, read by the same steps as a capture, as the flat record that `extract --jsonl` prints."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from pipelines.clean import clean_text, clean_title
from pipelines.extract import extract
from pipelines.extract.anywhere import GENERIC_SOURCE
from pipelines.judge_model import JudgeModel
from pipelines.language import detect_language
from pipelines.model import Capture, Role
from pipelines.page import read_page
from pipelines.process import judge_text

#: Stands for the time of the fetch, which a file does not tell; dates that count from it are left out then.
_ANY_TIME = datetime(2100, 1, 1, tzinfo=UTC)


def page_record(line: dict[str, Any], model: JudgeModel) -> dict[str, Any]:
    """Turn {"id", "url", "body": bytes} into id, title, body, date, author, source and how it was read."""
    capture = Capture(
        outlet="",
        url=line["url"],
        final_url=line["url"],
        fetched_at=_ANY_TIME,
        status=200,
        headers=(),
        body=line["body"],
        digest=hashlib.sha256(line["body"]).digest(),
        role=Role.ARTICLE,
    )
    page = read_page(capture)
    extraction = extract((page,), GENERIC_SOURCE)
    paragraphs, marks, spun_score = judge_text(extraction, model)
    title, text = clean_title(extraction.title, marks), clean_text(paragraphs, marks)
    return {
        "id": line["id"],
        "title": title,
        "body": text,
        "date": extraction.published_at.isoformat() if extraction.published_at else None,
        "author": extraction.byline or None,
        "source": extraction.origin or None,
        "kicker": extraction.kicker or None,
        "subtitle": extraction.subtitle or None,
        "column": extraction.column or None,
        "section": extraction.section or None,
        "editor": extraction.editor or None,
        "date_quality": extraction.date_quality.value,
        "language": detect_language(text or title) or None,
        "images": [{"url": one.image, "caption": one.raw} for one in paragraphs if one.image],
        "layout": extraction.layout,
        "charset": page.charset,
        "cuts": sum(mark.replacement is None and mark.end > mark.start for mark in marks),
        "spun_score": spun_score / 1000,
    }
