"""Faults of the program itself, written down without anyone's data.

A note holds kinds of errors, places in the program, and versions. It never holds the message of an error or
the value of anything: both can name a person. Paths are cut down to the program's own part, because what
stands before it can name whoever is signed in. Notes can be sent to whoever looks after the program.
"""

from __future__ import annotations

import faulthandler
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PureWindowsPath
from types import TracebackType

from supervise import __version__

NEWEST = 20
"""How many notes are kept; older ones go."""

_HARD = "hard-crash.txt"
_LIBRARIES = (
    "PySide6-Essentials",
    "sqlite-utils",
    "sqlcipher3",
    "reportlab",
    "openpyxl",
    "cryptography",
)
_DUMPED_LINE = re.compile(r'File "([^"]*)", line (\d+)')

NoteBug = Callable[[type[BaseException], TracebackType | None], Path | None]
"""Writes a fault down: its kind, and where it arose; gives the note, or None if none could be written."""


def catch_everything(logs: Path, now: Callable[[], datetime]) -> NoteBug:
    """Keep word of a crash of the interpreter itself, and give the function that notes any other fault.

    A crash that an earlier run left behind becomes a note now. Where the folder cannot be written to,
    nothing is kept, and the program starts all the same.
    """

    with suppress(OSError):
        logs.mkdir(parents=True, exist_ok=True, mode=0o700)
        _note_last_crash(logs, now())
        file = os.open(logs / _HARD, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        faulthandler.enable(file)  # which stays open until the program ends
    return noting(logs, now)


def noting(logs: Path, now: Callable[[], datetime]) -> NoteBug:
    """Only the function that notes a fault in that folder. It raises nothing of its own."""

    def note_bug(kind: type[BaseException], trace: TracebackType | None) -> Path | None:
        where = [f"  {line}" for line in _places(trace)] or ["  (nowhere that is known)"]
        return _write(logs, now(), kind.__name__, [_kind(kind), *where])

    return note_bug


def _note_last_crash(logs: Path, moment: datetime) -> None:
    """What faulthandler wrote when an earlier run crashed: places in the program, and nothing else."""
    left = logs / _HARD
    if not left.exists() or not left.stat().st_size:
        return
    lines = left.read_text("utf-8", errors="replace").splitlines()
    said = [
        _DUMPED_LINE.sub(lambda found: f"{short(found[1])}, line {found[2]}", line) for line in lines
    ]
    if _write(logs, moment, "hard-crash", said):
        left.write_bytes(b"")


def _kind(kind: type[BaseException]) -> str:
    return (
        kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    )


def _places(trace: TracebackType | None) -> Iterator[str]:
    """Where it went through, outermost first: file, line and function, and no source or values."""
    for frame, line in traceback.walk_tb(trace):
        code = frame.f_code
        yield f"{short(code.co_filename)}, line {line}, in {code.co_qualname}"


def short(path: str) -> str:
    """A path from the program's own folder, or from a library's; else the file's name alone."""
    parts = PureWindowsPath(path).parts  # which takes either kind of stroke
    for start in ("site-packages", "supervise"):
        if start in parts[:-1]:
            at = len(parts) - 1 - parts[::-1].index(start)
            return "/".join(parts[at + (start == "site-packages") :])
    return parts[-1] if parts else path


def _versions() -> Iterator[str]:
    import platform  # late, like the next: they take longer to import than all of this, and are seldom needed
    from importlib import metadata

    yield f"Supervise {__version__}, Python {platform.python_version()}"
    yield f"{platform.system()} {platform.release()} {platform.machine()}"
    for library in _LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            yield f"{library} {metadata.version(library)}"
    yield "packed as one program" if getattr(sys, "frozen", False) else "run from its files"


def _write(logs: Path, moment: datetime, kind: str, lines: list[str]) -> Path | None:
    said = [f"{moment:%Y-%m-%d %H:%M:%S}", *_versions(), "", *lines, ""]
    stem = f"{moment:%Y-%m-%dT%H-%M-%S} {re.sub(r'[^A-Za-z0-9_-]', '-', kind)}"
    try:
        logs.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = _free(logs, stem)
        path.write_text("\n".join(said), "utf-8")
        _thin(logs)
    except OSError:
        return None
    return path


def _free(logs: Path, stem: str) -> Path:
    names = (logs / (f"{stem}.txt" if n == 1 else f"{stem} {n}.txt") for n in range(1, 1000))
    return next(name for name in names if not name.exists())


def _thin(logs: Path) -> None:
    notes = sorted(logs.glob("????-??-??T??-??-?? *.txt"))
    for old in notes[:-NEWEST]:
        old.unlink(missing_ok=True)
