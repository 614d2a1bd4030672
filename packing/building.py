"""The program made as one folder, pressed into one file, tried, measured and listed: `python -m packing`."""

from __future__ import annotations

import filecmp
import platform
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from packing import bill, trying
from packing.contents import ROOT, TERMINAL, WINDOW
from supervise import __version__

DIST, WORK = ROOT / "dist", ROOT / "build"
NAME = "supervise"

MOST_UNPACKED, MOST_PRESSED, MOST_RATIO = 190e6, 70e6, 1.3
"""What is promised, on Linux: bytes, bytes, and how much longer a start may take than from the sources."""

Say = Callable[[str], object]


class Line(NamedTuple):
    """One thing measured, its figure and its promise in words, and whether the promise was kept."""

    what: str
    figure: str
    promised: str
    kept: bool


def build(say: Say, *, dist: Path = DIST, work: Path = WORK) -> list[Line]:
    """Make everything, and give what was measured. `Refused` if the program made does not work."""
    say("Packing …")
    folder = _packed(dist, work)
    stem = f"{NAME}-{__version__}-{sys.platform}-{platform.machine().lower()}"
    _list_parts(say, folder, work / "build", dist / f"{stem}.cdx.json")
    say("Pressing it into one file …")
    pressed = press(folder, dist / stem)
    elsewhere, home = unpacked(pressed, work / "elsewhere"), work / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    _try(say, elsewhere, home)
    say("Measuring how it starts …")
    return [
        _size("unpacked", bytes_in(folder), MOST_UNPACKED),
        _size(f"pressed ({pressed.name})", pressed.stat().st_size, MOST_PRESSED),
        _start("--help", trying.race(elsewhere, home, "--help", 11)),
        _start("--self-check", trying.race(elsewhere, home, "--self-check", 3)),
    ]


def _list_parts(say: Say, folder: Path, work: Path, to: Path) -> None:
    """The bill of parts, beside the program and in it; and the picture for a shortcut."""
    made_of = bill.write(work, to)
    if more := bill.unasked(made_of):
        raise trying.Refused(
            f"Nothing asks for {', '.join(more)}: add to LEFT_OUT in packing/contents.py."
        )
    shutil.copy(to, folder / "parts.cdx.json")
    shutil.copy(work / "supervise.png", folder)
    say(f"{len(made_of)} parts are listed in {to.name}.")


def _try(say: Say, folder: Path, home: Path) -> None:
    """The program where there is no Python, said step by step."""
    say("Trying it where there is no Python …")
    say(trying.check_itself(folder, home).strip())
    trying.keeps_apart(folder, home)
    say("It keeps nothing in its own folder, and everything in supervise-data if that is there.")
    is_on_screen = trying.check_on_screen(folder, home)
    say(f"On an X screen: {'all is well' if is_on_screen else 'NOT TRIED, xvfb is not here'}.")


def _packed(dist: Path, work: Path) -> Path:
    where = ("--distpath", str(dist), "--workpath", str(work), "--log-level", "WARN")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", *where, "build.spec"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise trying.Refused(f"PyInstaller stopped:\n{done.stdout}{done.stderr}")
    _linked(*(trying.program(dist / NAME, name) for name in (TERMINAL, WINDOW)))
    return dist / NAME


def _linked(one: Path, other: Path) -> None:
    """Two files that are the same become one under two names: on Linux the two starts differ in nothing else."""
    if filecmp.cmp(one, other, shallow=False):
        other.unlink()
        other.symlink_to(one.name)


def press(folder: Path, stem: Path) -> Path:
    """The folder as one file: .tar.xz, or .zip for Windows, which opens that by itself."""
    if sys.platform == "win32":
        return Path(shutil.make_archive(str(stem), "zip", folder.parent, folder.name))
    path = stem.with_name(f"{stem.name}.tar.xz")
    with tarfile.open(
        path, "w:xz", preset=9
    ) as archive:  # two starts hold the same: 9 looks back far enough
        archive.add(folder, folder.name)
    return path


def unpacked(pressed: Path, to: Path) -> Path:
    """What somebody has who unpacks that file elsewhere."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    if pressed.suffix == ".zip":
        with zipfile.ZipFile(pressed) as archive:
            archive.extractall(to)
    else:
        with tarfile.open(pressed) as tape:
            tape.extractall(to, filter="data")
    return to / NAME


def bytes_in(folder: Path) -> int:
    """How many bytes its files hold; a further name of one of them counts as nothing."""
    return sum(
        each.stat().st_size for each in folder.rglob("*") if each.is_file() and not each.is_symlink()
    )


def _size(what: str, size: int, most: float) -> Line:
    return Line(what, f"{size / 1e6:.1f} MB", f"≤ {most / 1e6:.0f} MB", size <= most)


def _start(word: str, raced: trying.Raced) -> Line:
    figure = f"{min(raced.packed):.2f} s, {raced.ratio:.2f} × from source"
    return Line(f"starting with {word}", figure, f"≤ {MOST_RATIO} ×", raced.ratio <= MOST_RATIO)


def table(lines: list[Line]) -> str:
    """What was measured, for a terminal."""
    rows = [("what", "measured", "promised", "kept"), *_cells(lines)]
    widths = [max(len(row[at]) for row in rows) for at in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _cells(lines: list[Line]) -> Iterator[tuple[str, str, str, str]]:
    for line in lines:
        yield line.what, line.figure, line.promised, "yes" if line.kept else "NO"
