"""What the words of the paper "Since the last visit" mean, and what its comparison does not say."""

from __future__ import annotations

from collections.abc import Sequence

from supervise.reports.page import Story
from supervise.reports.since_told import SinceVisit
from supervise.wording import day
from supervise.workdays import Day, month_of


def tell_meanings(story: Story, told: SinceVisit) -> None:
    """What the comparison does not say, and the definition of each figure."""
    story.heading(1, "What the comparison does not say")
    for limit in _limits(told):
        story.bullet(limit)
    story.heading(1, "What the figures mean")
    story.notes([(each.title, each.counts) for each in told.meanings])
    story.notes(
        [
            ("Change", "The share since less the share before, in percentage points, reckoned before either is rounded."
             " On time has none: it is no trend."),
            ("Day in scope", "A day in post on which the clock runs and the records are known."),
            ("Late day", "A day in scope after the last day on which the session could have been held in time."),
            ("Gap", "The late days between two sessions that count. It is listed with all of its late days, also"
             " those outside the period, and with its team on the last day that was not late."),
            ("Open at the visit", "A gap with a late day before the visit, and one on its day or after."),
            ("Policy of then, of now", "That of the day before the visit, and that of the last day. Each is taken as"
             " if it had always been in force."),
            ("Days away", "Those of a gap’s late days on which the worker was away and the clock went on. Why"
             " somebody was away is not on papers about several people."),
            ("Clock stopped", "An absence for which the policy stops the clock. No day of it is counted."),
            ("Under", "Whose supervision the late days fell to, by the post of each day."),
            ("Reasons", "As they were typed. Words about health or family leave are printed as “away”; they stand"
             " on the person’s own page."),
            ("Entered later", "An entry made over a week after its day that shortens or removes a gap."),
        ]
    )  # fmt: skip


def _limits(told: SinceVisit) -> Sequence[str]:
    visit, there = told.visit, told.there
    found = [
        "That the visit is the reason. It says what was before and what was since. The fewer people there are, the"
        f" more one long gap moves a share. In post on the last day: {there.last:,}.",
        f"That the people are the same. Joined since the visit: {there.joined:,}; not there any more:"
        f" {there.left:,}.",
    ]
    if _months(told.before.first, told.before.end) != _months(told.since.first, told.since.end):
        found.append(
            "That the season is the same. The periods hold different months of the year; leave, school holidays and"
            " bank holidays fall unevenly."
        )
    found.append(
        "That every late day since the visit comes from what was done since. A gap that was open at the visit is"
        " late in both periods."
    )
    if month_of(visit)[0] != visit:
        found.append(
            "Anything of the month of the visit in the clear months: it is whole in neither period. Days"
            " covered has it."
        )
    found.append(
        "Whether supervision was good. It counts days, sessions and steps of records, and reads none of them."
    )
    return found


def _months(first: Day, last: Day) -> set[str]:
    """The months of the year that hold a day of a period."""
    return {day(when).split(" ")[1] for when in (*range(first, last + 1, 14), last)}
