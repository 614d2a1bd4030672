"""The door to a store that is there: its passphrase, and what to do when it does not open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from supervise.errors import NoStore, StoreInUse, StoreIsDamaged, SuperviseError, WrongPassphrase
from supervise.places import Places
from supervise.ui.bits import button
from supervise.ui.first_step import Step, pressed_by_enter, secret_field

NO_LONGER_FITS = (
    "The passphrase that this computer remembers does not open the store any more. Type the present one."
)


class UnlockPage(Step):
    """Asks for the passphrase of one store. It is tried by whoever listens, who then calls `refuse` or
    puts the window in its place."""

    wanted = Signal(str, bool)  # what was typed, and whether to remember it
    other_wanted = Signal()
    restore_wanted = Signal(str)  # what was typed

    def __init__(self, places: Places) -> None:
        super().__init__("Open your store", str(places.store), does="Open")
        self._tried = ""
        self._was_remembered = False
        self.secret = secret_field("Passphrase, or recovery key", self.go_on)
        self.secret.setPlaceholderText("Passphrase, or recovery key")
        self.remember = QCheckBox("&Remember it in this computer’s own keyring")
        self.restore = pressed_by_enter(button("Restore a backup…", self._restore))
        self.restore.hide()
        self.other = pressed_by_enter(
            button("Practise, or open another…", self.other_wanted.emit, link=True)
        )
        self.body.addWidget(self.secret)
        self.body.addWidget(self.remember)
        self.back_button.hide()
        self.buttons.insertWidget(1, self.restore)
        self.buttons.insertWidget(2, self.other)
        self.laid_out()

    def start_here(self) -> QWidget | None:
        """In the field."""
        return self.secret

    def go_on(self) -> None:
        """Try what was typed; or again what was tried, while somebody else has the store."""
        if self.main.isEnabled() and (secret := self.secret.text() or self._tried):
            self.try_it(secret)

    def try_it(self, secret: str) -> None:
        """Try a secret, typed or known otherwise."""
        self._tried = secret
        self.say("")
        self.is_busy(True)
        self.wanted.emit(secret, self.remember.isChecked())

    def try_remembered(self, known: str | None) -> None:
        """Try what the keyring remembers, if it does and nobody has begun to type."""
        if known and not self.secret.text() and self.main.isEnabled():
            self._was_remembered = True
            self.try_it(known)

    def _restore(self) -> None:
        self.restore_wanted.emit(self.secret.text() or self._tried)

    def refuse(self, error: SuperviseError) -> None:
        """Say why it does not open, and what can be done here; what was typed stays."""
        is_in_use = isinstance(error, StoreInUse)
        self.main.setText("Try again" if is_in_use else "Open")
        self.restore.setVisible(isinstance(error, StoreIsDamaged))
        if not is_in_use:
            self._tried = ""
        if isinstance(error, WrongPassphrase) and self._was_remembered:
            error = SuperviseError(NO_LONGER_FITS)
        elif isinstance(error, NoStore):
            remedy = "If it is on another disk, connect that; or open another, or restore a backup."
            error = SuperviseError(error.sentence, remedy)
        elif isinstance(error, StoreIsDamaged):
            error = SuperviseError(
                error.sentence, "Restore the newest good backup; this store is kept beside it."
            )
        self._was_remembered = False
        super().refuse(error)
        self.secret.selectAll()
        if self.restore.isVisible():
            self.restore.setFocus(Qt.FocusReason.OtherFocusReason)
        elif is_in_use:
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Nothing secret stays in the field."""
        self._tried = ""
        self.secret.setText("")
