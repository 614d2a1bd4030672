"""The picture of somebody's months as a drawing for paper: the same shapes as on the screen, in one ink.

● held, ○ held but not counting, ■ a gap, hatched where the clock stood still, dotted where nothing is known,
▲ due, ◇ booked. Out of post there is no line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, Rect, String

from supervise.reports.lettering import REGULAR, printable
from supervise.reports.paper import GREY, INK, PAPER, RULE, WIDTH
from supervise.strips import GAP, NOT_IN_POST, SUSPENDED, Span, Strip
from supervise.workdays import Day, add_months

SIZE = 9.0
"""How high the marks are, in points."""

_LETTERS = 7.0


def strip_drawing(strip: Strip, width: float = WIDTH, *, months: bool = True) -> Any:
    """The strip as a drawing so many points wide; `months` are named below it."""
    printable()
    below = _LETTERS + 3 if months else 2
    drawing = Drawing(width, below + 2.4 * SIZE)
    middle, days = below + SIZE * 0.8, strip.last - strip.first + 1
    inner = width - SIZE

    def at(day: Day) -> float:
        return SIZE / 2 + (day - strip.first) * inner / days

    for shape in _shapes(strip, at, middle):
        drawing.add(shape)
    if months:
        for letter, left, right in _months(strip, at):
            drawing.add(_letters((left + right) / 2, 1, letter, "middle"))
    return drawing


def key_drawing(width: float = WIDTH) -> tuple[Any, str]:
    """What the shapes mean as a drawing, and in words."""
    printable()
    drawing, x, middle = Drawing(width, SIZE + 4), 0.0, SIZE / 2 + 2
    for name, shapes in _key(middle):
        for shape in shapes(x + SIZE / 2):
            drawing.add(shape)
        drawing.add(_letters(x + SIZE + 4, middle - 2.5, name, "start"))
        x += SIZE + 12 + 4.1 * len(name)
    said = ", ".join(name for name, _ in _key(middle))
    return drawing, f"Key to the strips, from left to right: {said}."


def _key(y: float) -> list[tuple[str, Callable[[float], list[Any]]]]:
    half = SIZE / 2
    return [
        ("held", lambda x: [_held(x, y)]),
        ("other session", lambda x: [_other(x, y)]),
        ("gap", lambda x: [_box(x - half, x + half, y)]),
        ("clock stopped", lambda x: list(_hatched(x - half, x + half, y))),
        ("no records or no rule", lambda x: list(_dotted(x - half, x + half, y))),
        ("due", lambda x: [_due(x, y - 0.35 * SIZE)]),
        ("booked", lambda x: [_booked(x, y)]),
    ]


def _shapes(strip: Strip, at: Callable[[Day], float], y: float) -> Iterator[Any]:
    """All shapes, from those below to those above."""
    yield Line(at(strip.first), y, at(strip.last + 1), y, strokeColor=RULE, strokeWidth=0.6)
    for _, left, _ in _months(strip, at):
        tick = SIZE * 0.35
        yield Line(left, y - tick, left, y + tick, strokeColor=RULE, strokeWidth=0.6)
    for span in strip.spans:
        yield from _span(span, at, y)
    for day in strip.held:
        yield _held(at(day), y)
    for day in strip.other:
        yield _other(at(day), y)
    if strip.booked is not None:
        yield _booked(at(strip.booked), y)
    if strip.due is not None:
        yield _due(at(strip.due), y + SIZE * 0.55)


def _span(span: Span, at: Callable[[Day], float], y: float) -> Iterator[Any]:
    left, right = at(span.first), at(span.last + 1)
    right = max(right, left + 2.5)
    if span.kind == GAP:
        yield _box(left, right, y)
    elif span.kind == SUSPENDED:
        yield from _hatched(left, right, y)
    elif span.kind == NOT_IN_POST:  # no line at all
        high = SIZE + 2
        yield Rect(left, y - high / 2, right - left, high, fillColor=PAPER, strokeColor=None)
    else:
        yield from _dotted(left, right, y)


def _box(left: float, right: float, y: float) -> Any:
    return Rect(left, y - SIZE / 2, right - left, SIZE, fillColor=INK, strokeColor=None)


def _hatched(left: float, right: float, y: float) -> Iterator[Any]:
    """A pale ground with strokes from the lower left to the upper right, cut at its edges."""
    foot, top = y - SIZE / 2, y + SIZE / 2
    yield Rect(left, foot, right - left, SIZE, fillColor=PAPER, strokeColor=GREY, strokeWidth=0.5)
    start = left - SIZE
    while start < right:
        x1, x2 = max(start, left), min(start + SIZE, right)
        if x2 > x1:
            y1, y2 = foot + (x1 - start), foot + (x2 - start)
            yield Line(x1, y1, x2, min(y2, top), strokeColor=GREY, strokeWidth=0.5)
        start += 3.2


def _dotted(left: float, right: float, y: float) -> Iterator[Any]:
    """A ground of small dots."""
    yield Rect(left, y - SIZE / 2, right - left, SIZE, fillColor=PAPER, strokeColor=None)
    x, odd = left + 1.2, False
    while x < right - 0.4:
        for up in (-0.3, 0.1) if odd else (-0.1, 0.3):
            yield Circle(x, y + up * SIZE, 0.45, fillColor=GREY, strokeColor=None)
        x, odd = x + 2.4, not odd


def _held(x: float, y: float) -> Any:
    return Circle(x, y, SIZE * 0.33, fillColor=INK, strokeColor=PAPER, strokeWidth=0.5)


def _other(x: float, y: float) -> Any:
    return Circle(x, y, SIZE * 0.28, fillColor=PAPER, strokeColor=INK, strokeWidth=0.9)


def _booked(x: float, y: float) -> Any:
    r = SIZE * 0.45
    corners = [x, y - r, x + r, y, x, y + r, x - r, y]
    return Polygon(corners, fillColor=PAPER, strokeColor=INK, strokeWidth=1)


def _due(x: float, foot: float) -> Any:
    corners = [x, foot + SIZE * 0.7, x + SIZE * 0.42, foot, x - SIZE * 0.42, foot]
    return Polygon(corners, fillColor=INK, strokeColor=None)


def _letters(x: float, y: float, words: str, anchor: str) -> Any:
    return String(x, y, words, fontName=REGULAR, fontSize=_LETTERS, fillColor=GREY, textAnchor=anchor)


def _months(strip: Strip, at: Callable[[Day], float]) -> list[tuple[str, float, float]]:
    """The first letter of each month that begins in the strip, and from where to where it goes."""
    found = []
    first = date.fromordinal(strip.first).replace(day=1).toordinal()
    if first < strip.first:
        first = add_months(first, 1)
    while first <= strip.last:
        after = add_months(first, 1)
        letter = "JFMAMJJASOND"[date.fromordinal(first).month - 1]
        found.append((letter, at(first), at(min(after, strip.last + 1))))
        first = after
    return found
