"""Charts in one ink: how the days covered went month by month, and how long the gaps were.

Each is made from plain figures as a `Picture`: a reportlab drawing, which paper and screen can both show, and
the same in words. What a thing is, is told by its shape and its letters, never by a colour. `on_time` has no
chart here, and is given none: it counts a gap of a year once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String
from reportlab.pdfbase.pdfmetrics import stringWidth

from supervise import wording
from supervise.compliance import Share
from supervise.reports.figures import Picture
from supervise.reports.lettering import REGULAR, printable
from supervise.reports.paper import GREY, INK, PAPER, RULE, SHADE, WIDTH
from supervise.workdays import Day, add_months

Point = tuple[Day, Share]
"""The first day of a month, and its share."""

LETTERS = 7.5
"""Size of letters in a chart, in points."""

_LEFT, _FOOT, _TOP, _HIGH = 34.0, 24.0, 14.0, 118.0
_LINE = 11.0
"""A line of letters above a chart."""
_ALL_TOLD = 24
"""As many points are each told in words; of more the ends, the lowest and the highest."""
_ALL_LETTERED = 13
"""As many points bear their figure."""


def month_name(first: Day) -> str:
    """ "Oct 2018"."""
    return wording.day(first).split(" ", 1)[1]


def percent(share: Share) -> str:
    """ "73 %", or "none due": never 100 % of nothing."""
    return share.words().rpartition("(")[2].rstrip(")")


def trend(
    points: Sequence[Point],
    what: str = "Days covered",
    width: float = WIDTH,
    *,
    event: tuple[Day, str] | None = None,
) -> Picture:
    """A share month by month: a step for each month, ● where it is whole and ■ where something is missing.

    The scale begins a little below the lowest; `scale_begins` says where. A month without anything to divide
    by has no mark. A broken line with its name stands before the day of an `event`, if that is one of the
    days shown, or the day after them. ValueError if no month has a share.
    """
    known = [(first, share) for first, share in points if share.d]
    if not known:
        raise ValueError("a chart of nothing")
    printable()
    at_event = None if event is None else months_before(points, event[0])
    named = _LINE if event is not None and at_event is not None else 0
    drawing = Drawing(width, _HIGH + _FOOT + _TOP + named)
    least = scale_begins(points)
    step = (width - _LEFT) / len(points)

    def across(at: float) -> float:
        return _LEFT + at * step

    def up(value: float) -> float:
        return _FOOT + (100 * value - least) / (100 - least) * _HIGH

    told, line = _trend_in_words(points, known, what), None
    if event is not None and at_event is not None:
        line = across(at_event)
        for shape in _event(line, event[1], width):
            drawing.add(shape)
        told += f" A broken line marks {event[1]}."
    figures = list(_figures(points, across, up, line))
    for shape in (
        *_scale(least, up, width, figures),
        *_months(points, across),
        *_steps(points, across, up),
        *_marks(points, across, up),
        *(_letters(each.middle, each.foot, each.words, "middle", INK) for each in figures),
    ):
        drawing.add(shape)
    return Picture(drawing, told)


def months_before(points: Sequence[Point], day: Day) -> float | None:
    """How many of the months shown are over when a day begins, with the part of its own; None for a day that
    is neither in them nor the day after."""
    for at, (first, _) in enumerate(points):
        after = add_months(first, 1)
        if first <= day < after:
            return at + (day - first) / (after - first)
    return float(len(points)) if points and day == add_months(points[-1][0], 1) else None


def _event(x: float, name: str, width: float) -> Iterator[Any]:
    """A broken line across the chart, and its name on top, which stays within it."""
    top = _FOOT + _HIGH + _TOP
    yield Line(x, _FOOT, x, top, strokeColor=INK, strokeWidth=0.8, strokeDashArray=(3, 2))
    half = stringWidth(name, REGULAR, LETTERS) / 2
    yield _letters(min(max(x, half), width - half), top + 2.5, name, "middle", INK)


def scale_begins(points: Sequence[Point]) -> int:
    """The lowest per cent on the scale of a trend: a ten below the lowest share, 90 at the most."""
    lowest = min((100 * share.n / share.d for _, share in points if share.d), default=100.0)
    return max(0, min(90, int(lowest - 1) // 10 * 10))


class _Figure(NamedTuple):
    """The figure of a month: where its middle and its foot are, and half its width with a little room."""

    middle: float
    foot: float
    half: float
    words: str

    def is_on(self, y: float) -> bool:
        """Whether a line at that height would cross it."""
        return self.foot - 1 < y < self.foot + LETTERS


def _scale(
    least: int, up: Callable[[float], float], width: float, figures: Sequence[_Figure]
) -> Iterator[Any]:
    """A thin line and its per cent for every ten, or twenty where there are many; lines leave figures free."""
    every = 10 if 100 - least <= 50 else 20
    for value in range(100, least - 1, -every):
        y, begin = up(value / 100), _LEFT
        for each in figures:  # from left to right
            if each.is_on(y):
                yield _thin(begin, y, each.middle - each.half)
                begin = each.middle + each.half
        yield _thin(begin, y, width)
        yield _letters(_LEFT - 5, y - 2.6, f"{value} %", "end")


def _months(points: Sequence[Point], across: Callable[[float], float]) -> Iterator[Any]:
    """The names of the months below, each if there is room, and the year where it begins."""
    every = -(-len(points) // 14)
    year = ""
    for at, (first, _) in enumerate(points):
        if at % every:
            continue
        name, this = month_name(first).split(" ")
        x = across(at + 0.5)
        yield _letters(x, _FOOT - 11, name, "middle")
        if this != year:
            yield _letters(x, _FOOT - 21, this, "middle")
        year = this


def _steps(
    points: Sequence[Point], across: Callable[[float], float], up: Callable[[float], float]
) -> Iterator[Any]:
    """A flat line for each month, joined to the next where both are known."""
    levels = [up(share.n / share.d) if share.d else None for _, share in points]
    for at, level in enumerate(levels):
        if level is not None:
            yield _line(across(at), level, across(at + 1), level)
    for at, (left, right) in enumerate(pairwise(levels), 1):
        if left is not None and right is not None and left != right:
            yield _line(across(at), left, across(at), right)


def _marks(
    points: Sequence[Point],
    across: Callable[[float], float],
    up: Callable[[float], float],
) -> Iterator[Any]:
    """The mark of each month."""
    for at, (_, share) in enumerate(points):
        if share.d:
            yield mark(across(at + 0.5), up(share.n / share.d), whole=share.n == share.d)


def _figures(
    points: Sequence[Point],
    across: Callable[[float], float],
    up: Callable[[float], float],
    line: float | None,
) -> Iterator[_Figure]:
    """The figure of each month where there is room for it: above its mark, beside a line that would cross it."""
    for at in sorted(_lettered(points)):
        share = points[at][1]
        x, told = across(at + 0.5), percent(share)
        half = stringWidth(told, REGULAR, LETTERS) / 2 + 2
        if line is not None and abs(line - x) < half:
            x = line - half if line > x else line + half
        yield _Figure(x, up(share.n / share.d) + 6, half, told)


def _lettered(points: Sequence[Point]) -> set[int]:
    known = [at for at, (_, share) in enumerate(points) if share.d]
    if len(points) <= _ALL_LETTERED:
        return set(known)
    lowest = min(known, key=lambda at: points[at][1].n / points[at][1].d)
    return {known[0], lowest, known[-1]}


def mark(x: float, y: float, *, whole: bool, size: float = 6.0) -> Any:
    """● for a month without a late day, ■ for one with."""
    if whole:
        return Circle(x, y, size / 2, fillColor=INK, strokeColor=PAPER, strokeWidth=0.6)
    half = size / 2
    return Rect(x - half, y - half, size, size, fillColor=INK, strokeColor=PAPER, strokeWidth=0.6)


def _part(point: Point) -> float:
    return point[1].n / point[1].d


def _trend_in_words(points: Sequence[Point], known: Sequence[Point], what: str) -> str:
    begins = f"The scale begins at {scale_begins(points)} %."
    if len(points) <= _ALL_TOLD:
        each = "; ".join(f"{month_name(first)} {share.words()}" for first, share in points)
        return f"{what}, month by month: {each}. {begins}"
    lowest, highest = min(known, key=_part), max(known, key=_part)
    told = (("first", known[0]), ("lowest", lowest), ("highest", highest), ("last", known[-1]))
    each = "; ".join(f"{which} {month_name(first)} {share.words()}" for which, (first, share) in told)
    return f"{what} over {wording.counted(len(points), 'month')}: {each}. {begins}"


def bands(counts: Sequence[tuple[str, int]], what: str = "Gaps", width: float = WIDTH) -> Picture:
    """How many there are of each length: a bar with its name before it and its number behind it."""
    printable()
    high, label = 15.0, 104.0
    drawing, most = Drawing(width, high * len(counts) + 4), max((n for _, n in counts), default=0)
    room = min(width - label - 30, 260.0)
    for at, (name, n) in enumerate(counts):
        y = high * (len(counts) - 1 - at) + 4
        long = room * n / most if most else 0.0
        drawing.add(_letters(0, y + 2.2, wording.capital(name), "start", INK))
        drawing.add(Line(label, y - 2, label, y + high - 3, strokeColor=RULE, strokeWidth=0.6))
        if n:
            bar = Rect(label, y, long, high - 5, fillColor=SHADE, strokeColor=INK, strokeWidth=0.6)
            drawing.add(bar)
        drawing.add(_letters(label + long + 5, y + 2.2, f"{n:,}", "start", INK))
    return Picture(
        drawing, f"{what} by length: " + "; ".join(f"{name} {n:,}" for name, n in counts) + "."
    )


def _thin(begin: float, y: float, end: float) -> Any:
    return Line(begin, y, end, y, strokeColor=RULE, strokeWidth=0.4)


def _line(x1: float, y1: float, x2: float, y2: float) -> Any:
    return Line(x1, y1, x2, y2, strokeColor=INK, strokeWidth=1)


def _letters(x: float, y: float, words: str, anchor: str, ink: Any = GREY) -> Any:
    return String(x, y, words, fontName=REGULAR, fontSize=LETTERS, fillColor=ink, textAnchor=anchor)
