"""Sharing, signing, and late entries, as they are entered. Everybody is made up."""

from __future__ import annotations

import pytest

from supervise.doing.writing import Writing
from tests.ui.driving import Driver, unnamed
from tests.ui.test_session import MARCUS


@pytest.fixture
def session(practice: Driver) -> str:
    """A record of yesterday's supervision with Marcus Bello, neither shared nor signed."""
    writing = Writing(practice.workspace.here)
    sheet = writing.begin(MARCUS, practice.hands.today() - 1)
    sheet.sections[0].text, sheet.minutes = "All done.", 95
    writing.finish(sheet)
    practice.opens("session", sheet.session)
    return sheet.session


def test_sharing_notes_the_day(practice: Driver, session: str) -> None:
    practice.clicks("Share…")
    practice.sees("Share the record of Marcus Bello, 17 Mar 2026", "Wednesday 18 March 2026")
    practice.presses("Ctrl+A")
    practice.types("yesterday")
    practice.presses("Return")
    assert practice.dialog() is None
    shared = practice.workspace.record(session).session.shared_on
    assert shared == practice.hands.today() - 1
    practice.sees("✓ Shared with Marcus Bello: 17 Mar 2026, entered by Nerys Bowen on 18 Mar 2026")
    practice.does("undo")
    assert practice.workspace.record(session).session.shared_on is None


def test_a_day_before_it_was_held_is_refused_in_the_dialog(practice: Driver, session: str) -> None:
    practice.clicks("Share…")
    practice.presses("Ctrl+A")
    practice.types("16 Mar 2026")
    practice.presses("Return")
    practice.sees("It cannot have been shared before it was held", "16 Mar 2026")
    practice.presses("Escape")
    assert practice.workspace.record(session).session.shared_on is None


def test_both_sign_together_on_this_screen_and_the_record_is_locked(
    practice: Driver, session: str
) -> None:
    practice.clicks("Record signatures…")
    practice.clicks("Note who signed")
    practice.sees("How it was signed is not said.")
    practice.dialog().form.set_value("how", "on_screen")
    practice.presses("Ctrl+Return")
    signed = practice.workspace.record(session).session
    today = practice.hands.today()
    assert (signed.worker_signed_on, signed.supervisor_signed_on) == (today, today)
    assert signed.signed_how == "on_screen"
    assert "signed by both and locked" in practice.hears()
    assert not practice.window.foot.undo.isVisible()


def test_one_signs_on_paper_and_the_other_later(practice: Driver, session: str) -> None:
    practice.clicks("Record signatures…")
    form = practice.dialog().form
    form.set_value("worker_on", None)
    form.set_value("how", "paper")
    practice.clicks("Note who signed")
    practice.sees(
        "✓ Signed by Declan Moriarty: 18 Mar 2026, on paper", "○ Signed by Marcus Bello: not yet"
    )
    practice.clicks("Record signatures…")
    practice.sees("Declan Moriarty signed on 18 Mar 2026, on paper.")
    assert "supervisor_on" not in practice.dialog().form.inputs
    practice.clicks("Note who signed")
    assert practice.workspace.record(session).session.worker_signed_on == practice.hands.today()


def test_who_disagrees_says_so_in_their_own_words(practice: Driver, session: str) -> None:
    practice.clicks("Record signatures…")
    form = practice.dialog().form
    form.set_value("how", "email")
    form.set_value("view", "disagrees")
    form.set_value("statement", "I had asked for the course in January.")
    practice.clicks("Note who signed")
    practice.sees("Signed by Marcus Bello, who disagrees", "Statement · by Marcus Bello")
    practice.sees("I had asked for the course in January.")
    assert practice.workspace.record(session).session.worker_view == "disagrees"


def test_nobody_signs_a_record_that_is_being_altered(practice: Driver, session: str) -> None:
    practice.clicks("Change…")
    practice.presses("Backspace")
    practice.presses("Ctrl+S")
    practice.desk.deeds.sign(session)
    practice.settle()
    practice.dialog().form.set_value("how", "paper")
    practice.clicks("Note who signed")
    practice.sees("This record has unfinished writing.")
    practice.presses("Escape")


def test_a_locked_record_offers_a_late_entry_instead_of_signatures(practice: Driver) -> None:
    practice.desk.deeds.sign("PS0030")
    practice.settle()
    practice.sees("This record is signed and locked.", "Add a late entry instead.")
    assert not practice.button("Note who signed").isEnabled()
    practice.presses("Escape")


def test_a_late_entry_needs_words_and_bears_day_and_name(practice: Driver) -> None:
    practice.opens("session", "PS0030")
    practice.clicks("Add a late entry…")
    practice.sees("It is dated 18 Mar 2026, stands under Nerys Bowen’s name")
    practice.presses("Ctrl+Return")
    practice.sees("Late entry is needed.")
    practice.types("The plan was agreed by both.")
    practice.presses("Ctrl+Return")
    entry = practice.workspace.record("PS0030").late_entries[-1]
    assert (entry.text, entry.entered_on) == ("The plan was agreed by both.", practice.hands.today())


def test_on_another_day_nothing_is_noted(practice: Driver, session: str) -> None:
    practice.looks_at(day=practice.hands.today() - 1)
    practice.desk.deeds.share(session)
    practice.settle()
    practice.clicks("Note as shared")
    practice.sees("You are looking at another day.")
    practice.presses("Escape")
    assert practice.workspace.record(session).session.shared_on is None


@pytest.mark.parametrize("deed", ["share", "sign", "add_late"])
def test_everything_that_can_have_the_keyboard_has_a_name(
    practice: Driver, session: str, deed: str
) -> None:
    getattr(practice.desk.deeds, deed)(session)
    practice.settle()
    assert unnamed(practice.dialog()) == []
    practice.presses("Escape")
    assert practice.dialog() is None


@pytest.mark.parametrize("deed", ["share", "sign"])
def test_what_has_no_record_yet_is_refused_on_opening_and_can_only_be_closed(
    practice: Driver, deed: str
) -> None:
    planned = next(iter(practice.workspace.store.rows("session", status="planned")))
    getattr(practice.desk.deeds, deed)(planned["id"])
    practice.settle()
    practice.sees("This supervision has no record yet. Write it up first.", "Close")
    practice.sees_not("Note as shared", "Note who signed", "signed on", "Shared on")
    practice.presses("Ctrl+Return")
    assert practice.dialog() is None
