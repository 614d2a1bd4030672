"""Since the last visit, gathered: every figure is that of the same question as JSON, under each set of rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from supervise.answers import Said
from supervise.cadence import Clockwork
from supervise.compliance import Share
from supervise.doing.papers.listed import BY_NAME
from supervise.doing.papers.paper import About
from supervise.doing.papers.since import Visit, gather
from supervise.doing.showing import finished
from supervise.doing.showing_measures import MEASURES
from supervise.errors import BadQuestion
from supervise.exchange.practice import STORY_DAY, practice_plan
from supervise.places import resource
from supervise.policies import Rulebook
from supervise.policy_files import read_policy, read_policy_file
from supervise.reports.charts import percent
from supervise.reports.since import change_of, tell_since
from supervise.reports.since_told import SinceVisit
from supervise.wording import day as said_day
from supervise.workdays import add_months, day, whole_months
from supervise.workspace import Workspace
from tests.making import MONTHLY, NASTY, put, workspace
from tests.reports.papers import made, read_out, refuse_faults, words_of

KEPT = Path(__file__).parent.parent / "kept"
AT = datetime(2019, 11, 4, 9, 12)
STORY = STORY_DAY.toordinal()
ASKED = {
    "standards": Visit(day("2018-11-01"), day("2019-05-14"), day("2019-10-20")),
    "standards+county": Visit(day("2017-10-01"), day("2018-05-14"), day("2018-12-31")),
    "practice": Visit(add_months(STORY, -12) + 1, add_months(STORY, -4), STORY),
}
"""Of each service a visit: in the second the rules change six weeks before it."""


Service = tuple[Workspace, Visit, dict[str | None, SinceVisit]]


@pytest.fixture(scope="module", params=ASKED)
def service(request: pytest.FixtureRequest) -> Service:
    """A service under one set of policies, and what is told of everybody and of a team: never altered by a
    test."""
    found = workspace()
    if request.param == "practice":
        policy = resource("policies", "standards-2020-with-defaults.toml")
        found.carry_out(practice_plan(resource("practice"), policy, STORY))
    else:
        names = [
            "standards-2020-with-defaults",
            *request.param.replace("county", "county-2018").split("+")[1:],
        ]
        found.add_policies([read_policy_file(KEPT / "policies" / f"{each}.toml") for each in names])
        found.carry_out(found.plan_import(KEPT / "service"))
    asked, teams = ASKED[request.param], (None, found.teams()[2])
    return found, asked, {team: told(found, asked._replace(team=team)) for team in teams}


def told(here: Workspace, asked: Visit) -> SinceVisit:
    return finished(gather(here.here, asked))


def as_json(
    here: Workspace, clockwork: Clockwork, team: str | None, first: int, last: int
) -> dict[str, Any]:
    """What `supervise measures --format json` says of everybody, or with --by team of a team."""
    service, found = here.measures(clockwork, first, last, team and "team")
    groups = Said(clockwork, service, None).measures(found, first, last)["groups"]
    (one,) = [each for each in groups if each["group"] == team]
    assert isinstance(one, dict)
    return one


def gaps_as_json(
    here: Workspace, team: str | None, first: int, last: int, **how: int
) -> list[dict[str, Any]]:
    clockwork = here.clockwork(None, **how)
    service, found = here.gaps(clockwork, None, team, first, last)
    gaps: list[dict[str, Any]] = Said(clockwork, service, None).gaps(found)["gaps"]
    return gaps


def pairs(shares: Mapping[str, Share]) -> dict[str, list[int]]:
    return {name: [share.n, share.d] for name, share in shares.items()}


# --- the same numbers as JSON


def test_both_periods_are_those_of_the_same_questions_as_json(service: Service) -> None:
    here, asked, papers = service
    for team, paper in papers.items():
        for period, first, last in (
            (paper.before, asked.first, asked.on - 1), (paper.since, asked.on, asked.last),
        ):  # fmt: skip
            said = as_json(here, here.clockwork(), team, first, last)
            assert (period.first, period.last) == (first, last)
            assert pairs({each.name: each.share for each in period.measures}) == {
                each.name: said[each.name] for each in MEASURES
            }
            assert (len(period.gaps), period.gaps_carried_in, period.longest_gap_days) == (
                said["gaps"], said["gaps_carried_in"], said["longest_gap_days"],
            )  # fmt: skip
        left = [as_json(here, here.clockwork(), team, *days)["excluded"]
                for days in ((asked.first, asked.on - 1), (asked.on, asked.last))]  # fmt: skip
        why = [
            [each[at] not in ("counted", "not in the team") for each in paper.left_out] for at in (1, 2)
        ]
        assert list(map(sum, why)) == list(map(len, left))
        evidenced = [{what: n[at] for what, *n in paper.evidence} for at in (0, 1)]
        for period, found in zip((paper.before, paper.since), evidenced, strict=True):
            share = next(each.share for each in period.measures if each.name == "evidenced")
            assert found["record kept here"] == share.d
            assert sum(n for what, n in found.items() if what.startswith("not yet")) == share.d - share.n


def test_each_month_is_that_of_the_same_question_as_json(service: Service) -> None:
    here, asked, papers = service
    for team, paper in papers.items():
        assert [(first, [share.n, share.d]) for first, share in paper.by_month] == [
            (first, as_json(here, here.clockwork(), team, first, last)["covered_days"])
            for first, last in whole_months(asked.first, asked.last)
        ]


def test_under_one_policy_it_is_the_same_question_to_a_rulebook_of_that_policy_alone(
    service: Service,
) -> None:
    here, asked, papers = service
    policies = {each.title: each for each in here.policies()}
    for team, paper in papers.items():
        assert [each.when for each in paper.under] == (["both"] if len(policies) > 1 else [])
        for under in paper.under:
            alone = Rulebook([replace(policies[under.policy], effective_from=None)])
            clockwork = Clockwork(alone, "one_to_one", here.today())
            assert under.sides is not None
            periods = ((asked.first, asked.on - 1), (asked.on, asked.last))
            for side, days in zip(under.sides, periods, strict=True):
                said = as_json(here, clockwork, team, *days)
                assert pairs(side.shares) == {each.name: said[each.name] for each in MEASURES}
                assert (side.gaps, side.longest) == (said["gaps"], said["longest_gap_days"])


def test_gaps_are_those_of_the_list_as_json_and_say_what_they_were_at_the_visit(
    service: Service,
) -> None:
    here, asked, papers = service
    for team, paper in papers.items():
        since = gaps_as_json(here, team, asked.on, asked.last)
        before = gaps_as_json(here, team, asked.first, asked.on - 1)
        split = [
            sorted(
                (each["name"], each["days_late"])
                for each in since
                if (day(each["first_late_day"]) < asked.on) is old
            )
            for old in (True, False)
        ]
        assert [
            sorted((each.gap.name, each.before + each.since) for each in found)
            for found in (paper.open_at_visit, paper.began_since)
        ] == split
        assert paper.ended_before == len(before) - len(split[0])
        # as it was known on the day before the visit
        then = {(each["name"], day(each["first_late_day"])): each["days_late"]
                for each in gaps_as_json(here, None, asked.first, asked.on - 1, as_at=asked.on - 1)}  # fmt: skip
        for gap in paper.open_at_visit:
            assert then[gap.gap.name, gap.gap.first_late] == gap.before
        whole = [sum(getattr(each, side).gaps for each in paper.people) for side in ("before", "since")]
        assert whole == [len(before), len(since)]
        if team is None:
            for period, side in ((paper.before, "before"), (paper.since, "since")):
                share = period.measures[0].share
                assert sum(getattr(each, side).days for each in paper.people) == share.d - share.n


def test_each_figure_is_found_in_the_text_of_a_tagged_paper(service: Service, tmp_path: Path) -> None:
    *_, papers = service
    paper = list(papers.values())[-1]
    pdf = made(tell_since(paper))
    refuse_faults(pdf, read_out(tell_since(paper)), tmp_path)
    whole = " ".join(words_of(pdf))
    for a, b in zip(paper.before.measures, paper.since.measures, strict=True):
        change = "not compared" if a.name == "on_time" else change_of(a.share, b.share)
        first, second = (
            [f"{share.n:,} of {share.d:,}"] if share.d else [] for share in (a.share, b.share)
        )
        found = [
            a.title,
            percent(a.share),
            percent(b.share),
            change[:1].upper() + change[1:],
            *first,
            *second,
        ]
        at = whole.index("Measures before and since")
        for words in found:
            assert words in whole[at:]
    for gap in (*paper.open_at_visit, *paper.began_since):
        assert f"– {said_day(gap.gap.last_late)}" in whole
    for first_day, share in paper.by_month:
        assert f"{share.n:,} {share.d:,} {percent(share)}" in whole
        assert said_day(first_day)[2:] in whole
    assert not [
        word for word in ("sick", "maternity", "paternity", "pregnan") if word in whole.casefold()
    ]


# --- worked by hand


THEN = MONTHLY.replace('title = "Everyone"', 'title = "Workers"\nroles = ["social_worker"]')
NOW = (
    THEN.replace('id = "p", title = "Monthly"', 'id = "q", title = "Two-monthly", effective_from = 2019-04-01')
    .replace("1 month", "2 months")
)  # fmt: skip
HAND = Visit(day("2019-01-01"), day("2019-04-01"), day("2019-06-30"), "East")


def by_hand(*policies: str, name: str = "Ada Nwosu", team: str = "East") -> Workspace:
    """Ada was seen on 31 January, 29 March and 31 May 2019; Sam supervised her up to April, then Joy."""
    here = workspace()
    here.add_policies([read_policy(each, "p") for each in policies])
    session = {"person_id": "W1", "supervisor_id": "M1", "kind": "one_to_one", "status": "held"}
    post = {"person_id": "W1", "team": team, "role": "social_worker"}
    put(here, {
        "person": [{"id": "W1", "name": name}, {"id": "M1", "name": "Sam Okafor"}, {"id": "M2", "name": "Joy Lee"}],
        "post": [
            {**post, "from": "2019-01-01", "to": "2019-04-30", "supervisor_id": "M1"},
            {**post, "from": "2019-05-01", "to": "2019-06-30", "supervisor_id": "M2"},
            {"person_id": "M1", "team": team, "role": "team_manager", "from": "2018-01-01", "to": "2019-04-30"},
            {"person_id": "M2", "team": team, "role": "team_manager", "from": "2019-04-29"},
        ],
        "session": [
            {**session, "id": "S1", "held_on": "2019-01-31"}, {**session, "id": "S2", "held_on": "2019-03-29"},
            {**session, "id": "S3", "held_on": "2019-05-31", "record_kept": "Mosaic"},
        ],
    })  # fmt: skip
    return here


def covered(paper: SinceVisit) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Days covered before and since: as it was, and under each policy."""
    was = [period.measures[0].share for period in (paper.before, paper.since)]
    alone = [[side.shares["covered_days"] for side in each.sides or ()] for each in paper.under]
    return [((a.n, a.d), (b.n, b.d)) for a, b in [was, *alone]]


def of_ada(paper: SinceVisit, name: str = "Ada Nwosu") -> list[str]:
    return [
        words
        for each in paper.people
        if each.name == name
        for words in (each.before.words, each.since.words)
    ]


def test_a_change_of_rules_is_not_taken_for_a_change_of_practice() -> None:
    # Every month, Ada is late from 1 to 29 March (29 days) and from 30 April to 31 May (32). Every two months she
    # is late on 30 and 31 May only. From January to March there are 90 days, from April to June 91.
    paper = told(by_hand(THEN, NOW), HAND)
    assert [(each.when, each.policy) for each in paper.under] == [
        ("then", "Monthly"),
        ("now", "Two-monthly"),
    ]
    assert covered(paper) == [((61, 90), (89, 91)), ((61, 90), (59, 91)), ((90, 90), (89, 91))]
    assert of_ada(paper) == ["1 gap, 29 late days", "1 gap, 2 late days"]
    whole = " ".join(tell_since(paper).said())
    at = [whole.index(each) for each in ("Up 30 points", "Policy of then: Monthly", "Down 3 points",
                                         "Policy of now: Two-monthly", "Down 2 points")]  # fmt: skip
    assert at == sorted(at)


def test_one_policy_throughout_is_said_in_a_sentence() -> None:
    paper = told(by_hand(THEN), HAND)
    assert covered(paper) == [((61, 90), (59, 91))]
    said = " ".join(tell_since(paper).said())
    assert "The same policy, “Monthly”, was in force on every day of both periods" in said
    assert "Policy of then:" not in said


def _said(paper: SinceVisit) -> list[str]:
    return [" ".join(each.split()) for each in tell_since(paper).said()]


def test_a_policy_that_came_before_the_visit_is_that_of_then_and_of_now() -> None:
    paper = told(by_hand(THEN, NOW), HAND._replace(on=day("2019-05-01")))
    assert [(each.when, each.policy) for each in paper.under] == [("both", "Two-monthly")]
    assert "The same policy was in force on 30 April 2019 and on 30 June 2019." in _said(paper)


def test_before_the_first_policy_there_is_none_of_then() -> None:
    paper = told(by_hand(NOW), HAND)
    assert [(each.when, each.policy) for each in paper.under] == [("now", "Two-monthly")]
    assert covered(paper)[0][0] == (0, 0)
    said = _said(paper)
    assert "On 31 March 2019, just before the visit, no policy was in force." in said
    assert "Nothing to compare" in said


def test_a_policy_without_the_clock_asks_for_nothing() -> None:
    other = NOW.replace('name = "one_to_one"', 'name = "other"')
    paper = told(by_hand(THEN, other), HAND._replace(clock="one_to_one"))
    assert [each.sides is None for each in paper.under] == [False, True]
    assert "It has no clock “One-to-one”: nothing was asked for." in tell_since(paper).said()


def test_a_gap_across_the_visit_is_told_with_its_days_on_either_side() -> None:
    paper = told(by_hand(THEN), HAND._replace(on=day("2019-05-10")))
    # late from 30 April to 31 May: 10 days before 10 May, 22 since
    assert [
        (each.gap.name, each.before, each.since, each.gap.ended) for each in paper.open_at_visit
    ] == [("Ada Nwosu", 10, 22, "held 31 May 2019")]
    assert (paper.began_since, paper.ended_before) == ((), 1)
    assert of_ada(paper) == ["2 gaps, 39 late days", "1 gap, 22 late days"]
    assert [each.share.n for each in paper.before.measures[:1]] == [129 - 39]


def test_changes_of_supervisor_and_of_managers_since_the_visit_are_told() -> None:
    paper = told(by_hand(THEN), HAND)
    assert [tuple(each) for each in paper.supervisors] == [
        (day("2019-05-01"), "Ada Nwosu", "Sam Okafor", "Joy Lee")
    ]
    assert [tuple(each) for each in paper.managers] == [
        (day("2019-04-29"), "Joy Lee", "Team manager, East", True),
        (day("2019-04-30"), "Sam Okafor", "Team manager, East", False),
    ]
    assert tuple(paper.there) == (2, 2, 1, 1)
    later = told(by_hand(THEN), HAND._replace(on=day("2019-05-02")))
    assert (later.supervisors, later.managers) == ((), ())


def test_what_was_entered_since_the_visit_about_the_time_before_it_is_told() -> None:
    here = by_hand(THEN)
    session = {"person_id": "W1", "kind": "one_to_one", "status": "held"}
    put(
        here,
        {"session": [{**session, "id": "S9", "held_on": "2019-03-05", "recorded_on": "2019-04-20"}]},
    )
    paper = told(here, HAND)
    assert [each[:5] for each in paper.changed] == [
        ("Ada Nwosu", day("2019-03-01"), day("2019-03-29"), 29, 5)
    ]
    assert [each.entered_on for each in paper.changed] == [day("2019-04-20")]
    said = " ".join(tell_since(paper).said())
    assert "1 of these entries was made on the day of the visit or since." in said


def test_who_is_left_out_of_one_period_is_told_for_both() -> None:
    paper = told(by_hand(THEN), HAND)
    assert paper.left_out == (
        ("Joy Lee", "not in the team", "no rule"),
        ("Sam Okafor", "no rule", "not in post"),
    )


# --- what cannot be asked, and the ends of what can


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        (HAND._replace(last=day("2018-12-31")), "The period ends before it begins."),
        (HAND._replace(on=HAND.first), "There is no day before the visit of 1 January 2019 to compare with."),
        (HAND._replace(on=HAND.first - 9), "There is no day before the visit"),
        (HAND._replace(on=HAND.last + 1), "The visit of 1 July 2019 is after the last day."),
        (HAND._replace(as_at=day("2019-03-31")), "The visit of 1 April 2019 is after 31 March 2019"),
        (HAND._replace(team="West"), "There is no team “West” here."),
        (HAND._replace(clock="weekly"), "No policy here has a clock “weekly”."),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_is_refused_and_leaves_no_file(
    asked: Visit, what: str, tmp_path: Path
) -> None:
    about = About(**asked._asdict())
    with pytest.raises(BadQuestion, match=what):
        list(by_hand(THEN).press.save(BY_NAME["since"], about, tmp_path / "x.pdf", at=AT))
    assert list(tmp_path.iterdir()) == []


def test_without_a_policy_nothing_is_told() -> None:
    with pytest.raises(BadQuestion, match="There is no policy yet"):
        told(by_hand(), HAND)


@pytest.mark.parametrize(
    "asked",
    [
        HAND._replace(on=HAND.last), HAND._replace(on=HAND.first + 1),
        HAND._replace(first=HAND.on - 1, last=HAND.on), HAND._replace(as_at=HAND.on), HAND._replace(team=None),
        HAND._replace(first=day("2020-01-01") - 900, on=day("2018-06-01"), last=day("2018-12-31")),
        HAND._replace(first=day("2019-07-01"), on=day("2019-08-01"), last=day("2019-09-30")),
    ],
    ids=["last day", "second day", "two days", "as at the visit", "everybody", "before anybody", "nobody left"],
)  # fmt: skip
def test_at_the_ends_there_is_still_a_tagged_paper(asked: Visit, tmp_path: Path) -> None:
    paper = told(by_hand(THEN, NOW), asked)
    refuse_faults(made(tell_since(paper)), read_out(tell_since(paper)), tmp_path)


@pytest.mark.parametrize("typed", ["<b>&amp;</b>", "Bronwen " * 25, NASTY[9], NASTY[12], NASTY[13]])
def test_names_as_they_were_typed_are_on_the_paper(typed: str, tmp_path: Path) -> None:
    typed = typed.strip()
    paper = told(by_hand(THEN, NOW, name=typed, team=typed), HAND._replace(team=typed))
    assert of_ada(paper, typed)
    refuse_faults(made(tell_since(paper)), read_out(tell_since(paper)), tmp_path)


def test_a_case_clock_is_told_case_by_case() -> None:
    by_case = (
        THEN.replace('id = "p"', 'id = "c"').replace('counts = ["one_to_one"]', 'counts = ["case"]\nper = "case"')
        .replace('name = "one_to_one"', 'name = "cases"')
    )  # fmt: skip
    here = by_hand(by_case)
    put(here, {"case_allocation": [{"person_id": "W1", "case_ref": "C-17", "from": "2019-01-01"}]})
    paper = told(here, HAND)
    assert [each.name for each in paper.people] == ["C-17"]
    assert [each.gap.name for each in paper.open_at_visit] == ["C-17"]
    assert "Case by case" in tell_since(paper).said()
