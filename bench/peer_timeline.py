"""The pandas peer's timelines: stretches of days on which nothing changes, and the segments of spells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd  # type: ignore[import-untyped]

from bench.peer_facts import (
    FOREVER,
    FORTNIGHTLY,
    MONTHLY,
    NEW_SUPERVISOR_WITHIN,
    STOPPED,
    WEEKLY,
    Days,
    Facts,
    Flags,
    distinct,
    key,
    nth_working_day,
    starts_of,
    unkey,
)

FROM_SPELL, FROM_RECORDS, FROM_RETURN = range(3)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every stretch of every person in post, by person and day."""

    key: Days  # person and first day
    person: Days
    first: Days
    last: Days
    spell: Days
    rule: Days  # STOPPED, or the rule of every one of its days
    suspended: Flags
    known: Flags  # not before the person's records begin
    brought: Days  # the day to which a supervisor new on the first day brings the session forward
    scope_before: Days  # days in scope before the stretch, over everybody
    scope_latest: Days  # the latest stretch in scope up to and including this one, of anybody
    scope_next: Days  # the first stretch in scope from this one on, of anybody

    def at(self, person: Days, day: Days) -> Days:
        """The number of the latest stretch that has begun on each day."""
        return np.searchsorted(self.key, key(person, day), side="right") - 1

    def days_in_scope(self, stretch: Days, day: Days) -> Days:
        """Days in scope, over everybody, up to a day for which that stretch is the latest."""
        length = np.minimum(day, self.last[stretch]) - self.first[stretch] + 1
        return self.scope_before[stretch] + np.where(self.rule[stretch] > STOPPED, length, 0)


@dataclass(frozen=True, slots=True)
class Segments:
    """Segments by person and day."""

    key: Days  # person and first day
    first: Days
    last: Days
    spell_key: Days  # person and first day of the spell
    begins: Days  # FROM_SPELL, FROM_RECORDS or FROM_RETURN
    to_return: Flags  # whether a return follows


def timeline_of(facts: Facts) -> Timeline:
    """Cut everybody's days in post wherever anything may change, and say what holds in between."""
    person, first, last = _pieces(facts)
    post = _holder(facts.posts, person, first)
    in_post = post >= 0
    person, first, last, post = person[in_post], first[in_post], last[in_post], post[in_post]
    held = facts.posts.iloc[post]
    suspended = _covered(facts.suspended, person, first)
    known = first >= facts.records_from[person]
    young = held["nqsw"].to_numpy() & (first >= facts.employed_from[person])
    rule = np.select(
        [suspended | ~known | ~held["monthly"].to_numpy(),
         young & (first <= facts.to_six_weeks[person]),
         young & (first <= facts.to_six_months[person])],
        [STOPPED, WEEKLY, FORTNIGHTLY],
        MONTHLY,
    )  # fmt: skip
    spell = held["spell"].to_numpy()
    new = _new_supervisor(held["supervisor"].to_numpy(), rule, spell)
    pieces = np.column_stack((spell, rule, suspended, known))
    start = np.append(True, (pieces[1:] != pieces[:-1]).any(axis=1))[: len(new)] | new
    at = np.flatnonzero(start)
    ends = np.append(at[1:], len(first))[: len(at)] - 1
    return _summed(
        person[at], first[at], last[ends], spell[at], rule[at], suspended[at], known[at], new[at]
    )


def _pieces(facts: Facts) -> tuple[Days, Days, Days]:
    """(person, first day, last day) of pieces of time inside which nothing can change."""
    posts, away = facts.posts, facts.suspended
    everyone = np.arange(len(facts.ids))
    cuts = (
        key(posts["person"], posts["first"]),
        key(posts["person"], posts["last"] + 1),
        key(away["person"], away["first"]),
        key(away["person"], away["last"] + 1),
        key(everyone, facts.records_from),
        key(everyone, facts.employed_from),
        key(everyone, facts.to_six_weeks + 1),
        key(everyone, facts.to_six_months + 1),
    )
    person, first = unkey(distinct(np.concatenate(cuts)))
    last = np.append(first[1:] - 1, FOREVER)
    last[:-1][person[1:] != person[:-1]] = FOREVER
    return person, first, last


def _holder(posts: pd.DataFrame, person: Days, day: Days) -> Days:
    """The row of the post held on each day (of several the one that started last), or -1."""
    if posts.empty:
        return np.full(len(day), -1)
    whose, last = posts["person"].to_numpy(), posts["last"].to_numpy()
    row = np.searchsorted(key(whose, posts["first"]), key(person, day), side="right") - 1
    while (over := (row >= 0) & (whose[row] == person) & (last[row] < day)).any():
        row[over] -= 1
    return np.where((row >= 0) & (whose[row] == person), row, -1)


def _covered(absences: pd.DataFrame, person: Days, day: Days) -> Flags:
    """Whether one of the absences, which do not overlap, covers each day."""
    if absences.empty:
        return np.zeros(len(day), np.bool_)
    starts = key(absences["person"], absences["first"])
    row = np.searchsorted(starts, key(person, day), side="right") - 1
    whose, last = absences["person"].to_numpy(), absences["last"].to_numpy()
    covered: Flags = (row >= 0) & (whose[row] == person) & (last[row] >= day)
    return covered


def _latest(flag: Flags) -> Days:
    """The number of the latest flagged row up to and including each, -1 before the first."""
    return np.maximum.accumulate(np.where(flag, np.arange(len(flag)), -1), dtype=np.int64)


def _shifted(rows: Days) -> Days:
    """The value of the row before, -1 for the first."""
    return np.append(-1, rows[:-1])[: len(rows)]


def _new_supervisor(supervisor: Days, rule: Days, spell: Days) -> Flags:
    """Whether each piece begins with a supervisor other than the last one named in scope in its spell."""
    named = (rule > STOPPED) & (supervisor >= 0)
    before = _shifted(_latest(named))
    had_one = before >= _latest(starts_of(spell))
    new: Flags = named & had_one & (supervisor != supervisor[before])
    return new


def _summed(
    person: Days, first: Days, last: Days, spell: Days, rule: Days,
    suspended: Flags, known: Flags, new_supervisor: Flags,
) -> Timeline:  # fmt: skip
    in_scope = rule > STOPPED
    length = np.where(in_scope, last - first + 1, 0)
    brought = np.full(len(first), FOREVER)
    brought[new_supervisor] = nth_working_day(first[new_supervisor], NEW_SUPERVISOR_WITHIN)
    from_behind = _latest(in_scope[::-1])[::-1]
    return Timeline(
        key=key(person, first), person=person, first=first, last=last, spell=spell, rule=rule,
        suspended=suspended, known=known, brought=brought,
        scope_before=np.cumsum(length) - length,
        scope_latest=_latest(in_scope),
        scope_next=len(first) - 1 - from_behind,
    )  # fmt: skip


def segments_of(line: Timeline) -> Segments:
    """One from each spell's first known day, and one from each return inside it. Spells of which
    nothing is known have none, as nothing in them can be late."""
    in_scope = line.rule > STOPPED
    spell_start = _latest(starts_of(line.spell))
    before = _shifted(_latest(in_scope))
    away = _shifted(_latest(line.suspended))
    returned = in_scope & (before >= spell_start) & (away > before)
    unknown_before = ~np.append(False, line.known[:-1])[: len(line.known)]
    first_known = line.known & (unknown_before | starts_of(line.spell))
    at = np.flatnonzero(first_known | returned)
    spell = line.spell[at]
    followed = np.append(spell[1:] == spell[:-1], False)[: len(at)]
    spell_last = line.last[np.searchsorted(line.spell, spell, side="right") - 1]
    next_first = np.append(line.first[at][1:], 0)[: len(at)]
    return Segments(
        key=line.key[at],
        first=line.first[at],
        last=np.where(followed, next_first - 1, spell_last),
        spell_key=line.key[spell_start[at]],
        begins=np.select([returned[at], spell_start[at] == at], [FROM_RETURN, FROM_SPELL], FROM_RECORDS),
        to_return=followed,
    )
