"""The periods that are looked at: whole months, quarters and years that end before a day or hold it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from supervise import wording
from supervise.workdays import Day, add_months, month_of


class Period(NamedTuple):
    """Days from `first` to `last`, both counted, and what they are called."""

    name: str
    title: str
    first: Day
    last: Day

    @property
    def said(self) -> str:
        """ "1 Apr 2018 – 31 Mar 2019"."""
        return f"{wording.day(self.first)} – {wording.day(self.last)}"


def periods(day: Day) -> tuple[Period, ...]:
    """The usual periods on a day, the one that is shown first in front. A financial year runs from April
    to March; a quarter is a calendar quarter, which is one of the financial year too."""
    month = month_of(day)[0]
    it = date.fromordinal(day)
    april = date(it.year if it.month >= 4 else it.year - 1, 4, 1).toordinal()
    quarter = date(it.year, it.month - (it.month - 1) % 3, 1).toordinal()
    january = date(it.year, 1, 1).toordinal()
    return (
        Period("months", "Last 12 whole months", add_months(month, -12), month - 1),
        Period("financial", "This financial year", april, add_months(april, 12) - 1),
        Period("last_financial", "Last financial year", add_months(april, -12), april - 1),
        Period("quarter", "Last quarter", add_months(quarter, -3), quarter - 1),
        Period("year", "Last calendar year", add_months(january, -12), january - 1),
    )
