"""What a table of a sheet was taken for: a log, a matrix or a register, where its header stands, and what
each of its columns holds (interchange, section 2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from supervise.exchange.batch import Place
from supervise.exchange.grids import Grid
from supervise.exchange.tracker import words
from supervise.exchange.tracker.days import Frame

LOG, MATRIX, REGISTER, IGNORED = "log", "matrix", "register", "ignored"
KINDS = (LOG, MATRIX, REGISTER, IGNORED)
NAMES = frozenset(("name", "surname", "forename"))
"""The meanings of columns that say whom a line is about."""


class Slot(NamedTuple):
    """A column of sessions: its week or month, if it has one, the kind of session its title names, and the
    position of the column with their lengths, if there is one."""

    frame: Frame | None
    kind: str | None = None
    minutes: int | None = None


def text_of(cell: Any) -> str:
    """A cell's text on one line, "" if it holds none."""
    return words.one_line(cell) if isinstance(cell, str) else ""


@dataclass(slots=True)
class Layout:
    """What a sheet's table was taken for.

    `header` is the last line of its header; `columns` give the position of each meaning, and `slots` the
    columns that hold sessions in a matrix or register; `above` are the texts over the header, nearest
    last, `titles` those of the columns, and `unknown` the positions without a meaning. `labels` are what
    the lines above say of everybody in the table, by meaning. `yearless`: it has weeks or months, and it
    cannot be known of which years. `first` and `last` are the lines that the table goes over, with those
    above its header; `last` is None for the end of the sheet.
    """

    grid: Grid
    kind: str
    header: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    slots: dict[int, Slot] = field(default_factory=dict)
    above: list[str] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    yearless: bool = False
    first: int = 1
    last: int | None = None

    def body(self) -> list[tuple[int, list[Any]]]:
        """The lines below the header, apart from the header said again."""
        at = next(iter(self.titles), 0)
        return [
            (line, cells)
            for line, cells in self.grid.lines
            if self.header < line <= (self.last or line)
            and (at >= len(cells) or text_of(cells[at]) != self.titles.get(at, " "))
        ]

    @property
    def is_of_one(self) -> bool:
        """Whether the whole table is about one person, who is named above it."""
        return "name" in self.labels and not self.columns.keys() & NAMES

    def title(self, column: int) -> str:
        """What a column is called, or its letter."""
        return self.titles.get(column) or self.grid.place(0, column).column


class _Turned(Grid):
    """A grid whose lines are another's columns, for a matrix with its weeks or months going down."""

    __slots__ = ()

    def place(self, line: int, column: int) -> Place:
        """Where the cell stands in the file."""
        return Grid.place(self, column + 1, line - 1)


def turned(grid: Grid) -> Grid:
    """A grid with its lines and columns exchanged; empty if it is too long for a matrix that goes down."""
    width = max(len(cells) for _, cells in grid.lines)
    height = grid.lines[-1][0]
    if height > _MOST_MONTHS:
        return _Turned(grid.file, grid.sheet, [])
    columns: list[list[Any]] = [[None] * height for _ in range(width)]
    for line, cells in grid.lines:
        for at, cell in enumerate(cells):
            columns[at][line - 1] = cell
    lines = [(at + 1, column) for at, column in enumerate(columns)]
    return _Turned(grid.file, grid.sheet, lines, grid.hidden)


_MOST_MONTHS = 300  # lines of a matrix that goes down: twenty-five years of months
