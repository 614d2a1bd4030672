"""Choosing another day, the keys, and what the program is."""

from __future__ import annotations

from supervise import __version__
from supervise.ui.actions import ACTIONS, PAGE_KEYS
from supervise.workdays import day
from tests.ui.driving import Driver, unnamed


def test_a_past_day_is_looked_at_and_one_comes_back_to_today(practice: Driver) -> None:
    practice.opens("guide")
    practice.presses("Ctrl+D")
    practice.sees("Look at another day", "Nothing can be changed")
    assert "Back to today" not in practice.reads()
    practice.types("31 Mar 2025")
    practice.sees("Monday 31 March 2025")
    practice.presses("Return")
    assert practice.dialog() is None
    practice.sees("As at 31 March 2025")
    practice.does("another_day")
    assert practice.dialog().form.value("day") == day("2025-03-31")
    practice.clicks("Back to today, 18 Mar 2026")
    assert practice.dialog() is None and practice.desk.view.is_today


def test_a_day_typed_over_the_one_looked_at_replaces_it(practice: Driver) -> None:
    practice.looks_at(day=day("2025-03-31"))
    practice.presses("Ctrl+D")
    practice.types("today")
    practice.clicks("Look at that day")
    assert practice.desk.view.is_today


def test_a_day_to_come_is_refused_kindly_and_stays_typed(practice: Driver) -> None:
    practice.presses("Ctrl+D")
    practice.types("next Thu")
    practice.clicks("Look at that day")
    practice.sees("26 March 2026 has not come yet", "Calendar")
    assert practice.dialog().form.inputs["day"].edit.text() == "next Thu"
    assert practice.desk.view.is_today


def test_nothing_and_nonsense_are_no_days(practice: Driver) -> None:
    practice.presses("Ctrl+D")
    practice.clicks("Look at that day")
    practice.sees("Day is needed.")
    practice.types("31 February")
    practice.clicks("Look at that day")
    practice.sees("31 February")
    assert practice.dialog() is not None and practice.desk.view.is_today


def test_every_key_stands_in_the_list_and_can_be_searched(practice: Driver) -> None:
    practice.presses("Ctrl+F1")
    dialog = practice.dialog()
    assert len(dialog.table.records) == sum(bool(action.keys) for action in ACTIONS) + len(PAGE_KEYS)
    practice.sees(*(what for _, _, what in PAGE_KEYS))
    practice.types("PROPOSE dates")
    assert [key.keys for key in dialog.table.records] == ["Ctrl+Shift+P"]
    practice.types(" nothing like it")
    practice.sees("No key does that.")
    practice.presses("Return")
    assert practice.dialog() is dialog, "Enter in the search is no wish to close"
    practice.presses("Esc")
    assert practice.dialog() is None


def test_the_program_says_what_it_is_and_that_it_sends_nothing(practice: Driver) -> None:
    practice.does("about")
    practice.sees(
        f"Supervise {__version__}", "MIT licence", "LGPL", "nothing is ever sent over a network"
    )
    practice.sees("PySide6-Essentials | 6.", "sqlcipher3 | ")
    practice.sees_not("packed in")
    practice.presses("Return")
    assert practice.dialog() is None


def test_a_screen_reader_can_name_everything(practice: Driver) -> None:
    for action in ("another_day", "keys", "about"):
        practice.does(action)
        assert unnamed(practice.dialog()) == []
        practice.presses("Esc")
