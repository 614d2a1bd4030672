"""The printed record: what it says of a session, and that it claims no more than is recorded."""

from __future__ import annotations

import errno
import re
import sys
from dataclasses import replace

import pytest

from supervise.errors import DiskFull, FileTrouble
from supervise.records import Action, Discussion, LateEntry, Record, Section, Statement
from supervise.reports.record import tell_record
from supervise.sessions import Entered, Session
from supervise.whole_files import fresh_file
from supervise.workdays import day
from tests.reports.papers import ADA, HELD, PRINTED, words, write_record

# --- what it says


def test_it_says_who_when_and_how_long(tmp_path):
    said = words(replace(ADA, min_minutes=90), tmp_path)
    for part in (
        "Supervision of Ada Brightwell", "Newly qualified social worker", "Assessment A", "Rose Okafor",
        "Thursday 2 March 2017, started at 10:05", "Wednesday 1 March 2017, at 10:00", "One-to-one",
        "75 minutes, shorter than the 90 minutes the policy asks for", "Interrupted Yes", "Status Held",
        "Civic Centre, room 3", "We ended early. A strategy meeting was called.",
    ):  # fmt: skip
        assert part in said


@pytest.mark.parametrize("least", [None, 75, 60])
def test_a_session_that_was_long_enough_is_not_called_short(tmp_path, least):
    assert "shorter" not in words(replace(ADA, min_minutes=least), tmp_path)


def test_what_is_not_known_is_said_to_be_not_recorded(tmp_path):
    bare = Session(id="s", person="p", kind="group", status="held", held_on=day("2017-03-02"))
    said = words(Record(session=bare, worker="Ada", supervisor=None), tmp_path)
    for part in ("Supervisor None named", "Length Not recorded", "Interrupted Not recorded",
                 "Place Not recorded", "Notes Nothing written."):  # fmt: skip
        assert part in said


def test_the_personal_part_comes_before_the_case_part_each_in_its_order(tmp_path):
    told = (
        ("case", 1, "Reflection"),
        ("personal", 4, "Leave"),
        ("case", 2, "Risk"),
        ("personal", 3, "Health"),
    )
    sections = [
        Section(position=at, part=part, heading=name, text=f"On {name}.") for part, at, name in told
    ]
    said = words(replace(ADA, sections=sections), tmp_path)
    order = ["Personal part", "Health", "Leave", "Case part", "Reflection", "Risk", "We ended early"]
    assert [said.index(one) for one in order] == sorted(said.index(one) for one in order)
    assert all(f"On {name}." in said for *_, name in told)


def test_cases_are_named_by_reference_with_what_the_record_holds_of_them(tmp_path):
    cases = [
        Discussion(case_ref="C-1042", recorded_on_file=day("2017-03-03")),
        Discussion(
            case_ref="C-77", analysis="Calmer now.", decision="Keep on.", rationale="School agrees."
        ),
    ]
    said = words(replace(ADA, discussions=cases), tmp_path)
    assert "C-1042 Recorded on the child’s file on 3 March 2017." in said
    assert "C-77 Not yet recorded on the child’s file. Analysis Calmer now. Decision Keep on. " in said


def test_actions_tell_owner_due_done_and_how_often_they_were_carried(tmp_path):
    actions = [
        Action(id="a", text="Book the course.", owner="Ada", due_on=day("2017-03-31"), carried=3),
        Action(id="b", text="Ring the school.\nTwice.", done_on=day("2017-03-10"), carried=1),
    ]
    said = words(replace(ADA, actions=actions), tmp_path)
    assert (
        "Book the course. Owner: Ada · due 31 Mar 2017 · not yet done · carried forward 3 times" in said
    )
    assert "Twice. No owner named · no due day · done 10 Mar 2017 · carried forward once" in said


def test_late_entries_and_statements_stand_with_day_and_name(tmp_path):
    entries = [
        LateEntry(entered_on=day("2017-03-05"), text="The car was in for repair.", by="R. Okafor")
    ]
    statements = [
        Statement(text="I was there at two.", by="Ada", on=day("2017-03-06")),
        Statement(text="So."),
    ]
    said = words(replace(ADA, late_entries=entries, statements=statements), tmp_path)
    assert "Late entry, 5 March 2017, by R. Okafor The car was in for repair." in said
    assert "Ada Brightwell disagrees with this record." in said
    assert "Statement, 6 March 2017, by Ada I was there at two. Statement So." in said


def test_evidence_is_told_as_recorded_and_never_as_witnessed(tmp_path):
    by = Entered(by="R. Okafor", on=day("2017-03-24"))
    said = words(replace(ADA, worker_signature_entered=by, sharing_entered=by), tmp_path)
    for part in (
        "Held, not evidenced",
        "Recorded on 21 March 2017.",
        "Shared with Ada Brightwell on 22 March 2017; entered by R. Okafor on 24 March 2017.",
        "Recorded as signed by Ada Brightwell on 23 March 2017, on paper; entered by R. Okafor on 24 March",
        "Not yet signed by the supervisor.",
        "Ada Brightwell, worker Already recorded as signed on 23 March 2017. Signature Date",
        "Rose Okafor, supervisor Signature Date",
        "If you do not agree with this record",
    ):
        assert part in said
    assert "electronic" not in said.lower()
    assert "Not yet signed by the worker" not in said


def test_a_record_with_every_step_is_evidenced(tmp_path):
    said = words(replace(ADA, session=HELD._replace(supervisor_signed_on=day("2017-03-23"))), tmp_path)
    assert "Held and evidenced" in said and "Not yet" not in said


def test_a_step_dated_after_the_print_is_not_taken_as_done(tmp_path):
    said = words(replace(ADA, session=HELD._replace(shared_on=day("2017-05-01"))), tmp_path)
    assert "on 1 May 2017 (a day still to come when this was printed)." in said
    assert "Not yet shared with the worker." in said


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"status": "planned"}, ["Supervision of Ada Brightwell (planned)", "Status Planned"]),
        (
            {
                "status": "cancelled",
                "reason": "Court moved.\nNew date set.",
                "cancelled_by": "supervisor",
            },
            ["(cancelled)", "Cancelled by The supervisor", "Reason Court moved. New date set."],
        ),
        ({"status": "cancelled"}, ["Cancelled by Not recorded", "Reason None recorded"]),
        ({"status": "missed"}, ["(missed)", "Status Missed", "Reason None recorded"]),
    ],
)
def test_sessions_that_were_not_held_get_a_page_without_places_to_sign(tmp_path, changes, expected):
    session = Session(id="s", person="p", kind="one_to_one", planned_on=day("2017-03-01"), **changes)
    said = words(replace(ADA, session=session), tmp_path)
    for part in [*expected, "Planned for Wednesday 1 March 2017"]:
        assert part in said
    for absent in ("Signature", "Evidence", "Length", "Notes"):
        assert absent not in said


def test_a_copy_for_somebody_elses_file_has_no_lines_to_sign_on():
    own, copy = (tell_record(ADA, PRINTED.at.toordinal(), to_sign=sign).said() for sign in (True, False))
    assert "Signatures" in own and "In your own words" in own
    assert copy == own[: own.index("Signatures")]


def test_a_booking_without_a_day_still_tells_its_time(tmp_path):
    session = Session(id="s", person="p", kind="case", status="planned", planned_start="14:30")
    said = words(replace(ADA, session=session, statements=[Statement(text="Later, please.")]), tmp_path)
    assert "Planned for Day not recorded, at 14:30" in said
    assert "Views Statement Later, please." in said


def test_a_record_kept_elsewhere_is_never_called_unevidenced(tmp_path):
    session = HELD._replace(record_kept="tracker 2016.xlsx", notes=None)
    said = words(replace(ADA, session=session), tmp_path)
    assert "The record of this session is kept elsewhere: tracker 2016.xlsx." in said
    assert "not evidenced" not in said and "Not yet" not in said and "Signature" not in said


# --- the file


def test_nothing_is_there_until_the_end(tmp_path):
    to = tmp_path / "record.pdf"
    for _ in write_record(ADA, to, PRINTED):
        assert not to.exists()
    assert [one.name for one in tmp_path.iterdir()] == ["record.pdf"]


@pytest.mark.parametrize("taken", [0, 1, 30, None])
def test_a_record_given_up_leaves_no_file_and_keeps_the_one_before(tmp_path, taken):
    to = tmp_path / "record.pdf"
    to.write_bytes(b"before")
    total = len(list(write_record(ADA, tmp_path / "whole.pdf", PRINTED)))
    (tmp_path / "whole.pdf").unlink()
    work = write_record(ADA, to, PRINTED)
    for _ in range(total if taken is None else taken):
        next(work)
    work.close()
    assert to.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [to]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_to_be_full(tmp_path, code):
    to = tmp_path / "record.pdf"
    work = write_record(ADA, to, PRINTED)
    next(work)
    with pytest.raises(DiskFull, match=re.escape(f"There is no room left to write {to}.")) as caught:
        work.throw(OSError(code, "full"))
    assert caught.value.remedy.startswith("Free some space")
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_named_with_a_next_step(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    (tmp_path / "folder").mkdir()
    for to in (
        tmp_path / "none" / "a.pdf",
        tmp_path / "file" / "a.pdf",
        tmp_path / "folder",
        tmp_path / ("n" * 300),
    ):
        with pytest.raises(FileTrouble) as caught:
            list(write_record(ADA, to, PRINTED))
        assert str(to) in caught.value.sentence and caught.value.remedy
        assert "Errno" not in str(caught.value)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file", "folder"]


def test_a_file_may_be_read_by_its_owner_only(tmp_path):
    with fresh_file(tmp_path / "a.pdf") as out:
        out.write(b"private")
    assert (tmp_path / "a.pdf").read_bytes() == b"private"
    assert not (tmp_path / "a.pdf").stat().st_mode & 0o077 or sys.platform == "win32"


# --- parts

BOTH = replace(
    ADA,
    session=HELD._replace(notes="Notes of hers.", reason=None),
    sections=[
        Section(position=1, part="personal", heading="Health", text="Her knee."),
        Section(position=2, part="case", heading="Risk", text="The stairs."),
    ],
    discussions=[Discussion(case_ref="C-77", analysis="Calmer now.")],
    actions=[Action(id="a", text="Book the physio.")],
    late_entries=[LateEntry(entered_on=day("2017-03-05"), text="Her bus was late.")],
    statements=[Statement(text="In her own words.", by="Ada")],
)
PERSONAL = (
    "Health",
    "Her knee.",
    "Notes of hers.",
    "Book the physio.",
    "Her bus was late.",
    "In her own words.",
)
CASE = ("Risk", "The stairs.", "C-77", "Calmer now.")


def test_the_personal_part_has_nothing_of_the_cases(tmp_path):
    said = words(BOTH, tmp_path, parts="personal")
    assert all(part in said for part in PERSONAL) and not any(part in said for part in CASE)
    assert "This is the personal part only" in said and "Signature Date" in said


def test_the_case_part_has_nothing_of_the_worker_but_who_and_when(tmp_path):
    said = words(BOTH, tmp_path, parts="case")
    assert all(part in said for part in CASE) and not any(part in said for part in PERSONAL)
    assert "This is the case part only" in said
    assert "Supervision record, case part · Ada Brightwell · 2 Mar 2017" in said


def test_both_parts_together_leave_out_nothing_and_say_nothing_of_parts(tmp_path):
    said = words(BOTH, tmp_path)
    assert all(part in said for part in PERSONAL + CASE) and "part only" not in said


def test_why_a_session_was_not_held_is_not_told_on_the_case_part(tmp_path):
    session = Session(id="s", person="p", kind="one_to_one", status="missed", reason="In hospital.")
    record = replace(BOTH, session=session)
    assert "In hospital." not in words(record, tmp_path, parts="case")
    assert "In hospital." in words(record, tmp_path, parts="personal")
