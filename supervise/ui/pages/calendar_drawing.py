"""How a day of the month is drawn, and where in it each of its marks stands."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from supervise.ui.desk import Desk
from supervise.ui.pages.calendar_days import DayHolds, Mark
from supervise.ui.tables import RECORD, Index

LINES = 3
"""Lines of a day that there is always room for, below its number."""

_PAD = 4


class DayDelegate(QStyledItemDelegate):
    """Draws a day: its number and holiday above, then as many of its marks as there is room for."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        holds: DayHolds | None = index.data(RECORD)
        if holds is None:
            return
        theme = self._desk.theme
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        quiet_ground = holds.is_quiet or not holds.in_month
        painter.save()
        ground = "chosen" if chosen else "page" if quiet_ground else "paper"
        painter.fillRect(option.rect, theme[ground])
        ink = "on_chosen" if chosen else "ink" if holds.in_month else "quiet"
        self._draw_head(painter, option, holds, "on_chosen" if chosen else "quiet")
        painter.setPen(theme[ink])
        for place, mark in lines(option.rect, option.font, holds):
            said = mark.brief if mark else more_said(option.rect, option.font, holds)
            _draw_line(painter, option.font, place, said, struck=bool(mark and mark.kind == "cancelled"))
        if chosen:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(theme["focus"], 3 if focused else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _draw_head(
        self, painter: QPainter, option: QStyleOptionViewItem, holds: DayHolds, quiet: str
    ) -> None:
        theme, font = self._desk.theme, QFont(option.font)
        font.setBold(holds.is_today)
        letters = QFontMetrics(font)
        number = str(date.fromordinal(holds.day).day)
        head = _head(option.rect, option.font)
        width = letters.horizontalAdvance(number)
        painter.setFont(font)
        if holds.is_today:
            pill = QRect(head.left() - 2, head.top(), width + 8, head.height())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme["accent"])
            painter.drawRoundedRect(pill, 4, 4)
            painter.setPen(theme["on_accent"])
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, number)
        else:
            painter.setPen(theme[quiet])
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, number)
        painter.setPen(theme[quiet])
        _draw_line(painter, option.font, head.adjusted(width + 10, 0, 0, 0), holds.holiday)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Wide enough for a short name, high enough for a few lines."""
        return day_size(option.font)


def day_size(font: QFont) -> QSize:
    """The least that a day needs in those letters."""
    letters = QFontMetrics(font)
    return QSize(letters.averageCharWidth() * 9, letters.height() * (LINES + 1) + 2 * _PAD)


def _head(cell: QRect, font: QFont) -> QRect:
    inside = cell.adjusted(_PAD + 1, _PAD - 1, -_PAD, 0)
    return QRect(inside.left(), inside.top(), inside.width(), QFontMetrics(font).height())


def lines(cell: QRect, font: QFont, holds: DayHolds) -> list[tuple[QRect, Mark | None]]:
    """Where in a cell which mark is shown; None stands for those that do not fit."""
    head, tall = _head(cell, font), QFontMetrics(font).height()
    room = max((cell.bottom() - _PAD - head.bottom()) // tall, 1)
    marks = list(holds.marks)
    shown: list[Mark | None] = list(marks) if len(marks) <= room else [*marks[: room - 1], None]
    return [
        (QRect(head.left(), head.bottom() + 1 + n * tall, head.width(), tall), mark)
        for n, mark in enumerate(shown)
    ]


def more_said(cell: QRect, font: QFont, holds: DayHolds) -> str:
    """ "+3 more"."""
    shown = len([mark for _, mark in lines(cell, font, holds) if mark is not None])
    return f"+{len(holds.marks) - shown} more"


def _draw_line(painter: QPainter, font: QFont, area: QRect, words: str, *, struck: bool = False) -> None:
    made = QFont(font)
    made.setStrikeOut(struck)
    painter.setFont(made)
    fits = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fits)
