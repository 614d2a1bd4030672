"""How the headers of a tracker are understood: years, months, weeks, several tables, and whose sheet it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from supervise.errors import BadFile
from supervise.exchange.grids import Grid
from supervise.exchange.tracker.answers import Answers
from supervise.exchange.tracker.blocks import layouts_of
from supervise.exchange.tracker.found import Tracker
from supervise.exchange.tracker.layout import IGNORED, LOG, MATRIX, REGISTER, Layout
from supervise.exchange.tracker.reading import tracker_of
from supervise.exchange.tracker.teams import team_of
from supervise.workdays import day, iso

YEAR = "Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Jan|Feb|Mar"
TODAY = day("2019-10-31")


def sheet(
    *lines: str | list[Any], name: str = "", merged: tuple[Any, ...] = (), file: str = "t.xlsx"
) -> Grid:
    """A sheet of lines, whose cells are parted by strokes; "" is a gap."""
    found: list[tuple[int, list[Any]]] = []
    for number, line in enumerate(lines, 1):
        cells = [cell or None for cell in line.split("|")] if isinstance(line, str) else line
        if any(cell is not None for cell in cells):
            found.append((number, cells))
    return Grid(file, name, found, merged=merged)


def layout(*lines: str | list[Any], **more: Any) -> Layout:
    """The only table of such a sheet."""
    (found,) = layouts_of(sheet(*lines, **more), {})
    return found


def firsts(found: Layout) -> list[str]:
    """The first days of the columns."""
    return [iso(slot.frame.first) for slot in found.slots.values() if slot.frame]


def read(*grids: Grid) -> Tracker:
    """What such sheets say."""
    return tracker_of(Path("t.xlsx"), grids, Answers(), TODAY)


def held(tracker: Tracker) -> list[tuple[str, str, str]]:
    """Who had which session when."""
    return [(tracker.workers[each.who].name, iso(each.day), each.kind) for each in tracker.sessions]


# Years


@pytest.mark.parametrize(
    "title",
    ["Supervision 2017", "April 2017 - March 2018", "Supervision April 2017 - March 2018", "From April 2017",
     "2017-18", "Supervision 2017/18", "Apr 17 to Mar 18", "FY 17/18", "Supervision 2017 - updated 05/06/2018"],
)  # fmt: skip
def test_the_months_of_a_title_count_on_into_the_next_year(title: str) -> None:
    found = firsts(layout(title, f"Name|{YEAR}", "Ada Quill|3/4"))
    assert (found[0], found[8], found[9], found[-1]) == (
        "2017-04-01",
        "2017-12-01",
        "2018-01-01",
        "2018-03-01",
    )


def test_the_sheet_and_a_span_come_before_other_years() -> None:
    lines = ("Policy 2015", "updated 05/06/2018", f"Name|{YEAR}", "Ada Quill|3/4")
    assert firsts(layout(*lines, name="2017"))[0] == "2017-04-01"
    assert firsts(layout(*lines, file="Tracker 2016-17.xlsx"))[0] == "2016-04-01"
    assert firsts(layout("Staff of 2015", *lines, name="2017-18"))[0] == "2017-04-01"


def test_a_year_of_something_else_alone_is_asked_for() -> None:
    assert layout("Supervision policy 2015", f"Name|{YEAR}", "Ada Quill|3/4").yearless
    assert layout("updated 05/06/2018", f"Name|{YEAR}", "Ada Quill|3/4").yearless


def test_years_over_some_of_the_months_each_are_theirs() -> None:
    assert firsts(layout("||2017|||2018|", "Name|Role|Nov|Dec||Jan|Feb", "Ada Quill|SW|3/11")) == [
        "2017-11-01", "2017-12-01", "2018-01-01", "2018-02-01",
    ]  # fmt: skip
    numbers: list[Any] = [None, 2017, None, 2018, None]
    assert firsts(layout(numbers, "Name|Nov|Dec|Jan|Feb", "Ada Quill|3/11"))[-1] == "2018-02-01"
    merged = ((1, 1, 1, 2),)
    assert (
        firsts(layout("|2017", "Name|Nov|Dec|Jan|Feb", "Ada Quill|3/11", merged=merged))[2]
        == "2018-01-01"
    )
    assert firsts(layout("|2017", "Name|Nov|Dec|Jan|Feb", "Ada Quill|3/11"))[2] == "2018-01-01"


def test_months_that_neither_rise_nor_fall_are_asked_about() -> None:
    slip = sheet("Name|Nov 17|Dec 17|Jan 17|Feb 17", "Ada Quill|3/11|4/12|5/1|6/2", name="Dates")
    tracker = read(slip, sheet("Name|Date", "Bo Nye|03/04/2017"))
    assert held(tracker) == [("Bo Nye", "2017-04-03", "one_to_one")]
    (question,) = tracker.questions
    assert (question.part, question.key, question.needed) == ("sheets", "Dates", True)


def test_falling_months_are_dated_falling() -> None:
    assert firsts(layout("Name|Mar|Feb|Jan|Dec|Nov", "Ada Quill|3", name="2017-18")) == [
        "2018-03-01", "2018-02-01", "2018-01-01", "2017-12-01", "2017-11-01",
    ]  # fmt: skip


# Months and weeks


@pytest.mark.parametrize(
    ("titles", "name"),
    [("2017-04-01|2017-05-01", ""), ("01/04/2017|01/05/2017", ""), ("30/04/2017|31/05/2017", ""),
     ("04/17|05/17", ""), ("04.17|05.17", ""), ("Apr17|May17", ""), ("Apr_2017|May_2017", ""),
     ("April (2017)|May (2017)", ""), ("Apr sup|May sup", "2017"), ("Apr 17 held|May 17 held", ""),
     ("Apr 2017 Supervision|May 2017 Supervision", "")],
)  # fmt: skip
def test_a_month_is_known_however_it_is_written(titles: str, name: str) -> None:
    found = layout(f"Name|{titles}", "Ada Quill|3|", name=name)
    assert (found.kind, firsts(found)) == (MATRIX, ["2017-04-01", "2017-05-01"])


def test_dates_a_month_apart_are_titles_and_never_somebodys_sessions() -> None:
    days: list[Any] = [date(2017, month, 15) for month in (4, 5, 6)]
    found = layout(["Name", *days], ["Ada Quill", "3", None, "9"])
    assert (found.kind, firsts(found)[0]) == (MATRIX, "2017-04-01")
    numbered = layout("Name|Sup 1|Sup 2|Sup 3", ["Ada Quill", *days], ["Bo Nye", *days])
    assert (numbered.header, numbered.kind, len(numbered.slots)) == (1, MATRIX, 3)
    weeks: list[Any] = [date(2017, 4, 3), date(2017, 4, 10), date(2017, 4, 17)]
    nameless = layout(
        "Name|Role|Sup 1|Sup 2|Sup 3", ["Bo Nye", "SW", *days], ["Ada Quill", "SW", *weeks]
    )
    assert (nameless.header, len(nameless.slots)) == (1, 3)


@pytest.mark.parametrize(
    ("titles", "name"),
    [("Week 1 (3 Apr)|Week 2 (10 Apr)", "2017-18"), ("03-Apr|10-Apr", "2017"), ("w/c 3/4|w/c 10/4", "2017"),
     ("w/c 3rd April|w/c 10th April", "2017"), ("w/e 09/04/2017|w/e 16/04/2017", ""),
     ("3-7 April 2017|10-14 April 2017", ""), ("w/c 03/04/2017|w/c 10/04/2017", "")],
)  # fmt: skip
def test_a_week_is_known_however_it_is_written(titles: str, name: str) -> None:
    found = layout(f"Name|{titles}", "Ada Quill|Thu|", name=name)
    assert (found.kind, firsts(found)) == (MATRIX, ["2017-04-03", "2017-04-10"])
    assert all(slot.frame and slot.frame.last == slot.frame.first + 6 for slot in found.slots.values())


def test_weeks_without_a_year_are_asked_about_and_one_month_is_enough() -> None:
    assert layout("Name|w/c 3/4|w/c 10/4", "Ada Quill|Thu|").yearless
    assert layout("Name|April 2017", "Ada Quill|3").kind == MATRIX


def test_months_over_numbered_sessions_are_theirs() -> None:
    found = layout("Name|April 2017||May 2017|", "|Sup 1|Sup 2|Sup 1|Sup 2", "Ada Quill|3/4|18/4|2/5|")
    assert firsts(found) == ["2017-04-01", "2017-04-01", "2017-05-01", "2017-05-01"]


# What a sheet is


def test_a_chart_of_leave_is_left_out_and_a_team_or_key_is_none() -> None:
    table = ("Name|Apr 17|May 17", "Ada Quill|3|")
    assert layout("Annual leave 2017", *table).kind == IGNORED
    assert layout(*table, name="Sickness").kind == IGNORED
    for above in (
        "Key: AL = annual leave",
        "Training team",
        "Allocations Team",
        "Absence to be shown in red",
    ):
        assert layout(above, *table).kind == MATRIX


def test_each_table_of_a_sheet_is_read_under_its_own_header() -> None:
    both = sheet(
        "2016-17", "Name|Apr|May|Jun", "Ada Quill|3/4|2/5|", "Bo Nye|||9/6", "2017-18", "Name|Apr|May|Jun",
        "Ada Quill|4/4||", "", "Worker|Date|Manager", "Cy Orr|03/07/2017|Pat Doyle",
    )  # fmt: skip
    assert [each.kind for each in layouts_of(both, {})] == [MATRIX, MATRIX, LOG]
    assert held(read(both)) == [
        ("Ada Quill", "2016-04-03", "one_to_one"), ("Ada Quill", "2016-05-02", "one_to_one"),
        ("Bo Nye", "2016-06-09", "one_to_one"), ("Ada Quill", "2017-04-04", "one_to_one"),
        ("Cy Orr", "2017-07-03", "one_to_one"),
    ]  # fmt: skip


def test_the_same_header_again_goes_on_with_the_table() -> None:
    lines = ("Name|Apr 17|May 17", "Ada Quill|3/4|", "Duty Team", "Name|Apr 17|May 17", "Bo Nye||2/5")
    assert len(layouts_of(sheet(*lines), {})) == 1


def test_a_log_before_a_wider_matrix_is_not_lost() -> None:
    both = sheet("Worker|Date", "Ada Quill|03/04/2017", "Bo Nye|04/04/2017", "", f"Name|{YEAR}", "Cy Orr|3/4",
                 name="2017-18")  # fmt: skip
    assert [each.kind for each in layouts_of(both, {})] == [LOG, MATRIX]


def test_the_log_of_one_person_is_named_after_them() -> None:
    table = ("Date|Type|Length", "03/04/2017|1:1|60")
    assert held(read(sheet(*table, name="Ada Quill"))) == [("Ada Quill", "2017-04-03", "one_to_one")]
    assert held(read(sheet("Ada Quill", *table, name="Sheet1"))) == [
        ("Ada Quill", "2017-04-03", "one_to_one")
    ]
    for name in ("Blank Form", "Court Reports", "Duty Team", "Sheet1"):
        assert layout(*table, name=name).kind == IGNORED


def test_months_beside_dates_are_no_matrix_that_goes_down() -> None:
    table = ("Month|Date held|Length", "April 2017|03/04/2017|60", "May 2017|02/05/2017|45")
    assert layout(*table, name="Sheet1").kind == IGNORED
    assert layout(*table, name="Ada Quill").kind == LOG


# Titles


@pytest.mark.parametrize(
    "title",
    ["Worker's name", "Practitioner’s Name", "Staff name & role", "Allocated SW", "Nom", "Trabajador", "Nume",
     "Nome", "Supervisee name", "Who did you supervise?", "Name of supervisee"],
)  # fmt: skip
def test_names_stand_under_many_titles(title: str) -> None:
    found = layout(f"{title}|Dates", "Ada Quill|03/04/2017")
    assert (found.kind, found.columns) == (LOG, {"name": 0, "date": 1})


def test_the_surer_of_two_titles_is_meant() -> None:
    found = layout("Name|Name of supervisee|Date", "Pat Doyle|Ada Quill|03/04/2017")
    assert (found.columns["name"], found.unknown) == (1, [0])
    found = layout("Name|Last meeting|Most recent supervision", "Ada Quill|01/04/2017|03/04/2017")
    assert (found.kind, found.columns["last"]) == (REGISTER, 2)
    assert "last" in layout("Name|Date of last supervision session", "Ada Quill|03/04/2017").columns


def test_dates_of_appraisals_are_none_of_supervision() -> None:
    found = layout("|Appraisal||Supervision|", "Name|Last|Next|Last|Next", "Ada Quill|1/1/17||3/4/17|")
    assert (found.columns["last"], found.columns["next"]) == (3, 4)


# Teams


@pytest.mark.parametrize(
    ("above", "name", "team"),
    [("Please update weekly", "Sheet1", None), ("From April 2017", "Sheet1", None), ("Naïve name", "", None),
     ("", "Appraisal", None), ("CIN Team 2", "Sheet1", "CIN Team 2"), ("", "Duty", "Duty"),
     ("Kingsbrook North - supervision tracker 2017", "", "Kingsbrook North")],
)  # fmt: skip
def test_a_sheet_has_a_team_only_if_it_says_so(above: str, name: str, team: str | None) -> None:
    assert team_of(layout(above, "Name|Apr 17|May 17", "Ada Quill|3|", name=name)) == team


def test_a_file_that_is_no_tracker_is_told_what_was_understood() -> None:
    with pytest.raises(BadFile) as told:
        read(sheet("Who|Chat on|What about", "Ada Quill|03/04/2017|Leeds"))
    assert "It understood “Who”, and not “Chat on”, “What about”." in str(told.value)


def test_a_file_whose_months_have_no_year_is_told_so() -> None:
    with pytest.raises(BadFile) as told:
        read(sheet("Name|w/c 3/4|w/c 10/4", "Ada Quill|Thu|", name="Dates"))
    assert "of which year the weeks or months of the sheet “Dates”" in str(told.value)


def test_dates_a_month_apart_need_not_be_of_one_day_of_it() -> None:
    days: list[Any] = [date(2017, 4, 3), date(2017, 5, 2), date(2017, 6, 1)]
    assert layout(["Name", *days], ["Ada Quill", "3", None, "9"]).header == 1


def test_falling_months_count_back_from_the_only_year() -> None:
    found = firsts(layout("Name|Mar 18|Feb|Jan|Dec", "Ada Quill|3"))
    assert found == ["2018-03-01", "2018-02-01", "2018-01-01", "2017-12-01"]


def test_a_log_may_have_a_column_of_dates_for_each_kind() -> None:
    lines = (
        "Worker|1:1 date|Group date",
        "Ada Quill|3/4/17|10/4/17",
        "Bo Nye||11/4/17",
        "Bo Nye|5/5/17|",
    )
    tracker = read(sheet(*lines))
    assert sorted(held(tracker)) == [
        ("Ada Quill", "2017-04-03", "one_to_one"), ("Ada Quill", "2017-04-10", "group"),
        ("Bo Nye", "2017-04-11", "group"), ("Bo Nye", "2017-05-05", "one_to_one"),
    ]  # fmt: skip
    assert not [each for each in tracker.readings if not each.taken]


def test_months_that_leave_their_two_years_are_asked_about() -> None:
    months = "Jan|Feb|Mar|Apr|May|Jun"
    assert layout(f"Name|{months}", "Ada Quill|3", name="2017-18").yearless
    assert firsts(layout("Name|Sep|Oct|Aug", "Ada Quill|3", name="2017-18"))[-1] == "2018-08-01"
    longer = f"Name|{YEAR}|{YEAR}"
    assert firsts(layout("April 2016 - March 2018", longer, "Ada Quill|3"))[-1] == "2018-03-01"


def test_a_lone_month_is_the_title_of_a_log_and_a_label_may_give_the_year() -> None:
    found = layout("April 2017", "Date|Name|With", "Mon 3rd|Ada Quill|PD", name="Log")
    assert found.kind == LOG
    labels = "Supervisor:|Pat Doyle||Period:|April 2017 to March 2018"
    assert firsts(layout(labels, "Worker|Apr|May|Jan", "Ada Quill|3/4"))[-1] == "2018-01-01"


def test_figures_that_are_not_plain_numbers_are_told_and_break_nothing() -> None:
    told = read(
        sheet("Name|Apr 2019|May 2019|Jun 2019|Jul 2019", "Ada Marsh|1|2|1|²", "Bo Berg|1|½|①|1")
    )
    assert [(each.written, each.doubts) for each in told.readings if not each.taken] == [
        (figure, ("this cannot be read as a date or a reason",)) for figure in "²½①"
    ]
    assert len(held(told)) == 5


@pytest.mark.parametrize("written", ["29/02/2019", "12/02/2019"])
def test_a_date_on_a_line_of_nobody_is_told_even_if_it_does_not_exist(written: str) -> None:
    told = read(sheet("Worker|Date|Type", "Ada Marsh|12 May 2019|1:1", f"vacant|{written}|1:1"))
    assert [
        (each.place.line, each.written, each.doubts[0]) for each in told.readings if not each.taken
    ] == [(3, written, "there is nobody's name on this line")]
