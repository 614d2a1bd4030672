"""The first and the last page of giving a store new keys; those between are the first start's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from supervise import wording
from supervise.doing import new_keys
from supervise.errors import SuperviseError
from supervise.places import Places
from supervise.store import unlock
from supervise.store.former import Former
from supervise.ui.background import Background
from supervise.ui.bits import button, emptied, label, notice, row
from supervise.ui.first_step import Step, pressed_by_enter, secret_field

_FOR_MANAGER = (
    "For the day you leave, or take over. It is best done together: the one who leaves types the present "
    "passphrase, the one who takes over everything after that."
)
_DISCLOSED = (
    "If somebody may have seen the passphrase or the recovery sheet, a new passphrase alone is not enough: with an "
    "older backup they could still read everything."
)
_BEFORE = "Until the last step nothing is changed, and you can go back or stop."


class AboutPage(Step):
    """What will happen, and the present secret, which is tried before anything more is asked."""

    def __init__(self, background: Background, places: Places, title: str, *, for_manager: bool) -> None:
        super().__init__(title, _FOR_MANAGER if for_manager else _DISCLOSED)
        self._background, self._places = background, places
        self.name = QLineEdit() if for_manager else None
        self.secret = secret_field("Present passphrase, or recovery key", self.go_on)
        self.body.addWidget(label(new_keys.WHAT_HAPPENS, wrap=True))
        self.body.addWidget(label(_BEFORE, wrap=True))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        if self.name is not None:
            self.name.setAccessibleName("The new manager’s name")
            self.name.returnPressed.connect(self._on_to_the_secret)
            self._add(form, "New &manager", self.name)
        self._add(form, "&Present passphrase", self.secret)
        self.secret.setPlaceholderText("Or the recovery key, if it is forgotten")
        self.body.addLayout(form)
        self.laid_out()

    def _add(self, form: QFormLayout, words: str, field: QLineEdit) -> None:
        said = label(words)
        said.setBuddy(field)
        form.addRow(said, field)

    def _on_to_the_secret(self) -> None:
        self.secret.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def manager(self) -> str | None:
        """The new manager's name; None where there is none."""
        return None if self.name is None else new_keys.check_manager(self.name.text())

    def start_here(self) -> QWidget | None:
        """In the name, until there is one; then in the secret."""
        return self.name if self.name is not None and not self.name.text().strip() else self.secret

    def go_on(self) -> None:
        """Go on if the secret opens the store."""
        self.say("")
        try:
            _ = self.manager
        except SuperviseError as error:
            self.refuse(error)
            return
        if not self.secret.text():
            self.say("Type the present passphrase, or the recovery key.")
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.main.isEnabled():
            self.is_busy(True)
            work = partial(unlock, self._places, self.secret.text())
            self.look(self._background, work, self._proved)

    def _proved(self, _: object) -> None:
        self.is_busy(False)
        self.done.emit()

    def forget(self) -> None:
        """The secret does not stay in the field."""
        self.secret.setText("")


class EndPage(Step):
    """What was done, and the backups that the former secrets still open."""

    anew_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("The store has its new keys", does="Close")
        self.what = label("", wrap=True)
        self.notes = notice("")
        self.older = label("", wrap=True)
        self.each = QVBoxLayout()
        self.anew = pressed_by_enter(button("&Make them anew under the new keys", self._want_anew))
        self.why = label(
            "The same backups, but so that they open with the new passphrase and the new recovery sheet only. Each "
            "is tried before it takes the place of the one there.",
            quiet=True, wrap=True,
        )  # fmt: skip
        for part in (self.what, self.notes, self.older):
            self.body.addWidget(part)
        self.body.addLayout(row(self.anew, None))
        self.body.addWidget(self.why)
        self.body.addLayout(self.each)
        self.back_button.hide()
        self.laid_out()

    def tell(self, what: str, notes: Sequence[str], found: Sequence[Former]) -> None:
        """Say what was done, what is to be noted, and which backups the former secrets open."""
        self.what.setText(what)
        self.notes.setText(" ".join(notes))
        self.notes.setVisible(bool(notes))
        self.older.setText(new_keys.told_all(found))
        self._list([new_keys.told(each) for each in found])
        self.anew.setVisible(bool(found))
        self.why.setVisible(bool(found))

    def tell_anew(self, made: int, left: Sequence[tuple[Former, str]]) -> None:
        """Say how many were made anew, and which could not be."""
        self.is_busy(False)
        said = (
            f"{wording.counted(made, 'backup')} made anew: the former secrets open none of them."
            if made
            else ""
        )
        more = " These could not be made anew:" if left else ""
        self.older.setText(f"{said}{more}".strip())
        self._list([f"{new_keys.told(each)} {why}" for each, why in left])
        self.anew.hide()
        self.why.hide()
        self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list(self, lines: Sequence[str]) -> None:
        emptied(self.each)
        for line in lines:
            self.each.addWidget(label(f"• {line}", wrap=True))

    def _want_anew(self) -> None:
        self.say("")
        self.anew_wanted.emit()

    def is_busy(self, busy: bool) -> None:
        """While backups are made anew, there is nothing to press."""
        self.main.setEnabled(not busy)
        self.anew.setEnabled(not busy)
        self.anew.setText("One moment…" if busy else "&Make them anew under the new keys")

    def start_here(self) -> QWidget | None:
        """On what makes them anew, if there are any; else on the way out."""
        return self.main if self.anew.isHidden() else self.anew
