"""How cells of tables are drawn where words alone do not do: two lines, and a status as a pill."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from supervise.ui.desk import Desk
from supervise.ui.pills import draw_line, draw_pill
from supervise.ui.tables import SECOND, STATUS

Index = QModelIndex | QPersistentModelIndex
MARGIN = 8


class LinesDelegate(QStyledItemDelegate):
    """A line of words and, if the column has one, a second in quiet letters below it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        second = index.data(SECOND)
        draw_ground(painter, option)
        painter.save()
        area = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        font = QFont(index.data(Qt.ItemDataRole.FontRole) or option.font)
        font.setPointSizeF(option.font.pointSizeF())
        align = index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft
        upper, half = area, area.height() // 2
        if second:
            upper = area.adjusted(0, 2, 0, -half + 1)
            painter.setPen(self.desk.theme["on_chosen" if chosen else "quiet"])
            draw_line(painter, option.font, area.adjusted(0, half - 1, 0, -2), second)
        painter.setPen(self.desk.theme["on_chosen" if chosen else "ink"])
        draw_line(painter, font, upper, str(index.data() or ""), Qt.AlignmentFlag(align))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Wide enough for the longer line."""
        hint = super().sizeHint(option, index)
        second = index.data(SECOND)
        if second:
            wide = option.fontMetrics.horizontalAdvance(second) + 2 * MARGIN
            hint.setWidth(max(hint.width(), wide))
        return hint


class StatusDelegate(QStyledItemDelegate):
    """A status as a pill: its shape, its word and its colours."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        draw_ground(painter, option)
        status = index.data(STATUS)
        if status:
            area = option.rect.adjusted(MARGIN // 2, 0, -MARGIN // 2, 0)
            draw_pill(painter, self.desk.theme, status, area, option.font)


def draw_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """What a cell stands on: chosen, focused or plain, as the style draws it."""
    plain = QStyleOptionViewItem(option)
    widget = option.widget
    style = widget.style() if widget else QApplication.style()
    style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, plain, painter, widget)
