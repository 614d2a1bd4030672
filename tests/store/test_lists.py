"""What waits for somebody: nothing is left out, and nothing is there before its day."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervise.policies import Rulebook
from supervise.sessions import missing_evidence
from supervise.store import Store, memory_store
from supervise.store.facts import FactsReader
from supervise.store.lists import Lists, all_cases, ever_in, ever_under, rows_of_any
from supervise.workdays import Day, day
from tests.store.telling import ME, SIGNED, Clock, session

DAY = day("2026-03-31")
Row = dict[str, Any]


def put(store: Store, **rows: list[Row]) -> None:
    with store.change("Put rows", by=ME, kind="import") as change:
        for kind in sorted(rows, key=lambda kind: kind == "session"):
            change.put_all(kind, rows[kind])


@pytest.fixture
def here(store: Store) -> Store:
    """A store with two people and their manager."""
    people = [{"id": id, "name": name} for id, name in (("p1", "Ada"), ("p2", "Grace"), ("m1", "Sam"))]
    put(store, person=people)
    return store


def lists(store: Store, on: str = "2026-03-31", people: list[str] | None = None) -> Lists:
    return Lists(store.database, day(on), people)


# --- Actions


def action(id: str, carried_from: str | None = None, **more: Any) -> Row:
    row = {"id": id, "session_id": "s1", "person_id": "p1", "text": f"Action {id}"}
    return {**row, "carried_from": carried_from, **more}


def test_of_an_action_carried_forward_only_the_last_is_open_and_says_how_often(here: Store) -> None:
    chain = [action("a1"), action("a2", "a1"), action("a3", "a2"), action("b1", due_on="2026-03-01")]
    put(here, action=chain, session=[session()])
    found = lists(here).open_actions()
    assert [(each.id, each.carried) for each in found] == [("b1", 0), ("a3", 2)]
    assert found[0] == (
        "b1", "Action b1", "p1", None, day("2026-03-01"), None, 0, "s1", day("2026-03-02"),
    )  # fmt: skip


def test_what_is_done_is_not_open_and_was_open_until_then(here: Store) -> None:
    put(here, action=[action("a1", done_on="2026-03-20")], session=[session()])
    assert lists(here).open_actions() == []
    assert [each.id for each in lists(here).done_actions()] == ["a1"]
    assert [each.id for each in lists(here, "2026-03-19").open_actions()] == ["a1"]
    assert lists(here, "2026-03-19").done_actions() == []


def test_an_action_carried_later_was_open_where_it_stood(here: Store) -> None:
    later = session("s2", held_on="2026-03-30")
    put(here, action=[action("a1"), action("a2", "a1", session_id="s2")], session=[session(), later])
    assert [each.id for each in lists(here, "2026-03-29").open_actions()] == ["a1"]
    assert [(each.id, each.carried) for each in lists(here).open_actions()] == [("a2", 1)]


def test_an_action_is_not_there_before_its_session(here: Store) -> None:
    planned = session("s2", status="planned", held_on=None, planned_on="2026-04-20")
    recorded = action("a2", session_id="s2", recorded_on="2026-03-30")
    put(here, action=[action("a1"), recorded], session=[session(), planned])
    assert lists(here, "2026-03-01").open_actions() == []
    assert [each.id for each in lists(here, "2026-03-02").open_actions()] == ["a1"]
    found = lists(here).open_actions()
    assert [(each.id, each.session_on) for each in found] == [
        ("a1", day("2026-03-02")), ("a2", day("2026-04-20")),
    ]  # fmt: skip


def test_actions_carried_in_a_ring_are_all_shown(here: Store) -> None:
    ring = [action("a1", "a3"), action("a2", "a1"), action("a3", "a2"), action("b1", "b1")]
    put(here, action=ring, session=[session()])
    found = {each.id: each.carried for each in lists(here).open_actions()}
    assert found == {"a1": 3, "a2": 3, "a3": 3, "b1": 1}
    assert found == {each.id: each.carried for each in here.record("s1").actions}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.none() | st.integers(0, 7), st.booleans()), min_size=1, max_size=8))
def test_no_promise_is_lost_and_all_are_counted_as_their_record_counts(
    made: list[tuple[int | None, bool]],
) -> None:
    """Whatever was carried from what: each undone action is listed, or one that it was carried to is, or
    that one is done."""
    rows = [
        action(f"a{n}", f"a{of % len(made)}" if of is not None else None,
               done_on="2026-03-20" if done else None)
        for n, (of, done) in enumerate(made)
    ]  # fmt: skip
    with memory_store(Clock("2026-03-31")) as store:
        put(store, person=[{"id": "p1", "name": "Ada"}], action=rows, session=[session()])
        listed = {each.id: each.carried for each in lists(store).open_actions()}
        done = {each.id for each in lists(store).done_actions()}
        counted = {each.id: each.carried for each in store.record("s1").actions}
    assert done == {row["id"] for row in rows if row["done_on"]}
    assert listed == {id: counted[id] for id in listed}
    carried_to = {row["carried_from"] for row in rows}
    for row in rows:
        assert row["id"] in listed or row["id"] in done or row["id"] in carried_to


# --- Evidence


def test_what_lacks_a_step_is_listed_and_what_is_kept_elsewhere_is_not(here: Store) -> None:
    put(here, session=[
        session("whole", **SIGNED),
        session("unsigned", shared_on="2026-03-05"),
        session("unshared", **{**SIGNED, "shared_on": None}),
        session("elsewhere", record_kept="Tracker.xlsx"),
        session("planned", status="planned", held_on=None, planned_on="2026-03-02"),
        session("to come", held_on="2026-04-01"),
    ])  # fmt: skip
    assert [each.id for each in lists(here).not_evidenced()] == ["unshared", "unsigned"]


def test_a_step_taken_later_was_missing_before(here: Store) -> None:
    put(here, session=[session("s1", recorded_on="2026-03-04", **SIGNED)])
    for on, missing in (("2026-03-03", 4), ("2026-03-05", 2), ("2026-03-06", 1)):
        (found,) = lists(here, on).not_evidenced()
        assert len(found.missing) == missing
    assert list(lists(here, "2026-03-07").not_evidenced()) == []


STEPS = ("recorded_on", "shared_on", "worker_signed_on", "supervisor_signed_on")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(*[st.none() | st.integers(1, 9)] * 4), min_size=1, max_size=5))
def test_what_is_listed_is_what_lacks_evidence(made: list[tuple[int | None, ...]]) -> None:
    rows = [
        session(f"s{n}", held_on="2026-03-01",
                **{step: at and f"2026-03-0{at}" for step, at in zip(STEPS, steps, strict=True)})
        for n, steps in enumerate(made)
    ]  # fmt: skip
    with memory_store(Clock("2026-03-31")) as store:
        put(store, person=[{"id": "p1", "name": "Ada"}], session=rows)
        on = day("2026-03-05")
        listed = {each.id: each.missing for each in Lists(store.database, on).not_evidenced()}
        whole = [store.record(row["id"]).session for row in rows]
    lacking = {each.id: missing_evidence(each, on) for each in whole}
    assert listed == {id: missing for id, missing in lacking.items() if missing}


# --- The diary


def planned(id: str, on: str, person: str = "p1", **more: Any) -> Row:
    row = {"id": id, "person_id": person, "kind": "one_to_one", "status": "planned", "planned_on": on}
    return {**row, **more}


def test_bookings_come_in_order_of_day_and_time_without_a_time_last(here: Store) -> None:
    put(here, session=[
        planned("a", "2026-04-02"), planned("b", "2026-04-02", "p2", planned_start="14:00"),
        planned("c", "2026-04-02", planned_start="09:30"), planned("d", "2026-04-01"),
        planned("e", "2026-04-09"), planned("f", "2026-03-30"),
        planned("g", "2026-04-02", status="cancelled"),
    ])  # fmt: skip
    found = lists(here).planned(DAY, day("2026-04-08"))
    assert [each.id for each in found] == ["d", "c", "b", "a"]
    assert [each.id for each in lists(here).planned(last=DAY - 1)] == ["f"]


def test_what_was_held_later_was_planned_until_then(here: Store) -> None:
    put(here, session=[session("s1", planned_on="2026-03-02", held_on="2026-03-04")])
    on, since = day("2026-03-03"), day("2026-03-01")
    for on, passed in ((since, []), (day("2026-03-03"), ["s1"]), (day("2026-03-04"), [])):
        assert [each.id for each in Lists(here.database, on).planned(last=on - 1)] == passed
    assert [each.id for each in Lists(here.database, since).planned(since)] == ["s1"]


def test_next_bookings_are_looked_up_by_person_and_day(here: Store) -> None:
    on = day("2026-04-02")
    put(here, session=[
        planned("a", "2026-04-02", planned_start="14:00", place="Room 3"),
        planned("b", "2026-04-02", "p2"), planned("c", "2026-04-03"),
        planned("d", "2026-04-02", planned_start="09:30", kind="group"),
    ])  # fmt: skip
    found = lists(here).booked([("p1", on), ("nobody", on)])
    assert [(each.id, each.planned_start, each.place) for each in found] == [
        ("d", "09:30", None), ("a", "14:00", "Room 3"),
    ]  # fmt: skip
    assert lists(here, people=["p2"]).booked([("p1", on)]) == []


def test_what_was_not_held_is_found_by_the_day_it_was_planned_for(here: Store) -> None:
    given_up = {"status": "cancelled", "reason": "court", "cancelled_by": "worker"}
    put(here, session=[
        planned("a", "2026-03-20", **given_up), planned("b", "2026-03-02", status="missed"),
        {"id": "c", "person_id": "p1", "kind": "one_to_one", "status": "missed", "recorded_on": "2026-03-10"},
        planned("d", "2026-03-10"), planned("e", "2026-01-10", status="missed"), session("f"),
    ])  # fmt: skip
    found = lists(here).not_held(day("2026-03-01"), DAY)
    assert [each.id for each in found] == ["b", "c", "a"]
    assert (found[-1].reason, found[-1].cancelled_by) == ("court", "worker")


def test_drafts_are_listed_without_their_words(here: Store) -> None:
    here.drafts.put("one", "What nobody else shall read.")
    (found,) = lists(here).drafts()
    assert found == ("one", "2026-03-31T09:30:00+00:00")


# --- Of whom


def test_each_list_keeps_to_the_people_asked_for(here: Store) -> None:
    for person in ("p1", "p2"):
        put(here,
            action=[{**action(f"a-{person}"), "person_id": person, "session_id": f"h-{person}"}],
            session=[session(f"h-{person}", person), planned(f"b-{person}", "2026-03-02", person),
                     planned(f"c-{person}", "2026-03-02", person, status="missed")])  # fmt: skip
    only = lists(here, people=["p2"])
    since = day("2026-01-01")
    assert [each.id for each in only.open_actions()] == ["a-p2"]
    assert [each.id for each in only.not_evidenced()] == ["h-p2"]
    assert [each.id for each in only.planned()] == ["b-p2"]
    assert [each.id for each in only.not_held(since, DAY)] == ["c-p2"]
    assert len(lists(here).planned()) == 2
    assert lists(here, people=[]).planned() == []


def test_who_was_ever_in_a_team_or_under_somebody(here: Store) -> None:
    post = {"team": "North", "role": "social_worker", "from": "2026-01-05"}
    put(here, post=[
        {"person_id": "p2", **post, "supervisor_id": "m1"},
        {"person_id": "p1", **post, "to": "2026-02-01"},
        {"person_id": "p1", **post, "team": "South", "from": "2026-02-02", "supervisor_id": "m1"},
    ])  # fmt: skip
    assert ever_in(here.database, "North") == ["p1", "p2"]
    assert ever_in(here.database, "East") == []
    assert ever_under(here.database, "m1") == ["p1", "p2"]
    assert ever_under(here.database, "p1") == []


def test_rows_are_found_by_any_of_several_values(here: Store) -> None:
    cases = [{"person_id": "p1", "case_ref": ref, "from": "2026-01-05"} for ref in ("C1", "C2", "C3")]
    put(here, case_allocation=cases)
    found = rows_of_any(here.database, "case_allocation", "case_ref", ["C3", "C1", "C9"])
    assert sorted(row["case_ref"] for row in found) == ["C1", "C3"]
    assert all_cases(here.database) == ["C1", "C2", "C3"]
    with pytest.raises(ValueError, match="has no colour"):
        rows_of_any(here.database, "case_allocation", "colour", [])


# --- Facts of a few people


def test_the_history_of_a_few_is_that_of_everyone_kept_to_them(here: Store) -> None:
    put(here, session=[session("s1"), session("s2", "p2", kind="group"), session("s3", "p2")])
    everyone = FactsReader(here.database, DAY).history(Rulebook([]), "one_to_one", every_kind=True)
    few = FactsReader(here.database, DAY, people=["p2", "nobody"])
    found = few.history(Rulebook([]), "one_to_one", every_kind=True).facts
    assert found == {"p2": everyone.facts["p2"]}
    held: Day = day("2026-03-02")
    assert found["p2"].held == {"group": [held], "one_to_one": [held]}
    assert few.history(Rulebook([]), "one_to_one").facts["p2"].held == {}
    assert few.posts().facts["p2"].held == {}


def test_people_of_a_team_are_those_who_are_both(here: Store) -> None:
    post = {"team": "North", "role": "social_worker", "from": "2026-01-05"}
    put(here, post=[{"person_id": person, **post} for person in ("p1", "p2")])
    both = FactsReader(here.database, DAY, "North", people=["p2", "m1"]).posts()
    assert list(both.facts) == ["p2"]
