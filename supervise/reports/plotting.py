"""Pieces of charts: dashes, round steps, and names beside points so that none covers another or leaves the chart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import ceil, hypot
from typing import NamedTuple

from reportlab.pdfbase.pdfmetrics import stringWidth

Spot = tuple[float, float]
"""Across and up, in points."""

DASH, BREAK = 4.0, 3.0


class Box(NamedTuple):
    """A part of a drawing, in points."""

    left: float
    foot: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        """Whether they share any part."""
        across = self.left < other.right and other.left < self.right
        return across and self.foot < other.top and other.foot < self.top

    def holds(self, other: Box) -> bool:
        """Whether the other lies wholly inside."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.foot <= other.foot and other.top <= self.top

    def has(self, spot: Spot) -> bool:
        """Whether a spot lies in it."""
        return self.left <= spot[0] <= self.right and self.foot <= spot[1] <= self.top


class Lettered(NamedTuple):
    """How names are lettered, and how far the marks of points reach from their middles."""

    font: str
    size: float
    mark: float
    longest: float
    """Wider names are not placed."""


def place_names(
    named: Sequence[tuple[Spot, str]],
    points: Iterable[Spot],
    area: Box,
    lines: Sequence[Spot],
    how: Lettered,
    kept: Iterable[Box] = (),
) -> list[Box | None]:
    """A place for each name beside its point, or None where there is no room; the first have first choice.

    Of the places that cover nothing a name takes the one that crosses the fewest spots of `lines`; to the
    right of its point it reads best. `kept` is taken already.
    """
    reach = how.mark + 1
    taken = [Box(x - reach, y - reach, x + reach, y + reach) for x, y in points]
    taken += kept
    placed: list[Box | None] = []
    for spot, text in named:
        wide = stringWidth(text, how.font, how.size)
        free = [] if wide > how.longest else [
            box for box in _around(spot, wide, how)
            if area.holds(box) and not any(box.meets(other) for other in taken)
        ]  # fmt: skip
        best = min(free, key=lambda box: sum(map(box.has, lines)), default=None)
        placed.append(best)
        taken += [best] if best else []
    return placed


def _around(spot: Spot, wide: float, how: Lettered) -> Iterator[Box]:
    """Right, left, above, below, and between these."""
    near, off, high = how.mark + 1, how.mark + 2, how.size * 1.1
    x, y = spot
    right, left, middle = x + near, x - near - wide, x - wide / 2
    for edge, foot in (
        (x + off, y - high / 2), (x - off - wide, y - high / 2), (middle, y + near), (middle, y - near - high),
        (right, y + 1), (right, y - high - 1), (left, y + 1), (left, y - high - 1),
    ):  # fmt: skip
        yield Box(edge, foot, edge + wide, foot + high)


def round_step(most: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that goes into it ten times at the most."""
    tens = 1
    while True:
        for step in (tens, 2 * tens, 5 * tens):
            if most / step <= 10:
                return step
        tens *= 10


def dashes(piece: Sequence[Spot]) -> Iterator[list[Spot]]:
    """A line cut into dashes, which are of one length wherever it is steep or flat."""
    gone, dash = 0.0, [piece[0]]
    for (x, y), (after, above) in pairwise(piece):
        long = hypot(after - x, above - y)
        for at in range(1, ceil(long) + 1):
            part = at / ceil(long)
            gone += long / ceil(long)
            if gone % (DASH + BREAK) < DASH:
                dash.append((x + (after - x) * part, y + (above - y) * part))
            elif dash:
                yield dash
                dash = []
    if len(dash) > 1:
        yield dash
