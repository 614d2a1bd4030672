"""The headings of a template in an editable table: edited in place, added, removed, moved up and down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from supervise.doing.sheet import Heading
from supervise.doing.templates import PARTS
from supervise.ui.pages.settings_filling import Index, RoomyDelegate

PART_WORDS = {"personal": "The worker", "case": "Cases"}
"""What a heading is about, in words."""

TITLES = ("Heading", "Question that helps to begin", "About")
HEADING, PROMPT, PART = range(3)
_NAMES = ("heading", "prompt", "part")
_SHARES = (6, 12, 3)
_NOWHERE = QModelIndex()


class Headings(QAbstractTableModel):
    """The headings of one template, in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Heading] = []
        self.may_change = True

    @property
    def headings(self) -> tuple[Heading, ...]:
        """What stands in the table."""
        return tuple(self._rows)

    def show(self, headings: Sequence[Heading]) -> None:
        """Show these in place of those before."""
        self.beginResetModel()
        self._rows = list(headings)
        self.endResetModel()

    # Changing

    def add(self, at: int) -> None:
        """An empty heading at that place, about what the one before is about."""
        part = self._rows[at - 1].part if 0 < at <= len(self._rows) else PARTS[0]
        self.beginInsertRows(QModelIndex(), at, at)
        self._rows.insert(at, Heading(heading="", part=part))
        self.endInsertRows()

    def remove(self, at: int) -> None:
        """Take a heading out."""
        self.beginRemoveRows(QModelIndex(), at, at)
        del self._rows[at]
        self.endRemoveRows()

    def move(self, at: int, steps: int) -> bool:
        """Move a heading up (−1) or down (1); False if it is at that end already."""
        to = at + steps
        if not 0 <= to < len(self._rows) or not 0 <= at < len(self._rows):
            return False
        self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), to + (steps > 0))
        self._rows.insert(to, self._rows.pop(at))
        self.endMoveRows()
        return True

    # What Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many headings there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Heading, prompt and part."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return TITLES[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be edited, unless nothing may be changed."""
        found = super().flags(index)
        editable = index.isValid() and self.may_change
        return found | Qt.ItemFlag.ItemIsEditable if editable else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, says and holds."""
        if not index.isValid():
            return None
        value = getattr(self._rows[index.row()], _NAMES[index.column()]) or ""
        words = PART_WORDS.get(value, value) if index.column() == PART else value
        if role == Qt.ItemDataRole.EditRole:
            return value
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{TITLES[index.column()]}: {words or 'nothing'}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """What was typed or chosen."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole or not self.may_change:
            return False
        given, before = str(value), self._rows[index.row()]
        if index.column() == PART:
            if given not in PARTS:
                return False
            after = replace(before, part=given)
        elif index.column() == PROMPT:
            after = replace(before, prompt=given or None)
        else:
            after = replace(before, heading=given)
        self._rows[index.row()] = after
        self.dataChanged.emit(index, index)
        return True


class CellDelegate(RoomyDelegate):
    """A cell that is edited in place: words in a line, the part from a list."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The field that stands in the cell."""
        made: QWidget = QLineEdit(parent)
        if index.column() == PART:
            made = QComboBox(parent)
            for part in PARTS:
                made.addItem(PART_WORDS.get(part, part), part)
        made.setAccessibleName(f"{TITLES[index.column()]} {index.row() + 1}")
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show in it what the cell holds."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take what was entered; a line nobody typed in stays as it was, whatever it holds."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit) and editor.isModified():
            super().setModelData(editor, model, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room enough for the field."""
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(hint.height(), round(option.fontMetrics.height() * 2.2)))


class HeadingsView(QTableView):
    """The table. Alt+Up and Alt+Down move a heading, F2 or typing edits, Delete takes one out."""

    def __init__(self, model: Headings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headings = model
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName("Headings of the template")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def minimumSizeHint(self) -> QSize:
        """A few lines of the letters of now."""
        return QSize(100, self.fontMetrics().height() * 8)

    def sizeHint(self) -> QSize:
        """As little as may be; it takes the room there is."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the width anew."""
        super().resizeEvent(event)
        wide = self.viewport().width()
        for at, share in enumerate(_SHARES):
            self.horizontalHeader().resizeSection(at, wide * share // sum(_SHARES))
        self.resizeRowsToContents()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Up, Alt+Down and Delete; Enter edits."""
        if self.state() is QAbstractItemView.State.EditingState:
            event.ignore()  # a key that the field in the cell has no use for
            return
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in steps:
            self.move_current(steps[key])
        elif key == Qt.Key.Key_Delete:
            self.remove_current()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def end_editing(self) -> None:
        """Take what stands in a cell that is still being edited."""
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def add_after_current(self) -> None:
        """A new heading below the current one, ready to be typed."""
        at = self.currentIndex().row() + 1 if self.currentIndex().isValid() else self.headings.rowCount()
        self.headings.add(at)
        self._stand_on(at, HEADING)
        self.edit(self.currentIndex())

    def remove_current(self) -> None:
        """Take the current heading out."""
        index = self.currentIndex()
        if index.isValid() and self.headings.may_change:
            self.headings.remove(index.row())
            self._stand_on(min(index.row(), self.headings.rowCount() - 1), index.column())

    def move_current(self, steps: int) -> None:
        """Move the current heading up or down."""
        index = self.currentIndex()
        if index.isValid() and self.headings.may_change:
            row, column = index.row(), index.column()
            if self.headings.move(row, steps):
                self._stand_on(row + steps, column)

    def _stand_on(self, row: int, column: int) -> None:
        self.setFocus()
        if row >= 0:
            self.setCurrentIndex(self.headings.index(row, column))
