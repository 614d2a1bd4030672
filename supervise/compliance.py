"""Measures over a period, for one clock: numerators and denominators a person can check.

The definitions are the specification's (cadence, section 6). `covered_days` is the headline, with
`clear_months` beside it; `on_time` counts a gap of a year once and is never a headline. Lengthening a gap
never improves either headline.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from supervise.cadence import RUNNING, CaseFacts, Clockwork, Facts, Gap, Interval, Spell, standing
from supervise.cadence.due import FULL_MONTH
from supervise.cadence.facts import Tenure
from supervise.cadence.standing import NOT_IN_POST
from supervise.errors import BadQuestion
from supervise.service import Service
from supervise.sessions import Session, missing_evidence
from supervise.workdays import Day, iso, whole_months

GROUPINGS: dict[str, Callable[[Tenure], str | None]] = {
    "team": lambda tenure: tenure.post.team,
    "role": lambda tenure: tenure.post.role,
    "basis": lambda tenure: tenure.post.basis,
    "supervisor": lambda tenure: tenure.post.supervisor,
}
"""What measures can be grouped by: the post's field that names the group."""

NO_GROUP = "none"
_REASONS = (NOT_IN_POST, "not_recorded", "absent", "no_rule")
BANDS = ("up to 7 days", "8 to 28 days", "over 28 days", "never supervised")


@dataclass(slots=True)
class Share:
    """Numerator and denominator."""

    n: int = 0
    d: int = 0

    def add(self, counts: bool | int, of: int = 1) -> None:
        """Add `counts` to the numerator and `of` to the denominator."""
        self.n += int(counts)
        self.d += of

    def words(self) -> str:
        """As printed: "71 of 97 (73 %)"; with nothing to divide by "none due", never 100 %. Only all of
        them round to 100 %, and only none of them to 0 %."""
        if not self.d:
            return "none due"
        percent = round(100 * self.n / self.d)
        if 0 < self.n < self.d:
            percent = min(max(percent, 1), 99)
        return f"{self.n} of {self.d} ({percent} %)"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody with no in-scope day in the period, and the reason on most of its days."""

    subject: str
    person: str | None
    reason: str


@dataclass(slots=True)
class Measures:
    """The measures of one group (`group` None: of everyone)."""

    group: str | None
    on_time: Share = field(default_factory=Share)
    covered_days: Share = field(default_factory=Share)
    in_policy: Share = field(default_factory=Share)
    clear_months: Share = field(default_factory=Share)
    evidenced: Share = field(default_factory=Share)
    long_enough: Share = field(default_factory=Share)
    supervised_in_month: dict[str, Share] = field(default_factory=dict)
    gaps: int = 0
    gaps_carried_in: int = 0
    longest_gap_days: int = 0
    excluded: list[LeftOut] = field(default_factory=list)


class _Groups:
    """The measures of each group of several groupings, made when something first falls to it."""

    def __init__(self, by: Sequence[str | None]) -> None:
        self.by = by
        self._of = [GROUPINGS[each] if each else None for each in by]
        self.found: list[dict[str | None, Measures]] = [
            {} if each else {None: Measures(None)} for each in by
        ]
        self._at: dict[Tenure | None, list[Measures]] = {}

    def of(self, tenure: Tenure | None) -> list[Measures]:
        """Those to which the days of a tenure belong, one of each grouping."""
        found = self._at.get(tenure)
        if found is None:
            found = self._at[tenure] = [
                groups.setdefault(name, Measures(name))
                for groups, name in zip(self.found, self._names(tenure), strict=True)
            ]
        return found

    def _names(self, tenure: Tenure | None) -> Iterator[str | None]:
        for of in self._of:
            yield ((of(tenure) if tenure else None) or NO_GROUP) if of else None

    def in_order(self) -> dict[str | None, list[Measures]]:
        for measures in (each for groups in self.found for each in groups.values()):
            measures.supervised_in_month = dict(sorted(measures.supervised_in_month.items()))
        return {
            by: [groups[name] for name in sorted(groups, key=lambda name: name or "")]
            for by, groups in zip(self.by, self.found, strict=True)
        }


def measures(
    clockwork: Clockwork, service: Service, first: Day, last: Day, by: str | None = None
) -> list[Measures]:
    """The measures over [first, last], as at the clockwork's day: of everyone, or group by group.

    `by` is a key of `GROUPINGS`. Raises BadQuestion where the period ends before it begins, or begins
    after the as-at day.
    """
    return measures_by(clockwork, service, first, last, [by])[by]


def measures_by(
    clockwork: Clockwork, service: Service, first: Day, last: Day, by: Sequence[str | None]
) -> dict[str | None, list[Measures]]:
    """The same for several groupings at once, looking at everybody only once; None is of everyone."""
    if last < first:
        raise BadQuestion("The period ends before it begins.", "Swap the two dates.")
    end = min(last, clockwork.as_at)
    if end < first:
        raise BadQuestion(
            "The period begins after the as-at day, so that there is nothing to measure yet.",
            "Choose an earlier period, or a later as-at day.",
        )
    groups = _Groups(by)
    at_end = clockwork
    if end != clockwork.as_at:
        at_end = Clockwork(clockwork.rulebook, clockwork.clock, end)
    per = clockwork.rulebook.per(clockwork.clock)
    for facts in service.subjects(per):
        sessions = (service.discussed if per == "case" else service.sessions).get(_id(facts), ())
        _Subject(clockwork, facts, first, last, end).add_to(groups, sessions)
        now = standing(at_end, facts)
        if now.status in RUNNING:
            for each in groups.of(now.tenure):
                each.in_policy.add(now.status != "gap")
    return groups.in_order()


def _id(facts: Facts | CaseFacts) -> str:
    return facts.case_ref if isinstance(facts, CaseFacts) else facts.person.id


class _Subject:
    """One person, or one case, in a period: `first` to `last`, known up to `end`."""

    def __init__(
        self, clockwork: Clockwork, facts: Facts | CaseFacts, first: Day, last: Day, end: Day
    ) -> None:
        self.clockwork, self.facts = clockwork, facts
        self.first, self.last, self.end = first, last, end
        self.timeline = clockwork.timeline(facts)
        self.spells = self.timeline.spells()
        self.days = clockwork.counting_days(facts.held)
        self.intervals = list(clockwork.intervals(self.timeline, self.days))
        self._late = [
            (interval.spell, interval.late_by + 1, interval.end)
            for interval in self.intervals
            if interval.late_by is not None and first <= interval.end > interval.late_by
        ]

    def add_to(self, groups: _Groups, sessions: Iterable[Session]) -> None:
        self._intervals(groups)
        if not self._in_scope(self.first, self.end):
            left_out, tenure = self._left_out()
            for each in groups.of(tenure):
                each.excluded.append(left_out)
        else:
            self._days(groups)
            self._months(groups)
        self._sessions(groups, sessions)

    def _in_scope(self, first: Day, last: Day) -> int:
        return sum(spell.in_scope(first, last) for spell in self.spells)

    def _late_days(self, first: Day, last: Day) -> int:
        return sum(
            spell.in_scope(max(since, first), min(until, last)) for spell, since, until in self._late
        )

    def _intervals(self, groups: _Groups) -> None:
        for interval in self.intervals:
            if interval.late_by is None:
                continue
            tenure = interval.spell.at(interval.late_by).tenure
            late = interval.days_late
            if self.first <= interval.late_by <= self.last and (late or interval.held is not None):
                for each in groups.of(tenure):
                    each.on_time.add(not late)
            if late and self._has_late_day(interval):
                for each in groups.of(tenure):
                    self._gap(each, interval, late)

    def _has_late_day(self, interval: Interval) -> bool:
        first = max((interval.late_by or 0) + 1, self.first)
        return interval.spell.in_scope(first, min(interval.end, self.end)) > 0

    def _gap(self, measures: Measures, interval: Interval, days_late: int) -> None:
        first_late = interval.spell.first_in_scope((interval.late_by or 0) + 1)
        measures.gaps += 1
        measures.gaps_carried_in += first_late is not None and first_late < self.first
        measures.longest_gap_days = max(measures.longest_gap_days, days_late)

    def _days(self, groups: _Groups) -> None:
        for spell in self.spells:
            for stretch in spell.stretches:
                first, last = max(stretch.first, self.first), min(stretch.last, self.end)
                if first <= last and not stretch.stopped:
                    days = last - first + 1
                    covered = days - self._late_days(first, last)
                    for each in groups.of(stretch.tenure):
                        each.covered_days.add(covered, days)

    def _months(self, groups: _Groups) -> None:
        for first, last in whole_months(self.first, self.end):
            if self._in_scope(first, last) < FULL_MONTH:
                continue
            is_clear = self._late_days(first, last) == 0
            was_held = any(self._in_a_spell(day) for day in _between(self.days, first, last))
            for each in groups.of(self._tenure_of_last_day(first, last)):
                each.clear_months.add(is_clear)
                each.supervised_in_month.setdefault(iso(first)[:7], Share()).add(was_held)

    def _tenure_of_last_day(self, first: Day, last: Day) -> Tenure | None:
        for spell in reversed(self.spells):
            found = spell.last_in_scope(first, last) if spell.first <= last else None
            if found is not None:
                return spell.at(found).tenure
        return None

    def _in_a_spell(self, when: Day) -> Spell | None:
        return next((spell for spell in self.spells if spell.first <= when <= spell.last), None)

    def _sessions(self, groups: _Groups, sessions: Iterable[Session]) -> None:
        counted = set(_between(self.days, self.first, self.end))
        for session in sessions:
            held = session.held_on
            if session.status != "held" or held not in counted or held is None:
                continue
            clock = self.clockwork.rulebook.clock_on(self.clockwork.clock, held)
            spell = self._in_a_spell(held)
            if clock is None or spell is None or session.kind not in clock.counts:
                continue
            lacks = bool(missing_evidence(session, self.end))
            for each in groups.of(spell.at(held).tenure):
                if not session.record_kept:
                    each.evidenced.add(not lacks)
                if clock.min_minutes is not None and session.minutes is not None:
                    each.long_enough.add(session.minutes >= clock.min_minutes)

    def _left_out(self) -> tuple[LeftOut, Tenure | None]:
        days = dict.fromkeys(_REASONS, 0)
        days[NOT_IN_POST] = self.end - self.first + 1
        for spell in self.spells:
            for stretch in spell.stretches:
                here = min(stretch.last, self.end) - max(stretch.first, self.first) + 1
                if here > 0 and stretch.stopped:
                    days[stretch.stopped] += here
                    days[NOT_IN_POST] -= here
        reason = max(_REASONS, key=lambda reason: days[reason])  # the first of those that are equal
        tenure = self.timeline.last_tenure_upto(self.end)
        person = tenure.person if tenure else None
        return LeftOut(_id(self.facts), person, reason), tenure


def _between(days: Sequence[Day], first: Day, last: Day) -> Sequence[Day]:
    return days[bisect_left(days, first) : bisect_right(days, last)]


def band(gap: Gap) -> str:
    """The band in which a gap is counted: one of `BANDS`."""
    if gap.last_held is None and gap.closed_by is None:
        return BANDS[3]
    return BANDS[0] if gap.days_late <= 7 else BANDS[1] if gap.days_late <= 28 else BANDS[2]
