"""One person's page: where they stand and why, their gaps with reasons, their sessions, and what is entered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.modeltest import ModelTester

from supervise.doing.staff import Staff
from supervise.policy_files import read_policy
from supervise.store import Store, memory_store
from supervise.store.changes import GATHER
from supervise.ui.pages.person_parts import Facts
from supervise.workdays import day
from supervise.workspace import Workspace
from tests.making import CASE_CLOCK, MONTHLY, put
from tests.ui.driving import ME, Driver, Hands, unnamed

GILL = "W05"
STORY, ACTIONS, POSTS, AGREEMENT, CASES, DETAILS = range(6)
PEOPLE = (("A", "Ada Brown"), ("S", "Sam Before"), ("T", "Tess Now"))


def two_managers(hands: Hands, *, service: bool = False, gaps: int = 1) -> Store:
    """Ada, last seen in winter, whose manager changed while she waited; before that, every other month."""
    store = memory_store(hands, service=service)
    here = Workspace(store, today=hands.today, me=ME)
    here.add_policies([read_policy(MONTHLY, "monthly.toml")])
    held = [f"{2025 - back // 6}-{12 - back % 6 * 2:02}-10" for back in range(gaps)]
    post = {"person_id": "A", "team": "East", "role": "social_worker", "supervisor_id": "S"}
    put(here, {
        "person": [{"id": id, "name": name} for id, name in PEOPLE],
        "post": [
            post | {"from": "2015-01-05", "to": "2026-02-28"},
            post | {"from": "2026-03-01", "supervisor_id": "T"},
        ],
        "session": [
            {"id": f"S{at}", "person_id": "A", "kind": "one_to_one", "status": "held", "held_on": on}
            for at, on in enumerate(held)
        ],
    }, kind=GATHER if service else "edit")  # fmt: skip
    return store


def tab(driver: Driver, at: int) -> Any:
    page = driver.window.front
    page.tabs.setCurrentIndex(at)
    driver.settle()
    return page.panels[at]


def what_is_asked_for(driver: Driver) -> list[tuple[str, object]]:
    """Pages asked for from now on, which are not opened."""
    asked: list[tuple[str, object]] = []
    driver.desk.asked_for.disconnect(driver.window.open_page)
    driver.desk.asked_for.connect(lambda page, subject: asked.append((page, subject)))
    return asked


def begins_a_reason(driver: Driver) -> None:
    """Click at the newest gap of Harpreet Kaur Gill; the first key brings the window to the front."""
    driver.clicks("Give a reason: gap since 28 Oct 2025, 142 days late so far")
    driver.presses("Home")


# --- Where they stand, and why


def test_it_says_who_it_is_where_they_stand_and_how_the_year_went(practice: Driver) -> None:
    practice.opens("person", GILL)
    practice.sees(
        "Harpreet Kaur Gill",
        "Senior social worker · monthly · Safeguarding East · supervised by Nerys Bowen",
        "Last held 22 Sep 2025, 177 days ago · due 22 Oct 2025 · 142 days late",
        "7 supervisions in the year",
    )


def test_why_opens_in_place_and_closes_again(practice: Driver) -> None:
    page = practice.opens("person", GILL)
    practice.presses("Ctrl+/")
    practice.sees(
        "Gap as at Wednesday 18 March 2026.", "Everyone else, every 1 month: due 22 October 2025."
    )
    assert "None held since" in practice.where().accessibleName()
    page.read()
    practice.settle()
    practice.sees("Gap as at Wednesday 18 March 2026.")
    practice.clicks("Why? Harpreet Kaur Gill")
    practice.sees_not("Gap as at Wednesday 18 March 2026.")


def test_somebody_who_left_has_a_page_too(practice: Driver) -> None:
    practice.opens("person", "M05")
    practice.sees("Grażyna Wilk", "Left 13 Feb 2026")


def test_whoever_is_no_longer_here_is_said_to_be_so(practice: Driver) -> None:
    id, change = Staff(practice.workspace.here).add_person(
        "Ann Other", "Leaving Care", "social_worker", in_post_from=practice.desk.today
    )
    practice.desk.did(change)
    practice.opens("person", id)
    practice.sees("Ann Other")
    practice.does("undo")
    practice.sees("Nobody is chosen")
    practice.sees_not("Ann Other\n")
    assert practice.window.front.chosen_person() is None


# --- Gaps


def test_a_gap_takes_its_reason_in_one_line(practice: Driver) -> None:
    page = practice.opens("person", GILL)
    first = page.story.gaps[0].gap
    practice.sees(
        "Since 28 Oct 2025, 142 days late so far", "Cancelled 21 Oct 2025: Manager covering duty"
    )
    begins_a_reason(practice)
    practice.types("Manager away")
    practice.presses("Return")
    practice.sees(f"Reason: Manager away ({ME})")
    assert "Explain a gap of Harpreet Kaur Gill" in practice.hears()
    (row,) = practice.workspace.store.rows("explanation", person_id=GILL, reason="Manager away")
    assert (day(row["from"]), day(row["to"])) == (first.first_late_day, first.last_late_day)
    practice.presses("Ctrl+Z")
    practice.sees_not("Reason: Manager away")


def test_a_reason_without_words_is_refused_and_the_line_stays(practice: Driver) -> None:
    page = practice.opens("person", GILL)
    begins_a_reason(practice)
    practice.presses("Return")
    assert "no words" in practice.hears()
    assert page.panels[STORY].cards[0].typed == ""


def test_escape_ends_the_line_and_stays_on_the_page(practice: Driver) -> None:
    practice.opens("team")
    page = practice.opens("person", GILL)
    begins_a_reason(practice)
    practice.types("Court")
    practice.presses("Escape")
    assert practice.window.front is page
    assert page.panels[STORY].cards[0].typed is None


def test_a_line_begun_outlives_a_new_look_and_another_person(practice: Driver) -> None:
    page = practice.opens("person", GILL)
    begins_a_reason(practice)
    practice.types("Half a sen")
    page.read()
    practice.types("tence")
    practice.opens("person", "W04")
    practice.opens("person", GILL)
    assert page.panels[STORY].cards[0].typed == "Half a sentence"


def test_a_new_manager_does_not_inherit_the_blame(opened: Callable[..., Driver], hands: Hands) -> None:
    driver = opened(two_managers(hands))
    driver.opens("person", "A")
    driver.sees(
        "supervised by Tess Now", "Of the late days 47 days under Sam Before and 18 days under Tess Now."
    )


def test_of_many_gaps_the_newest_are_told_and_a_button_tells_all(
    opened: Callable[..., Driver], hands: Hands
) -> None:
    driver = opened(two_managers(hands, gaps=12))
    page = driver.opens("person", "A")
    total = len(page.story.gaps)
    assert total > len(page.panels[STORY].cards)
    driver.clicks(f"Show all {total} gaps")
    assert len(page.panels[STORY].cards) == total
    page.read()
    assert len(page.panels[STORY].cards) == total


# --- Sessions and actions


def test_sessions_come_newest_first_and_enter_opens_one(practice: Driver) -> None:
    page = practice.opens("person", GILL)
    asked = what_is_asked_for(practice)
    panel = page.panels[STORY]
    days = [line.session.held_on or line.session.planned_on for line in panel.sessions.table.records]
    assert days == sorted(days, reverse=True)
    practice.sees("written up, shared and signed by both", "by the supervisor: Inspection preparation")
    panel.sessions.choose("PS0082")
    panel.sessions.setFocus()
    practice.presses("Return")
    assert asked == [("session", "PS0082")]


def test_space_notes_an_action_as_done_and_as_open_again(practice: Driver) -> None:
    practice.opens("person", GILL)
    panel = tab(practice, ACTIONS)
    practice.sees("Finish the family tree with the family", "overdue by 153 days")
    panel.actions_table.setFocus()
    action = panel.actions_table.chosen()
    practice.presses("Space")
    practice.sees("done 18 Mar 2026")
    panel.actions_table.choose(action.id)
    practice.clicks("Open again")
    practice.sees("overdue by 153 days")


# --- Posts and time away, agreement, cases, details


def test_only_here_the_kind_of_an_absence_is_told(practice: Driver) -> None:
    practice.opens("person", GILL)
    practice.sees_not("Annual leave")
    tab(practice, POSTS)
    practice.sees("Annual leave", "29 Dec 2025", "runs on", "Safeguarding East", "Permanent")


def test_f2_edits_the_row_that_the_keyboard_is_on(practice: Driver) -> None:
    practice.opens("person", GILL)
    panel = tab(practice, POSTS)
    panel.absences.setCurrentIndex(panel.absences.table.index(0, 0))
    panel.absences.setFocus()
    practice.presses("F2")
    practice.sees("Time away: Harpreet Kaur Gill")


@pytest.mark.parametrize(
    ("at", "button", "title"),
    [
        (POSTS, "Change post…", "Post: Harpreet Kaur Gill"),
        (POSTS, "Left…", "Harpreet Kaur Gill left"),
        (POSTS, "Record time away…", "Time away: Harpreet Kaur Gill"),
        (AGREEMENT, "Record an agreement…", "Supervision agreement: Harpreet Kaur Gill"),
        (AGREEMENT, "Agree another frequency…", "Another frequency: Harpreet Kaur Gill"),
        (CASES, "Add a case…", "Case: Harpreet Kaur Gill"),
        (DETAILS, "Change details…", "Details: Harpreet Kaur Gill"),
    ],
)
def test_every_fact_has_its_dialog(practice: Driver, at: int, button: str, title: str) -> None:
    practice.opens("person", GILL)
    tab(practice, at)
    practice.clicks(button)
    practice.sees(title)


def test_a_review_that_is_past_is_said_and_the_agreement_can_be_read(practice: Driver) -> None:
    practice.opens("person", GILL)
    panel = tab(practice, AGREEMENT)
    practice.sees("The agreement was to be reviewed by 26 Feb 2026.", "26 Feb 2026, past")
    assert panel.text.toPlainText().startswith("Once a month")
    assert panel.text.isReadOnly()


def test_details_are_told_field_by_field(practice: Driver) -> None:
    practice.opens("person", GILL)
    tab(practice, DETAILS)
    practice.sees("Staff number | E4170", "Last day with the council | –")


def test_a_case_says_where_it_stands_and_why(opened: Callable[..., Driver], hands: Hands) -> None:
    store = two_managers(hands)
    here = Workspace(store, today=hands.today, me=ME)
    policy = MONTHLY.replace('"p"', '"c", effective_from = 2025-01-01') + CASE_CLOCK
    here.add_policies([read_policy(policy, "c.toml")])
    put(here, {"case_allocation": [{"person_id": "A", "case_ref": "C1", "from": "2026-01-05"}]})
    driver = opened(store)
    driver.opens("person", "A")
    panel = tab(driver, CASES)
    driver.sees("C1", "Gap", "not discussed yet, due")
    panel.cases.setCurrentIndex(panel.cases.table.index(0, 0))
    driver.clicks("Why? The case chosen")
    driver.sees("Why? C1", "Held by Ada Brown")


# --- Keys, days, stores


def test_ctrl_tab_goes_from_tab_to_tab(practice: Driver) -> None:
    page = practice.opens("person", GILL)
    practice.presses("Ctrl+Tab")
    assert page.tabs.currentIndex() == ACTIONS
    assert practice.where() is page.panels[ACTIONS].actions_table
    practice.presses("Ctrl+Shift+Tab", times=2)
    assert page.tabs.currentIndex() == DETAILS
    practice.opens("person", "W04")
    assert page.tabs.currentIndex() == STORY


def test_another_day_is_only_looked_at(practice: Driver) -> None:
    practice.looks_at(None, day("2025-09-15"))
    page = practice.opens("person", GILL)
    practice.sees("Last held 8 Aug 2025", "Since 12 Sep 2025, 4 days late so far")
    assert not [each for each in practice.buttons(page) if each.startswith("Give a reason")]
    assert not practice.button("Book…", page).isEnabled()
    panel = tab(practice, POSTS)
    assert not practice.button("Left…", page).isEnabled()
    panel.posts.setCurrentIndex(panel.posts.table.index(0, 0))
    panel.posts.setFocus()
    practice.presses("F2")
    assert practice.dialog() is None
    assert "another day" in practice.hears()
    panel = tab(practice, ACTIONS)
    panel.actions_table.setFocus()
    practice.presses("Space")
    assert "another day" in practice.hears()


def test_a_service_store_is_only_looked_at(opened: Callable[..., Driver], hands: Hands) -> None:
    driver = opened(two_managers(hands, service=True))
    page = driver.opens("person", "A")
    driver.sees("Ada Brown")
    assert "Give a reason…" not in driver.buttons(page)
    assert not driver.button("Record a supervision", page).isEnabled()


def test_more_offers_what_a_booking_needs(practice: Driver) -> None:
    page = practice.opens("person", "W01")
    more: QPushButton = practice.button("More", page)  # type: ignore[assignment]
    more.menu().aboutToShow.emit()
    texts = [each.text().replace("&", "") for each in more.menu().actions() if each.text()]
    booked = any("Move the booking" in each for each in texts)
    assert booked is (page.story.row.booking is not None)
    next(each for each in more.menu().actions() if "post" in each.text()).trigger()
    assert page.tabs.currentIndex() == POSTS


def test_everything_has_a_name_in_every_tab(practice: Driver) -> None:
    page = practice.opens("person", GILL)
    for at in range(page.tabs.count()):
        tab(practice, at)
        assert unnamed(page) == []


def test_the_tables_keep_every_rule_of_a_model(practice: Driver, qtmodeltester: ModelTester) -> None:
    page = practice.opens("person", GILL)
    for at in range(page.tabs.count()):
        for facts in tab(practice, at).findChildren(Facts):
            qtmodeltester.check(facts.table)
            facts.sortByColumn(0, Qt.SortOrder.DescendingOrder)
            qtmodeltester.check(facts.table)


def test_nothing_goes_beyond_the_sides_with_large_letters(
    opened: Callable[..., Driver], hands: Hands
) -> None:
    driver = opened(two_managers(hands), percent=200)
    page = driver.opens("person", "A")
    for at in range(page.tabs.count()):
        tab(driver, at)
        assert page.area.horizontalScrollBar().maximum() == 0
