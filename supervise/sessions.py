"""Sessions and their records: what was agreed to, what was held, and what shows it.

Days are numbers (see `workdays`), times are text as hh:mm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from supervise.workdays import Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One supervision: planned, held, cancelled or missed."""

    id: str
    person: str
    kind: str
    status: str
    supervisor: str | None = None
    planned_on: Day | None = None
    planned_start: str | None = None
    held_on: Day | None = None
    started_at: str | None = None
    minutes: int | None = None
    interrupted: bool | None = None
    place: str | None = None
    recorded_on: Day | None = None
    shared_on: Day | None = None
    worker_signed_on: Day | None = None
    supervisor_signed_on: Day | None = None
    signed_how: str | None = None
    worker_view: str | None = None
    record_kept: str | None = None
    reason: str | None = None
    cancelled_by: str | None = None
    notes: str | None = None

    @property
    def was_recorded_on(self) -> Day | None:
        """The day it was recorded; for a held session that does not say, the day it was held."""
        if self.recorded_on is None and self.status == "held":
            return self.held_on
        return self.recorded_on


def missing_evidence(session: Session, by: Day) -> tuple[str, ...]:
    """The steps that a held session still lacks at the end of that day, as words for a list.

    Empty when it is *evidenced*: recorded, shared with the worker and signed by both (cadence,
    section 5). Not for sessions whose record is kept elsewhere, which are counted apart.
    """
    steps = (
        ("recorded", session.was_recorded_on),
        ("shared with the worker", session.shared_on),
        ("signed by the worker", session.worker_signed_on),
        ("signed by the supervisor", session.supervisor_signed_on),
    )
    return tuple(step for step, on in steps if on is None or on > by)


class Section(NamedTuple):
    """One heading of a record and what stands under it; `part` is personal or case."""

    position: int
    part: str
    heading: str
    text: str | None = None


class Action(NamedTuple):
    """Something promised: by whom and by when; `carried` counts how often it was carried forward."""

    id: str
    text: str
    owner: str | None = None
    due_on: Day | None = None
    done_on: Day | None = None
    carried: int = 0


class Discussion(NamedTuple):
    """A case that was discussed, by its reference, and when that was put on the child's own file."""

    case_ref: str
    recorded_on_file: Day | None = None
    analysis: str | None = None
    decision: str | None = None
    rationale: str | None = None


class LateEntry(NamedTuple):
    """Something added, with its day and its writer, after both had signed."""

    entered_on: Day
    text: str
    by: str | None = None


class Statement(NamedTuple):
    """A disagreement, or anything else somebody wanted on the record, in their own words."""

    text: str
    by: str | None = None
    on: Day | None = None


class Entered(NamedTuple):
    """Who put a fact into the store, and on which day: what the history says, not what was claimed."""

    by: str
    on: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The whole of one session's record, ready to be read or printed."""

    session: Session
    worker: str
    supervisor: str | None
    team: str | None = None
    role: str | None = None
    sections: Sequence[Section] = ()
    actions: Sequence[Action] = ()
    discussions: Sequence[Discussion] = ()
    late_entries: Sequence[LateEntry] = ()
    statements: Sequence[Statement] = ()
    worker_signature_entered: Entered | None = None
    supervisor_signature_entered: Entered | None = None
    sharing_entered: Entered | None = None
    min_minutes: int | None = None
