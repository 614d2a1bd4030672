"""What stands in the diary between two days, read in bulk: sessions with names and teams, no notes."""

from __future__ import annotations

from typing import NamedTuple

from supervise.store.database import Database
from supervise.workdays import Day, day, iso

_BETWEEN = """
    WITH found AS (
        SELECT rowid AS at, planned_on AS day FROM session INDEXED BY session_planned
        WHERE planned_on BETWEEN :first AND :last AND status <> 'held'
        UNION ALL
        SELECT rowid, held_on FROM session INDEXED BY session_planned
        WHERE status = 'held' AND held_on BETWEEN :first AND :last
    )
    SELECT session.id, found.day, coalesce(CASE status WHEN 'held' THEN started_at END, planned_start),
           status, kind, person_id, person.name, session.supervisor_id, supervisor.name, place,
           (SELECT team FROM post WHERE post.person_id = session.person_id AND "from" <= found.day
            AND coalesce("to", '9999') >= found.day ORDER BY "from" DESC, id DESC LIMIT 1)
    FROM found JOIN session ON session.rowid = found.at JOIN person ON person.id = session.person_id
    LEFT JOIN person AS supervisor ON supervisor.id = session.supervisor_id
    ORDER BY found.day, 3, person.name, session.id
"""


class Entry(NamedTuple):
    """A session as a calendar shows it: on the day it was held, or else planned. `at` is hh:mm, `team`
    that of the worker's post of the day; None where nothing is known."""

    session: str
    on: Day
    at: str | None
    status: str
    kind: str
    person: str
    name: str
    supervisor: str | None
    supervisor_name: str | None
    place: str | None
    team: str | None


def sessions_between(database: Database, first: Day, last: Day) -> list[Entry]:
    """The sessions of those days, in order of day, time (none first) and name."""
    days = {"first": iso(first), "last": iso(last)}
    rows = database.execute(_BETWEEN, days).fetchall()
    return [Entry(row[0], day(row[1]), *row[2:]) for row in rows]
