"""The handover pack: what somebody taking over a team needs to know of each person in it, on paper.

Every gap says whose supervision its late days fell to, day by day as the posts have it: a new manager does
not inherit the blame. The kind of an absence is not told here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from supervise.reports.forms import about
from supervise.reports.handover_told import GapTold, Handed, Handover, Why
from supervise.reports.page import Story
from supervise.reports.story import KeyFigure
from supervise.reports.tables import FROM_TO, Column, from_to
from supervise.today import Booking, LateUnder
from supervise.wording import STATUS, OnDay, capital, counted, day, days, joined, span, times, words
from supervise.workdays import Day


def name_of(told: Handover) -> str:
    """What the paper is called."""
    return f"Handover · {told.team or 'Everybody'}"


def tell_handover(told: Handover) -> Story:
    """What the paper says, from top to bottom."""
    story = Story()
    now = f"supervised by {told.manager}" if told.manager else "no supervisor named"
    story.title(
        f"Handover: {told.team or 'everybody'}",
        f"As at {day(told.as_at)} · {counted(len(told.people), 'person', 'people')}, {now}"
        + (f" · for {told.to}" if told.to else ""),
    )
    if not told.people:
        story.sentence("Nobody is in post here on this day, so that there is nothing to hand over.")
        story.about_letters()
        return story
    _tell_team(story, told)
    none = f"Nothing falls due up to {day(told.until)}."
    _tell_days(story, "The next six weeks", "Day", ahead(told), none)
    _tell_days(story, "Waiting already", "Since", waiting(told), "Nothing has been left undone.")
    _tell_blame(story, told)
    for person in told.people:
        _tell_person(story, person, told)
    story.heading(1, "Handed over")
    by = "Handed over by"
    story.signing(told.manager or by, by if told.manager else "", with_next=True)
    story.signing(told.to or "Taken over by", "Taken over by" if told.to else "")
    story.about_letters()
    return story


# --- The team at a glance


def _tell_team(story: Story, told: Handover) -> None:
    actions = [action for person in told.people for action in person.actions]
    gaps = sum(person.row.status == "gap" for person in told.people)
    people = counted(len(told.people), "person", "people")
    late = sum(each.due_on is not None and each.due_on < told.as_at for each in actions)
    story.key_figures(
        [
            KeyFigure("In a gap", str(gaps), f"of {people}", "Past the last day that was not late"),
            KeyFigure("Open actions", str(len(actions)), f"{late} past due", "Agreed and not done"),
        ]
    )
    story.heading(1, "Where everyone stands")
    columns = [Column("Person", 118, names_rows=True), Column("Asked", 122), Column("Stands", 66)]
    columns += [Column("Last held", 62), Column("Due", 62), Column("Actions", 52, "right")]
    rows = ((person.row, len(person.actions)) for person in told.people)
    story.table(
        columns,
        ((row.name, row.phase, STATUS[row.status], _day(row.last_held), _day(row.due), n) for row, n in rows),
    )  # fmt: skip


def _day(when: Day | None) -> OnDay | None:
    return None if when is None else OnDay(when)


def _tell_days(
    story: Story, heading: str, first: str, rows: Iterable[tuple[Day, str, str]], empty: str
) -> None:
    story.heading(1, heading)
    columns = [Column(first, 70, names_rows=True), Column("Person", 130), Column("What", 282)]
    story.table(columns, [(OnDay(on), who, what) for on, who, what in rows], empty=empty)


def ahead(told: Handover) -> list[tuple[Day, str, str]]:
    """What falls on the day itself or later, up to `until`: day, name and what, in order of days."""
    found = [(each.on, each.name, _booked(each)) for each in told.bookings]
    for person in told.people:
        name, row = person.row.name, person.row
        if row.due is not None:
            late = f"; a gap after {day(row.late_by)}" if row.late_by is not None else ""
            found.append((row.due, name, f"Supervision due{late}"))
        found += [(on, name, what) for on, what in person.ahead]
        found += [(a.due_on, name, f"Action due: {a.text}") for a in person.actions if a.due_on]
        if person.agreement and person.agreement.review_on:
            found.append((person.agreement.review_on, name, "Supervision agreement to be reviewed"))
    return sorted(each for each in found if told.as_at <= each[0] <= told.until)


def _booked(booking: Booking) -> str:
    at = f" at {booking.start}" if booking.start else ""
    return f"{words(booking.kind)} booked{at}"


def waiting(told: Handover) -> list[tuple[Day, str, str]]:
    """What was due before the day: since when, name and what, the longest first."""
    found = [(each.held_on, each.name, f"Record {each.said}") for each in told.unevidenced]
    for person in told.people:
        name, row = person.row.name, person.row
        if row.due is not None and row.due < told.as_at:
            late = f"gap, {days(row.days_late)} late" if row.status == "gap" else "not late yet"
            found.append((row.due, name, f"Supervision was due: {late}"))
        for action in person.actions:
            if action.due_on is not None and action.due_on < told.as_at:
                carried = f" (carried forward {times(action.carried)})" if action.carried else ""
                found.append((action.due_on, name, f"Action: {action.text}{carried}"))
        if person.agreement and person.agreement.is_past and person.agreement.review_on:
            found.append((person.agreement.review_on, name, "Review of the supervision agreement"))
    return sorted(found)


# --- Gaps, and whose they were

DISCREET = (
    "Reasons are told as they were typed, but words about health or family leave are told as “away”."
)
"""What a paper says of reasons where it is for other eyes than the worker's."""

ENDED = {
    "session": "ended by a session",
    "absent": "ended when an absence stopped the clock",
    "left": "ended with the post",
    "stopped": "ended when the clock was stopped",
    "open": "still open",
}


def _tell_blame(story: Story, told: Handover) -> None:
    story.heading(1, "Gaps, and under whose supervision")
    story.sentence(
        "Each late day stands under the supervisor named in the post on that day. Whoever takes over does"
        " not inherit the late days from before.",
        with_next=True,
    )
    columns = [
        Column("Person", 100, names_rows=True),
        Column("Late", 132, out=FROM_TO),
        Column("Days", 40, "right"),
    ]
    columns += [Column("Under", 114), Column("How it ended", 96)]
    rows = [
        (each.row.name, from_to(gap.first, gap.last), gap.days_late, under(gap.under), ENDED[gap.ended])
        for each in told.people
        for gap in each.gaps
    ]
    since = f"since {day(told.gaps_from)}"
    story.table(columns, rows, empty=f"There was no gap with a late day {since}.")
    if any(gap.reasons for each in told.people for gap in each.gaps):
        story.quiet(DISCREET)
    if rows:
        whose: Counter[str] = Counter()
        for each in (each for person in told.people for gap in person.gaps for each in gap.under):
            whose[each.name or "nobody named"] += each.days
        told_of = joined([f"{name} {days(n)}" for name, n in whose.most_common()])
        story.quiet(f"Gaps with a late day {since}, each told whole. In all: {told_of}.")


def under(supervisors: Iterable[LateUnder]) -> str:
    """Whose supervision late days fell to: "Rose Okafor 12 days, nobody named 3 days"."""
    return ", ".join(f"{each.name or 'nobody named'} {days(each.days)}" for each in supervisors)


def reasons(of: Iterable[Why]) -> str:
    """The reasons of a gap in one line, or "none recorded"."""
    said = (
        each.reason if each.kind == "explained" else f"{each.kind} {day(each.first)}: {each.reason}"
        for each in of
    )
    return "; ".join(one.rstrip(".") for one in said) or "none recorded"


def tell_gap(story: Story, gap: GapTold) -> None:
    """Why a gap came to be and how it ended, whose late days they were, and its reasons."""
    story.sentence(" ".join(gap.sentences), with_next=True)
    story.sentence(f"Late days under: {under(gap.under)}.", with_next=bool(gap.reasons))
    if not gap.reasons:
        story.quiet("No reason is recorded.")
    for why in gap.reasons:
        by = f", given by {why.by}" if why.by and why.kind == "explained" else ""
        said = f"{why.kind.capitalize()}, {span(why.first, why.last)}{by}"
        reason = capital(why.reason)
        story.bullet("\n".join(filter(None, (reason, why.text))), said)


# --- Person by person


def _tell_person(story: Story, person: Handed, told: Handover) -> None:
    row = person.row
    story.heading(1, row.name)
    story.quiet(f"{row.phase} · {STATUS[row.status]}", True)
    story.sentence(" ".join(person.why))
    story.facts(_facts(person))
    story.heading(2, "Open actions")
    if not person.actions:
        story.quiet("None.")
    for action in person.actions:
        late = told.as_at - action.due_on if action.due_on is not None else 0
        story.bullet(action.text, about(action) + (f" · {days(late)} past due" if late > 0 else ""))
    for gap in person.gaps:
        story.heading(2, f"Gap {span(gap.first, gap.last)}: {days(gap.days_late)} late")
        tell_gap(story, gap)


def _facts(person: Handed) -> Iterator[tuple[str, str]]:
    yield "Supervisor", person.row.supervisor_name or "None named"
    if person.then:
        yield "Then", capital(person.then)
    if person.last:
        last = person.last
        by = f" with {last.supervisor}" if last.supervisor else ""
        yield "Last session", f"{day(last.on)}, {words(last.kind)}{by}: {last.evidence}"
    else:
        yield "Last session", "None held yet"
    signed = person.agreement
    yield "Agreement", signed.said() if signed else "None recorded"
