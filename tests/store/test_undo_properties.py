"""Undo, whatever people do and in whatever order."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from supervise.errors import LaterChanges, NotAllowed
from supervise.store import Store, memory_store
from supervise.store.check import check
from supervise.store.history import entries
from supervise.store.rows import kind_of, row_of
from tests.store.telling import ME, Clock, contents, put, remove, with_ada

IDS = st.sampled_from(["p1", "p2", "p3"])
STEPS = st.one_of(
    st.tuples(st.just("person"), IDS, st.sampled_from(["Ada", "Bo", "Cy"])),
    st.tuples(st.just("absence"), IDS, st.sampled_from(["study", "sickness"])),
    st.tuples(st.just("no person"), IDS, st.none()),
    st.tuples(st.just("no absence"), IDS, st.none()),
)


def do(store: Store, step: tuple[str, str, Any]) -> None:
    """One small change, or nothing where the store forbids it."""
    what, id, value = step
    try:
        if what == "person":
            put(store, "person", id=id, name=value)
        elif what == "absence":
            put(store, "absence", id=f"of {id}", person_id=id, kind=value, **{"from": "2026-01-01"})
        else:
            remove(store, what.removeprefix("no "), f"of {id}" if what == "no absence" else id)
    except NotAllowed:
        pass


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, max_size=8), st.lists(st.booleans(), max_size=12))
def test_undoing_everything_newest_first_gives_the_first_state(steps, wobble):
    with memory_store(Clock("2026-03-31")) as store:
        with_ada(store)
        first = contents(store)
        for step in steps:
            do(store, step)
        last = contents(store)
        for forward in wobble:
            store.redo(ME) if forward else store.undo(ME)
        while store.redo(ME):
            pass
        assert contents(store) == (last if steps else first)
        for _ in range(len([line for line in store.history() if line.kind == "edit"]) - 1):
            store.undo(ME)
        assert contents(store) == first
        assert all(finding.ok for finding in check(store))


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, min_size=1, max_size=8), st.data())
def test_undoing_a_change_takes_back_exactly_what_it_says(steps, data):
    with memory_store(Clock("2026-03-31")) as store:
        for step in steps:
            do(store, step)
        numbers = [line.number for line in store.history()]
        if not numbers:
            return
        number = data.draw(st.sampled_from(numbers))
        before = contents(store)
        try:
            store.undo_change(number, ME)
            in_the_way = []
        except LaterChanges as error:
            assert contents(store) == before
            in_the_way = [later for later, _ in error.changes]
            store.undo_change(number, ME, with_later=True)
        undone = store.history(1)[0].undoes
        assert list(undone) == sorted({number, *in_the_way, *undone}, reverse=True)
        if in_the_way:
            assert contents(store) == replayed(store, set(numbers) - set(undone))
        else:
            assert undone == (number,)
            assert changed(before, contents(store)) == reversals(store, number)
        store.undo(ME)
        assert contents(store) == before


def changed(before: dict[str, Any], after: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """The rows that differ, as they are after; None where they have gone."""
    was, now = (
        {(kind, row["id"]): row for kind in side for row in side[kind]} for side in (before, after)
    )
    return {key: now.get(key) for key in was.keys() | now.keys() if was.get(key) != now.get(key)}


def reversals(store: Store, number: int) -> dict[tuple[str, str], Any]:
    """The rows of a change as it found them; None where they were not there."""
    return {
        (entry.kind, entry.id): entry.before and row_of(kind_of(entry.kind), entry.id, entry.before)
        for entry in entries(store.database, number)
    }


def replayed(store: Store, numbers: set[int]) -> dict[str, list[dict[str, Any]]]:
    """What stands when only these changes are made, by their after-images, oldest first."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for number in sorted(numbers):
        for entry in list(entries(store.database, number))[::-1]:
            if entry.after is None:
                rows.pop((entry.kind, entry.id), None)
            else:
                rows[entry.kind, entry.id] = row_of(kind_of(entry.kind), entry.id, entry.after)
    found: dict[str, list[dict[str, Any]]] = {}
    for kind, id in sorted(rows):
        found.setdefault(kind, []).append(rows[kind, id])
    return found
