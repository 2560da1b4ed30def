"""Why a capture gave no document. Each error names the outcome that the shell records for it."""

from typing import ClassVar

from pipelines.model import ReadOutcome


class PipelineError(Exception):
    """This capture cannot be read as an article."""

    outcome: ClassVar[ReadOutcome]

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or (type(self).__doc__ or "").strip())


class NotText(PipelineError):
    """The body is not text in any character set that Chinese pages use."""

    outcome = ReadOutcome.NOT_TEXT


class BlockPage(PipelineError):
    """A firewall or anti-crawler page stands where the article should be."""

    outcome = ReadOutcome.BLOCK_PAGE


class CaptchaPage(PipelineError):
    """The site asks for a verification code instead of showing the article."""

    outcome = ReadOutcome.CAPTCHA


class SoftNotFound(PipelineError):
    """The page answers 200 but says that the article does not exist."""

    outcome = ReadOutcome.SOFT_404


class NoBody(PipelineError):
    """No article text was found on the page."""

    outcome = ReadOutcome.NO_BODY


class TooComplex(PipelineError):
    """The page has more elements, or nests them deeper, than an article can need."""

    outcome = ReadOutcome.TOO_COMPLEX
