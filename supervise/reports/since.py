"""Since the last visit, on paper: a team or everybody in two periods, before and after a day.

A change of rules must not be taken for a change of practice: beside what was, both periods stand as they would
have been under one policy alone. Nothing here puts people in order of a figure, and `on_time` has no change.
"""

from __future__ import annotations

from fractions import Fraction

from supervise import wording
from supervise.compliance import Share
from supervise.reports.charts import month_name, percent, scale_begins, trend
from supervise.reports.measured import Measured
from supervise.reports.page import Story
from supervise.reports.since_lists import tell_lists
from supervise.reports.since_told import Side, SinceVisit, There
from supervise.reports.since_words import tell_meanings
from supervise.reports.story import KeyFigure
from supervise.reports.tables import Cell, Column
from supervise.reports.team import HEADLINES
from supervise.wording import OnDay, capital, counted, days, full_day
from supervise.workdays import Day, add_months, month_of


def name_of(told: SinceVisit) -> str:
    """What the paper is called."""
    return f"Since the last visit · {told.team or 'Everybody'}"


def tell_since(told: SinceVisit) -> Story:
    """What the paper says, from top to bottom."""
    story = Story()
    rules = ", then ".join(rule.title for rule in told.rules)
    under = (_in_post(told.there), wording.words(told.before.clock), rules)
    story.title(
        f"{told.team or 'Everybody'}: since the visit of {_unbroken(told.visit)}",
        " · ".join(filter(None, under)),
    )
    _tell_periods(story, told)
    _tell_measures(story, told)
    _tell_under(story, told)
    _tell_months(story, told)
    tell_lists(story, told)
    tell_meanings(story, told)
    story.about_letters()
    return story


def _in_post(there: There) -> str:
    before, last = counted(there.before, "person", "people"), f"{there.last:,}"
    return f"{before} in post before the visit, {last} on the last day"


def _unbroken(when: Day) -> str:
    return full_day(when).replace(" ", "\u00a0")


def _tell_periods(story: Story, told: SinceVisit) -> None:
    before, since = told.before, told.since
    long = [each.end - each.first + 1 for each in (before, since)]
    story.facts(
        (name, f"{full_day(each.first)} – {full_day(each.end)}, {days(n)}")
        for name, each, n in (
            ("Before the visit", before, long[0]), ("Since the visit", since, long[1]),
        )
    )  # fmt: skip
    if since.end < since.last:
        story.sentence(f"Nothing after {full_day(since.end)} is known yet: figures are up to that day.")
    if long[0] == long[1]:
        story.sentence(
            "Both periods are of the same length. The day of the visit belongs to the second."
        )
    else:
        other = "longer" if long[1] > long[0] else "shorter"
        story.sentence(
            f"The second period, which begins with the day of the visit, is {days(abs(long[1] - long[0]))}"
            f" {other} than the first. Shares can be compared all the same; numbers of gaps and of sessions cannot."
        )
    for sentence in told.sources:
        story.quiet(sentence)


# --- figures


def change_of(before: Share, since: Share) -> str:
    """ "up 6 points", of shares before they are rounded; whole points, or less than one."""
    if not before.d or not since.d:
        return "nothing to compare"
    points = 100 * (Fraction(since.n, since.d) - Fraction(before.n, before.d))
    if not points:
        return "no change"
    way = "up" if points > 0 else "down"
    if abs(points) < 1:
        return f"{way} less than 1 point"
    return f"{way} {counted(int(abs(points) + Fraction(1, 2)), 'point')}"


def side_of(period: Measured) -> Side:
    """What was, in figures."""
    shares = {each.name: each.share for each in period.measures}
    return Side(shares, len(period.gaps), period.longest_gap_days)


def _tell_measures(story: Story, told: SinceVisit) -> None:
    before, since = side_of(told.before), side_of(told.since)
    story.heading(1, "Measures")
    story.key_figures(
        KeyFigure(f"{each.title}, {when}", percent(share), _fraction(share), means)
        for each in told.meanings
        if each.name in HEADLINES
        for when, share, means in (
            ("before", before.shares[each.name], ""),
            ("since", since.shares[each.name], capital(change_of(before.shares[each.name], since.shares[each.name]))),
        )
    )  # fmt: skip
    _tell_pair(story, told, before, since, "Measures before and since")
    columns = (
        Column("Gaps with a late day in the period", 242, names_rows=True),
        Column("Before the visit", 120, "right"), Column("Since the visit", 120, "right"),
    )  # fmt: skip
    rows: list[tuple[str, int, int]] = [
        ("All gaps", before.gaps, since.gaps),
        ("Began before the period", told.before.gaps_carried_in, told.since.gaps_carried_in),
        ("Late days of the longest", before.longest, since.longest),
    ]
    pairs = zip(told.before.bands, told.since.bands, strict=True)
    rows += [(capital(name), n, since_n) for (name, n), (_, since_n) in pairs]
    story.table(columns, rows, caption="Gaps in numbers", with_next=True)
    story.quiet("A gap that was open at the visit is in both, with all of its late days.")


def _tell_pair(story: Story, told: SinceVisit, before: Side, since: Side, caption: str = "") -> None:
    columns = (
        Column("Measure", 122, names_rows=True),
        *(
            Column(f"{when} the visit", 120, "right", out=(f"{when}: count", f"{when}: of", f"{when}: share"))
            for when in ("Before", "Since")
        ),
        Column("Change", 120),
    )  # fmt: skip
    story.table(
        columns,
        [
            (
                each.title, *(_share(side.shares[each.name]) for side in (before, since)),
                "Not compared" if each.name == "on_time"
                else capital(change_of(before.shares[each.name], since.shares[each.name])),
            )
            for each in told.meanings
        ],
        caption=caption,
    )  # fmt: skip


def _share(share: Share) -> Cell:
    text = f"{_fraction(share)} ({percent(share)})" if share.d else percent(share)
    return Cell(text, out=(share.n, share.d, percent(share)))


def _fraction(share: Share) -> str:
    return f"{share.n:,} of {share.d:,}" if share.d else ""


# --- under one policy


_WHEN = {
    "then": "Policy of then",
    "now": "Policy of now",
    "both": "Policy of then and of now",
}


def _tell_under(story: Story, told: SinceVisit) -> None:
    story.heading(1, "Under the policy of then and of now")
    eve, last = full_day(told.visit - 1), full_day(told.since.end)
    if not told.rules:
        story.sentence("No policy was in force in either period.")
    elif not told.under:
        story.sentence(
            f"The same policy, “{told.rules[0].title}”, was in force on every day of both periods: no difference"
            " between them comes from a change of rules."
        )
    else:
        story.sentence(
            "More than one policy was in force. Here both periods are reckoned as if one policy alone had"
            " always been: a difference that is here too does not come from a change of rules; one that is only"
            " above may."
        )
    whens = [each.when for each in told.under]
    if whens == ["both"]:
        story.sentence(f"The same policy was in force on {eve} and on {last}.")
    elif told.under and "then" not in whens:
        story.sentence(f"On {eve}, just before the visit, no policy was in force.")
    for each in told.under:
        story.heading(2, f"{_WHEN[each.when]}: {each.policy}")
        if each.sides is None:
            story.sentence(
                f"It has no clock “{wording.words(told.before.clock)}”: nothing was asked for."
            )
            continue
        before, since = each.sides
        _tell_pair(story, told, before, since)
        story.sentence(
            f"{counted(before.gaps, 'gap')} before, the longest of {counted(before.longest, 'late day')};"
            f" {counted(since.gaps, 'gap')} since, the longest of {counted(since.longest, 'late day')}."
        )


# --- month by month


def _tell_months(story: Story, told: SinceVisit) -> None:
    story.heading(1, "Days covered, month by month")
    points = told.by_month
    if not points:
        story.quiet("The two periods together have no whole calendar month.")
        return
    if any(share.d for _, share in points):
        shown = points[0][0] <= told.visit < add_months(points[-1][0], 1)
        event = (told.visit, f"the visit, {wording.day(told.visit)}")
        story.figure(*trend(points, event=event), with_next=True)
        begins = scale_begins(points)
        story.quiet(
            "● a month without a late day, ■ a month with late days."
            f" The scale begins at {begins} %{'' if begins == 0 else ', not at 0'}."
            " Only whole calendar months are shown"
            + (", the month of the visit too." if shown else ", and the visit is in none of them.")
        )
    columns = (
        Column("Month", 122, names_rows=True), Column("Days covered", 90, "right"), Column("Of", 90, "right"),
        Column("Share", 60, "right"), Column("When", 120),
    )  # fmt: skip
    story.table(
        columns,
        [
            (
                Cell(month_name(first), out=(OnDay(first),)), share.n, share.d, percent(share),
                _when(first, told.visit),
            )
            for first, share in points
        ],
    )  # fmt: skip


def _when(first: Day, visit: Day) -> str:
    if month_of(first) == month_of(visit) and first < visit:
        return "The visit’s month"
    return "Before the visit" if first < visit else "Since the visit"
