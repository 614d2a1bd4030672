"""Weeks and months over the columns of a matrix, however they are written, and the years they are of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from supervise.exchange.tracker import words
from supervise.exchange.tracker.days import Frame, dates_in
from supervise.exchange.tracker.years import Years, year_in
from supervise.workdays import month_of

_WEEK = 7
_DECEMBER = 12
_LONG = 40  # letters of a title; what is longer is no week or month
_FEW = 3
_MONTH = re.compile(
    rf"^(?P<w>{words.month_words()})[a-z]*\.?(?:[\s\-/.,'’]*(?:20)?(?P<y>\d{{2}}))?$"
    r"|^(?P<y2>20\d\d)[\s\-/.](?P<m2>\d{1,2})$|^(?P<m3>\d{1,2})[\s\-/.](?P<y3>20\d\d)$"
    r"|^(?P<m5>\d{1,2})[/.](?P<y5>1[3-9]|[2-6]\d)$"
    rf"|^(?P<y4>20\d\d)[\s\-/.]+(?P<w4>{words.month_words()})[a-z]*$",
    re.IGNORECASE,
)
_SUPERVISION = r"(?:sup|sups|supervisions?|sessions?|held|1:1s?|1-1s?|121s?)"
_BESIDE = re.compile(rf"^{_SUPERVISION}\s+(?=\D)|\s+{_SUPERVISION}$", re.I)
_WEEK_OF = re.compile(
    r"^(w ?/? ?[cb]|wk( commencing)?|week( (commencing|beginning|of|starting))?)\b[ :.]*", re.I
)
_WEEK_TO = re.compile(r"^(w ?/? ?e|wk ending|week (ending|to))\b[ :.]*", re.I)
_NUMBERED = re.compile(r"^(?:week|wk) ?\d{1,2}\s*[(:,–-]\s*(?P<day>[^()]+)\)?$", re.I)
_DAYS = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?\s*(?:-|–|to)\s*(\d{1,2}(?:st|nd|rd|th)?)(\D.*)$", re.I)
_TWO_DATES = re.compile(
    r"^(\d{1,2}\D.*?)\s+(?:-|–|to)\s+(\d{1,2}\D.*?)$|^(\d{1,2}/\d{1,2})-(\d{1,2}/.*)$", re.I
)
_LEAP = Frame(date(2016, 1, 1).toordinal(), date(2016, 12, 31).toordinal())


class Periods(NamedTuple):
    """The weeks or months of a line of titles, by column. `yearless`: they are there, and it cannot be known
    of which years. `dates`: all the titles are whole dates, as cells of sessions are, too."""

    frames: dict[int, Frame]
    yearless: bool = False
    dates: bool = False


class _Title(NamedTuple):
    """A title that is a day or a month: the day of the month (None for a month) and the year, if it is
    given. `ends`: the day is the last of its week; `week`: the title says that it is a week's."""

    month: int
    day: int | None = None
    year: int | None = None
    ends: bool = False
    week: bool = False
    is_date: bool = False


class _At(NamedTuple):
    column: int
    title: _Title


def periods_of(cells: Sequence[Any], own: Mapping[int, Years], years: Years | None) -> Periods:
    """The weeks or months of a line of titles. `own` are the years that a line above gives to single
    columns, `years` those of the whole sheet."""
    found = [_At(at, title) for at, cell in enumerate(cells) if (title := _title_of(cell))]
    if not found:
        return Periods({})
    found = [_with_year(each, own.get(each.column)) for each in found]
    days = [each for each in found if each.title.day is not None]
    if (days and len(days) == len(found)) or any(each.title.week for each in days):
        weeks = _weeks(days, years)
        if weeks is not None:
            return weeks
    months = _as_months(found)
    if not months:
        return Periods({})
    dated = _dated(months, years)
    if dated is None:
        return Periods({}, yearless=True)
    return Periods({each.column: _month_frame(each) for each in dated}, dates=bool(days))


def _title_of(cell: Any) -> _Title | None:
    if isinstance(cell, datetime | date):
        return _Title(cell.month, cell.day, cell.year, is_date=True)
    if not isinstance(cell, str) or len(cell) > _LONG:
        return None
    return _title_of_text(cell)


@cache
def _title_of_text(cell: str) -> _Title | None:
    text = words.one_line(words.without_accents(cell).replace("_", " "))
    ends = bool(_WEEK_TO.match(text))
    bare = _WEEK_TO.sub("", text) if ends else _WEEK_OF.sub("", text)
    week = bare != text
    if match := _NUMBERED.match(text):
        bare, week = match["day"].strip(), True
    if not week and (month := _month(text)):
        return month
    return _day(bare, ends=ends, week=week)


def _month(text: str) -> _Title | None:
    """“Apr 17”, “04/2017”, “April (2017)”, “Apr 2017 supervision”."""
    text = words.one_line(re.sub(r"[()\[\]]", " ", text))
    match = _MONTH.match(text) or _MONTH.match(_BESIDE.sub("", text))
    if not match:
        return None
    word = match["w"] or match["w4"]
    month = words.month_number(word) if word else int(match["m2"] or match["m3"] or match["m5"])
    year = match["y"] or match["y2"] or match["y3"] or match["y4"] or match["y5"]
    if month is None or not 1 <= month <= _DECEMBER:
        return None
    return _Title(month, None, _full(year) if year else None)


def _full(year: str) -> int:
    return int(year) if len(year) > len("17") else 2000 + int(year)


def _day(text: str, *, ends: bool, week: bool) -> _Title | None:
    """A day, or the first (for a week's end, the last) of two."""
    if match := _DAYS.match(text):
        text = f"{match[2] if ends else match[1]}{match[3]}"
        week = True
    elif match := _TWO_DATES.match(text):
        first, last = match[1] or match[3], match[2] or match[4]
        year = re.search(r"[\s/.'-](20\d\d|\d\d)$", last)
        whole = len(re.findall(r"\d+", first)) > len(re.findall(r"\d+", last)) - bool(year)
        text = first if whole or not year else f"{first}{year[0]}"
        week = True
    found = dates_in(text)
    given = len(found.days) == 1 and not found.rest
    if not given:
        found = dates_in(text, _LEAP)
        if len(found.days) != 1 or found.rest or found.american:
            return None
    day = date.fromordinal(found.days[0])
    return _Title(day.month, day.day, day.year if given else None, ends, week, is_date=given)


def _with_year(each: _At, own: Years | None) -> _At:
    if own is None or each.title.year is not None:
        return each
    return each._replace(title=each.title._replace(year=year_in(own, each.title.month)))


def _weeks(days: Sequence[_At], years: Years | None) -> Periods | None:
    """The columns as weeks or fortnights, if their days follow one another so; None if they do not."""
    said = any(each.title.week for each in days)
    if not said and len(days) == 1:
        return None  # a week is told by the next one
    dated = _dated(days, years or Years(_A_YEAR, _A_YEAR))
    if dated is None:
        return Periods({}, yearless=True) if said else None
    at = [(each, _ordinal(each.title)) for each in dated]
    steps = Counter(b - a for (_, a), (_, b) in pairwise(at))
    step = abs(steps.most_common(1)[0][0]) if steps else _WEEK
    if step not in (_WEEK, 2 * _WEEK):
        return None
    if years is None and all(each.title.year is None for each in days):
        return Periods({}, yearless=True)
    frames = {
        each.column: Frame(day - step + 1, day) if each.title.ends else Frame(day, day + step - 1)
        for each, day in at
    }
    return Periods(frames, dates=all(each.title.is_date and not each.title.week for each in days))


_A_YEAR = 2016  # some leap year, to see whether days without a year are weeks


def _as_months(found: Sequence[_At]) -> list[_At]:
    """Those that are months; dates only if all are the first of theirs, or the last, or one in each month
    (which only a line of titles may have: see `Periods.dates`)."""
    days = [each.title for each in found if each.title.day is not None]
    if not days:
        return list(found)
    if any(title.year is None for title in days):
        return [each for each in found if each.title.day is None]
    whole = [date(title.year or 0, title.month, title.day or 1) for title in days]
    firsts = all(day.day == 1 for day in whole)
    lasts = all((day + timedelta(days=1)).day == 1 for day in whole)
    steps = {(b.year - a.year) * _DECEMBER + b.month - a.month for a, b in pairwise(whole)}
    if firsts or lasts or (len(whole) >= _FEW and steps == {1}):
        return list(found)
    return [each for each in found if each.title.day is None]


def _dated(found: Sequence[_At], years: Years | None) -> list[_At] | None:
    """The titles with their years: those given, and for the rest counted on from a neighbour, or from the
    sheet's year. None if there is nothing to count from, or they neither rise nor fall all along."""
    known = next((at for at, each in enumerate(found) if each.title.year), None)
    falling = _fall(found)
    dated = list(found)
    if known is None:
        if years is None:
            return None
        start = len(found) - 1 if falling else 0
        month = found[start].title.month
        if years.starts and month != years.month:
            return None
        dated[start] = _in_year(found[start], year_in(years, month))
        known = start
        if month < years.month and _leaves(found, years):
            return None  # January to December under “2017-18”: it cannot be known of which of the two
    for at in range(known + 1, len(found)):
        dated[at] = _next_to(dated[at - 1], dated[at], later=not falling)
    for at in range(known - 1, -1, -1):
        dated[at] = _next_to(dated[at + 1], dated[at], later=falling)
    order = [_ordinal(each.title) for each in dated]
    rising = all(a <= b for a, b in pairwise(order))
    return dated if rising or all(a >= b for a, b in pairwise(order)) else None


def _leaves(found: Sequence[_At], years: Years) -> bool:
    """Whether months that begin in the second of two years go beyond them."""
    return years.first != years.last and any(each.title.month >= years.month for each in found)


def _fall(found: Sequence[_At]) -> bool:
    """Whether most of the titles are before the one to their left."""
    falls = [
        (b.title.year or 0, *_in_a_year(b.title)) < (a.title.year or 0, *_in_a_year(a.title))
        if a.title.year and b.title.year
        else _in_a_year(b.title) < _in_a_year(a.title)
        for a, b in pairwise(found)
    ]
    return 2 * sum(falls) > len(falls)


def _in_a_year(title: _Title) -> tuple[int, int]:
    return title.month, title.day or 1


def _in_year(each: _At, year: int) -> _At:
    return each._replace(title=each.title._replace(year=year))


def _next_to(known: _At, each: _At, *, later: bool) -> _At:
    """A title with the year that it has as the next after (or before) one whose year is known."""
    year = known.title.year
    if each.title.year is not None or year is None:
        return each
    if later:
        return _in_year(each, year + (_in_a_year(each.title) < _in_a_year(known.title)))
    return _in_year(each, year - (_in_a_year(each.title) > _in_a_year(known.title)))


def _ordinal(title: _Title) -> int:
    assert title.year is not None, "a dated title has its year"
    try:
        return date(title.year, title.month, title.day or 1).toordinal()
    except ValueError:  # 29 February in a year without one
        return date(title.year, title.month, 28).toordinal()


def _month_frame(each: _At) -> Frame:
    return Frame(*month_of(_ordinal(each.title._replace(day=1))))
