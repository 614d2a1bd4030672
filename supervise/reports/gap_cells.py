"""A gap in the tables of several papers: its late days, how it ended, under whom they fell, and the reasons."""

from __future__ import annotations

from collections.abc import Sequence

from supervise.reports.measured import ReasonSeen, discreet
from supervise.reports.tables import Cell, Value
from supervise.today import LateUnder
from supervise.wording import OnDay, capital, days
from supervise.workdays import Day

_OPEN = "■ "
"""What stands before how a gap ended that has not: a mark for the eyes."""


def is_open(ended: str) -> bool:
    """Whether a gap is still open, by how it is said to have ended."""
    return ended.startswith(_OPEN)


def late_days(first: Day, last: Day) -> Cell:
    """From its first late day to its last, on two lines; a workbook has both."""
    both = OnDay(first), OnDay(last)
    return Cell(f"{both[0]}\n– {both[1]}", out=both)


def how_it_ended(ended: str) -> Value:
    """How it ended, heard without the mark."""
    if is_open(ended):
        return Cell(ended, spoken=capital(ended.removeprefix(_OPEN)), strong=True)
    return capital(ended)


def under_whom(late: Sequence[LateUnder]) -> str:
    """Whose supervision late days fell to, with the number of days where it was more than one's."""
    named = [each.name or "nobody named" for each in late]
    if len(named) == 1:
        return f"Under {named[0]}"
    parts = [f"{days(each.days)} under {name}" for each, name in zip(late, named, strict=True)]
    return ",\n".join(parts) or "Under nobody named"


def reason_lines(reasons: Sequence[ReasonSeen]) -> list[str]:
    """Each reason in a line of its own, discreet, or that there is none."""
    said = (
        f"{each.of}: {discreet(each.words)}" if each.of else discreet(each.words) for each in reasons
    )
    return [f"• {capital(each)}" for each in said] or ["No reason recorded"]
