"""What a cell of a tracker means: held on these days, not held and why, left, nothing, or not to be read.

Nothing is guessed in silence: whatever is not plainly a date comes with the sentence that says how it was
read, and what there is to doubt about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from supervise import wording
from supervise.exchange.tracker import remarks, words
from supervise.exchange.tracker.days import Dates, Frame, dates_in
from supervise.exchange.tracker.patterns import LENGTH, TIME
from supervise.exchange.tracker.words import WEEKDAYS
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
    found = dates_in(value, frame)
    odd = found.rest or found.unreadable or found.american or found.other_weekday
    if found.days and not odd:  # days and nothing else
        return _timely(_held(found), within, today)
    text = words.one_line(str(value))
    if text.casefold() == SKIP or words.is_nothing(text):
        return Meaning(Means.NOTHING, is_plain=not text)
    simple = _mark(text, cross_ticks=cross_ticks)
    if simple is not None:
        return simple
    moved = words.MOVED_FROM.search(text)
    if moved and moved.start():
        found = dates_in(text[: moved.start()] + text[moved.end() :], frame)
    meaning = _of_words(text, found)
    if moved and moved.start() and meaning.means is Means.HELD:
        meaning = replace(meaning, note=moved.group().strip("() "))
    return _timely(meaning, within, today)


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
    if found.american:
        days = wording.each_day(found.american)
        return _unreadable(text, f"only possible as an American date, {days}")
    if found.unreadable:
        return _unreadable(text, *found.unreadable)
    if found.days:
        return _with_days(text, found)
    return _without_days(text, found.rest)


def _unreadable(text: str, *doubts: str) -> Meaning:
    return Meaning(Means.UNREADABLE, note=text, doubts=doubts)


def _without_days(text: str, rest: str) -> Meaning:
    """Words alone: why there was no supervision, or that somebody left."""
    if words.says_left(rest):
        return _left(text, [])
    absence = words.absence_in(rest)
    if words.says_missed(rest) or words.says_cancelled(rest) or absence:
        return Meaning(Means.NOT_HELD, note=text, absence=absence)
    if words.UNCLEAR.search(rest) or not any(letter.isalpha() for letter in rest) or rest[:1] == "#":
        return _unreadable(text, "this cannot be read as a date or a reason")
    doubt = "these words are not known; they were taken for the reason why there was none"
    return Meaning(Means.NOT_HELD, note=text, doubts=(doubt,))


def _with_days(text: str, found: Dates) -> Meaning:
    """Days with words before, between and after them. What stands before a day says what it is the day of;
    what stands after it is a remark, unless it leaves no question."""
    pieces = found.pieces or [""] * (len(found.days) + 1)
    before, *between, after = (words.one_line(WEEKDAYS.sub(" ", piece)) for piece in pieces)
    if words.says_left(before) or (not before and remarks.only_says_left(after)):
        return _left(text, found.days)
    if words.says_started(before):
        return Meaning(Means.STARTED, tuple(found.days), text)
    if remarks.puts_off(before):
        doubt = "it says where the session was moved to, not that it was held"
        return Meaning(Means.BOOKED, tuple(found.days), doubts=(doubt,))
    off = words.says_missed(before) or words.says_cancelled(before) or remarks.calls_off(after)
    absence = words.absence_in(before)
    if off or absence:
        several = len(found.days) > 1 and not absence
        if several:
            return _unreadable(text, "it gives several days, and does not say which of them was held")
        return Meaning(Means.NOT_HELD, tuple(found.days), text, absence)
    if words.says_booked(before):
        doubt = "it says that a session was arranged, not that it was held"
        return Meaning(Means.BOOKED, tuple(found.days), doubts=(doubt,))
    plainly = remarks.is_harmless(before.strip("( ")) or words.is_tick(before)
    if before and not plainly and not words.says_about(before):
        return _unreadable(text, f"“{before}” does not say that supervision was held on that day")
    return _held_among(text, found, between, after)


def _held_among(text: str, found: Dates, between: list[str], after: str) -> Meaning:
    """Held, on the days that are those of sessions: not of a signature, or of the next one."""
    days, doubts, aside = [found.days[0]], [], False
    absence = None
    for piece, day in zip(between, found.days[1:], strict=True):
        if remarks.calls_off(piece) and words.has_word(piece, ("held", "done")):
            return _held(replace(found, days=[day], rest=text))
        absence = absence or words.absence_in(piece)
        if remarks.says_moved(piece) and not remarks.comes_after(piece):
            return _unreadable(text, "it does not say on which of the days it was held")
        if remarks.comes_after(piece) or remarks.looks_ahead(piece) or words.absence_in(piece):
            aside = True
            if not remarks.comes_after(piece):
                doubts.append(f"{wording.day(day)} was not taken for a session")
        elif not aside:
            days.append(day)
    note = text if aside else found.rest
    if remarks.says_moved(after) or re.match(r"^\W*(re-?arrang|re-?sched)", after, re.I):
        return _unreadable(text, "it does not say whether it was held on that day")
    remark = " ".join([*between, after]) if not aside else after
    remark = words.one_line(TIME.sub(" ", LENGTH.sub(" ", f" {remark}"))).strip(" ()-–.,;&+@")
    absence = absence or words.absence_in(remark)
    plain = words.is_tick(remark) or remarks.is_harmless(remark)
    plain = plain and not re.search(r"\d", remark) and not words.absence_in(remark)
    if not plain and not words.names_kind(remark) and remark.strip("? "):
        doubts.append(f"beside the day it says “{remark}”")
    held = _held(replace(found, days=sorted(set(days)), rest=note))
    return replace(
        held, absence=absence, doubts=(*held.doubts, *doubts), is_plain=held.is_plain and not doubts
    )


def _held(found: Dates) -> Meaning:
    doubts: tuple[str, ...] = ()
    if words.says_about(found.rest):
        doubts = ("it does not seem certain of the day",)
    if found.other_weekday:
        doubts += ("its weekday is another one",)
    note = found.rest.strip("?() ")
    if note and words.is_tick(note):
        note = ""
    return Meaning(
        Means.HELD, tuple(sorted(set(found.days))), note, doubts=doubts, is_plain=found.is_plain
    )


def _left(text: str, days: list[Day]) -> Meaning:
    if len(days) > 1:
        return _unreadable(text, "it gives more than one day")
    doubts = () if days else ("it does not say on which day",)
    return Meaning(Means.LEFT, tuple(days), text, doubts=doubts)


def _timely(meaning: Meaning, frame: Frame | None, today: Day) -> Meaning:
    """The same, with doubts about days outside their column, and days to come as arrangements."""
    if meaning.means not in (Means.HELD, Means.LEFT):
        return meaning
    doubts = list(meaning.doubts)
    if frame is not None:
        outside = [day for day in meaning.days if not frame.first <= day <= frame.last]
        if outside:
            doubts.append(f"{_days(outside)} outside its column")
        slack = min(_SLACK, (frame.last - frame.first) // 3)
        if any(not frame.first - slack <= day <= frame.last + slack for day in outside):
            return replace(meaning, means=Means.UNREADABLE, doubts=tuple(doubts), is_plain=False)
    if any(day < _LONG_AGO or day > today + _FAR for day in meaning.days):
        too_far = "too far back" if min(meaning.days) < _LONG_AGO else "more than a year ahead"
        doubts.append(f"it lies {too_far}")
        return replace(meaning, means=Means.UNREADABLE, doubts=tuple(doubts), is_plain=False)
    if meaning.means is Means.HELD and any(day > today for day in meaning.days):
        if min(meaning.days) > today:
            return replace(meaning, means=Means.BOOKED, doubts=tuple(doubts), is_plain=False)
        doubts.append("some of its days are still to come")
        days = tuple(day for day in meaning.days if day <= today)
        return replace(meaning, days=days, doubts=tuple(doubts), is_plain=False)
    plain = meaning.is_plain and not doubts
    return replace(meaning, doubts=tuple(doubts), is_plain=plain)


_LONG_AGO = date(1990, 1, 1).toordinal()
"""Sessions before this day are slips of the pen."""


def _days(days: list[Day]) -> str:
    return f"{wording.each_day(days)} {'lies' if len(days) == 1 else 'lie'}"
