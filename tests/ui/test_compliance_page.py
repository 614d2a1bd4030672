"""The compliance page: what an inspector would ask, on the real window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest

from supervise.answers import Said
from supervise.doing.showing import Showing
from supervise.doing.showing_measures import MEASURES
from supervise.doing.showing_tables import fraction, percent
from supervise.policy_files import read_policy_file
from supervise.store import memory_store
from supervise.ui.pages import compliance
from supervise.workdays import day
from supervise.workspace import Workspace
from tests.making import put
from tests.ui.driving import Driver, Hands, practice_store, unnamed

KEPT = Path(__file__).parents[1] / "kept"
NAMES = {"Period", "Group by", "Month by month", "Gaps, the longest first", "Left out"}


def complete(driver: Driver) -> Any:
    """The page, when all has been reckoned."""
    page: Any = driver.window.front
    driver.waits_until(lambda: page.found is not None and page.changed is not None)
    driver.settle()
    return page


def opened_page(driver: Driver) -> Any:
    driver.opens("compliance")
    return complete(driver)


def part(page: Any, at: int) -> Any:
    """Bring a part of the page to the front."""
    page.tabs.setCurrentIndex(at)
    return page.tabs.currentWidget()


def choose_period(driver: Driver, page: Any, name: str) -> None:
    box = page.choices.period
    box.setCurrentIndex(box.findData(name))
    box.activated.emit(box.currentIndex())
    driver.settle()


@pytest.fixture
def sample(opened: Callable[..., Driver]) -> Driver:
    """The window on the sample service, on 31 October 2019."""
    hands = Hands(datetime(2019, 10, 31, 9, 30, tzinfo=UTC))
    store = memory_store(hands)
    here = Workspace(store, today=hands.today, me="Nerys Bowen")
    here.add_policies([read_policy_file(KEPT / "policies" / "standards-2020-with-defaults.toml")])
    here.carry_out(here.plan_import(KEPT / "service"))
    driver = opened(store)
    driver.hands.at = hands.at
    return driver


# The figures


def test_the_figures_on_the_page_are_those_of_the_command_line(sample: Driver) -> None:
    page = opened_page(sample)
    page.choices.first.set_day(day("2019-01-01"))
    page.choices.last.set_day(day("2019-10-31"))
    page.found = None
    choose_period(sample, page, "free")
    sample.clicks("Show this period")
    found = complete(sample).found
    clockwork = sample.workspace.clockwork(None, day("2019-10-31"))
    service, measured = sample.workspace.measures(clockwork, found.first, found.last)
    (wanted,) = Said(clockwork, service, None).measures(measured, found.first, found.last)["groups"]
    assert (found.first, found.last) == (day("2019-01-01"), day("2019-10-31"))
    assert wanted["covered_days"] == [6669, 11864], "the sample’s expected answers"
    for name in ("covered_days", "clear_months", "in_policy", "evidenced", "long_enough", "on_time"):
        share = getattr(found.whole, name)
        assert [share.n, share.d] == wanted[name]
        sample.sees(f"{share.n:,} of {share.d:,}", percent(share), found.counts(name))
    sample.sees("■ 133", "17 carried in from before. The longest: 984 days late")
    for month, (n, of) in wanted["supervised_in_month"].items():
        assert f"{n} of {of}" in sample.reads(page.measures.months), month


def test_the_headline_stands_first_and_on_time_last_with_what_it_hides(practice: Driver) -> None:
    opened_page(practice)
    seen = practice.reads()
    titles = [measured.title for measured in MEASURES]
    places = [seen.index(f"\n{title}\n") for title in titles]
    assert titles[:2] == ["Days covered", "Clear months"] and places == sorted(places)
    assert "Read it only beside the others: it counts a gap of a year once" in seen


def test_figures_are_those_of_the_team_and_the_day_looked_at(practice: Driver) -> None:
    page = opened_page(practice)
    everyone = page.found.whole.covered_days.d
    practice.looks_at("Leaving Care")
    of_team = complete(practice).found
    assert of_team.team == "Leaving Care" and of_team.whole.covered_days.d < everyone
    practice.sees("Leaving Care, 1 Mar 2025 – 28 Feb 2026")
    practice.looks_at("Leaving Care", day("2025-12-03"))
    then = complete(practice).found
    assert (then.as_at, then.last) == (day("2025-12-03"), day("2025-11-30"))
    practice.sees("1 Dec 2024 – 30 Nov 2025")


def test_groups_are_shown_one_by_one_and_a_team_opens(practice: Driver) -> None:
    page = opened_page(practice)
    choices = page.choices.grouping
    choices.setCurrentIndex(choices.findData("team"))
    choices.activated.emit(choices.currentIndex())
    found = complete(practice).found
    titles = [group.title for group in found.groups]
    assert titles == sorted(titles) and {"Leaving Care", "Safeguarding East"} <= set(titles)
    table = page.measures.groups.table
    for row, group in enumerate(found.groups):
        for column, measured in enumerate(MEASURES, 1):
            share = getattr(group.measures, measured.name)
            index = table.index(row, column)
            assert index.data() == percent(share)
            assert fraction(share) in index.data(Qt.ItemDataRole.AccessibleTextRole)
    page.measures.groups.setFocus()
    page.measures.groups.choose("Leaving Care")
    practice.presses("Return")
    assert practice.desk.view.team == "Leaving Care"
    assert "team" not in [complete(practice).choices.grouping.itemData(at) for at in range(4)]


# Months, gaps, rules


def test_months_are_walked_by_keyboard_and_each_says_who_and_when(practice: Driver) -> None:
    page = opened_page(practice)
    part(page, 1)
    page.months.setFocus()
    page.months.choose(
        "P15" if page.months.months.row_of("P15") is not None else page.found.people[0].subject
    )
    practice.presses("Right", 2)
    index = page.months.currentIndex()
    assert index.column() == 2
    record = page.found.people[index.row()]
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"{record.name}, May 2025: {record.cells[2].words}"
    assert page.months.months.headerData(index.row(), Qt.Orientation.Vertical) == record.name
    assert page.chosen_person() == record.person
    practice.presses("Ctrl+C")
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0].startswith("Person\tMar 2025\t") and copied[1].startswith(f"{record.name}\t")


def test_late_months_are_marked_with_shape_number_and_word(practice: Driver) -> None:
    page = opened_page(practice)
    part(page, 1)
    late = [
        (row, column)
        for row, each in enumerate(page.found.people)
        for column, cell in enumerate(each.cells)
        if cell.late
    ]
    assert late
    for row, column in late:
        index = page.months.months.index(row, column)
        cell = page.found.people[row].cells[column]
        assert index.data() == f"■ {cell.late} late"


def test_a_gap_is_told_in_full_and_opens_its_person(
    practice: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened_page(practice)
    part(page, 2)
    practice.sees(f"{len(page.found.gaps)} gaps with a late day in the period: ")
    gap = page.found.gaps[0]
    page.gaps.view.setFocus()
    page.gaps.view.choose((gap.gap.subject, gap.gap.first_late_day))
    practice.sees(f"Reason: {gap.reason}.", "Supervisor on the late days: ")
    assert page.chosen_person() == gap.person
    asked: list[object] = []
    practice.desk.asked_for.disconnect(practice.window.open_page)
    practice.desk.asked_for.connect(lambda name, subject: asked.append((name, subject)))
    practice.presses("Return")
    practice.clicks("Open the person of the gap chosen")
    assert asked == [("person", gap.person)] * 2


def test_why_is_asked_of_the_gap_chosen(practice: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened_page(practice)
    part(page, 2)
    asked: list[object] = []
    monkeypatch.setattr(practice.desk.deeds, "why", lambda *of: asked.append(of))
    monkeypatch.setattr(practice.desk.deeds, "explain_gap", lambda *of: asked.append(of))
    gap = page.found.gaps[0]
    page.gaps.view.choose((gap.gap.subject, gap.gap.first_late_day))
    practice.presses("Ctrl+/")
    practice.clicks("Why is there the gap chosen?")
    practice.clicks("Give the reason of the gap chosen")
    assert asked == [(gap.person, "one_to_one")] * 2 + [(gap.person, gap.gap.first_late_day)]


def test_no_reason_can_be_given_while_another_day_is_looked_at(practice: Driver) -> None:
    opened_page(practice)
    practice.looks_at(None, day("2026-02-10"))
    page = complete(practice)
    part(page, 2)
    assert page.found.gaps and not page.gaps.give.isEnabled()


def test_who_is_left_out_what_lacks_evidence_and_the_rules_can_be_read(practice: Driver) -> None:
    page = opened_page(practice)
    part(page, 3)
    for each in page.found.left_out:
        practice.sees(f"{each.name} | {each.why}")
    share = page.found.whole.evidenced
    practice.sees(f"{share.d - share.n} of {share.d} sessions held and kept here: ")
    practice.sees("Applied 1 Mar 2025 – 28 Feb 2026.", page.found.rules[0].policy.title)
    asked = Showing(practice.workspace.here).changed(page.found.first, page.found.last)
    assert [(each.was, each.what) for each in page.changed] == [(each.was, each.what) for each in asked]
    assert page.changed
    for each in page.changed:
        practice.sees(each.was, f"{each.what}, ")


def test_a_new_entry_is_looked_for_at_once(practice: Driver) -> None:
    page = opened_page(practice)
    before = page.found.whole.covered_days.n
    gap = next(each for each in page.found.gaps if each.gap.ended == "open")
    row = {
        "id": "new",
        "person_id": gap.person,
        "kind": "one_to_one",
        "status": "held",
        "held_on": "2026-02-20",
    }
    put(practice.workspace, {"session": [row]})
    practice.desk.changed.emit(frozenset(("session",)))
    assert complete(practice).found.whole.covered_days.n > before


# Asking


def test_a_period_of_ones_own_is_typed(practice: Driver) -> None:
    page = opened_page(practice)
    choose_period(practice, page, "free")
    assert page.choices.first.edit.text() == "1 Mar 2025"
    page.choices.last.edit.setText("31 May 2025")
    page.choices.last.edit.setFocus()
    practice.presses("Return")
    found = complete(practice).found
    assert (found.first, found.last, len(found.months)) == (day("2025-03-01"), day("2025-05-31"), 3)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1 May 2025", "ends before it begins"),
        ("rubbish", "rubbish"),
        ("", "needs its first and its last day"),
    ],
)
def test_a_period_that_cannot_be_is_told_and_no_figure_stays(
    practice: Driver, typed: str, sentence: str
) -> None:
    page = opened_page(practice)
    choose_period(practice, page, "free")
    page.choices.first.edit.setText("1 Jun 2025")
    page.choices.last.edit.setText(typed)
    practice.clicks("Show this period")
    practice.sees(sentence)
    practice.sees_not("Days covered")
    assert not page.export_button.isEnabled() and not page.copy_button.isEnabled()


def test_an_empty_store_says_what_is_missing(empty: Driver) -> None:
    empty.opens("compliance")
    empty.sees("There is no policy yet, so that nothing can be measured.")
    page: Any = empty.window.front
    assert not page.tabs.isVisible()


def test_reckoning_can_be_stopped(practice: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened_page(practice)
    monkeypatch.setattr(compliance, "AT_ONCE", 1)
    monkeypatch.setattr(compliance, "SOON", -1)
    page.read()
    practice.sees("Reckoning… What is below is still: Everyone, 1 Mar 2025")
    assert not page.export_button.isEnabled()
    practice.waits_until(page.waiting.isVisible)
    practice.clicks("Cancel this reckoning")
    practice.sees("Stopped before everything was reckoned. F5 looks again.")
    practice.sees_not("Days covered")
    practice.presses("F5")
    assert complete(practice).tabs.isVisible()


# Out of the window


def test_what_is_seen_is_exported_and_that_is_noted(practice: Driver, tmp_path: Path) -> None:
    page = opened_page(practice)
    to = tmp_path / "compliance.xlsx"
    page.export_to(to)
    practice.waits_until(lambda: "Exported to" in practice.hears())
    assert "not encrypted" in practice.hears()
    book = load_workbook(to)
    assert book.sheetnames == [
        "About", "Measures", "Month by month", "Gaps", "Left out", "Supervised in the month",
        "Changed later", "Rules",
    ]  # fmt: skip
    rows = list(book["Measures"].iter_rows(values_only=True))
    covered = page.found.whole.covered_days
    assert rows[1][:4] == ("Days covered", covered.n, covered.d, percent(covered))
    assert book["Gaps"].max_row == len(page.found.gaps) + 1
    assert isinstance(book["Gaps"]["E2"].value, datetime)
    assert "not encrypted" in str(list(book["About"].iter_rows(values_only=True)))
    (noted, *_) = practice.workspace.store.access.list()
    assert (noted.what, noted.kind) == ("exported", "compliance")


def test_the_part_that_is_seen_is_copied(practice: Driver) -> None:
    page = opened_page(practice)
    part(page, 2)
    practice.clicks("Copy what this part shows, for a spreadsheet")
    practice.waits_until(lambda: "Copied" in practice.hears())
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == len(page.found.gaps) + 1
    assert lines[1].startswith(f"{page.found.gaps[0].name}\t")
    assert practice.hears() == f"Copied gaps, {len(page.found.gaps)} rows, for a spreadsheet."


# Everybody can use it


def test_everything_has_a_name_and_models_are_sound(practice: Driver) -> None:
    page = opened_page(practice)
    heard = set()
    for at in range(4):
        part(page, at)
        practice.settle()
        assert unnamed(page) == []
        heard |= {
            each.accessibleName()
            for each in page.findChildren(type(page).__mro__[1].__base__)
            if each.isVisible()
        }
    assert heard >= NAMES
    fail = QAbstractItemModelTester.FailureReportingMode.Warning
    for table in (
        page.months.months,
        page.gaps.table,
        page.measures.months.table,
        page.rules.left_out.table,
    ):
        QAbstractItemModelTester(table, fail)
    choose_period(practice, page, "quarter")
    assert len(complete(practice).found.months) == 3


@pytest.mark.parametrize("percent_of", [100, 200])
def test_nothing_makes_the_window_larger(
    opened: Callable[..., Driver], hands: Hands, percent_of: int
) -> None:
    driver = opened(practice_store(hands), percent=percent_of)
    page = opened_page(driver)
    for at in range(4):
        part(page, at)
        driver.settle()
        assert (driver.window.width(), driver.window.height()) == (1090, 610)
        assert page.area.horizontalScrollBar().maximum() == 0


def test_parts_are_gone_through_by_keyboard(practice: Driver) -> None:
    page = opened_page(practice)
    page.tabs.tabBar().setFocus()
    practice.presses("Right")
    assert page.tabs.currentIndex() == 1
    QTest.keyClick(practice.window, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    practice.settle()
    assert page.tabs.currentIndex() == 2
