"""The lists beside the month, and the month as a list: every entry in full, as the keyboard reads it."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from supervise import wording
from supervise.doing.diary import Unbooked
from supervise.ui.delegates import LinesDelegate
from supervise.ui.desk import Desk
from supervise.ui.pages.calendar_days import LOOKS, Mark
from supervise.ui.tables import RECORD, Column, Index, Table, TableView
from supervise.workdays import Day


def key(mark: Mark) -> Hashable:
    """What tells two marks apart."""
    return mark.session or (mark.kind, mark.person, mark.on)


def _what(mark: Mark) -> str:
    """ "● 10:00 Ada Nwosu"."""
    return " ".join(filter(None, (LOOKS[mark.kind].shape, mark.at, mark.name)))


def _more(mark: Mark) -> str:
    """ "booked · One-to-one · Room 4"."""
    return " · ".join([LOOKS[mark.kind].word, *mark.more])


def _short_day(when: Day) -> str:
    """ "Wed 18 Mar": the month and its year stand above."""
    return f"{wording.long_day(when)[:3]} {wording.day(when).rsplit(' ', 1)[0]}"


DAY_COLUMNS = (Column("On this day", _what, second=_more, spoken=lambda mark: mark.spoken, tip=None),)

PERSON = 2
"""The column of the list that has the name."""

LIST_COLUMNS = (
    Column("Day", lambda mark: _short_day(mark.on), sort=lambda mark: (mark.on, mark.at or ""), width=15),
    Column("Time", lambda mark: mark.at or "", width=9),
    Column("Person", lambda mark: mark.name, bold=True, width=23),
    Column("What", lambda mark: " ".join(LOOKS[mark.kind]), spoken=lambda mark: LOOKS[mark.kind].word, width=26),
    Column("", lambda mark: " · ".join(mark.more)),
)  # fmt: skip


def due_said(each: Unbooked) -> str:
    """ "due 10 Apr 2026, late after 15 Apr 2026"."""
    late = f", late after {wording.day(each.late_by)}" if each.late_by else ""
    booked = f", booked too late for {wording.day(each.booked_on)}" if each.booked_on else ""
    return f"due {wording.day(each.due)}{late}{booked}"


DUE_COLUMNS = (
    Column(
        "Due without a booking",
        lambda each: each.name,
        second=due_said,
        sort=lambda each: (each.due, each.name),
    ),
)


class MarksDelegate(LinesDelegate):
    """Lines in which a cancelled supervision is struck through, beside its word."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        mark = index.data(RECORD)
        names = PERSON if index.model().columnCount() > PERSON else 0
        if isinstance(mark, Mark) and mark.kind == "cancelled" and index.column() == names:
            option.font.setStrikeOut(True)
        super().paint(painter, option, index)


class Marks(TableView):
    """A list of what stands on days, or of those due: one is chosen at a time."""

    def __init__(
        self, desk: Desk, columns: tuple[Column, ...], of: str, name: str, parent: QWidget
    ) -> None:
        keys = key if of == "marks" else _person
        super().__init__(Table(columns, keys), name, parent)
        self.setItemDelegate(MarksDelegate(desk, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        if len(columns) == 1:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSortingEnabled(False)

    def sizeHint(self) -> QSize:
        """No more than it needs: it takes what room there is."""
        return self.minimumSize()

    def choose_first(self) -> None:
        """Stand on the first, if nothing is chosen yet."""
        if self.table.records and self.chosen() is None:
            self.setCurrentIndex(self.table.index(0, 0))


def _person(each: Unbooked) -> Hashable:
    return each.person
