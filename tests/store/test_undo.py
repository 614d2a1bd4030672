"""Undo and redo: back to what an earlier change found, or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervise.errors import BadQuestion, LaterChanges, NotAllowed
from supervise.store import Store, memory_store
from supervise.store.check import check
from supervise.store.history import entries
from supervise.store.rows import kind_of, row_of
from tests.store.telling import (
    ME,
    SIGNED,
    Clock,
    action,
    contents,
    discussion,
    put,
    remove,
    section,
    session,
    with_ada,
    with_signed_record,
)


def import_signed(store: Store) -> int:
    """An import of a whole record that both had signed elsewhere."""
    with store.change("Import", by=ME, kind="import") as change:
        change.put("session_section", section())
        change.put("action", action())
        change.put("case_discussion", discussion())
        change.put(
            "late_entry", {"id": "l1", "session_id": "s1", "entered_on": "2026-03-20", "text": "Added"}
        )
        change.put("session", session(**SIGNED))
    assert change.number is not None
    return change.number


def test_undo_and_redo_walk_through_the_sitting(store: Store):
    with_ada(store)
    put(store, "session", **session(minutes=60))
    put(store, "session", id="s1", minutes=90, notes="Longer")
    states = [contents(store)]
    assert (store.next_undo, store.next_redo) == ("Put session s1", None)
    while store.undo(ME):
        states.append(contents(store))
    assert states[-1] == {} and len(states) == 4
    for state in states[-2::-1]:
        assert store.redo(ME) is not None
        assert contents(store) == state
    assert store.redo(ME) is None and store.next_redo is None
    assert store.undo(ME) is not None and contents(store) == states[1]


def test_undo_tells_what_it_touched_and_is_a_line_itself(store: Store):
    with_ada(store)
    put(store, "session", **session())
    undone = store.undo(ME)
    assert undone is not None and undone.touched == {"session"}
    newest, second, _ = store.history()
    assert (newest.label, newest.kind, newest.undoes) == ("Undo “Put session s1”", "undo", (2,))
    assert second.undone_by == newest.number
    store.redo(ME)
    newest, redone, second, _ = store.history()
    assert (newest.label, newest.kind, newest.undone_by) == ("Redo “Put session s1”", "redo", None)
    assert redone.undone_by == newest.number and second.undone_by is None


def test_a_new_change_clears_redo(store: Store):
    with_ada(store)
    store.undo(ME)
    put(store, "person", id="p2", name="Bo")
    assert store.redo(ME) is None
    assert [row["name"] for row in store.rows("person")] == ["Bo"]


def test_a_change_out_of_the_middle_goes_if_its_rows_are_as_it_left_them(store: Store):
    with_ada(store)
    put(store, "person", id="p2", name="Bo")
    put(store, "person", id="p3", name="Cy")
    store.undo_change(2, ME)
    assert [row["id"] for row in store.rows("person")] == ["p1", "p3"]
    assert store.next_undo == "Undo “Put person p2”"
    store.undo(ME)
    assert [row["id"] for row in store.rows("person")] == ["p1", "p2", "p3"]


def test_later_changes_in_the_way_are_named_newest_first(store: Store):
    with_ada(store)
    put(store, "person", id="p1", email="ada@example.org")
    put(store, "person", id="p2", name="Bo")
    put(store, "person", id="p1", staff_no="7")
    before = contents(store)
    with pytest.raises(LaterChanges) as caught:
        store.undo_change(1, ME)
    assert caught.value.changes == ((4, "Put person p1"), (2, "Put person p1"))
    assert contents(store) == before
    store.undo_change(1, ME, with_later=True)
    assert [row["id"] for row in store.rows("person")] == ["p2"]
    newest = store.history(1)[0]
    assert (newest.undoes, newest.label) == ((4, 2, 1), "Undo “Put person p1” and 2 later")
    store.undo(ME)
    assert contents(store) == before


def test_later_changes_that_refer_to_what_would_go_are_in_the_way(store: Store):
    with_ada(store)
    put(store, "session", **session())
    put(store, "action", **action())
    with pytest.raises(LaterChanges) as caught:
        store.undo_change(1, ME)
    assert {number for number, _ in caught.value.changes} == {2, 3}
    store.undo_change(1, ME, with_later=True)
    assert contents(store) == {}


def test_what_refers_to_something_removed_later_needs_that_back_first(store: Store):
    with_ada(store)
    put(store, "absence", id="b1", person_id="p1", kind="study", **{"from": "2026-01-01"})
    remove(store, "absence", "b1")
    remove(store, "person", "p1")
    with pytest.raises(LaterChanges) as caught:
        store.undo_change(3, ME)
    assert caught.value.changes == ((4, "Remove person p1"),)
    store.undo_change(3, ME, with_later=True)
    assert contents(store).keys() == {"person", "absence"}


def test_undone_is_undone(store: Store):
    with_ada(store)
    store.undo_change(1, ME)
    with pytest.raises(NotAllowed, match="already been undone"):
        store.undo_change(1, ME)
    store.undo_change(2, ME)
    assert [line.undone_by for line in store.history()] == [None, 3, None]
    with pytest.raises(BadQuestion, match="no change 9"):
        store.undo_change(9, ME)


def test_an_undo_that_would_alter_a_signed_record_is_refused(store: Store):
    with_signed_record(store)
    before = contents(store)
    with pytest.raises(NotAllowed, match="signed and locked"):
        store.undo(ME)
    with pytest.raises(NotAllowed, match="signed and locked"):
        store.undo_change(2, ME, with_later=True)
    assert contents(store) == before and store.next_undo == "Put session s1"


def test_an_import_that_brought_a_signed_record_can_be_undone_and_redone(store: Store):
    with_ada(store)
    import_signed(store)
    before = contents(store)
    store.undo(ME)
    assert contents(store).keys() == {"person"}
    store.redo(ME)
    assert contents(store) == before
    store.undo(ME)
    assert contents(store).keys() == {"person"}
    assert all(finding.ok for finding in check(store))
    assert store.database.execute("SELECT count(*) FROM purge_door").fetchone() == (0,)


def test_what_was_added_to_an_imported_record_here_stands_in_the_way(store: Store):
    with_ada(store)
    number = import_signed(store)
    put(store, "late_entry", id="l2", session_id="s1", entered_on="2026-03-31", text="Seen")
    with pytest.raises(LaterChanges) as caught:
        store.undo_change(number, ME)
    assert [number for number, _ in caught.value.changes] == [3]
    with pytest.raises(NotAllowed, match="signed and locked"):
        store.undo_change(number, ME, with_later=True)
    assert len(list(store.rows("late_entry"))) == 2


def test_a_change_whose_words_were_deleted_cannot_be_undone(store: Store):
    with_ada(store)
    store.database.execute("DELETE FROM payload WHERE change = 1 AND n = 1")
    with pytest.raises(NotAllowed, match="deleted for good"):
        store.undo_change(1, ME)
    assert store.row("person", "p1") is not None


def test_a_row_put_twice_in_one_change_goes_back_to_the_first(store: Store):
    with_ada(store)
    with store.change("Twice", by=ME) as change:
        change.put("person", {"id": "p1", "name": "Adah"})
        change.put("person", {"id": "p1", "name": "Ada B."})
        change.put_all("person", [{"id": "p2", "name": "Bo"}, {"id": "p2", "email": "bo@example.org"}])
        change.remove("person", "p2")
    assert len(list(store.rows("person"))) == 1
    store.undo(ME)
    assert [row["name"] for row in store.rows("person")] == ["Ada"]
    assert all(finding.ok for finding in check(store))


# Whatever people do, in whatever order

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
