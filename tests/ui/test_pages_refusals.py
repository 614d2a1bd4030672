"""Where nothing can be written, a page says why and what one can do. Everybody is made up."""

from __future__ import annotations

from supervise.ui.pages.session_reading import ReadingView
from supervise.ui.pages.session_writing import WritingView
from tests.ui.driving import Driver

WHY = "You are looking at another day. Go back to today (Ctrl+D) to change anything."


def _session(driver: Driver, **asked: str) -> str:
    rows = driver.workspace.store.rows("session", **asked)
    return str(max(rows, key=lambda row: row["held_on"] or row["planned_on"])["id"])


def test_a_planned_session_says_on_another_day_how_to_come_back_and_write(practice: Driver) -> None:
    practice.looks_at(None, practice.hands.today() - 7)
    page = practice.opens("session", _session(practice, status="planned", person_id="W02"))
    practice.sees("Planned. It was planned for", WHY)
    assert practice.where() is practice.button("Back to today")
    practice.clicks("Back to today")
    assert isinstance(page._view, WritingView) and practice.desk.view.is_today


def test_a_new_one_says_so_too(practice: Driver) -> None:
    practice.looks_at(None, practice.hands.today() - 7)
    page = practice.opens("session", ("new", "W02"))
    practice.sees("Supervision with Tomasz", WHY)
    practice.presses("Space")
    assert isinstance(page._view, WritingView)


def test_a_held_one_without_a_record_says_so_too(practice: Driver) -> None:
    session = _session(practice, status="held", person_id="W14")
    practice.looks_at(None, practice.hands.today() - 1)
    page = practice.opens("session", session)
    practice.sees(WHY)
    practice.clicks("Back to today")
    assert isinstance(page._view, ReadingView)
    practice.sees_not(WHY)
    assert practice.button("Change…").isEnabled()


def test_a_sentence_does_not_outlive_the_day_it_was_about(practice: Driver) -> None:
    view = practice.opens("session", ("new", "W02"))._view
    view.parts.start_of(view.headings.currentRow()).setFocus()
    practice.types("We talked.")
    for typed in ("1 Jan 1900", "31/4"):
        view.head.held_on.edit.setFocus()
        practice.presses("Ctrl+A")
        practice.types(typed)
        practice.presses("Ctrl+Return")
    said = [each for each in (view.head.wrong, view.foot.look) if each.isVisible()]
    assert [each.text() for each in said] == [view.head.wrong.text()] and "1900" not in said[0].text()


def test_what_forbade_finishing_is_not_said_of_other_words(practice: Driver) -> None:
    view = practice.opens("session", ("new", "W02"))._view
    view.head.minutes.setText("")
    view.head.held_on.edit.setFocus()
    practice.presses("Ctrl+A")
    practice.types("1 Jan 1900")
    practice.presses("Ctrl+Return")
    assert view.foot.look.isVisible()
    view.parts.start_of(view.headings.currentRow()).setFocus()
    practice.types("W")
    assert not view.foot.look.isVisible()
