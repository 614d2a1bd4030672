"""Pieces of the compliance page: what wraps when letters grow, figures as cards, tables as tall as their rows."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QListWidget,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from supervise.ui.bits import card, column, heading, label, row, scrolling
from supervise.ui.flow import Flow
from supervise.ui.tables import Table, TableView

MOST_ROWS = 12
"""As many rows of a table inside a longer page as are shown without scrolling in it."""


def flowing(*things: QWidget) -> QWidget:
    """Things in a `Flow`, as a widget whose height follows its width."""
    made = QWidget()
    flow = Flow(gap=8, line_gap=8)
    for thing in things:
        flow.addWidget(thing)
    made.setLayout(flow)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


def titled(title: str, thing: QWidget) -> QWidget:
    """A field with its label before it, which goes along when lines wrap."""
    words = label(title)
    words.setBuddy(thing)
    made = QWidget()
    made.setLayout(row(words, thing, spacing=6))
    return made


def figure(title: str, big: str, small: str, counts: str, *, headline: bool = False) -> QFrame:
    """A number as a card: how much, of how many, and in one sentence what is counted."""
    made = card()
    number = label(big)
    font = QFont(number.font())
    font.setBold(True)
    font.setPointSizeF(font.pointSizeF() * (2.2 if headline else 1.5))
    number.setFont(font)
    some = [heading(title, 3), number, *([label(small)] if small else [])]
    made.setLayout(column(*some, label(counts, quiet=True, wrap=True), None, margins=12, spacing=2))
    made.setAccessibleName(f"{title}: {', '.join(filter(None, (big, small)))}. {counts}")
    return made


class Figures(QWidget):
    """Cards beside one another, as many in a row as there is room for."""

    def __init__(self, letters: int, parent: QWidget | None = None) -> None:
        """`letters` is how wide a card is at least, in average letters."""
        super().__init__(parent)
        self._letters = letters
        self._cards: list[QFrame] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)

    def show_cards(self, cards: Sequence[QFrame]) -> None:
        """Show these in the place of those that were there."""
        for each in self._cards:
            self._grid.removeWidget(each)
            each.hide()
            each.deleteLater()
        self._cards = list(cards)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may hold another number."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = max(1, self.width() // max(1, self.fontMetrics().averageCharWidth() * self._letters))
        beside = min(room, max(1, len(self._cards)))
        for at in range(self._grid.columnCount()):
            self._grid.setColumnStretch(at, 1 if at < beside else 0)
        for at, each in enumerate(self._cards):
            self._grid.addWidget(each, at // beside, at % beside)


class WholeTable(TableView):
    """A table inside a longer page, as tall as its rows up to `MOST_ROWS`."""

    def __init__(self, model: Table, name: str, parent: QWidget | None = None) -> None:
        super().__init__(model, name, parent)
        self.setSortingEnabled(False)
        model.modelReset.connect(self.fit_height)

    def fit(self) -> None:
        """Rows and columns for the letters of now, and the height."""
        super().fit()
        self.fit_height()

    def fit_height(self) -> None:
        """As tall as the rows there are."""
        rows = min(max(self.table.rowCount(), 1), MOST_ROWS)
        bar = self.horizontalScrollBar().sizeHint().height()
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + rows * self.verticalHeader().defaultSectionSize() + bar + 6)


class Scrolled(QScrollArea):
    """A part that may be longer than there is room for: its things stand in `body`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(2, 10, 10, 10)
        self.body.setSpacing(6)
        scrolling(inner, self)

    def minimumSizeHint(self) -> QSize:
        """Enough to read in, however large the letters."""
        return QSize(super().minimumSizeHint().width(), self.fontMetrics().height() * 10)


class Lines(QListWidget):
    """A short list to choose from, each line wrapped and the whole as tall as its lines."""

    def __init__(self, name: str, lines: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.addItems(list(lines))
        self.setCurrentRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps lines otherwise."""
        super().resizeEvent(event)
        self.doItemsLayout()
        tall = sum(self.visualItemRect(self.item(at)).height() for at in range(self.count()))
        self.setFixedHeight(tall + 2 * self.frameWidth() + 4)


def tip(words: str) -> str:
    """Words of somebody's as a tool tip: never read as markup, and wrapped."""
    return f"<qt>{html.escape(words)}</qt>"
