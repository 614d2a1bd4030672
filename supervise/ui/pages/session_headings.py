"""The list of headings beside a record: what there is to talk about, and where something is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListView,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from supervise.ui.desk import Desk

MARK = Qt.ItemDataRole.UserRole + 1
_LONGEST = 24  # letters of a heading beyond which the list grows no wider


class _Drawn(QStyledItemDelegate):
    """A heading at the left, its mark in quiet letters at the right, and a box around the chosen one."""

    def __init__(self, desk: Desk, headings: HeadingList) -> None:
        super().__init__(headings)
        self._desk, self._list = desk, headings

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one."""
        theme = self._desk.theme
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5)
        if chosen:
            has_keyboard = self._list.hasFocus()
            painter.setPen(QPen(theme["focus" if has_keyboard else "edge"], 2 if has_keyboard else 1))
            painter.setBrush(theme["paper"])
            painter.drawRoundedRect(area, 6, 6)
        font = option.font
        font.setBold(chosen)
        painter.setFont(font)
        inside = area.adjusted(8, 0, -8, 0)
        mark = str(index.data(MARK) or "")
        letters = painter.fontMetrics()
        room = inside.width() - (letters.horizontalAdvance(f"  {mark}") if mark else 0)
        painter.setPen(theme["accent" if chosen else "ink"])
        said = letters.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), said)
        painter.setPen(theme["quiet"])
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), mark)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Room for heading and mark."""
        return self._list.room_for(str(index.data()))


class HeadingBox(QComboBox):
    """The same headings as a box of one line, where large letters leave no room for a list of them."""

    def __init__(self, headings: HeadingList, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Heading")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LONGEST)
        for at in range(headings.count()):
            self.addItem(headings.item(at).text())
        self._headings = headings
        headings.currentRowChanged.connect(self.setCurrentIndex)
        headings.itemChanged.connect(self._marked)
        self.activated.connect(headings.setCurrentRow)

    def _marked(self, item: QListWidgetItem) -> None:
        """What stands beside a heading in the list stands here after it."""
        at, mark = self._headings.row(item), item.data(MARK)
        self.setItemText(at, f"{item.text()}  {mark}" if mark else item.text())
        spoken = item.data(Qt.ItemDataRole.AccessibleTextRole)
        self.setItemData(at, spoken, Qt.ItemDataRole.AccessibleTextRole)


class HeadingList(QListWidget):
    """The headings, in a column; in lines like words where columns stand below one another."""

    def __init__(self, desk: Desk, titles: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Headings")
        self.setItemDelegate(_Drawn(desk, self))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setStyleSheet("QListView, QListView:focus { background: transparent; border: none; }")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for title in titles:
            made = QListWidgetItem(title, self)
            made.setToolTip(title.replace("&", "&amp;").replace("<", "&lt;"))
        self.stack(False)

    def room_for(self, title: str) -> QSize:
        """How large an item is."""
        letters = self.fontMetrics()
        wide = letters.horizontalAdvance(title) * 1.08 + letters.horizontalAdvance("  88")
        most = letters.averageCharWidth() * (_LONGEST + 6)
        return QSize(int(min(wide, most)) + 24, letters.height() + 11)

    def mark(self, at: int, mark: str, spoken: str) -> None:
        """Show what is there: ✓ or a number, and how a screen reader says it."""
        item = self.item(at)
        if item is not None and item.data(MARK) != mark:
            item.setData(MARK, mark)
            said = f"{item.text()}, {spoken}" if spoken else item.text()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)

    def step(self, by: int) -> None:
        """Go to the next heading, or the one before."""
        self.setCurrentRow(max(0, min(self.currentRow() + by, self.count() - 1)))

    def stack(self, stacked: bool) -> None:
        """In lines like words, or in a column."""
        self.setFlow(QListView.Flow.LeftToRight if stacked else QListView.Flow.TopToBottom)
        self.setWrapping(stacked)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.fit()

    def fit(self) -> None:
        """As wide as the letters need; in lines, as high as the lines are."""
        wide = max((self.room_for(self.item(n).text()).width() for n in range(self.count())), default=0)
        if self.isWrapping():
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.setMinimumWidth(0)
            self.setMaximumWidth(16_777_215)
            self.doItemsLayout()
            self.setFixedHeight(self.contentsSize().height() + 4)
        else:
            self.setMaximumHeight(16_777_215)
            self.setMinimumHeight(self.fontMetrics().height() * 5)
            self.setFixedWidth(wide + 6)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break elsewhere."""
        super().resizeEvent(event)
        if self.isWrapping() and event.size().width() != event.oldSize().width():
            self.fit()
