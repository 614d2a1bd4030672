"""The same question answered with pandas: the honest competitor of the benchmark.

`gaps` finds every gap of a service under the policy standards-2020-with-defaults (grace, returns, new
supervisors, first sessions, the steps for newly qualified workers, clocks that stop; personal variations
are left out). It is written as someone at home in pandas would write it: every interval is judged at once
with array arithmetic and numpy's working days; only those that cross a change, and cannot be proved to be
on time, are walked one by one.

The frames have the columns of the interchange files, dates as dates and text as categories, as `read` and
`frames` of `bench.peer_facts` give them. Nothing of the product is imported; the list of bank holidays is
the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd  # type: ignore[import-untyped]

from bench.peer_facts import (
    FOREVER,
    GRACE,
    LONG_AGO,
    MONTHLY,
    RETURN_WITHIN,
    STOPPED,
    WEEKLY,
    Days,
    Flags,
    add_months,
    days,
    distinct,
    facts_of,
    key,
    nth_working_day,
    numbers,
    unkey,
)
from bench.peer_timeline import FROM_RETURN, FROM_SPELL, Segments, Timeline, segments_of, timeline_of
from bench.peer_walk import walk

_ANY_RULE = MONTHLY + 1


def gaps(
    sessions: pd.DataFrame,
    people: pd.DataFrame,
    posts: pd.DataFrame,
    absences: pd.DataFrame,
    as_at: date,
) -> pd.DataFrame:
    """Every gap as at that day, by person and first late day.

    Columns: person_id, last_held, due, late_by, first_late_day, last_late_day, days_late, ended (session,
    absent, left, stopped or open) and closed_by, the session's day; NaT where there is no such day.
    """
    today = (as_at - date(1970, 1, 1)).days
    facts = facts_of(people, posts, absences, today)
    line = timeline_of(facts)
    segments = segments_of(line)
    held = _held(sessions, facts.ids, today)
    every = _intervals(line, segments, held, today)
    late, due, late_by = _late(line, segments, every)
    return _told(line, segments, facts.ids, held, every.only(late), due, late_by, today)


@dataclass(frozen=True, slots=True)
class Intervals:
    """Intervals by person and anchor."""

    person: Days
    anchor: Days
    stretch: Days  # that of the anchor
    segment: Days
    first: Flags  # whether the anchor is the segment's first day, rather than a session
    session: Days  # the next counting session of the segment, or FOREVER
    end: Days  # the session, the segment's last day or the as-at date
    end_stretch: Days
    reach: Days  # the last day in scope up to the end, or the anchor

    def only(self, rows: Days | Flags) -> Intervals:
        """Those of some rows."""
        return Intervals(*(getattr(self, name)[rows] for name in self.__slots__))


def _held(sessions: pd.DataFrame, ids: pd.Index, today: int) -> Days:
    """Person and day of what counts, as one number: in order, each day once."""
    counting = sessions[(sessions["status"] == "held") & (sessions["kind"] == "one_to_one")]
    person, day = numbers(counting["person_id"], ids), days(counting["held_on"], FOREVER)
    return distinct(key(person, day)[(person >= 0) & (day <= today)])


def _intervals(line: Timeline, segments: Segments, held: Days, today: int) -> Intervals:
    """Every interval that has begun by today."""
    person, day = unkey(held)
    of = np.searchsorted(segments.key, held, side="right") - 1
    first_of, last_of = np.append(segments.key, 0)[of], np.append(segments.last, LONG_AGO)[of]
    inside = held[(of >= 0) & (unkey(first_of)[0] == person) & (day <= last_of)]
    begun = np.flatnonzero(segments.first <= today)
    starts = segments.key[begun]
    places = np.searchsorted(inside, starts)
    anchors = np.insert(inside, places, starts)
    first = np.insert(np.zeros(len(inside), np.bool_), places, True)
    segment = begun[np.cumsum(first) - 1]
    person, anchor = unkey(anchors)
    session = np.append(np.where(first[1:], FOREVER, anchor[1:]), FOREVER)[: len(anchor)]
    end = np.minimum(np.minimum(session, today), segments.last[segment])
    stretch = line.at(person, anchor)
    end_stretch = line.at(person, end)
    latest = line.scope_latest[end_stretch]
    reach = np.where(latest >= stretch, np.minimum(end, line.last[latest]), anchor)
    return Intervals(person, anchor, stretch, segment, first, session, end, end_stretch, reach)


def _late(line: Timeline, segments: Segments, every: Intervals) -> tuple[Days, Days, Days]:
    """(rows of the intervals that have late days, their due days, their late-bys)."""
    rows = np.flatnonzero(every.reach > every.anchor + 7)  # nothing is late sooner
    some = every.only(rows)
    due = _earliest(line, segments, some)
    late_by = nth_working_day(due + 1, GRACE)
    late = some.reach > late_by
    rows, some, due, late_by = rows[late], some.only(late), due[late], late_by[late]
    # The earliest day is the due day if nothing changes between the anchor and late-by.
    rule, last = line.rule[some.stretch], line.last[some.stretch]
    begins = _begins(segments, some)
    sure = (rule > STOPPED) & (late_by <= last) & (due == _counted_on(rule, some.anchor, begins))
    unsure = np.flatnonzero(~sure)
    due[unsure], late_by[unsure] = walk(
        line, some.stretch[unsure], some.anchor[unsure], begins[unsure],
        segments.last[some.segment[unsure]],
    )  # fmt: skip
    late = some.reach > late_by
    return rows[late], due[late], late_by[late]


def _begins(segments: Segments, some: Intervals) -> Days:
    """What each interval begins with: FROM_SPELL and so on, or -1 for a session."""
    return np.where(some.first, segments.begins[some.segment], -1)


def _counted_on(rule: Days, anchor: Days, begins: Days) -> Days:
    """The due day if the rule of the anchor holds on, and every day is in scope."""
    due = np.where(rule == WEEKLY, anchor + 7, anchor + 14)
    monthly = (rule == MONTHLY) & (begins != FROM_SPELL)  # first within two weeks in a spell
    due[monthly] = add_months(anchor[monthly], 1)
    returned = begins == FROM_RETURN
    due[returned] = nth_working_day(anchor[returned], RETURN_WITHIN)
    return due


def _earliest(line: Timeline, segments: Segments, some: Intervals) -> Days:
    """A day before which nothing falls due: stopped days and looser rules only ever put it off.

    Where an interval lies in one stretch, it is the due day itself.
    """
    begins = _begins(segments, some)
    rule = line.rule[some.stretch]
    across = np.flatnonzero((some.end_stretch != some.stretch) | (rule == STOPPED))
    stretch, end = some.stretch[across], some.end_stretch[across]
    rule[across] = _least(np.where(line.rule > STOPPED, line.rule, _ANY_RULE), stretch, end)
    due = _counted_on(rule, some.anchor, begins)
    brought = _least(line.brought, stretch + 1, end)
    due[across] = np.where(begins[across] == FROM_RETURN, due[across], np.minimum(due[across], brought))
    return due


def _least(values: Days, first: Days, last: Days) -> Days:
    """The least value from a first to a last place, for each pair of places; FOREVER if none."""
    if not len(first):
        return first
    pairs = np.column_stack((first, last + 1)).ravel()
    least = np.minimum.reduceat(np.append(values, FOREVER), pairs)[::2]
    return np.where(first <= last, least, FOREVER)


def _told(
    line: Timeline, segments: Segments, ids: pd.Index, held: Days, late: Intervals,
    due: Days, late_by: Days, today: int,
) -> pd.DataFrame:  # fmt: skip
    """The gaps as a frame."""
    following = line.scope_next[line.at(late.person, late_by + 1)]
    first_late = np.maximum(late_by + 1, line.first[following])
    scope = line.days_in_scope(late.end_stretch, late.end)
    scope_before = line.days_in_scope(line.at(late.person, late_by), late_by)
    return pd.DataFrame(
        {
            "person_id": ids.to_numpy()[late.person],
            "last_held": _dates(_last_held(segments, held, late)),
            "due": _dates(due),
            "late_by": _dates(late_by),
            "first_late_day": _dates(first_late),
            "last_late_day": _dates(late.reach),
            "days_late": scope - scope_before,
            "ended": _ended(line, segments, late, today),
            "closed_by": _dates(np.where(late.session < FOREVER, late.session, LONG_AGO)),
        }
    )


def _last_held(segments: Segments, held: Days, late: Intervals) -> Days:
    """The last counting session of the spell up to each anchor, in whichever segment."""
    at = np.searchsorted(held, key(late.person, late.anchor), side="right") - 1
    before = np.append(held, -1)[at]
    return np.where(before >= segments.spell_key[late.segment], unkey(before)[1], LONG_AGO)


def _ended(line: Timeline, segments: Segments, late: Intervals, today: int) -> pd.Categorical:
    """How each gap ended."""
    over = segments.last[late.segment] < today
    now = line.at(late.person, np.full(len(late.person), today))
    how = np.select(
        [late.session < FOREVER, over & segments.to_return[late.segment], over,
         line.rule[now] > STOPPED],
        [0, 1, 2, 3],
        4,
    )  # fmt: skip
    return pd.Categorical.from_codes(how, ["session", "absent", "left", "open", "stopped"])


def _dates(day: Days) -> pd.Series:
    """Days since 1970 as dates, NaT for LONG_AGO."""
    dates = day.view("datetime64[D]").copy()
    dates[day == LONG_AGO] = np.datetime64("NaT", "D")
    return pd.Series(dates.astype("datetime64[s]"))
