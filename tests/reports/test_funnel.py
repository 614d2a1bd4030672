"""The funnel on paper: shapes and words for where each team lies, no name over another, and every number that
of the same question as JSON."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.shapes import Circle, Polygon, PolyLine, Rect, String

from supervise.answers import Said
from supervise.compliance import Share
from supervise.consistency import PLACES, Consistency, Run, consistency
from supervise.doing.papers.service import ServicePaper
from supervise.doing.showing import Showing, finished
from supervise.policy_files import read_policy, read_policy_file
from supervise.reports.charts import percent
from supervise.reports.funnel import Funnel, funnel, mark, scale_of, tell_consistency
from supervise.reports.measured import ServicePeriod
from supervise.reports.page import Story
from supervise.reports.paper import INK, PAPER
from supervise.reports.service import tell_service
from supervise.workdays import Day, day
from supervise.workspace import Workspace
from tests.making import MONTHLY, NASTY, put, workspace
from tests.reports.papers import made, read_out, refuse_faults, words_of

KEPT = Path(__file__).parent.parent / "kept"
COLOURS = {"#111111", "#4d4d4d", "#8a8a8a", "#dcdcdc", "#ffffff"}

Months = dict[str, list[tuple[int, int]]]

LOW_AND_HIGH: Months = {
    "East": [(2, 12), (1, 12), (3, 12), (2, 12), (0, 12), (3, 12)],
    "Middle": [(9, 12), (8, 12), (10, 12), (9, 12), (7, 12), (9, 12)] * 4,
    "North": [(8, 12), (9, 12), (10, 12), (9, 12)],
    "Pair": [(3, 4), (2, 4)],
    "West": [(12, 12)] * 12,
}


def of(months: Months) -> Consistency:
    return consistency(
        Run(team, f"{team}{at}", n, d) for team, runs in months.items() for at, (n, d) in enumerate(runs)
    )


def letters(drawing: Any) -> list[str]:
    return [shape.text for shape in drawing.contents if isinstance(shape, String)]


def told(found: Consistency) -> Story:
    story = Story()
    story.title("The service")
    tell_consistency(story, found)
    story.about_letters()
    return story


# --- the drawing


def test_each_team_is_named_and_where_it_lies_is_in_its_shape_and_in_words() -> None:
    found = of(LOW_AND_HIGH)
    assert {each.group: each.place for each in found.points} == {
        "East": "far below", "Middle": "inside", "North": "inside", "Pair": "few", "West": "far above",
    }  # fmt: skip
    picture = funnel(found)
    assert {*LOW_AND_HIGH, "All 72 %", "95 %", "99.8 %", "Person-months", "Clear months"} <= set(
        letters(picture.drawing)
    )
    shapes = picture.drawing.contents
    assert sum(isinstance(shape, Polygon) for shape in shapes) == 2
    assert sum(isinstance(shape, Circle) for shape in shapes) == 3
    assert picture.alt.startswith(
        "Clear months of each team by its person-months. All: 404 of 560 (72 %)."
    )
    for words in (
        "East: 11 of 72 (15 %), below the 99.8 % line.", "West: 144 of 144 (100 %), above the 99.8 % line.",
        "Pair: 5 of 8 (62 %), too few to say.", "North: 36 of 48 (75 %), inside.",
    ):  # fmt: skip
        assert words in picture.alt
    low, high = (100 * part for part in found.limits(288))
    assert f"At 288 person-months the 95 % lines are at {low:.0f} % and {high:.0f} %" in picture.alt


def test_a_shape_tells_above_from_below_and_the_inner_lines_from_the_outer() -> None:
    shapes = {place: mark(0, 0, place) for place in PLACES}
    fills = {place: shape.fillColor for place, shape in shapes.items()}
    assert [place for place, fill in fills.items() if fill is INK] == [
        "inside",
        "far above",
        "far below",
    ]
    assert all(fill in (INK, PAPER) for fill in fills.values())
    assert {place for place, shape in shapes.items() if isinstance(shape, Circle)} == {"few", "inside"}
    for place, tip in (("above", 1), ("far above", 1), ("below", -1), ("far below", -1)):
        assert shapes[place].points[5] * tip > 0  # type: ignore[index]


def test_the_inner_lines_are_dashes_and_the_outer_ones_whole() -> None:
    drawn = [each for each in funnel(of(LOW_AND_HIGH)).drawing.contents if isinstance(each, PolyLine)]
    wide = [max(each.points[::2]) - min(each.points[::2]) for each in drawn]
    assert sum(each > 100 for each in wide) == 2
    assert sum(each <= 5 for each in wide) > 40
    assert not any(getattr(each, "strokeDashArray", None) for each in drawn)


def test_nothing_has_no_chart() -> None:
    with pytest.raises(ValueError, match="a chart of nothing"):
        funnel(consistency([]))


def grown(seed: int, teams: int, *, name: str = "Team") -> Consistency:
    """Many teams of people of every kind."""
    chance = random.Random(seed)
    months: Months = {}
    for team in range(teams):
        runs = [(chance.choice((2, 6, 12)), chance.random()) for _ in range(chance.randint(1, 14))]
        months[f"{name} {team}"] = [(sum(chance.random() < p for _ in range(d)), d) for d, p in runs]
    return of(months)


SOME = st.builds(grown, st.integers(0, 10_000), st.integers(1, 30))


@given(SOME)
@settings(max_examples=25, deadline=None)
def test_no_name_covers_another_or_a_point_and_all_is_in_the_drawing(found: Consistency) -> None:
    drawing = funnel(found).drawing
    names = [shape.getBounds() for shape in drawing.contents if isinstance(shape, Rect)]
    points = [each.getBounds() for each in drawing.contents if isinstance(each, (Circle, Polygon))]
    assert len(points) == len(found.points)
    for one, other in [*combinations(names, 2), *((name, point) for name in names for point in points)]:
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for shape in drawing.contents:
        left, foot, right, top = shape.getBounds()
        assert left >= -1 and foot >= -1 and right <= drawing.width + 1 and top <= drawing.height + 1
        fills = (getattr(shape, "fillColor", None), getattr(shape, "strokeColor", None))
        assert {"#" + each.hexval()[2:] for each in fills if each is not None} <= COLOURS
    low, high = scale_of(found)
    assert all(low <= 100 * each.part <= high for each in found.points)


def test_many_teams_bear_the_numbers_of_the_table_and_those_outside_their_names() -> None:
    found = grown(4, 40)
    drawn = Funnel(found)
    assert list(drawn.numbers) == [each.group for each in found.points]
    outside, seen = [each.group for each in found.outside()], letters(drawn.picture().drawing)
    assert outside
    assert set(outside) <= set(seen)
    assert len({str(n) for n in drawn.numbers.values()} & set(seen)) > 15
    said = told(found).said()
    assert "No." in said
    assert any("Numbers are those of the table" in each for each in said)
    alt = drawn.picture().alt
    assert all(f"{name}: " in alt for name in outside)
    assert f"{40 - len(outside)} teams outside no line, or too few to say: see the table." in alt


def test_a_few_teams_need_no_numbers() -> None:
    assert Funnel(of(LOW_AND_HIGH)).numbers == {}
    assert "No." not in told(of(LOW_AND_HIGH)).said()


# --- as it is told


def test_teams_stand_in_order_of_name_and_never_of_their_share() -> None:
    said = told(of(LOW_AND_HIGH)).said()
    at = said.index("Where it lies")
    assert [each for each in said[at:] if each in LOW_AND_HIGH] == sorted(LOW_AND_HIGH)
    whole = " ".join(said)
    for words in (
        "no verdict and no ranking",
        "a reason to look",
        "1 team in 20",
        "fewer than 3 people",
    ):
        assert words in whole
    assert "on time" not in whole.casefold()


EDGES: dict[str, tuple[Months, str]] = {
    "nobody": ({}, "No team has a whole calendar month that counts."),
    "one team": ({"A": [(3, 12)] * 4}, "nothing to compare it with"),
    "all clear": ({"A": [(12, 12)] * 4, "B": [(3, 3)]}, "Every month was clear in every team"),
    "none clear": ({"A": [(0, 12)] * 4, "B": [(0, 3)]}, "No month was clear in any team"),
    "one person each": ({name: [(at, 12)] for at, name in enumerate("ABCDE")}, "cannot be told"),
    "a month each": ({"A": [(1, 1)] * 9, "B": [(0, 1)] * 9}, "1.00 times"),
    "all or nothing": ({"A": [(12, 12)] * 5, "B": [(0, 12)] * 5}, "cannot be told"),
    "a long name": ({"A": [(5, 12)] * 5, "Bronwen " * 25: [(7, 12)] * 5}, "Numbers are those of the table"),
    "nasty names": ({name: [(5, 12)] * 3 for name in NASTY[:6]} | {"<b>&amp;</b>": [(9, 12)] * 3}, "Inside"),
    "large": ({"A": [(700, 1000)] * 90, "B": [(720, 1000)] * 80}, "90,000"),
}  # fmt: skip


@pytest.mark.parametrize("edge", EDGES)
def test_every_edge_prints_and_says_what_it_is(edge: str, tmp_path: Path) -> None:
    months, words = EDGES[edge]
    found = of(months)
    assert words in " ".join(told(found).said())
    pdf = made(told(found))
    refuse_faults(pdf, read_out(told(found)), tmp_path)
    assert pdf == made(told(found))
    whole = " ".join(words_of(pdf))
    for each in found.points:
        assert f"{each.share.d:,} {each.share.n:,} {percent(each.share)} {each.people:,}" in whole


# --- from a store


@pytest.fixture(scope="module", params=[1, 2])
def here(request: pytest.FixtureRequest) -> Workspace:
    """The sample service under one policy and under two: never altered by a test."""
    files = ("standards-2020-with-defaults", "county-2018")[: request.param]
    made_up = workspace()
    made_up.add_policies([read_policy_file(KEPT / "policies" / f"{each}.toml") for each in files])
    made_up.carry_out(made_up.plan_import(KEPT / "service"))
    return made_up


def gathered(here: Workspace, first: Day, last: Day, clock: str | None = None) -> ServicePeriod:
    return finished(ServicePaper(here.here).gather(first, last, clock))


def refuse_difference(here: Workspace, first: Day, last: Day, clock: str | None = None) -> Consistency:
    """AssertionError unless the points are the clear months of each group of the compliance page."""
    found = gathered(here, first, last, clock).consistency
    shown = Showing(here.here).compliance(first, last, "team", None, clock)
    assert [(each.group, each.share) for each in found.points] == [
        (each.title, each.measures.clear_months) for each in shown.groups if each.measures.clear_months.d
    ]
    assert found.whole == shown.whole.clear_months
    return found


PERIODS = [("2018-10-15", "2019-10-31"), ("2016-01-01", "2019-10-31"), ("2019-04-01", "2019-06-30"),
           ("2019-10-02", "2019-10-31")]  # fmt: skip


@pytest.mark.parametrize("period", PERIODS)
def test_the_points_are_the_clear_months_of_each_team(here: Workspace, period: tuple[str, str]) -> None:
    first, last = map(day, period)
    found = refuse_difference(here, first, last)
    assert bool(found.points) == (last - first > 30)


def test_each_number_on_paper_is_that_of_the_same_question_as_json(here: Workspace) -> None:
    first, last = day("2018-10-15"), day("2019-10-31")
    paper = gathered(here, first, last)
    clockwork = here.clockwork()
    service, measured = here.measures(clockwork, first, last, "team")
    asked = Said(clockwork, service, None).measures(measured, first, last)["groups"]
    people = {each.group: each.people for each in paper.consistency.points}
    places = {each.group: PLACES[each.place] for each in paper.consistency.points}
    whole = " ".join(words_of(made(tell_service(paper))))
    for each in asked:
        n, d = each["clear_months"]
        name = each["group"]
        assert f"{name} {d:,} {n:,} {percent(Share(n, d))} {people[name]} {places[name]}" in whole
    assert (
        whole.index("Team by team") < whole.index("What it does not say") < whole.index("month by month")
    )


def team_by_team(
    *posts: tuple[str, str, str, str | None], sessions: Iterable[tuple[str, str]], policy: str = MONTHLY
) -> Workspace:
    """A store of people in posts, and their sessions."""
    made_up = workspace()
    made_up.add_policies([read_policy(policy, "p")])
    put(made_up, {
        "person": [{"id": person, "name": f"Person {person}"} for person in sorted({post[0] for post in posts})],
        "post": [
            {"person_id": person, "team": team, "role": "social_worker", "from": first, "to": last}
            for person, team, first, last in posts
        ],
        "session": [
            {"person_id": person, "kind": "one_to_one", "status": "held", "held_on": on, "id": f"S{at}"}
            for at, (person, on) in enumerate(sessions)
        ],
    })  # fmt: skip
    return made_up


def test_who_moves_has_months_in_both_teams_and_a_month_is_of_the_team_of_its_last_day() -> None:
    made_up = team_by_team(
        ("W1", "East", "2019-01-01", "2019-03-14"), ("W1", "West", "2019-03-15", None),
        ("W2", "East", "2018-06-01", "2018-12-28"), ("W2", "West", "2019-01-01", None),
        ("W3", "East", "2019-01-01", "2019-02-20"), ("W3", "East", "2019-02-21", None),
        sessions=[("W1", "2019-01-10"), ("W1", "2019-02-07"), ("W1", "2019-04-02"), ("W3", "2019-01-20")],
    )  # fmt: skip
    found = refuse_difference(made_up, day("2019-01-01"), day("2019-06-30"))
    assert [(each.group, each.share.d, each.people) for each in found.points] == [
        ("East", 2 + 6, 2), ("West", 4 + 6, 2),
    ]  # fmt: skip
    assert found.people == 3


CASES = """\
policy = { id = "p", title = "Oversight" }
[[clock]]
name = "case_oversight"
per = "case"
counts = ["one_to_one"]
[[clock.rule]]
title = "Every case"
every = "1 month"
"""


def test_of_a_clock_for_cases_the_months_are_those_of_cases() -> None:
    made_up = team_by_team(
        ("W1", "East", "2019-01-01", None), ("W2", "West", "2019-01-01", None),
        sessions=[("W1", "2019-01-10")], policy=CASES,
    )  # fmt: skip
    first, last = day("2019-01-01"), day("2019-06-30")
    put(made_up, {"case_allocation": [
        {"id": "A1", "case_ref": "C1", "person_id": "W1", "from": "2019-01-01", "to": "2019-03-20"},
        {"id": "A2", "case_ref": "C1", "person_id": "W2", "from": "2019-03-21"},
        {"id": "A3", "case_ref": "C2", "person_id": "W1", "from": "2019-01-01"},
    ]})  # fmt: skip
    found = refuse_difference(made_up, first, last, "case_oversight")
    assert [(each.group, each.share.d, each.people) for each in found.points] == [
        ("East", 2 + 6, 2), ("West", 4, 1),
    ]  # fmt: skip
    said = tell_service(gathered(made_up, first, last, "case_oversight")).said()
    assert "Case-months" in said
    assert "Cases" in said
