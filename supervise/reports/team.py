"""Team compliance on paper: what is counted of what, every gap with its reasons, and what is left out.

It is for an inspector who knows none of the people: each figure says what it is of, each word is explained at
the end, and nothing says why somebody was away.
"""

from __future__ import annotations

from collections.abc import Sequence

from supervise import wording
from supervise.reports.charts import month_name, percent, scale_begins, trend
from supervise.reports.measured import Measured, MonthSeen, PersonSeen, TeamPeriod
from supervise.reports.page import Story
from supervise.reports.story import KeyFigure
from supervise.reports.tables import Cell, Column, Value
from supervise.reports.team_lists import (
    tell_changed,
    tell_evidence,
    tell_gaps,
    tell_left_out,
    tell_lengths,
    tell_not_held,
)
from supervise.wording import OnDay, counted, day, full_day
from supervise.workdays import Day

HEADLINES = ("covered_days", "clear_months")
"""What is said in large figures: the headline, and what stands beside it. Never `on_time`."""

NOT_HERE = ("·", "–")
"""The marks of months out of post, and in another team."""

_AT_ONCE = 12
"""Months side by side in a grid."""

_MONTH = 29.4
"""How wide each is, in points: room for the widest mark with a number beside it."""


def name_of(told: TeamPeriod) -> str:
    """What the paper is called."""
    return f"Team compliance · {told.team}"


def tell_team(told: TeamPeriod) -> Story:
    """What the paper says, from top to bottom."""
    story = Story()
    story.title(f"{told.team}: supervision", f"{period_of(told)} · {_under(told)}")
    if told.end < told.last:
        story.sentence(f"Nothing after {full_day(told.end)} is known yet: figures are up to that day.")
    if told.removed:
        story.sentence(told.removed)
    for sentence in told.sources:
        story.quiet(sentence)
    tell_measures(story, told)
    tell_months(story, told)
    _tell_people(story, told)
    for tell in (tell_gaps, tell_evidence, tell_not_held, tell_lengths, tell_changed, tell_left_out):
        tell(story, told)
    tell_rules(story, told)
    tell_words(story, told, _ONLY_HERE)
    story.about_letters()
    return story


def period_of(told: Measured) -> str:
    """ "1 April 2016 – 31 March 2017", neither day ever on two lines."""
    first, last = (full_day(each).replace(" ", "\u00a0") for each in (told.first, told.last))
    return f"{first} – {last}"


def _under(told: TeamPeriod) -> str:
    who = counted(told.people_in_team, "person", "people") + " in the team"
    if told.whom == "cases":
        who = f"{counted(len(told.people), 'case')}; {who}"
    by = f"supervised by {', '.join(told.supervisors)}" if told.supervisors else "no supervisor named"
    rules = ", then ".join(rule.title for rule in told.rules)
    return " · ".join(filter(None, (who, by, wording.words(told.clock), rules)))


# --- figures


def tell_measures(story: Story, told: Measured) -> None:
    """The measures, the headlines in large figures."""
    story.heading(1, "Measures")
    story.key_figures(
        KeyFigure(each.title, percent(each.share), _fraction(each.share.n, each.share.d), each.counts)
        for each in told.measures
        if each.name in HEADLINES
    )
    columns = (
        Column("Measure", 80, names_rows=True), Column("Count", 44, "right"), Column("Of", 44, "right"),
        Column("Share", 48, "right"), Column("What it counts", 266, quiet=True),
    )  # fmt: skip
    rows: list[Sequence[Value]] = [
        (each.title, each.share.n, each.share.d, percent(each.share), each.counts)
        for each in told.measures
    ]
    story.table(columns, rows)


def _fraction(n: int, d: int) -> str:
    return f"{n:,} of {d:,}" if d else ""


def tell_months(story: Story, told: Measured) -> None:
    """The days covered month by month, as a chart and as a table."""
    story.heading(1, "Days covered, month by month")
    if not told.by_month:
        story.quiet("The period has no whole calendar month.")
        return
    points = [(each.first, each.covered) for each in told.by_month]
    if any(share.d for _, share in points):
        story.figure(*trend(points), with_next=True)
        begins = scale_begins(points)
        story.quiet(
            "● a month without a late day, ■ a month with late days."
            f" The scale begins at {begins} %{'' if begins == 0 else ', not at 0'}."
            " Only whole calendar months are shown."
        )
    columns = (
        Column("Month", 66, names_rows=True), Column("Days covered", 56, "right"), Column("Of", 44, "right"),
        Column("Share", 48, "right"), Column("Clear", 44, "right"), Column("Of", 36, "right"),
        Column("Supervised", 60, "right"), Column("Of", 36, "right"),
    )  # fmt: skip
    story.table(
        columns,
        [
            (
                Cell(month_name(each.first), out=(OnDay(each.first),)), each.covered.n, each.covered.d,
                percent(each.covered), each.clear.n, each.clear.d, each.supervised.n, each.supervised.d,
            )
            for each in told.by_month
        ],
    )  # fmt: skip


# --- month by person


def _tell_people(story: Story, told: TeamPeriod) -> None:
    of = "case" if told.whom == "cases" else "person"
    story.heading(1, f"Month by {of}")
    if not told.people or not told.months:
        story.quiet("Nobody was in the team in a whole calendar month of the period.")
        return
    for at in range(0, len(told.months), _AT_ONCE):
        _tell_grid(story, told, at, of.capitalize())
    story.quiet(
        "A number is the sessions held that month. ■ with a grey ground: a month with late days, and the sessions"
        " held all the same. ⏸ clock stopped for most of the month, · not in post, – in another team,"
        " ○ no records or no rule. Late days are those of the months shown."
    )


def _tell_grid(story: Story, told: TeamPeriod, at: int, of: str) -> None:
    months = told.months[at : at + _AT_ONCE]
    columns = [Column(of, 99 + _MONTH * (_AT_ONCE - len(months)), names_rows=True)]
    columns += [Column(month_name(first).split(" ")[0], _MONTH, "centre") for first in months]
    columns += [Column("Late days", 30, "right")]
    story.table(
        columns,
        [_grid_row(each, at) for each in told.people if _is_there(each, at)],
        caption=_from_to(months),
        with_next=at + _AT_ONCE >= len(told.months),
        empty=f"Nobody was in the team: {_from_to(months)}.",
    )


def _from_to(months: Sequence[Day]) -> str:
    first, last = month_name(months[0]), month_name(months[-1])
    return first if first == last else f"{first} – {last}"


def _is_there(person: PersonSeen, at: int) -> bool:
    """Whether there is more to show of somebody than that they were not in the team."""
    months = person.months[at : at + _AT_ONCE]
    return any(each.held or each.late or each.mark not in NOT_HERE for each in months)


def _grid_row(person: PersonSeen, at: int) -> list[Value]:
    months = person.months[at : at + _AT_ONCE]
    late = sum(month.late for month in months)
    return [person.name, *map(_month, months), Cell(f"{late:,}", strong=bool(late))]


def _month(month: MonthSeen) -> Cell:
    if month.late:
        return Cell(f"■ {month.held}", spoken=month.words, strong=True, shaded=True)
    text = month.mark + (f" {month.held}" if month.held else "") if month.mark else str(month.held)
    return Cell(text, spoken=month.words)


# --- rules and words

_RULES = 138.0
"""Room for the longest heading of a policy on one line, in points."""


def tell_rules(story: Story, told: Measured) -> None:
    """The policies applied, as far as they are about this clock."""
    story.heading(1, "Rules applied")
    if not told.rules:
        story.quiet("No policy was in force in the period.")
    for rule in told.rules:
        story.heading(2, rule.title)
        story.quiet(f"Applied {day(rule.first)} – {day(rule.last)}.", with_next=True)
        story.facts(((heading, "\n".join(sentences)) for heading, sentences in rule.says), indent=_RULES)


_ONLY_HERE = (
    ("Changed later", "A gap that would be longer without an entry made over a week after its day."),
    ("Cancelled, missed", "Sessions of a kind that counts, by the day they were planned for."),
)


def tell_words(story: Story, told: Measured, also: Sequence[tuple[str, str]] = ()) -> None:
    """The definition of each figure; `also` are those that only this paper has."""
    story.heading(1, "What the figures mean")
    story.notes([(each.title, each.counts) for each in told.measures])
    story.notes(
        [
            ("Day in scope", "A day in post on which the clock runs and the records are known."),
            ("Late day", "A day in scope after the last day on which the session could have been held in time."),
            ("Gap", "The late days between two sessions that count. It is listed with all of its late days, also"
             " those before the period, and with its team on the last day that was not late."),
            ("Days away", "Those of a gap’s late days on which the worker was away and the clock went on. Why"
             " somebody was away is not on papers about several people."),
            ("Under", "Whose supervision the late days fell to, by the post of each day."),
            ("Clear", "The measure of clear months, month by month."),
            ("Supervised", told.supervised),
            ("Clock stopped", "An absence for which the policy stops the clock. No day of it is counted."),
            ("Reasons", "As they were typed. Words about health or family leave are printed as “away”; they stand"
             " on the person’s own page."),
            *also,
        ]
    )  # fmt: skip
