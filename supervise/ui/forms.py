"""Forms are described as fields: a label with its key, what may be typed, and what is wrong in words.

A form never loses what was typed: what cannot be read stays as it is, marked, with a sentence below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from supervise import wording
from supervise.doing.entering import read_day, read_time
from supervise.ui.bits import label, row
from supervise.workdays import Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: its `name` in the values, its `label` with an & before its key, and a `hint` below it.

    `kind` is text, long (several lines), day, time, count, choice, check or secret; `choices` are pairs of
    value and words; `typed` lets other words than the choices be typed.
    """

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    choices: Sequence[tuple[Any, str]] = ()
    typed: bool = False
    required: bool = False
    value: Any = None
    high: int = 1_000


class DayEdit(QWidget):
    """A day as people type it, with a calendar to pick from, and said back as it was understood."""

    changed = Signal()

    def __init__(self, today: Callable[[], Day], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("14 Mar 2017, 14/3 or Thu")
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
        self.edit.setText("" if day is None else wording.day(day))

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


class Form(QWidget):
    """Fields below one another. `values` gives what was typed, or says what is wrong and gives None."""

    def __init__(
        self, fields: Sequence[Field], today: Callable[[], Day], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.fields = tuple(fields)
        self._today = today
        self.inputs: dict[str, QWidget] = {}
        self._said: dict[str, QLabel] = {}
        self._layout = QFormLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for field in self.fields:
            self._add(field)

    def _add(self, field: Field) -> None:
        made = _input(field, self._today)
        plain = field.label.replace("&", "")
        target = made.edit if isinstance(made, DayEdit) else made
        target.setAccessibleName(plain + (", needed" if field.required else ""))
        target.setAccessibleDescription(field.hint)
        said = label(field.hint, quiet=True, wrap=True)
        if isinstance(made, QCheckBox):
            self._layout.addRow("", made)
        else:
            words = QLabel(field.label)
            words.setBuddy(target)
            self._layout.addRow(words, made)
        self._layout.addRow("", said)
        said.setVisible(bool(field.hint))  # not before: on its own it would be a window
        self.inputs[field.name], self._said[field.name] = made, said
        if field.value is not None:
            self.set_value(field.name, field.value)

    def field(self, name: str) -> Field:
        """The description of a field."""
        return next(field for field in self.fields if field.name == name)

    def set_value(self, name: str, value: Any) -> None:
        """Show a value as if it had been entered."""
        made = self.inputs[name]
        if isinstance(made, DayEdit):
            made.set_day(value)
        elif isinstance(made, QComboBox):
            at = made.findData(value)
            if at < 0 and made.isEditable():
                made.setEditText("" if value is None else str(value))
            else:
                made.setCurrentIndex(max(at, 0))
        elif isinstance(made, QCheckBox):
            made.setChecked(bool(value))
        elif isinstance(made, QPlainTextEdit):
            made.setPlainText("" if value is None else str(value))
        elif isinstance(made, QLineEdit):
            made.setText("" if value is None else str(value))

    def value(self, name: str) -> Any:
        """One field's value, None for nothing. ValueError, in words, for what cannot be read."""
        field, made = self.field(name), self.inputs[name]
        if isinstance(made, DayEdit):
            return made.day()
        if isinstance(made, QComboBox):
            return _chosen(made)
        if isinstance(made, QCheckBox):
            return made.isChecked()
        if isinstance(made, QPlainTextEdit):
            return made.toPlainText().strip() or None
        assert isinstance(made, QLineEdit)
        typed = made.text() if field.kind == "secret" else made.text().strip()
        return _read(field, typed) if typed else None

    def values(self) -> dict[str, Any] | None:
        """All of them by name; None if something is wrong, which is then said and the first is gone to."""
        found: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for field in self.fields:
            try:
                found[field.name] = self.value(field.name)
            except ValueError as error:
                wrong[field.name] = str(error)
                continue
            if field.required and found[field.name] is None:
                wrong[field.name] = f"{field.label.replace('&', '')} is needed."
        self.mark(wrong)
        return None if wrong else found

    def mark(self, wrong: Mapping[str, str]) -> None:
        """Say what is wrong at each field, and go to the first of them."""
        for field in self.fields:
            said, made = self._said[field.name], self.inputs[field.name]
            sentence = wrong.get(field.name)
            said.setText(sentence or field.hint)
            said.setVisible(bool(sentence or field.hint))
            said.setProperty("trouble", bool(sentence))
            target = made.edit if isinstance(made, DayEdit) else made
            target.setProperty("wrong", bool(sentence))
            target.setAccessibleDescription(sentence or field.hint)
            for each in (said, target):
                each.style().unpolish(each)
                each.style().polish(each)
        first = next((field.name for field in self.fields if field.name in wrong), None)
        if first is not None:
            self.inputs[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def first(self) -> QWidget:
        """The first field that has nothing in it, else the first."""
        for field in self.fields:
            made = self.inputs[field.name]
            if isinstance(made, DayEdit) and not made.edit.text():
                return made
            if isinstance(made, QLineEdit) and not made.text():
                return made
        return self.inputs[self.fields[0].name]


def _input(field: Field, today: Callable[[], Day]) -> QWidget:
    if field.kind == "day":
        return DayEdit(today)
    if field.kind == "choice":
        return _choice(field)
    if field.kind == "check":
        return QCheckBox(field.label)
    if field.kind == "long":
        long = QPlainTextEdit()
        long.setTabChangesFocus(True)
        long.setFixedHeight(long.fontMetrics().height() * 5)
        return long
    line = QLineEdit()
    if field.kind == "secret":
        line.setEchoMode(QLineEdit.EchoMode.Password)
    if field.kind == "time":
        line.setPlaceholderText("10:30")
    return line


def _choice(field: Field) -> QComboBox:
    made = QComboBox()
    made.setEditable(field.typed)
    made.setInsertPolicy(
        QComboBox.InsertPolicy.NoInsert
    )  # Enter would add what was typed as a choice of nothing
    if not field.required:
        made.addItem("" if field.typed else "–", None)
    for value, words in field.choices:
        made.addItem(words, value)
    if field.typed:
        made.setCurrentIndex(0 if not field.required else -1)
    return made


def _chosen(made: QComboBox) -> Any:
    if not made.isEditable():
        return made.currentData()
    typed = " ".join(made.currentText().split())
    at = made.findText(typed, Qt.MatchFlag.MatchFixedString)
    return (made.itemData(at) if at >= 0 else typed) if typed else None


def _read(field: Field, typed: str) -> Any:
    if field.kind == "time":
        return read_time(typed)
    if field.kind == "count":
        if not typed.isdecimal() or not 0 <= int(typed) <= field.high:
            raise ValueError(f"Type a whole number from 0 to {field.high:,}.")
        return int(typed)
    return typed
