"""A caseload pasted from a case system: what is read of it, and what taking it would do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervise.errors import BadFile
from supervise.exchange.allocations import CaseloadPlan, plan_allocations
from supervise.exchange.caseload import CaseLine, Caseload, read_caseload
from supervise.workdays import day

AS_AT = day("2019-10-28")
PEOPLE = [
    {"id": "A", "name": "Ada Brown"}, {"id": "B", "name": "Ben Sole"}, {"id": "C", "name": "Cai Rees"},
]  # fmt: skip
NAMES = [person["name"] for person in PEOPLE]

Row = dict[str, Any]


def allocation(id: str, person: str, case: str, plan: str | None = "cin", first: str = "2019-02-04",
               last: str | None = None) -> Row:  # fmt: skip
    return {"id": id, "person_id": person, "case_ref": case, "plan": plan, "from": first, "to": last}


def planned(
    text: str,
    here: list[Row] | None = None,
    said: Mapping[str, str] | None = None,
    worker: str | None = None,
) -> CaseloadPlan:
    return plan_allocations(read_caseload(text, NAMES), PEOPLE, here or [], AS_AT, said or {}, worker)


def reasons(found: Caseload | CaseloadPlan) -> list[str]:
    return [str(problem) for problem in found.problems]


# --- Reading


def test_columns_are_known_by_their_titles_in_any_order() -> None:
    found = read_caseload(
        "Allocated\tSocial Worker\tMosaic ID\tPlan Type\n8/10/2018\tBROWN, Ada\t10233\tChild Protection\n"
        "\tBen Sole (SSW)\t10427\t\n"
    )
    assert found.rows == [
        CaseLine("10233", "cp", "Ada Brown", day("2018-10-08"), 2), CaseLine("10427", None, "Ben Sole", None, 3),
    ]  # fmt: skip
    assert found.names_workers
    assert (found.problems, found.notes) == ([], [])


@pytest.mark.parametrize("sign", ["\t", ",", ";", "   "])
def test_columns_without_titles_are_known_by_what_is_in_them(sign: str) -> None:
    lines = ["CP", "CS-10233", "8 Oct 2018", "Ada Brown"], ["CIN", "CS-10427", "11/2/19", "Ben Sole"]
    found = read_caseload("\n".join(sign.join(cells) for cells in lines), NAMES)
    assert found.rows == [
        CaseLine("CS-10233", "cp", "Ada Brown", day("2018-10-08"), 1),
        CaseLine("CS-10427", "cin", "Ben Sole", day("2019-02-11"), 2),
    ]


@pytest.mark.parametrize(
    ("said", "meant"),
    [("CP", "cp"), ("Child Protection Plan", "cp"), ("CiN", "cin"), ("S17", "cin"), ("LAC", "lac"), ("CLA", "lac"),
     ("Looked after child", "lac"), ("Care Leaver", "care_leaver"), ("EH", "early_help"), ("-", None),
     ("Private fostering", "Private fostering")],
)  # fmt: skip
def test_plans_are_said_in_one_word_and_others_kept_as_written(said: str, meant: str | None) -> None:
    found = read_caseload(f"Case number,Plan\nC-1,{said}\n")
    assert found.rows[0].plan == meant
    kept = ["Plans kept as they are written: Private fostering."]
    assert found.notes == (kept if said == meant else [])


def test_a_plan_is_called_as_the_policies_here_call_it() -> None:
    text = "Case number,Plan\nC-1,LAC\nC-2,Edge of care\n"
    assert [row.plan for row in read_caseload(text, plans=["cla", "edge-of-care"]).rows] == [
        "cla",
        "edge-of-care",
    ]


def test_childrens_names_are_left_out_and_told_without_repeating_them() -> None:
    found = read_caseload(
        "Case ref\tChild’s name\tDOB\tNHS No\tWorker\tTeam\nC-1\tKit Wills\t1/2/2010\t943 476 5919\tAda Brown\tDuty\n"
    )
    assert found.rows == [CaseLine("C-1", None, "Ada Brown", None, 2)]
    assert found.notes == [
        "“Child’s name”, “DOB” and “NHS No”: left out, the case number is enough.",
        "“Team”: left out, not needed here.",
    ]
    assert "Wills" not in str(found)


def test_names_without_a_title_are_only_taken_if_they_are_of_people_here() -> None:
    text = "C-1\tKit Wills\tAda Brown\nC-2\tMo Fenn\tBen Sole\n"
    known, unknown = read_caseload(text, NAMES), read_caseload(text)
    assert [row.worker for row in known.rows] == ["Ada Brown", "Ben Sole"]
    assert known.notes == ["Column 2: left out, the case number is enough."]
    assert [row.worker for row in unknown.rows] == [None, None]
    assert not unknown.names_workers
    assert "Wills" not in f"{known}{unknown}"


def test_a_line_without_a_case_number_is_refused_without_repeating_it() -> None:
    found = read_caseload(
        "Case number,Worker\nC-1,Ada Brown\n,Ada Brown\nKit Wills,Ada Brown\nC-4,Vacant\n"
    )
    assert reasons(found) == [
        "What was pasted, line 3: no case number.",
        "What was pasted, line 4: what stands for the case number does not look like one.",
        "What was pasted, line 5: no worker is named.",
    ]
    assert (found.unread, found.refused) == (2, {"C-4"})
    assert [row.case_ref for row in found.rows] == ["C-1"]


def test_a_date_that_is_none_is_left_out_and_told() -> None:
    found = read_caseload("Case number,Start date\nC-1,3/25/2019\nC-2,spring\nC-3,3/4/2019\n")
    assert [row.from_day for row in found.rows] == [None, None, day("2019-04-03")]
    assert [note[:7] for note in found.notes] == ["Line 2:", "Line 3:"]


def test_closed_cases_are_left_out_and_told() -> None:
    found = read_caseload("Case number,Closed\nC-1,\nC-2,1/3/2019\nC-3,n/a\n")
    assert [row.case_ref for row in found.rows] == ["C-1", "C-3"]
    assert found.notes == ["1 closed case is left out."]


def test_a_line_parted_by_spaces_in_which_a_column_is_missing_is_refused() -> None:
    found = read_caseload(
        "Case ID  Plan      Worker\n12345    CP plan   Ada Brown\n12346              Ben Sole\n"
    )
    assert [row.case_ref for row in found.rows] == ["12345"]
    assert reasons(found) == [
        "What was pasted, line 3: it has fewer columns than others; copy the list with tabs between."
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("  \n\t\n", "nothing in what was pasted"),
        ("Ada Brown\nBen Sole\n", "No column here"),
        ("Worker,Plan\nAda Brown,CP\n", "No column here"),
        ("C-1,X-1\nC-2,X-2\n", "No column here"),
        ("943 476 5919,CP\n943 476 5870,CIN\n", "look like NHS numbers"),
        ("\0\0\0\0C-1", "not a spreadsheet"),
    ],
)
def test_a_text_that_is_no_caseload_is_refused_in_words(text: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        read_caseload(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_whatever_is_pasted_is_read_or_refused(text: str) -> None:
    try:
        found = read_caseload(text, NAMES)
    except BadFile:
        return
    assert all(any(letter.isdigit() for letter in row.case_ref) for row in found.rows)


# --- What taking it would do


def test_cases_begin_go_on_and_end() -> None:
    here = [allocation("1", "A", "C-1"), allocation("2", "A", "C-2"), allocation("3", "B", "C-9")]
    plan = planned(
        "Case number,Plan,Worker,From\nC-1,CIN,Ada Brown,\nC-3,CP,Ada Brown,1/10/2019\n", here
    )
    assert plan.keep == [here[0], here[2]]
    assert plan.end == [{**here[1], "to": "2019-10-27"}]
    assert plan.add == [{"person_id": "A", "case_ref": "C-3", "plan": "cp", "from": "2019-10-01"}]
    assert plan.notes == ["1 case of Ben Sole stays as they are: the list does not name them."]
    assert (plan.problems, plan.questions) == ([], [])


def test_a_case_that_another_has_now_ends_with_the_worker_who_had_it() -> None:
    here = [allocation("3", "C", "C-9"), allocation("4", "C", "C-8")]
    plan = planned("Case number,Worker,From\nC-9,Ada Brown,7/10/2019\nC-8,Ben Sole,\n", here)
    assert plan.end == [{**here[0], "to": "2019-10-06"}, {**here[1], "to": "2019-10-27"}]
    assert [(row["person_id"], row["from"]) for row in plan.add] == [
        ("A", "2019-10-07"),
        ("B", "2019-10-28"),
    ]
    assert plan.notes == ["1 case without a date: taken to begin on the day of the list."]


def test_another_plan_begins_on_the_day_of_the_list() -> None:
    here = [allocation("1", "A", "C-1"), allocation("2", "A", "C-2", first="2019-10-28"),
            allocation("3", "A", "C-3", plan="cp")]  # fmt: skip
    plan = planned("Case number,Plan,Worker\nC-1,CP,Ada Brown\nC-2,CP,Ada Brown\nC-3,,Ada Brown\n", here)
    assert plan.end == [{**here[0], "to": "2019-10-27"}]
    assert plan.add == [
        {"person_id": "A", "case_ref": "C-1", "plan": "cp", "from": "2019-10-28", "to": None},
        {**here[1], "plan": "cp"},
    ]
    assert plan.keep == [here[2]]
    assert plan.notes == ["C-1 of Ada Brown has another plan from the day of the list."]


def test_a_case_that_ended_here_begins_again_and_that_is_told() -> None:
    here = [allocation("1", "A", "C-1", last="2019-09-30")]
    plan = planned("Case number,Worker,From\nC-1,Ada Brown,4/2/2019\n", here)
    assert [row["from"] for row in plan.add] == ["2019-10-28"]
    assert plan.notes == ["C-1 of Ada Brown ended here before; it begins again on the day of the list."]
    assert plan.end == []


def test_a_case_of_two_workers_in_the_list_is_both_theirs() -> None:
    plan = planned("Case number,Worker\nC-1,Ada Brown\nC-1,Ben Sole\n", [allocation("1", "A", "C-1")])
    assert [row["person_id"] for row in plan.add] == ["B"]
    assert [row["id"] for row in plan.keep] == ["1"]


def test_a_case_that_began_on_the_day_of_the_list_ends_on_it() -> None:
    here = [allocation("1", "A", "C-2", first="2019-10-28")]
    plan = planned("Case number,Worker\nC-1,Ada Brown\n", here)
    assert plan.end == [{**here[0], "to": "2019-10-28"}]


def test_nothing_ends_by_not_being_listed_if_a_line_could_not_be_read() -> None:
    plan = planned("Case number,Worker\nC-1,Ada Brown\n,Ada Brown\n", [allocation("2", "A", "C-2")])
    assert plan.end == []
    assert "Some lines have no case number, so that nothing ends by not being listed." in plan.notes


@pytest.mark.parametrize(
    ("name", "asks"),
    [
        ("Ada Browne", "Who is Ada Browne? Perhaps Ada Brown (A); or “new”."),
        ("Dee Hall", "Who is Dee Hall?"),
    ],
)
def test_a_name_that_is_not_surely_somebodys_is_asked_about_and_its_cases_stay(
    name: str, asks: str
) -> None:
    here = [allocation("1", "A", "C-1"), allocation("2", "B", "C-2")]
    text = f"Case number,Worker\nC-1,{name}\nC-3,Ben Sole\n"
    plan = planned(text, here)
    assert [question.words for question in plan.questions] == [asks]
    assert [row["id"] for row in plan.end] == ["2"]
    assert [row["case_ref"] for row in plan.add] == ["C-3"]
    assert len(plan.problems) == 1
    answered = planned(text, here, {name: "Ada Brown"})
    assert (answered.problems, answered.questions) == ([], [])
    assert answered.notes[0] == f"{name} is Ada Brown here, as you said."
    assert here[0] in answered.keep


def test_two_people_of_one_name_are_asked_about() -> None:
    people = [*PEOPLE, {"id": "A2", "name": "ada brown"}]
    found = read_caseload("Case number,Worker\nC-1,Ada Brown\n")
    plan = plan_allocations(found, people, [], AS_AT, {})
    assert plan.does_nothing
    assert reasons(plan) == [
        "What was pasted, line 2: there are 2 people called Ada Brown here; say who this is."
    ]
    assert [
        row["person_id"] for row in plan_allocations(found, people, [], AS_AT, {"Ada Brown": "A2"}).add
    ] == ["A2"]


def test_a_list_without_names_is_of_the_worker_who_is_said_or_of_nobody() -> None:
    assert [row["person_id"] for row in planned("C-1\nC-2\n", worker="C").add] == ["C", "C"]
    nobodys = planned("C-1\n", [allocation("1", "A", "C-1")])
    assert reasons(nobodys) == ["What was pasted, line 1: it does not say whose case this is."]
    assert nobodys.does_nothing


def test_two_lines_that_contradict_each_other_change_nothing() -> None:
    here = [allocation("1", "A", "C-1")]
    plan = planned("Case number,Plan,Worker\nC-1,CP,Ada Brown\nC-1,LAC,Ada Brown\n", here)
    assert plan.does_nothing
    assert reasons(plan) == ["What was pasted, line 3: line 2 gives the same case another plan."]


REFS = st.sampled_from(["C-1", "C-2", "C-3"])
LISTED = st.lists(
    st.tuples(REFS, st.sampled_from(["CP", "CIN", ""]), st.sampled_from(NAMES),
              st.sampled_from(["", "1/3/2019", "28/10/2019", "4/11/2019"])),
    min_size=1, max_size=6,
)  # fmt: skip
HERE = st.lists(
    st.tuples(st.sampled_from("ABC"), REFS, st.sampled_from(["cp", None]),
              st.sampled_from(["2019-02-04", "2019-10-28", "2019-11-04"]),
              st.sampled_from([None, "2019-11-20"])),
    max_size=5, unique_by=lambda each: each[:2],
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(listed=LISTED, here=HERE)
def test_taking_a_list_twice_does_nothing_the_second_time(
    listed: list[tuple[str, str, str, str]], here: list[tuple[str, str, str | None, str, str | None]]
) -> None:
    text = "\n".join(["Case number,Plan,Worker,From", *(",".join(line) for line in listed)])
    rows = {str(n): allocation(str(n), *each) for n, each in enumerate(here)}
    first = planned(text, list(rows.values()))
    after = dict(rows)
    for n, row in enumerate(first.rows()):
        id = row.get("id") or f"new {n}"
        after[id] = {"to": None, **after.get(id, {}), **row, "id": id}
    assert all(row["from"] <= (row["to"] or "9999") for row in after.values())
    assert planned(text, list(after.values())).does_nothing
