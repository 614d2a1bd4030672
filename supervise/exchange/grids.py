"""Any spreadsheet as plain grids of cells, whatever program made it and however old it is.

What a file is, its first bytes say, never its name: names are often wrong. Workbooks of Excel (.xlsx,
.xlsm, .xls) are read by calamine, which is quick and knows their numbers and dates, once `insides` and
`old_books` have made sure that they are whole; OpenDocument spreadsheets by `open_books`; text by `texts`.
Nothing in a file is ever run: macros, links and queries are left where they are.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from supervise.errors import BadFile
from supervise.exchange import insides, old_books, open_books
from supervise.exchange.batch import Place
from supervise.exchange.grid_cells import Cell, filled
from supervise.exchange.insides import Inside, Span, letters_of
from supervise.exchange.other_files import (
    is_locked,
    is_other_document,
    is_packed,
    is_too_old,
    refuse_beginning,
    refuse_parts,
)
from supervise.exchange.sheets import is_folder, read_bytes, refuse_to_unpack_too_much, unreadable
from supervise.exchange.texts import lines_of_text
from supervise.wording import counted

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["Cell", "Grid", "Span", "grids_of"]

MOST_CELLS = 2**24
"""The most cells, filled or not, from a sheet's first to its last: a whole sheet of old Excel."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")

#: What comes out of zip files, XML and records that are broken.
_UNREADABLE = (
    KeyError, ValueError, OSError, EOFError, RuntimeError, OverflowError, struct.error, ExpatError,
    zipfile.BadZipFile, zlib.error, lzma.LZMAError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grid:
    """One worksheet, or one text file.

    `sheet` is "" for a text file. `lines` are those that hold something, in order, as (line number from 1,
    cells from column A on, without the empty ones after the last). `hidden`: whether the workbook hides
    it. `merged`: where cells are merged, the value being in the first. `notes`: sentences about what
    could not be read as it was meant.
    """

    file: str
    sheet: str
    lines: list[tuple[int, list[Cell]]]
    hidden: bool = False
    merged: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()

    def place(self, line: int, column: int) -> Place:
        """Where a cell stands, as a message names it; lines from 1, columns from 0."""
        file = f"{self.file}, sheet {self.sheet}" if self.sheet else self.file
        return Place(file, line, letters_of(column))


def grids_of(path: Path) -> list[Grid]:
    """The worksheets of a workbook, in its order, hidden ones included (sheets of charts and macros are
    not); or the one grid of a text file.

    FileTrouble if it cannot be read, BadFile if it is none of these, is locked, damaged or far too large.
    """
    if is_folder(path):
        raise BadFile(f"{path.name} is a folder.", "Choose the spreadsheet in it.")
    raw = read_bytes(path)
    if raw.startswith(_ZIP):
        return _told(path, lambda: _grids_of_zip(path, raw))
    if raw.startswith(old_books.OLE):
        return _told(path, lambda: _grids_of_container(path, raw))
    refuse_beginning(path, raw)
    return [_grid_of_text(path, raw)]


def _told(path: Path, read: Callable[[], list[Grid]]) -> list[Grid]:
    """What `read` gives; whatever breaks in a broken workbook, told in words."""
    from python_calamine import CalamineError

    try:
        return read()
    except (*_UNREADABLE, CalamineError) as error:
        raise unreadable(path) from error
    except BaseException as error:
        # Where calamine stops short, it raises what is no Exception and has no name to import.
        if type(error).__name__ == "PanicException":
            raise unreadable(path) from error
        raise


def _grids_of_zip(path: Path, raw: bytes) -> list[Grid]:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        refuse_to_unpack_too_much(path, packed)
        parts = packed.namelist()
        refuse_parts(path, parts)
        if any(part.flag_bits & 1 for part in packed.infolist()):
            raise is_locked(path)
        if open_books.MANIFEST in parts:
            return _grids_of_open_book(path, packed)
        if "[Content_Types].xml" not in parts:
            raise is_packed(path)
        found = insides.insides_of(packed)
    return _grids_of_book(path, raw, found)


def _grids_of_open_book(path: Path, packed: zipfile.ZipFile) -> list[Grid]:
    if open_books.is_locked(packed):
        raise is_locked(path)
    if not open_books.is_spreadsheet(packed):
        raise is_other_document(path)
    try:
        tables = open_books.tables_of(packed, MOST_CELLS)
    except open_books.TooFar as error:
        raise _far_out(path, str(error)) from error
    return [
        Grid(
            path.name, table.name, list(filled(table.lines)), table.hidden, tuple(table.merged),
            _notes_on_formulas(table.unreckoned),
        )
        for table in tables
    ]  # fmt: skip


def _grids_of_container(path: Path, raw: bytes) -> list[Grid]:
    """An old workbook's. A new one that is locked comes in the same container."""
    container = old_books.Container(raw)
    if "EncryptedPackage" in container.names:
        raise is_locked(path)
    refuse_parts(path, container.names)
    if "Workbook" not in container.names:
        raise is_too_old(path) if "Book" in container.names else unreadable(path)
    try:
        found = old_books.insides_of(container.stream("Workbook"))
    except old_books.Locked as error:
        raise is_locked(path) from error
    except old_books.TooOld as error:
        raise is_too_old(path) from error
    if sum(inside.area for inside in found) > MOST_CELLS:
        raise _far_out(path)  # calamine lays out all sheets of such a workbook at once
    return _grids_of_book(path, raw, found)


def _grids_of_book(path: Path, raw: bytes, found: list[Inside]) -> list[Grid]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
        return [
            _grid_of_sheet(path, book, number, inside)
            for number, (about, inside) in enumerate(zip(book.sheets_metadata, found, strict=True))
            if about.typ == SheetTypeEnum.WorkSheet
        ]


def _grid_of_sheet(path: Path, book: CalamineWorkbook, number: int, inside: Inside) -> Grid:
    from python_calamine import SheetVisibleEnum

    about = book.sheets_metadata[number]
    if inside.area > MOST_CELLS:
        raise _far_out(path, about.name)
    sheet = book.get_sheet_by_index(number)
    merged = inside.merged or [
        (top + 1, left, bottom + 1, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    return Grid(
        path.name,
        about.name,
        list(filled(_lines_of(sheet, inside))),
        hidden=about.visible != SheetVisibleEnum.Visible,
        merged=tuple(merged),
        notes=_notes_on_formulas(inside.unreckoned),
    )


def _lines_of(sheet: CalamineSheet, inside: Inside) -> Iterator[tuple[int, list[object]]]:
    """The lines of a worksheet from column A on, with the errors that its reader leaves empty."""
    if sheet.start is None:
        return
    errors: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for (line, column), error in inside.errors.items():
        errors[line].append((column, error))
    # The reader gives every line from the first, but only the columns from the first filled one.
    before = [None] * sheet.start[1]
    for line, values in enumerate(sheet.iter_rows(), 1):
        if values.count("") == len(values) and line not in errors:
            continue  # of which there may be a million
        cells: list[object] = [*before, *values]
        for column, error in errors.get(line, ()):
            cells[column] = error
        yield line, cells


def _grid_of_text(path: Path, raw: bytes) -> Grid:
    lines, broken = lines_of_text(path.name, raw)
    more = f" and {len(broken) - 1:,} more" if len(broken) > 1 else ""
    notes = [
        f"Quotation marks do not match on line {line}{more}; what stands there was read as it is."
        for line in broken[:1]
    ]
    return Grid(path.name, "", list(filled(lines)), notes=tuple(notes))


def _notes_on_formulas(unreckoned: int) -> tuple[str, ...]:
    if not unreckoned:
        return ()
    lacking = counted(unreckoned, "formula", "formulas")
    return (
        f"The file lacks the results of {lacking}, which are read as empty cells; to have them, open it in "
        "Excel, save it there, and read it again.",
    )


def _far_out(path: Path, sheet: str = "") -> BadFile:
    where = f"{path.name}, sheet {sheet}," if sheet else path.name
    return BadFile(
        f"{where} holds something too far out to be read.",
        "Press Ctrl+End in Excel to see where, delete those rows and columns, save it, and try again.",
    )
