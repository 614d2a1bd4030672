"""When the session of an interval is due, and the last day that is not late (cadence, section 4)."""

from collections.abc import Iterator
from typing import NamedTuple

from supervise.cadence.spells import Segment, Spell, Stretch
from supervise.policies import Frequency, Unit
from supervise.workdays import (
    FOREVER,
    Day,
    month_of,
    nth_working_day,
    working_days,
)

FULL_MONTH = 15
"""In-scope days from which a calendar month counts (cadence, sections 4 and 6)."""


class Due(NamedTuple):
    """The day a session is due and what made it so: "rule", "return" or "new_supervisor"; `since` is
    the day from which the latter two count, and `by_rule` when it would be due without a new supervisor
    (None: never)."""

    day: Day
    cause: str = "rule"
    since: Day | None = None
    by_rule: Day | None = None


def due(spell: Spell, segment: Segment, anchor: Day, *, is_first: bool) -> Due | None:
    """When the session after `anchor` is due, or None if no such day comes in the segment.

    `is_first` says that the interval begins with the segment itself and not with a session.
    """
    if is_first and segment.return_within:
        first = segment.first
        day = _nth_in_scope_working_day(spell, segment, first, segment.return_within)
        return None if day is None else Due(day, "return", first)
    found = _due_by_rule(spell, segment, anchor, begins_spell=is_first and segment.begins_spell)
    best = None if found is None else Due(found)
    for arrival, within in _new_supervisors(spell, segment, anchor, found or segment.last + 1):
        day = _nth_in_scope_working_day(spell, segment, arrival, within)
        if day is not None and (best is None or day < best.day):
            best = Due(day, "new_supervisor", arrival, found)
    return best


def late_by(spell: Spell, segment: Segment, due_day: Day) -> Day | None:
    """The last day that is not late, or None if the segment never ends and no such day comes."""
    clock = spell.at(due_day).clock
    grace = clock.grace_working_days if clock else 0
    start, n = (due_day + 1, grace) if grace else (due_day, 1)
    found = _nth_in_scope_working_day(spell, segment, start, n)
    if found is not None:
        return found
    return None if segment.last == FOREVER else segment.last


def _pieces(spell: Spell, first: Day, last: Day) -> Iterator[tuple[Day, Day, Stretch]]:
    """The in-scope parts of [first, last], in order."""
    for at in range(max(spell.index(first), 0), len(spell.stretches)):
        stretch = spell.stretches[at]
        if stretch.first > last:
            return
        if not stretch.stopped and stretch.last >= first:
            yield max(stretch.first, first), min(stretch.last, last), stretch


def _nth_in_scope_working_day(spell: Spell, segment: Segment, start: Day, n: int) -> Day | None:
    """The n-th in-scope working day of the segment on or after `start`, or None."""
    for first, last, _ in _pieces(spell, start, segment.last):
        here = working_days(first, last)
        if here >= n:
            return nth_working_day(first, n)
        n -= here
    return None


def _due_by_rule(spell: Spell, segment: Segment, anchor: Day, *, begins_spell: bool) -> Day | None:
    """The first in-scope day after the anchor on which the frequency of that day is used up."""
    start = spell.first_in_scope(anchor) if begins_spell else anchor
    if start is None:
        return None
    counted, worked = 0, 0  # in-scope days, and working ones, before the piece
    for first, last, stretch in _pieces(spell, anchor + 1, segment.last):
        every = _frequency(stretch, begins_spell)
        works_from = max(first, start + 1)
        if every.unit is Unit.WORKING_DAY:
            here = working_days(works_from, last)
            if worked + here >= every.n:
                left = every.n - worked
                return nth_working_day(works_from, left) if left > 0 else first
        elif every.unit is Unit.CALENDAR_MONTH:
            closes = _closes(spell, anchor, every.n, begins_spell)
            if closes is not None and closes <= last:
                return max(first, closes)
        else:
            needed = every.added_to(anchor) - anchor
            if begins_spell and start != anchor:
                needed += 1  # the anchor itself is a stopped day
            if counted + last - first + 1 >= needed:
                return first + max(needed - counted - 1, 0)
        counted += last - first + 1
        worked += working_days(works_from, last)
    return None


def _frequency(stretch: Stretch, begins_spell: bool) -> Frequency:
    """The frequency of a stretch's days, before the first session of a spell `first_within`."""
    rule = stretch.rule
    if begins_spell and rule and rule.first_within:
        return rule.first_within
    assert stretch.every is not None, "an in-scope day has a frequency"
    return stretch.every


def _closes(spell: Spell, anchor: Day, n: int, begins_spell: bool) -> Day | None:
    """The last in-scope day of the n-th counted calendar month, or None if there are too few."""
    first, last = month_of(anchor)
    if begins_spell and spell.in_scope(anchor, last) >= FULL_MONTH:
        n -= 1
        if n == 0:
            return spell.last_in_scope(first, last)
    final = spell.stretches[-1]
    end = spell.last if not final.stopped else final.first - 1
    while last < end:
        first, last = month_of(last + 1)
        if spell.in_scope(first, last) >= FULL_MONTH:
            n -= 1
            if n == 0:
                return spell.last_in_scope(first, last)
    return None


def _new_supervisors(
    spell: Spell, segment: Segment, anchor: Day, before: Day
) -> Iterator[tuple[Day, int]]:
    """In-scope days after the anchor, and before a day, on which a supervisor arrives who is not the last
    named one of the spell, with the working days the policy of that day gives them. Case clocks have
    none (section 7)."""
    named = None
    for stretch in spell.stretches:
        if stretch.first >= before or stretch.first > segment.last:
            return
        supervisor = stretch.tenure.post.supervisor
        if stretch.stopped or supervisor is None:
            continue
        person_clock = stretch.policy if stretch.clock and stretch.clock.per == "person" else None
        within = person_clock.new_supervisor_within_working_days if person_clock else None
        if named not in (None, supervisor) and within and stretch.first > anchor:
            yield stretch.first, within
        named = supervisor
