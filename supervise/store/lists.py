"""What waits for somebody, read in bulk: open actions, unsigned records, bookings, drafts (floor 2).

Everything is as at a day: a session held after it has not been held yet, an action done after it is not
done yet, and what was signed after it is not signed yet.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import compress, product
from sys import intern
from typing import Any, NamedTuple

from supervise.fields import SESSION, SESSION_KINDS
from supervise.service import session_of
from supervise.sessions import EVIDENCE, Session
from supervise.store.database import Database, stream
from supervise.store.rows import Row, from_values, kind_of, listed, names
from supervise.workdays import FIRST_DAY, FOREVER, Day, day, iso

_LATER = "9999"  # after every day that can be entered

_THERE = "CASE session.status WHEN 'held' THEN session.held_on ELSE coalesce({action}.recorded_on, '') END <= :day"
"""An action is there from the day its session was held; one of a session that was not, from the day it was
recorded, if that is known."""

_ACTIONS = f"""
    WITH RECURSIVE
    wanted (id, text, person_id, owner, due_on, done_on, carried_from, session_id, session_on) AS (
        SELECT action.id, action.text, action.person_id, owner, due_on, done_on, carried_from, session_id,
               coalesce(held_on, planned_on)
        FROM action JOIN session ON session.id = session_id
        WHERE {{done}} AND {_THERE.format(action="action")} AND {{people}}
    ),
    earlier (of, id) AS (
        SELECT id, carried_from FROM wanted WHERE carried_from IS NOT NULL
        UNION SELECT of, carried_from FROM earlier JOIN action USING (id) WHERE carried_from IS NOT NULL
    ),
    carried (of, times, in_a_ring) AS (
        SELECT of, count(*), max(of = id) FROM earlier GROUP BY of
    )
    SELECT wanted.id, text, person_id, owner, due_on, done_on, coalesce(times, 0), session_id, session_on
    FROM wanted LEFT JOIN carried ON of = wanted.id
    WHERE {{done_too}} OR in_a_ring OR NOT EXISTS (
        SELECT 1 FROM action AS later JOIN session ON session.id = later.session_id
        WHERE later.carried_from = wanted.id AND {_THERE.format(action="later")}
    )
    ORDER BY coalesce(due_on, '{_LATER}'), wanted.id
"""
_LACKED = (  # in the order of `sessions.EVIDENCE`; a held session that does not say was recorded when it was held
    "coalesce(recorded_on, '') > :day",
    *(
        f"coalesce({on}, '{_LATER}') > :day"
        for on in ("shared_on", "worker_signed_on", "supervisor_signed_on")
    ),
)
_NOT_EVIDENCED = f"""
    SELECT id, person_id, supervisor_id, kind, held_on, {", ".join(_LACKED)}
    FROM session
    WHERE status = 'held' AND record_kept IS NULL AND held_on <= :day AND {{people}} AND ({" OR ".join(_LACKED)})
    ORDER BY held_on, id
"""
_COLUMNS = ", ".join(f'session."{name}"' for name in names(SESSION))
_PLANNED = f"""
    SELECT {_COLUMNS} FROM session
    WHERE status = 'planned' AND planned_on BETWEEN :first AND :last AND {{people}}
    UNION ALL
    SELECT {_COLUMNS} FROM person CROSS JOIN session INDEXED BY session_held
    WHERE status = 'held' AND person_id = person.id
        AND kind IN ({", ".join(f"'{kind}'" for kind in SESSION_KINDS)}) AND held_on > :day
        AND planned_on BETWEEN :first AND :last AND {{people}}
"""
_BOOKED = """
    SELECT session.id, session.person_id, session.supervisor_id, session.kind, planned_on, planned_start, place
    FROM json_each(:pairs) AS pair CROSS JOIN session INDEXED BY session_planned
    WHERE planned_on = pair.value ->> 1 AND status IN ('planned', 'held') AND person_id = pair.value ->> 0
        AND (status = 'planned' OR held_on > :day) AND {people}
"""
_NOT_HELD = f"""
    SELECT {_COLUMNS} FROM session
    WHERE status IN ('cancelled', 'missed') AND coalesce(planned_on, recorded_on) BETWEEN :first AND :last
        AND {{people}}
"""


_MISSING = {
    lacked: tuple(compress(EVIDENCE, lacked)) for lacked in product((0, 1), repeat=len(EVIDENCE))
}
"""The words for the steps that are lacking."""


class NotEvidenced(NamedTuple):
    """A held session without all of its evidence, and the steps it lacks (see `sessions`)."""

    id: str
    person: str
    supervisor: str | None
    kind: str
    held_on: Day
    missing: tuple[str, ...]


class ActionThere(NamedTuple):
    """An action as it stands: whose session it comes from, on which day that was held (or else planned),
    and how often it was carried forward to come here."""

    id: str
    text: str
    person: str
    owner: str | None
    due_on: Day | None
    done_on: Day | None
    carried: int
    session: str
    session_on: Day | None


class DraftKept(NamedTuple):
    """That there is a draft, without its words, and when it was last kept (UTC, ISO)."""

    id: str
    updated_at: str


class Lists:
    """Reads what waits as at a day, of everyone, or of `people` (ids)."""

    def __init__(self, database: Database, as_at: Day, people: Iterable[str] | None = None) -> None:
        self._database = database
        self._day = iso(as_at)
        self._people = None if people is None else json.dumps(sorted(set(people)))

    def open_actions(self) -> list[ActionThere]:
        """What is not done yet, the earliest due first, what has no day last. Of one that was carried
        forward only the last is listed; those carried in a ring are all listed, that none is lost."""
        return self._actions(done="(done_on IS NULL OR done_on > :day)", done_too="0")

    def done_actions(self) -> list[ActionThere]:
        """What is done, in the same order."""
        return self._actions(done="done_on <= :day", done_too="1")

    def _actions(self, **parts: str) -> list[ActionThere]:
        return [
            ActionThere(id, text, person, owner, _day(due), _day(done), carried, session, _day(on))
            for id, text, person, owner, due, done, carried, session, on in self._ask(
                _ACTIONS, "action.person_id", **parts
            )
        ]

    def not_evidenced(self) -> Iterator[NotEvidenced]:
        """The held sessions, of every kind, whose record is kept here and is not yet recorded, shared and
        signed by both; the longest ago first. They come one by one: of a large service they are very many."""
        for id, person, supervisor, kind, held, *lacked in stream(
            self._database, *self._asked(_NOT_EVIDENCED, "person_id")
        ):
            yield NotEvidenced(
                id,
                intern(person),
                supervisor and intern(supervisor),
                intern(kind),
                day(held),
                _MISSING[tuple(lacked)],
            )

    def planned(self, first: Day = FIRST_DAY, last: Day = FOREVER) -> list[Session]:
        """The sessions planned for these days, in order of day and time: those before the day itself have
        passed without a word. One that was held after the day was still planned on it."""
        return self._sessions(_PLANNED, first, last)

    def booked(self, pairs: Iterable[tuple[str, Day]]) -> list[Session]:
        """The sessions planned for these people on these days, as `planned` orders them and with no more
        than a booking has: for a whole service's next bookings, of which `planned` would read far more."""
        wanted = json.dumps([(person, iso(on)) for person, on in pairs])
        sessions = [
            Session(
                id=id, person=person, supervisor=supervisor, kind=kind, status="planned",
                planned_on=day(on), planned_start=start, place=place,
            )
            for id, person, supervisor, kind, on, start, place in self._ask(
                _BOOKED, "session.person_id", pairs=wanted
            )
        ]  # fmt: skip
        return sorted(sessions, key=_in_the_diary)

    def not_held(self, first: Day, last: Day) -> list[Session]:
        """The sessions cancelled or missed that were planned for these days, in order; where no day was
        planned, the day on which it was recorded says where they belong."""
        return self._sessions(_NOT_HELD, first, last)

    def drafts(self) -> list[DraftKept]:
        """Every draft there is, the latest first; whose they are is not known here."""
        sql = "SELECT id, updated_at FROM draft ORDER BY updated_at DESC, id"
        return [DraftKept(*row) for row in self._database.execute(sql).fetchall()]

    def _sessions(self, sql: str, first: Day, last: Day) -> list[Session]:
        found = self._ask(sql, "session.person_id", first=iso(first), last=iso(last))
        sessions = [session_of(from_values(SESSION, values)) for values in found]
        return sorted(sessions, key=_in_the_diary)

    def _ask(self, sql: str, column: str, **parts: str) -> list[tuple[Any, ...]]:
        """The rows of a question. See `_asked`."""
        found: list[tuple[Any, ...]] = self._database.execute(
            *self._asked(sql, column, **parts)
        ).fetchall()
        return found

    def _asked(self, sql: str, column: str, **parts: str) -> tuple[str, dict[str, str | None]]:
        """A question: `{people}` becomes whom it is about, `parts` fill its other places."""
        people = "1" if self._people is None else f"{column} IN (SELECT value FROM json_each(:people))"
        return sql.format(people=people, **parts), {"day": self._day, "people": self._people, **parts}


def rows_of_any(database: Database, kind: str, field: str, values: Iterable[str]) -> list[Row]:
    """The rows of a kind whose field is one of the values, in the order of their ids."""
    of = kind_of(kind)
    if field not in names(of):
        raise ValueError(f"a {kind} has no {field}")
    sql = f'SELECT {listed(of)} FROM {kind} WHERE "{field}" IN (SELECT value FROM json_each(?)) ORDER BY id'
    found = database.execute(sql, [json.dumps(sorted(set(values)))]).fetchall()
    return [from_values(of, row) for row in found]


def ever_in(database: Database, team: str) -> list[str]:
    """The ids of everyone who is, was or will be in a post of that team."""
    return _ids(database, "SELECT DISTINCT person_id FROM post WHERE team = ? ORDER BY 1", team)


def ever_under(database: Database, supervisor: str) -> list[str]:
    """The ids of everyone in whose posts that supervisor is named."""
    sql = "SELECT DISTINCT person_id FROM post WHERE supervisor_id = ? ORDER BY 1"
    return _ids(database, sql, supervisor)


def all_cases(database: Database) -> list[str]:
    """The reference of every case there is or was."""
    return _ids(database, "SELECT DISTINCT case_ref FROM case_allocation ORDER BY 1")


def _ids(database: Database, sql: str, *values: str) -> list[str]:
    return [id for (id,) in database.execute(sql, values).fetchall()]


def _in_the_diary(session: Session) -> tuple[Day, str, str, str]:
    """Day by day, those without a time last."""
    on = session.planned_on or session.recorded_on or FOREVER
    return on, session.planned_start or "~", session.person, session.id


def _day(text: str | None) -> Day | None:
    return day(text) if text else None
