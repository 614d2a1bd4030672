"""Retention: how long, holds, what is due, deleting by a person's word; and everything held about one person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from supervise.answers import gaps, standings
from supervise.doing.kept import Kept
from supervise.doing.papers.listed import BY_NAME
from supervise.doing.papers.own_data import write_json
from supervise.doing.papers.paper import About
from supervise.doing.retention import Retention, removed_words
from supervise.doing.sheet import Sheet
from supervise.doing.showing import Showing
from supervise.doing.staff import Staff
from supervise.errors import BadQuestion, NotAllowed
from supervise.exchange.practice import STORY_DAY, practice_plan
from supervise.places import resource
from supervise.policy_files import read_policy
from supervise.store.check import check
from supervise.workdays import day
from supervise.workspace import Workspace
from tests import making
from tests.making import ME, MONTHLY, put, workspace
from tests.reports.papers import refuse_faults, words_of

STORY = STORY_DAY.toordinal()
AT = datetime(2019, 11, 4, 9, 12)


@pytest.fixture
def here() -> Iterator[Workspace]:
    """Ada left long ago, Bo not long ago, Cy is in no post any more; Lee supervises."""
    made = workspace()
    made.add_policies([read_policy(MONTHLY, "monthly")])
    people = [("ada", "Ada Marsh", "1994-02-28"), ("bo", "Bo Berg", "2019-01-31"), ("cy", "Cy Cole", None),
              ("lee", "Lee Lang", None)]  # fmt: skip
    put(made, {
        "person": [{"id": id, "name": name, "left_on": left} for id, name, left in people],
        "post": [
            {"person_id": "ada", "team": "North", "role": "social_worker", "from": "1990-01-01",
             "supervisor_id": "lee"},
            {"person_id": "cy", "team": "North", "role": "social_worker", "from": "2018-01-01", "to": "2018-12-31"},
            {"person_id": "lee", "team": "North", "role": "team_manager", "from": "1990-01-01"},
        ],
        "session": [{"id": "s1", "person_id": "ada", "kind": "one_to_one", "status": "held", "held_on": "1993-03-01",
                     "supervisor_id": "lee"}],
    })  # fmt: skip
    with made.store:
        yield made


def work(here: Workspace) -> Retention:
    return Retention(here.here)


def test_nothing_is_due_until_somebody_has_decided(here: Workspace):
    assert work(here).years() is None
    assert [(each.name, each.due_on, work(here).is_due(each)) for each in work(here).leavers()] == [
        ("Ada Marsh", None, False), ("Bo Berg", None, False),
    ]  # fmt: skip
    with pytest.raises(NotAllowed, match="not decided"):
        work(here).delete("ada", "Ada Marsh")


def test_what_is_due_goes_by_the_leaving_date_and_the_years(here: Workspace):
    work(here).set_years(25)
    ada, bo = work(here).leavers()
    assert (ada.due_on, bo.due_on) == (day("2019-02-28"), day("2044-01-31"))
    assert work(here).is_due(ada) and not work(here).is_due(bo)
    assert here.store.access.list()[0].what == "set retention: 25 years"
    with pytest.raises(NotAllowed, match="kept until 31 Jan 2044"):
        work(here).delete("bo", "Bo Berg")
    work(here).set_years(None)
    assert work(here).years() is None


@pytest.mark.parametrize("years", [0, -1, 101])
def test_a_period_that_makes_no_sense_is_refused(here: Workspace, years: int):
    with pytest.raises(NotAllowed, match="from 1 to 100"):
        work(here).set_years(years)


def test_the_records_of_one_who_leaves_on_the_29th_of_february_are_due_on_a_day_there_is(
    here: Workspace,
):
    put(here, {"person": [{"id": "bo", "name": "Bo Berg", "left_on": "2016-02-29"}]})
    work(here).set_years(1)
    assert {each.id: each.due_on for each in work(here).leavers()}["bo"] == day("2017-02-28")


def test_those_without_a_leaving_date_are_named(here: Workspace):
    assert work(here).without_leaving_date() == ["Cy Cole"]


def test_a_hold_stops_it_until_it_is_taken_off(here: Workspace):
    work(here).set_years(25)
    change = work(here).hold("ada", "  An inquiry\nasked  ")
    assert change.label == "Put a hold on the records of Ada Marsh"
    (held,) = [each.hold for each in work(here).leavers() if each.hold]
    assert (held.reason, held.by, held.since) == ("An inquiry asked", ME, making.TODAY.toordinal())
    with pytest.raises(NotAllowed, match="hold"):
        work(here).delete("ada", "Ada Marsh")
    with pytest.raises(NotAllowed, match="already"):
        work(here).hold("ada", "Again")
    work(here).lift("ada")
    work(here).delete("ada", "ada  MARSH")
    assert here.store.row("person", "ada") is None
    assert "inquiry" not in str(here.store.database.execute("SELECT body FROM payload").fetchall())


def test_holds_are_refused_without_a_reason_and_taken_off_only_where_there_is_one(here: Workspace):
    with pytest.raises(NotAllowed, match="needs a reason"):
        work(here).hold("ada", " ")
    with pytest.raises(BadQuestion, match="no hold"):
        work(here).lift("ada")
    with pytest.raises(BadQuestion, match="nobody"):
        work(here).hold("nobody", "Why")


def test_putting_a_hold_on_can_be_undone(here: Workspace):
    work(here).hold("ada", "By mistake")
    here.store.undo(ME)
    assert not any(each.hold for each in work(here).leavers())


@pytest.mark.parametrize("typed", ["", "Ada", "Bo Berg", "Ada Marsch"])
def test_another_name_deletes_nothing(here: Workspace, typed: str):
    work(here).set_years(25)
    with pytest.raises(NotAllowed, match="not their name"):
        work(here).delete("ada", typed)
    assert here.store.row("person", "ada") is not None


def test_what_goes_and_what_stays_is_said_before(here: Workspace):
    held = {
        "id": "s2",
        "person_id": "cy",
        "kind": "one_to_one",
        "status": "held",
        "held_on": "1994-01-10",
    }
    put(here, {"session": [{**held, "supervisor_id": "ada", "notes": "Ada Marsh was kind."}]})
    looked = work(here).look("ada")
    assert looked.takes == "1 supervision and 1 post" and looked.drafts == 0
    assert "named in 1 entry of other people’s records" in looked.leaves
    assert "written in 1 entry of other people’s records" in looked.mentioned
    plain = work(here).look("bo")
    assert (plain.takes, plain.leaves, plain.mentioned) == ("only their name and details", "", "")
    with pytest.raises(BadQuestion, match="nothing of Lee Lang"):
        work(here).look("lee")


def test_figures_of_a_period_say_that_somebody_of_it_is_gone(here: Workspace):
    work(here).set_years(25)
    first, last = day("1993-01-01"), day("1993-12-31")
    assert Showing(here.here).compliance(first, last, team="North").removed == ""
    work(here).delete("ada", "Ada Marsh")
    said = "1 person removed under retention was in post in these days and not in the figures."
    assert Showing(here.here).compliance(first, last, team="North").removed == said
    assert removed_words(here.store, "South", first, last) == ""
    assert removed_words(here.store, None, day("1994-03-01"), last + 1000) == ""
    out = BytesIO()
    about = About(team="North", first=first, last=last)
    for name in ("team", "service"):
        list(
            here.press.make(
                BY_NAME[name], about if name == "team" else about._replace(team=None), out, at=AT
            )
        )
        assert said in " ".join(words_of(out.getvalue()))
        out = BytesIO()


def practice_service() -> Workspace:
    made = making.workspace()
    policy = resource("policies", "standards-2020-with-defaults.toml")
    made.carry_out(practice_plan(resource("practice"), policy, STORY))
    return made


@pytest.mark.parametrize("person", ["W05", "W02", "W14"])
def test_the_answers_of_everybody_else_are_as_they_were(person: str):
    """Where everybody stands and every gap, under the clock of one-to-ones, before and after."""
    here = practice_service()
    row = here.store.row("person", person)
    assert row is not None
    put(here, {"person": [{**row, "left_on": "2019-06-30"}]})
    work(here).set_years(1)

    def answers() -> Any:
        clockwork = here.clockwork("one_to_one", STORY)
        service, _ = here.board(clockwork)
        told = [(each.subject, each.status, each.due) for each in standings(clockwork, service)]
        service, _ = here.gaps(clockwork)
        late = [
            (each.subject, each.first_late_day, each.last_late_day) for each in gaps(clockwork, service)
        ]
        return [each for each in told if each[0] != person], [each for each in late if each[0] != person]

    before = answers()
    purged = Retention(here.here._replace(today=lambda: STORY + 400)).delete(person, row["name"])
    assert purged.kind == "purge" and answers() == before
    assert [finding.words for finding in check(here.store) if not finding.ok] == []


# --- Everything held about one person


@pytest.fixture
def full() -> Iterator[Workspace]:
    """The practice service with more about Harpreet Gill: corrections, a draft, looks, others named in her records."""
    here = practice_service()
    staff = Staff(here.here)
    (row, *_) = staff.of("W05")["agreement"]
    staff.save("agreement", {**row, "text": "Every three weeks from now on"})
    Kept(here.store).put(Sheet(person="W05", notes="Half a thought about Nerys Bowen’s plan"))
    here.store.access.note("A. Auditor", "viewed", "session", "PS0030")
    here.store.access.note("A. Auditor", "viewed", "person", "W05")
    child = {
        "id": "child",
        "person_id": "W05",
        "kind": "ad_hoc",
        "status": "held",
        "held_on": "2019-05-02",
    }
    put(here, {"session": [{**child, "notes": "Mum of Tyler rang about CS-10702; Tomasz helped."}]})
    with here.store:
        yield here


def paper(here: Workspace, person: str = "W05") -> bytes:
    out = BytesIO()
    list(here.press.make(BY_NAME["own-data"], About(person=person), out, at=AT))
    return out.getvalue()


def test_the_paper_is_tagged_and_says_what_to_look_at_first(full: Workspace, tmp_path: Path):
    made = paper(full)
    refuse_faults(made, None, tmp_path)
    first = words_of(made)[0]
    assert "To look at before handing over" in first and "one month" in first and "paragraph 16" in first
    for why in ("May name a child or family", "Case CS-10702", "May name Tomasz", "Names Nerys Bowen"):
        assert why in " ".join(words_of(made)[:2])


def test_every_word_stored_about_the_person_is_on_the_paper(full: Workspace):
    said = "".join("".join(words_of(paper(full))).split())
    wanted = [full.store.row("person", "W05")]
    sessions = [row["id"] for row in full.store.rows("session", person_id="W05")]
    for kind in (
        "post",
        "absence",
        "session",
        "explanation",
        "variation",
        "agreement",
        "case_allocation",
    ):
        wanted += list(full.store.rows(kind, person_id="W05"))
    for kind in ("session_section", "late_entry", "statement", "action", "case_discussion"):
        wanted += [row for id in sessions for row in full.store.rows(kind, session_id=id)]
    texts = {
        value for row in wanted if row for name, value in row.items()
        if isinstance(value, str) and (" " in value or name in ("name", "email", "staff_no")) and "id" not in name
    }  # fmt: skip
    assert len(texts) > 50
    assert [text for text in texts if "".join(text.split()) not in said] == []
    for more in (
        "Half a thought about",
        "A. Auditor",
        "Once a month, weekly and fortnightly",
        "Import from practice",
    ):
        assert "".join(more.split()) in said


def test_nobody_else_s_records_are_on_it(full: Workspace):
    said = " ".join(words_of(paper(full)))
    for row in full.store.rows("session"):
        if row["person_id"] != "W05" and row["notes"]:
            assert " ".join(row["notes"].split())[:60] not in said


def test_who_is_told_of_the_paper_itself_the_next_time(full: Workspace):
    paper(full)
    newest = full.store.access.about(["W05"])[0]
    assert (newest.by, newest.what) == (ME, "viewed")


def test_the_reason_of_a_hold_is_looked_at_before_it_is_told(full: Workspace):
    work(full).hold("W05", "An inquiry asked")
    first = words_of(paper(full))[0]
    assert "An inquiry asked" in first and "it may be about an inquiry" in first


def test_the_kinds_of_time_away_are_told_on_it(full: Workspace):
    assert "Annual leave" in " ".join(words_of(paper(full)))


def test_the_data_is_the_rows_as_they_are_stored(full: Workspace, tmp_path: Path):
    to = tmp_path / "own.json"
    list(write_json(full.here, "W05", to))
    told = json.loads(to.read_text("utf-8"))
    assert told["rows"]["person"] == [full.store.row("person", "W05")]
    assert told["rows"]["session"] == list(full.store.rows("session", person_id="W05"))
    assert {each["by"] for each in told["looked"]} == {"A. Auditor"}
    assert [
        each["before"]["text"]
        for each in told["history"]
        if each["kind"] == "agreement" and each["before"]
    ]
    assert told["unfinished"] and told["to_look_at"] and told["kept"]
    assert full.store.access.list()[0].what == "exported"
    with pytest.raises(BadQuestion, match="nobody"):
        list(write_json(full.here, "no one", tmp_path / "x.json"))
    assert not (tmp_path / "x.json").exists()


def test_somebody_of_whom_little_is_held(here: Workspace, tmp_path: Path):
    made = paper(here, "bo")
    refuse_faults(made, None, tmp_path)
    assert "0 records of supervisions" in words_of(made)[0]
