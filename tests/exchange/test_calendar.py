"""A supervision as an event for somebody's own calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from supervise.errors import FileTrouble
from supervise.exchange.calendar import Appointment, event, initials, write_event

STAMP = datetime(2017, 3, 1, 9, 30, tzinfo=ZoneInfo("Europe/London"))
ON = date(2017, 6, 14).toordinal()
PLAIN = Appointment(session="S 1", on=ON, at="09:30", minutes=90, place="Room 2, first floor")


def told(appointment: Appointment) -> tuple[Any, Any]:
    """The file read back: the calendar, and the one event in it."""
    calendar = Calendar.from_ical(event(appointment, stamp=STAMP))
    (only,) = calendar.walk("VEVENT")
    return calendar, only


def test_an_event_reads_back_as_it_was_meant() -> None:
    calendar, made = told(PLAIN)
    assert calendar["METHOD"] == "PUBLISH" and calendar["VERSION"] == "2.0"
    assert made["SUMMARY"] == "Supervision"
    assert made["LOCATION"] == "Room 2, first floor"
    assert made["CLASS"] == "PRIVATE"
    assert (made["STATUS"], made["TRANSP"], made["SEQUENCE"]) == ("CONFIRMED", "OPAQUE", 0)
    london = ZoneInfo("Europe/London")
    assert made.decoded("DTSTART") == datetime(2017, 6, 14, 9, 30, tzinfo=london)
    assert made.decoded("DTEND") == datetime(2017, 6, 14, 11, 0, tzinfo=london)
    assert made.decoded("DTSTAMP") == STAMP


def test_nothing_is_said_beyond_that_there_is_a_supervision() -> None:
    _, made = told(PLAIN)
    assert set(made) == {
        "UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "DTSTART", "DTEND", "LOCATION", "CLASS", "STATUS", "TRANSP",
    }  # fmt: skip


@pytest.mark.parametrize("month", range(1, 13))
def test_the_zone_written_out_is_the_one_the_name_means(month: int) -> None:
    at = Appointment(session="S", on=date(2019, month, 20).toordinal(), at="09:30")
    calendar, made = told(at)
    (zone,) = calendar.walk("VTIMEZONE")
    here = datetime(2019, month, 20, 9, 30)
    assert zone.to_tz(lookup_tzid=False).utcoffset(here) == ZoneInfo("Europe/London").utcoffset(here)
    assert made["DTSTART"].params["TZID"] == zone["TZID"]


def test_a_booking_without_a_time_is_a_day_that_blocks_nothing() -> None:
    calendar, made = told(Appointment(session="S", on=ON))
    assert made.decoded("DTSTART") == date(2017, 6, 14)
    assert made.decoded("DTEND") == date(2017, 6, 15)
    assert made["TRANSP"] == "TRANSPARENT"
    assert not calendar.walk("VTIMEZONE")


def test_a_cancelled_one_says_so_of_the_same_event_in_a_later_version() -> None:
    _, before = told(PLAIN)
    _, made = told(Appointment(session="S 1", on=ON, at="09:30", version=3, is_cancelled=True))
    assert made["UID"] == before["UID"]
    assert made["STATUS"] == "CANCELLED" and made["SEQUENCE"] > before["SEQUENCE"]


def test_the_uid_tells_sessions_apart_and_does_not_show_their_id() -> None:
    one, other = (told(Appointment(session=id_, on=ON))[1]["UID"] for id_ in ("Ada, 14 June", "S 2"))
    assert one != other and "Ada" not in one


def test_the_same_event_is_the_same_file() -> None:
    assert event(PLAIN, stamp=STAMP) == event(PLAIN, stamp=STAMP.astimezone(UTC))


def test_initials_are_there_only_when_asked_for() -> None:
    assert initials("Ada  Nwosu-Łyszczarz") == "ANŁ"
    _, made = told(Appointment(session="S", on=ON, initials=initials("Ada Nwosu")))
    assert made["SUMMARY"] == "Supervision (AN)"


@example("\\N", "0")  # which some readers take for the end of a line
@given(st.text(), st.text(min_size=1))
def test_whatever_a_place_says_stays_in_its_line(place: str, id_: str) -> None:
    file = event(Appointment(session=id_, on=ON, at="23:45", place=place), stamp=STAMP)
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert b"\r" not in file.replace(b"\r\n", b"") and b"\n" not in file.replace(b"\r\n", b"")
    calendar, made = told(Appointment(session=id_, on=ON, at="23:45", place=place))
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]
    shown = "".join(each if each.isprintable() else " " for each in place)
    assert made.get("LOCATION", "") == " ".join(shown.split()).replace("\\N", "/N")


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\u2028", "\x85", "\\n"])
def test_a_place_cannot_begin_a_line_of_its_own(end: str) -> None:
    _, made = told(Appointment(session="S", on=ON, place=f"Room 2{end}ATTENDEE:mailto:ada@example.org"))
    assert "ATTENDEE" not in made and made["LOCATION"].startswith("Room 2")


def test_the_file_is_written_whole_or_told_about(tmp_path: Path) -> None:
    write_event(tmp_path / "supervision.ics", PLAIN, stamp=STAMP)
    assert (tmp_path / "supervision.ics").read_bytes() == event(PLAIN, stamp=STAMP)
    with pytest.raises(FileTrouble):
        write_event(tmp_path / "nowhere" / "supervision.ics", PLAIN, stamp=STAMP)
