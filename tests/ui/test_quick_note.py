"""A conversation in passing, noted between two doors. Everybody is made up."""

from __future__ import annotations

from tests.making import LONG_NOTE
from tests.ui.driving import Driver, unnamed
from tests.ui.test_session import MARCUS


def begins(driver: Driver) -> None:
    """The dialog, from the page of a supervision with Marcus Bello."""
    driver.opens("session", ("new", MARCUS))
    driver.presses("Ctrl+Shift+N")
    driver.sees("Quick note: Marcus Bello", "comes back on the agenda")


def test_three_fields_and_it_comes_back_next_time(practice: Driver) -> None:
    begins(practice)
    assert unnamed(practice.dialog()) == []
    practice.types("Leave over Easter")
    practice.presses("Tab")
    practice.types("Wants a week.")
    practice.presses("Tab")
    practice.types("Ask HR about the carry-over")
    practice.presses("Ctrl+Return")
    assert practice.dialog() is None
    assert practice.hears() == "Note a conversation with Marcus Bello, 18 Mar 2026."
    (row,) = practice.workspace.store.rows("session", person_id=MARCUS, kind="ad_hoc")
    assert row["notes"] == "Leave over Easter\n\nWants a week."
    practice.opens("session", ("new", MARCUS))
    practice.sees("18 Mar 2026: Leave over Easter", "Ask HR about the carry-over")
    practice.does("undo")
    assert not list(practice.workspace.store.rows("session", person_id=MARCUS, kind="ad_hoc"))


def test_a_note_is_read_as_a_conversation(practice: Driver) -> None:
    begins(practice)
    practice.types("Car insurance")
    practice.presses("Ctrl+Return")
    (row,) = practice.workspace.store.rows("session", person_id=MARCUS, kind="ad_hoc")
    practice.opens("session", row["id"])
    practice.sees("Conversation with Marcus Bello", "Car insurance")


def test_it_has_to_say_what_it_was_about_and_not_on_a_day_to_come(practice: Driver) -> None:
    begins(practice)
    practice.presses("Ctrl+Return")
    practice.sees("About is needed.")
    practice.types("Rota")
    practice.presses("Alt+O")
    practice.where().selectAll()  # type: ignore[attr-defined]
    practice.types("tomorrow")
    practice.presses("Ctrl+Return")
    practice.sees("19 Mar 2026 is still to come.")
    assert practice.dialog().form.inputs["about"].text() == "Rota"
    practice.presses("Escape", 2)


def test_one_esc_does_not_throw_words_away(practice: Driver) -> None:
    begins(practice)
    practice.types("Something that took a while to say")
    practice.presses("Escape")
    practice.sees("What you have written would be gone.", "Something that took a while to say")
    practice.presses("Escape")
    assert practice.dialog() is None


def test_without_words_one_esc_is_enough(practice: Driver) -> None:
    begins(practice)
    practice.presses("Escape")
    assert practice.dialog() is None


def test_what_may_name_a_child_is_said_once_before(practice: Driver) -> None:
    begins(practice)
    practice.types("The mum of Tyler Grant rang")
    practice.presses("Ctrl+Return")
    practice.sees("This may name a child or family", "note it again")
    practice.presses("Ctrl+Return")
    assert practice.dialog() is None
    assert list(practice.workspace.store.rows("session", person_id=MARCUS, kind="ad_hoc"))


def test_a_very_long_note_is_kept_whole(practice: Driver) -> None:
    begins(practice)
    practice.types("Long")
    practice.dialog().form.set_value("text", LONG_NOTE)
    practice.presses("Ctrl+Return")
    (row,) = practice.workspace.store.rows("session", person_id=MARCUS, kind="ad_hoc")
    assert row["notes"] == f"Long\n\n{LONG_NOTE.strip()}"


def test_on_another_day_nothing_is_noted(practice: Driver) -> None:
    practice.opens("session", "PS0030")
    practice.looks_at(day=practice.hands.today() - 3)
    practice.presses("Ctrl+Shift+N")
    assert practice.dialog() is None
    assert "another day" in practice.hears()
