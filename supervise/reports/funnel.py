"""The funnel of a service's teams on paper: clear months by person-months, and the lines of chance about them.

Where a point lies is told by its shape: ● inside the lines, △ ▽ outside the inner ones, ▲ ▼ outside the outer
ones, ○ too few to say. Teams are never put in order of their share.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import ceil
from typing import Any

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, PolyLine, Rect, String

from supervise import wording
from supervise.consistency import (
    DOES_NOT_SAY,
    INNER,
    OUTER,
    PLACES,
    SAYS,
    Consistency,
    Limits,
    Place,
    Point,
    how_widened,
    too_few,
)
from supervise.reports.charts import LETTERS, percent
from supervise.reports.figures import Picture
from supervise.reports.lettering import REGULAR, Lettering, printable
from supervise.reports.paper import GREY, INK, PAPER, RULE, SHADE, WIDTH
from supervise.reports.plotting import Box, Lettered, Spot, dashes, place_names, round_step
from supervise.reports.story import Story
from supervise.reports.tables import Column, Value

_LEFT, _RIGHT, _FOOT, _TOP, _HIGH = 34.0, 44.0, 30.0, 22.0, 196.0
_MARK = 3.6
"""Half of a mark, in points."""
_NAMES = Lettered(REGULAR, LETTERS, _MARK, longest=130.0)
_ALL_TOLD = 24
"""The words for a picture give each of so many teams; of more those that lie outside. The table has all."""


def funnel(found: Consistency, width: float = WIDTH, *, of: str = "Person-months") -> Picture:
    """The share of clear months of each team by its person-months. ValueError without a team."""
    return Funnel(found, width, of).picture()


def scale_of(found: Consistency) -> tuple[int, int]:
    """The lowest and the highest per cent of the scale: tens that hold every point, and the outer lines where
    the smallest team stands of which anything is said."""
    parts = [each.part for each in found.points] + [found.whole.n / found.whole.d]
    judged = [each.share.d for each in found.points if each.place != "few"]
    if judged:
        parts += found.limits(min(judged), OUTER)
    low, high = int(100 * min(parts)) // 10 * 10, ceil(ceil(100 * max(parts)) / 10) * 10
    return max(0, min(low, high - 20)), min(100, max(high, low + 20))


class Funnel:
    """The drawing of a consistency, and the numbers that stand in it where names have no room.

    A team is named beside its point if all names have room. If not, only those outside the lines are, and the
    others bear the number of their row in the table; a point too close to others for that bears nothing.
    """

    def __init__(self, found: Consistency, width: float = WIDTH, of: str = "Person-months") -> None:
        if not found.points:
            raise ValueError("a chart of nothing")
        printable()
        self._found, self._width, self._of = found, width, of
        self.low, self.high = scale_of(found)
        self._most = max(each.share.d for each in found.points) * 1.06
        self._right = width - _RIGHT
        self._middle = self._up(found.whole.n / found.whole.d)
        self._lines = {
            (within, high): list(self._line(within, high=high))
            for within in (INNER, OUTER)
            for high in (False, True)
        }
        self.numbers: dict[str, int] = {}
        self._labels = self._label_points()

    def picture(self) -> Picture:
        """The drawing, and all of it in words."""
        drawing = Drawing(self._width, _FOOT + _HIGH + _TOP)
        points = (mark(*self._spot(each), each.place) for each in self._found.points)
        for shape in (*self._grid(), *self._curves(), *self._ends(), *self._names(), *points):
            drawing.add(shape)
        return Picture(drawing, _in_words(self._found, self._of, self.low, self.high))

    def _across(self, months: float) -> float:
        return _LEFT + months / self._most * (self._right - _LEFT)

    def _up(self, part: float) -> float:
        return _FOOT + (100 * part - self.low) / (self.high - self.low) * _HIGH

    def _spot(self, point: Point) -> Spot:
        return self._across(point.share.d), self._up(point.part)

    # --- lines

    def _line(self, within: float, *, high: bool) -> Iterator[list[Spot]]:
        """One line of chance, in pieces. It is not drawn where it would be off the scale, nor where it is at
        none or all of the months and so excludes nothing."""
        spots: list[Spot | None] = []
        for x in range(int(_LEFT) + 1, int(self._right) + 1):
            months = (x - _LEFT) / (self._right - _LEFT) * self._most
            part = self._found.limits(months, within)[high]
            shown = self.low <= 100 * part <= self.high and 0 < part < 1
            spots.append((float(x), self._up(part)) if shown else None)
        for _, piece in groupby(spots, key=lambda spot: spot is None):
            if len(there := [spot for spot in piece if spot]) > 1:
                yield there

    def _grid(self) -> Iterator[Any]:
        every = 10 if self.high - self.low <= 60 else 20
        for value in range(self.high, self.low - 1, -every):
            y = self._up(value / 100)
            yield Line(_LEFT, y, self._right, y, strokeColor=SHADE, strokeWidth=0.6)
            yield _letters(_LEFT - 5, y - 2.6, f"{value} %", "end")
        yield Line(_LEFT, _FOOT, self._right, _FOOT, strokeColor=RULE, strokeWidth=0.6)
        for months in range(0, int(self._most) + 1, round_step(self._most)):
            x = self._across(months)
            yield Line(x, _FOOT, x, _FOOT - 3, strokeColor=RULE, strokeWidth=0.4)
            yield _letters(x, _FOOT - 12, f"{months:,}", "middle")
        yield _letters((_LEFT + self._right) / 2, _FOOT - 24, self._of, "middle", INK)
        yield _letters(0, _FOOT + _HIGH + 12, "Clear months", "start", INK)

    def _curves(self) -> Iterator[Any]:
        """The share of all; the outer lines whole, the inner ones in dashes, which are short lines: paper has
        no dotted ones."""
        yield Line(_LEFT, self._middle, self._right, self._middle, strokeColor=INK, strokeWidth=1)
        for (within, _), pieces in self._lines.items():
            for piece in pieces:
                for part in [piece] if within == OUTER else dashes(piece):
                    flat = [each for spot in part for each in spot]
                    yield PolyLine(flat, strokeColor=INK, strokeWidth=0.7)

    def _ends(self) -> Iterator[Any]:
        """What each line is, at its right end: one word above the other where lines are close."""
        x = self._right + 5
        yield _letters(x, self._middle - 2.6, f"All {percent(self._found.whole)}", "start", INK)
        for high, way in ((False, -1), (True, 1)):
            y = self._middle
            for within, word in ((INNER, "95 %"), (OUTER, "99.8 %")):
                pieces = self._lines[within, high]
                if pieces and pieces[-1][-1][0] > self._right - 2:
                    y += way * max(LETTERS + 1.5, way * (pieces[-1][-1][1] - y))
                    yield _letters(x, y - 2.6, word, "start")

    # --- names

    def _label_points(self) -> list[tuple[str, Box]]:
        lettering = Lettering()
        names = {each.group: lettering.line(each.group) for each in self._found.points}
        if len(placed := self._place(names)) == len(names):
            return list(placed.values())
        outside = {each.group for each in self._found.outside()}
        self.numbers = {group: at for at, group in enumerate(names, 1)}
        told = self._place({group: name for group, name in names.items() if group in outside})
        rest = {group: str(at) for group, at in self.numbers.items() if group not in told}
        return [*told.values(), *self._place(rest, [box for _, box in told.values()]).values()]

    def _place(self, texts: Mapping[str, str], kept: Sequence[Box] = ()) -> dict[str, tuple[str, Box]]:
        """The texts for which there is room, with it; what lies outside the lines chooses first."""
        outside = {each.group for each in self._found.outside()}
        spots = {each.group: self._spot(each) for each in self._found.points}
        order = sorted(texts, key=lambda group: group not in outside)
        crossed = [spot for pieces in self._lines.values() for piece in pieces for spot in piece]
        crossed += [(float(x), self._middle) for x in range(int(_LEFT), int(self._right))]
        area = Box(_LEFT, _FOOT + 1, self._right, _FOOT + _HIGH + 8)
        named = [(spots[group], texts[group]) for group in order]
        boxes = place_names(named, spots.values(), area, crossed, _NAMES, kept)
        found = zip(order, boxes, strict=True)
        return {group: (texts[group], box) for group, box in found if box is not None}

    def _names(self) -> Iterator[Any]:
        """On a ground of their own, so that no line goes through the letters."""
        for text, (left, foot, right, top) in self._labels:
            yield Rect(left, foot, right - left, top - foot, fillColor=PAPER, strokeColor=None)
            yield _letters(left, foot + 1.8, text, "start", INK)


def mark(x: float, y: float, place: Place) -> Any:
    """The shape of a point, by where it lies."""
    if place in ("few", "inside"):
        fill = INK if place == "inside" else PAPER
        return Circle(x, y, _MARK * 0.85, fillColor=fill, strokeColor=INK, strokeWidth=0.8)
    way = _MARK if "above" in place else -_MARK
    corners = [x - _MARK, y - way * 0.8, x + _MARK, y - way * 0.8, x, y + way]
    fill = INK if "far" in place else PAPER
    return Polygon(corners, fillColor=fill, strokeColor=INK, strokeWidth=0.8)


def _letters(x: float, y: float, words: str, anchor: str, ink: Any = GREY) -> Any:
    return String(x, y, words, fontName=REGULAR, fontSize=LETTERS, fillColor=ink, textAnchor=anchor)


# --- in words


def _in_words(found: Consistency, of: str, low: int, high: int) -> str:
    told = found.points if len(found.points) <= _ALL_TOLD else found.outside()
    parts = [f"Clear months of each team by its {of.lower()}. All: {found.whole.words()}."]
    parts += _lines_in_words(found, of) if found.is_compared else ()
    parts += [f"{each.group}: {each.share.words()}, {PLACES[each.place].lower()}." for each in told]
    if rest := len(found.points) - len(told):
        parts.append(
            f"{wording.counted(rest, 'team')} outside no line, or too few to say: see the table."
        )
    return " ".join([*parts, f"The scale goes from {low} % to {high} %."])


def _lines_in_words(found: Consistency, of: str) -> Iterator[str]:
    """Where the lines are for the smallest and for the largest team of which anything is said."""
    judged = [each.share.d for each in found.points if each.place != "few"]
    for months in sorted({min(judged), max(judged)} if judged else ()):
        inner, outer = (_per_cent(found.limits(months, within)) for within in (INNER, OUTER))
        yield f"At {months:,} {of.lower()} the 95 % lines are at {inner}, the 99.8 % lines at {outer}."


def _per_cent(limits: Limits) -> str:
    return f"{100 * limits.low:.0f} % and {100 * limits.high:.0f} %"


def tell_consistency(story: Story, found: Consistency, *, is_case: bool = False) -> None:
    """The funnel, its figures as a table, what it says and what not, and how its lines were made."""
    story.heading(1, "Consistency")
    one, of = ("case", "Case-months") if is_case else ("worker", "Person-months")
    numbers: Mapping[str, int] = {}
    if not found.is_compared:
        story.quiet(_nothing_to_compare(found))
    else:
        drawn = Funnel(found, of=of)
        numbers = drawn.numbers
        story.figure(*drawn.picture(), with_next=True)
        story.quiet(_key(drawn, found))
    if found.points:
        _tell_points(story, found, of, numbers)
    if found.is_compared:
        for title, said in (
            ("What it says", SAYS), ("What it does not say", DOES_NOT_SAY),
            ("Why the lines are so wide", how_widened(found, one)),
        ):  # fmt: skip
            story.heading(2, title)
            for sentence in said:
                story.bullet(sentence)


def _nothing_to_compare(found: Consistency) -> str:
    if not found.points:
        return "No team has a whole calendar month that counts."
    if len(found.points) == 1:
        return "Only one team has whole calendar months that count, so that there is nothing to compare it with."
    which = "Every month was clear in every team" if found.whole.n else "No month was clear in any team"
    return f"{which}, so that there is no difference to look at."


def _key(drawn: Funnel, found: Consistency) -> str:
    scale = "" if (drawn.low, drawn.high) == (0, 100) else (
        f" The scale goes from {drawn.low} % to {drawn.high} %."
    )  # fmt: skip
    numbered = (
        " Numbers are those of the table; a point too close to others bears none."
        if drawn.numbers
        else ""
    )
    return (
        "● inside the lines, △ above and ▽ below the 95 % lines (dashed), ▲ above and ▼ below the 99.8 % lines"
        f" (whole), ○ too few to say.{scale}{numbered}"
    )


def _tell_points(story: Story, found: Consistency, of: str, numbers: Mapping[str, int]) -> None:
    who = "Cases" if of == "Case-months" else "People"
    columns = [
        Column("Team", 140, names_rows=True), Column(of, 82, "right"), Column("Clear", 44, "right"),
        Column("Share", 44, "right"), Column(who, 44, "right"), Column("Where it lies", 128),
    ]  # fmt: skip
    rows: list[list[Value]] = [
        [
            each.group, each.share.d, each.share.n, percent(each.share), each.people,
            PLACES[each.place] if found.is_compared else "Not compared",
        ]
        for each in found.points
    ]  # fmt: skip
    if numbers:
        columns.insert(0, Column("No.", 30, "right"))
        rows = [[numbers[each.group], *row] for each, row in zip(found.points, rows, strict=True)]
    few = found.is_compared and any(each.place == "few" for each in found.points)
    story.table(columns, rows, with_next=True)
    story.quiet(
        "In order of name. A month is of the team of its last day in scope; a team without one that counts is not"
        f" listed. All together: {found.whole.words()}." + (f" {too_few(who.lower())}" if few else "")
    )
