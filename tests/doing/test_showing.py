"""What the compliance page shows: the figures of the command line, with all that stands behind them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervise.answers import Said
from supervise.compliance import BANDS
from supervise.doing import showing
from supervise.doing.showing import Showing
from supervise.doing.showing_found import Compliance
from supervise.doing.showing_later import Changed
from supervise.doing.showing_measures import BY
from supervise.doing.showing_periods import periods
from supervise.doing.showing_tables import as_text, gaps_table, percent, tables
from supervise.errors import BadQuestion
from supervise.policy_files import read_policy, read_policy_file
from supervise.wording import OnDay
from supervise.workdays import FIRST_DAY, FOREVER, Day, day, whole_months
from supervise.workspace import Workspace
from tests.making import ME, TODAY, put, workspace

KEPT = Path(__file__).parents[1] / "kept"
POLICIES = {
    "standards": ("standards-2020-with-defaults",),
    "standards+county": ("standards-2020-with-defaults", "county-2018"),
}
FIRST, LAST = day("2019-01-01"), day("2019-10-31")

CASES = """\
policy = { id = "p", title = "Oversight", source = "A page of a handbook." }
[[clock]]
name = "case_oversight"
per = "case"
counts = ["one_to_one"]
[[clock.rule]]
title = "Every case"
every = "1 month"
[[clock]]
name = "one_to_one"
counts = ["one_to_one"]
[[clock.rule]]
title = "Everyone"
every = "1 month"
"""


def sampled(policies: str) -> Workspace:
    """The sample service under one set of policies."""
    made = workspace()
    made.add_policies(
        [read_policy_file(KEPT / "policies" / f"{each}.toml") for each in POLICIES[policies]]
    )
    made.carry_out(made.plan_import(KEPT / "service"))
    return made


@pytest.fixture(scope="module", params=POLICIES)
def sample(request: pytest.FixtureRequest) -> tuple[str, Workspace]:
    """The sample, and under which policies: never altered by a test."""
    return request.param, sampled(request.param)


@pytest.fixture
def here(sample: tuple[str, Workspace]) -> Workspace:
    return sample[1]


def shown(here: Workspace, first: Day = FIRST, last: Day = LAST, **how: Any) -> Compliance:
    return Showing(here.here).compliance(first, last, **how)


def told(here: Workspace, found: Compliance, measures: list[Any]) -> list[Any]:
    """Measures as the command line's JSON tells them."""
    clockwork = here.clockwork(found.clock, found.as_at)
    said = Said(clockwork, here.service_known(found.as_at, None), None)
    groups: list[Any] = said.measures(measures, found.first, found.last)["groups"]
    for group in groups:
        group["excluded"].sort(key=lambda each: each["person_id"] or "")
    return groups


# The same figures


def test_the_measures_are_those_that_were_expected_of_the_sample(sample: tuple[str, Workspace]) -> None:
    name, here = sample
    expected = json.loads((KEPT / "service" / "expected" / name / "measures.json").read_text("utf-8"))
    found = shown(here)
    (whole,) = told(here, found, [found.whole])
    (wanted,) = expected["groups"]
    assert {key: whole[key] for key in wanted if key != "excluded"} == {
        key: value for key, value in wanted.items() if key != "excluded"
    }
    assert whole["excluded"] == sorted(wanted["excluded"], key=lambda each: each["person_id"])
    assert len(found.left_out) == len(wanted["excluded"])


@pytest.mark.parametrize("by", BY)
def test_groups_are_those_of_the_command_line(here: Workspace, by: str) -> None:
    found = shown(here, by=by)
    _, wanted = here.measures(here.clockwork(), FIRST, LAST, by)
    ours = told(here, found, [group.measures for group in found.groups])
    assert sorted(ours, key=lambda each: str(each["group"])) == told(here, found, wanted)


def test_the_figures_of_a_team_are_those_of_its_group(here: Workspace) -> None:
    by_team = {group.title: group.measures for group in shown(here, by="team").groups}
    assert len(by_team) == 7
    for team, wanted in by_team.items():
        found = shown(here, team=team)
        wanted.group = None
        assert told(here, found, [found.whole]) == told(here, found, [wanted])


@pytest.mark.parametrize("by", [name for name in BY if name != "team"])
def test_the_groups_of_a_team_add_up_to_the_team(here: Workspace, by: str) -> None:
    for team in here.teams():
        found = shown(here, team=team, by=by)
        of_groups = [group.measures for group in found.groups]
        for name in ("covered_days", "on_time", "in_policy", "clear_months", "evidenced", "long_enough"):
            shares = [getattr(each, name) for each in of_groups]
            whole = getattr(found.whole, name)
            assert (sum(s.n for s in shares), sum(s.d for s in shares)) == (whole.n, whole.d)
        assert sum(each.gaps for each in of_groups) == found.whole.gaps
        assert sum(len(each.excluded) for each in of_groups) == len(found.whole.excluded)


def test_it_does_not_matter_how_many_are_reckoned_at_once(
    here: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = shown(here, by="role")
    monkeypatch.setattr(showing, "AT_ONCE", 1)
    assert told(here, wanted, [shown(here, by="role").whole]) == told(here, wanted, [wanted.whole])


def test_gaps_are_those_of_the_command_line_the_longest_first(here: Workspace) -> None:
    for team in (None, *here.teams()):
        found = shown(here, team=team)
        _, wanted = here.gaps(here.clockwork(), None, team, FIRST, LAST)
        ours = {(each.gap.subject, each.gap.first_late_day, each.gap.days_late) for each in found.gaps}
        assert ours == {(gap.subject, gap.first_late_day, gap.days_late) for gap in wanted}
        lengths = [each.gap.days_late for each in found.gaps]
        assert lengths == sorted(lengths, reverse=True)
        assert [name for name, _ in found.bands] == list(BANDS)
        assert sum(n for _, n in found.bands) == len(found.gaps) == found.whole.gaps
        assert sum(each.carried_in for each in found.gaps) == found.whole.gaps_carried_in


# Month by month


def test_months_agree_with_the_measures(here: Workspace) -> None:
    for team in (None, *here.teams()):
        found = shown(here, team=team)
        cells = [cell for each in found.people for cell in each.cells]
        full = [cell for cell in cells if cell.in_scope >= 15]
        months = found.whole.clear_months
        assert (sum(not cell.late for cell in full), len(full)) == (months.n, months.d)
        if team is None:
            covered = found.whole.covered_days
            assert sum(cell.late for cell in cells) == covered.d - covered.n
            assert sum(cell.in_scope for cell in cells) == covered.d
        for at, month in enumerate(found.months):
            name = date.fromordinal(month).isoformat()[:7]
            column = [each.cells[at] for each in found.people if each.cells[at].in_scope >= 15]
            share = found.whole.supervised_in_month.get(name)
            seen = (sum(bool(cell.held) for cell in column), len(column))
            assert seen == ((share.n, share.d) if share else (0, 0))


def test_only_whole_months_up_to_the_day_are_shown(here: Workspace) -> None:
    found = shown(here, day("2019-01-15"), day("2019-12-31"), as_at=day("2019-06-30"))
    assert found.end == day("2019-06-30")
    assert list(found.months) == [first for first, _ in whole_months(day("2019-02-01"), found.end)]
    assert shown(here, day("2019-01-02"), day("2019-01-20")).months == ()


def test_a_month_says_mark_word_and_number_and_never_a_kind_of_absence(here: Workspace) -> None:
    found = shown(here)
    words = {cell.shown for each in found.people for cell in each.cells}
    assert any(each.startswith("■ ") and " late" in each for each in words)
    assert {"⏸ stopped", "○ not in post", "1 held"} <= words
    seen = [table for table in tables(found, ()) if table.name != "Rules"]
    everything = " ".join(str(cell) for table in seen for row in table.rows for cell in row).casefold()
    assert not [kind for kind in ("sickness", "maternity", "secondment", "study") if kind in everything]


# Evidence, who is left out, rules


def test_what_lacks_evidence_adds_up(here: Workspace) -> None:
    for team in (None, *here.teams()):
        found = shown(here, team=team)
        share = found.whole.evidenced
        assert sum(n for _, n in found.lacking.steps) == share.d - share.n


def test_rules_are_told_with_the_days_on_which_they_held(sample: tuple[str, Workspace]) -> None:
    name, here = sample
    found = shown(here, day("2017-01-01"), LAST)
    assert found.rules[0].first == day("2017-01-01") and found.rules[-1].last == LAST
    assert len(found.rules) == len(POLICIES[name])
    for before, after in zip(found.rules, found.rules[1:], strict=False):
        assert after.first == before.last + 1


def test_gaps_changed_by_later_entries_are_those_of_the_command_line() -> None:
    here = sampled("standards+county")
    unsigned = here.store.rows("session", status="held", worker_signed_on=None)
    rows = [row for row in unsigned if row["held_on"] > "2019-02"]
    with here.store.change("Corrected", by=ME) as change:
        change.put("session", {**rows[0], "held_on": "2018-12-03"})
        change.put("session", {**rows[9], "person_id": "W0038"})
    asked = Showing(here.here)
    wanted = here.changed_gaps(here.clockwork())
    ours = asked.changed(FIRST_DAY, LAST)
    assert changes(ours) == sorted(
        (each.subject, each.before.first_late_day, each.entered_on, each.what, each.by)
        for each in wanted
    )
    assert any(each.by == ME for each in ours)
    assert all(each.days_now < each.before.days_late for each in ours)
    for team in here.teams():
        of_team = [each for each in ours if each.before.tenure.post.team == team]
        assert changes(asked.changed(FIRST_DAY, LAST, team)) == changes(of_team)
    assert 0 < len(asked.changed(FIRST, LAST)) < len(ours)


def changes(found: Iterable[Changed]) -> list[Any]:
    return sorted(
        (each.subject, each.before.first_late_day, each.entered_on, each.what, each.by) for each in found
    )


# A small world


@pytest.fixture
def small() -> Workspace:
    """Ada was seen on 3 September only; Bo is new, and records begin for Bo on 1 September."""
    made = workspace()
    made.add_policies([read_policy(CASES, "p.toml")])
    put(
        made,
        {
            "person": [
                {"id": "A", "name": "Ada =1+1"},
                {"id": "B", "name": "Bo Lund", "records_from": "2019-09-01"},
                {"id": "S", "name": "Sam Bell"},
                {"id": "T", "name": "Tess Roe"},
            ],
            "post": [
                {"id": "a1", "person_id": "A", "team": "North", "role": "social_worker",
                 "supervisor_id": "S", "from": "2019-01-01", "to": "2019-10-13"},
                {"id": "a2", "person_id": "A", "team": "North", "role": "social_worker",
                 "supervisor_id": "T", "from": "2019-10-14"},
                {"id": "b", "person_id": "B", "team": "South", "role": "nqsw", "from": "2019-06-01"},
            ],
            "session": [
                {"id": "1", "person_id": "A", "kind": "one_to_one", "status": "held", "held_on": "2019-09-03",
                 "recorded_on": "2019-09-03", "shared_on": "2019-09-04", "minutes": 60},
                {"id": "2", "person_id": "A", "kind": "one_to_one", "status": "cancelled",
                 "planned_on": "2019-10-01", "reason": "court"},
                {"id": "3", "person_id": "B", "kind": "one_to_one", "status": "held", "held_on": "2019-09-20",
                 "record_kept": "A tracker"},
            ],
            "explanation": [
                {"id": "e", "person_id": "A", "clock": "one_to_one", "from": "2019-10-10", "to": "2019-10-20",
                 "reason": "A change of manager"},
            ],
            "case_allocation": [
                {"id": "c", "person_id": "A", "case_ref": "C1", "plan": "cp", "from": "2019-08-01"},
            ],
            "case_discussion": [{"id": "d", "session_id": "1", "case_ref": "C1"}],
        },
    )  # fmt: skip
    return made


def test_a_gap_has_its_reasons_and_whose_supervision_the_late_days_fell_to(small: Workspace) -> None:
    found = shown(small, day("2019-08-01"), LAST, team="North")
    newest = next(each for each in found.gaps if each.gap.ended == "open")
    assert newest.reason == "A change of manager; cancelled 1 Oct 2019: court"
    assert newest.under == "10 days under Sam Bell, 18 days under Tess Roe"
    assert newest.supervisor == "Sam Bell"
    assert newest.ended == "■ still open"
    before = next(each for each in found.gaps if each.gap.ended == "session")
    assert (before.reason, before.ended, before.carried_in) == ("none recorded", "held 3 Sep 2019", True)


def test_who_is_known_only_in_part_is_named(small: Workspace) -> None:
    found = shown(small, day("2019-06-01"), LAST)
    assert [each.name for each in found.records_begin] == ["Bo Lund"]
    assert [cell.shown for cell in found.people[1].cells] == [
        "○ no records", "○ no records", "○ no records", "1 held", "■ 10 late · 0 held",
    ]  # fmt: skip
    assert [(each.name, each.why) for each in found.left_out] == [
        ("Sam Bell", "not in post"), ("Tess Roe", "not in post"),
    ]  # fmt: skip
    assert found.lacking.steps == (
        ("recorded", 0), ("shared with the worker", 0), ("signed by the worker", 1), ("signed by the supervisor", 0),
    )  # fmt: skip
    assert found.lacking.elsewhere == 1


def test_a_month_in_another_team_is_said_to_be_one(small: Workspace) -> None:
    bo = {"person_id": "B", "role": "nqsw"}
    posts = [
        {**bo, "id": "b", "team": "South", "from": "2019-06-01", "to": "2019-09-30"},
        {**bo, "id": "b2", "team": "North", "from": "2019-10-01"},
    ]
    put(small, {"post": posts})
    found = shown(small, day("2019-08-01"), LAST, team="South")
    assert [(each.name, [cell.shown for cell in each.cells]) for each in found.people] == [
        ("Bo Lund", ["○ no records", "1 held", "○ other team"])
    ]


def test_a_case_clock_is_told_case_by_case(small: Workspace) -> None:
    found = shown(small, day("2019-08-01"), LAST, clock="case_oversight")
    _, (wanted,) = small.measures(small.clockwork("case_oversight"), day("2019-08-01"), LAST)
    assert found.is_case and told(small, found, [found.whole]) == told(small, found, [wanted])
    (case,) = found.people
    assert (case.name, case.person, case.about) == ("C1", "A", "Ada =1+1 · North")
    assert [cell.shown for cell in case.cells] == ["0 held", "■ 1 late · 1 held", "■ 28 late · 0 held"]
    assert {each.of_case for each in found.gaps} == {"C1"}
    assert "each case’s" in found.counts("clear_months")
    assert Showing(small.here).changed(FIRST_DAY, LAST, None, "case_oversight") == ()
    grouped = shown(small, day("2019-08-01"), LAST, clock="case_oversight", team="North", by="role")
    assert [group.title for group in grouped.groups] == ["Social worker"]


def test_tables_hold_days_and_words_that_no_spreadsheet_reckons_with(small: Workspace) -> None:
    found = shown(small, day("2019-08-01"), LAST)
    made = {table.name: table for table in tables(found, ())}
    assert all(len(row) == len(table.titles) for table in made.values() for row in table.rows)
    late_from = made["Gaps"].titles.index("Late from")
    assert OnDay(day("2019-10-04")) in [row[late_from] for row in made["Gaps"].rows]
    put(small, {"person": [{"id": "A", "name": "=1+1"}]})
    assert "\n'=1+1\tNorth" in as_text(gaps_table(shown(small, day("2019-08-01"), LAST)))


def test_nothing_due_is_never_said_to_be_all_of_it(small: Workspace) -> None:
    found = shown(small, day("2018-01-01"), day("2018-03-31"))
    assert percent(found.whole.covered_days) == "none due"
    assert found.people == () and found.gaps == ()


@pytest.mark.parametrize(
    ("first", "last", "how", "sentence"),
    [
        ("2019-10-01", "2019-09-01", {}, "ends before it begins"),
        ("2019-11-01", "2019-12-01", {}, "begins after the as-at day"),
        ("2019-09-01", "2019-10-01", {"by": "height"}, "not grouped"),
        ("2019-09-01", "2019-10-01", {"clock": "tides"}, "No policy here has a clock"),
    ],
)
def test_a_question_without_an_answer_is_refused_in_words(
    small: Workspace, first: str, last: str, how: dict[str, str], sentence: str
) -> None:
    with pytest.raises(BadQuestion, match=sentence):
        shown(small, day(first), day(last), **how)


def test_an_empty_store_says_that_it_has_no_policy() -> None:
    with pytest.raises(BadQuestion, match="no policy yet"):
        shown(workspace(), day("2019-09-01"), day("2019-10-01"))


# Periods


def test_the_usual_periods_of_a_day() -> None:
    assert [(each.name, each.said) for each in periods(TODAY.toordinal())] == [
        ("months", "1 Oct 2018 – 30 Sep 2019"),
        ("financial", "1 Apr 2019 – 31 Mar 2020"),
        ("last_financial", "1 Apr 2018 – 31 Mar 2019"),
        ("quarter", "1 Jul 2019 – 30 Sep 2019"),
        ("year", "1 Jan 2018 – 31 Dec 2018"),
    ]


@settings(max_examples=200, deadline=None)
@given(st.integers(FIRST_DAY + 1000, FOREVER - 1000))
def test_every_period_is_whole_months_and_has_begun(when: Day) -> None:
    for period in periods(when):
        months = list(whole_months(period.first, period.last))
        assert (months[0][0], months[-1][1]) == (period.first, period.last)
        assert len(months) == (3 if period.name == "quarter" else 12)
        assert period.first <= when and (period.last < when or period.name == "financial")
