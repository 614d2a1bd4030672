"""Writing up a supervision: sheets, drafts, finishing, signing, and what comes after. Everybody is made up."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.doing.agendas import BUILT_IN, agenda
from supervise.doing.evidence import Evidence
from supervise.doing.here import Here
from supervise.doing.looking import Looking
from supervise.doing.sheet import (
    CASE_TEXT,
    Heading,
    Sheet,
    SheetAction,
    SheetDiscussion,
    SheetSection,
    read_sheet,
)
from supervise.doing.writing import SINCE, Writing
from supervise.errors import BadQuestion, NotAllowed
from supervise.store import Store, memory_store
from supervise.workdays import Day, day, iso
from tests.making import LONG_NOTE, ME, MONTHLY, NASTY_PROSE

MARCH = day("2017-03-14")
LONG_ENOUGH = MONTHLY.replace('counts = ["one_to_one"]', 'counts = ["one_to_one"]\nmin_minutes = 90')


class Desk:
    """A manager's desk: a store in memory, a clock that is set by hand, and what is done here."""

    def __init__(self, on: Day = MARCH, *, service: bool = False) -> None:
        self.on = on
        self.store: Store = memory_store(self.now, service=service)
        self.here = Here(self.store, lambda: self.on, ME)
        self.writing, self.evidence = Writing(self.here), Evidence(self.here)

    def now(self) -> datetime:
        return datetime.fromordinal(self.on).replace(hour=10, minute=42, tzinfo=UTC)

    def put(self, kind: str, /, **row: Any) -> str:
        with self.store.change(f"Put {kind}", by=ME) as change:
            return change.put(kind, row)

    def sessions(self) -> dict[str, dict[str, Any]]:
        return {row["id"]: row for row in self.store.rows("session")}

    def hold(self, on: str, *, finish: bool = True, **texts: str) -> Sheet:
        """Ada's one-to-one of a day, with words under headings, on the day itself."""
        self.on = max(self.on, day(on))
        sheet = self.writing.begin("ada", day(on))
        sheet.sections = [SheetSection(heading=heading, text=text) for heading, text in texts.items()]
        if finish:
            self.writing.finish(sheet)
        return sheet


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    with desk.store.change("Begin", by=ME) as change:
        change.put("person", {"id": "bo", "name": "Bo Marsh"})
        change.put("person", {"id": "ada", "name": "Ada Quill", "employed_from": "2016-01-04"})
        post = {"person_id": "ada", "team": "North", "role": "social_worker", "from": "2016-01-04"}
        change.put("post", {**post, "supervisor_id": "bo"})
        change.put("policy", {"id": "p", "title": "Monthly", "toml": LONG_ENOUGH})
    return desk


def full_sheet() -> Sheet:
    """A sheet with every field filled."""
    return Sheet(
        session="s1", person="ada", supervisor="bo", held_on=MARCH, started_at="10:00", minutes=95,
        interrupted=False, place="Room 3", notes="More.", left_open=["a0"],
        sections=[SheetSection(heading="Wellbeing", position=1, prompt="How are you?", text="Well.")],
        actions=[SheetAction(text="Book leave", owner="Ada Quill", due_on=MARCH + 14)],
        discussions=[SheetDiscussion(case_ref="C-12", recorded_on_file=MARCH)],
    )  # fmt: skip


def sentences(desk: Desk, sheet: Sheet, *, forbidding: bool) -> list[str]:
    return [each.sentence for each in desk.writing.problems(sheet) if each.forbids is forbidding]


# --- Sheets and drafts

texts = st.text(max_size=40) | st.sampled_from(NASTY_PROSE)
days = st.none() | st.integers(day("1900-01-01"), day("2199-12-31"))
actions = st.builds(SheetAction, text=texts, owner=st.none() | texts, due_on=days, done_on=days)
sections = st.builds(SheetSection, heading=texts, prompt=st.none() | texts, text=texts)
discussions = st.builds(
    SheetDiscussion, case_ref=texts, recorded_on_file=days, decision=st.none() | texts
)
sheets = st.builds(
    Sheet,
    person=texts,
    held_on=days,
    minutes=st.none() | st.integers(),
    interrupted=st.none() | st.booleans(),
    notes=texts,
    sections=st.lists(sections, max_size=3),
    actions=st.lists(actions, max_size=3),
    discussions=st.lists(discussions, max_size=3),
)


@given(sheets)
def test_a_sheet_comes_back_as_it_was_kept(sheet: Sheet) -> None:
    assert read_sheet(sheet.to_json()) == sheet


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_whatever_else_is_kept_is_told_of(body: str) -> None:
    with pytest.raises(NotAllowed, match="cannot be read, and stays"):
        read_sheet(body)


def test_a_version_that_never_was_cannot_be_read() -> None:
    with pytest.raises(NotAllowed, match="cannot be read"):
        read_sheet(json.dumps({"version": 0, "sheet": {}}))


@pytest.mark.parametrize("name", [field.name for field in fields(Sheet)])
def test_a_draft_with_a_field_that_is_missing_wrong_or_unknown_is_not_half_read(name: str) -> None:
    kept = json.loads(full_sheet().to_json())
    for alter in (
        lambda sheet: sheet.pop(name),
        lambda sheet: sheet.update({name: {"a": 1}}),
        lambda sheet: sheet.update({f"{name}_2": None}),
    ):
        told = json.loads(json.dumps(kept))
        alter(told["sheet"])
        with pytest.raises(NotAllowed, match="cannot be read"):
            read_sheet(json.dumps(told))


def test_a_newer_draft_says_so(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="newer version of Supervise, and stays as it is"):
        read_sheet(json.dumps({"version": 2, "sheet": {}}))


def test_a_draft_that_cannot_be_read_is_listed_kept_and_never_written_over(desk: Desk) -> None:
    desk.put("session", id="s1", person_id="ada", kind="one_to_one", status="planned")
    desk.store.drafts.put("session:s1", "half a dra")
    (unfinished,) = desk.writing.drafts()
    assert (unfinished.session, unfinished.name, unfinished.readable) == ("s1", "Ada Quill", False)
    for use in (
        lambda: desk.writing.begin("ada", MARCH, "s1"),
        lambda: desk.writing.keep(full_sheet()),
    ):
        with pytest.raises(NotAllowed, match="cannot be read"):
            use()
    assert desk.store.drafts.get("session:s1") == "half a dra"
    desk.writing.discard("s1")
    assert desk.writing.drafts() == []
    assert desk.writing.begin("ada", MARCH, "s1").session == "s1"


def test_a_draft_is_taken_up_where_it_was_left(desk: Desk) -> None:
    sheet = desk.writing.begin("ada", MARCH)
    sheet.sections[0].text = LONG_NOTE
    desk.writing.keep(sheet)
    again = desk.writing.begin("ada", MARCH)
    assert again == sheet and desk.writing.begin("ada", MARCH, sheet.session) == sheet
    (unfinished,) = desk.writing.drafts()
    of_it = (sheet.session, "ada", "Ada Quill", desk.now(), True, MARCH, "one_to_one", True)
    assert unfinished == of_it and desk.writing.kept.about("ada") == [of_it]
    assert desk.writing.kept.about("bo") == []
    for other in (
        desk.writing.begin("ada", MARCH - 1),
        desk.writing.begin("bo", MARCH),
        desk.writing.begin("ada", MARCH, kind="group"),
    ):
        assert other.session != sheet.session


def test_the_draft_of_a_booked_session_is_not_taken_for_another(desk: Desk) -> None:
    desk.put("session", id="s1", person_id="ada", kind="one_to_one", status="planned")
    desk.writing.keep(desk.writing.begin("ada", MARCH, "s1"))
    assert desk.writing.begin("ada", MARCH).session != "s1"


def test_other_drafts_are_nobodys_record(desk: Desk) -> None:
    desk.store.drafts.put("booking:1", "{}")
    assert desk.writing.drafts() == []


def test_a_draft_outlives_the_session_it_was_planned_as(desk: Desk) -> None:
    desk.put("session", id="s1", person_id="ada", kind="one_to_one", status="planned")
    sheet = desk.writing.begin("ada", MARCH, "s1")
    sheet.notes = "Kept."
    desk.writing.keep(sheet)
    desk.store.undo(ME)
    assert desk.writing.begin("ada", MARCH, "s1").notes == "Kept."
    desk.writing.finish(sheet)
    assert desk.sessions()["s1"]["notes"] == "Kept."


# --- Agendas


def template(name: str, team: str | None, *headings: str) -> list[dict[str, Any]]:
    return [
        {"template": name, "team": team, "position": n, "heading": heading, "prompt": None, "part": None}
        for n, heading in enumerate(headings)
    ]


def test_the_agenda_is_the_teams_own_then_the_general_one_then_ours() -> None:
    general, own = template("One-to-one", None, "A", "B"), template("Ours", "North", "C")

    def headings(rows: list[dict[str, Any]], team: str | None, **more: Any) -> list[str]:
        found = agenda(rows, team, more.get("role"), more.get("kind", "one_to_one"))
        return [each.heading for each in found]

    assert headings(own + general, "North") == ["C"]
    assert headings(own + general, "South") == headings(own + general, None) == ["A", "B"]
    assert agenda([], "North", None, "one_to_one") == list(BUILT_IN)
    assert headings(general[::-1], None) == ["A", "B"]
    assert headings(general, None, kind="ad_hoc") == []


def test_a_template_called_after_a_role_or_kind_is_for_that_alone() -> None:
    rows = [
        *template("General", None, "A"),
        *template("Newly qualified", "North", "N"),
        *template("Group supervision", None, "G"),
    ]

    def first(team: str, role: str | None, kind: str = "one_to_one") -> str:
        return agenda(rows, team, role, kind)[0].heading

    assert first("North", "nqsw") == "N"
    assert first("North", "social_worker") == first("South", "nqsw") == "A"
    assert first("South", "social_worker", "group") == "G"


def test_a_changed_template_counts_for_new_records_only(desk: Desk) -> None:
    desk.put("template", id="t", template="General", position=1, heading="Before", prompt="Ask this.")
    held = desk.writing.begin("ada", MARCH - 7)
    assert [(each.heading, each.prompt) for each in held.sections] == [("Before", "Ask this.")]
    desk.writing.finish(held)
    begun = desk.writing.begin("ada", MARCH)
    desk.writing.keep(begun)
    desk.put("template", id="t", heading="After")
    assert [each.heading for each in desk.writing.begin("ada", MARCH).sections] == ["Before"]
    again = desk.writing.begin("ada", MARCH - 7, held.session)
    assert [each.heading for each in again.sections] == ["Before"]
    assert [each.heading for each in desk.writing.begin("ada", MARCH - 1).sections] == ["After"]
    assert desk.writing.agenda("North") == [Heading(heading="After", prompt="Ask this.")]


# --- Beginning and finishing


def test_a_planned_session_begins_with_what_is_known_of_it(desk: Desk) -> None:
    desk.put(
        "session", id="s1", person_id="ada", kind="one_to_one", status="planned", planned_on="2017-03-14",
        planned_start="10:00", place="Room 3",
    )  # fmt: skip
    sheet = desk.writing.begin("ada", MARCH, "s1")
    assert (sheet.session, sheet.supervisor, sheet.held_on) == ("s1", "bo", MARCH)
    assert (sheet.started_at, sheet.place, sheet.interrupted) == ("10:00", "Room 3", None)
    assert [each.heading for each in sheet.sections] == [each.heading for each in BUILT_IN]


def test_finishing_is_one_change_that_one_undo_takes_back(desk: Desk) -> None:
    desk.put("session", id="s1", person_id="ada", kind="one_to_one", status="planned")
    sheet = full_sheet()
    desk.writing.keep(sheet)
    change = desk.writing.finish(sheet)
    assert change.touched == {"session", "session_section", "action", "case_discussion"}
    assert change.label == "Record supervision with Ada Quill, 14 Mar 2017"
    assert desk.writing.drafts() == []
    record = desk.store.record("s1")
    assert (record.session.status, record.session.held_on, record.session.minutes) == ("held", MARCH, 95)
    assert (record.session.recorded_on, record.session.notes) == (MARCH, "More.")
    assert [(each.heading, each.text) for each in record.sections] == [("Wellbeing", "Well.")]
    assert [(each.text, each.due_on, each.carried) for each in record.actions] == [
        ("Book leave", MARCH + 14, 0)
    ]
    assert [each.case_ref for each in record.discussions] == ["C-12"]
    desk.store.undo(ME)
    assert desk.sessions()["s1"]["status"] == "planned"
    assert list(desk.store.rows("action")) == list(desk.store.rows("session_section")) == []


def test_headings_without_words_stay_in_the_record_and_blank_lines_of_lists_do_not(desk: Desk) -> None:
    sheet = desk.writing.begin("ada", MARCH)
    sheet.sections[2].text = "  \n"
    sheet.actions.append(SheetAction())
    sheet.discussions.append(SheetDiscussion(case_ref=" "))
    desk.writing.finish(sheet)
    record = desk.store.record(sheet.session)
    assert [each.heading for each in record.sections] == [each.heading for each in BUILT_IN]
    assert {each.text for each in record.sections} == {None}
    assert (record.actions, record.discussions) == ((), ())


@pytest.mark.parametrize("words", [*NASTY_PROSE, LONG_NOTE, "\ud83d half a face", "nul \0 byte"])
def test_any_words_are_recorded_as_they_were_written(desk: Desk, words: str) -> None:
    sheet = desk.writing.begin("ada", MARCH)
    sheet.sections[0].text = sheet.notes = words
    sheet.actions.append(SheetAction(text=words, owner=words))
    desk.writing.keep(sheet)
    desk.writing.finish(desk.writing.begin("ada", MARCH))
    record = desk.store.record(sheet.session)
    expected = words.replace("\ud83d", "\N{REPLACEMENT CHARACTER}")
    assert record.sections[0].text == record.session.notes == record.actions[0].text == expected


def test_a_finished_record_reads_back_and_finishing_it_again_alters_nothing(desk: Desk) -> None:
    desk.writing.finish(full_sheet())
    before = desk.store.history()
    again = desk.writing.begin("ada", MARCH, "s1")
    assert replace(again, left_open=["a0"]) == replace(
        full_sheet(),
        sections=[
            replace(again.sections[0], prompt="How are you, at work and around it? What would help?")
        ],
        actions=again.actions,
        discussions=again.discussions,
    )
    assert desk.writing.finish(again).number is None
    assert desk.store.history() == before


def test_altering_a_record_keeps_what_it_was_in_the_history(desk: Desk) -> None:
    desk.writing.finish(full_sheet())
    desk.on += 3
    again = desk.writing.begin("ada", MARCH, "s1")
    again.sections[0].text = "Very well."
    again.sections.append(SheetSection(heading="Learning", text="A course."))
    again.actions.clear()
    change = desk.writing.finish(again)
    assert change.label == "Alter the record of supervision with Ada Quill, 14 Mar 2017"
    record = desk.store.record("s1")
    assert [(each.position, each.text) for each in record.sections] == [
        (1, "Very well."),
        (2, "A course."),
    ]
    assert record.actions == ()
    desk.store.undo(ME)
    assert desk.store.record("s1").sections[0].text == "Well."


def test_a_section_of_an_imported_record_keeps_its_number(desk: Desk) -> None:
    desk.put("session", id="s1", person_id="ada", kind="one_to_one", status="held", held_on="2017-03-01")
    for n in (5, 7):
        desk.put(
            "session_section", session_id="s1", position=n, part="case", heading=f"No {n}", text="x"
        )
    sheet = desk.writing.begin("ada", MARCH, "s1")
    sheet.supervisor, sheet.minutes = "bo", 95
    desk.writing.finish(sheet)
    assert [each.position for each in desk.store.record("s1").sections] == [5, 7]


def test_what_forbids_it_leaves_everything_as_it_was(desk: Desk) -> None:
    sheet = full_sheet()
    sheet.held_on = MARCH + 1
    desk.writing.keep(sheet)
    with pytest.raises(NotAllowed, match="15 Mar 2017 is still to come"):
        desk.writing.finish(sheet)
    assert desk.sessions() == {} and len(desk.writing.drafts()) == 1


def test_another_session_or_none_is_not_begun(desk: Desk) -> None:
    with pytest.raises(BadQuestion, match="not here any more"):
        desk.writing.begin("ada", MARCH, "nowhere")
    desk.writing.finish(full_sheet())
    with pytest.raises(BadQuestion, match="somebody else"):
        desk.writing.begin("bo", MARCH, "s1")


def test_nothing_is_written_in_a_service_store() -> None:
    desk = Desk(service=True)
    with pytest.raises(NotAllowed, match="service store"):
        desk.writing.begin("ada", MARCH)
    with pytest.raises(NotAllowed, match="service store"):
        desk.writing.finish(full_sheet())


# --- What is looked at before


@pytest.mark.parametrize(
    ("alter", "sentence"),
    [
        ({"held_on": None}, "Say on which day it was held."),
        ({"held_on": day("1917-03-14") - 30}, "That day is more than a hundred years away."),
        ({"held_on": day("2117-04-30")}, "That day is more than a hundred years away."),
        ({"held_on": MARCH + 1}, "15 Mar 2017 is still to come."),
        ({"minutes": -1}, "The length has to be between nothing and a whole day"),
        ({"minutes": 1441}, "The length has to be between nothing and a whole day"),
        ({"started_at": "25:00"}, "Write the time like 09:30."),
        ({"started_at": "9.30"}, "Write the time like 09:30."),
        ({"person": "nobody"}, "The person whose supervision this is, is not here any more."),
        ({"supervisor": "nobody"}, "The supervisor named is not here any more."),
        ({"supervisor": "ada"}, "Nobody can be their own supervisor."),
        ({"sections": [SheetSection(heading=" ", text="x")]}, "A heading has no words."),
        ({"actions": [SheetAction(owner="Bo")]}, "An action has no words."),
        (
            {"actions": [SheetAction(text="x", done_on=MARCH + 1)]},
            "“x” is marked as done on a day still",
        ),
        (
            {"actions": [SheetAction(text="x", due_on=1)]},
            "“x” has a day outside the years 1900 to 2199.",
        ),
        ({"discussions": [SheetDiscussion(recorded_on_file=MARCH)]}, "A case has no reference."),
        (
            {"discussions": [SheetDiscussion(case_ref="C", recorded_on_file=MARCH + 1)]},
            "Case C is marked as recorded",
        ),
        (
            {"discussions": [SheetDiscussion(case_ref="C", decision="Step down")]},
            "What is decided in case C belongs on the child’s own file.",
        ),
    ],
)
def test_what_cannot_be_is_forbidden(desk: Desk, alter: dict[str, Any], sentence: str) -> None:
    sheet = replace(full_sheet(), **alter)
    assert any(each.startswith(sentence) for each in sentences(desk, sheet, forbidding=True))
    with pytest.raises(NotAllowed):
        desk.writing.finish(sheet)
    assert desk.sessions() == {}


@pytest.mark.parametrize(
    ("alter", "sentence"),
    [
        (
            {"held_on": day("2015-12-31")},
            "Ada Quill began with the council on 4 Jan 2016, after that day.",
        ),
        ({"person": "bo", "supervisor": "ada"}, "Bo Marsh had no post on 14 Mar 2017"),
        ({"minutes": 0}, "The length is 0 minutes."),
        ({"minutes": 601}, "601 minutes is more than ten hours."),
        ({"minutes": 89}, "89 minutes; the policy asks for 90 minutes."),
        ({"supervisor": None}, "No supervisor is named."),
        ({"sections": [], "notes": " "}, "Nothing is written under any heading yet."),
        (
            {"actions": [SheetAction(text="x " * 99, due_on=MARCH - 1)]},
            "“x x x x x x x x x x x x x x x x x x x x…” is due before",
        ),
        (
            {"discussions": [SheetDiscussion(case_ref="C"), SheetDiscussion(case_ref="C ")]},
            "Case C is there twice.",
        ),
        (
            {"discussions": [SheetDiscussion(case_ref="C", recorded_on_file=MARCH - 1)]},
            "Case C was recorded on the file before",
        ),
    ],
)
def test_what_may_be_true_is_only_told(desk: Desk, alter: dict[str, Any], sentence: str) -> None:
    sheet = replace(full_sheet(), **alter)
    assert sentences(desk, sheet, forbidding=True) == []
    assert any(each.startswith(sentence) for each in sentences(desk, sheet, forbidding=False))
    desk.writing.finish(sheet)
    assert desk.sessions()["s1"]["status"] == "held"


def test_a_sheet_in_order_has_nothing_to_be_told(desk: Desk) -> None:
    assert desk.writing.problems(full_sheet()) == []


def test_a_case_of_somebody_elses_is_told(desk: Desk) -> None:
    desk.put("case_allocation", person_id="ada", case_ref="C-12", **{"from": "2016-05-01"})
    sheet = full_sheet()
    assert desk.writing.problems(sheet) == []
    sheet.discussions[0].case_ref = "C-13"
    assert sentences(desk, sheet, forbidding=False) == [
        "Case C-13 is not one of this person’s cases on that day."
    ]


def test_a_second_session_on_one_day_is_told(desk: Desk) -> None:
    desk.writing.finish(full_sheet())
    second = replace(full_sheet(), session="s2", sections=[], actions=[], discussions=[])
    assert "Another session on 14 Mar 2017 is recorded already (one-to-one)." in sentences(
        desk, second, forbidding=False
    )


def test_a_session_noted_as_missed_is_held_after_all(desk: Desk) -> None:
    desk.put(
        "session", id="s1", person_id="ada", kind="one_to_one", status="missed", planned_on="2017-03-14",
        reason="Court", cancelled_by="worker",
    )  # fmt: skip
    sheet = desk.writing.begin("ada", MARCH, "s1")
    assert any("noted as missed" in each for each in sentences(desk, sheet, forbidding=False))
    desk.writing.finish(sheet)
    row = desk.sessions()["s1"]
    assert (row["status"], row["reason"], row["cancelled_by"]) == ("held", None, None)


def test_texts_about_cases_need_a_reason_and_stay_where_they_are(desk: Desk) -> None:
    desk.store.settings.put(CASE_TEXT, "The case system has no place for it until May.")
    sheet = full_sheet()
    sheet.discussions[0].decision = "Step down"
    desk.writing.finish(sheet)
    desk.store.settings.put(CASE_TEXT, "")
    assert desk.writing.case_text_reason() is None
    again = desk.writing.begin("ada", MARCH, "s1")
    assert sentences(desk, again, forbidding=True) == []
    again.discussions[0].decision = "Step up"
    assert sentences(desk, again, forbidding=True) == [
        "What is decided in case C-12 belongs on the child’s own file."
    ]


def test_the_length_is_measured_against_the_policy_of_its_day(desk: Desk) -> None:
    assert desk.writing.length_against_policy(full_sheet()) == (95, 90)
    assert desk.writing.length_against_policy(replace(full_sheet(), kind="group")) == (95, None)
    assert desk.writing.length_against_policy(replace(full_sheet(), held_on=None)) == (95, None)


# --- Last time, and actions


def test_last_time_is_the_last_one_held_before_the_day(desk: Desk) -> None:
    assert desk.writing.last_time("ada", MARCH) is None
    desk.hold("2017-01-10", Workload="Twelve children.")
    desk.hold("2017-02-09", Workload="Sixteen children.", Learning="")
    desk.hold("2017-03-14", Workload="Seventeen.")
    last = desk.writing.last_time("ada", MARCH)
    assert last is not None
    assert (last.held_on, last.texts) == (day("2017-02-09"), {"Workload": "Sixteen children."})
    assert desk.writing.last_time("ada", MARCH, "group") is None


def agreed(desk: Desk, on: str, *texts: str) -> Sheet:
    """A one-to-one at which actions were agreed, beside those carried."""
    sheet = desk.hold(on, finish=False)
    sheet.actions += [SheetAction(text=text) for text in texts]
    desk.writing.finish(sheet)
    return sheet


def test_open_actions_are_carried_with_their_count_and_each_only_once(desk: Desk) -> None:
    for on in ("2017-01-10", "2017-02-09", "2017-03-14"):
        agreed(desk, on, *(["Recording up to date"] if on < "2017-02" else []))
    (action,) = desk.writing.open_actions("ada")
    assert (action.text, action.carried) == ("Recording up to date", 2)
    assert (action.agreed_on, action.age) == (day("2017-01-10"), 63)
    assert [row["done_on"] for row in desk.store.rows("action")] == [None] * 3
    sheet = desk.writing.begin("ada", MARCH + 7)
    assert [(each.carried, each.carried_from) for each in sheet.actions] == [(3, action.id)]
    desk.writing.keep(sheet)
    assert len(desk.writing.begin("ada", MARCH + 7).actions) == 1
    assert [each.carried for each in desk.store.record(agreed(desk, "2017-03-21").session).actions] == [
        3
    ]


def test_an_action_done_by_the_next_time_is_ticked_where_it_stands_and_not_carried(desk: Desk) -> None:
    first = agreed(desk, "2017-01-10", "Book leave", "Call school")
    desk.evidence.sign(first.session, worker_on=desk.on, supervisor_on=desk.on, how="on_screen")
    sheet = desk.hold("2017-02-09", finish=False)
    next(each for each in sheet.actions if each.text == "Book leave").done_on = day("2017-02-01")
    desk.writing.finish(sheet)
    done = {row["text"]: row["done_on"] for row in desk.store.rows("action", session_id=first.session)}
    assert done == {"Book leave": "2017-02-01", "Call school": None}
    assert [each.text for each in desk.store.record(sheet.session).actions] == ["Call school"]
    assert [each.text for each in desk.writing.open_actions("ada")] == ["Call school"]


def test_an_action_taken_off_the_sheet_stays_open_and_does_not_come_back(desk: Desk) -> None:
    agreed(desk, "2017-01-10", "Book leave")
    sheet = desk.hold("2017-02-09", finish=False)
    sheet.leave_off(sheet.actions[0].id)
    desk.writing.keep(sheet)
    sheet = desk.writing.begin("ada", day("2017-02-09"))
    assert sheet.actions == []
    desk.writing.finish(sheet)
    assert [each.carried for each in desk.writing.open_actions("ada")] == [0]
    assert len(desk.writing.begin("ada", MARCH).actions) == 1


def test_actions_of_a_later_session_are_not_carried_backwards(desk: Desk) -> None:
    agreed(desk, "2017-03-14", "Book leave")
    assert desk.writing.begin("ada", day("2017-02-09")).actions == []


def test_what_became_of_an_action_elsewhere_is_on_the_draft_that_is_taken_up(desk: Desk) -> None:
    agreed(desk, "2017-01-10", "Ticked", "Carried", "Undone")
    draft = desk.hold("2017-03-14", finish=False)
    desk.writing.keep(draft)
    ticked, carried, undone = sorted(desk.writing.open_actions("ada"), key=lambda each: each.id)
    desk.writing.add_action_done(ticked.id, day("2017-02-01"))
    between = desk.hold("2017-02-09", finish=False)
    between.actions = [each for each in between.actions if each.carried_from == carried.id]
    desk.writing.finish(between)
    again = desk.writing.begin("ada", MARCH)
    assert [(each.text, each.done_on, each.carried) for each in again.actions] == [
        ("Ticked", day("2017-02-01"), 1),
        ("Carried", None, 2),
        ("Undone", None, 1),
    ]
    desk.writing.finish(again)
    assert {(each.text, each.carried) for each in desk.writing.open_actions("ada")} == {
        ("Carried", 2),
        ("Undone", 1),
    }
    assert undone.id not in {each.id for each in desk.writing.open_actions("ada")}


def test_an_action_whose_record_was_undone_is_agreed_anew(desk: Desk) -> None:
    agreed(desk, "2017-01-10", "Book leave")
    draft = desk.hold("2017-03-14", finish=False)
    desk.writing.keep(draft)
    desk.store.undo(ME)
    again = desk.writing.begin("ada", MARCH)
    assert [(each.text, each.carried, each.carried_from) for each in again.actions] == [
        ("Book leave", 0, None)
    ]
    desk.writing.finish(again)
    assert len(desk.writing.open_actions("ada")) == 1


def test_a_tick_set_meanwhile_is_not_taken_off_by_an_old_draft(desk: Desk) -> None:
    sheet = agreed(desk, "2017-03-14", "Book leave")
    draft = desk.writing.begin("ada", MARCH, sheet.session)
    draft.notes = "More."
    desk.writing.keep(draft)
    desk.writing.add_action_done(sheet.actions[0].id, MARCH)
    desk.writing.finish(desk.writing.begin("ada", MARCH, sheet.session))
    assert desk.store.row("action", sheet.actions[0].id)["done_on"] == "2017-03-14"


def test_an_action_that_was_carried_on_cannot_be_taken_out_of_its_record(desk: Desk) -> None:
    first = agreed(desk, "2017-01-10", "Book leave")
    agreed(desk, "2017-02-09")
    again = desk.writing.begin("ada", MARCH, first.session)
    again.actions.clear()
    with pytest.raises(NotAllowed, match="a later record has carried on"):
        desk.writing.finish(again)


def test_an_action_whose_session_was_not_held_has_no_age(desk: Desk) -> None:
    desk.put("session", id="s1", person_id="ada", kind="one_to_one", status="planned")
    desk.put("action", id="a1", session_id="s1", person_id="ada", text="Bring the diary")
    (action,) = desk.writing.open_actions("ada")
    assert (action.agreed_on, action.age, action.carried) == (None, None, 0)
    assert [each.carried_from for each in desk.writing.begin("ada", MARCH).actions] == ["a1"]


def test_overdue_is_what_was_due_before_today(desk: Desk) -> None:
    sheet = full_sheet()
    sheet.actions = [SheetAction(text="Then", due_on=MARCH), SheetAction(text="Never")]
    desk.writing.finish(sheet)
    told = [(each.text, each.is_overdue) for each in desk.writing.open_actions("ada")]
    assert told == [("Then", False), ("Never", False)]
    desk.on += 1
    assert [each.is_overdue for each in desk.writing.open_actions("ada")] == [True, False]


def test_an_action_is_ticked_and_unticked_in_a_signed_record_too(desk: Desk) -> None:
    sheet = agreed(desk, "2017-03-14", "Book leave")
    desk.evidence.sign(sheet.session, worker_on=MARCH, supervisor_on=MARCH, how="paper")
    id = sheet.actions[0].id
    change = desk.writing.add_action_done(id, MARCH)
    assert change.label == "Note an action of Ada Quill as done"
    assert desk.writing.open_actions("ada") == []
    desk.writing.add_action_done(id, None)
    assert len(desk.writing.open_actions("ada")) == 1
    with pytest.raises(NotAllowed, match="still to come"):
        desk.writing.add_action_done(id, MARCH + 1)
    with pytest.raises(BadQuestion):
        desk.writing.add_action_done("nothing", MARCH)


# --- Quick notes and gaps


def test_a_quick_note_is_a_held_conversation_that_comes_up_next_time(desk: Desk) -> None:
    desk.hold("2017-03-01", Workload="Fine.")
    desk.on = MARCH - 4
    desk.writing.quick_note("ada", "Leave over\nEaster", "Wants a week.\n\nTwo if it can be.", "Ask HR")
    (row,) = desk.store.rows("session", kind="ad_hoc")
    assert (row["status"], row["held_on"], row["supervisor_id"]) == ("held", "2017-03-10", "bo")
    desk.on = MARCH
    (note,) = desk.writing.to_revisit("ada", MARCH)
    assert (note.about, note.text) == ("Leave over Easter", "Wants a week.\n\nTwo if it can be.")
    sheet = desk.writing.begin("ada", MARCH)
    assert (sheet.sections[0].heading, sheet.sections[0].prompt) == (
        SINCE, "10 Mar 2017: Leave over Easter",
    )  # fmt: skip
    assert [each.text for each in sheet.actions] == ["Ask HR"]
    desk.writing.keep(sheet)
    desk.writing.quick_note("ada", "Car insurance", "")
    prompts = [each.prompt for each in desk.writing.begin("ada", MARCH).sections]
    assert prompts[0] == "10 Mar 2017: Leave over Easter · 14 Mar 2017: Car insurance"
    desk.writing.finish(sheet)
    desk.on = MARCH + 30
    assert [each.about for each in desk.writing.to_revisit("ada", desk.on)] == ["Car insurance"]


def test_a_quick_note_says_what_it_was_about_and_when_it_was(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="does not say what it was about"):
        desk.writing.quick_note("ada", "  ", "Words")
    with pytest.raises(NotAllowed, match="15 Mar 2017 is still to come"):
        desk.writing.quick_note("ada", "Leave", "Words", on=MARCH + 1)
    assert desk.sessions() == {}


def test_the_reason_of_a_gap_grows_with_it_and_leaves_others_alone(desk: Desk) -> None:
    gap = {"person_id": "ada", "clock": "one_to_one", "reason": "A/L", "by": "tracker.xlsx"}
    desk.put("explanation", **gap, **{"from": "2017-03-01", "to": "2017-03-31"})
    first = day("2017-03-01")
    desk.writing.explain_gap("ada", "one_to_one", first, first + 5, "In\ncourt")
    desk.writing.explain_gap(
        "ada", "one_to_one", first, first + 12, "In court, then unwell", "Rang weekly."
    )
    told = {row["reason"]: (row["to"], row["text"], row["by"]) for row in desk.store.rows("explanation")}
    assert told == {
        "A/L": ("2017-03-31", None, "tracker.xlsx"),
        "In court, then unwell": ("2017-03-13", "Rang weekly.", ME),
    }
    with pytest.raises(NotAllowed, match="no words"):
        desk.writing.explain_gap("ada", "one_to_one", first, first, "  ")
    with pytest.raises(BadQuestion):
        desk.writing.explain_gap("ada", "one_to_one", first, first - 1, "Court")


# --- Evidence


def test_from_held_to_evidenced_and_locked(desk: Desk) -> None:
    desk.writing.finish(full_sheet())
    desk.on += 3
    steps = ("shared with the worker", "signed by the worker", "signed by the supervisor")
    (waits,) = Looking(desk.here).unevidenced()
    assert (waits.session, waits.name, waits.held_on, waits.days) == ("s1", "Ada Quill", MARCH, 3)
    assert waits.missing == steps
    desk.evidence.share("s1", MARCH + 1)
    desk.evidence.sign("s1", worker_on=MARCH + 2, how="paper", view="agrees")
    assert [each.missing for each in Looking(desk.here).unevidenced(team="North")] == [steps[2:]]
    desk.evidence.sign("s1", supervisor_on=MARCH + 3)
    assert Looking(desk.here).unevidenced() == []
    row = desk.sessions()["s1"]
    assert (row["signed_how"], row["worker_view"]) == ("paper", "agrees")
    assert row["recorded_on"] == "2017-03-14"
    with pytest.raises(NotAllowed, match=r"signed and locked. Add a late entry"):
        desk.writing.begin("ada", MARCH, "s1")
    with pytest.raises(NotAllowed, match="signed and locked"):
        desk.writing.finish(full_sheet())
    with pytest.raises(NotAllowed, match="signed and locked"):
        desk.evidence.sign("s1", worker_on=MARCH)
    with pytest.raises(NotAllowed, match="signed and locked"):
        desk.evidence.share("s1", MARCH)


def test_both_sign_at_once_and_one_disagrees_in_their_own_words(desk: Desk) -> None:
    desk.writing.finish(full_sheet())
    desk.evidence.sign(
        "s1",
        worker_on=MARCH,
        supervisor_on=MARCH,
        how="email",
        view="disagrees",
        statement="I see it so.",
    )
    record = desk.store.record("s1")
    assert record.session.worker_view == "disagrees"
    assert [(each.text, each.by, each.on) for each in record.statements] == [
        ("I see it so.", "Ada Quill", MARCH)
    ]
    desk.on += 9
    desk.evidence.share("s1", MARCH + 1)
    desk.evidence.add_late_entry("s1", "Left out at the time.")
    desk.evidence.add_statement("s1", "And so do I.", "Bo Marsh")
    record = desk.store.record("s1")
    assert record.session.shared_on == MARCH + 1
    assert [(each.text, each.by, each.entered_on) for each in record.late_entries] == [
        ("Left out at the time.", ME, MARCH + 9)
    ]
    assert len(record.statements) == 2


def test_altering_takes_back_what_was_said_of_other_words(desk: Desk) -> None:
    desk.writing.finish(full_sheet())
    desk.evidence.share("s1", MARCH)
    desk.evidence.sign("s1", worker_on=MARCH, how="paper", view="agrees")
    sheet = desk.writing.begin("ada", MARCH, "s1")
    sheet.actions[0].done_on = MARCH
    assert desk.writing.problems(sheet) == []
    desk.writing.finish(sheet)
    assert desk.sessions()["s1"]["worker_signed_on"] == "2017-03-14"
    sheet.sections[0].text = "Not so well."
    assert sentences(desk, sheet, forbidding=False) == [
        "This record has been shared and has been signed by Ada Quill. "
        "Altered, it has to be shared and signed again."
    ]
    desk.writing.finish(sheet)
    row = desk.sessions()["s1"]
    gone = ("shared_on", "worker_signed_on", "signed_how", "worker_view")
    assert [row[name] for name in gone] == [None] * 4
    desk.store.undo(ME)
    assert desk.sessions()["s1"]["worker_signed_on"] == "2017-03-14"


def test_what_cannot_be_signed_or_shared(desk: Desk) -> None:
    desk.writing.finish(full_sheet())
    for wrong, sentence in (
        (lambda: desk.evidence.share("s1", MARCH - 1), "cannot have been shared before it was held"),
        (lambda: desk.evidence.share("s1", MARCH + 1), "still to come"),
        (lambda: desk.evidence.sign("s1", worker_on=MARCH - 1, how="paper"), "cannot have been signed"),
        (lambda: desk.evidence.sign("s1", worker_on=MARCH), "How it was signed is not said"),
        (lambda: desk.evidence.add_late_entry("s1", " "), "no words"),
        (lambda: desk.evidence.add_statement("s1", "", "Ada Quill"), "no words"),
    ):
        with pytest.raises(NotAllowed, match=sentence):
            wrong()
    with pytest.raises(BadQuestion, match="Nobody is named"):
        desk.evidence.sign("s1", how="paper")
    with pytest.raises(BadQuestion):
        desk.evidence.share("nowhere", MARCH)
    desk.put("session", id="s2", person_id="ada", kind="one_to_one", status="planned")
    with pytest.raises(NotAllowed, match="no record yet"):
        desk.evidence.share("s2", MARCH)


def test_a_record_that_is_being_altered_is_not_signed(desk: Desk) -> None:
    desk.writing.finish(full_sheet())
    desk.writing.keep(desk.writing.begin("ada", MARCH, "s1"))
    with pytest.raises(NotAllowed, match="unfinished writing"):
        desk.evidence.sign("s1", worker_on=MARCH, how="paper")
    desk.writing.discard("s1")
    desk.evidence.sign("s1", worker_on=MARCH, how="paper")
    assert desk.sessions()["s1"]["worker_signed_on"] == iso(MARCH)
