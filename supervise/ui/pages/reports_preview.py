"""A paper being drawn, and then seen as it will print."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from supervise.doing.papers.paper import Steps
from supervise.errors import SuperviseError
from supervise.ui.bits import column
from supervise.ui.desk import Desk
from supervise.ui.pages.reports_out import Made, Wanted
from supervise.ui.pages.reports_shown import Leaf, Shown, leaf
from supervise.ui.progress import Progress

_LETTERS = 100
"""How wide a page is shown, in average letters; it grows with the text."""

_DRAWING = "One moment: the paper is being drawn."
_STOPPED = "Stopped before the paper was drawn. F5 draws it; it can be saved without."


class Preview(QWidget):
    """Draws one paper at a time in memory, and shows it; `made` is there once it is drawn. `drawn` tells that, `failed`
    that it cannot be made, and `turned` that other pages of it are seen."""

    drawn, failed, turned = Signal(), Signal(), Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.made: Made | None = None
        self.progress = Progress(desk.background, "Drawing the paper")
        self.progress.stopped.connect(self._stopped)
        self.shown = Shown(desk)
        self.shown.turned.connect(self._turn)
        self.setLayout(column(self.progress, self.shown))

    def say(self, sentence: str) -> None:
        """No paper, but why there is none."""
        self.progress.end()
        self.made = None
        self.shown.say(sentence)

    def draw(self, wanted: Wanted) -> None:
        """Draw that paper, in the place of the one before."""
        self.say(_DRAWING)
        self._begin(self._drawing(wanted), self._show)

    def _begin(self, steps: Steps[Any], done: Callable[[Any], None]) -> None:
        self.progress.follow(self._desk.background.step(steps, done, self._not_drawn))

    def _drawing(self, wanted: Wanted) -> Steps[tuple[Made, Leaf]]:
        """Make it in memory, then its first pages as pictures; that it was looked at is noted."""
        out = io.BytesIO()
        press = self._desk.workspace.press
        rows = yield from press.make(wanted.paper, wanted.about, out, at=self._desk.now())
        pdf = out.getvalue()
        first = yield from leaf(pdf, 0, self._width(), self.devicePixelRatioF())
        return Made(wanted, pdf, first.of, rows), first

    def _width(self) -> int:
        """How wide a page is shown: in large letters wider, but no wider than there is room."""
        room = self.shown.width() - 4
        return max(200, min(room, self.fontMetrics().averageCharWidth() * _LETTERS))

    def _show(self, found: tuple[Made, Leaf]) -> None:
        self.progress.end()
        self.made, first = found
        self.shown.show_leaf(first)
        self.drawn.emit()

    def _turn(self, first: int) -> None:
        if self.made is not None:
            self._begin(
                leaf(self.made.pdf, first, self._width(), self.devicePixelRatioF()), self._show_turned
            )

    def _show_turned(self, found: Leaf) -> None:
        self.progress.end()
        self.shown.show_leaf(found)
        self.turned.emit()

    def _not_drawn(self, error: SuperviseError) -> None:
        self.say(str(error))
        self.failed.emit()

    def _stopped(self) -> None:
        if self.made is None:
            self.shown.say(_STOPPED)
