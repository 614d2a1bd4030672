"""Gaps that were shortened or removed by what was entered later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from supervise.cadence import Clockwork
from supervise.later import ChangedGap, Correction, changed_gaps
from supervise.policies import Rulebook
from supervise.policy_files import read_policy
from supervise.store import Store, memory_store
from supervise.workdays import day, iso
from supervise.workspace import Workspace
from tests import worlds
from tests.asking import Asked, rows_of
from tests.making import MONTHLY
from tests.store.telling import Clock

POLICY = f"""\
{MONTHLY}[[clock]]
name = "oversight"
counts = ["one_to_one"]
per = "case"
[[clock.rule]]
title = "Each case"
every = "1 month"
"""

ADA = {"id": "P1", "name": "Ada"}
POST = {"id": "o1", "person_id": "P1", "team": "North", "role": "social_worker", "from": "2017-01-02"}


def held(on: str, recorded: str | None = None, id: str = "s1", **more: Any) -> dict[str, Any]:
    return {"id": id, "person_id": "P1", "kind": "one_to_one", "status": "held", "held_on": on,
            "recorded_on": recorded, **more}  # fmt: skip


def changed(rows: dict[str, Any], *corrections: Correction, clock: str = "one_to_one",
            as_at: str = "2017-03-31") -> list[ChangedGap]:  # fmt: skip
    """Gaps changed, of Ada in post from 2 January; due on 2 February, late from 3 February."""
    whole = {"person": [ADA], "post": [POST], **rows}
    clockwork = Clockwork(Rulebook([read_policy(POLICY, "p")]), clock, day(as_at))
    return changed_gaps(clockwork, whole, corrections, lambda kind, id_: f"who put in {kind} {id_}")


def summary(found: list[ChangedGap]) -> list[tuple[str, str, int, list[int], str, str]]:
    """Whose gap, since when, how long it was, how long what is left of it is, what was entered, when."""
    return [
        (each.subject, iso(each.before.first_late_day), each.before.days_late,
         [gap.days_late for gap in each.after], each.what, iso(each.entered_on))
        for each in found
    ]  # fmt: skip


# --- What came in late


def test_a_session_entered_eight_days_later_is_told() -> None:
    (found,) = changed({"session": [held("2017-02-01", "2017-02-09")]})
    assert (iso(found.before.first_late_day), found.before.days_late) == ("2017-02-03", 57)
    assert [gap.days_late for gap in found.after] == [30]  # due again on 1 March
    assert (iso(found.entered_on), found.by, found.what) == (
        "2017-02-09",
        "who put in session s1",
        "session",
    )


def test_a_session_entered_seven_days_later_is_not() -> None:
    assert changed({"session": [held("2017-02-01", "2017-02-08")]}) == []
    assert changed({"session": [held("2017-02-01")]}) == []


def test_a_gap_can_be_gone_altogether() -> None:
    (found,) = changed({"session": [held("2017-02-01", "2017-02-20")]}, as_at="2017-02-28")
    assert found.before.days_late == 26
    assert found.after == ()


def test_a_late_entry_that_changes_no_gap_is_not_told() -> None:
    first = held("2017-02-01", id="s0")
    assert changed({"session": [first, held("2017-02-20", "2017-03-20")]}, as_at="2017-02-25") == []
    assert changed({"session": [first, held("2017-02-20", "2017-03-20", kind="ad_hoc")]}) == []


def test_a_late_entry_after_which_more_is_late_is_not_told() -> None:
    """A variation to a stricter frequency makes gaps longer."""
    stricter = {"id": "v", "person_id": "P1", "clock": "one_to_one", "every": "1 week", "from": "2017-01-02",
                "recorded_on": "2017-03-01"}  # fmt: skip
    assert changed({"variation": [stricter]}) == []


def test_a_variation_entered_later_is_told() -> None:
    looser = {"id": "v", "person_id": "P1", "clock": "one_to_one", "every": "2 months", "from": "2017-01-02",
              "recorded_on": "2017-03-01"}  # fmt: skip
    assert summary(changed({"variation": [looser]})) == [
        ("P1", "2017-02-03", 57, [29], "variation", "2017-03-01"),
    ]


def test_an_absence_entered_later_is_told() -> None:
    absence = {"id": "a", "person_id": "P1", "kind": "sickness", "from": "2017-01-10", "to": "2017-03-10",
               "recorded_on": "2017-03-20"}  # fmt: skip
    assert summary(changed({"absence": [absence]})) == [
        ("P1", "2017-02-03", 57, [], "absence", "2017-03-20"),
    ]


def test_two_sessions_that_only_together_changed_a_gap_are_told_once() -> None:
    twice = [held("2017-02-01", "2017-02-20", id="s1"), held("2017-02-01", "2017-02-22", id="s2")]
    (found,) = changed({"session": twice}, as_at="2017-02-28")
    assert (found.before.days_late, found.after, iso(found.entered_on)) == (26, (), "2017-02-22")


def test_each_late_entry_is_told_with_what_it_changed() -> None:
    found = changed(
        {"session": [held("2017-02-01", "2017-02-20"), held("2017-03-15", "2017-03-30", "s2")]}
    )
    assert summary(found) == [
        ("P1", "2017-02-03", 41, [14], "session", "2017-02-20"),
        ("P1", "2017-03-02", 30, [14], "session", "2017-03-30"),
    ]


# --- Corrections and removals


def correction(kind: str, before: dict[str, Any], on: str) -> Correction:
    return Correction(kind, before, day(on), "R. Okafor")


def test_a_session_moved_later_on_is_told_as_a_correction() -> None:
    now, before = held("2017-02-01"), held("2017-02-27")
    (found,) = changed(
        {"session": [now]}, correction("session", before, "2017-03-10"), as_at="2017-03-10"
    )
    assert (found.before.days_late, found.after) == (25, ())
    assert (found.what, found.by, iso(found.entered_on)) == (
        "session corrected",
        "R. Okafor",
        "2017-03-10",
    )


def test_a_correction_within_seven_days_is_not_told() -> None:
    now, before = (
        held("2017-02-01"),
        held("2017-02-02", status="missed", held_on=None, planned_on="2017-02-01"),
    )
    assert changed({"session": [now]}, correction("session", before, "2017-02-08")) == []
    assert len(changed({"session": [now]}, correction("session", before, "2017-02-09"))) == 1


def test_a_planned_session_marked_held_much_later_is_told() -> None:
    before = held("", status="planned", held_on=None, planned_on="2017-02-01")
    assert summary(
        changed({"session": [held("2017-02-01")]}, correction("session", before, "2017-03-01"))
    ) == [
        ("P1", "2017-02-03", 57, [30], "session corrected", "2017-03-01"),
    ]


def test_the_notes_of_a_session_change_no_gap() -> None:
    """Correcting them gives the row another day of recording: it is not therefore entered later."""
    before, now = (
        held("2017-02-01", "2017-02-02", notes="a"),
        held("2017-02-01", "2017-03-20", notes="b"),
    )
    assert changed({"session": [now]}, correction("session", before, "2017-03-20")) == []


def test_a_variation_that_was_removed_is_told_if_that_shortened_a_gap() -> None:
    before = {
        "id": "v",
        "person_id": "P1",
        "clock": "one_to_one",
        "every": "1 week",
        "from": "2017-01-02",
    }
    assert summary(changed({}, correction("variation", before, "2017-03-01"), as_at="2017-02-10")) == [
        ("P1", "2017-01-10", 32, [8], "variation removed", "2017-03-01"),
    ]


def test_an_end_told_in_time_is_not_told_as_a_later_entry() -> None:
    """A post of years ended yesterday: what was entered begins on the day after the end."""
    ended = {**POST, "to": "2017-02-20"}
    for on, count in (("2017-02-21", 0), ("2017-02-28", 0), ("2017-03-01", 1)):
        assert len(changed({"post": [ended]}, correction("post", POST, on))) == count


def test_records_that_begin_later_by_a_correction_hide_nothing() -> None:
    rows = {"person": [{**ADA, "records_from": "2017-03-01"}]}
    assert summary(changed(rows, correction("person", ADA, "2017-03-20"))) == [
        ("P1", "2017-02-03", 57, [], "person corrected", "2017-03-20"),
    ]


def test_leaving_that_was_entered_in_time_is_no_later_entry() -> None:
    rows = {"person": [{**ADA, "left_on": "2017-02-20", "employed_from": "2012-01-01"}]}
    before = {**ADA, "employed_from": "2012-01-01"}
    assert changed(rows, correction("person", before, "2017-02-25")) == []
    assert len(changed(rows, correction("person", before, "2017-03-25"))) == 1


def test_a_session_moved_to_somebody_else_concerns_both() -> None:
    grace, hers = {"id": "P2", "name": "Grace"}, {**POST, "id": "o2", "person_id": "P2"}
    rows = {
        "person": [ADA, grace],
        "post": [POST, hers],
        "session": [held("2017-02-01", person_id="P2")],
    }
    found = changed(rows, correction("session", held("2017-02-01"), "2017-02-20"), as_at="2017-02-28")
    assert [(each.subject, each.after) for each in found] == [("P2", ())]


# --- Cases


CASE = {"id": "c1", "person_id": "P1", "case_ref": "C7", "from": "2017-01-02"}


def test_of_a_case_the_discussion_may_be_what_was_entered_later() -> None:
    rows = {
        "case_allocation": [CASE], "session": [held("2017-02-01")],
        "case_discussion": [{"id": "d1", "session_id": "s1", "case_ref": "C7", "recorded_on": "2017-02-09"}],
    }  # fmt: skip
    assert summary(changed(rows, clock="oversight", as_at="2017-02-28")) == [
        ("C7", "2017-02-03", 26, [], "discussion", "2017-02-09"),
    ]
    rows["case_discussion"][0]["recorded_on"] = "2017-02-08"
    assert changed(rows, clock="oversight", as_at="2017-02-28") == []


def test_of_a_case_a_session_and_an_allocation_count_too() -> None:
    rows = {
        "case_allocation": [CASE], "session": [held("2017-02-01", "2017-03-09")],
        "case_discussion": [{"id": "d1", "session_id": "s1", "case_ref": "C7"}],
    }  # fmt: skip
    assert [each[4] for each in summary(changed(rows, clock="oversight"))] == ["session"]
    ended = {**rows, "session": [], "case_allocation": [{**CASE, "to": "2017-02-10"}]}
    found = changed(ended, correction("case_allocation", CASE, "2017-03-01"), clock="oversight")
    assert summary(found) == [("C7", "2017-02-03", 57, [8], "allocation corrected", "2017-03-01")]


# --- Through a real store


@pytest.fixture
def clock() -> Clock:
    return Clock("2017-01-03")


@pytest.fixture
def store(clock: Clock) -> Iterator[Store]:
    with memory_store(clock) as store:
        yield store


def enter(store: Store, by: str, kind: str, /, **row: Any) -> None:
    with store.change(f"Enter a {kind}", by=by) as change:
        change.put(kind, row, recorded=True)


def test_who_entered_it_and_when_comes_from_the_history(store: Store, clock: Clock) -> None:
    here = Workspace(store, today=lambda: day("2017-03-31"), me="R. Okafor")
    here.add_policies([read_policy(POLICY, "p")])
    enter(store, "R. Okafor", "person", **ADA)
    enter(store, "R. Okafor", "post", **POST)
    clock.set("2017-02-20")
    enter(store, "N. Tran", "session", **held("2017-02-01"))
    clock.set("2017-03-25")
    enter(store, "R. Okafor", "session", id="s1", notes="Added the notes.")
    (found,) = here.changed_gaps(here.clockwork())
    assert (found.by, iso(found.entered_on), found.what) == ("N. Tran", "2017-02-20", "session")
    clock.set("2017-03-30")
    enter(store, "S. Late", "session", id="s1", held_on="2017-01-20")
    told = here.changed_gaps(here.clockwork())
    assert [(each.by, each.what) for each in told] == [("N. Tran", "session")]
    enter(store, "S. Late", "case_allocation", **CASE)
    enter(store, "S. Late", "case_discussion", id="d1", session_id="s1", case_ref="C7")
    told = here.changed_gaps(here.clockwork("oversight"))
    assert {(each.subject, each.by, each.what) for each in told} == {
        ("C7", "N. Tran", "session"),
        ("C7", "S. Late", "discussion"),
    }


# --- In any world


def test_what_is_told_was_entered_late_and_is_shorter_now() -> None:
    told = 0
    for number in range(120):
        world, (as_at, _, _) = worlds.numbered(number)
        asked = Asked(world, as_at + timedelta(days=90), "one_to_one")
        rows = rows_of(world)
        for kind, of_kind in rows.items():
            for at, row in enumerate(of_kind):
                row.setdefault("id", f"{kind} {at}")
        for each in changed_gaps(asked.clockwork, rows, (), lambda kind, id_: None):
            facts = asked.service.facts[each.subject]
            assert each.before.days_late > sum(gap.days_late for gap in each.after)
            now = [gap[:-1] for gap in asked.clockwork.gaps(facts)]
            assert all(gap[:-1] in now for gap in each.after)
            told += 1
    assert told > 10
