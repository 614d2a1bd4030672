"""A service's facts, gathered from rows for one question (floor 1).

Rows are the plain dictionaries of `fields`. Here they become the records that the engine reads, and here
`as_at` and `known_at` decide which of them are known (cadence, section 5).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from supervise.cadence import CaseFacts, Facts, held_and_booked
from supervise.people import Absence, Allocation, Person, Post, Variation
from supervise.sessions import Session
from supervise.workdays import FOREVER, Day, day

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]
"""Rows by the name of their kind."""

_SESSION_DAYS = (
    "planned_on", "held_on", "recorded_on", "shared_on", "worker_signed_on", "supervisor_signed_on",
)  # fmt: skip
_SESSION_AS_IS = (
    "id", "kind", "status", "planned_start", "started_at", "minutes", "interrupted", "place",
    "signed_how", "worker_view", "record_kept", "reason", "cancelled_by", "notes",
)  # fmt: skip


@dataclass(slots=True)
class Service:
    """Everyone's facts, in order of id, and every case's. `sessions` (by person) and `discussed` (by case)
    are there where the question needs their records and not only their days; `names` also has people
    whom the question is not about, such as the supervisors of a team."""

    facts: dict[str, Facts]
    cases: dict[str, CaseFacts] = field(default_factory=dict)
    sessions: dict[str, list[Session]] = field(default_factory=dict)
    discussed: dict[str, list[Session]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def subjects(self, per: str) -> Iterable[Facts | CaseFacts]:
        """The people, or the cases, that a clock runs for ("person" or "case")."""
        return self.cases.values() if per == "case" else self.facts.values()

    def name(self, person: str | None) -> str | None:
        """What a person is called, or None."""
        return self.names.get(person) if person else None


def gather(rows: Rows, as_at: Day, known_at: Day | None = None) -> Service:
    """Everything the engine is told, as at one day and, if given, as known at the end of another.

    The rows of `known_at` are those that stood then: corrections since are undone by who reads them. A
    row whose `recorded_on` is later is left out here; one without was always known.
    """
    known = _Known(known_at)
    posts, absences = known.by_person(rows, "post"), known.by_person(rows, "absence")
    variations = known.by_person(rows, "variation")
    sessions: dict[str, list[Session]] = defaultdict(list)
    by_id: dict[str, Session] = {}
    for row in rows.get("session", ()):
        session = session_of(row)
        by_id[session.id] = session
        sessions[session.person].append(session)
    people = sorted(known.of(rows, "person"), key=lambda row: str(row["id"]))
    service = Service({}, sessions=sessions, names={row["id"]: row["name"] for row in people})
    for row in people:
        held, booked = held_and_booked(sessions.get(row["id"], ()), as_at, known_at)
        service.facts[row["id"]] = Facts(
            person_of(row),
            [post_of(post) for post in posts[row["id"]]],
            [absence_of(absence) for absence in absences[row["id"]]],
            [variation_of(variation) for variation in variations[row["id"]]],
            held,
            booked,
        )
    _gather_cases(service, rows, by_id, known, as_at)
    return service


def _gather_cases(
    service: Service, rows: Rows, sessions: Mapping[str, Session], known: _Known, as_at: Day
) -> None:
    discussed: dict[str, list[Session]] = defaultdict(list)
    for row in known.of(rows, "case_discussion"):
        if row["session_id"] in sessions:
            discussed[row["case_ref"]].append(sessions[row["session_id"]])
    allocations: dict[str, list[Allocation]] = defaultdict(list)
    for row in known.of(rows, "case_allocation"):
        allocations[row["case_ref"]].append(allocation_of(row))
    for case_ref in sorted(allocations):
        held, booked = held_and_booked(discussed[case_ref], as_at, known.at)
        service.cases[case_ref] = CaseFacts(case_ref, allocations[case_ref], service.facts, held, booked)
    service.discussed = discussed


class _Known(NamedTuple):
    """Which rows had been recorded by the end of a day."""

    at: Day | None

    def of(self, rows: Rows, kind: str) -> Sequence[Row]:
        found = rows.get(kind, ())
        if self.at is None:
            return found
        return [
            row for row in found if not (row.get("recorded_on") and day(row["recorded_on"]) > self.at)
        ]

    def by_person(self, rows: Rows, kind: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.of(rows, kind):
            found[row["person_id"]].append(row)
        return found


def _day(row: Row, name: str) -> Day | None:
    text = row.get(name)
    return day(text) if text else None


def _last(row: Row) -> Day:
    return day(row["to"]) if row.get("to") else FOREVER


def person_of(row: Row) -> Person:
    """The person a row of people tells of."""
    return Person(
        id=row["id"],
        name=row["name"],
        employed_from=_day(row, "employed_from"),
        registered_on=_day(row, "registered_on"),
        left_on=_day(row, "left_on"),
        records_from=_day(row, "records_from"),
    )


def post_of(row: Row) -> Post:
    """The post a row of posts tells of."""
    return Post(
        team=row["team"],
        role=row["role"],
        first=day(row["from"]),
        last=_last(row),
        basis=row.get("basis"),
        supervisor=row.get("supervisor_id"),
    )


def absence_of(row: Row) -> Absence:
    """The absence a row of absences tells of."""
    return Absence(kind=row["kind"], first=day(row["from"]), last=_last(row))


def variation_of(row: Row) -> Variation:
    """The agreed frequency a row of variations tells of."""
    return Variation(
        clock=row["clock"],
        every=row["every"],
        first=day(row["from"]),
        last=_last(row),
        reason=row.get("reason"),
        approved_by=row.get("approved_by"),
    )


def allocation_of(row: Row) -> Allocation:
    """The allocation a row of cases tells of."""
    return Allocation(
        case_ref=row["case_ref"],
        person=row["person_id"],
        first=day(row["from"]),
        last=_last(row),
        plan=row.get("plan"),
    )


def session_of(row: Row) -> Session:
    """The session a row of sessions tells of, without the parts of its record."""
    values: dict[str, Any] = {name: row.get(name) for name in _SESSION_AS_IS}
    values |= {name: _day(row, name) for name in _SESSION_DAYS}
    return Session(person=row["person_id"], supervisor=row.get("supervisor_id"), **values)
