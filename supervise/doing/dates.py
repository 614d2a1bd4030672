"""Who needs a date, and dates for them: what the store knows, gathered for `proposing`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from typing import NamedTuple

from supervise import answers, wording
from supervise.cadence import Clockwork
from supervise.doing.here import Here
from supervise.doing.warnings import sittings
from supervise.errors import BadQuestion
from supervise.placing import Need, Slot
from supervise.presence import Presence, presence_of
from supervise.proposing import Proposal, propose
from supervise.service import Row, Service, gather
from supervise.store.agenda import sessions_between
from supervise.store.facts import FactsReader
from supervise.workdays import Day, iso

AT_ONCE = 8
"""As many people are read in one step: with ten years of monthly sessions each, some hundredths of a second."""

_FACTS = ("post", "absence", "variation", "session")


class Unbooked(NamedTuple):
    """Somebody whose due day or late-by falls into a span and who has no booking in time. `booked_on` is
    their booking, if there is one too late; `late_by` None where nothing can be late."""

    person: str
    name: str
    team: str
    supervisor: str | None
    status: str
    due: Day
    late_by: Day | None
    booked_on: Day | None


def due_between(
    here: Here, first: Day, last: Day, team: str | None, supervisor: str | None
) -> list[Unbooked]:
    """Those with a due day or late-by from `first` to `last`, as things stand today, and no booking in time;
    by due day and name."""
    clockwork = here.clockwork()
    if clockwork.rulebook.per(clockwork.clock) == "case":
        return []
    reader = FactsReader(here.store.database, clockwork.as_at, team)
    service = reader.standing(clockwork.rulebook, clockwork.clock)
    found = []
    for each in answers.standings(clockwork, service, team):
        post = each.tenure.post if each.tenure else None
        falls = any(on is not None and first <= on <= last for on in (each.due, each.late_by))
        if each.due is None or post is None or not falls or each.booked_in_time:
            continue
        if supervisor in (None, post.supervisor):
            name = service.name(each.subject) or each.subject
            found.append(
                Unbooked(
                    each.subject, name, post.team, post.supervisor,
                    each.status, each.due, each.late_by, each.booked_on,
                )
            )  # fmt: skip
    return sorted(found, key=lambda each: (each.due, each.name, each.person))


class Gathered(NamedTuple):
    """All that dates are proposed from: plain values, which another thread may have. `notes` are what to
    read before relying on them; for the rest see `proposing.propose`."""

    needs: list[Need]
    clockwork: Clockwork
    first: Day
    supervisors: dict[str, Presence]
    taken: Counter[Slot]
    a_day: int
    notes: list[str]

    def propose(self) -> Proposal:
        """The dates; pure."""
        found = propose(
            self.needs, self.clockwork, self.first,
            supervisors=self.supervisors, taken=self.taken, a_day=self.a_day,
        )  # fmt: skip
        return found._replace(notes=[*self.notes, *found.notes])


def gathering(
    here: Here, team: str | None, supervisor: str | None, weeks: int, a_day: int
) -> Generator[tuple[int, int], None, Gathered]:
    """Reads what dates are proposed from, for those in a post of a team or under a supervisor from tomorrow
    for so many weeks (everyone, if neither is named). Each step says how many people of how many are read;
    Gathered is returned at the end. See `Diary.propose` for what is refused, at the first step."""
    if weeks < 1 or a_day < 1:
        raise BadQuestion("Dates need at least one week, and one a day.", "Choose 1 or more.")
    first, last = here.today() + 1, here.today() + 7 * weeks
    clockwork = here.clockwork(as_at=last)
    if clockwork.rulebook.per(clockwork.clock) == "case":
        raise BadQuestion(
            f"The clock “{clockwork.clock}” runs for cases, and dates are proposed for people.",
            "Add a policy with a clock for people.",
        )
    needs: list[Need] = []
    notes: list[str] = []
    whom = _whom(here, first, last, team, supervisor)
    for done in range(0, len(whom), AT_ONCE):
        yield done, len(whom)
        rows = rows_about(here, whom[done : done + AT_ONCE])
        service = gather(rows, here.today())
        needs += _needs(here, clockwork, rows, service)
        notes += _unwritten(here, service)
    supervisors = _supervisors(here, needs)
    return Gathered(needs, clockwork, first, supervisors, _taken(here, first, last), a_day, notes)


def propose_dates(
    here: Here, team: str | None, supervisor: str | None, weeks: int, a_day: int
) -> Proposal:
    """What is gathered and proposed, at one go."""
    steps = gathering(here, team, supervisor, weeks, a_day)
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            gathered: Gathered = ended.value
            return gathered.propose()


def _whom(here: Here, first: Day, last: Day, team: str | None, supervisor: str | None) -> list[str]:
    """The people with such a post between two days, in order of id."""
    equal = {"team": team, "supervisor_id": supervisor}
    asked = {name: value for name, value in equal.items() if value is not None}
    posts = here.store.rows("post", **asked)
    return sorted(
        {
            row["person_id"]
            for row in posts
            if row["from"] <= iso(last) and (row["to"] is None or row["to"] >= iso(first))
        }
    )


def rows_about(here: Here, people: Iterable[str]) -> dict[str, list[Row]]:
    """What the engine is told of some people, as rows."""
    rows: dict[str, list[Row]] = {kind: [] for kind in _FACTS}
    rows["person"] = list(here.store.rows_by_id("person", people).values())
    for person in rows["person"]:
        for kind in _FACTS:
            rows[kind] += here.store.rows(kind, person_id=person["id"])
    return rows


def _needs(
    here: Here, clockwork: Clockwork, rows: dict[str, list[Row]], service: Service
) -> Iterator[Need]:
    of = {kind: _by_person(rows[kind]) for kind in ("post", "absence")}
    for id_, facts in service.facts.items():
        presence = presence_of(of["post"].get(id_, ()), of["absence"].get(id_, ()))
        yield Need(facts, presence, bookings_that_count(here, clockwork, service, id_))


def _by_person(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["person_id"], []).append(row)
    return found


def bookings_that_count(here: Here, clockwork: Clockwork, service: Service, person: str) -> list[Day]:
    """The days from today on for which a person has a booking that counts."""
    days = set()
    for session in service.sessions.get(person, ()):
        planned = session.planned_on
        if session.status == "planned" and planned is not None and planned >= here.today():
            clock = clockwork.rulebook.clock_on(clockwork.clock, planned)
            if clock and session.kind in clock.counts:
                days.add(planned)
    return sorted(days)


def _supervisors(here: Here, needs: Iterable[Need]) -> dict[str, Presence]:
    """When the people's supervisors are there."""
    ids = {post.supervisor for need in needs for post in need.facts.posts}
    return {
        id_: presence_of(
            here.store.rows("post", person_id=id_), here.store.rows("absence", person_id=id_)
        )
        for id_ in sorted(id_ for id_ in ids if id_)
    }


def _taken(here: Here, first: Day, last: Day) -> Counter[Slot]:
    """How many supervisions each supervisor has booked on a day."""
    planned = (
        entry
        for entry in sessions_between(here.store.database, first, last)
        if entry.status == "planned"
    )
    return Counter(
        (entry.supervisor, entry.on) for entry in sittings(planned) if entry.supervisor is not None
    )


def _unwritten(here: Here, service: Service) -> Iterator[str]:
    """Bookings whose day has passed and of which nothing is said: they are taken as not held."""
    for id_, sessions in sorted(service.sessions.items()):
        for session in sessions:
            planned = session.planned_on
            if session.status == "planned" and planned is not None and planned < here.today():
                yield (
                    f"{service.name(id_)} was booked for {wording.day(planned)}, and what became of it is "
                    "not recorded: it was taken as not held."
                )
