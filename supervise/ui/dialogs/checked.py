"""Dialogs that enter a fact: whenever typing pauses, what is wrong or worth a look stands at its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from supervise.doing.entering import Problem
from supervise.errors import NotAllowed
from supervise.presence import weekdays
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Dialog
from supervise.ui.forms import DayEdit, Form
from supervise.ui.inputs import FULL

PAUSE = 400
"""Milliseconds without a key after which somebody has paused."""


_REPEATED = 40
"""Letters of what was typed that a sentence repeats."""


class CheckedDialog(Dialog):
    """A dialog with a form whose fields are looked at whenever typing pauses.

    `problems` says what there is to be said of what stands in the form. What forbids saving stops `allowed`;
    what is only worth a look is said at its field and stops nobody.
    """

    form: Form

    def check(self, form: Form) -> None:
        """Take that form as the one looked at. Called once, when the dialog is laid out."""
        self.form = form
        self.body.addWidget(form)
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE)
        self.pause.timeout.connect(self.look)
        for made in form.inputs.values():
            _typing_in(made).connect(self._typed)

    def problems(self) -> Iterable[Problem]:
        """What there is to be said of what stands in the form, however little that is yet."""
        raise NotImplementedError

    def after_pause(self) -> None:
        """What else follows from what was typed, such as fields that are only asked for then."""

    def hints(self) -> Mapping[str, str]:
        """Quiet words below fields, by name, in place of those that the form began with."""
        return {}

    def read_so_far(self) -> dict[str, Any]:
        """The values of the form that can be read; None for the others."""
        return {field.name: _value_or_none(self.form, field.name) for field in self.form.fields}

    def look(self) -> None:
        """Say at each field what there is to be said of it. Nobody is told that a field is empty which they
        have not come to yet."""
        self.after_pause()
        self._say(self.problems())
        grow(self)

    def _say(self, problems: Iterable[Problem]) -> None:
        said = {problem.field: problem for problem in reversed(list(problems))}
        hints = self.hints()
        for field in self.form.fields:
            sentence, forbids = _unreadable(self.form, field.name), True
            if not sentence and field.name in said and _value_or_none(self.form, field.name) is not None:
                sentence, forbids = said[field.name].sentence, said[field.name].forbids
            sentence = brief(sentence, _value_or_none(self.form, field.name))
            quiet = FULL if (hint := self.form.hint(field.name)) == FULL else hints.get(field.name, hint)
            say_at(self.form, field.name, sentence or quiet,
                   trouble=bool(sentence) and forbids, worth_a_look=bool(sentence) and not forbids)  # fmt: skip

    def allowed(self) -> bool:
        """Whether what stands in the form may be saved; what forbids it is marked, and gone to."""
        if self.form.values() is None:
            self.after_pause()
            return False
        wrong = {problem.field: problem.sentence for problem in self.problems() if problem.forbids}
        shown = {
            name: brief(sentence, _value_or_none(self.form, name))
            for name, sentence in wrong.items()
            if name in self.form.inputs
        }
        if shown:
            self.form.mark(shown)
        elif wrong:
            self.trouble(next(iter(wrong.values())))
        self.after_pause()  # marking shows what is said below every field, asked for or not
        return not wrong

    def _typed(self, *_: object) -> None:
        self.pause.start()


def refuse_if_not_ours(desk: Desk) -> None:
    """NotAllowed while another day is looked at, and in a service store."""
    desk.refuse_if_not_today()
    if desk.workspace.is_service:
        raise NotAllowed(
            "This is a service store: its facts come from the teams’ exports.",
            "Have it done in the team’s own store, then bring in its next export.",
        )


def grow(dialog: Dialog) -> None:
    """Make room for what has come into a dialog since it opened, as far as the window goes."""
    inner, over = dialog.inner.sizeHint(), dialog.parentWidget()
    assert over is not None, "it stands over the window"
    window = over.window()
    wide = min(max(inner.width() + 30, dialog.width()), window.width() - 40)
    tall = min(inner.height() + dialog.fontMetrics().height() * 5, window.height() - 20)
    if dialog.isVisible() and (wide > dialog.width() or tall > dialog.height()):
        dialog.resize(wide, max(tall, dialog.height()))


def about_days(post: Mapping[str, Any]) -> list[Problem]:
    """Working days that cannot be read as weekdays: they are kept, and every weekday is taken."""
    text = post.get("days")
    if not text or weekdays(str(text)) is not None:
        return []
    told = "This cannot be read as weekdays, so that dates are proposed on any of them."
    return [Problem("days", told, False)]


def brief(sentence: str, typed: object) -> str:
    """The sentence, repeating no more of what was typed than is needed to know it again."""
    said = str(typed)
    return sentence.replace(said, f"{said[:_REPEATED]}…") if len(said) > _REPEATED else sentence


def say_at(
    form: Form, name: str, sentence: str, *, trouble: bool = False, worth_a_look: bool = False
) -> None:
    """Say something below a field without going there, for somebody may be typing elsewhere."""
    said = _said_of(form, name)
    if (said.text(), bool(said.property("trouble")), bool(said.property("notice"))) == (
        sentence, trouble, worth_a_look,
    ):  # fmt: skip
        return
    said.setText(sentence)
    said.setVisible(bool(sentence) and form.inputs[name].isVisibleTo(form))
    made = form.inputs[name]
    target = made.edit if isinstance(made, DayEdit) else made
    target.setAccessibleDescription(sentence)
    target.setProperty("wrong", trouble)
    said.setProperty("trouble", trouble)
    said.setProperty("notice", worth_a_look)
    for each in (said, target):
        each.style().unpolish(each)
        each.style().polish(each)
    QApplication.sendEvent(said, QEvent(QEvent.Type.StyleChange))  # or no room is made around its words


def show_fields(form: Form, shown: Mapping[str, bool]) -> None:
    """Show or hide fields, each with its label and what is said below it."""
    layout = form.layout()
    assert isinstance(layout, QFormLayout)
    for name, wanted in shown.items():
        layout.setRowVisible(form.inputs[name], wanted)
        said = _said_of(form, name)
        layout.setRowVisible(said, wanted and bool(said.text()))
        said.setVisible(wanted and bool(said.text()))


def _said_of(form: Form, name: str) -> QLabel:
    """The label below a field: the next row of the form's layout."""
    layout = form.layout()
    assert isinstance(layout, QFormLayout)
    at: int = layout.getWidgetPosition(form.inputs[name])[0]  # type: ignore[index]
    item = layout.itemAt(at + 1, QFormLayout.ItemRole.FieldRole)
    said = item.widget() if item else None
    assert isinstance(said, QLabel)
    return said


def _unreadable(form: Form, name: str) -> str:
    try:
        form.value(name)
    except ValueError as error:
        return str(error)
    return ""


def _value_or_none(form: Form, name: str) -> Any:
    try:
        return form.value(name)
    except ValueError:
        return None


def _typing_in(made: QWidget) -> Any:
    """The signal by which a field says that something was typed or chosen in it."""
    if isinstance(made, DayEdit):
        return made.changed
    if isinstance(made, QComboBox):
        return made.currentTextChanged
    if isinstance(made, QCheckBox):
        return made.toggled
    assert isinstance(made, QLineEdit | QPlainTextEdit)
    return made.textChanged
