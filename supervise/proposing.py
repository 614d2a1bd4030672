"""Dates for the coming weeks that keep everyone in policy (docs/decisions/0010 says how and why).

Pure: what is due comes from the engine, with the days booked and proposed taken as held. `placing` finds
the days; here they are told, with what cannot be kept, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from supervise import wording
from supervise.cadence import Clockwork, Interval
from supervise.placing import Need, Placing, Planned, Room, Slot, late_by
from supervise.presence import Presence
from supervise.workdays import Day, is_working_day

__all__ = ["A_DAY", "Cannot", "Need", "Proposal", "Proposed", "Slot", "as_kept", "propose"]

A_DAY = 2
"""How many supervisions a supervisor is asked to hold on one day, unless somebody says otherwise."""


class Proposed(NamedTuple):
    """A session with a person on a day. `supervisor` is that of their post of the day, `kind` one that the
    clock counts; `due` and `late_by` are its interval's (None: nothing is due there); `booked` says that it
    stands already."""

    person: str
    name: str
    supervisor: str | None
    on: Day
    kind: str
    due: Day | None
    late_by: Day | None
    booked: bool

    @property
    def is_in_time(self) -> bool:
        """Whether it is by late-by."""
        return self.late_by is None or self.on <= self.late_by


class Cannot(NamedTuple):
    """A session that cannot be in time: why, as a sentence, and the earliest day there is for it (None: none
    in these weeks)."""

    person: str
    sentence: str
    earliest: Day | None


class Proposal(NamedTuple):
    """Dates from `first` to `last` in order of days, those booked already among them; what cannot be
    kept; and `notes`, sentences to read before relying on it."""

    first: Day
    last: Day
    dates: list[Proposed]
    cannot: list[Cannot]
    notes: list[str]


def propose(
    needs: Sequence[Need],
    clockwork: Clockwork,
    first: Day,
    *,
    supervisors: Mapping[str, Presence],
    taken: Mapping[Slot, int],
    a_day: int = A_DAY,
) -> Proposal:
    """Dates for everyone from `first` to the clockwork's as-at day.

    `supervisors` says when each supervisor is there, and `taken` how many supervisions they have on a day
    already. Nothing is proposed on a day that has `a_day` of them, by bookings or by what is proposed.
    """
    placing = Placing(clockwork, first, Room(supervisors, taken, a_day))
    people = [Planned(need, clockwork) for need in needs]
    placing.place_all(people)
    telling = _Telling(placing, first, clockwork)
    dates = sorted(
        (date for person in people for date in telling.dates(person)),
        key=lambda date: (date.on, date.name, date.person),
    )
    cannot = [each for person in people for each in telling.cannot(person)]
    notes = [note for person in people for note in telling.notes(person)]
    return Proposal(first, clockwork.as_at, dates, cannot, notes)


def as_kept(need: Need, clockwork: Clockwork, first: Day, days: Iterable[Day]) -> list[Proposed]:
    """What somebody's due days and late-bys are if these days are kept, with their bookings: how dates are
    told again once somebody has altered them. Days on which they are not in post are left out."""
    telling = _Telling(Placing(clockwork, first, Room({}, {}, 0)), first, clockwork)
    person = Planned(need, clockwork)
    person.placed.update(days)
    return list(telling.dates(person))


class _Telling:
    """What came of the placing, person by person."""

    def __init__(self, placing: Placing, first: Day, clockwork: Clockwork) -> None:
        self._placing, self._clockwork = placing, clockwork
        self._first, self._last = first, clockwork.as_at

    def dates(self, person: Planned) -> Iterator[Proposed]:
        """Everything booked or proposed for a person."""
        for interval in person.intervals(self._first):
            if interval.held is not None and self._first <= interval.held <= self._last:
                yield self._proposed(person, interval, interval.held)

    def _proposed(self, person: Planned, interval: Interval, on: Day) -> Proposed:
        return Proposed(
            person=person.id,
            name=_name(person),
            supervisor=interval.spell.at(on).tenure.post.supervisor,
            on=on,
            kind=self._kind(on),
            due=interval.due.day if interval.due else None,
            late_by=interval.late_by,
            booked=on in person.need.booked,
        )

    def _kind(self, on: Day) -> str:
        """The kind of session to book for the clock: a one-to-one where that counts."""
        clock = self._clockwork.rulebook.clock_on(self._clockwork.clock, on)
        kinds = sorted(clock.counts) if clock else []
        return kinds[0] if kinds and "one_to_one" not in kinds else "one_to_one"

    def cannot(self, person: Planned) -> Iterator[Cannot]:
        """What is not in time for a person, and why."""
        unmet = list(person.unmet(self._first))
        for interval in unmet:
            yield Cannot(person.id, self._why_not(person, interval), interval.held)
        in_post = person.timeline.spell_at(self._first) is not None
        if in_post and not unmet and person.need.presence.is_away_without_end(self._first):
            said = f"{_name(person)} is away and no day of return is entered: nothing is proposed until it is."
            yield Cannot(person.id, said, None)

    def _why_not(self, person: Planned, interval: Interval) -> str:
        assert interval.due is not None, "what is unmet is due"
        due, latest = interval.due.day, late_by(interval)
        if self._is_nobodys(interval):
            said = "no supervisor is named in the post, so no date can be proposed."
            return f"{_name(person)}: {said}"
        was = "was" if due < self._first else "is"
        told = f"{_name(person)} {was} due on {wording.day(due)}"
        if latest <= self._last:
            told += f" and late after {wording.day(latest)}"
        if latest >= self._first:
            told += f", but {self._in_the_way(person, interval)}"
        return f"{told}. {self._instead(person, interval)}".rstrip()

    def _is_nobodys(self, interval: Interval) -> bool:
        days = self._placing.window(interval)
        return bool(days) and all(interval.spell.at(day).tenure.post.supervisor is None for day in days)

    def _in_the_way(self, person: Planned, interval: Interval) -> str:
        """What stands in the way on the working days left until it is late."""
        spell = interval.spell
        latest = min(late_by(interval), self._last)
        days = [day for day in self._placing.window(interval) if day <= latest and is_working_day(day)]
        if not days:
            return "no working day is left until then"
        there = [day for day in days if person.need.presence.is_there(day) and not spell.at(day).stopped]
        both = [day for day in there if self._placing.slot(person, spell, day)]
        reasons = (
            (len(days) - len(there), "away or not worked"),
            (len(there) - len(both), "without the supervisor"),
            (len(both), "full"),
        )
        said = ", ".join(f"{wording.days(n)} {why}" for n, why in reasons if n)
        until = "until then" if latest == interval.late_by else f"up to {wording.day(self._last)}"
        return f"no working day {until} is free ({said})"

    def _instead(self, person: Planned, interval: Interval) -> str:
        if interval.held is None and late_by(interval) > self._last:
            return ""  # said already
        if interval.held is None:
            return f"No day up to {wording.day(self._last)} is free."
        if interval.held in person.need.booked:
            return f"It is booked for {wording.day(interval.held)}."
        return f"The earliest free day is {wording.day(interval.held)}."

    def notes(self, person: Planned) -> Iterator[str]:
        """Working days of a person that could not be read."""
        for text in person.need.presence.unread(self._first, self._last):
            yield (
                f"The working days of {_name(person)} are entered as “{text}”, which cannot be read as "
                "weekdays: every weekday was taken."
            )


def _name(person: Planned) -> str:
    return person.need.facts.person.name
