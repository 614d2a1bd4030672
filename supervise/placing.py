"""Placing sessions on days, one supervisor's room at a time (docs/decisions/0010 says how and why)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from supervise.cadence import Clockwork, Facts, Interval, Spell, Timeline
from supervise.presence import Presence
from supervise.workdays import FOREVER, Day, is_working_day

Slot = tuple[str, Day]
"""A supervisor's day."""

Line = tuple[bool, Day, Day, str]
"""Whether it can only be late, late-by, due day, whose: the order in which sessions are placed."""


class Need(NamedTuple):
    """One person to be seen: their facts as they stand (nothing held from the first day proposed on), when
    they are there, and the days from today on which a session that counts is booked."""

    facts: Facts
    presence: Presence
    booked: Sequence[Day] = ()


class Room(NamedTuple):
    """The supervisors' room: when each is there (always, where nothing is said), how many supervisions they
    have on a day already, and how many there may be."""

    supervisors: Mapping[str, Presence]
    taken: Mapping[Slot, int]
    a_day: int


@dataclass(slots=True, eq=False)
class Planned:
    """Somebody being planned for: `fixed` are the last session held and the bookings, `placed` the days
    proposed so far, `too_late` the anchors after which no day in time was found, and `given_up` those of
    them that have had their turn for a late day."""

    need: Need
    clockwork: Clockwork
    timeline: Timeline = field(init=False)
    fixed: list[Day] = field(init=False)
    placed: set[Day] = field(default_factory=set)
    too_late: set[Day] = field(default_factory=set)
    given_up: set[Day] = field(default_factory=set)

    def __post_init__(self) -> None:
        facts = self.need.facts
        self.timeline = self.clockwork.timeline(facts)
        self.fixed = [*self.clockwork.counting_days(facts.held)[-1:], *self.need.booked]

    @property
    def id(self) -> str:
        """Whose plan it is."""
        return self.need.facts.person.id

    def intervals(self, first: Day, without: Day | None = None) -> Iterator[Interval]:
        """The intervals that reach `first` or later days, everything fixed and placed taken as held."""
        days = sorted({*self.fixed, *self.placed} - {without})
        for interval in self.clockwork.intervals(self.timeline, days):
            if interval.end >= first:
                yield interval

    def unmet(self, first: Day) -> Iterator[Interval]:
        """Those of them that are due by the last day and have no session, or one too late."""
        for interval in self.intervals(first):
            is_due = interval.due is not None and interval.due.day <= self.clockwork.as_at
            if is_due and (interval.held is None or interval.days_late):
                yield interval

    def wanted(self, first: Day) -> Interval | None:
        """The first of those that may still be given a day."""
        found = (each for each in self.unmet(first) if each.anchor not in self.given_up)
        return next(found, None)


class Days(NamedTuple):
    """The days on which a session could be, best first: those in time, and the late ones."""

    in_time: list[Day]
    late: list[Day]


class Placing:
    """Places the sessions that people need from `first` to the clockwork's as-at day.

    A slot lists the people proposed for it; what is booked only takes its room.
    """

    def __init__(self, clockwork: Clockwork, first: Day, room: Room) -> None:
        self._clockwork, self._first, self._last = clockwork, first, clockwork.as_at
        self._room = room
        self._slots: defaultdict[Slot, list[Planned]] = defaultdict(list)
        self._touched: list[Planned] = []

    def place_all(self, people: Sequence[Planned]) -> None:
        """Places what is wanted, that whose late-by is earliest first; what cannot be in time waits until
        all that can be is placed, and then takes the earliest day that makes nobody else late.

        Making room for one moves sessions of others, and with them what those need next: a line of the
        queue that is out of date by then is put right when its turn comes.
        """
        by_id = {person.id: person for person in people}
        queue = [line for person in people for line in self._lines(person)]
        heapify(queue)
        while queue:
            line = heappop(queue)
            person = by_id[line[-1]]
            wanted = person.wanted(self._first)
            self._touched = [person]
            if wanted and _line(person, wanted) == line:
                self._place(person, wanted)
            for each in dict.fromkeys(self._touched):
                for due_line in self._lines(each):
                    heappush(queue, due_line)

    def _lines(self, person: Planned) -> Iterator[Line]:
        wanted = person.wanted(self._first)
        if wanted:
            yield _line(person, wanted)

    # Where a session could be

    def window(self, interval: Interval) -> range:
        """The days between which the session of an interval could be, whoever is there."""
        start = interval.anchor if interval.is_first else interval.anchor + 1
        before = FOREVER if interval.held is None else interval.held - 1
        end = min(interval.segment.last, self._last, before)
        return range(max(start, self._first), end + 1)

    def slot(self, person: Planned, spell: Spell, when: Day) -> Slot | None:
        """The supervisor's day that a session would take; None where the two cannot meet on it."""
        stretch = spell.at(when)
        supervisor = stretch.tenure.post.supervisor
        if supervisor is None or stretch.stopped or not is_working_day(when):
            return None
        if not person.need.presence.is_there(when) or not self.is_there(supervisor, when):
            return None
        return supervisor, when

    def is_there(self, supervisor: str, when: Day) -> bool:
        """Whether a supervisor is at work that day."""
        presence = self._room.supervisors.get(supervisor)
        return presence is None or presence.is_there(when)

    def _days(self, person: Planned, interval: Interval) -> Days:
        """The latest day up to the due day is best, then the earliest of the days of grace."""
        if interval.due is None:
            return Days([], [])
        due, latest = interval.due.day, late_by(interval)
        days = [day for day in self.window(interval) if self.slot(person, interval.spell, day)]
        before = [day for day in reversed(days) if day <= due]
        grace = [day for day in days if due < day <= latest]
        return Days(before + grace, [day for day in days if day > max(due, latest)])

    # Placing

    def _place(self, person: Planned, wanted: Interval) -> None:
        spell, days = wanted.spell, self._days(person, wanted)
        if wanted.anchor in person.too_late:
            person.given_up.add(wanted.anchor)
            any(self._put_on_one_of(person, spell, [when]) for when in days.late)
        elif not self._put_on_one_of(person, spell, days.in_time):
            person.too_late.add(wanted.anchor)

    def _put_on_one_of(self, person: Planned, spell: Spell, days: Sequence[Day]) -> bool:
        """Puts a session on the first free of these days or, if none is free, on one that can be freed."""
        return self._put_on_first_free(person, spell, days) or self._make_room(
            person, spell, days, set(), frozenset()
        )

    def _put_on_first_free(self, person: Planned, spell: Spell, days: Sequence[Day]) -> bool:
        for when in days:
            slot = self.slot(person, spell, when)
            if slot and self._has_room(slot):
                self._put(person, slot)
                return True
        return False

    def _has_room(self, slot: Slot) -> bool:
        return self._room.taken.get(slot, 0) + len(self._slots[slot]) < self._room.a_day

    def _put(self, person: Planned, slot: Slot) -> None:
        self._slots[slot].append(person)
        person.placed.add(slot[1])
        self._touched.append(person)

    def _make_room(
        self,
        person: Planned,
        spell: Spell,
        days: Sequence[Day],
        seen: set[Slot],
        path: frozenset[str],
    ) -> bool:
        """Whether one of these full days could be had by moving somebody else, who may in turn move
        another: an augmenting path of a matching. Nobody moves twice on one path."""
        for when in days:
            slot = self.slot(person, spell, when)
            if slot is None or slot in seen:
                continue
            seen.add(slot)
            for other in self._slots[slot]:
                if other.id not in path and self._move(other, slot, seen, path | {person.id}):
                    self._slots[slot].remove(other)
                    self._put(person, slot)
                    return True
        return False

    def _move(self, other: Planned, slot: Slot, seen: set[Slot], path: frozenset[str]) -> bool:
        """Puts somebody on another day than this one, if there is one that is in time."""
        spell, days = self._elsewhere(other, slot[1])
        other.placed.remove(slot[1])
        moved = self._put_on_first_free(other, spell, days) or self._make_room(
            other, spell, days, seen, path
        )
        if not moved:
            other.placed.add(slot[1])
        return moved

    def _elsewhere(self, person: Planned, when: Day) -> tuple[Spell, list[Day]]:
        """Where else a session could be, with itself and the next one in time; nowhere if it is late."""
        around = next(each for each in person.intervals(self._first, without=when) if each.end >= when)
        days = self._days(person, around)
        others = days.in_time if when in days.in_time else []
        kept = [day for day in others if day != when and self._keeps_the_next(around, day)]
        return around.spell, kept

    def _keeps_the_next(self, around: Interval, moved_to: Day) -> bool:
        if around.held is None:
            return True
        spell, segment = around.spell, around.segment
        following = self._clockwork.interval(spell, segment, moved_to, around.held, is_first=False)
        return not following.days_late


def late_by(interval: Interval) -> Day:
    """The last day in time; `FOREVER` where nothing can be late."""
    return FOREVER if interval.late_by is None else interval.late_by


def _line(person: Planned, wanted: Interval) -> Line:
    """A need's place in the queue."""
    assert wanted.due is not None, "what is wanted is due"
    return wanted.anchor in person.too_late, late_by(wanted), wanted.due.day, person.id
