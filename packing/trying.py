"""The packed program tried where there is no Python, and its start measured beside that from the sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from packing.contents import ROOT, TERMINAL, WINDOW
from supervise.places import PORTABLE

FROM_SOURCE = (sys.executable, "-m", "supervise")


class Refused(Exception):
    """The packed program does not do what it should; says what it printed."""


def emptied(home: Path) -> dict[str, str]:
    """An environment with nothing in it but a home, and windows out of sight: no path, so no Python either."""
    needed = ("SYSTEMROOT", "TEMP", "TMP") if os.name == "nt" else ("TMPDIR",)
    kept = {name: os.environ[name] for name in needed if name in os.environ}
    return {**kept, "HOME": str(home), "PATH": "", "QT_QPA_PLATFORM": "offscreen"}


def program(folder: Path, name: str = TERMINAL) -> Path:
    """One of the two ways to start the program in its folder."""
    return folder / (f"{name}.exe" if os.name == "nt" else name)


def check_itself(folder: Path, home: Path) -> str:
    """What its self-check prints, started either way; Refused if it does not pass."""
    for name in (WINDOW, TERMINAL):
        said = _run([str(program(folder, name)), "--self-check"], emptied(home), home)
    return said


def check_on_screen(folder: Path, home: Path) -> bool:
    """The same with the window on an X screen of its own; False if there is no such screen here to be had."""
    if not shutil.which("xvfb-run"):
        return False
    about = {**emptied(home), "QT_QPA_PLATFORM": "xcb"}
    emptied_again = " ".join(f"'{name}={value}'" for name, value in about.items())
    start = f'exec env -i DISPLAY="$DISPLAY" XAUTHORITY="$XAUTHORITY" {emptied_again} "$0" --self-check'
    command = ["xvfb-run", "-a", "sh", "-c", start, str(program(folder))]
    _run(command, os.environ, home)
    return True


def keeps_apart(folder: Path, home: Path) -> None:
    """Refused if the program keeps anything in its own folder, or, with a folder made for it there, elsewhere."""
    command = [str(program(folder)), "practice"]
    before, beside = files_in(folder), folder / PORTABLE
    _run(command, emptied(home), home)
    if files_in(folder) != before or not files_in(home):
        raise Refused("The program keeps things in its own folder.")
    shutil.rmtree(home)
    home.mkdir()
    beside.mkdir()
    _run(command, emptied(home), home)
    if files_in(home) or not (beside / "practice" / "practice.store").exists():
        raise Refused(f"With {PORTABLE} beside it, the program keeps things elsewhere.")
    shutil.rmtree(beside)


def files_in(folder: Path) -> set[Path]:
    """Every file below a folder."""
    return {each for each in folder.rglob("*") if each.is_file()}


def _run(command: Sequence[str], about: Mapping[str, str], folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, env=dict(about), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refused(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


class Raced(NamedTuple):
    """Seconds of each round, packed and from the sources."""

    packed: list[float]
    source: list[float]

    @property
    def ratio(self) -> float:
        """How much longer the packed program takes, in the middle round."""
        return median(packed / source for packed, source in zip(self.packed, self.source, strict=True))


def race(folder: Path, home: Path, word: str, rounds: int) -> Raced:
    """Both started with that word, in turns. The first time, when files come from the disk, does not count."""
    raced = Raced([], [])
    for counts in [False] + [True] * rounds:
        packed = _seconds([str(program(folder)), word], home)
        source = _seconds([*FROM_SOURCE, word], home)
        if counts:
            raced.packed.append(packed)
            raced.source.append(source)
    return raced


def _seconds(command: Sequence[str], home: Path) -> float:
    begins = time.perf_counter()
    _run(command, emptied(home), ROOT)
    return time.perf_counter() - begins
