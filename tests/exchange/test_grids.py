"""Any spreadsheet becomes plain grids, and whatever is no spreadsheet is told in one plain sentence."""

from __future__ import annotations

import random
import re
import struct
import subprocess
import sys
import tempfile
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from supervise.errors import BadFile, FileTrouble, SuperviseError
from supervise.exchange.grid_cells import Cell, cell_of
from supervise.exchange.grids import MOST_CELLS, Grid, grids_of
from supervise.exchange.insides import column_of, letters_of
from supervise.exchange.sheets import LARGEST_FILE, LARGEST_UNPACKED

RAW = Path(__file__).parents[1] / "kept" / "trackers" / "raw"
OLD = RAW / "old.xls"
SHEET = "xl/worksheets/sheet1.xml"
NS = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style", "calcext", "draw")
)


# --- Making files


def written(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def saved(path: Path, **cells: Any) -> Path:
    """A workbook of one sheet, “Team A”, with these cells; a pair is a value and its number format."""
    book = Workbook()
    book.active.title = "Team A"
    for place, value in cells.items():
        book.active[place], looks = value if isinstance(value, tuple) else (value, None)
        if looks:
            book.active[place].number_format = looks
    book.save(path)
    return path


def repacked(path: Path, change: Callable[[str, bytes], bytes | None], **added: bytes) -> Path:
    """The same zip file with its parts changed; None leaves one out."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: change(name, packed.read(name)) for name in packed.namelist()} | added
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            if data is not None:
                packed.writestr(name, data)
    return path


def with_sheet(path: Path, change: Callable[[bytes], bytes]) -> Path:
    return repacked(path, lambda name, data: change(data) if name == SHEET else data)


def with_rows(path: Path, rows: str) -> Path:
    """A workbook whose sheet has these rows of XML and no others."""
    new = f"<sheetData>{rows}</sheetData>".encode()
    return with_sheet(
        saved(path), lambda xml: re.sub(b"<sheetData ?/>|<sheetData>.*</sheetData>", new, xml)
    )


def open_book(path: Path, rows: str, before: str = "", **parts: str) -> Path:
    """An OpenDocument spreadsheet of one table with these rows."""
    content = (
        f"<office:document-content{NS}>{before}<office:body><office:spreadsheet>"
        f'<table:table table:name="Team A" table:style-name="ta1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    files = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": content,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in (files | parts).items():
            packed.writestr(name, data)
    return path


def row(*cells: str, about: str = "") -> str:
    return f"<table:table-row {about}>{''.join(cells)}</table:table-row>"


def cell(text: str = "", kind: str = "string", about: str = "") -> str:
    shown = f"<text:p>{text}</text:p>" if text else ""
    return f'<table:table-cell office:value-type="{kind}" {about}>{shown}</table:table-cell>'


# --- What comes out


def only(path: Path) -> Grid:
    (grid,) = grids_of(path)
    return grid


def cells_of(path: Path) -> list[list[Cell]]:
    return [cells for _, cells in only(path).lines]


def text_cells(tmp_path: Path, data: bytes | str) -> list[list[Cell]]:
    return cells_of(written(tmp_path / "log.csv", data))


def refusal(path: Path) -> str:
    """The one sentence why a file is not taken, which comes with a next step."""
    with pytest.raises((BadFile, FileTrouble)) as told:
        grids_of(path)
    assert told.value.remedy.endswith(".")
    assert told.value.sentence.count(".\n") == 0
    return told.value.sentence


# --- Workbooks of Excel


def test_the_cells_of_a_workbook(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "tracker.xlsx",
        B3="Ada", C3=90, D3=2.5, E3=date(2017, 3, 14), F3=datetime(2017, 3, 14, 9, 30), G3=time(9, 30),
        H3=timedelta(minutes=75), I3=timedelta(hours=30, minutes=5), J3=True, K3="  ", L3="one\ntwo", B7=" x ",
    )  # fmt: skip
    assert only(path) == Grid(
        "tracker.xlsx",
        "Team A",
        [
            (3, [None, "Ada", 90, 2.5, date(2017, 3, 14), datetime(2017, 3, 14, 9, 30), time(9, 30),
                 time(1, 15), "30:05", True, None, "one\ntwo"]),
            (7, [None, " x "]),
        ],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("", None), (" \t\n", None), (None, None), ("x", "x"), (False, False), (0.0, 0), (-2.0, -2), (0.1, 0.1),
        (1e300, 1e300), (float("nan"), "#NUM!"), (float("inf"), "#NUM!"),
        (datetime(2017, 3, 14), date(2017, 3, 14)),
        (datetime(2017, 3, 13, 23, 59, 59, 999_991), date(2017, 3, 14)),
        (datetime(2017, 3, 14, 9, 29, 59, 999_000), datetime(2017, 3, 14, 9, 30)),
        (time(9, 29, 59, 600_000), time(9, 30)), (time(23, 59, 59, 900_000), time(23, 59, 59)),
        (timedelta(), time()), (timedelta(hours=23, minutes=59), time(23, 59)), (timedelta(days=1), "24:00"),
        (timedelta(hours=30, seconds=7), "30:00:07"), (timedelta(minutes=-90), "-1:30"),
    ],
)  # fmt: skip
def test_what_a_value_is_as_a_cell(value: object, cell: Cell) -> None:
    found = cell_of(value)
    assert (found, type(found)) == (cell, type(cell))


@given(st.integers(0, 2**14 - 1))
def test_the_letters_of_a_column(column: int) -> None:
    assert column_of(letters_of(column)) == column


def test_the_place_of_a_cell() -> None:
    assert str(Grid("t.xlsx", "Team A", []).place(3, 5)) == "t.xlsx, sheet Team A, line 3, column F"
    assert str(Grid("log.csv", "", []).place(12, 27)) == "log.csv, line 12, column AB"


def test_sheets_in_order_hidden_ones_included_and_charts_left_out(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Zeta"
    book.create_chartsheet("Chart")
    book.create_sheet("Alpha").sheet_state = "hidden"
    book.create_sheet("Very").sheet_state = "veryHidden"
    book.save(tmp_path / "t.xlsx")
    found = [(grid.sheet, grid.hidden) for grid in grids_of(tmp_path / "t.xlsx")]
    assert found == [("Zeta", False), ("Alpha", True), ("Very", True)]


def test_merged_cells(tmp_path: Path) -> None:
    book = Workbook()
    book.active["B1"] = "Team A"
    book.active.merge_cells("B1:D2")
    book.save(tmp_path / "t.xlsx")
    assert only(tmp_path / "t.xlsx").merged == ((1, 1, 2, 3),)


def test_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([date(2017, 3, 14), datetime(2017, 3, 14, 10, 0), time(9, 30)])
    book.save(tmp_path / "t.xlsx")
    assert cells_of(tmp_path / "t.xlsx") == [
        [date(2017, 3, 14), datetime(2017, 3, 14, 10, 0), time(9, 30)]
    ]


def test_dates_however_they_are_shown(tmp_path: Path) -> None:
    shown = ["dd/mm/yyyy", "mmm-yy", "[$-809]dd mmmm yyyy", 'ddd d mmm "of" yyyy']
    cells = {f"{letters_of(at)}1": (42808, looks) for at, looks in enumerate(shown)}
    path = saved(tmp_path / "t.xlsx", **cells, H1=(42808, "0"), I1=(99999999, "dd/mm/yyyy"))
    day = date(2017, 3, 14)
    assert cells_of(path) == [[day, day, day, day, None, None, None, 42808, 99999999]]


def test_errors_are_texts_and_never_empty(tmp_path: Path) -> None:
    rows = (
        '<row r="2"><c r="B2" t="e"><v>#N/A</v></c><c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="D2"><v>1</v></c></row><row r="4"><c r="A4" t="e"><f>Old!A1</f><v>#REF!</v></c></row>'
    )
    grid = only(with_rows(tmp_path / "t.xlsx", rows))
    assert grid.lines == [(2, [None, "#N/A", "#DIV/0!", 1]), (4, ["#REF!"])]
    assert grid.notes == ()


def test_formulas_give_their_results_and_those_without_are_told(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
        '<c r="C1" t="str"><f>"x"</f><v>x</v></c><c r="D1"><f>1+1</f></c><c r="E1"><f>2+2</f><v></v></c></row>'
    )
    rule = b"</sheetData><extLst><ext><x:f xmlns:x='x'>A1</x:f></ext></extLst>"
    path = with_rows(tmp_path / "t.xlsx", rows)
    grid = only(with_sheet(path, lambda xml: xml.replace(b"</sheetData>", rule)))
    assert grid.lines == [(1, [2, None, "x"])]
    assert grid.notes == (
        "The file lacks the results of 2 formulas, which are read as empty cells; to have them, open it in "
        "Excel, save it there, and read it again.",
    )


def test_texts_that_cells_share(tmp_path: Path) -> None:
    """As Excel writes them, in parts that may look different, with letters that XML cannot have."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    texts = f"<sst {main}><si><t>Ada</t></si><si><r><t>Si</t></r><r><t>ân_x000D_</t></r></si></sst>"
    rows = '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>'
    path = with_rows(tmp_path / "t.xlsx", rows)
    repacked(path, lambda _, data: data, **{"xl/sharedStrings.xml": texts.encode()})
    assert cells_of(path) == [["Siân\r", "Ada"]]


def test_cells_that_do_not_say_where_they_stand(tmp_path: Path) -> None:
    rows = "<row><c><v>1</v></c><c/><c t='e'><v>#N/A</v></c></row><row/><row><c/><c><v>2</v></c></row>"
    assert only(with_rows(tmp_path / "t.xlsx", rows)).lines == [(1, [1, None, "#N/A"]), (3, [None, 2])]


def test_a_workbook_with_prefixes(tmp_path: Path) -> None:
    path = with_rows(tmp_path / "t.xlsx", '<row r="1"><c r="B1" t="e"><v>#N/A</v></c></row>')
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    plain, named = b'xmlns="' + main, b'xmlns:x="' + main
    prefixed = with_sheet(
        path, lambda xml: re.sub(rb"<(/?)(\w)", rb"<\1x:\2", xml).replace(plain, named)
    )
    assert cells_of(prefixed) == [[None, "#N/A"]]


def test_a_workbook_with_macros_is_read_and_nothing_in_it_run(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.xlsm", A1="x")
    repacked(path, lambda _, data: data, **{"xl/vbaProject.bin": b"Shell(...)"})
    assert cells_of(path) == [["x"]]


def test_a_name_may_be_wrong(tmp_path: Path) -> None:
    assert cells_of(saved(tmp_path / "t.xlsx", A1="x").rename(tmp_path / "t.csv")) == [["x"]]
    assert cells_of(written(tmp_path / "t.xls", "a,b\n")) == [["a", "b"]]
    assert only(open_book(tmp_path / "t.xlsx", row(cell("x")))).lines == [(1, ["x"])]


# --- Large ones


def test_a_million_rows_of_nothing(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{line}" s="1" customFormat="1"/>' for line in range(2, 2**20 + 1))
    path = with_rows(tmp_path / "t.xlsx", f'<row r="1"><c r="A1"><v>1</v></c></row>{rows}')
    tracemalloc.start()
    grid = only(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grid.lines == [(1, [1])]
    assert most < 16 * 2**20


def test_looks_in_the_last_cell_of_all(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.xlsx", A1="x", XFD1048576=(None, "0.0"), XFD1=(None, "0.0"))
    assert only(path).lines == [(1, ["x"])]


def test_a_stray_value_in_the_last_row(tmp_path: Path) -> None:
    path = with_rows(
        tmp_path / "t.xlsx",
        '<row r="1"><c r="B1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>',
    )
    assert only(path).lines == [(1, [None, 1]), (1048576, [2])]


def test_stray_values_in_two_far_corners(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.xlsx", XFD1="x", A1048576="y")
    assert refusal(path) == "t.xlsx, sheet Team A, holds something too far out to be read."


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="3"><c r="A3"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="1A"><v>1</v></c></row>',
        '<row r="one"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c>',
    ],
    ids=["rows out of order", "too low", "too far right", "no place", "no number", "cut short"],
)
def test_a_sheet_that_no_program_writes(tmp_path: Path, rows: str) -> None:
    assert refusal(with_rows(tmp_path / "t.xlsx", rows)) == "t.xlsx cannot be read as a workbook."


# --- Old workbooks


@pytest.mark.parametrize("name", ["old.xls", "old-1904.xls"])
def test_an_old_workbook(name: str) -> None:
    team, leavers = grids_of(RAW / name)
    assert (team.sheet, team.hidden, team.merged) == ("Team A", False, ((1, 0, 1, 3),))
    assert team.lines == [
        (1, ["Supervision tracker 2009"]),
        (3, ["Worker", "Last", "Length", "Started", "In all", "Next"]),
        (4, ["Ada Byrne", date(2009, 3, 14), 90, time(9, 30), "30:00"]),
        (5, ["Siân Cole", datetime(2009, 4, 1, 10, 15), 67.5, True, None, "#N/A"]),
    ]
    assert (leavers.sheet, leavers.hidden, leavers.lines) == (
        "Leavers",
        True,
        [(2, [None, "Bo Nkemelu"])],
    )


def old_book(path: Path, was: bytes, becomes: bytes) -> Path:
    """The kept old workbook, one thing in it otherwise."""
    raw = OLD.read_bytes()
    assert raw.count(was) >= 1 and len(was) == len(becomes)
    return written(path, raw.replace(was, becomes, 1))


def named(name: str) -> bytes:
    return name.encode("utf-16-le").ljust(32, b"\0")


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        (named("Workbook"), named("EncryptedPackage"), "t.xls is protected with a password."),
        (named("Workbook"), named("WordDocument"), "t.xls is a Word document, not a spreadsheet that can be read."),
        (named("Workbook"), named("Book"), "t.xls is a workbook of Excel 95 or older."),
        (named("Workbook"), named("Letter"), "t.xls cannot be read as a workbook."),
        (struct.pack("<HH", 0x5C, 0x70), struct.pack("<HH", 0x2F, 0x70), "t.xls is protected with a password."),
        (struct.pack("<HHH", 0x809, 16, 0x600), struct.pack("<HHH", 0x809, 16, 0x500),
         "t.xls is a workbook of Excel 95 or older."),
        # Each of these would have the reader ask for more memory than there is, and end the program.
        (struct.pack("<HHII", 0x200, 14, 0, 5), struct.pack("<HHII", 0x200, 14, 0, 2**31),
         "t.xls cannot be read as a workbook."),
        (struct.pack("<HHHH", 0x205, 8, 4, 5), struct.pack("<HHHH", 0x205, 8, 4, 0x8005),
         "t.xls cannot be read as a workbook."),
    ],
)  # fmt: skip
def test_an_old_workbook_that_is_not_taken(
    tmp_path: Path, was: bytes, becomes: bytes, told: str
) -> None:
    assert refusal(old_book(tmp_path / "t.xls", was, becomes)) == told


def test_an_old_workbook_with_more_than_one_whole_sheet(tmp_path: Path) -> None:
    """From A1 to the last cell that there is, and one more on the second sheet."""
    error, last = struct.pack("<HHHH", 0x205, 8, 4, 5), struct.pack("<HHHH", 0x205, 8, 0xFFFF, 0xFF)
    told = refusal(old_book(tmp_path / "t.xls", error, last))
    assert (told, MOST_CELLS) == ("t.xls holds something too far out to be read.", 2**24)


@pytest.mark.parametrize("at", [44, 48, 60, 68, 76])
def test_an_old_workbook_whose_chains_lead_nowhere(tmp_path: Path, at: int) -> None:
    raw = bytearray(OLD.read_bytes())
    raw[at : at + 4] = struct.pack("<I", 0x00FFFFFF)
    assert refusal(written(tmp_path / "t.xls", bytes(raw))) == "t.xls cannot be read as a workbook."


def test_an_old_workbook_whose_chain_has_no_end(tmp_path: Path) -> None:
    raw = bytearray(OLD.read_bytes())
    allocation = (struct.unpack_from("<I", raw, 76)[0] + 1) * 512
    for at in range(allocation, allocation + 512, 4):
        struct.pack_into("<I", raw, at, 0)
    assert refusal(written(tmp_path / "t.xls", bytes(raw))) == "t.xls cannot be read as a workbook."


# --- OpenDocument


def test_the_cells_of_an_open_document(tmp_path: Path) -> None:
    cells = [
        "<table:table-cell/>",
        cell("a<text:s text:c='2'/>b<text:tab/>c</text:p><text:p>d<text:line-break/><text:span>e</text:span>"),
        cell("14/03/17", "date", 'office:date-value="2017-03-14"'),
        cell("x", "date", 'office:date-value="2017-03-14T09:30:00.000000001"'),
        cell("x", "time", 'office:time-value="PT01H15M00S"'),
        cell("x", "time", 'office:time-value="PT30H05M00S"'),
        cell("90", "float", 'office:value="90"'),
        cell("50%", "percentage", 'office:value="0.5"'),
        cell("TRUE", "boolean", 'office:boolean-value="true"'),
        '<table:table-cell table:number-columns-repeated="2"/>',
        cell("0 March", "date", 'office:date-value="2017-03-00"'),
        cell("soon", "time", 'office:time-value="soon"'),
        cell(about='office:string-value="said"'),
        cell("Ada", about="").replace(
            "<text:p>", "<office:annotation><text:p>left?</text:p></office:annotation><text:p>"
        ),
        cell("Bo").replace(
            "</table", "<draw:frame><text:p>logo</text:p></draw:frame></table"
        ),
    ]  # fmt: skip
    grid = only(open_book(tmp_path / "t.ods", row(about='table:number-rows-repeated="3"') + row(*cells)))
    assert (grid.file, grid.sheet, grid.notes) == ("t.ods", "Team A", ())
    assert grid.lines == [
        (4, [None, "a  b\tc\nd\ne", date(2017, 3, 14), datetime(2017, 3, 14, 9, 30), time(1, 15), "30:05", 90,
             0.5, True, None, None, "0 March", "soon", "said", "Ada", "Bo"]),
    ]  # fmt: skip


def test_rows_and_cells_of_an_open_document_that_are_repeated(tmp_path: Path) -> None:
    rows = (
        row(cell("x", about='table:number-columns-repeated="2"'), about='table:number-rows-repeated="2"')
        + row(
            '<table:table-cell table:number-columns-repeated="16384"/>',
            about='table:number-rows-repeated="9"',
        )
        + row(cell("y"), '<table:table-cell table:number-columns-repeated="99999"/>')
        + row("<table:table-cell/>", about='table:number-rows-repeated="1048564"')
    )
    grid = only(open_book(tmp_path / "t.ods", rows))
    assert grid.lines == [(1, ["x", "x"]), (2, ["x", "x"]), (12, ["y"])]


def test_errors_and_formulas_of_an_open_document(tmp_path: Path) -> None:
    formula = 'table:formula="of:=1"'
    rows = row(
        cell("#N/A", about=f'{formula} office:string-value="" calcext:value-type="error"'),
        cell("Err:502", "float", f'{formula} office:value="0"'),
        cell("#hash"),
        f"<table:table-cell {formula}/>",
        cell("2", "float", f'{formula} office:value="2"'),
    )
    grid = only(open_book(tmp_path / "t.ods", rows))
    assert grid.lines == [(1, ["#N/A", "Err:502", "#hash", None, 2])]
    assert len(grid.notes) == 1 and "the results of 1 formula," in grid.notes[0]


def test_merged_cells_and_hidden_tables_of_an_open_document(tmp_path: Path) -> None:
    span = 'table:number-columns-spanned="3" table:number-rows-spanned="2"'
    hidden = (
        '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
    )
    rows = row(
        cell("x"),
        cell("Team", about=span),
        '<table:covered-table-cell table:number-columns-repeated="2"/>',
    )
    grid = only(open_book(tmp_path / "t.ods", rows + row(cell("y")), before=hidden))
    assert (grid.merged, grid.hidden) == (((1, 1, 2, 3),), True)
    assert grid.lines == [(1, ["x", "Team"]), (2, ["y"])]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (row(cell("x", about='table:number-columns-repeated="16385"')), "cannot be read as a workbook."),
        (row(cell("x"), about='table:number-rows-repeated="1048577"'), "cannot be read as a workbook."),
        (row(cell("x"), about='table:number-rows-repeated="-5"'), "cannot be read as a workbook."),
        (row(cell("x")) + "<oops>", "cannot be read as a workbook."),
        (row(cell("x", about='table:number-columns-repeated="17"'), about='table:number-rows-repeated="1048576"'),
         "sheet Team A, holds something too far out to be read."),
    ],
    ids=["too wide", "too long", "less than none", "broken", "too large"],
)  # fmt: skip
def test_an_open_document_that_is_not_taken(tmp_path: Path, rows: str, told: str) -> None:
    assert refusal(open_book(tmp_path / "t.ods", rows)).removeprefix("t.ods").lstrip(", ") == told


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"META-INF/manifest.xml": "<m:manifest xmlns:m='m'><m:encryption-data/></m:manifest>"},
         "t.ods is protected with a password."),
        ({"mimetype": "application/vnd.oasis.opendocument.text"},
         "t.ods is an OpenDocument file, but not a spreadsheet."),
    ],
)  # fmt: skip
def test_another_open_document(tmp_path: Path, parts: dict[str, str], told: str) -> None:
    assert refusal(open_book(tmp_path / "t.ods", "", **parts)) == told


# --- Text


PEOPLE = "Name,Last,Notes\nSiân Głowacka,14/3/17,“fine”\n"
ROWS = [["Name", "Last", "Notes"], ["Siân Głowacka", "14/3/17", "“fine”"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encodings_of_unicode(tmp_path: Path, encoding: str) -> None:
    text = PEOPLE * 5
    assert text_cells(tmp_path, text.encode(encoding)) == ROWS * 5


def test_utf_16_with_its_mark_the_other_way_round(tmp_path: Path) -> None:
    assert text_cells(tmp_path, b"\xfe\xff" + PEOPLE.encode("utf-16-be")) == ROWS


def test_windows_1252_with_bytes_that_mean_nothing_there(tmp_path: Path) -> None:
    assert text_cells(tmp_path, b"Si\xe2n,\x93ok\x94,\x81 \x80 90\n") == [
        ["Siân", "“ok”", "\ufffd € 90"]
    ]


def test_a_file_put_together_from_two_encodings(tmp_path: Path) -> None:
    both = "Siân,1\n".encode() + "Zoë,2\n".encode("cp1252")
    assert text_cells(tmp_path, both) == [["Siân", "1"], ["Zoë", "2"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_and_line_ends(tmp_path: Path, separator: str, end: str) -> None:
    rows = [
        ["Name", "Last", "Notes"],
        [f"By{separator}rne, Ada", "1,5", f"a;b{end}“c”"],
        ["Bo", None, 'a "b"'],
    ]
    lines = [
        separator.join(f'"{cell}"'.replace('"b"', '""b""') if cell else "" for cell in cells)
        for cells in rows
    ]
    grid = only(written(tmp_path / "log.txt", end.join(lines) + end))
    assert grid.lines == [(1, rows[0]), (2, rows[1]), (4, rows[2])]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Byrne, Ada;14/3;yes\nCole, Siân;15/3;no\n", ["Byrne, Ada", "14/3", "yes"]),
        ("1,5;2,5;3,5\n1,5;2,5;3,5\n", ["1,5", "2,5", "3,5"]),
        ("Name,Notes\nAda,a; b\nBo,a; b\nCy,c\n", ["Name", "Notes"]),
        ("Supervision 2017; Team A\n\nName,Last,Next\nAda,1/2,3/4\nBo,1/2,3/4\n", ["Supervision 2017; Team A"]),
        ("sep=;\na,b;c\n", ["a,b", "c"]),
        ('"sep=|"\na,b|c\n', ["a,b", "c"]),
        ("SEP=\t\na,b\tc\n", ["a,b", "c"]),
        ("just one\ncolumn\n", ["just one"]),
        ('a, "b, c", d\n', ["a", "b, c", "d"]),
        ('Name, "Last, held"\nAda, "1, 2"\n', ["Name", "Last, held"]),
    ],
)  # fmt: skip
def test_which_sign_separates(tmp_path: Path, text: str, cells: list[Cell]) -> None:
    assert text_cells(tmp_path, text)[0] == cells


def test_lines_keep_their_numbers(tmp_path: Path) -> None:
    grid = only(written(tmp_path / "log.csv", 'sep=,\n\n,,\nAda,"one\ntwo",,\nBo,x\n\x1a'))
    assert grid == Grid("log.csv", "", [(4, ["Ada", "one\ntwo"]), (6, ["Bo", "x"])])


STRAY = {
    "that is never closed": ('Name,Last\n"Ada,1/2\nBo,3/4\n', [["Name", "Last"], ['"Ada', "1/2"], ["Bo", "3/4"]]),
    "inside a quoted cell": ('a,b\n"x" y,1\n"p, q",2\n', [["a", "b"], ['"x" y', "1"], ["p, q", "2"]]),
    "twice, lines apart": ('a,b\n"x,1\ny,2\n"z" t,3\n', [["a", "b"], ['"x', "1"], ["y", "2"], ['"z" t', "3"]]),
}  # fmt: skip


@pytest.mark.parametrize("where", STRAY)
def test_a_stray_quotation_mark_swallows_nothing(tmp_path: Path, where: str) -> None:
    text, rows = STRAY[where]
    grid = only(written(tmp_path / "log.csv", text))
    assert [cells for _, cells in grid.lines] == rows
    assert len(grid.notes) == 1 and grid.notes[0].startswith("Quotation marks do not match on line 2")


def test_a_stray_quotation_mark_far_above_another(tmp_path: Path) -> None:
    lines = ["a,b", '"x,1', *["y,2"] * 500, 'z,"3"']
    grid = only(written(tmp_path / "log.csv", "\n".join(lines)))
    assert len(grid.lines) == len(lines)
    assert grid.lines[-1] == (503, ["z", "3"])
    assert grid.notes == (
        "Quotation marks do not match on line 2; what stands there was read as it is.",
    )


def test_a_mark_of_inches_is_a_letter(tmp_path: Path) -> None:
    assert text_cells(tmp_path, 'a,5" folder\nb,x\n') == [["a", '5" folder'], ["b", "x"]]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1),
            min_size=3, max_size=3,
        ),
        min_size=2, max_size=8,
    )
)  # fmt: skip
def test_what_is_quoted_comes_back(rows: list[list[str]]) -> None:
    text = "".join(
        ";".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\r\n" for cells in rows
    )
    with tempfile.TemporaryDirectory() as name:
        assert cells_of(written(Path(name) / "log.csv", "sep=;\r\n" + text)) == rows


# --- What is not taken


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "in.xlsx is empty."),
        (b"\xef\xbb\xbf \r\n\n", "in.xlsx is empty."),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "in.xlsx is a picture, not a spreadsheet."),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "in.xlsx is a photograph, not a spreadsheet."),
        (b"%PDF-1.7\n%\xe2\xe3", "in.xlsx is a PDF, not a spreadsheet."),
        (b"{\\rtf1 x}", "in.xlsx is a Word document, not a spreadsheet."),
        (b"\xef\xbb\xbf\r\n<HTML><table>", "in.xlsx is a web page, not a spreadsheet."),
        (b"<?xml version='1.0'?><Workbook/>", "in.xlsx is an XML file, not a spreadsheet."),
        (b"\x1f\x8b\x08", "in.xlsx is a packed file, not a spreadsheet."),
        (random.Random(1).randbytes(5000), "in.xlsx is not a spreadsheet, nor a text."),
        (bytes(range(1, 32)) * 9, "in.xlsx is not a spreadsheet, nor a text."),
        (b"a,b\n" + bytes(2), "in.xlsx is not a spreadsheet, nor a text."),
        (b"PK\x05\x06" + bytes(18), "in.xlsx is a packed file, not a spreadsheet."),
        (b"PK\x03\x04 and no more", "in.xlsx cannot be read as a workbook."),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "in.xlsx cannot be read as a workbook."),
        ("a\n" * (2**20 + 1), "in.xlsx has more than 1,048,576 lines."),
        ("," * 2**14 + "\n", "in.xlsx has more than 16,384 columns."),
    ],
)  # fmt: skip
def test_what_is_no_spreadsheet(tmp_path: Path, data: bytes | str, told: str) -> None:
    assert refusal(written(tmp_path / "in.xlsx", data)) == told


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("word/document.xml", "in.xlsx is a Word document, not a spreadsheet that can be read."),
        (
            "ppt/presentation.xml",
            "in.xlsx is a PowerPoint presentation, not a spreadsheet that can be read.",
        ),
        ("xl/workbook.bin", "in.xlsx is a binary workbook (.xlsb), not a spreadsheet that can be read."),
        ("Index/Document.iwa", "in.xlsx is a Numbers document, not a spreadsheet that can be read."),
        ("tracker.csv", "in.xlsx is a packed file, not a spreadsheet."),
        ("[Content_Types].xml", "in.xlsx cannot be read as a workbook."),
    ],
)
def test_another_zip_file(tmp_path: Path, part: str, told: str) -> None:
    with zipfile.ZipFile(tmp_path / "in.xlsx", "w") as packed:
        packed.writestr(part, "<x/>")
    assert refusal(tmp_path / "in.xlsx") == told


def test_a_zip_file_with_a_password(tmp_path: Path) -> None:
    raw = bytearray(saved(tmp_path / "in.xlsx", A1="x").read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(written(tmp_path / "in.xlsx", bytes(raw))) == "in.xlsx is protected with a password."


def claiming(path: Path, size: int) -> Path:
    """A zip file whose first part says that it is that large."""
    raw = bytearray(path.read_bytes())
    struct.pack_into("<I", raw, raw.index(b"PK\x01\x02") + 24, size)
    return written(path, bytes(raw))


def test_what_would_unpack_to_too_much(tmp_path: Path) -> None:
    told = "would unpack to more than 400 MB."
    for path in (saved(tmp_path / "in.xlsx", A1="x"), open_book(tmp_path / "in.ods", row(cell("x")))):
        assert refusal(claiming(path, LARGEST_UNPACKED + 1)) == f"{path.name} {told}"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_a_few_lines_that_would_fill_all_memory(tmp_path: Path, part: str) -> None:
    laugh = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    path = repacked(
        saved(tmp_path / "in.xlsx", A1="x"),
        lambda name, xml: laugh + re.sub(rb"<\?xml[^>]*\?>", b"", xml) if name == part else xml,
    )
    assert refusal(path) == "in.xlsx cannot be read as a workbook."


@pytest.mark.parametrize("part", [SHEET, "xl/styles.xml", "xl/workbook.xml"])
def test_a_part_that_is_missing(tmp_path: Path, part: str) -> None:
    """Without its styles, every date of a workbook would be a number."""
    path = saved(tmp_path / "in.xlsx", A1=date(2017, 3, 14))
    repacked(path, lambda name, xml: None if name == part else xml)
    assert refusal(path) == "in.xlsx cannot be read as a workbook."


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    with (tmp_path / "in.csv").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    assert refusal(tmp_path / "in.csv") == "in.csv is 150 MB; at most 150 MB are read at once."


def test_a_folder_and_nothing_at_all(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path.name} is a folder."
    assert refusal(tmp_path / "no.xlsx") == f"There is nothing at {tmp_path / 'no.xlsx'}."


_AS_SOMEBODY = """
import os, sys
from pathlib import Path
from supervise.errors import FileTrouble
from supervise.exchange.grids import grids_of
if os.geteuid() == 0:
    os.setegid(65534)
    os.seteuid(65534)
try:
    grids_of(Path(sys.argv[1]))
except FileTrouble as error:
    print(error.sentence)
"""


def test_what_may_not_be_read() -> None:
    """As another user, if this one may read everything."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        path = written(Path(name) / "in.csv", "a,b\n")
        path.chmod(0)
        command = [sys.executable, "-c", _AS_SOMEBODY, str(path)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.stderr, done.stdout) == ("", "in.csv cannot be read (Permission denied).\n")


# --- Damage


def small_books(tmp_path: Path) -> dict[str, bytes]:
    """A small workbook of each sort."""
    new = saved(tmp_path / "new.xlsx", A1="Name", B1="Last", A2="Ada", B2=date(2017, 3, 14), C2="=1+1")
    open_ = open_book(tmp_path / "open.ods", row(cell("Name"), cell("9", "float", 'office:value="9"')))
    return {"new": new.read_bytes(), "open": open_.read_bytes(), "old": OLD.read_bytes()}


def grids_or_refusal(path: Path) -> list[Grid] | str:
    try:
        return grids_of(path)
    except SuperviseError as error:
        return error.sentence


@pytest.mark.parametrize("sort", ["new", "open", "old"])
def test_a_workbook_cut_short(tmp_path: Path, sort: str) -> None:
    raw = small_books(tmp_path)[sort]
    path = tmp_path / "in"
    for length in range(0, len(raw) - 600, 97):
        assert isinstance(grids_or_refusal(written(path, raw[:length])), str)


@pytest.mark.parametrize("sort", ["new", "open"])
def test_a_damaged_workbook_is_refused_or_says_what_it_said_before(tmp_path: Path, sort: str) -> None:
    raw = small_books(tmp_path)[sort]
    path = written(tmp_path / "in", raw)
    sound, dice, refused = grids_of(path), random.Random(20170314), 0
    for _ in range(300):
        damaged = bytearray(raw)
        for _ in range(dice.choice((1, 1, 2, 9))):
            damaged[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
        found = grids_or_refusal(written(path, bytes(damaged)))
        refused += isinstance(found, str)
        assert isinstance(found, str) or found == sound
    assert refused > 100


def test_a_damaged_old_workbook_stops_nothing(tmp_path: Path) -> None:
    """Such files have no checksums: what is wrong and may be right is read; the rest is refused."""
    raw, dice, refused = OLD.read_bytes(), random.Random(20170314), 0
    for _ in range(500):
        damaged = bytearray(raw)
        for _ in range(dice.choice((1, 1, 2, 9))):
            damaged[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
        refused += isinstance(grids_or_refusal(written(tmp_path / "in", bytes(damaged))), str)
    assert refused > 50
