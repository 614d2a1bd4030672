"""A worker's chronology on paper: every session, gap, time away, change and promise of a period, in order
of days, with what the policy asked and why there was each gap.

It is the worker's own paper. Only here may the kind of time away be named; `Chronology.for_other_eyes` has none
of that, so that the same paper can go further.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from supervise.reports.forms import Promise, about
from supervise.reports.handover import DISCREET, ENDED, reasons, tell_gap
from supervise.reports.handover_told import GapTold
from supervise.reports.page import Story
from supervise.reports.story import KeyFigure
from supervise.reports.tables import FROM_TO, Cell, Column, Value, from_to
from supervise.reports.worker_told import Asked, AwayTold, Chronology, PostTold, SessionTold
from supervise.wording import OnDay, capital, day, days, joined, minutes, span, words
from supervise.workdays import FOREVER, Day, no_working_day_between


def name_of(told: Chronology) -> str:
    """What the paper is called."""
    return f"Supervision chronology · {told.name}"


def tell_chronology(told: Chronology) -> Story:
    """What the paper says, from top to bottom."""
    story = Story()
    story.title(
        f"Supervision of {told.name}",
        f"Chronology, {span(told.first, told.last)}, as at {day(told.as_at)} · {words(told.clock)}",
    )
    story.key_figures(_figures(told))
    story.strip(told.strip, with_next=True)
    story.strip_key()
    _tell_asked(story, told.asked)
    story.heading(1, "In order of days")
    columns = [
        Column("When", 92, names_rows=True, out=FROM_TO),
        Column("What", 108),
        Column("What is recorded", 282),
    ]
    story.table(columns, _rows(told), empty="Nothing is recorded in these days.")
    _tell_gaps(story, told.gaps)
    _tell_before(story, told)
    story.heading(1, "What the words mean")
    story.notes(_NOTES + _of_away_said(told))
    story.about_letters()
    return story


_NOTES = (
    ("Held", "Supervisions of the kinds that the policy counts, each day once, while in post."),
    ("Gap", "Days after the last day on which the session was not late. Days on which the clock was stopped"
     " are not counted."),
    ("Days late", "A gap is told whole, also where it began before these days or went on after them. The"
     " figure at the head counts only the late days inside them."),
    ("Evidenced", "Written up, shared with the worker, and signed by both, as at the day of this paper."),
)  # fmt: skip


def _of_away_said(told: Chronology) -> tuple[tuple[str, str], ...]:
    """What the paper says of why somebody was away, or that it does not."""
    if told.discreet:
        return (("Reasons", DISCREET),)
    own = "This is the worker’s own paper and says why they were away. Papers for anybody else do not."
    return (("Away", own),) if any(each.kind for each in told.away) else ()


def _figures(told: Chronology) -> Iterator[KeyFigure]:
    here = [each for each in told.sessions if each.evidence and not each.session.record_kept]
    became = [each.session.status for each in told.sessions]
    cancelled, missed = became.count("cancelled"), became.count("missed")
    late = f"{days(told.strip.days_late)} late in these days" if told.gaps else ""
    still = "One of them goes on" if told.strip.open_gap else ""
    yield KeyFigure("Held", str(len(told.strip.held)), means="Supervisions that count")
    yield KeyFigure("Gaps", str(len(told.gaps)), late, still)
    evidenced, of = sum(not each.missing for each in here), f"of {len(here)} held"
    yield KeyFigure("Evidenced", str(evidenced), of, "Of every kind, whose record is kept here")
    yield KeyFigure("Not held", str(cancelled + missed), f"{cancelled} cancelled, {missed} missed")


def _tell_asked(story: Story, asked: Iterable[Asked]) -> None:
    story.heading(1, "What the policy asked")
    columns = [
        Column("Days", 132, names_rows=True, out=FROM_TO),
        Column("Asked", 110),
        Column("By rule", 240),
    ]
    rows = (
        (
            from_to(each.first, each.last), each.stopped or capital(each.every),
            f"{each.policy}: {each.rule}" if each.rule else each.policy,
        )
        for each in asked
    )  # fmt: skip
    story.table(columns, rows, empty="No policy asked for anything in these days.")


# --- In order of days


_Line = tuple[Day | None, Value, Value, str]
"""A row of the table before it is put in order; its day is None where none is known."""


def _rows(told: Chronology) -> Iterator[tuple[Value, ...]]:
    lines = [
        *_changes(told),
        *map(_of_away, told.away),
        *map(_of_gap, told.gaps),
        *(_of_session(each, told.as_at) for each in told.sessions),
        *map(_of_action, told.actions),
    ]
    for line in sorted(lines, key=lambda line: line[0] or FOREVER):  # of one day in the order above
        yield line[1:]


def _changes(told: Chronology) -> Iterator[_Line]:
    """Posts that began or ended, agreements and agreed frequencies."""
    before: PostTold | None = None
    for each in sorted(told.posts, key=lambda each: each.post.first):
        first, last = each.post.first, each.post.last
        if before is not None and not no_working_day_between(before.post.last, first):
            before = None
        if told.first <= first <= told.last:
            yield (first, OnDay(first), *_new_post(each, before))
        goes_on = any(
            other.post.last > last and no_working_day_between(last, other.post.first)
            for other in told.posts
        )
        if told.first <= last <= told.last and not goes_on:
            yield (last, OnDay(last), "Post ended", f"Last day in {each.post.team}.")
        before = each
    for one in told.variations:
        by = f", approved by {one.approved_by}" if one.approved_by else ""
        often = _sentence(f"{one.every}, {span(one.first, one.last)}{by}")
        said = f"{often} {one.reason or 'No reason recorded.'}"
        yield (max(one.first, told.first), OnDay(one.first), "Frequency agreed", said)
    for signed in told.agreements:
        yield (signed.signed_on, OnDay(signed.signed_on), "Agreement", f"{signed.said()}.")


def _new_post(each: PostTold, before: PostTold | None) -> tuple[str, str]:
    """What a post is called where it begins, and what it says: of one that follows another what is new."""
    now = each.named()
    if before is None:
        return "Post began", "\n".join(f"{name}: {value}" for name, value in now.items())
    was = before.named()
    new = [name for name in now if now[name] != was[name]]
    what = f"Change of {joined([name.lower() for name in new])}" if new else "Post went on"
    said = "\n".join(f"{name}: {now[name]}, before {was[name]}" for name in new)
    return what, said or "Entered anew with the same team, role and supervisor."


def _of_away(away: AwayTold) -> _Line:
    stopped = f"The clock was {'' if away.stops else 'not '}stopped."
    said = f"{away.kind}. {stopped}" if away.kind else stopped
    return (away.first, from_to(away.first, away.last), "Away", said)


def _of_gap(gap: GapTold) -> _Line:
    away = f", {gap.days_away} of them away" if gap.days_away else ""
    said = f"{days(gap.days_late)} late{away}; {ENDED[gap.ended]}.\nReasons: {reasons(gap.reasons)}."
    return (gap.first, from_to(gap.first, gap.last), Cell("■ Gap", "Gap", strong=True), said)


def _of_session(told: SessionTold, as_at: Day) -> _Line:
    session, kind = told.session, words(told.session.kind)
    on = session.held_on if session.status == "held" else session.planned_on or session.recorded_on
    when: Value = OnDay(on) if on is not None else "Day not recorded"
    if session.status == "held":
        mark, word = "●" if told.counts else "○", f"{kind} held"
    elif session.status == "planned":
        passed = ", nothing entered" if on is not None and on < as_at else ""
        mark, word = "◇", f"{kind} planned{passed}"
    else:
        mark, word = "–", f"{kind} {session.status}"
    return (on, when, Cell(f"{mark} {word}", word), "\n".join(_said_of(told)))


def _said_of(told: SessionTold) -> Iterator[str]:
    session = told.session
    head = [f"with {told.supervisor}" if told.supervisor else "no supervisor named"]
    if session.status == "held":
        head.append(minutes(session.minutes) if session.minutes is not None else "length not recorded")
        head += ["interrupted"] if session.interrupted else []
        if session.planned_on not in (None, session.held_on):
            head.append(f"planned for {day(session.planned_on or 0)}")
    yield _sentence(", ".join(head))
    if session.status in ("cancelled", "missed"):
        by = f"By {session.cancelled_by}. " if session.cancelled_by else ""
        yield f"{by}Reason: {session.reason or 'none recorded'}"
    if told.evidence:
        yield _sentence(told.evidence)
    if session.worker_view == "disagrees":
        yield "The worker disagrees with the record."
    if told.doubt:
        yield _sentence(told.doubt)
    elif session.status == "held" and not told.counts:
        yield "Does not count for this clock."


def _sentence(text: str) -> str:
    return f"{capital(text).rstrip('.')}."


def _of_action(action: Promise) -> _Line:
    when: Value = OnDay(action.agreed_on) if action.agreed_on is not None else "Day not recorded"
    return (action.agreed_on, when, "Action agreed", f"{action.text}\n{about(action)}")


# --- Below the table


def _tell_gaps(story: Story, gaps: Iterable[GapTold]) -> None:
    for number, gap in enumerate(sorted(gaps, key=lambda gap: gap.first)):
        if number == 0:
            story.heading(1, "Why there was each gap")
        story.heading(2, f"{span(gap.first, gap.last)}: {days(gap.days_late)} late")
        tell_gap(story, gap)


def _tell_before(story: Story, told: Chronology) -> None:
    if told.before:
        story.heading(1, "Actions from before, not done when these days began")
    for each in told.before:
        on = f"agreed {day(each.agreed_on)} · " if each.agreed_on is not None else ""
        story.bullet(each.text, on + about(each))
