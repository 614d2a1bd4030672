"""Adding people and what is entered about them, as a manager does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from supervise.doing.staff import Staff
from supervise.doing.writing import Writing
from supervise.errors import BadQuestion, NotAllowed
from supervise.fields import BY_NAME
from supervise.store import memory_store
from supervise.ui.dialogs.people_fields import ASKED, as_row, as_values, fields_for
from supervise.workdays import day
from tests.making import everything
from tests.ui.driving import Driver, Hands, unnamed

START = day("2026-03-18")


def staff(driver: Driver) -> Staff:
    return Staff(driver.workspace.here)


def person(driver: Driver, name: str) -> str:
    return next(each.id for each in staff(driver).people() if each.name == name)


def pauses(driver: Driver) -> None:
    """Stop typing for a moment."""
    driver.waits_until(lambda: not driver.dialog().pause.isActive())
    driver.settle()


def adds(driver: Driver, name: str, team: str, role: str) -> None:
    """Add somebody by keys alone."""
    driver.presses("Ctrl+N")
    driver.types(name)
    driver.presses("Tab")
    driver.types(team)
    driver.presses("Tab")
    driver.types(role)
    driver.presses("Return")


def edits(driver: Driver, kind: str, row: dict[str, Any]) -> Any:
    driver.desk.deeds.edit_row(kind, row)
    driver.settle()
    return driver.dialog()


def types_at(driver: Driver, field: str, text: str) -> None:
    """Put words into a field of the dialog at the front, in place of what is there."""
    driver.dialog().form.inputs[field].setFocus()
    driver.presses("Ctrl+A")
    driver.types(text)


# --- Adding


def test_somebody_is_added_with_name_team_and_role_and_enter(empty: Driver) -> None:
    empty.opens("settings", "people")
    adds(empty, "Ada Brown", "North", "Social worker")
    assert empty.dialog() is None
    assert empty.hears() == "Ada Brown was added to North."
    [ada] = staff(empty).people()
    assert (ada.name, ada.team, ada.role) == ("Ada Brown", "North", "social_worker")
    empty.sees("Ada Brown | North | Social worker")
    assert empty.window.front is not None and empty.window.front.chosen_person() == ada.id
    empty.presses("Ctrl+Z")
    assert staff(empty).people() == []


def test_the_post_begins_today_unless_another_day_is_typed(empty: Driver) -> None:
    empty.opens("settings", "people")
    adds(empty, "Ada Brown", "North", "Social worker")
    adds(empty, "Rita Okafor", "North", "Social worker")
    rita = person(empty, "Rita Okafor")
    assert staff(empty).of(rita)["post"][0]["from"] == "2026-03-18"


def test_of_a_known_role_the_first_letters_are_enough_and_enter_takes_the_rest(empty: Driver) -> None:
    empty.opens("settings", "people")
    adds(empty, "Ada Brown", "North", "newly")
    empty.sees("Newly qualified social worker")
    empty.presses("Return")
    assert staff(empty).people()[0].role == "nqsw"


def test_a_role_of_ones_own_is_kept_as_typed(empty: Driver) -> None:
    empty.opens("settings", "people")
    adds(empty, "Ada Brown", "North", "Court lead")
    assert staff(empty).people()[0].role == "Court lead"


def test_a_newly_qualified_worker_is_asked_for_their_first_day_and_others_are_not(empty: Driver) -> None:
    empty.opens("settings", "people")
    empty.presses("Ctrl+N")
    empty.sees_not("First day with the council")
    types_at(empty, "role", "newly")
    pauses(empty)
    empty.sees("First day with the council")
    types_at(empty, "role", "Social worker")
    pauses(empty)
    empty.sees_not("First day with the council")


def test_more_asks_for_working_days_and_says_when_they_cannot_be_read(empty: Driver) -> None:
    empty.opens("settings", "people")
    empty.presses("Ctrl+N")
    empty.sees_not("Working days")
    empty.clicks("More…")
    empty.sees("Working days", "Staff number")
    types_at(empty, "days", "alternate Fridays")
    pauses(empty)
    empty.sees("This cannot be read as weekdays")


def test_what_lacks_is_said_at_its_field_and_nothing_typed_is_lost(empty: Driver) -> None:
    empty.opens("settings", "people")
    empty.presses("Ctrl+N")
    empty.types("Ada Brown")
    empty.presses("Return")
    empty.sees("Team is needed.", "Role is needed.", "Ada Brown")
    empty.sees_not("Working days")
    assert staff(empty).people() == []


def test_nobody_is_told_of_an_empty_field_while_still_typing(empty: Driver) -> None:
    empty.opens("settings", "people")
    empty.presses("Ctrl+N")
    empty.types("Ada")
    pauses(empty)
    empty.sees_not("needed")


def test_a_nearly_same_name_is_asked_about_once(practice: Driver) -> None:
    practice.opens("settings", "people")
    adds(practice, "Adaeze Nwosuu", "Safeguarding East", "Social worker")
    practice.sees("Adaeze Nwosu (Safeguarding East) has nearly this name. Is it the same person?")
    assert "Adaeze Nwosuu" not in [each.name for each in staff(practice).people()]
    practice.presses("Return")
    assert practice.dialog() is None
    assert person(practice, "Adaeze Nwosuu")


def test_words_below_one_field_leave_the_keyboard_in_another(practice: Driver) -> None:
    practice.presses("Ctrl+N")
    practice.types("Adaeze Nwosuu")
    practice.presses("Tab")
    practice.types("Safeguarding East")
    pauses(practice)
    practice.sees("has nearly this name")
    practice.types("!")
    assert practice.dialog().read_so_far()["team"] == "Safeguarding East!"


def test_a_team_s_usual_supervisor_is_offered_and_can_be_changed(practice: Driver) -> None:
    practice.presses("Ctrl+N")
    practice.types("Zofia Lis")
    practice.presses("Tab")
    practice.types("Safeguarding East")
    practice.presses("Tab")
    pauses(practice)
    nerys = person(practice, "Nerys Bowen")
    assert practice.dialog().read_so_far()["supervisor_id"] == nerys
    practice.sees("As for most in Safeguarding East.")
    types_at(practice, "supervisor_id", "Hywel Tudor")
    types_at(practice, "team", "Leaving Care")
    pauses(practice)
    assert practice.dialog().read_so_far()["supervisor_id"] == person(practice, "Hywel Tudor")


def test_a_supervisor_who_is_not_here_is_refused_in_words(practice: Driver) -> None:
    practice.presses("Ctrl+N")
    practice.types("Zofia Lis")
    types_at(practice, "team", "Leaving Care")
    types_at(practice, "role", "Social worker")
    types_at(practice, "supervisor_id", "Nobody Such")
    practice.clicks("Add")
    practice.sees("The supervisor is not somebody or something here.")


def test_a_whole_team_is_added_without_leaving_the_dialog(empty: Driver) -> None:
    empty.opens("settings", "people")
    empty.presses("Ctrl+N")
    empty.types("Ada Brown")
    types_at(empty, "team", "North")
    types_at(empty, "role", "Social worker")
    empty.clicks("Add, and another")
    empty.sees("Ada Brown was added.")
    empty.types("Rita Okafor")
    empty.presses("Return")
    assert {each.name: each.team for each in staff(empty).people()} == {
        "Ada Brown": "North",
        "Rita Okafor": "North",
    }


def test_nothing_is_added_while_another_day_is_looked_at(practice: Driver) -> None:
    practice.looks_at(day=START - 30)
    practice.presses("Ctrl+N")
    assert practice.dialog() is None
    assert "another day" in practice.hears()


# --- One fact about somebody


@pytest.mark.parametrize("kind", [kind for kind in ASKED if kind not in ("explanation",)])
def test_what_a_row_holds_comes_back_from_its_form_unchanged(practice: Driver, kind: str) -> None:
    for row in list(practice.workspace.store.rows(kind))[:5]:
        back = as_row(kind, as_values(kind, row))
        assert back == {name: row[name] for name in back}
        shown = {field.name: field.value for field in fields_for(practice.desk, kind, row)}
        assert as_row(kind, shown) == {name: row[name] for name in shown}


@pytest.mark.parametrize("kind", list(ASKED))
def test_only_fields_that_the_kind_has_are_asked_for(kind: str) -> None:
    known = {field.name for field in BY_NAME[kind].fields}
    assert {field.name for field in ASKED[kind]} <= known
    needed = {field.name for field in BY_NAME[kind].fields if field.required}
    assert {field.name for field in ASKED[kind] if field.required} == needed - {
        "person_id",
        *(("clock", "from", "to") if kind == "explanation" else ()),
    }


@pytest.mark.parametrize("kind", [kind for kind in ASKED if kind != "explanation"])
def test_every_kind_opens_with_nasty_words_in_it_and_each_control_has_a_name(
    opened: Callable[..., Driver], hands: Hands, kind: str
) -> None:
    store = memory_store(hands)
    rows = everything()
    with store.change("Put rows", by="Nerys Bowen") as change:
        change.put_all("person", rows["person"])
        if kind != "person":
            change.put_all(kind, rows[kind])
    driver = opened(store)
    for row in list(store.rows(kind))[:4]:
        dialog = edits(driver, kind, dict(row))
        assert unnamed(dialog) == []
        dialog.reject()
        driver.settle()


def test_time_away_is_entered_for_somebody(practice: Driver) -> None:
    who = person(practice, "Bilal Hussain")
    dialog = edits(practice, "absence", {"person_id": who})
    practice.sees("Time away: Bilal Hussain", "Shown on their own page only.")
    dialog.form.set_value("kind", "sickness")
    types_at(practice, "from", "16 Mar 2026")
    practice.presses("Ctrl+Return")
    newest = staff(practice).of(who)["absence"][0]
    assert (newest["kind"], newest["from"], newest["to"]) == ("sickness", "2026-03-16", None)
    assert "sickness" not in practice.hears()


def test_what_is_only_worth_a_look_is_said_and_stops_nobody(practice: Driver) -> None:
    who = person(practice, "Bilal Hussain")
    Staff(practice.workspace.here).save(
        "absence", {"person_id": who, "kind": "study", "from": "2026-03-02"}
    )
    edits(practice, "absence", {"person_id": who}).form.set_value("kind", "study")
    types_at(practice, "from", "16 Mar 2026")
    pauses(practice)
    practice.sees("They are recorded as away already")
    practice.presses("Ctrl+Return")
    assert practice.dialog() is None


def test_a_last_day_before_the_first_is_marked_and_not_saved(practice: Driver) -> None:
    who = person(practice, "Bilal Hussain")
    before = staff(practice).of(who)["absence"]
    edits(practice, "absence", {"person_id": who}).form.set_value("kind", "study")
    types_at(practice, "from", "16 Mar 2026")
    types_at(practice, "to", "1 Mar 2026")
    practice.presses("Ctrl+Return")
    practice.sees("is before")
    assert staff(practice).of(who)["absence"] == before


def test_a_post_changes_from_a_day_on_and_what_was_before_stays(practice: Driver) -> None:
    who = person(practice, "Bilal Hussain")
    before = staff(practice).of(who)["post"][0]
    edits(practice, "post", before)
    practice.sees("It changes from a day on")
    types_at(practice, "since", "1 Apr 2026")
    types_at(practice, "team", "Leaving Care")
    practice.presses("Ctrl+Return")
    now, then = staff(practice).of(who)["post"][:2]
    assert (now["team"], now["from"]) == ("Leaving Care", "2026-04-01")
    assert (then["team"], then["from"], then["to"]) == (before["team"], before["from"], "2026-03-31")


def test_a_wrong_post_is_corrected_in_place(practice: Driver) -> None:
    who = person(practice, "Bilal Hussain")
    posts = staff(practice).of(who)["post"]
    dialog = edits(practice, "post", posts[0])
    dialog.form.set_value("how", "corrects")
    pauses(practice)
    practice.sees("First day")
    types_at(practice, "role", "Senior social worker")
    practice.presses("Ctrl+Return")
    after = staff(practice).of(who)["post"]
    assert len(after) == len(posts)
    assert after[0]["role"] == "senior_social_worker"


def test_a_post_does_not_change_on_a_day_outside_it(practice: Driver) -> None:
    who = person(practice, "Bilal Hussain")
    posts = staff(practice).of(who)["post"]
    edits(practice, "post", posts[0])
    types_at(practice, "since", "1 Jan 2001")
    types_at(practice, "team", "Leaving Care")
    practice.presses("Ctrl+Return")
    practice.sees("Choose a day of it.")
    assert staff(practice).of(who)["post"] == posts


def test_a_post_that_would_not_change_is_told(practice: Driver) -> None:
    edits(practice, "post", staff(practice).of(person(practice, "Bilal Hussain"))["post"][0])
    practice.presses("Ctrl+Return")
    practice.sees("Nothing about the post of Bilal Hussain would change.")


def test_a_case_number_that_somebody_else_has_is_told_and_may_be_right(practice: Driver) -> None:
    who = person(practice, "Bilal Hussain")
    held = next(
        row
        for row in practice.workspace.store.rows("case_allocation")
        if row["to"] is None and row["person_id"] != who
    )
    edits(practice, "case_allocation", {"person_id": who})
    practice.types(held["case_ref"])
    types_at(practice, "from", "16 Mar 2026")
    pauses(practice)
    practice.sees("has this case already")


def test_an_entry_made_by_mistake_is_removed_after_a_question(practice: Driver) -> None:
    who = person(practice, "Bilal Hussain")
    rows = staff(practice).of(who)["absence"]
    Staff(practice.workspace.here).save(
        "absence", {"person_id": who, "kind": "study", "from": "2026-03-02"}
    )
    edits(practice, "absence", staff(practice).of(who)["absence"][0])
    practice.clicks("Remove…")
    practice.sees("Remove this time away of Bilal Hussain?")
    practice.clicks("Remove")
    assert practice.dialogs() == []
    assert staff(practice).of(who)["absence"] == rows
    practice.presses("Ctrl+Z")
    assert len(staff(practice).of(who)["absence"]) == len(rows) + 1


def test_somebody_in_the_records_is_not_removed_and_the_reason_is_said(practice: Driver) -> None:
    who = person(practice, "Bilal Hussain")
    edits(practice, "person", {"id": who})
    practice.clicks("Remove…")
    practice.clicks("Remove")
    practice.sees("is part of what has been recorded, which stays.")
    assert person(practice, "Bilal Hussain")


def test_the_reason_of_a_gap_is_changed_and_removed(practice: Driver) -> None:
    who = person(practice, "Bilal Hussain")
    Writing(practice.workspace.here).explain_gap(
        who, "one_to_one", START - 20, START - 10, "A long hearing"
    )
    [row] = practice.workspace.store.rows("explanation", person_id=who)
    edits(practice, "explanation", row)
    practice.sees("One-to-one, late from 26 Feb 2026 to 8 Mar 2026.")
    types_at(practice, "reason", "A final hearing")
    practice.presses("Ctrl+Return")
    [after] = practice.workspace.store.rows("explanation", person_id=who)
    assert (after["reason"], after["from"], after["to"]) == ("A final hearing", row["from"], row["to"])
    edits(practice, "explanation", after)
    practice.clicks("Remove…")
    practice.clicks("Remove")
    assert list(practice.workspace.store.rows("explanation", person_id=who)) == []


def test_a_reason_is_given_to_a_gap_of_known_days(practice: Driver) -> None:
    who = person(practice, "Bilal Hussain")
    gap = {"person_id": who, "clock": "one_to_one", "from": "2026-02-26", "to": "2026-03-08"}
    edits(practice, "explanation", gap)
    practice.types("A long hearing")
    practice.presses("Ctrl+Return")
    [row] = practice.workspace.store.rows("explanation", person_id=who)
    assert (row["reason"], row["by"]) == ("A long hearing", "Nerys Bowen")


def test_a_row_that_has_gone_meanwhile_is_told(practice: Driver) -> None:
    with pytest.raises(BadQuestion):
        practice.desk.deeds.edit_row("absence", {"id": "no such row"})


def test_in_a_service_store_nothing_about_people_is_entered(
    opened: Callable[..., Driver], hands: Hands
) -> None:
    driver = opened(memory_store(hands, service=True))
    with pytest.raises(NotAllowed, match="service store"):
        driver.desk.deeds.add_person()


def test_choices_that_are_typed_keep_what_was_typed_after_enter(empty: Driver) -> None:
    empty.opens("settings", "people")
    empty.presses("Ctrl+N")
    team = empty.dialog().form.inputs["team"]
    assert isinstance(team, QComboBox)
    team.setFocus(Qt.FocusReason.TabFocusReason)
    empty.types("North")
    empty.presses("Return")
    assert empty.dialog().read_so_far()["team"] == "North"
