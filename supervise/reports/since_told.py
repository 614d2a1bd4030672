"""What the paper "Since the last visit" is told: plain records of two periods, gathered by whoever has the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from supervise.compliance import Share
from supervise.reports.measured import GapSeen, Measure, Measured, RuleSeen
from supervise.wording import counted
from supervise.workdays import Day

COUNTED = "counted"
"""What is said of somebody in the one period where they are not left out."""


class Side(NamedTuple):
    """One of the two periods in figures: shares by field of `compliance.Measures`, gaps with a late day in it,
    and the late days of the longest."""

    shares: Mapping[str, Share]
    gaps: int
    longest: int


class Under(NamedTuple):
    """Both periods had one policy alone always been in force. It is that of `when`: "then" (the day before the
    visit), "now" (the last day known) or "both". Without such a clock in it there are no `sides`."""

    policy: str
    when: str
    sides: tuple[Side, Side] | None


class GapSince(NamedTuple):
    """A gap, its late days before the visit, and those since."""

    gap: GapSeen
    before: int
    since: int


class Late(NamedTuple):
    """Somebody's gaps with a late day in a period, the late days of that period, and where there is none why
    ("none", "clock stopped by an absence")."""

    gaps: int
    days: int
    why: str

    @property
    def words(self) -> str:
        """ "2 gaps, 31 late days"."""
        return (
            f"{counted(self.gaps, 'gap')}, {counted(self.days, 'late day')}" if self.gaps else self.why
        )


class PersonSince(NamedTuple):
    """Somebody (or a case) with a gap in one of the periods."""

    name: str
    before: Late
    since: Late


class SupervisorChange(NamedTuple):
    """From a day on somebody has another supervisor; None is nobody named."""

    on: Day
    name: str
    was: str | None
    now: str | None


class ManagerPost(NamedTuple):
    """A post of somebody who supervises here began, or ended, on a day."""

    on: Day
    name: str
    post: str
    began: bool


class There(NamedTuple):
    """How many people were in post on the day before the visit and on the last day known, and how many of
    them only on one of these."""

    before: int
    last: int
    joined: int
    left: int


class ChangedSince(NamedTuple):
    """A gap as it would be without a later entry, the late days that are left of it, and what was entered, on
    which day, by whom (None: not known)."""

    name: str
    first: Day
    last: Day
    days: int
    days_now: int
    what: str
    entered_on: Day
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceVisit:
    """All that the paper says of a team (None: everybody).

    `before` ends on the day before the `visit`, and `since` begins with it. `meanings` says what each measure
    counts in either. `under` is empty where one policy was in force throughout; `rules` are those of both
    periods. `open_at_visit` and `began_since` begin with the longest gap, `ended_before` counts the others.
    `evidence` is (what, before, since); `changed` are gaps with a late day before the visit. `left_out` is
    (name, before, since) with what is to be said of each.
    """

    team: str | None
    visit: Day
    before: Measured
    since: Measured
    meanings: tuple[Measure, ...]
    under: tuple[Under, ...]
    rules: tuple[RuleSeen, ...]
    by_month: tuple[tuple[Day, Share], ...]
    open_at_visit: tuple[GapSince, ...]
    began_since: tuple[GapSince, ...]
    ended_before: int
    people: tuple[PersonSince, ...]
    evidence: tuple[tuple[str, int, int], ...]
    there: There
    supervisors: tuple[SupervisorChange, ...]
    managers: tuple[ManagerPost, ...]
    changed: tuple[ChangedSince, ...]
    left_out: tuple[tuple[str, str, str], ...]
    records_begin: tuple[tuple[str, Day], ...]
    sources: tuple[str, ...] = ()
