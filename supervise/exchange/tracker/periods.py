"""Weeks and months over the columns of a matrix, however they are written, and the years they are of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from supervise.exchange.tracker import words
from supervise.exchange.tracker.days import Frame, dates_in
from supervise.workdays import month_of

_WEEK = 7
_DECEMBER = 12
_MONTH = re.compile(
    rf"^(?P<w>{words.month_words()})[a-z]*\.?(?:[\s\-/.,'’]+(?:20)?(?P<y>\d{{2}}))?$"
    r"|^(?P<y2>20\d\d)[\s\-/.](?P<m2>\d{1,2})$|^(?P<m3>\d{1,2})[\s\-/.](?P<y3>20\d\d)$"
    rf"|^(?P<y4>20\d\d)[\s\-/.]+(?P<w4>{words.month_words()})[a-z]*$",
    re.IGNORECASE,
)
_WEEK_OF = re.compile(
    r"^(w ?/? ?[cb]|wk( commencing)?|week( (commencing|beginning|of|starting))?)\b[ :.]*", re.I
)
_YEARS = re.compile(r"(?<!\d)(?:(20\d\d)\s?[-–/]\s?(?:20)?(\d\d)(?![\d/-])|(20\d\d)(?!\d))")
_SHORT_YEARS = re.compile(r"(?<![\d/])(\d\d)\s?[-–/]\s?(\d\d)(?![\d/])")


class Years(NamedTuple):
    """The year (financial, if it runs over two) that a sheet is of."""

    first: int
    last: int


class _Month(NamedTuple):
    column: int
    month: int
    year: int | None


def years_of(text: str) -> Years | None:
    """The year or financial year that a title names: “2016-17”, “2017/2018”, “16-17”, “2017”."""
    for match in _YEARS.finditer(text):
        if match[3]:
            return Years(int(match[3]), int(match[3]))
        first, last = int(match[1]), int(match[1]) // 100 * 100 + int(match[2])
        if last == first + 1:
            return Years(first, last)
    for match in _SHORT_YEARS.finditer(text):
        if int(match[2]) == int(match[1]) + 1:
            return Years(2000 + int(match[1]), 2000 + int(match[2]))
    return None


def frame_of(years: Years) -> Frame:
    """A year's first and last day; a financial year runs from April to March."""
    if years.first == years.last:
        return Frame(date(years.first, 1, 1).toordinal(), date(years.first, 12, 31).toordinal())
    return Frame(date(years.first, 4, 1).toordinal(), date(years.last, 3, 31).toordinal())


def periods_of(
    cells: Sequence[Any], over: Mapping[int, Any], years: Years | None, file: str
) -> tuple[dict[int, Frame], bool]:
    """The weeks or months of a line of titles by column, and whether months are there without a year that
    could be found. `over` is the line above, which may give their years."""
    days = [(column, day) for column, cell in enumerate(cells) if (day := _day(cell, over.get(column)))]
    weeks = _weeks(days)
    if weeks:
        return weeks, False
    months = [found for column, cell in enumerate(cells) if (found := _month(column, cell, over))]
    if not months or not _are_titles(cells):
        return {}, False
    dated = _dated(months, years or years_of(file))
    if dated is None:
        return {}, True
    return {each.column: _frame(each) for each in dated}, False


def _are_titles(cells: Sequence[Any]) -> bool:
    """Whether the dates of a line can stand for months: all the first of theirs, or all the last."""
    days = [date(cell.year, cell.month, cell.day) for cell in cells if isinstance(cell, datetime | date)]
    firsts = all(day.day == 1 for day in days)
    return firsts or all((day + timedelta(days=1)).day == 1 for day in days)


def _day(cell: Any, over: Any) -> int | None:
    """The day of a title that is one, such as “w/c 03/04/2017”."""
    if isinstance(cell, datetime | date):
        return cell.toordinal()
    if not isinstance(cell, str):
        return None
    text = _WEEK_OF.sub("", words.one_line(cell))
    if _MONTH.match(words.without_accents(text)):
        return None
    years = years_of(str(over)) if over is not None else None
    found = dates_in(text, frame_of(years) if years else None)
    return found.days[0] if len(found.days) == 1 and not found.rest else None


def _weeks(days: Sequence[tuple[int, int]]) -> dict[int, Frame]:
    """The columns as weeks or fortnights, if their days follow one another so."""
    steps = Counter(b - a for (_, a), (_, b) in pairwise(days))
    if not steps:
        return {}
    step, _ = steps.most_common(1)[0]
    if step not in (_WEEK, 2 * _WEEK):
        return {}
    return {column: Frame(day, day + step - 1) for column, day in days}


def _month(column: int, cell: Any, over: Mapping[int, Any]) -> _Month | None:
    """The month that a title names, with the year it or the line above gives."""
    if isinstance(cell, datetime | date):
        return _Month(column, cell.month, cell.year)
    if not isinstance(cell, str):
        return None
    match = _MONTH.match(words.without_accents(words.one_line(cell)))
    if not match:
        return None
    word = match["w"] or match["w4"]
    month = words.month_number(word) if word else int(match["m2"] or match["m3"])
    year = match["y"] or match["y2"] or match["y3"] or match["y4"]
    if month is None or not 1 <= month <= _DECEMBER:
        return None
    if year:
        return _Month(column, month, int(year) if len(year) > len("17") else 2000 + int(year))
    years = years_of(str(over.get(column, "")))
    return _Month(column, month, _year_in(years, month) if years else None)


def _dated(months: Sequence[_Month], years: Years | None) -> list[_Month] | None:
    """The months with their years: those given, and for the rest counted on from a neighbour, or from the
    sheet's year. None if there is nothing to count from, or the order makes no sense."""
    found = list(months)
    known = next((at for at, each in enumerate(found) if each.year), None)
    if known is None:
        if years is None:
            return None
        found[0] = found[0]._replace(year=_year_in(years, found[0].month))
        known = 0
    for at in range(known + 1, len(found)):
        found[at] = _after(found[at - 1], found[at])
    for at in range(known - 1, -1, -1):
        found[at] = _before(found[at + 1], found[at])
    return found


_APRIL = 4


def _year_in(years: Years, month: int) -> int:
    return years.first if month >= _APRIL else years.last


def _after(before: _Month, each: _Month) -> _Month:
    if each.year is not None or before.year is None:
        return each
    return each._replace(year=before.year + (1 if each.month < before.month else 0))


def _before(after: _Month, each: _Month) -> _Month:
    if each.year is not None or after.year is None:
        return each
    return each._replace(year=after.year - (1 if each.month > after.month else 0))


def _frame(month: _Month) -> Frame:
    assert month.year is not None, "a dated month has its year"
    return Frame(*month_of(date(month.year, month.month, 1).toordinal()))
