"""What is told of a gap beside its days: reasons, and whose supervision its late days fell to."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from supervise import wording
from supervise.cadence import Interval, Spell
from supervise.policies import Rulebook
from supervise.service import Row
from supervise.sessions import Session
from supervise.today import NONE_RECORDED, LateUnder, NotHeld
from supervise.workdays import Day, day


class Reason(NamedTuple):
    """A reason of a gap: `kind` is explained, cancelled or missed; an explanation has its `text`, who
    gave it, and its own days, a session the day it was planned for."""

    kind: str
    reason: str
    text: str | None
    by: str | None
    first: Day
    last: Day
    id: str


def late_under(spell: Spell, first: Day, last: Day, names: Mapping[str, str]) -> tuple[LateUnder, ...]:
    """Under which supervisors the in-scope days from `first` to `last` fell, in order of days."""
    days: dict[str | None, int] = {}
    for stretch in spell.stretches:
        start, end = max(stretch.first, first), min(stretch.last, last)
        if start <= end and not stretch.stopped:
            supervisor = stretch.tenure.post.supervisor
            days[supervisor] = days.get(supervisor, 0) + end - start + 1
    return tuple(
        LateUnder(supervisor, names.get(supervisor, supervisor) if supervisor else None, n)
        for supervisor, n in days.items()
    )


def not_held_in(
    interval: Interval, sessions: Iterable[Session], rulebook: Rulebook, clock: str
) -> tuple[NotHeld, ...]:
    """The person's sessions that were cancelled or missed in an interval, of kinds that would have
    counted. A day on which one was held after all belongs to the interval that it ended."""
    found = []
    for session in sessions:
        on = session.planned_on if session.planned_on is not None else session.recorded_on
        if on is None or session.status not in ("cancelled", "missed"):
            continue
        after = on >= interval.anchor if interval.is_first else on > interval.anchor
        of = rulebook.clock_on(clock, on)
        if after and on <= interval.end and of and session.kind in of.counts:
            found.append(NotHeld(session.id, on, session.status, session.reason, session.cancelled_by))
    return tuple(sorted(found, key=lambda each: (each.on, each.session)))


def explanations_of(rows: Iterable[Row], clock: str, first: Day, last: Day) -> tuple[Reason, ...]:
    """A person's explanations that overlap the late days of a gap, in order of days."""
    found = [
        Reason(
            "explained", row["reason"], row.get("text"), row.get("by"),
            day(row["from"]), day(row["to"]), row["id"],
        )
        for row in rows if row["clock"] == clock
    ]  # fmt: skip
    found = [reason for reason in found if reason.first <= last and reason.last >= first]
    return tuple(sorted(found, key=lambda reason: (reason.first, reason.last, reason.id)))


def reasons_of(explained: Iterable[Reason], not_held: Iterable[NotHeld]) -> tuple[Reason, ...]:
    """A gap's reasons (interchange, section 1): the explanations of its late days, then the reasons of
    sessions that were not held; a session without one gives none."""
    return (
        *explained,
        *(
            Reason(each.status, each.reason, None, each.by, each.on, each.on, each.session)
            for each in not_held
            if each.reason
        ),
    )


def said(reasons: Iterable[Reason]) -> str:
    """The reasons in one line, or "none recorded"."""
    parts = [
        each.reason if each.kind == "explained"
        else f"{each.kind} {wording.day(each.first)}: {each.reason}"
        for each in reasons
    ]  # fmt: skip
    return "; ".join(parts) or NONE_RECORDED
