"""Pictures on paper: a drawing of lines, shapes and letters, with words for whoever does not see it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from reportlab.graphics import renderPDF
from reportlab.platypus import Flowable

from supervise.reports.lettering import REGULAR
from supervise.reports.tags import Element


class Picture(NamedTuple):
    """A reportlab `Drawing`, and what it shows, in words."""

    drawing: Any
    alt: str


class Drawn(Flowable):  # type: ignore[misc]
    """A drawing, made smaller if the paper is too narrow. `within` is the cell in which it stands."""

    def __init__(self, drawing: Any, element: Element, within: Element | None = None) -> None:
        super().__init__()
        self._drawing, self._element = drawing, element
        drawing.initialFontName = REGULAR  # reportlab would begin with one that cannot be embedded
        if within is not None:
            within.kids.append(element)
        self.spaceBefore, self.spaceAfter = (6, 4) if within is None else (0, 0)
        self._scale = 1.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As large as it was drawn, if there is room."""
        self._scale = min(1.0, width / self._drawing.width)
        self.width = self._drawing.width * self._scale
        self.height = self._drawing.height * self._scale
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Any]:
        """A picture stays whole."""
        return []

    def said(self) -> Iterable[str]:
        """What it shows."""
        yield self._element.spoken

    def draw(self) -> None:
        """Draw it, and say where on the page it is."""
        canvas = self.canv
        left, foot = canvas.absolutePosition(0, 0)
        box = (left, foot, left + self.width, foot + self.height)
        self._element.entries += b"/A<</O/Layout/Placement/Block/BBox[%.2f %.2f %.2f %.2f]>>" % box
        canvas.begin(self._element)
        canvas.scale(self._scale, self._scale)
        renderPDF.draw(self._drawing, canvas, 0, 0)
        canvas.end()
