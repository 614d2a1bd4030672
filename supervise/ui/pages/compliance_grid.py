"""Months by person: who was seen when, who had late days, whose clock stood still.

The person's column is the table's own row header, which stays in sight and which a screen reader says with
every cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from supervise.doing.showing_found import Compliance
from supervise.doing.showing_people import LATE, STOPPED, MonthCell, PersonMonths
from supervise.doing.showing_tables import month_name
from supervise.ui.bits import label
from supervise.ui.clipboard import put_on_clipboard
from supervise.ui.delegates import draw_ground
from supervise.ui.desk import Desk
from supervise.ui.pages.compliance_parts import tip
from supervise.ui.tables import SECOND, STATUS, Column, Table, TableView
from supervise.workdays import Day

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole + 3


class MonthsTable(Table):
    """A row for each person, a column for each month; both may change."""

    def __init__(self) -> None:
        super().__init__((), lambda record: record.subject)
        self._months: tuple[Day, ...] = ()

    def show_months(self, months: tuple[Day, ...], people: Sequence[PersonMonths]) -> None:
        """Show these people's cells of these months."""
        if months != self._months:
            self.beginResetModel()
            self._months = months
            self._all = self._shown = []
            self.columns = tuple(
                Column(month_name(month), _first_line(at), second=_second_line(at), spoken=_spoken(at))
                for at, month in enumerate(months)
            )
            self.endResetModel()
        self.show(people)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Months above, people at the left."""
        if orientation is Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._shown[section].name
            if role == Qt.ItemDataRole.ToolTipRole:
                return tip(f"{self._shown[section].name}: {self._shown[section].about}")
            return None
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, and of whom and when it is said."""
        if index.isValid() and role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            record: PersonMonths = self._shown[index.row()]
            month = self.columns[index.column()].title
            words = f"{record.name}, {month}: {record.cells[index.column()].words}"
            return tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        if index.isValid() and role == CELL:
            return self._shown[index.row()].cells[index.column()]
        if index.isValid() and role == STATUS:
            return "gap" if self._shown[index.row()].cells[index.column()].kind == LATE else None
        return super().data(index, role)


def _first_line(at: int) -> Callable[[PersonMonths], str]:
    return lambda record: record.cells[at].first_line


def _second_line(at: int) -> Callable[[PersonMonths], str]:
    return lambda record: record.cells[at].second_line


def _spoken(at: int) -> Callable[[PersonMonths], str]:
    return lambda record: record.cells[at].words


class MonthDelegate(QStyledItemDelegate):
    """A month: late days in the colours of a gap, with the mark and the number; what is not looked at in
    quiet letters."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        cell: MonthCell = index.data(CELL)
        theme, area = self.desk.theme, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        draw_ground(painter, option)
        painter.save()
        ink = theme["on_chosen" if chosen else "ink"]
        if cell.kind == LATE:
            late, wash = theme.of_status("gap")
            painter.fillRect(area.adjusted(1, 1, -1, -1), wash)
            ink = late
        elif cell.kind in STOPPED and not chosen:
            ink = theme["quiet"]
        painter.setPen(ink)
        font = QFont(option.font)
        font.setBold(cell.kind == LATE)
        painter.setFont(font)
        second = index.data(SECOND)
        half = area.height() // 2 if second else 0
        centre = Qt.AlignmentFlag.AlignCenter
        painter.drawText(area.adjusted(0, 1, 0, -half), centre, index.data())
        if second:
            painter.setFont(option.font)
            painter.drawText(area.adjusted(0, half - 1, 0, -1), centre, second)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme["focus"])
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        painter.restore()


class MonthsView(TableView):
    """The months of everybody, cell by cell: arrows go from month to month, Enter opens the person."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.months = MonthsTable()
        super().__init__(self.months, "Month by month", parent)
        self.months.setParent(self)
        self.setSortingEnabled(False)  # in order of name: no month ranks anybody
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setItemDelegate(MonthDelegate(desk, self))
        self.setShowGrid(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.horizontalHeader().setStretchLastSection(False)
        people = self.verticalHeader()
        people.show()
        people.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        people.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        people.setTextElideMode(Qt.TextElideMode.ElideRight)

    def show_months(self, months: tuple[Day, ...], people: Sequence[PersonMonths]) -> None:
        """Show these."""
        self.months.show_months(months, people)
        self.fit()
        if months and people and not self.currentIndex().isValid():
            self.setCurrentIndex(self.months.index(0, 0))

    def fit(self) -> None:
        """Every column as wide as the widest thing said in any of them, names as wide as the longest."""
        super().fit()
        letters = self.fontMetrics()
        said = {
            line
            for each in self.months.records
            for cell in each.cells
            for line in (cell.first_line, cell.second_line)
        }
        said.update(column.title for column in self.months.columns)
        bold = QFont(self.font())
        bold.setBold(True)
        heavy = QFontMetrics(bold)
        wide = max((heavy.horizontalAdvance(line) for line in said), default=40)
        self.horizontalHeader().setStretchLastSection(False)
        self.horizontalHeader().setDefaultSectionSize(wide + letters.averageCharWidth() * 2)
        for at in range(len(self.months.columns)):
            self.setColumnWidth(at, wide + letters.averageCharWidth() * 2)
        names = max((heavy.horizontalAdvance(each.name) for each in self.months.records), default=40)
        most = letters.averageCharWidth() * 34
        self.verticalHeader().setFixedWidth(min(names, most) + letters.averageCharWidth() * 4)
        self.setMinimumHeight(letters.height() * 9)
        self.verticalHeader().setDefaultSectionSize(round(letters.height() * 2.3))

    def choose(self, key: Any) -> bool:
        """Go to somebody's row, in the month the keyboard was in."""
        row = self.months.row_of(key)
        if row is None:
            return False
        self.setCurrentIndex(self.months.index(row, max(self.currentIndex().column(), 0)))
        return True

    def copied(self) -> str:
        """The rows of the chosen cells, with the name in front."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        lines = [["Person", *(column.title for column in self.months.columns)]]
        for row in rows:
            record: PersonMonths = self.months.records[row]
            lines.append([record.name, *(cell.shown for cell in record.cells)])
        plain = [
            [f"'{word}" if word[:1] in ("=", "+", "-", "@") else word for word in line] for line in lines
        ]
        return "\n".join("\t".join(line) for line in plain)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As everywhere; Home and End go to the first and last month."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.selectedIndexes():
            put_on_clipboard(self.copied())
        else:
            super().keyPressEvent(event)


class MonthsTab(QWidget):
    """The months, and above them what stands for what."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = label("", quiet=True, wrap=True)
        self.view = MonthsView(desk)
        box = QVBoxLayout(self)
        box.setContentsMargins(2, 10, 2, 4)
        box.addWidget(self.said)
        box.addWidget(self.view, 1)

    def show_found(self, found: Compliance) -> None:
        """Show them."""
        self.view.show_months(found.months, found.people)
        self.view.setVisible(bool(found.months and found.people))
        self.said.setText(
            "Days on which a session that counts was held; ■ days late; ⏸ clock stopped by an absence;"
            " ○ not in post, no records, or no rule."
            if found.months
            else "No whole calendar month lies in this period."
        )
