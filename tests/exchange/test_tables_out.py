"""Tables to a workbook: days are days, words are words, and the file is whole or not there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from supervise.errors import BadFile, FileTrouble
from supervise.exchange.cells import unescaped
from supervise.exchange.tables_out import OutTable, write_tables
from supervise.wording import OnDay
from supervise.workdays import day
from tests.making import NASTY

GAPS = OutTable(
    "Gaps",
    ("Person", "Late from", "Days"),
    [("Ada", OnDay(day("2019-10-04")), 28), ("=1+1", None, 0.5)],
)


def written(to: Path, *tables: OutTable) -> Path:
    assert list(write_tables(to, tables))[-1][0] == sum(len(table.rows) for table in tables)
    return to


def test_days_are_dates_and_what_looks_like_a_formula_is_words(tmp_path: Path) -> None:
    sheet = load_workbook(written(tmp_path / "a.xlsx", GAPS))["Gaps"]
    cells = [[(cell.data_type, cell.value) for cell in row] for row in sheet.iter_rows()]
    assert cells == [
        [("s", "Person"), ("s", "Late from"), ("s", "Days")],
        [("s", "Ada"), ("d", datetime(2019, 10, 4)), ("n", 28)],
        [("s", "=1+1"), ("n", None), ("n", 0.5)],
    ]
    assert sheet["B2"].number_format == "d mmm yyyy"


def test_titles_stay_in_sight_and_can_be_filtered_by(tmp_path: Path) -> None:
    sheet = load_workbook(written(tmp_path / "a.xlsx", GAPS, OutTable("None", ("Who",), [])))["Gaps"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C3")
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["B"].width >= 12


def test_whatever_people_type_comes_back(tmp_path: Path) -> None:
    sheet = load_workbook(
        written(tmp_path / "a.xlsx", OutTable("Words", ("Said",), [(each,) for each in NASTY]))
    )["Words"]
    found = [unescaped(str(sheet.cell(at, 1).value)) for at in range(2, len(NASTY) + 2)]
    assert [" ".join(each.split()) for each in found] == [" ".join(each.split()) for each in NASTY]


def test_a_file_that_is_there_is_replaced_at_the_end_and_not_before(tmp_path: Path) -> None:
    to = tmp_path / "a.xlsx"
    to.write_bytes(b"before")
    steps = write_tables(to, [GAPS])
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert to.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [to]
    written(to, GAPS)
    assert load_workbook(to).sheetnames == ["Gaps"]


def test_a_text_too_long_for_a_cell_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="too long for a workbook"):
        list(write_tables(tmp_path / "a.xlsx", [OutTable("Words", ("Said",), [("x" * 40_000,)])]))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="is not there"):
        list(write_tables(tmp_path / "none" / "a.xlsx", [GAPS]))
