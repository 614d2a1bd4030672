"""Days as numbers, working days in England, and sums with them.

A *day* is `datetime.date.toordinal()`. A working day is Monday to Friday and no bank holiday in England
(specification: cadence, section 1). The bank holidays are read from `resources/bank-holidays.txt`, which
a test compares with the `holidays` library; years outside that list have weekends only, which
`beyond_the_list` tells.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import cache

from dateutil.relativedelta import relativedelta

from supervise.places import resource

Day = int
"""A civil date as its ordinal number: 1 January of year 1 is 1."""

FIRST_DAY: Day = date(1900, 1, 1).toordinal()
"""The first day that can be entered. 1 January 1900 was a Monday, which the sums below rely on."""

FOREVER: Day = date(2199, 12, 31).toordinal()
"""The end of what has no end, and the last day that can be entered."""


def day(text: str) -> Day:
    """The day written yyyy-mm-dd. ValueError if it is none."""
    return date.fromisoformat(text).toordinal()


def iso(when: Day) -> str:
    """The day as yyyy-mm-dd."""
    return date.fromordinal(when).isoformat()


def iso_or_none(when: Day | None) -> str | None:
    """The day as yyyy-mm-dd, or None."""
    return None if when is None else iso(when)


@cache
def bank_holidays() -> dict[Day, str]:
    """Bank holidays in England, with their names, as far as the list goes."""
    text = resource("bank-holidays.txt").read_text("utf-8")
    lines = (line.split(" ", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return {day(when): name for when, name in lines}


def beyond_the_list(when: Day) -> bool:
    """Whether that day's year has no bank holidays listed yet, so that a due date may be a day early."""
    return date.fromordinal(when).year > date.fromordinal(max(bank_holidays())).year


@cache
def _left_out() -> tuple[Day, ...]:
    """Mondays to Fridays that are bank holidays, in order."""
    return tuple(sorted(when for when in bank_holidays() if (when - FIRST_DAY) % 7 < 5))


def is_working_day(when: Day) -> bool:
    """Whether it is Monday to Friday and no bank holiday in England."""
    return (when - FIRST_DAY) % 7 < 5 and when not in bank_holidays()


def _working_days_before(when: Day) -> int:
    """How many working days there are since FIRST_DAY, before that day."""
    weeks, rest = divmod(max(when - FIRST_DAY, 0), 7)
    return 5 * weeks + min(rest, 5) - bisect_left(_left_out(), when)


def working_days(first: Day, last: Day) -> int:
    """How many working days there are from `first` to `last`, both counted; 0 if there is no such day."""
    return 0 if last < first else _working_days_before(last + 1) - _working_days_before(first)


def nth_working_day(first: Day, n: int) -> Day:
    """The n-th working day on or after `first`, n ≥ 1. `FOREVER` if it would be later than that."""
    wanted = _working_days_before(first) + n - 1
    holidays = bisect_left(_left_out(), first)
    while True:  # as if there were no further holidays, then once more with those that are on the way
        weeks, rest = divmod(wanted + holidays, 5)
        found = FIRST_DAY + 7 * weeks + rest
        if (until_then := bisect_right(_left_out(), found)) == holidays:
            return min(found, FOREVER)
        holidays = until_then


def no_working_day_between(last: Day, first: Day) -> bool:
    """Whether nothing but weekends and bank holidays lies between a `last` day and a later `first` one."""
    return working_days(last + 1, first - 1) == 0


@cache
def add_months(when: Day, months: int) -> Day:
    """The same day number that many months later, clipped to the month's end."""
    return (date.fromordinal(when) + relativedelta(months=months)).toordinal()


@cache
def month_of(when: Day) -> tuple[Day, Day]:
    """First and last day of the calendar month that holds the day."""
    start = date.fromordinal(when)
    first = when - start.day + 1
    return first, first + monthrange(start.year, start.month)[1] - 1


def whole_months(first: Day, last: Day) -> Iterator[tuple[Day, Day]]:
    """The calendar months that lie wholly in [first, last], as (first day, last day)."""
    start, end = month_of(first)
    if start < first:
        start, end = month_of(end + 1)
    while end <= last:
        yield start, end
        start, end = month_of(end + 1)
