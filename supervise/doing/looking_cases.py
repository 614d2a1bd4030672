"""The cases that somebody holds, and where each stands under the clocks that run per case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from supervise.cadence import Clockwork, Standing, standing
from supervise.policies import Rulebook
from supervise.service import Row, Service, gather
from supervise.store import Store
from supervise.store.lists import rows_of_any
from supervise.workdays import FOREVER, Day, day


class CaseLine(NamedTuple):
    """A case held by the person, and where it stands under each case clock, if they hold it on the day."""

    id: str
    case_ref: str
    plan: str | None
    first: Day
    last: Day
    standings: tuple[tuple[str, Standing], ...]


def cases_of(store: Store, person: str, rulebook: Rulebook, when: Day) -> Iterable[CaseLine]:
    """The person's cases, the last allocated first. Each is reckoned with everybody who ever held it."""
    mine = list(store.rows("case_allocation", person_id=person))
    names = [name for name in rulebook.clock_names() if rulebook.per(name) == "case"]
    clocks = [Clockwork(rulebook, name, when) for name in names] if mine else []
    cases = case_service(store, {row["case_ref"] for row in mine}, when).cases if clocks else {}
    for row in sorted(mine, key=lambda row: (str(row["from"]), str(row["id"])), reverse=True):
        first, last = day(row["from"]), last_day(row)
        found = [
            (clockwork.clock, standing(clockwork, cases[row["case_ref"]]))
            for clockwork in clocks
            if first <= when <= last
        ]
        held = [each for each in found if each[1].tenure and each[1].tenure.person == person]
        yield CaseLine(row["id"], row["case_ref"], row["plan"], first, last, tuple(held))


def case_service(store: Store, case_refs: Iterable[str], when: Day) -> Service:
    """Everything the engine is told of some cases: who held them, and where they were discussed."""
    database = store.database
    allocations = rows_of_any(database, "case_allocation", "case_ref", case_refs)
    discussions = rows_of_any(database, "case_discussion", "case_ref", case_refs)
    holders = {row["person_id"] for row in allocations}
    posts = rows_of_any(database, "post", "person_id", holders)
    named = holders | {row["supervisor_id"] for row in posts if row["supervisor_id"]}
    sessions = store.rows_by_id("session", {row["session_id"] for row in discussions})
    return gather(
        {
            "person": rows_of_any(database, "person", "id", named),
            "post": posts,
            "absence": rows_of_any(database, "absence", "person_id", holders),
            "session": list(sessions.values()),
            "case_allocation": allocations,
            "case_discussion": discussions,
        },
        when,
    )


def last_day(row: Row) -> Day:
    """The last day of a row that has a `to`; FOREVER where that is open."""
    return day(row["to"]) if row["to"] else FOREVER
