"""Verifying a paper in the window: the code, the record, and the answer."""

from __future__ import annotations

from typing import Any

import pytest

from supervise.doing.papers import verifying
from supervise.reports.content_code import content_code
from supervise.wording import day as said_day
from supervise.workdays import day
from tests.making import put
from tests.ui.driving import ME, Driver, unnamed

SESSION = "PS0030"


def code(driver: Driver, session: str = SESSION) -> str:
    return content_code(driver.workspace.store.record(session))


def whose(driver: Driver) -> str:
    """The record's worker and day, as an answer names them."""
    record = driver.workspace.store.record(SESSION)
    assert record.session.held_on is not None
    return f"{record.worker}, {said_day(record.session.held_on)}"


def asked(driver: Driver, typed: str) -> Any:
    """The dialog with an answer to that code, by keys alone."""
    driver.does("verify_paper")
    driver.types(typed)
    driver.presses("Return")
    driver.rests()
    return driver.dialog()


def test_a_paper_that_says_what_the_record_says_is_known_and_its_record_opened(practice: Driver) -> None:
    dialog = asked(practice, code(practice).upper())
    practice.sees(f"✓ This paper says what the record says now ({whose(practice)}).")
    assert unnamed(dialog) == []
    practice.clicks("Open this record")
    assert practice.dialog() is None and practice.window.front is practice.window.page("session")
    assert ("verified", "session", SESSION) in [
        (each.what, each.kind, each.id) for each in practice.workspace.store.access.list()
    ]


def test_what_came_later_is_told(practice: Driver) -> None:
    printed = code(practice)
    entry = {"session_id": SESSION, "entered_on": "2026-03-17", "by": ME, "text": "A word more."}
    put(practice.workspace, {"late_entry": [entry]})
    asked(practice, printed)
    practice.sees(
        f"said before 1 later entry was added: a late entry of {said_day(day('2026-03-17'))} by {ME}."
    )


def test_a_paper_of_another_store_is_told(practice: Driver) -> None:
    asked(practice, "0" * 20)
    practice.sees(f"▲ {verifying.NO_RECORD}")


def test_one_record_can_be_asked_about(practice: Driver) -> None:
    record = practice.workspace.store.record(SESSION)
    page = practice.opens("reports")
    practice.clicks("Verify a paper…", page)
    dialog = practice.dialog()
    assert dialog.people.box.currentText() == "Every record here"
    assert not dialog.sessions.isVisible()
    practice.types("0" * 20)
    practice.presses("Tab")
    practice.types(record.worker.split()[0])
    practice.presses("Ctrl+Return")
    practice.sees("No supervision is chosen yet.")
    practice.presses("Tab")
    dialog.sessions.choose(SESSION)
    practice.presses("Ctrl+Return")
    practice.rests()
    practice.sees(f"▲ {verifying.OTHER_WORDS}")
    dialog.form.set_value("code", code(practice))
    practice.presses("Ctrl+Return")
    practice.rests()
    practice.sees(f"({whose(practice)})")
    practice.sees_not(verifying.OTHER_WORDS)


@pytest.mark.parametrize("typed", ["3f2a", "what is this", "x" * 150])
def test_what_is_no_code_is_said_at_the_field_and_stays_there(practice: Driver, typed: str) -> None:
    dialog = asked(practice, typed)
    practice.sees("That is not a content code")
    assert dialog.form.inputs["code"].text() == typed
    assert practice.where() is dialog.form.inputs["code"]
    assert practice.workspace.store.access.list() == []


def test_looking_can_be_stopped(practice: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "AT_ONCE", 1)
    practice.does("verify_paper")
    dialog = practice.dialog()
    practice.types("0" * 20)
    dialog.submit()
    dialog.progress.cancel.click()
    practice.rests()
    practice.sees("Stopped before every record was looked at.")
    assert practice.workspace.store.access.list() == []
