"""What the dialogs of the diary share: warnings as typing pauses, and a file for somebody's own calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from supervise import wording
from supervise.doing.diary import Diary
from supervise.errors import NotAllowed, SuperviseError
from supervise.store import Change
from supervise.ui.bits import notice
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Dialog, announce
from supervise.ui.forms import DayEdit, Form
from supervise.workdays import Day

PAUSE = 300
"""Milliseconds without a key after which somebody has paused."""

FAR = 366
"""Days from today beyond which a booking is worth a second look."""


class ForCalendar(NamedTuple):
    """A session to be written to a file of its own, and what its file's name says of it."""

    session: str
    name: str


class DiaryDialog(Dialog):
    """A dialog that looks at what was typed whenever typing pauses, and stops nobody by what it sees."""

    def __init__(self, desk: Desk, parent: QWidget, title: str, sentence: str, *, does: str) -> None:
        super().__init__(desk, parent, title, sentence, does=does)
        self.diary = Diary(desk.workspace.here)
        self.warned = notice("")
        self.warned.hide()
        self.to_calendar = QCheckBox("Also save a calendar file (.&ics)…")
        self.to_calendar.setAccessibleDescription(
            "You are asked where. The file is private: it says that there is a supervision, when and where."
        )
        self.with_initials = QCheckBox("With the worker’s in&itials in it")
        self.with_initials.hide()
        self.to_calendar.toggled.connect(self._ask_for_initials)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.look)
        self._then: tuple[list[ForCalendar], str] | None = None
        self._doubts_said: tuple[str, ...] = ()

    def lay_out_rest(self) -> None:
        """What stands below every form of the diary."""
        for part in (self.warned, self.to_calendar, self.with_initials):
            self.body.addWidget(part)

    def watch(self, *forms: Form) -> None:
        """Look again when something in these was altered and typing has paused."""
        for form in forms:
            for made in form.inputs.values():
                _altered(made).connect(self._pause_begins)

    def _pause_begins(self) -> None:
        self._pause.start()

    def _ask_for_initials(self, wanted: bool) -> None:
        self.with_initials.setVisible(wanted)
        self.fit()

    def sees(self) -> Sequence[str]:
        """What there is to look at in what stands there now, in sentences."""
        return ()

    def look(self) -> None:
        """Show what there is to look at."""
        self._pause.stop()
        said = "\n".join(self.sees())
        if said != self.warned.text():
            self.warned.setText(said)
            self.warned.setVisible(bool(said))
            announce(self.warned, said)
        self.fit()

    def not_yet_seen(self) -> list[str]:
        """What there is to look at and was not shown, because somebody was quicker than the pause."""
        return [each for each in self.sees() if each not in self.warned.text().split("\n")]

    def must_look_again(self, person: str, on: Day, at: str | None, ignoring: str = "") -> bool:
        """Whether it hardly can be meant: that is said once, and the same chosen again is done."""
        found = tuple(_doubts(self.diary, self.desk.today, person, on, at, ignoring))
        if not found or found == self._doubts_said:
            return False
        self._doubts_said = found
        does = self.main.text().replace("&", "")
        self.trouble(f"{' '.join(found)} If it is meant so, choose “{does}” again.")
        self.fit()
        return True

    def fit(self) -> None:
        """As tall as what is in it, and no taller than the window; it does not shrink under the hand."""
        if not self.isVisible():
            return
        if (inside := self.inner.layout()) is not None:
            inside.activate()
        wide = self.area.viewport().width()
        tall = max(self.inner.heightForWidth(wide), self.inner.minimumSizeHint().height())
        tall += self.buttons.sizeHint().height() + self.fontMetrics().height() * 2
        self.resize(self.width(), min(max(tall, self.height()), self._over.window().height() - 20))

    def refuse_what_cannot_be(self) -> None:
        """NotAllowed while another day is looked at, and in a service store."""
        self.desk.refuse_if_not_today()
        if self.desk.workspace.is_service:
            raise NotAllowed(
                "This is a service store: its facts come from the teams’ exports.",
                "Book it in the team’s own store.",
            )

    def tell(self, change: Change, said: str, *sessions: ForCalendar) -> None:
        """Tell what was done; once the dialog is closed, ask where the calendar file goes, if one is wanted."""
        self.desk.did(change, said)
        if self.to_calendar.isChecked():
            self._then = list(sessions), said

    def done(self, result: int) -> None:
        """Close; then comes the calendar file."""
        super().done(result)
        if self._then is not None:
            sessions, said = self._then
            self._then = None
            window = self._over.window()
            EventFile(self.desk, window, sessions, said, self.with_initials.isChecked()).open()


class EventFile(QFileDialog):
    """Asks where an event goes, and writes it. More than one event goes into files side by side, because
    calendars take one of each."""

    def __init__(
        self, desk: Desk, parent: QWidget, sessions: Sequence[ForCalendar], said: str, initials: bool
    ) -> None:
        super().__init__(parent, "Save for the calendar", "", "Calendar (*.ics)")
        self._desk, self._sessions, self._said, self._initials = desk, sessions, said, initials
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setDefaultSuffix("ics")
        self.selectFile(f"supervision-{sessions[0].name}.ics")
        self.fileSelected.connect(self._write)

    def _write(self, chosen: str) -> None:
        with self._desk.trying():
            names = [path.name for path in self._written(Path(chosen))]
            self._desk.notifier.note(f"{self._said} Saved as {' and '.join(names)}.", undo=True)

    def _written(self, first: Path) -> Iterator[Path]:
        for at, each in enumerate(self._sessions):
            path = first if at == 0 else first.with_name(f"{first.stem}-{each.name}{first.suffix}")
            stamp = self._desk.now()
            Diary(self._desk.workspace.here).save_event(
                each.session, path, stamp=stamp, with_initials=self._initials
            )
            yield path


def _doubts(
    diary: Diary, today: Day, person: str, on: Day, at: str | None, ignoring: str
) -> Iterator[str]:
    """What hardly anybody means by a booking. `ignoring` is the session that it takes the place of."""
    if on < today:
        yield f"{wording.long_day(on)} is in the past."
    if on > today + FAR:
        yield f"{wording.long_day(on)} is more than a year ahead. Is the year right?"
    for entry in diary.between(on, on):
        same = entry.person == person and (entry.at or None) == (at or None)
        if same and entry.status == "planned" and entry.session != ignoring:
            time = f"at {at}" if at else "without a time"
            yield f"{entry.name} is already booked for that day {time}."
            return


def chosen_whole(form: Form, name: str) -> DayEdit:
    """A form's day, with all that is in it chosen."""
    made = form.inputs[name]
    assert isinstance(made, DayEdit)
    made.edit.selectAll()
    return made


def seen(look: Callable[[], list[str]]) -> list[str]:
    """What a look at a booking tells; what cannot be booked at all says so itself."""
    try:
        return look()
    except SuperviseError as error:
        return [str(error)]


def readable(form: Form, name: str) -> Any:
    """A field's value as far as it can be read; None where it cannot, or nothing is there."""
    try:
        return form.value(name)
    except ValueError:
        return None


def _altered(made: QWidget) -> Any:
    """The signal by which an input says that it was altered."""
    if isinstance(made, DayEdit):
        return made.changed
    if isinstance(made, QComboBox):
        return made.currentTextChanged
    assert isinstance(made, QLineEdit | QPlainTextEdit)
    return made.textChanged
