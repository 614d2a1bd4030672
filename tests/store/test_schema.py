"""The tables are what fields.py says, and only ever grow."""

from __future__ import annotations

from copy import deepcopy

import pytest
from sqlcipher3 import dbapi2

from supervise.fields import Holds
from supervise.store import Store
from supervise.store.database import connect, with_utilities
from supervise.store.picture import removed_or_changed, schema_picture
from supervise.store.rows import KINDS
from supervise.store.schema import applied, migrate, pending
from tests.store.picture import kept
from tests.store.telling import put, session, with_ada

TYPES = {Holds.COUNT: "INTEGER", Holds.YES_NO: "INTEGER", Holds.NUMBER: "REAL"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_table_has_the_fields_of_its_kind(store: Store, kind):
    columns = {"id": "TEXT NOT NULL PRIMARY KEY"}
    for field in kind.fields:
        columns[field.name] = TYPES.get(field.holds, "TEXT") + (" NOT NULL" if field.required else "")
    assert schema_picture(store.database)["tables"][kind.name] == columns


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_reference_leads_where_the_fields_say_and_is_checked_at_the_end(store: Store, kind):
    found = store.database.execute(f"PRAGMA foreign_key_list({kind.name})").fetchall()
    assert {(row[3], row[2]) for row in found} == {(f.name, f.refers) for f in kind.fields if f.refers}
    sql = with_utilities(store.database)[kind.name].schema
    assert sql.count("REFERENCES") == sql.count("DEFERRABLE INITIALLY DEFERRED") == len(found)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_words_of_prose_are_indexed_by_triggers(store: Store, kind):
    triggers = schema_picture(store.database)["triggers"]
    has = [f"{kind.name}_search_{event}" in triggers for event in ("insert", "update", "delete")]
    assert has == [any(field.prose for field in kind.fields)] * 3


def test_every_table_is_strict(store: Store):
    sql = "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE '%sqlite_%'"
    assert store.database.execute(sql).fetchall() == []


def test_the_schema_is_the_one_that_was_committed(store: Store):
    now = schema_picture(store.database)
    assert removed_or_changed(kept(), now) == [], "older copies of the program rely on these"
    assert kept() == now, "it has grown: run “dev.py schema” and commit the new picture"


def test_growing_is_seen_as_growing_and_losing_as_losing(store: Store):
    was = schema_picture(store.database)
    grown, less = deepcopy(was), deepcopy(was)
    grown["tables"]["person"]["pronoun"] = "TEXT"
    grown["triggers"]["new_one"] = "person"
    del less["triggers"]["session_locked_update"]
    less["tables"]["person"]["name"] = "TEXT"
    del less["tables"]["draft"]
    assert removed_or_changed(was, grown) == []
    assert sorted(removed_or_changed(was, less)) == [
        "person.name", "tables: draft", "triggers: session_locked_update",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"held_on": "2026-02-30"}, {"held_on": "now"}, {"held_on": "1899-12-31"}, {"held_on": "2026-3-1"},
        {"started_at": "24:00"}, {"started_at": "9:30"}, {"minutes": -1}, {"kind": "chat"},
        {"status": "done"}, {"cancelled_by": "nobody"},
    ],
    ids=str,
)  # fmt: skip
def test_the_tables_take_nothing_that_a_field_cannot_hold(store: Store, wrong):
    with_ada(store)
    with pytest.raises(dbapi2.IntegrityError, match="CHECK constraint failed"):
        put(store, "session", **session(**wrong))
    assert list(store.rows("session")) == []


def test_nothing_ends_before_it_begins(store: Store):
    with_ada(store)
    with pytest.raises(dbapi2.IntegrityError, match="CHECK constraint failed"):
        put(
            store,
            "absence",
            person_id="p1",
            kind="sickness",
            **{"from": "2026-03-02", "to": "2026-03-01"},
        )
    assert list(store.rows("absence")) == []


def test_a_new_store_is_an_old_one_with_nothing_in_it():
    database = connect(None, None)
    assert applied(database) == () and len(pending(database)) > 0
    migrate(database)
    assert len(applied(database)) > 0 and pending(database) == ()
    database.close()
