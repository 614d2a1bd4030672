"""The picture of one person's months: each session, each gap, and why the clock stood still (floor 1).

A `Strip` is plain data which screen and paper both draw: spans of days along a line, with marks on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from supervise import wording
from supervise.cadence import CaseFacts, Clockwork, Facts, Gap, Spell, Standing, standing
from supervise.cadence.spells import ABSENT, NO_RULE, NOT_RECORDED
from supervise.workdays import FIRST_DAY, FOREVER, Day

GAP, SUSPENDED, UNKNOWN, NOT_IN_POST = "gap", "suspended", "unknown", "not_in_post"
KINDS = (NOT_IN_POST, UNKNOWN, NO_RULE, SUSPENDED, GAP)
"""The kinds of span, in the order in which they are drawn."""

_STOPPED = {ABSENT: SUSPENDED, NOT_RECORDED: UNKNOWN, NO_RULE: NO_RULE}
_STOPPED_WORDS = {
    SUSPENDED: "clock stopped", UNKNOWN: "no records", NO_RULE: "no rule", NOT_IN_POST: "not in post",
}  # fmt: skip
_YEAR = range(350, 381)  # days that are called "the year"


class Span(NamedTuple):
    """Days from `first` to `last`, both counted, of one of the `KINDS`. No two of a strip overlap."""

    kind: str
    first: Day
    last: Day


class Strip(NamedTuple):
    """What there is to draw between `first` and `last`; nothing lies outside these days.

    `held` are the days of sessions that count, `other` those of all others that were held; both end
    with `as_at`, and so do gaps. `spans` are in the order of `KINDS` and then of days: a gap has one for
    each run of its late days. `due` and `booked` are None where there is none, or it lies outside.
    `gaps` counts the gaps with a late day here, `days_late` these days; `open_gap` says that one of
    them goes on.
    """

    first: Day
    last: Day
    as_at: Day
    held: tuple[Day, ...]
    other: tuple[Day, ...]
    spans: tuple[Span, ...]
    due: Day | None
    booked: Day | None
    gaps: int
    days_late: int
    open_gap: bool

    def of(self, kind: str) -> tuple[Span, ...]:
        """The spans of one kind, in order of days."""
        return tuple(span for span in self.spans if span.kind == kind)


def strip(
    clockwork: Clockwork,
    facts: Facts | CaseFacts,
    first: Day,
    last: Day,
    *,
    gaps: Sequence[Gap] | None = None,
    stands: Standing | None = None,
) -> Strip:
    """The picture of one person, or one case, from `first` to `last`, as at the clockwork's day.

    `facts` hold the whole history. Whoever has its gaps or the standing already can hand them in.
    ValueError if the days are the wrong way round.
    """
    if last < first:
        raise ValueError("a strip ends before it begins")
    spells = clockwork.timeline(facts).spells()
    gaps = clockwork.gaps(facts) if gaps is None else gaps
    here = stands or standing(clockwork, facts)
    counting = [
        day
        for day in clockwork.counting_days(facts.held)
        if any(s.first <= day <= s.last for s in spells)
    ]
    held = {day for days in facts.held.values() for day in days if day <= clockwork.as_at}
    late = [_clipped(_late(gap), first, last) for gap in gaps]
    spans = [*_clipped(_stopped(spells), first, last), *(span for spans in late for span in spans)]
    return Strip(
        first,
        last,
        clockwork.as_at,
        tuple(day for day in counting if first <= day <= last),
        tuple(sorted(day for day in held.difference(counting) if first <= day <= last)),
        tuple(sorted(spans, key=lambda span: (KINDS.index(span.kind), span.first))),
        _inside(here.due, first, last),
        _inside(here.booked_on, first, last),
        sum(1 for spans in late if spans),
        sum(span.last - span.first + 1 for spans in late for span in spans),
        any(spans and gap.ended == "open" for gap, spans in zip(gaps, late, strict=True)),
    )


def _inside(day: Day | None, first: Day, last: Day) -> Day | None:
    return day if day is not None and first <= day <= last else None


def _late(gap: Gap) -> Iterator[Span]:
    """The late days of a gap: those in scope, one span for each run of them."""
    for stretch in gap.interval.spell.stretches:
        start = max(stretch.first, gap.first_late_day)
        end = min(stretch.last, gap.last_late_day)
        if start <= end and not stretch.stopped:
            yield Span(GAP, start, end)


def _stopped(spells: Sequence[Spell]) -> Iterator[Span]:
    """The days on which the clock stands still, and those of no spell at all."""
    before = FIRST_DAY - 1
    for spell in spells:
        if spell.first > before + 1:
            yield Span(NOT_IN_POST, before + 1, spell.first - 1)
        for stretch in spell.stretches:
            if stretch.stopped:
                yield Span(_STOPPED[stretch.stopped], stretch.first, stretch.last)
        before = spell.last
    if before < FOREVER:
        yield Span(NOT_IN_POST, before + 1, FOREVER)


def _clipped(spans: Iterable[Span], first: Day, last: Day) -> list[Span]:
    """The parts of the spans that lie in [first, last], those of a kind that meet joined."""
    found: list[Span] = []
    for kind, start, end in spans:
        start, end = max(start, first), min(end, last)
        if start > end:
            continue
        if found and found[-1].kind == kind and found[-1].last == start - 1:
            start = found.pop().first
        found.append(Span(kind, start, end))
    return found


# In words, for who does not see it


def words(strip: Strip) -> str:
    """The picture as one sentence for a screen reader: "12 supervisions in the year; 2 gaps, 30 days in
    all; clock stopped 12 Mar – 30 May 2017." """
    parts = [f"{wording.counted(len(strip.held), 'supervision')} {_period(strip)}"]
    if strip.other:
        parts[0] += f", and {wording.counted(len(strip.other), 'other session')}"
    parts.append(_gaps(strip))
    for kind in (SUSPENDED, UNKNOWN, NO_RULE, NOT_IN_POST):
        spans = [_days(span, strip) for span in strip.of(kind)]
        if spans:
            parts.append(f"{_STOPPED_WORDS[kind]} {wording.joined(spans)}")
    parts += [f"due {wording.day(strip.due)}"] if strip.due is not None else []
    parts += [f"booked for {wording.day(strip.booked)}"] if strip.booked is not None else []
    return "; ".join(parts) + "."


def _period(strip: Strip) -> str:
    upto = min(strip.as_at, strip.last)
    if upto - strip.first + 1 in _YEAR:
        return "in the year"
    return f"from {wording.day(strip.first)} to {wording.day(max(upto, strip.first))}"


def _gaps(strip: Strip) -> str:
    if not strip.gaps:
        return "no gaps"
    several = strip.gaps > 1
    said = f"{wording.counted(strip.gaps, 'gap')}, {wording.days(strip.days_late)}"
    still_open = f", {'the last one ' if several else ''}still open" if strip.open_gap else ""
    return f"{said}{' in all' if several else ''}{still_open}"


def _days(span: Span, strip: Strip) -> str:
    """A span's days, without an end that is only the picture's."""
    begins, ends = span.first > strip.first, span.last < strip.last
    if begins and ends:
        if span.first == span.last:
            return f"on {wording.day(span.first)}"
        said, ends_on = wording.day(span.first), wording.day(span.last)
        same_year = said[-5:] == ends_on[-5:]
        return f"{said[:-5] if same_year else said} – {ends_on}"
    if begins:
        return f"from {wording.day(span.first)}"
    return f"until {wording.day(span.last)}" if ends else "throughout"
