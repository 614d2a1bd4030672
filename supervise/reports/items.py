"""Pieces of a page that are made of several texts: labels with what they name, places to sign, key figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from reportlab.platypus import Flowable

from supervise.reports.paper import GUTTER, INK, WIDTH
from supervise.reports.words import Words


class Labelled(Flowable):  # type: ignore[misc]
    """A label at the left, and words that stand in from it and may go on over a page."""

    def __init__(self, label: Words | None, body: Words, indent: float, before_label: float = 0) -> None:
        super().__init__()
        self.label, self.body, self._indent, self._before = label, body, indent, before_label
        self.spaceBefore, self.spaceAfter = body.style.spaceBefore, body.style.spaceAfter

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As high as the higher of the two."""
        self.height = float(self.body.wrap(width - self._indent, height)[1])
        if self.label is not None:
            self.height = max(self.height, self.label.wrap(self._indent - self._before - 4, height)[1])
        return width, self.height

    def split(self, width: float, height: float) -> list[Any]:
        """The label stays with the beginning."""
        if self.label is not None and self.label.height > height:
            return []
        parts = self.body.split(width - self._indent, height)
        if len(parts) != 2:
            return []
        return [
            Labelled(self.label, parts[0], self._indent, self._before),
            Labelled(None, parts[1], self._indent, self._before),
        ]

    def least(self) -> float:
        """How much of it may stand alone at the foot of a page."""
        return max(self.body.least(), self.label.height if self.label is not None else 0.0)

    def said(self) -> Iterable[str]:
        """The label, then what it names."""
        if self.label is not None:
            yield from self.label.said()
        yield from self.body.said()

    def draw(self) -> None:
        """Draw both from their upper edge."""
        if self.label is not None:
            self.canv.draw_at(self.label, self._before, self.height - self.label.height)
        self.canv.draw_at(self.body, self._indent, self.height - self.body.height)


class Ruled(Flowable):  # type: ignore[misc]
    """Lines to write on, side by side, each with the word for it below. `parts` are (left, width, words)."""

    def __init__(self, parts: Sequence[tuple[float, float, Words]]) -> None:
        super().__init__()
        self._parts = parts
        self.spaceBefore, self.spaceAfter = 28, 10

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As high as the words below."""
        self.height = 2 + max(words.wrap(wide, height)[1] for _, wide, words in self._parts)
        return width, self.height

    def said(self) -> Iterable[str]:
        """The words below the lines."""
        for _, _, words in self._parts:
            yield from words.said()

    def draw(self) -> None:
        """Draw the lines, then the words."""
        canvas = self.canv
        canvas.begin_artifact()
        canvas.setLineWidth(0.6)
        canvas.setStrokeColor(INK)
        for left, wide, _ in self._parts:
            canvas.line(left, self.height, left + wide, self.height)
        canvas.end()
        for left, _, words in self._parts:
            canvas.draw_at(words, left, self.height - 2 - words.height)


BESIDE = 8.0
"""Between a figure and what it is of."""


class KeyBox(NamedTuple):
    """The words of one key figure: its name, the figure and how wide it is, what it is of, what it means."""

    name: Words
    figure: Words
    wide: float
    of: Words
    means: Words


class KeyFigures(Flowable):  # type: ignore[misc]
    """One or two key figures beside each other."""

    spaceBefore, spaceAfter = 8, 6

    def __init__(self, boxes: Sequence[KeyBox]) -> None:
        super().__init__()
        self._boxes = boxes
        self._wide = (WIDTH - GUTTER) / 2

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As high as the higher of the two."""
        self.height = max(self._high(box) for box in self._boxes)
        return width, self.height

    def _high(self, box: KeyBox) -> float:
        high = 5.0
        for words in (box.name, box.figure, box.means):
            high += words.wrap(self._wide, 0)[1]
        box.of.wrap(max(self._wide - box.wide - BESIDE, 60), 0)
        return high

    def said(self) -> Iterable[str]:
        """Box by box, from top to bottom."""
        for box in self._boxes:
            for words in (box.name, box.figure, box.of, box.means):
                yield from words.said()

    def draw(self) -> None:
        """A line, then from top to bottom."""
        canvas = self.canv
        for at, box in enumerate(self._boxes):
            left, top = at * (self._wide + GUTTER), self.height
            canvas.begin_artifact()
            canvas.setLineWidth(0.8)
            canvas.setStrokeColor(INK)
            canvas.line(left, top, left + self._wide, top)
            canvas.end()
            top -= 5 + box.name.height
            canvas.draw_at(box.name, left, top)
            top -= box.figure.height
            canvas.draw_at(box.figure, left, top)
            # One base line for both: what is below a figure's base line is a fifth of its size.
            lift = box.figure.style.leading - box.figure.style.fontSize
            lift -= box.of.style.leading - box.of.style.fontSize
            canvas.draw_at(box.of, left + box.wide + BESIDE, top + lift)
            canvas.draw_at(box.means, left, top - box.means.height)


class Groups(Flowable):  # type: ignore[misc]
    """Large groups of letters in a frame, each below its number, to be read off one by one."""

    across = 4

    def __init__(self, groups: Sequence[tuple[Words, Words]]) -> None:
        super().__init__()
        self._groups = groups
        self.spaceBefore, self.spaceAfter = 10, 8

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """So many lines of groups."""
        self._wide = width / self.across
        for number, group in self._groups:
            self._line = 9 + number.wrap(self._wide, height)[1] + group.wrap(self._wide, height)[1] + 10
        self.height = self._line * -(-len(self._groups) // self.across)
        return width, self.height

    def said(self) -> Iterable[str]:
        """Number and group in turn."""
        for number, group in self._groups:
            yield from (*number.said(), *group.said())

    def draw(self) -> None:
        """The frame, then line by line the numbers and what stands below them."""
        canvas = self.canv
        canvas.begin_artifact()
        canvas.setLineWidth(1.2)
        canvas.setStrokeColor(INK)
        canvas.rect(0, 0, self.across * self._wide, self.height)
        canvas.end()
        for first in range(0, len(self._groups), self.across):
            line = self._groups[first : first + self.across]
            top = self.height - first // self.across * self._line - 9
            for at, (number, _) in enumerate(line):
                canvas.draw_at(number, at * self._wide, top - number.height)
            for at, (number, group) in enumerate(line):
                canvas.draw_at(group, at * self._wide, top - number.height - group.height)
