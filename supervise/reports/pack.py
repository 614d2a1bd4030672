"""The inspection pack on paper: what is in it, how records were drawn, and the records as they stand.

Its first part is about several people: whatever somebody typed goes through `discreet`. Compliance is a paper of
its own, and so is each record; `pack_parts` has the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supervise import wording
from supervise.records import Record
from supervise.reports.measured import discreet
from supervise.reports.pack_told import Pack, Sample
from supervise.reports.page import Story
from supervise.reports.record import tell_record
from supervise.reports.tables import Column, Value
from supervise.wording import OnDay, counted, full_day, joined, span
from supervise.workdays import Day


def name_of(team: str | None) -> str:
    """What the paper is called."""
    return f"Inspection pack · {team or 'The service'}"


def part_of_pack(story: Story, part: int, what: str) -> Story:
    """A story as a part of the pack, which the foot of its pages says."""
    story.foot.append(f"Part {part} of the pack: {what}")
    return story


def tell_drawn(record: Record, today: Day, at: int, of: int) -> Story:
    """A record that was drawn, whole: number `at` of those in the pack."""
    return part_of_pack(tell_record(record, today, to_sign=False), 5, f"record {at} of {of}")


# --- 1: what is in it, and how it was drawn


LISTED = 100
"""Records that are listed at once: a longer list goes on in a story of its own, so that it is never all in memory."""


def tell_index(pack: Pack, at_once: int = LISTED) -> Iterator[Story]:
    """What is in the pack, and how its records were drawn: all that is needed to draw the same again. See
    `index_stories`."""
    story = part_of_pack(Story(), 1, "what is in it")
    story.title(f"Inspection pack: {pack.team or 'the service'}", under_title(pack))
    if pack.end < pack.last:
        story.sentence(
            f"Nothing after {full_day(pack.end)} is known yet: what follows is up to that day."
        )
    story.heading(1, "What is in it")
    columns = (
        Column("Part", 34, "right"),
        Column("What", 348, names_rows=True),
        Column("How many", 100),
    )
    story.table(columns, list(_parts(pack)), with_next=True)
    story.quiet(
        "Each part begins on a new page, and so does each record. The foot of a page says where it belongs."
    )
    story.heading(1, "How the records were drawn")
    story.facts(_drawing(pack))
    story.heading(1, "How to read it")
    story.notes(_NOTES)
    story.heading(1, "The records that were drawn")
    _tell_drawn(story, pack, 0, at_once)
    story.about_letters()
    yield story
    for at in range(at_once, len(pack.sample.drawn), at_once):
        story = part_of_pack(Story(), 1, "what is in it")
        story.title(f"The records that were drawn, from {at + 1:,} on", under_title(pack))
        _tell_drawn(story, pack, at, at_once)
        story.about_letters()
        yield story


def index_stories(pack: Pack) -> int:
    """How many stories the index is told in."""
    return max(-(-len(pack.sample.drawn) // LISTED), 1)


def under_title(pack: Pack) -> str:
    """The line under a title: the period, and the clock."""
    return f"{pack.period} · {wording.words(pack.clock)}"


def _parts(pack: Pack) -> Iterator[Sequence[Value]]:
    of = "the service" if pack.team is None else "the team"
    missing = len(pack.missing.held) + len(pack.missing.passed) + len(pack.missing.unseen)
    yield 1, "What is in it, and how the records were drawn", ""
    yield 2, f"Compliance of {of}", ""
    yield 3, "Gaps with explanations", counted(len(pack.gaps), "gap")
    yield 4, "What is missing, or kept elsewhere", counted(missing, "line")
    yield 5, "The records that were drawn, each whole", counted(len(pack.sample.drawn), "record")


def _drawing(pack: Pack) -> Iterator[tuple[str, str]]:
    sample, n = pack.sample, len(pack.sample.drawn)
    who = "" if pack.team is None else " with somebody who was in the team on that day"
    yield (
        "Drawn from",
        f"{counted(sample.of, 'session')} held {span(pack.first, pack.end)}, of a kind that counts{who}. Sessions"
        " whose record is kept elsewhere are among them.",
    )
    if sample.others:
        told = joined([f"{number:,} {what}" for what, number in sample.others])
        yield "Not drawn from", f"Sessions held in the same days that do not count here: {told}."
    if not sample.asked:
        yield "Drawn", "None, as was asked."
    elif n < sample.asked:
        yield (
            "Drawn",
            f"All {n:,} of them: {sample.asked:,} were asked for." if n else "None: there are none.",
        )
    else:
        yield "Drawn", f"{n:,} of {sample.of:,}."
    yield "Seed", f"{sample.seed}, {_seed_from(sample)}."
    yield (
        "How",
        "The sessions were put in order of the day they were held, then of the worker’s id and of their own, and"
        f" numbered from 1. Python’s random.Random({sample.seed}).sample(range(1, {sample.of + 1}), {n})"
        " gives the numbers that were drawn.",
    )
    yield (
        "Again",
        "From a store with the same history code, the same team, period, clock, day and seed give the same records.",
    )


def _seed_from(sample: Sample) -> str:
    if sample.figures is None:
        return "given by whoever asked for this pack"
    return f"taken from the history code: its first figures, {sample.figures}, as a number"


def _tell_drawn(story: Story, pack: Pack, begin: int, at_once: int) -> None:
    drawn = pack.sample.drawn[begin : begin + at_once]
    if drawn:
        story.sentence(
            "In order of the day they were held, as they follow in part 5. No. is the number that was drawn.",
            with_next=True,
        )
    columns = [
        Column("Record", 46, "right"), Column("No.", 34, "right"), Column("Held", 82),
        Column("Person", 84, names_rows=True), *team_column(pack, 70), Column("Supervisor", 82),
        Column("Evidence", 94), Column("Content code", 76, quiet=True),
    ]  # fmt: skip
    rows: list[Sequence[Value]] = [
        (
            at, each.number, OnDay(each.held_on), each.name, *team_cell(pack, each.team),
            each.supervisor or "None named", evidence(each.has_words, each.missing, each.kept), each.code,
        )
        for at, each in enumerate(drawn, begin + 1)
    ]  # fmt: skip
    story.table(columns, rows, empty="No record was drawn.")


def team_column(pack: Pack, share: float) -> list[Column]:
    """A column for the team where the pack is of several."""
    return [Column("Team", share)] if pack.team is None else []


def team_cell(pack: Pack, team: str | None) -> list[Value]:
    """What stands in it."""
    return [team or "Not known"] if pack.team is None else []


def evidence(has_words: bool, missing: Sequence[str], kept: str | None) -> str:
    """What there is of a held session's record, and what is not."""
    if kept:
        return f"Kept elsewhere: {discreet(kept)}"
    steps = f"Not {', '.join(missing)}" if missing else "Evidenced"
    return steps if has_words else f"No words. {steps}"


_NOTES = (
    (
        "Several people",
        "Parts 1 to 4 are about several people. They say “away” or “clock stopped”, never why; words about health"
        " or family leave that somebody typed are printed there as “away”.",
    ),
    (
        "Records",
        "Part 5 has the records as they stand on the day of printing, whole, with the personal part. They are the"
        " workers’ own: nothing is left out or changed, whatever it speaks of. Figures in parts 1 to 4 are as at the"
        " day in the foot.",
    ),
    ("Evidenced", "Recorded, shared with the worker and signed by both."),
    (
        "No words",
        "Nothing was written: no note, nothing under a heading, no analysis or decision, no action, no statement.",
    ),
    (
        "Content code",
        "It is made of what a record says. It stands in the foot of that record too, and the program can check it"
        " against its store later.",
    ),
    (
        "History code",
        "It stands in the foot of every page, and changes with every entry. The pack is of one state of the store:"
        " had something been entered while it was made, there would be none.",
    ),
)
