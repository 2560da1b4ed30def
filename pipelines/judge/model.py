"""The fitted statistics, parsed from the files in data/. The shell reads the bytes; nothing here touches a disk."""

from collections.abc import Mapping

from pipelines.model import JudgeModel


def load_model(blob: Mapping[str, bytes]) -> JudgeModel:
    """Parse the files of one fit, by name."""
    return JudgeModel(name=blob.get("NAME", b"empty").decode().strip())
