"""Who changed what, and when; what stood there before; undo; verifying."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.modeltest import ModelTester

from supervise.store import Store, memory_store
from supervise.ui.pages.history import HistoryPage
from supervise.ui.pages.history_parts import PAGE
from supervise.workdays import day
from tests.making import LONG_NOTE
from tests.ui.driving import ME, Driver, Hands, practice_store, unnamed

SESSION = {"person_id": "p1", "kind": "one_to_one", "status": "planned"}


def does(store: Store, label: str, kind: str, row: dict[str, Any], by: str = ME) -> None:
    with store.change(label, by=by) as change:
        change.put(kind, row, recorded=kind == "session" and "person_id" in row)


@pytest.fixture
def store(hands: Hands) -> Store:
    """Ada added, booked, moved and written up, on four days."""
    made = memory_store(hands)
    does(made, "Add Ada Marsh", "person", {"id": "p1", "name": "Ada Marsh"})
    does(made, "Add Ben Odell", "person", {"id": "p2", "name": "Ben Odell"})
    hands.move(days=1)
    booked = {"id": "s1", "planned_on": "2026-03-25", **SESSION}
    does(made, "Book supervision with Ada Marsh", "session", booked)
    hands.move(days=1)
    does(
        made,
        "Move supervision with Ada Marsh",
        "session",
        {"id": "s1", "planned_on": "2026-03-26"},
        "A. Deputy",
    )
    return made


@pytest.fixture
def driver(opened: Callable[..., Driver], store: Store) -> Driver:
    return opened(store)


@pytest.fixture
def page(driver: Driver) -> HistoryPage:
    made: HistoryPage = driver.opens("history")
    return made


def labels(page: HistoryPage) -> list[str]:
    return [line.label for line in page.lines.records]


def test_every_change_is_a_line_newest_first_with_who_and_when(
    driver: Driver, page: HistoryPage
) -> None:
    assert labels(page) == [
        "Move supervision with Ada Marsh", "Book supervision with Ada Marsh", "Add Ben Odell", "Add Ada Marsh",
    ]  # fmt: skip
    when = [page.lines.index(row, 0).data() for row in range(4)]
    assert [each[:16].rstrip() for each in when] == [
        "Fri 20 Mar 2026", "Thu 19 Mar 2026", "Wed 18 Mar 2026", "Wed 18 Mar 2026",
    ]  # fmt: skip
    driver.sees("A. Deputy", "Change 4", "1 supervision")


def test_the_chosen_change_is_told_field_by_field_in_words(driver: Driver, page: HistoryPage) -> None:
    said = page.change.text.toPlainText()
    assert "Supervision: Ada Marsh, 26 Mar 2026: changed" in said
    fields = "Before After Day it is planned for 25 Mar 2026 26 Mar 2026"
    assert " ".join(said.split()).endswith(f": changed {fields}")
    driver.presses("Down")
    said = page.change.text.toPlainText()
    assert "Ada Marsh, 25 Mar 2026: added" in said and "One-to-one" in said and "p1" not in said


def test_a_change_is_undone_and_can_be_undone_no_second_time(driver: Driver, page: HistoryPage) -> None:
    driver.clicks("Undo this change…")
    assert driver.hears() == "Undo “Move supervision with Ada Marsh”."
    session = driver.workspace.store.row("session", "s1")
    assert session is not None and session["planned_on"] == "2026-03-25"
    assert labels(page)[:2] == [
        "Undo “Move supervision with Ada Marsh”",
        "Move supervision with Ada Marsh",
    ]
    page.view.choose(4)
    driver.settle()
    driver.sees("Move supervision with Ada Marsh (undone)", "undone by change 5")
    assert not page.change.undo.isEnabled()


def test_later_changes_in_the_way_are_named_and_undone_if_that_is_wanted(
    driver: Driver, page: HistoryPage
) -> None:
    page.view.choose(3)
    driver.clicks("Undo this change…")
    driver.sees("Undo later changes too?", "4  Move supervision with Ada Marsh")
    driver.clicks("Cancel")
    assert driver.workspace.store.row("session", "s1") is not None
    driver.clicks("Undo this change…")
    driver.clicks("Undo those too")
    assert driver.dialog() is None and driver.workspace.store.row("session", "s1") is None
    page.view.choose(4)
    driver.settle()
    driver.sees("Supervision: Ada Marsh, 26 Mar 2026: changed")


def test_what_stops_an_undo_is_said(driver: Driver, page: HistoryPage) -> None:
    page.view.choose(1)
    driver.clicks("Undo this change…")
    driver.sees("Undo later changes too?", "3  Book supervision with Ada Marsh")


def test_it_reads_on_as_one_scrolls_and_keeps_the_chosen_line(driver: Driver, store: Store) -> None:
    for number in range(2 * PAGE):
        does(store, f"Change {number}", "person", {"id": "p1", "staff_no": str(number)})
    page = driver.opens("history")
    assert len(page.lines.records) == PAGE
    driver.presses("Ctrl+End")
    driver.waits_until(lambda: len(page.lines.records) == 2 * PAGE)
    driver.presses("Ctrl+End")
    driver.waits_until(lambda: len(page.lines.records) == 2 * PAGE + 4)
    assert not page.lines.canFetchMore()
    assert page.view.choose(5)
    does(store, "One more", "person", {"id": "p2", "staff_no": "7"})
    page.look_again()
    assert page.view.chosen().number == 5 and len(page.lines.records) == 2 * PAGE + 4
    assert labels(page)[0] == "One more"


def test_the_model_keeps_the_rules_of_models(
    driver: Driver, page: HistoryPage, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(page.lines)
    qtmodeltester.check(page.looks.table)


def test_it_can_be_searched_by_person_and_words(driver: Driver, page: HistoryPage) -> None:
    page.filter.words.setFocus()
    driver.types("DEPUTY move")
    driver.waits_until(lambda: labels(page) == ["Move supervision with Ada Marsh"])
    page.filter.words.clear()
    driver.waits_until(lambda: len(labels(page)) == 4)
    page.filter.person.setCurrentIndex(page.filter.person.findText("Ada Marsh"))
    page.filter.person.activated.emit(page.filter.person.currentIndex())
    driver.waits_until(lambda: len(labels(page)) == 3)
    assert "Add Ben Odell" not in labels(page)
    page.filter.words.setFocus()
    driver.types("nothing of the kind")
    driver.waits_until(lambda: not labels(page))
    driver.sees("No change is like that.")
    assert not page.change.isVisible()


def test_a_filter_goes_on_after_a_change(driver: Driver, page: HistoryPage, store: Store) -> None:
    page.filter.words.setText("ben")
    driver.waits_until(lambda: labels(page) == ["Add Ben Odell"])
    does(store, "Ben is back", "person", {"id": "p2", "staff_no": "8"})
    driver.desk.changed.emit(frozenset({"person"}))
    driver.waits_until(lambda: labels(page) == ["Ben is back", "Add Ben Odell"])


def test_on_another_day_it_goes_as_far_as_that_day_and_nothing_is_undone(
    driver: Driver, page: HistoryPage
) -> None:
    driver.looks_at(day=day("2026-03-19"))
    assert labels(page)[0] == "Book supervision with Ada Marsh" and len(labels(page)) == 3
    assert not page.change.undo.isEnabled()
    page.filter.words.setText("supervision")
    driver.waits_until(lambda: labels(page) == ["Book supervision with Ada Marsh"])
    driver.looks_at(day=day("2026-03-01"))
    driver.waits_until(lambda: labels(page) == [])


def test_an_absence_is_told_without_its_kind(driver: Driver, store: Store) -> None:
    row = {"id": "a1", "person_id": "p1", "kind": "sickness", "from": "2026-03-02"}
    does(store, "Enter time away for Ada Marsh", "absence", row)
    page = driver.opens("history")
    said = page.change.text.toPlainText()
    assert "Time away: Ada Marsh, 2 Mar 2026: added" in said and "sickness" not in said.lower()
    assert "told on the person’s own page only" in said


def test_of_long_notes_what_differs_is_told(driver: Driver, store: Store) -> None:
    does(store, "Write up", "session", {"id": "s1", "notes": LONG_NOTE})
    does(
        store,
        "Write up again",
        "session",
        {"id": "s1", "notes": LONG_NOTE[:50_000] + "<b>HERE</b>" + LONG_NOTE[50_000:]},
    )
    page = driver.opens("history")
    said = page.change.text.toPlainText()
    assert "<b>HERE</b>" in said and len(said) < 600
    page.view.choose(5)
    assert "more characters" in page.change.text.toPlainText()


def test_a_large_change_is_told_part_by_part(practice: Driver) -> None:
    page = practice.opens("history")
    practice.sees("24 people, 31 posts", "Show more rows")
    before = len(page.change.text.toPlainText())
    practice.clicks("Show more rows")
    assert len(page.change.text.toPlainText()) > before


def test_who_looked_is_a_list_of_its_own(driver: Driver, store: Store) -> None:
    page = driver.opens("history")
    page.tabs.setCurrentWidget(page.looks)
    driver.sees("Nobody has looked at or printed a record yet.")
    store.access.note("A. Deputy", "printed", "session", "s1")
    store.access.note(ME, "viewed", "person", "p2")
    store.access.note(ME, "viewed", "session", "never there")
    store.access.note(ME, "exported")
    driver.presses("F5")
    assert [page.looks.table.index(row, 3).data() for row in range(4)] == [
        "", "never there", "Person: Ben Odell", "Supervision: Ada Marsh, 26 Mar 2026",
    ]  # fmt: skip


def test_the_chain_is_verified_in_words(driver: Driver, page: HistoryPage) -> None:
    code = driver.workspace.store.head()[:16]
    driver.clicks("Verify the chain…")
    driver.dialog().form.set_value("code", code.upper())
    driver.clicks("Verify")
    driver.waits_until(driver.dialog().main.isEnabled)
    driver.sees(
        "✓ Everything is as it should be.", "The history is unbroken (4 changes", "that of change 4"
    )


def test_a_paper_of_another_history_is_found_out(driver: Driver, page: HistoryPage) -> None:
    driver.clicks("Verify the chain…")
    driver.dialog().form.set_value("code", "0123456789abcdef")
    driver.clicks("Verify")
    driver.waits_until(driver.dialog().main.isEnabled)
    driver.sees(
        "▲ Something is not as it should be.",
        "▲ The paper shows a history that this store does not hold.",
    )


def test_verifying_can_be_stopped_and_the_dialog_closed_in_the_middle(
    driver: Driver, page: HistoryPage
) -> None:
    driver.clicks("Verify the chain…")
    dialog = driver.dialog()
    dialog.submit()
    dialog.progress.show()
    dialog.progress.cancel.click()
    driver.sees("Stopped. Nothing was changed.")
    dialog.submit()
    dialog.reject()
    driver.waits_until(lambda: not driver.background.is_busy)


def test_an_empty_store_has_no_history_yet(empty: Driver) -> None:
    page = empty.opens("history")
    empty.sees("Nothing had been changed yet.")
    assert not page.view.isVisible()


def test_a_screen_reader_can_name_everything(driver: Driver, page: HistoryPage) -> None:
    assert unnamed(page) == []
    page.tabs.setCurrentWidget(page.looks)
    assert unnamed(page) == []
    driver.clicks("Verify the chain…")
    assert unnamed(driver.dialog()) == []


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_what_is_said_above_a_change_is_never_cut(
    opened: Callable[..., Driver], hands: Hands, percent: int
) -> None:
    driver = opened(practice_store(hands), percent=percent)
    driver.opens("history")
    driver.settle()
    page = driver.window.pages["history"]
    assert isinstance(page, HistoryPage)
    for words in (page.change.heading, page.change.about):
        assert words.height() >= words.heightForWidth(words.width()) > 0
    assert page.change.about.height() > 2 * page.change.about.fontMetrics().height()
