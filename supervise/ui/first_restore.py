"""Putting a backup in the place of a store: from the first page, or at the door of a damaged one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from supervise import wording
from supervise.errors import BadFile, StoreIsDamaged, SuperviseError, WrongPassphrase
from supervise.places import Places
from supervise.store import aside, backups, thinning
from supervise.ui.bits import button, label, row
from supervise.ui.first_step import Step, choose, pressed_by_enter, secret_field


class RestoreStep(Step):
    """Which backup, and its passphrase. The newest is chosen; one that is no good gives way to the next."""

    wanted = Signal(Path, str)  # the backup, and what opens it

    def __init__(self, places: Places, typed: str = "") -> None:
        """`typed` is what opened the store until now: it most likely opens the backup."""
        there = places.store.exists()
        kept = (
            " The store that is there now is kept beside it under another name. It is not open, so that nothing "
            "can be compared."
        )
        kept = kept if there else ""
        super().__init__(
            "Restore a backup",
            f"It is tried first, then put in the place of {places.store}.{kept}",
            does="Restore",
        )
        self.choice = QComboBox()
        for path in (*backups.list_backups(places), *aside.list_put_aside(places)):
            self.choice.addItem(backup_words(path), path)
        words = label("&Backup")
        words.setBuddy(self.choice)
        self.other = pressed_by_enter(button("&Another file…", self._choose))
        self.secret = secret_field("The backup’s passphrase, or its recovery key", self.go_on)
        self.secret.setText(typed)
        said = label("&Passphrase, or recovery key")
        said.setBuddy(self.secret)
        first = row(words, self.choice, self.other)
        first.setStretchFactor(self.choice, 1)
        self.body.addLayout(first)
        self.body.addLayout(row(said, self.secret))
        self.body.addWidget(label("A backup has the passphrase of its own day.", quiet=True, wrap=True))
        self.laid_out()

    def _choose(self) -> None:
        choose(self, "Choose a backup", self.take, files="Backups (*.zip);;Every file (*)")

    def take(self, path: str) -> None:
        """Another backup, from elsewhere."""
        self.choice.insertItem(0, backup_words(Path(path)), Path(path))
        self.choice.setCurrentIndex(0)
        self.start()

    def start_here(self) -> QWidget | None:
        """Where something is lacking."""
        if self.choice.currentData() is None:
            return self.other
        return self.main if self.secret.text() else self.secret

    def go_on(self) -> None:
        """Restore it, if it is said which and with what."""
        if not self.main.isEnabled():
            return
        backup = self.choice.currentData()
        if backup is None:
            self.say("No backup is chosen yet.")
        elif not self.secret.text():
            self.say("Type the passphrase that the backup was made under, or its recovery key.")
        else:
            self.say("")
            self.is_busy(True)
            self.wanted.emit(backup, self.secret.text())
            return
        self.start()

    def refuse(self, error: SuperviseError) -> None:
        """Say why it cannot be restored: nothing was moved."""
        if isinstance(error, WrongPassphrase):
            error = SuperviseError(
                "That is neither the passphrase nor the recovery key of this backup.",
                "It may have been made under an earlier one.",
            )
        bad = isinstance(error, BadFile | StoreIsDamaged)
        if bad and self.choice.currentIndex() + 1 < self.choice.count():
            self.choice.setCurrentIndex(self.choice.currentIndex() + 1)
            error = SuperviseError(error.sentence, "The one before it is chosen now.")
        super().refuse(error)
        if isinstance(error, SuperviseError) and not bad:
            self.secret.setFocus()
            self.secret.selectAll()

    def forget(self) -> None:
        """Nothing secret stays in the field."""
        self.secret.setText("")


def backup_words(path: Path) -> str:
    """ "Tue 4 April 2017 09:12, on closing"; the file's name, if it is not one of ours."""
    if kept := aside.put_aside_at(path):
        return f"{wording.moment(kept)}, kept when another was put in its place"
    moment = thinning.moment_of(path)
    if moment is None:
        return path.name
    return f"{wording.moment(moment.astimezone())}, {thinning.why_made(path)}"
