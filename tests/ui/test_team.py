"""Team: everyone on a day, sorted, narrowed, copied and exported, with the twelve months before it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.modeltest import ModelTester

from supervise.doing.staff import Staff
from supervise.policy_files import read_policy
from supervise.store import Store, memory_store
from supervise.ui.pages.person_board import (
    BOOKED,
    DUE,
    LAST,
    PERSON,
    STATUS,
    SUPERVISOR,
    TEAM,
    YEAR,
)
from supervise.workdays import day
from supervise.workspace import Workspace
from tests.making import CASE_CLOCK, MONTHLY, put
from tests.ui.driving import ME, Driver, Hands, unnamed

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def names(page: Any) -> list[str]:
    return [row.name for row in page.table.records]


def all_spoken(page: Any) -> list[str]:
    """What a screen reader says of every cell."""
    table = page.table
    cells = [
        table.index(row, column)
        for row in range(table.rowCount())
        for column in range(table.columnCount())
    ]
    return [cell.data(Qt.ItemDataRole.AccessibleTextRole) for cell in cells]


def many(hands: Hands, people: int) -> Store:
    """A team of that many, each seen once."""
    store = memory_store(hands)
    here = Workspace(store, today=hands.today, me=ME)
    here.add_policies([read_policy(MONTHLY, "monthly.toml")])
    ids = [f"P{n:03}" for n in range(people)]
    put(here, {
        "person": [{"id": id, "name": f"Person {id[1:]}"} for id in ids],
        "post": [
            {"person_id": id, "team": "East", "role": "social_worker", "from": "2025-01-06"} for id in ids
        ],
        "session": [
            {"id": f"S{id}", "person_id": id, "kind": "one_to_one", "status": "held",
             "held_on": f"2026-03-{n % 17 + 1:02}"}
            for n, id in enumerate(ids)
        ],
    })  # fmt: skip
    return store


# --- What it says


def test_the_worst_come_first_and_the_longest_gap_before_the_others(practice: Driver) -> None:
    practice.looks_at("Safeguarding East")
    page = practice.opens("team")
    assert names(page)[:4] == ["Harpreet Kaur Gill", "Phạm Minh Đức", "Adaeze Nwosu", "Nguyễn Thị Lan"]
    practice.sees(
        "Safeguarding East", "13 people", "supervisor Nerys Bowen", "rules: Employer standards 2020"
    )
    practice.sees("22 Sep", "Wed 18 Mar", "Gap")
    header = page.table.headerData(YEAR, Qt.Orientation.Horizontal)
    assert header == "Mar 25 – Mar 26"


def test_a_manager_new_in_post_is_told_so(practice: Driver) -> None:
    practice.looks_at("Assessment West")
    practice.opens("team")
    practice.sees("supervisor Ifeoma Okonkwo, three weeks in post")


def test_the_kind_of_an_absence_is_never_told_here(practice: Driver) -> None:
    page = practice.opens("team")
    said = practice.reads().casefold() + " ".join(all_spoken(page)).casefold()
    assert "clock stopped since 20 oct 2025" in said
    for kind in ("sick", "maternity", "annual leave"):
        assert kind not in said


def test_a_booking_after_the_last_day_in_time_is_said_to_be_too_late(
    opened: Callable[..., Driver], hands: Hands
) -> None:
    store = many(hands, 1)
    here = Workspace(store, today=hands.today, me=ME)
    booked = {"id": "B", "person_id": "P000", "kind": "one_to_one", "status": "planned"}
    put(here, {"session": [booked | {"planned_on": "2026-05-06", "planned_start": "10:30"}]})
    page = opened(store).opens("team")
    (row,) = page.table.records
    index = page.table.index(0, BOOKED)
    assert index.data() == "Wed 6 May"
    assert index.data(Qt.ItemDataRole.UserRole + 1) == "10:30, too late"
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Booked: Wed 6 May 2026 at 10:30, too late"
    assert row.status == "on_track"


def test_another_day_is_shown_as_it_stood_and_changes_nothing(practice: Driver) -> None:
    practice.looks_at("Safeguarding East", day("2025-09-15"))
    page = practice.opens("team")
    gill = page.table.records[page.table.row_of("W05")]
    assert gill.last_held == day("2025-08-08")
    assert page.table.headerData(YEAR, Qt.Orientation.Horizontal) == "Sep 24 – Sep 25"
    page.view.choose("W05")
    practice.does("book")
    assert practice.dialog() is None
    assert "another day" in practice.hears()


def test_an_empty_store_says_what_to_do(empty: Driver) -> None:
    empty.opens("team")
    empty.sees("Nobody is in post here on this day.", "Ctrl+N", "0 people")


def test_everything_has_a_name_and_nothing_is_clipped_sideways(
    practice: Driver, opened: Callable[..., Driver], hands: Hands
) -> None:
    page = practice.opens("team")
    assert unnamed(page) == []
    for driver in (practice, opened(many(hands, 3), percent=200)):
        page = driver.opens("team")
        area = page.findChild(type(page.layout().itemAt(0).widget()))
        assert area.horizontalScrollBar().maximum() == 0


# --- Sorting and narrowing


def test_every_column_sorts_by_what_it_means(practice: Driver) -> None:
    page = practice.opens("team")
    for column, key in (
        (PERSON, lambda row: row.name.casefold()),
        (TEAM, lambda row: row.team.casefold()),
        (LAST, lambda row: row.last_held or 10**7),
        (DUE, lambda row: row.due or 10**7),
        (BOOKED, lambda row: row.booked_on or 10**7),
    ):
        page.view.sortByColumn(column, UP)
        found = [key(row) for row in page.table.records]
        assert found == sorted(found)
        page.view.sortByColumn(column, DOWN)
        assert [key(row) for row in page.table.records] == sorted(found, reverse=True)
    page.view.sortByColumn(STATUS, UP)
    assert page.table.records[0].status == "gap"
    assert page.table.records[-1].status == "absent"


def test_by_the_year_it_sorts_once_every_strip_has_been_read(practice: Driver) -> None:
    page = practice.opens("team")

    def late() -> list[int]:
        practice.waits_until(lambda: not practice.background.is_busy)
        return [page.strips.known(row).days_late for row in page.table.records]

    page.view.sortByColumn(YEAR, UP)
    first = late()
    assert first == sorted(first, reverse=True)
    assert first[0] > 100
    page.read()
    assert late() == first, "a new look is sorted by what was read anew"
    page.view.sortByColumn(YEAR, DOWN)
    assert late() == sorted(first)


def test_the_filter_is_reached_by_keys_and_takes_any_word(practice: Driver) -> None:
    page = practice.opens("team")
    practice.presses("Ctrl+Shift+F")
    practice.types("gap senior")
    assert names(page) == ["Harpreet Kaur Gill", "Krystian Zając"]
    practice.types("zzz")
    practice.sees("No row has these words and this status.")
    practice.clicks("Show everyone")
    assert len(names(page)) == 22
    assert page.words.text() == ""
    practice.presses("/")
    assert practice.where() is page.words
    practice.types("gill")
    practice.presses("Return")
    assert practice.where() is page.view
    assert page.chosen_person() == "W05"


def test_the_statuses_narrow_the_table_with_their_counts(practice: Driver) -> None:
    page = practice.opens("team")
    choices = [page.status.itemText(at) for at in range(page.status.count())]
    assert choices[:3] == ["All · 22", "■ Gap · 6", "▲ Overdue · 2"]
    page.status.setCurrentIndex(1)
    page.status.activated.emit(1)
    assert {row.status for row in page.table.records} == {"gap"}
    page.read()
    assert len(names(page)) == 6, "a new look keeps what was chosen"


def test_who_is_not_in_post_is_found_with_the_reason_and_opens(practice: Driver) -> None:
    page = practice.opens("team")
    at = page.status.findData("not_in_post")
    page.status.setCurrentIndex(at)
    page.status.activated.emit(at)
    practice.sees("Grażyna Wilk")
    assert "Person: Grażyna Wilk, Left 13 Feb 2026" in all_spoken(page)
    page.view.choose("M05")
    page.view.setFocus()
    practice.presses("Return")
    assert practice.window.front.person_id == "M05"


def test_what_is_chosen_stays_chosen_after_a_change(practice: Driver) -> None:
    page = practice.opens("team")
    page.view.choose("W07")
    change = Staff(practice.workspace.here).save("person", {"id": "W05", "staff_no": "9"})
    practice.desk.did(change)
    assert page.chosen().person == "W07"


# --- Strips


def test_only_the_strips_that_can_be_seen_are_read(opened: Callable[..., Driver], hands: Hands) -> None:
    driver = opened(many(hands, 300))
    page = driver.opens("team")
    driver.waits_until(lambda: page.strips.has_all(page.view.in_sight()))
    known = [row.subject for row in page.table.records if page.strips.known(row)]
    assert len(page.view.in_sight()) <= len(known) < 40
    page.view.scrollToBottom()
    driver.waits_until(lambda: page.strips.has_all(page.view.in_sight()))
    assert page.strips.known(page.table.records[-1]) is not None
    assert page.strips.known(page.table.records[150]) is None


def test_a_frame_reads_only_a_few_strips_and_the_next_ones_read_on(
    opened: Callable[..., Driver], hands: Hands
) -> None:
    driver = opened(many(hands, 300))
    page = driver.opens("team")
    driver.waits_until(lambda: page.strips.has_all(page.view.in_sight()))
    page.strips.forget(None)
    page.view.viewport().grab()
    first = [page.strips.known(row) is not None for row in page.view.in_sight()]
    assert first[:4] == [True] * 4 and not any(first[4:])
    driver.waits_until(lambda: all(map(page.strips.known, page.view.in_sight())))


def test_a_change_is_seen_in_the_strip(practice: Driver) -> None:
    page = practice.opens("team")
    row = page.table.records[page.table.row_of("W05")]
    before = page.strips.of(row)
    put(practice.workspace, {"session": [
        {"id": "new", "person_id": "W05", "kind": "one_to_one", "status": "held", "held_on": "2026-03-17"}
    ]})  # fmt: skip
    page.read()
    row = page.table.records[page.table.row_of("W05")]
    assert len(page.strips.of(row).held) == len(before.held) + 1
    assert page.strips.of(row).open_gap is False


# --- Columns, copying, files


def test_columns_are_put_away_and_that_is_remembered(practice: Driver) -> None:
    page = practice.opens("team")
    assert page.view.isColumnHidden(TEAM)
    page.columns.turn("Team", True)
    page.columns.turn("Booked", False)
    assert not page.view.isColumnHidden(TEAM)
    assert page.view.isColumnHidden(BOOKED)
    assert practice.memory["columns"]["team"] == ["Booked"]
    page.columns.button.menu().aboutToShow.emit()
    ticked = {each.text(): each.isChecked() for each in page.columns.button.menu().actions()}
    assert ticked["Team"] and not ticked["Booked"]
    assert "Person" not in ticked


def test_the_supervisor_is_not_shown_where_all_have_the_same(practice: Driver) -> None:
    page = practice.opens("team")
    assert not page.view.isColumnHidden(SUPERVISOR)
    practice.looks_at("Safeguarding East")
    assert page.view.isColumnHidden(SUPERVISOR)


def test_copied_rows_have_whole_dates_and_the_year_in_words(practice: Driver) -> None:
    page = practice.opens("team")
    page.view.choose("W05")
    page.view.setFocus()
    practice.presses("Ctrl+C")
    titles, row = (line.split("\t") for line in QGuiApplication.clipboard().text().splitlines())
    said = dict(zip(titles, row, strict=True))
    assert said["Last held"] == "22 Sep 2025"
    assert said["Twelve months"].startswith("7 supervisions in the year")


def test_the_table_is_exported_as_it_is_shown(practice: Driver, tmp_path: Path) -> None:
    page = practice.opens("team")
    practice.presses("Ctrl+Shift+F")
    practice.types("gap")
    page.write_table(tmp_path / "team.xlsx")
    practice.waits_until(lambda: not practice.background.is_busy)
    lines = list(load_workbook(tmp_path / "team.xlsx").active.values)
    assert lines[0][:4] == ("Name", "Role and phase", "Supervisor", "Last held")
    assert [line[0] for line in lines[1:]] == names(page)
    assert lines[1][3].date().isoformat() == "2025-09-22"
    assert "not encrypted" in practice.hears()
    assert practice.workspace.store.access.list(1)[0].what == "exported"


def test_an_empty_table_is_not_exported(empty: Driver, tmp_path: Path) -> None:
    page = empty.opens("team")
    with empty.desk.trying():
        page.write_table(tmp_path / "team.xlsx")
    assert "nothing to export" in empty.hears()
    assert not list(tmp_path.iterdir())


# --- What one does with a row


def test_enter_opens_the_person_and_the_keys_ask_why(practice: Driver) -> None:
    page = practice.opens("team")
    page.view.choose("W05")
    practice.presses("Ctrl+/")
    practice.sees("Why? Harpreet Kaur Gill", "Last held 22 September 2025.")
    practice.presses("Escape")
    practice.presses("Return")
    assert practice.window.front.name == "person"
    practice.sees("Harpreet Kaur Gill")


def actions_of(menu: QMenu) -> dict[str, QAction]:
    return {each.text().replace("&", ""): each for each in menu.actions() if each.text()}


def test_a_rows_menu_offers_what_can_be_done(practice: Driver) -> None:
    page = practice.opens("team")
    page.view.choose("W05")
    menu = page.row_menu(page.chosen())
    found = actions_of(menu)
    assert list(found) == [
        "Open", "Why?", "Book…", "Record a supervision", "Quick note…", "Explain a gap…", "Copy"
    ]  # fmt: skip
    found["Explain a gap…"].trigger()
    practice.sees("Why was there a gap? Harpreet Kaur Gill")
    practice.presses("Escape")
    found["Open"].trigger()
    assert practice.window.front.person_id == "W05"
    menu.deleteLater()


def test_a_rows_menu_of_another_day_changes_nothing(practice: Driver) -> None:
    practice.looks_at(None, day("2026-03-02"))
    page = practice.opens("team")
    menu = page.row_menu(page.chosen())
    usable = [text for text, action in actions_of(menu).items() if action.isEnabled()]
    assert usable == ["Open", "Why?", "Copy"]
    menu.deleteLater()


# --- Cases


@pytest.fixture
def with_cases(opened: Callable[..., Driver], hands: Hands) -> Driver:
    store = many(hands, 2)
    here = Workspace(store, today=hands.today, me=ME)
    policy = MONTHLY.replace('"p"', '"c", effective_from = 2026-01-01') + CASE_CLOCK
    here.add_policies([read_policy(policy, "c.toml")])
    put(here, {"case_allocation": [{"person_id": "P001", "case_ref": "C1", "from": "2026-01-05"}]})
    return opened(store)


def test_under_a_case_clock_rows_are_cases_with_their_holders(with_cases: Driver) -> None:
    page = with_cases.opens("team")
    assert [page.clock.itemText(at) for at in range(page.clock.count())] == ["People", "Cases"]
    page.clock.setCurrentIndex(1)
    page.clock.activated.emit(1)
    with_cases.sees("C1", "1 case")
    assert page.table.index(0, PERSON).data(Qt.ItemDataRole.UserRole + 1).startswith("Person 001 · ")
    with_cases.presses("Ctrl+/")
    with_cases.sees("Why? C1", "Held by Person 001")
    with_cases.presses("Escape")
    page.view.setFocus()
    with_cases.presses("Return")
    assert with_cases.window.front.person_id == "P001"


def test_without_a_case_clock_there_is_nothing_to_choose(practice: Driver) -> None:
    assert not practice.opens("team").clock.isVisible()


def test_the_table_keeps_every_rule_of_a_model(practice: Driver, qtmodeltester: ModelTester) -> None:
    page = practice.opens("team")
    qtmodeltester.check(page.table)
    page.words.setText("gap")
    page.view.sortByColumn(DUE, DOWN)
    qtmodeltester.check(page.table)
