"""Gaps that were shortened or removed by what was entered later (cadence, section 5).

A fact recorded more than seven days after it began, or a correction made as late, is taken away again, and
the gaps without it are compared with the gaps there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from supervise.cadence import Clockwork, Gap
from supervise.service import Row, Rows, gather
from supervise.workdays import Day, day

LATE = 7
"""Days after which a fact counts as entered later."""

_BEGINS = {"session": "held_on", "post": "from", "absence": "from", "variation": "from"}


@dataclass(frozen=True, slots=True)
class Correction:
    """A row as it was before it was corrected or removed on a day, and by whom."""

    kind: str
    before: Row
    on: Day
    by: str


@dataclass(frozen=True, slots=True)
class ChangedGap:
    """A gap as it would be without a later entry, and what is left of it (empty: it is gone)."""

    person: str
    before: Gap
    after: tuple[Gap, ...]
    entered_on: Day
    by: str | None
    what: str


def changed_gaps(
    clockwork: Clockwork,
    rows: Rows,
    corrections: Iterable[Correction],
    who_entered: Callable[[str, str], str | None],
) -> list[ChangedGap]:
    """Every gap of a person that a later entry shortened or removed, in order of person.

    `rows` are all that is known; `who_entered` gives the name of whoever put a row in, if it is known.
    """
    people = _by_person(rows)
    found: list[ChangedGap] = []
    for person in sorted(people):
        own = people[person]
        after = _gaps(clockwork, own)
        for kind, began in _BEGINS.items():
            for row in own.get(kind, ()):
                recorded = row.get("recorded_on")
                if row.get(began) and recorded and day(recorded) - day(row[began]) > LATE:
                    without = {**own, kind: [other for other in own[kind] if other is not row]}
                    by = who_entered(kind, row["id"])
                    found += _changes(person, _gaps(clockwork, without), after, day(recorded), by, kind)
        for correction in corrections:
            if correction.before.get("person_id") == person:
                found += _corrected(clockwork, person, own, after, correction)
    return found


def _corrected(
    clockwork: Clockwork, person: str, own: Rows, after: Sequence[Gap], correction: Correction
) -> list[ChangedGap]:
    kind, before = correction.kind, correction.before
    began = before.get(_BEGINS[kind]) or before.get("planned_on")
    if not began or correction.on - day(began) <= LATE:
        return []
    as_it_was = {**own, kind: [row for row in own.get(kind, ()) if row["id"] != before["id"]] + [before]}
    was = _gaps(clockwork, as_it_was)
    return _changes(person, was, after, correction.on, correction.by, f"{kind} corrected")


def _by_person(rows: Rows) -> dict[str, dict[str, list[Row]]]:
    people: dict[str, dict[str, list[Row]]] = {
        row["id"]: defaultdict(list, person=[row]) for row in rows.get("person", ())
    }
    for kind in _BEGINS:
        for row in rows.get(kind, ()):
            if row["person_id"] in people:
                people[row["person_id"]][kind].append(row)
    return people


def _gaps(clockwork: Clockwork, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Gap]:
    service = gather(rows, clockwork.as_at)
    return [gap for facts in service.facts.values() for gap in clockwork.gaps(facts)]


def _changes(
    person: str, was: Iterable[Gap], now: Sequence[Gap], on: Day, by: str | None, what: str
) -> list[ChangedGap]:
    """The gaps of `was` that have fewer late days `now`."""
    changed = []
    for gap in was:
        left = tuple(
            other
            for other in now
            if other.first_late_day <= gap.last_late_day and other.last_late_day >= gap.first_late_day
        )
        if sum(other.days_late for other in left) < gap.days_late:
            changed.append(ChangedGap(person, gap, left, on, by, what))
    return changed
