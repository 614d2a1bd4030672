"""A signed record is as it is: no statement of any kind passes, and the doors are the ones named."""

from __future__ import annotations

import pytest

from supervise.errors import NotAllowed
from supervise.fields import RECORD_PARTS
from supervise.store import Store
from tests.store.telling import (
    ME,
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

LOCKED = "This record is signed and locked. Add a late entry instead."
PARTS = [("session_section", section), ("action", action), ("case_discussion", discussion)]


def refused(store: Store, sql: str, *values: object) -> str:
    """What a statement that goes past the log is told."""
    before = contents(store)
    with pytest.raises(NotAllowed) as caught:
        store.database.execute(sql, values)
    assert contents(store) == before
    return str(caught.value)


def test_the_parts_tested_here_are_all_there_are():
    assert {name for name, _ in PARTS} == {kind.name for kind in RECORD_PARTS}


def test_a_signed_session_cannot_be_altered_or_removed(store: Store):
    with_signed_record(store)
    for field, value in (
        ("notes", "'Other'"),
        ("supervisor_signed_on", "NULL"),
        ("id", "'s2'"),
        ("minutes", "30"),
    ):
        assert refused(store, f"UPDATE session SET {field} = {value}") == LOCKED
    assert refused(store, "DELETE FROM session") == LOCKED
    with pytest.raises(NotAllowed) as caught:
        put(store, "session", id="s1", notes="Other")
    assert (caught.value.sentence, caught.value.remedy) == (
        "This record is signed and locked.", "Add a late entry instead.",
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        remove(store, "session", "s1")


def test_replace_does_not_walk_past_the_lock(store: Store):
    with_signed_record(store)
    values = "('s1', 'p1', 'one_to_one', 'held', '2026-03-09')"
    columns = "(id, person_id, kind, status, held_on)"
    assert refused(store, f"INSERT OR REPLACE INTO session {columns} VALUES {values}") == LOCKED
    assert refused(store, f"REPLACE INTO session {columns} VALUES {values}") == LOCKED
    for name, part in PARTS:
        row = part()
        marks = ", ".join("?" * len(row))
        sql = f"INSERT OR REPLACE INTO {name} ({', '.join(row)}) VALUES ({marks})"
        assert refused(store, sql, *row.values()) == LOCKED
    upsert = f"INSERT INTO session {columns} VALUES {values} ON CONFLICT (id) DO UPDATE SET held_on = excluded.held_on"
    assert refused(store, upsert) == LOCKED
    sql = "INSERT OR REPLACE INTO statement (id, session_id, text) VALUES ('t1', 's1', 'I agree')"
    assert refused(store, sql) == LOCKED


@pytest.mark.parametrize(("name", "part"), PARTS, ids=[name for name, _ in PARTS])
def test_a_part_of_a_signed_record_can_be_neither_added_altered_nor_removed(store: Store, name, part):
    with_signed_record(store)
    put(store, "session", **session("s2"))
    put(store, name, **{**part(), "id": "other", "session_id": "s2"})
    before = contents(store)
    with pytest.raises(NotAllowed, match="signed and locked"):
        put(store, name, **{**part(), "id": "new"})
    with pytest.raises(NotAllowed, match="signed and locked"):
        put(store, name, id=part()["id"], recorded_on="2026-03-30")
    with pytest.raises(NotAllowed, match="signed and locked"):
        put(store, name, id=part()["id"], session_id="s2")
    with pytest.raises(NotAllowed, match="signed and locked"):
        put(store, name, id="other", session_id="s1")
    with pytest.raises(NotAllowed, match="signed and locked"):
        remove(store, name, part()["id"])
    assert contents(store) == before


def test_what_may_still_be_noted(store: Store):
    with_signed_record(store)
    put(store, "session", id="s1", shared_on="2026-03-30")
    put(store, "action", id="a1", done_on="2026-03-30")
    put(store, "action", id="a1", done_on=None)
    put(store, "late_entry", id="l1", session_id="s1", entered_on="2026-03-30", text="Correction")
    put(store, "statement", id="t2", session_id="s1", text="And so do I")
    with pytest.raises(NotAllowed, match="signed and locked"):
        put(store, "session", id="s1", shared_on="2026-03-29")
    with pytest.raises(NotAllowed, match="signed and locked"):
        put(store, "session", id="s1", shared_on=None)
    with pytest.raises(NotAllowed, match="signed and locked"):
        put(store, "action", id="a1", done_on="2026-03-30", text="Other")
    for kind, id in (("late_entry", "l1"), ("statement", "t2")):
        with pytest.raises(NotAllowed, match="signed and locked"):
            remove(store, kind, id)
        with pytest.raises(NotAllowed, match="never changed"):
            put(store, kind, id=id, text="Other")


def test_one_signature_does_not_lock(store: Store):
    with_ada(store)
    put(store, "session", **session(worker_signed_on="2026-03-06"))
    put(store, "session", id="s1", notes="Still open")
    put(store, "action", **action())
    remove(store, "action", "a1")
    put(store, "late_entry", id="l1", session_id="s1", entered_on="2026-03-30", text="Early")
    remove(store, "late_entry", "l1")
    assert store.row("session", "s1")["notes"] == "Still open"


def test_a_signed_record_comes_in_with_its_parts_before_it(store: Store):
    with_ada(store)
    signed = session(worker_signed_on="2026-03-06", supervisor_signed_on="2026-03-07")

    def bring_in(*rows: tuple[str, dict[str, object]]) -> None:
        with store.change("Import", by=ME, kind="import") as change:
            for kind, row in rows:
                change.put(kind, row)

    with pytest.raises(NotAllowed, match="signed and locked"):
        bring_in(("session", signed), ("action", action()))
    bring_in(("action", action()), ("session", signed))
    assert contents(store).keys() == {"person", "session", "action"}


def test_the_purge_door_opens_for_removal_inside_one_change_only(store: Store):
    with_signed_record(store)
    with store.change("Delete by law", by=ME) as change:
        change.open_purge_door(["s1"])
        for kind, id in (
            ("statement", "t1"),
            ("session_section", "x1"),
            ("action", "a1"),
            ("case_discussion", "d1"),
        ):
            change.remove(kind, id)
        change.remove("session", "s1")
    assert contents(store).keys() == {"person"}
    assert store.database.execute("SELECT count(*) FROM purge_door").fetchone() == (0,)


def test_a_door_left_open_shuts_with_the_change(store: Store):
    with_signed_record(store)
    with store.change("Look", by=ME) as change:
        change.open_purge_door(["s1"])
        change.put("person", {"id": "p2", "name": "Bo"})
    with pytest.raises(NotAllowed, match="signed and locked"):
        remove(store, "session", "s1")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE change SET day = '2020-01-01'",
        "DELETE FROM change",
        "INSERT OR REPLACE INTO change SELECT * FROM change WHERE number = 1",
        "UPDATE payload SET body = '{}'",
        "INSERT OR REPLACE INTO payload (change, n, nonce, body) SELECT change, n, nonce, '{}' FROM payload",
        "INSERT INTO payload (change, n, nonce, body) VALUES (1, 99, zeroblob(32), '{}')",
    ],
)
def test_the_history_is_never_changed(store: Store, sql):
    with_signed_record(store)
    lines = store.history()
    assert refused(store, sql) == "The history is never changed."
    assert store.history() == lines
