"""How long a session was, as people write it."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any

from supervise.exchange.tracker import words

HOUR = 60
MOST_HOURS = 8
"""A bare number up to this one is of hours."""
_LENGTH = re.compile(
    r"^(?:about |approx\.? |c\.? ?|~)?"
    r"(?:(?P<h>\d+(?:[.,]\d+)?|an?|one|two|half an) ?(?:h|hr|hrs|hour|hours)\.?)?"
    r"(?: ?(?:and )?(?P<half>a half|half))?"
    r"(?: ?(?:and )?(?P<m>\d{1,3}) ?(?:m|min|mins|minutes|minute)?\.?)?$",
    re.I,
)
_WORDS = {"a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "half an": 0.5}


@lru_cache(maxsize=1024, typed=True)
def minutes_in(value: Any, *, in_hours: bool = False) -> int | None:
    """The length that a cell gives, in minutes: 90, “60 mins”, “1h 30”, “1.5 hrs”, 1:30. A bare number up
    to eight is of hours. None if it cannot be read."""
    if isinstance(value, datetime):
        return None
    if isinstance(value, time):
        return value.hour * HOUR + value.minute
    if isinstance(value, timedelta):
        return round(value.total_seconds() / HOUR)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return round(value * HOUR) if in_hours or value <= MOST_HOURS else round(value)
    text = words.one_line(str(value)).casefold().strip(" .")
    text = re.sub(r"(\d) ?½", r"\1.5", text).replace("½", "0.5")
    if match := re.fullmatch(r"(\d{1,2}):(\d{2})(?::00)?", text):
        return int(match[1]) * HOUR + int(match[2])
    if re.fullmatch(r"\d+(?:[.,]\d+)?", text):
        return minutes_in(float(text.replace(",", ".")), in_hours=in_hours)
    match = _LENGTH.match(text)
    if not match or not any(match.groups()):
        return None
    hours = match["h"] or "0"
    length = _WORDS[hours] if hours in _WORDS else float(hours.replace(",", "."))
    length += 0.5 if match["half"] else 0
    return round(length * HOUR) + int(match["m"] or 0)
