"""Service compliance on paper: the teams side by side, and where supervision is thin.

Teams stand in order of name. Nothing here puts them in order of a figure: what one team's figure says beside
another's depends on how few people it is of.
"""

from __future__ import annotations

from collections.abc import Sequence

from supervise import wording
from supervise.compliance import Share
from supervise.reports.charts import percent
from supervise.reports.funnel import tell_consistency
from supervise.reports.measured import GroupSeen, ServicePeriod
from supervise.reports.page import Story
from supervise.reports.tables import Cell, Column, Value
from supervise.reports.team import period_of, tell_measures, tell_months, tell_rules, tell_words
from supervise.reports.team_lists import tell_gaps
from supervise.wording import OnDay, capital, counted, day, days, full_day

LONGEST = 30
"""As many gaps are listed."""

SIDE_BY_SIDE = (
    ("covered_days", "Days covered"), ("clear_months", "Clear months"), ("in_policy", "In policy"),
    ("evidenced", "Evidenced"), ("long_enough", "Long enough"),
)  # fmt: skip
"""The measures that groups are shown by: never `on_time`, which counts a gap of a year once."""


def tell_service(told: ServicePeriod) -> Story:
    """What the paper says, from top to bottom."""
    story = Story()
    rules = ", then ".join(rule.title for rule in told.rules)
    under = (period_of(told), counted(len(told.teams), "team"), wording.words(told.clock), rules)
    story.title("The service: supervision", " · ".join(filter(None, under)))
    if told.end < told.last:
        story.sentence(f"Nothing after {full_day(told.end)} is known yet: figures are up to that day.")
    if told.removed:
        story.sentence(told.removed)
    _tell_sources(story, told)
    tell_measures(story, told)
    _tell_groups(story, "Team by team", "Team", told.teams)
    tell_consistency(story, told.consistency, is_case=told.whom == "cases")
    tell_months(story, told)
    _tell_groups(story, "Agency and permanent", "Basis", told.bases)
    _tell_newly_qualified(story, told)
    _tell_thin(story, told)
    tell_gaps(story, told, LONGEST)
    story.heading(1, "Left out")
    story.table(
        (Column("Why", 300, names_rows=True), Column("How many", 182, "right")),
        [(capital(why), n) for why, n in told.left_out],
        empty="Nobody is left out.",
    )
    tell_rules(story, told)
    tell_words(story, told, _ONLY_HERE)
    story.about_letters()
    return story


_ONLY_HERE = (
    (
        "Team",
        "A day, month, session or gap is a team’s by the post of its day; a team’s own paper has all of them.",
    ),
    ("Phase", "The rule of the policy that held for somebody newly qualified on the last day."),
    (
        "Under six weeks",
        "Named as a supervisor on the last day, in that role and team for less than 42 days.",
    ),
    ("Stale", "An export older than 35 days."),
)


def _tell_sources(story: Story, told: ServicePeriod) -> None:
    if not told.sources:
        return
    story.heading(1, "Where the figures come from")
    columns = (
        Column("Export", 130, names_rows=True), Column("Teams", 180), Column("As at", 72), Column("Age", 100),
    )  # fmt: skip
    rows = [
        (
            each.name,
            ", ".join(each.teams),
            OnDay(each.as_at),
            days(each.age) + (", stale" if each.is_stale else ""),
        )
        for each in told.sources
    ]
    story.table(columns, rows)


def _tell_groups(story: Story, heading: str, of: str, groups: Sequence[GroupSeen]) -> None:
    story.heading(1, heading)
    columns = (
        Column(of, 80, names_rows=True),
        *(
            Column(title, 55 if at else 70, "right", out=(title, f"{title}, of", f"{title}, share"))
            for at, (_, title) in enumerate(SIDE_BY_SIDE)
        ),
        Column("Gaps", 34, "right"), Column("Longest", 46, "right"), Column("Left out", 32, "right"),
    )  # fmt: skip
    rows: list[Sequence[Value]] = [
        (
            each.title, *(_share(each.shares[name]) for name, _ in SIDE_BY_SIDE), each.gaps,
            each.longest_gap_days, each.left_out,
        )
        for each in groups
    ]  # fmt: skip
    story.table(columns, rows, empty="Nobody was in post in the period.", with_next=True)
    story.quiet(
        "The share, and how many of how many. Longest is the late days of the longest gap. In order of name."
    )


def _share(share: Share) -> Cell:
    """On two lines: the share, and what it is of."""
    told = percent(share)
    text = f"{told}\n{share.n:,} of {share.d:,}" if share.d else told
    return Cell(text, out=(share.n, share.d, told))


def _tell_newly_qualified(story: Story, told: ServicePeriod) -> None:
    story.heading(1, "Newly qualified, by phase")
    story.table(
        (
            Column(f"Rule on {day(told.end)}", 282, names_rows=True), Column("People", 100, "right"),
            Column("In a gap", 100, "right"),
        ),
        list(told.phases),
        empty=f"Nobody in post on {day(told.end)} is newly qualified.",
    )  # fmt: skip


def _tell_thin(story: Story, told: ServicePeriod) -> None:
    story.heading(1, "Managers under six weeks in post")
    story.table(
        (Column("Manager", 200, names_rows=True), Column("In post since", 141), Column("Days in post", 141, "right")),
        [(name, OnDay(since), told.end - since + 1) for name, since in told.new_managers],
        empty=f"No manager who supervised somebody on {day(told.end)} was under six weeks in post.",
    )  # fmt: skip
    story.heading(1, "Without a named supervisor")
    story.table(
        (Column("Person", 200, names_rows=True), Column("Team", 282)),
        list(told.unnamed),
        empty=f"Everybody in post on {day(told.end)} has a named supervisor.",
    )
