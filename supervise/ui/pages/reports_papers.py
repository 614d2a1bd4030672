"""The list of papers, and what stands beside it: below it, where letters are large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QListWidget, QListWidgetItem, QWidget

from supervise.doing.papers.paper import Paper
from supervise.ui.bits import column
from supervise.ui.cards import STACKED_ABOVE

_WIDEST = 16_777_215  # Qt's own: no limit
_LINES = 5
"""As many papers as are seen at once where letters are so large that the list stands above the rest."""


class PaperList(QListWidget):
    """Every paper by its title; what each is, is told to a screen reader, and on resting over it."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        super().__init__()
        self.setAccessibleName("Papers")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(3)
        for paper in papers:
            item = QListWidgetItem(paper.title)
            item.setToolTip(paper.what)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, paper.what)
            self.addItem(item)
        self.setCurrentRow(0)
        self._is_beside = True

    def fit(self, *, beside: bool) -> None:
        """As wide as its longest title and as tall as all of them; or as wide as there is room, and a few lines
        tall."""
        self._is_beside = beside
        wide = self.sizeHintForColumn(0) + 2 * self.frameWidth() + 8
        self.setMinimumWidth(wide if beside else 0)
        self.setMaximumWidth(wide if beside else _WIDEST)
        self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Letters of another size need more room, or less."""
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        seen = self.count() if self._is_beside else min(_LINES, self.count())
        lines = sum(self.sizeHintForRow(at) + 2 * self.spacing() for at in range(seen))
        self.setFixedHeight(lines + 2 * self.frameWidth() + 4)


class Beside(QWidget):
    """A list at the left and things below one another at the right; where letters are large, all below one
    another."""

    def __init__(self, papers: PaperList, *things: QWidget) -> None:
        super().__init__()
        self._papers = papers
        right = column(*things, spacing=8)
        right.addStretch(1)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(18)
        self._layout.addWidget(papers, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.addLayout(right, 1)

    def fit(self, percent: int) -> None:
        """Arrange them for the size of text of now."""
        beside = percent <= STACKED_ABOVE
        ways = QBoxLayout.Direction
        self._layout.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._papers.fit(beside=beside)
