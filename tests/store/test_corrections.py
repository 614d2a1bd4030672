"""What the log says of rows that were altered: what they were, when, by whom, and whether it was here."""

from __future__ import annotations

from supervise.store import Store
from tests.store.telling import ME, Clock, put, remove, session, with_ada


def told(store: Store, *kinds: str) -> list[tuple[str, str, str, str]]:
    """(kind, id, day, by whom) of each correction."""
    return [(each.kind, each.before["id"], each.day, each.by) for each in store.corrections(kinds)]


def test_what_only_came_in_was_never_corrected(store: Store) -> None:
    with_ada(store)
    put(store, "session", **session())
    assert told(store, "person", "session") == []


def test_each_alteration_and_each_removal_is_told_oldest_first(store: Store, clock: Clock) -> None:
    with_ada(store)
    put(store, "session", **session())
    clock.set("2026-04-01")
    with store.change("Correct", by="N. Tran") as change:
        change.put("session", {"id": "s1", "minutes": 60})
        change.put("person", {"id": "p1", "employed_from": "2020-01-06"})
    clock.set("2026-04-09")
    remove(store, "session", "s1")
    assert told(store, "session", "person") == [
        ("session", "s1", "2026-04-01", "N. Tran"),
        ("person", "p1", "2026-04-01", "N. Tran"),
        ("session", "s1", "2026-04-09", ME),
    ]
    assert told(store, "person") == [("person", "p1", "2026-04-01", "N. Tran")]
    assert told(store, "absence") == []


def test_the_whole_row_is_given_as_it_was(store: Store) -> None:
    with_ada(store)
    put(store, "session", **session(minutes=90, interrupted=False))
    before = store.row("session", "s1")
    put(store, "session", id="s1", minutes=60, held_on="2026-03-09")
    (found,) = store.corrections(["session"])
    assert found.before == before


def test_an_import_taken_back_is_a_removal_of_what_it_brought(store: Store, clock: Clock) -> None:
    with_ada(store)
    with store.change("Import", by=ME, kind="import") as change:
        change.put("session", session())
    clock.set("2026-04-02")
    store.undo("N. Tran")
    assert told(store, "session") == [("session", "s1", "2026-04-02", "N. Tran")]


def test_what_alters_nothing_is_no_correction(store: Store) -> None:
    with_ada(store)
    put(store, "person", id="p1", name="Ada")
    assert told(store, "person") == []


def test_a_row_made_here_was_edited_here(store: Store) -> None:
    with_ada(store)
    assert store.edited_here("person", "p1")


def test_a_row_that_an_import_brought_and_changed_was_not(store: Store) -> None:
    for name in ("Ada", "Ada Person"):
        with store.change("Import", by=ME, kind="import") as change:
            change.put("person", {"id": "p1", "name": name})
    assert not store.edited_here("person", "p1")


def test_an_import_after_an_edit_does_not_undo_the_edit(store: Store) -> None:
    with_ada(store)
    with store.change("Import", by=ME, kind="import") as change:
        change.put("person", {"id": "p1", "email": "ada@example.org"})
    assert store.edited_here("person", "p1")


def test_a_row_nobody_has_met_was_not_edited(store: Store) -> None:
    assert not store.edited_here("person", "p9")
