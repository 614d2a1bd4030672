"""Proposed dates in a table: each can be left out, or given another day in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from supervise import wording
from supervise.doing.dates import Gathered
from supervise.doing.entering import read_day
from supervise.proposing import Proposal, Proposed, as_kept
from supervise.ui.bits import plain_tip
from supervise.ui.tables import Column, Index, Table, TableView
from supervise.workdays import Day

WHO, DAY = 0, 1
"""Columns that can be ticked, and altered."""


@dataclass(slots=True)
class Line:
    """One proposed date: `each` as it stands now, `at` its place in the proposal, whether it is `chosen`,
    what there is `to_see` about a day that somebody put in its place, and whether its supervisor's day is
    now too `full`."""

    at: int
    each: Proposed
    chosen: bool
    to_see: tuple[str, ...] = ()
    full: str = ""

    @property
    def said(self) -> str:
        """What stands beside it."""
        if self.each.booked:
            return "already booked"
        late = "" if self.each.is_in_time else "This is late."
        return " ".join(filter(None, (late, *self.to_see, self.full)))


def _day(when: Day | None) -> str:
    return "–" if when is None else wording.day(when)


COLUMNS = (
    Column("Person", lambda line: line.each.name, bold=True, width=28),
    Column(
        "Day", lambda line: _weekday_and_day(line.each.on), sort=lambda line: line.each.on, width=20
    ),
    Column("Due", lambda line: _day(line.each.due), sort=lambda line: line.each.due or 0, width=15),
    Column(
        "Late after", lambda line: _day(line.each.late_by), sort=lambda line: line.each.late_by or 0, width=15
    ),
    Column("To look at", lambda line: line.said, tip=lambda line: plain_tip(line.said)),
)  # fmt: skip


def _weekday_and_day(when: Day) -> str:
    """ "Thu 10 Apr 2026"."""
    return f"{wording.long_day(when)[:3]} {wording.day(when)}"


class Dates(Table):
    """The proposed dates. A tick says that one is to be booked; its day can be typed anew, and then all of
    that person's are told again by the engine.

    `looks` says what a day has in the way; `refused` tells why what was typed is no day.
    """

    altered = Signal()
    refused = Signal(str)

    def __init__(
        self,
        today: Callable[[], Day],
        looks: Callable[[Proposed], list[str]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(COLUMNS, lambda line: line.at, parent)
        self._today, self._look_at = today, looks
        self._lines: list[Line] = []
        self._gathered: Gathered | None = None

    def show_proposal(self, gathered: Gathered, proposal: Proposal) -> None:
        """Show these dates, all of them chosen."""
        self._gathered = gathered
        self._lines = [Line(at, each, not each.booked) for at, each in enumerate(proposal.dates)]
        self.show(self._lines)
        self.altered.emit()

    def chosen(self) -> list[Proposed]:
        """Those that are to be booked, in order of days."""
        found = [line.each for line in self._lines if line.chosen]
        return sorted(found, key=lambda each: (each.on, each.name))

    # What Qt asks

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What is not booked yet can be ticked and altered."""
        usual = super().flags(index)
        if not index.isValid() or self.record(index).each.booked:
            return usual
        if index.column() == WHO:
            return usual | Qt.ItemFlag.ItemIsUserCheckable
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() == DAY else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Ticks, and the day as it is typed, beside what every table says."""
        if index.isValid() and role == Qt.ItemDataRole.CheckStateRole and index.column() == WHO:
            line = self.record(index)
            if line.each.booked:
                return None
            return Qt.CheckState.Checked if line.chosen else Qt.CheckState.Unchecked
        if index.isValid() and role == Qt.ItemDataRole.EditRole and index.column() == DAY:
            return wording.day(self.record(index).each.on)
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick it, or give it another day; what is no day leaves it as it was, and is told."""
        if not index.isValid() or self.record(index).each.booked:
            return False
        line: Line = self.record(index)
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == WHO:
            line.chosen = Qt.CheckState(value) is Qt.CheckState.Checked
        elif role == Qt.ItemDataRole.EditRole and index.column() == DAY:
            if not self._give_day(line, str(value)):
                return False
        else:
            return False
        self._tell_again(line.each.person)
        self.altered.emit()
        return True

    def tick(self, index: Index) -> None:
        """The other way round."""
        if index.isValid():
            there = self.index(index.row(), WHO)
            now = Qt.CheckState.Unchecked if self.record(there).chosen else Qt.CheckState.Checked
            self.setData(there, now, Qt.ItemDataRole.CheckStateRole)

    # Days typed

    def _give_day(self, line: Line, typed: str) -> bool:
        try:
            on = read_day(typed, self._today())
        except ValueError as error:
            self.refused.emit(str(error))
            return False
        sentence = self._why_not(line, on)
        self.refused.emit(sentence)
        if sentence:
            return False
        if on != line.each.on:
            line.each = line.each._replace(on=on)
            line.chosen = True
            line.to_see = tuple(self._look_at(line.each))
        return True

    def _why_not(self, line: Line, on: Day) -> str:
        if on <= self._today():
            return f"{wording.day(on)} is not to come: choose a later day."
        theirs = (
            other for other in self._lines if other.each.person == line.each.person and other is not line
        )
        if any(other.each.on == on for other in theirs):
            return f"{line.each.name} has {wording.day(on)} in this list already."
        return ""

    def _tell_again(self, person: str) -> None:
        """Due days and late-bys of a person, with what is chosen now."""
        assert self._gathered is not None, "there are lines, so there was a proposal"
        gathered = self._gathered
        need = next(each for each in gathered.needs if each.facts.person.id == person)
        kept = [line for line in self._lines if line.each.person == person and line.chosen]
        days = [line.each.on for line in kept]
        told = {each.on: each for each in as_kept(need, gathered.clockwork, gathered.first, days)}
        for line in kept:
            line.each = told.get(line.each.on, line.each)
        self._say_full_days()
        self.show(self._lines)

    def _say_full_days(self) -> None:
        """Days on which a supervisor has more than was asked for, by what somebody altered."""
        gathered = self._gathered
        assert gathered is not None
        taken = Counter(gathered.taken)
        for line in self._lines:
            if line.chosen and line.each.supervisor:
                taken[line.each.supervisor, line.each.on] += 1
        for line in self._lines:
            many = taken[line.each.supervisor or "", line.each.on]
            is_full = line.chosen and many > gathered.a_day
            said = f"The supervisor has {wording.counted(many, 'supervision')} that day."
            line.full = said if is_full else ""


class DatesView(TableView):
    """The table of dates: Space ticks a row, Enter or F2 alters its day."""

    def __init__(self, model: Dates, name: str, parent: QWidget | None = None) -> None:
        super().__init__(model, name, parent)
        self.dates = model
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleDescription(
            "Space takes a date in or leaves it out, Enter gives it another day."
        )
        self.opened.connect(self._alter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, F2 alters the day, as Enter does."""
        if self.state() is QAbstractItemView.State.EditingState:
            event.accept()  # Enter in the day being typed is for that day alone, and books nothing
        elif event.key() == Qt.Key.Key_Space:
            self.dates.tick(self.currentIndex())
        elif event.key() == Qt.Key.Key_F2:
            self._alter()
        else:
            super().keyPressEvent(event)

    def _alter(self, _: object = None) -> None:
        """Type another day in place of the row's."""
        there = self.currentIndex().siblingAtColumn(DAY)
        if there.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(there)
            self.edit(there)
