"""The month as a grid: six weeks of seven days, each with its number, its holiday, and what stands on it."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableView,
    QWidget,
)

from supervise.ui.desk import Desk
from supervise.ui.pages.calendar_days import WEEKS, DayHolds, Mark, MonthHolds
from supervise.ui.pages.calendar_drawing import DayDelegate, day_size, lines
from supervise.ui.tables import RECORD, Index
from supervise.workdays import Day

_NOWHERE = QModelIndex()
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class MonthModel(QAbstractTableModel):
    """The days of a month. RECORD is a day's DayHolds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.month: MonthHolds | None = None

    def show(self, month: MonthHolds) -> None:
        """Show that month; if it is the one shown, only what stands on its days is drawn anew."""
        same = self.month is not None and self.month.first == month.first
        if same:
            self.month = month
            self.dataChanged.emit(self.index(0, 0), self.index(WEEKS - 1, 6))
            return
        self.beginResetModel()
        self.month = month
        self.endResetModel()

    def index_of(self, day: Day) -> QModelIndex:
        """Where a day is; nowhere if it is not shown."""
        if self.month is None or not self.month.shows(day):
            return QModelIndex()
        row, column = divmod(day - self.month.days[0].day, 7)
        return self.index(row, column)

    def day(self, index: Index) -> DayHolds | None:
        """The day of a cell; the end of time has none in its last cells."""
        at = index.row() * 7 + index.column()
        there = index.isValid() and self.month is not None and at < len(self.month.days)
        return self.month.days[at] if there and self.month else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Six weeks."""
        return 0 if parent.isValid() else WEEKS

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Seven days."""
        return 0 if parent.isValid() else 7

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The weekdays."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return WEEKDAYS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a day shows, and says to a screen reader."""
        holds = self.day(index)
        if holds is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join([_number(holds), *(mark.short for mark in holds.marks)])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return holds.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            said = "<br>".join(escape(mark.short) for mark in holds.marks)
            return f"<qt>{said}</qt>" if said else None
        return holds if role == RECORD else None


def _number(holds: DayHolds) -> str:
    """The day's number, with the bank holiday's name."""
    return f"{date.fromordinal(holds.day).day} {holds.holiday}".strip()


class MonthView(QTableView):
    """The grid. Arrows go from day to day and on into the next month; a booking can be dragged to
    another day."""

    day_wanted = Signal(int)  # a day, in this month or another
    month_wanted = Signal(int)  # -1 or 1
    entered = Signal()  # Enter: into the day
    dropped = Signal(object, int)  # the Mark of a booking, the day it was dropped on

    def __init__(self, desk: Desk, model: MonthModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.month = model
        self._desk = desk
        self._dragged: Mark | None = None
        self._pressed_at = QPoint()
        self._is_dragging = False
        self.setModel(model)
        self.setItemDelegate(DayDelegate(desk, self))
        self.setAccessibleName("Month")
        self.setAccessibleDescription("Arrows go from day to day, Enter goes to what stands on the day.")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in range(7):
            mode = QHeaderView.ResizeMode.Stretch if column < 5 else QHeaderView.ResizeMode.Fixed
            self.horizontalHeader().setSectionResizeMode(column, mode)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fit()

    def fit(self) -> None:
        """Room for the letters of now."""
        least, header = day_size(self.font()), self.horizontalHeader()
        header.setMinimumSectionSize(self.fontMetrics().averageCharWidth() * 4)
        for weekend in (5, 6):
            self.setColumnWidth(weekend, round(least.width() * 0.75))
        self.verticalHeader().setMinimumSectionSize(least.height())
        high = header.sizeHint().height() + WEEKS * least.height() + 4
        self.setMinimumSize(round(6.5 * least.width()) + 4, high)

    def sizeHint(self) -> QSize:
        """No more than it needs: it takes what room there is."""
        return self.minimumSize()

    def day(self) -> DayHolds | None:
        """The day the keyboard is on."""
        return self.month.day(self.currentIndex())

    def choose(self, day: Day) -> None:
        """Put the keyboard on a day that is shown."""
        self.setCurrentIndex(self.month.index_of(day))

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End of the week, Page up and down, Enter."""
        holds, key = self.day(), event.key()
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7,
        }  # fmt: skip
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if holds is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif (step := steps.get(Qt.Key(key))) is not None:
            self.day_wanted.emit(holds.day + step)
        elif (page := pages.get(Qt.Key(key))) is not None:
            self.month_wanted.emit(page)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    # Dragging

    def mark_at(self, point: QPoint) -> Mark | None:
        """What is drawn at a point."""
        index = self.indexAt(point)
        holds = self.month.day(index)
        if holds is None:
            return None
        found = lines(self.visualRect(index), self.font(), holds)
        return next((mark for place, mark in found if place.contains(point)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day; a booking under the mouse may be dragged."""
        super().mousePressEvent(event)
        mark = self.mark_at(event.position().toPoint())
        may = event.button() is Qt.MouseButton.LeftButton and self._desk.view.is_today
        self._dragged = mark if may and mark and mark.is_booking else None
        self._pressed_at, self._is_dragging = event.position().toPoint(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the booking; the day under it is marked."""
        if self._dragged is None:
            return
        point = event.position().toPoint()
        far = (point - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._is_dragging:
            self._is_dragging = True
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._is_dragging and (index := self.indexAt(point)).isValid():
            self.setCurrentIndex(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it on a day."""
        super().mouseReleaseEvent(event)
        mark, was_dragging = self._dragged, self._is_dragging
        self._dragged, self._is_dragging = None, False
        self.viewport().unsetCursor()
        holds = self.month.day(self.indexAt(event.position().toPoint()))
        if mark is not None and was_dragging and holds is not None and holds.day != mark.on:
            self.dropped.emit(mark, holds.day)
