"""What the store held at the end of an earlier day."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from supervise.store import Store, memory_store
from tests.store.telling import ME, Clock, put, remove, session, with_ada
from tests.store.test_undo_properties import STEPS, do


def held_on(store: Store, day: str) -> list[tuple[str, str]]:
    return [(row["id"], row["held_on"]) for row in store.rows_known_at("session", day)]


def test_corrections_and_removals_of_later_days_are_taken_back(store: Store, clock: Clock):
    with_ada(store)
    put(store, "session", **session("s1", held_on="2026-03-02"))
    put(store, "session", **session("s2", held_on="2026-03-20"))
    clock.set("2026-04-01")
    put(store, "session", id="s1", held_on="2026-03-03")
    clock.set("2026-04-05")
    put(store, "session", id="s1", held_on="2026-03-04")
    remove(store, "session", "s2")
    assert held_on(store, "2026-03-31") == [("s1", "2026-03-02"), ("s2", "2026-03-20")]
    assert held_on(store, "2026-04-04") == [("s1", "2026-03-03"), ("s2", "2026-03-20")]
    assert held_on(store, "2026-04-05") == [("s1", "2026-03-04")]


def test_what_came_in_later_stays_as_it_came_in(store: Store, clock: Clock):
    with_ada(store)
    clock.set("2026-04-01")
    put(store, "session", **session(held_on="2026-03-02"))
    clock.set("2026-04-02")
    put(store, "session", id="s1", held_on="2026-03-03")
    assert held_on(store, "2026-01-01") == held_on(store, "2026-04-01") == [("s1", "2026-03-02")]
    assert held_on(store, "2026-04-02") == [("s1", "2026-03-03")]


def test_what_came_in_later_and_was_undone_is_not_there(store: Store, clock: Clock):
    with_ada(store)
    clock.set("2026-04-01")
    put(store, "session", **session())
    clock.set("2026-04-03")
    store.undo(ME)
    assert held_on(store, "2026-03-31") == held_on(store, "2026-04-03") == []
    assert held_on(store, "2026-04-02") == [("s1", "2026-03-02")]


def test_what_was_away_on_that_day_was_away(store: Store, clock: Clock):
    with_ada(store)
    put(store, "session", **session())
    clock.set("2026-04-01")
    remove(store, "session", "s1")
    clock.set("2026-04-08")
    store.undo(ME)
    assert held_on(store, "2026-03-31") == held_on(store, "2026-04-08") == [("s1", "2026-03-02")]
    assert held_on(store, "2026-04-07") == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), STEPS), max_size=10))
def test_rows_that_were_there_are_known_as_they_were(steps):
    clock = Clock("2026-01-01")
    with memory_store(clock) as store:
        with_ada(store)
        stood = {}
        day = 1
        for next_day, step in steps:
            stood[store.today] = {kind: list(store.rows(kind)) for kind in ("person", "absence")}
            if next_day:
                day += 1
                clock.set(f"2026-01-{day:02}")
            do(store, step)
            stood[store.today] = {kind: list(store.rows(kind)) for kind in ("person", "absence")}
        for then, kinds in stood.items():
            for kind, rows in kinds.items():
                known = list(store.rows_known_at(kind, then))
                later = [row for row in known if row not in rows]
                assert [row for row in known if row in rows] == rows
                now = {row["id"] for row in store.rows(kind)}
                first = {row["id"] for row in rows}
                assert all(row["id"] in now and row["id"] not in first for row in later)
