"""Changing the passphrase, and having the system's keyring remember it.

Both work on plain files beside the window: making keys of a passphrase takes a moment by design.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from supervise import passphrases
from supervise.doing.new_keys import CHANGED_PASSPHRASE
from supervise.errors import NotAllowed, SuperviseError
from supervise.passphrases import LEAST_SCORE, Strength
from supervise.places import Places
from supervise.store import unlock
from supervise.store.keys import read_recovery_key
from supervise.store.opening import change_passphrase
from supervise.ui.background import Job
from supervise.ui.bits import label, row
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Dialog
from supervise.ui.first_passphrase import StrengthBar
from supervise.ui.forms import Field, Form

_PAUSE = 250
"""Milliseconds without a key after which a new passphrase is judged."""


class _SecretDialog(Dialog):
    """A dialog about the passphrase. While something is being done to the keys it stays open, so that nobody
    has to wonder whether it was done; afterwards nothing that was typed stays in its fields."""

    ended = Signal()  # it was done

    def __init__(
        self, desk: Desk, parent: QWidget, title: str, sentence: str, does: str, fields: list[Field]
    ) -> None:
        super().__init__(desk, parent, title, sentence, does=does)
        self._is_busy = False
        self.form = Form(fields, desk.workspace.today)
        self.busy = label("One moment …", quiet=True)
        self.busy.hide()
        self.body.addWidget(self.form)
        self.body.addWidget(self.busy)
        self.finished.connect(self._forget_what_was_typed)

    def start_here(self) -> QWidget | None:
        """In the first field."""
        return self.form.first()

    def reject(self) -> None:
        """Close it, unless something is being done."""
        if not self._is_busy:
            super().reject()

    def work(self, does: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Do that beside the window."""
        self._set_busy(True)
        self.desk.background.run(does, done, self._refused)

    def end(self, said: str) -> None:
        """It was done: say so at the foot and close."""
        self._set_busy(False)
        self.desk.notifier.note(said)
        self.ended.emit()
        self.accept()

    def _refused(self, error: SuperviseError) -> None:
        self._set_busy(False)
        self.trouble(str(error))
        first = self.form.inputs[self.form.fields[0].name]
        first.setFocus()

    def _set_busy(self, busy: bool) -> None:
        self._is_busy = busy
        self.busy.setVisible(busy)
        for part in (self.form, self.main, self.close_button):
            part.setEnabled(not busy)

    def _forget_what_was_typed(self, _: int) -> None:
        for made in self.form.inputs.values():
            assert isinstance(made, QLineEdit)
            made.setText("")  # which, unlike clear(), cannot be undone


class ChangePassphraseDialog(_SecretDialog):
    """A new passphrase for the store. What the recovery sheet says goes on opening it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        old = "The recovery key opens it too, if the passphrase is forgotten."
        fields = [
            Field(name="old", label="&Present passphrase", kind="secret", required=True, hint=old),
            Field(name="new", label="&New passphrase", kind="secret", required=True),
            Field(name="again", label="Once &more", kind="secret", required=True),
        ]
        sentence = (
            "Three or four words that have nothing to do with each other. The recovery sheet stays as it is; "
            "backups made until now open with the passphrase they were made under."
        )
        super().__init__(desk, parent, "Change the passphrase", sentence, "Change it", fields)
        self._places = desk.workspace.store.places
        self._own_words = (desk.workspace.me, self._places.store.stem)
        self._judging: Job | None = None
        self.bar = StrengthBar()
        self.strength = label("", wrap=True)
        strong = row(self.bar, self.strength)
        strong.setStretchFactor(self.strength, 1)
        layout = self.form.layout()
        assert isinstance(layout, QFormLayout)
        at: int = layout.getWidgetPosition(self.form.inputs["new"])[0]  # type: ignore[index]
        layout.insertRow(at + 1, "", strong)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self._judge)
        self._field("new").textChanged.connect(self._typed)
        self.finished.connect(self._stop_judging)

    def _field(self, name: str) -> QLineEdit:
        made = self.form.inputs[name]
        assert isinstance(made, QLineEdit)
        return made

    def _typed(self, _: str) -> None:
        self._soon.start()

    def _judge(self) -> None:
        self._stop_judging()
        work = partial(passphrases.strength, self._field("new").text(), self._own_words)
        self._judging = self.desk.background.run(work, self._judged, self._refused)

    def _judged(self, found: Strength) -> None:
        self._judging = None
        self.bar.show_score(found.score if found.is_enough else min(found.score, LEAST_SCORE - 1))
        self.bar.setAccessibleDescription(found.words)
        said = f"{found.words}. {found.next_step}".strip() if self._field("new").text() else ""
        self.strength.setText(said)

    def _stop_judging(self, _: int = 0) -> None:
        self._soon.stop()
        if self._judging is not None:
            self._judging.cancel()
            self._judging = None

    def submit(self) -> bool:
        """Change it, if it was typed twice alike; beside the window it is judged first."""
        values = self.form.values()
        if values is None or self._is_busy:
            return False
        if values["new"] != values["again"]:
            self.form.mark({"again": "This is not the same as above. Type it once more."})
            return False
        self._stop_judging()
        store = str(self._places.store)
        remember = store in self.desk.memory["in_keyring"]
        self.work(
            partial(_change, self._places, values["old"], values["new"], self._own_words, remember),
            self._changed,
        )
        return False

    def _changed(self, remembered: bool | None) -> None:
        self.desk.workspace.store.access.note(self.desk.workspace.me, CHANGED_PASSPHRASE)
        said = "The passphrase was changed. Backups made until now open with the one before."
        if remembered is False:
            keep_in_step(self.desk, remembered=False)
            said = f"{said} {passphrases.NO_KEYRING}"
        self.end(said)


class RememberDialog(_SecretDialog):
    """Asks for the passphrase once, and has the system's keyring remember it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            desk,
            parent,
            "Remember the passphrase",
            "It is kept in this computer’s own keyring, so that whoever is signed in here as you opens the "
            "store without typing it.",
            "Remember it",
            [Field(name="secret", label="&Passphrase", kind="secret", required=True)],
        )
        self._places = desk.workspace.store.places

    def submit(self) -> bool:
        """Remember it, if it opens the store."""
        values = self.form.values()
        if values is not None and not self._is_busy:
            self.work(partial(_remember, self._places, values["secret"]), self._remembered)
        return False

    def _remembered(self, remembered: bool) -> None:
        if not remembered:
            self._refused(NotAllowed(passphrases.NO_KEYRING))
            return
        keep_in_step(self.desk, remembered=True)
        self.end("The passphrase is remembered in this computer’s own keyring.")


def keep_in_step(desk: Desk, *, remembered: bool) -> None:
    """Note for the next start whether the keyring is to be asked for this store's passphrase."""
    store = str(desk.workspace.store.places.store)
    others = {each for each in desk.memory["in_keyring"] if each != store}
    desk.memory["in_keyring"] = sorted(others | ({store} if remembered else set()))


def _change(
    places: Places, old: str, new: str, own_words: tuple[str, ...], remember: bool
) -> bool | None:
    """Change it; gives whether the keyring took the new one, None if it was not to."""
    passphrases.refuse_weak(new, own_words)
    change_passphrase(places, old, new)
    if not remember:
        return None
    if passphrases.remember(places.store, new):
        return True
    passphrases.forget(places.store)  # the old one would only be tried in vain
    return False


def _remember(places: Places, secret: str) -> bool:
    unlock(places, secret)
    if read_recovery_key(secret) is not None:
        raise NotAllowed(
            "That is the recovery key, which belongs on paper only.", "Type the passphrase itself."
        )
    return passphrases.remember(places.store, secret)
