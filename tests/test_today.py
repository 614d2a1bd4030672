"""The sentence on top of Today, and what can be asked of the records below it."""

from __future__ import annotations

from typing import Any

import pytest

from supervise.today import (
    AwayNow,
    Board,
    BoardRow,
    Booking,
    DueNow,
    GapNow,
    LeftOut,
    Today,
    Unevidenced,
)
from supervise.workdays import Day, day

TUESDAY = day("2017-03-14")


def row(status: str = "gap", name: str = "Priya Evans", **more: Any) -> BoardRow:
    values: dict[str, Any] = dict.fromkeys(BoardRow._fields)
    values |= {"subject": name, "person": name, "name": name, "status": status, "days_late": 0}
    return BoardRow(**{**values, **more})


def gap() -> GapNow:
    return GapNow(row(days_late=29), TUESDAY - 29, (), (), ())


def due(*, this_week: bool) -> DueNow:
    return DueNow(row("due_soon"), this_week, None, 0, 0)


def unevidenced(*missing: str) -> Unevidenced:
    return Unevidenced("s1", "p1", "Dilys Roberts", "one_to_one", TUESDAY - 12, missing, None, 12)


def today(**lists: Any) -> Today:
    names = (
        "gaps", "due", "booked", "passed", "unevidenced", "overdue_actions", "away", "no_supervisor", "drafts",
    )  # fmt: skip
    empty: dict[str, Any] = dict.fromkeys(names, ())
    values = {"day": TUESDAY, "team": None, "people": 9, "with_rule": 9, **empty, **lists}
    return Today(**values)


def test_the_sentence_says_gaps_then_what_is_due_then_what_is_unsigned() -> None:
    this, following = due(this_week=True), due(this_week=False)
    found = today(
        gaps=(gap(), gap()), due=(this, this, this, following),
        unevidenced=(unevidenced("signed by the worker"),),
    )  # fmt: skip
    assert found.sentence == "2 gaps, 3 due this week, 1 record unsigned"


def test_what_there_is_none_of_is_not_said() -> None:
    assert today(due=(due(this_week=True),)).sentence == "1 due this week"
    assert today(gaps=(gap(),)).sentence == "1 gap"


def test_a_gap_of_somebody_away_is_said_apart() -> None:
    away = AwayNow(row(days_late=3), "Away now.")
    in_time = AwayNow(row("on_track"), "Away now.")
    assert today(gaps=(gap(),), away=(away, in_time)).sentence == "1 gap, 1 gap of somebody away"
    assert today(away=(away, away)).sentence == "2 gaps of people away"


def test_a_signed_record_that_was_not_shared_is_not_called_unsigned() -> None:
    unshared, unsigned = unevidenced("shared with the worker"), unevidenced("signed by the supervisor")
    assert today(unevidenced=(unshared,)).sentence == "1 record not shared"
    assert today(unevidenced=(unshared, unsigned)).sentence == "1 record unsigned, 1 record not shared"


def test_there_are_good_words_where_nobody_waits() -> None:
    assert today().sentence == "No gaps, nothing due this week, every record signed"
    assert today(due=(due(this_week=False),)).sentence == today().sentence


@pytest.mark.parametrize(
    ("people", "said"),
    [(0, "Nobody is in post here on this day"), (2, "No rule asks for anything here on this day")],
)
def test_nothing_is_praised_where_nothing_is_asked(people: int, said: str) -> None:
    assert today(people=people, with_rule=0).sentence == said


def booking(on: Day) -> Booking:
    return Booking("s1", "p1", "Niamh Clarke", "one_to_one", on, "10:00", "Room 3", None)


def test_the_bookings_of_the_day_are_among_those_of_the_weeks() -> None:
    found = today(booked=(booking(TUESDAY), booking(TUESDAY + 1)))
    assert found.booked_today == (booking(TUESDAY),)


def test_a_board_counts_what_it_is_asked_for() -> None:
    rows = (row("gap"), row("overdue"), row("gap"))
    board = Board(TUESDAY, "one_to_one", None, None, rows, (LeftOut("p9", "Ada", "Left 3 Feb 2017"),))
    assert (board.having("gap"), board.having("gap", "overdue"), board.having("absent")) == (2, 3, 0)
