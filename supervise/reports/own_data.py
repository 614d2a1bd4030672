"""Everything held about one person, as a paper: what they may ask for under the UK GDPR, article 15.

It is for the person, so that the kinds of time away are named. What may be about somebody else is listed first,
to be looked at by whoever hands it over; nothing is taken out in silence. Records follow, each whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from supervise.reports.page import Story
from supervise.reports.tables import Column, Value
from supervise.wording import counted, day
from supervise.workdays import Day


class ToLookAt(NamedTuple):
    """A passage that may be about somebody else: where it stands, its words, and why it is listed."""

    where: str
    passage: str
    why: str


class Held(NamedTuple):
    """What is held of one kind: a heading, a sentence about it, the columns (name and share of the width) and the
    rows; `empty` is said where there are none."""

    heading: str
    says: str
    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[Value]]
    empty: str = "Nothing is recorded."


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData:
    """Everything held about somebody as at a day: their `details`, what is `held` of each kind, `drafts` (a title
    each, and what was written), how many `records` follow, and what is `to_look_at` before it is handed over."""

    name: str
    as_at: Day
    details: Sequence[tuple[str, str]]
    held: Sequence[Held]
    drafts: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    kept: Sequence[str]
    records: int
    to_look_at: Sequence[ToLookAt]


def name_of(name: str) -> str:
    """What the paper is called."""
    return f"Everything held about {name}"


def tell_own_data(told: OwnData) -> Story:
    """What the paper says before the records, from top to bottom."""
    story = Story()
    story.title(name_of(told.name), f"As at {day(told.as_at)}")
    records = counted(told.records, "record")
    story.sentence(
        f"This is everything that Supervise holds about {told.name} in this store: {records} of supervisions, which "
        "follow this part, and the rest here. Papers and files saved elsewhere, and other systems, are not part of it."
    )
    _tell_to_look_at(story, told)
    story.heading(1, "Who they are")
    story.facts(told.details, indent=190)
    for held in told.held:
        _tell_held(story, held)
    story.heading(1, "Unfinished records")
    story.quiet(
        "Notes that a manager has begun and not finished. They can be asked for like everything else."
    )
    if not told.drafts:
        story.prose(None, "There are none.")
    for title, written in told.drafts:
        story.heading(2, title)
        story.facts(written)
    story.heading(1, "How long it is kept")
    for sentence in told.kept:
        story.sentence(sentence)
    story.about_letters()
    return story


_BEFORE = (
    ("When", "Within one month of being asked (UK GDPR, article 12(3)). Two more months are possible where a request "
     "is complex; then the person is told within the first."),
    ("Others", "Where a passage is about somebody else too (a child, a family, a colleague), it is weighed case by "
     "case whether they agree, or whether it is reasonable to disclose it without (Data Protection Act 2018, "
     "schedule 2, paragraph 16)."),
    ("Nothing removed", "Nothing has been taken out of this paper. What has to be is taken out by whoever hands it "
     "over, who keeps a note of what and why."),
)  # fmt: skip


def _tell_to_look_at(story: Story, told: OwnData) -> None:
    story.heading(1, "To look at before handing over")
    story.notes(_BEFORE)
    columns = [Column("Where", 142, names_rows=True), Column("Passage", 226), Column("Why", 114)]
    story.table(
        columns,
        told.to_look_at,
        empty="No name of anybody else here, no case and nothing like a child’s name was found. Read it all the same.",
    )
    if told.to_look_at:
        story.quiet(
            "Found by the names of people in this store, by case references, and by words that look like the name, the "
            "date of birth or the NHS number of a child. Others may be there: read the whole before handing it over."
        )


def _tell_held(story: Story, held: Held) -> None:
    story.heading(1, held.heading)
    if held.says:
        story.quiet(held.says, with_next=bool(held.rows))
    columns = [Column(name, share, names_rows=at == 0) for at, (name, share) in enumerate(held.columns)]
    story.table(columns, held.rows, empty=held.empty)
