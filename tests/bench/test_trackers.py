"""The trackers that are measured are what they are meant to be, and both readers find the same in them.
Nothing is timed here."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from dateutil import parser

from bench import ours, peer_openpyxl
from bench.measuring import COLLECTOR_OFF, Size
from bench.service import AS_AT
from bench.tracker_files import (
    LOG,
    LOG_TITLES,
    MATRIX,
    MONTHS,
    NAMES,
    SHARED,
    log_lines,
    make,
    matrix_lines,
    path_of,
    workers_in_matrix,
)
from bench.trackers import (
    PLANNING,
    READING,
    UNDERSTANDING,
    plan,
    plan_in_parts,
    refuse_misread,
    rows_for,
)
from supervise.exchange.grid_cells import filled
from supervise.exchange.grids import grids_of
from supervise.exchange.plan import Plan
from supervise.workdays import iso

ROWS, SEED = 300, 7


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("trackers")
    make(made, ROWS, SEED)
    return made


def planned(folder: Path, name: str) -> Plan:
    with ours.in_memory() as here:
        return here.plan_import(path_of(folder, name))


def held(plan: Plan) -> Counter[tuple[str, str]]:
    people = {row["id"]: row["name"] for row in plan.rows["person"]}
    return Counter((people[row["person_id"]], row["held_on"]) for row in plan.rows["session"])


def sort_of(cell: Any) -> str:
    """What a cell of the matrix is: a date, or a text of one day, two or none."""
    if not isinstance(cell, str):
        return "blank" if cell is None else "date"
    return "two days" if "&" in cell else "one day" if re.search(r"\d", cell) else "reason"


def meant(cell: Any) -> str:
    """The day of a cell, by another reader of dates."""
    when = cell if isinstance(cell, date) else parser.parse(cell, dayfirst="-" not in cell)
    return iso(when.toordinal())


def test_every_line_of_the_log_is_a_session_on_the_day_it_says(folder: Path) -> None:
    titles, *lines = log_lines(ROWS, SEED)
    assert tuple(titles) == LOG_TITLES and len(lines) == ROWS
    says = Counter((str(line[1]).replace("’", "'"), meant(line[0])) for line in lines)
    for name in (LOG, SHARED):
        plan = planned(folder, name)
        assert plan.problems == [] and plan.tracker and plan.tracker.readings == []
        assert held(plan) == says


def test_the_log_has_what_logs_have() -> None:
    _, *lines = log_lines(3_000, SEED)
    dates, workers, managers, kinds, lengths, signed, notes = zip(*lines, strict=True)
    assert 1_300 < sum(isinstance(cell, date) for cell in dates) < 1_700
    written = {re.sub(r"\d", "9", cell) for cell in dates if isinstance(cell, str)}
    assert {"99/99/9999", "9/9/99", "99.99.9999", "9999-99-99", "99-Sep-99", "9 Sep 9999"} <= written
    assert any(form.startswith("Mon ") for form in written)
    assert len(set(workers)) == 91 and len(set(managers)) == 8 and not set(workers) & set(managers)
    assert {type(cell) for cell in lengths} == {int, str}
    assert {"1:1", "Supervision", "Group", "Case supervision", "Ad hoc"} == set(kinds)
    assert None in signed and None in notes and len(set(notes)) > 50
    assert [meant(cell) for cell in dates] == sorted(meant(cell) for cell in dates)


def test_the_matrix_has_two_years_of_every_sort_of_cell() -> None:
    titles, *lines = matrix_lines(1_000, SEED)
    assert len({line[0] for line in lines}) == 1_000, "nobody is there twice"
    assert (titles[2], titles[-1], len(titles)) == ("Nov-17", "Oct-19", MONTHS + 2)
    cells = [cell for line in lines for cell in line[2:]]
    assert {"A/L", "sick", "canc – court"} <= set(cells)
    sorts = Counter(map(sort_of, cells))
    assert [
        sorts[sort] / len(cells) for sort in ("blank", "reason", "two days", "date")
    ] == pytest.approx([0.2, 0.1, 0.08, 0.31], abs=0.02)
    assert max(cell for cell in cells if isinstance(cell, date)) <= AS_AT


def test_every_day_of_the_matrix_is_a_session(folder: Path) -> None:
    _, *lines = matrix_lines(workers_in_matrix(ROWS), SEED)
    sorts = Counter(sort_of(cell) for line in lines for cell in line[2:])
    plan = planned(folder, MATRIX)
    assert plan.problems == [] and plan.added["post"] == len(lines) == ROWS // 10
    assert plan.added["session"] == sorts["date"] + sorts["one day"] + 2 * sorts["two days"]


def test_the_same_seed_gives_the_same_cells() -> None:
    for lines in (log_lines, matrix_lines):
        assert lines(60, 1) == lines(60, 1) != lines(60, 2)


def test_openpyxl_and_we_read_the_same_cells(folder: Path) -> None:
    read = {name: peer_openpyxl.read(path_of(folder, name)) for name in NAMES}
    for name in NAMES:
        own = [grid.lines for grid in grids_of(path_of(folder, name))]
        assert own == [list(filled(enumerate(rows, 1))) for rows in read[name]]
    assert read[LOG] == read[SHARED]
    assert len(read[LOG][0]) == ROWS + 1


def test_shared_texts_are_there_once(folder: Path) -> None:
    texts = {cell for line in log_lines(ROWS, SEED) for cell in line if isinstance(cell, str)}
    with ZipFile(path_of(folder, SHARED)) as book:
        assert book.read("xl/worksheets/sheet1.xml").count(b"inlineStr") == 0
        assert book.read("xl/sharedStrings.xml").count(b"<si>") == len(texts)


def test_every_workbook_and_every_part_is_measured(folder: Path) -> None:
    for taken, what in (
        (plan(folder), NAMES),
        (plan_in_parts(folder), (READING, UNDERSTANDING, PLANNING)),
        (peer_openpyxl.read_all(folder), (*NAMES, COLLECTOR_OFF)),
    ):
        assert tuple(taken.seconds) == what
        assert all(seconds > 0 for seconds in taken.seconds.values())


def test_a_tracker_that_is_not_wholly_taken_is_not_measured(folder: Path) -> None:
    refuse_misread(folder, ROWS)
    with pytest.raises(RuntimeError, match=r"^The log has 301 lines, of which 300 are taken"):
        refuse_misread(folder, ROWS + 1)


def test_openpyxl_cannot_lose_its_guard_once_it_has_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENPYXL_DEFUSEDXML", "True")
    with pytest.raises(RuntimeError, match="was imported before"):
        peer_openpyxl.read_all_unguarded(folder)


def test_the_log_grows_with_the_service() -> None:
    sizes = [Size(5_000, 600_000, 5), Size(500, 60_000, 5), Size(40, 400, 1)]
    assert [rows_for(size) for size in sizes] == [10_000, 1_000, 50]
