"""What the reading of trackers is measured against: openpyxl reading the same workbooks, and nothing else.

openpyxl is imported late, when it has been said how: where defusedxml is installed, as it is with the
program, openpyxl guards itself with it, which takes time; without it openpyxl is quicker.
"""

from __future__ import annotations

import gc
import os
from functools import partial
from pathlib import Path
from typing import Any

from bench.measuring import COLLECTOR_OFF, Taken, timed
from bench.memory import peak
from bench.tracker_files import LOG, NAMES, path_of

_GUARD = "OPENPYXL_DEFUSEDXML"

Read = list[list[tuple[Any, ...]]]


def read(path: Path) -> Read:
    """All rows of all sheets, as values."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    try:
        return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
    finally:
        book.close()


def read_all(folder: Path) -> Taken:
    """The workbooks in turn, and the log once more without the collector of cycles."""
    _load()
    seconds = {name: timed(partial(read, path_of(folder, name))) for name in NAMES}
    gc.disable()
    try:
        seconds[COLLECTOR_OFF] = timed(partial(read, path_of(folder, LOG)))
    finally:
        gc.enable()
    return Taken(seconds, peak())


def read_all_unguarded(folder: Path) -> Taken:
    """The same, in a process whose openpyxl does without defusedxml. RuntimeError if it has it already."""
    os.environ[_GUARD] = "False"
    _load()
    from openpyxl import DEFUSEDXML

    if DEFUSEDXML:
        raise RuntimeError("openpyxl was imported before it was told to do without defusedxml")
    return read_all(folder)


def _load() -> None:
    """What openpyxl works out when it is imported is not timed, nor is our like."""
    import openpyxl  # noqa: F401
