"""Tables of plain cells to a workbook, as they are seen: for people to read on, not to be brought in again.

Days are real dates, numbers are numbers, words are always words: what begins like a formula stays text.
"""

from __future__ import annotations

import io
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from supervise.errors import BadFile
from supervise.exchange.cells import escaped
from supervise.whole_files import fresh_file
from supervise.wording import OnDay

_LONGEST = 32_767  # characters in a cell
_MOST_ROWS = 1_048_575  # of a sheet, below its titles
_AT_ONCE = 500
_WIDEST = 60


Cell = str | int | float | OnDay | None


@dataclass(frozen=True, slots=True)
class OutTable:
    """A table: the name of its sheet, its titles, and as many cells in each row as there are titles."""

    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def write_tables(to: Path, tables: Sequence[OutTable]) -> Generator[tuple[int, int], None, None]:
    """Write a workbook with a sheet for each table, in the place of one that is there; yields (rows done, rows
    in all). Titles stay in sight and can be filtered by.

    The file appears at the end, or not at all. BadFile if a text or a table is too long for a workbook;
    DiskFull or FileTrouble if it cannot be written.
    """
    from openpyxl import Workbook

    _refuse_too_long(tables)
    book, made = Workbook(write_only=True), io.BytesIO()
    total, done = sum(len(table.rows) for table in tables), 0
    try:
        for table in tables:
            sheet = _sheet(book, table)
            for at, row in enumerate(table.rows):
                if at % _AT_ONCE == 0:
                    yield done + at, total
                sheet.append([_written(sheet, cell) for cell in row])
            done += len(table.rows)
    finally:  # also when nobody asks for the rest: the library's own temporary files go with it
        book.save(made)
    with fresh_file(to) as file:
        file.write(made.getvalue())
    yield total, total


def _refuse_too_long(tables: Sequence[OutTable]) -> None:
    for table in tables:
        if len(table.rows) > _MOST_ROWS:
            raise BadFile(f"“{table.name}” has more rows than a sheet can hold.", "Choose one team.")
        if any(
            isinstance(cell, str) and len(escaped(cell)) > _LONGEST for row in table.rows for cell in row
        ):
            raise BadFile(
                "A text is too long for a workbook, whose cells hold 32,767 characters.",
                "Shorten that reason, or copy the table instead.",
            )


def _sheet(book: Any, table: OutTable) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "A2"
    for at, wide in enumerate(_widths(table), 1):
        sheet.column_dimensions[get_column_letter(at)].width = wide
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.titles))}{len(table.rows) + 1}"
    heads = []
    for title in table.titles:
        head = WriteOnlyCell(sheet, value=escaped(title))
        head.data_type, head.font = "s", Font(bold=True)
        heads.append(head)
    sheet.append(heads)
    return sheet


def _widths(table: OutTable) -> list[int]:
    """As wide as the words of the first rows, within reason."""
    lengths = [len(title) + 4 for title in table.titles]
    for row in table.rows[:200]:
        for at, cell in enumerate(row):
            said = 12 if isinstance(cell, OnDay) else len(str(cell or ""))
            lengths[at] = max(lengths[at], said + 2)
    return [min(length, _WIDEST) for length in lengths]


def _written(sheet: Any, cell: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(cell, OnDay):
        made = WriteOnlyCell(sheet, value=date.fromordinal(cell.day))  # type: ignore[arg-type]  # it takes dates too
        made.number_format = "d mmm yyyy"
        return made
    if isinstance(cell, str):
        made = WriteOnlyCell(sheet, value=escaped(cell))
        made.data_type = "s"
        return made
    return cell
