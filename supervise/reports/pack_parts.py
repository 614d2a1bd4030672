"""Two parts of an inspection pack: every gap with its explanations, and what is missing, none of it hidden.

Whatever somebody typed goes through `discreet` here: these pages are about several people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supervise.reports.gap_cells import how_it_ended, late_days
from supervise.reports.handover import under
from supervise.reports.measured import discreet
from supervise.reports.pack import part_of_pack, team_cell, team_column, under_title
from supervise.reports.pack_told import GapGiven, HeldSession, Pack, ReasonGiven
from supervise.reports.page import Story
from supervise.reports.tables import FROM_TO, Cell, Column, Value
from supervise.wording import OnDay, capital, counted, day, days, full_day, joined, span

# --- 3: gaps


def tell_gaps(pack: Pack) -> Iterator[Story]:
    """Every gap: a list of them, then each by itself; of a service team by team. See `gap_stories`."""
    story = part_of_pack(Story(), 3, "gaps with explanations")
    story.title("Gaps with explanations", under_title(pack))
    _tell_list(story, pack)
    numbered, teams = list(enumerate(pack.gaps, 1)), _teams(pack)
    if len(teams) < 2:
        _tell_each(story, numbered)
        yield story
        return
    story.about_letters()
    yield story
    for team in teams:
        story = part_of_pack(Story(), 3, "gaps with explanations")
        story.title(f"Gaps with explanations: {team}", under_title(pack))
        _tell_each(story, [each for each in numbered if each[1].team == team])
        yield story


def gap_stories(pack: Pack) -> int:
    """How many stories its gaps are told in."""
    teams = len(_teams(pack))
    return 1 + teams if teams > 1 else 1


def _teams(pack: Pack) -> list[str]:
    return sorted({gap.team for gap in pack.gaps}, key=lambda team: (team.casefold(), team))


def _tell_list(story: Story, pack: Pack) -> None:
    story.heading(1, "Every gap with a late day in the period")
    if pack.gaps:
        without = sum(not gap.reasons for gap in pack.gaps)
        story.sentence(
            f"{counted(len(pack.gaps), 'gap')}, the longest first; of {without:,} no reason is recorded. What follows"
            " the list says of each how it came to be, and who gave which reason when.",
            with_next=True,
        )
    columns = [
        Column("Gap", 32, "right"), Column(pack.subject, 104, names_rows=True), *team_column(pack, 84),
        Column("Late", 72, out=FROM_TO), Column("Days late", 36, "right"), Column("How it ended", 92),
        Column("Reasons", 82),
    ]  # fmt: skip
    rows: list[Sequence[Value]] = [
        (
            at, gap.name, *team_cell(pack, gap.team), late_days(gap.first, gap.last), gap.days_late,
            how_it_ended(gap.ended), _number_of_reasons(gap.reasons),
        )
        for at, gap in enumerate(pack.gaps, 1)
    ]  # fmt: skip
    story.table(columns, rows, empty="No gap has a late day in the period.")


def _number_of_reasons(reasons: Sequence[ReasonGiven]) -> Value:
    """How many there are; a workbook has all of them."""
    if not reasons:
        return "None recorded"
    told = [". ".join((*_words_of(each), _given(each))) for each in reasons]
    return Cell(f"{len(reasons)}", out=("; ".join(told),))


def _tell_each(story: Story, numbered: Sequence[tuple[int, GapGiven]]) -> None:
    for at, gap in numbered:
        story.heading(1, f"{at} · {gap.name}, {span(gap.first, gap.last)}: {days(gap.days_late)} late")
        story.sentence(" ".join(gap.sentences), with_next=True)
        story.sentence(f"Late days under: {under(gap.under)}.", with_next=True)
        if not gap.reasons:
            story.quiet("No reason is recorded.")
        for each in gap.reasons:
            story.bullet("\n".join(_words_of(each)), _given(each))


def _words_of(reason: ReasonGiven) -> list[str]:
    """A reason, and what was said besides."""
    return [capital(discreet(each)) for each in (reason.reason, reason.more) if each]


_BY = {"worker": "the worker", "supervisor": "the supervisor", "other": "somebody else"}


def _given(reason: ReasonGiven) -> str:
    """Of which days a reason is, who gave it, and who put it in when."""
    if reason.kind == "explained":
        told = [f"Explained for {span(reason.first, reason.last)}"]
        told += [f"given by {reason.by}"] if reason.by else []
    else:
        by = f" by {_BY.get(reason.by, reason.by)}" if reason.by else ""
        told = [f"{reason.kind.capitalize()}{by}, planned for {day(reason.first)}"]
    entered = reason.entered
    told.append(
        f"entered by {entered.by} on {day(entered.on)}" if entered else "not known who entered it"
    )
    return ", ".join(told)


# --- 4: what is missing


def tell_missing(pack: Pack) -> Story:
    """Sessions whose record has no words, lacks a step or is kept elsewhere; planned ones of which nothing was
    entered; and who has no session at all."""
    story = part_of_pack(Story(), 4, "what is missing")
    story.title("What is missing, or kept elsewhere", f"{pack.period}, as at {full_day(pack.end)}")
    kept_here = [each for each in pack.missing.held if not each.kept]
    elsewhere = [each for each in pack.missing.held if each.kept]
    no_words = [each for each in kept_here if not each.has_words]
    lacking = [each for each in kept_here if each.missing]
    here, lack = pack.sample.of - len(elsewhere), "lacks" if len(lacking) == 1 else "lack"
    story.sentence(
        f"{counted(pack.sample.of, 'session')} held that {'counts' if pack.sample.of == 1 else 'count'}: the record"
        f" of {here:,} is kept here, of {len(elsewhere):,} elsewhere. Of those kept here {len(no_words):,}"
        f" {'has' if len(no_words) == 1 else 'have'} no words, and {len(lacking):,} {lack} a step. A session can"
        " stand in both lists."
    )
    _tell_held(
        story, pack, "Held, and nothing written", "Evidence", [(each, _steps(each)) for each in no_words],
        empty="Something is written of every session whose record is kept here.",
    )  # fmt: skip
    _tell_held(
        story, pack, "Held, not evidenced", "Not yet", [(each, capital(", ".join(each.missing))) for each in lacking],
        empty="Every record kept here is recorded, shared and signed by both.",
    )  # fmt: skip
    _tell_held(
        story, pack, "Record kept elsewhere", "Where", [(each, discreet(each.kept or "")) for each in elsewhere],
        empty="No record is kept elsewhere.",
    )  # fmt: skip
    _tell_passed(story, pack)
    _tell_unseen(story, pack)
    story.about_letters()
    return story


def _tell_held(
    story: Story,
    pack: Pack,
    heading: str,
    what: str,
    rows: Sequence[tuple[HeldSession, str]],
    *,
    empty: str,
) -> None:
    story.heading(1, heading)
    columns = [
        Column("Person", 120, names_rows=True), *team_column(pack, 100), Column("Held", 76),
        Column("Supervisor", 110), Column(what, 186),
    ]  # fmt: skip
    told = [
        (
            each.name, *team_cell(pack, each.team), OnDay(each.held_on), each.supervisor or "None named", said,
        )
        for each, said in rows
    ]  # fmt: skip
    story.table(columns, told, empty=empty)


def _steps(session: HeldSession) -> str:
    return f"Not {', '.join(session.missing)}" if session.missing else "Evidenced"


def _tell_passed(story: Story, pack: Pack) -> None:
    story.heading(1, "Planned, and nothing entered since")
    columns = [
        Column("Person", 140, names_rows=True), *team_column(pack, 120), Column("Planned for", 82),
        Column("Supervisor", 140),
    ]  # fmt: skip
    rows = [
        (each.name, *team_cell(pack, each.team), OnDay(each.on), each.supervisor or "None named")
        for each in pack.missing.passed
    ]
    story.table(
        columns, rows, empty="Of every session planned for the period it is entered what became of it."
    )


def _tell_unseen(story: Story, pack: Pack) -> None:
    cases = pack.whom == "cases"
    story.heading(1, f"{'Cases' if cases else 'People'} without a session that counts")
    columns = (
        Column(pack.subject, 120, names_rows=True), Column("With" if cases else "Team and role", 174),
        Column("Days in scope", 52, "right"), Column("Other days in post", 136),
    )  # fmt: skip
    rows = [
        (each.name, each.about, each.in_scope, capital(_stopped(each.stopped)) or "None")
        for each in pack.missing.unseen
    ]
    of = "Every case with somebody in post" if cases else "Everybody in post"
    story.table(columns, rows, empty=f"{of} in the period had a session that counts.")


def _stopped(stopped: Sequence[tuple[str, int]]) -> str:
    return joined([f"{why}: {days(n)}" for why, n in stopped])
