"""The sums behind a due day and its grace, in words (floor 1).

Each function tells one interval's sum as a sentence. `say` words a day, and `Frequency` words itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from supervise import wording
from supervise.cadence import Interval
from supervise.cadence.due import FULL_MONTH
from supervise.policies import Frequency, Unit
from supervise.workdays import Day, bank_holidays, is_working_day, month_of, working_days

Say = Callable[[Day], str]

_TOO_LATE = "was already past when it came into force: due on the first day that counts,"
_LISTED = 3  # more holidays, or months, than these are counted and not named


def asked(interval: Interval) -> tuple[str, Frequency]:
    """What an interval that is due by its rule was due by, as "Everyone, every 1 month", and that
    frequency: `every` or, before the first session of a spell, `first_within`."""
    assert interval.due is not None, "only what is due has a rule"
    stretch = interval.spell.at(interval.due.day)
    first = stretch.rule.first_within if stretch.rule and _begins_spell(interval) else None
    if first:
        return f"{stretch.title}, first session within {first}", first
    assert stretch.every is not None, "an in-scope day has a frequency"
    return f"{stretch.title}, every {stretch.every}", stretch.every


def by_rule(interval: Interval, say: Say) -> str:
    """When the frequency was used up: from the anchor to the due day."""
    assert interval.due is not None, "only what is due has a sum"
    words, every = asked(interval)
    if every.unit is Unit.CALENDAR_MONTH:
        return f"{words}: {_calendar_months(interval, every.n, say)}."
    if every.unit is Unit.WORKING_DAY:
        return f"{words}{_working_days(interval, every.n, say)}."
    stopped = stopped_days(interval)
    plain = every.added_to(interval.anchor)
    due = say(interval.due.day)
    if not stopped and interval.due.day == plain:
        return f"{words}: due {due}."
    used_up = say(plain) + (f", plus {wording.days(stopped)} with the clock stopped" if stopped else "")
    if interval.due.day == plain + stopped:
        return f"{words}: {used_up}: due {due}."
    return f"{words}: {used_up}{',' if stopped else ''} {_TOO_LATE} {due}."


def stopped_days(interval: Interval) -> int:
    """The stopped days by which a sum of days, weeks or months is carried: those after the anchor up to
    the due day, and the anchor itself where the interval begins with the spell."""
    assert interval.due is not None, "only what is due is carried"
    first = interval.anchor + (not _begins_spell(interval))
    return interval.due.day - first + 1 - interval.spell.in_scope(first, interval.due.day)


def within(interval: Interval, first: Day, n: int, say: Say) -> str:
    """A due day that is the n-th working day counting `first` itself."""
    assert interval.due is not None, "only what is due has a sum"
    left_out = _left_out(interval, first, interval.due.day, say)
    return f"within {wording.working_days(n)}, that day counted{left_out}: due {say(interval.due.day)}"


def grace(interval: Interval, say: Say) -> str:
    """From the due day to the last day that is not late."""
    assert interval.due is not None, "only what is due has a grace"
    due, latest = interval.due.day, interval.late_by
    if latest is None:
        return "No working day counts after that, so that it cannot be late."
    clock = interval.spell.at(due).clock
    n = clock.grace_working_days if clock else 0
    until = f"not late until after {weekday(latest, say)}"
    if not n:
        return f"No grace{_no_working_day(due, latest, say)}: {until}."
    allowed = f"{wording.working_days(n)}’{'s' if n == 1 else ''} grace"
    cut = latest == interval.segment.last and _worked(interval, due + 1, latest) < n
    if cut:
        return f"{allowed}, cut short where this time ends: {until}."
    return f"{allowed}{_left_out(interval, due + 1, latest, say)}: {until}."


def weekday(when: Day, say: Say) -> str:
    """A day with its weekday: "Friday 3 March"."""
    return f"{wording.long_day(when).split()[0]} {say(when)}"


def _begins_spell(interval: Interval) -> bool:
    return interval.is_first and interval.segment.begins_spell


def _working_days(interval: Interval, n: int, say: Say) -> str:
    assert interval.due is not None, "only what is due has a sum"
    due, start = interval.due.day, interval.anchor
    if _begins_spell(interval):
        start = interval.spell.first_in_scope(start) or start
    if is_working_day(due) and _worked(interval, start + 1, due) == n:
        return f" after {say(start)}{_left_out(interval, start + 1, due, say)}: due {say(due)}"
    return f" after {say(start)}: the last of them {_TOO_LATE} {say(due)}"


def _worked(interval: Interval, first: Day, last: Day) -> int:
    """In-scope working days from `first` to `last`."""
    return sum(
        working_days(max(stretch.first, first), min(stretch.last, last))
        for stretch in interval.spell.stretches
        if not stretch.stopped
    )


def _left_out(interval: Interval, first: Day, last: Day, say: Say) -> str:
    """What is not counted among working days from `first` to `last`, in brackets; weekends go without
    saying."""
    parts = []
    holidays = [day for day in _bank_holidays(first, last) if interval.spell.in_scope(day, day)]
    if holidays:
        named = wording.joined([weekday(day, say) for day in holidays])
        if len(holidays) > _LISTED:
            parts.append(f"{wording.counted(len(holidays), 'bank holiday')} not counted")
        else:
            parts.append(f"{named} {'is a bank holiday' if len(holidays) == 1 else 'are bank holidays'}")
    stopped = last - first + 1 - interval.spell.in_scope(first, last)
    if stopped > 0:
        parts.append(f"{wording.days(stopped)} with the clock stopped not counted")
    return f" ({'; '.join(parts)})" if parts else ""


def _bank_holidays(first: Day, last: Day) -> list[Day]:
    """Those that fall from Monday to Friday."""
    listed = bank_holidays()
    return [
        day for day in range(first, last + 1) if day in listed and date.fromordinal(day).weekday() < 5
    ]


def _no_working_day(due: Day, latest: Day, say: Say) -> str:
    if is_working_day(due) or due == latest:
        return ""
    what = "a bank holiday" if due in bank_holidays() else f"a {wording.long_day(due).split()[0]}"
    return f", but {say(due)} is {what}"


def _calendar_months(interval: Interval, n: int, say: Say) -> str:
    assert interval.due is not None, "only what is due has a sum"
    counted: list[Day] = []
    left_out: list[Day] = []
    for month, counts in _months(interval):
        (counted if counts else left_out).append(month)
        if len(counted) == n:
            break
    first, last = month_of(counted[-1])
    closes = interval.spell.last_in_scope(first, last)
    assert closes is not None, "a month that counts has days in scope"
    which = ("its last day" if n == 1 else "the last of their days") + (
        "" if closes == last else " in scope"
    )
    said = f"{_named(left_out, say, 'does not count', 'do not count')} (fewer than {FULL_MONTH} days in scope), "
    said = (said if left_out else "") + _named(counted, say, "counts", "count")
    if closes == interval.due.day:
        return f"{said}: due on {which}, {say(closes)}"
    return f"{said}, and {which}, {say(closes)}, {_TOO_LATE} {say(interval.due.day)}"


def _months(interval: Interval) -> Iterator[tuple[Day, bool]]:
    """The first days of the months that may count for an interval, and whether each does."""
    first, last = month_of(interval.anchor)
    if _begins_spell(interval):
        yield first, interval.spell.in_scope(interval.anchor, last) >= FULL_MONTH
    while True:
        first, last = month_of(last + 1)
        yield first, interval.spell.in_scope(first, last) >= FULL_MONTH


def _named(months: list[Day], say: Say, one: str, more: str) -> str:
    """ "September and October do not count"."""
    names = [say(month).split(" ", 1)[1] for month in months]
    if len(names) > _LISTED:
        return f"{len(names)} months from {names[0]} to {names[-1]} {more}"
    return f"{wording.joined(names)} {one if len(names) == 1 else more}"
