"""How things are measured: in turn, each in a process of its own, and compared round by round."""

from __future__ import annotations

import gc
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from bench.memory import peak as peak

ROOT = Path(__file__).resolve().parents[1]

OPENED, AGAIN = "just opened", "again"
"""The first question after opening a store, and the same one once more on the same connection."""

COLLECTOR_OFF = "collector off"
"""A question of a peer, asked once more without the collector of cycles."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a service is measured, and how often; and how many records are printed as one paper."""

    people: int
    sessions: int
    rounds: int
    records: int = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """What one turn took: seconds by what was timed, and the most memory of its process so far, in bytes."""

    seconds: dict[str, float]
    peak: int


Turn = Callable[[], Taken]


def timed(ask: Callable[[], object]) -> float:
    """How many seconds it takes to have an answer. Letting go of the answer is not timed."""
    gc.collect()
    start = perf_counter()
    answer = ask()
    taken = perf_counter() - start
    del answer
    return taken


def once(ask: Callable[[], object]) -> Taken:
    """Something that is done once."""
    seconds = timed(ask)
    return Taken({OPENED: seconds}, peak())


def twice(ask: Callable[[], object]) -> Taken:
    """A question to a store that has just been opened, and the same again."""
    seconds = {OPENED: timed(ask), AGAIN: timed(ask)}
    return Taken(seconds, peak())


@contextmanager
def process() -> Iterator[ProcessPoolExecutor]:
    """A fresh Python process, no fork of this one, that does what it is given."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as own:
        yield own


def alone(ask: Callable[..., Any], *about: Any) -> Any:
    """What a function gives in a process of its own."""
    with process() as own:
        return own.submit(ask, *about).result()


def alternate(contestants: Mapping[str, Turn], rounds: int) -> dict[str, list[Taken]]:
    """So many rounds in which each contestant has its turn, after one that only warms up.

    Each keeps a process of its own for all its turns, and nobody else is at work meanwhile.
    """
    with ExitStack() as stack:
        own = {name: stack.enter_context(process()) for name in contestants}
        found = [
            {name: own[name].submit(turn).result() for name, turn in contestants.items()}
            for _ in range(rounds + 1)
        ]
    return {name: [each[name] for each in found[1:]] for name in contestants}


def alternate_commands(commands: Sequence[Sequence[str]], runs: int) -> list[list[float]]:
    """Seconds of whole processes, from start to end: those of each command, run in turn after a warm-up."""
    found = [[seconds_of(command) for command in commands] for _ in range(runs + 1)]
    return [list(column) for column in zip(*found[1:], strict=True)]


def seconds_of(command: Sequence[str]) -> float:
    """How long a process runs, from start to end. RuntimeError, with what it said, if it fails."""
    start = perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, check=False)
    taken = perf_counter() - start
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return taken


def environment() -> dict[str, str]:
    """That of a process: without a screen, and with modules compiled once, as they are when a program has been
    started before."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "QT_QPA_PLATFORM": "offscreen"}


@dataclass(frozen=True, slots=True)
class Line:
    """Seconds of ours, round by round, beside those of somebody else in the same rounds, if there is one.

    `promised` is how it was put and its limit: on the median of the rounds' ratios, or, without anybody to
    compare with, on the median of our seconds.
    """

    what: str
    ours: Sequence[float]
    against: str = ""
    theirs: Sequence[float] = ()
    promised: tuple[str, float] | None = None

    @property
    def ratios(self) -> list[float]:
        """Ours to theirs in each round."""
        return (
            [one / other for one, other in zip(self.ours, self.theirs, strict=True)]
            if self.theirs
            else []
        )

    @property
    def kept(self) -> bool | None:
        """Whether the promise was kept; None if there was none."""
        if self.promised is None:
            return None
        return median(self.ratios or self.ours) <= self.promised[1]
