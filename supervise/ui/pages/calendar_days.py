"""What a calendar shows: the days of a month, and what stands on each, read for the day looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from supervise import wording
from supervise.doing.diary import Diary, Entry, Unbooked
from supervise.doing.looking import Looking
from supervise.presence import weekday
from supervise.ui.desk import View
from supervise.workdays import FIRST_DAY, FOREVER, Day, bank_holidays, is_working_day, month_of
from supervise.workspace import Workspace

WEEKS = 6
"""Rows of a month: no month lies over more weeks."""


class Look(NamedTuple):
    """How a mark is shown: its shape, and its word."""

    shape: str
    word: str


LOOKS = {
    "planned": Look("●", "booked"),
    "passed": Look("○", "booked, nothing entered"),
    "held": Look("✓", "held"),
    "cancelled": Look("✕", "cancelled"),
    "missed": Look("⊘", "missed"),
    "due": Look("◔", "due"),
    "late": Look("▲", "late after this day"),
}
LEGEND = "   ".join(f"{look.shape}\u00a0{look.word.replace(' ', chr(0xA0))}" for look in LOOKS.values())


class Mark(NamedTuple):
    """Something on a day: `kind` is one of LOOKS. `session` is None for what is due or late, `at` hh:mm;
    `more` are quiet words beside it."""

    on: Day
    kind: str
    person: str
    name: str
    session: str | None = None
    at: str | None = None
    more: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """As it stands in a day of the month: "● 10:00 Ada Nwosu", "◔ Ada Nwosu due"."""
        said = {"due": "due", "late": "late after", "cancelled": "cancelled", "missed": "missed"}
        return " ".join(
            filter(None, (LOOKS[self.kind].shape, self.at, self.name, said.get(self.kind, "")))
        )

    @property
    def brief(self) -> str:
        """As it is drawn in a narrow day: "● Ada Nwosu". Its shape says the rest; the list has the words."""
        return f"{LOOKS[self.kind].shape} {self.name}"

    @property
    def spoken(self) -> str:
        """For a screen reader: "Ada Nwosu booked at 10:00"."""
        at = f" at {self.at}" if self.at else ""
        return f"{self.name} {LOOKS[self.kind].word}{at}"

    @property
    def is_booking(self) -> bool:
        """Whether it stands as booked."""
        return self.kind in ("planned", "passed")


@dataclass(frozen=True, slots=True)
class DayHolds:
    """A day of the calendar, and what stands on it."""

    day: Day
    in_month: bool = True
    is_today: bool = False
    marks: tuple[Mark, ...] = ()

    @property
    def holiday(self) -> str:
        """The name of the bank holiday that it is, or nothing."""
        return bank_holidays().get(self.day, "")

    @property
    def is_quiet(self) -> bool:
        """Whether nobody works on it: a weekend or a bank holiday."""
        return not is_working_day(self.day)

    @property
    def spoken(self) -> str:
        """The day and what is on it, for a screen reader."""
        today = "today" if self.is_today else ""
        said = "; ".join(mark.spoken for mark in self.marks) or "nothing"
        head = ", ".join(filter(None, (wording.long_day(self.day), today, self.holiday)))
        return f"{head}: {said}"


@dataclass(frozen=True, slots=True)
class MonthHolds:
    """Six weeks that hold a month. `unbooked` are those due by their end who have no booking in time,
    whatever month they fell due in."""

    first: Day
    last: Day
    days: tuple[DayHolds, ...] = ()
    unbooked: tuple[Unbooked, ...] = field(default=())

    def on(self, day: Day) -> DayHolds:
        """What stands on one of the days."""
        return self.days[day - self.days[0].day]

    def shows(self, day: Day) -> bool:
        """Whether the day is one of them."""
        return bool(self.days) and self.days[0].day <= day <= self.days[-1].day

    def marks(self) -> Iterator[Mark]:
        """Everything in the month itself, in order."""
        for each in self.days:
            if each.in_month:
                yield from each.marks

    @property
    def title(self) -> str:
        """ "March 2026"."""
        return wording.full_day(self.first).split(" ", 1)[1]


def read_month(workspace: Workspace, view: View, around: Day) -> MonthHolds:
    """The month that holds a day, of the team looked at, as things stood on the day looked at."""
    first, last = month_of(around)
    start = max(first - weekday(first), FIRST_DAY)
    end = min(start + 7 * WEEKS - 1, FOREVER)
    here = workspace.here._replace(today=lambda: view.day)
    diary = Diary(here)
    unbooked = diary.due_between(FIRST_DAY, end, view.team)
    marks: dict[Day, list[Mark]] = {}
    for mark in (*_sessions(diary, Looking(here), view, start, end), *_dues(unbooked)):
        marks.setdefault(mark.on, []).append(mark)
    days = tuple(
        DayHolds(day, first <= day <= last, day == view.day, tuple(marks.get(day, ())))
        for day in range(start, end + 1)
    )
    return MonthHolds(first, last, days, tuple(unbooked))


def _sessions(diary: Diary, looking: Looking, view: View, start: Day, end: Day) -> Iterator[Mark]:
    """Today everything; on an earlier day what had come by then, and what was booked ahead."""
    until = end if view.is_today else min(end, view.day)
    for entry in diary.between(start, until, view.team):
        yield _mark(entry, view.day)
    if until < end:
        ahead = max(start, until + 1)
        for booking in looking.bookings(ahead, end, view.day, team=view.team):
            yield Mark(
                booking.on, "planned", booking.person, booking.name, booking.session, booking.start,
                tuple(filter(None, (wording.words(booking.kind), booking.place))),
            )  # fmt: skip


def _mark(entry: Entry, today: Day) -> Mark:
    kind = "passed" if entry.status == "planned" and entry.on < today else entry.status
    by = f"with {entry.supervisor_name}" if entry.supervisor_name else None
    more = tuple(filter(None, (wording.words(entry.kind), entry.place, by)))
    return Mark(entry.on, kind, entry.person, entry.name, entry.session, entry.at, more)


def _dues(unbooked: Iterable[Unbooked]) -> Iterator[Mark]:
    for each in unbooked:
        late = f"late after {wording.day(each.late_by)}" if each.late_by else "never late"
        more = [late] + ([f"booked for {wording.day(each.booked_on)}"] if each.booked_on else [])
        if each.late_by != each.due:
            yield Mark(each.due, "due", each.person, each.name, more=tuple(more))
        if each.late_by is not None:
            was = f"due {wording.day(each.due)}"
            yield Mark(each.late_by, "late", each.person, each.name, more=(was, *more[1:]))


def month_before(first: Day) -> Day:
    """The first day of the month before; the earliest there is at the end of time."""
    return month_of(max(first - 1, FIRST_DAY))[0]


def month_after(last: Day) -> Day:
    """The first day of the month after."""
    return min(last + 1, date(2199, 11, 1).toordinal())
