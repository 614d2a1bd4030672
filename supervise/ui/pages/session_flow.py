"""Laying out what may be wide or narrow: fields that wrap like words, columns that become one."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QScrollArea, QSizePolicy, QWidget

from supervise.ui.bits import row

STACK_BELOW = 98
"""Letters that have to fit beside one another for columns; with less room they stand below one another."""


class Flow(QLayout):
    """Widgets in lines, as many in each as there is room for."""

    def __init__(self, gap: int = 14, line_gap: int = 6) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap = gap, line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """One more at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is at that width."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place everything."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """As little as it can do with."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Room for the widest of them."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, high = rect.x(), rect.y(), 0
        line: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            wide = min(hint.width(), max(rect.width(), item.minimumSize().width()))
            breaks = wide < hint.width() and item.hasHeightForWidth()
            size = QSize(wide, item.heightForWidth(wide) if breaks else hint.height())
            if line and x + size.width() > rect.x() + rect.width():
                _put(line, high, move=move)
                x, y, high, line = rect.x(), y + high + self._line_gap, 0, []
            line.append((item, QRect(QPoint(x, y), size)))
            x += size.width() + self._gap
            high = max(high, size.height())
        _put(line, high, move=move)
        return y + high - rect.y()


def _put(line: list[tuple[QLayoutItem, QRect]], high: int, *, move: bool) -> None:
    """Place one line, each in the middle of its height."""
    for item, place in line if move else ():
        place.translate(0, (high - place.height()) // 2)
        item.setGeometry(place)


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
