"""What to look at before a supervision is booked: plain words, and nothing that forbids it.

Why somebody is away is nobody's business here: an absence is "away", whatever its kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from supervise import wording
from supervise.cadence import Clockwork
from supervise.cadence.facts import held_and_booked
from supervise.cadence.standing import interval_at
from supervise.doing.here import Here
from supervise.people import Post
from supervise.presence import presence_of
from supervise.service import Row, gather, post_of
from supervise.store.agenda import Entry, sessions_between
from supervise.workdays import Day, bank_holidays, is_working_day

MANY = 4
"""As many supervisions on one day leave a supervisor time for little else."""

USUAL_MINUTES = 60
"""How long a supervision takes where the policy sets no length."""


@dataclass(frozen=True, slots=True)
class Thought:
    """A booking that somebody thinks of. `ignoring` is a session that it takes the place of."""

    person: str
    on: Day
    at: str | None
    supervisor: str | None
    kind: str
    ignoring: str | None


def warnings(here: Here, thought: Thought) -> list[str]:
    """What to look at before booking it, the day itself first. Empty if there is nothing."""
    looking = _Looking(here, thought)
    return [
        *looking.at_the_day(),
        *looking.at_the_person(),
        *looking.at_their_bookings(),
        *looking.at_late_by(),
        *looking.at_the_supervisor(),
    ]


def about_the_day(here: Here, thought: Thought) -> list[str]:
    """Of these, what the day itself has in the way, without what is booked or late already."""
    looking = _Looking(here, thought)
    return [*looking.at_the_day(), *looking.at_the_person(), *looking.at_the_supervisor()]


def post_on(posts: Iterable[Row], when: Day) -> Post | None:
    """The post that holds a day: of two, the one that started later, then the later row."""
    found: Post | None = None
    for post in sorted(map(post_of, posts), key=lambda post: post.first):
        if post.first <= when <= post.last:
            found = post
    return found


def sittings(entries: Iterable[Entry]) -> list[Entry]:
    """One entry for each time a supervisor sits down with somebody: a group that meets at one time, with a
    session for each who comes, is one."""
    found: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        together = (entry.supervisor, entry.on, entry.at)
        found.setdefault(together if entry.kind == "group" else (entry.session,), entry)
    return list(found.values())


def length(clockwork: Clockwork, on: Day) -> int:
    """How many minutes to keep free for a supervision on a day: the policy's least, or an hour."""
    clock = clockwork.rulebook.clock_on(clockwork.clock, on)
    return (clock.min_minutes if clock else None) or USUAL_MINUTES


class _Looking:
    def __init__(self, here: Here, thought: Thought) -> None:
        self._here, self._thought, self._today = here, thought, here.today()
        self._clockwork = here.clockwork(as_at=max(thought.on, self._today))
        store = here.store
        self._rows = {
            kind: list(store.rows(kind, person_id=thought.person))
            for kind in ("post", "absence", "variation", "session")
        }
        self._rows["person"] = list(store.rows_by_id("person", [thought.person]).values())
        service = gather(self._rows, self._today)
        self._facts = service.facts[thought.person]
        self._name = self._facts.person.name
        self._others = [
            session
            for session in service.sessions.get(thought.person, ())
            if session.id != thought.ignoring
        ]

    def at_the_day(self) -> Iterator[str]:
        on, said = self._thought.on, wording.day(self._thought.on)
        if on < self._today:
            yield f"{said} is in the past."
        if holiday := bank_holidays().get(on):
            yield f"{said} is a bank holiday: {holiday}."
        elif not is_working_day(on):
            yield f"{said} is a {_weekday(on)}."

    def at_the_person(self) -> Iterator[str]:
        on, left = self._thought.on, self._facts.person.left_on
        yield from self._presence(self._thought.person, self._rows["post"], self._rows["absence"])
        if post_on(self._rows["post"], on) is None or (left is not None and left < on):
            yield f"{self._name} is not in post on {wording.day(on)}."

    def _presence(self, person: str, posts: Iterable[Row], absences: Iterable[Row]) -> Iterator[str]:
        on, name = self._thought.on, self._here.name(person)
        presence = presence_of(posts, absences)
        if presence.is_away(on):
            yield f"{name} is away on {wording.day(on)}."
        if not presence.works(on):
            yield f"{name} does not work on {_weekday(on)}s."
        for text in presence.unread(on, on):
            yield f"The working days of {name} are entered as “{text}”, which cannot be read as weekdays."

    def at_their_bookings(self) -> Iterator[str]:
        booked = sorted({on for _, on in self._booked()})
        if booked:
            yield f"{self._name} is already booked for {wording.each_day(booked)}."

    def _booked(self) -> Iterator[tuple[str, Day]]:
        """Their other bookings from today on: kind and day."""
        for session in self._others:
            planned = session.planned_on
            if session.status == "planned" and planned is not None and planned >= self._today:
                yield session.kind, planned

    def at_late_by(self) -> Iterator[str]:
        """Late after the last session held or booked before the day, as the engine reckons it."""
        on, clockwork = self._thought.on, self._clockwork
        clock = clockwork.rulebook.clock_on(clockwork.clock, on)
        counts = clock is not None and clock.per == "person" and self._thought.kind in clock.counts
        if not counts or on < self._today:
            return
        held, _ = held_and_booked(self._others, self._today)
        for kind, planned in self._booked():
            held.setdefault(kind, []).append(planned)
        days = [day for day in clockwork.counting_days(held) if day < on]
        spell = clockwork.timeline(self._facts).spell_at(on)
        interval = interval_at(clockwork, spell, days, on) if spell else None
        if interval is None or interval.late_by is None:
            return
        if late := interval.spell.in_scope(interval.late_by + 1, on):
            latest = wording.day(interval.late_by)
            yield f"{wording.day(on)} is {wording.days(late)} late: the last day in time is {latest}."

    def at_the_supervisor(self) -> Iterator[str]:
        on, supervisor = self._thought.on, self._thought.supervisor
        if supervisor is None:
            yield f"No supervisor is named for {self._name} on {wording.day(on)}."
            return
        store = self._here.store
        rows = [list(store.rows(kind, person_id=supervisor)) for kind in ("post", "absence")]
        yield from self._presence(supervisor, *rows)
        theirs = [
            entry
            for entry in sessions_between(store.database, on, on)
            if entry.supervisor == supervisor
            and entry.status in ("planned", "held")
            and entry.session != self._thought.ignoring
        ]
        yield from self._clashes(supervisor, sittings(theirs))

    def _clashes(self, supervisor: str, theirs: list[Entry]) -> Iterator[str]:
        on, at, name = self._thought.on, self._thought.at, self._here.name(supervisor)
        apart = length(self._clockwork, on)
        for entry in theirs:
            together = entry.kind == self._thought.kind == "group" and entry.at == at
            if at and entry.at and abs(_minute(entry.at) - _minute(at)) < apart and not together:
                yield f"{name} has a supervision with {entry.name} at {entry.at} that day."
        if len(theirs) >= MANY:
            yield f"{name} has {wording.counted(len(theirs), 'supervision')} on {wording.day(on)} already."


def _weekday(when: Day) -> str:
    return wording.long_day(when).split()[0]


def _minute(at: str) -> int:
    hours, minutes = at.split(":")
    return int(hours) * 60 + int(minutes)
