"""The handover pack: everybody of a team as the engine sees them, and whose supervision each late day was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from supervise.doing.papers.people import SIX_WEEKS, PeoplePapers
from supervise.errors import BadQuestion
from supervise.exchange.practice import STORY_DAY, practice_plan
from supervise.places import resource
from supervise.policy_files import read_policy
from supervise.reports.handover import (
    Handover,
    ahead,
    tell_handover,
    under,
    waiting,
)
from supervise.wording import STATUS, days
from supervise.wording import day as said_day
from supervise.workdays import add_months, day
from supervise.workspace import Workspace
from tests import making
from tests.making import MONTHLY, NASTY, put
from tests.reports.papers import made, read_out, refuse_faults, words_of
from tests.reports.test_worker import LONG, MARKUP, NASTY_ONE

STORY = STORY_DAY.toordinal()
TEAM = "Safeguarding East"


@pytest.fixture(scope="module")
def practice() -> Iterator[Workspace]:
    """The service to practise on, on its story's day."""
    here = making.workspace()
    policy = resource("policies", "standards-2020-with-defaults.toml")
    here.carry_out(practice_plan(resource("practice"), policy, STORY))
    with here.store:
        yield here


@pytest.fixture(scope="module")
def pack(practice: Workspace) -> Handover:
    return PeoplePapers(practice.here).handover(TEAM, STORY, to="Ifeoma Okonkwo")


@pytest.fixture(scope="module")
def words(pack: Handover) -> str:
    return " ".join(words_of(made(tell_handover(pack))))


# --- The paper


def test_a_handover_is_tagged_as_it_should_be(practice, tmp_path):
    for team in (*practice.teams(), None):
        story = tell_handover(PeoplePapers(practice.here).handover(team, STORY))
        said = read_out(story)
        refuse_faults(made(story), said, tmp_path)


def test_strange_words_and_long_names_are_printed_whole(pack, tmp_path):
    person = replace(
        pack.people[0], row=pack.people[0].row._replace(name=LONG, phase=MARKUP, supervisor_name=None),
        why=NASTY, actions=NASTY_ONE.actions, gaps=NASTY_ONE.gaps, last=None, then=MARKUP,
    )  # fmt: skip
    story = tell_handover(replace(pack, people=(person,), to=LONG, manager=None, team=MARKUP))
    said, pdf = read_out(story), made(story)
    refuse_faults(pdf, said, tmp_path)
    told = "".join(words_of(pdf)).replace(" ", "")
    assert LONG in told
    assert "<b>&amp;</b>" in told


def test_a_team_of_nobody_is_told_in_words(practice, tmp_path):
    for team, when in (("No such team", STORY), (TEAM, day("1990-01-01"))):
        story = tell_handover(PeoplePapers(practice.here).handover(team, when))
        said = read_out(story)
        refuse_faults(made(story), said, tmp_path)
        assert any("nothing to hand over" in each for each in said)


# --- The figures


def test_everyone_of_the_team_stands_as_the_board_says(practice, pack, words):
    service, standings = practice.board(practice.clockwork(as_at=STORY), team=TEAM)
    assert sorted(each.row.subject for each in pack.people) == sorted(each.subject for each in standings)
    rows = {each.row.subject: each.row for each in pack.people}
    for each in standings:
        row = rows[each.subject]
        assert (row.status, row.last_held, row.due, row.late_by, row.rule) == (
            each.status, each.last_held, each.due, each.late_by, each.rule
        )  # fmt: skip
        assert service.names[each.subject] in words
        assert STATUS[each.status].word in words
        for when in (each.last_held, each.due):
            assert when is None or said_day(when) in words
    gaps = sum(each.status == "gap" for each in standings)
    assert f"{gaps} of {len(standings)} people" in words


def test_each_gap_of_the_year_stands_under_the_supervisors_of_its_days(practice, pack, words):
    first = add_months(STORY, -12) + 1
    clockwork = practice.clockwork(as_at=STORY)
    _, everyone = practice.gaps(clockwork, first=first, last=STORY)
    people = {each.row.subject: each for each in pack.people}
    expected = sorted(
        (gap.subject, gap.first_late_day, gap.days_late) for gap in everyone if gap.subject in people
    )
    assert expected
    assert expected == sorted(
        (id, gap.first, gap.days_late) for id, each in people.items() for gap in each.gaps
    )
    for each in people.values():
        for gap in each.gaps:
            assert sum(one.days for one in gap.under) == gap.days_late
            assert f"Late days under: {under(gap.under)}." in words
            assert f"{days(gap.days_late)} late" in words


def test_open_actions_are_told_with_how_often_they_were_carried(practice, pack, words):
    listed = practice_actions(practice)
    assert sum(len(each.actions) for each in pack.people) == len(listed)
    late = sum(action.days_overdue > 0 for action in listed)
    assert f"{len(listed)} {late} past due" in words
    leaving = tell_handover(PeoplePapers(practice.here).handover("Leaving Care", STORY))
    assert any("carried forward 4 times" in each for each in leaving.said())


def practice_actions(practice):
    looking = PeoplePapers(practice.here).looking
    return looking.open_actions(STORY, team=TEAM)


def test_the_weeks_ahead_and_what_waits_leave_out_no_day_that_falls_due(pack):
    coming, left = ahead(pack), waiting(pack)
    assert [each[0] for each in coming] == sorted(each[0] for each in coming)
    assert all(STORY <= on <= STORY + SIX_WEEKS for on, _, _ in coming)
    assert all(on < STORY for on, _, _ in left)
    for each in pack.people:
        due = each.row.due
        if due is not None and due <= pack.until:
            listed = [
                on
                for on, name, what in (*coming, *left)
                if name == each.row.name and "upervision" in what
            ]
            assert due in listed
    assert sum("booked" in what for *_, what in coming) == len(pack.bookings)
    assert sum(what.startswith("Record") for *_, what in left) == len(pack.unevidenced)


def test_the_reasons_are_those_of_the_explainer(practice, pack, words):
    for each in pack.people:
        told = practice.explain(each.row.subject, practice.clockwork(as_at=STORY))
        assert list(each.why) == told[0]
    assert "in no measure" not in words


def test_a_new_manager_does_not_inherit_late_days():
    here = making.workspace()
    here.add_policies([read_policy(MONTHLY, "a test")])
    posts = [("rose", "2019-01-02", "2019-09-15"), ("kwame", "2019-09-16", None)]
    put(here, {
        "person": [{"id": id, "name": name} for id, name in
                   (("ada", "Ada"), ("rose", "Rose Okafor"), ("kwame", "Kwame Boateng"))],
        "post": [{"person_id": "ada", "team": "A", "role": "social_worker", "supervisor_id": who,
                  "from": first, "to": last} for who, first, last in posts],
        "session": [{"id": "s", "person_id": "ada", "kind": "one_to_one", "status": "held",
                     "held_on": "2019-08-01"}],
        "agreement": [{"person_id": "ada", "signed_on": "2018-09-01", "review_on": "2019-09-01"}],
        "absence": [{"person_id": "ada", "kind": "sickness", "from": "2019-11-04", "to": "2019-11-08"}],
    })  # fmt: skip
    with here.store:
        pack = PeoplePapers(here.here).handover("A")
        (person,) = pack.people
        said = " ".join(words_of(made(tell_handover(pack))))
    gap, _ = person.gaps  # the newest first
    assert [(each.name, each.days) for each in gap.under] == [("Rose Okafor", 13), ("Kwame Boateng", 46)]
    assert "Under" in said
    assert "Rose Okafor 13 days, Kwame Boateng 46 days" in said
    assert "does not inherit the late days" in said
    assert "review by 1 Sep 2019, which has passed" in said
    assert "4 Nov 2019 Ada Away until 8 Nov 2019" in said
    assert "ickness" not in said


def test_reasons_that_speak_of_health_are_not_handed_over_and_actions_are(practice, pack, words):
    typed = [row["reason"] for row in practice.store.rows("session") if row["reason"]]
    assert any("unwell" in each for each in typed)
    assert "unwell" not in words
    assert "words about health or family leave are told as “away”" in words
    told = [why for each in pack.people for gap in each.gaps for why in gap.reasons]
    assert {why.reason for why in told} >= {"away", "Manager covering duty"}
    agreed = {row["text"] for row in practice.store.rows("action")}
    assert all(action.text in agreed for each in pack.people for action in each.actions)


def test_a_clock_of_cases_is_refused_in_words(practice):
    per_case = [
        name for name in practice.rulebook().clock_names() if practice.rulebook().per(name) == "case"
    ]
    for name in (*per_case, "no such clock"):
        with pytest.raises(BadQuestion):
            PeoplePapers(practice.here).handover(TEAM, STORY, name)
