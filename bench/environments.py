"""Environments of their own: for each peer, so that none is measured with another's libraries, and for fitting."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Another extractor: its distribution, the runner in `bench.peers`, and what it is called in the tables."""

    name: str
    version: str
    runner: str
    licence: str
    label: str
    beside: tuple[str, ...] = ()

    @property
    def requirements(self) -> list[str]:
        """What is installed: the peer, and what it does not ask for though it needs it."""
        return [f"{self.name}=={self.version}", *self.beside]

    @property
    def folder(self) -> Path:
        """Where its environment is."""
        return cache() / f"{self.name}-{self.version}"


#: Words for newspaper4k, also within news-please, which raises on Chinese pages without it.
JIEBA = "jieba==0.42.1"
#: Without it uv may go through hundreds of old releases of its parts.
RECENT_BOTO3 = "boto3>=1.40"
#: Permissive licences alone: none of the GPL is run here.
PEERS = (
    Peer(
        name="trafilatura",
        version="2.3.1",
        runner="trafilatura",
        licence="Apache-2.0",
        label="trafilatura, with metadata",
    ),
    Peer(
        name="readability-lxml",
        version="0.9",
        runner="readability_lxml",
        licence="Apache-2.0",
        label="readability-lxml",
    ),
    Peer(name="resiliparse", version="2.0.1", runner="resiliparse", licence="Apache-2.0", label="resiliparse"),
    Peer(
        name="newspaper4k",
        version="0.9.6",
        runner="newspaper4k",
        licence="MIT",
        label="newspaper4k, told the language",
        beside=(JIEBA,),
    ),
    Peer(
        name="news-please",
        version="1.6.16",
        runner="news_please",
        licence="Apache-2.0",
        label="news-please",
        beside=(JIEBA, RECENT_BOTO3),
    ),
)


def python_of(peer: Peer) -> Path | None:
    """Return the Python that has the peer, installing it the first time; None, said on stderr, when that fails."""
    try:
        return make_environment(peer.folder, *peer.requirements)
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", "") or str(error)
        wanted = " ".join(peer.requirements)
        print(f"left out: {wanted} cannot be installed: {said.strip().splitlines()[-1]}", file=sys.stderr)
        return None


def make_environment(folder: Path, *wanted: str) -> Path:
    """Return the Python of an environment that has what is wanted, made anew when something else is.

    Wanted are arguments of `uv pip install`; of a file among them the text counts, not the name.
    """
    python, ready = folder / "bin" / "python", folder / ".ready"
    asked = " ".join(Path(word).read_text("utf-8") if Path(word).is_file() else word for word in wanted)
    if not ready.exists() or ready.read_text("utf-8") != asked:
        uv = str(Path(sys.executable).with_name("uv"))
        _call(uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder))
        _call(uv, "pip", "install", "--quiet", "--python", str(python), *wanted)
        ready.write_text(asked, "utf-8")
    return python


def cache() -> Path:
    """Where environments are kept from one run to the next."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "huiliu" / "bench"


def _call(*command: str) -> None:
    subprocess.run(command, env=_environment(), check=True, capture_output=True, text=True)


def _environment() -> dict[str, str]:
    """Lend uv pip's certificates and index, as `make setup` does."""
    env = {"UV_SYSTEM_CERTS": "1", **os.environ}
    if "PIP_CERT" in env:
        env.setdefault("SSL_CERT_FILE", env["PIP_CERT"])
    ask = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    index = subprocess.run(ask, capture_output=True, text=True).stdout.strip() or env.get("PIP_INDEX_URL", "")
    if index:
        env.setdefault("UV_DEFAULT_INDEX", index)
    return env
