"""Days on which somebody was away, whatever the kind of absence and whether it stops the clock."""

from __future__ import annotations

from collections.abc import Sequence

from supervise.cadence.facts import CaseFacts, Facts, Tenure
from supervise.cadence.spells import Spell
from supervise.people import Absence
from supervise.workdays import Day


def absences_of(facts: Facts | CaseFacts) -> Sequence[Absence]:
    """The person's own absences; for a case, none of its own."""
    return () if isinstance(facts, CaseFacts) else facts.absences


def is_away(facts: Facts | CaseFacts, tenure: Tenure, when: Day) -> bool:
    """Whether any absence covers the day: the person's, or of a case the holder's."""
    person = facts.holders[tenure.person] if isinstance(facts, CaseFacts) else facts
    return any(absence.first <= when <= absence.last for absence in person.absences)


def days_away(
    facts: Facts | CaseFacts, spell: Spell, away: Sequence[Absence], first: Day, last: Day
) -> int:
    """The in-scope days from `first` to `last` that an absence of any kind covers."""
    if isinstance(facts, CaseFacts):
        return sum(
            days_away(facts.holders[piece.tenure.person], spell, facts.holders[piece.tenure.person].absences,
                       max(first, piece.first), min(last, piece.last))
            for piece in spell.stretches if piece.first <= last and piece.last >= first
        )  # fmt: skip
    overlapping = [(start, end) for _, start, end in away if start <= last and end >= first]
    counted, upto = 0, first - 1
    for start, end in sorted(overlapping):
        start, end = max(start, upto + 1), min(end, last)
        if start <= end:
            counted += spell.in_scope(start, end)
            upto = end
    return counted
