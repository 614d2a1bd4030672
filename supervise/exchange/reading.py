"""Understanding an interchange folder or workbook: cells to rows, with the place of all that is wrong.

A row that cannot be taken is refused by itself; the rest is still read, so that everything that is
wrong can be told at once (interchange, section 1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from supervise import fields
from supervise.errors import BadFile, BadPolicy
from supervise.exchange.batch import Batch, Place, Read, contradictions
from supervise.exchange.cells import value_of
from supervise.exchange.sheets import (
    Formula,
    Sheet,
    entries_of,
    is_csv,
    is_folder,
    sheets_of_folder,
    sheets_of_workbook,
)
from supervise.fields import Field, Kind
from supervise.policies import Policy
from supervise.policy_files import read_policy, read_policy_file

POLICY_SHEET = "policies"
Line = tuple[int, Sequence[Any]]
_IS_EMPTY = " is empty."
_BY_SHEET = {kind.sheet: kind for kind in fields.KINDS}


def read(path: Path) -> Batch:
    """All that a folder of CSV files, or an .xlsx workbook, holds.

    Raises FileTrouble or BadFile where a file cannot be read at all; single rows and cells that cannot be
    taken are in the batch's `problems`.
    """
    batch = Batch(path.name or str(path))
    if is_folder(path):
        sheets = sheets_of_folder(path)
        _read_policies(path, batch)
    elif path.suffix.lower() == ".csv":
        raise BadFile(
            f"{path.name} is a single CSV file.",
            "Give the folder it is in, whose files are named people.csv, posts.csv and so on.",
        )
    else:
        sheets = sheets_of_workbook(path)
    for sheet in sheets:
        _read_sheet(sheet, batch)
    if not batch.rows and not batch.policies and not batch.problems:
        empty = [note for note in batch.notes if note.endswith(_IS_EMPTY)]
        raise BadFile(
            empty[0] if empty else f"{batch.source} holds none of the files that can be taken in.",
            "They are named people, posts, absences, sessions and so on; the manual lists them.",
        )
    _refuse_twice(batch)
    return batch


def _read_policies(folder: Path, batch: Batch) -> None:
    """The policies of a folder; what else is there, apart from CSV files, is told."""
    for path in entries_of(folder):
        if path.name == POLICY_SHEET and is_folder(path):
            for file in entries_of(path):
                if file.suffix.lower() == ".toml":
                    place = Place(f"policies/{file.name}")
                    _take_policy(partial(read_policy_file, file), file.name, place, batch)
                else:
                    _leave_out(f"policies/{file.name}", batch)
        elif not is_csv(path):
            _leave_out(path.name, batch)


def _take_policy(reader: Callable[[], Policy], name: str, place: Place, batch: Batch) -> None:
    """Adds the policy, or refuses it; `name` is what the reader calls it, which the place says already."""
    try:
        policy = reader()
    except BadPolicy as error:
        batch.refuse(place, error.sentence.rstrip(".").removeprefix(f"{name}, "))
        return
    if policy.id in batch.policies:
        batch.refuse(place, f"there is a policy “{policy.id}” already")
        return
    batch.policies[policy.id] = policy


def _leave_out(name: str, batch: Batch) -> None:
    batch.notes.append(f"{name} is none of the files that can be taken in, and was left out.")


def _read_sheet(sheet: Sheet, batch: Batch) -> None:
    kind = _BY_SHEET.get(sheet.name)
    if sheet.name == POLICY_SHEET:
        _read_policy_sheet(sheet, batch)
    elif kind is None:
        _leave_out(sheet.file, batch)
    elif kind.name in batch.rows:
        batch.refuse(Place(sheet.file), f"“{sheet.name}” is there twice")
    else:
        _read_rows(sheet, kind, batch)


def _read_policy_sheet(sheet: Sheet, batch: Batch) -> None:
    for line, cells in sheet.lines:
        if line > 1 and any(_has_something(cell) for cell in cells):
            text = str(cells[1]) if len(cells) > 1 and _has_something(cells[1]) else ""
            name = f"policy {cells[0]}"
            _take_policy(partial(read_policy, text, name), name, Place(sheet.file, line, "toml"), batch)


def _read_rows(sheet: Sheet, kind: Kind, batch: Batch) -> None:
    lines = ((line, cells) for line, cells in sheet.lines if any(_has_something(c) for c in cells))
    header = next(lines, None)
    if header is None:
        batch.notes.append(f"{sheet.file}{_IS_EMPTY}")
        return
    columns = _columns(*header, sheet, kind, batch)
    named = _noting_nameless(lines, header[1], sheet, batch)
    batch.rows[kind.name] = [] if columns is None else list(_rows(named, columns, sheet, kind, batch))


def _noting_nameless(
    lines: Iterable[Line], header: Sequence[Any], sheet: Sheet, batch: Batch
) -> Iterator[Line]:
    """The same lines; where a column without a name holds something, it is told once that it is left out."""
    nameless = [at for at, name in enumerate(header) if not _has_something(name)]
    for line, cells in lines:
        if any(_has_something(cells[at]) for at in nameless if at < len(cells)):
            batch.notes.append(f"{sheet.file}: a column without a name was left out (line {line}).")
            nameless = []
        yield line, cells


def _has_something(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


def _columns(
    line: int, header: Sequence[Any], sheet: Sheet, kind: Kind, batch: Batch
) -> list[tuple[str, Field] | None] | None:
    """For each position the field (by the name it has in a row), None for a column that is left out; or
    None altogether where a required column is missing."""
    known = {field.name: (field.name, field) for field in kind.fields}
    if kind.id_column:
        known[kind.id_column] = ("id", Field(kind.id_column, required=True))
    found: list[tuple[str, Field] | None] = []
    for cell in header:
        name = str(cell or "").strip().lower()
        if name in [each[1].name for each in found if each]:
            batch.refuse(Place(sheet.file, line, name), "this column is there twice")
            return None
        if name and name not in known:
            batch.notes.append(f"{sheet.file}: the column “{name}” is not known, and was left out.")
        found.append(known.get(name))
    names = [each[1].name for each in found if each]
    missing = [field.name for _, field in known.values() if field.required and field.name not in names]
    for name in missing:
        batch.refuse(Place(sheet.file, line, name), "this column is missing, and is needed")
    return None if missing else found


def _rows(
    lines: Iterable[Line],
    columns: Sequence[tuple[str, Field] | None],
    sheet: Sheet,
    kind: Kind,
    batch: Batch,
) -> Iterator[Read]:
    for line, cells in lines:
        before = len(batch.problems)
        if any(_has_something(cell) for cell in cells[len(columns) :]):
            batch.refuse(Place(sheet.file, line), "there are more cells than columns")
        values: dict[str, Any] = {}
        for at, column in enumerate(columns):
            if column is not None:
                name, field = column
                cell = cells[at] if at < len(cells) else None
                values[name] = _cell(field, cell, Place(sheet.file, line, field.name), batch)
        if len(batch.problems) == before:
            for where, reason in contradictions(kind, values):
                batch.refuse(Place(sheet.file, line, where), reason)
        if len(batch.problems) == before:
            yield Read(values, Place(sheet.file, line))


def _cell(field: Field, cell: Any, place: Place, batch: Batch) -> Any:
    if isinstance(cell, Formula):
        batch.refuse(place, "this holds a formula or its error; put a value in its place")
        return None
    try:
        value = value_of(field, cell)
    except ValueError as error:
        batch.refuse(place, str(error))
        return None
    if value is None and field.required:
        batch.refuse(place, "this is empty, and is needed")
    return value


def _refuse_twice(batch: Batch) -> None:
    """Ids that are given twice, and parts of one record that stand at one place."""
    for kind in fields.KINDS:
        seen: dict[Any, int] = {}
        kept = []
        for row in batch.rows.get(kind.name, ()):
            key = _unique_key(kind, row)
            if key is not None and key in seen:
                column = kind.id_column or kind.key[-1]
                what = row.values["id"] if kind.id_column else row.values[kind.key[-1]]
                where = Place(row.place.file, row.place.line, column)
                batch.refuse(where, f"“{what}” is there already, on line {seen[key]}")
                continue
            if key is not None:
                seen[key] = row.place.line
            kept.append(row)
        if kind.name in batch.rows:
            batch.rows[kind.name] = kept


def _unique_key(kind: Kind, row: Read) -> Any:
    if kind.id_column:
        return row.values["id"]
    if kind in (fields.SECTION, fields.DISCUSSION, fields.TEMPLATE):
        return tuple(row.values.get(name) for name in kind.key)
    return None
