"""What one cell of a grid may be, whatever program wrote it, and lines made of such cells."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | None
"""What a cell holds. Blanks are None, whole numbers int, a date with its time at midnight a date. A
duration is a time if it is of less than a day, else text in hours and minutes (“30:05”); an error is its
text (“#N/A”). A day numbered 0, which a spreadsheet shows as 0 January 1900, is the time 00:00."""

_DAY = 24 * 60 * 60
_SECOND = timedelta(seconds=1)
_EXACT = 2**53
"""From here on, a spreadsheet's numbers do not tell one whole number from the next."""


def cell_of(value: object) -> Cell:
    """The cell that a value is, from any of the readers."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, time):
        return _time(value)
    return value if isinstance(value, int | date) else None


def filled(lines: Iterable[tuple[int, Sequence[object]]]) -> Iterator[tuple[int, list[Cell]]]:
    """The lines that hold something, without the empty cells after the last that does."""
    for line, values in lines:
        cells = [cell_of(value) for value in values]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            yield line, cells


def _number(value: float) -> Cell:
    if not math.isfinite(value):
        return "#NUM!"
    return int(value) if value.is_integer() and abs(value) < _EXACT else value


def _moment(value: datetime) -> Cell:
    """To the second: spreadsheets count in fractions of a day, which are never quite twenty past nine."""
    value = value.replace(tzinfo=None)
    if value.microsecond:
        value = (value + _SECOND / 2).replace(microsecond=0)
    return value.date() if value.time() == time() else value


def _time(value: time) -> time:
    seconds = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
    return _clock(min(round(seconds), _DAY - 1))


def _duration(value: timedelta) -> time | str:
    seconds = round(value.total_seconds())
    if 0 <= seconds < _DAY:
        return _clock(seconds)
    minutes, rest = divmod(abs(seconds), 60)
    text = f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02}"
    return f"{text}:{rest:02}" if rest else text


def _clock(seconds: int) -> time:
    return (datetime.min + timedelta(seconds=seconds)).time()
