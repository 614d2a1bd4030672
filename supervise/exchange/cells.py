"""What one cell may hold, and what it is as a value; and back again (interchange, section 1)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from supervise.fields import Field, Holds
from supervise.policies import read_frequency

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_NUMBER = re.compile(r"\d+(\.\d+)?(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)

#: What a workbook's text cannot hold, or would not give back: Excel writes it as _x000D_.
_UNWRITABLE = re.compile("[\x01-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def value_of(field: Field, cell: Any) -> Any:
    """The value that a cell gives a field, or None for an empty one.

    `cell` is text, or of a workbook a date, time, number or truth. ValueError, with the reason in words,
    if the field may not hold it.
    """
    text = cell if isinstance(cell, str) else _text_of(cell)
    if not field.prose:
        text = " ".join(text.split()) if field.holds is not Holds.TEXT else text.strip()
    if not text.strip():
        return None
    if _NO_TEXT.search(text):
        raise ValueError("this holds a character that no text can have (NUL, or half of one)")
    value = _READERS[field.holds](text)
    if field.words and value not in field.words:
        raise ValueError(f"“{text}” is not one of {', '.join(field.words)}")
    if field.name == "every":
        read_frequency(text)
    return value


def text_of(value: Any) -> str:
    """The value as a file writes it; "" for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def escaped(text: str) -> str:
    """The text as a workbook's cell writes it: control characters, and what looks like one escaped."""
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    """The text that a workbook's cell means."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _text_of(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _day(text: str) -> str:
    if not _DAY.fullmatch(text):
        raise ValueError(f"“{text}” is not a date written like 2017-03-14")
    try:
        year = date.fromisoformat(text).year
    except ValueError:
        raise ValueError(f"“{text}” is not a date that exists") from None
    if not 1900 <= year < 2200:
        raise ValueError(f"the year of “{text}” cannot be right")
    return text


def _time(text: str) -> str:
    found = _TIME.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError(f"“{text}” is not a time written like 09:30")
    return f"{int(found[1]):02}:{found[2]}"


def _count(text: str) -> int:
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII):
        raise ValueError(f"“{text}” is not a whole number of 0 or more")
    return int(text)


def _number(text: str) -> float:
    number = float(text) if _NUMBER.fullmatch(text) else math.inf
    if not math.isfinite(number):
        raise ValueError(f"“{text}” is not a number of 0 or more")
    return number


def _yes_no(text: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise ValueError(f"“{text}” is not yes or no")
    return text.lower() == "yes"


_READERS: dict[Holds, Callable[[str], Any]] = {
    Holds.TEXT: str,
    Holds.DAY: _day,
    Holds.TIME: _time,
    Holds.COUNT: _count,
    Holds.NUMBER: _number,
    Holds.YES_NO: _yes_no,
}
