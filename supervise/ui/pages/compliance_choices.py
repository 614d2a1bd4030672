"""What a period of compliance is asked of: which days, by which groups, under which clock."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from supervise import wording
from supervise.doing.showing_measures import BY
from supervise.doing.showing_periods import Period
from supervise.ui.bits import column
from supervise.ui.desk import View
from supervise.ui.pages.compliance_parts import flowing, titled
from supervise.ui.pages.period_choice import PeriodChoice


class Choices(QWidget):
    """The period, the grouping and the clock, as chosen; `things` stand after them on the same line."""

    chosen = Signal()

    def __init__(self, view: View, *things: QWidget) -> None:
        super().__init__()
        self._view = view
        self._period = PeriodChoice(view)
        self.period, self.first, self.last = self._period.box, self._period.first, self._period.last
        self.grouping, self.clocks = QComboBox(), QComboBox()
        for made, name in ((self.grouping, "Group by"), (self.clocks, "Clock")):
            made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            made.setAccessibleName(name)
            made.activated.connect(self._other_chosen)
        self._clock_field = titled("Cloc&k", self.clocks)
        fields = (self._period.field, titled("Group b&y", self.grouping), self._clock_field)
        self.setLayout(column(flowing(*fields, *things), self._period.free, spacing=6))
        self._period.chosen.connect(self.chosen)

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
        return self._period.days()

    def fill(self, clocks: tuple[str, ...]) -> None:
        """What there is to choose on the day looked at; what was chosen stays so."""
        self._period.fill()
        groups = [
            (words, name) for name, words in BY.items() if name != "team" or self._view.team is None
        ]
        _filled(self.grouping, [("Nothing", None), *groups])
        _filled(self.clocks, [(wording.words(name), name) for name in clocks])
        self._clock_field.setVisible(len(clocks) > 1)

    def _other_chosen(self, *_: object) -> None:
        self.chosen.emit()


def _filled(box: QComboBox, items: list[tuple[str, str | None]]) -> None:
    chosen = box.currentData()
    box.clear()
    for words, value in items:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
