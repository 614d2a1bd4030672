"""What was found of growth, told: tables with a line for each size, sentences, and a plot with its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import NamedTuple

from bench.growth_plot import (
    CROSS,
    DIAMOND,
    DOT,
    POINTER,
    SQUARE,
    TRIANGLE,
    Panel,
    Series,
    drawn,
)
from bench.table import figures, put_between_marks, seconds

MARKS = "<!-- growth: begin -->", "<!-- growth: end -->"

OPENING, TEAM, IMPORT, BACKUP = "opening", "team’s board", "import", "backup"
STATUS, GAPS, BOARD = "status", "gaps", "everybody’s board"
FETCH, PANDAS, BARE, COPY = "fetch", "pandas", "bare tables", "VACUUM INTO"
"""What is measured: the store, the engine and the board, and their peers."""

NOTICED = 1.05
"""Growth by no more than this power is called linear: three measurements on a machine with other work do not
tell it from 1."""


class Part(NamedTuple):
    """Something measured: how a sentence calls it, its shape in the plot, and whether it is ours. Who does the
    same as we do has the same shape."""

    said: str
    shape: str
    is_ours: bool = True


PARTS = {
    OPENING: Part("opening the store", DOT),
    STATUS: Part("everyone’s status", DOT),
    GAPS: Part("every gap", SQUARE),
    TEAM: Part("a team’s board", TRIANGLE),
    BOARD: Part("everybody’s board", DIAMOND),
    IMPORT: Part("import", CROSS),
    BACKUP: Part("a backup", POINTER),
    FETCH: Part("the fetch", DOT, False),
    PANDAS: Part("every gap by pandas", SQUARE, False),
    BARE: Part("import into bare tables", CROSS, False),
    COPY: Part("VACUUM INTO", POINTER, False),
}
"""In the order of the columns."""

_PANELS = (
    ("The engine, and others at its work", (STATUS, GAPS, PANDAS, FETCH)),
    ("The board", (BOARD, TEAM, FETCH)),
    ("The store, and the same done bare", (IMPORT, BACKUP, OPENING, BARE, COPY)),
)
_HELD = ("Memory, the most held", (STATUS, GAPS, BOARD, IMPORT, FETCH, PANDAS))


@dataclass(frozen=True, slots=True)
class Point:
    """What was found with so many people: the seconds and the most memory (bytes; 0: the system does not tell)
    of each part, the bytes of the store's file, and how many gaps there were."""

    people: int
    seconds: Mapping[str, float]
    peaks: Mapping[str, int]
    store: int
    gaps: int


@dataclass(frozen=True, slots=True)
class Growth:
    """What was found, from the fewest people to the most: at least two sizes. `circumstances` are sentences."""

    circumstances: Sequence[str]
    points: Sequence[Point]

    def power(self, of: Callable[[Point], float]) -> float:
        """By which power of the number of people something grew between the two largest sizes."""
        smaller, larger = self.points[-2:]
        return log(of(larger) / of(smaller)) / log(larger.people / smaller.people)

    def verdict(self) -> str:
        """Which of ours took more time than as many people as there are explain, in a sentence."""
        smaller, larger = self.points[-2:]
        times = larger.people / smaller.people
        worse = [
            f"{part.said} ({_power(power)}: {figures(larger.seconds[name] / smaller.seconds[name])} times "
            f"the time for {figures(times)} times the people)"
            for name, part in PARTS.items()
            if part.is_ours and (power := self._time(name)) > NOTICED
        ]
        between = f"From {smaller.people:,} to {larger.people:,} people"
        if not worse:
            return f"{between}, nothing of ours grows worse than linearly (people^{NOTICED} at most)."
        return f"{between}, worse than linear: {'; '.join(worse)}. Nothing else of ours is."

    def beside(self) -> str:
        """How ours stands beside the others with the most people, in a sentence, whoever is quicker."""
        last = self.points[-1]
        ratios = (
            f"{PARTS[own].said} {figures(last.seconds[own] / last.seconds[other])} times {PARTS[other].said}"
            for own, other in ((GAPS, PANDAS), (STATUS, FETCH), (IMPORT, BARE), (BACKUP, COPY))
        )
        return f"Time beside others with {last.people:,} people: {', '.join(ratios)}."

    def _time(self, name: str) -> float:
        return self.power(lambda point: point.seconds[name])

    def numbers(self) -> str:
        """What the plot shows, in words."""
        last = self.points[-1]
        times = ", ".join(
            f"{part.said} {seconds(last.seconds[name])} (time grows as {_power(self._time(name))})"
            for name, part in PARTS.items()
        )
        held = ", ".join(
            f"{PARTS[name].said} {_megabytes(last.peaks[name])} MB"
            for name in _HELD[1]
            if last.peaks[name]
        )
        return (
            f"Time and memory from {self.points[0].people:,} to {last.people:,} people, both scales logarithmic. "
            f"With {last.people:,} people: {times}." + (f" The most memory: {held}." if held else "")
        )

    def markdown(self, picture: str) -> str:
        """For a document, with the plot at that place."""
        return "\n\n".join(
            [
                " ".join(self.circumstances),
                f"**{self.verdict()}** {self.beside()}",
                f"![{self.numbers()}]({picture})",
                *self._titled_tables(),
            ]
        )

    def plain(self) -> str:
        """For a terminal."""
        return "\n\n".join(
            ["\n".join(self.circumstances), *self._titled_tables(), self.verdict(), self.beside()]
        )

    def _titled_tables(self) -> Iterator[str]:
        powers = {name: _power(self._time(name)) for name in PARTS}
        yield "### Time for each 1,000 people\n\n" + self._table(
            PARTS, lambda point, name: seconds(point.seconds[name] * 1000 / point.people), powers
        )
        yield "### Time\n\n" + self._table(PARTS, lambda point, name: seconds(point.seconds[name]))
        yield "### Memory, and the store’s file, in MB\n\n" + self._table(
            (*PARTS, _FILE), _megabytes_of, {name: self._memory(name) for name in (*PARTS, _FILE)}
        )

    def _memory(self, name: str) -> str:
        if not all(_bytes(point, name) for point in self.points[-2:]):
            return "not told"
        return _power(self.power(lambda point: _bytes(point, name)))

    def _table(
        self,
        names: Sequence[str] | Mapping[str, Part],
        cell: Callable[[Point, str], str],
        last: Mapping[str, str] | None = None,
    ) -> str:
        """A line for each size, aligned for a terminal too, and a last one of how it grows."""
        rows = [["people", *names]]
        rows += [[f"{point.people:,}", *(cell(point, name) for name in names)] for point in self.points]
        if last:
            rows.append(["grows as", *(last[name] for name in names)])
        widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
        rows.insert(1, ["-" * (width - 1) + ":" for width in widths])
        return "\n".join(
            f"| {' | '.join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))} |"
            for row in rows
        )

    def picture(self) -> str:
        """The plot, as SVG."""
        panels = [
            Panel(title, "time", seconds, [self._series(name, _seconds_of) for name in names])
            for title, names in _PANELS
        ]
        title, names = _HELD
        known = [name for name in names if all(point.peaks[name] for point in self.points)]
        if known:  # Windows does not tell
            series = [self._series(name, _bytes) for name in known]
            panels.append(Panel(title, "memory", lambda size: f"{_megabytes(size)} MB", series))
        return drawn("How time and memory grow with the service", self.numbers(), panels)

    def _series(self, name: str, of: Callable[[Point, str], float]) -> Series:
        part = PARTS[name]
        points = [(point.people, of(point, name)) for point in self.points]
        return Series(part.said, part.shape, part.is_ours, points)

    def write(self, document: Path, picture: Path) -> None:
        """The tables and the plot, the one with the other in it. ValueError if the document lost its marks."""
        where = picture.relative_to(document.parent).as_posix()
        put_between_marks(document, self.markdown(where), MARKS)
        picture.write_text(self.picture(), "utf-8")


_FILE = "the file"


def _seconds_of(point: Point, name: str) -> float:
    return point.seconds[name]


def _bytes(point: Point, name: str) -> int:
    return point.store if name == _FILE else point.peaks[name]


def _megabytes_of(point: Point, name: str) -> str:
    found = _bytes(point, name)
    return _megabytes(found) if found else "not told"


def _power(power: float) -> str:
    return f"people^{round(power, 2) + 0.0:.2f}"  # adding nothing makes 0.00 of -0.00


def _megabytes(size: float) -> str:
    return f"{size / 1e6:,.1f}" if size < 10e6 else f"{size / 1e6:,.0f}"
