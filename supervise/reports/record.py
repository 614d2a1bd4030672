"""One session's record on paper: who, when, what was said and promised, and what shows it.

The paper says what is recorded and no more. A signature is *recorded as given*, by whom and on which
day that was entered: this program witnesses nobody's signature.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from supervise.records import Action, Discussion, Record, Section
from supervise.reports.content_code import content_code
from supervise.reports.lettering import titled
from supervise.reports.page import Story
from supervise.sessions import Entered, Session, missing_evidence
from supervise.wording import day, full_day, long_day, minutes, times, words
from supervise.workdays import Day

Parts = Literal["both", "personal", "case"]
"""What of a record is printed: all of it, or one of its parts for a file of its own."""

_HOW = {"paper": "on paper", "on_screen": "on screen", "email": "by e-mail"}
_BY_WHOM = {"worker": "The worker", "supervisor": "The supervisor", "other": "Somebody else"}


def tell_record(record: Record, today: Day, parts: Parts = "both", *, to_sign: bool = True) -> Story:
    """What the paper says, from top to bottom, on the day it is printed; with lines to sign on, unless it is a
    copy for somebody else's file.

    Notes, actions, views and late entries can be about anything and are of no part: nobody but their writer
    could divide them. They go with the personal part, so that a paper for a child's file has nothing about the
    worker, and each paper says what it leaves out. The content code is that of the whole record on both.
    """
    story = Story()
    session = record.session
    story.foot.append(f"Content code {content_code(record)}" + _WHOSE_CODE[parts])
    story.title(_title(record), _under(session))
    if parts != "both":
        story.sentence(_LEFT_OUT[parts])
    story.facts(_facts(record, parts))
    if parts != "case":
        _tell_sections(
            story, "Personal part", [one for one in record.sections if one.part == "personal"]
        )
    if parts != "personal":
        _tell_sections(story, "Case part", [one for one in record.sections if one.part != "personal"])
        _tell_discussions(story, record.discussions)
    if parts != "case":
        _tell_notes(story, record)
        _tell_actions(story, record.actions)
        _tell_views(story, record)
        _tell_late_entries(story, record)
    _tell_evidence(story, record, today)
    if to_sign and session.status == "held" and not session.record_kept:
        _tell_signing(story, record)
    story.about_letters()
    return story


_WHOSE_CODE = {"both": "", "personal": " (of the whole record)", "case": " (of the whole record)"}
_LEFT_OUT = {
    "personal": "This is the personal part only, with notes, actions, views and what was added later. The case"
    " part and the cases discussed are not on this paper.",
    "case": "This is the case part only, with the cases discussed. The personal part, notes, actions, views and"
    " what was added later are not on this paper.",
}


# --- who and when


def name_of(record: Record, parts: Parts = "both") -> str:
    """What the paper is called: its kind, whose it is, and its day."""
    session = record.session
    when = session.held_on or session.planned_on
    kind = "Supervision record" + ("" if parts == "both" else f", {parts} part")
    return f"{kind} · {record.worker}" + (f" · {day(when)}" if when else "")


def _title(record: Record) -> str:
    status = record.session.status
    return f"Supervision of {record.worker}" + ("" if status == "held" else f" ({status})")


def _under(session: Session) -> str:
    when, at = session.held_on, session.started_at
    if session.status != "held":
        when, at = session.planned_on, session.planned_start
    told = [long_day(when) if when else "Day not recorded", f"at {at}" if at else ""]
    return " ".join(filter(None, told)) + f" · {words(session.kind)}"


def _facts(record: Record, parts: Parts) -> Iterator[tuple[str, str]]:
    """The facts at the head: those of the people, then those of the session by its status."""
    session = record.session
    yield "Worker", record.worker
    yield "Role", words(record.role) if record.role else "Not recorded"
    yield "Team", record.team or "Not recorded"
    yield "Supervisor", record.supervisor or "None named"
    yield "Kind", words(session.kind)
    yield "Status", words(session.status)
    if session.planned_on or session.status != "held":
        yield "Planned for", _day_and_time(session.planned_on, session.planned_start)
    if session.status == "held":
        yield "Held", _day_and_time(session.held_on, session.started_at, "started at")
        yield "Length", _length(session.minutes, record.min_minutes)
        yield "Interrupted", {True: "Yes", False: "No", None: "Not recorded"}[session.interrupted]
    if parts != "case":  # why somebody was not there is about them
        yield from _what_became(session)
    if session.place or session.status == "held":
        yield "Place", session.place or "Not recorded"
    if session.record_kept:
        yield "Record kept", session.record_kept


def _what_became(session: Session) -> Iterator[tuple[str, str]]:
    """Why a session was not held, and who cancelled it; a reason that is there is always told."""
    if session.cancelled_by or session.status == "cancelled":
        by = session.cancelled_by
        yield "Cancelled by", _BY_WHOM.get(by, by) if by else "Not recorded"
    if session.reason or session.status in ("cancelled", "missed"):
        yield "Reason", session.reason or "None recorded"


def _day_and_time(when: Day | None, at: str | None, before: str = "at") -> str:
    if when is None:
        return f"Day not recorded, {before} {at}" if at else "Not recorded"
    return long_day(when) + (f", {before} {at}" if at else "")


def _length(held: int | None, wanted: int | None) -> str:
    if held is None:
        return "Not recorded"
    if wanted is None or held >= wanted:
        return minutes(held)
    return f"{minutes(held)}, shorter than the {minutes(wanted)} the policy asks for"


# --- what was said and promised


def _tell_sections(story: Story, heading: str, sections: Sequence[Section]) -> None:
    if sections:
        story.heading(1, heading)
    for section in sorted(sections, key=lambda one: one.position):
        story.heading(2, titled(section.heading) or "Without a heading")
        story.prose(section.text)


def _tell_notes(story: Story, record: Record) -> None:
    session = record.session
    nothing_else = session.status == "held" and not session.record_kept and not record.sections
    if session.notes or nothing_else:
        story.heading(1, "Notes")
        story.prose(session.notes)


def _tell_discussions(story: Story, discussions: Sequence[Discussion]) -> None:
    if discussions:
        story.heading(1, "Cases discussed")
    for case in discussions:
        story.heading(2, titled(case.case_ref) or "Case without a reference")
        on = case.recorded_on_file
        story.quiet(
            f"Recorded on the child’s file on {full_day(on)}."
            if on
            else "Not yet recorded on the child’s file."
        )
        told = (("Analysis", case.analysis), ("Decision", case.decision), ("Rationale", case.rationale))
        story.facts((label, text) for label, text in told if text)


def _tell_actions(story: Story, actions: Sequence[Action]) -> None:
    if actions:
        story.heading(1, "Actions")
    for action in actions:
        told = [
            f"Owner: {action.owner}" if action.owner else "No owner named",
            f"due {day(action.due_on)}" if action.due_on else "no due day",
            f"done {day(action.done_on)}" if action.done_on else "not yet done",
        ]
        if action.carried:
            told.append(f"carried forward {times(action.carried)}")
        story.bullet(action.text, " · ".join(told))


def _tell_views(story: Story, record: Record) -> None:
    """Whether the worker agrees, and statements in somebody's own words."""
    view = record.session.worker_view
    if not view and not record.statements:
        return
    story.heading(1, "Views")
    if view:
        story.sentence(f"{record.worker} {view} with this record.")
    for statement in record.statements:
        on = full_day(statement.on) if statement.on else ""
        by = f"by {statement.by}" if statement.by else ""
        story.heading(2, ", ".join(filter(None, ("Statement", on, by))))
        story.prose(statement.text)


def _tell_late_entries(story: Story, record: Record) -> None:
    if record.late_entries:
        story.heading(1, "Added later")
    for entry in sorted(record.late_entries, key=lambda one: one.entered_on):
        by = f", by {entry.by}" if entry.by else ""
        story.heading(2, f"Late entry, {full_day(entry.entered_on)}{by}")
        story.prose(entry.text)


# --- what shows it


def _tell_evidence(story: Story, record: Record, today: Day) -> None:
    session = record.session
    told = list(_evidence(record, today))
    if session.record_kept:
        told.append(f"The record of this session is kept elsewhere: {session.record_kept}.")
    if not told and session.status != "held":
        return
    story.heading(1, "Evidence")
    if session.status == "held" and not session.record_kept:
        missing = missing_evidence(session, today)
        story.heading(2, "Held, not evidenced" if missing else "Held and evidenced")
        told += [f"Not yet {step}." for step in missing]
    for sentence in told:
        story.sentence(sentence)


def _evidence(record: Record, today: Day) -> Iterator[str]:
    """A sentence for each step that was taken, in the order they are taken."""
    session = record.session
    worker, supervisor = record.worker, record.supervisor or "the supervisor"
    how = _HOW.get(session.signed_how or "", session.signed_how)
    signed = f", {how}" if how else ""
    steps = (
        ("Recorded", session.was_recorded_on, "", None),
        (f"Shared with {worker}", session.shared_on, "", record.sharing_entered),
        (f"Recorded as signed by {worker}", session.worker_signed_on, signed,
         record.worker_signature_entered),
        (f"Recorded as signed by {supervisor}", session.supervisor_signed_on, signed,
         record.supervisor_signature_entered),
    )  # fmt: skip
    for step, on, more, entered in steps:
        if on is not None:
            to_come = " (a day still to come when this was printed)" if on > today else ""
            yield f"{step} on {full_day(on)}{to_come}{more}{_entered(entered)}."


def _entered(entered: Entered | None) -> str:
    return f"; entered by {entered.by} on {full_day(entered.on)}" if entered else ""


def _tell_signing(story: Story, record: Record) -> None:
    """Lines for both to sign on paper, and one for not agreeing."""
    session = record.session
    story.heading(1, "Signatures")
    for name, on in (
        (f"{record.worker}, worker", session.worker_signed_on),
        (f"{record.supervisor or 'Name:'}, supervisor", session.supervisor_signed_on),
    ):
        already = f"Already recorded as signed on {full_day(on)}." if on else ""
        story.signing(name, already, with_next=True)
    story.quiet("If you do not agree with this record, say here what you see differently.", True)
    story.writing_line("In your own words")
