"""The picture of twelve months, drawn on the screen: sessions, gaps, stopped and unknown time, the due mark.

Every mark has a shape of its own: ● held, ○ held but not counting, ■ a gap, hatched where the clock stood
still, dotted where nothing is known, ▲ due, ◇ booked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from supervise.strips import GAP, NOT_IN_POST, SUSPENDED, Span, Strip, words
from supervise.ui.delegates import draw_ground
from supervise.ui.desk import Desk
from supervise.ui.tables import RECORD
from supervise.ui.theme import Theme
from supervise.workdays import Day, add_months

MARGIN = 10


class StripDelegate(QStyledItemDelegate):
    """Draws the strip of a row. `strip_of` gives it for a record, or None while it is being read."""

    def __init__(self, desk: Desk, strip_of: Callable[[object], Strip | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._strip_of = desk, strip_of

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the cell."""
        draw_ground(painter, option)
        strip = self._strip_of(index.data(RECORD))
        if strip is not None:
            area = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)
            draw_strip(painter, self._desk.theme, strip, area)


class StripView(QWidget):
    """One strip by itself, with the months named below it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._strip: Strip | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_strip(self, strip: Strip) -> None:
        """Show another one."""
        self._strip = strip
        self.setAccessibleName(f"Twelve months: {words(strip)}")
        self.setToolTip(words(strip))
        self.update()

    def sizeHint(self) -> QSize:
        """High enough for the marks and the months."""
        return QSize(320, self.fontMetrics().height() * 3)

    def minimumSizeHint(self) -> QSize:
        """It may become narrow, never flat."""
        return QSize(160, self.fontMetrics().height() * 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it, and the months."""
        if self._strip is None:
            return
        painter = QPainter(self)
        letters = self.fontMetrics().height()
        area = self.rect().adjusted(MARGIN, 0, -MARGIN, -letters)
        draw_strip(painter, self._desk.theme, self._strip, area)
        painter.setPen(self._desk.theme["quiet"])
        for month, left, right in _months(self._strip, area):
            below = QRect(round(left), area.bottom(), round(right - left) + 1, letters)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, month)
        if self.hasFocus():
            painter.setPen(QPen(self._desk.theme["focus"], 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


def draw_strip(painter: QPainter, theme: Theme, strip: Strip, area: QRect) -> None:
    """The strip in an area: a line in the middle, the spans on it, the marks over them."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    at, middle = _scale(strip, area), area.center().y() + 1.0
    size = max(6.0, min(11.0, area.height() * 0.28))
    painter.setPen(QPen(theme.of_strip("axis"), 1))
    painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle))
    for _, left, _ in _months(strip, area):
        painter.drawLine(QPointF(left, middle - size * 0.4), QPointF(left, middle + size * 0.4))
    for span in strip.spans:
        _draw_span(painter, theme, span, at, middle, size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.of_strip("held"))
    for day in strip.held:
        painter.drawEllipse(QPointF(at(day), middle), size * 0.33, size * 0.33)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.of_strip("other"), 1.2))
    for day in strip.other:
        painter.drawEllipse(QPointF(at(day), middle), size * 0.28, size * 0.28)
    _draw_ahead(painter, theme, strip, at, middle, size)
    painter.restore()


def _draw_span(
    painter: QPainter, theme: Theme, span: Span, at: Callable[[Day], float], middle: float, size: float
) -> None:
    left, right = at(span.first), at(span.last + 1)
    box = QRectF(left, middle - size / 2, max(right - left, 2.5), size)
    painter.setPen(Qt.PenStyle.NoPen)
    if span.kind == GAP:
        painter.setBrush(theme.of_strip("gap"))
        painter.drawRect(box)
    elif span.kind == SUSPENDED:
        painter.setBrush(theme.of_strip("unknown"))
        painter.drawRect(box)
        painter.setBrush(QBrush(theme.of_strip("other"), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(box)
    elif span.kind != NOT_IN_POST:
        painter.setBrush(QBrush(theme.of_strip("axis"), Qt.BrushStyle.Dense6Pattern))
        painter.drawRect(box)
    else:  # out of post there is no line at all
        painter.setBrush(theme["paper"])
        painter.drawRect(box.adjusted(0, -1, 0, 1))


def _draw_ahead(
    painter: QPainter, theme: Theme, strip: Strip, at: Callable[[Day], float], middle: float, size: float
) -> None:
    """When the next is due, above the line; when it is booked, on it."""
    if strip.booked is not None:
        x, r = at(strip.booked), size * 0.45
        painter.setPen(QPen(theme.of_strip("held"), 1.4))
        painter.setBrush(theme["paper"])
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(x, middle - r),
                    QPointF(x + r, middle),
                    QPointF(x, middle + r),
                    QPointF(x - r, middle),
                ]
            )
        )
    if strip.due is not None:
        x, top = at(strip.due), middle - size * 1.25
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.of_strip("due"))
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(x, top),
                    QPointF(x + size * 0.42, top + size * 0.7),
                    QPointF(x - size * 0.42, top + size * 0.7),
                ]
            )
        )


def _scale(strip: Strip, area: QRect) -> Callable[[Day], float]:
    """Where a day begins, from left to right."""
    days = strip.last - strip.first + 1
    return lambda day: area.left() + (day - strip.first) * area.width() / days


def _months(strip: Strip, area: QRect) -> list[tuple[str, float, float]]:
    """The first letter of each month that begins in the strip, and from where to where it goes."""
    at, found = _scale(strip, area), []
    it = date.fromordinal(strip.first)
    first = it.replace(day=1).toordinal()
    if first < strip.first:
        first = add_months(first, 1)
    while first <= strip.last:
        after = add_months(first, 1)
        letter = "JFMAMJJASOND"[date.fromordinal(first).month - 1]
        found.append((letter, at(first), at(min(after, strip.last + 1))))
        first = after
    return found
