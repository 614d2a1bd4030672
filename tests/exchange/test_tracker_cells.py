"""What one cell of the column of March 2017 means, whatever people write into it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.exchange.tracker.cells import Means, meaning_of
from supervise.exchange.tracker.days import Frame
from supervise.exchange.tracker.lengths import minutes_in
from supervise.workdays import day, iso

MARCH = Frame(day("2017-03-01"), day("2017-03-31"))
TODAY = day("2019-10-31")

#: A cell, the days in March on which supervision was held, and whether there is something to look at.
HELD = [
    ("14/3", "14", False), ("14.03.17", "14", False), ("14 Mar", "14", False), ("Tues 14th March 2017", "14", False),
    ("14", "14", False), ("9th", "09", False), ("22/3 & 25/3", "22 25", False), ("3, 17 and 24", "03 17 24", False),
    ("2 / 16 / 30", "02 16 30", False), ("7/14/21", "07 14 21", False), ("14/3 (group)", "14", False),
    ("14/3 & 28/3 (group)", "14 28", False), ("14/3 signed 20/3", "14", False), ("14/3/17 signed 20/3/17", "14", False),
    ("14/3 (1.5hrs)", "14", False), ("14/3 10.30", "14", False), ("14/3 (2-3pm)", "14", False),
    ("14/3 @ 10", "14", False), ("14/3 10-11am", "14", False), ("13 (60 min)", "13", False), ("held 14/3", "14", False),
    ("✓ 14/3", "14", False), ("14/3 ✓", "14", False),
    ("12/3/17 (rearranged from 5/3)", "12", False), ("14/3 canc, held 21/3", "21", False), ("42808", "14", False),
    ("14/3?", "14", True), ("14/3 (after court)", "14", True), ("14/3 left early", "14", True),
    ("14/3/17 - missed last month", "14", True), ("14/3 on return from A/L", "14", True),
    ("14/3; off sick from 20/3", "14", True), ("14/3 next 28/3", "14", True), ("14/3 (planned 7/3)", "14", True),
    ("14/3 #12", "14", True), ("14/3 60", "14", True), ("approx 20/3/17", "20", True), ("Mon 14/3", "14", True),
    ("12/03/2017 - poor recording", "12", True), ("3/4", "", True), ("2/4", "", True),
]  # fmt: skip
NOT_HELD = ["A/L", "sick", "Mat leave", "canc – court", "DNA", "rearranged", "14/3 cancelled", "canc 14/3", "14/3 DNA",
            "no", "not held", "to CIN 2", "training"]  # fmt: skip
UNREADABLE = [
    "tbc", "??", "31/4", "29/2", "3/14/17", "04/21/2017", "14/13/17", "3 17", "14 3 17", "14//3", "14-15/3",
    "see email", "n/k",
    "emailed 14/3", "Duty 14/3", "TM on leave 14/3", "14/3 - rearranged", "7/3 -> 14/3", "7/3 changed to 14/3",
    "14/2 (cancelled by worker, rebooked 21/2)", "contract ended 14/3", "#REF!", "12/9", "14/3/71", "14/3/2081",
]  # fmt: skip


@pytest.mark.parametrize(("cell", "days", "doubted"), HELD)
def test_days_held_and_what_there_is_to_look_at(cell: str, days: str, doubted: bool) -> None:
    meaning = meaning_of(cell, MARCH, TODAY)
    if days:
        assert meaning.means is Means.HELD
        assert [iso(when) for when in meaning.days] == [f"2017-03-{number}" for number in days.split()]
    else:
        assert meaning.means is Means.HELD, "a few days outside its column"
    assert bool(meaning.doubts) == doubted


@pytest.mark.parametrize("cell", NOT_HELD)
def test_reasons_why_nothing_was_held(cell: str) -> None:
    assert meaning_of(cell, MARCH, TODAY).means is Means.NOT_HELD


@pytest.mark.parametrize("cell", UNREADABLE)
def test_what_cannot_be_read_is_left_out_with_its_reason(cell: str) -> None:
    meaning = meaning_of(cell, MARCH, TODAY)
    assert meaning.means is Means.UNREADABLE
    assert meaning.doubts


def test_leaving_starting_and_arrangements() -> None:
    assert meaning_of("Left 19/3", MARCH, TODAY).means is Means.LEFT
    assert meaning_of("14/3 left", MARCH, TODAY).means is Means.LEFT
    assert meaning_of("Starts 6 Mar", MARCH, TODAY).means is Means.STARTED
    assert meaning_of("booked 12/3", MARCH, TODAY).means is Means.BOOKED
    assert meaning_of("postponed to 21/3", MARCH, TODAY).means is Means.BOOKED
    assert meaning_of("14/3", MARCH, day("2017-03-01")).means is Means.BOOKED


ABSENCES = [
    ("sick", "sickness"), ("Mat leave", "maternity"), ("sick leave", "sickness"), ("A/L", "annual_leave"),
    ("TM sick", None), ("sec'd to MASH", "secondment"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "absence"), ABSENCES)
def test_absences_that_a_cell_speaks_of(text: str, absence: str | None) -> None:
    assert meaning_of(text, MARCH, TODAY).absence == absence


@given(st.text(max_size=40))
def test_whatever_is_typed_has_a_meaning_and_no_day_is_invented(text: str) -> None:
    meaning = meaning_of(text, MARCH, TODAY)
    if meaning.days:
        assert any(letter.isdigit() for letter in text) or meaning.means is not Means.HELD
    if meaning.means in (Means.UNREADABLE,):
        assert meaning.doubts


LENGTHS = [
    (90, 90), ("60 mins", 60), ("1h 30", 90), ("1.5 hrs", 90), ("1:30", 90), ("1 hr 30 mins", 90), ("90m", 90),
    ("1½ hrs", 90), ("2 hours", 120), ("an hour", 60), ("1.5", 90), ("75", 75), ("n/k", None), ("45-60 mins", None),
    ("long", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "minutes"), LENGTHS)
def test_lengths_as_people_write_them(text: object, minutes: int | None) -> None:
    assert minutes_in(text) == minutes
