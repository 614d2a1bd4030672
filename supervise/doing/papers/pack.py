"""The inspection pack: one action that gathers compliance, gaps, what is missing, and a sample of records (floor 3).

Records are read and told one by one while the pack is set, so that a thousand take no more memory than a hundred.
The pack is of one state of the store: what it says first is checked by the history code before each record.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING

from supervise.doing.here import Here
from supervise.doing.papers import service, team
from supervise.doing.papers.paper import STEPS, About, Steps, Told, part_of
from supervise.doing.showing import Showing
from supervise.errors import BadQuestion
from supervise.sessions import missing_evidence
from supervise.store.written import written
from supervise.workdays import Day

if TYPE_CHECKING:
    from supervise.doing.papers.pack_reading import Counted, PackReading
    from supervise.reports.pack_told import Drawn, Pack, Sample
    from supervise.reports.page import Story

SAMPLE = 10
"""How many records are drawn unless somebody says."""

_FIGURES = 8
"""Figures of the history code that make a seed: 32 bits."""


def tell(here: Here, about: About) -> Steps[Told]:
    """The pack of a team, or of everybody, over a period.

    BadQuestion as the compliance paper, for a sample of fewer than none, and if something is entered in the
    store before the pack is done.
    """
    from supervise.reports.pack import name_of

    if about.sample is not None and about.sample < 0:
        raise BadQuestion("A sample cannot have fewer than no records.", "Ask for 0 or more.")
    head = here.store.head()
    compliance = service.tell if about.team is None else team.tell
    told = yield from part_of(compliance(here, about), 0, 450)
    pack = yield from part_of(_gather(here, about, head), 450, STEPS)
    telling = _Telling(here, pack, head, list(told.stories))
    return Told(
        name_of(pack.team), telling.stories(), told.says, telling.rows, telling.count,
        with_tables=telling.stories(records=False),
    )  # fmt: skip


def _gather(here: Here, about: About, head: str) -> Steps[Pack]:
    from supervise.doing.papers.pack_reading import PackReading, gaps_given
    from supervise.reports.pack_told import Pack

    assert about.first is not None and about.last is not None, "it needs them"
    showing = Showing(here).steps(about.first, about.last, None, about.team, about.clock, about.as_at)
    found = yield from part_of(showing, 0, 300)
    gaps = yield from part_of(gaps_given(here, found), 300, 500)
    reading = PackReading(here, found)
    missing = yield from part_of(reading.steps(), 500, 700)
    sample = yield from part_of(_sample(here, about, reading, found.end, head), 700, STEPS)
    return Pack(
        team=about.team, first=found.first, last=found.last, end=found.end, clock=found.clock,
        whom=found.whom, sample=sample, gaps=gaps, missing=missing,
    )  # fmt: skip


# --- The sample


def _sample(here: Here, about: About, reading: PackReading, end: Day, head: str) -> Steps[Sample]:
    """Draw, and read what each record says for the list of them."""
    from supervise.reports.pack_told import Sample

    asked = SAMPLE if about.sample is None else about.sample
    seed = int(head[:_FIGURES], 16) if about.seed is None else about.seed
    drawn: list[Drawn] = []
    numbers = draw(len(reading.counted), asked, seed)
    for at, number in enumerate(numbers):
        yield at, len(numbers)
        drawn.append(_drawn(here, number, reading.counted[number - 1], end))
    return Sample(
        asked=asked, of=len(reading.counted), seed=seed, drawn=tuple(drawn), others=reading.others,
        figures=head[:_FIGURES] if about.seed is None else None,
    )  # fmt: skip


def draw(of: int, sample: int, seed: int) -> list[int]:
    """As many numbers from 1 to `of` as a sample has, or all of them, in order: the same for the same seed."""
    return sorted(Random(seed).sample(range(1, of + 1), min(sample, of)))


def _drawn(here: Here, number: int, counted: Counted, end: Day) -> Drawn:
    from supervise.reports.content_code import content_code
    from supervise.reports.pack_told import Drawn

    record = here.record(counted.id)
    session = record.session
    return Drawn(
        number, session.id, counted.held_on, record.worker, record.team, record.supervisor,
        written(here.store.database, [session.id])[session.id].has_words,
        () if session.record_kept else missing_evidence(session, end), session.record_kept, content_code(record),
    )  # fmt: skip


# --- The stories


class _Telling:
    """The stories of a pack, each told when it is to be set and then let go. `rows` grows with them."""

    def __init__(self, here: Here, pack: Pack, head: str, compliance: list[Story]) -> None:
        from supervise.reports.pack import index_stories
        from supervise.reports.pack_parts import gap_stories

        self._here, self._pack, self._head, self._compliance = here, pack, head, compliance
        self.rows: list[tuple[str, str | None]] = [("pack", None)]
        self.count = (
            index_stories(pack) + len(compliance) + gap_stories(pack) + 1 + len(pack.sample.drawn)
        )

    def stories(self, *, records: bool = True) -> Iterator[Story]:
        """All of them, or those that have tables."""
        from supervise.reports.pack import LISTED, part_of_pack, tell_index
        from supervise.reports.pack_parts import tell_gaps, tell_missing

        self._refuse_change()
        yield from tell_index(self._pack, LISTED if records else max(len(self._pack.sample.drawn), 1))
        while self._compliance:
            yield part_of_pack(self._compliance.pop(0), 2, "compliance")
        yield from tell_gaps(self._pack)
        yield tell_missing(self._pack)
        if records:
            yield from self._records()

    def _records(self) -> Iterator[Story]:
        from supervise.reports.pack import tell_drawn

        drawn = self._pack.sample.drawn
        for at, each in enumerate(drawn, 1):
            self._refuse_change()
            record = self._here.record(each.session)
            self.rows.append(("session", each.session))
            yield tell_drawn(record, self._here.today(), at, len(drawn))

    def _refuse_change(self) -> None:
        if self._here.store.head() != self._head:
            raise BadQuestion("Something was entered while the pack was being made.", "Make it again.")
