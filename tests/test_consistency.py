"""Consistency: how wide the limits are and why, whom they leave outside, and when nothing is said."""

from __future__ import annotations

import random
from statistics import NormalDist

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from supervise.compliance import Share
from supervise.consistency import (
    INNER,
    OUTER,
    Consistency,
    Likeness,
    Run,
    alike,
    consistency,
    how_widened,
    limits,
)

SHARES = st.integers(1, 24).flatmap(lambda d: st.builds(Share, st.integers(0, d), st.just(d)))
RUNS = st.lists(
    st.builds(
        lambda group, subject, share: Run(group, subject, share.n, share.d),
        st.sampled_from("ABCDE"), st.sampled_from("123456789"), SHARES,
    ),
    max_size=40,
)  # fmt: skip


def service(chance: random.Random, teams: int, rho: float, part: float = 0.75) -> list[Run]:
    """Teams of six whose workers are alike by `rho` and who do not differ: each has a share of their own
    about the same one, from a beta distribution, and a month is clear by that."""
    runs = []
    for team in range(teams):
        for worker in range(6):
            each = part
            if rho:
                size = 1 / rho - 1
                each = chance.betavariate(part * size, (1 - part) * size)
            months = chance.choice((4, 8, 12, 12))
            clear = sum(chance.random() < each for _ in range(months))
            runs.append(Run(f"Team {team}", f"{team}-{worker}", clear, months))
    return runs


# --- points


@given(RUNS)
def test_the_points_add_up_to_all_and_everybody_is_counted_once(runs: list[Run]) -> None:
    found = consistency(runs)
    assert sum(each.share.n for each in found.points) == found.whole.n == sum(run.clear for run in runs)
    assert sum(each.share.d for each in found.points) == found.whole.d == sum(run.months for run in runs)
    assert found.people == len({run.subject for run in runs})
    assert found.runs == sum(each.people for each in found.points)
    assert [each.group for each in found.points] == sorted({run.group for run in runs})


@given(RUNS, st.randoms(use_true_random=False))
def test_the_order_of_the_runs_is_no_matter(runs: list[Run], chance: random.Random) -> None:
    mixed = runs[:]
    chance.shuffle(mixed)
    assert consistency(mixed) == consistency(runs)


def test_somebody_in_two_teams_is_a_run_in_each_and_one_person() -> None:
    found = consistency(
        [Run("B", "p", 3, 6), Run("a", "p", 6, 6), Run("B", "q", 1, 2), Run("C", "q", 0, 0)]
    )
    assert [(each.group, each.share, each.people) for each in found.points] == [
        ("a", Share(6, 6), 1), ("B", Share(4, 8), 2),
    ]  # fmt: skip
    assert (found.people, found.runs) == (2, 3)


# --- limits


MONTHS = st.floats(0.2, 5000)
PART = st.integers(2, 500).flatmap(lambda d: st.builds(Share, st.integers(1, d - 1), st.just(d)))


@given(PART, MONTHS)
def test_the_inner_limits_lie_inside_the_outer_ones_about_the_share_of_all(
    whole: Share, months: float
) -> None:
    inner, outer, part = limits(whole, months, INNER), limits(whole, months, OUTER), whole.n / whole.d
    assert 0 <= outer.low <= inner.low <= part + 1e-9
    assert part - 1e-9 <= inner.high <= outer.high <= 1


@given(PART, MONTHS, st.floats(1.01, 20))
def test_limits_close_in_as_months_grow(whole: Share, months: float, times: float) -> None:
    for within in (INNER, OUTER):
        few, many = limits(whole, months, within), limits(whole, months * times, within)
        assert few.low <= many.low + 1e-9
        assert many.high <= few.high + 1e-9


def test_the_limits_are_those_of_chance() -> None:
    chance = NormalDist()
    assert pytest.approx(chance.inv_cdf(0.975), abs=1e-6) == INNER
    assert pytest.approx(chance.inv_cdf(0.999), abs=1e-6) == OUTER
    low, high = limits(Share(1, 2), 10_000, INNER)
    assert (low, high) == pytest.approx((0.5 - INNER / 200, 0.5 + INNER / 200), abs=1e-4)


@pytest.mark.parametrize("part", [0, 12])
def test_where_all_are_clear_or_none_there_is_no_chance(part: int) -> None:
    found = consistency(Run(team, f"{team}{n}", part, 12) for team in "AB" for n in range(4))
    assert set(found.limits(48) + found.limits(48, OUTER)) == {part / 12}
    assert not found.outside()
    assert not found.is_compared


# --- how alike one worker's months are


@given(RUNS)
def test_limits_are_widened_or_left_and_never_narrowed(runs: list[Run]) -> None:
    likeness = consistency(runs).likeness
    assert 0 <= likeness.rho <= 1
    assert 1 <= likeness.widening <= max(likeness.months, 1)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(1, 24))
def test_the_more_alike_the_wider(less: float, more: float, months: float) -> None:
    assume(less <= more)
    whole = Share(3, 4)
    narrow, wide = (Consistency((), whole, 0, 0, Likeness(rho, months)) for rho in (less, more))
    for within in (INNER, OUTER):
        assert wide.limits(60, within).low <= narrow.limits(60, within).low + 1e-9
        assert wide.limits(60, within).high >= narrow.limits(60, within).high - 1e-9


def test_the_sum_is_the_one_of_the_analysis_of_variance() -> None:
    """By hand: one team with shares 1 and 0 of 4 months, another with 3/4 and 1/4. B = (4 (1/4 + 1/4) + 4 (1/16 +
    1/16)) / 2 = 5/4, W = (3/4 + 3/4) / 12 = 1/8, m0 = 4: rho = (9/8) / (5/4 + 3/8) = 9/13."""
    found = alike([[Share(4, 4), Share(0, 4)], [Share(3, 4), Share(1, 4)]])
    assert found == Likeness(0.692, 4.0)
    assert found.widening == pytest.approx(1 + 3 * 9 / 13, abs=0.002)


def test_a_month_stands_in_longer_runs_than_a_worker_does() -> None:
    assert alike([[Share(1, 2), Share(5, 10)]]).months == 8.7  # (4 + 100) / 12


def test_differences_between_teams_do_not_hide_themselves() -> None:
    same = [Share(3, 12)] * 5, [Share(9, 12)] * 5
    assert alike(same) == Likeness(0.0, 12.0)
    found = consistency(
        Run(team, f"{team}{n}", clear, 12) for team, clear in (("A", 3), ("B", 9)) for n in range(5)
    )
    assert [each.place for each in found.points] == ["far below", "far above"]


def test_a_month_each_has_nothing_to_be_alike_with() -> None:
    found = consistency(Run(team, f"{team}{n}", n % 2, 1) for team in "ABC" for n in range(9))
    assert found.likeness.widening == 1


@pytest.mark.parametrize(
    "runs",
    [
        [Run(f"Team {n}", str(n), n, 12) for n in range(6)],
        [Run(team, f"{team}{n}", 12 * (team == "A"), 12) for team in "AB" for n in range(4)],
    ],
)
def test_what_cannot_be_known_singles_nobody_out(runs: list[Run]) -> None:
    """One worker a team, or no difference inside any team: their months are taken as wholly alike."""
    found = consistency(runs)
    assert found.likeness == Likeness(1.0, 12.0, is_known=False)
    assert "cannot be told" in " ".join(how_widened(found))


def test_the_likeness_of_made_up_workers_is_found_again() -> None:
    for rho in (0.0, 0.1, 0.3, 0.6):
        found = consistency(service(random.Random(5), 150, rho)).likeness
        assert found.rho == pytest.approx(rho, abs=0.05)


@pytest.mark.parametrize(
    ("rho", "part"), [(0.0, 0.75), (0.2, 0.75), (0.4, 0.75), (0.3, 0.9), (0.3, 0.3)]
)
def test_of_teams_that_do_not_differ_about_one_in_twenty_lies_outside(rho: float, part: float) -> None:
    """Forty services of forty teams, none different. Plain limits would call many more of them so."""
    chance, outside, far, plain, teams = random.Random(11), 0, 0, 0, 0
    for _ in range(40):
        found = consistency(service(chance, 40, rho, part))
        teams += len(found.points)
        outside += len(found.outside())
        far += sum("far" in each.place for each in found.points)
        for each in found.points:
            low, high = limits(found.whole, each.share.d, INNER)
            plain += not low <= each.part <= high
    assert 0.02 < outside / teams < 0.065
    assert far / teams < 0.006
    if rho:
        assert plain / teams > 0.15


# --- too few to say


def test_of_two_people_nothing_is_said_whatever_their_share() -> None:
    others = [Run("Many", str(n), 10, 12) for n in range(30)] + [Run("Many", "x", 0, 12)]
    found = consistency([*others, Run("Two", "a", 0, 12), Run("Two", "b", 0, 12)])
    assert {each.group: each.place for each in found.points}["Two"] == "few"


def test_of_so_few_months_that_no_share_would_lie_outside_nothing_is_said() -> None:
    others = [Run("Many", str(n), n % 2, 1) for n in range(60)]
    few = [Run("Few", f"f{n}", 0, 1) for n in range(3)]
    found = consistency(others + few)
    assert found.limits(3) == (0, 1)
    assert {each.group: each.place for each in found.points}["Few"] == "few"


def test_nobody_and_one_team_are_compared_with_nothing() -> None:
    assert consistency([]) == Consistency((), Share(), 0, 0, Likeness(0.0, 1.0))
    one = consistency([Run("A", str(n), n, 12) for n in range(5)])
    assert not consistency([]).is_compared
    assert not one.is_compared
    assert one.points[0].place == "inside"


# --- in words


@given(RUNS)
@settings(max_examples=50)
def test_the_sum_on_paper_comes_out_as_it_is_printed(runs: list[Run]) -> None:
    found = consistency(runs)
    months, rho = found.likeness.months, found.likeness.rho
    said = f"1 + ({months:.1f} − 1) × {rho:.3f} = {1 + (round(months, 1) - 1) * round(rho, 3):.2f} times"
    assert said in " ".join(how_widened(found))


def test_a_case_is_no_worker() -> None:
    told = " ".join(how_widened(consistency([Run("A", "c", 1, 2), Run("A", "d", 2, 2)]), "case"))
    assert "One case’s months are often alike" in told
    assert "worker" not in told
    assert "rough" in told
