"""A table that reads on as one scrolls, and one change told row by row and field by field."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QLabel, QTextEdit, QVBoxLayout, QWidget

from supervise.doing.changed import FieldChange, RowChange, part_of, summary
from supervise.store.history import Line
from supervise.ui.bits import button, heading, label, row
from supervise.ui.desk import Desk
from supervise.ui.tables import Column, Table

PAGE = 200
"""As many records as are read at once."""

_NOWHERE = QModelIndex()


class Paged(Table):
    """A table that reads its records a page at a time. `read` is given those that are shown and how many
    more are wanted; fewer than that are the last."""

    def __init__(
        self,
        columns: Sequence[Column],
        key: Callable[[Any], Hashable],
        read: Callable[[Sequence[Any], int], list[Any]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, key, parent)
        self._read = read
        self._at_end = True

    def start(self) -> None:
        """Read anew, as far as was read before."""
        wanted = max(PAGE, len(self.records))
        found = self._read((), wanted)
        self._at_end = len(found) < wanted
        self.show(found)

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> bool:
        """Whether there may be more."""
        return not parent.isValid() and not self._at_end

    def fetchMore(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> None:
        """Read the next page."""
        if not self.canFetchMore(parent):
            return
        more = self._read(self.records, PAGE)
        self._at_end = len(more) < PAGE
        if more:
            first = len(self._shown)
            self.beginInsertRows(_NOWHERE, first, first + len(more) - 1)
            self._all += more
            self._shown += more
            self._words = None
            self.endInsertRows()


class ChangeView(QFrame):
    """One change: what it was, and every row it altered, before and after."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._line: Line | None = None
        self._next: int | None = None
        self.heading = heading("", 2)
        self.heading.setWordWrap(True)
        self.about = label("", quiet=True, wrap=True)
        self.undo = button("&Undo this change…")
        for each in (self.heading, self.about):
            each.installEventFilter(self)
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setAccessibleName("What the change altered, before and after")
        self.more = button("Show more rows", self._tell_more, link=True)
        above = row(self.heading, self.undo)
        above.setStretchFactor(self.heading, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3)
        whole.addLayout(above)
        whole.addWidget(self.about)
        whole.addWidget(self.text, 1)
        whole.addLayout(row(self.more, None))

    def tell(self, line: Line, when: str) -> None:
        """Tell that change. One that is told already stays where it is scrolled to."""
        here = self.desk.workspace.here
        said = [f"Change {line.number:,}", when, line.by, summary(here, line.number)]
        said += [f"undone by change {line.undone_by:,}"] if line.undone_by else []
        self.heading.setText(line.label)
        self.about.setText(" · ".join(filter(None, said)))
        for each in (self.heading, self.about):
            _show_whole(each)
        if self._line is None or self._line.number != line.number:
            self._line = line
            self._begin()

    def forget(self) -> None:
        """What is told may be gone: it is read anew the next time."""
        self._line = None
        self.text.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The words above are never lower than they need: with large letters they would be cut."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QLabel):
            _show_whole(watched)
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Other colours: it is told anew in them."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and getattr(self, "_line", None) is not None:
            self._begin()

    def _begin(self) -> None:
        self._next = 0
        self.text.clear()
        self._tell_more()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _tell_more(self) -> None:
        assert self._line is not None and self._next is not None
        part = part_of(self.desk.workspace.here, self._line.number, self._next)
        cursor = self.text.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        for each in part.rows:
            self._tell_row(cursor, each)
        cursor.endEditBlock()
        self._next = part.next
        self.more.setVisible(part.next is not None)
        if not part.rows:
            cursor.insertText("What it did has been deleted, as the law asks; that it happened stays.")

    def _tell_row(self, cursor: QTextCursor, change: RowChange) -> None:
        """A line about the row, and a table of its fields. Everything is put in as plain text."""
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        space = QTextBlockFormat()
        space.setTopMargin(6)
        if not self.text.document().isEmpty():
            cursor.insertBlock(space, bold)
        cursor.setCharFormat(bold)
        cursor.insertText(f"{change.title}: {change.what}")
        if change.fields:
            self._tell_fields(cursor, change)
            cursor.movePosition(QTextCursor.MoveOperation.End)

    def _tell_fields(self, cursor: QTextCursor, change: RowChange) -> None:
        titles = {"added": ("", "Entered"), "removed": ("", "Removed")}.get(
            change.what, ("", "Before", "After")
        )
        shape = QTextTableFormat()
        shape.setBorder(0)
        shape.setCellPadding(3)
        shape.setCellSpacing(0)
        shape.setHeaderRowCount(1)
        wide = (24, 76) if len(titles) == 2 else (24, 38, 38)
        shape.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.PercentageLength, each) for each in wide]
        )
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table = cursor.insertTable(len(change.fields) + 1, len(titles), shape)
        quiet = QTextCharFormat()
        quiet.setForeground(self.desk.theme["quiet"])
        for at, title in enumerate(titles):
            table.cellAt(0, at).firstCursorPosition().insertText(title, quiet)
        for line, field in enumerate(change.fields, 1):
            for at, said in enumerate(_cells(field, change.what)):
                table.cellAt(line, at).firstCursorPosition().insertText(
                    said, quiet if at == 0 else QTextCharFormat()
                )


def _show_whole(words: QLabel) -> None:
    """A layout of several lines in a scroll area gives words less than all of their lines otherwise."""
    words.setMinimumHeight(max(0, words.heightForWidth(words.width())))


def _cells(field: FieldChange, what: str) -> tuple[str, ...]:
    if what == "added":
        return (field.label, field.after)
    if what == "removed":
        return (field.label, field.before)
    return (field.label, field.before, field.after)
