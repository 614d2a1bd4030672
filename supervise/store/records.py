"""One session's record, put together from its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from supervise.errors import BadQuestion
from supervise.fields import (
    ACTION,
    DISCUSSION,
    LATE_ENTRY,
    PERSON,
    POST,
    SECTION,
    SESSION,
    STATEMENT,
    Holds,
    Kind,
)
from supervise.sessions import Action, Discussion, LateEntry, Record, Section, Session, Statement
from supervise.store.database import Database, scalar
from supervise.store.history import who_set
from supervise.store.rows import Row, fetch, select
from supervise.workdays import day

#: Fields whose name differs in the record.
_RENAMED = {"person_id": "person", "supervisor_id": "supervisor"}


def session_from(row: Row) -> Session:
    """The session that a row tells of."""
    told = _told(SESSION, row)
    return Session(**{_RENAMED.get(name, name): value for name, value in told.items()})


def record(database: Database, session_id: str) -> Record:
    """The whole record of one session, with who entered the signatures and the sharing.

    Team and role are those of the post that covers the day it was held, or else planned. BadQuestion if
    there is no such session.
    """
    row = fetch(database, SESSION, [session_id]).get(session_id)
    if row is None:
        raise BadQuestion(
            f"There is no session {session_id}.", "Look for its number in the list of sessions."
        )
    session = session_from(row)
    post = _post_on(database, row["person_id"], row["held_on"] or row["planned_on"])
    entered = {
        field: who_set(database, SESSION.name, session_id, field)
        for field in ("worker_signed_on", "supervisor_signed_on", "shared_on")
    }
    return Record(
        session=session,
        worker=_name(database, session.person) or session.person,
        supervisor=_name(database, session.supervisor),
        team=post["team"] if post else None,
        role=post["role"] if post else None,
        sections=_sections(database, session_id),
        actions=_actions(database, session_id),
        discussions=_discussions(database, session_id),
        late_entries=_late_entries(database, session_id),
        statements=_statements(database, session_id),
        worker_signature_entered=entered["worker_signed_on"],
        supervisor_signature_entered=entered["supervisor_signed_on"],
        sharing_entered=entered["shared_on"],
    )


def _told(kind: Kind, row: Row) -> dict[str, Any]:
    """The row with its days as numbers."""
    days = {field.name for field in kind.fields if field.holds is Holds.DAY}
    return {
        name: day(value) if name in days and value is not None else value for name, value in row.items()
    }


def _pick(told: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: told[name] for name in names}


def _parts(database: Database, kind: Kind, session_id: str) -> list[dict[str, Any]]:
    return [_told(kind, row) for row in select(database, kind, {"session_id": session_id})]


def _sections(database: Database, session_id: str) -> tuple[Section, ...]:
    told = _parts(database, SECTION, session_id)
    found = [Section(**_pick(part, "position", "part", "heading", "text")) for part in told]
    return tuple(sorted(found, key=lambda section: section.position))


def _actions(database: Database, session_id: str) -> tuple[Action, ...]:
    return tuple(
        Action(
            **_pick(part, "id", "text", "owner", "due_on", "done_on"),
            carried=_carried(database, part["id"]),
        )
        for part in _parts(database, ACTION, session_id)
    )


def _carried(database: Database, action_id: str) -> int:
    """How many actions this one was carried forward from, one after the other; a ring counts once round."""
    sql = """
        WITH RECURSIVE earlier (id) AS (
            SELECT carried_from FROM action WHERE id = ?
            UNION SELECT carried_from FROM action JOIN earlier USING (id)
        ) SELECT count(id) FROM earlier
    """
    count: int = scalar(database, sql, action_id)
    return count


def _discussions(database: Database, session_id: str) -> tuple[Discussion, ...]:
    return tuple(
        Discussion(**_pick(part, "case_ref", "recorded_on_file", "analysis", "decision", "rationale"))
        for part in _parts(database, DISCUSSION, session_id)
    )


def _late_entries(database: Database, session_id: str) -> tuple[LateEntry, ...]:
    told = _parts(database, LATE_ENTRY, session_id)
    found = [LateEntry(**_pick(part, "entered_on", "text", "by")) for part in told]
    return tuple(sorted(found, key=lambda entry: entry.entered_on))


def _statements(database: Database, session_id: str) -> tuple[Statement, ...]:
    told = _parts(database, STATEMENT, session_id)
    return tuple(Statement(**_pick(part, "text", "by", "on")) for part in told)


def _name(database: Database, person_id: str | None) -> str | None:
    found = fetch(database, PERSON, [person_id]) if person_id else {}
    return found[person_id]["name"] if person_id in found else None


def _post_on(database: Database, person_id: str, when: str | None) -> Row | None:
    """The post that covers that day; of two, the one that began later."""
    if when is None:
        return None
    posts = [
        row
        for row in select(database, POST, {"person_id": person_id})
        if row["from"] <= when and (row["to"] is None or row["to"] >= when)
    ]
    return max(posts, key=lambda row: row["from"], default=None)
