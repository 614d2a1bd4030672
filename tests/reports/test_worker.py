"""A worker's chronology: all that is recorded of a period, as the engine reckons it, and nothing besides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from supervise.doing.papers.people import PeoplePapers
from supervise.errors import BadQuestion
from supervise.exchange.practice import STORY_DAY, practice_plan
from supervise.people import Post, Variation
from supervise.places import resource
from supervise.policy_files import read_policy
from supervise.reports.forms import AgreementTold, Promise
from supervise.reports.handover_told import GapTold, Why
from supervise.reports.worker import tell_chronology
from supervise.reports.worker_told import Asked, AwayTold, Chronology, PostTold, SessionTold
from supervise.sessions import Session
from supervise.today import LateUnder
from supervise.wording import day as said_day
from supervise.wording import days
from supervise.workdays import FOREVER, day
from supervise.workspace import Workspace
from tests import making
from tests.making import MONTHLY, NASTY, put
from tests.reports.papers import made, read_out, refuse_faults, words_of
from tests.reports.samples import STRIP

STORY = STORY_DAY.toordinal()
FIRST = day("2018-11-01")
LONG = "Wolfeschlegelsteinhausen" * 9
MARKUP = "<b>&amp;</b> \x07 😀"


@pytest.fixture(scope="module")
def practice() -> Iterator[Workspace]:
    """The service to practise on, on its story's day."""
    here = making.workspace()
    here.carry_out(
        practice_plan(
            resource("practice"), resource("policies", "standards-2020-with-defaults.toml"), STORY
        )
    )
    with here.store:
        yield here


def papers(here: Workspace) -> PeoplePapers:
    return PeoplePapers(here.here)


def told(chronology: Chronology) -> str:
    return " ".join(words_of(made(tell_chronology(chronology))))


def one_person(**more: list[dict[str, object]]) -> Workspace:
    """A store with one person in post from 2 January 2019 and what else is given."""
    here = making.workspace()
    here.add_policies([read_policy(MONTHLY, "a test")])
    rows: dict[str, list[dict[str, object]]] = {
        "person": [{"id": "ada", "name": "Ada Brightwell"}, {"id": "rose", "name": "Rose Okafor"},
                   {"id": "kwame", "name": "Kwame Boateng"}],
        "post": [{"person_id": "ada", "team": "A", "role": "social_worker", "supervisor_id": "rose",
                  "from": "2019-01-02", "to": None}],
    }  # fmt: skip
    put(here, rows | more)
    return here


NASTY_ONE = Chronology(
    name=LONG + MARKUP, clock="one_to_one", first=STRIP.first, last=STRIP.last, as_at=STRIP.as_at,
    strip=STRIP,
    asked=(Asked(STRIP.first, STRIP.last, "monthly", MARKUP, NASTY[3]),
           Asked(STRIP.first, FOREVER, "", "", "No policy", "Clock stopped")),
    sessions=(
        SessionTold(Session(id="1", person="p", kind="one_to_one", status="held", minutes=75,
                            held_on=day("2016-05-12"), planned_on=day("2016-05-10"), interrupted=True,
                            worker_view="disagrees"), LONG, True, "held, not yet written up", ("recorded",),
                    "held while the clock was stopped"),
        SessionTold(Session(id="2", person="p", kind=MARKUP, status="cancelled", cancelled_by="worker",
                            reason="\n".join(NASTY)), None, False),
        SessionTold(Session(id="3", person="p", kind="group", status="planned",
                            planned_on=day("2016-07-07")), None, False),
    ),
    gaps=(GapTold(day("2016-07-20"), day("2016-09-01"), 44, 3, "open", (MARKUP,),
                  (Why("explained", MARKUP * 40, "Long. " * 900, LONG, day("2016-07-20"), FOREVER),),
                  (LateUnder(None, None, 40), LateUnder("x", LONG, 4))),),
    away=(AwayTold(day("2016-12-11"), FOREVER, True, "Sickness"),),
    posts=(PostTold(Post(day("2016-04-06"), day("2017-01-03"), MARKUP, NASTY[0]), None),),
    variations=(Variation("one_to_one", "every 2 weeks", STRIP.first, FOREVER, MARKUP, LONG),),
    agreements=(AgreementTold(LONG, day("2016-06-01"), None, False),),
    actions=(Promise(MARKUP * 90), Promise("Call", LONG, day("2016-05-12"), day("2016-06-01"), None, 3)),
    before=(Promise("Old", None, day("2016-01-01"), None, day("2016-05-01")),),
)  # fmt: skip
"""One of everything, with names and words as long and strange as they come."""


# --- The paper


def test_a_chronology_is_tagged_as_it_should_be(practice, tmp_path):
    for person in ("W11", "W15", "W09"):
        story = tell_chronology(papers(practice).chronology(person, FIRST, STORY))
        said = read_out(story)
        refuse_faults(made(story), said, tmp_path)


def test_strange_words_and_long_names_are_printed_whole(tmp_path):
    story = tell_chronology(NASTY_ONE)
    said = read_out(story)
    pdf = made(story)
    refuse_faults(pdf, said, tmp_path)
    words = "".join(words_of(pdf)).replace(" ", "")
    assert "<b>&amp;</b>" in words
    assert LONG in words


def test_nothing_recorded_is_said_in_words(tmp_path):
    story = tell_chronology(replace(NASTY_ONE, sessions=(), gaps=(), away=(), posts=(), variations=(),
                                    agreements=(), actions=(), before=(), asked=()))  # fmt: skip
    said = read_out(story)
    refuse_faults(made(story), said, tmp_path)
    assert "Nothing is recorded in these days." in said
    assert "No policy asked for anything in these days." in said


# --- The figures


@pytest.mark.parametrize(("first", "last"), [("2018-11-01", "2019-10-31"), ("2019-01-01", "2019-03-01")])
def test_its_gaps_and_days_are_those_of_the_engine(practice, first, last):
    first, last = day(first), day(last)
    _, everyone = practice.gaps(practice.clockwork(as_at=STORY), first=first, last=last)
    for person in sorted({gap.subject for gap in everyone}):
        gaps = [gap for gap in everyone if gap.subject == person]
        chronology = papers(practice).chronology(person, first, last)
        shown = [(gap.first, gap.last, gap.days_late, gap.days_away) for gap in chronology.gaps]
        assert sorted(shown) == [
            (gap.first_late_day, gap.last_late_day, gap.days_late, gap.days_away) for gap in gaps
        ]
        assert chronology.strip.gaps == len(gaps)
        words = told(chronology)
        for gap in gaps:
            assert f"{days(gap.days_late)} late" in words
            assert said_day(gap.last_late_day) in words
        assert f"{days(chronology.strip.days_late)} late in these days" in words


def test_each_session_of_the_period_is_told_once(practice):
    chronology = papers(practice).chronology("W11", FIRST, STORY)
    rows = [
        row for row in practice.store.rows("session", person_id="W11")
        if "2018-11-01" <= (row["held_on"] or row["planned_on"]) <= "2019-10-31"
    ]  # fmt: skip
    assert sorted(each.session.id for each in chronology.sessions) == sorted(row["id"] for row in rows)
    words, held = told(chronology), len(chronology.strip.held)
    one_to_one = [row for row in rows if row["kind"] == "one_to_one"]
    assert words.count("One-to-one held") == held == sum(row["status"] == "held" for row in one_to_one)
    assert words.count("One-to-one missed") == sum(row["status"] == "missed" for row in one_to_one)


def test_late_days_add_up_by_supervisor(practice):
    for person in practice.here.store.rows("person"):
        for gap in papers(practice).chronology(person["id"], FIRST, STORY).gaps:
            assert sum(each.days for each in gap.under) == gap.days_late


# --- What it tells


def test_a_change_of_supervisor_is_told_with_the_one_before():
    posts = [
        {"person_id": "ada", "team": "A", "role": "social_worker", "supervisor_id": "rose",
         "from": "2019-01-02", "to": "2019-05-31"},
        {"person_id": "ada", "team": "A", "role": "social_worker", "supervisor_id": "kwame",
         "from": "2019-06-03", "to": "2019-09-30"},
    ]  # fmt: skip
    with (here := one_person(post=posts)).store:
        words = told(papers(here).chronology("ada", day("2019-01-01"), making.TODAY.toordinal()))
    assert "Change of supervisor Supervisor: Kwame Boateng, before Rose Okafor" in words
    assert "2 Jan 2019 Post began" in words
    assert words.count("Post ended") == 1
    assert "30 Sep 2019 Post ended Last day in A." in words


def test_the_kind_of_time_away_is_only_said_where_it_is_asked_for():
    away = [{"person_id": "ada", "kind": "sickness", "from": "2019-03-01", "to": "2019-05-10"}]
    with (here := one_person(absence=away)).store:
        period = (day("2019-01-01"), making.TODAY.toordinal())
        own, others = (
            told(papers(here).chronology("ada", *period, kinds=kinds)) for kinds in (True, False)
        )
    assert "1 Mar 2019 – 10 May 2019 Away Sickness. The clock was stopped." in own
    assert "ickness" not in others
    assert "1 Mar 2019 – 10 May 2019 Away The clock was stopped." in others
    assert "1 Mar 2019 – 10 May 2019 Clock stopped" in others


def test_reasons_that_speak_of_health_are_only_told_on_the_workers_own_paper():
    rows = {
        "session": [{"id": "s", "person_id": "ada", "kind": "one_to_one", "status": "cancelled",
                     "planned_on": "2019-03-04", "reason": "Ada in hospital: surgery", "cancelled_by": "worker"}],
        "explanation": [{"person_id": "ada", "clock": "one_to_one", "from": "2019-02-01", "to": "2019-06-01",
                         "reason": "sick note", "text": "Stress since January."}],
        "variation": [{"person_id": "ada", "clock": "one_to_one", "every": "2 months", "from": "2019-07-01",
                       "reason": "Phased return after illness"}],
    }  # fmt: skip
    with (here := one_person(**rows)).store:
        period = (day("2019-01-01"), making.TODAY.toordinal())
        own, others = (
            told(papers(here).chronology("ada", *period, kinds=kinds)) for kinds in (True, False)
        )
    for said in ("Ada in hospital: surgery", "sick note", "Stress since January.", "after illness"):
        assert said.casefold() in own.casefold()
        assert said.casefold() not in others.casefold()
    assert "Reason: away" in others
    assert "words about health or family leave are told as “away”" in others
    assert "words about health or family leave" not in own


def test_actions_stand_where_they_were_agreed_and_older_ones_apart():
    held = [
        {"id": f"s{n}", "person_id": "ada", "kind": "one_to_one", "status": "held", "held_on": on}
        for n, on in enumerate(("2019-01-10", "2019-02-11", "2019-03-11"))
    ]
    actions = [
        {"id": "old", "session_id": "s0", "person_id": "ada", "text": "Done long since",
         "done_on": "2019-01-20"},
        {"id": "before", "session_id": "s0", "person_id": "ada", "text": "Ask for a room", "owner": "Rose"},
        {"id": "new", "session_id": "s1", "person_id": "ada", "text": "Write the plan",
         "due_on": "2019-02-20", "done_on": "2019-03-01"},
        {"id": "later", "session_id": "s2", "person_id": "ada", "text": "Not yet agreed"},
    ]  # fmt: skip
    with (here := one_person(session=held, action=actions)).store:
        chronology = papers(here).chronology("ada", day("2019-02-01"), day("2019-02-28"))
    words = told(chronology)
    assert (
        "11 Feb 2019 Action agreed Write the plan No owner named · due 20 Feb 2019 · done 1 Mar 2019"
        in words
    )
    assert "Ask for a room agreed 10 Jan 2019 · Rose · no due day · not yet done" in words
    assert "Done long since" not in words
    assert "Not yet agreed" not in words


def test_a_variation_is_told_with_its_reason_and_asked_for_in_its_days():
    agreed = [{"person_id": "ada", "clock": "one_to_one", "every": "6 weeks", "from": "2019-04-01",
               "to": None, "reason": "Settled caseload", "approved_by": "Hywel"}]  # fmt: skip
    with (here := one_person(variation=agreed)).store:
        chronology = papers(here).chronology("ada", day("2019-01-01"), day("2019-06-30"))
    assert [(each.every, each.rule) for each in chronology.asked] == [
        ("monthly", "Everyone"),
        ("every 6 weeks", "Agreed variation"),
    ]
    assert "Every 6 weeks, from 1 Apr 2019, approved by Hywel. Settled caseload" in told(chronology)


def test_a_period_without_anything_and_one_to_come_make_a_paper(tmp_path):
    with (here := one_person()).store:
        for first, last in (("2010-01-01", "2010-12-31"), ("2030-01-01", "2030-12-31")):
            chronology = papers(here).chronology("ada", day(first), day(last))
            assert chronology.gaps == chronology.sessions == ()
            story = tell_chronology(chronology)
            said = read_out(story)
            refuse_faults(made(story), said, tmp_path)


def test_questions_that_cannot_be_answered_are_refused_in_words(practice):
    with pytest.raises(BadQuestion, match="ends before it begins"):
        papers(practice).chronology("W11", STORY, FIRST)
    with pytest.raises(BadQuestion, match="nobody “W99”"):
        papers(practice).chronology("W99", FIRST, STORY)
    with pytest.raises(BadQuestion, match="clock"):
        papers(practice).chronology("W11", FIRST, STORY, clock="no such clock")
