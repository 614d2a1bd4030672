"""Booking, moving, cancelling and missing: by keys, with what to look at, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from icalendar import Calendar
from PySide6.QtWidgets import QFileDialog, QLineEdit

from supervise.store import Store
from supervise.ui.dialogs.booking import BookDialog, LostDialog, MoveDialog
from supervise.ui.forms import DayEdit
from tests.ui.driving import Driver, Hands, unnamed
from tests.ui.small_team import ADA, BEN, CARA, DEV, SAM, on, put, session, small_team


@pytest.fixture
def store(hands: Hands) -> Store:
    return small_team(hands)


@pytest.fixture
def seat(opened: Callable[..., Driver], store: Store) -> Driver:
    return opened(store)


def book(seat: Driver, person: str, day: int | None = None) -> BookDialog:
    seat.desk.deeds.book(person, day)
    seat.settle()
    dialog = seat.dialog()
    assert isinstance(dialog, BookDialog)
    return dialog


def day_edit(dialog: BookDialog) -> QLineEdit:
    made = dialog.form.inputs["on"]
    assert isinstance(made, DayEdit)
    return made.edit


def move(seat: Driver, session_id: str, day: int | None = None) -> MoveDialog:
    seat.desk.deeds.move(session_id, day)
    seat.settle()
    dialog = seat.dialog()
    assert isinstance(dialog, MoveDialog)
    return dialog


def lose(seat: Driver, session_id: str, *, missed: bool) -> LostDialog:
    (seat.desk.deeds.miss if missed else seat.desk.deeds.cancel)(session_id)
    seat.settle()
    dialog = seat.dialog()
    assert isinstance(dialog, LostDialog)
    return dialog


def planned(store: Store, person: str) -> list[str]:
    return sorted(row["planned_on"] for row in store.rows("session", person_id=person, status="planned"))


def saves_to(seat: Driver, path: Path) -> None:
    """Type where the calendar file goes."""
    dialog = seat.dialog()
    assert isinstance(dialog, QFileDialog)
    line = dialog.findChild(QLineEdit)
    assert line is not None
    line.setText(str(path))
    seat.clicks("Save", dialog)
    seat.waits_until(lambda: not seat.dialogs())


# Booking


def test_ctrl_b_a_date_and_enter_books_it(seat: Driver, store: Store) -> None:
    book(seat, ADA).reject()
    book(seat, ADA)
    seat.types("1 Apr")
    seat.presses("Return")
    assert planned(store, ADA) == ["2026-04-01"] and not seat.dialogs()
    assert seat.hears() == "Booked Wednesday 1 April 2026 with Ada Nwosu."
    assert seat.foot.undo.isVisible()
    seat.clicks("Undo")
    assert planned(store, ADA) == []


def test_the_day_it_is_due_is_filled_in_and_said_as_such(seat: Driver) -> None:
    dialog = book(seat, ADA)
    seat.sees("Book supervision with Ada Nwosu", "Due 2 Apr 2026, late after 2 Apr 2026.", "2 Apr 2026",
              "Filled in to begin with is the day it is due.")  # fmt: skip
    edit = day_edit(dialog)
    assert edit.hasFocus() and edit.selectedText() == "2 Apr 2026"


def test_where_nobody_can_come_that_day_it_is_the_last_before_it(seat: Driver, store: Store) -> None:
    put(
        store,
        "absence",
        {"person_id": SAM, "kind": "annual_leave", "from": "2026-04-01", "to": "2026-04-02"},
    )
    book(seat, ADA)
    seat.sees(
        "31 Mar 2026", "Filled in to begin with is the last day before it is due on which both can come."
    )
    seat.sees_not("annual", "leave")


def test_somebody_overdue_is_booked_for_the_first_day_there_is(seat: Driver) -> None:
    book(seat, BEN)
    seat.sees(
        "Due 10 Mar 2026",
        "19 Mar 2026",
        "Filled in to begin with is the first day on which both can come.",
    )


def test_who_is_booked_already_begins_with_the_one_after(seat: Driver, store: Store) -> None:
    session(store, ADA, planned_on="2026-04-01")
    book(seat, ADA)
    seat.sees("Due 1 May 2026", "after the one booked for 1 Apr 2026", "already booked for 1 Apr 2026")


def test_what_to_look_at_is_said_as_typing_pauses_and_stops_nobody(seat: Driver, store: Store) -> None:
    dialog = book(seat, ADA)
    assert not dialog.warned.isVisible()
    seat.types("3 Apr")
    seat.waits_until(dialog.warned.isVisible)
    seat.sees("3 Apr 2026 is a bank holiday: Good Friday.", "late: the last day in time is 2 Apr 2026")
    seat.presses("Return")
    assert planned(store, ADA) == ["2026-04-03"]
    assert seat.hears() == "Booked Friday 3 April 2026 with Ada Nwosu."


def test_who_is_quicker_than_the_pause_hears_it_at_the_foot(seat: Driver) -> None:
    book(seat, ADA)
    seat.types("4 Apr")
    seat.presses("Return")
    assert "4 Apr 2026 is a Saturday." in seat.hears()


def test_what_cannot_be_read_stays_as_typed_with_a_sentence(seat: Driver, store: Store) -> None:
    dialog = book(seat, ADA)
    seat.types("32 Apr")
    seat.presses("Return")
    assert seat.dialog() is dialog and day_edit(dialog).text() == "32 Apr"
    seat.sees("There is no")
    assert planned(store, ADA) == []


def test_time_and_place_are_kept(seat: Driver, store: Store) -> None:
    dialog = book(seat, ADA)
    dialog.form.set_value("at", "2pm")
    dialog.form.set_value("place", "Room 4")
    seat.presses("Return")
    (row,) = store.rows("session", person_id=ADA, status="planned")
    assert (row["planned_start"], row["place"], row["supervisor_id"]) == ("14:00", "Room 4", SAM)


def test_a_supervisor_is_asked_for_only_where_none_is_known(seat: Driver, store: Store) -> None:
    assert book(seat, ADA).who is None
    seat.dialog().reject()
    dialog = book(seat, DEV)
    assert dialog.who is not None
    seat.sees("Nobody is named in the post of that day.", "No supervisor is named")
    dialog.who.set_value("supervisor", SAM)
    seat.presses("Return")
    (row,) = store.rows("session", person_id=DEV, status="planned")
    assert row["supervisor_id"] == SAM


def test_a_calendar_file_is_private_and_names_nobody(seat: Driver, store: Store, tmp_path: Path) -> None:
    dialog = book(seat, ADA)
    dialog.to_calendar.setChecked(True)
    seat.presses("Return")
    saves_to(seat, tmp_path / "ada.ics")
    (event,) = Calendar.from_ical((tmp_path / "ada.ics").read_bytes()).walk("VEVENT")
    assert (event["summary"], event["class"]) == ("Supervision", "PRIVATE")
    assert seat.hears() == "Booked Thursday 2 April 2026 with Ada Nwosu. Saved as ada.ics."
    seat.clicks("Undo")
    assert planned(store, ADA) == []


def test_initials_stand_in_it_only_if_they_are_chosen(seat: Driver, tmp_path: Path) -> None:
    dialog = book(seat, ADA)
    assert not dialog.with_initials.isVisible()
    dialog.to_calendar.setChecked(True)
    dialog.with_initials.setChecked(True)
    seat.presses("Return")
    saves_to(seat, tmp_path / "ada.ics")
    (event,) = Calendar.from_ical((tmp_path / "ada.ics").read_bytes()).walk("VEVENT")
    assert event["summary"] == "Supervision (AN)"


def test_a_calendar_file_that_cannot_be_written_costs_no_booking(
    seat: Driver, store: Store, tmp_path: Path
) -> None:
    dialog = book(seat, ADA)
    dialog.to_calendar.setChecked(True)
    seat.presses("Return")
    (tmp_path / "taken.ics").mkdir()
    file = seat.dialog()
    file.fileSelected.emit(str(tmp_path / "taken.ics"))
    file.reject()
    seat.settle()
    assert planned(store, ADA) == ["2026-04-02"] and "▲" in seat.hears()


def test_on_another_day_nothing_is_booked(seat: Driver, store: Store) -> None:
    seat.looks_at(day=on(10))
    book(seat, ADA)
    seat.presses("Return")
    seat.sees("You are looking at another day.")
    assert planned(store, ADA) == []


def test_what_changed_meanwhile_is_told_in_the_dialog(seat: Driver, store: Store) -> None:
    book(seat, ADA)
    with store.change("Nobody", by="x") as change:
        for row in list(store.rows("session", person_id=ADA)):
            change.remove("session", row["id"])
        for row in list(store.rows("post", person_id=ADA)):
            change.remove("post", row["id"])
        change.remove("person", ADA)
    seat.presses("Return")
    seat.sees("There is nobody with the id")


@pytest.mark.parametrize(
    ("typed", "booked", "said"),
    [
        ("1 Jan 1990", "1990-01-01", "Monday 1 January 1990 is in the past."),
        (
            "1 Jan 2126",
            "2126-01-01",
            "Tuesday 1 January 2126 is more than a year ahead. Is the year right?",
        ),
    ],
)
def test_a_day_that_is_hardly_meant_needs_a_second_enter(
    seat: Driver, store: Store, typed: str, booked: str, said: str
) -> None:
    book(seat, ADA)
    seat.types(typed)
    seat.presses("Return")
    seat.sees(f"{said} If it is meant so, choose “Book” again.")
    assert planned(store, ADA) == []
    seat.presses("Return")
    assert planned(store, ADA) == [booked] and not seat.dialogs()


def test_another_such_day_is_asked_about_again(seat: Driver, store: Store) -> None:
    dialog = book(seat, ADA)
    for year in ("1990", "1991"):
        day_edit(dialog).setText(f"1 Jan {year}")
        seat.presses("Return")
        seat.sees(f"1 January {year} is in the past. If")
    assert planned(store, ADA) == []


def test_a_booking_that_is_there_already_is_not_made_twice_by_one_enter(
    seat: Driver, store: Store
) -> None:
    session(store, ADA, planned_on="2026-04-01", planned_start="10:00")
    dialog = book(seat, ADA)
    dialog.form.set_value("on", on(1, 4))
    dialog.form.set_value("at", "10")
    seat.presses("Return")
    seat.sees("Ada Nwosu is already booked for that day at 10:00.")
    assert planned(store, ADA) == ["2026-04-01"]
    dialog.form.set_value("at", "11:30")
    seat.presses("Return")
    assert planned(store, ADA) == ["2026-04-01", "2026-04-01"]


# Moving


def test_a_move_into_the_past_and_a_new_day_far_ahead_need_a_second_enter(
    seat: Driver, store: Store
) -> None:
    id = session(store, ADA, planned_on="2026-04-01")
    dialog = move(seat, id, on(2))
    dialog.why.set_value("reason", "Court")
    dialog.why.set_value("by", "other")
    seat.presses("Ctrl+Return")
    seat.sees("Monday 2 March 2026 is in the past.", "choose “Move” again")
    assert planned(store, ADA) == ["2026-04-01"]
    dialog.reject()
    lost = lose(seat, id, missed=False)
    for name, value in (("reason", "Court"), ("by", "other"), ("on", on(1, 4, 2126))):
        lost.form.set_value(name, value)
    seat.presses("Ctrl+Return")
    seat.sees("more than a year ahead", "choose “Cancel the supervision” again")
    assert planned(store, ADA) == ["2026-04-01"]
    seat.presses("Ctrl+Return")
    assert planned(store, ADA) == ["2126-04-01"]


def test_another_place_for_a_booking_whose_day_is_over_needs_no_second_enter(
    seat: Driver, store: Store
) -> None:
    id = session(store, ADA, planned_on="2026-03-16", planned_start="10:00")
    move(seat, id).form.set_value("place", "Room 4")
    seat.presses("Ctrl+Return")
    assert not seat.dialogs()


def test_another_time_that_day_needs_no_reason(seat: Driver, store: Store) -> None:
    id = session(store, ADA, planned_on="2026-04-01", planned_start="10:00")
    dialog = move(seat, id)
    seat.sees("Move supervision with Ada Nwosu", "It is booked for Wednesday 1 April 2026 at 10:00.")
    assert not dialog.why.isVisible()
    dialog.form.set_value("at", "11:30")
    seat.presses("Return")
    row = store.row("session", id)
    assert row is not None and (row["status"], row["planned_start"]) == ("planned", "11:30")


def test_another_day_asks_why_and_who_and_is_one_change(seat: Driver, store: Store) -> None:
    id = session(store, ADA, planned_on="2026-04-01", planned_start="10:00", place="Room 4")
    dialog = move(seat, id)
    seat.types("2 Apr")
    seat.waits_until(dialog.why.isVisible)
    seat.presses("Return")
    seat.sees("Say why in a few words.", "Choose who asked for it.")
    assert dialog.why.inputs["reason"].hasFocus()
    seat.types("Court")
    dialog.why.set_value("by", "supervisor")
    seat.presses("Return")
    row = store.row("session", id)
    assert row is not None
    assert (row["status"], row["reason"], row["cancelled_by"]) == ("cancelled", "Court", "supervisor")
    (new,) = store.rows("session", person_id=ADA, status="planned")
    assert (new["planned_on"], new["planned_start"], new["place"]) == ("2026-04-02", "10:00", "Room 4")
    seat.clicks("Undo")
    assert planned(store, ADA) == ["2026-04-01"]


def test_a_day_already_chosen_begins_with_the_reason(seat: Driver, store: Store) -> None:
    dialog = move(seat, session(store, ADA, planned_on="2026-04-01"), on(31))
    assert dialog.why.inputs["reason"].hasFocus()
    seat.sees("31 Mar 2026", "Due 2 Apr 2026")


def test_a_time_taken_away_is_gone(seat: Driver, store: Store) -> None:
    id = session(store, ADA, planned_on="2026-04-01", planned_start="10:00", place="Room 4")
    dialog = move(seat, id)
    dialog.form.set_value("at", None)
    dialog.form.set_value("place", None)
    seat.presses("Return")
    row = store.row("session", id)
    assert row is not None and (row["planned_start"], row["place"]) == (None, None)


def test_a_move_gives_the_calendar_both_events(seat: Driver, store: Store, tmp_path: Path) -> None:
    dialog = move(seat, session(store, ADA, planned_on="2026-04-01"), on(31))
    seat.types("Court")
    dialog.why.set_value("by", "other")
    dialog.to_calendar.setChecked(True)
    seat.presses("Return")
    saves_to(seat, tmp_path / "moved.ics")
    said = {
        path.name: Calendar.from_ical(path.read_bytes()).walk("VEVENT")[0]["status"]
        for path in tmp_path.iterdir()
    }
    assert said == {"moved.ics": "CONFIRMED", "moved-cancelled.ics": "CANCELLED"}


# Cancelling, and missed


def test_cancelling_asks_why_who_and_the_new_day_at_that_moment(seat: Driver, store: Store) -> None:
    id = session(store, ADA, planned_on="2026-04-01", planned_start="10:00")
    dialog = lose(seat, id, missed=False)
    seat.sees("Keep the booking", "It may be left empty: Ada Nwosu has no booking then. Due 2 Apr 2026")
    seat.presses("Ctrl+Return")
    seat.sees("Say why in a few words.", "Choose who asked for it.")
    seat.types("Urgent visit")
    dialog.form.set_value("by", "worker")
    dialog.form.set_value("on", on(2, 4))
    seat.presses("Ctrl+Return")
    assert planned(store, ADA) == ["2026-04-02"]
    assert "Cancelled: Wednesday 1 April 2026 at 10:00 with Ada Nwosu." in seat.hears()
    assert "Booked Thursday 2 April 2026." in seat.hears()
    seat.clicks("Undo")
    assert planned(store, ADA) == ["2026-04-01"]


def test_one_missed_blames_nobody_and_may_have_no_new_day(seat: Driver, store: Store) -> None:
    id = session(store, CARA, planned_on="2026-03-17")
    dialog = lose(seat, id, missed=True)
    assert "by" not in dialog.form.inputs
    dialog.form.set_value("reason", "Covering duty")
    seat.presses("Ctrl+Return")
    row = store.row("session", id)
    assert row is not None
    assert (row["status"], row["reason"], row["cancelled_by"]) == ("missed", "Covering duty", None)
    assert planned(store, CARA) == []


def test_what_is_still_to_come_was_not_missed(seat: Driver, store: Store) -> None:
    dialog = lose(seat, session(store, ADA, planned_on="2026-04-01"), missed=True)
    assert not dialog.main.isVisible()
    seat.sees("is still to come. Move or cancel it instead.")
    seat.sees_not("Reason")
    seat.presses("Ctrl+Return")
    assert not seat.dialogs()
    assert planned(store, ADA) == ["2026-04-01"]


def test_a_cancelled_booking_leaves_the_calendar(seat: Driver, store: Store, tmp_path: Path) -> None:
    dialog = lose(seat, session(store, ADA, planned_on="2026-04-01"), missed=False)
    dialog.form.set_value("reason", "Court")
    dialog.form.set_value("by", "other")
    dialog.to_calendar.setChecked(True)
    seat.presses("Ctrl+Return")
    saves_to(seat, tmp_path / "gone.ics")
    (event,) = Calendar.from_ical((tmp_path / "gone.ics").read_bytes()).walk("VEVENT")
    assert event["status"] == "CANCELLED"


@pytest.mark.parametrize("status", ["held", "cancelled", None])
def test_what_is_not_booked_any_more_can_only_be_closed(
    seat: Driver, store: Store, status: str | None
) -> None:
    held = {"held_on": "2026-03-10"} if status == "held" else {}
    id = session(store, ADA, status=status, planned_on="2026-03-10", **held) if status else "gone"
    for opens in (move, partial(lose, missed=False)):
        dialog = opens(seat, id)
        assert not dialog.main.isVisible()
        seat.sees("is not booked any more")
        seat.presses("Ctrl+Return")
        assert not seat.dialogs()


@pytest.mark.parametrize("missed", [True, False])
def test_what_was_altered_meanwhile_is_said_before_a_reason_is_asked_for(
    seat: Driver, store: Store, missed: bool
) -> None:
    id = session(store, CARA, planned_on="2026-03-17")
    lose(seat, id, missed=missed)
    put(store, "session", {"id": id, "status": "cancelled"})
    seat.presses("Ctrl+Return")
    seat.sees("This supervision is not booked any more.")
    seat.sees_not("Say why in a few words.")


def test_another_day_is_refused_before_a_reason_is_asked_for(seat: Driver, store: Store) -> None:
    id = session(store, CARA, planned_on="2026-03-17")
    seat.looks_at(day=on(10))
    lose(seat, id, missed=False)
    seat.presses("Ctrl+Return")
    seat.sees("You are looking at another day.")
    seat.sees_not("Say why in a few words.")


# For everybody


def test_every_field_has_a_name(seat: Driver, store: Store) -> None:
    id = session(store, ADA, planned_on="2026-03-17")
    for dialog in (book(seat, DEV), move(seat, id, on(20)), lose(seat, id, missed=False)):
        assert unnamed(dialog) == []
        dialog.reject()


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_wider_than_the_window(
    opened: Callable[..., Driver], store: Store, percent: int
) -> None:
    seat = opened(store, percent=percent)
    id = session(store, ADA, planned_on="2026-03-17")
    for dialog in (book(seat, DEV), move(seat, id, on(20)), lose(seat, id, missed=False)):
        assert dialog.inner.width() <= dialog.area.viewport().width()
        assert dialog.height() <= seat.window.height()
        dialog.reject()
