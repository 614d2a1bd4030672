"""Measures: shares a person can check, and headlines that no longer gap can improve."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.cadence import CaseFacts, Clockwork, Facts, Gap, standing
from supervise.compliance import BANDS, GROUPINGS, Measures, Share, band, measures
from supervise.errors import BadQuestion
from supervise.service import Service
from supervise.workdays import Day, day
from tests import worlds
from tests.asking import Asked
from tests.examples import example, on

WORLDS = range(150)


# --- Shares


def test_a_share_is_said_with_both_its_numbers() -> None:
    assert Share(71, 97).words() == "71 of 97 (73 %)"
    assert Share(97, 97).words() == "97 of 97 (100 %)"
    assert Share(0, 97).words() == "0 of 97 (0 %)"


def test_a_share_of_nothing_is_none_due() -> None:
    assert Share().words() == "none due"


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_only_all_is_a_hundred_per_cent_and_only_none_is_nought(n: int, more: int) -> None:
    assert "(100 %)" not in Share(n, n + more).words()
    assert ("(0 %)" in Share(n, n + more).words()) == (n == 0)


def test_a_share_is_counted_one_by_one_or_by_the_day() -> None:
    share = Share()
    share.add(True)
    share.add(False)
    share.add(20, 28)
    assert (share.n, share.d) == (21, 30)


# --- Bands


def gap(days_late: int, *, last_held: Day | None = 1, closed_by: Day | None = None) -> Gap:
    (found, _) = example(1).clockwork.gaps(example(1).facts)
    return found._replace(days_late=days_late, last_held=last_held, closed_by=closed_by)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(1, BANDS[0]), (7, BANDS[0]), (8, BANDS[1]), (28, BANDS[1]), (29, BANDS[2]), (900, BANDS[2])],
)
def test_gaps_are_counted_in_bands_of_days(days: int, expected: str) -> None:
    assert band(gap(days)) == expected
    assert band(gap(days, last_held=None, closed_by=9)) == expected


def test_never_supervised_is_a_band_of_its_own() -> None:
    assert band(gap(1, last_held=None)) == "never supervised"


# --- Periods


def everyone(clockwork: Clockwork, facts: Facts, first: Day, last: Day) -> Measures:
    (found,) = measures(clockwork, Service({facts.person.id: facts}), first, last)
    return found


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    here = example(1)
    with pytest.raises(BadQuestion, match=r"^The period ends before it begins\. Swap the two dates\.$"):
        everyone(here.clockwork, here.facts, on("2 Mar"), on("1 Mar"))


def test_a_period_that_has_not_begun_is_refused() -> None:
    here = example(1)
    with pytest.raises(
        BadQuestion, match=r"^The period begins after the as-at day, .+ Choose an earlier period"
    ):
        everyone(here.clockwork, here.facts, on("27 Apr"), on("30 Apr"))
    assert everyone(here.clockwork, here.facts, on("26 Apr"), on("30 Apr")).covered_days == Share(0, 1)


def test_the_first_worked_example_over_its_months() -> None:
    """Gaps 4 to 20 March and from 26 April on; in post from 2 January, as at 26 April."""
    here = example(1)
    found = everyone(here.clockwork, here.facts, on("1 Jan"), on("30 Apr"))
    assert found.covered_days == Share(115 - 18, 115)
    assert found.clear_months == Share(2, 3)  # January and February of three whole months
    assert found.on_time == Share(2, 4)
    assert found.in_policy == Share(0, 1)
    assert found.supervised_in_month == {
        "2017-01": Share(1, 1),
        "2017-02": Share(0, 1),
        "2017-03": Share(1, 1),
    }
    assert (found.gaps, found.gaps_carried_in, found.longest_gap_days) == (2, 0, 17)
    assert found.excluded == []


def test_a_gap_carried_into_a_period_counts_whole() -> None:
    here = example(1)
    found = everyone(here.clockwork, here.facts, on("15 Mar"), on("31 Mar"))
    assert (found.gaps, found.gaps_carried_in, found.longest_gap_days) == (1, 1, 17)
    assert found.on_time == Share(0, 0)  # which cannot see it
    assert found.covered_days == Share(11, 17)


def test_somebody_with_no_day_in_scope_is_named_with_the_reason() -> None:
    here = example(6)
    found = everyone(here.clockwork, here.facts, on("1 Feb"), on("28 Feb"))
    assert [(each.person, each.reason) for each in found.excluded] == [("P1", "absent")]
    assert found.covered_days.words() == found.clear_months.words() == "none due"


# --- Groups


def group_world() -> worlds.World:
    """One person of two teams, another without basis and supervisor, and a third who left before."""
    post = {"role": "social_worker", "basis": "permanent", "supervisor_id": "S1"}
    return {
        "policies": [{
            "policy": {"id": "p", "title": "P"},
            "clock": [{"name": "one_to_one", "counts": ["one_to_one"],
                       "rule": [{"title": "All", "every": "1 month"}]}],
        }],
        "people": [{"person_id": id_, "name": id_} for id_ in ("P1", "P2", "P3", "S1")],
        "posts": [
            {"person_id": "P1", "team": "North", "from": "2017-01-02", "to": "2017-03-09", **post},
            {"person_id": "P1", "team": "South", "from": "2017-03-10", **post},
            {"person_id": "P2", "team": "South", "from": "2017-03-01", "role": "nqsw"},
            {"person_id": "P3", "team": "North", "from": "2016-01-01", "to": "2016-12-30", **post},
        ],
        "sessions": [{"session_id": "s", "person_id": "P1", "kind": "one_to_one", "status": "held",
                      "held_on": "2017-02-06", "minutes": "60"}],
    }  # fmt: skip


def grouped(by: str) -> dict[str | None, Measures]:
    asked = Asked(group_world(), date(2017, 4, 30), "one_to_one")
    found = measures(asked.clockwork, asked.service, day("2017-03-01"), day("2017-04-30"), by)
    return {each.group: each for each in found}


def test_each_day_goes_to_the_team_of_its_post_and_each_gap_to_that_of_its_last_day_not_late() -> None:
    teams = grouped("team")
    assert list(teams) == ["North", "South", "none"]
    assert teams["North"].covered_days == Share(6, 9)  # due 6 March, late from 7 March
    # Of P1 every day is late; P2 is due on Saturday 1 April, so that Monday is the last day not late.
    assert teams["South"].covered_days == Share(0 + 34, 52 + 61)
    assert teams["North"].gaps == 1
    assert teams["South"].gaps == 1
    assert teams["North"].clear_months.d == 0
    assert teams["South"].clear_months == Share(1, 4)
    assert [each.person for each in teams["North"].excluded] == ["P3"]
    assert [(each.subject, each.person) for each in teams["none"].excluded] == [("S1", None)]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("role", ["none", "nqsw", "social_worker"]),
        ("basis", ["none", "permanent"]),
        ("supervisor", ["S1", "none"]),
    ],
)
def test_what_a_post_does_not_say_is_a_group_too(by: str, groups: list[str]) -> None:
    assert list(grouped(by)) == groups


COUNTED = ("on_time", "covered_days", "in_policy", "clear_months", "evidenced", "long_enough")


@pytest.mark.parametrize("by", GROUPINGS)
def test_groups_add_up_to_everyone(by: str) -> None:
    for asked, first, last in every_period(range(40)):
        (whole,) = measures(asked.clockwork, asked.service, first, last)
        parts = measures(asked.clockwork, asked.service, first, last, by)
        for name in COUNTED:
            shares = [getattr(part, name) for part in parts]
            added = Share(sum(share.n for share in shares), sum(share.d for share in shares))
            assert added == getattr(whole, name)
        assert sum(part.gaps for part in parts) == whole.gaps
        assert max((part.longest_gap_days for part in parts), default=0) == whole.longest_gap_days
        left_out = [each.subject for part in parts for each in part.excluded]
        assert sorted(left_out) == [each.subject for each in whole.excluded]


# --- No longer gap improves a headline


def every_period(numbers: range = WORLDS) -> Iterator[tuple[Asked, Day, Day]]:
    """The question and the period of each number, for each clock of its world."""
    for number in numbers:
        world, (as_at, _, (first, last)) = worlds.numbered(number)
        as_at = max(as_at, first)
        for clock in sorted(
            {clock["name"] for policy in world["policies"] for clock in policy["clock"]}
        ):
            yield Asked(world, as_at, clock), first.toordinal(), last.toordinal()


def headlines(
    clockwork: Clockwork, facts: Facts | CaseFacts, first: Day, last: Day
) -> tuple[Share, Share]:
    """Covered days and clear months, of one person or case alone."""
    if isinstance(facts, CaseFacts):
        service = Service({}, {facts.case_ref: facts})
    else:
        service = Service({facts.person.id: facts})
    (found,) = measures(clockwork, service, first, last)
    return found.covered_days, found.clear_months


def moved(facts: Any, old: Day, new: Day | None) -> Any:
    """The same facts with the sessions of a day held on another one, or not at all."""
    changed = deepcopy(facts)
    for kind, days in changed.held.items():
        counted = [new if when == old else when for when in days]
        changed.held[kind] = [when for when in counted if when is not None]
    return changed


def closed_gaps(asked: Asked) -> Iterator[tuple[Facts | CaseFacts, Gap, Day]]:
    """Subjects, their gaps that a session closed, and the day of that session."""
    for facts in asked.service.subjects(asked.rulebook.per(asked.clockwork.clock)):
        for found in asked.clockwork.gaps(facts):
            if found.closed_by is not None:
                yield facts, found, found.closed_by


def assert_no_better(before: tuple[Share, Share], after: tuple[Share, Share]) -> None:
    for was, now in zip(before, after, strict=True):
        assert now.d == was.d
        assert now.n <= was.n


def test_leaving_out_the_session_that_closed_a_gap_improves_no_headline() -> None:
    tried = 0
    for asked, first, last in every_period():
        for facts, _, closed in closed_gaps(asked):
            before = headlines(asked.clockwork, facts, first, last)
            after = headlines(asked.clockwork, moved(facts, closed, None), first, last)
            assert_no_better(before, after)
            tried += 1
    assert tried > 100


def test_holding_the_session_that_closed_a_gap_later_improves_no_headline_up_to_then() -> None:
    tried = 0
    for asked, first, _ in every_period():
        for facts, found, closed in closed_gaps(asked):
            for later in (closed + 1, closed + 3, closed + 40):
                if not first <= later <= asked.as_at or later > found.interval.segment.last:
                    continue
                before = headlines(asked.clockwork, facts, first, later)
                after = headlines(asked.clockwork, moved(facts, closed, later), first, later)
                assert_no_better(before, after)
                tried += 1
    assert tried > 100


def test_a_gap_that_goes_on_makes_every_headline_worse_or_leaves_it() -> None:
    """Day by day, the ratio of an open gap falls."""
    here = example(1)
    ratios = []
    for end in range(on("26 Apr"), on("31 May")):
        clockwork = Clockwork(here.clockwork.rulebook, "one_to_one", end)
        covered, _ = headlines(clockwork, here.facts, on("1 Jan"), end)
        ratios.append(covered.n / covered.d)
    assert ratios == sorted(ratios, reverse=True)
    assert ratios[-1] < ratios[0]


# --- The last session is all that a standing needs


def test_a_standing_from_the_last_session_alone_is_the_standing() -> None:
    for number in WORLDS:
        world, (as_at, known_at, _) = worlds.numbered(number)
        for clock in sorted(
            {clock["name"] for policy in world["policies"] for clock in policy["clock"]}
        ):
            asked = Asked(world, as_at, clock, known_at)
            for facts in asked.service.subjects(asked.rulebook.per(clock)):
                assert standing(asked.clockwork, facts) == standing(
                    asked.clockwork, cut(facts, asked.clockwork)
                )


def cut(facts: Any, clockwork: Clockwork) -> Any:
    """Facts of which all sessions are forgotten but the last that counts by the as-at day."""
    last = clockwork.counting_days(facts.held)[-1:]
    kept = deepcopy(facts)
    kept.held = {kind: [when for when in days if when in last] for kind, days in facts.held.items()}
    return kept
