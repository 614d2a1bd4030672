"""Tables: rows that go to the page one by one, each a row of the structure tree with equal columns.

A short row is never cut in two; a long one may be, between lines. The head comes again on every page, where
it is an artefact: who reads with the ears has heard it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from supervise.reports.figures import Drawn, Picture
from supervise.reports.lettering import Lettering, Run, lines
from supervise.reports.paper import ALIGNED, INK, RULE, SHADE, STYLES, WIDTH
from supervise.reports.tags import Element, figure, header_cell, spoken
from supervise.reports.words import Words, lines_of_words
from supervise.wording import OnDay, Standing, span
from supervise.workdays import FOREVER, Day

LONGEST_WHOLE = 200.0
"""A row that is not higher than this is never cut in two."""

BESIDE, ABOVE = 4.0, 3.5
"""Room around what stands in a cell."""

_APART = 7.0
"""More room between figures that stand at the right of their column and words at the left of the next."""

Align = Literal["left", "right", "centre"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what stands at its head, its share of the width (points, or parts of any whole), and where
    its cells stand. `names_rows` says that its cells are the names of their rows. In a workbook it is one column,
    or those named `out`."""

    name: str
    share: float = 1.0
    align: Align = "left"
    names_rows: bool = False
    quiet: bool = False
    out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with a look of its own. `spoken` is read out in the place of its letters ("gap" for ■); `out` is
    what stands in a workbook in its place, one value for each of the column's."""

    text: str
    spoken: str = ""
    strong: bool = False
    shaded: bool = False
    out: tuple[str | int | OnDay | None, ...] = ()


Value = str | int | None | OnDay | Standing | Cell | Picture
"""What a cell can hold: text as it was typed, a whole number, nothing (–), a day, a status, or a picture."""


FROM_TO = ("From", "To")
"""What a column of `from_to` is in a workbook: two of days."""


def from_to(first: Day, last: Day) -> Cell:
    """Days from one to another; a workbook has both, or the first only where no last one is known."""
    return Cell(span(first, last), out=(OnDay(first), OnDay(last) if last < FOREVER else None))


class TableTold(NamedTuple):
    """A table as it was told, to be told again in a workbook: where it stands, and what is in it."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]


class Plan(NamedTuple):
    """A cell before it is set: its lines, its look, and what it is in the structure tree."""

    lines: list[list[Run]]
    style: ParagraphStyle
    element: Element | None
    shaded: bool = False
    picture: Picture | None = None


class Place(NamedTuple):
    """Where the cells of a column stand: how wide the column is, and what is left free at its left."""

    wide: float
    before: float = BESIDE

    @property
    def room(self) -> float:
        """How wide what stands in a cell can be."""
        return self.wide - self.before - BESIDE


class Row(Flowable):  # type: ignore[misc]
    """One row. Its words are only made when it is to be set, and let go when it is drawn."""

    def __init__(self, plans: Sequence[Plan], places: Sequence[Place], *, head: bool = False) -> None:
        super().__init__()
        self._plans, self._places, self._head = plans, places, head
        self._made: list[Words | Drawn | None] | None = None
        self.height = 0.0
        self.spaceBefore = self.spaceAfter = 0
        self.artifact = False

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As high as its highest cell."""
        if self._made is None:
            self._made = [_made(plan) for plan in self._plans]
            self.height = 0.0
        if not self.height:
            cells = zip(self._made, self._places, strict=True)
            self.height = 2 * ABOVE + max(
                one.wrap(place.room, height)[1] if one is not None else 0 for one, place in cells
            )
        return width, self.height

    def least(self) -> float:
        """How much of it may stand alone at the foot of a page."""
        return min(self.height, LONGEST_WHOLE)

    def split(self, width: float, height: float) -> list[Any]:
        """What fits of a long row, and the rest."""
        if self._made is None or self.height <= LONGEST_WHOLE:
            return []
        cells = zip(self._made, self._places, strict=True)
        cut = [_cut(one, place.room, height - 2 * ABOVE) for one, place in cells]
        if all(begins is None for begins, _ in cut) or all(rest is None for _, rest in cut):
            return []
        begins, rest = self._part([one for one, _ in cut]), self._part([one for _, one in cut])
        rest.spaceAfter = self.spaceAfter
        return [begins, rest]

    def _part(self, made: list[Words | Drawn | None]) -> Row:
        part = Row(self._plans, self._places, head=self._head)
        part._made = made
        return part

    def said(self) -> Iterable[str]:
        """Cell by cell."""
        for plan in self._plans:
            if plan.picture is not None:
                yield plan.picture.alt
            elif plan.element is not None and plan.element.spoken:
                yield plan.element.spoken
            else:
                yield "\n".join("".join(run.text for run in line) for line in plan.lines)

    def draw(self) -> None:
        """Grounds and lines first, which say nothing; then cell by cell."""
        canvas, made = self.canv, self._made or []
        canvas.begin_artifact("Pagination" if self.artifact else "Layout")
        self._draw_ground(canvas)
        if not self.artifact:
            canvas.end()
        left = 0.0
        for one, place in zip(made, self._places, strict=True):
            if one is not None:  # heads stand on their line, what is below hangs from the one above
                foot = ABOVE if self._head else self.height - ABOVE - one.height
                canvas.draw_at(one, left + place.before, foot)
            left += place.wide
        if self.artifact:
            canvas.end()
        self._made = None

    def _draw_ground(self, canvas: Any) -> None:
        left = 0.0
        canvas.setFillColor(SHADE)
        for plan, place in zip(self._plans, self._places, strict=True):
            if plan.shaded:  # below the line of the row above
                canvas.rect(left, 0, place.wide, self.height - 0.3, stroke=0, fill=1)
            left += place.wide
        canvas.setStrokeColor(INK if self._head else RULE)
        canvas.setLineWidth(0.9 if self._head else 0.4)
        canvas.line(0, 0, left, 0)


def _made(plan: Plan) -> Words | Drawn | None:
    if plan.picture is not None:
        return Drawn(plan.picture.drawing, figure(plan.picture.alt), within=plan.element)
    return lines_of_words(plan.lines, plan.style, plan.element) if any(plan.lines) else None


def _cut(
    one: Words | Drawn | None, width: float, height: float
) -> tuple[Words | Drawn | None, Words | Drawn | None]:
    """The part of a cell that fits, and the rest."""
    if one is None or one.height <= height:
        return one, None
    parts = one.split(width, height)
    return (parts[0], parts[1]) if len(parts) == 2 else (None, one)


class Setting:
    """How the rows of one table are set."""

    def __init__(self, columns: Sequence[Column], lettering: Lettering, width: float = WIDTH) -> None:
        whole = sum(column.share for column in columns)
        before: Align = "left"
        self.places: list[Place] = []
        for column in columns:
            follows = before == "right" and column.align == "left"
            self.places.append(
                Place(column.share * width / whole, BESIDE + _APART if follows else BESIDE)
            )
            before = column.align
        self._columns, self._lettering = columns, lettering

    def head(self, *, again: bool = False) -> tuple[Row, Element]:
        """The row of the columns' names; `again` is the one for the pages after the first."""
        row = Element("TR")
        plans = []
        for column in self._columns:
            style = _aligned("head of a table", column.align)
            cell = header_cell("Column")
            row.kids.append(cell)
            plans.append(Plan([self._lettering.runs(column.name)], style, None if again else cell))
        made = Row(plans, self.places, head=True)
        made.artifact = again
        return made, row

    def row(self, values: Sequence[Value]) -> tuple[Row, Element]:
        """A row of cells. ValueError unless there is one for each column."""
        if len(values) != len(self._columns):
            raise ValueError(f"a row has {len(values)} cells, its table {len(self._columns)} columns")
        plans = [self._plan(value, column) for value, column in zip(values, self._columns, strict=True)]
        return Row(plans, self.places), Element("TR", [plan.element for plan in plans if plan.element])

    def _plan(self, value: Value, column: Column) -> Plan:
        element = header_cell("Row") if column.names_rows else Element("TD")
        look = "strong cell" if column.names_rows else "quiet cell" if column.quiet else "cell"
        if isinstance(value, Picture):
            return Plan([], STYLES["cell"], element, picture=value)
        if isinstance(value, Standing):
            value = Cell(str(value), spoken=value.word)
        shaded = isinstance(value, Cell) and value.shaded
        if isinstance(value, Cell):
            look = "strong cell" if value.strong else look
            if value.spoken:
                spoken(element, value.spoken)
            value = value.text
        elif value is None:
            value = "–"
        elif isinstance(value, int):
            value = f"{value:,}"
        elif isinstance(value, OnDay):
            value = str(value)
        told = [self._lettering.runs(line) for line in lines(value)] if value.strip() else []
        return Plan(told, _aligned(look, column.align), element, shaded)


@cache
def _aligned(look: str, align: Align) -> ParagraphStyle:
    if align == "left":
        return STYLES[look]
    return STYLES[look].clone("", alignment=ALIGNED[align])
