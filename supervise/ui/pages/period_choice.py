"""Which days a question is about: a usual period, or one of somebody's own."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox

from supervise.doing.showing_periods import Period, periods
from supervise.errors import BadQuestion
from supervise.ui.bits import button
from supervise.ui.desk import View
from supervise.ui.forms import DayEdit
from supervise.ui.pages.compliance_parts import flowing, titled
from supervise.workdays import Day

FREE = "free"


class PeriodChoice(QObject):
    """`field` is the box of usual periods with its label; `free`, which stands somewhere below it, is seen where
    somebody's own is chosen. `chosen` says that the period is another one now, `typing` that its days are being
    typed."""

    chosen, typing = Signal(), Signal()

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.box.setAccessibleName("Period")
        self.first, self.last = DayEdit(self._day), DayEdit(self._day)
        self.first.edit.setAccessibleName("First day of the period")
        self.last.edit.setAccessibleName("Last day of the period")
        show = button("Show", self.chosen.emit, name="Show this period")
        self.field = titled("Pe&riod", self.box)
        self.free = flowing(titled("Fr&om", self.first), titled("&Until", self.last), show)
        self.free.hide()
        for each in (self.first, self.last):
            each.edit.returnPressed.connect(self.chosen)
            each.changed.connect(self.typing)
        self.box.activated.connect(self._box_chosen)

    def _day(self) -> Day:
        return self._view.day

    def fill(self) -> None:
        """The usual periods on the day looked at; what was chosen stays so."""
        kept = self.box.currentData()
        self.box.clear()
        for period in periods(self._view.day):
            self.box.addItem(f"{period.title}, {period.said}", period.name)
        self.box.addItem("Another period…", FREE)
        self.box.setCurrentIndex(max(0, self.box.findData(kept)))

    def days(self) -> Period:
        """The period. BadQuestion for one of somebody's own whose days cannot be read."""
        name = self.box.currentData()
        if name != FREE:
            return next(period for period in periods(self._view.day) if period.name == name)
        try:
            first, last = self.first.day(), self.last.day()
        except ValueError as error:
            raise BadQuestion(str(error)) from error
        if first is None or last is None:
            raise BadQuestion("A period needs its first and its last day.", "Type both.")
        return Period(FREE, "A period", first, last)

    def _box_chosen(self, *_: object) -> None:
        free = self.box.currentData() == FREE
        self.free.setVisible(free)
        if not free:
            self.chosen.emit()
        else:
            if not self.first.edit.text():
                usual = periods(self._view.day)[0]
                self.first.set_day(usual.first)
                self.last.set_day(usual.last)
            self.first.setFocus()
