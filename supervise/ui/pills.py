"""A status as a pill: its shape, its word and its colours. Nothing here needs a table."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from supervise import wording
from supervise.ui.theme import Theme


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
    draw_line(painter, _bold(font), pill, str(wording.STATUS[status]), Qt.AlignmentFlag.AlignHCenter)
    painter.restore()


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    return made


def draw_line(
    painter: QPainter,
    font: QFont,
    area: QRect,
    words: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """A line of words in an area, cut short with an ellipsis where there is no room for all of them."""
    painter.setFont(font)
    fits = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, align | Qt.AlignmentFlag.AlignVCenter, fits)
