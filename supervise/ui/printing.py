"""A PDF on paper, page by page. Nothing is written to a file on the way."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPageLayout, QPainter

from supervise.errors import FileTrouble

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

MOST = 300
"""Dots an inch at most: what a laser printer shows, without gigabytes on the way to it."""

BANDS = 8
"""Parts in which a page goes to a printer, so that no step takes long and no picture much memory."""

_POINTS = 72


def print_pdf(pdf: bytes, printer: QPrinter) -> int:
    """Print it at once; how many pages that were. FileTrouble if the printer will not take it."""
    steps = printing(pdf, printer)
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            return int(ended.value)


def printing(pdf: bytes, printer: QPrinter) -> Generator[tuple[int, int], None, int]:
    """Print it page by page, saying how many bands are done of how many; gives how many pages were printed. Only
    the pages asked for in the print dialog are, each in its own direction. Stopping half way prints nothing, where
    the printer can still be stopped.

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
                page = document[number]
                if at:
                    _turn(printer, page)
                    if not printer.newPage():
                        raise _refused()
                for band in _draw(painter, printer, page):
                    yield at * BANDS + band, len(wanted) * BANDS
                page.close()
        except BaseException:  # also somebody who stops it
            printer.abort()
            raise
        finally:
            painter.end()
        return len(wanted)
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


def _draw(painter: QPainter, printer: QPrinter, page: Any) -> Iterator[int]:
    """Draw a page as large as on the paper it was made for, and smaller only where the paper is: band by band from
    top to bottom, saying how many are drawn before each."""
    dots = printer.resolution() / _POINTS
    wide, tall = (points * dots for points in page.get_size())
    paper = printer.paperRect(printer.Unit.DevicePixel)
    inside = printer.pageRect(printer.Unit.DevicePixel)
    smaller = min(1.0, paper.width() / wide, paper.height() / tall)
    left, top = paper.left() - inside.left(), paper.top() - inside.top()
    for band in range(BANDS):
        yield band
        begin, end = (round(top + tall * smaller * part / BANDS) for part in (band, band + 1))
        picture = _band(page, min(printer.resolution(), MOST) / _POINTS, band)
        painter.drawImage(QRect(round(left), begin, round(wide * smaller), end - begin), picture)


def _band(page: Any, scale: float, band: int) -> QImage:
    """One of the bands that a page is cut into, between two lines of its dots, so that none is lost; `scale` in
    dots a point."""
    lines = math.ceil(page.get_height() * scale)
    above, below = lines * band // BANDS, lines - lines * (band + 1) // BANDS
    top, bottom = (max(0.0, each - 0.5) / scale for each in (above, below))  # pypdfium2 rounds up
    return picture_of(page, scale, (0, bottom, 0, top))


def picture_of(page: Any, scale: float, cut: tuple[float, float, float, float] = (0, 0, 0, 0)) -> QImage:
    """A page of pypdfium2's, without what is cut off its edges (left, bottom, right, top, in points), as a picture of
    its own; `scale` in dots a point."""
    bitmap = page.render(scale=scale, crop=cut, prefer_bgrx=True)
    held = bytes(bitmap.buffer)  # Qt does not copy it
    image = QImage(held, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
    made = image.copy()
    bitmap.close()
    return made


def _refused() -> FileTrouble:
    return FileTrouble(
        "The printer would not take it.", "See that it is on, or choose another, and try again."
    )
