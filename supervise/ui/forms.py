"""Forms are described as fields: a label with its key, what may be typed, and what is wrong in words.

A form never loses what was typed: what cannot be read stays as it is, marked, with a sentence below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from supervise.doing.entering import read_time
from supervise.ui.bits import label
from supervise.ui.dialogs.dialog import announce
from supervise.ui.inputs import FULL, DayEdit, FieldLabel, LineEdit, LongEdit
from supervise.workdays import Day

__all__ = ["DayEdit", "Field", "Form"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: its `name` in the values, its `label` with an & before its key, and a `hint` below it.

    `kind` is text, long (several lines), day, time, count, choice, check or secret; `choices` are pairs of
    value and words; `typed` lets other words than the choices be typed. A choice that is required begins
    empty: nothing is stored that nobody chose.
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
            words = FieldLabel(field.label)
            words.setBuddy(target)
            self._layout.addRow(words, made)
        self._layout.addRow("", said)
        said.setVisible(bool(field.hint))  # not before: on its own it would be a window
        self.inputs[field.name], self._said[field.name] = made, said
        if (line := _line_of(made)) is not None:
            line.overflowed.connect(partial(self._say_full, field.name))
        if field.value is not None:
            self.set_value(field.name, field.value)

    def field(self, name: str) -> Field:
        """The description of a field."""
        return next(field for field in self.fields if field.name == name)

    def hint(self, name: str) -> str:
        """The quiet words below a field: its own, or that it is full."""
        line = _line_of(self.inputs[name])
        return FULL if line is not None and line.is_cut else self.field(name).hint

    def _say_full(self, name: str) -> None:
        """Say that not all that was typed or pasted went in."""
        self._mark(name, "")
        announce(self._said[name], FULL)

    def set_value(self, name: str, value: Any) -> None:
        """Show a value as if it had been entered."""
        made = self.inputs[name]
        if isinstance(made, DayEdit):
            made.set_day(value)
        elif isinstance(made, QComboBox):
            at = made.findData(value)
            if at < 0 and made.isEditable():
                _show(made.lineEdit(), value)
            else:
                made.setCurrentIndex(at if self.field(name).required else max(at, 0))
        elif isinstance(made, QCheckBox):
            made.setChecked(bool(value))
        else:
            _show(made, value)

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
            self._mark(field.name, wrong.get(field.name, ""))
        first = next((field.name for field in self.fields if field.name in wrong), None)
        if first is not None:
            self.inputs[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self, name: str, wrong: str) -> None:
        """Below a field, what is wrong with it or else its quiet words."""
        said, made, hint = self._said[name], self.inputs[name], self.hint(name)
        said.setText(wrong or hint)
        said.setVisible(bool(wrong or hint))
        said.setProperty("trouble", bool(wrong))
        target = made.edit if isinstance(made, DayEdit) else made
        target.setProperty("wrong", bool(wrong))
        target.setAccessibleDescription(wrong or hint)
        for each in (said, target):
            each.style().unpolish(each)
            each.style().polish(each)

    def first(self) -> QWidget:
        """The first field that is needed and has nothing in it, else the first that has nothing in it, else
        the first."""
        empty = [field for field in self.fields if _is_empty(self.inputs[field.name])]
        needed = [field for field in empty if field.required]
        return self.inputs[(needed or empty or self.fields)[0].name]


def _input(field: Field, today: Callable[[], Day]) -> QWidget:
    if field.kind == "day":
        return DayEdit(today)
    if field.kind == "choice":
        return _choice(field)
    if field.kind == "check":
        return QCheckBox(field.label)
    if field.kind == "long":
        return LongEdit()
    if field.kind == "secret":
        secret = QLineEdit()
        secret.setEchoMode(QLineEdit.EchoMode.Password)
        return secret
    line = LineEdit()
    if field.kind == "time":
        line.setPlaceholderText("such as 10:30")
    return line


def _choice(field: Field) -> QComboBox:
    made = QComboBox()
    if field.typed:
        made.setEditable(True)
        line = LineEdit()
        line.make_room(max((len(words) for _, words in field.choices), default=0))
        made.setLineEdit(line)
    # Enter would add what was typed as a choice of nothing
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    if not field.required:
        made.addItem("" if field.typed else "–", None)
    for value, words in field.choices:
        made.addItem(words, value)
    made.setCurrentIndex(-1 if field.required else 0)
    if not field.typed:
        made.setPlaceholderText("Choose …")
    return made


def _line_of(made: QWidget) -> LineEdit | None:
    """The line of an input that words are typed into, if it has one that can be full."""
    if isinstance(made, DayEdit):
        return made.edit
    line = made.lineEdit() if isinstance(made, QComboBox) else made
    return line if isinstance(line, LineEdit) else None


def _show(made: QWidget | None, value: Any) -> None:
    text = "" if value is None else str(value)
    if isinstance(made, LineEdit | LongEdit):
        made.show_text(text)
    elif isinstance(made, QLineEdit):
        made.setText(text)


def _is_empty(made: QWidget) -> bool:
    if isinstance(made, QCheckBox):
        return False
    if isinstance(made, QComboBox):
        return made.currentData() is None and not (made.isEditable() and made.currentText().strip())
    if isinstance(made, QPlainTextEdit):
        return made.document().isEmpty()
    line = made.edit if isinstance(made, DayEdit) else made
    return isinstance(line, QLineEdit) and not line.text().strip()


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
        # So many figures first: of thousands no number is made.
        figures = typed.lstrip("0") or "0"
        if not typed.isdecimal() or len(figures) > len(str(field.high)) or int(figures) > field.high:
            raise ValueError(f"Type a whole number from 0 to {field.high:,}.")
        return int(figures)
    return typed
