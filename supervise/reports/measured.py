"""What compliance papers are told: plain records of a team's period, gathered by whoever has the store.

Papers about several people say that somebody was away, or that a clock stood still, and never why: `discreet`
keeps the words of illness and of parents' leave off them, wherever somebody has typed such words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from supervise.compliance import Share
from supervise.consistency import Consistency
from supervise.today import LateUnder
from supervise.workdays import Day

AWAY = "away"

_PRIVATE = re.compile(
    r"\b(?:sick(?:ness|ly)?|ill|ill(?:-|\s)health|illness(?:es)?|unwell|poorly|covid\S*|flu|migraines?|maternity"
    r"|paternity|adoption\s+leave|parental\s+leave|pregnan\w*|miscarr\w*|antenatal|surgery|surgical|hospitali\w*"
    r"|fit\s*notes?|occupational\s+health|mental\s+health(?!\s+act)|stress|burn-?\s?out|anxiety|depress\w*|bereave\w*)\b",
    re.IGNORECASE,
)


def discreet(words: str) -> str:
    """Words that somebody typed, or only "away" where they speak of illness, pregnancy or parents' leave.

    A word too many is kept back rather than one too few; the words themselves stay in the store.
    """
    return AWAY if _PRIVATE.search(words) else words


class Measure(NamedTuple):
    """A measure: its field in `compliance.Measures`, what it is called, its share, and what is counted of what."""

    name: str
    title: str
    share: Share
    counts: str


class MonthMeasured(NamedTuple):
    """A whole calendar month: its first day, its days covered, and who was supervised in it."""

    first: Day
    covered: Share
    clear: Share
    supervised: Share


class MonthSeen(NamedTuple):
    """One month of one person: days on which a session that counts was `held`, `late` days, a `mark` where
    the month is not looked at as others are, and all of it in words."""

    held: int
    late: int
    mark: str
    words: str


class PersonSeen(NamedTuple):
    """Somebody's months, or a case's, and their team and role."""

    name: str
    about: str
    months: tuple[MonthSeen, ...]


class ReasonSeen(NamedTuple):
    """A reason of a gap: what it is of ("cancelled 3 Mar 2017"; "" for an explanation), and its words."""

    of: str
    words: str


class GapSeen(NamedTuple):
    """A gap with a late day in the period, with all of its days, whenever they were. `under` says whose
    supervision its late days fell to."""

    name: str
    last_held: Day | None
    due: Day
    first_late: Day
    last_late: Day
    days_late: int
    days_away: int
    ended: str
    under: tuple[LateUnder, ...]
    reasons: tuple[ReasonSeen, ...]
    carried_in: bool
    team: str = ""


class SessionSeen(NamedTuple):
    """A session that counts. `missing` are the steps that its record lacks; `asked` is the length in
    minutes that the policy of its day asks for; a record `kept_elsewhere` lacks nothing here."""

    name: str
    held_on: Day
    supervisor: str | None
    missing: tuple[str, ...]
    minutes: int | None
    asked: int | None
    interrupted: bool
    kept_elsewhere: bool = False

    @property
    def is_short(self) -> bool:
        """Whether it is known to have been shorter than the policy asks for."""
        return self.minutes is not None and self.asked is not None and self.minutes < self.asked


class NotHeld(NamedTuple):
    """A session that was cancelled or missed: by whom, if that is known, and for what reason."""

    status: str
    by: str | None
    reason: str | None


class ChangedGap(NamedTuple):
    """A gap that a later entry shortened or removed: as it was, what is left, what was entered, when, by whom."""

    name: str
    was: str
    now: str
    what: str
    entered_on: Day
    by: str | None


class RuleSeen(NamedTuple):
    """A policy, the days on which it applied, and what it says: headings with sentences."""

    title: str
    first: Day
    last: Day
    says: tuple[tuple[str, tuple[str, ...]], ...]


class GroupSeen(NamedTuple):
    """The measures of a group, such as a team: its name, shares by field of `compliance.Measures`, gaps, the
    late days of the longest, and how many people are left out."""

    title: str
    shares: Mapping[str, Share]
    gaps: int
    longest_gap_days: int
    left_out: int


class PhaseSeen(NamedTuple):
    """The newly qualified to whom a rule applies on the last day, and how many of them are in a gap."""

    rule: str
    people: int
    in_a_gap: int


class SourceSeen(NamedTuple):
    """An export in a service store: its name, teams, the day it is of, and its age in days."""

    name: str
    teams: tuple[str, ...]
    as_at: Day
    age: int
    is_stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What papers say of a team and of a service alike, from `first` to `last`, known up to `end`.

    `bands` is how many gaps there are of each length, `whom` says of whom the measures are ("people", "cases"),
    `supervised` what being supervised in a month counts, `removed` that people of these days have been deleted since.
    """

    first: Day
    last: Day
    end: Day
    as_at: Day
    clock: str
    whom: str
    measures: tuple[Measure, ...]
    by_month: tuple[MonthMeasured, ...]
    supervised: str
    gaps: tuple[GapSeen, ...]
    bands: tuple[tuple[str, int], ...]
    gaps_carried_in: int
    longest_gap_days: int
    rules: tuple[RuleSeen, ...]
    removed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPeriod(Measured):
    """All that a paper says of a team.

    `supervisors` are those named in its posts, with their days, in order; `sessions` are all held that count,
    `not_held` those of such kinds that were cancelled or missed. `left_out` and `records_begin` are names
    with the reason, and with the day. `sources` says where a service store's answers come from.
    """

    team: str
    people_in_team: int
    supervisors: tuple[str, ...]
    months: tuple[Day, ...]
    people: tuple[PersonSeen, ...]
    sessions: tuple[SessionSeen, ...]
    not_held: tuple[NotHeld, ...]
    changed: tuple[ChangedGap, ...]
    left_out: tuple[tuple[str, str], ...]
    records_begin: tuple[tuple[str, Day], ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePeriod(Measured):
    """All that a paper says of everybody, team by team.

    `teams` and `bases` are in order of name; `consistency` says which teams differ by more than chance. As at
    the last day known: `phases` of the newly qualified, the `new_managers` with the first day of their post,
    and who is `unnamed`: without a named supervisor, with their team. `left_out` counts people by the reason.
    `sources` is empty unless the store gathers exports.
    """

    teams: tuple[GroupSeen, ...]
    bases: tuple[GroupSeen, ...]
    consistency: Consistency
    phases: tuple[PhaseSeen, ...]
    new_managers: tuple[tuple[str, Day], ...]
    unnamed: tuple[tuple[str, str], ...]
    left_out: tuple[tuple[str, int], ...]
    sources: tuple[SourceSeen, ...] = ()
