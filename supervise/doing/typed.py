"""Days, times and single lines as people type or paste them into a form; days in the British order always.

What was typed is never guessed at: either it says one day, or a sentence says how to write it. A form shows
what `how_read` answers beside the field.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from supervise.wording import day as said_day
from supervise.wording import long_day
from supervise.workdays import FIRST_DAY, FOREVER, Day

_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff"  # control characters, and halves of one
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # what turns the direction of writing (Bidi_Control)
)
_EXAMPLE = "Write it like 14 Mar 2017 or 14/3/2017."
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMED = {"today": 0, "yesterday": -1, "tomorrow": 1}
_AWAY = re.compile(r"([+-]) ?(\d{1,5}) ?(d|days?|w|weeks?)?", re.ASCII)
_WEEKDAY = re.compile(r"(?:(this|next|last) )?([a-z]{3,9})")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_FIGURES = re.compile(r"(\d{1,2}) ?([-/. ]) ?(\d{1,2})(?: ?\2 ?(\d{4}|\d{2}))?", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[- ]?([a-z]{3,9})(?:[- ]?(\d{4}|\d{2}))?", re.ASCII)
_SHORTEST = 3  # letters of a month or weekday that are enough to know it by
_LONGEST = 40  # letters of what was typed that a sentence repeats
_AHEAD = 20  # years from today up to which a year of two figures may lie: later ones are of the past


def one_line(text: str) -> str:
    """A text as it is entered into a field of one line: words apart by single spaces, and without the
    characters that nobody sees, nor can find to delete, but that would make it read as another (controls,
    marks of direction, halves of characters). Joiners stay: some scripts are written with them."""
    return " ".join(_UNSEEN.sub("", text).split())


def read_day(text: str, today: Day) -> Day:
    """The day that somebody typed, in the British order always.

    A day without a year is of this year. “Thu” is the first Thursday from today on, “this Thu” that of this
    week (Monday to Sunday), “next Thu” that of next week, and “last Thu” the latest before today; “+7” and
    “-2 weeks” count from today. ValueError with one sentence and an example for anything else.
    """
    return _read(text, today)[0]


def how_read(text: str, today: Day) -> str:
    """How a day that was typed is understood: “Tuesday 14 March 2017”, with “(this year)” where no year was
    typed. ValueError as `read_day`."""
    found, assumed = _read(text, today)
    return f"{long_day(found)} (this year)" if assumed else long_day(found)


def _short(text: str) -> str:
    """What was typed, as far as a sentence can repeat it."""
    said = " ".join(text.split())
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def _read(text: str, today: Day) -> tuple[Day, bool]:
    """The day, and whether its year was assumed to be this one."""
    said = _plainly(text)
    if not said:
        raise ValueError(f"There is no date here. {_EXAMPLE}")
    relative = _relative(said, today)
    found, assumed = _weekday_and_day(said, text, today) if relative is None else (relative, False)
    if not FIRST_DAY <= found <= FOREVER:
        raise ValueError(f"“{_short(text)}” is too far away to be right. {_EXAMPLE}")
    return found, assumed


def _plainly(text: str) -> str:
    """Small letters with single spaces, without commas and full stops that only end a word."""
    return " ".join(re.sub(r",|\.(?=\s|$)|(?<=[a-z])\.", " ", text.casefold()).split())


def _relative(said: str, today: Day) -> Day | None:
    """A day that is told by today, or None."""
    if said in _NAMED:
        return today + _NAMED[said]
    if away := _AWAY.fullmatch(said):
        days = int(away[2]) * (7 if (away[3] or "d").startswith("w") else 1)
        return today + days if away[1] == "+" else today - days
    if (named := _WEEKDAY.fullmatch(said)) and (weekday := _one_of(_WEEKDAYS, named[2])) is not None:
        monday = today - (today - 1) % 7
        return {
            None: today + (weekday - (today - 1)) % 7,
            "this": monday + weekday,
            "next": monday + 7 + weekday,
            "last": today - 1 - ((today - 2) - weekday) % 7,
        }[named[1]]
    return None


def _weekday_and_day(said: str, text: str, today: Day) -> tuple[Day, bool]:
    """A day of the calendar, with its weekday before it or without. ValueError if it is another weekday."""
    first, _, rest = said.partition(" ")
    weekday = _one_of(_WEEKDAYS, first) if rest else None
    found, assumed = _of_calendar(said if weekday is None else rest, text, today)
    if weekday is not None and (found - 1) % 7 != weekday:
        really = _WEEKDAYS[(found - 1) % 7].capitalize()
        raise ValueError(
            f"{said_day(found)} is a {really}, not a {_WEEKDAYS[weekday].capitalize()}. "
            "Correct the date, or leave the weekday out."
        )
    return found, assumed


def _of_calendar(said: str, text: str, today: Day) -> tuple[Day, bool]:
    if iso := _ISO.fullmatch(said):
        return _exists(int(iso[1]), int(iso[3]), int(iso[4])), False
    if figures := _FIGURES.fullmatch(said):
        return _exists(_year(figures[4], today), int(figures[3]), int(figures[1])), not figures[4]
    named = _WORDS.fullmatch(said)
    month = _one_of(_MONTHS, named[2]) if named else None
    if named and month is not None:
        return _exists(_year(named[3], today), month + 1, int(named[1])), not named[3]
    raise ValueError(f"“{_short(text)}” cannot be read as a date. {_EXAMPLE}")


def _one_of(names: Sequence[str], word: str) -> int | None:
    """Which of the names a word is, or is the beginning of."""
    beginning = {"weds": "wed", "sept": "sep"}.get(word, word)
    known = len(beginning) >= _SHORTEST
    return next((at for at, name in enumerate(names) if known and name.startswith(beginning)), None)


def _year(written: str | None, today: Day) -> int:
    """A year as written: four figures, or two of a year that is not far ahead, or none for this one."""
    this = date.fromordinal(today).year
    if written is None:
        return this
    if len(written) == len("2017"):
        return int(written)
    latest = this + _AHEAD
    return latest - (latest - int(written)) % 100


def _exists(year: int, month: int, number: int) -> Day:
    if not 1 <= month <= len(_MONTHS):
        raise ValueError(f"There is no month {month}: the day comes first here. {_EXAMPLE}")
    try:
        return date(year, month, number).toordinal()
    except ValueError:
        name = _MONTHS[month - 1].capitalize()
        raise ValueError(f"There is no {number} {name} in {year}. {_EXAMPLE}") from None


_TIME = re.compile(r"(\d{1,2}?)(?:[:.h ]?(\d{2}))? ?(am|pm|a\.m|p\.m)?", re.ASCII)
_TIME_EXAMPLE = "Write it like 10:30 or 2pm."
_NIGHT = range(1, 7)  # hours that may be those of the afternoon, if written with one figure
_NOON = 12


def read_time(text: str) -> str:
    """The time of day that somebody typed, as hh:mm: “10”, “10:30”, “1030”, “2pm”, “14.00”.

    ValueError with one sentence and an example for anything else, and for “2” or “2:30”, which may be of the
    night or of the afternoon.
    """
    said = " ".join(text.casefold().split()).rstrip(".")
    if not said:
        raise ValueError(f"There is no time here. {_TIME_EXAMPLE}")
    if said in ("noon", "midday"):
        return "12:00"
    found = _TIME.fullmatch(said)
    if found is None:
        raise ValueError(f"“{_short(text)}” cannot be read as a time. {_TIME_EXAMPLE}")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    exists = 1 <= hour <= _NOON if half else hour < 2 * _NOON
    if not exists or minute >= 60:
        raise ValueError(f"There is no such time as “{_short(text)}”. {_TIME_EXAMPLE}")
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    elif hour in _NIGHT and len(found[1]) == 1:
        raise ValueError(f"“{_short(text)}” may be morning or afternoon. {_TIME_EXAMPLE}")
    return f"{hour:02}:{minute:02}"
