"""Intervals and gaps: everything that was due, and what was late (cadence, section 4)."""

import itertools
import operator
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from supervise.cadence.away import absences_of, days_away
from supervise.cadence.due import Due, due, late_by
from supervise.cadence.facts import CaseFacts, Facts, Tenure
from supervise.cadence.spells import Segment, Spell
from supervise.cadence.tables import Tables
from supervise.cadence.timeline import Rulings, Timeline
from supervise.people import Absence
from supervise.policies import ALWAYS, Clock, Rule, Rulebook
from supervise.workdays import FOREVER, Day


class Interval(NamedTuple):
    """From its anchor to the next counting session of the segment (`held`; None if there was none).

    `end` is that session, the segment's last day or the as-at date, whichever is first.
    """

    spell: Spell
    segment: Segment
    anchor: Day
    is_first: bool
    due: Due | None
    late_by: Day | None
    held: Day | None
    end: Day

    @property
    def days_late(self) -> int:
        """In-scope days after late-by, up to and including the end; 0 where nothing is late."""
        return 0 if self.late_by is None else self.spell.in_scope(self.late_by + 1, self.end)


class Gap(NamedTuple):
    """An interval with late days (cadence, section 4).

    `ended` is "session", "absent", "left", "stopped" or "open"; `closed_by` the day of the session that
    ended it; `tenure` the post of the late-by day; `days_away` those of the late days on which the person
    was away; `interval_days` and `interval_days_in_scope` the days after the anchor, up to the end.
    """

    subject: str
    tenure: Tenure
    last_held: Day | None
    due: Day
    late_by: Day
    first_late_day: Day
    last_late_day: Day
    days_late: int
    days_away: int
    ended: str
    closed_by: Day | None
    interval_days: int
    interval_days_in_scope: int
    interval: Interval


class Clockwork:
    """One clock of a rulebook, wound for a question as at one day.

    It keeps the tables that all people share; ask it for each of them in turn. `as_at` is the last day
    that has happened.
    """

    def __init__(self, rulebook: Rulebook, clock: str, as_at: Day) -> None:
        self.rulebook, self.clock, self.as_at = rulebook, clock, as_at
        self._rulings = Rulings(rulebook, clock)
        self._tables = Tables()
        self._counts = [
            (start, policy.clock(clock).counts if policy.clock(clock) else frozenset())  # type: ignore[union-attr]
            for start, policy in zip(rulebook.starts, rulebook.policies, strict=True)
        ]

    def timeline(self, facts: Facts | CaseFacts) -> Timeline:
        """The spells of a person or a case under this clock."""
        return Timeline(facts, self._rulings, self.as_at)

    def counting_days(self, held: Mapping[str, Sequence[Day]]) -> list[Day]:
        """The days of sessions of a kind that the policy of their day counts, in order, each once, none
        after the as-at date. Whether they lie in a spell is not looked at."""
        found: list[Day] = []
        if not self._counts:
            return found
        ends = [start for start, _ in self._counts[1:]] + [FOREVER + 1]
        for (start, kinds), end in zip(self._counts, ends, strict=True):
            for kind in kinds:
                days = held.get(kind, ())
                if start == ALWAYS and end > FOREVER:
                    found += days
                else:
                    found += [day for day in days if start <= day < end]
        found.sort()
        if len(set(found)) != len(found):
            found = sorted(set(found))
        return found[: bisect_right(found, self.as_at)] if found and found[-1] > self.as_at else found

    def interval(
        self, spell: Spell, segment: Segment, anchor: Day, held: Day | None, *, is_first: bool
    ) -> Interval:
        """The interval that begins at an anchor and ends with the session `held`, if there is one."""
        end = min(segment.last, self.as_at) if held is None else held
        stretch = spell.at(anchor)
        plain = self._tables.of_stretch(stretch, segment, is_first=is_first)
        if plain is not None and plain[anchor] <= min(stretch.last, segment.last):
            due_day = Due(plain.due(anchor))
            return Interval(spell, segment, anchor, is_first, due_day, plain[anchor], held, end)
        found = due(spell, segment, anchor, is_first=is_first)
        latest = late_by(spell, segment, found.day) if found else None
        return Interval(spell, segment, anchor, is_first, found, latest, held, end)

    def plainly(self, tenure: Tenure, anchor: Day) -> tuple[Rule, Clock, Day, Day] | None:
        """Rule, clock, due and late-by of an anchor in a tenure, if the rule stays the same from the
        anchor to late-by and the as-at day. None where it may change, or there is none."""
        ruling = self._rulings.of(anchor, tenure)
        if ruling.timed or not ruling.rules or ruling.clock is None:
            return None
        rule = ruling.rules[0]
        plain = self._tables.of(rule.every, ruling.clock)
        latest = plain[anchor]
        if self._rulings.policies_begin(anchor, max(latest, self.as_at)):
            return None
        return rule, ruling.clock, plain.due(anchor), latest

    def intervals(self, timeline: Timeline, days: Sequence[Day]) -> Iterator[Interval]:
        """Every interval that has begun by the as-at date, in order. `days`: see `counting_days`."""
        for spell in timeline.spells():
            for segment in spell.segments:
                if segment.first > self.as_at:
                    break
                held = days[bisect_left(days, segment.first) : bisect_right(days, segment.last)]
                anchors = [segment.first, *held]
                for at, (anchor, following) in enumerate(zip(anchors, [*held, None], strict=True)):
                    yield self.interval(spell, segment, anchor, following, is_first=at == 0)

    def gaps(self, facts: Facts | CaseFacts) -> list[Gap]:
        """Every gap with a late day by the as-at date, in order."""
        timeline = self.timeline(facts)
        days = self.counting_days(facts.held)
        away = absences_of(facts)
        found = []
        for spell in timeline.spells():
            for segment in spell.segments:
                if segment.first <= self.as_at:
                    late = self._late_intervals(spell, segment, days)
                    found += [self._gap(facts, interval, days, away) for interval in late]
        return found

    def _late_intervals(self, spell: Spell, segment: Segment, days: Sequence[Day]) -> Iterator[Interval]:
        """The intervals of a segment that have late days.

        Nearly all lie inside one in-scope stretch: there a table says whether the next session came in
        time. The first of a segment, and those that leave their stretch, are looked at one by one.
        """
        start, end = bisect_left(days, segment.first), bisect_right(days, segment.last)
        held = days[start] if start < end else None
        yield from self._if_late(spell, segment, segment.first, held, is_first=True)
        while start < end:
            stretch = spell.at(days[start])
            leaves = bisect_right(days, min(stretch.last, segment.last), start, end)
            inside = days[start:leaves]
            plain = self._tables.of_stretch(stretch, segment, is_first=False)
            if plain is None:
                for anchor, held in itertools.pairwise(inside):
                    yield from self._if_late(spell, segment, anchor, held)
            else:
                late = map(operator.gt, inside[1:], map(plain.__getitem__, inside))
                for anchor, held in itertools.compress(itertools.pairwise(inside), late):
                    due_day = Due(plain.due(anchor))
                    yield Interval(spell, segment, anchor, False, due_day, plain[anchor], held, held)
            held = days[leaves] if leaves < end else None
            yield from self._if_late(spell, segment, inside[-1], held)
            start = leaves

    def _if_late(
        self, spell: Spell, segment: Segment, anchor: Day, held: Day | None, *, is_first: bool = False
    ) -> Iterator[Interval]:
        """The interval of an anchor, if it has late days."""
        until = min(segment.last, self.as_at) if held is None else held
        if not self._tables.in_time(spell, segment, anchor, until, is_first=is_first):
            interval = self.interval(spell, segment, anchor, held, is_first=is_first)
            if interval.days_late:
                yield interval

    def _gap(
        self,
        facts: Facts | CaseFacts,
        interval: Interval,
        days: Sequence[Day],
        away: Sequence[Absence],
    ) -> Gap:
        spell, end = interval.spell, interval.end
        found, latest = interval.due, interval.late_by
        assert found is not None and latest is not None, "a gap has a due day and a late-by"
        stretch = spell.at(latest)
        if interval.anchor >= stretch.first and end <= stretch.last and not stretch.stopped:
            first, last = latest + 1, end  # all in one stretch, as most gaps are
            days_late, in_scope = end - latest, end - interval.anchor
        else:
            first, last = _late_span(spell, latest + 1, end)
            days_late = spell.in_scope(latest + 1, end)
            in_scope = spell.in_scope(interval.anchor + 1, end)
        return Gap(
            facts.case_ref if isinstance(facts, CaseFacts) else facts.person.id,
            stretch.tenure,
            last_held(spell, days, interval.anchor) if interval.is_first else interval.anchor,
            found.day,
            latest,
            first,
            last,
            days_late,
            days_away(facts, spell, away, first, last) if away or isinstance(facts, CaseFacts) else 0,
            self._how_ended(interval),
            interval.held,
            end - interval.anchor,
            in_scope,
            interval,
        )

    def _how_ended(self, interval: Interval) -> str:
        if interval.held is not None:
            return "session"
        if interval.segment.last < self.as_at:
            return interval.segment.ended
        return "stopped" if interval.spell.at(self.as_at).stopped else "open"


def _late_span(spell: Spell, first: Day, last: Day) -> tuple[Day, Day]:
    """The first and last in-scope days from `first` to `last`, of which there are some."""
    start, end = spell.first_in_scope(first), spell.last_in_scope(first, last)
    assert start is not None and end is not None, "a gap has late days"
    return start, end


def last_held(spell: Spell, days: Sequence[Day], upto: Day) -> Day | None:
    """The last counting session of the spell on or before a day, or None."""
    at = bisect_right(days, upto) - 1
    return days[at] if at >= 0 and days[at] >= spell.first else None
