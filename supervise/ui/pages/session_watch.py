"""What is to be said about words, once somebody pauses: what may name a child, and what repeats last time."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from supervise.doing.last_time import LastTime
from supervise.errors import BadQuestion, SuperviseError
from supervise.identifying import Suspect, suspects
from supervise.likeness import remark
from supervise.ui.background import Job
from supervise.ui.bits import button, column, notice, row
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Dialog, announce
from supervise.ui.forms import Field, Form
from supervise.ui.pages.session_editor import Box, PlainEdit, titled

PAUSE = 500
"""Milliseconds without a key after which what was written is looked at."""


@dataclass(slots=True)
class Around:
    """What words are looked at beside: `names` that may be written, the person's `cases`, the words of
    last time, and what the writer has said is to be left (in this sitting)."""

    names: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    last: LastTime | None = None
    left: set[str] = field(default_factory=set)

    def before(self, title: str) -> str:
        """What was written under that heading last time."""
        if self.last is None:
            return ""
        return self.last.texts.get(title) or ""


class Seen(NamedTuple):
    """What was seen in a text: what may name a child, and whether it repeats last time's."""

    text: str
    suspects: tuple[Suspect, ...]
    remark: str | None


def look(text: str, before: str, names: tuple[str, ...], cases: tuple[str, ...]) -> Seen:
    """Look at a text: plain work on plain values, to be done beside the window."""
    return Seen(text, tuple(suspects(text, names, cases)), remark(text, before))


class Watch(QWidget):
    """What is to be said about the words of one editor, below it: looked at when somebody pauses, beside the
    window, and only where something was written."""

    seen = Signal(object)  # Seen

    def __init__(self, desk: Desk, edit: PlainEdit, title: str, around: Around, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._edit, self._title, self._around = desk, edit, title, around
        self._job: Job | None = None
        self._suspect: Suspect | None = None
        self._seen = Seen("", (), None)
        self.said = notice("")
        self.use = button("Use a case number…", self._choose_case, link=True)
        self.leave = button("Leave it", self._leave, link=True)
        self.same = notice("")
        self.links = QWidget(self)
        self.links.setLayout(row(self.use, self.leave, None, spacing=4))
        self.setLayout(column(self.said, self.links, self.same, spacing=2))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.look)
        edit.textChanged.connect(self._changed)
        self._show()

    def _changed(self) -> None:
        self._pause.start()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def look(self) -> None:
        """Look at what stands there now, unless the window is closing."""
        self._pause.stop()
        if not self.window().isVisible():
            return
        text = self._edit.words()
        around = self._around
        work = partial(look, text, around.before(self._title), around.names, around.cases)
        self._job = self._desk.background.run(work, self._looked, self._failed)

    def let_go(self) -> None:
        """Nothing more is to be said."""
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()

    def _failed(self, error: SuperviseError) -> None:
        self._desk.notifier.trouble(error)

    def _looked(self, seen: Seen) -> None:
        self._job, self._seen = None, seen
        self._show()
        self.seen.emit(seen)

    def _show(self) -> None:
        found = [each for each in self._seen.suspects if each.words not in self._around.left]
        before, self._suspect = self._suspect, next(iter(found), None)
        said = self._suspect.sentence if self._suspect else ""
        if len(found) > 1:
            said += f" There is more of this kind ({len(found) - 1})."
        self.said.setText(said)
        self.same.setText(self._seen.remark or "")
        for each, shown in ((self.said, said), (self.links, said), (self.same, self._seen.remark)):
            each.setVisible(bool(shown))
        self.setVisible(bool(said or self._seen.remark))
        if self._suspect and (before is None or before.words != self._suspect.words):
            announce(self.said, said)

    def _leave(self) -> None:
        """The writer knows better; the same words are not asked about again."""
        if self._suspect is not None:
            self._around.left.add(self._suspect.words)
        self._edit.setFocus()
        self._show()

    def _choose_case(self) -> None:
        """Ask for the number that is to stand in the place of the words."""
        if self._suspect is not None:
            CaseDialog(self._desk, self, self._suspect.words).show_over()

    @property
    def cases(self) -> tuple[str, ...]:
        """The case numbers to choose from."""
        return self._around.cases

    def put_case(self, ref: str) -> None:
        """Put a case number in the place of the words. BadQuestion if other words stand there by now."""
        cursor = self._select()
        if cursor is None or self._suspect is None:
            raise BadQuestion("Those words are not there any more.", "Close this, and look again.")
        before = self._edit.words()[: self._suspect.start].rstrip().casefold()
        cursor.insertText(ref if before.endswith("case") else f"case {ref}")
        self._edit.setFocus()
        self.look()

    def _select(self) -> QTextCursor | None:
        """The words asked about; None if other words stand there by now."""
        suspect, text = self._suspect, self._edit.words()
        if suspect is None or text != self._seen.text:
            return None
        cursor = QTextCursor(self._edit.document())
        cursor.setPosition(_units(text[: suspect.start]))
        cursor.setPosition(_units(text[: suspect.end]), QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _units(text: str) -> int:
    """How many places Qt gives a text: a letter beyond the first 65,536 takes two."""
    return len(text) + sum(letter > "\uffff" for letter in text)


class CaseDialog(Dialog):
    """The number of the case that some words are about: one of the person's, or another that is typed."""

    def __init__(self, desk: Desk, watch: Watch, words: str) -> None:
        super().__init__(
            desk, watch, "Use a case number",
            f"It is put in the place of “{words}”. What is decided belongs on the child’s own file.",
            does="Use it",
        )  # fmt: skip
        self._watch = watch
        field = Field(
            name="ref", label="&Case number", kind="choice", typed=True, required=True,
            choices=[(ref, ref) for ref in watch.cases],
        )  # fmt: skip
        self.form = Form([field], desk.workspace.today)
        self.body.addWidget(self.form)

    def start_here(self) -> QWidget | None:
        """On the number."""
        return self.form.inputs["ref"]

    def submit(self) -> bool:
        """Put it there."""
        values = self.form.values()
        if values is not None:
            self._watch.put_case(values["ref"])
        return values is not None


class TextPart(QWidget):
    """A heading with its prompt, the words under it, and what is to be said of them."""

    changed = Signal()
    looked = Signal()

    def __init__(
        self,
        desk: Desk,
        title: str,
        prompt: str | None,
        text: str,
        around: Around,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.box = Box(self)
        self.edit = PlainEdit(title, text, self.box)
        self.edit.setMinimumHeight(self.edit.fontMetrics().lineSpacing() * 4)
        self.edit.setAccessibleDescription(prompt or "")
        self.watch = Watch(desk, self.edit, title, around, self.box)
        self.box.fill(self.edit, titled(title, prompt, self.box), self.watch)
        self.setLayout(column(self.box, spacing=0))
        self.edit.textChanged.connect(self.changed)
        self.watch.seen.connect(self.looked)
        self.setFocusProxy(self.edit)

    def start_here(self) -> QWidget:
        """Where the keyboard begins."""
        return self.edit

    def let_go(self) -> None:
        """It is about to go."""
        self.watch.let_go()
