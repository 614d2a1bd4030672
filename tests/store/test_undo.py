"""Undo and redo: back to what an earlier change found, or not at all."""

from __future__ import annotations

import pytest

from supervise.errors import BadQuestion, LaterChanges, NotAllowed
from supervise.store import Store
from supervise.store.check import check
from tests.store.telling import (
    ME,
    SIGNED,
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
    assert contents(store) == before and store.next_undo is None


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


def test_an_undo_that_would_leave_a_loose_end_past_the_log_is_refused(store: Store):
    with_ada(store)
    store.database.execute(
        "INSERT INTO absence (id, person_id, kind, \"from\") VALUES ('b1', 'p1', 'study', '2026-01-01')"
    )
    with pytest.raises(NotAllowed, match="left referring"):
        store.undo(ME)
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


# --- What stays is passed over


def test_what_signs_is_passed_over_once_it_has_been_said(store: Store):
    put(store, "person", id="p2", name="Bea")
    put(store, "person", id="p2", name="Bea Marsh")
    with_signed_record(store)
    put(store, "late_entry", id="l1", session_id="s1", entered_on="2026-03-31", text="Seen")
    assert store.next_undo == "Put person p2" and not store.can_undo_last
    before = contents(store)
    with pytest.raises(NotAllowed) as stays:
        store.undo(ME)
    assert stays.value.sentence.startswith("“Put late_entry l1” cannot be undone. This record is signed")
    assert stays.value.remedy == "Undo again takes back the change before it, “Put person p2”."
    assert contents(store) == before
    undone = store.undo(ME)
    assert undone is not None and store.row("person", "p2")["name"] == "Bea"
    assert store.undo(ME) is not None and store.row("person", "p2") is None
    assert store.undo(ME) is None and store.next_undo is None
    assert store.redo(ME) is not None and store.redo(ME) is not None
    assert contents(store) == before and store.can_undo_last
    assert all(finding.ok for finding in check(store))


def test_what_is_done_after_a_signature_is_undone_as_ever(store: Store):
    with_signed_record(store)
    put(store, "person", id="p2", name="Bea")
    assert store.can_undo_last and store.next_undo == "Put person p2"
    store.undo(ME)
    assert store.row("person", "p2") is None and store.next_undo is None and not store.can_undo_last
    with pytest.raises(NotAllowed, match="Nothing before it"):
        store.undo(ME)
    assert store.undo(ME) is None


def test_it_is_said_also_if_something_was_done_since(store: Store):
    put(store, "person", id="p2", name="Bea")
    with_signed_record(store)
    assert store.next_undo == "Put person p2"
    put(store, "person", id="p3", name="Cy")
    assert store.next_undo == "Put person p3" and store.undo(ME) is not None
    with pytest.raises(NotAllowed, match="signed and locked"):
        store.undo(ME)
    assert store.undo(ME) is not None and store.row("person", "p2") is None


def test_asking_what_would_go_leaves_no_trace(store: Store):
    put(store, "person", id="p2", name="Bea")
    with_signed_record(store)
    head, before = store.head(), contents(store)
    assert (store.next_undo, store.can_undo_last) == ("Put person p2", False)
    assert (store.head(), contents(store)) == (head, before) and not store.database.in_transaction
    assert store.database.execute("SELECT count(*) FROM purge_door").fetchone() == (0,)


def test_a_sitting_that_begins_anew_undoes_nothing_from_before(store: Store):
    with_ada(store)
    store.begin_sitting()
    assert store.undo(ME) is None and store.next_undo is None and not store.can_undo_last
    put(store, "person", id="p2", name="Bea")
    assert store.undo(ME) is not None and store.undo(ME) is None
    assert store.row("person", "p1") is not None
    store.undo_change(1, ME)
    assert contents(store) == {}
