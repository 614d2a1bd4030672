"""Tables are described, not written: columns, and records to show in them.

One model for the whole program. Sorting and filtering are done on the records, in Python's own sort, which
for 5,000 people takes milliseconds; Qt's proxy would ask Python a hundred thousand questions.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

RECORD = Qt.ItemDataRole.UserRole
SECOND = Qt.ItemDataRole.UserRole + 1
STATUS = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title; `text` of a record; `sort` key (the text, if none is given); `second` line in
    quiet letters under the first; `status` of the engine, to be drawn as shape, word and colour; `spoken`
    for a screen reader where the text is a picture; `delegate` names a picture to be drawn instead."""

    title: str
    text: Callable[[Any], str]
    sort: Callable[[Any], Any] | None = None
    second: Callable[[Any], str] | None = None
    status: Callable[[Any], str] | None = None
    spoken: Callable[[Any], str] | None = None
    tip: Callable[[Any], str] | None = None
    right: bool = False
    bold: bool = False
    width: int = 0
    """In average letters; 0 fits what is in it."""


class Table(QAbstractTableModel):
    """Records in rows. `key` tells two of them apart, so that the chosen one stays chosen."""

    def __init__(
        self, columns: Sequence[Column], key: Callable[[Any], Hashable], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns, self.key = tuple(columns), key
        self._all: list[Any] = []
        self._shown: list[Any] = []
        self._words: list[str] | None = None
        self._filter = ""
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    # What there is

    def show(self, records: Iterable[Any]) -> None:
        """Show these, sorted and filtered as before. Rows that are the same keep their place in the view."""
        self._all = list(records)
        self._words = None
        self._arrange()

    def filter(self, words: str) -> None:
        """Show only records in which all these words occur."""
        self._filter = words
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By that column; -1 is the order in which they came."""
        self._sorted_by = (column, order) if column >= 0 else None
        self._arrange()

    @property
    def records(self) -> Sequence[Any]:
        """Those shown, in their order."""
        return self._shown

    def record(self, index: Index) -> Any:
        """The record of a row."""
        return self._shown[index.row()]

    def row_of(self, key: Hashable) -> int | None:
        """The row of the record of that key, if it is shown."""
        return next((row for row, record in enumerate(self._shown) if self.key(record) == key), None)

    def _arrange(self) -> None:
        found = self._all
        wanted = self._filter.casefold().split()
        if wanted:
            found = [
                record
                for record, words in zip(found, self._said(), strict=True)
                if all(word in words for word in wanted)
            ]
        if self._sorted_by is not None:
            column, order = self._sorted_by
            of = self.columns[column]
            found = sorted(found, key=of.sort or (lambda record: of.text(record).casefold()))
            if order is Qt.SortOrder.DescendingOrder:
                found.reverse()
        if [self.key(record) for record in found] == [self.key(record) for record in self._shown]:
            self._shown = list(found)
            if found:
                self.dataChanged.emit(
                    self.index(0, 0), self.index(len(found) - 1, len(self.columns) - 1)
                )
            return
        self.beginResetModel()
        self._shown = list(found)
        self.endResetModel()

    def _said(self) -> list[str]:
        if self._words is None:
            self._words = [
                " ".join(
                    f"{column.text(record)} {column.second(record) if column.second else ''}"
                    for column in self.columns
                ).casefold()
                for record in self._all
            ]
        return self._words

    # What Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many records are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, says to a screen reader, and holds."""
        if not index.isValid():
            return None
        column, record = self.columns[index.column()], self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(record)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(column, record)
        if role == RECORD:
            return record
        if role == SECOND:
            return column.second(record) if column.second else None
        if role == STATUS:
            return column.status(record) if column.status else None
        return self._looks(column, record, role)

    def _spoken(self, column: Column, record: Any) -> str:
        said = column.spoken(record) if column.spoken else column.text(record)
        second = column.second(record) if column.second else ""
        return f"{column.title}: {', '.join(filter(None, (said, second))) or 'nothing'}"

    def _looks(self, column: Column, record: Any, role: int) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and column.tip:
            return column.tip(record)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and column.bold:
            font = QFont()
            font.setBold(True)
            return font
        return None


class TableView(QTableView):
    """A table that keyboard and screen reader can walk: Enter opens a row, Ctrl+C copies what is chosen,
    and what is chosen and scrolled to stays so when the records are shown anew."""

    opened = Signal(object)  # a record

    def __init__(self, model: Table, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self._open)
        self._kept: tuple[Hashable | None, int] | None = None
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._put_back)
        self.fit()

    def fit(self) -> None:
        """Rows and columns for the letters of now."""
        letters = self.fontMetrics()
        two_lines = any(column.second for column in self.table.columns)
        self.verticalHeader().setDefaultSectionSize(
            round(letters.height() * (2.5 if two_lines else 1.75))
        )
        header = self.horizontalHeader()
        header.setMinimumSectionSize(letters.averageCharWidth() * 4)
        for at, column in enumerate(self.table.columns):
            if column.width:
                self.setColumnWidth(at, letters.averageCharWidth() * column.width)
        header.setStretchLastSection(True)
        self._has_no_holes()

    def _has_no_holes(self) -> None:
        """Nothing shows through, so that scrolling draws only what is new. A style sheet takes this back."""
        self.viewport().setAutoFillBackground(True)

    def showEvent(self, event: QShowEvent) -> None:
        """The style sheet has been put on."""
        super().showEvent(event)
        self._has_no_holes()

    def chosen(self) -> Any | None:
        """The record of the current row, or None."""
        index = self.currentIndex()
        return self.table.record(index) if index.isValid() else None

    def choose(self, key: Hashable) -> bool:
        """Make the record of that key the current one; False if it is not shown."""
        row = self.table.row_of(key)
        if row is None:
            return False
        whole_row = (
            QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        )  # whatever keys are held down meanwhile
        self.selectionModel().setCurrentIndex(self.table.index(row, 0), whole_row)
        return True

    def copied(self) -> str:
        """The chosen rows as text that a spreadsheet takes, with the titles above."""
        shown = [at for at in range(len(self.table.columns)) if not self.isColumnHidden(at)]
        rows = sorted({index.row() for index in self.selectedIndexes()})
        lines = [[self.table.columns[at].title for at in shown]]
        for row in rows:
            record = self.table.records[row]
            lines.append([self._plain(self.table.columns[at], record) for at in shown])
        return "\n".join("\t".join(line) for line in lines)

    def _plain(self, column: Column, record: Any) -> str:
        """A cell's words on one line; never something that a spreadsheet would reckon with."""
        said = column.spoken(record) if column.spoken else column.text(record)
        words = " ".join(said.split())
        return f"'{words}" if words[:1] in ("=", "+", "-", "@") else words

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy) and self.selectedIndexes():
            from supervise.ui.clipboard import put_on_clipboard  # late: few copy

            put_on_clipboard(self.copied())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.table.record(index))

    def _keep(self) -> None:
        chosen = self.chosen()
        key = None if chosen is None else self.table.key(chosen)
        self._kept = (key, self.verticalScrollBar().value())

    def _put_back(self) -> None:
        if self._kept is None:
            return
        key, scrolled = self._kept
        if key is not None and not self.choose(key) and self.table.records:
            self.setCurrentIndex(self.table.index(0, 0))
        self.verticalScrollBar().setValue(scrolled)
