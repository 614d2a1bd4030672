"""Laying out what may be wide or narrow: fields that wrap like words, columns that become one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QSizePolicy, QWidget

from supervise.ui.bits import row

STACK_BELOW = 98
"""Letters that have to fit beside one another for columns; with less room they stand below one another."""


class Columns(QWidget):
    """Widgets beside one another; below one another (`below` says in which order) where there is not room
    enough for the letters."""

    below = QBoxLayout.Direction.TopToBottom

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(14)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def add(self, part: QWidget, share: int) -> None:
        """One more; `share` says how much of the room it takes, 0 for no more than it needs."""
        self._box.addWidget(part, share)

    @property
    def is_stacked(self) -> bool:
        """Whether they stand below one another."""
        return self._box.direction() is self.below

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn, if the room asks for it."""
        super().resizeEvent(event)
        self.turn()

    def turn(self) -> None:
        """Beside or below one another, by the room there is and the size of the letters."""
        stacked = self.width() < self.fontMetrics().averageCharWidth() * STACK_BELOW
        if stacked != self.is_stacked:
            self._box.setDirection(self.below if stacked else QBoxLayout.Direction.LeftToRight)
            self.turned(stacked)

    def fit(self) -> None:
        """The letters have another size."""
        self.turn()
        self.turned(self.is_stacked)

    def turned(self, stacked: bool) -> None:
        """They have been turned, or their letters have changed."""


def beside(parent: QWidget, *widgets: QWidget) -> QWidget:
    """Things that stay beside one another."""
    made = QWidget(parent)
    made.setLayout(row(*widgets, spacing=6))
    return made


def scrolling(parent: QWidget, name: str, *, card: bool = True) -> tuple[QScrollArea, QWidget]:
    """Room whose contents scroll when there is more of them, with a card around it or bare; and what they are
    put on."""
    area = QScrollArea(parent)
    area.setProperty("card", card)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    holder = QWidget(area.viewport())
    area.setWidget(holder)
    for each in (holder, area.viewport()):
        each.setAutoFillBackground(False)
    return area, holder
