"""People and what is true of them between two days: posts, absences, variations, cases.

A *day* is a whole civil date as a number (`datetime.date.toordinal`), because the engine does sums with
days and carries ten years of sessions. `FOREVER` stands for an open end.
"""

from typing import NamedTuple

from supervise.workdays import FOREVER, Day


class Person(NamedTuple):
    """Someone the service employs, or did. `employed_from` is the first day with the council,
    `registered_on` that of professional registration, and before `records_from` nothing is known of
    their sessions. Days not known are None."""

    id: str
    name: str
    employed_from: Day | None = None
    registered_on: Day | None = None
    left_on: Day | None = None
    records_from: Day | None = None


class Post(NamedTuple):
    """A post held from `first` to `last`, both included (`FOREVER` while it is open)."""

    first: Day
    last: Day
    team: str
    role: str
    basis: str | None = None
    supervisor: str | None = None


class Absence(NamedTuple):
    """Time away, both ends included. `kind` is health data: it belongs on the person's own papers only."""

    kind: str
    first: Day
    last: Day = FOREVER


class Variation(NamedTuple):
    """An agreed personal frequency for one clock ("2 weeks"), which beats every rule."""

    clock: str
    every: str
    first: Day
    last: Day = FOREVER
    reason: str | None = None
    approved_by: str | None = None


class Allocation(NamedTuple):
    """A case held by a worker from `first` to `last`, with the plan it is under (cp, cin, …)."""

    case_ref: str
    person: str
    first: Day
    last: Day = FOREVER
    plan: str | None = None
