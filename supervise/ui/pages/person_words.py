"""Short words of the pages about people: a gap, whose its late days were, a session, a booking. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence

from supervise import wording
from supervise.cadence import Gap
from supervise.doing.looking_gaps import Reason
from supervise.doing.looking_person import GapStory, PersonStory, SessionLine
from supervise.today import BoardRow, LateUnder
from supervise.workdays import Day

_HALF_A_YEAR = 182  # days


def short_day(when: Day, seen_from: Day) -> str:
    """ "14 Mar", with its year where it is not within half a year of the day looked at."""
    said = wording.day(when)
    return said.rsplit(" ", 1)[0] if abs(when - seen_from) <= _HALF_A_YEAR else said


def weekday(when: Day) -> str:
    """ "Thu"."""
    return wording.long_day(when)[:3]


def gap_said(gap: Gap) -> str:
    """A gap in a few words: "since 28 Oct 2025, 142 days late"."""
    late = f"{wording.days(gap.days_late)} late"
    if gap.ended == "open":
        return f"since {wording.day(gap.first_late_day)}, {late} so far"
    if gap.first_late_day == gap.last_late_day:
        return f"on {wording.day(gap.first_late_day)}, {late}"
    return f"{wording.day(gap.first_late_day)} – {wording.day(gap.last_late_day)}, {late}"


def whose_said(late_under: Sequence[LateUnder]) -> str:
    """Whose supervision the late days fell to, as a sentence: a new manager does not inherit the blame."""
    if len(late_under) == 1:
        name = late_under[0].name
        return f"Supervisor on the late days: {name or 'nobody was named'}."
    parts = [
        f"{wording.days(each.days)} under {each.name}"
        if each.name
        else f"{wording.days(each.days)} with nobody named"
        for each in late_under
    ]
    return f"Of the late days {wording.joined(parts)}." if parts else ""


def reason_said(reason: Reason) -> str:
    """One reason as a sentence: an explanation with who gave it, or a session that was not held."""
    if reason.kind != "explained":
        return f"{reason.kind.capitalize()} {wording.day(reason.first)}: {reason.reason}"
    by = f" ({reason.by})" if reason.by else ""
    return f"Reason: {reason.reason}{by}"


def own_reason(story: GapStory) -> Reason | None:
    """The explanation that a new one for this gap would take the place of (see `Writing.explain_gap`)."""
    gap = story.gap
    return next(
        (
            reason
            for reason in reversed(story.reasons)
            if reason.kind == "explained"
            and reason.first == gap.first_late_day
            and reason.last <= gap.last_late_day
        ),
        None,
    )


def is_explained(story: GapStory) -> bool:
    """Whether somebody gave a reason for any of its late days."""
    return any(reason.kind == "explained" for reason in story.reasons)


# Sessions


def session_day(line: SessionLine) -> Day:
    """The day of a session: held, or else planned, or else recorded; 0 where nothing is known."""
    session = line.session
    return session.held_on or session.planned_on or session.recorded_on or 0


def record_said(line: SessionLine) -> str:
    """What there is to say of a session beside its day: the record of a held one, when and where a planned
    one will be, why another was not held."""
    session = line.session
    if session.status == "held":
        return " · ".join(filter(None, (line.evidence, line.doubt)))
    if session.status == "planned":
        return ", ".join(filter(None, (session.planned_start, session.place)))
    by = f"by the {session.cancelled_by}" if session.cancelled_by in ("worker", "supervisor") else ""
    return ": ".join(filter(None, (by, session.reason or "no reason recorded")))


# Where somebody stands


def who_said(story: PersonStory) -> str:
    """The line below a name: role and phase, team, supervisor."""
    row = story.row
    if row is None:
        left = story.person.left_on
        return f"Left {wording.day(left)}" if left is not None and left < story.day else "Not in post"
    under = (
        f"supervised by {row.supervisor_name}"
        if row.supervisor_name
        else "nobody is named as supervisor"
    )
    return " · ".join((row.phase, row.team, under))


def stands_said(row: BoardRow | None) -> str:
    """Last held, due, late, booked, in one line."""
    if row is None:
        return ""
    said = []
    if row.last_held is not None and row.days_since is not None:
        ago = "today" if row.days_since == 0 else f"{wording.days(row.days_since)} ago"
        said.append(f"last held {wording.day(row.last_held)}, {ago}")
    elif row.rule:
        said.append("none held yet")
    said += [f"due {wording.day(row.due)}"] if row.due is not None else []
    said += [f"{wording.days(row.days_late)} late"] if row.days_late else []
    said += [f"booked {booked_said(row)}"] if row.booked_on is not None else []
    words = " · ".join(said)
    return wording.capital(words)


def booked_said(row: BoardRow) -> str:
    """ "Thu 16 Mar 2017 at 10:00", with ", too late" where it is; "" without a booking."""
    if row.booked_on is None:
        return ""
    at = f" at {row.booking.start}" if row.booking and row.booking.start else ""
    late = ", too late" if is_too_late(row) else ""
    return f"{weekday(row.booked_on)} {wording.day(row.booked_on)}{at}{late}"


def is_too_late(row: BoardRow) -> bool:
    """Whether a booking comes after the last day that is not late. Whoever has a gap already is not told so."""
    return row.booked_on is not None and not row.booked_in_time and row.status != "gap"
