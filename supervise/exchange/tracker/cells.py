"""What a cell of a tracker means: held on these days, not held and why, left, nothing, or not to be read.

Nothing is guessed in silence: whatever is not plainly a date comes with the sentence that says how it was
read, and what there is to doubt about it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from supervise import wording
from supervise.exchange.tracker import words
from supervise.exchange.tracker.days import Dates, Frame, dates_in
from supervise.workdays import Day, iso


class Means(Enum):
    """What a cell may stand for."""

    HELD = "held"
    TICKED = "held, the day not given"
    NOT_HELD = "not held"
    BOOKED = "arranged"
    LEFT = "left"
    STARTED = "started"
    NOTHING = "nothing"
    UNREADABLE = "cannot be read"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one cell means. `days` are those of the sessions, of the leaving, or of what was not held;
    `note` the words beside them; `absence` the kind that the cell speaks of; `doubts` say what to look at,
    and `is_plain` that there was nothing to read into it."""

    means: Means
    days: tuple[Day, ...] = ()
    note: str = ""
    absence: str | None = None
    doubts: tuple[str, ...] = field(default=())
    is_plain: bool = False


NOTHING = Meaning(Means.NOTHING, is_plain=True)
_SLACK = 10
"""So many days outside its month a day may lie and still be taken: a session that slipped a little. (Of a
week, two.)"""
_FAR = 370
"""So many days ahead nothing is arranged: a slip of the pen."""
SKIP = "skip"
"""The correction that says: leave this cell out."""


def as_written(value: Any) -> str:
    """A cell as a person would read it."""
    if isinstance(value, datetime | date):
        return iso(value.toordinal())
    return "" if value is None else words.one_line(str(value))


def meaning_of(
    value: Any, frame: Frame | None, today: Day, *, cross_ticks: bool = True, inside: bool = True
) -> Meaning:
    """What a cell of a session's column means. `frame` is the column's week, month or year, `inside` whether
    its days ought to lie in that; days after `today` can only be arranged. `cross_ticks`: whether “x”
    stands for done."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return Meaning(Means.TICKED if value else Means.NOT_HELD, note="" if value else "not held")
    within = frame if inside else None
    if isinstance(value, date | datetime):
        return _timely(_held(dates_in(value, frame)), within, today)
    text = words.one_line(str(value))
    from_ = words.MOVED_FROM.search(text)
    if from_ and from_.start():
        value = text[: from_.start()] + text[from_.end() :]
    if text.casefold() == SKIP or words.is_nothing(text):
        return Meaning(Means.NOTHING, is_plain=not text)
    simple = _mark(text, cross_ticks=cross_ticks)
    if simple is not None:
        return simple
    found = dates_in(value, frame)
    if from_ and from_.start():
        meaning = (
            replace(_held(found), note=from_.group().strip("() "))
            if found.days
            else _of_words(text, found)
        )
        return _timely(meaning, within, today)
    return _timely(_of_words(text, found), within, today)


def _mark(text: str, *, cross_ticks: bool) -> Meaning | None:
    """A tick, a cross, a “no” or a question mark."""
    if text in words.CROSSES:
        if cross_ticks:
            doubt = "a cross can mean done or not done; it was taken for done"
            return Meaning(Means.TICKED, doubts=(doubt,))
        doubt = (
            "a cross can mean done or not done; beside other marks for done it was taken for not done"
        )
        return Meaning(Means.NOT_HELD, note=text, doubts=(doubt,))
    if words.is_tick(text):
        return Meaning(Means.TICKED)
    if words.is_no(text):
        return Meaning(Means.NOT_HELD, note=text)
    if words.UNCLEAR.search(text):
        return Meaning(Means.UNREADABLE, note=text, doubts=("it does not say anything yet",))
    return None


def _of_words(text: str, found: Dates) -> Meaning:
    """What words and days mean together."""
    rest = found.rest
    if found.american:
        days = " and ".join(wording.day(day) for day in found.american)
        return Meaning(
            Means.UNREADABLE, note=text, doubts=(f"only possible as an American date, {days}",)
        )
    if found.unreadable and not (rest and not found.days and words.says_cancelled(rest)):
        return Meaning(Means.UNREADABLE, note=text, doubts=tuple(found.unreadable))
    if words.says_left(rest):
        return _left(text, found)
    absence = words.absence_in(rest)
    if words.says_missed(rest) or words.says_cancelled(rest) or absence:
        return _not_held(text, found, absence)
    if found.days and words.says_started(rest):
        return Meaning(Means.STARTED, tuple(found.days), text)
    if found.days and words.says_booked(rest):
        doubt = "it says that a session was arranged, not that it was held"
        return Meaning(Means.BOOKED, tuple(found.days), doubts=(doubt,))
    if found.days:
        return _held(found)
    if words.UNCLEAR.search(rest) or not any(letter.isalpha() for letter in rest):
        return Meaning(
            Means.UNREADABLE, note=text, doubts=("this cannot be read as a date or a reason",)
        )
    doubt = "these words are not known; they were taken for the reason why there was none"
    return Meaning(Means.NOT_HELD, note=text, doubts=(doubt,))


def _held(found: Dates) -> Meaning:
    doubts: tuple[str, ...] = ()
    if words.says_about(found.rest):
        doubts = ("it does not seem certain of the day",)
    if found.other_weekday:
        doubts += ("its weekday is another one",)
    note = found.rest.strip("?() ")
    if note and words.is_tick(note):
        note = ""
    return Meaning(Means.HELD, tuple(found.days), note, doubts=doubts, is_plain=found.is_plain)


def _left(text: str, found: Dates) -> Meaning:
    if len(found.days) > 1:
        return Meaning(Means.UNREADABLE, note=text, doubts=("it gives more than one day",))
    doubts = () if found.days else ("it does not say on which day",)
    return Meaning(Means.LEFT, tuple(found.days), text, doubts=doubts)


def _not_held(text: str, found: Dates, absence: str | None) -> Meaning:
    called_off = words.says_missed(found.rest) or words.says_cancelled(found.rest)
    if len(found.days) > 1 and called_off:
        doubt = "it gives several days, and does not say which of them was held"
        return Meaning(Means.UNREADABLE, note=text, doubts=(doubt,))
    if found.days and absence and not called_off and found.rest[:1] == "(":
        doubt = f"beside the day it says “{found.rest.strip('() ')}”"
        return Meaning(Means.HELD, tuple(found.days), found.rest, absence, (doubt,))
    return Meaning(Means.NOT_HELD, tuple(found.days), text, absence)


def _timely(meaning: Meaning, frame: Frame | None, today: Day) -> Meaning:
    """The same, with doubts about days outside their column, and days to come as arrangements."""
    if meaning.means not in (Means.HELD, Means.LEFT):
        return meaning
    doubts = list(meaning.doubts)
    if frame is not None:
        outside = [day for day in meaning.days if not frame.first <= day <= frame.last]
        if outside:
            doubts.append(f"{_days(outside)} lies outside its column")
        slack = min(_SLACK, (frame.last - frame.first) // 3)
        if any(not frame.first - slack <= day <= frame.last + slack for day in outside):
            return replace(meaning, means=Means.UNREADABLE, doubts=tuple(doubts), is_plain=False)
    if any(day > today + _FAR for day in meaning.days):
        doubts.append("it lies more than a year ahead")
        return replace(meaning, means=Means.UNREADABLE, doubts=tuple(doubts), is_plain=False)
    if meaning.means is Means.HELD and any(day > today for day in meaning.days):
        if min(meaning.days) > today:
            return replace(meaning, means=Means.BOOKED, doubts=tuple(doubts), is_plain=False)
        doubts.append("some of its days are still to come")
        days = tuple(day for day in meaning.days if day <= today)
        return replace(meaning, days=days, doubts=tuple(doubts), is_plain=False)
    plain = meaning.is_plain and not doubts
    return replace(meaning, doubts=tuple(doubts), is_plain=plain)


def _days(days: list[Day]) -> str:
    return wording.joined([wording.day(day) for day in days])
