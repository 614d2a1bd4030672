"""A paper on the screen as it will print: its pages as pictures, with their words for a screen reader.

Nothing here touches a file: the PDF is bytes in memory. Of a long paper only some pages at a time are pictures.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from supervise import wording
from supervise.ui.bits import button, emptied, label
from supervise.ui.desk import Desk
from supervise.ui.pages.compliance_parts import flowing
from supervise.ui.printing import picture_of

AT_ONCE = 20
"""As many pages as are pictures at a time."""


class PageSeen(NamedTuple):
    """A page as a picture, and the words on it."""

    picture: QImage
    words: str


class Leaf(NamedTuple):
    """Some pages of a paper: the number of the first of them, counted from 0, and how many there are in all."""

    first: int
    of: int
    pages: list[PageSeen]


def leaf(pdf: bytes, first: int, width: int, ratio: float) -> Generator[tuple[int, int], None, Leaf]:
    """The pages of a PDF from one on, `width` pixels wide on a screen of that pixel ratio; yields (done, of how
    many)."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        end = min(first + AT_ONCE, len(document))
        found = []
        for at in range(first, end):
            yield at - first, end - first
            page = document[at]
            picture = picture_of(page, width * ratio / page.get_width())
            picture.setDevicePixelRatio(ratio)
            words = page.get_textpage()
            found.append(PageSeen(picture, words.get_text_range()))
            words.close()
            page.close()
        return Leaf(first, len(document), found)
    finally:
        document.close()


class Shown(QWidget):
    """The pages that are seen, what they are of, and buttons to turn over; `turned` tells which page is wanted
    first then."""

    turned = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.said = label("", quiet=True, wrap=True)
        self.pages = QVBoxLayout()
        self.pages.setSpacing(14)
        self._leaf = Leaf(0, 0, [])
        self.before = button("", partial(self._turn, -AT_ONCE))
        self.after = button("", partial(self._turn, AT_ONCE))
        self.turning = flowing(self.before, self.after)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.said)
        layout.addLayout(self.pages)
        layout.addWidget(self.turning)
        self.turning.hide()

    def say(self, sentence: str) -> None:
        """No paper, but why there is none."""
        self._leaf = Leaf(0, 0, [])
        emptied(self.pages)
        self.turning.hide()
        self.said.setText(sentence)

    def show_leaf(self, found: Leaf) -> None:
        """Show these pages in the place of those before."""
        emptied(self.pages)
        self._leaf = Leaf(found.first, found.of, [])  # the pictures are the labels'
        end = found.first + len(found.pages)
        for at, page in enumerate(found.pages, found.first + 1):
            self.pages.addWidget(PageView(self._desk, page, at, found.of), 0, Qt.AlignmentFlag.AlignLeft)
        some = len(found.pages) < found.of
        which = (
            f"Pages {found.first + 1:,} to {end:,} of {found.of:,}"
            if some
            else wording.counted(found.of, "page")
        )
        self.said.setText(f"{which}, as {'it' if found.of == 1 else 'they'} will print.")
        left = min(AT_ONCE, found.of - end)
        self.before.setText(f"Show the {AT_ONCE} pages before")
        self.after.setText(
            f"Show the next {wording.counted(left, 'page')}" if left > 1 else "Show the last page"
        )
        self.before.setVisible(found.first > 0)
        self.after.setVisible(left > 0)
        self.turning.setVisible(some)

    def first_page(self) -> QWidget | None:
        """The first page that is seen."""
        item = self.pages.itemAt(0)
        return item.widget() if item is not None else None

    def _turn(self, by: int) -> None:
        self.turned.emit(max(0, self._leaf.first + by))


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
