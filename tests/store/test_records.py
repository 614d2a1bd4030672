"""One session's record, put together from its rows."""

from __future__ import annotations

import pytest

from supervise.errors import BadQuestion
from supervise.records import Action, Discussion, LateEntry, Record, Section, Statement
from supervise.sessions import Entered, Session
from supervise.store import Store
from supervise.workdays import day
from tests.store.telling import ME, Clock, action, put, session, with_ada, with_signed_record


def test_a_whole_record(store: Store, clock: Clock):
    with_signed_record(store)
    put(store, "person", id="p2", name="Bo Lee")
    put(
        store,
        "post",
        person_id="p1",
        team="North",
        role="nqsw",
        **{"from": "2025-09-01", "to": "2026-02-28"},
    )
    put(store, "post", person_id="p1", team="South", role="social_worker", **{"from": "2026-03-01"})
    clock.set("2026-04-03")
    put(
        store,
        "late_entry",
        session_id="s1",
        entered_on="2026-04-03",
        by="Bo Lee",
        text="The plan changed.",
    )
    put(store, "session", id="s1", shared_on="2026-03-05")
    assert store.record("s1") == Record(
        session=Session(
            id="s1", person="p1", kind="one_to_one", status="held", held_on=day("2026-03-02"), minutes=90,
            notes="We talked.", shared_on=day("2026-03-05"), worker_signed_on=day("2026-03-06"),
            supervisor_signed_on=day("2026-03-07"),
        ),
        worker="Ada",
        supervisor=None,
        team="South",
        role="social_worker",
        sections=(Section(position=1, part="personal", heading="Wellbeing", text="Well."),),
        actions=(Action(id="a1", text="Book leave", due_on=day("2026-04-01")),),
        discussions=(Discussion(case_ref="C-12", analysis="Risk is lower.", decision="Step down"),),
        late_entries=(LateEntry(entered_on=day("2026-04-03"), text="The plan changed.", by="Bo Lee"),),
        statements=(Statement(text="I see it differently.", by="Ada"),),
        worker_signature_entered=Entered(by=ME, on=day("2026-03-31")),
        supervisor_signature_entered=Entered(by=ME, on=day("2026-03-31")),
        sharing_entered=Entered(by=ME, on=day("2026-04-03")),
    )  # fmt: skip


def test_a_bare_one(store: Store):
    with_ada(store)
    put(
        store,
        "session",
        id="s1",
        person_id="p1",
        kind="one_to_one",
        status="cancelled",
        supervisor_id="p1",
    )
    record = store.record("s1")
    assert (record.worker, record.supervisor, record.team, record.sections) == ("Ada", "Ada", None, ())
    assert record.worker_signature_entered is None and record.session.held_on is None


def test_sections_are_in_the_order_of_their_positions(store: Store):
    with_ada(store)
    put(store, "session", **session())
    for position in (3, 1, 2):
        put(
            store,
            "session_section",
            session_id="s1",
            position=position,
            part="case",
            heading=f"No {position}",
        )
    assert [section.position for section in store.record("s1").sections] == [1, 2, 3]


def test_carried_counts_how_often_an_action_was_carried_forward(store: Store):
    with_ada(store)
    for n in range(4):
        put(store, "session", **session(f"s{n}"))
        before = f"a{n - 1}" if n else None
        put(store, "action", **{**action(f"a{n}"), "session_id": f"s{n}", "carried_from": before})
    assert [store.record(f"s{n}").actions[0].carried for n in range(4)] == [0, 1, 2, 3]
    put(store, "action", id="a0", carried_from="a3")
    assert store.record("s0").actions[0].carried == 4


def test_no_such_session(store: Store):
    with pytest.raises(BadQuestion, match="no session s9"):
        store.record("s9")
