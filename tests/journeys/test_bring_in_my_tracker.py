"""A manager drops her spreadsheet on the program, and next month its next copy."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from supervise.errors import BadFile, NotAllowed
from supervise.exchange.plan import Plan
from supervise.exchange.tracker.answers import Answers, as_toml, read_answers
from supervise.exchange.tracker.found import Reading
from supervise.places import resource
from supervise.policy_files import read_policy_file
from supervise.store import memory_store
from supervise.workdays import day, iso
from supervise.workspace import Workspace
from tests.making import ME

TODAY = day("2017-03-14")
TITLES = ["Name", "Job title", "Start date", "Jan-17", "Feb-17", "Mar-17", "Comments"]
ADA: list[Any] = ["Ada Quill", "SW", date(2016, 5, 2), "17/1", date(2017, 2, 14), None, None]
BO: list[Any] = ["Bo Marsh", "NQSW", None, "12/1 & 26/1", "sick", "tbc", "new"]


def _now() -> datetime:
    return datetime(2017, 3, 14, 9, 30, tzinfo=UTC)


class Desk:
    """The manager's store, and a spreadsheet that she keeps changing."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "Duty team.xlsx"
        self.here = Workspace(memory_store(_now), today=lambda: TODAY, me=ME)
        self.here.add_policies(
            [read_policy_file(resource("policies", "standards-2020-with-defaults.toml"))]
        )

    def write(self, *rows: list[Any], titles: list[str] = TITLES) -> None:
        book = Workbook()
        book.active.title = "Duty"
        for row in (titles, *rows):
            book.active.append(row)
        book.save(self.path)

    def plan(self, *rows: list[Any], said: Answers | None = None, titles: list[str] = TITLES) -> Plan:
        if rows:
            self.write(*rows, titles=titles)
        return self.here.plan_import(self.path, answered=said)

    def take(self, *rows: list[Any], said: Answers | None = None, titles: list[str] = TITLES) -> Plan:
        plan = self.plan(*rows, said=said, titles=titles)
        self.here.carry_out(plan)
        return plan

    def sessions(self) -> list[tuple[str, str, str]]:
        people = {row["id"]: row["name"] for row in self.here.store.rows("person")}
        rows = self.here.store.rows("session")
        return sorted((people[row["person_id"]], row["held_on"], row["status"]) for row in rows)

    def person(self, name: str) -> dict[str, Any]:
        return next(row for row in self.here.store.rows("person") if row["name"] == name)

    def session(self, held_on: str) -> dict[str, Any]:
        return next(row for row in self.here.store.rows("session") if row["held_on"] == held_on)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    with desk.here.store:
        yield desk


def cells(plan: Plan) -> dict[str, str]:
    assert plan.tracker is not None
    return {each.written: each.said for each in plan.tracker.readings}


def test_she_sees_how_every_cell_was_read_before_anything_is_stored(desk: Desk) -> None:
    plan = desk.plan(ADA, BO)
    assert cells(plan) == {
        "17/1": "held on 17 Jan 2017",
        "12/1 & 26/1": "held on 12 Jan 2017 and 26 Jan 2017",
        "sick": "not held: “sick”; an absence is offered, whose dates you give",
        "tbc": "left out",
    }
    assert plan.about == ["Duty team.xlsx, sheet Duty was read as a matrix."]
    assert plan.notes == [
        "Duty team.xlsx, sheet Duty, line 1, column G: the column “Comments” was left out."
    ]
    assert desk.sessions() == []


def test_records_begin_with_the_first_column_and_no_gap_is_late_before_it(desk: Desk) -> None:
    plan = desk.take(ADA, BO)
    assert plan.tracker is not None
    assert plan.tracker.assumptions == [
        "Records of 2 people begin on 1 Jan 2017: nothing is late before that.",
        "Not in the file, and assumed: Bo Marsh: in post since 1 Jan 2017.",
    ]
    assert desk.person("Ada Quill")["records_from"] == "2017-01-01"
    _, gaps = desk.here.gaps(desk.here.clockwork())
    assert all(iso(gap.first_late_day) >= "2017-01-01" for gap in gaps)
    assert [gap.subject for gap in gaps] == [desk.person("Bo Marsh")["id"]], (
        "two weeks without supervision"
    )


def test_the_records_are_kept_elsewhere_and_the_reason_of_a_month_is_kept(desk: Desk) -> None:
    desk.take(ADA, BO)
    assert desk.session("2017-02-14")["record_kept"] == "Duty team.xlsx"
    (reason,) = desk.here.store.rows("explanation")
    assert (reason["from"], reason["to"]) == ("2017-02-01", "2017-02-28")
    assert "sick" not in reason["reason"], "what an absence is called is nobody else's business"
    assert list(desk.here.store.rows("absence")) == [], "its dates are for a person to give"


def test_she_corrects_a_cell_and_gives_an_absence_its_dates(desk: Desk, tmp_path: Path) -> None:
    plan = desk.plan(ADA, BO)
    keys = {each.written: each.key for each in plan.tracker.readings} if plan.tracker else {}
    answers = Answers(cells={keys["tbc"]: "9/3/2017", keys["sick"]: "sickness 30/1/2017 to 28/2/2017"})
    file = tmp_path / "answers.toml"
    file.write_text(as_toml(answers, {}), "utf-8")
    desk.take(said=read_answers(file))
    assert ("Bo Marsh", "2017-03-09", "held") in desk.sessions()
    (absence,) = desk.here.store.rows("absence")
    assert (absence["kind"], absence["from"], absence["to"]) == ("sickness", "2017-01-30", "2017-02-28")


def test_nothing_is_asked_twice(desk: Desk) -> None:
    plan = desk.plan(ADA, BO)
    (key,) = [each.key for each in plan.tracker.readings if not each.taken] if plan.tracker else []
    desk.take(said=Answers(cells={key: "skip"}))
    assert cells(desk.plan())["tbc"] == "nothing"
    assert desk.plan().does_nothing


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    desk.take(ADA, BO)
    before = desk.here.store.head()
    again = desk.plan()
    assert again.does_nothing
    assert (again.changed, again.kept, again.problems) == ([], [], [])
    assert desk.here.store.head() == before


def test_next_months_copy_adds_what_is_new_whatever_it_is_called(desk: Desk) -> None:
    desk.take(ADA, BO)
    desk.path = desk.path.with_name("Duty team (April).xlsx")
    titles = [*TITLES[:-1], "Apr-17", "Comments"]
    plan = desk.plan([*ADA[:5], "7/3", None, None], [*BO[:5], "9/3", None, None], titles=titles)
    assert plan.added == {"session": 2}
    assert (plan.changed, plan.kept) == ([], [])


def test_what_was_edited_here_is_kept_and_the_difference_listed(desk: Desk) -> None:
    desk.take(ADA, BO)
    session = desk.session("2017-02-14")
    with desk.here.store.change("Correct the day", by=ME) as change:
        change.put("session", {**session, "held_on": "2017-02-15"})
    plan = desk.take()
    assert [(each.stored, each.given, each.kept) for each in plan.kept] == [
        ("2017-02-15", "2017-02-14", "edited here")
    ]
    assert ("Ada Quill", "2017-02-15", "held") in desk.sessions()
    assert ("Ada Quill", "2017-02-14", "held") not in desk.sessions()


def test_a_cell_that_has_gone_deletes_nothing_but_is_told(desk: Desk) -> None:
    desk.take(ADA, BO)
    plan = desk.plan([*ADA[:4], None, None, None], BO)
    assert plan.does_nothing
    assert (
        "The session with Ada Quill on 14 Feb 2017 came from an earlier copy and is not in this file. It stays."
        in plan.notes
    )


def test_a_session_that_is_here_already_is_not_taken_twice(desk: Desk) -> None:
    desk.take(BO)
    person = desk.person("Bo Marsh")["id"]
    with desk.here.store.change("Record", by=ME) as change:
        change.put("session", {"person_id": person, "kind": "one_to_one", "status": "held",
                               "held_on": "2017-02-20", "minutes": 60}, recorded=True)  # fmt: skip
    plan = desk.plan([*BO[:4], "20/2", None, None])
    assert plan.added == {}
    assert len([each for each in desk.sessions() if each[1] == "2017-02-20"]) == 1


def test_undo_takes_the_whole_import_back(desk: Desk) -> None:
    before = desk.sessions()
    desk.take(ADA, BO)
    desk.here.store.undo(ME)
    assert desk.sessions() == before == []
    assert list(desk.here.store.rows("person")) == []


def test_somebody_nearly_of_that_name_is_asked_about_and_never_merged(desk: Desk) -> None:
    desk.take(ADA)
    near = ["Ada Quil", "SW", None, "20/1", None, None, None]
    plan = desk.plan(near)
    (question,) = [each for each in plan.tracker.questions if each.needed] if plan.tracker else []
    assert question.words.startswith("Who is Ada Quil? Perhaps Ada Quill (")
    with pytest.raises(NotAllowed):
        desk.here.carry_out(plan)
    desk.take(said=Answers(names={"Ada Quil": "Ada Quill"}))
    assert ("Ada Quill", "2017-01-20", "held") in desk.sessions()
    assert len(list(desk.here.store.rows("person"))) == 1


def test_somebody_new_who_is_said_to_be_new_stays_a_person_of_their_own(desk: Desk) -> None:
    desk.take(ADA)
    near = ["Ada Quil", "SW", None, "20/1", None, None, None]
    desk.take(near, said=Answers(names={"Ada Quil": "new"}))
    assert {row["name"] for row in desk.here.store.rows("person")} == {"Ada Quill", "Ada Quil"}
    assert desk.plan(near).does_nothing, "and nobody is asked again"


def test_a_supervisor_who_is_only_a_name_becomes_a_person_without_a_post(
    desk: Desk, tmp_path: Path
) -> None:
    desk.path = tmp_path / "log.csv"
    with open(desk.path, "w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows(
            [
                ["Date", "Worker", "Supervisor", "Length"],
                ["14/02/2017", "Ada Quill", "R. Okafor", "1h 30"],
            ]
        )
    desk.take()
    okafor = desk.person("R. Okafor")
    assert [row for row in desk.here.store.rows("post") if row["person_id"] == okafor["id"]] == []
    session = desk.session("2017-02-14")
    assert (session["supervisor_id"], session["minutes"]) == (okafor["id"], 90)


def test_a_new_job_title_is_listed_because_the_file_does_not_say_since_when(desk: Desk) -> None:
    desk.take(ADA)
    plan = desk.plan(["Ada Quill", "Senior Social Worker", *ADA[2:]])
    assert [(each.stored, each.given) for each in plan.kept] == [
        ("social_worker", "senior_social_worker")
    ]
    assert plan.does_nothing


def test_a_file_that_is_no_tracker_is_told_in_a_sentence(desk: Desk) -> None:
    with pytest.raises(BadFile) as told:
        desk.plan(["Milk", "2 l"], ["Bread", "1"], titles=["What", "How much"])
    assert "does not look like a supervision tracker" in told.value.sentence
    assert told.value.remedy


def test_months_without_a_year_are_asked_about(desk: Desk) -> None:
    titles = ["Name", "Apr", "May", "Jun"]
    row = ["Ada Quill", "3/4", "2/5", None]
    with pytest.raises(BadFile):
        desk.plan(row, titles=titles)
    plan = desk.plan(said=Answers(sheets={"Duty": "2016"}))
    assert cells(plan) == {"3/4": "held on 3 Apr 2016", "2/5": "held on 2 May 2016"}


def test_thousands_of_doubts_are_all_listed(desk: Desk) -> None:
    rows = [
        [f"Ada {chr(65 + n // 26 % 26)}{chr(97 + n % 26)}quill{n}", "SW", None, "??", "tbc", "31/2"]
        for n in range(700)
    ]
    plan = desk.plan(*rows, titles=TITLES[:-1])
    assert plan.tracker is not None
    assert len([each for each in plan.tracker.readings if not each.taken]) == 2100


def test_an_absence_is_dated_by_two_days_alone(desk: Desk) -> None:
    plan = desk.plan(ADA, BO)
    keys = {each.written: each.key for each in plan.tracker.readings} if plan.tracker else {}
    desk.take(said=Answers(cells={keys["sick"]: "30/1/2017 to 28/2/2017"}))
    (absence,) = desk.here.store.rows("absence")
    assert (absence["kind"], absence["from"], absence["to"]) == ("sickness", "2017-01-30", "2017-02-28")


def test_an_answer_that_says_nothing_leaves_the_cell_out_and_is_told(desk: Desk) -> None:
    plan = desk.plan(ADA, BO)
    keys = {each.written: each.key for each in plan.tracker.readings} if plan.tracker else {}
    again = desk.plan(said=Answers(cells={keys["17/1"]: "banana"}))
    assert ("left out", ("the answer “banana” is not understood",)) in [
        (each.said, each.doubts) for each in (again.tracker.readings if again.tracker else ())
    ]


def log(desk: Desk, folder: Path, *lines: str) -> Plan:
    desk.path = folder / "log.csv"
    desk.path.write_text("\n".join(lines) + "\n", "utf-8")
    return desk.plan()


def readings(plan: Plan) -> list[Reading]:
    assert plan.tracker is not None
    return plan.tracker.readings


def doubted(plan: Plan) -> list[str]:
    return [each.written for each in readings(plan) if each.doubts]


def statuses(plan: Plan) -> list[str]:
    return [row["status"] for row in plan.rows["session"]]


def test_a_log_says_which_sessions_were_not_held(desk: Desk, tmp_path: Path) -> None:
    plan = log(
        desk, tmp_path, "Date,Worker,Type,Outcome,Notes",
        "7/2/2017,Ada Quill,1:1,Held,", "8/2/2017,Ada Quill,1:1,Apologies,", "9/2/2017,Ada Quill,1:1,Not completed,",
        "10/2/2017,Ada Quill,1:1,,Cancelled - sick", "13/2/2017,Ada Quill,Training & 1:1,,",
        "14/2/2017,Ada Quill,DNA,,", "15/2/2017,Ada Quill,1:1,Draft,",
    )  # fmt: skip
    assert statuses(plan) == ["held", "missed", "cancelled", "cancelled", "held", "missed", "held"]
    assert doubted(plan) == ["Cancelled - sick", "Draft"]


def test_a_slip_of_the_pen_does_not_put_the_beginning_years_back(desk: Desk, tmp_path: Path) -> None:
    days = ["3/5/2007", *(f"{number}/2/2017" for number in range(6, 16))]
    plan = log(desk, tmp_path, "Date,Worker", *(f"{when},Ada Quill" for when in days))
    assert len(plan.rows["session"]) == 10
    assert plan.rows["person"][0]["records_from"] == "2017-02-06"
    assert [each.doubts for each in readings(plan)] == [
        ("3 May 2007 lies years away from all other dates",)
    ]


def test_a_line_with_dates_and_nobodys_name_is_told(desk: Desk) -> None:
    plan = desk.plan(ADA, [None, None, None, "20/1", "17/2", None, None])
    assert [each.written for each in readings(plan) if not each.taken] == ["20/1", "17/2"]


def test_the_key_over_a_table_says_what_a_cross_means(desk: Desk) -> None:
    for key, status in (("x = supervision held", "held"), ("X - supervision did not take place", None)):
        desk.write(["Name", "Jan-17", "Feb-17"], ["Ada Quill", "x", "14/2"], titles=[key])
        plan = desk.plan()
        held = [row for row in plan.rows["session"] if row["held_on"] == "2017-01-15"]
        assert [row["status"] for row in held] == ([status] if status else [])
