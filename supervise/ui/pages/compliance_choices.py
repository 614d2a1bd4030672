"""What a period of compliance is asked of: which days, by which groups, under which clock."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from supervise import wording
from supervise.doing.showing_measures import BY
from supervise.doing.showing_periods import Period, periods
from supervise.errors import BadQuestion
from supervise.ui.bits import button, column
from supervise.ui.desk import View
from supervise.ui.forms import DayEdit
from supervise.ui.pages.compliance_parts import flowing, titled
from supervise.workdays import Day

FREE = "free"


class Choices(QWidget):
    """The period, the grouping and the clock, as chosen; `things` stand after them on the same line."""

    chosen = Signal()

    def __init__(self, view: View, *things: QWidget) -> None:
        super().__init__()
        self._view = view
        self.period, self.grouping, self.clocks = QComboBox(), QComboBox(), QComboBox()
        for made, name in ((self.period, "Period"), (self.grouping, "Group by"), (self.clocks, "Clock")):
            made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            made.setAccessibleName(name)
        self.first, self.last = DayEdit(self._day), DayEdit(self._day)
        self.first.edit.setAccessibleName("First day of the period")
        self.last.edit.setAccessibleName("Last day of the period")
        self._show = button("Show", self.chosen.emit, name="Show this period")
        self._free = flowing(titled("Fr&om", self.first), titled("&Until", self.last), self._show)
        self._free.hide()
        self._clock_field = titled("Cloc&k", self.clocks)
        fields = (titled("Pe&riod", self.period), titled("Group b&y", self.grouping), self._clock_field)
        self.setLayout(column(flowing(*fields, *things), self._free, spacing=6))
        for each in (self.first, self.last):
            each.edit.returnPressed.connect(self.chosen)
        self.period.activated.connect(self._period_chosen)
        for box in (self.grouping, self.clocks):
            box.activated.connect(self._other_chosen)

    def _day(self) -> Day:
        return self._view.day

    @property
    def by(self) -> str | None:
        """What to group by; None for nothing."""
        found: str | None = self.grouping.currentData()
        return found

    @property
    def clock(self) -> str | None:
        """The clock to go by; None where there is none."""
        found: str | None = self.clocks.currentData()
        return found

    def days(self) -> Period:
        """The period. BadQuestion for one of somebody's own whose days cannot be read."""
        name = self.period.currentData()
        if name != FREE:
            return next(period for period in periods(self._view.day) if period.name == name)
        try:
            first, last = self.first.day(), self.last.day()
        except ValueError as error:
            raise BadQuestion(str(error)) from error
        if first is None or last is None:
            raise BadQuestion("A period needs its first and its last day.", "Type both.")
        return Period(FREE, "A period", first, last)

    def fill(self, clocks: tuple[str, ...]) -> None:
        """What there is to choose on the day looked at; what was chosen stays so."""
        usual = [(f"{period.title}, {period.said}", period.name) for period in periods(self._view.day)]
        _filled(self.period, [*usual, ("Another period…", FREE)])
        groups = [
            (words, name) for name, words in BY.items() if name != "team" or self._view.team is None
        ]
        _filled(self.grouping, [("Nothing", None), *groups])
        _filled(self.clocks, [(wording.words(name), name) for name in clocks])
        self._clock_field.setVisible(len(clocks) > 1)

    def _period_chosen(self, *_: object) -> None:
        free = self.period.currentData() == FREE
        self._free.setVisible(free)
        if not free:
            self.chosen.emit()
        else:
            if not self.first.edit.text():
                usual = periods(self._view.day)[0]
                self.first.set_day(usual.first)
                self.last.set_day(usual.last)
            self.first.setFocus()

    def _other_chosen(self, *_: object) -> None:
        self.chosen.emit()


def _filled(box: QComboBox, items: list[tuple[str, str | None]]) -> None:
    chosen = box.currentData()
    box.clear()
    for words, value in items:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
