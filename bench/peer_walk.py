"""The pandas peer's fallback: intervals in which something changes, walked stretch by stretch."""

from __future__ import annotations

import numpy as np

from bench.peer_facts import (
    FOREVER,
    FORTNIGHTLY,
    GRACE,
    LONG_AGO,
    MONTHLY,
    NEW_SUPERVISOR_WITHIN,
    RETURN_WITHIN,
    STOPPED,
    WEEKLY,
    WORKED_UPTO,
    WORKING_DAYS,
    Days,
    add_months,
)
from bench.peer_timeline import FROM_RETURN, FROM_SPELL, Timeline


def walk(
    line: Timeline, stretch: Days, anchor: Days, begins: Days, segment_last: Days
) -> tuple[Days, Days]:
    """The due day and late-by of each interval, FOREVER where it has none."""
    walker = _Walker(line)
    month_later = add_months(anchor, 1).tolist()
    rows = zip(
        stretch.tolist(), anchor.tolist(), month_later, begins.tolist(), segment_last.tolist(),
        strict=True,
    )  # fmt: skip
    found = [walker.due_and_late_by(*row) for row in rows]
    both = np.array(found, np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


class _Walker:
    """The timeline as plain lists, which are quicker to walk than arrays."""

    def __init__(self, line: Timeline) -> None:
        self.first = line.first.tolist()
        self.last = line.last.tolist()
        self.rule = line.rule.tolist()
        self.brought = line.brought.tolist()
        self.upto = WORKED_UPTO.tolist()
        self.working = WORKING_DAYS.tolist()

    def due_and_late_by(
        self, stretch: int, anchor: int, month_later: int, begins: int, segment_last: int
    ) -> tuple[int, int]:
        if begins == FROM_RETURN:
            due = self.nth_in_scope(stretch, anchor, RETURN_WITHIN, segment_last)
        else:
            due = self.used_up(stretch, anchor, month_later, begins == FROM_SPELL, segment_last)
            due = self.brought_forward(stretch, due, segment_last)
        if due == FOREVER:
            return FOREVER, FOREVER
        late_by = self.nth_in_scope(stretch, due + 1, GRACE, segment_last)
        return due, min(late_by, segment_last)

    def used_up(
        self, stretch: int, anchor: int, month_later: int, from_spell: bool, segment_last: int
    ) -> int:
        """The first day in scope after the anchor on which the frequency of that day is used up."""
        targets = {
            WEEKLY: anchor + 7,
            FORTNIGHTLY: anchor + 14,
            MONTHLY: anchor + 14 if from_spell else month_later,
        }
        stopped = 0
        counted_from = anchor if from_spell else anchor + 1
        while True:
            first, last = self.first[stretch], min(self.last[stretch], segment_last)
            if self.rule[stretch] == STOPPED:
                stopped += max(last - max(first, counted_from) + 1, 0)
            else:
                due: int = max(first, anchor + 1, targets[self.rule[stretch]] + stopped)
                if due <= last:
                    return due
            if last == segment_last:
                return FOREVER
            stretch += 1

    def brought_forward(self, stretch: int, due: int, segment_last: int) -> int:
        """The due day, or the one that a new supervisor after the anchor and before it brings."""
        soonest = due
        while self.last[stretch] < min(due, segment_last):
            stretch += 1
            first = self.first[stretch]
            if self.brought[stretch] < FOREVER and first < due:
                brought = self.nth_in_scope(stretch, first, NEW_SUPERVISOR_WITHIN, segment_last)
                soonest = min(soonest, brought)
        return soonest

    def nth_in_scope(self, stretch: int, day: int, n: int, segment_last: int) -> int:
        """The n-th working day in scope on or after a day; FOREVER if the segment ends before."""
        while True:
            first, last = max(self.first[stretch], day), min(self.last[stretch], segment_last)
            if self.rule[stretch] > STOPPED and first <= last:
                before = self.upto[first - 1 - LONG_AGO]
                here = self.upto[last - LONG_AGO] - before
                if here >= n:
                    return int(self.working[before + n - 1])
                n -= here
            if last == segment_last:
                return FOREVER
            stretch += 1
