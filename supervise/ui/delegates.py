"""How cells of tables are drawn where words alone do not do: two lines, and a status as a pill."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from supervise import wording
from supervise.ui.desk import Desk
from supervise.ui.tables import SECOND, STATUS
from supervise.ui.theme import Theme

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
            _line(painter, option.font, area.adjusted(0, half - 1, 0, -2), second)
        painter.setPen(self.desk.theme["on_chosen" if chosen else "ink"])
        _line(painter, font, upper, str(index.data() or ""), Qt.AlignmentFlag(align))
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


def pill_size(status: str, font: QFont) -> QSize:
    """How much room a pill takes in those letters."""
    bold = _bold(font)
    letters = QFontMetrics(bold)
    wide = letters.horizontalAdvance(str(wording.STATUS[status])) + letters.height()
    return QSize(wide, round(letters.height() * 1.35))


def draw_pill(painter: QPainter, theme: Theme, status: str, area: QRect, font: QFont) -> None:
    """A pill at the left of an area, in the middle of its height."""
    ink, wash = theme.of_status(status)
    size = pill_size(status, font)
    pill = QRect(area.left(), 0, min(size.width(), area.width()), size.height())
    pill.moveTop(area.top() + (area.height() - size.height()) // 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(ink if theme.name == "High contrast" else Qt.PenStyle.NoPen)
    painter.setBrush(wash)
    painter.drawRoundedRect(QRectF(pill), pill.height() / 2, pill.height() / 2)
    painter.setPen(ink)
    _line(painter, _bold(font), pill, str(wording.STATUS[status]), Qt.AlignmentFlag.AlignHCenter)
    painter.restore()


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    return made


def _line(
    painter: QPainter,
    font: QFont,
    area: QRect,
    words: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(font)
    fits = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, align | Qt.AlignmentFlag.AlignVCenter, fits)
