"""The lists of the paper "Since the last visit": gaps, people, evidence, posts, later entries and who is left out.

Whatever somebody typed goes through `discreet` here: these pages are about several people.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from supervise.reports.gap_cells import how_it_ended, is_open, late_days, reason_lines, under_whom
from supervise.reports.measured import GapSeen
from supervise.reports.page import Story
from supervise.reports.since_told import COUNTED, ChangedSince, Late, SinceVisit
from supervise.reports.tables import FROM_TO, Cell, Column
from supervise.reports.team import tell_rules
from supervise.wording import OnDay, capital, counted, day, days, full_day


def tell_lists(story: Story, told: SinceVisit) -> None:
    """Everything below the figures, up to the rules."""
    _tell_open(story, told)
    _tell_began(story, told)
    _tell_people(story, told)
    _tell_evidence(story, told)
    _tell_supervisors(story, told)
    _tell_changed(story, told)
    _tell_left_out(story, told)
    tell_rules(story, replace(told.since, rules=told.rules))


def _of(told: SinceVisit) -> str:
    return "Case" if told.since.whom == "cases" else "Person"


def _nobody(told: SinceVisit) -> str:
    return "No case" if told.since.whom == "cases" else "Nobody"


def _are(n: int) -> str:
    """ "none is", "1 is", "3 are"."""
    return f"{n:,} are" if n > 1 else "1 is" if n else "none is"


# --- gaps


def _tell_open(story: Story, told: SinceVisit) -> None:
    story.heading(1, "Gaps that were open at the visit")
    others = told.ended_before
    ended = (
        f"{counted(others, 'gap')} with a late day in the first period {'was' if others == 1 else 'were'} over"
        " before the visit."
        if others
        else ""
    )
    if not told.open_at_visit:
        story.sentence(f"No gap was open at the visit. {ended}".rstrip())
        return
    still = sum(is_open(each.gap.ended) for each in told.open_at_visit)
    known = f"As known on {full_day(told.since.as_at)}, {_are(still)} still open."
    story.sentence(
        f"{counted(len(told.open_at_visit), 'gap')} had late days before the visit and on its day or since."
        f" {known} {ended}".rstrip(),
        with_next=True,
    )
    columns = (
        Column(_of(told), 80, names_rows=True), Column("Late from – to", 68, out=FROM_TO),
        Column("Late days before", 42, "right"), Column("Late days since", 42, "right"),
        Column("Days away", 34, "right"), Column("How it ended", 92),
        Column("Late days under; reasons", 124),
    )  # fmt: skip
    story.table(
        columns,
        [
            (
                each.gap.name, _late(each.gap), each.before, each.since, each.gap.days_away,
                how_it_ended(each.gap.ended), _about(each.gap, told),
            )
            for each in told.open_at_visit
        ],
    )  # fmt: skip


def _tell_began(story: Story, told: SinceVisit) -> None:
    story.heading(1, "Gaps that began since the visit")
    if not told.began_since:
        story.sentence("No gap began since the visit.")
        return
    still = sum(is_open(each.gap.ended) for each in told.began_since)
    story.sentence(
        f"{counted(len(told.began_since), 'gap')} began on the day of the visit or since; {_are(still)} still open.",
        with_next=True,
    )
    columns = (
        Column(_of(told), 78, names_rows=True), Column("Last held", 62),
        Column("Late from – to", 68, out=FROM_TO), Column("Days late", 32, "right"),
        Column("Days away", 34, "right"), Column("How it ended", 92), Column("Late days under; reasons", 116),
    )  # fmt: skip
    story.table(
        columns,
        [
            (
                gap.name, "none" if gap.last_held is None else OnDay(gap.last_held), _late(gap), gap.days_late,
                gap.days_away, how_it_ended(gap.ended), _about(gap, told),
            )
            for gap in (each.gap for each in told.began_since)
        ],
    )  # fmt: skip


def _late(gap: GapSeen) -> Cell:
    return late_days(gap.first_late, gap.last_late)


def _about(gap: GapSeen, told: SinceVisit) -> str:
    """The team where there are several, whose supervision the late days fell to, and the reasons."""
    team = [gap.team] if told.team is None else []
    return "\n".join([*team, under_whom(gap.under), *reason_lines(gap.reasons)])


# --- people


def _tell_people(story: Story, told: SinceVisit) -> None:
    of = _of(told).lower()
    story.heading(1, f"{of.capitalize()} by {of}")
    both = sum(bool(each.before.gaps and each.since.gaps) for each in told.people)
    before = sum(bool(each.before.gaps) for each in told.people) - both
    since = sum(bool(each.since.gaps) for each in told.people) - both
    if told.people:
        whom = ("case", "cases") if told.since.whom == "cases" else ("person", "people")
        story.sentence(
            f"{counted(before, *whom)} had a gap only before the visit, {since:,} only since, {both:,} in both"
            " periods. Who is not listed had none. In order of name; the late days are those of the period.",
            with_next=True,
        )
    columns = (
        Column(_of(told), 182, names_rows=True),
        Column("Before the visit", 150, out=("Gaps before", "Late days before")),
        Column("Since the visit", 150, out=("Gaps since", "Late days since")),
    )
    story.table(
        columns,
        [(each.name, _lateness(each.before), _lateness(each.since)) for each in told.people],
        empty=f"{_nobody(told)} had a gap in either period.",
    )


def _lateness(late: Late) -> Cell:
    counts = late.gaps or late.why == "none"
    words = capital(late.words)
    return Cell(words, strong=bool(late.gaps), out=(late.gaps, late.days) if counts else (words, None))


def _tell_evidence(story: Story, told: SinceVisit) -> None:
    story.heading(1, "Evidence")
    columns = (
        Column("Sessions held that count", 242, names_rows=True), Column("Before the visit", 120, "right"),
        Column("Since the visit", 120, "right"),
    )  # fmt: skip
    rows = [(capital(what), before, since) for what, before, since in told.evidence]
    story.table(columns, rows, with_next=True)
    story.quiet(
        "As each period stood on its last day: a record completed later does not count for it. A session that lacks"
        " several steps is counted under the first."
    )


# --- posts


def _tell_supervisors(story: Story, told: SinceVisit) -> None:
    story.heading(1, "Supervisors and managers since the visit")
    there, last = told.there, day(told.since.end)
    story.sentence(
        f"{counted(there.before, 'person', 'people')} {'was' if there.before == 1 else 'were'} in post on"
        f" {day(told.visit - 1)} and {there.last:,} on {last}. Joined since: {there.joined:,}. Not there any"
        f" more: {there.left:,}."
    )
    columns = (
        Column("From", 72, names_rows=True), Column("Person", 150), Column("Supervisor before", 130),
        Column("Supervisor since", 130),
    )  # fmt: skip
    story.table(
        columns,
        [
            (OnDay(each.on), each.name, each.was or "Nobody named", each.now or "Nobody named")
            for each in told.supervisors
        ],
        caption="Changes of supervisor" if told.supervisors else "",
        empty="Nobody’s supervisor changed since the visit.",
    )
    columns = (
        Column("Manager", 150, names_rows=True), Column("Post", 190), Column("Began or ended", 70),
        Column("On", 72),
    )  # fmt: skip
    story.table(
        columns,
        [
            (each.name, each.post, "Began" if each.began else "Ended", OnDay(each.on))
            for each in told.managers
        ],
        caption="Posts of those who supervise" if told.managers else "",
        empty="No post of anybody who supervises here began or ended since the visit, as far as is recorded.",
    )


# --- what was entered later, and who is left out


def _tell_changed(story: Story, told: SinceVisit) -> None:
    story.heading(1, "Entered later about the time before the visit")
    late = sum(each.entered_on >= told.visit for each in told.changed)
    if told.changed:
        story.sentence(
            f"{counted(len(told.changed), 'gap')} with a late day before the visit would be longer, or there, without"
            f" an entry made over a week after its day; {late:,} of these entries"
            f" {'was' if late == 1 else 'were'} made on the day of the visit or since.",
            with_next=True,
        )
    columns = (
        Column(_of(told), 84, names_rows=True),
        Column("Gap as it was", 130, out=("Late from", "Late to", "Late days")),
        Column("Late days now", 36, "right"), Column("Entered", 60), Column("On", 64), Column("By", 64),
        Column("Since the visit", 44),
    )  # fmt: skip
    story.table(
        columns,
        [
            (
                each.name, _was(each), each.days_now, capital(each.what), OnDay(each.entered_on),
                each.by or "Not known", "Yes" if each.entered_on >= told.visit else "No",
            )
            for each in told.changed
        ],
        empty="No entry made more than a week late has shortened or removed a gap from before the visit.",
    )  # fmt: skip


def _was(each: ChangedSince) -> Cell:
    return Cell(
        f"{day(each.first)} – {day(each.last)}\n{days(each.days)}",
        out=(OnDay(each.first), OnDay(each.last), each.days),
    )


def _tell_left_out(story: Story, told: SinceVisit) -> None:
    story.heading(1, "Left out, and where records begin")
    nobody = f"{_nobody(told)} is left out of both periods or of one."
    if told.team is None:
        sides = [Counter(each[at] for each in told.left_out) for at in (1, 2)]
        story.table(
            (
                Column("Why", 242, names_rows=True), Column("Before the visit", 120, "right"),
                Column("Since the visit", 120, "right"),
            ),
            [
                (capital(why), *(side[why] for side in sides))
                for why in sorted({*sides[0], *sides[1]} - {COUNTED})
            ],
            empty=nobody,
        )  # fmt: skip
    else:
        story.table(
            (Column(_of(told), 162, names_rows=True), Column("Before the visit", 160), Column("Since the visit", 160)),
            [(name, capital(before), capital(since)) for name, before, since in told.left_out],
            empty=nobody,
        )  # fmt: skip
    if told.records_begin:
        story.table(
            (Column(_of(told), 242, names_rows=True), Column("Records begin", 240)),
            [(name, OnDay(first)) for name, first in told.records_begin],
            caption="Not looked at before their records begin",
        )
