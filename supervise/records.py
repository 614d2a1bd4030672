"""What was written of a session: the whole of a record, ready to be read or printed.

It stands apart from `sessions`, which everything needs at its start.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from supervise.sessions import Entered, Session
from supervise.workdays import Day


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
