"""A finished record as it is told on the screen: lines of words, and the steps that show it took place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from supervise import wording
from supervise.records import Action, Discussion, Record
from supervise.sessions import Entered, missing_evidence
from supervise.workdays import Day

HEADING, TEXT, LINE, QUIET = "heading", "text", "line", "quiet"


class Told(NamedTuple):
    """A paragraph of a record: a heading, words as they were written, a line of a list, or a quiet remark."""

    style: str
    text: str


class Step(NamedTuple):
    """A step that shows that a supervision took place: whether it is there, what it is, and more about it."""

    there: bool
    what: str
    more: str


def told(record: Record) -> Iterator[Told]:
    """The record from top to bottom."""
    empty = [each.heading for each in record.sections if not (each.text or "").strip()]
    for section in record.sections:
        if (section.text or "").strip():
            yield Told(HEADING, section.heading)
            yield Told(TEXT, section.text or "")
    if (record.session.notes or "").strip():
        yield Told(HEADING, "Notes")
        yield Told(TEXT, record.session.notes or "")
    if record.discussions:
        yield Told(HEADING, "Cases discussed")
        for case in record.discussions:
            yield from _case(case)
    if record.actions:
        yield Told(HEADING, "Actions agreed")
        yield from (Told(LINE, action_said(each)) for each in record.actions)
    if empty:
        yield Told(QUIET, f"Nothing was written under {wording.joined(empty)}.")
    yield from _afterwards(record)


def _case(case: Discussion) -> Iterator[Told]:
    on = case.recorded_on_file
    filed = (
        f"recorded on the child’s file on {wording.day(on)}"
        if on
        else "not marked as on the child’s file"
    )
    yield Told(LINE, f"{case.case_ref}: discussed, {filed}")
    for words in (case.analysis, case.decision, case.rationale):
        if words:
            yield Told(TEXT, words)


def _afterwards(record: Record) -> Iterator[Told]:
    """Statements and late entries, each with its day and who made it."""
    for statement in record.statements:
        said = ["Statement", *([f"by {statement.by}"] if statement.by else [])]
        said += [wording.day(statement.on)] if statement.on else []
        yield Told(HEADING, " · ".join(said))
        yield Told(TEXT, statement.text)
    for entry in record.late_entries:
        said = ["Late entry", wording.day(entry.entered_on), *([f"by {entry.by}"] if entry.by else [])]
        yield Told(HEADING, " · ".join(said))
        yield Told(TEXT, entry.text)


def action_said(action: Action) -> str:
    """ "Book leave: Ada Quill, by 2 Apr 2026, carried twice, done 18 Mar 2026"."""
    said = [action.owner] if action.owner else []
    said += [f"by {wording.day(action.due_on)}"] if action.due_on else []
    said += [f"carried {wording.times(action.carried)}"] if action.carried else []
    said += [f"done {wording.day(action.done_on)}"] if action.done_on else []
    return f"{action.text}: {', '.join(said)}" if said else action.text


def about(record: Record) -> str:
    """When, where and how long, in one line."""
    session = record.session
    said = [wording.long_day(session.held_on)] if session.held_on else []
    said += [_hours(session.started_at, session.minutes)] if session.started_at else []
    if session.minutes is not None:
        said.append(wording.minutes(session.minutes))
        if record.min_minutes is not None:
            enough = session.minutes >= record.min_minutes
            said[-1] += f" {'✓' if enough else '▲ short of'} {record.min_minutes}"
    said += [session.place] if session.place else []
    if session.interrupted is not None:
        said.append("interrupted" if session.interrupted else "not interrupted")
    said += [f"supervised by {record.supervisor}"] if record.supervisor else []
    return " · ".join(said)


def _hours(start: str, minutes: int | None) -> str:
    if minutes is None:
        return start
    hour, minute = start.split(":")
    end = int(hour) * 60 + int(minute) + minutes
    return f"{start} – {end // 60 % 24:02}:{end % 60:02}"


def steps(record: Record, by: Day) -> list[Step]:
    """The four steps, as they stood at the end of a day."""
    session, missing = record.session, missing_evidence(record.session, by)
    how = f", {wording.words(session.signed_how).lower()}" if session.signed_how else ""
    view = ", who disagrees" if session.worker_view == "disagrees" else ""
    known = (
        ("recorded", "Recorded", "", session.was_recorded_on, None),
        ("shared with the worker", f"Shared with {record.worker}", "", session.shared_on, record.sharing_entered),
        ("signed by the worker", f"Signed by {record.worker}{view}", how,
         session.worker_signed_on, record.worker_signature_entered),
        ("signed by the supervisor", f"Signed by {record.supervisor or 'the supervisor'}", how,
         session.supervisor_signed_on, record.supervisor_signature_entered),
    )  # fmt: skip
    return [
        Step(False, what, "not yet") if step in missing or on is None
        else Step(True, what, f"{wording.day(on)}{how}{_entered(entered, on)}")
        for step, what, how, on, entered in known
    ]  # fmt: skip


def _entered(entered: Entered | None, on: Day) -> str:
    """Who put it in; the day too where that was another."""
    if entered is None:
        return ""
    later = f" on {wording.day(entered.on)}" if entered.on != on else ""
    return f", entered by {entered.by}{later}"


def standing(record: Record, by: Day) -> str:
    """One sentence: whether it is evidenced, and what is missing, by name."""
    session = record.session
    if session.record_kept:
        return f"The record is kept elsewhere: {session.record_kept}."
    missing = missing_evidence(session, by)
    if not missing:
        return "Evidenced: recorded, shared and signed by both. It is locked."
    return f"Not evidenced yet: still to be {wording.joined(missing)}."
