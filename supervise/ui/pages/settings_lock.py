"""Settings, passphrase and lock: what opens the store, who keeps the recovery sheet, when it hides itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from supervise import beginning, passphrases, wording
from supervise.errors import SuperviseError
from supervise.ui.bits import button, label, notice, row
from supervise.ui.desk import Desk
from supervise.ui.forms import Field, Form
from supervise.ui.pages.settings_keys import KeysPart
from supervise.ui.pages.settings_section import Chooser, ScrollSection, chooser_rows, part

MINUTES = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120)
"""After how many minutes the lock may be asked to hide everything."""

_PRACTICE = (
    "The practice store has no passphrase of its own, for everybody in it is made up. The lock only hides it. "
    "In your own store all of this works."
)
_MEMORY = "This store is kept in memory only: it has no passphrase."
_MAY_STILL_KNOW = (
    "The keyring would not say that it has forgotten the passphrase. Look for “Supervise” in the system’s own "
    "list of passwords."
)


class LockSection(ScrollSection):
    """What opens the store."""

    title = "Passphrase and lock"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.why_not = notice("")
        self.body.addWidget(self.why_not)
        self.body.addWidget(self._passphrase())
        self.keys = KeysPart(desk)
        self.keys.ended.connect(self.read)
        self.body.addWidget(self.keys)
        self.body.addWidget(self._keeper())
        self.body.addWidget(self._idle())

    @property
    def _is_real(self) -> bool:
        """Whether there is a passphrase at all."""
        return self.desk.workspace.store.is_on_disk and not self.desk.is_practice

    # How it is laid out

    def _passphrase(self) -> QFrame:
        self.change = button("&Change the passphrase…", self.change_passphrase)
        self.remember = QCheckBox("&Remember it in this computer’s own keyring")
        self.remember.clicked.connect(self._remember_or_not)
        said = label(
            "Then the store opens by itself for whoever is signed in to this computer as you. The lock still "
            "asks for it.",
            quiet=True,
            wrap=True,
        )
        return part("Passphrase", row(self.change, None), self.remember, said)

    def _keeper(self) -> QFrame:
        self.kept = label("", wrap=True)
        why = label(
            "The recovery key on the sheet is the one way in if the passphrase is forgotten, or if you are not "
            "there. It is best with somebody you trust, in another place.",
            quiet=True,
            wrap=True,
        )
        name = Field(name="name", label="&Kept by", required=True)
        self.keeper = Form([name], self.desk.workspace.today)
        self.note_keeper = button("&Note it", self.set_keeper, name="Note who keeps the recovery sheet")
        return part("The recovery sheet", self.kept, why, self.keeper, row(self.note_keeper, None))

    def _idle(self) -> QFrame:
        offered = [(minutes, wording.minutes(minutes)) for minutes in MINUTES]
        self.minutes = Chooser(offered, self._choose_minutes)
        now: int = self.desk.memory["lock_minutes"]
        self.minutes.choose(now, wording.minutes(now))
        said = label(
            "Without a key or the mouse for that long, everything is hidden. What you were writing is kept. "
            "Ctrl+L locks at once.",
            quiet=True,
            wrap=True,
        )
        return part("Lock", chooser_rows(("&Lock after", self.minutes)), said)

    # Showing

    def refresh(self) -> None:
        """Show how it stands."""
        real = self._is_real
        self.why_not.setText(_PRACTICE if self.desk.is_practice else _MEMORY)
        self.why_not.setVisible(not real)
        for made in (self.change, self.remember, self.keys, self.keeper, self.note_keeper):
            made.setEnabled(real)
        store = self.desk.workspace.store
        self.remember.setChecked(real and str(store.places.store) in self.desk.memory["in_keyring"])
        keeper = beginning.keeper(store)
        self.kept.setText(
            f"{keeper.name} keeps it, noted on {wording.day(keeper.since)}."
            if keeper
            else "Nobody is noted as keeping it."
        )

    def start_here(self) -> QWidget | None:
        """On the first thing that can be done."""
        return self.change if self._is_real else self.minutes

    # Doing

    def change_passphrase(self) -> None:
        """Ask for a new passphrase."""
        from supervise.ui.dialogs.passphrase import ChangePassphraseDialog

        with self.desk.trying():
            dialog = ChangePassphraseDialog(self.desk, self.window())
            dialog.finished.connect(self._shown_anew)
            dialog.show_over()

    def _remember_or_not(self, wanted: bool) -> None:
        """The box follows what the keyring says, not the click."""
        from supervise.ui.dialogs.passphrase import RememberDialog

        if wanted:
            dialog = RememberDialog(self.desk, self.window())
            dialog.finished.connect(self._shown_anew)
            dialog.show_over()
            return
        store = self.desk.workspace.store.places.store
        self.desk.background.run(
            partial(passphrases.forget, store), self._forgotten, self._not_forgotten
        )

    def _forgotten(self, gone: bool) -> None:
        from supervise.ui.dialogs.passphrase import keep_in_step

        keep_in_step(self.desk, remembered=False)
        self.desk.notifier.note(
            "The passphrase is no longer remembered on this computer." if gone else _MAY_STILL_KNOW
        )
        self.read()

    def _not_forgotten(self, error: SuperviseError) -> None:
        self.desk.notifier.trouble(error)
        self.read()

    def _shown_anew(self, _: int) -> None:
        self.read()

    def set_keeper(self) -> None:
        """Note who keeps the recovery sheet from today."""
        values = self.keeper.values()
        if values is None:
            return
        with self.desk.trying():
            beginning.set_keeper(self.desk.workspace.store, values["name"], self.desk.today)
            self.desk.notifier.note(f"{values['name']} keeps the recovery sheet.")
            self.keeper.set_value("name", None)
            self.read()

    def _choose_minutes(self, minutes: object) -> None:
        self.desk.memory["lock_minutes"] = minutes
