"""Putting a hold on records, deleting them for good, and the new key that belongs to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from supervise import wording
from supervise.doing.retention import Looked, Retention
from supervise.errors import SuperviseError
from supervise.store import Change
from supervise.store.purge import prepare_key
from supervise.store.rekeying import NewKeys
from supervise.store.retention import Leaver
from supervise.ui.bits import label, notice
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Dialog
from supervise.ui.forms import Field, Form


class HoldDialog(Dialog):
    """Asks why somebody's records must stay."""

    def __init__(self, desk: Desk, parent: QWidget, leaver: Leaver) -> None:
        super().__init__(
            desk, parent, f"Put a hold on the records of {leaver.name}",
            "While the hold is on, nobody deletes them, whatever their age. Anybody can take it off again; the history "
            "shows who.",
            does="Put it on",
        )  # fmt: skip
        self._leaver = leaver
        hint = "Who asked for it, and why: an inquiry, a claim, an investigation."
        self.form = Form(
            [Field(name="reason", label="&Reason", kind="long", required=True, hint=hint)],
            desk.workspace.today,
        )
        self.body.addWidget(self.form)

    def start_here(self) -> QWidget | None:
        """On the reason."""
        return self.form.inputs["reason"]

    def submit(self) -> bool:
        """Put it on."""
        if (values := self.form.values()) is None:
            return False
        self.desk.did(Retention(self.desk.workspace.here).hold(self._leaver.id, values["reason"]))
        return True


class _Working(Dialog):
    """A dialog that stays while something is done that cannot be stopped half-way."""

    _is_busy = False

    def add(self, form: Form, busy: str) -> None:
        """What is typed here, and what is said while it is done."""
        self.form = form
        self.busy = label(busy, quiet=True, wrap=True)
        self.busy.hide()
        self.body.addWidget(form)
        self.body.addWidget(self.busy)

    def start_here(self) -> QWidget | None:
        """In the first field."""
        return self.form.first()

    def reject(self) -> None:
        """Close it, unless something is being done."""
        if not self._is_busy:
            super().reject()

    def begin(self) -> None:
        """From here on it is being done."""
        self._set_busy(True)

    def refused(self, error: SuperviseError) -> None:
        """It was not done: say why."""
        self._set_busy(False)
        self.trouble(str(error))
        self.form.first().setFocus()

    def end(self) -> None:
        """It is done."""
        self._set_busy(False)
        self.accept()

    def _set_busy(self, busy: bool) -> None:
        self._is_busy = busy
        self.busy.setVisible(busy)
        for each in (self.form, self.main, self.close_button):
            each.setEnabled(not busy)


class DeleteDialog(_Working):
    """Shows what goes with somebody's records, and deletes them when their name has been typed."""

    deleted = Signal(object)  # the Change

    def __init__(self, desk: Desk, parent: QWidget, looked: Looked) -> None:
        leaver = looked.leaver
        super().__init__(
            desk, parent, f"Delete the records of {leaver.name} for good",
            f"They left on {wording.day(leaver.left_on)}. This cannot be undone.",
            does="Delete for good",
        )  # fmt: skip
        self._person = leaver.id
        drafts = f" {wording.counted(looked.drafts, 'unfinished record')} too." if looked.drafts else ""
        self.body.addWidget(
            label(f"It takes {looked.takes}, with their whole history.{drafts}", wrap=True)
        )
        for sentence in filter(None, (looked.leaves, looked.mentioned)):
            self.body.addWidget(notice(sentence))
        kept = (
            "Backups made until now still hold it. You can delete them afterwards. Papers that were printed and files "
            "that were saved are for you to destroy."
        )
        self.body.addWidget(label(kept, quiet=True, wrap=True))
        name = Field(
            name="name", label="&Their name", required=True, hint=f"Type {leaver.name} if you mean it."
        )
        self.add(Form([name], desk.workspace.today), "Deleting, and writing the file anew …")

    def submit(self) -> bool:
        """Delete them, if it is the name."""
        if (values := self.form.values()) is not None:
            self.begin()
            work = Retention(self.desk.workspace.here, practice=self.desk.is_practice)
            steps = work.deleting(self._person, values["name"])
            self.desk.background.step(steps, self._done, self.refused)
        return False

    def _done(self, change: Change) -> None:
        self.end()
        self.deleted.emit(change)


class NewKeyDialog(_Working):
    """Asks for both secrets, and gives the store a key that both go on opening."""

    given = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            desk, parent, "Give the store a new key",
            "What was deleted may still stand on the disk, scrambled under the former key. With a new key nothing "
            "opens it any more. The passphrase and the recovery sheet stay as they are. If the sheet is lost, make "
            "new keys under “Passphrase and lock” instead.",
            does="Give it a new key",
        )  # fmt: skip
        fields = [
            Field(name="passphrase", label="&Passphrase", kind="secret", required=True),
            Field(
                name="recovery",
                label="&Recovery key",
                kind="secret",
                required=True,
                hint="As the sheet shows it.",
            ),
        ]
        self.add(Form(fields, desk.workspace.today), "Making the key, and writing every page anew …")
        self.finished.connect(self._forget_what_was_typed)

    def submit(self) -> bool:
        """Make the key beside the window, then give it step by step."""
        if (values := self.form.values()) is not None:
            self.begin()
            places = self.desk.workspace.store.places
            making = partial(prepare_key, places, values["passphrase"], values["recovery"])
            self.desk.background.run(making, self._give, self.refused)
        return False

    def _give(self, new: NewKeys) -> None:
        steps = Retention(self.desk.workspace.here).giving_key(new)
        self.desk.background.step(steps, self._given, self.refused)

    def _given(self, _: object) -> None:
        self.desk.notifier.note(
            "The store has a new key. The same passphrase and the same sheet open it."
        )
        self.end()
        self.given.emit()

    def _forget_what_was_typed(self, _: int) -> None:
        for made in self.form.inputs.values():
            assert isinstance(made, QLineEdit)
            made.setText("")
