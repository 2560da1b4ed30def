"""Runners as the bench sees them: processes that are started, waited for and timed in turn."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.environments import PEERS, python_of

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """An extractor as a runner: what it is called, the command without its manifest, and what that needs."""

    label: str
    command: tuple[str, ...]
    #: Settings that it needs beside those of this process.
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Run:
    """What one extractor did on some pages."""

    label: str
    #: What it made of each page, in the manifest's order; "error" where it made nothing.
    predictions: list[dict[str, Any]] = field(default_factory=list)
    #: Seconds of CPU, a round, a page.
    rounds: list[list[float]] = field(default_factory=list)


def huiliu(label: str, mode: str, sources: Path | None = None) -> Contender:
    """Return Huiliu, going as far as `mode` says; it knows the outlets of `sources` too."""
    settings = {"HUILIU_SOURCES": str(sources)} if sources else {}
    return Contender(label=label, command=(sys.executable, "-m", "bench.peers.huiliu", mode), settings=settings)


def peers() -> list[Contender]:
    """Return the peers that can be installed."""
    pythons = [(peer, python_of(peer)) for peer in PEERS]
    return [
        Contender(label=peer.label, command=(str(python), "-m", f"bench.peers.{peer.runner}"))
        for peer, python in pythons
        if python
    ]


def race(contenders: Sequence[Contender], manifest: Path, rounds: int) -> list[Run]:
    """Let each read all pages, a round in turn, so that a busy machine is busy for all.

    One whose runner dies, as one does that hangs in native code, is left out, and stderr says so.
    """
    with ExitStack() as stack:
        running = [(Run(label=one.label), stack.enter_context(_Runner(one, manifest))) for one in contenders]
        for number in range(rounds):
            print(f"round {number + 1} of {rounds}", file=sys.stderr)
            for run, runner in running:
                if not runner.lives:
                    continue
                answer = runner.answer()
                run.predictions = [found for found, _ in answer]
                run.rounds.append([seconds for _, seconds in answer])
        return [run for run, runner in running if runner.lives]


class _Runner:
    """The process of a contender, which ends with the block."""

    def __init__(self, contender: Contender, manifest: Path) -> None:
        self._contender = contender
        self._manifest = manifest

    def __enter__(self) -> "_Runner":
        self._errors = self._manifest.with_name(f"{self._contender.label}.log").open("w+")
        command = [*self._contender.command, str(self._manifest)]
        pipe = subprocess.PIPE
        settings = {**os.environ, **self._contender.settings}
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=settings, stdin=pipe, stdout=pipe, stderr=self._errors, text=True
        )
        self._read()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
        self._errors.close()

    @property
    def lives(self) -> bool:
        """Say whether the process still runs."""
        return self._process.poll() is None

    def answer(self) -> list[tuple[dict[str, Any], float]]:
        """Have all pages read once: what was made of each, in how many seconds. Nothing from a process that is dead."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write("\n")
            self._process.stdin.flush()
        return self._read()

    def _read(self) -> list[tuple[dict[str, Any], float]]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        found: list[tuple[dict[str, Any], float]] = json.loads(line or "[]")
        if not line:
            status = self._process.wait()
            self._errors.seek(0)
            said = "".join(self._errors.read().strip().splitlines()[-1:])
            print(f"left out: {self._contender.label} ended with status {status}: {said}", file=sys.stderr)
        return found
