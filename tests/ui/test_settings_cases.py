"""Settings, cases: who holds which, how each stands, and a caseload that is pasted in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester

from supervise.doing.looking import Looking
from supervise.doing.rules import Rules
from supervise.store import Store, memory_store
from supervise.ui.delegates import StatusDelegate
from supervise.ui.dialogs.caseload import AllocateDialog, CaseloadDialog
from supervise.ui.dialogs.people import RowDialog
from supervise.ui.pages.settings_cases import CasesSection
from supervise.wording import STATUS
from supervise.workdays import day
from tests.making import MONTHLY
from tests.ui.driving import Driver, Hands, unnamed
from tests.ui.small_team import ADA, BEN, put, session, small_team

WITH_CASES = (
    MONTHLY.replace('id = "p"', 'id = "c", effective_from = 2026-01-05')
    + """\
[[clock]]
name = "case"
per = "case"
counts = ["case", "one_to_one"]
[[clock.rule]]
title = "Child protection"
plans = ["cp"]
every = "4 weeks"
"""
)
LIST = """\
Case number\tPlan\tAllocated worker\tSince\tChild's name
C-1\tCP\tAda Nwosu\t05/01/2026\tZebedee Quine
C-3\tCIN\tBen Hughs\t02/03/2026\tZelda Quine
"""


@pytest.fixture
def store(hands: Hands) -> Store:
    """Ada holds C-1 and C-2, Ben did hold C-9; C-1 was discussed on 2 March."""
    made = small_team(hands)
    for ref, plan in (("C-1", "cp"), ("C-2", "cin")):
        put(
            made,
            "case_allocation",
            {"person_id": ADA, "case_ref": ref, "plan": plan, "from": "2026-01-05"},
        )
    put(made, "case_allocation",
        {"person_id": BEN, "case_ref": "C-9", "plan": None, "from": "2025-01-06", "to": "2025-12-19"})  # fmt: skip
    held = session(made, ADA, kind="case", status="held", held_on="2026-03-02")
    put(made, "case_discussion", {"session_id": held, "case_ref": "C-1"})
    return made


@pytest.fixture
def seat(opened: Callable[..., Driver], store: Store) -> Driver:
    return opened(store)


@pytest.fixture
def clocked(seat: Driver) -> Driver:
    """The same under a policy with a clock that runs per case."""
    rules = Rules(seat.workspace.here)
    rules.add(rules.read(WITH_CASES))
    return seat


def section(driver: Driver) -> CasesSection:
    page = driver.opens("settings", "cases")
    assert isinstance(page.front, CasesSection)
    return page.front


def pasting(driver: Driver, text: str = "") -> CaseloadDialog:
    section(driver)
    driver.clicks("Paste a caseload…")
    dialog = driver.dialog()
    assert isinstance(dialog, CaseloadDialog)
    if text:
        pasted(driver, dialog, text)
    return dialog


def pasted(driver: Driver, dialog: CaseloadDialog, text: str) -> None:
    dialog.text.setPlainText(text)
    dialog.read()
    planned(driver)


def planned(driver: Driver) -> None:
    """Until what taking the list would do has been worked out."""
    driver.settle()
    driver.waits_until(lambda: not driver.background.is_busy)
    driver.settle()


def allocations(driver: Driver) -> list[tuple[str, str, str, str | None]]:
    rows = driver.workspace.store.rows("case_allocation")
    return sorted((each["case_ref"], each["person_id"], each["from"], each["to"]) for each in rows)


# Showing


def test_without_a_case_clock_it_is_said_what_that_means(seat: Driver) -> None:
    shown = section(seat)
    seat.sees("No policy in force has a clock that runs per case", "2 cases of 1 person")
    seat.sees("C-1 | Child protection | Ada Nwosu | 5 Jan 2026")
    seat.sees_not("C-9")
    assert not shown.why.isEnabled() and not shown.clock.isVisible()


def test_under_a_case_clock_each_case_stands_as_the_engine_says(clocked: Driver) -> None:
    shown = section(clocked)
    clocked.sees("Clock “Case” of “Monthly”: Child protection, every 4 weeks.")
    board = {each.subject: each for each in Looking(clocked.workspace.here).board(clock="case").rows}
    assert board["C-1"].status != board["C-2"].status == "no_rule"
    for held in shown.view.table.records:
        ref = held.row["case_ref"]
        assert held.stands == board[ref]
        clocked.sees(f"{ref} | ")
    clocked.sees(f"5 Jan 2026 | {STATUS[board['C-1'].status]} | 30 Mar 2026")
    assert isinstance(shown.view.itemDelegateForColumn(4), StatusDelegate)
    shown.view.setFocus()
    shown.view.choose(next(each.row["id"] for each in shown.view.table.records if each.stands))
    clocked.clicks("Why does the case chosen stand there?")
    clocked.sees("C-1")
    assert shown.chosen_person() == ADA


def test_cases_are_those_of_the_team_and_the_day_looked_at(clocked: Driver) -> None:
    shown = section(clocked)
    clocked.looks_at(team="Managers")
    clocked.sees("No case to show")
    clocked.looks_at(team="East", day=clocked.hands.today() - 120)
    clocked.sees("As at 18 November 2025", "C-9 | none | Ben Hughes", "No policy in force has a clock")
    for made in (shown.paste, shown.allocate, shown.change):
        assert not made.isEnabled(), made.text()
    clocked.looks_at()
    shown.words.setText("protection")
    clocked.sees("1 case of 1 person")


# Pasting


def test_a_caseload_is_read_asked_about_and_taken_as_one_change(seat: Driver) -> None:
    dialog = pasting(seat, LIST)
    seat.sees("“Child's name”: left out", "Who is Ben Hughs?", "1 line is not taken:")
    screen = seat.reads().replace(LIST.strip(), "")
    assert "Quine" not in screen, "names of children are never repeated"
    (box,) = dialog._boxes()
    box.setCurrentIndex(box.findData(BEN))
    planned(seat)
    seat.sees("1 case begins, 1 end, 1 stay as they are")
    seat.sees(
        "C-3 | Child in need | Ben Hughes | begins 2 Mar 2026",
        "C-2 | Child in need | Ada Nwosu | ends 17 Mar 2026",
    )
    assert dialog.plan is not None and [row["case_ref"] for row in dialog.plan.keep] == ["C-1"]
    before = allocations(seat)
    history = len(seat.workspace.history())
    seat.clicks("Take it")
    assert seat.dialog() is None and len(seat.workspace.history()) == history + 1
    assert allocations(seat) == [
        ("C-1", ADA, "2026-01-05", None),
        ("C-2", ADA, "2026-01-05", "2026-03-17"),
        ("C-3", BEN, "2026-03-02", None),
        ("C-9", BEN, "2025-01-06", "2025-12-19"),
    ]
    assert seat.hears() == "1 case begins, 1 end, 1 stay as they are."
    seat.sees("C-3 | Child in need | Ben Hughes")
    seat.does("undo")
    assert allocations(seat) == before


def test_what_is_pasted_is_read_as_soon_as_typing_pauses(seat: Driver) -> None:
    dialog = pasting(seat)
    QGuiApplication.clipboard().setText(LIST)
    assert seat.where() is dialog.text
    seat.presses("Ctrl+V")
    seat.presses("Ctrl+Return")
    seat.sees("The list is still being read.")
    seat.waits_until(lambda: dialog.plan is not None)
    assert dialog.main.isEnabled()


def test_a_long_list_is_read_and_planned_beside_the_window(seat: Driver) -> None:
    dialog = pasting(seat)
    dialog.text.setPlainText(LIST)
    busy = threading.Event()
    seat.background.run(busy.wait, lambda _: None, lambda _: None)  # something else is under way
    dialog.read()
    seat.settle()
    assert dialog.caseload is None and not dialog.main.isEnabled()
    dialog.day.edit.setText("12 Mar 2026")  # whatever is said meanwhile holds
    busy.set()
    planned(seat)
    assert dialog.plan is not None and dialog.plan.as_at == day("2026-03-12")
    busy.clear()
    seat.background.run(busy.wait, lambda _: None, lambda _: None)
    dialog.show_plan()
    seat.settle()
    assert dialog.plan is None and not dialog.main.isEnabled(), "what is shown is not what holds"
    seat.presses("Ctrl+Return")
    seat.sees("The list is still being read.")
    busy.set()
    planned(seat)
    assert dialog.plan is not None and dialog.main.isEnabled()


def test_an_answer_can_be_taken_back(seat: Driver) -> None:
    dialog = pasting(seat, LIST)
    for person, begins in ((BEN, 1), (None, 0)):
        (box,) = dialog._boxes()
        box.setCurrentIndex(box.findData(person))
        planned(seat)
        assert dialog.plan is not None and len(dialog.plan.add) == begins
    assert dialog._boxes()[0].isVisible(), "it is asked again"


def test_a_list_without_workers_asks_whose_it_is(seat: Driver) -> None:
    dialog = pasting(seat, "Case number\tPlan\nC-7\tCP\n")
    seat.sees("Where a line names nobody", "1 line is not taken:")
    assert not dialog.main.isEnabled()
    dialog.worker.setCurrentIndex(dialog.worker.findData(BEN))
    planned(seat)
    seat.sees("C-7 | Child protection | Ben Hughes | begins 18 Mar 2026")
    dialog.day.edit.setText("12 Mar 2026")
    planned(seat)
    seat.sees("begins 12 Mar 2026")
    dialog.day.edit.setText("never")
    seat.settle()
    assert not dialog.main.isEnabled() and dialog.said.isVisible()


def test_the_same_list_twice_changes_nothing(seat: Driver) -> None:
    dialog = pasting(seat, "Case number\tPlan\tWorker\nC-1\tCP\tAda Nwosu\nC-2\tCIN\tAda Nwosu\n")
    seat.sees("Nothing would change: everything is here already as the list says")
    assert not dialog.main.isEnabled()


@pytest.mark.parametrize("text", ["hello", "one\ntwo\nthree", "\u202eمرحبا\t☺\n\x00\x01", "=1+1\t@A1"])
def test_what_is_no_caseload_is_refused_in_words_and_stays_in_the_box(seat: Driver, text: str) -> None:
    dialog = pasting(seat, text)
    assert dialog.said.isVisible() and dialog.said.text()
    assert not dialog.main.isEnabled() and dialog.text.toPlainText()
    pasted(seat, dialog, LIST)
    assert not dialog.said.isVisible() and dialog.view.isVisible()
    pasted(seat, dialog, "")
    assert not dialog.view.isVisible() and not dialog.main.isEnabled()


def test_many_lines_that_are_not_taken_are_all_there_to_read(seat: Driver) -> None:
    dialog = pasting(
        seat, "Case number\tPlan\tWorker\n" + "\tCP\tAda Nwosu\n" * 40 + "C-1\tCP\tAda Nwosu\n"
    )
    seat.sees("40 lines are not taken:", "line 2: no case number", "line 41: no case number")
    assert unnamed(dialog) == []


# One at a time


def test_one_case_is_allocated_to_whoever_is_chosen(seat: Driver) -> None:
    section(seat)
    seat.clicks("Allocate one case…")
    dialog = seat.dialog()
    assert isinstance(dialog, AllocateDialog)
    dialog.worker.setCurrentIndex(0)
    seat.clicks("Next…")
    seat.sees("Nobody is chosen yet.")
    dialog.worker.setCurrentIndex(dialog.worker.findData(BEN))
    seat.clicks("Next…")
    following: Any = seat.dialog()
    assert isinstance(following, RowDialog) and following.who == "Ben Hughes"
    following.form.set_value("case_ref", "C-5")
    seat.clicks("Save")
    assert ("C-5", BEN, "2026-03-18", None) in allocations(seat)
    seat.sees("C-5 | none | Ben Hughes | 18 Mar 2026")


def test_enter_changes_the_case_chosen(seat: Driver) -> None:
    shown = section(seat)
    shown.view.setFocus()
    seat.presses("Return")
    assert isinstance(seat.dialog(), RowDialog)


def test_in_a_service_store_cases_are_only_read(opened: Callable[..., Driver], hands: Hands) -> None:
    driver = opened(memory_store(hands, service=True))
    shown = section(driver)
    driver.sees("This is a service store: cases come from the teams’ exports")
    assert not shown.paste.isEnabled() and not shown.allocate.isEnabled()
    shown.paste_caseload()
    assert driver.dialog() is None and "service store" in driver.hears()


# Everybody can use it


def test_the_models_keep_the_rules(clocked: Driver, qtmodeltester: ModelTester) -> None:
    shown = section(clocked)
    qtmodeltester.check(shown.view.table)  # type: ignore[no-untyped-call]
    dialog = pasting(clocked, LIST)
    qtmodeltester.check(dialog.table)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("percent", [100, 200])
def test_everything_has_a_name_and_nothing_is_wider_than_the_window(
    opened: Callable[..., Driver], store: Store, percent: int
) -> None:
    driver = opened(store, percent=percent)
    shown = section(driver)
    assert unnamed(shown) == [] and shown.area.horizontalScrollBar().maximum() == 0
    dialog = pasting(driver, LIST)
    assert unnamed(dialog) == [] and dialog.area.horizontalScrollBar().maximum() == 0
    assert (driver.window.width(), driver.window.height()) == (1090, 610)
