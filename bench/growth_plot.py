"""A plot of how things grow, as SVG: both scales logarithmic, lines told apart by shapes and words, not colours.

It brings its own paper, light or dark as the reader's system asks, so that it can be read on any page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import ceil, log10
from typing import NamedTuple
from xml.sax.saxutils import escape

Said = Callable[[float], str]


class Series(NamedTuple):
    """A line: what it is called, its shape, whether it is ours (else a peer's, dashed and hollow), and its points
    (people, and seconds or bytes), the largest last."""

    said: str
    shape: str
    is_ours: bool
    points: Sequence[tuple[float, float]]


class Panel(NamedTuple):
    """Lines over one pair of scales. Panels of the same `kind` ("time") share theirs; `said` says a value."""

    title: str
    kind: str
    said: Said
    series: Sequence[Series]


class _Scale(NamedTuple):
    """From a number to its place, by its logarithm."""

    low: float
    high: float
    start: float
    end: float

    def at(self, number: float) -> float:
        low, high = log10(self.low), log10(self.high)
        return self.start + (log10(number) - low) / (high - low) * (self.end - self.start)

    def round_numbers(self) -> list[float]:
        """Those to be told beside it: of many, the powers of ten."""
        found = [number for number in _ROUND if self.low <= number <= self.high]
        return found if len(found) <= _MANY else [number for number in found if number in _TENS]


_WIDTH, _HEIGHT, _TOP = 560, 350, 66
_LEFT, _RIGHT, _ABOVE, _BELOW = 66, 222, 30, 46  # room around the lines of a panel
_APART = 15.0  # of two labels
_TEXT = 12

_TENS = [float(f"1e{power}") for power in range(-6, 13)]
_ROUND = sorted(float(f"{step}e{power}") for power in range(-6, 13) for step in (1, 2, 5))
_MANY = 9

_KEY = (
    "Filled, with whole lines: ours. Hollow, with dashes: others doing the same, or the fetch. "
    "A line as steep as the dots grows as the number of people does."
)

_STYLE = """
text { font-family: system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
@media (prefers-color-scheme: dark) {
.paper { fill: #16181b; } .ink { fill: #f2f2f2; } .line { stroke: #f2f2f2; } .hollow { fill: #16181b; }
.quiet { fill: #b4b8bd; } .grid { stroke: #3a3e44; }
}
"""

DOT, SQUARE, TRIANGLE = "dot", "square", "triangle"
DIAMOND, POINTER, CROSS = "diamond", "pointer", "cross"

_SHAPES = {
    DOT: "M-4,0 A4,4 0 1,0 4,0 A4,4 0 1,0 -4,0 Z",
    SQUARE: "M-4,-4 H4 V4 H-4 Z",
    TRIANGLE: "M0,-5 L5,4 H-5 Z",
    DIAMOND: "M0,-5.5 L5.5,0 L0,5.5 L-5.5,0 Z",
    POINTER: "M0,5 L5,-4 H-5 Z",
    CROSS: "M-1.5,-5 H1.5 V-1.5 H5 V1.5 H1.5 V5 H-1.5 V1.5 H-5 V-1.5 H-1.5 Z",
}


def drawn(title: str, told: str, panels: Sequence[Panel]) -> str:
    """The plot: its title, what it tells for whoever does not see it, and its panels, two beside each other."""
    rows = ceil(len(panels) / 2)
    width, height = 2 * _WIDTH, _TOP + rows * _HEIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="title told">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="told">{escape(told)}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="paper" fill="#ffffff" width="{width}" height="{height}"/>',
        _words(18, 28, title, size=16, bold=True),
        _words(18, 48, _KEY, quiet=True),
    ]
    for number, panel in enumerate(panels):
        across, down = number % 2 * _WIDTH, _TOP + number // 2 * _HEIGHT
        alike = [other for other in panels if other.kind == panel.kind]
        parts += [f'<g transform="translate({across} {down})">', *_panel(panel, alike), "</g>"]
    return "\n".join([*parts, "</svg>", ""])


def _panel(panel: Panel, alike: Sequence[Panel]) -> Iterator[str]:
    points = [point for other in alike for series in other.series for point in series.points]
    people = sorted({across for across, _ in points})
    values = [up for _, up in points]
    low = max(number for number in _ROUND if number <= min(values))
    high = min(number for number in _ROUND if number >= max(values))
    across = _Scale(people[0], people[-1], _LEFT, _WIDTH - _RIGHT)
    up = _Scale(low, max(high, 2 * low), _HEIGHT - _BELOW, _ABOVE)
    yield _words(_LEFT, _ABOVE - 14, panel.title, size=13, bold=True)
    yield from _frame(across, up, people, panel.said)
    yield from _as_people(across, up)
    for series in panel.series:
        yield from _line(series, across, up)
    yield from _labels(panel, across, up)


def _frame(across: _Scale, up: _Scale, people: Sequence[float], said: Said) -> Iterator[str]:
    """The lines behind, with the numbers of both scales."""
    for value in up.round_numbers():
        y = up.at(value)
        yield f'<path class="grid" stroke="#d8d8d8" d="M{across.start},{y:.1f} H{across.end}"/>'
        yield _words(across.start - 6, y + 4, _short(said(value)), side="end", quiet=True)
    for number in people:
        x = across.at(number)
        yield f'<path class="grid" stroke="#d8d8d8" d="M{x:.1f},{up.start} V{up.end}"/>'
        yield _words(x, up.start + 16, f"{number:,.0f}", side="middle", quiet=True, size=11)
    yield _words((across.start + across.end) / 2, up.start + 33, "people", side="middle", quiet=True)


def _short(said: str) -> str:
    """Without figures that say nothing: "10.0 ms" is 10 ms."""
    number, _, unit = said.partition(" ")
    return f"{number.rstrip('0').rstrip('.') if '.' in number else number} {unit}"


def _as_people(across: _Scale, up: _Scale) -> Iterator[str]:
    """Dots that rise as the number of people does, from the lower left corner: what is as steep is linear."""
    most = min(across.high / across.low, up.high / up.low)
    x, y = across.at(across.low * most), up.at(up.low * most)
    start = f"M{across.start:.1f},{up.start:.1f}"
    yield (
        f'<path class="line" stroke="#1c1c1c" fill="none" stroke-width="1" stroke-dasharray="1 4" '
        f'd="{start} L{x:.1f},{y:.1f}"/>'
    )


def _line(series: Series, across: _Scale, up: _Scale) -> Iterator[str]:
    places = [(across.at(x), up.at(y)) for x, y in series.points]
    path = " L".join(f"{x:.1f},{y:.1f}" for x, y in places)
    look = 'stroke-width="1.6"' if series.is_ours else 'stroke-width="1" stroke-dasharray="5 3"'
    yield f'<path class="line" stroke="#1c1c1c" fill="none" {look} d="M{path}"/>'
    yield from (_mark(series, x, y) for x, y in places)


def _mark(series: Series, x: float, y: float) -> str:
    look = (
        'class="ink" fill="#1c1c1c"'
        if series.is_ours
        else 'class="hollow line" fill="#ffffff" stroke="#1c1c1c" stroke-width="1.2"'
    )
    return f'<path {look} transform="translate({x:.1f} {y:.1f})" d="{_SHAPES[series.shape]}"/>'


def _labels(panel: Panel, across: _Scale, up: _Scale) -> Iterator[str]:
    """What each line is, with its last value, at its end or as near as there is room."""
    ends = [up.at(series.points[-1][1]) for series in panel.series]
    x = across.end
    for series, end, y in zip(panel.series, ends, spread(ends, up.end, up.start), strict=True):
        yield (
            f'<path class="grid" stroke="#d8d8d8" fill="none" '
            f'd="M{x + 6:.1f},{end:.1f} L{x + 18:.1f},{y:.1f}"/>'
        )
        yield _mark(series, x + 26, y)
        yield _words(x + 36, y + 4, f"{series.said}, {panel.said(series.points[-1][1])}")


def spread(places: Sequence[float], top: float, bottom: float) -> list[float]:
    """The same places, in the same order from top to bottom, moved until each has room for a line of text."""
    order = sorted(range(len(places)), key=places.__getitem__)
    found = [max(place, top) for place in places]
    for above, below in pairwise(order):
        found[below] = max(found[below], found[above] + _APART)
    limit = bottom
    for at in reversed(order):
        found[at] = min(found[at], limit)
        limit = found[at] - _APART
    return found


def _words(
    x: float, y: float, said: str, *, side: str = "start", quiet: bool = False, size: int = _TEXT,
    bold: bool = False,
) -> str:  # fmt: skip
    look = 'class="quiet" fill="#5a5a5a"' if quiet else 'class="ink" fill="#1c1c1c"'
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{side}" {look}{weight}>'
        f"{escape(said)}</text>"
    )
