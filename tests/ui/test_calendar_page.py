"""Calendar: when? By keys and by mouse, for today and for a day that is over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester

from supervise.store import Store
from supervise.ui.dialogs.booking import BookDialog, LostDialog, MoveDialog
from supervise.ui.dialogs.proposing import ProposeDialog
from supervise.ui.dialogs.whom import WhomDialog
from supervise.ui.forms import DayEdit, Form
from supervise.ui.pages.calendar import CalendarPage
from supervise.ui.pages.calendar_days import Mark
from supervise.ui.pages.calendar_drawing import lines
from tests.ui.driving import Driver, Hands, unnamed
from tests.ui.small_team import ADA, BEN, CARA, DEV, SAM, on, put, session, small_team

SAYS = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def store(hands: Hands) -> Store:
    """Besides: Ada is booked for Tuesday 31 March at ten; one with Cara was cancelled, one was missed, and
    of one booked nothing was entered."""
    store = small_team(hands)
    session(store, ADA, planned_on="2026-03-31", planned_start="10:00", place="Room 4")
    by = {"reason": "Court", "cancelled_by": "other"}
    session(store, CARA, planned_on="2026-03-12", status="cancelled", **by)
    session(store, CARA, planned_on="2026-03-13", status="missed", reason="Duty")
    session(store, DEV, planned_on="2026-03-16", planned_start="09:00")
    return store


@pytest.fixture
def seat(opened: Callable[..., Driver], store: Store) -> Driver:
    return opened(store)


@pytest.fixture
def page(seat: Driver) -> CalendarPage:
    return opens(seat)


def opens(seat: Driver, day: int | None = None) -> CalendarPage:
    page = seat.opens("calendar", day)
    assert isinstance(page, CalendarPage)
    return page


def shows(page: CalendarPage, day: int) -> list[str]:
    """What a day of the grid shows."""
    said = page.model.index_of(day).data()
    assert isinstance(said, str)
    return said.split("\n")


def day_of(form: Form) -> int | None:
    made = form.inputs["on"]
    assert isinstance(made, DayEdit)
    return made.day()


# What it shows


def test_every_day_shows_what_was_held_booked_cancelled_missed_due_and_late(page: CalendarPage) -> None:
    assert page.heading.text() == "March 2026"
    assert shows(page, on(2)) == ["2", "✓ Ada Nwosu"]
    assert shows(page, on(31)) == ["31", "● 10:00 Ada Nwosu"]
    assert shows(page, on(12)) == ["12", "✕ Cara O’Neill cancelled"]
    assert shows(page, on(13)) == ["13", "⊘ Cara O’Neill missed"]
    assert shows(page, on(16)) == ["16", "○ 09:00 Dev Rahman"]
    assert shows(page, on(24)) == ["24", "▲ Cara O’Neill late after"]
    assert shows(page, on(5, 4)) == ["5", "◔ Dev Rahman due"]
    assert shows(page, on(3, 4)) == ["3 Good Friday"]


def test_a_screen_reader_hears_the_day_and_what_is_on_it(page: CalendarPage) -> None:
    assert page.model.index_of(on(31)).data(SAYS) == "Tuesday 31 March 2026: Ada Nwosu booked at 10:00"
    assert page.model.index_of(on(18)).data(SAYS) == "Wednesday 18 March 2026, today: nothing"
    assert page.model.index_of(on(3, 4)).data(SAYS) == "Friday 3 April 2026, Good Friday: nothing"
    assert "Cara O’Neill cancelled" in page.model.index_of(on(12)).data(SAYS)


def test_the_chosen_day_stands_beside_in_full(seat: Driver, page: CalendarPage) -> None:
    seat.sees("Wednesday 18 March 2026", "Nothing stands on this day.")
    page.choose_day(on(31))
    seat.sees("Tuesday 31 March 2026", "● 10:00 Ada Nwosu")
    mark = page.chosen()
    assert mark is not None and mark.more == ("One-to-one", "Room 4", "with Sam Okafor")
    assert page.chosen_person() == ADA


def test_days_with_more_than_fits_say_so_and_the_list_has_all(
    seat: Driver, store: Store, page: CalendarPage
) -> None:
    for n in range(8):
        session(store, BEN, planned_on="2026-03-26", planned_start=f"{9 + n:02}:00")
    page.read()
    page.choose_day(on(26))
    assert page.beside.day_list.table.rowCount() == 8
    index = page.model.index_of(on(26))
    shown = lines(page.grid.visualRect(index), page.grid.font(), page.month.on(on(26)))  # type: ignore[union-attr]
    assert shown[-1][1] is None and 2 <= len(shown) < 8


def test_who_is_due_without_a_booking_stands_beside_those_long_due_too(page: CalendarPage) -> None:
    due = [(each.person, each.due) for each in page.beside.due_list.table.records]
    assert due == [(BEN, on(10)), (CARA, on(24)), (DEV, on(5, 4))]


def test_where_everyone_is_booked_that_is_said(empty: Driver) -> None:
    opens(empty)
    empty.sees("Nobody is due by 5 Apr 2026 without a booking.")


def test_only_the_team_looked_at_is_shown(seat: Driver, store: Store, page: CalendarPage) -> None:
    put(store, "person", {"id": "W9", "name": "Zoë Adeyemi"})
    post = {"person_id": "W9", "team": "West", "role": "social_worker", "from": "2026-01-01"}
    put(store, "post", {**post, "supervisor_id": SAM})
    session(store, "W9", planned_on="2026-03-25")
    seat.looks_at(team="West")
    assert shows(page, on(25)) == ["25", "● Zoë Adeyemi"]
    assert shows(page, on(31)) == ["31"]


def test_away_is_nobodys_business_here(seat: Driver, store: Store, page: CalendarPage) -> None:
    put(
        store,
        "absence",
        {"person_id": ADA, "kind": "sickness", "from": "2026-03-19", "to": "2026-03-20"},
    )
    page.read()
    seat.sees_not("sick", "Sick")


# The keyboard


def test_arrows_go_from_day_to_day_and_on_into_other_months(seat: Driver, page: CalendarPage) -> None:
    assert page.grid.hasFocus() and page.day == on(18)
    seat.presses("Right")
    seat.presses("Down")
    assert page.day == on(26)
    seat.presses("Down")
    assert page.day == on(2, 4) and page.heading.text() == "April 2026"
    seat.presses("Left", 2)
    assert page.day == on(31) and page.heading.text() == "March 2026"
    seat.presses("PgDown")
    assert page.day == on(1, 4)
    seat.presses("PgUp", 2)
    assert page.heading.text() == "February 2026"
    seat.clicks("Today", page)
    assert page.day == on(18)
    assert page.grid.currentIndex() == page.model.index_of(on(18))


def test_the_buttons_turn_the_month(seat: Driver, page: CalendarPage) -> None:
    seat.clicks("The month before")
    assert page.heading.text() == "February 2026"
    seat.clicks("The month after")
    seat.clicks("The month after")
    assert page.heading.text() == "April 2026"


@pytest.mark.parametrize("day", [on(1, 1, 1900), on(31, 12, 2199)])
def test_the_ends_of_time_are_reached_without_harm(seat: Driver, day: int) -> None:
    page = opens(seat, day)
    seat.presses("Left" if day < on(1) else "Right")
    seat.presses("PgUp" if day < on(1) else "PgDown")
    assert page.month is not None and page.month.shows(page.day)


def test_enter_goes_into_the_day_and_again_opens_the_session(seat: Driver, page: CalendarPage) -> None:
    asked: list[object] = []
    page.choose_day(on(31))
    seat.presses("Return")
    assert page.beside.day_list.hasFocus()
    seat.desk.asked_for.disconnect()
    seat.desk.asked_for.connect(lambda *what: asked.append(what))
    seat.presses("Return")
    mark = page.chosen()
    assert mark is not None and asked == [("session", mark.session)]


def test_enter_on_somebody_due_books_them_on_that_day(seat: Driver, page: CalendarPage) -> None:
    page.choose_day(on(24))
    seat.presses("Return", 2)
    dialog = seat.dialog()
    assert isinstance(dialog, BookDialog) and day_of(dialog.form) == on(24)
    seat.sees("Book supervision with Cara O’Neill")


def test_alt_shift_arrows_move_the_booking_a_working_day(seat: Driver, page: CalendarPage) -> None:
    page.choose_day(on(31))
    seat.presses("Alt+Shift+Right")
    dialog = seat.dialog()
    assert isinstance(dialog, MoveDialog) and day_of(dialog.form) == on(1, 4)
    seat.types("Court")
    dialog.why.set_value("by", "supervisor")
    seat.presses("Ctrl+Return")
    assert shows(page, on(31)) == ["31", "✕ 10:00 Ada Nwosu cancelled"]
    assert shows(page, on(1, 4)) == ["1", "● 10:00 Ada Nwosu"]
    assert seat.window.focusWidget() is page.grid and page.day == on(31)


def test_a_friday_moves_to_monday_and_what_is_no_booking_stays(
    seat: Driver, store: Store, page: CalendarPage
) -> None:
    session(store, BEN, planned_on="2026-03-27")
    page.read()
    page.choose_day(on(27))
    seat.presses("Alt+Shift+Right")
    dialog = seat.dialog()
    assert day_of(dialog.form) == on(30)
    dialog.reject()
    page.choose_day(on(2))
    seat.presses("Alt+Shift+Left")
    assert not seat.dialogs()


# Booking


def test_ctrl_b_asks_whom_and_books_on_the_chosen_day(
    seat: Driver, store: Store, page: CalendarPage
) -> None:
    page.choose_day(on(26))
    assert page.chosen_person() is None
    seat.presses("Ctrl+B")
    assert isinstance(seat.dialog(), WhomDialog)
    seat.sees("Whom is it with?", "To book on Thursday 26 March 2026.", "Ben Hughes | 10 Mar 2026")
    seat.types("ada")
    seat.presses("Return")
    dialog = seat.dialog()
    assert isinstance(dialog, BookDialog) and day_of(dialog.form) == on(26)
    seat.presses("Return")
    assert shows(page, on(26)) == ["26", "● Ada Nwosu"]


def test_whoever_is_not_there_is_not_booked(seat: Driver, page: CalendarPage) -> None:
    seat.presses("Ctrl+B")
    seat.types("nobody at all")
    seat.presses("Return")
    seat.sees("Nobody of that name is in this team.")
    seat.presses("Esc")
    assert not seat.dialogs()


def test_with_the_keyboard_on_an_entry_it_is_with_that_person(seat: Driver, page: CalendarPage) -> None:
    page.choose_day(on(24))
    seat.presses("Return")
    seat.presses("Ctrl+B")
    assert isinstance(seat.dialog(), BookDialog)
    seat.sees("Book supervision with Cara O’Neill")


def test_who_is_due_is_booked_from_the_list_beside(seat: Driver, page: CalendarPage) -> None:
    page.beside.due_list.setFocus()
    page.beside.due_list.choose(BEN)
    assert page.chosen_person() == BEN
    seat.presses("Return")
    assert isinstance(seat.dialog(), BookDialog)
    seat.sees("Book supervision with Ben Hughes")


def test_the_buttons_beside_are_about_the_chosen_entry(seat: Driver, page: CalendarPage) -> None:
    page.choose_day(on(31))
    beside = page.beside
    assert beside.move_button.isEnabled() and not beside.missed_button.isEnabled()
    assert beside.cancel_button.accessibleName() == "Cancel: Ada Nwosu, 31 Mar 2026"
    for does, kind in (("Move…", MoveDialog), ("Cancel…", LostDialog), ("Book…", WhomDialog)):
        seat.clicks(does)
        dialog = seat.dialog()
        assert isinstance(dialog, kind)
        dialog.reject()
        seat.settle()
    page.choose_day(on(16))
    seat.clicks("Missed…")
    assert isinstance(seat.dialog(), LostDialog)
    seat.dialog().reject()
    page.choose_day(on(2))
    assert not beside.move_button.isEnabled() and beside.open_button.isEnabled()


def test_dates_are_proposed_from_here(seat: Driver, page: CalendarPage) -> None:
    seat.clicks("Propose dates…")
    assert isinstance(seat.dialog(), ProposeDialog)
    seat.waits_until(lambda: not seat.background.is_busy)


# The mouse


def drag(page: CalendarPage, mark: Mark, to: int) -> None:
    grid, font = page.grid, page.grid.font()
    index = page.model.index_of(mark.on)
    assert page.month is not None
    places = lines(grid.visualRect(index), font, page.month.on(mark.on))
    start = next(place.center() for place, each in places if each == mark)
    end = grid.visualRect(page.model.index_of(to)).center()
    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for point in (start + QPoint(30, 0), end):
        QTest.mouseMove(grid.viewport(), point)
        QTest.qWait(0)
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=end)
    QTest.qWait(0)


def test_a_booking_is_dragged_to_another_day(seat: Driver, page: CalendarPage) -> None:
    page.choose_day(on(31))
    mark = page.chosen()
    assert mark is not None
    drag(page, mark, on(25))
    dialog = seat.dialog()
    assert isinstance(dialog, MoveDialog) and day_of(dialog.form) == on(25)


def test_what_was_held_cannot_be_dragged(seat: Driver, page: CalendarPage) -> None:
    page.choose_day(on(2))
    mark = page.chosen()
    assert mark is not None
    drag(page, mark, on(25))
    assert not seat.dialogs()


# The list


def test_the_month_as_a_list_is_remembered_and_does_the_same(seat: Driver, page: CalendarPage) -> None:
    seat.clicks("As a list")
    assert seat.memory["calendar"] == "list" and page.list.hasFocus()
    days = [mark.on for mark in page.list.table.records]
    assert days == sorted(days) and len(days) == 8
    row = next(n for n, mark in enumerate(page.list.table.records) if mark.on == on(31))
    page.list.selectRow(row)
    seat.presses("Alt+Shift+Left")
    dialog = seat.dialog()
    assert isinstance(dialog, MoveDialog) and day_of(dialog.form) == on(30)
    dialog.reject()
    seat.settle()
    seat.clicks("As a month")
    assert seat.window.focusWidget() is page.grid


# Another day


def test_another_day_shows_how_it_stood_and_nothing_can_be_changed(
    seat: Driver, store: Store, page: CalendarPage
) -> None:
    page.choose_day(on(31))
    seat.looks_at(day=on(20, 2))
    assert page.heading.text() == "February 2026" and page.day == on(20, 2)
    seat.sees("what was booked ahead on that day")
    assert shows(page, on(24, 2)) == ["24"], "it was held later, and not booked ahead"
    assert not page.beside.book_button.isEnabled() and not page.propose_button.isEnabled()
    page.choose_day(on(31))
    seat.presses("Alt+Shift+Left")
    assert not seat.dialogs()
    seat.looks_at(day=None)
    assert page.day == on(18)


# For everybody


def test_the_model_keeps_the_rules(page: CalendarPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)
    page.choose_day(on(1, 4))
    qtmodeltester.check(page.model)
    qtmodeltester.check(page.list.table)


def test_everything_has_a_name(seat: Driver, page: CalendarPage) -> None:
    assert unnamed(page) == []
    page.choose_day(on(31))
    seat.clicks("As a list")
    assert unnamed(page) == []


def test_names_are_never_read_as_markup(seat: Driver, store: Store, page: CalendarPage) -> None:
    put(store, "person", {"id": "X", "name": "<b>Xena</b>"})
    session(store, "X", planned_on="2026-03-26")
    page.read()
    tip = page.model.index_of(on(26)).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;Xena&lt;/b&gt;" in tip


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_clipped(opened: Callable[..., Driver], store: Store, percent: int) -> None:
    seat = opened(store, percent=percent)
    page = opens(seat, on(31))
    assert page.grid.width() <= page.width()
    for each in (page.grid, page.beside.due_list, page.beside.day_list):
        assert each.height() >= each.minimumHeight()
    assert page.grid.rowHeight(5) * 6 <= page.grid.viewport().height() + 6
