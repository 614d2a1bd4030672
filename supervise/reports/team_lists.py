"""The lists of a team's paper: gaps, sessions that lack something or were not held, and what changed later.

Whatever somebody typed goes through `discreet` here: these pages are about several people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from supervise import wording
from supervise.reports.charts import bands
from supervise.reports.gap_cells import how_it_ended, late_days, reason_lines, under_whom
from supervise.reports.measured import GapSeen, Measured, SessionSeen, TeamPeriod, discreet
from supervise.reports.page import Story
from supervise.reports.tables import FROM_TO, Cell, Column, Value
from supervise.wording import OnDay, capital, counted, day, full_day


def tell_gaps(story: Story, told: Measured, most: int | None = None) -> None:
    """Every gap, the longest first, or the first so many of them; and how many there are of each length."""
    story.heading(1, "Gaps with a late day in the period")
    if not told.gaps:
        story.sentence("No gap has a late day in the period.")
        return
    story.sentence(
        f"{counted(len(told.gaps), 'gap')}, of which {told.gaps_carried_in} began before the period."
        f" The longest has {counted(told.longest_gap_days, 'late day')}.",
        with_next=True,
    )
    story.figure(*bands(told.bands))
    columns = (
        Column("Case" if told.whom == "cases" else "Person", 72, names_rows=True),
        Column("Last held; due", 64, out=("Last held", "Due")), Column("Late from – to", 70, out=FROM_TO),
        Column("Days late", 30, "right"), Column("Days away", 33, "right"), Column("How it ended", 72),
        Column("Late days under; reasons", 141),
    )  # fmt: skip
    if most is not None and len(told.gaps) > most:
        story.sentence(
            f"Only the {most} longest are listed here; each team’s own paper has all of its gaps."
        )
    story.table(columns, [_gap(gap, with_team=most is not None) for gap in told.gaps[:most]])


def _gap(gap: GapSeen, *, with_team: bool) -> Sequence[Value]:
    told = [gap.team] if with_team else []
    told += [under_whom(gap.under), *reason_lines(gap.reasons)]
    if gap.carried_in:
        told.append("Began before the period")
    held = "none" if gap.last_held is None else OnDay(gap.last_held)
    return (
        gap.name, Cell(f"{held}\n{day(gap.due)}", out=(held, OnDay(gap.due))),
        late_days(gap.first_late, gap.last_late), gap.days_late, gap.days_away, how_it_ended(gap.ended),
        "\n".join(told),
    )  # fmt: skip


# --- sessions

_SESSION = (Column("Person", 120, names_rows=True), Column("Held", 66), Column("Supervisor", 110))


def _session(each: SessionSeen) -> tuple[str, Value, str]:
    return each.name, OnDay(each.held_on), each.supervisor or "None named"


def tell_evidence(story: Story, told: TeamPeriod) -> None:
    """The sessions that were held and lack a step of their record."""
    story.heading(1, "Held, not evidenced")
    lacking = [each for each in told.sessions if each.missing]
    elsewhere = sum(each.kept_elsewhere for each in told.sessions)
    kept = len(told.sessions) - elsewhere
    story.sentence(
        f"{len(lacking):,} of {counted(kept, 'session')} held whose record is kept here"
        f" {'lacks' if len(lacking) == 1 else 'lack'} a step by {full_day(told.end)}."
        + (f" Of {elsewhere:,} more the record is kept elsewhere." if elsewhere else ""),
        with_next=bool(lacking),
    )
    if lacking:
        rows = [(*_session(each), capital(", ".join(each.missing))) for each in lacking]
        story.table((*_SESSION, Column("Not yet", 186)), rows)


_WHOM = {"worker": "The worker", "supervisor": "The supervisor", "other": "Somebody else"}


def tell_not_held(story: Story, told: TeamPeriod) -> None:
    """The sessions that were not held, by whom and for what reason."""
    story.heading(1, "Cancelled and missed")
    if not told.not_held:
        story.sentence("No session planned for the period is recorded as cancelled or missed.")
        return
    found: Counter[tuple[str, str, str]] = Counter()
    typed: dict[str, str] = {}
    for each in told.not_held:
        reason = discreet(" ".join((each.reason or "").split())) or "None recorded"
        reason = typed.setdefault(reason.casefold(), capital(reason))
        by = _WHOM.get(each.by, each.by) if each.by else "Not recorded"
        found[wording.words(each.status), by, reason] += 1
    columns = (
        Column("What became of it", 90, names_rows=True), Column("By whom", 100), Column("Reason", 240),
        Column("Sessions", 52, "right"),
    )  # fmt: skip
    in_order = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    rows: list[Sequence[Value]] = [(*what, n) for what, n in in_order]
    story.table(columns, [*rows, ("All", "", "", len(told.not_held))])


def tell_lengths(story: Story, told: TeamPeriod) -> None:
    """The sessions that were short or interrupted."""
    story.heading(1, "Short and interrupted")
    found = [each for each in told.sessions if each.is_short or each.interrupted]
    short = sum(each.is_short for each in found)
    interrupted = sum(each.interrupted for each in found)
    unknown = sum(each.minutes is None for each in told.sessions)
    were = "was" if short == 1 else "were"
    story.sentence(
        f"Of {counted(len(told.sessions), 'session')} held, {short:,} {were} shorter than the policy asks for"
        f" and {interrupted:,} interrupted."
        + (f" Of {unknown:,} the length is not recorded." if unknown else ""),
        with_next=bool(found),
    )
    if found:
        lengths = (
            Column("Minutes", 50, "right"),
            Column("Asked for", 56, "right"),
            Column("Interrupted", 80),
        )
        story.table((*_SESSION, *lengths), [_length(each) for each in found])


def _length(each: SessionSeen) -> Sequence[Value]:
    held: Value = "not recorded" if each.minutes is None else each.minutes
    if each.is_short:
        held = Cell(f"{each.minutes}", strong=True)
    interrupted = "Interrupted" if each.interrupted else "No"
    return (*_session(each), held, each.asked, interrupted)


def tell_changed(story: Story, told: TeamPeriod) -> None:
    """The gaps that later entries shortened or removed."""
    story.heading(1, "Gaps changed by later entries")
    columns = (
        Column("Case" if told.whom == "cases" else "Person", 96, names_rows=True), Column("Gap as it was", 128),
        Column("Now", 54), Column("Entered", 66), Column("On", 64), Column("By", 74),
    )  # fmt: skip
    story.table(
        columns,
        [
            (
                each.name,
                Cell(each.was.replace(", ", "\n"), out=(each.was,)),
                each.now,
                capital(each.what),
                OnDay(each.entered_on),
                each.by or "Not known",
            )
            for each in told.changed
        ],
        empty="No gap of the period was shortened or removed by an entry made more than a week late.",
    )


def tell_left_out(story: Story, told: TeamPeriod) -> None:
    """Who is in no measure and why, and of whom records only begin within the period."""
    story.heading(1, "Left out, and where records begin")
    columns = (
        Column("Case" if told.whom == "cases" else "Person", 180, names_rows=True), Column("Why", 302),
    )  # fmt: skip
    rows = [(name, capital(why)) for name, why in told.left_out]
    rows += [
        (name, f"Records begin {day(first)}: not looked at before") for name, first in told.records_begin
    ]
    nobody = "No case" if told.whom == "cases" else "Nobody"
    story.table(columns, rows, empty=f"{nobody} is left out, and records cover the whole period.")
