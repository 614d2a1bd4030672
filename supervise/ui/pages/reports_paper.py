"""A PDF on the screen and on a printer: its pages as pictures, with their words for a screen reader.

Nothing here touches a file: the PDF is bytes in memory.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from supervise.errors import FileTrouble
from supervise.ui.desk import Desk

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_POINTS = 72
_BANDS = 8
"""Parts in which a page goes to a printer, so that no step takes long and no picture much memory."""


class PageSeen(NamedTuple):
    """A page as a picture, and the words on it."""

    picture: QImage
    words: str


def pages_seen(pdf: bytes, width: int, ratio: float) -> Generator[tuple[int, int], None, list[PageSeen]]:
    """The pages of a PDF, `width` pixels wide on a screen of that pixel ratio; yields (done, of how many)."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for at in range(len(document)):
            yield at, len(document)
            page = document[at]
            picture = _picture(page, width * ratio / page.get_width())
            picture.setDevicePixelRatio(ratio)
            found.append(PageSeen(picture, page.get_textpage().get_text_range()))
        return found
    finally:
        document.close()


def send(pdf: bytes, printer: QPrinter) -> Generator[tuple[int, int], None, int]:
    """Draw a PDF on a printer, at the printer's own resolution; yields (done, of how many), gives the number
    of pages. FileTrouble if the printer does not take it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    painter = QPainter()
    try:
        if not painter.begin(printer):
            raise FileTrouble(
                "The printer does not answer.", "Look whether it is on, or save the PDF instead."
            )
        steps = len(document) * _BANDS
        for at in range(len(document)):
            if at:
                printer.newPage()
            area = _on_paper(printer, document[at])
            for band in range(_BANDS):
                yield at * _BANDS + band, steps
                _draw_band(painter, document[at], area, band)
        return len(document)
    finally:
        if painter.isActive():
            painter.end()
        document.close()


def _on_paper(printer: QPrinter, page: Any) -> QRect:
    """Where a page of the PDF lies on the printer's, as large as it fits, in the printer's dots."""
    whole = printer.pageLayout().fullRectPixels(printer.resolution())
    paper = printer.pageLayout().paintRectPixels(printer.resolution())
    scale = min(whole.width() / page.get_width(), whole.height() / page.get_height())
    area = QRect(0, 0, round(page.get_width() * scale), round(page.get_height() * scale))
    area.moveCenter(whole.center())
    return area.translated(-paper.topLeft())


def _draw_band(painter: QPainter, page: Any, area: QRect, band: int) -> None:
    """Draw one of the bands that a page is cut into, from top to bottom."""
    tall = page.get_height()
    cut = (0, tall * (_BANDS - band - 1) / _BANDS, 0, tall * band / _BANDS)
    picture = _picture(page, area.width() / page.get_width(), cut)
    top, end = (round(area.height() * part / _BANDS) for part in (band, band + 1))
    painter.drawImage(QRect(area.left(), area.top() + top, area.width(), end - top), picture)


def _picture(page: Any, scale: float, crop: tuple[float, float, float, float] = (0, 0, 0, 0)) -> QImage:
    """A page, or a part of it, as a picture of its own; `scale` in dots a point."""
    drawn = page.render(scale=scale, crop=crop, prefer_bgrx=True)
    picture = QImage(
        bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32
    )
    return picture.copy()


class PageView(QLabel):
    """A page on the screen. The keyboard can stand on it, and a screen reader reads its words."""

    def __init__(
        self, desk: Desk, seen: PageSeen, number: int, of: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setPixmap(QPixmap.fromImage(seen.picture))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"Page {number} of {of}")
        self.setAccessibleDescription(seen.words)
        size = seen.picture.deviceIndependentSize()
        self.setFixedSize(math.ceil(size.width()), math.ceil(size.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page, with an edge; a stronger one where the keyboard is."""
        super().paintEvent(event)
        painter = QPainter(self)
        theme = self._desk.theme
        painter.setPen(QPen(theme["focus"], 3) if self.hasFocus() else QPen(theme["edge"], 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
