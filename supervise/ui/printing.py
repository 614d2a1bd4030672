"""A PDF on paper, page by page. Nothing is written to a file on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter

from supervise.errors import FileTrouble

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

MOST = 300
"""Dots an inch at most: what a laser printer shows, without gigabytes on the way to it."""

_POINTS = 72


def print_pdf(pdf: bytes, printer: QPrinter) -> None:
    """Print it at once; FileTrouble if the printer will not take it."""
    for _ in printing(pdf, printer):
        pass


def printing(pdf: bytes, printer: QPrinter) -> Iterator[tuple[int, int]]:
    """Print it page by page, saying how many are done of how many. Only the pages asked for in the print
    dialog are printed. Stopping half way prints nothing, where the printer can still be stopped.

    FileTrouble if the printer will not take it.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        wanted = _wanted(printer, len(document))
        _turn(printer, document[wanted[0]])
        painter = QPainter()
        if not painter.begin(printer):
            raise _refused()
        try:
            for at, number in enumerate(wanted):
                yield at, len(wanted)
                page = document[number]
                if at:
                    _turn(printer, page)
                    if not printer.newPage():
                        raise _refused()
                _draw(painter, printer, page)
        except BaseException:  # also somebody who stops it
            printer.abort()
            raise
        finally:
            painter.end()
    finally:
        document.close()


def _wanted(printer: QPrinter, pages: int) -> list[int]:
    """The pages asked for, counted from 0. A range with nothing in it is the whole."""
    first, last = printer.fromPage(), printer.toPage()
    chosen = [number for number in range(pages) if first <= number + 1 <= last] if first else []
    return chosen or list(range(pages))


def _turn(printer: QPrinter, page: Any) -> None:
    wide, tall = page.get_size()
    upright = QPageLayout.Orientation.Portrait
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide > tall else upright)


def _draw(painter: QPainter, printer: QPrinter, page: Any) -> None:
    """As large as on the paper it was made for, and smaller only where the paper is."""
    bitmap = page.render(scale=min(printer.resolution(), MOST) / _POINTS, rev_byteorder=True)
    held = bytes(bitmap.buffer)  # Qt does not copy it
    image = QImage(held, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB888)
    dots = printer.resolution() / _POINTS
    wide, tall = (points * dots for points in page.get_size())
    paper = printer.paperRect(printer.Unit.DevicePixel)
    inside = printer.pageRect(printer.Unit.DevicePixel)
    smaller = min(1.0, paper.width() / wide, paper.height() / tall)
    to = QRectF(paper.left() - inside.left(), paper.top() - inside.top(), wide * smaller, tall * smaller)
    painter.drawImage(to, image)
    bitmap.close()
    page.close()


def _refused() -> FileTrouble:
    return FileTrouble(
        "The printer would not take it.", "See that it is on, or choose another, and try again."
    )
