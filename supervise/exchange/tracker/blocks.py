"""The tables of a sheet: mostly one, sometimes several below one another, each under its own header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from supervise.exchange.grids import Grid
from supervise.exchange.tracker import words
from supervise.exchange.tracker.headers import has_name_title, header_at
from supervise.exchange.tracker.layout import IGNORED, LOG, MATRIX, Layout, text_of, turned
from supervise.exchange.tracker.periods import periods_of
from supervise.exchange.tracker.titles import kind_of_dates, title_means
from supervise.exchange.tracker.years import year_cell, years_of

_DEEP = 40
"""How many lines are looked through for the first header."""
_LONG = 40  # letters of a title
_TITLE_CELLS = 2
_ABOVE = (
    "team",
    "unit",
    "pod",
    "hub",
    "service",
    "supervision",
    "supervisions",
    "tracker",
    "register",
    "log",
)


class _Search:
    """The search for a sheet's headers, with what somebody has said of its columns, kind and years."""

    def __init__(self, grid: Grid, given: Mapping[str, str], kind: str | None, years: str) -> None:
        self._grid, self._given, self._kind, self._years = grid, given, kind, years

    def header(self, at: int, start: int = 0, outer: Sequence[str] = ()) -> Layout:
        """The layout with its header at a position among the lines."""
        layout = header_at(self._grid, at, self._given, self._years, start, outer)
        if self._kind and layout.kind != IGNORED:
            layout.kind = self._kind
        return layout

    def best(self) -> tuple[Layout, int]:
        """The layout under the likeliest header of the first lines, and that header's position. A full
        header before it has a table of its own."""
        best, where, most = Layout(self._grid, IGNORED), 0, 0
        full: tuple[Layout, int] | None = None
        for at in range(min(len(self._grid.lines), _DEEP)):
            layout = self.header(at)
            if layout.yearless and best.kind == IGNORED and layout.kind == IGNORED:
                best = Layout(self._grid, IGNORED, layout.header, yearless=True, titles=layout.titles)
                where = at
            score = _score(layout)
            if score > most:
                best, where, most = layout, at, score
            if full is None and score and is_header(self._grid.lines[at][1]):
                full = layout, at
        return full if full and full[1] < where - 1 and most else (best, where)

    def tables(self) -> list[Layout]:
        """The tables, in order."""
        layout, at = self.best()
        found = [layout]
        lines = self._grid.lines
        outer = layout.above
        while layout.kind != IGNORED or layout.yearless:
            after = next((to for to in range(at + 1, len(lines)) if self._begins(layout, at, to)), None)
            if after is None:
                break
            start = self._start(at, after)
            layout.last = lines[start][0] - 1
            layout, at = self._further(after, start, outer)
            found.append(layout)
        return found

    def _further(self, at: int, start: int, outer: Sequence[str]) -> tuple[Layout, int]:
        """The table that begins with the line at `start`, whose header may be two lines."""
        layout = self.header(at, start, outer)
        if at + 1 < len(self._grid.lines):
            below = self.header(at + 1, start, outer)
            if _score(below) > _score(layout):
                return below, at + 1
        return layout, at

    def _begins(self, layout: Layout, header: int, at: int) -> bool:
        """Whether a line is the header of a further table. The same header again goes on with the table,
        unless its weeks or months are of another year."""
        cells = self._grid.lines[at][1]
        if not is_header(cells):
            return False
        other, _ = self._further(at, self._start(header, at), layout.above)
        if other.kind == IGNORED and not other.yearless:
            return False
        return other.titles != layout.titles or {
            column: slot.frame for column, slot in other.slots.items()
        } != {column: slot.frame for column, slot in layout.slots.items()}

    def _start(self, header: int, at: int) -> int:
        """Where a further table begins: with the lines above its header that name its year or team, or that
        a gap parts from the table before."""
        lines = self._grid.lines
        start = at
        while start - 1 > header and _is_above(lines[start - 1][1]):
            start -= 1
        before = start - 1
        if before > header + 1 and start == at:
            few = sum(cell is not None for cell in lines[before][1]) <= _TITLE_CELLS
            if (
                few
                and lines[before][0] > lines[before - 1][0] + 1
                and lines[at][0] == lines[before][0] + 1
            ):
                return before
        return start


def _score(layout: Layout) -> int:
    return 0 if layout.kind == IGNORED else len(layout.columns) + 2 * len(layout.slots)


def _is_above(cells: Sequence[Any]) -> bool:
    """Whether a line is a title of the table below: it names a year, a team, or the sheet itself."""
    some = [cell for cell in cells if cell is not None]
    if not 0 < len(some) <= _TITLE_CELLS:
        return False
    return all(
        year_cell(cell)
        or (
            bool(text := text_of(cell))
            and (words.has_word(text, _ABOVE) or (years_of(text) is not None and len(some) == 1))
        )
        for cell in some
    )


def is_header(cells: Sequence[Any]) -> bool:
    """Whether a line has titles of columns: that of names or dates, and most of the others known."""
    texts = [text for cell in cells if (text := text_of(cell)) and len(text) <= _LONG]
    known = {text: meaning for text in texts if (meaning := title_means(text))}
    if not known or not (has_name_title(texts) or "date" in known.values()):
        return False
    months = periods_of([cell for cell in cells if cell not in known], {}, None)
    periods = len(months.frames) or (len(texts) - len(known) if months.yearless else 0)
    return len(known) + periods > 1 and 2 * (len(known) + periods) >= len(texts)


def layouts_of(
    grid: Grid, columns: Mapping[str, str], kind: str | None = None, years: str = ""
) -> list[Layout]:
    """What a sheet's tables are, at least one. `columns` are meanings that somebody gave to titles (in plain
    letters), `kind` the one that somebody gave to the sheet, and `years` the years somebody gave it
    (“2016-17”)."""
    if kind == IGNORED or not grid.lines:
        return [Layout(grid, IGNORED)]
    tables = _Search(grid, columns, kind, years).tables()
    found = [each for table in tables for each in _by_kind(table)]
    if found[0].kind == IGNORED and not found[0].yearless and not _has_dates(grid):
        down = {"month": "name", "months": "name", "week": "name", "date": "name", **columns}
        layout, _ = _Search(turned(grid), down, kind, years).best()
        if layout.kind == MATRIX:
            return [layout]
    return found


def _by_kind(layout: Layout) -> list[Layout]:
    """A log with a column of dates for each kind of session, as one log for each: its lines with such a
    date, with the kind written beside them."""
    if layout.kind != LOG or "date" not in layout.columns or "kind" in layout.columns:
        return [layout]
    kinds = {column: kind for column in layout.unknown if (kind := kind_of_dates(layout.title(column)))}
    if not kinds:
        return [layout]
    grid, own = layout.grid, layout.columns["date"]
    width = max(len(cells) for _, cells in grid.lines)
    found = []
    for column, kind in kinds.items():
        lines = [
            (line, [*cells, *[None] * (width - len(cells)), kind])
            for line, cells in grid.lines
            if line <= layout.header or _filled(cells, column)
        ]
        columns = {**layout.columns, "date": column, "kind": width}
        found.append(replace(layout, grid=replace(grid, lines=lines), columns=columns, unknown=[]))
    lines = [
        (line, cells)
        for line, cells in grid.lines
        if line <= layout.header or _filled(cells, own) or not any(_filled(cells, at) for at in kinds)
    ]
    rest = [column for column in layout.unknown if column not in kinds]
    return [replace(layout, grid=replace(grid, lines=lines), unknown=rest), *found]


def _filled(cells: Sequence[Any], column: int) -> bool:
    return column < len(cells) and cells[column] is not None


def _has_dates(grid: Grid) -> bool:
    """Whether a column of dates stands beside another that is known: then the lines are no months."""
    for _, cells in grid.lines[:_DEEP]:
        known = {title_means(text) for cell in cells if (text := text_of(cell))} - {None}
        if "date" in known and len(known) > 1:
            return True
    return False


def not_understood(grid: Grid) -> tuple[list[str], list[str]]:
    """The titles that were understood, and those that were not, in the line that is likest a header."""
    best: tuple[list[str], list[str]] = [], []
    for _, cells in grid.lines[:_DEEP]:
        texts = [text for cell in cells if (text := text_of(cell)) and len(text) <= _LONG]
        known = [text for text in texts if title_means(text)]
        if len(texts) > 1 and len(known) > len(best[0]):
            best = known, [text for text in texts if not title_means(text)]
    return best
