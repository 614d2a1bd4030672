"""Days as people write them in a cell: British, short, several at once, with words around them.

A day that is only possible the American way is told and never swapped. A day without a year takes it from
the cell's column or sheet; without a month, from its column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from supervise.exchange.tracker.patterns import LENGTH, ONE, TIME
from supervise.exchange.tracker.words import WEEKDAYS, month_number, without_accents
from supervise.workdays import Day, month_of


class Frame(NamedTuple):
    """Where a cell stands in time: the first and last day of its column (week, month or year), or None
    where its column says nothing."""

    first: Day
    last: Day


@dataclass(slots=True)
class Dates:
    """What a text says of days: the days, in order; what is left of the text without them; and in words
    what of it does not exist or cannot be known. `american`: days that are only possible the American
    way, which are not among the days. `pieces`: the texts before, between and after the
    dates. `other_weekday`: the text names one that its day is
    not. `is_plain`: one whole date and nothing else."""

    days: list[Day]
    rest: str
    unreadable: list[str]
    american: list[Day] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    other_weekday: bool = False
    is_plain: bool = False


_FIRST_SERIAL, _LAST_SERIAL = 32_874, 73_050  # 1990 to 2099 in a workbook's count of days
_EPOCH = date(1899, 12, 30)

_JOINER = re.compile(r"^(and\b|then\b|[&+;,/.\s])+|(\band|\bthen|[&+;,/.\s])+$", re.IGNORECASE)


def dates_in(value: Any, frame: Frame | None = None) -> Dates:
    """The days that a cell speaks of. `frame` is its column's; without one a year must be there."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return Dates([value.toordinal()], "", [], is_plain=True)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value, frame)
    text = str(value)
    if (plain := _PLAIN.fullmatch(text)) and (day := _whole(plain)):
        return Dates([day], "", [], is_plain=True)  # what most cells hold, without a closer look
    if frame and (short := _SHORT.fullmatch(text)) and (day := _in_frame(short, frame)):
        return Dates([day], "", [])
    return _of_text(text, frame)


_PLAIN = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})\s*")


_SHORT = re.compile(r"\s*(\d{1,2})[/.](\d{1,2})\s*")


def _in_frame(short: re.Match[str], frame: Frame) -> Day | None:
    """The day that a day and month are in a frame, or None if there is none."""
    if not 1 <= int(short[2]) <= _MONTHS:
        return None
    month, year = _from_frame(int(short[1]), int(short[2]), frame)
    return _exists(year, month, int(short[1]))


def _whole(plain: re.Match[str]) -> Day | None:
    """The day of a whole date in figures, or None if there is none."""
    return _exists(_century(plain[4]), int(plain[3]), int(plain[1]))


def _of_number(value: float, frame: Frame | None) -> Dates:
    if _FIRST_SERIAL <= value <= _LAST_SERIAL:
        return Dates([_serial(int(value))], "", [])
    return _of_text(str(int(value)) if value == int(value) else str(value), frame)


def _serial(number: int) -> Day:
    return (_EPOCH + timedelta(days=number)).toordinal()


class _Part(NamedTuple):
    """Day, month and year as written; None where not given."""

    written: str
    day: int
    month: int | None
    year: int | None


_SLASHED = re.compile(r"\d{1,2}(\s*/\s*\d{1,2}){2,}")
_WEEK, _TWO_MONTHS = 7, 62


def _of_text(text: str, frame: Frame | None) -> Dates:
    if frame and _SLASHED.fullmatch(text.strip()):
        text = _days_of_a_month(text, frame)
    if frame and frame.last - frame.first < _WEEK and (day := _weekday(text, frame)):
        return Dates([day], "", [])
    said = text
    for pattern in (LENGTH, TIME, WEEKDAYS):
        said = pattern.sub(_blank, said)
    said = without_accents(said)
    found = Dates([], "", [])
    parts: list[_Part | Day] = []
    at = 0
    for match in ONE.finditer(said):
        part = _part(match)
        if part is None or (match["d7"] and not _STARTS_A_DAY.search(said[: match.start()])):
            continue
        found.pieces.append(text[at : match.start()])
        at = match.end()
        parts.append(part)
    found.pieces.append(text[at:])
    found.rest = _without_joiners(found.pieces) if at else text.strip()
    for part in _completed(parts):
        if isinstance(part, int):
            found.days.append(part)
        else:
            _add(found, part, frame)
    one = parts[0] if len(parts) == 1 else None
    found.other_weekday = len(found.days) == 1 and _other_weekday(text, found.days[0])
    whole = isinstance(one, _Part) and one.year is not None and one.month is not None
    found.is_plain = whole and not found.rest and bool(found.days) and not found.other_weekday
    return found


_STARTS_A_DAY = re.compile(r"(^|[,&+;(]|\band)\s*$", re.IGNORECASE)


def _days_of_a_month(text: str, frame: Frame) -> str:
    """“2 / 16 / 30” may be days of one month: if they rise, and the last is not the year."""
    numbers = [int(number) for number in text.split("/")]
    is_year = numbers[-1] == date.fromordinal(frame.last).year % 100
    if len(numbers) == len(("day", "month", "year")) and (is_year or numbers[1] <= _MONTHS):
        return text
    return text.replace("/", " , ") if numbers == sorted(set(numbers)) else text


def _weekday(text: str, frame: Frame) -> Day | None:
    """The day of a week that a weekday's name alone means."""
    if not WEEKDAYS.fullmatch(text.strip()):
        return None
    named = _WEEKDAYS.index(text.strip()[:3].casefold())
    return next(day for day in range(frame.first, frame.last + 1) if (day - 1) % _WEEK == named)


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _other_weekday(text: str, day: Day) -> bool:
    """Whether a text names a weekday that the day is not."""
    named = WEEKDAYS.search(text)
    return named is not None and _WEEKDAYS.index(named[1][:3].casefold()) != (day - 1) % _WEEK


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _without_joiners(pieces: Sequence[str]) -> str:
    """What stands between the days, without weekdays, times, and what only joins them."""
    said = [_JOINER.sub("", TIME.sub(" ", WEEKDAYS.sub(" ", piece)).strip()) for piece in pieces]
    return " ".join(" ".join(said).split()).strip(" -–—:")


def _part(match: re.Match[str]) -> _Part | Day | None:
    """What a match says; a day of its own for a workbook's number; None if it is no date."""
    said = match.groupdict()
    if said["serial"]:
        number = int(said["serial"])
        return _serial(number) if _FIRST_SERIAL <= number <= _LAST_SERIAL else None
    at = next(key[1] for key, value in said.items() if key[0] == "d" and value)
    day = int(said[f"d{at}"])
    month: int | None = None
    if word := said.get(f"w{at}"):
        month = month_number(word)
        if month is None:
            return None
    elif figures := said.get(f"m{at}"):
        month = int(figures)
    year = said.get(f"y{at}")
    return _Part(match.group().strip(), day, month, _century(year) if year else None)


_CENTURY = 70  # years of two figures up to this one are of this century


def _century(text: str) -> int:
    year = int(text)
    if len(text) == len("2017"):
        return year
    return year + (2000 if year <= _CENTURY else 1900)


def _completed(parts: Sequence[_Part | Day]) -> Iterator[_Part | Day]:
    """“3, 17 and 24 April 2017”: a month or a year that comes last holds for those before it."""
    month, year = None, None
    whole: list[_Part | Day] = []
    for part in reversed(parts):
        if isinstance(part, int):
            whole.append(part)
            continue
        month = part.month if part.month is not None else month
        year = part.year if part.year is not None else year
        whole.append(part._replace(month=month, year=year))
    return reversed(whole)


def _add(found: Dates, part: _Part, frame: Frame | None) -> None:
    """Adds the day of a part, or what is wrong with it."""
    day, month, year = part.day, part.month, part.year
    if month is None or year is None:
        if frame is None or (month is None and frame.last - frame.first > _TWO_MONTHS):
            missing = "year" if month is not None else "month"
            found.unreadable.append(f"“{part.written}” has no {missing}")
            return
        month, year = _from_frame(day, month, frame)
    if month > _MONTHS >= day and (american := _exists(year, day, month)):
        found.american.append(american)
        return
    when = _exists(year, month, day)
    if when is None:
        found.unreadable.append(f"“{part.written}” is not a date that exists")
        return
    found.days.append(when)


_MONTHS = 12


def _exists(year: int, month: int, day: int) -> Day | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.toordinal() if _EARLIEST <= year <= _LATEST else None


_EARLIEST, _LATEST = 1950, 2100  # years outside of these are slips of the pen


def _from_frame(day: int, month: int | None, frame: Frame) -> tuple[int, int]:
    """Month and year for a day without them: those inside the frame, or else nearest to it."""
    first, last = date.fromordinal(frame.first), date.fromordinal(frame.last)
    months = [month] if month is not None else sorted({first.month, last.month})
    best: tuple[int, int, int] | None = None
    for year in range(first.year - 1, last.year + 2):
        for each in months:
            start, end = month_of(date(year, min(max(each, 1), _MONTHS), 1).toordinal())
            when = _exists(year, each, day)
            a, b = (when, when) if when is not None else (start, end)
            away = max(frame.first - b, a - frame.last, 0)
            if best is None or away < best[0]:
                best = (away, each, year)
    assert best is not None, "there is always a year"
    return best[1:]
