"""The picture of somebody's months: every day of it told once, nothing outside it, and in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from supervise.cadence import Clockwork, Facts
from supervise.people import Absence
from supervise.strips import KINDS, Span, Strip, strip, words
from supervise.workdays import Day
from tests import worlds
from tests.asking import Asked
from tests.examples import Example, example, on, post, sick

WORLDS = range(120)


def picture(example: Example, first: str = "2 Jan", last: str = "31 Dec") -> Strip:
    return strip(example.clockwork, example.facts, on(first), on(last))


def spans(found: Strip, kind: str) -> list[tuple[Day, Day]]:
    return [(span.first, span.last) for span in found.of(kind)]


# --- What is drawn


def test_sessions_gaps_and_what_is_due_are_drawn() -> None:
    found = picture(example(1), last="30 Apr")
    assert found.held == (on("12 Jan"), on("31 Jan"), on("20 Mar"))
    assert spans(found, "gap") == [(on("4 Mar"), on("20 Mar")), (on("26 Apr"), on("26 Apr"))]
    assert (found.due, found.booked, found.gaps, found.days_late) == (on("20 Apr"), None, 2, 18)
    assert found.open_gap


def test_what_does_not_count_is_drawn_apart() -> None:
    one = example(1)
    one.facts.held["group"] = [on("2 Feb"), on("31 Jan"), on("1 May")]
    assert picture(one).other == (on("2 Feb"),), "not the day that counts anyway, nor one still to come"


def test_a_session_outside_every_post_is_drawn_apart() -> None:
    found = picture(Example("1 Jan,10 Jan", "20 Jan"), first="1 Jan")
    assert (found.held, found.other) == ((on("10 Jan"),), (on("1 Jan"),))
    assert spans(found, "not_in_post") == [(on("1 Jan"), on("1 Jan"))]


def test_a_stopped_clock_is_drawn_and_no_gap_over_it() -> None:
    """The policy has no return rule, so that one interval runs on through the absence."""
    absence = [sick(on("3 Sep", 2018), on("19 Oct", 2018))]
    policy = example(10).clockwork.rulebook
    one = Example("29 Jun", "30 Nov", year=2018, absences=absence)
    one.clockwork = Clockwork(policy, "one_to_one", one.clockwork.as_at)
    found = strip(one.clockwork, one.facts, on("1 Jun", 2018), on("30 Nov", 2018))
    assert spans(found, "suspended") == [(on("3 Sep", 2018), on("19 Oct", 2018))]
    assert spans(found, "gap") == [
        (on("1 Aug", 2018), on("2 Sep", 2018)), (on("20 Oct", 2018), on("30 Nov", 2018)),
    ]  # fmt: skip
    assert found.gaps == 1


def test_days_before_records_begin_are_unknown() -> None:
    one = example(1)
    one.facts.person = one.facts.person._replace(records_from=on("1 Mar"))
    assert spans(picture(one), "unknown") == [(on("2 Jan"), on("28 Feb"))]


def test_days_without_a_rule_are_drawn() -> None:
    one = Example("", "20 Jan", posts=[post(on("2 Jan"), role="cook")], policy=ONLY_NQSW)
    assert spans(picture(one, last="31 Jan"), "no_rule") == [(on("2 Jan"), on("31 Jan"))]


def test_days_after_leaving_are_not_in_post() -> None:
    found = picture(example(7), last="30 Jun")
    assert spans(found, "not_in_post") == [(on("29 Apr"), on("4 Jun"))]


def test_what_lies_outside_is_not_drawn() -> None:
    found = picture(example(1), first="10 Mar", last="15 Mar")
    assert (found.held, found.due, found.gaps, found.days_late) == ((), None, 1, 6)
    assert found.spans == (Span("gap", on("10 Mar"), on("15 Mar")),)
    assert not found.open_gap


def test_a_booking_is_drawn() -> None:
    one = example(1)
    one.facts.booked["one_to_one"] = on("28 Apr")
    assert picture(one).booked == on("28 Apr")


def test_days_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        picture(example(1), first="2 Feb", last="1 Feb")


ONLY_NQSW = """\
policy = { id = "p", title = "Newly qualified only" }
[[clock]]
name = "one_to_one"
counts = ["one_to_one"]
[[clock.rule]]
title = "Newly qualified"
roles = ["nqsw"]
every = "1 month"
"""


# --- In made-up worlds, day by day


def people(number: int) -> Iterator[tuple[Clockwork, Facts]]:
    world, (as_at, _, _) = worlds.numbered(number)
    asked = Asked(world, as_at, "one_to_one")
    for facts in asked.service.facts.values():
        yield asked.clockwork, facts


@pytest.mark.parametrize("batch", range(6))
def test_every_day_is_told_once_as_the_engine_tells_it(batch: int) -> None:
    each = len(WORLDS) // 6
    for number in WORLDS[batch * each : (batch + 1) * each]:
        for clockwork, facts in people(number):
            first, last = clockwork.as_at - 200, clockwork.as_at + 28
            found = strip(clockwork, facts, first, last)
            kinds = {}
            for span in found.spans:
                assert first <= span.first <= span.last <= last
                for day in range(span.first, span.last + 1):
                    assert day not in kinds, "told twice"
                    kinds[day] = span.kind
            assert kinds == {
                day: kind for day in range(first, last + 1) if (kind := told(clockwork, facts, day))
            }
            assert [span.kind for span in found.spans] == sorted(
                (span.kind for span in found.spans), key=KINDS.index
            )
            assert found.days_late == sum(kind == "gap" for kind in kinds.values())


def told(clockwork: Clockwork, facts: Facts, day: Day) -> str | None:
    spell = clockwork.timeline(facts).spell_at(day)
    if spell is None:
        return "not_in_post"
    stopped = spell.at(day).stopped
    if stopped:
        return {"absent": "suspended", "not_recorded": "unknown", "no_rule": "no_rule"}[stopped]
    late = any(gap.first_late_day <= day <= gap.last_late_day for gap in clockwork.gaps(facts))
    return "gap" if late else None


# --- In words


def test_it_is_one_sentence_for_who_does_not_see_it() -> None:
    one = example(5)
    assert words(strip(one.clockwork, one.facts, on("4 May", 2016), on("10 May"))) == (
        "1 supervision in the year; 2 gaps, 10 days in all, the last one still open; clock stopped "
        "20 Feb – 14 Apr 2017; not in post until 1 Jan 2017; due 24 Apr 2017."
    )


def test_a_shorter_time_is_named_and_one_gap_is_not_added_up() -> None:
    one = example(3)
    assert words(picture(one, last="8 Mar")) == (
        "2 supervisions from 2 Jan 2017 to 7 Mar 2017; 1 gap, 19 days."
    )


def test_what_is_ahead_is_said_last() -> None:
    one = Example("10 Jan,31 Jan", "15 Feb", absences=[Absence("study", on("2 Feb"), on("3 Feb"))])
    one.facts.held["ad_hoc"] = [on("3 Feb")]
    one.facts.booked["one_to_one"] = on("27 Feb")
    assert words(picture(one, last="31 Mar")) == (
        "2 supervisions from 2 Jan 2017 to 15 Feb 2017, and 1 other session; no gaps; due 28 Feb 2017; "
        "booked for 27 Feb 2017."
    )


def test_one_stopped_day_and_a_stop_without_end_are_said_so() -> None:
    one = example(6)
    assert "clock stopped from 20 Jan 2017;" not in words(picture(one, last="10 Mar"))
    assert "clock stopped from 20 Jan 2017." in words(picture(one, last="10 Mar"))
    assert "clock stopped throughout" in words(picture(one, first="1 Feb", last="10 Mar"))
    seven = picture(example(7), first="29 Apr", last="30 Jun")
    assert "not in post until 4 Jun 2017" in words(seven)
    plain = picture(example(1))
    day = Span("suspended", on("3 Feb"), on("3 Feb"))
    assert "clock stopped on 3 Feb 2017" in words(plain._replace(spans=(day,)))
    winter = Span("suspended", on("3 Dec", 2016), on("3 Feb"))
    assert "clock stopped 3 Dec 2016 – 3 Feb 2017" in words(
        plain._replace(first=on("1 Dec", 2016), spans=(winter,))
    )
