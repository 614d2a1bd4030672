"""What the pages show: the same as the engine says, for everyone, on any day, with names and words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from supervise import wording
from supervise.answers import gaps, standings
from supervise.doing.looking import Looking
from supervise.doing.looking_gaps import said
from supervise.doing.looking_words import about_gap, booked_words
from supervise.errors import BadQuestion
from supervise.exchange.practice import STORY_DAY, practice_plan
from supervise.exchange.reading import read
from supervise.places import resource
from supervise.policy_files import read_policy, read_policy_file
from supervise.store import memory_store
from supervise.strips import strip
from supervise.today import BoardRow, GapNow
from supervise.workdays import day, iso
from supervise.workspace import Workspace
from tests import making
from tests.making import MONTHLY, put
from tests.store.telling import Clock

KEPT = Path(__file__).parent.parent / "kept"
POLICY = resource("policies", "standards-2020-with-defaults.toml")
STORY = STORY_DAY.toordinal()


@pytest.fixture(scope="module")
def practice() -> Iterator[Workspace]:
    """The service to practise on, on its story's day."""
    here = making.workspace()
    here.carry_out(practice_plan(resource("practice"), POLICY, STORY))
    with here.store:
        yield here


@pytest.fixture(scope="module")
def kept() -> Iterator[Workspace]:
    """The sample service kept for the tests, under two policies."""
    here = making.workspace(memory_store(Clock("2021-12-31")))
    policies = sorted((KEPT / "policies").glob("*.toml"))
    here.add_policies([read_policy_file(path) for path in policies])
    rows = read(KEPT / "service").rows
    put(here, {kind: [row.values for row in found] for kind, found in rows.items()}, kind="import")
    with here.store:
        yield here


def looking(here: Workspace) -> Looking:
    return Looking(here.here)


# --- The board


@pytest.mark.parametrize("on", ["2017-03-31", "2018-03-31", "2018-04-02", "2019-10-31"])
def test_the_board_says_what_the_engine_says_of_everyone_and_of_each_team(
    kept: Workspace, on: str
) -> None:
    clockwork = kept.clockwork(as_at=day(on))
    service, found = kept.board(clockwork)
    board = looking(kept).board(day(on))
    in_post = {each.subject: each for each in found if each.tenure}
    assert [row.subject for row in board.rows] == list(in_post)
    for row in board.rows:
        each = in_post[row.subject]
        assert each.tenure is not None
        post = each.tenure.post
        assert (row.name, row.team, row.role) == (service.name(row.subject), post.team, post.role)
        assert row[11:14] == (each.due, each.late_by, each.status)
        assert (row.last_held, row.rule, row.away) == (each.last_held, each.rule, each.away)
        assert (row.booked_on, row.booked_in_time) == (each.booked_on, each.booked_in_time)
        assert (row.booking.on if row.booking else None) == each.booked_on
        assert row.supervisor_name == service.name(post.supervisor)
    assert {each.subject for each in board.left_out} == {
        each.subject for each in found if each.tenure is None
    }
    for team in kept.teams():
        one = looking(kept).board(day(on), team)
        assert one.rows == tuple(row for row in board.rows if row.team == team)
        assert {each.subject for each in one.left_out} <= {each.subject for each in board.left_out}


def test_everybody_left_out_is_left_out_of_one_team(kept: Workspace) -> None:
    whole = {each.subject for each in looking(kept).board().left_out}
    parts = [each.subject for team in kept.teams() for each in looking(kept).board(team=team).left_out]
    posts = {row["person_id"] for row in kept.store.rows("post")}
    assert sorted(parts) == sorted(whole & posts)


@pytest.mark.parametrize("on", ["2017-06-30", "2018-04-20", "2019-10-31"])
def test_frequencies_and_late_days_are_those_of_the_day(kept: Workspace, on: str) -> None:
    clockwork = kept.clockwork(as_at=day(on))
    service = kept.service_known(day(on), None)
    late = {
        gap.subject: gap.days_late
        for gap in gaps(clockwork, service)
        if gap.ended == "open" and gap.last_late_day == day(on)
    }
    for row in looking(kept).board(day(on)).rows:
        spell = clockwork.timeline(service.facts[row.subject]).spell_at(day(on))
        assert spell is not None
        every = spell.at(day(on)).every
        assert row.every == (str(every) if every else None)
        assert row.days_late == (late.get(row.subject, 0) if row.status == "gap" else 0)


def rows(practice: Workspace, **more: Any) -> dict[str, BoardRow]:
    return {row.name: row for row in looking(practice).board(**more).rows}


def test_below_each_name_stands_role_and_phase(practice: Workspace) -> None:
    found = {name: row.phase for name, row in rows(practice).items()}
    assert found["Rhiannon Pugh"] == "Senior social worker · monthly"
    assert found["Siân Morgan"] == "Newly qualified · week 18, every 2 weeks"
    assert found["Dilys Parry"] == "Social worker · every 6 weeks, as agreed"
    assert found["Oluwaseun Adebayo"] == "Social worker · clock stopped since 10 Jun 2019"
    assert found["Nerys Bowen"] == "Team manager · no rule"
    before = rows(practice, day=day("2019-04-15"))
    assert before["Bilal Hussain"].phase in (
        "Social worker, agency · monthly",
        "Social worker · monthly",
    )
    assert (
        rows(practice, day=day("2019-07-10"))["Siân Morgan"].phase == "Newly qualified · week 2, weekly"
    )


def test_a_booking_is_shown_with_its_time_and_place(practice: Workspace) -> None:
    row = rows(practice)["Nguyễn Thị Lan"]
    assert row.booking is not None
    assert row.booking[4:7] == (day("2019-11-04"), "14:00", "Meeting room 2")
    assert booked_words(row) == ["booked 4 Nov 2019 at 14:00"]
    late = rows(practice)["Adaeze Nwosu"]
    assert booked_words(late) == ["booked 5 Nov 2019 at 11:00, too late"]


def test_who_is_not_in_post_is_told_with_the_reason(practice: Workspace) -> None:
    board = looking(practice).board(team="Safeguarding East")
    assert [(each.name, each.why) for each in board.left_out] == [("Ciara Brennan", "Left 12 Jul 2019")]
    assert board.policy == "Employer standards 2020, with our own defaults"


def test_an_unknown_team_is_empty_and_an_unknown_clock_refused(practice: Workspace) -> None:
    assert looking(practice).board(team="Nowhere").rows == ()
    with pytest.raises(BadQuestion):
        looking(practice).board(clock="sundial")


# --- Today


def test_today_begins_with_the_sentence_and_the_longest_gap(practice: Workspace) -> None:
    found = looking(practice).today()
    assert found.sentence == "4 gaps, 2 due this week, 5 records unsigned"
    assert about_gap(found.gaps[0])[:3] == [
        "135 days late", "last held 13 May 2019", "senior social worker, monthly",
    ]  # fmt: skip
    assert about_gap(found.gaps[0])[3].startswith("cancelled 4 times (Manager covering duty; ")
    assert about_gap(found.gaps[1])[1] == "none held yet"
    assert [gap.row.days_late for gap in found.gaps] == sorted(
        (gap.row.days_late for gap in found.gaps), reverse=True
    )


def test_today_holds_what_is_due_booked_passed_unsigned_and_promised(practice: Workspace) -> None:
    found = looking(practice).today()
    assert [(each.row.name, each.row.status) for each in found.due if each.this_week] == [
        ("Adaeze Nwosu", "overdue"), ("Yusuf Iqbal", "due_soon"),
    ]  # fmt: skip
    (yusuf,) = (each for each in found.due if each.row.name == "Yusuf Iqbal")
    assert (yusuf.open_actions, yusuf.carried) == (1, 4)
    (newly,) = (each for each in found.due if each.row.name == "Siân Morgan")
    assert newly.then == "monthly from 2 Jan 2020"
    assert [each.on for each in found.booked] == sorted(each.on for each in found.booked)
    assert found.booked[-1].on <= day("2019-11-10"), "the Sunday of next week"
    assert {each.on for each in found.booked_today} == {STORY}
    assert [(each.booking.name, each.days) for each in found.passed] == [("Yusuf Iqbal", 1)]
    (dilys,) = (each for each in found.unevidenced if each.name == "Maeve O’Sullivan")
    assert dilys.said == "written up and shared, not yet signed by Maeve O’Sullivan"
    assert all(action.days_overdue > 0 for action in found.overdue_actions)
    assert max(action.carried for action in found.overdue_actions) == 4
    assert [each.row.name for each in found.away] == ["Katarzyna Nowicka"]
    assert found.away[0].said == "Away now, which does not stop the clock."


def test_a_teams_today_is_its_part_of_everyones(practice: Workspace) -> None:
    whole, team = looking(practice).today(), looking(practice).today(team="Leaving Care")
    members = set(looking(practice).members(team="Leaving Care"))
    assert team.gaps == tuple(gap for gap in whole.gaps if gap.row.person in members)
    assert team.due == tuple(each for each in whole.due if each.row.person in members)
    assert team.booked == tuple(each for each in whole.booked if each.person in members)
    assert team.passed == tuple(each for each in whole.passed if each.booking.person in members)
    assert team.unevidenced == tuple(each for each in whole.unevidenced if each.person in members)
    assert team.overdue_actions == tuple(
        each for each in whole.overdue_actions if each.person in members
    )


def test_an_earlier_day_is_told_as_it_stood(practice: Workspace) -> None:
    on = day("2019-10-18")
    found = looking(practice).today(on)
    assert found.day == on
    assert {each.row.status for each in found.due} <= {"overdue", "due_soon", "on_track"}
    assert all(on <= each.on <= on + 9 for each in found.booked)
    assert all(each.held_on <= on for each in found.unevidenced)
    assert max(each.held_on for each in looking(practice).today().unevidenced) > on


# --- Small stores


def post(person: str, first: str = "2019-01-07", **more: Any) -> dict[str, Any]:
    values = {"person_id": person, "team": "North", "role": "social_worker", "from": first}
    return {**values, "supervisor_id": "M1", **more}


def held(person: str, on: str, **more: Any) -> dict[str, Any]:
    id = f"{person} {on}"
    values = {"id": id, "person_id": person, "kind": "one_to_one", "status": "held", "held_on": on}
    return {**values, **more}


PEOPLE = [{"id": id, "name": name} for id, name in (
    ("A1", "Ada"), ("A2", "Grace"), ("M1", "Sam Before"), ("M2", "Tess Now"),
)]  # fmt: skip


@pytest.fixture
def small() -> Iterator[Workspace]:
    """People without posts, and a rule for everybody."""
    here = making.workspace()
    here.add_policies([read_policy(MONTHLY, "p.toml")])
    put(here, {"person": PEOPLE})
    with here.store:
        yield here


def only_gap(here: Workspace) -> GapNow:
    (gap,) = looking(here).today().gaps
    return gap


def test_a_new_manager_does_not_inherit_the_blame(small: Workspace) -> None:
    put(small, {
        "post": [post("A1", to="2019-10-20"), post("A1", "2019-10-21", supervisor_id="M2")],
        "session": [held("A1", "2019-09-02")],
    })  # fmt: skip
    gap = only_gap(small)
    assert gap.row.supervisor_name == "Tess Now"
    assert [(each.name, each.days) for each in gap.late_under] == [("Sam Before", 18), ("Tess Now", 11)]
    (told,) = looking(small).person("A1").gaps[:1]
    assert told.late_under == gap.late_under


def test_late_days_under_nobody_are_said_to_be(small: Workspace) -> None:
    put(small, {"post": [post("A1", supervisor_id=None)], "session": [held("A1", "2019-09-02")]})
    assert only_gap(small).late_under == ((None, None, 29),)
    assert [row.name for row in looking(small).today().no_supervisor] == ["Ada"]


def test_a_gaps_reasons_are_explanations_of_its_late_days_then_what_was_not_held(
    small: Workspace,
) -> None:
    def given_up(id: str, on: str, **more: Any) -> dict[str, Any]:
        given = {"kind": "one_to_one", "status": "cancelled", "reason": f"reason {id}"}
        return {"id": id, "person_id": "A1", "planned_on": on, **given, **more}

    def explained(first: str, last: str, reason: str, clock: str = "one_to_one") -> dict[str, Any]:
        return {"person_id": "A1", "clock": clock, "from": first, "to": last, "reason": reason}

    put(small, {
        "post": [post("A1")],
        "explanation": [
            explained("2019-10-10", "2019-10-12", "a hearing"), explained("2019-09-01", "2019-10-01", "too early"),
            explained("2019-10-10", "2019-10-12", "another clock", "cases"),
        ],
        "session": [
            held("A1", "2019-09-02"), given_up("x", "2019-09-02"), given_up("a", "2019-09-20"),
            given_up("b", "2019-10-20", status="missed"), given_up("c", "2019-10-21", reason=None),
            given_up("d", "2019-10-22", kind="group"), given_up("e", "2019-11-20"),
        ],
    })  # fmt: skip
    gap = only_gap(small)
    assert [each.session for each in gap.not_held] == ["a", "b", "c"]
    assert gap.explained == ("a hearing",)
    assert about_gap(gap)[3:] == ["cancelled twice (reason a)", "missed once (reason b)"]
    told = looking(small).person("A1").gaps[0]
    assert said(told.reasons) == (
        "a hearing; cancelled 20 Sep 2019: reason a; missed 20 Oct 2019: reason b"
    )
    assert told.not_held == gap.not_held


def test_a_gap_without_a_word_says_none_recorded(small: Workspace) -> None:
    put(small, {"post": [post("A1")], "session": [held("A1", "2019-09-02")]})
    assert said(looking(small).person("A1").gaps[0].reasons) == "none recorded"


def test_somebody_away_with_a_gap_is_listed_apart_and_their_coming_days_told(
    small: Workspace,
) -> None:
    put(small, {
        "post": [post("A1")], "session": [held("A1", "2019-09-02")],
        "absence": [{"person_id": "A1", "kind": "sickness", "from": "2019-10-14"}],
    })  # fmt: skip
    found = looking(small).today()
    assert found.gaps == ()
    assert found.sentence == "1 gap of somebody away, 1 record unsigned"
    assert [each.said for each in found.away] == [
        "Away now: if that is not over before 11 November, it stops the clock from 14 October on."
    ]
    shown = repr(found) + repr(looking(small).board())
    assert "sick" not in shown.casefold(), "the kind is for the person's own page"
    assert [each.kind for each in looking(small).person("A1").absences] == ["Sickness"]


def test_what_was_signed_since_was_unsigned_then(small: Workspace) -> None:
    steps = {
        "shared_on": "2019-10-02",
        "worker_signed_on": "2019-10-04",
        "supervisor_signed_on": "2019-10-07",
    }
    put(
        small, {"post": [post("A1")], "session": [held("A1", "2019-10-01", supervisor_id="M1", **steps)]}
    )
    told = {on: [each.said for each in looking(small).unevidenced(day(on))]
            for on in ("2019-09-30", "2019-10-01", "2019-10-03", "2019-10-05", "2019-10-07")}  # fmt: skip
    assert told == {
        "2019-09-30": [],
        "2019-10-01": ["written up, not yet shared"],
        "2019-10-03": ["written up and shared, not yet signed by Ada and Sam Before"],
        "2019-10-05": ["written up and shared, not yet signed by Sam Before"],
        "2019-10-07": [],
    }


def test_a_conversation_that_no_clock_counts_asks_for_no_signature(small: Workspace) -> None:
    put(small, {"post": [post("A1")], "session": [held("A1", "2019-10-01", kind="ad_hoc")]})
    assert looking(small).unevidenced() == []
    assert looking(small).person("A1").sessions[0].missing, "it is shown where it stands"


def test_nothing_is_asked_where_there_is_no_policy() -> None:
    here = making.workspace()
    later = MONTHLY.replace('id = "p"', 'id = "p", effective_from = 2030-01-01')
    here.add_policies([read_policy(later, "p.toml")])
    put(here, {"person": PEOPLE, "post": [post("A1")]})
    assert looking(here).today().sentence == "No rule asks for anything here on this day"
    assert looking(here).board().policy is None
    assert looking(here).guide_people() == []


def test_an_empty_store_has_nobody() -> None:
    found = looking(making.workspace())
    assert found.today().sentence == "Nobody is in post here on this day"
    assert (found.board().rows, found.manager_of(), found.next_four_weeks()[0].due) == ((), None, ())


def test_left_out_people_are_told_why(small: Workspace) -> None:
    put(small, {
        "post": [post("A1", to="2019-09-06"), post("A2", "2019-11-11")],
        "person": [{"id": "M2", "name": "Tess Now", "left_on": "2019-10-04"}],
    })  # fmt: skip
    assert [(each.name, each.why) for each in looking(small).board().left_out] == [
        ("Ada", "Not in post since 7 Sep 2019"), ("Grace", "Starts 11 Nov 2019"),
        ("Sam Before", "No post entered"), ("Tess Now", "Left 4 Oct 2019"),
    ]  # fmt: skip
    team = looking(small).board(team="North").left_out
    assert [each.name for each in team] == ["Ada", "Grace"]


def test_two_rules_of_one_title_are_told_apart(small: Workspace) -> None:
    two = MONTHLY.replace('id = "p"', 'id = "q", effective_from = 2019-06-01').replace(
        '[[clock.rule]]\n', '[[clock.rule]]\ntitle = "Everyone"\nroles = ["nqsw"]\nevery = "1 week"\n[[clock.rule]]\n'
    )  # fmt: skip
    small.add_policies([read_policy(two, "q.toml")])
    put(small, {"post": [post("A1"), post("A2", role="nqsw")]})
    assert [row.phase for row in looking(small).board().rows] == [
        "Social worker · monthly", "Newly qualified · weekly",
    ]  # fmt: skip


# --- Lists


def test_lists_are_of_a_team_of_people_or_of_a_supervisors_people(practice: Workspace) -> None:
    found = looking(practice)
    everyone = found.open_actions()
    assert len(everyone) > len([each for each in everyone if each.days_overdue])
    team = set(found.members(team="Assessment West"))
    under = set(found.members(supervisor="M03"))
    assert (team, under) == ({"M03", "W16", "W17", "W18"}, {"W16", "W17", "W18"})
    assert found.open_actions(team="Assessment West") == [
        each for each in everyone if each.person in team
    ]
    assert {each.person for each in found.unevidenced(supervisor="M02")} == {"W14"}
    assert found.passed(people=["W15"]) == found.passed()
    assert found.passed(people=["W15"], team="Assessment West") == []


def test_bookings_of_any_days_can_be_asked_for(practice: Workspace) -> None:
    found = looking(practice)
    week = found.bookings(STORY, STORY + 6)
    assert week == [each for each in found.today().booked if each.on <= STORY + 6]
    assert found.bookings(STORY, STORY + 6, supervisor="M03") == [
        each for each in week if each.person in ("W16", "W17", "W18")
    ]


# --- One person


def test_a_story_tells_the_gaps_as_the_engine_finds_them(kept: Workspace) -> None:
    on = day("2019-10-31")
    clockwork = kept.clockwork(as_at=on)
    service = kept.service_known(on, None)
    stands = {each.subject: each for each in standings(clockwork, service)}
    for person in list(service.facts)[::9]:
        story = looking(kept).person(person, on)
        wanted = clockwork.gaps(service.facts[person])
        assert [told.gap[:-1] for told in story.gaps] == [gap[:-1] for gap in reversed(wanted)]
        assert story.standing[3:] == stands[person][3:]
        assert story.why == tuple(kept.explain(person, clockwork)[0])
        for told in story.gaps:
            assert sum(each.days for each in told.late_under) == told.gap.days_late


def test_why_is_what_the_terminal_says(kept: Workspace) -> None:
    on = day("2018-10-31")
    for person in [row["id"] for row in kept.store.rows("person")][::11]:
        assert looking(kept).why(person, on) == kept.explain(person, kept.clockwork(as_at=on))


def test_a_story_holds_everything_about_a_person(practice: Workspace) -> None:
    story = looking(practice).person("W08")
    assert (story.person.name, story.details["staff_no"]) == (
        "Maeve O’Sullivan",
        story.details["staff_no"],
    )
    assert story.row == rows(practice)["Maeve O’Sullivan"]
    assert [line.kind for line in story.absences if line.stops] == ["Sickness"]
    assert [(case.case_ref, case.plan) for case in story.cases] == [
        ("CS-10655", "cin"),
        ("CS-10655", "cp"),
    ]
    newest = next(line for line in story.sessions if line.session.status == "held")
    assert newest.evidence == "written up and shared, not yet signed by Maeve O’Sullivan"
    assert (newest.counts, newest.supervisor) == (True, "Nerys Bowen")
    elsewhere = [line for line in story.sessions if line.session.record_kept]
    assert {line.evidence for line in elsewhere} == {"record kept elsewhere: Team folder, paper forms"}
    assert {line.missing for line in elsewhere} == {()}
    days = [line.session.held_on or line.session.planned_on or 0 for line in story.sessions]
    assert days == sorted(days, reverse=True)
    assert len(story.sessions) == len(list(practice.store.rows("session", person_id="W08")))
    assert len(story.open_actions) + len(story.done_actions) == 4


def test_a_story_of_somebody_who_left_is_told_too(practice: Workspace) -> None:
    story = looking(practice).person("W13")
    assert (story.row, story.standing.status) == (None, "not_in_post")
    assert story.why[0] == "Not in post as at Thursday 31 October 2019."
    assert story.sessions and story.posts


def test_an_earlier_story_knows_nothing_of_what_came_later(practice: Workspace) -> None:
    on = day("2019-05-15")
    story = looking(practice).person("W05", on)
    assert max(line.session.held_on or 0 for line in story.sessions) <= on
    assert story.standing.last_held == day("2019-05-13")
    assert all((action.done_on or 0) <= on for action in story.done_actions)
    line = next(line for line in story.sessions if line.session.held_on == day("2019-05-13"))
    assert line.missing, "nobody had signed two days later"
    assert line.session.worker_signed_on is None or line.session.worker_signed_on <= on


def test_what_was_held_later_stands_as_it_was_planned(small: Workspace) -> None:
    put(small, {"post": [post("A1")], "session": [
        held("A1", "2019-10-28", planned_on="2019-10-25", planned_start="10:00", minutes=90, notes="said"),
        held("A1", "2019-10-29"),
    ]})  # fmt: skip
    (line,) = looking(small).person("A1", day("2019-10-24")).sessions
    assert (line.session.status, line.session.planned_start) == ("planned", "10:00")
    assert (line.session.held_on, line.session.minutes, line.session.notes) == (None, None, None)
    assert line.evidence == ""
    assert [each.booking.on for each in looking(small).passed(day("2019-10-26"))] == [day("2019-10-25")]


def test_doubtful_sessions_are_pointed_at(small: Workspace) -> None:
    put(small, {
        "post": [post("A1", "2019-03-04")],
        "absence": [{"person_id": "A1", "kind": "sickness", "from": "2019-06-03", "to": "2019-07-31"}],
        "session": [held("A1", "2019-02-04"), held("A1", "2019-06-10"), held("A1", "2019-09-10"),
                    held("A1", "2019-09-11", kind="group")],
    })  # fmt: skip
    lines = {iso(line.session.held_on or 0): line for line in looking(small).person("A1").sessions}
    assert lines["2019-02-04"].doubt == "held outside every post, so that it counts for nothing"
    assert lines["2019-06-10"].doubt == "held while the clock was stopped"
    assert {on: line.counts for on, line in lines.items()} == {
        "2019-02-04": False, "2019-06-10": True, "2019-09-10": True, "2019-09-11": False,
    }  # fmt: skip
    assert lines["2019-09-10"].doubt is None


def test_an_agreement_is_past_its_review_unless_another_was_signed(small: Workspace) -> None:
    old = {
        "person_id": "A1",
        "supervisor_id": "M1",
        "signed_on": "2018-01-10",
        "review_on": "2019-01-10",
    }
    put(small, {"post": [post("A1")], "agreement": [old]})
    (line,) = looking(small).person("A1").agreements
    assert (line.supervisor, line.is_past) == ("Sam Before", True)
    put(
        small, {"agreement": [{"person_id": "A1", "signed_on": "2019-02-01", "review_on": "2020-02-01"}]}
    )
    newest, first = looking(small).person("A1").agreements
    assert (newest.is_past, first.is_past, newest.supervisor) == (False, False, None)


def test_nobody_of_that_id_is_said_in_words(small: Workspace) -> None:
    for ask in (looking(small).person, looking(small).why):
        with pytest.raises(BadQuestion, match="nobody"):
            ask("A9")


# --- Cases

CASES = """\
[[clock]]
name = "cases"
counts = ["one_to_one", "case"]
per = "case"
[[clock.rule]]
title = "Child protection"
plans = ["cp"]
every = "1 month"
[[clock.rule]]
title = "Others"
every = "3 months"
"""


@pytest.fixture
def with_cases(small: Workspace) -> Workspace:
    small.add_policies(
        [read_policy(MONTHLY.replace('"p"', '"c", effective_from = 2019-01-01') + CASES, "c.toml")]
    )
    put(small, {
        "post": [post("A1"), post("A2", team="South")],
        "case_allocation": [
            {"person_id": "A1", "case_ref": "C1", "plan": "cp", "from": "2019-03-04"},
            {"person_id": "A1", "case_ref": "C2", "from": "2019-03-04", "to": "2019-05-31"},
            {"person_id": "A2", "case_ref": "C2", "from": "2019-06-03", "to": "2019-08-30"},
        ],
        "case_discussion": [{"session_id": "A1 2019-09-02", "case_ref": "C1"}],
        "session": [held("A1", "2019-09-02")],
    })  # fmt: skip
    return small


def test_a_case_clocks_board_has_cases_with_their_holders(with_cases: Workspace) -> None:
    board = looking(with_cases).board(clock="cases")
    (row,) = board.rows
    assert (row.subject, row.person, row.name, row.status) == ("C1", "A1", "Ada", "gap")
    assert (row.phase, row.supervisor_name) == ("Child protection · monthly", "Sam Before")
    assert [(each.subject, each.why) for each in board.left_out] == [("C2", "With nobody in post")]
    assert looking(with_cases).board(team="South", clock="cases").rows == ()


def test_a_persons_cases_stand_beside_their_own_clock(with_cases: Workspace) -> None:
    story = looking(with_cases).person("A1")
    found = {
        case.case_ref: [(clock, stands.status) for clock, stands in case.standings]
        for case in story.cases
    }
    assert found == {"C1": [("cases", "gap")], "C2": []}
    told = looking(with_cases).why("C1", clock="cases")
    assert told == with_cases.explain("C1", with_cases.clockwork("cases"))
    strips = looking(with_cases).strips(
        ["C1", "C9"], day("2019-01-01"), day("2019-12-31"), clock="cases"
    )
    assert list(strips) == ["C1"]
    assert strips["C1"].held == (day("2019-09-02"),)
    with pytest.raises(BadQuestion, match="no case"):
        looking(with_cases).why("C9", clock="cases")
    with pytest.raises(BadQuestion, match="per case"):
        looking(with_cases).person("A1", clock="cases")


def test_today_goes_by_people_where_only_cases_have_a_clock() -> None:
    here = making.workspace()
    here.add_policies([read_policy('policy = { id = "c", title = "Cases" }\n' + CASES, "c.toml")])
    put(here, {"person": PEOPLE, "post": [post("A1")]})
    assert looking(here).today().sentence == "No rule asks for anything here on this day"
    assert [row.phase for row in looking(here).board().rows] == ["Social worker · no rule"]


# --- Strips


def test_strips_are_those_of_the_whole_history(kept: Workspace) -> None:
    on = day("2019-10-31")
    clockwork, service = kept.clockwork(as_at=on), kept.service_known(on, None)
    people = list(service.facts)[::7]
    found = looking(kept).strips(people, on - 364, on + 28, on)
    assert found == {
        person: strip(clockwork, service.facts[person], on - 364, on + 28) for person in people
    }
    assert looking(kept).strips(["nobody"], on - 10, on) == {}


# --- Supervisors and the guide


def test_a_manager_is_known_with_how_long_they_have_been_in_post(practice: Workspace) -> None:
    found = looking(practice).manager_of("Assessment West")
    assert found == ("M03", "Ifeoma Okonkwo", day("2019-10-10"), "three weeks")
    before = looking(practice).manager_of("Assessment West", day("2019-10-09"))
    assert before is None or before.name != "Ifeoma Okonkwo"
    assert looking(practice).supervisor_since("M03") == day("2019-10-10")
    assert looking(practice).supervisor_since("W01") is None


def test_supervising_runs_on_over_a_weekend_and_not_over_a_week(small: Workspace) -> None:
    put(small, {"post": [
        post("A1", "2019-01-07", to="2019-03-01"), post("A1", "2019-03-04", to="2019-06-28"),
        post("A2", "2019-07-08", team="South"),
    ]})  # fmt: skip
    since = looking(small).supervisor_since
    assert since("M1", day("2019-06-28")) == since("M1", day("2019-06-30")) == day("2019-01-07")
    assert since("M1", day("2019-07-01")) is None
    assert since("M1") == day("2019-07-08")
    assert looking(small).manager_of("North") is None


def test_the_guide_says_what_is_asked_for_each_until_when_and_what_comes_next(
    practice: Workspace,
) -> None:
    found = {each.row.name: each for each in looking(practice).guide_people("Assessment West")}
    assert list(found) == ["Gwenllian Rees", "Krystian Zając", "Zainab Choudhury"]
    newly = found["Gwenllian Rees"]
    assert (newly.until, newly.then) == (day("2020-03-09"), "monthly from 10 Mar 2020")
    assert newly.why[3].startswith("Newly qualified: to six months, every 2 weeks: due ")
    assert (found["Krystian Zając"].until, found["Krystian Zając"].then) == (None, None)


def test_a_post_that_ends_is_what_comes_next(small: Workspace) -> None:
    put(small, {"post": [post("A1", to="2019-12-20")]})
    (asked,) = looking(small).guide_people()
    assert (asked.until, asked.then) == (day("2019-12-20"), "post ends 20 Dec 2019")


def test_the_next_four_weeks_hold_everybody_due_and_booked_once(practice: Workspace) -> None:
    weeks = looking(practice).next_four_weeks()
    assert [wording.day(week.first) for week in weeks] == [
        "28 Oct 2019", "4 Nov 2019", "11 Nov 2019", "18 Nov 2019",
    ]  # fmt: skip
    due = [row.name for week in weeks for row in week.due]
    wanted = [row.name for row in rows(practice).values() if row.due and row.due <= weeks[-1].last]
    assert sorted(due) == sorted(wanted)
    assert weeks[0].due[0].name == "Harpreet Kaur Gill", "who has waited longest stands first"
    assert all(week.first <= each.on <= week.last for week in weeks for each in week.booked)
