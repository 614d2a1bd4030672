"""Unfinished writing is gone on with, wherever one comes from. Everybody is made up."""

from __future__ import annotations

from supervise.ui.pages.session_writing import WritingView
from tests.ui.driving import Driver

TOMASZ = "W02"


def _writes(driver: Driver, words: str, held_on: str = "") -> WritingView:
    """Begin a record, on another day if one is given, and leave it for Today."""
    view = _opens(driver)
    if held_on:
        view.head.held_on.edit.setFocus()
        driver.presses("Ctrl+A")
        driver.types(held_on)
    view.parts.start_of(view.headings.currentRow()).setFocus()
    driver.types(words)
    driver.opens("today")
    return view


def _opens(driver: Driver) -> WritingView:
    found = driver.opens("session", ("new", TOMASZ))._view
    assert isinstance(found, WritingView)
    return found


def test_record_again_goes_on_with_what_was_begun(practice: Driver) -> None:
    _writes(practice, "First words")
    assert practice.reads(_opens(practice)).count("First words") == 1
    assert len(practice.workspace.store.drafts.list()) == 1


def test_record_again_goes_on_although_its_day_was_changed_meanwhile(practice: Driver) -> None:
    _writes(practice, "First words", held_on="13/3/2026")
    view = _opens(practice)
    practice.sees("First words", "13 Mar 2026")
    assert not view.others.isVisible()
    view.parts.start_of(view.headings.currentRow()).setFocus()
    practice.types("More ")
    practice.presses("Ctrl+S")
    assert len(practice.workspace.store.drafts.list()) == 1


def test_record_again_goes_on_although_its_day_cannot_be_read(practice: Driver) -> None:
    _writes(practice, "First words", held_on="31/4")
    _opens(practice)
    practice.sees("First words")


def test_on_a_later_day_what_is_unfinished_stands_beside_the_blank_sheet(practice: Driver) -> None:
    _writes(practice, "First words")
    practice.hands.move(days=2)
    practice.desk.view.changed.emit()
    first = practice.workspace.store.drafts.list()[0].id
    view = _opens(practice)
    practice.sees_not("First words")
    assert view.others.isVisible() and f"session:{view.session}" != first
    practice.sees("Unfinished too:")
    practice.clicks("Supervision of 18 Mar 2026, kept Wed 18 March 2026 09:30")
    practice.sees("First words")


def test_the_persons_page_names_unfinished_writing_and_the_way_to_it(practice: Driver) -> None:
    practice.opens("person", TOMASZ)
    practice.sees_not("Unfinished writing:")
    _writes(practice, "First words")
    practice.opens("person", TOMASZ)
    practice.sees("Unfinished writing:")
    practice.clicks("Go on writing: Supervision of 18 Mar 2026, kept Wed 18 March 2026 09:30")
    practice.sees("First words")
    practice.opens("person", "W05")
    practice.sees_not("Unfinished writing:")


def test_a_booking_made_since_does_not_hide_what_was_begun(practice: Driver) -> None:
    from supervise.doing.diary import Diary

    _writes(practice, "First words")
    practice.desk.did(Diary(practice.workspace.here).book(TOMASZ, practice.hands.today()).change)
    _opens(practice)
    practice.sees("First words")
