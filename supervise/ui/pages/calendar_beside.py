"""What stands beside the month: the chosen day in full, what can be done, and who is due without a booking."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from supervise import wording
from supervise.doing.diary import Unbooked
from supervise.ui.bits import button, heading, label
from supervise.ui.desk import Desk
from supervise.ui.pages.calendar_days import DayHolds, Mark, MonthHolds
from supervise.ui.pages.calendar_lists import DAY_COLUMNS, DUE_COLUMNS, Marks


class Beside(QWidget):
    """The right half of the calendar."""

    book_wanted = Signal()
    open_wanted = Signal()
    move_wanted = Signal()
    cancel_wanted = Signal()
    miss_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.heading = heading("", 2)
        self.heading.setWordWrap(True)
        self.day_list = Marks(desk, DAY_COLUMNS, "marks", "On the chosen day", self)
        self.nothing = label("Nothing stands on this day.", quiet=True, wrap=True)
        self.due_list = Marks(desk, DUE_COLUMNS, "due", "Due without a booking", self)
        self.all_booked = label("", quiet=True, wrap=True)
        self.book_button = button("Book…", self.book_wanted.emit, main=True)
        self.open_button = button("Open", self.open_wanted.emit)
        self.move_button = button("Move…", self.move_wanted.emit)
        self.cancel_button = button("Cancel…", self.cancel_wanted.emit)
        self.missed_button = button("Missed…", self.miss_wanted.emit)
        self._lay_out()

    @property
    def _of_entry(self) -> tuple[QPushButton, ...]:
        return self.open_button, self.move_button, self.cancel_button, self.missed_button

    def _lay_out(self) -> None:
        deeds = QGridLayout()
        deeds.setSpacing(4)
        for at, each in enumerate((self.book_button, *self._of_entry)):
            deeds.addWidget(each, at // 3, at % 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(5)
        whole.addWidget(self.heading)
        whole.addWidget(self.day_list, 3)
        whole.addWidget(self.nothing)
        whole.addLayout(deeds)
        whole.addWidget(self.due_list, 3)
        whole.addWidget(self.all_booked)
        whole.addStretch()

    def fit(self) -> None:
        """Room for the letters of now."""
        letters = self.fontMetrics()
        for view in (self.day_list, self.due_list):
            view.setMinimumHeight(letters.height() * 6)
            view.setMinimumWidth(letters.averageCharWidth() * 30)

    def show_day(self, holds: DayHolds, *, in_full: bool) -> None:
        """What stands on a day: `in_full` beside the month, where the list of the month has it already not."""
        said = wording.long_day(holds.day)
        self.heading.setText(f"{said} · {holds.holiday}" if holds.holiday else said)
        self.day_list.table.show(holds.marks)
        self.day_list.choose_first()
        self.heading.setVisible(in_full)
        self.day_list.setVisible(in_full and bool(holds.marks))
        self.nothing.setVisible(in_full and not holds.marks)

    def show_unbooked(self, month: MonthHolds) -> None:
        """Who is due by the end of what is shown, and has no booking in time."""
        self.due_list.table.show(month.unbooked)
        self.due_list.setVisible(bool(month.unbooked))
        self.all_booked.setVisible(not month.unbooked)
        self.all_booked.setText(f"Nobody is due by {wording.day(month.days[-1].day)} without a booking.")

    def show_deeds(self, mark: Mark | None) -> None:
        """What can be done with the chosen entry."""
        may = self._desk.view.is_today and not self._desk.workspace.is_service
        is_booking = may and mark is not None and mark.is_booking
        self.book_button.setEnabled(may)
        self.open_button.setEnabled(mark is not None)
        self.move_button.setEnabled(is_booking)
        self.cancel_button.setEnabled(is_booking)
        self.missed_button.setEnabled(is_booking and mark is not None and mark.on <= self._desk.today)
        for each in self._of_entry:
            said = each.text().removesuffix("…")
            each.setAccessibleName(f"{said}: {mark.name}, {wording.day(mark.on)}" if mark else said)

    def due_chosen(self) -> Unbooked | None:
        """Who is due, if the keyboard is on them."""
        found: Unbooked | None = self.due_list.chosen() if self.due_list.hasFocus() else None
        return found
