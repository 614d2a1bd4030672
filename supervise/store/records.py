"""Sessions' records, put together from their rows: one whole, or what was written in many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
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
from supervise.records import Action, Discussion, LateEntry, Record, Section, Statement
from supervise.sessions import Session
from supervise.store.database import Database, scalar
from supervise.store.history import who_set
from supervise.store.lists import rows_of_any
from supervise.store.rows import Row, fetch
from supervise.workdays import Day, day

#: Fields whose name differs in the record.
_RENAMED = {"person_id": "person", "supervisor_id": "supervisor"}

Parts = Mapping[str, Sequence[dict[str, Any]]]
"""Rows, with their days as numbers, by whose they are."""


def session_from(row: Row) -> Session:
    """The session that a row tells of."""
    told = _told(SESSION, row)
    return Session(**{_RENAMED.get(name, name): value for name, value in told.items()})


def record(database: Database, session_id: str) -> Record:
    """The whole record of one session, with who entered the signatures and the sharing.

    Team and role are those of the post that covers the day it was held, or else planned. BadQuestion if
    there is no such session.
    """
    written = next(iter(written_records(database, [session_id])), None)
    if written is None:
        raise BadQuestion(
            f"There is no session {session_id}.", "Look for its number in the list of sessions."
        )
    entered = {
        field: who_set(database, SESSION.name, session_id, field)
        for field in ("worker_signed_on", "supervisor_signed_on", "shared_on")
    }
    return replace(
        written,
        actions=tuple(each._replace(carried=_carried(database, each.id)) for each in written.actions),
        worker_signature_entered=entered["worker_signed_on"],
        supervisor_signature_entered=entered["supervisor_signed_on"],
        sharing_entered=entered["shared_on"],
    )


def session_ids(database: Database) -> list[str]:
    """The id of every session, of what was held or planned last first."""
    sql = "SELECT id FROM session ORDER BY coalesce(held_on, planned_on, '') DESC, id"
    return [id for (id,) in database.execute(sql).fetchall()]


def written_records(database: Database, ids: Sequence[str]) -> list[Record]:
    """What was written in the records of some sessions, in the order of their ids as given, by a few statements
    for all of them; an id that there is no session of is passed over. Unlike `record` it does not say who entered
    signatures, nor how often an action was carried."""
    rows = fetch(database, SESSION, ids)
    parts = {
        kind: _parts(database, kind, "session_id", rows)
        for kind in (SECTION, ACTION, DISCUSSION, LATE_ENTRY, STATEMENT)
    }
    people = {row["person_id"] for row in rows.values()}
    posts = _parts(database, POST, "person_id", people)
    supervisors = {row["supervisor_id"] for row in rows.values()} - {None}
    names = {id: row["name"] for id, row in fetch(database, PERSON, people | supervisors).items()}
    return [_written(rows[id], parts, posts, names) for id in ids if id in rows]


def _written(row: Row, parts: Mapping[Kind, Parts], posts: Parts, names: Mapping[str, str]) -> Record:
    session = session_from(row)
    post = _post_on(posts.get(session.person, ()), session.held_on or session.planned_on)
    own = {kind: of.get(session.id, ()) for kind, of in parts.items()}
    return Record(
        session=session,
        worker=names.get(session.person) or session.person,
        supervisor=names.get(session.supervisor) if session.supervisor else None,
        team=post["team"] if post else None,
        role=post["role"] if post else None,
        sections=_sections(own[SECTION]),
        actions=_actions(own[ACTION]),
        discussions=_discussions(own[DISCUSSION]),
        late_entries=_late_entries(own[LATE_ENTRY]),
        statements=_statements(own[STATEMENT]),
    )


@cache
def _days(kind: Kind) -> frozenset[str]:
    return frozenset(field.name for field in kind.fields if field.holds is Holds.DAY)


def _told(kind: Kind, row: Row) -> dict[str, Any]:
    """The row with its days as numbers."""
    days = _days(kind)
    return {
        name: day(value) if name in days and value is not None else value for name, value in row.items()
    }


def _pick(told: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: told[name] for name in names}


def _parts(database: Database, kind: Kind, field: str, ids: Iterable[str]) -> Parts:
    """The rows of a kind that belong to some others, by whose they are, in the order of their own ids."""
    found = defaultdict(list)
    for row in rows_of_any(database, kind.name, field, ids):
        found[row[field]].append(_told(kind, row))
    return found


def _sections(told: Sequence[dict[str, Any]]) -> tuple[Section, ...]:
    found = [Section(**_pick(part, "position", "part", "heading", "text")) for part in told]
    return tuple(sorted(found, key=lambda section: section.position))


def _actions(told: Sequence[dict[str, Any]]) -> tuple[Action, ...]:
    return tuple(Action(**_pick(part, "id", "text", "owner", "due_on", "done_on")) for part in told)


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


def _discussions(told: Sequence[dict[str, Any]]) -> tuple[Discussion, ...]:
    return tuple(
        Discussion(**_pick(part, "case_ref", "recorded_on_file", "analysis", "decision", "rationale"))
        for part in told
    )


def _late_entries(told: Sequence[dict[str, Any]]) -> tuple[LateEntry, ...]:
    found = [LateEntry(**_pick(part, "entered_on", "text", "by")) for part in told]
    return tuple(sorted(found, key=lambda entry: entry.entered_on))


def _statements(told: Sequence[dict[str, Any]]) -> tuple[Statement, ...]:
    return tuple(Statement(**_pick(part, "text", "by", "on")) for part in told)


def _post_on(posts: Sequence[dict[str, Any]], when: Day | None) -> dict[str, Any] | None:
    """The post that covers that day; of two, the one that began later."""
    if when is None:
        return None
    there = [
        post for post in posts
        if post["from"] <= when and (post["to"] is None or post["to"] >= when)
    ]  # fmt: skip
    return max(there, key=lambda post: post["from"], default=None)
