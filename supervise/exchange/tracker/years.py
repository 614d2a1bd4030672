"""The years that a sheet is of: what its name, the lines above its table or its file say of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from supervise.exchange.tracker import words
from supervise.exchange.tracker.days import Frame

_APRIL, _CENTURY = 4, 2000
_DASH = r"\s?(?:[-–—/]|to|until)\s?"
_SPAN = re.compile(rf"(?<!\d)(20\d\d){_DASH}(?:20)?(\d\d)(?![\d/-])", re.I)
_SHORT_SPAN = re.compile(r"(?<![\d/])(\d\d)\s?[-–/]\s?(\d\d)(?![\d/])")
_SINGLE = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_A_MONTH = rf"\b({words.month_words()})[a-z]*\.?[\s\-/.,'’]*(?:20)?(\d\d)(?!\d)"
_MONTHS = re.compile(rf"{_A_MONTH}{_DASH}{_A_MONTH}", re.I)
_FROM_MONTH = re.compile(_A_MONTH, re.I)
_BESIDE = re.compile(
    r"\b\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})\b|\b20\d\d-\d\d-\d\d\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:{words.month_words()})[a-z]*\.?,?\s20\d\d\b"
    r"|\b(?:polic(?:y|ies)|procedures?|guidance|standards?|act|regulations|versions?|updated|revised|reviewed|"
    r"printed|issued|created|as at|as of|last saved|established|since)\b[^,;()\n]{0,20}?20\d\d\b",
    re.I,
)
"""Years that are something else's: a date, or that of a policy or version."""


class Years(NamedTuple):
    """The year that a sheet is of, or the twelve months from `month` of `first` on into `last`. `starts`:
    only its first month is known, which has to be that of the first column."""

    first: int
    last: int
    month: int = _APRIL
    starts: bool = False


def years_of(text: str) -> Years | None:
    """The year, financial year or twelve months that a title names: “2016-17”, “2017/2018”, “16-17”,
    “2017”, “April 2017 - March 2018”, “from April 2017”. Dates and the years of policies are none."""
    text = _BESIDE.sub(" ", words.without_accents(text))
    return _span(text) or _start(text) or _single(text)


def year_among(texts: Sequence[str]) -> Years | None:
    """The years that texts give, the likeliest first: one that names two years or a month is surer than one
    with a single year."""
    bare = [_BESIDE.sub(" ", words.without_accents(text)) for text in texts]
    for read in (_span, _start, _single):
        if found := next((years for text in bare if (years := read(text))), None):
            return found
    return None


def _span(text: str) -> Years | None:
    if match := _MONTHS.search(text):
        first, month = _CENTURY + int(match[2]), words.month_number(match[1])
        if month is not None:
            last = first if month == 1 else first + 1
            ends = _CENTURY + int(match[4]), words.month_number(match[3]) or month
            longer = ends >= (first + 1, month)
            return Years(first, last, month, starts=longer)
    for match in _SPAN.finditer(text):
        first, last = int(match[1]), int(match[1]) // 100 * 100 + int(match[2])
        if last == first + 1:
            return Years(first, last)
    for match in _SHORT_SPAN.finditer(text):
        if int(match[2]) == int(match[1]) + 1:
            return Years(_CENTURY + int(match[1]), _CENTURY + int(match[2]))
    return None


def _start(text: str) -> Years | None:
    match = _FROM_MONTH.search(text)
    month = words.month_number(match[1]) if match else None
    if match is None or month is None:
        return None
    first = _CENTURY + int(match[2])
    return Years(first, first if month == 1 else first + 1, month, starts=True)


def _single(text: str) -> Years | None:
    match = _SINGLE.search(text)
    return Years(int(match[1]), int(match[1])) if match else None


def year_cell(cell: Any) -> Years | None:
    """The year of a cell that holds nothing else: 2017 as a number, “2017-18”, “FY 17/18”."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if not isinstance(cell, str | int) or isinstance(cell, bool):
        return None
    text = words.one_line(str(cell))
    years = years_of(text)
    bare = re.sub(r"[\d\s\-–—/()'’.]|\b(fy|f/y|year|to|financial|calendar)\b", "", text, flags=re.I)
    return years if years and not bare else None


def year_in(years: Years, month: int) -> int:
    """Of which year a month is."""
    return years.first if month >= years.month or years.first == years.last else years.last


def frame_of(years: Years) -> Frame:
    """A year's first and last day; one over two years is twelve months, from April unless it says more."""
    if years.first == years.last:
        return Frame(date(years.first, 1, 1).toordinal(), date(years.first, 12, 31).toordinal())
    end = date(years.first + 1, years.month, 1) - timedelta(days=1)
    return Frame(date(years.first, years.month, 1).toordinal(), end.toordinal())
