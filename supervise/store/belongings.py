"""Everything in a store that belongs to a person, its history included (floor 2).

What belongs to somebody: their own row, the facts that name them as the person they are about, and the records
of their supervisions, with all that is in them. An action belongs to the record it is in, whoever is to do it.
A row that was entered as theirs by mistake, and is somebody else's now, is that other's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from supervise.fields import ACTION, PERSON, SESSION
from supervise.store.database import Database
from supervise.store.retention import OF_RECORDS, OWN
from supervise.store.rows import fetch, kind_of, select

Key = tuple[str, str]
"""Kind and id of a row."""


class Belongings(NamedTuple):
    """What a deletion takes: the rows that are there (`live`); of the history all entries that go, as
    (change, entry); the rows of others of which entries go (`restated`); and the ids of sessions."""

    live: dict[str, list[str]]
    entries: list[tuple[int, int]]
    restated: list[Key]
    sessions: set[str]


def belongings(database: Database, person: str, keeps_name: bool) -> Belongings:
    """What belongs to a person. Unless their name stays with others (`keeps_name`), entries of others' rows that
    name them by their id count as well.
    """
    sessions = {row["id"] for row in select(database, SESSION, {"person_id": person})}
    live = {
        kind.name: [row["id"] for row in select(database, kind, {"person_id": person})] for kind in OWN
    }
    for kind in OF_RECORDS:
        sql = f"SELECT id FROM {kind.name} WHERE session_id IN (SELECT id FROM session WHERE person_id = ?)"
        live[kind.name] = [id for (id,) in database.execute(sql, [person]).fetchall()]
    theirs = {(kind, id) for kind, ids in live.items() for id in ids} | {(PERSON.name, person)}
    told = list(_told_of(database, person, sessions | _former_sessions(database, person)))
    moved = _still_there(database, {(kind, id) for *_, kind, id in told} - theirs)
    gone = theirs | {(kind, id) for *_, kind, id in told} - moved
    actions = [id for kind, id in gone if kind == ACTION.name]
    naming = [
        each
        for each in _naming_them(database, "" if keeps_name else person, actions)
        if each[2:] not in gone
    ]
    entries = {(number, n) for number, n, *_ in (*told, *naming)} | _all_entries(database, gone)
    sessions |= {id for kind, id in gone if kind == SESSION.name}
    return Belongings(live, sorted(entries), sorted(moved | {each[2:] for each in naming}), sessions)


def _former_sessions(database: Database, person: str) -> set[str]:
    """Sessions that were of that person once, by the history, and are nobody else's now."""
    sql = """
        SELECT DISTINCT row_id FROM payload WHERE row_kind = 'session'
        AND :person IN (body ->> '$.before.person_id', body ->> '$.after.person_id')
        AND row_id NOT IN (SELECT id FROM session WHERE person_id <> :person)
    """
    return {id for (id,) in database.execute(sql, {"person": person}).fetchall()}


def _told_of(database: Database, person: str, sessions: set[str]) -> Iterator[tuple[int, int, str, str]]:
    """The entries of the history that tell of a row as that person's: change, entry, kind and id. An action
    belongs to the record it is in, whoever is to do it."""
    sql = """
        SELECT change, n, row_kind, row_id FROM payload WHERE n > 0 AND (
            (row_kind = 'person' AND row_id = :person)
            OR (row_kind <> 'action' AND :person IN (body ->> '$.before.person_id', body ->> '$.after.person_id'))
            OR body ->> '$.before.session_id' IN (SELECT value FROM json_each(:sessions))
            OR body ->> '$.after.session_id' IN (SELECT value FROM json_each(:sessions)))
    """
    found = database.execute(sql, {"person": person, "sessions": json.dumps(sorted(sessions))})
    yield from found.fetchall()


def _naming_them(
    database: Database, person: str, actions: Sequence[str]
) -> list[tuple[int, int, str, str]]:
    """The entries of the history in which others' rows name the person, or one of these actions, by its id."""
    sql = """
        SELECT change, n, row_kind, row_id FROM payload WHERE n > 0 AND (
            :person IN (body ->> '$.before.supervisor_id', body ->> '$.after.supervisor_id',
                        body ->> '$.before.person_id', body ->> '$.after.person_id')
            OR body ->> '$.before.carried_from' IN (SELECT value FROM json_each(:actions))
            OR body ->> '$.after.carried_from' IN (SELECT value FROM json_each(:actions)))
    """
    return database.execute(sql, {"person": person, "actions": json.dumps(sorted(actions))}).fetchall()


def _still_there(database: Database, rows: set[Key]) -> set[Key]:
    """Those of the rows that are in the store: somebody else's now."""
    return {(kind, id) for kind, id in rows if fetch(database, kind_of(kind), [id])}


def _all_entries(database: Database, rows: set[Key]) -> set[tuple[int, int]]:
    sql = "SELECT change, n FROM payload WHERE row_kind = ? AND row_id = ?"
    return {entry for row in rows for entry in database.execute(sql, row).fetchall()}


def names_of(database: Database, person: str) -> list[str]:
    """Every name the person has had here."""
    sql = """
        SELECT name FROM person WHERE id = :person
        UNION SELECT body ->> '$.before.name' FROM payload WHERE row_kind = 'person' AND row_id = :person
        UNION SELECT body ->> '$.after.name' FROM payload WHERE row_kind = 'person' AND row_id = :person
    """
    return [name for (name,) in database.execute(sql, {"person": person}).fetchall() if name]
