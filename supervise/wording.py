"""How days, spans and words are said: once, for the window, for paper and for the terminal.

Months and weekdays have names of their own here, so that a machine set to another language says the
same. A day is its ordinal number (see `workdays`).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from supervise.fields import KINDS, KNOWN_ROLES
from supervise.workdays import FOREVER, Day

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Standing(NamedTuple):
    """How a status is shown: a mark of its own shape, which a mono printer keeps, and a word."""

    mark: str
    word: str

    def __str__(self) -> str:
        return f"{self.mark} {self.word}"


class OnDay(NamedTuple):
    """A day in a table: said in words on screen and paper, a real date in a workbook."""

    day: Day

    def __str__(self) -> str:
        return day(self.day)


#: The statuses of a person on a day (cadence, section 5), from nothing to judge to the worst.
STATUS = {
    "not_in_post": Standing("○", "Not in post"),
    "not_recorded": Standing("○", "No records"),
    "absent": Standing("⏸", "Absent"),
    "no_rule": Standing("○", "No rule"),
    "on_track": Standing("●", "On track"),
    "due_soon": Standing("◔", "Due soon"),
    "overdue": Standing("▲", "Overdue"),
    "gap": Standing("■", "Gap"),
}


def day(when: Day) -> str:
    """ "14 Mar 2017", the usual way."""
    it = date.fromordinal(when)
    return f"{it.day} {_MONTHS[it.month - 1][:3]} {it.year}"


def span(first: Day, last: Day) -> str:
    """Days from first to last: "14 Mar 2017", "1 Mar 2017 – 2 Apr 2017", "from 1 Mar 2017"."""
    if last >= FOREVER:
        return f"from {day(first)}"
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def full_day(when: Day) -> str:
    """ "14 March 2017", for sentences."""
    return f"{day_month(when)} {date.fromordinal(when).year}"


def long_day(when: Day) -> str:
    """ "Tuesday 14 March 2017"."""
    return f"{_WEEKDAYS[date.fromordinal(when).weekday()]} {full_day(when)}"


def day_month(when: Day) -> str:
    """ "14 March", where the year is plain."""
    it = date.fromordinal(when)
    return f"{it.day} {_MONTHS[it.month - 1]}"


def moment(at: datetime) -> str:
    """ "Tue 4 April 2017 09:12"."""
    weekday = _WEEKDAYS[at.weekday()][:3]
    return f"{weekday} {full_day(at.toordinal())} {at.hour:02}:{at.minute:02}"


def counted(n: int, thing: str, things: str | None = None) -> str:
    """ "1 gap", "17 gaps", "2,804 gaps"; `things` is the plural where it is not `thing` with an s."""
    return f"{n:,} {thing if n == 1 else things or thing + 's'}"


def days(n: int) -> str:
    """ "1 day", "17 days"."""
    return counted(n, "day")


def working_days(n: int) -> str:
    """ "1 working day", "3 working days"."""
    return counted(n, "working day")


def minutes(n: int) -> str:
    """ "1 minute", "90 minutes": never hours, so that a length reads like the policy's."""
    return counted(n, "minute")


def times(n: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(n) or counted(n, "time")


def joined(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"; empty for nothing."""
    *most, last = items or ("",)
    return f"{', '.join(most)} and {last}" if most else last


def each_day(days: Iterable[Day]) -> str:
    """ "4 Apr 2017 and 18 Apr 2017"."""
    return joined([day(each) for each in days])


#: Words of the interchange files that are said otherwise than they are written there.
_SAID = {
    "nqsw": "Newly qualified social worker",
    "one_to_one": "One-to-one",
    "email": "By e-mail",
    "paper": "On paper",
    "cp": "Child protection",
    "cin": "Child in need",
    "cla": "Looked after",
    "lac": "Looked after",
}
_KNOWN = {word for kind in KINDS for field in kind.fields for word in field.words} | set(KNOWN_ROLES)


def words(value: str) -> str:
    """A word of the interchange files as people read it: social_worker is "Social worker".

    What is no such word (a role or plan that somebody typed) comes back as it was typed; only one
    written all in small letters with underscores between is spaced out.
    """
    if value in _SAID:
        return _SAID[value]
    coined = "_" in value and value.replace("_", "").isalnum() and value == value.lower()
    if value in _KNOWN or coined:
        spaced = " ".join(value.split("_")).strip()
        return capital(spaced)
    return value


def capital(said: str) -> str:
    """The same words, beginning with a capital letter."""
    return said[:1].upper() + said[1:]


def evidence_said(
    missing: Sequence[str], worker: str, supervisor: str | None, *, elsewhere: str | None = None
) -> str:
    """What there is of a held session's record and what is not, from the steps it lacks (see
    `sessions.missing_evidence`): "written up and shared, not yet signed by Dilys Parry"."""
    if elsewhere:
        return f"record kept elsewhere: {elsewhere}"
    if not missing:
        return "written up, shared and signed by both"
    if "recorded" in missing:
        return "held, not yet written up"
    signers = [
        name
        for step, name in (
            ("signed by the worker", worker),
            ("signed by the supervisor", supervisor or "the supervisor"),
        )
        if step in missing
    ]
    if "shared with the worker" in missing:
        return "written up, not yet shared" if signers else "written up and signed, not yet shared"
    return f"written up and shared, not yet signed by {joined(signers)}"
