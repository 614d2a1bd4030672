"""The oracle itself, against the worked examples of section 8 and the sample service.

The oracle is only worth comparing with if it agrees with what others read out of the same
text: the twelve examples, spelled out below, and the answers kept beside the sample service
(``kept/service/expected``), in which every key must agree.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import oracle, worlds
from tests.oracle import Json, Row, World

KEPT = Path(__file__).parent / "kept"

CLOCK = "one_to_one"

# --- Section 8: the worked examples -------------------------------------------------------

POLICY_2017 = """
[policy]
id = "examples-2017"
title = "The policy of the examples"
source = "Section 8"

[absence]
suspends = { sickness = 28 }
return_within_working_days = 5

[supervisor]
new_supervisor_within_working_days = 10

[[clock]]
name = "one_to_one"
counts = ["one_to_one"]
grace_working_days = 3

[[clock.rule]]
title = "Newly qualified: first six weeks"
roles = ["nqsw"]
since = "employed_from"
until = "6 weeks"
every = "1 week"

[[clock.rule]]
title = "Newly qualified: to six months"
roles = ["nqsw"]
since = "employed_from"
until = "6 months"
every = "2 weeks"

[[clock.rule]]
title = "Everyone"
every = "1 month"
first_within = "2 weeks"
"""

POLICY_2018 = """
[policy]
id = "examples-2018"
title = "The policy of 2018"
source = "Section 8"

[absence]
suspends = { sickness = 14 }

[[clock]]
name = "one_to_one"
counts = ["one_to_one"]

[[clock.rule]]
title = "Agency"
bases = ["agency"]
since = "spell_start"
until = "3 months"
every = "10 working days"

[[clock.rule]]
title = "Everyone"
every = "1 calendar month"
"""


def in_2017(month: int, day: int) -> date:
    """A day of 2017."""
    return date(2017, month, day)


def in_2018(month: int, day: int) -> date:
    """A day of 2018."""
    return date(2018, month, day)


def a_post(first: date, last: date | None = None, **other: str) -> Row:
    """A post of the one person of an example."""
    usual = {"person_id": "P1", "team": "North", "role": "social_worker", "basis": "permanent"}
    last_day = last.isoformat() if last else ""
    return {**usual, "supervisor_id": "S1", "from": first.isoformat(), "to": last_day, **other}


def a_world(
    policy: str,
    *posts: Row,
    held: list[date],
    sick: tuple[date, date | None] | None = None,
    variation: tuple[str, date] | None = None,
    employed_from: date | None = None,
) -> World:
    """The world of an example."""
    person = {
        "person_id": "P1",
        "name": "Person 1",
        "employed_from": employed_from.isoformat() if employed_from else "",
    }
    world: World = {
        "people": [person],
        "posts": list(posts),
        "sessions": [a_session(f"H{number}", day) for number, day in enumerate(held)],
        "policies": [tomllib.loads(policy)],
    }
    if sick:
        first, last = sick[0].isoformat(), sick[1].isoformat() if sick[1] else ""
        world["absences"] = [{"person_id": "P1", "kind": "sickness", "from": first, "to": last}]
    if variation:
        every, start = variation
        values = {"person_id": "P1", "clock": CLOCK, "every": every, "from": start.isoformat()}
        world["variations"] = [{**values, "to": ""}]
    return world


def a_session(session_id: str, held_on: date) -> Row:
    """A session held on a day."""
    return {
        "session_id": session_id,
        "person_id": "P1",
        "kind": "one_to_one",
        "status": "held",
        "held_on": held_on.isoformat(),
    }


def intervals(world: World, as_at: date) -> dict[date, tuple[date | None, date | None]]:
    """Anchor to due and late-by, as the table of examples gives them."""
    (subject,) = oracle.Reading(world, as_at, CLOCK).subjects
    return {interval.anchor: (interval.due, interval.late_by) for interval in subject.intervals}


def found_gaps(world: World, as_at: date) -> list[tuple[date, date, int, str]]:
    """First and last late day, days late and how it ended, of each gap."""
    return [
        (
            date.fromisoformat(gap["first_late_day"]),
            date.fromisoformat(gap["last_late_day"]),
            gap["days_late"],
            gap["ended"],
        )
        for gap in oracle.gaps(world, as_at, CLOCK)["gaps"]
    ]


def the_status(world: World, as_at: date) -> Json:
    """The one person's status."""
    (row,) = oracle.status(world, as_at, CLOCK)["people"]
    found: Json = row
    return found


def test_example_1_monthly_first_within_two_weeks() -> None:
    d = in_2017
    world = a_world(POLICY_2017, a_post(d(1, 2)), held=[d(1, 12), d(1, 31), d(3, 20)])
    as_at = d(4, 26)
    assert intervals(world, as_at) == {
        d(1, 2): (d(1, 16), d(1, 19)),
        d(1, 12): (d(2, 12), d(2, 15)),
        d(1, 31): (d(2, 28), d(3, 3)),
        d(3, 20): (d(4, 20), d(4, 25)),
    }
    assert found_gaps(world, as_at) == [
        (d(3, 4), d(3, 20), 17, "session"),
        (d(4, 26), d(4, 26), 1, "open"),
    ]
    assert the_status(world, as_at)["status"] == "gap"


def test_example_2_newly_qualified() -> None:
    d = in_2017
    weekly = [d(1, 9), d(1, 16), d(1, 23), d(1, 30), d(2, 6)]
    world = a_world(
        POLICY_2017,
        a_post(d(1, 2), role="nqsw"),
        held=[*weekly, d(2, 10), d(2, 24), d(3, 10)],
        employed_from=d(1, 2),
    )
    as_at = d(3, 28)
    found = intervals(world, as_at)
    assert found[d(2, 6)] == (d(2, 13), d(2, 16))
    assert found[d(2, 10)] == (d(2, 24), d(3, 1))
    assert found[d(3, 10)] == (d(3, 24), d(3, 29))
    assert found_gaps(world, as_at) == []
    status = the_status(world, as_at)
    assert status["status"] == "overdue"
    assert status["rule"] == "Newly qualified: to six months"


def test_example_3_twenty_eight_days_do_not_suspend() -> None:
    d = in_2017
    world = a_world(
        POLICY_2017,
        a_post(d(1, 2)),
        held=[d(1, 10), d(3, 6)],
        sick=(d(1, 20), d(2, 16)),
    )
    as_at = d(3, 6)
    assert intervals(world, as_at)[d(1, 10)] == (d(2, 10), d(2, 15))
    assert found_gaps(world, as_at) == [(d(2, 16), d(3, 6), 19, "session")]
    (gap,) = oracle.gaps(world, as_at, CLOCK)["gaps"]
    assert gap["days_away"] == 1
    assert gap["closed_by"] == "2017-03-06"
    assert (gap["interval_days"], gap["interval_days_in_scope"]) == (55, 55)


def test_example_4_twenty_nine_days_suspend() -> None:
    d = in_2017
    world = a_world(
        POLICY_2017,
        a_post(d(1, 2)),
        held=[d(1, 10), d(3, 6)],
        sick=(d(1, 20), d(2, 17)),
    )
    as_at = d(3, 6)
    found = intervals(world, as_at)
    assert found[d(1, 10)] == (None, None)
    assert found[d(2, 18)] == (d(2, 24), d(3, 1))
    assert found_gaps(world, as_at) == [(d(3, 2), d(3, 6), 5, "session")]
    (gap,) = oracle.gaps(world, as_at, CLOCK)["gaps"]
    assert gap["last_held"] == "2017-01-10"


def test_example_5_a_gap_ended_by_an_absence() -> None:
    d = in_2017
    world = a_world(POLICY_2017, a_post(d(1, 2)), held=[d(1, 10)], sick=(d(2, 20), d(4, 14)))
    as_at = d(5, 3)
    found = intervals(world, as_at)
    assert found[d(1, 10)] == (d(2, 10), d(2, 15))
    assert found[d(4, 15)] == (d(4, 24), d(4, 27))
    assert found_gaps(world, as_at) == [
        (d(2, 16), d(2, 19), 4, "absent"),
        (d(4, 28), d(5, 3), 6, "open"),
    ]
    first, _ = oracle.gaps(world, as_at, CLOCK)["gaps"]
    assert (first["interval_days"], first["interval_days_in_scope"]) == (94, 40)


def test_example_6_an_open_absence() -> None:
    d = in_2017
    world = a_world(POLICY_2017, a_post(d(1, 2)), held=[d(1, 10)], sick=(d(1, 20), None))
    as_at = d(3, 10)
    assert intervals(world, as_at)[d(1, 10)] == (None, None)
    assert found_gaps(world, as_at) == []
    status = the_status(world, as_at)
    assert (status["status"], status["due"], status["late_by"]) == ("absent", None, None)
    assert status["away"] is True
    assert status["last_held"] == "2017-01-10"


def example_7(supervisor: str) -> World:
    """Agency, then permanent after a weekend, then a break, then back."""
    d = in_2017
    return a_world(
        POLICY_2017,
        a_post(d(1, 2), d(2, 24), basis="agency"),
        a_post(d(2, 27), d(4, 28), supervisor_id=supervisor),
        a_post(d(6, 5), supervisor_id=supervisor),
        held=[d(1, 10), d(2, 20)],
    )


def test_example_7_spells_and_a_new_supervisor() -> None:
    d = in_2017
    world = example_7("S2")
    as_at = d(6, 26)
    found = intervals(world, as_at)
    assert found[d(1, 10)] == (d(2, 10), d(2, 15))
    assert found[d(2, 20)] == (d(3, 10), d(3, 15))
    assert found[d(6, 5)] == (d(6, 19), d(6, 22))
    assert found_gaps(world, as_at) == [
        (d(2, 16), d(2, 20), 5, "session"),
        (d(3, 16), d(4, 28), 44, "left"),
        (d(6, 23), d(6, 26), 4, "open"),
    ]
    last = oracle.gaps(world, as_at, CLOCK)["gaps"][-1]
    assert last["last_held"] is None  # the new spell ignores earlier sessions


def test_example_7_without_the_new_supervisor() -> None:
    d = in_2017
    assert intervals(example_7("S1"), d(6, 26))[d(2, 20)][0] == d(3, 20)


def test_example_8_a_stricter_variation() -> None:
    d = in_2017
    world = a_world(
        POLICY_2017,
        a_post(d(1, 2)),
        held=[d(1, 10)],
        variation=("2 weeks", d(2, 6)),
    )
    as_at = d(2, 20)
    assert intervals(world, as_at)[d(1, 10)] == (d(2, 6), d(2, 9))
    assert found_gaps(world, as_at) == [(d(2, 10), d(2, 20), 11, "open")]
    assert the_status(world, as_at)["rule"] == "Agreed variation"


def test_example_9_bank_holidays() -> None:
    d = in_2017
    world = a_world(POLICY_2017, a_post(d(1, 2)), held=[d(1, 10), d(2, 10), d(3, 13)])
    as_at = d(4, 19)
    assert intervals(world, as_at)[d(3, 13)] == (d(4, 13), d(4, 20))
    assert found_gaps(world, as_at) == []
    assert the_status(world, as_at)["status"] == "overdue"


def test_example_10_calendar_months() -> None:
    d = in_2018
    world = a_world(
        POLICY_2018,
        a_post(d(6, 1)),
        held=[d(6, 29), d(7, 3), d(8, 31)],
        sick=(d(9, 3), d(10, 19)),
    )
    as_at = d(12, 3)
    assert intervals(world, as_at) == {
        d(6, 1): (d(6, 30), d(7, 2)),
        d(6, 29): (d(7, 31), d(7, 31)),
        d(7, 3): (d(8, 31), d(8, 31)),
        d(8, 31): (d(11, 30), d(11, 30)),
    }
    assert found_gaps(world, as_at) == [(d(12, 1), d(12, 3), 3, "open")]


def test_example_11_due_on_a_sunday() -> None:
    d = in_2018
    world = a_world(POLICY_2018, a_post(d(6, 1)), held=[d(6, 4)], variation=("6 days", d(6, 1)))
    as_at = d(6, 12)
    assert intervals(world, as_at)[d(6, 4)] == (d(6, 10), d(6, 11))
    assert found_gaps(world, as_at) == [(d(6, 12), d(6, 12), 1, "open")]


def test_example_12_working_days() -> None:
    d = in_2018
    world = a_world(POLICY_2018, a_post(d(6, 1), basis="agency"), held=[d(6, 4)])
    as_at = d(6, 19)
    assert intervals(world, as_at)[d(6, 4)] == (d(6, 18), d(6, 18))
    assert found_gaps(world, as_at) == [(d(6, 19), d(6, 19), 1, "open")]


# --- The calendar -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "day",
    [
        date(2017, 1, 2),  # New Year's Day, moved from a Sunday
        date(2017, 4, 14),
        date(2017, 4, 17),
        date(2020, 5, 8),
        date(2022, 6, 3),
        date(2022, 9, 19),
        date(2023, 5, 8),
    ],
)
def test_bank_holidays_in_england(day: date) -> None:
    assert not oracle.is_working_day(day)


@pytest.mark.parametrize("day", [date(2020, 5, 4), date(2017, 1, 3), date(2017, 3, 17)])
def test_days_that_are_no_bank_holidays_in_england(day: date) -> None:
    assert oracle.is_working_day(day)


def test_months_clip_to_the_end_of_the_month() -> None:
    assert oracle.plus(date(2017, 1, 31), 1, "month") == date(2017, 2, 28)
    assert oracle.plus(date(2015, 11, 30), 3, "month") == date(2016, 2, 29)
    assert oracle.plus(date(2016, 12, 15), 12, "month") == date(2017, 12, 15)


# --- Section 7: cases ---------------------------------------------------------------------

CASE_POLICY = """
[policy]
id = "cases"
title = "Cases"
source = "Section 7"

[[clock]]
name = "oversight"
counts = ["case", "one_to_one"]
per = "case"

[[clock.rule]]
title = "Child protection"
plans = ["cp"]
every = "2 weeks"

[[clock.rule]]
title = "Every other case"
every = "1 month"
"""


def a_case_world() -> World:
    """A case that goes from one worker to the next over a weekend."""
    return {
        "people": [
            {"person_id": "P1", "name": "Person 1"},
            {"person_id": "P2", "name": "Person 2", "records_from": "2017-03-20"},
        ],
        "posts": [
            a_post(date(2017, 1, 3), date(2017, 3, 3)),
            a_post(date(2016, 1, 4), person_id="P2", team="South"),
        ],
        "absences": [{"person_id": "P1", "kind": "sickness", "from": "2017-01-16", "to": "2017-02-05"}],
        "cases": [
            {"person_id": "P1", "case_ref": "C1", "plan": "cp", "from": "2017-01-03", "to": ""},
            {"person_id": "P2", "case_ref": "C1", "plan": "", "from": "2017-03-06", "to": ""},
            {"person_id": "P9", "case_ref": "C2", "plan": "", "from": "2017-03-06", "to": ""},
        ],
        "sessions": [a_session("A", date(2017, 1, 10)), a_session("B", date(2017, 1, 12))],
        "case_discussions": [{"session_id": "A", "case_ref": "C1"}],
        "policies": [tomllib.loads(CASE_POLICY)],
    }


def test_a_case_and_its_holders() -> None:
    world = a_case_world()
    rows = oracle.status(world, date(2017, 2, 1), "oversight")["people"]
    assert [next(iter(row)) for row in rows] == ["case_ref", "case_ref"]
    first, second = rows
    assert (first["case_ref"], first["person_id"], first["status"]) == ("C1", "P1", "gap")
    assert (first["last_held"], first["due"], first["late_by"]) == (
        "2017-01-10",
        "2017-01-24",
        "2017-01-24",
    )
    assert first["away"] is True  # which does not stop the clock
    assert (second["person_id"], second["status"]) == (None, "not_in_post")

    # On the weekend between the two the earlier worker holds it still; then days unknown.
    weekend = oracle.status(world, date(2017, 3, 5), "oversight")["people"][0]
    assert (weekend["person_id"], weekend["status"]) == ("P1", "gap")
    unknown = oracle.status(world, date(2017, 3, 19), "oversight")["people"][0]
    assert (unknown["person_id"], unknown["status"]) == ("P2", "not_recorded")
    known = oracle.status(world, date(2017, 3, 20), "oversight")["people"][0]
    assert (known["status"], known["due"]) == ("on_track", "2017-04-20")

    (gap,) = oracle.gaps(world, date(2017, 3, 31), "oversight")["gaps"]
    assert (gap["case_ref"], gap["person_id"], gap["team"]) == ("C1", "P1", "North")
    assert (gap["first_late_day"], gap["last_late_day"]) == ("2017-01-25", "2017-03-05")
    assert (gap["days_late"], gap["days_away"], gap["ended"]) == (40, 12, "stopped")

    by_team = oracle.measures(
        world, date(2017, 1, 1), date(2017, 3, 31), date(2017, 3, 31), "oversight", "team"
    )["groups"]
    assert [group["group"] for group in by_team] == ["North", "South", "none"]
    assert by_team[0]["covered_days"] == [22, 62]
    assert by_team[1]["covered_days"] == [12, 12]
    assert by_team[2]["excluded"] == [{"case_ref": "C2", "person_id": None, "reason": "not_in_post"}]


# --- The sample service -------------------------------------------------------------------

POLICIES = {
    "standards": ["standards-2020-with-defaults"],
    "standards+county": ["standards-2020-with-defaults", "county-2018"],
}

AS_AT = date(2019, 10, 31)


def the_service(policies: str) -> World:
    """The sample service with one of the two sets of policies."""
    world: World = {
        "policies": [
            tomllib.loads((KEPT / "policies" / f"{name}.toml").read_text("utf-8"))
            for name in POLICIES[policies]
        ]
    }
    for path in sorted((KEPT / "service").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            world[path.stem] = list(csv.DictReader(file))
    return world


def differences(expected: Any, found: Any, where: str = "") -> Iterator[str]:
    """Every place where a key that is expected is missing or does not agree."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            if key in found:
                yield from differences(value, found[key], f"{where}/{key}")
            else:
                yield f"{where}/{key} is missing"
    elif isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            yield f"{where} has {len(found)} items, not {len(expected)}"
        for place, (one, other) in enumerate(zip(expected, found, strict=False)):
            yield from differences(one, other, f"{where}[{place}]")
    elif expected != found:
        yield f"{where} is {found!r}, not {expected!r}"


@pytest.mark.parametrize("policies", POLICIES)
@pytest.mark.parametrize("name", ["status", "status-known-at", "gaps", "measures"])
def test_the_sample_service(policies: str, name: str) -> None:
    world = the_service(policies)
    found = {
        "status": lambda: oracle.status(world, AS_AT, CLOCK),
        "status-known-at": lambda: oracle.status(world, AS_AT, CLOCK, date(2019, 10, 11)),
        "gaps": lambda: oracle.gaps(world, AS_AT, CLOCK),
        "measures": lambda: oracle.measures(world, date(2019, 1, 1), AS_AT, AS_AT, CLOCK),
    }[name]()
    path = KEPT / "service" / "expected" / policies / f"{name}.json"
    expected = json.loads(path.read_text("utf-8"))
    assert list(differences(expected, found)) == []


def test_differences_are_noticed() -> None:
    assert list(differences({"a": [1, 2]}, {"a": [1, 3], "b": 4})) == ["/a[1] is 3, not 2"]
    assert list(differences({"a": 1}, {})) == ["/a is missing"]
    assert list(differences([1], [1, 2])) == [" has 2 items, not 1"]


# --- Made-up worlds -----------------------------------------------------------------------


def check_answers(world: World, question: worlds.Question) -> None:
    """What must be so in every answer, whatever the world."""
    as_at, known_at, (first, last) = question
    clocks = [worlds.PERSON_CLOCK] + ([worlds.CASE_CLOCK] if world["cases"] else [])
    for clock in clocks:
        rows = oracle.status(world, as_at, clock, known_at)["people"]
        keys = [row.get("case_ref", row["person_id"]) for row in rows]
        assert keys == sorted(set(keys))
        open_gaps = {
            gap.get("case_ref", gap["person_id"])
            for gap in oracle.gaps(world, as_at, clock, known_at)["gaps"]
            if gap["ended"] == "open"
        }
        in_gap = {key for key, row in zip(keys, rows, strict=True) if row["status"] == "gap"}
        assert in_gap == open_gaps
        check_measures(world, (first, last), as_at, clock)


def check_measures(world: World, period: tuple[date, date], as_at: date, clock: str) -> None:
    """Every grouping adds up to the whole, and the gaps are those of the list."""
    first, last = period
    (whole,) = oracle.measures(world, first, last, as_at, clock)["groups"]
    in_period = oracle.gaps(world, as_at, clock, first=first, last=min(last, as_at))["gaps"]
    assert whole["gaps"] == len(in_period)
    assert whole["longest_gap_days"] == max((gap["days_late"] for gap in in_period), default=0)
    for by in ("team", "role", "basis", "supervisor"):
        groups = oracle.measures(world, first, last, as_at, clock, by)["groups"]
        assert [g["group"] for g in groups] == sorted(g["group"] for g in groups)
        for name in ("on_time", "covered_days", "in_policy", "clear_months", "evidenced"):
            totals = [sum(group[name][place] for group in groups) for place in (0, 1)]
            assert totals == whole[name]
            assert 0 <= totals[0] <= totals[1]
        assert sum(group["gaps"] for group in groups) == whole["gaps"]
        assert sum(len(group["excluded"]) for group in groups) == len(whole["excluded"])


@pytest.mark.parametrize("start", range(0, 100, 20))
def test_answers_hold_together_in_numbered_worlds(start: int) -> None:
    for number in range(start, start + 20):
        check_answers(*worlds.numbered(number))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_answers_hold_together_in_drawn_worlds(data: st.DataObject) -> None:
    world = data.draw(worlds.worlds())
    check_answers(world, data.draw(worlds.questions(world)))


@settings(max_examples=25, deadline=None)
@given(worlds.questions())
def test_questions_of_no_world_in_particular(question: worlds.Question) -> None:
    _, _, (first, last) = question
    assert first <= last


def test_numbered_worlds_are_well_formed(tmp_path: Path) -> None:
    for number in range(100):
        world, (_, _, (first, last)) = worlds.numbered(number)
        assert first <= last
        for table in ("posts", "absences", "variations", "cases"):
            for row in world[table]:
                assert not row["to"] or row["from"] <= row["to"]
        begins = [policy["policy"].get("effective_from") for policy in world["policies"]]
        assert len(begins) == len(set(begins))
        for policy in world["policies"]:
            for clock in policy["clock"]:
                for rule in clock["rule"][:-1]:
                    assert {"roles", "bases", "plans", "since"} & set(rule)
        folder = tmp_path / str(number)
        worlds.write_world(world, folder)
        assert read_back(folder) == world_by_name(world)


def world_by_name(world: World) -> World:
    """A world with its policies in the order of their file names."""
    return {**world, "policies": sorted(world["policies"], key=lambda p: str(p["policy"]["id"]))}


def read_back(folder: Path) -> World:
    """What is in a folder that a world was written to."""
    world: World = {}
    for table in worlds.COLUMNS:
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            world[table] = list(csv.DictReader(file))
    world["policies"] = [
        tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("policies/*.toml"))
    ]
    return world
