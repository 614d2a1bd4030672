"""A supervision for somebody's own calendar: one event in one .ics file, private, without names.

A calendar is often open to colleagues, so an event says that there is a supervision, when and where, and
nothing of whom or what. Its UID is made from the session's id, so that a later file alters the same
event, and does not show the id, which may be any text.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from supervise.whole_files import fresh_file
from supervise.workdays import Day

if TYPE_CHECKING:  # icalendar is slow to import
    from icalendar import Event, Timezone, TimezoneDaylight, TimezoneStandard

LONDON = "Europe/London"
USUAL_MINUTES = 60

_UIDS = uuid.UUID("5d5e2f0c-0f0e-5b4e-9a57-8e0b1f0a9c31")
"""The space in which a session's id becomes a UID: never to be changed, or calendars would see others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """What a calendar is told of a session. `at` is hh:mm (None: some time that day), `version` counts how
    often it was altered, so that a calendar takes the newest file, `initials` are put into the title only if
    somebody asked for them."""

    session: str
    on: Day
    at: str | None = None
    minutes: int = USUAL_MINUTES
    place: str | None = None
    version: int = 0
    is_cancelled: bool = False
    initials: str | None = None


def event(appointment: Appointment, *, stamp: datetime) -> bytes:
    """The .ics file of an appointment. `stamp` is the moment at which it is made, with its time zone."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Supervise//Supervise//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if appointment.at:
        calendar.add_component(_london())
    calendar.add_component(_event(appointment, stamp))
    made: bytes = calendar.to_ical()
    return made


def write_event(to: Path, appointment: Appointment, *, stamp: datetime) -> None:
    """Writes that file, whole or not at all. FileTrouble or DiskFull if it cannot be written."""
    content = event(appointment, stamp=stamp)
    with fresh_file(to) as out:
        out.write(content)


def initials(name: str) -> str:
    """The first letters of a name's words: "Ada Nwosu" is AN."""
    return "".join(word[0] for word in _plain(name).replace("-", " ").split()).upper()


def _event(appointment: Appointment, stamp: datetime) -> Event:
    from icalendar import Event

    made = Event()
    made.add("uid", str(uuid.uuid5(_UIDS, appointment.session)))
    made.add("dtstamp", stamp.astimezone(UTC))
    made.add("sequence", appointment.version)
    who = f" ({_plain(appointment.initials)})" if appointment.initials else ""
    made.add("summary", f"Supervision{who}")
    _add_times(made, appointment)
    place = _plain(appointment.place or "").replace("\\N", "/N")  # icalendar takes it for a line's end
    if place:
        made.add("location", place)
    made.add("class", "PRIVATE")
    made.add("status", "CANCELLED" if appointment.is_cancelled else "CONFIRMED")
    is_free = appointment.is_cancelled or not appointment.at
    made.add("transp", "TRANSPARENT" if is_free else "OPAQUE")
    return made


def _add_times(made: Event, appointment: Appointment) -> None:
    """Times as a clock in London shows them, by name of the zone; or a whole day."""
    on = date.fromordinal(appointment.on)
    if not appointment.at:
        made.add("dtstart", on)
        made.add("dtend", on + timedelta(days=1))
        return
    starts = datetime.combine(on, time.fromisoformat(appointment.at))
    zone = {"TZID": LONDON}
    made.add("dtstart", starts, parameters=zone)
    made.add("dtend", starts + timedelta(minutes=appointment.minutes), parameters=zone)


def _london() -> Timezone:
    """The rules of the zone since 1996, written out: Outlook asks for them, and a machine without a
    database of zones can write them."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", LONDON)
    winter, summer = timedelta(0), timedelta(hours=1)
    zone.add_component(_half(TimezoneDaylight(), "BST", datetime(1996, 3, 31, 1), winter, summer))
    zone.add_component(_half(TimezoneStandard(), "GMT", datetime(1996, 10, 27, 2), summer, winter))
    return zone


def _half(
    half: TimezoneDaylight | TimezoneStandard,
    name: str,
    since: datetime,
    was: timedelta,
    becomes: timedelta,
) -> TimezoneDaylight | TimezoneStandard:
    """Half of the zone's year, which begins on the last Sunday of its first month."""
    half.add("tzname", name)
    half.add("dtstart", since)
    half.add("tzoffsetfrom", was)
    half.add("tzoffsetto", becomes)
    half.add("rrule", {"freq": "yearly", "bymonth": since.month, "byday": "-1su"})
    return half


def _plain(text: str) -> str:
    """A text on one line, without characters that are not to be seen."""
    return " ".join("".join(_shown(text)).split())


def _shown(text: str) -> Iterator[str]:
    for character in text:
        yield character if character.isprintable() else " "
