"""The board's table on the screen: its columns, their widths, and its pictures."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from supervise.today import BoardRow
from supervise.ui.cards import STACKED_ABOVE
from supervise.ui.clipboard import put_on_clipboard
from supervise.ui.delegates import LinesDelegate, StatusDelegate
from supervise.ui.desk import Desk
from supervise.ui.pages.person_board import DUE, PERSON, STATUS, YEAR, BoardTable
from supervise.ui.pages.person_strips import YearStrips
from supervise.ui.strip import StripDelegate
from supervise.ui.tables import TableView

_LEAST = 22
"""The narrowest that the picture of the months gets, in average letters; beyond that one scrolls."""

_A_FRAME = 16
"""Milliseconds between what a screen shows and what it shows next."""

_NARROW = 24
"""The width of the first column in large letters, so that what matters next to it can be seen too."""

_FIRST_IF_LARGE = (PERSON, STATUS, DUE)
"""The columns that stand first in large letters, where not all can be seen at once."""


class BoardView(TableView):
    """The board's table. The picture of the months takes the room that the other columns leave; what of it
    can be seen is read before it is drawn."""

    def __init__(
        self, desk: Desk, table: BoardTable, strips: YearStrips, parent: QWidget | None = None
    ) -> None:
        self._desk = desk
        super().__init__(table, "People and where they stand", parent)
        self._strips = strips
        self._next_frame = QTimer(self)
        self._next_frame.setSingleShot(True)
        self._next_frame.setInterval(_A_FRAME)
        self._next_frame.timeout.connect(self._draw_pictures)
        self.setItemDelegate(LinesDelegate(desk, self))
        self.setItemDelegateForColumn(STATUS, StatusDelegate(desk, self))
        self.setItemDelegateForColumn(YEAR, StripDelegate(desk, strips.known, self))
        self.horizontalHeader().sectionResized.connect(self._resized)
        self.horizontalHeader().setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def fit(self) -> None:
        """Rows and columns for the letters of now."""
        super().fit()
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        large = self._desk.memory["text_percent"] > STACKED_ABOVE
        if large:
            self.setColumnWidth(PERSON, self.fontMetrics().averageCharWidth() * _NARROW)
        for at, column in enumerate(_FIRST_IF_LARGE if large else range(len(self.table.columns))):
            header.moveSection(header.visualIndex(column), at)
        self.stretch()

    def stretch(self) -> None:
        """Give the picture the room that is left."""
        columns = range(len(self.table.columns))
        others = sum(self.columnWidth(at) for at in columns if at != YEAR)
        least = self.fontMetrics().averageCharWidth() * _LEAST
        self.setColumnWidth(YEAR, max(least, self.viewport().width() - others))

    def _resized(self, column: int) -> None:
        if column != YEAR:
            self.stretch()

    def shown_columns(self) -> list[int]:
        """Those that are not hidden."""
        return [at for at in range(len(self.table.columns)) if not self.isColumnHidden(at)]

    def show_columns(self, hidden: Iterable[int]) -> None:
        """Hide these columns and show the others; who it is can always be seen."""
        gone = set(hidden)
        for at in range(len(self.table.columns)):
            self.setColumnHidden(at, at in gone and at != PERSON)
        self.stretch()

    def in_sight(self) -> list[BoardRow]:
        """The rows that can be seen."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first < 0:
            return []
        return list(self.table.records[first : None if last < 0 else last + 1])

    def copied(self) -> str:
        """The chosen rows as text, their strips in words; all of them are read at once."""
        if not self.isColumnHidden(YEAR):
            rows = {index.row() for index in self.selectedIndexes()}
            self._strips.fetch([self.table.records[row] for row in rows])
        return super().copied()

    def copy(self) -> None:
        """Put the chosen rows on the clipboard."""
        put_on_clipboard(self.copied())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture follows the window."""
        super().resizeEvent(event)
        self.stretch()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Read some of the strips that come into sight, then draw; the others come with the next frames."""
        if not self.isColumnHidden(YEAR) and not self._strips.fetch_some(self.in_sight()):
            self._next_frame.start()
        super().paintEvent(event)

    def _draw_pictures(self) -> None:
        self.viewport().update(
            self.columnViewportPosition(YEAR), 0, self.columnWidth(YEAR), self.viewport().height()
        )
