"""Which table a sheet is: a log, a matrix or a register, where its header stands, and what each of its
columns holds (interchange, section 2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from supervise.exchange.batch import Place
from supervise.exchange.grids import Grid
from supervise.exchange.tracker import names, words
from supervise.exchange.tracker.days import Frame
from supervise.exchange.tracker.periods import periods_of, years_of
from supervise.exchange.tracker.titles import is_numbered, title_means, under_period

LOG, MATRIX, REGISTER, IGNORED = "log", "matrix", "register", "ignored"
KINDS = (LOG, MATRIX, REGISTER, IGNORED)
_DEEP = 40
"""How many lines are looked through for a header."""
_FEW = 2
"""So many weeks or months make a table of them."""
_OTHER_CHART = ("leave", "sickness", "absence", "absences", "rota", "toil", "caseload", "caseloads", "mileage",
                "holiday", "holidays", "allocations", "training")  # fmt: skip


class Slot(NamedTuple):
    """A column of sessions: its week or month, if it has one, the kind of session its title names, and the
    position of the column with their lengths, if there is one."""

    frame: Frame | None
    kind: str | None = None
    minutes: int | None = None


@dataclass(slots=True)
class Layout:
    """What a sheet was taken for. `header` is the last line of its header; `columns` give the position of
    each meaning, and `slots` the columns that hold sessions in a matrix or register; `above` are the
    texts over the header, nearest last, `titles` those of the columns, and `unknown` the positions
    without a meaning. `labels` are what the lines above say of everybody in the sheet, by meaning."""

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

    def body(self) -> list[tuple[int, list[Any]]]:
        """The lines below the header, apart from the header said again."""
        at = next(iter(self.titles), 0)
        return [
            (line, cells)
            for line, cells in self.grid.lines
            if line > self.header and (at >= len(cells) or _text(cells[at]) != self.titles.get(at, " "))
        ]

    def title(self, column: int) -> str:
        """What a column is called, or its letter."""
        return self.titles.get(column) or self.grid.place(0, column).column


class _Turned(Grid):
    """A grid whose lines are another's columns, for a matrix with its weeks or months going down."""

    __slots__ = ()

    def place(self, line: int, column: int) -> Place:
        """Where the cell stands in the file."""
        return Grid.place(self, column + 1, line - 1)


def _turned(grid: Grid) -> Grid:
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


def layout_of(
    grid: Grid, columns: Mapping[str, str], kind: str | None = None, years: str = ""
) -> Layout:
    """What a sheet is. `columns` are meanings that somebody gave to titles (in plain letters), `kind` the
    one that somebody gave to the sheet, and `years` the years somebody gave it (“2016-17”)."""
    if kind == IGNORED or not grid.lines:
        return Layout(grid, IGNORED)
    found = _best(grid, columns, kind, years)
    if found.kind == IGNORED and not found.yearless:
        down = {"month": "name", "months": "name", "week": "name", "date": "name", **columns}
        turned = _best(_turned(grid), down, kind, years)
        if turned.kind == MATRIX:
            return turned
    return found


def _best(grid: Grid, columns: Mapping[str, str], kind: str | None, years: str) -> Layout:
    best, most = Layout(grid, IGNORED), 0
    for at in range(min(len(grid.lines), _DEEP)):
        layout = _with_header(grid, at, columns, years)
        if layout.yearless and best.kind == IGNORED:
            best = Layout(grid, IGNORED, yearless=True)
        if kind and layout.kind != IGNORED:
            layout.kind = kind
        score = 0 if layout.kind == IGNORED else len(layout.columns) + 2 * len(layout.slots)
        if score > most:
            best, most = layout, score
    return best


def _with_header(grid: Grid, at: int, given: Mapping[str, str], years: str) -> Layout:
    """The layout if the header were that line (and the one above, where its cells are spread)."""
    line, cells = grid.lines[at]
    before = grid.lines[:at]
    layout = Layout(grid, IGNORED, line)
    layout.above = _above(before)
    layout.labels = _labels(some for _, some in before)
    context = years_of(years or f"{grid.sheet} {' '.join(layout.above)}")
    over = _spread(grid, before[-1]) if before else {}
    layout.titles = _titles(cells, before[-1] if before else None)
    periods, layout.yearless = periods_of(cells, over, context, grid.file)
    if len(periods) < _FEW and over:
        spread = [over.get(column) for column in range(max(over) + 1)]
        above, layout.yearless = periods_of(spread, {}, context, grid.file)
        layout.slots = _under(layout.titles, above)
        layout.yearless = layout.yearless and not layout.slots
    else:
        layout.slots = {column: Slot(frame) for column, frame in periods.items()}
    if len(layout.slots) < _FEW:
        layout.slots = {}
    _name_columns(layout, given)
    layout.kind = _kind(layout)
    return layout


_FEW_CELLS = 3


def _above(lines: Sequence[tuple[int, list[Any]]]) -> list[str]:
    """The texts over a header, apart from lines that are themselves part of a header."""
    texts = [[text for text in map(_text, cells) if text] for _, cells in lines]
    return [text for some in texts if len(some) <= _FEW_CELLS for text in some]


def _under(titles: Mapping[int, str], periods: Mapping[int, Frame]) -> dict[int, Slot]:
    """The columns of sessions among those whose titles stand under a week or month."""
    found: dict[int, Slot] = {}
    for column in sorted(titles.keys() & periods.keys()):
        what, kind = under_period(titles[column])
        if what == "session":
            found[column] = Slot(periods[column], kind)
        elif what == "minutes" and (before := found.get(column - 1)):
            found[column - 1] = before._replace(minutes=column)
    return found


def _name_columns(layout: Layout, given: Mapping[str, str]) -> None:
    """Gives columns their meanings: those somebody gave, those of their titles, and numbered sessions."""
    lengths = {slot.minutes for slot in layout.slots.values()}
    for column, title in layout.titles.items():
        meaning = given.get(words.plain(title)) or (
            None if column in layout.slots else title_means(title)
        )
        if column in lengths:
            continue
        if meaning == "ignore":
            layout.slots.pop(column, None)
        elif meaning and meaning not in layout.columns:
            layout.columns[meaning] = column
            layout.slots.pop(column, None)
        elif column not in layout.slots:
            if is_numbered(title):
                layout.slots[column] = Slot(None)
            else:
                layout.unknown.append(column)
    columns = layout.columns
    if (
        "date" not in columns
        and "outcome" in columns
        and _HELD.fullmatch(layout.title(columns["outcome"]))
    ):
        columns["date"] = columns.pop("outcome")  # “Held” is yes or no only beside a date


_HELD = re.compile(r"held\W*|completed\W*", re.I)


def _text(cell: Any) -> str:
    return words.one_line(cell) if isinstance(cell, str) else ""


def _titles(cells: Sequence[Any], over: tuple[int, list[Any]] | None) -> dict[int, str]:
    """The titles of a line; where it has none, those of the line above, which may be one cell with it."""
    found = {column: text for column, cell in enumerate(cells) if (text := _text(cell))}
    if over and len(found) > 1:
        for column, cell in enumerate(over[1]):
            if (text := _text(cell)) and title_means(text):
                found.setdefault(column, text)
    return found


def _labels(lines: Any) -> dict[str, str]:
    """“Name: | Aidan Thwaite | Supervisor: | Moira Calder”: what stands beside labels over a table."""
    found: dict[str, str] = {}
    for cells in lines:
        texts = [text for text in map(_text, cells) if text]
        for at, text in enumerate(texts):
            label, colon, value = text.partition(":")
            meaning = title_means(label) if colon else None
            value = value.strip() or (texts[at + 1] if at + 1 < len(texts) else "")
            if meaning and value and not value.endswith(":"):
                found.setdefault(meaning, value)
    return found


def _spread(grid: Grid, line: tuple[int, list[Any]]) -> dict[int, Any]:
    """The cells of a line by column, merged ones in all the columns they cover, others up to the next."""
    number, cells = line
    found: dict[int, Any] = {}
    held = None
    for column, cell in enumerate(cells):
        held = cell if cell is not None else held
        if held is not None:
            found[column] = held
    for top, first, bottom, last in grid.merged:
        if top <= number <= bottom and first < len(cells) and cells[first] is not None:
            found |= dict.fromkeys(range(first, last + 1), cells[first])
    if found:
        end = max(found)
        found |= dict.fromkeys(range(end + 1, end + _WIDE), found[end])
    return found


_WIDE = 60  # columns to the right of a title that may still be under it


def _kind(layout: Layout) -> str:
    columns = layout.columns
    if not _has_names(layout) or _is_other_chart(layout):
        return IGNORED
    if layout.slots and "date" not in columns:
        return MATRIX
    if "last" in columns or (
        "date" not in columns and "planned" not in columns and _is_register(columns)
    ):
        return REGISTER
    return LOG if "date" in columns or "planned" in columns else IGNORED


def _is_register(columns: Mapping[str, int]) -> bool:
    return "next" in columns or ("role" in columns and "since" in columns)


def _is_other_chart(layout: Layout) -> bool:
    """Whether it is a chart of something else: of leave, perhaps, with the same names and months."""
    said = f"{layout.grid.sheet} {' '.join(layout.above)}"
    return words.has_word(said, _OTHER_CHART) and not words.has_word(
        said, ("supervision", "supervisions", "1 1")
    )


def _has_names(layout: Layout) -> bool:
    """Whether it is known who the sheet is about; a matrix may leave the column of names without a title."""
    if layout.columns.keys() & {"name", "surname", "forename"}:
        return True
    if "name" in layout.labels and len(layout.columns) > 1:
        return names.named(layout.labels["name"]) is not None
    first = min(layout.slots, default=0)
    for column in range(first):
        if column not in layout.titles and _mostly_names(layout, column):
            layout.columns["name"] = column
            return True
    return False


def _mostly_names(layout: Layout, column: int) -> bool:
    texts = [_text(cells[column]) for _, cells in layout.body() if column < len(cells)]
    texts = [text for text in texts if text]
    like = [text for text in texts if re.fullmatch(r"[^\W\d_][\w.'’-]*,? [^\d]+", text)]
    return len(like) * 2 > len(texts) > 1
