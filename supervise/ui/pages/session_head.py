"""The line of fields above a record: when it was held, where, whether it was interrupted, how long it took.

The length stands last, so that Tab goes on from there into the words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from supervise import wording
from supervise.doing.entering import read_time
from supervise.doing.sheet import Sheet
from supervise.doing.writing import Writing
from supervise.ui.bits import button, column, heading, label, notice
from supervise.ui.cards import STACKED_ABOVE
from supervise.ui.desk import Desk
from supervise.ui.flow import Flow
from supervise.ui.forms import DayEdit
from supervise.ui.pages.session_flow import beside

T = TypeVar("T")
_MORE = "More…"
_MOST = 24 * 60
_LONG = 45  # letters of the title beyond which it breaks into lines
_INTERRUPTED = ((None, "Interrupted?"), (False, "Not interrupted"), (True, "Interrupted"))
_TITLES = {"one_to_one": "Supervision with", "group": "Group supervision with",
           "ad_hoc": "Conversation with", "case": "Case supervision with"}  # fmt: skip


def title_of(kind: str, name: str) -> str:
    """ "Supervision with Niamh Clarke"."""
    return f"{_TITLES.get(kind, 'Supervision with')} {name}"


def against_policy(minutes: int | None, at_least: int | None) -> str:
    """A length against the policy's shortest, in words: "✓ 90", "▲ short of 90", "" where none is asked."""
    if at_least is None:
        return ""
    if minutes is None:
        return f"of {at_least}"
    return f"✓ {at_least}" if minutes >= at_least else f"▲ short of {at_least}"


class SupervisorBox(QComboBox):
    """Who supervised. The others who might have are read when somebody comes to choose."""

    def __init__(self, desk: Desk, sheet: Sheet) -> None:
        super().__init__()
        self._desk, self._sheet, self._is_full = desk, sheet, False
        self.setAccessibleName("Supervised by")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * _LONG)
        name = desk.workspace.here.name(sheet.supervisor) if sheet.supervisor else "nobody yet"
        self.addItem(name, sheet.supervisor)

    def _fill(self) -> None:
        if self._is_full:
            return
        from supervise.ui.dialogs.people_fields import supervisors

        self._is_full = True
        had = self.currentData()
        self.blockSignals(True)
        for person, name in supervisors(self._desk, self._sheet.person, also=had):
            if person != had:
                self.addItem(name, person)
        self.blockSignals(False)

    def showPopup(self) -> None:
        """Read who there is."""
        self._fill()
        super().showPopup()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Read who there is, for the arrow keys."""
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self._fill()
        super().focusInEvent(event)


class Head(QWidget):
    """Title and fields of one sheet. Each writes into the sheet what can be read; what cannot is marked, and
    stays as it was typed."""

    changed = Signal()

    def __init__(self, desk: Desk, sheet: Sheet, writing: Writing, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._sheet, self._writing = desk, sheet, writing
        self.title = heading(title_of(sheet.kind, desk.workspace.here.name(sheet.person)))
        self.supervisor = SupervisorBox(desk, sheet)
        self.held_on = DayEdit(desk.workspace.today)
        self.weekday = label("", quiet=True)
        self.start, self.place, self.minutes = QLineEdit(), QLineEdit(), QLineEdit()
        self.interrupted = QComboBox()
        self.length = label("", quiet=True)
        self.wrong = notice("", trouble=True)
        self._folded: list[QWidget] = []
        self._more = button(_MORE, self._turn, name="Start, place, interruptions and supervisor")
        self._make_fields()
        self._show()
        self._lay_out()
        self._connect()
        self._say_length()

    def _make_fields(self) -> None:
        self.held_on.said.hide()
        self.held_on.edit.setAccessibleName("Held on")
        self.start.setPlaceholderText("10:30")
        self.interrupted.setAccessibleName("Interrupted")
        for value, words in _INTERRUPTED:
            self.interrupted.addItem(words, value)
        self.fit()

    def fit(self) -> None:
        """As wide as what is typed there needs in these letters."""
        one = self.fontMetrics().averageCharWidth()
        for edit, wide in (
            (self.held_on.edit, 13),
            (self.start, 7),
            (self.place, 17),
            (self.minutes, 5),
        ):
            edit.setFixedWidth(one * wide + 18)
        if self._folded:  # before, they have no parent, and would be windows of their own
            self._fold()

    def _fold(self) -> None:
        """In large letters only what is asked of every record, so that the words below can be seen."""
        large = self._desk.memory["text_percent"] > STACKED_ABOVE
        for each in self._folded:
            each.setVisible(not large or self._more.text() != _MORE)
        self.weekday.setVisible(not large)
        self._more.setVisible(large)

    def _turn(self) -> None:
        self._more.setText(_MORE if self._more.text() != _MORE else "Fewer")
        self._fold()

    def _show(self) -> None:
        sheet = self._sheet
        self.held_on.set_day(sheet.held_on)
        self.start.setText(sheet.started_at or "")
        self.place.setText(sheet.place or "")
        self.minutes.setText("" if sheet.minutes is None else str(sheet.minutes))
        self.interrupted.setCurrentIndex(self.interrupted.findData(sheet.interrupted))

    def _lay_out(self) -> None:
        first, whole = QWidget(self), QWidget(self)
        above, fields = Flow(gap=16, line_gap=2), Flow()
        supervisor = beside(first, label("supervised by", quiet=True), self.supervisor)
        held_on = _field(whole, "He&ld on", self.held_on.edit, self.held_on, self.weekday)
        others = [
            _field(whole, "S&tart", self.start, self.start),
            _field(whole, "&Place", self.place, self.place),
            beside(whole, self.interrupted),
        ]
        self._folded = [supervisor, *others]
        above.addWidget(self.title)
        above.addWidget(supervisor)
        for each in (held_on, *others):
            fields.addWidget(each)
        fields.addWidget(_field(whole, "&Minutes", self.minutes, self.minutes, self.length))
        fields.addWidget(self._more)
        whole.setLayout(fields)
        first.setLayout(above)
        self.setLayout(column(first, whole, self.wrong, spacing=6))
        self.wrong.hide()
        self._fold()
        self.title.setWordWrap(len(self.title.text()) > _LONG)

    def _connect(self) -> None:
        self.held_on.changed.connect(self._typed)
        for edit in (self.start, self.place, self.minutes):
            edit.textEdited.connect(self._typed)
        for edit in (self.held_on.edit, self.start, self.minutes):
            edit.editingFinished.connect(self._left)
        for box in (self.interrupted, self.supervisor):
            box.currentIndexChanged.connect(self._typed)

    # What was typed

    def _typed(self, *_: object) -> None:
        self.gather()
        self._say_length()
        if self.wrong.isVisible():
            self.check()
        self.changed.emit()

    def gather(self) -> None:
        """Bring what can be read into the sheet."""
        sheet = self._sheet
        sheet.held_on = _or_none(self.held_on.day)
        sheet.started_at = _or_none(self._start)
        sheet.minutes = _or_none(self._minutes)
        if self.place.isModified():
            sheet.place = self.place.text() or None
        sheet.interrupted = self.interrupted.currentData()
        sheet.supervisor = self.supervisor.currentData()

    def _start(self) -> str | None:
        typed = self.start.text().strip()
        return read_time(typed) if typed else None

    def _minutes(self) -> int | None:
        typed = self.minutes.text().strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdecimal()) or len(typed) > 5 or int(typed) > _MOST:
            raise ValueError("Type the length in minutes, as a whole number such as 90.")
        return int(typed)

    def _say_length(self) -> None:
        length = self._writing.length_against_policy(self._sheet)
        said = against_policy(length.minutes, length.min_minutes)
        self.length.setText(said)
        self.minutes.setAccessibleDescription(f"Minutes held, {said}" if said else "Minutes held")
        on = self._sheet.held_on
        self.weekday.setText("" if on is None else wording.long_day(on)[:3])

    # What is wrong

    def _left(self) -> None:
        self.check()

    def check(self) -> QWidget | None:
        """Say what cannot be read; gives the first such field, or None."""
        first: QWidget | None = None
        said = ""
        readings: tuple[tuple[QLineEdit, Callable[[], object]], ...] = (
            (self.held_on.edit, self.held_on.day), (self.start, self._start), (self.minutes, self._minutes),
        )  # fmt: skip
        for edit, read in readings:
            sentence = _why_not(read)
            self._mark(edit, sentence)
            if sentence and first is None:
                first, said = edit, sentence
        self._unfold(first)
        self.wrong.setText(said)
        self.wrong.setVisible(bool(said))
        return first

    def _mark(self, edit: QLineEdit, sentence: str) -> None:
        if edit.property("wrong") != bool(sentence):
            edit.setProperty("wrong", bool(sentence))
            edit.setAccessibleDescription(sentence)
            edit.style().unpolish(edit)
            edit.style().polish(edit)

    def field(self, name: str) -> QWidget | None:
        """The field that a problem is about, or None."""
        found: dict[str, QWidget] = {
            "held_on": self.held_on, "started_at": self.start, "minutes": self.minutes,
            "supervisor": self.supervisor,
        }  # fmt: skip
        target = found.get(name)
        self._unfold(target)
        return target

    def _unfold(self, target: QWidget | None) -> None:
        """Show a field that is to have the keyboard."""
        if target is not None and any(
            each.isHidden() and each.isAncestorOf(target) for each in self._folded
        ):
            self._turn()


def _field(parent: QWidget, text: str, target: QWidget, *parts: QWidget) -> QWidget:
    """A field with its label, as one thing that does not break apart."""
    words = QLabel(text)
    words.setBuddy(target)
    if not target.accessibleName():
        target.setAccessibleName(text.replace("&", ""))
    return beside(parent, words, *parts)


def _or_none(read: Callable[[], T | None]) -> T | None:
    try:
        return read()
    except ValueError:
        return None


def _why_not(read: Callable[[], object]) -> str:
    try:
        read()
    except ValueError as error:
        return str(error)
    return ""
