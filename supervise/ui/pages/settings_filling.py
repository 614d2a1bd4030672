"""What the sections about policies, agendas and cases share: a last thing that takes the room there is, and
tables in which long sentences are read whole."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QScrollArea,
    QScrollBar,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from supervise.ui.pages.compliance_parts import flowing
from supervise.ui.pages.settings_section import ScrollSection
from supervise.ui.tables import Table, TableView

Index = QModelIndex | QPersistentModelIndex


class FillingSection(ScrollSection):
    """A section whose body is as tall as the window, and scrolls where that is not enough."""

    def _lay_out(self) -> None:
        super()._lay_out()
        fill(self.area.widget())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and down, from wherever they are not used otherwise."""
        if not turned_page(self.area, event):
            super().keyPressEvent(event)


def turned_page(area: QScrollArea, event: QKeyEvent) -> bool:
    """Whether that key scrolled by a page."""
    steps = {
        Qt.Key.Key_PageDown: QScrollBar.SliderAction.SliderPageStepAdd,
        Qt.Key.Key_PageUp: QScrollBar.SliderAction.SliderPageStepSub,
    }
    step = steps.get(Qt.Key(event.key()))
    if step is not None:
        area.verticalScrollBar().triggerAction(step)
    return step is not None


def fill(inner: QWidget | None) -> None:
    """Give the room to the body, which stands above the room that gives."""
    whole = inner.layout() if inner else None
    assert isinstance(whole, QVBoxLayout)
    whole.setStretch(whole.count() - 1, 0)
    for at in range(whole.count()):
        if isinstance(whole.itemAt(at), QVBoxLayout):
            whole.setStretch(at, 1)


class RoomyDelegate(QStyledItemDelegate):
    """A cell with room above and below its words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A little taller than the words."""
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), hint.height() + option.fontMetrics.height() * 2 // 3)


class WrappedTable(TableView):
    """A table of sentences: they wrap, rows are as tall as their words, and the whole as tall as its rows.
    `shares` says how the width is divided among the columns."""

    def __init__(
        self, model: Table, name: str, shares: tuple[int, ...], parent: QWidget | None = None
    ) -> None:
        self._shares = shares
        super().__init__(model, name, parent)
        self.setSortingEnabled(False)
        self.setWordWrap(True)
        self.setItemDelegate(RoomyDelegate(self))
        self.horizontalHeader().setStretchLastSection(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._stand)
        model.modelReset.connect(self._later.start)

    def fit(self) -> None:
        """Columns for the width there is."""
        if hasattr(self, "_later"):
            self._later.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps otherwise."""
        super().resizeEvent(event)
        self._later.start()

    def _stand(self) -> None:
        header = self.horizontalHeader()
        wide, whole = self.viewport().width(), sum(self._shares)
        for at, share in enumerate(self._shares):
            header.resizeSection(at, wide * share // whole)
        self.resizeRowsToContents()
        tall = header.sizeHint().height() + self.verticalHeader().length() + 2 * self.frameWidth() + 4
        if tall != self.height():
            self.setFixedHeight(tall)


def beside(*things: QWidget) -> QWidget:
    """Things beside one another, and below where there is no room; no taller than they come to be."""
    made = flowing(*things)
    made.setMinimumHeight(1)  # else it asks for the height that it would have in one column
    return made
