"""When somebody is next due, and a day to begin a booking with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from supervise import wording
from supervise.cadence import Clockwork, standing
from supervise.cadence.standing import interval_at
from supervise.doing.dates import bookings_that_count, rows_about
from supervise.doing.here import Here
from supervise.doing.warnings import post_on
from supervise.errors import BadQuestion
from supervise.presence import Presence, presence_of
from supervise.service import Row, Service, gather
from supervise.workdays import Day, is_working_day, nth_working_day

AHEAD = 60
"""Days within which a day to begin with is looked for."""


class NextDate(NamedTuple):
    """When somebody is next due, with what is booked taken as held. `due` and `late_by` are None where
    nothing is due or late; `booked` is their last booking from today on, if there is one. `on` is a day to
    begin with, and `why` says which day that is, as the end of a sentence."""

    due: Day | None
    late_by: Day | None
    booked: Day | None
    on: Day
    why: str

    @property
    def sentence(self) -> str:
        """ "Due 10 Apr 2017, late after 15 Apr 2017"; what is known where nothing is due."""
        then = f" after the one booked for {wording.day(self.booked)}" if self.booked else ""
        if self.due is None:
            return f"Nothing is due{then}."
        late = f", late after {wording.day(self.late_by)}" if self.late_by else ", and never late"
        return f"Due {wording.day(self.due)}{late}{then}."


def next_date(here: Here, person: str, ignoring: str | None = None) -> NextDate:
    """When a person is next due, and a day on which both they and their supervisor can come: the last up to
    the due day, or else the first from tomorrow. `ignoring` is a session that is left out of account.
    BadQuestion if there is nobody of that id."""
    rows = rows_about(here, [person])
    rows["session"] = [row for row in rows["session"] if row["id"] != ignoring]
    if not rows["person"]:
        raise BadQuestion(
            f"There is nobody with the id “{person}” here.", "Choose somebody from the list."
        )
    due, late_by, booked = _due(here, gather(rows, here.today()), person)
    on, why = _day_for(here, rows, due)
    return NextDate(due, late_by, booked, on, why)


def supervisors(here: Here) -> list[tuple[str, str]]:
    """Everyone who is named as supervisor in a post: id and name, by name."""
    ids = {row["supervisor_id"] for row in here.store.rows("post")} - {None}
    found = here.store.rows_by_id("person", sorted(ids)).values()
    return sorted(((row["id"], row["name"]) for row in found), key=lambda each: each[1].casefold())


def _due(here: Here, service: Service, person: str) -> tuple[Day | None, Day | None, Day | None]:
    """Due day and late-by, and the last booking, after which they are reckoned if it is in time."""
    rulebook = here.rulebook()
    clocks = [clock for clock in rulebook.clock_names() if rulebook.per(clock) == "person"]
    if not clocks:
        return None, None, None
    usual = rulebook.clock_called(None)
    clock = usual if usual in clocks else clocks[0]
    now = Clockwork(rulebook, clock, here.today())
    facts = service.facts[person]
    stands = standing(now, facts)
    ahead = bookings_that_count(here, now, service, person)
    if not ahead or not stands.booked_in_time:
        return stands.due, stands.late_by, None
    then = Clockwork(rulebook, clock, ahead[-1] + 1)
    spell = then.timeline(facts).spell_at(ahead[-1])
    if spell is None:
        return None, None, ahead[-1]
    days = sorted({*now.counting_days(facts.held), *ahead})
    interval = interval_at(then, spell, days, ahead[-1])
    due = interval.due.day if interval and interval.due else None
    return due, interval.late_by if interval else None, ahead[-1]


def _day_for(here: Here, rows: dict[str, list[Row]], due: Day | None) -> tuple[Day, str]:
    tomorrow = here.today() + 1
    both = _Both(here, rows)
    if due is not None and due >= tomorrow:
        found = both.first_free(range(due, tomorrow - 1, -1))
        if found == due:
            return due, "the day it is due"
        if found is not None:
            return found, f"the last day before it is due on which {both.can_come}"
    found = both.first_free(range(tomorrow, tomorrow + AHEAD))
    if found is None:
        return nth_working_day(tomorrow, 1), "the next working day"
    return found, f"the first day on which {both.can_come}"


class _Both:
    """When a worker and the supervisor of their post are there."""

    def __init__(self, here: Here, rows: dict[str, list[Row]]) -> None:
        self._store, self._posts = here.store, rows["post"]
        self._worker = presence_of(rows["post"], rows["absence"])
        self._supervisors: dict[str, Presence] = {}
        self.can_come = "they can come"

    def first_free(self, days: Iterable[Day]) -> Day | None:
        """The first of these working days on which both are there; None if there is none."""
        return next((day for day in days if is_working_day(day) and self._are_there(day)), None)

    def _are_there(self, when: Day) -> bool:
        post = post_on(self._posts, when)
        if post is None or not self._worker.is_there(when):
            return False
        if post.supervisor is None:
            return True
        self.can_come = "both can come"
        return self._supervisor(post.supervisor).is_there(when)

    def _supervisor(self, person: str) -> Presence:
        if person not in self._supervisors:
            rows = [list(self._store.rows(kind, person_id=person)) for kind in ("post", "absence")]
            self._supervisors[person] = presence_of(*rows)
        return self._supervisors[person]
