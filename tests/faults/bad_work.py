"""Work for reading workers that goes wrong as no page can be made to; workers find it here by its name."""

import os
import time

from pipelines.errors import NoBody
from pipelines.judge_model import JudgeModel


def work(given: str, model: JudgeModel) -> str:
    """Do as told; anything else is a good page."""
    if given == "hang":
        time.sleep(3600)
    elif given == "spin":
        while True:
            pass
    elif given == "crash":
        os._exit(7)
    elif given == "abort":
        os.abort()
    elif given == "grow":
        held = [bytearray(16 << 20)]
        while True:
            held.append(bytearray(16 << 20))
    elif given == "no body":
        raise NoBody
    elif given == "bug":
        raise ZeroDivisionError("a bug of our own")
    return given


def fail_to_start() -> None:
    """Stand in for a model that cannot be loaded."""
    raise FileNotFoundError("trees.json")
