"""Text as a flowable piece of a page: reportlab's paragraph, made of runs and never of markup.

A paragraph that goes on over a page stays one element of the structure tree, with a mark on each page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from supervise.reports.lettering import Run
from supervise.reports.paper import SHADE
from supervise.reports.tags import Element

CODED = 0.7
"""The size of code numbers beside that of the letters around them."""


class Words(Paragraph):  # type: ignore[misc]
    """A paragraph, and the element that it is; None where that is somebody else's business."""

    element: Element | None = None
    blank = False
    _set_in = -1.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Break it into lines, once for each width."""
        if width != self._set_in:
            super().wrap(width, height)
            self._set_in = width
        return width, self.height

    def split(self, width: float, height: float) -> list[Any]:
        """What fits, and the rest; both are of the same element."""
        parts: list[Any] = super().split(width, height)
        if not parts:
            self._set_in = -1.0  # reportlab has thrown the lines away
        for part in parts:
            part.element = self.element
        if len(parts) == 2 and _is_break(parts[1].frags[0]):
            del parts[1].frags[0]  # the page has ended that line already
        return parts

    def least(self) -> float:
        """How much of it may stand alone at the foot of a page: three lines."""
        return min(float(self.height), 3 * float(self.style.leading))

    def draw(self) -> None:
        """Draw it as that element; spaces alone are not drawn."""
        if self.blank:
            return
        if self.element is None:
            super().draw()
        else:
            self.canv.begin(self.element)
            super().draw()
            self.canv.end()

    def said(self) -> Iterable[str]:
        """What it says. Only before it is set."""
        yield "".join("\n" if hasattr(each, "lineBreak") else each.text for each in self.frags)


def _is_break(piece: Any) -> bool:
    """Whether what reportlab has left of a paragraph begins with the end of a line."""
    return isinstance(piece, list) and hasattr(piece[1][0], "lineBreak")


def words(runs: Iterable[Run], style: ParagraphStyle, element: Element | None = None) -> Words:
    """A paragraph of one line as it was typed."""
    return _made([_piece(run, style) for run in runs], style, element)


def lines_of_words(
    lines: Sequence[Iterable[Run]], style: ParagraphStyle, element: Element | None = None
) -> Words:
    """A paragraph of several lines, each beginning anew."""
    pieces: list[Any] = []
    for at, runs in enumerate(lines):
        if at:
            pieces.append(_look(style).clone(lineBreak=True, text=""))
        pieces += [_piece(run, style) for run in runs]
    return _made(pieces, style, element)


def _made(pieces: list[Any], style: ParagraphStyle, element: Element | None) -> Words:
    # A paragraph without any piece has no lines to draw, but reportlab wants to know its font.
    made = Words(None, style, frags=pieces or [_look(style).clone(text="")])
    made.element = element
    made.blank = not any(piece.text.strip() for piece in pieces)
    return made


def _piece(run: Run, style: ParagraphStyle) -> Any:
    if run.coded:
        return _look(style).clone(text=run.text, fontSize=style.fontSize * CODED, backColor=SHADE)
    return _look(style).clone(text=run.text)


@cache
def _look(style: ParagraphStyle) -> Any:
    """What all pieces of a style have in common, as reportlab's own reading of markup would make it."""
    return ParaFrag(
        fontName=style.fontName, fontSize=style.fontSize, textColor=style.textColor, rise=0, greek=0,
        link=[], us_lines=[], bold=0, italic=0,
    )  # fmt: skip
