"""Late-by by looking it up: what needs no reckoning because nothing changes on the way.

Nearly all intervals lie in one in-scope stretch, or end well before anything can be late. Tables that all
people share show that at a glance; `due` is for the rest.
"""

from __future__ import annotations

import itertools

from supervise.cadence.spells import Segment, Spell, Stretch
from supervise.policies import Clock, Frequency, Unit
from supervise.workdays import FOREVER, Day, add_months, month_of, nth_working_day


class PlainLateBy(dict[Day, Day]):
    """Late-by for every anchor, for a frequency in a stretch that never stops or changes.

    Ten years of sessions fall on a few thousand days, so each is worked out once and then looked up. It
    holds wherever it lies inside the stretch that holds the anchor.
    """

    def __init__(self, every: Frequency, clock: Clock) -> None:
        super().__init__()
        self.every, self.grace = every, clock.grace_working_days

    def due(self, anchor: Day) -> Day:
        """The due day of an anchor."""
        every = self.every
        if every.unit is Unit.WORKING_DAY:
            return nth_working_day(anchor + 1, every.n)
        if every.unit is Unit.CALENDAR_MONTH:
            return month_of(add_months(month_of(anchor)[0], every.n))[1]
        return every.added_to(anchor)

    def __missing__(self, anchor: Day) -> Day:
        due_day = self.due(anchor)
        found = nth_working_day(due_day + 1, self.grace) if self.grace else nth_working_day(due_day, 1)
        if due_day > FOREVER:
            found = FOREVER + 1  # in no stretch at all
        self[anchor] = found
        return found


class Tables:
    """The tables of every frequency and grace that is met, each made when it is first asked for."""

    def __init__(self) -> None:
        self._plain: dict[tuple[int, int], PlainLateBy] = {}

    def in_time(
        self, spell: Spell, segment: Segment, anchor: Day, until: Day, *, is_first: bool
    ) -> bool:
        """Whether tables alone show that an interval which ends with `until` has no late day, so that
        nothing needs to be reckoned. False says nothing.

        It ends in the anchor's stretch; or, after a session, whatever changes on the way leaves it in
        time: a clock that stands still only puts things off (not for calendar months, which a stopped
        month's end can bring forward), no frequency met on the way is used up before its own table
        says, and a new supervisor has their days from the day they come.
        """
        at = spell.index(anchor)
        stretch = spell.stretches[at]
        latest = self._latest(stretch, segment, anchor, is_first=is_first)
        if latest is None or until > latest:
            return False
        if until <= stretch.last:
            return True
        if is_first or stretch.every is None or stretch.every.unit is Unit.CALENDAR_MONTH:
            return False
        supervisor = stretch.tenure.post.supervisor
        for later in itertools.islice(spell.stretches, at + 1, None):
            if later.first > until:
                break
            if later.every is None or later.clock is None or later.policy is None or later.stopped:
                continue
            every, within = later.every, later.policy.new_supervisor_within_working_days
            if every.unit is Unit.CALENDAR_MONTH or until > self.of(every, later.clock)[anchor]:
                return False
            arrives = later.tenure.post.supervisor != supervisor
            if arrives and within and until > nth_working_day(later.first, within):
                return False
            supervisor = later.tenure.post.supervisor
        return True

    def _latest(self, stretch: Stretch, segment: Segment, anchor: Day, *, is_first: bool) -> Day | None:
        """Late-by of an anchor if its stretch had no end; None where no table tells it."""
        if is_first and segment.return_within and stretch.clock and not stretch.stopped:
            grace = stretch.clock.grace_working_days
            due_day = nth_working_day(anchor, segment.return_within)
            return nth_working_day(due_day + 1, grace) if grace else due_day
        plain = self.of_stretch(stretch, segment, is_first=is_first)
        return None if plain is None else plain[anchor]

    def of_stretch(self, stretch: Stretch, segment: Segment, *, is_first: bool) -> PlainLateBy | None:
        """The table for anchors in a stretch; None where it does not hold: on stopped days, after a
        return, and for calendar months that begin with the spell."""
        every, clock = stretch.every, stretch.clock
        if stretch.stopped or every is None or clock is None:
            return None
        if is_first and segment.return_within:
            return None
        if is_first and segment.begins_spell:
            every = stretch.rule.first_within or every if stretch.rule else every
            if every.unit is Unit.CALENDAR_MONTH:
                return None
        return self.of(every, clock)

    def of(self, every: Frequency, clock: Clock) -> PlainLateBy:
        """The table of a frequency under a clock's grace."""
        key = (id(every), clock.grace_working_days)  # the rulebook keeps its frequencies alive
        if key not in self._plain:
            self._plain[key] = PlainLateBy(every, clock)
        return self._plain[key]
