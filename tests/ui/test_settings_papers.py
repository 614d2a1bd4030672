"""Settings, papers: the marking and the name of the service."""

from __future__ import annotations

from typing import Any

from supervise.doing.papers.carried import LONGEST, MARKED, Carried, carried
from supervise.ui.pages.reports_shown import PageView
from tests.ui.driving import Driver, unnamed


def section(driver: Driver) -> Any:
    return driver.opens("settings", "papers").front


def types_over(driver: Driver, field: Any, text: str) -> None:
    """Type that in the place of what is there, and leave the field."""
    field.setFocus()
    driver.presses("Ctrl+A")
    driver.types(text) if text else driver.presses("Delete")
    driver.presses("Tab")


def test_both_are_kept_as_a_field_is_left(practice: Driver) -> None:
    front, here = section(practice), practice.workspace.here
    assert practice.where() is front.marking and front.marking.text() == MARKED
    assert unnamed(front) == []
    types_over(practice, front.marking, " PROTECT:  staff ")
    assert practice.hears() == "Papers are marked “PROTECT: staff” from now on."
    types_over(practice, front.service, "Northmere")
    assert practice.hears() == "Papers name “Northmere” from now on."
    assert carried(here) == Carried("PROTECT: staff", "Northmere")
    assert front.marking.text() == "PROTECT: staff"
    types_over(practice, front.service, "")
    assert practice.hears() == "Papers name no service from now on."
    assert carried(here).service is None


def test_what_cannot_be_is_marked_and_stays_as_it_was_typed(practice: Driver) -> None:
    front = section(practice)
    types_over(practice, front.marking, "")
    practice.sees("A paper needs a marking.")
    types_over(practice, front.marking, "M" * (LONGEST + 1))
    practice.sees(f"This marking has {LONGEST + 1} characters.")
    assert practice.where() is front.service, "nobody is held in a field"
    assert front.marking.text() == "M" * (LONGEST + 1)
    assert carried(practice.workspace.here) == Carried(MARKED, None)
    types_over(practice, front.service, "Northmere")
    practice.sees(f"This marking has {LONGEST + 1} characters.")
    types_over(practice, front.marking, "PROTECT")
    practice.sees_not("This marking has")
    assert carried(practice.workspace.here) == Carried("PROTECT", "Northmere")


def test_a_field_that_is_only_passed_through_says_nothing(practice: Driver) -> None:
    front = section(practice)
    heard = practice.hears()
    front.marking.setFocus()
    practice.presses("Tab", 2)
    assert practice.hears() == heard


def test_nothing_is_changed_while_another_day_is_looked_at(practice: Driver) -> None:
    practice.looks_at(None, practice.hands.today() - 10)
    assert not section(practice).form.isEnabled()


def test_the_next_preview_carries_it(practice: Driver) -> None:
    page = practice.opens("reports", "card")
    practice.waits_until(lambda: page.made is not None)
    types_over(practice, section(practice).marking, "PROTECT")
    practice.opens("reports")
    practice.waits_until(lambda: page.made is not None)
    practice.settle()
    assert "PROTECT" in page.findChildren(PageView)[0].accessibleDescription()
