"""What the Team and Today pages say, as plain records, and the sentence on top (floor 1).

`doing.looking` gathers them from the store; nothing here knows it, or the window. Days are numbers, and
None where there is none. A list here is never cut short: how much of it is shown is the page's affair.
"""

from typing import NamedTuple

from supervise import wording
from supervise.workdays import Day

NONE_RECORDED = "none recorded"
"""What is said of a gap without any reason (interchange, section 1)."""


# The Team page


class Booking(NamedTuple):
    """A session that is planned: `start` is hh:mm, None where no time was agreed."""

    session: str
    person: str
    name: str
    kind: str
    on: Day
    start: str | None
    place: str | None
    supervisor: str | None


class BoardRow(NamedTuple):
    """A person (under a case clock: a case, whose holder `person` is) on a day.

    `phase` is what stands below the name: "Newly qualified · week 9, every 2 weeks". `rule` is the title
    of what holds on the day and `every` its frequency as policies write it, both None where there is
    none. `days_since` counts from `last_held`; `days_late` is 0 unless there is a gap. `supervisor_name`
    is None where nobody is named.
    """

    subject: str
    person: str
    name: str
    team: str
    role: str
    basis: str | None
    phase: str
    supervisor: str | None
    supervisor_name: str | None
    last_held: Day | None
    days_since: int | None
    due: Day | None
    late_by: Day | None
    status: str
    days_late: int
    rule: str | None
    every: str | None
    away: bool
    booked_on: Day | None
    booked_in_time: bool | None
    booking: Booking | None


class LeftOut(NamedTuple):
    """Somebody (or a case) that is not on the board, and why: "Left 3 Feb 2017"."""

    subject: str
    name: str
    why: str


class Board(NamedTuple):
    """Where everyone stands on a day. `policy` is the title of the one in force on it."""

    day: Day
    clock: str
    team: str | None
    policy: str | None
    rows: tuple[BoardRow, ...]
    left_out: tuple[LeftOut, ...]

    def having(self, *statuses: str) -> int:
        """How many rows have one of these statuses."""
        return sum(row.status in statuses for row in self.rows)


# The Today page


class NotHeld(NamedTuple):
    """A session that was cancelled or missed: `by` says who cancelled it (worker, supervisor, other)."""

    session: str
    on: Day
    status: str
    reason: str | None
    by: str | None


class LateUnder(NamedTuple):
    """Whose supervision the late days fell to: `person` and `name` are None where nobody was named."""

    person: str | None
    name: str | None
    days: int


class GapNow(NamedTuple):
    """Somebody with a gap, who is not away. `explained` are the reasons entered for its late days,
    `not_held` the sessions cancelled or missed in its interval, `late_under` in order of days."""

    row: BoardRow
    late_from: Day
    not_held: tuple[NotHeld, ...]
    explained: tuple[str, ...]
    late_under: tuple[LateUnder, ...]


class DueNow(NamedTuple):
    """Somebody due this week or next, or past due in grace. `then` says what follows the present phase,
    "then every 2 weeks from 4 April"; `carried` is how often the most carried open action was."""

    row: BoardRow
    this_week: bool
    then: str | None
    open_actions: int
    carried: int


class Passed(NamedTuple):
    """A planned day that is over, with nothing entered: held, moved, cancelled or missed."""

    booking: Booking
    days: int


class Unevidenced(NamedTuple):
    """A held session without all of its evidence. `missing` are the steps (see `sessions`), `supervisor` is
    the name of who held it."""

    session: str
    person: str
    name: str
    kind: str
    held_on: Day
    missing: tuple[str, ...]
    supervisor: str | None
    days: int

    @property
    def said(self) -> str:
        """What there is and what is not: "written up and shared, not yet signed by Dilys Parry"."""
        return wording.evidence_said(self.missing, self.name, self.supervisor)


class ActionNow(NamedTuple):
    """An open action. `days_overdue` is 0 where it is not overdue; `carried` counts how often it was
    carried forward; `session` is the one it stands in now, held (or else planned) on `session_on`."""

    id: str
    text: str
    person: str
    name: str
    owner: str | None
    due_on: Day | None
    days_overdue: int
    carried: int
    session: str
    session_on: Day | None


class AwayNow(NamedTuple):
    """Somebody away whose clock runs on, or has nothing to run by: `said` tells what the coming days will
    change. The kind of an absence is not told here."""

    row: BoardRow
    said: str


class DraftWaiting(NamedTuple):
    """A draft somebody has not finished; `updated_at` is UTC, as ISO text."""

    id: str
    updated_at: str


class Today(NamedTuple):
    """Who needs somebody now, as at a day: `people` are in post, `with_rule` of them have a rule.

    `due` is in order of due day, `booked` of day and time, from the day itself to the end of next week;
    the other lists begin with what has waited longest.
    """

    day: Day
    team: str | None
    people: int
    with_rule: int
    gaps: tuple[GapNow, ...]
    due: tuple[DueNow, ...]
    booked: tuple[Booking, ...]
    passed: tuple[Passed, ...]
    unevidenced: tuple[Unevidenced, ...]
    overdue_actions: tuple[ActionNow, ...]
    away: tuple[AwayNow, ...]
    no_supervisor: tuple[BoardRow, ...]
    drafts: tuple[DraftWaiting, ...]

    @property
    def booked_today(self) -> tuple[Booking, ...]:
        """The bookings of the day itself."""
        return tuple(booking for booking in self.booked if booking.on == self.day)

    @property
    def sentence(self) -> str:
        """ "2 gaps, 3 due this week, 1 record unsigned"; good words where there is none of these."""
        if not self.people:
            return "Nobody is in post here on this day"
        if not self.with_rule:
            return "No rule asks for anything here on this day"
        this_week = sum(due.this_week for due in self.due)
        unsigned = sum(any("signed" in step for step in each.missing) for each in self.unevidenced)
        unshared = len(self.unevidenced) - unsigned
        away = sum(each.row.status == "gap" for each in self.away)
        parts = [
            (len(self.gaps), wording.counted(len(self.gaps), "gap")),
            (away, f"{wording.counted(away, 'gap')} of {'somebody' if away == 1 else 'people'} away"),
            (this_week, f"{this_week} due this week"),
            (unsigned, f"{wording.counted(unsigned, 'record')} unsigned"),
            (unshared, f"{wording.counted(unshared, 'record')} not shared"),
        ]
        said = ", ".join(words for n, words in parts if n)
        return said or "No gaps, nothing due this week, every record signed"
