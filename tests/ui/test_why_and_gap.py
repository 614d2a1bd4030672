"""Why somebody stands where they do, and the reason of a gap."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication

from supervise.doing.writing import Writing
from supervise.errors import BadQuestion
from supervise.ui.dialogs.gap import COMMON, ExplainGapDialog
from supervise.ui.dialogs.why import WhyDialog
from supervise.workdays import Day, day
from supervise.workspace import Workspace
from tests.making import put
from tests.ui.driving import ME, Driver, Hands, unnamed
from tests.ui.test_person import two_managers

GILL = "W05"


def asks_why(driver: Driver, subject: str) -> None:
    driver.window.deeds.why(subject)
    driver.settle()


def explains(driver: Driver, person: str, first_late_day: Day | None = None) -> None:
    driver.window.deeds.explain_gap(person, first_late_day)
    driver.settle()


# --- Why


def test_why_tells_the_standing_then_each_gap_the_newest_first(practice: Driver) -> None:
    asks_why(practice, GILL)
    dialog: WhyDialog = practice.dialog()
    practice.sees("Gap as at Wednesday 18 March 2026.", "Source: Intervals and 90 minutes")
    abouts = [part.about for part in dialog.parts]
    assert abouts == [
        "",
        "Gap since 28 Oct 2025, 142 days late so far",
        "Gap 12 Sep 2025 – 22 Sep 2025, 11 days late",
    ]
    assert unnamed(dialog) == []


def test_why_is_copied_whole(opened: Callable[..., Driver], hands: Hands) -> None:
    driver = opened(two_managers(hands, gaps=12))
    asks_why(driver, "A")
    dialog: WhyDialog = driver.dialog()
    oldest = dialog.parts[-1]
    driver.sees_not(oldest.about)
    driver.clicks("Copy")
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Ada Brown\n\nGap as at")
    assert oldest.about in text
    driver.clicks(f"Show all {len(dialog.parts) - 1} gaps")
    driver.sees(oldest.about)
    driver.presses("Escape")
    assert driver.dialog() is None


def test_enter_closes_why(practice: Driver) -> None:
    asks_why(practice, "W01")
    practice.presses("Return")
    assert practice.dialog() is None


def test_why_of_another_day_is_told_as_at_that_day(practice: Driver) -> None:
    practice.looks_at(None, day("2025-09-15"))
    asks_why(practice, GILL)
    practice.sees("Gap as at Monday 15 September 2025.")


def test_why_of_nobody_is_refused(practice: Driver) -> None:
    with pytest.raises(BadQuestion, match="nobody"):
        asks_why(practice, "nobody at all")
    assert practice.dialog() is None


# --- The reason of a gap


def reasons(driver: Driver, person: str) -> list[tuple[str, str, str, str | None]]:
    rows = driver.workspace.store.rows("explanation", person_id=person)
    return [(row["from"], row["to"], row["reason"], row["text"]) for row in rows]


def test_the_newest_gap_without_a_reason_is_meant(practice: Driver) -> None:
    explains(practice, GILL)
    practice.sees(
        "Why was there a gap? Harpreet Kaur Gill",
        "Since 28 Oct 2025, 142 days late so far · no reason yet",
        "Supervisor on the late days: Nerys Bowen.",
        "Cancelled 18 Feb 2026: Inspection preparation.",
    )
    practice.types("Workload")
    practice.presses("Return")
    assert practice.dialog() is None
    assert reasons(practice, GILL) == [("2025-10-28", "2026-03-18", "Workload", None)]
    explains(practice, GILL)
    practice.sees("12 Sep 2025 – 22 Sep 2025, 11 days late · no reason yet")


def test_another_gap_can_be_chosen_and_more_words_added(practice: Driver) -> None:
    explains(practice, GILL)
    dialog: ExplainGapDialog = practice.dialog()
    dialog.form.set_value("gap", day("2025-09-12"))
    practice.sees_not("Inspection preparation")
    dialog.form.set_value("reason", "Court")
    dialog.form.set_value("text", "Two hearings\nin one week.")
    practice.clicks("Save the reason")
    assert reasons(practice, GILL) == [
        ("2025-09-12", "2025-09-22", "Court", "Two hearings\nin one week.")
    ]


def test_an_earlier_reason_is_shown_to_be_changed(practice: Driver) -> None:
    Writing(practice.workspace.here).explain_gap(
        GILL, "one_to_one", day("2025-10-28"), day("2026-02-01"), "Workload", "A long story."
    )
    explains(practice, GILL, day("2025-10-28"))
    dialog: ExplainGapDialog = practice.dialog()
    assert dialog.form.value("reason") == "Workload"
    assert dialog.form.value("text") == "A long story."
    dialog.form.set_value("reason", "Manager away")
    practice.clicks("Save the reason")
    assert reasons(practice, GILL) == [("2025-10-28", "2026-03-18", "Manager away", "A long story.")]


def test_what_others_said_of_some_of_its_days_stands_above(practice: Driver) -> None:
    put(practice.workspace, {"explanation": [
        {"person_id": GILL, "clock": "one_to_one", "from": "2025-11-01", "to": "2025-11-30", "reason": "Moved office",
         "by": "A. Colleague"},
    ]})  # fmt: skip
    explains(practice, GILL, day("2025-10-28"))
    practice.sees("Reason: Moved office (A. Colleague).")
    assert practice.dialog().form.value("reason") is None


def test_a_reason_is_needed_and_what_was_typed_stays(practice: Driver) -> None:
    explains(practice, GILL)
    practice.dialog().form.set_value("text", "More words only.")
    practice.clicks("Save the reason")
    practice.sees("Reason is needed.")
    assert practice.dialog().form.value("text") == "More words only."
    assert reasons(practice, GILL) == []


def test_the_reasons_to_choose_from_blame_nobody_and_tell_of_no_health(practice: Driver) -> None:
    said = " ".join(COMMON).casefold()
    for word in ("sick", "ill", "unwell", "absent", "fail", "refus", "forgot"):
        assert word not in said.replace("workload", "")
    explains(practice, GILL)
    assert unnamed(practice.dialog()) == []


def test_the_late_days_of_two_supervisors_are_told_apart(
    opened: Callable[..., Driver], hands: Hands
) -> None:
    driver = opened(two_managers(hands))
    explains(driver, "A")
    driver.sees("Of the late days 47 days under Sam Before and 18 days under Tess Now.")


def test_somebody_without_a_gap_is_said_to_have_none(practice: Driver) -> None:
    practice.opens("team").view.choose("W01")
    practice.presses("Ctrl+G")
    assert "has no gap" in practice.hears()
    assert practice.dialog() is None


def test_on_another_day_nothing_can_be_saved(practice: Driver) -> None:
    practice.looks_at(None, day("2025-09-15"))
    explains(practice, GILL)
    dialog = practice.dialog()
    dialog.form.set_value("reason", "Court")
    assert not dialog.main.isEnabled()
    practice.presses("Ctrl+Return")
    practice.sees("You are looking at another day.")
    assert reasons(practice, GILL) == []


def test_a_service_store_takes_no_reason(opened: Callable[..., Driver], hands: Hands) -> None:
    store = two_managers(hands, service=True)
    driver = opened(store)
    explains(driver, "A")
    assert not driver.dialog().main.isEnabled()
    assert Workspace(store, today=hands.today, me=ME).store.is_service
