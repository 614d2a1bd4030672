"""Several teams' exports in one service store: each a source, told apart, recognised, replaced and removed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervise.answers import Said
from supervise.errors import BadQuestion, LaterChanges, NotAllowed
from supervise.exchange.gathered import Gathering
from supervise.exchange.settling import settle
from supervise.exchange.sources import NOTHING_SAID, About, Here, Source, in_words
from supervise.policy_files import read_policy_file
from supervise.store import memory_store
from supervise.store.check import check
from supervise.workdays import day
from supervise.workspace import Workspace
from tests.making import ME, TODAY, contents, everything, now, put, workspace, write_csv

KEPT = Path(__file__).parents[1] / "kept"
Table = list[dict[str, str]]
Tables = dict[str, Table]


def row(**cells: str) -> dict[str, str]:
    """A line of a file; a trailing _ is for names that Python keeps for itself."""
    return {name.rstrip("_"): cell for name, cell in cells.items()}


def person(id: str, name: str, **more: str) -> dict[str, str]:
    return row(person_id=id, name=name, **more)


def post(person: str, team: str, from_: str = "2019-01-07", to: str = "", **more: str) -> dict[str, str]:
    return row(person_id=person, team=team, role="social_worker", from_=from_, to=to, **more)


def session(id: str, person: str, on: str, **more: str) -> dict[str, str]:
    held = {"kind": "one_to_one", "status": "held", "held_on": on, "recorded_on": on}
    return row(session_id=id, person_id=person, **{**held, **more})


def signed(id: str, person: str, on: str, **more: str) -> dict[str, str]:
    return session(id, person, on, worker_signed_on=on, supervisor_signed_on=on, **more)


def section(session: str, text: str, position: str = "1") -> dict[str, str]:
    return row(session_id=session, position=position, part="personal", heading="Wellbeing", text=text)


def north(**more: Table) -> Tables:
    """A team of two, whose latest entry is of 4 October."""
    return {
        "people": [person("N1", "Ada Byrne", staff_no="E1"), person("N2", "Bo Lund", staff_no="E2")],
        "posts": [post("N1", "North", supervisor_id=""), post("N2", "North")],
        "sessions": [session("NS1", "N1", "2019-09-02"), session("NS2", "N2", "2019-10-04")],
        **more,
    }  # fmt: skip


def south(**more: Table) -> Tables:
    """Another team of two, whose latest entry is of 11 October."""
    return {
        "people": [person("S1", "Cai Rees", staff_no="E3"), person("S2", "Dee Okoro", staff_no="E4")],
        "posts": [post("S1", "South"), post("S2", "South")],
        "sessions": [session("SS1", "S1", "2019-09-03"), session("SS2", "S2", "2019-10-11")],
        **more,
    }  # fmt: skip


class Lead:
    """A service lead with a store, and a folder for what the managers send."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.here = Workspace(memory_store(now, service=True), today=TODAY.toordinal, me=ME)

    def sent(self, name: str, tables: Tables) -> Path:
        """An export as it came."""
        path = self.folder / name
        path.mkdir(exist_ok=True)
        for old in path.iterdir():
            old.unlink()
        for sheet, rows in tables.items():
            columns = list(dict.fromkeys(column for each in rows for column in each))
            lines = [[each.get(column, "") for column in columns] for each in rows]
            write_csv(path / f"{sheet}.csv", [columns, *lines] if columns else [])
        return path

    def plan(self, name: str, tables: Tables, about: About = NOTHING_SAID) -> Gathering:
        plan = self.here.plan_import(self.sent(name, tables), about)
        assert isinstance(plan, Gathering)
        assert plan.problems == []
        return plan

    def take(self, name: str, tables: Tables, about: About = NOTHING_SAID) -> Gathering:
        plan = self.plan(name, tables, about)
        change = self.here.carry_out(plan)
        assert (change.number is None) == plan.does_nothing
        return plan

    def ids(self, kind: str) -> list[str]:
        return [each["id"] for each in self.here.store.rows(kind)]

    def row(self, kind: str, id: str) -> dict[str, Any]:
        found = self.here.store.row(kind, id)
        assert found is not None
        return found

    def source(self, name: str) -> Source:
        (found,) = [each for each in self.here.sources() if each.name == name]
        return found

    def is_sound(self) -> bool:
        """Whether the history agrees with the rows, and every fact has its source."""
        held = {
            kind: set().union(*(each.held(kind) for each in self.here.sources()))
            for kind in ("person", "session", "post", "absence", "late_entry", "action")
        }
        facts = all(set(self.ids(kind)) == ids for kind, ids in held.items())
        return facts and self.stands() and all(finding.ok for finding in check(self.here.store))

    def stands(self) -> bool:
        """Whether the facts are what the sources say: each source's own rows once more would alter nothing."""
        store = self.here.store
        here = Here(
            tuple(self.here.sources()),
            store.rows_by_id,
            lambda kind, id: store.rows(kind, session_id=id),
        )
        for source in here.sources:
            rows = {kind: here.said(source, kind) for kind in source.holds}
            done = settle(here, source, source, rows)
            if done.put or done.gone or done.sources:
                return False
        return True


@pytest.fixture
def lead(tmp_path: Path) -> Iterator[Lead]:
    lead = Lead(tmp_path)
    with lead.here.store:
        yield lead


# A first export


def test_an_export_is_a_source_with_its_day_and_age(lead: Lead) -> None:
    plan = lead.take("north", north())
    assert plan.about == [
        "A new source: “north”, as at 4 October 2019 (latest entry), 27 days old.",
        "Teams: North. It holds 2 people and 2 sessions.",
    ]
    (source,) = lead.here.sources()
    assert (source.name, source.teams, source.as_at_by) == ("north", ("North",), "entry")
    assert (source.as_at, source.taken_on) == (day("2019-10-04"), TODAY.toordinal())
    assert source.held("session") == {"NS1", "NS2"}
    assert [line.kind for line in lead.here.history(1)] == ["gather"]
    assert lead.is_sound()


def test_the_day_is_that_of_the_latest_session_where_nothing_says_when_it_was_entered(
    lead: Lead,
) -> None:
    sessions = [session("NS1", "N1", "2019-09-02"), session("NS2", "N2", "2019-11-04")]
    for each in sessions:
        del each["recorded_on"]
    plan = lead.take("north", north(sessions=sessions))
    assert "as at 2 September 2019 (latest session held), 59 days old, which is stale" in plan.about[0]


def test_a_day_that_is_said_holds_and_one_to_come_does_not(lead: Lead) -> None:
    plan = lead.take("north", north(), About(as_at=day("2019-10-30")))
    assert "as at 30 October 2019 (as given), 1 day old." in plan.about[0]
    with pytest.raises(BadQuestion, match="1 November 2019 is still to come"):
        lead.plan("south", south(), About(as_at=day("2019-11-01")))


def test_an_export_that_does_not_say_how_old_it_is_is_asked(lead: Lead) -> None:
    with pytest.raises(BadQuestion, match="Nothing in north says how old it is"):
        lead.plan("north", north(sessions=[]))
    lead.take("north", north(sessions=[]), About(as_at=TODAY.toordinal()))
    assert lead.source("north").age(TODAY.toordinal()) == 0


def test_an_export_is_whole_by_itself(lead: Lead) -> None:
    lead.take("north", north())
    path = lead.sent("more", {"sessions": [session("X1", "N1", "2019-10-01")]})
    plan = lead.here.plan_import(path)
    assert [str(each) for each in plan.problems] == [
        "sessions.csv, line 2, column person_id: there is no person “N1” here or in the file."
    ]
    with pytest.raises(NotAllowed, match="Not everything in more can be taken"):
        lead.here.carry_out(plan)


def test_everything_that_can_be_entered_comes_in_and_goes_out_again(tmp_path: Path) -> None:
    team = workspace()
    put(team, everything())
    team.export(tmp_path / "team")
    lead = Lead(tmp_path)
    plan = lead.here.plan_import(tmp_path / "team")
    assert plan.problems == []
    lead.here.carry_out(plan)
    facts = contents(lead.here)
    (told,) = facts.pop("source")
    del facts["holding"]
    assert told["name"] == "team"
    expected = contents(team)
    for kind, rows in expected.items():
        assert sorted(map(str, facts[kind])) == sorted(map(str, rows)), kind
    lead.here.export(tmp_path / "again")
    again = workspace()
    again.carry_out(again.plan_import(tmp_path / "again"))
    assert {kind: len(rows) for kind, rows in contents(again).items()} == {
        kind: len(rows) for kind, rows in expected.items()
    }


def test_policies_of_the_teams_are_told_and_not_taken(lead: Lead) -> None:
    path = lead.sent("north", north())
    (path / "policies").mkdir()
    county = KEPT / "policies" / "county-2018.toml"
    (path / "policies" / "county.toml").write_bytes(county.read_bytes())
    plan = lead.here.plan_import(path)
    assert plan.notes == [
        "The policy “county-2018” in it is not taken: a service store goes by its own. “supervise policy add”"
        " puts one into force."
    ]
    lead.here.add_policies([read_policy_file(county)])
    assert lead.here.plan_import(path).notes == []


# The same again, a newer one, an older one


def test_the_same_export_again_changes_nothing(lead: Lead) -> None:
    lead.take("north", north())
    lead.take("south", south())
    before = contents(lead.here)
    plan = lead.take("elsewhere", north())
    assert plan.about == [
        "“elsewhere” is here already, as at 4 October 2019 (latest entry), 27 days old."
    ]
    assert (plan.does_nothing, plan.unchanged, contents(lead.here)) == (True, 6, before)


def test_the_same_export_may_be_given_another_day(lead: Lead) -> None:
    lead.take("north", north(), About(as_at=day("2019-10-20")))
    assert lead.plan("north", north()).does_nothing
    lead.take("north", north(), About(as_at=day("2019-10-19")))
    assert lead.source("north").as_at == day("2019-10-19")


def test_a_newer_export_takes_the_place_of_the_older_as_one_change(lead: Lead) -> None:
    lead.take("north", north())
    lead.take("south", south())
    newer = north(
        sessions=[session("NS2", "N2", "2019-10-04", minutes="60"), session("NS3", "N1", "2019-10-21")],
        absences=[row(person_id="N1", kind="study", from_="2019-10-01", to="2019-10-02")],
    )
    plan = lead.take("north-october", newer)
    assert plan.about[0] == (
        "A newer export of “north”, as at 21 October 2019 (latest entry), 10 days old, in the place of that"
        " as at 4 October 2019 (latest entry), 27 days old."
    )
    assert (plan.added, plan.unchanged) == ({"absence": 1, "session": 1}, 4)
    assert [(str(each.place), each.stored, each.given) for each in plan.changed] == [
        ("sessions.csv, line 2, column minutes", None, 60)
    ]
    assert plan.told["taken out, for no export holds them any more"] == ["1 in sessions"]
    assert lead.ids("session") == ["NS2", "NS3", "SS1", "SS2"]
    assert [each.name for each in lead.here.sources()] == ["north-october", "south"]
    line = lead.here.history(1)[0]
    assert line.label == "Import from north-october, in the place of its export as at 4 October 2019"
    assert (line.number, lead.is_sound()) == (3, True)


def test_rows_may_be_left_out_of_a_first_export_but_not_of_a_newer_one(lead: Lead) -> None:
    bad = north(sessions=[*north()["sessions"], session("NS3", "N1", "2019-10-32")])
    lead.here.carry_out(lead.here.plan_import(lead.sent("north", bad)), skip_bad_rows=True)
    assert lead.ids("session") == ["NS1", "NS2"]
    worse = lead.here.plan_import(lead.sent("north", {**bad, "sessions": bad["sessions"][1:]}))
    for skip in (True, False):
        with pytest.raises(NotAllowed, match="Not everything in north can be taken"):
            lead.here.carry_out(worse, skip_bad_rows=skip)
    assert lead.ids("session") == ["NS1", "NS2"]


def test_an_older_export_is_refused_in_words(lead: Lead) -> None:
    lead.take("north", north())
    older = north(sessions=[session("NS1", "N1", "2019-09-02")])
    with pytest.raises(NotAllowed) as caught:
        lead.plan("north", older)
    assert str(caught.value) == (
        "An export of “north” as at 4 October 2019 (latest entry), 27 days old, is here already, and this one"
        " is older (as at 2 September 2019, latest entry). Import the newest export; if this is it, say its"
        " day with --as-at."
    )
    lead.take("north", older, About(as_at=day("2019-10-05")))
    assert lead.ids("session") == ["NS1"]


def test_two_of_one_day_are_told(lead: Lead) -> None:
    lead.take("north", north())
    plan = lead.take("north", north(absences=[row(person_id="N1", kind="study", from_="2019-10-01")]))
    assert "Both are as at the same day: be sure that this is the later one." in plan.warnings


def test_somebody_can_say_which_source_it_is(lead: Lead) -> None:
    lead.take("export", north())
    lead.take("export", south())
    with pytest.raises(
        BadQuestion, match=r"2 sources called “export” here\. Give its number instead \(1 and 2\)"
    ):
        lead.plan("export", south(), About(source="export"))
    with pytest.raises(BadQuestion, match="There is no source “west” here"):
        lead.plan("export", south(), About(source="west"))
    all_new = {
        "people": [person("Z1", "Ada Byrne", staff_no="E1")],
        "posts": [post("Z1", "North")],
        "sessions": [session("ZS1", "Z1", "2019-10-20")],
    }
    plan = lead.take("export", all_new, About(source="1"))
    assert plan.replaces is not None and plan.replaces.id == "1"
    assert lead.ids("person") == ["S1", "S2", "Z1"]


def test_what_holds_most_of_a_source_but_of_another_team_is_asked_about(lead: Lead) -> None:
    lead.take("north", north())
    split = north(posts=[post("N1", "West"), post("N2", "West")])
    with pytest.raises(BadQuestion, match="most of what “north” holds, but the teams in it are others"):
        lead.plan("west", split)
    plan = lead.take("west", split, About(source="new"))
    assert "“north” and “west” overlap: 4 rows in both." in plan.warnings
    assert [each.teams for each in lead.here.sources()] == [("North",), ("West",)]


def test_a_worker_or_a_manager_in_both_does_not_make_two_teams_one(lead: Lead) -> None:
    head = person("H1", "Hal Moss", staff_no="E9")
    over = post("H1", "Management")
    lead.take("north", north(people=[*north()["people"], head], posts=[*north()["posts"], over]))
    plan = lead.take("south", south(people=[*south()["people"], head], posts=[*south()["posts"], over]))
    assert plan.replaces is None
    assert plan.warnings[:2] == [
        "“north” and “south” overlap: 2 rows in both.",
        "A team “Management” is in “north” and “south”.",
    ]
    assert len(lead.ids("post")) == 5


def test_two_teams_of_one_name_are_told(lead: Lead) -> None:
    lead.take("north", north())
    plan = lead.take("other", south(posts=[post("S1", "north"), post("S2", "north")]))
    assert plan.replaces is None
    assert plan.warnings == ["A team “North” is in “north” and “other”."]


# Who is who


@pytest.mark.parametrize(
    ("mark", "ours", "theirs", "why"),
    [
        ("staff_no", "e1", "E1", "staff number"),
        ("registration_no", "SW1", "sw1", "registration number"),
        ("email", "Ada@example.org", "ada@example.org", "e-mail address"),
    ],
)
def test_somebody_is_surely_the_same_by_a_number_or_address(
    lead: Lead, mark: str, ours: str, theirs: str, why: str
) -> None:
    lead.take(
        "north", north(people=[person("N1", "Ada Byrne", **{mark: ours}), person("N2", "Bo Lund")])
    )
    people = [person("S1", "Ada Byrne-Hughes", **{mark: theirs}), person("S2", "Dee Okoro")]
    plan = lead.take("south", south(people=people))
    assert plan.told["recognised"] == [
        f"Ada Byrne-Hughes (S1 in the file) is Ada Byrne (N1) here, by {why}."
    ]
    assert lead.ids("person") == ["N1", "N2", "S2"]
    assert lead.row("session", "SS1")["person_id"] == "N1"
    assert {each["person_id"] for each in lead.here.store.rows("post", team="South")} == {"N1", "S2"}
    again = lead.plan(
        "south",
        {**south(people=people), "absences": [row(person_id="S1", kind="study", from_="2019-10-01")]},
    )
    assert again.told["recognised"] == [
        "Ada Byrne-Hughes (S1 in the file) is Ada Byrne (N1) here, as before."
    ]


def test_a_name_alone_is_a_doubt_until_somebody_says(lead: Lead) -> None:
    lead.take("north", north())
    tables = south(people=[person("S1", " BO  Lund"), person("S2", "Dee Okoro")])
    plan = lead.take("south", tables)
    assert plan.warnings == [
        "BO  Lund is in two files under different ids (S1 in this one, N2 here), and is kept as two people."
        " Give both the same staff number, or import with --same S1=N2; with --same S1=S1 if they are two."
    ]
    assert lead.ids("person") == ["N1", "N2", "S1", "S2"]
    plan = lead.take("south", tables, About(same=("S1=N2",)))
    assert plan.told["recognised"] == ["BO  Lund (S1 in the file) is Bo Lund (N2) here, as you say."]
    assert lead.ids("person") == ["N1", "N2", "S2"]
    assert lead.plan("south", tables).does_nothing
    lead.take("south", tables, About(same=("S1=S1",)))
    assert lead.ids("person") == ["N1", "N2", "S1", "S2"]
    more = lead.plan(
        "south", {**tables, "absences": [row(person_id="S1", kind="study", from_="2019-10-01")]}
    )
    assert more.warnings == ["Both are as at the same day: be sure that this is the later one."]
    assert lead.is_sound()


def test_numbers_that_contradict_each_other_make_two_people(lead: Lead) -> None:
    lead.take("north", north())
    people = [person("S1", "Bo Lund", staff_no="E7"), person("S2", "Dee", email="d@example.org")]
    plan = lead.take("south", south(people=people))
    assert plan.warnings == []
    assert lead.ids("person") == ["N1", "N2", "S1", "S2"]


def test_ids_that_stand_for_others_here_get_others(lead: Lead) -> None:
    def hand_made(name: str, staff: str, team: str, on: str) -> Tables:
        return {
            "people": [person("P1", name, staff_no=staff)], "posts": [post("P1", team)],
            "sessions": [session("S1", "P1", on)],
            "actions": [row(action_id="A1", session_id="S1", person_id="P1", text=f"Ask {name}")],
        }  # fmt: skip

    lead.take("north", hand_made("Ada", "E1", "North", "2019-10-01"))
    plan = lead.take("south", hand_made("Bo", "E2", "South", "2019-10-01"))
    assert plan.warnings == [
        "“P1” is Bo in the file and Ada (P1) here. They are kept as two people, and Bo is “P1/2” here; if"
        " they are one, import with --same P1=P1.",
        "1 session in it under ids that stand for others here, with ids of their own now (S1 is S1/2).",
        "1 action in it under ids that stand for others here, with ids of their own now (A1 is A1/2).",
    ]
    assert lead.ids("session") == ["S1", "S1/2"]
    assert lead.row("action", "A1/2") == {
        **lead.row("action", "A1"), "id": "A1/2", "session_id": "S1/2", "person_id": "P1/2", "text": "Ask Bo",
    }  # fmt: skip
    assert lead.plan("south", hand_made("Bo", "E2", "South", "2019-10-01")).does_nothing
    newer = lead.take("south", hand_made("Bo", "E2", "South", "2019-10-20"))
    assert newer.replaces is not None and newer.replaces.name == "south"
    assert lead.row("session", "S1/2")["held_on"] == "2019-10-20"
    lead.take("west", hand_made("Cy", "E3", "West", "2019-10-01"))
    assert lead.ids("person") == ["P1", "P1/2", "P1/3"]
    assert lead.is_sound()


def test_two_people_of_one_file_stay_two(lead: Lead) -> None:
    lead.take("north", north())
    people = [person("S1", "Ada Byrne", staff_no="E1"), person("S2", "Dee", staff_no="e1")]
    plan = lead.take("south", south(people=people))
    assert "S1 and S2 of the file are all like Ada Byrne (N1) here, and are kept apart." in plan.warnings
    assert lead.ids("person") == ["N1", "N2", "S1", "S2"]
    with pytest.raises(BadQuestion, match="S1 and S2 are two people of one file"):
        lead.plan("south", south(people=people), About(same=("S1=N1", "S2=N1")))


@pytest.mark.parametrize("pair", ["S1", "S1=", "=N1", "N1=S1", "S1=nobody", "nobody=N1", "S1=S2"])
def test_an_answer_that_makes_no_sense_is_refused(lead: Lead, pair: str) -> None:
    lead.take("north", north())
    with pytest.raises(BadQuestion, match="does not say who is who"):
        lead.plan("south", south(), About(same=(pair,)))


# The same rows in two sources


def moved(to: str = "") -> Tables:
    """South, to which Ada of North has moved; her old post is known there too."""
    tables = south()
    tables["people"].append(person("N1", "Ada Byrne", staff_no="E1", email="ada@example.org"))
    tables["posts"] += [post("N1", "North", to=to), post("N1", "South", "2019-07-01")]
    tables["sessions"].append(session("SS3", "N1", "2019-10-18"))
    return tables


def test_a_worker_who_moved_is_one_person_with_both_posts(lead: Lead) -> None:
    lead.take("north", north())
    plan = lead.take("south", moved("2019-06-30"))
    assert "“north” and “south” overlap: 2 rows in both." in plan.warnings
    assert [(str(each.place), each.stored, each.given) for each in plan.changed] == [
        ("people.csv, line 4, column email", None, "ada@example.org"),
        ("posts.csv, line 4, column to", None, "2019-06-30"),
    ]
    posts = sorted((each["team"], each["to"]) for each in lead.here.store.rows("post", person_id="N1"))
    assert posts == [("North", "2019-06-30"), ("South", None)]
    assert lead.source("north").beside["person"]["N1"]["email"] is None
    lead.here.remove_source("south")
    assert [each["to"] for each in lead.here.store.rows("post", person_id="N1")] == [None]
    assert lead.row("person", "N1")["email"] is None
    assert lead.ids("session") == ["NS1", "NS2"]
    assert lead.is_sound()


def test_what_was_entered_last_stands_and_not_what_was_exported_last(lead: Lead) -> None:
    """A team that still has an old copy of a row exports it again each month."""
    done = row(action_id="A1", session_id="NS1", person_id="N1", text="Ring the school", done_on="2019-10-11",
               recorded_on="2019-10-11")  # fmt: skip
    stale = {**done, "done_on": "", "recorded_on": "2019-09-02"}
    theirs = moved()
    theirs["sessions"].append(session("NS1", "N1", "2019-09-02"))
    lead.take("south", {**theirs, "actions": [done]}, About(as_at=day("2019-10-18")))
    plan = lead.take("north", north(actions=[stale]), About(as_at=day("2019-10-25")))
    assert lead.row("action", "A1")["done_on"] == "2019-10-11"
    assert plan.kept == []  # an empty cell says nothing against it
    lead.here.remove_source("south")
    assert lead.row("action", "A1")["done_on"] is None


def test_where_nothing_was_entered_here_the_newer_export_stands(lead: Lead) -> None:
    lead.take("south", moved("2019-06-30"))
    plan = lead.take("north", north(posts=[post("N1", "North", to="2019-07-05"), post("N2", "North")]))
    assert [(each.field, each.stored, each.given, each.kept) for each in plan.kept] == [
        ("to", "2019-06-30", "2019-07-05", "as “south” has it")
    ]


def test_a_signed_record_stands_before_an_unsigned_one_and_as_a_whole(lead: Lead) -> None:
    ours = north(
        sessions=[signed("NS1", "N1", "2019-09-02"), session("NS2", "N2", "2019-10-04")],
        session_sections=[section("NS1", "Well.")],
    )
    theirs = moved()
    theirs["sessions"].append(session("NS1", "N1", "2019-09-02", recorded_on="2019-10-18"))
    theirs["session_sections"] = [section("NS1", "Unwell."), section("NS1", "Added.", "2")]
    theirs["late_entries"] = [row(session_id="NS1", entered_on="2019-10-01", text="More.")]
    orders = []
    for order in (("north", "south"), ("south", "north")):
        other = Lead(lead.folder)
        with other.here.store:
            for name in order:
                other.take(name, {"north": ours, "south": theirs}[name])
            record = other.here.record("NS1")
            assert [each.text for each in record.sections] == ["Well."]
            assert [each.text for each in record.late_entries] == ["More."]
            assert other.is_sound()
            facts = contents(other.here)
            del facts["source"], facts["holding"]
            orders.append(facts)
            other.here.remove_source("north")
            assert [each.text for each in other.here.record("NS1").sections] == ["Unwell.", "Added."]
            assert other.is_sound()
    assert orders[0] == orders[1]


@pytest.mark.parametrize(
    ("ours", "theirs", "stands"),
    [
        ({"records_from": "2018-01-01"}, {"records_from": "2019-07-01"}, None),
        ({"records_from": "2019-03-01"}, {"records_from": "2019-07-01"}, "2019-03-01"),
        ({"records_from": "2019-03-01"}, {"records_from": "2017-01-01"}, "2019-03-01"),
        ({}, {"records_from": "2019-08-01"}, "2019-08-01"),
    ],
)
def test_records_begin_where_a_team_knows_nothing_of_its_own_days(
    lead: Lead, ours: dict[str, str], theirs: dict[str, str], stands: str | None
) -> None:
    """Ada's post in North is from 7 January 2019 to 30 June, that in South from 1 July."""
    for order in (1, -1):
        other = Lead(lead.folder)
        exports = [
            ("north", north(people=[person("N1", "Ada", **ours), person("N2", "Bo")],
                            posts=[post("N1", "North", to="2019-06-30"), post("N2", "North")])),
            ("south", south(people=[*south()["people"], person("N1", "Ada", **theirs)],
                            posts=[*south()["posts"], post("N1", "South", "2019-07-01")])),
        ]  # fmt: skip
        with other.here.store:
            for name, tables in exports[::order]:
                other.take(name, tables)
            assert other.row("person", "N1")["records_from"] == stands


def test_nobody_has_left_who_has_a_later_post_in_another_team(lead: Lead) -> None:
    left = person("N1", "Ada Byrne", staff_no="E1", left_on="2019-06-30", recorded_on="2019-07-01")
    lead.take("north", north(people=[left, north()["people"][1]]))
    assert lead.row("person", "N1")["left_on"] == "2019-06-30"
    lead.take("south", moved("2019-06-30"))
    assert lead.row("person", "N1")["left_on"] is None
    lead.here.remove_source("south")
    assert lead.row("person", "N1")["left_on"] == "2019-06-30"


def test_a_team_that_only_mentions_somebody_says_nothing_against_their_own(lead: Lead) -> None:
    own = person("N1", "Ada Byrne", staff_no="E1", employed_from="2015-01-05", left_on="2019-10-04")
    lead.take("north", north(people=[own, north()["people"][1]]))
    lead.take("south", south(people=[*south()["people"], person("N1", "A. Byrne")]))
    stands = lead.row("person", "N1")
    assert (stands["name"], stands["employed_from"], stands["left_on"]) == (
        "Ada Byrne", "2015-01-05", "2019-10-04",
    )  # fmt: skip


# Signed records


def test_signed_records_are_replaced_and_removed_with_their_export(lead: Lead) -> None:
    tables = north(
        sessions=[
            signed("NS1", "N1", "2019-09-02", notes="As it was."),
            signed("NS2", "N2", "2019-10-04"),
        ],
        session_sections=[section("NS1", "Well."), section("NS2", "Fine.")],
        late_entries=[row(session_id="NS1", entered_on="2019-09-09", text="More.")],
        statements=[row(session_id="NS1", by="Ada", on="2019-09-09", text="I see it otherwise.")],
    )
    lead.take("north", tables)
    before = contents(lead.here)
    newer = north(
        sessions=[
            signed("NS1", "N1", "2019-09-02", notes="As it is."),
            session("NS3", "N1", "2019-10-21"),
        ],
        session_sections=[section("NS1", "Very well."), section("NS1", "New.", "2")],
        late_entries=[
            row(session_id="NS1", entered_on="2019-09-09", text="More.", recorded_on="2019-09-10")
        ],
    )
    plan = lead.take("north", newer)
    assert plan.about[-1] == "As the exports now say, 2 signed records will be altered or taken out."
    assert lead.row("session", "NS1")["notes"] == "As it is."
    assert lead.ids("statement") == []
    steps = lead.here.store.changes_of("session", "NS1")
    assert [(each.line.number, each.after["notes"]) for each in steps if each.after] == [
        (2, "As it is."), (1, "As it was."),
    ]  # fmt: skip
    assert lead.is_sound()
    lead.here.undo_change(2)
    assert contents(lead.here) == before
    lead.here.undo_change(3)
    assert lead.row("session", "NS1")["notes"] == "As it is."
    lead.here.remove_source("north")
    assert contents(lead.here) == {}
    lead.here.undo_change(5)
    assert lead.row("session", "NS1")["notes"] == "As it is."
    assert lead.is_sound()
    (shut,) = lead.here.store.database.execute("SELECT count(*) FROM purge_door").fetchone()
    assert shut == 0


# Undo


def test_an_import_is_undone_after_others_that_have_nothing_to_do_with_it(lead: Lead) -> None:
    lead.take("north", north())
    lead.take("south", south())
    lead.take("north", north(sessions=[session("NS3", "N1", "2019-10-21")]))
    lead.here.undo_change(2)
    assert lead.ids("session") == ["NS3"]
    lead.here.undo_change(3)
    assert lead.ids("session") == ["NS1", "NS2"]
    assert lead.source("north").as_at == day("2019-10-04")
    assert lead.is_sound()


def test_an_undo_takes_nothing_that_another_source_holds_too(lead: Lead) -> None:
    """Both files say exactly the same of Ada, so that the second import wrote nothing about her."""
    lead.take("north", north())
    both = {name: [*rows, *south()[name]] for name, rows in north().items()}
    lead.take("both", both, About(source="new"))
    with pytest.raises(LaterChanges) as caught:
        lead.here.undo_change(1)
    assert [number for number, _ in caught.value.changes] == [2]
    lead.here.undo_change(1, with_later=True)
    assert contents(lead.here) == {}
    lead.here.undo_change(3)
    lead.here.remove_source("north")
    assert lead.ids("person") == ["N1", "N2", "S1", "S2"]
    assert lead.source("both").overlaps == {}
    assert lead.is_sound()


def test_an_undo_sees_that_another_source_came_to_hold_a_row_without_altering_it(lead: Lead) -> None:
    """Both hold Hal all along, so that only what they say of the absence is new, the second time unaltered."""
    head = person("H1", "Hal Moss", staff_no="E9")
    away = [row(person_id="H1", kind="study", from_="2019-10-01")]
    ours = north(people=[*north()["people"], head])
    theirs = south(people=[*south()["people"], head])
    for name, tables in (("north", ours), ("south", theirs), ("north", {**ours, "absences": away}),
                         ("south", {**theirs, "absences": away})):  # fmt: skip
        lead.take(name, tables)
    with pytest.raises(LaterChanges) as caught:
        lead.here.undo_change(3)
    assert [number for number, _ in caught.value.changes] == [4]
    assert lead.is_sound()


def test_undo_and_redo_step_by_step(lead: Lead) -> None:
    states = [contents(lead.here)]
    for name, tables in (
        ("north", north()),
        ("south", moved()),
        ("north", north(sessions=[signed("NS1", "N1", "2019-10-21")])),
    ):
        lead.take(name, tables)
        states.append(contents(lead.here))
    for state in states[-2::-1]:
        assert lead.here.store.undo(ME) is not None
        assert contents(lead.here) == state
    for state in states[1:]:
        assert lead.here.store.redo(ME) is not None
        assert contents(lead.here) == state
    assert lead.is_sound()


# Only the teams' exports


READ_ONLY = "This is a service store: its facts come from the teams’ exports and cannot be changed here"


@pytest.mark.parametrize("kind", ["edit", "import", "policy"])
def test_the_facts_of_a_service_store_cannot_be_changed_in_it(lead: Lead, kind: str) -> None:
    lead.take("north", north())
    before = contents(lead.here)
    store = lead.here.store
    for doing in (
        lambda change: change.put("person", {"id": "N1", "name": "Ada B."}),
        lambda change: change.put_all(
            "absence", [{"person_id": "N1", "kind": "study", "from": "2019-01-01"}]
        ),
        lambda change: change.remove("session", "NS1"),
        lambda change: change.remove("source", "1"),
    ):
        with (
            pytest.raises(NotAllowed, match=READ_ONLY),
            store.change("Edit", by=ME, kind=kind) as change,
        ):
            doing(change)
    assert contents(lead.here) == before


def test_policies_of_a_service_store_may_be_changed(lead: Lead) -> None:
    county = read_policy_file(KEPT / "policies" / "county-2018.toml")
    lead.here.add_policies([county])
    assert lead.here.policies() == [county]


def test_a_tracker_is_for_the_teams_own_store(lead: Lead) -> None:
    log = lead.folder / "log.csv"
    write_csv(log, [("Date", "Worker", "Supervisor"), ("14/03/2019", "Ada Byrne", "R. Okafor")])
    with pytest.raises(
        NotAllowed, match=r"log\.csv is no export of Supervise, and a service store takes nothing"
    ):
        lead.here.plan_import(log)


def test_an_ordinary_store_has_no_sources(tmp_path: Path) -> None:
    here = workspace()
    folder = Lead(tmp_path).sent("north", north())
    with here.store:
        assert not here.is_service
        assert not isinstance(here.plan_import(folder), Gathering)
        with pytest.raises(NotAllowed, match="This is no service store"):
            here.sources()
        with pytest.raises(NotAllowed, match="This is no service store"):
            here.plan_import(folder, About(as_at=TODAY.toordinal()))


def test_a_plan_made_before_another_change_is_not_carried_out(lead: Lead) -> None:
    plan = lead.plan("south", south())
    lead.take("north", north())
    with pytest.raises(NotAllowed, match="has been changed since this was looked at"):
        lead.here.carry_out(plan)
    assert lead.ids("person") == ["N1", "N2"]


def test_what_a_newer_export_altered_was_entered_by_nobody_here(lead: Lead) -> None:
    lead.here.add_policies([read_policy_file(KEPT / "policies" / "standards-2020-with-defaults.toml")])
    planned = session(
        "NS1", "N1", "", status="planned", planned_on="2019-03-04", recorded_on="2019-03-01"
    )
    lead.take("north", north(sessions=[planned, session("NS2", "N2", "2019-10-04")]))
    held = session("NS1", "N1", "2019-03-04", recorded_on="2019-03-04", planned_on="2019-03-04")
    lead.take("north", north(sessions=[held, session("NS2", "N2", "2019-10-05")]))
    assert lead.here.changed_gaps(lead.here.clockwork()) == []


# Told


def test_where_answers_come_from() -> None:
    def of(name: str, as_at: str) -> Source:
        return Source(name, name, day(as_at), "entry", TODAY.toordinal(), 1)

    today = TODAY.toordinal()
    two = [of("North", "2019-10-23"), of("South", "2019-09-26")]
    assert in_words(two, today) == [
        "Source: North, as at 23 October 2019 (latest entry), 8 days old.",
        "Source: South, as at 26 September 2019 (latest entry), 35 days old.",
    ]
    many = [*two, of("Leaving Care", "2019-05-12")]
    assert in_words(many, today) == [
        "Sources: 3; oldest: Leaving Care, as at 12 May 2019 (latest entry), 172 days old, which is stale."
    ]
    assert in_words([*many, of("West", "2019-09-25")], today)[0].endswith(" Stale: 2.")
    assert in_words([], today)[0].startswith("Sources: none yet.")


# Whatever the exports and their order


DAYS = ("2019-08-01", "2019-09-02", "2019-10-03")
some = st.sampled_from


@st.composite
def exports(draw: st.DrawFn, *, alike: bool = False) -> Tables:
    """A small export. Whatever has the same id in two is the same thing, said otherwise perhaps, or the same
    where they are `alike`."""

    def maybe(*words: str) -> str:
        return "" if alike else draw(some(["", *words]))

    def person_of(id: str) -> dict[str, str]:
        employed = maybe(*DAYS)
        left = maybe(*(each for each in DAYS if each >= employed))
        return person(id, f"Name of {id}", email=maybe(f"{id}@a.org", f"{id}@b.org"), employed_from=employed,
                      left_on=left, records_from=maybe(*DAYS), recorded_on=maybe(*DAYS))  # fmt: skip

    def session_of(id: str, on: str) -> dict[str, str]:
        make = signed if alike or draw(st.booleans()) else session
        return make(id, "P1", on, minutes=maybe("30", "60"), recorded_on=maybe(*DAYS))

    people = ("P1", "P2")
    posts = [post(id, team, from_, maybe("2019-10-30"), recorded_on=maybe(*DAYS))
             for id in people for team in ("North", "South") for from_ in DAYS[:2] if draw(st.booleans())]  # fmt: skip
    held = [(id, on) for id, on in (("S1", DAYS[0]), ("S2", DAYS[1])) if draw(st.booleans())]
    return {
        "people": [person_of(id) for id in people],
        "posts": posts,
        "sessions": [session_of(id, on) for id, on in held],
        "session_sections": [
            section(id, "Well." if alike else draw(some(["Well.", "Fine."])), position)
            for id, _ in held for position in ("1", "2") if draw(st.booleans())
        ],
        "late_entries": [
            row(session_id=id, entered_on=on, text="More.", recorded_on=maybe(*DAYS))
            for id, on in held if draw(st.booleans())
        ],
        "actions": [
            row(action_id=f"A{id}", session_id=id, person_id="P1", text="Do it", done_on=maybe(*DAYS))
            for id, _ in held if draw(st.booleans())
        ],
    }  # fmt: skip


def said(lead: Lead) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts by id, and of each source what it holds and says otherwise."""
    kinds = ("person", "post", "session", "session_section", "late_entry", "action")
    facts = {kind: list(lead.here.store.rows(kind)) for kind in kinds}
    sources = {each.name: (each.holds, each.beside, each.as_at) for each in lead.here.sources()}
    return facts, sources


@settings(max_examples=30, deadline=None)
@given(exports(), exports(), exports(), some(DAYS), some(DAYS))
def test_what_stands_is_what_the_sources_say_whatever_came_first(
    first: Tables, newer: Tables, other: Tables, as_at: str, others_day: str
) -> None:
    early, late, theirs = (day(each) for each in ("2019-07-01", as_at, others_day))
    orders = (
        [("north", first, early), ("south", other, theirs), ("north", newer, late)],
        [("north", newer, late), ("south", other, theirs)],
        [("south", other, theirs), ("north", newer, late)],
    )
    with TemporaryDirectory() as folder:
        found = []
        for order in orders:
            lead = Lead(Path(folder))
            with lead.here.store:
                states = [contents(lead.here)]
                taken: set[str] = set()
                for name, tables, when in order:
                    lead.take(name, tables, About(when, source=name if name in taken else "new"))
                    taken.add(name)
                    states.append(contents(lead.here))
                    assert lead.is_sound()
                found.append(said(lead))
                lead.here.remove_source("south")
                found.append((said(lead)[0], {}))
                lead.here.store.undo(ME)
                for state in states[-1::-1]:
                    assert contents(lead.here) == state
                    lead.here.store.undo(ME)
        assert found[0] == found[2] == found[4]
        assert found[1] == found[3] == found[5]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(some(["north", "south"]), exports(alike=True)), min_size=4, max_size=5), st.data()
)
def test_any_undo_leaves_what_the_sources_say_or_is_refused(
    imports: list[tuple[str, Tables]], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        lead = Lead(Path(folder))
        with lead.here.store:
            taken: set[str] = set()
            for name, tables in imports:
                lead.take(name, tables, About(day(DAYS[-1]), source=name if name in taken else "new"))
                taken.add(name)
            last = lead.here.history(1)[0].number
            for _ in range(2):
                before = contents(lead.here)
                try:
                    lead.here.undo_change(
                        data.draw(st.integers(1, last)), with_later=data.draw(st.booleans())
                    )
                except NotAllowed:
                    assert contents(lead.here) == before
                assert lead.is_sound()


def test_the_days_of_these_tests_are_before_today() -> None:
    assert max(DAYS) < date.isoformat(TODAY)


# A whole service


def of_team(folder: Path, team: str) -> Tables:
    """What a team's manager would export of the sample service: everyone who was ever in the team with all that
    is theirs, their posts in this team only, and whoever is named beside them."""
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    tables["posts"] = [each for each in tables["posts"] if each["team"] == team]
    members = {each["person_id"] for each in tables["posts"]}
    for name in ("sessions", "absences", "variations"):
        tables[name] = [each for each in tables[name] if each["person_id"] in members]
    named = {
        each.get(column, "")
        for rows in tables.values()
        for each in rows
        for column in ("person_id", "supervisor_id")
        if rows is not tables["people"]
    }
    tables["people"] = [each for each in tables["people"] if each["person_id"] in named]
    return tables


def answers(here: Workspace) -> list[dict[str, Any]]:
    """Where everyone stands, every gap, and the measures of a year by team."""
    clockwork, first, last = here.clockwork(), day("2018-11-01"), TODAY.toordinal()
    board, gaps = here.board(clockwork), here.gaps(clockwork)
    measured = here.measures(clockwork, first, last, "team")
    return [
        Said(clockwork, board[0], None).status(board[1]), Said(clockwork, gaps[0], None).gaps(gaps[1]),
        Said(clockwork, measured[0], None).measures(measured[1], first, last),
    ]  # fmt: skip


@pytest.mark.parametrize("order", [1, -1], ids=["in order", "the other way"])
def test_the_sample_service_gathered_team_by_team_answers_as_one(lead: Lead, order: int) -> None:
    with open(KEPT / "service" / "posts.csv", encoding="utf-8", newline="") as file:
        teams = sorted({each["team"] for each in csv.DictReader(file)})
    lead.here.add_policies(
        [read_policy_file(path) for path in sorted((KEPT / "policies").glob("*.toml"))]
    )
    for team in teams[::order]:
        plan = lead.take(team, of_team(KEPT / "service", team), About(TODAY.toordinal()))
        assert plan.replaces is None
    one = workspace()
    with one.store:
        one.add_policies(lead.here.policies())
        one.carry_out(one.plan_import(KEPT / "service"))
        for kind in ("person", "session"):
            assert list(lead.here.store.rows(kind)) == list(one.store.rows(kind))
        assert answers(lead.here) == answers(one)
    assert len(lead.here.sources()) == len(teams) == 7
    assert lead.stands()
