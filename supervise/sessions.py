"""Sessions: what was agreed to, what was held, and what shows it.

Days are numbers (see `workdays`), times are text as hh:mm.
"""

from typing import NamedTuple

from supervise.workdays import Day


class Session(NamedTuple):
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


EVIDENCE = ("recorded", "shared with the worker", "signed by the worker", "signed by the supervisor")
"""The steps of a held session's evidence (cadence, section 5), as words for a list."""


def missing_evidence(session: Session, by: Day) -> tuple[str, ...]:
    """The steps that a held session still lacks at the end of that day, as words for a list.

    Empty when it is *evidenced*: recorded, shared with the worker and signed by both (cadence,
    section 5). Not for sessions whose record is kept elsewhere, which are counted apart.
    """
    taken = (
        session.was_recorded_on,
        session.shared_on,
        session.worker_signed_on,
        session.supervisor_signed_on,
    )
    return tuple(step for step, on in zip(EVIDENCE, taken, strict=True) if on is None or on > by)


class Entered(NamedTuple):
    """Who put a fact into the store, and on which day: what the history says, not what was claimed."""

    by: str
    on: Day
