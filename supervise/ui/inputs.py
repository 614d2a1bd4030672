"""What is typed into: one line that says when it is full, long text, and a day with its calendar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent, QTextOption
from PySide6.QtWidgets import (
    QCalendarWidget,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from supervise import wording
from supervise.doing.entering import read_day
from supervise.ui.bits import label, row
from supervise.workdays import Day

LINE = 200
"""Characters that a line takes: names, teams, places and reasons are shorter."""

ENDLESS = 1_000
"""Characters without a space beyond which they are no word."""

FULL = f"Only {LINE} characters fit here: what came after them was left out."


class LineEdit(QLineEdit):
    """One line. `overflowed` when more was typed or pasted than it takes; `is_cut` as long as it is full."""

    overflowed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_cut = False
        self.setMaxLength(LINE)
        self.inputRejected.connect(self._refuse)
        self.textEdited.connect(self._edited)

    def show_text(self, text: str) -> None:
        """Show a text, all of it: what is longer came from elsewhere, and is not cut by looking at it."""
        self.is_cut = False
        self.make_room(len(text))
        self.setText(text)

    def make_room(self, length: int) -> None:
        """Take so many characters, if that is more than it takes."""
        self.setMaxLength(max(self.maxLength(), length))

    def _refuse(self) -> None:
        if len(self.text()) >= self.maxLength():
            self.is_cut = True
            self.overflowed.emit()

    def _edited(self, text: str) -> None:
        if len(text) < self.maxLength():
            self.is_cut = False


class FieldLabel(QLabel):
    """What a field is called. It takes a little more room than its letters: a width that Qt rounds down cuts the
    edge of the last one off in large text."""

    def sizeHint(self) -> QSize:
        """A quarter of a letter wider than its words."""
        return super().sizeHint() + QSize(self.fontMetrics().averageCharWidth() // 4 + 1, 0)

    def minimumSizeHint(self) -> QSize:
        """It does not shrink."""
        return self.sizeHint()


class LongEdit(QPlainTextEdit):
    """Several lines of plain words. Tab goes on to the next field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().height() * 5)
        self.textChanged.connect(self._watch)

    def show_text(self, text: str) -> None:
        """Show a text that nobody has typed here."""
        self._wrap_for(text)
        self.setPlainText(text)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste it."""
        self._wrap_for(source.text())
        super().insertFromMimeData(source)

    def _watch(self) -> None:
        block = self.textCursor().block()
        if block.length() > ENDLESS:
            self._wrap_for(block.text())

    def _wrap_for(self, text: str) -> None:
        """Where letters without end have no space to break at, Qt looks for one from each line to the end: a
        second for a hundred thousand of them, with every key. They are broken anywhere instead."""
        if len(text) > ENDLESS and max(map(len, text.split()), default=0) > ENDLESS:
            self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)


class DayEdit(QWidget):
    """A day as people type it, with a calendar to pick from, and said back as it was understood."""

    changed = Signal()

    def __init__(self, today: Callable[[], Day], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.edit = LineEdit()
        self.edit.setPlaceholderText("such as 14 Mar 2017 or Thu")
        self.said = label("", quiet=True)
        self._pick = QToolButton()
        self._pick.setText("▾")
        self._pick.setProperty("field", True)
        self._pick.setAccessibleName("Pick a day from a calendar")
        self._pick.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setLayout(row(self.edit, self._pick, self.said))
        # A menu made before the others are in would leave them out of Tab's round.
        self._pick.setMenu(self._menu())
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._say)

    def showEvent(self, event: QShowEvent) -> None:
        """The calendar is named after the field, so that one of several can be told from the others."""
        super().showEvent(event)
        if field := self.edit.accessibleName().removesuffix(", needed"):
            self._pick.setAccessibleName(f"Pick a day from a calendar for {field}")

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        self._calendar = QCalendarWidget()
        self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calendar.activated.connect(self._picked)
        self._calendar.clicked.connect(self._picked)
        action = QWidgetAction(menu)
        action.setDefaultWidget(self._calendar)
        menu.addAction(action)
        menu.aboutToShow.connect(self._turn_to)
        return menu

    def _turn_to(self) -> None:
        day = self.day() if self.is_readable() else None
        self._calendar.setSelectedDate(_qdate(day or self._today()))

    def _picked(self, date: QDate) -> None:
        self.set_day(date.toPython().toordinal())  # type: ignore[attr-defined]
        self._pick.menu().close()
        self.edit.setFocus()

    def set_day(self, day: Day | None) -> None:
        """Show that day."""
        self.edit.show_text("" if day is None else wording.day(day))

    def day(self) -> Day | None:
        """The day typed; None for nothing. ValueError, in words, for what is no day."""
        typed = self.edit.text().strip()
        return read_day(typed, self._today()) if typed else None

    def is_readable(self) -> bool:
        """Whether it is a day, or nothing."""
        try:
            self.day()
        except ValueError:
            return False
        return True

    def _say(self) -> None:
        """Say the day back, with its weekday, as soon as it can be read."""
        day = self.day() if self.is_readable() else None
        self.said.setText("" if day is None else wording.long_day(day))
        self.changed.emit()


def _qdate(day: Day) -> QDate:
    from datetime import date

    it = date.fromordinal(day)
    return QDate(it.year, it.month, it.day)
