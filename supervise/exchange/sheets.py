"""Getting the cells out of a folder of CSV files or a workbook, whatever state they are in.

A *sheet* is a name ("people"), the name to call it by in a message ("people.csv"), and its lines as
(line number, cells). Nothing is understood here; `reading` does that.
"""

from __future__ import annotations

import csv
import io
import stat
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from supervise.errors import BadFile, FileTrouble
from supervise.exchange.cells import unescaped

LARGEST_FILE = 150 * 2**20
"""The most bytes of one file that are read at once."""

LARGEST_UNPACKED = 400 * 2**20
"""The most bytes that a workbook may unpack to: more is no service's data but a mistake or an attack."""

LONGEST_CELL = 10_000_000
"""The most letters that one cell of a text file may have."""

_MOST_ROWS = 2**20  # of a worksheet, in Excel; a file may claim more
_AT_ONCE = 512
_LOCKED = b"\xd0\xcf\x11\xe0"


#: What comes out of openpyxl, the zip and the XML below it when a workbook is broken or a trap.
_UNREADABLE = (
    KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, EOFError, SyntaxError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip


class Formula(str):
    """A cell that holds a formula, or the error of one, instead of a value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A named table of cells, read as it is asked for."""

    name: str
    file: str
    lines: Iterator[tuple[int, Sequence[Any]]]


def is_folder(path: Path) -> bool:
    """Whether it is a folder. FileTrouble if there is nothing, or nothing that may be looked at."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except FileNotFoundError as error:
        raise FileTrouble(f"There is nothing at {path}.", "Check the name and try again.") from error
    except OSError as error:
        raise FileTrouble(f"{path} cannot be read ({error.strerror}).") from error


def entries_of(folder: Path) -> list[Path]:
    """What is in a folder, in order of name, without hidden files."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise FileTrouble(f"The folder {folder} cannot be read ({error.strerror}).") from error


def is_csv(path: Path) -> bool:
    """Whether a file's name says that it is a CSV file."""
    return path.suffix.lower() == ".csv"


def sheets_of_folder(folder: Path) -> Iterator[Sheet]:
    """The CSV files of a folder, in order of name."""
    for path in entries_of(folder):
        if is_csv(path):
            yield Sheet(path.stem.lower(), path.name, _csv_lines(path))


def _csv_lines(path: Path) -> Iterator[tuple[int, Sequence[Any]]]:
    raw = read_bytes(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadFile(
            f"{path.name}, line {line}: this is not UTF-8 text.",
            "Save it again as “CSV UTF-8” and try again. Nothing was stored.",
        ) from error
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadFile(
            f"{path.name}, line {line}: a quotation mark is missing or stands in the wrong place.",
            "Correct that line and try again. Nothing was stored.",
        ) from error


def read_bytes(path: Path) -> bytes:
    """A file's bytes, if it is a file of a size that can be read. BadFile or FileTrouble otherwise."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise BadFile(
                f"{path.name} is not a file.", "Choose an .xlsx file, or a folder of CSV files."
            )
        if (size := about.st_size) > LARGEST_FILE:
            raise BadFile(
                f"{path.name} is {size / 2**20:.0f} MB; at most {LARGEST_FILE // 2**20} MB are read at once.",
                "Split it into smaller files with the same first line. Nothing was stored.",
            )
        return path.read_bytes()
    except OSError as error:
        raise FileTrouble(f"{path.name} cannot be read ({error.strerror}).") from error


def sheets_of_workbook(path: Path) -> Iterator[Sheet]:
    """The worksheets of an .xlsx workbook. BadFile if it is none, locked, has macros, or is a trap."""
    raw = read_bytes(path)
    _look_before_unpacking(path, raw)
    from openpyxl import load_workbook

    try:
        with _quietly():
            book = load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
    except _UNREADABLE as error:
        raise unreadable(path) from error
    for sheet in book.worksheets:
        yield Sheet(
            sheet.title.strip().lower(),
            f"{path.name}, sheet {sheet.title}",
            _workbook_lines(sheet, path),
        )


def unreadable(path: Path) -> BadFile:
    """The refusal of a file that is a workbook, or says so, but does not read as one."""
    return BadFile(
        f"{path.name} cannot be read as a workbook.", "Open it, save it again as .xlsx, and try again."
    )


@contextmanager
def _quietly() -> Iterator[None]:
    """Without openpyxl's warnings, which are about looks; a date that is none is told by its cell."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _look_before_unpacking(path: Path, raw: bytes) -> None:
    if raw.startswith(_LOCKED):
        raise BadFile(
            f"{path.name} is protected with a password, or is an old .xls file.",
            "Save it as .xlsx without a password and try again.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = packed.infolist()
            refuse_to_unpack_too_much(path, packed)
    except zipfile.BadZipFile as error:
        raise BadFile(
            f"{path.name} is not a workbook.", "Choose an .xlsx file, or a folder of CSV files."
        ) from error
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise BadFile(
            f"{path.name} holds macros, which are never run here.",
            "Save it as a plain .xlsx workbook and try again.",
        )


def refuse_to_unpack_too_much(path: Path, packed: zipfile.ZipFile) -> None:
    """BadFile if a zip file's parts, by what it says of them itself, are larger than any workbook's."""
    if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
        raise BadFile(
            f"{path.name} would unpack to more than {LARGEST_UNPACKED // 2**20} MB.",
            "No service’s data is that large. Check where the file comes from.",
        )


def _workbook_lines(sheet: Any, path: Path) -> Iterator[tuple[int, Sequence[Any]]]:
    sheet.reset_dimensions()  # what a sheet says of its size may be wrong, or a million rows of nothing
    rows = sheet.iter_rows()
    for first in range(1, _MOST_ROWS, _AT_ONCE):
        try:
            with _quietly():
                some = list(islice(rows, _AT_ONCE))
        except _UNREADABLE as error:
            raise unreadable(path) from error
        for number, row in enumerate(some, first):
            yield number, [_workbook_value(cell) for cell in row]
        if len(some) < _AT_ONCE:
            return
    raise unreadable(path)


def _workbook_value(cell: Any) -> Any:
    if cell.data_type in ("f", "e"):
        return Formula(cell.value)
    return unescaped(cell.value) if isinstance(cell.value, str) else cell.value
