"""Proposing dates: what keeps everyone in policy, what cannot be kept, and booking it as one change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester

from supervise.doing.diary import Diary
from supervise.store import Store
from supervise.ui.dialogs.proposing import ProposeDialog
from supervise.ui.dialogs.proposing_table import DAY, WHO, Line
from tests.ui.driving import Driver, Hands, unnamed
from tests.ui.small_team import ADA, BEN, CARA, DEV, SAM, on, put, session, small_team


@pytest.fixture
def store(hands: Hands) -> Store:
    store = small_team(hands)
    with store.change("Dev leaves", by="x") as change:
        for row in list(store.rows("post", person_id=DEV)):
            change.put("post", {"id": row["id"], "to": "2026-03-01"})
    return store


@pytest.fixture
def seat(opened: Callable[..., Driver], store: Store) -> Driver:
    return opened(store)


def propose(seat: Driver) -> ProposeDialog:
    seat.does("propose")
    dialog = seat.dialog()
    assert isinstance(dialog, ProposeDialog)
    waits(seat, dialog)
    return dialog


def waits(seat: Driver, dialog: ProposeDialog) -> None:
    seat.waits_until(lambda: not dialog._pause.isActive() and not seat.background.is_busy)
    seat.settle()


def lines(dialog: ProposeDialog) -> list[Line]:
    return list(dialog.dates.records)


def of(dialog: ProposeDialog, person: str) -> list[int]:
    return [line.each.on for line in lines(dialog) if line.each.person == person]


def planned(store: Store) -> set[tuple[str, str]]:
    return {(row["person_id"], row["planned_on"]) for row in store.rows("session", status="planned")}


def types_day(seat: Driver, dialog: ProposeDialog, text: str) -> None:
    seat.presses("Return")
    editor = dialog.view.findChild(QLineEdit)
    assert editor is not None and editor.hasFocus()
    editor.selectAll()
    seat.types(text)


def test_it_proposes_what_the_diary_proposes_and_books_it_as_one_change(
    seat: Driver, store: Store
) -> None:
    dialog = propose(seat)
    expected = Diary(seat.workspace.here).propose(weeks=8)
    assert [line.each for line in lines(dialog)] == expected.dates
    n = len(expected.dates)
    assert n > 3
    seat.clicks(f"Book these {n}")
    assert planned(store) == {
        (each.person, date.fromordinal(each.on).isoformat()) for each in expected.dates
    }
    assert seat.hears() == f"Booked {n} proposed dates."
    assert store.history()[0].label == f"Book {n} proposed dates"
    seat.clicks("Undo")
    assert planned(store) == set()


def test_what_cannot_be_kept_is_said_above_with_the_earliest_day(seat: Driver) -> None:
    dialog = propose(seat)
    seat.sees("Ben Hughes was due on 10 Mar 2026 and late after 10 Mar 2026", "The earliest free day is")
    assert dialog.cannot.isVisible() and not dialog.notes.isVisible()
    (late,) = (line for line in lines(dialog) if line.each.person == BEN and not line.each.is_in_time)
    assert late.said == "This is late."


def test_what_is_booked_already_stands_there_and_cannot_be_ticked(seat: Driver, store: Store) -> None:
    session(store, ADA, planned_on="2026-04-01")
    dialog = propose(seat)
    row = next(n for n, line in enumerate(lines(dialog)) if line.each.booked)
    index = dialog.dates.index(row, WHO)
    assert index.data(Qt.ItemDataRole.CheckStateRole) is None
    assert not index.flags() & Qt.ItemFlag.ItemIsUserCheckable
    seat.sees("already booked", "beside 1 booked already")


def test_a_date_left_out_is_not_booked(seat: Driver, store: Store) -> None:
    dialog = propose(seat)
    n, first = len(lines(dialog)), lines(dialog)[0].each
    assert dialog.view.hasFocus()
    seat.presses("Space")
    seat.clicks(f"Book these {n - 1}")
    assert (first.person, date.fromordinal(first.on).isoformat()) not in planned(store)
    assert len(planned(store)) == n - 1


def test_a_tick_by_the_mouse_does_the_same(seat: Driver) -> None:
    dialog = propose(seat)
    n = len(lines(dialog))
    box = dialog.view.visualRect(dialog.dates.index(0, WHO))
    QTest.mouseClick(
        dialog.view.viewport(),
        Qt.MouseButton.LeftButton,
        pos=QPoint(box.left() + seat.window.fontMetrics().height() // 2, box.center().y()),
    )
    assert len(dialog.dates.chosen()) == n - 1


def test_with_nothing_left_there_is_nothing_to_book(seat: Driver) -> None:
    dialog = propose(seat)
    for row in range(len(lines(dialog))):
        dialog.dates.tick(dialog.dates.index(row, WHO))
    assert not dialog.main.isEnabled()
    seat.presses("Ctrl+Return")
    assert seat.dialog() is dialog


def test_another_day_in_place_of_one_is_told_again(seat: Driver, store: Store) -> None:
    dialog = propose(seat)
    dialog.view.choose(next(line.at for line in lines(dialog) if line.each.person == ADA))
    second = of(dialog, ADA)[1]
    types_day(seat, dialog, "3 Apr")
    seat.presses("Return")
    assert of(dialog, ADA) == [on(3, 4), second]
    line = next(line for line in lines(dialog) if line.each.on == on(3, 4))
    assert line.said == "This is late. 3 Apr 2026 is a bank holiday: Good Friday."
    later = next(line.each for line in lines(dialog) if line.each.on == second)
    assert later.due is not None and later.due >= on(3, 5)
    seat.presses("Ctrl+Return")
    assert (ADA, "2026-04-03") in planned(store)


def test_a_day_still_being_typed_counts_when_it_is_booked(seat: Driver, store: Store) -> None:
    dialog = propose(seat)
    dialog.view.choose(next(line.at for line in lines(dialog) if line.each.person == ADA))
    types_day(seat, dialog, "1 Apr")
    seat.presses("Ctrl+Return")
    assert (ADA, "2026-04-01") in planned(store)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("soon", "cannot be read"), ("1 Mar", "is not to come"), ("today", "is not to come")],
)
def test_what_is_no_day_to_come_changes_nothing_and_is_told(
    seat: Driver, store: Store, typed: str, said: str
) -> None:
    dialog = propose(seat)
    before = lines(dialog)[0].each.on
    types_day(seat, dialog, typed)
    seat.presses("Ctrl+Return")
    seat.sees(said)
    assert lines(dialog)[0].each.on == before and planned(store) == set()


def test_one_day_twice_for_somebody_is_refused(seat: Driver) -> None:
    dialog = propose(seat)
    dialog.view.choose(next(line.at for line in lines(dialog) if line.each.person == ADA))
    first, second = of(dialog, ADA)
    types_day(seat, dialog, date.fromordinal(second).strftime("%d/%m/%Y"))
    seat.presses("Return")
    seat.sees("in this list already")
    assert of(dialog, ADA) == [first, second]


def test_a_day_that_is_too_full_by_what_was_altered_is_said(seat: Driver) -> None:
    dialog = propose(seat)
    dialog.a_day.setCurrentText("1")
    waits(seat, dialog)
    dialog.view.choose(next(line.at for line in lines(dialog) if line.each.person == ADA))
    other = date.fromordinal(of(dialog, CARA)[0])
    types_day(seat, dialog, other.strftime("%d/%m/%Y"))
    seat.presses("Return")
    seat.sees("The supervisor has 2 supervisions that day.")


def test_other_weeks_and_another_number_a_day_ask_anew_and_the_number_is_kept(seat: Driver) -> None:
    dialog = propose(seat)
    many = len(lines(dialog))
    dialog.weeks.setCurrentText("2")
    dialog.a_day.setCurrentText("3")
    assert not dialog.main.isEnabled()
    waits(seat, dialog)
    assert 0 < len(lines(dialog)) < many
    assert seat.memory["sessions_a_day"] == 3


def test_it_begins_with_the_team_looked_at_and_can_ask_for_another(seat: Driver, store: Store) -> None:
    put(store, "person", {"id": "W9", "name": "Zoë Adeyemi"})
    west = {"person_id": "W9", "team": "West", "role": "social_worker", "from": "2026-01-01"}
    put(store, "post", {**west, "supervisor_id": SAM})
    seat.looks_at(team="West")
    dialog = propose(seat)
    assert {line.each.name for line in lines(dialog)} == {"Zoë Adeyemi"}
    dialog.team.setCurrentIndex(0)
    waits(seat, dialog)
    assert len({line.each.name for line in lines(dialog)}) == 4


def test_where_nothing_is_due_that_is_said(empty: Driver) -> None:
    dialog = propose(empty)
    empty.sees("Nothing is due from 19 Mar 2026 to 13 May 2026.")
    assert not dialog.main.isEnabled()


def test_what_was_booked_meanwhile_is_told_and_nothing_is_booked(seat: Driver, store: Store) -> None:
    dialog = propose(seat)
    first = lines(dialog)[0].each
    session(store, first.person, planned_on=date.fromordinal(first.on).isoformat())
    seat.presses("Ctrl+Return")
    seat.sees("is already booked for", "Ask for dates again")
    assert len(planned(store)) == 1


def test_many_sentences_are_shown_when_asked(seat: Driver, store: Store) -> None:
    for n in range(7):
        put(store, "person", {"id": f"N{n}", "name": f"Nobody’s {n}"})
        post = {"person_id": f"N{n}", "team": "East", "role": "social_worker", "from": "2025-11-01"}
        put(store, "post", post)
    propose(seat)
    seat.sees("Show all 8")
    seat.sees_not("Nobody’s 6: no supervisor")
    seat.clicks("Show all 8")
    seat.sees("Nobody’s 6: no supervisor")


def test_closing_in_the_middle_leaves_nothing_running(seat: Driver) -> None:
    seat.does("propose")
    seat.dialog().reject()
    seat.waits_until(lambda: not seat.background.is_busy)
    assert not seat.dialogs()


def test_the_model_keeps_the_rules_and_everything_has_a_name(
    seat: Driver, qtmodeltester: ModelTester
) -> None:
    dialog = propose(seat)
    qtmodeltester.check(dialog.dates)
    assert unnamed(dialog) == []
    said = dialog.dates.index(0, DAY).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Day: ")


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_wider_than_the_window(
    opened: Callable[..., Driver], store: Store, percent: int
) -> None:
    seat = opened(store, percent=percent)
    dialog = propose(seat)
    assert dialog.inner.width() <= dialog.area.viewport().width()
    assert dialog.height() <= seat.window.height()
