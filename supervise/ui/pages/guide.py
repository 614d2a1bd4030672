"""The guide for a manager new in post: my people, the next weeks, the first month, and short pages to read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSplitter,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from supervise import guide
from supervise.ui.bits import column
from supervise.ui.desk import Desk
from supervise.ui.pages.guide_parts import FirstMonth, MyPeople, NextWeeks, Part
from supervise.ui.pages.guide_reader import Reader
from supervise.ui.pages.page import FACTS, Page

_ID = Qt.ItemDataRole.UserRole
_FIRST = "my-people"


class Contents(QTreeWidget):
    """The list of what there is to read, in its groups; the title of a group is only read over."""

    chosen = Signal(str)  # a page's id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Pages of the guide")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(self.fontMetrics().averageCharWidth())
        self.setUniformRowHeights(True)
        self._items: dict[str, QTreeWidgetItem] = {}
        self.page_id: str | None = None  # the page chosen; the title of a group chooses none
        self.currentItemChanged.connect(self._changed)

    def add(self, group: str, page_id: str, title: str) -> None:
        """One more page, at the end of its group, which is the last one or a new one."""
        last = self.topLevelItem(self.topLevelItemCount() - 1)
        if last is None or last.text(0) != group:
            last = QTreeWidgetItem(self, [group])
            last.setFlags(Qt.ItemFlag.ItemIsEnabled)
            last.setExpanded(True)
            font = last.font(0)
            font.setBold(True)
            last.setFont(0, font)
        item = QTreeWidgetItem(last, [title])
        item.setToolTip(0, title)
        item.setData(0, _ID, page_id)
        self._items[page_id] = item

    def has(self, page_id: str) -> bool:
        """Whether there is such a page."""
        return page_id in self._items

    def say(self, page_id: str, title: str) -> None:
        """Call a page something else."""
        self._items[page_id].setText(0, title)
        self._items[page_id].setToolTip(0, title)

    def choose(self, page_id: str) -> None:
        """Go to that page."""
        self.setCurrentItem(self._items[page_id])

    def width_wanted(self) -> int:
        """Room for every title."""
        return self.sizeHintForColumn(0) + self.fontMetrics().averageCharWidth() * 5

    def _changed(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and (page_id := item.data(0, _ID)) is not None:
            self.page_id = page_id
            self.chosen.emit(page_id)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The keyboard goes past the titles of groups."""
        index = super().moveCursor(action, modifiers)
        if not index.isValid() or index.parent().isValid():
            return index
        upwards = action in (self.CursorAction.MoveUp, self.CursorAction.MovePageUp)
        before = self.indexAbove(index) if upwards else QModelIndex()
        return before if before.isValid() else self.indexBelow(index)


class GuidePage(Page):
    """Learning the cadence."""

    name, title, guide = "guide", "Guide", "help-guide"
    cares_about = FACTS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.parts: dict[str, Part] = {
            part.id: part for part in (MyPeople(desk), NextWeeks(desk), FirstMonth(desk))
        }
        self.reader = Reader()
        self.contents = Contents()
        for part in self.parts.values():
            self.contents.add("For a manager new in post", part.id, part.title)
        for page in guide.pages():
            self.contents.add(page.group, page.id, page.title)
        self.stack = QStackedWidget()
        for shown in (*self.parts.values(), self.reader):
            self.stack.addWidget(shown)
        self._lay_out()
        self.contents.chosen.connect(self._show)
        self.reader.wanted.connect(self.contents.choose)
        month = self.parts["first-month"]
        assert isinstance(month, FirstMonth)
        month.wanted.connect(self.contents.choose)
        month.ticked.connect(self._count_steps)
        self._count_steps()

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.contents)
        right = QWidget()
        right.setLayout(column(self.stack, margins=0))
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setHandleWidth(14)
        around = QVBoxLayout(self)
        around.setContentsMargins(18, 14, 18, 14)
        around.addWidget(self.splitter)

    def open_on(self, subject: object) -> None:
        """A page by its id ("cadence", "help-today"), or the help for a page of the window ("today")."""
        ids = (str(subject), f"help-{subject}", self.guide)
        self.contents.choose(next(page_id for page_id in ids if self.contents.has(page_id)))

    def refresh(self) -> None:
        """What is shown, read anew: only the part that can be seen reads from the store."""
        if self.contents.page_id is None:
            self.contents.choose(_FIRST)
        else:
            self._show(self.contents.page_id)

    def start_here(self) -> QWidget | None:
        """In the list."""
        return self.contents

    def chosen_person(self) -> str | None:
        """Whose card the keyboard is on, or was on last."""
        part = self.stack.currentWidget()
        return part.person if isinstance(part, Part) else None

    def changeEvent(self, event: QEvent) -> None:
        """Other colours or letters: what is read is put together anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.reader.show_again()
            self._fit()

    def _show(self, page_id: str) -> None:
        part = self.parts.get(page_id)
        if part is None:
            self.reader.show_page(page_id)
            self.stack.setCurrentWidget(self.reader)
            return
        with self.desk.trying():
            part.refresh()
        self.stack.setCurrentWidget(part)
        self._count_steps()

    def _count_steps(self) -> None:
        month = self.parts["first-month"]
        assert isinstance(month, FirstMonth)
        self.contents.say(month.id, month.title_with_count)

    def _fit(self) -> None:
        """The list as wide as its titles, but never more than a third."""
        left = min(self.contents.width_wanted(), self.width() // 3)
        self.splitter.setSizes([left, max(self.width() - left, 1)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list keeps its width."""
        super().resizeEvent(event)
        self._fit()
