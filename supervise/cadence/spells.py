"""Spells, and the stretches of days inside them on which nothing changes (cadence, sections 1 to 4).

A day's standing (post, policy, rule or variation, stopped or in scope) is worked out once for every
*stretch* of days that share it. All that follows counts days in stretches, never day by day.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from supervise.cadence.facts import (
    LONGEST_PAUSE,
    Tenure,
)
from supervise.people import Absence, Variation
from supervise.policies import Clock, Frequency, Policy, Rule, Rulebook
from supervise.workdays import FOREVER, Day, no_working_day_between

NOT_RECORDED = "not_recorded"
ABSENT = "absent"
NO_RULE = "no_rule"


class Stretch(NamedTuple):
    """Days from `first` to `last` of one standing. `stopped` is None in scope, otherwise the status that
    says why the clock stands still; `variation` is set where one stands in for the rule."""

    first: Day
    last: Day
    tenure: Tenure
    stopped: str | None
    policy: Policy | None
    clock: Clock | None
    rule: Rule | None
    variation: Variation | None
    every: Frequency | None

    @property
    def title(self) -> str | None:
        """What the day's frequency is called."""
        if self.variation:
            return "Agreed variation"
        return self.rule.title if self.rule else None


class Segment(NamedTuple):
    """Part of a spell that is reckoned by itself. `return_within` is set where a return began it;
    `begins_spell` where it starts on the spell's first day; `ended` says how, once it has."""

    first: Day
    last: Day
    return_within: int | None
    begins_spell: bool
    ended: str


class Spell:
    """A run of posts with no working day between them, cut into stretches and segments."""

    __slots__ = ("_before", "_starts", "first", "last", "segments", "stretches")

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.stretches = stretches
        self.first, self.last = stretches[0].first, stretches[-1].last
        self._starts = [stretch.first for stretch in stretches]
        self._before = [0]
        for stretch in stretches:
            days = 0 if stretch.stopped else stretch.last - stretch.first + 1
            self._before.append(self._before[-1] + days)
        self.segments = _segments(stretches)

    def index(self, when: Day) -> int:
        """Which stretch holds a day of the spell."""
        return bisect_right(self._starts, when) - 1

    def at(self, when: Day) -> Stretch:
        """The stretch that holds a day of the spell."""
        return self.stretches[bisect_right(self._starts, when) - 1]

    def _in_scope_upto(self, when: Day) -> int:
        at = bisect_right(self._starts, when) - 1
        if at < 0:
            return 0
        stretch = self.stretches[at]
        if stretch.stopped:
            return self._before[at]
        return self._before[at] + min(when, stretch.last) - stretch.first + 1

    def in_scope(self, first: Day, last: Day) -> int:
        """How many days from `first` to `last`, both counted, are in scope."""
        if last < first:
            return 0
        at = bisect_right(self._starts, last) - 1
        if at >= 0:
            stretch = self.stretches[at]
            if stretch.first <= first and last <= stretch.last:  # most spans lie in one stretch
                return 0 if stretch.stopped else last - first + 1
        return self._in_scope_upto(last) - self._in_scope_upto(first - 1)

    def first_in_scope(self, when: Day) -> Day | None:
        """The first in-scope day on or after `when`, or None."""
        for stretch in self.stretches[max(self.index(when), 0) :]:
            if not stretch.stopped and stretch.last >= when:
                return max(stretch.first, when)
        return None

    def last_in_scope(self, first: Day, last: Day) -> Day | None:
        """The last in-scope day from `first` to `last`, or None."""
        for at in range(self.index(last), -1, -1):
            stretch = self.stretches[at]
            if stretch.last < first:
                return None
            if not stretch.stopped and stretch.first <= last:
                found = min(stretch.last, last)
                return found if found >= first else None
        return None

    def segment_at(self, when: Day) -> Segment | None:
        """The segment that holds a day, or None on days before records begin."""
        for segment in reversed(self.segments):
            if segment.first <= when <= segment.last:
                return segment
        return None


def _segments(stretches: Sequence[Stretch]) -> tuple[Segment, ...]:
    """Where a spell is reckoned afresh: at its start, where records begin, at each return."""
    if all(stretch.stopped in (None, NO_RULE) for stretch in stretches):
        return (Segment(stretches[0].first, stretches[-1].last, None, True, "left"),)
    begins: list[tuple[Day, int | None, str]] = []  # first day, return_within, how the last one ended
    unknown, suspended, seen_scope = True, False, False
    for stretch in stretches:
        if stretch.stopped == NOT_RECORDED:
            unknown = True
            continue
        if unknown:
            begins.append((stretch.first, None, "stopped"))
            unknown = False
        if stretch.stopped == ABSENT:
            suspended = True
        elif not stretch.stopped:
            within = stretch.policy.return_within_working_days if stretch.policy else None
            if suspended and seen_scope and within:
                begins.append((stretch.first, within, ABSENT))
            suspended, seen_scope = False, True
    if not begins:
        return ()
    start, end = stretches[0].first, stretches[-1].last
    following = [(first - 1, how) for first, _, how in begins[1:]] + [(end, "left")]
    return tuple(
        Segment(first, last, within, first == start, how)
        for (first, within, _), (last, how) in zip(begins, following, strict=True)
    )


def suspensions(absences: Iterable[Absence], rulebook: Rulebook, as_at: Day) -> list[tuple[Day, Day]]:
    """The days on which absences stop the clock, as (first, last) (cadence, section 3)."""
    known = []
    for kind, first, last in absences:
        policy = rulebook.first_on_or_before(first)
        threshold = policy.suspends.get(kind) if policy else None
        is_open = last == FOREVER
        if threshold is not None and not (is_open and first > as_at):
            known.append((first, as_at if is_open else last, threshold, is_open))
    known.sort()
    joined: list[list[int]] = []
    for first, last, threshold, is_open in known:
        if joined and (
            first <= joined[-1][1]
            or (first - joined[-1][1] < LONGEST_PAUSE and no_working_day_between(joined[-1][1], first))
        ):
            whole = joined[-1]
            whole[1:] = max(whole[1], last), min(whole[2], threshold), whole[3] or is_open
        else:
            joined.append([first, last, threshold, is_open])
    return [
        (first, FOREVER if is_open else last)
        for first, last, threshold, is_open in joined
        if last - first + 1 > threshold
    ]
