"""What the engine needs of everyone, read in bulk (floor 2).

The same facts as `service.gather` gathers from rows, but only as many as a question can use: of the
sessions held, a standing needs the last one, and a history their days.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from supervise.cadence import Facts
from supervise.fields import ABSENCE_KINDS, SESSION_KINDS
from supervise.people import Absence, Person, Post, Variation
from supervise.policies import Rulebook
from supervise.service import Service, session_of
from supervise.sessions import Session
from supervise.store.database import Database
from supervise.store.rows import from_values, kind_of, listed
from supervise.workdays import FOREVER, Day, iso

_PEOPLE = """
    SELECT id, name, employed_from, registered_on, left_on, records_from FROM person WHERE {people} ORDER BY id
"""
_POSTS = """
    SELECT person_id, "from", "to", team, role, basis, supervisor_id FROM post WHERE {people} ORDER BY id
"""
_VARIATIONS = """
    SELECT person_id, "from", "to", clock, every FROM variation WHERE {people} ORDER BY id
"""
_ABSENCES = """
    SELECT person_id, group_concat(kind), group_concat("from"), group_concat(coalesce("to", '')) FROM absence
    WHERE (kind IN ({kinds}) OR ("from" <= ? AND coalesce("to", '9999') >= ?)) AND {people} GROUP BY person_id
"""
_HISTORY = """
    SELECT person_id, kind, group_concat(held_on) FROM session
    WHERE status = 'held' AND kind IN ({kinds}) AND held_on <= ? AND {people} GROUP BY person_id, kind
"""
_LAST = """
    SELECT id, (SELECT max(held_on) FROM session WHERE status = 'held' AND session.person_id = person.id
                AND kind = ? AND held_on BETWEEN ? AND ?) AS last
    FROM person WHERE last IS NOT NULL AND {people}
"""
_BOOKED = """
    SELECT person_id, kind, min(planned_on) FROM session INDEXED BY {index}
    WHERE planned_on >= ? AND status IN ('planned', 'held') AND (status = 'planned' OR held_on > ?) AND {people}
    GROUP BY person_id, kind
"""
_BOOKED_BY_ALL, _BOOKED_BY_SOME = (  # of everybody, the days to come; of a few, their own sessions
    _BOOKED.replace("{index}", index) for index in ("session_planned", "session_held")
)


class _Days(dict[str | None, Day]):
    """ISO text to day numbers, each worked out once; None or "", the open end of a span, is FOREVER."""

    def __init__(self) -> None:
        super().__init__({None: FOREVER, "": FOREVER})

    def __missing__(self, text: str | None) -> Day:
        assert text is not None, "the store's own CHECKs keep days whole"
        found = self[text] = date.fromisoformat(text).toordinal()
        return found


class FactsReader:
    """Reads facts as they stand in the store; `team` keeps to those in a post of that team on the day,
    `people` to those with these ids (who are passed over where there is nobody of that id)."""

    def __init__(
        self,
        database: Database,
        as_at: Day,
        team: str | None = None,
        *,
        people: Iterable[str] | None = None,
    ) -> None:
        self._database, self._as_at = database, as_at
        self._days = _Days()
        self._whom: list[str] | None = None if team is None else self._members(team)
        if people is not None:
            wanted = set(people)
            self._whom = sorted(wanted if self._whom is None else wanted.intersection(self._whom))

    def posts(self) -> Service:
        """The people and their posts, with what else their days hold apart from sessions: enough to say
        where somebody works on a day."""
        return self._people(())

    def standing(self, rulebook: Rulebook, clock: str) -> Service:
        """What it takes to say where everyone stands under one clock on the day: of their sessions the
        last ones, and of their absences those that can stop the clock or that cover the day."""
        suspending = {kind for policy in rulebook.policies for kind in policy.suspends}
        service = self._people(suspending)
        starts = [*rulebook.starts, FOREVER + 1]
        for policy, start, after in zip(rulebook.policies, starts, starts[1:], strict=False):
            found = policy.clock(clock)
            for kind in found.counts if found and start <= self._as_at else ():
                span = (iso(max(start, 1)), iso(min(after - 1, self._as_at)))
                for person, last in self._ask(_LAST, "id", kind, *span):
                    service.facts[person].held.setdefault(kind, []).append(self._days[last])
        return service

    def history(self, rulebook: Rulebook, clock: str, *, every_kind: bool = False) -> Service:
        """What it takes to tell everyone's whole history under one clock; with `every_kind` also the days
        of sessions that no policy counts, for whoever draws them."""
        service = self._people()
        days = self._days
        found = (policy.clock(clock) for policy in rulebook.policies)
        counted = {kind for each in found if each for kind in each.counts}
        kinds = SESSION_KINDS if every_kind else sorted(counted)
        sql = _HISTORY.replace("{kinds}", ", ".join("?" * len(kinds)))
        for person, kind, held in self._ask(sql, "person_id", *kinds, iso(self._as_at)):
            service.facts[person].held[kind] = list(map(days.__getitem__, held.split(",")))
        return service

    def sessions(self, first: Day, last: Day) -> dict[str, list[Session]]:
        """The sessions held from `first` to `last`, whole, by person."""
        kind = kind_of("session")
        sql = f"SELECT {listed(kind)} FROM session WHERE status = 'held' AND held_on BETWEEN ? AND ?"
        found: dict[str, list[Session]] = defaultdict(list)
        for values in self._database.execute(sql, [iso(first), iso(last)]):
            session = session_of(from_values(kind, values))
            found[session.person].append(session)
        return found

    def _members(self, team: str) -> list[str]:
        sql = """SELECT DISTINCT person_id FROM post WHERE team = ? AND "from" <= ? AND coalesce("to", '9999') >= ?"""
        # a weekend between two posts belongs to the earlier one: look back over the longest holiday
        since = iso(self._as_at - 14)
        return [row[0] for row in self._database.execute(sql, [team, iso(self._as_at), since])]

    def _people(self, absences: Iterable[str] = ABSENCE_KINDS) -> Service:
        """Everyone without their sessions, with their absences of these kinds and those of the day."""
        facts: dict[str, Facts] = {}
        days = self._days
        for id_, name, began, registered, left, known in self._ask(_PEOPLE, "id"):
            person = Person(
                id_, name, began and days[began], registered and days[registered],
                left and days[left], known and days[known],
            )  # fmt: skip
            facts[id_] = Facts(person)
        self._add_spans(facts, absences)
        today = iso(self._as_at)
        booked = _BOOKED_BY_ALL if self._whom is None else _BOOKED_BY_SOME
        for person_id, kind, planned in self._ask(booked, "person_id", today, today):
            facts[person_id].booked[kind] = days[planned]
        return Service(facts, names=self._names(facts))

    def _add_spans(self, facts: dict[str, Facts], absences: Iterable[str]) -> None:
        days, today = self._days, iso(self._as_at)
        for person, first, last, team, role, basis, supervisor in self._ask(_POSTS, "person_id"):
            facts[person].posts.append(Post(days[first], days[last], team, role, basis, supervisor))
        kinds = list(absences)
        sql = _ABSENCES.replace("{kinds}", ", ".join("?" * len(kinds)))
        for person, *spans in self._ask(sql, "person_id", *kinds, today, today):
            of_kind, first, last = (text.split(",") for text in spans)
            on = days.__getitem__
            facts[person].absences = list(map(Absence, of_kind, map(on, first), map(on, last)))
        for person, first, last, clock, every in self._ask(_VARIATIONS, "person_id"):
            variation = Variation(clock=clock, every=every, first=days[first], last=days[last])
            facts[person].variations.append(variation)

    def _names(self, facts: dict[str, Facts]) -> dict[str, str]:
        """Everyone's name; of a team, its members' and their supervisors'."""
        names = {id_: each.person.name for id_, each in facts.items()}
        if self._whom is None:
            return names
        wanted = {post.supervisor for each in facts.values() for post in each.posts if post.supervisor}
        for id_ in sorted(wanted - names.keys()):
            for (name,) in self._database.execute("SELECT name FROM person WHERE id = ?", [id_]):
                names[id_] = name
        return names

    def _ask(self, sql: str, id_column: str, *parameters: Any) -> list[Sequence[Any]]:
        """All rows of a question whose `{people}` is replaced by whom it is about."""
        people, asked = "1", list(parameters)
        if self._whom is not None:
            people = f"{id_column} IN (SELECT value FROM json_each(?))"
            asked.append(json.dumps(self._whom))
        found: list[Sequence[Any]] = self._database.execute(sql.format(people=people), asked).fetchall()
        return found


def teams(database: Database) -> list[str]:
    """Every team that anyone is or was in, in order of name."""
    return [
        row[0] for row in database.execute("SELECT DISTINCT team FROM post ORDER BY team").fetchall()
    ]
