"""What a policy says, how two differ, and what a new one would do before it is added."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervise.doing.here import Here
from supervise.doing.rules import Difference, Moved, Rules, compare, describe
from supervise.errors import BadPolicy, BadQuestion, FileTrouble
from supervise.policies import Clock, Frequency, Policy, Rule, Since, Unit
from supervise.policy_files import read_policy, read_policy_file
from supervise.store import memory_store
from supervise.wording import day as said_day
from supervise.workdays import day
from supervise.workspace import Workspace
from tests.making import ME, MONTHLY, TODAY, now

FIRST, LAST = day("2018-11-01"), day("2019-10-31")

WEEKLY = """\
policy = { id = "w", title = "Weekly", source = "The head of service" }
[[clock]]
name = "one_to_one"
counts = ["one_to_one"]
min_minutes = 60
[[clock.rule]]
title = "All"
every = "1 week"
"""
CASES = """\
policy = { id = "c", title = "With cases", effective_from = 2019-06-01 }
[[clock]]
name = "one_to_one"
counts = ["one_to_one"]
[[clock.rule]]
every = "1 month"
[[clock]]
name = "cases"
per = "case"
counts = ["case"]
[[clock.rule]]
plans = ["cp"]
every = "4 weeks"
"""


@pytest.fixture
def rules() -> Rules:
    """Ada, seen monthly in 2019, under the monthly policy; and a case of hers, discussed once."""
    made = Rules(Here(memory_store(now), TODAY.toordinal, ME))
    with made.store.change("Begin", by=ME) as change:
        change.put("person", {"id": "A", "name": "Ada Brown", "records_from": "2019-01-07"})
        post = {"person_id": "A", "team": "Duty", "role": "social_worker", "from": "2019-01-07"}
        change.put("post", post)
        for month in range(1, 11):
            held = {
                "person_id": "A",
                "kind": "one_to_one",
                "status": "held",
                "held_on": f"2019-{month:02}-21",
            }
            change.put("session", held)
        change.put(
            "session",
            {"id": "S", "person_id": "A", "kind": "case", "status": "held", "held_on": "2019-10-14"},
        )
        change.put(
            "case_allocation", {"person_id": "A", "case_ref": "C-1", "plan": "cp", "from": "2019-09-02"}
        )
        change.put("case_discussion", {"session_id": "S", "case_ref": "C-1"})
    made.add(policy(MONTHLY))
    return made


def policy(text: str) -> Policy:
    return read_policy(text, "test")


def differences(a: str, b: str) -> dict[str, tuple[str, str]]:
    return {each.what: (each.in_a, each.in_b) for each in compare(policy(a), policy(b))}


# --- Reading and comparing


def test_a_policy_reads_as_sentences_under_headings(rules: Rules) -> None:
    presets = {preset.path.stem: rules.read(preset.path) for preset in rules.presets()}
    said = dict(describe(presets["standards-2020-with-defaults"]))
    assert list(said) == [
        "About this policy",
        "Clock “One-to-one”",
        "Time away",
        "Returns and new supervisors",
    ]
    clock = said["Clock “One-to-one”"]
    assert "Social worker: every 1 month, the first within 2 weeks." in clock
    assert (
        "Newly qualified social worker: every 1 week up to 6 weeks after the first day with the council; "
        "otherwise every 2 weeks up to 6 months after the first day with the council; "
        "otherwise every 1 month, the first within 2 weeks."
    ) in clock
    assert "Any other role: no rule." in clock
    assert "Sickness: stops the clock if longer than 28 days." in said["Time away"]
    assert said["Returns and new supervisors"] == [
        "After a return: a session within 5 working days, the return counted.",
        "With a new supervisor: a session within 10 working days, the first day with them counted.",
    ]


def test_two_policies_are_compared_in_plain_words() -> None:
    assert differences(MONTHLY, WEEKLY) == {
        "Title": ("Monthly", "Weekly"),
        "Short name": ("p", "w"),
        "Source": ("none given", "The head of service"),
        "Clock “One-to-one”: Any other role": ("every 1 month", "every 1 week"),
        "Clock “One-to-one”: Length": ("no minimum", "at least 60 minutes"),
        "Clock “One-to-one”: Rules are called": ("“Everyone”", "“All”"),
        "Time away: Sickness": ("stops the clock if longer than 28 days", "does not stop the clock"),
    }


def test_a_clock_that_only_one_has_is_one_difference() -> None:
    found = differences(WEEKLY, CASES)["Clock “cases”"]
    assert found[0] == "nothing"
    assert "Runs for: each case" in found[1]
    assert "every 4 weeks (only plan Child protection (cp))" in found[1]
    assert differences(CASES, WEEKLY)["Clock “cases”"] == (found[1], found[0])


def test_plans_with_the_same_words_are_told_apart() -> None:
    other = CASES.replace('"cp"', '"lac"')
    assert "Looked after (lac)" in str(compare(policy(other), policy(CASES.replace('"cp"', '"cla"'))))


FREQUENCIES = st.builds(Frequency, st.integers(1, 8), st.sampled_from([Unit.DAY, Unit.WEEK, Unit.MONTH]))
MAYBE = st.none() | FREQUENCIES


@st.composite
def rule_sets(draw: st.DrawFn) -> Rule:
    since = draw(st.none() | st.sampled_from(Since))
    return Rule(
        title=draw(st.sampled_from(["Newly qualified", "Agency", "Everyone"])),
        every=draw(FREQUENCIES), first_within=draw(MAYBE),
        roles=draw(st.frozensets(st.sampled_from(["nqsw", "social_worker", "duty_lead"]))),
        bases=draw(st.frozensets(st.sampled_from(["agency", "permanent"]))),
        since=since, after=draw(MAYBE) if since else None, until=draw(MAYBE) if since else None,
    )  # fmt: skip


CLOCKS = st.builds(
    Clock, name=st.just("one_to_one"), counts=st.frozensets(st.sampled_from(["one_to_one", "group"]), min_size=1),
    rules=st.lists(rule_sets(), min_size=1, max_size=4).map(tuple), grace_working_days=st.integers(0, 3),
    soon_days=st.integers(0, 7), min_minutes=st.none() | st.integers(0, 90),
    per=st.just("person"),
)  # fmt: skip
POLICIES = st.builds(
    Policy, id=st.sampled_from(["a", "b"]), title=st.sampled_from(["One", "Two"]), clocks=st.tuples(CLOCKS),
    source=st.none() | st.just("A book"), effective_from=st.none() | st.just(FIRST),
    suspends=st.dictionaries(st.sampled_from(["sickness", "study"]), st.integers(0, 28)),
    return_within_working_days=st.none() | st.integers(1, 9),
    new_supervisor_within_working_days=st.none() | st.integers(1, 9),
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(POLICIES)
def test_a_policy_does_not_differ_from_itself(one: Policy) -> None:
    assert compare(one, replace(one)) == []


@settings(max_examples=50, deadline=None)
@given(POLICIES, POLICIES)
def test_a_comparison_is_the_same_from_both_sides(one: Policy, other: Policy) -> None:
    turned = [Difference(each.what, each.in_b, each.in_a) for each in compare(other, one)]
    assert sorted(turned) == sorted(compare(one, other))
    assert compare(one, other) == compare(one, other)


OTHERWISE: dict[type, dict[str, Any]] = {
    Policy: {"id": "z", "title": "Z", "source": "Another", "effective_from": 1 + FIRST, "suspends": {"other": 3},
             "return_within_working_days": 30, "new_supervisor_within_working_days": 30},
    Clock: {"counts": frozenset(["case"]), "grace_working_days": 30, "soon_days": 30, "min_minutes": 500,
            "per": "case"},
    Rule: {"title": "Z", "every": Frequency(99, Unit.CALENDAR_MONTH), "first_within": Frequency(99, Unit.DAY),
           "roles": frozenset(["student"]), "bases": frozenset(["student"]), "plans": frozenset(["eh"])},
}  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(one=POLICIES, data=st.data())
def test_whatever_is_said_otherwise_is_found_by_comparing(one: Policy, data: st.DataObject) -> None:
    clock = one.clocks[0]
    at = data.draw(st.integers(0, len(clock.rules) - 1))
    of = data.draw(st.sampled_from([Policy, Clock, Rule]))
    name = data.draw(st.sampled_from(sorted(OTHERWISE[of])))
    changed = {name: OTHERWISE[of][name]}
    if of is Policy:
        other = replace(one, **changed)
    elif of is Clock:
        other = replace(one, clocks=(clock._replace(**changed),))
    else:
        rules = list(clock.rules)
        rules[at] = rules[at]._replace(**changed)
        other = replace(one, clocks=(clock._replace(rules=tuple(rules)),))
    assert compare(one, other) != []


def test_no_field_of_a_policy_is_forgotten_above() -> None:
    left = {
        Policy: {each.name for each in dataclasses.fields(Policy)} - OTHERWISE[Policy].keys(),
        Clock: set(Clock._fields) - OTHERWISE[Clock].keys(),
        Rule: set(Rule._fields) - OTHERWISE[Rule].keys(),
    }
    assert left == {
        Policy: {"clocks", "text"},
        Clock: {"name", "rules"},
        Rule: {"since", "after", "until"},
    }


@pytest.mark.parametrize("since", [None, *Since])
def test_every_way_of_counting_from_a_date_is_said_otherwise(since: Since | None) -> None:
    span = Frequency(2, Unit.WEEK)
    ways: list[tuple[Since | None, Frequency | None, Frequency | None]] = [(since, None, None)]
    if since:
        ways += [(since, span, None), (since, None, span), (since, span, span)]
    ways += [(each, None, None) for each in (None, *Since)]
    said = {way: str(describe(_with_rule(*way))) for way in ways}
    assert len(set(said.values())) == len(said)


def _with_rule(since: Since | None, after: Frequency | None, until: Frequency | None) -> Policy:
    rule = Rule(title="R", every=Frequency(1, Unit.WEEK), since=since, after=after, until=until)
    clock = Clock(name="one_to_one", counts=frozenset(["one_to_one"]), rules=(rule,))
    return Policy(id="p", title="P", clocks=(clock,))


# --- Reading, previewing and adding


def test_the_policies_that_ship_are_listed_by_title_with_their_source(rules: Rules) -> None:
    found = rules.presets()
    assert [each.title for each in found] == sorted((each.title for each in found), key=str.casefold)
    assert len(found) == len({each.path for each in found}) > 10
    for each in found:
        assert (each.title, each.source) == (rules.read(each.path).title, rules.read(each.path).source)


def test_a_text_that_is_no_policy_is_refused_with_its_line(rules: Rules) -> None:
    with pytest.raises(BadPolicy, match="This policy, line 1"):
        rules.read("policy = 3")
    with pytest.raises(FileTrouble):
        rules.read(rules.presets()[0].path.with_name("gone.toml"))


def test_a_preview_shows_whose_standing_changes_and_last_years_measures(rules: Rules) -> None:
    seen = rules.preview(replace(policy(WEEKLY), effective_from=day("2019-10-01")), FIRST, LAST)
    (board,) = seen.boards
    assert [(m.person, m.team, m.before.status, m.after.status) for m in board.moved] == [
        ("Ada Brown", "Duty", "on_track", "gap")
    ]
    (ada,) = board.moved
    assert [said_day(each.due) for each in (ada.before, ada.after) if each.due] == [
        "21 Nov 2019",
        "28 Oct 2019",
    ]
    assert board.before == {"on_track": 1, "gap": 0}
    assert board.after == {"on_track": 0, "gap": 1}
    (year,) = seen.last_year
    assert year.rows == [
        ("Days covered", "298 of 298 (100 %)", "82 of 298 (28 %)"),
        ("Months without a late day", "10 of 10 (100 %)", "0 of 10 (0 %)"),
        ("In policy at the end", "1 of 1 (100 %)", "0 of 1 (0 %)"),
        ("Gaps", "0", "11"),
    ]
    assert seen.how_board == (
        "Today’s board with this policy in force since 1 Oct 2019, after those that came before it."
    )
    assert seen.how_measures == (
        "1 Nov 2018 to 31 Oct 2019: as it was under the policies in force, and as it would have been had “Weekly” "
        "alone always been in force."
    )
    assert any("no longer stop the clock" in each for each in seen.warnings)


def test_a_preview_tells_how_far_it_is(rules: Rules) -> None:
    told = list(rules.previewing(policy(CASES), FIRST, LAST))
    assert told == sorted(told) and len(told) > 6
    assert {of for _, of in told} == {600} and told[-1][0] < 600


def test_a_preview_stores_nothing(rules: Rules) -> None:
    before = rules.store.head()
    rules.preview(policy(CASES), FIRST, LAST)
    assert rules.store.head() == before
    assert [each.id for each in rules.policies()] == ["p"]


def test_a_policy_of_the_future_changes_todays_board_only_where_that_is_said(rules: Rules) -> None:
    seen = rules.preview(replace(policy(WEEKLY), effective_from=day("2020-01-01")), FIRST, LAST)
    assert seen.boards[0].moved == ()
    assert "in force from 1 Jan 2020: until then" in seen.how_board
    assert seen.last_year[0].after.gaps > 0


def test_a_policy_before_the_one_of_today_is_told_to_be_so(rules: Rules) -> None:
    rules.add(replace(policy(WEEKLY), effective_from=day("2019-10-01"), text=WEEKLY.replace(
        'title = "Weekly"', 'title = "Weekly", effective_from = 2019-10-01')))  # fmt: skip
    seen = rules.preview(policy(CASES), FIRST, LAST)
    assert (
        seen.how_board == "Today’s board with this policy added: by today “Weekly” is in force after it."
    )


def test_a_new_case_clock_is_previewed_case_by_case(rules: Rules) -> None:
    seen = rules.preview(policy(CASES), FIRST, LAST)
    by_clock = {board.clock: board for board in seen.boards}
    assert list(by_clock) == ["one_to_one", "cases"]
    (case,) = by_clock["cases"].moved
    assert isinstance(case, Moved)
    assert (case.subject, case.person, case.before.status, case.after.status) == (
        "C-1", "Ada Brown", "no_rule", "on_track",
    )  # fmt: skip
    before, after = next((each.before, each.after) for each in seen.last_year if each.clock == "cases")
    assert (before.covered_days.words(), after.covered_days.d > 0) == ("none due", True)


def test_the_first_policy_of_all_can_be_previewed_and_is_what_adding_it_then_does() -> None:
    rules = Rules(Here(memory_store(now), TODAY.toordinal, ME))
    with rules.store.change("Begin", by=ME) as change:
        change.put("person", {"id": "A", "name": "Ada Brown"})
        change.put("post", {"person_id": "A", "team": "Duty", "role": "nqsw", "from": "2019-01-07"})
    seen = rules.preview(policy(MONTHLY), FIRST, LAST)
    assert seen.how_board == "Today’s board with this policy, the first one here."
    assert [(each.before.status, each.after.status) for each in seen.boards[0].moved] == [
        ("no_rule", "gap")
    ]
    rules.add(policy(MONTHLY))
    here = Workspace(rules.store, today=TODAY.toordinal, me=ME)
    _, board = here.board(here.clockwork())
    assert board == [seen.boards[0].moved[0].after]
    _, (measured,) = here.measures(here.clockwork(), FIRST, LAST)
    assert measured == seen.last_year[0].after


def test_what_could_not_be_added_cannot_be_previewed_either(rules: Rules) -> None:
    for asks in (lambda p: rules.preview(p, FIRST, LAST), rules.add):
        with pytest.raises(BadQuestion, match="There is a policy “p” already"):
            asks(policy(MONTHLY))
        with pytest.raises(BadQuestion, match="begin on the same day"):
            asks(policy(WEEKLY))
    with pytest.raises(BadQuestion, match="ends before it begins"):
        rules.preview(policy(CASES), LAST, FIRST)


def test_adding_is_one_change_that_tells_what_to_look_at(rules: Rules) -> None:
    told = rules.add(policy(CASES))
    assert any("no longer stop the clock" in each for each in told)
    assert rules.store.history()[0].label == "Add the policy “With cases”"
    rules.store.undo(ME)
    assert [each.id for each in rules.policies()] == ["p"]


def test_every_policy_that_ships_reads_compares_and_previews(rules: Rules) -> None:
    ours = read_policy_file(rules.presets()[0].path)
    for preset in rules.presets():
        other = replace(rules.read(preset.path), effective_from=day("2019-10-01"))
        assert json.dumps(describe(other))
        assert compare(ours, other)
        assert rules.preview(other, FIRST, LAST).last_year
