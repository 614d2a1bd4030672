"""Writing everything out again: a folder of CSV files and policies, or a workbook.

Import and export are inverse: what is written here, and read into an empty store, is written identically.
Files appear only when they are whole.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from supervise import fields
from supervise.errors import BadFile, FileTrouble
from supervise.exchange.cells import escaped, text_of
from supervise.exchange.reading import POLICY_SHEET
from supervise.fields import Holds, Kind
from supervise.whole_files import fresh_file, told

Row = Mapping[str, Any]
_LONGEST_WORKBOOK_CELL = 32_767


def write_folder(folder: Path, rows: Mapping[str, Iterable[Row]], policies: Mapping[str, str]) -> None:
    """Write every kind that has rows as CSV, and each policy's text by its id, into a new folder.

    FileTrouble if something is there already, or it cannot be written; then nothing is left behind.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileTrouble(f"{folder} is there already.", "Choose a new folder, or an empty one.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".export-", dir=folder.parent))
        try:
            _fill(made, rows, policies)
            if folder.is_dir():
                folder.rmdir()
            made.rename(folder)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
    except OSError as error:
        raise told(error, folder) from error


def _fill(folder: Path, rows: Mapping[str, Iterable[Row]], policies: Mapping[str, str]) -> None:
    for kind in fields.KINDS:
        lines = iter(rows.get(kind.name, ()))
        first = next(lines, None)
        if first is None:
            continue
        with open(folder / f"{kind.sheet}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)  # ends lines with CR LF, and so quotes a text that has either
            writer.writerow(kind.columns)
            writer.writerow(_cells(kind, first))
            writer.writerows(_cells(kind, row) for row in lines)
            file.flush()
            os.fsync(file.fileno())
    if policies:
        (folder / "policies").mkdir()
        for name, text in policies.items():
            (folder / "policies" / f"{name}.toml").write_text(text, "utf-8", newline="")


def _cells(kind: Kind, row: Row) -> list[str]:
    own = [row["id"]] if kind.id_column else []
    return own + [text_of(row.get(field.name)) for field in kind.fields]


def write_workbook(path: Path, rows: Mapping[str, Iterable[Row]], policies: Mapping[str, str]) -> None:
    """Write the same as a workbook, one sheet a kind, with real dates, and text never as a formula.

    BadFile if a text is too long for a cell; FileTrouble if the file is there already, or cannot be
    written.
    """
    if path.exists():
        raise FileTrouble(f"{path} is there already.", "Choose a new name.")
    from openpyxl import Workbook

    book, made = Workbook(write_only=True), io.BytesIO()
    try:
        _fill_workbook(book, rows, policies)
        book.save(made)
    except OSError as error:
        raise told(error, path) from error
    except BadFile:
        book.save(io.BytesIO())  # which closes and removes the temporary files of its sheets
        raise
    write_bytes(path, made.getvalue())


def _fill_workbook(book: Any, rows: Mapping[str, Iterable[Row]], policies: Mapping[str, str]) -> None:
    for kind in fields.KINDS:
        lines = iter(rows.get(kind.name, ()))
        first = next(lines, None)
        if first is None:
            continue
        sheet = book.create_sheet(kind.sheet)
        sheet.append(list(kind.columns))
        for row in (first, *lines):
            sheet.append(_workbook_cells(sheet, kind, row))
    if policies:
        sheet = book.create_sheet(POLICY_SHEET)
        sheet.append(["policy_id", "toml"])
        for name, text in policies.items():
            sheet.append([_text_cell(sheet, name), _text_cell(sheet, text)])
    if not book.sheetnames:
        book.create_sheet(fields.PERSON.sheet).append(list(fields.PERSON.columns))


def _workbook_cells(sheet: Any, kind: Kind, row: Row) -> list[Any]:
    cells: list[Any] = [_text_cell(sheet, row["id"])] if kind.id_column else []
    for field in kind.fields:
        value = row.get(field.name)
        if value is None:
            cells.append(None)
        elif field.holds is Holds.DAY:
            cells.append(date.fromisoformat(value))
        elif field.holds in (Holds.COUNT, Holds.NUMBER) and float(f"{value:.16g}") == value:
            cells.append(value)  # as openpyxl writes it; a number with more digits is kept as text
        else:
            cells.append(_text_cell(sheet, text_of(value)))
    return cells


def _text_cell(sheet: Any, text: str) -> Any:
    """A cell that is text, whatever it begins with; control characters escaped as workbooks do."""
    from openpyxl.cell import WriteOnlyCell

    written = escaped(text)
    if len(written) > _LONGEST_WORKBOOK_CELL:
        raise BadFile(
            "A text is too long for a workbook, whose cells hold 32,767 characters.",
            "Export to a folder instead.",
        )
    cell = WriteOnlyCell(sheet, value=written)
    cell.data_type = "s"
    return cell


def write_bytes(path: Path, data: bytes) -> None:
    """Put a whole file in place, or none, for its owner only. FileTrouble if it cannot be written."""
    with fresh_file(path) as file:
        file.write(data)
