"""What a file from outside holds, once read: rows, what had to be refused, and what to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from supervise import fields
from supervise.fields import Kind
from supervise.policies import Policy


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file (or worksheet), line and column; 0 and "" where there is none."""

    file: str
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        return f"{self.file}{line}{f', column {self.column}' if self.column else ''}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be taken, and why, in plain words without a full stop."""

    place: Place
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}."


def contradictions(kind: Kind, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What no single cell shows, as (column, reason): ends before beginnings, a held session without its
    day."""
    for first, last in fields.IN_ORDER:
        a, b = row.get(first), row.get(last)
        if a and b and b < a:
            yield last, f"{b} is before “{first}”, {a}"
    if kind is fields.SESSION and row.get("status") == "held" and not row.get("held_on"):
        yield "held_on", "a held session needs the day it was held"


@dataclass(slots=True)
class Read:
    """One row as read: its values by field name (only the columns its file has), and its place."""

    values: dict[str, Any]
    place: Place


@dataclass(slots=True)
class Batch:
    """All that a folder or workbook holds. `rows` by kind, in file order; `policies` by id."""

    source: str
    rows: dict[str, list[Read]] = field(default_factory=dict)
    policies: dict[str, Policy] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, place: Place, reason: str) -> None:
        """Note a row, cell or file that cannot be taken."""
        self.problems.append(Problem(place, reason))

    def all_rows(self) -> Iterator[tuple[str, Read]]:
        """Every row with the name of its kind."""
        for kind, rows in self.rows.items():
            for read in rows:
                yield kind, read
