"""The lock: a page over everything, which the passphrase takes away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from supervise.errors import SuperviseError
from supervise.ui.background import Background
from supervise.ui.bits import button, column, heading, label, notice, row


class LockPage(QWidget):
    """Asks for the passphrase. `proves` opens the slots with it and raises what `keys` raises: it works on
    plain values, beside the window, for it takes a moment by design. None asks for nothing (practice)."""

    unlocked = Signal()

    def __init__(
        self,
        background: Background,
        proves: Callable[[str], object] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("Locked")
        self._background, self._proves = background, proves
        self._dialogs: list[QWidget] = []
        self._focused: QWidget | None = None
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName("Passphrase, or recovery key")
        self.secret.setPlaceholderText("Passphrase, or recovery key")
        self.secret.setMaximumWidth(self.fontMetrics().averageCharWidth() * 46)
        self.secret.setVisible(proves is not None)
        self.open = button("Unlock", self.try_it, main=True)
        self.said = notice("", trouble=True)
        self.said.hide()
        self.secret.returnPressed.connect(self.try_it)
        words = label("Everything is hidden. What you were writing is kept.", quiet=True, wrap=True)
        inner = column(
            None,
            heading("Supervise is locked"),
            words,
            self.secret,
            row(self.open, None),
            self.said,
            None,
        )
        layout = row(None, inner, None, margins=24)
        self.setLayout(layout)

    def start(self) -> None:
        """It has been brought to the front."""
        self.secret.clear()
        self.said.hide()
        (self.secret if self._proves else self.open).setFocus()

    def hide_dialogs(self, window: QWidget) -> None:
        """Hide those over the window, with what is in them."""
        self._focused = QApplication.focusWidget()
        self._dialogs = [
            each for each in window.findChildren(QWidget) if each.isWindow() and each.isVisible()
        ]
        for each in self._dialogs:
            each.hide()

    def show_dialogs(self) -> None:
        """Show them again. The keyboard comes back by no key, for that would choose all the words there."""
        for each in self._dialogs:
            if isValid(each):
                each.show()
        if self._focused is not None and isValid(self._focused):
            self._focused.setFocus()

    def try_it(self) -> None:
        """See whether what was typed opens the store."""
        if self._proves is None:
            self.unlocked.emit()
            return
        typed, proves = self.secret.text(), self._proves
        if not typed:
            return
        self.open.setEnabled(False)
        self._background.run(lambda: proves(typed), self._open, self._refuse)

    def _open(self, _: object) -> None:
        self.open.setEnabled(True)
        self.secret.clear()
        self.unlocked.emit()

    def _refuse(self, error: SuperviseError) -> None:
        self.open.setEnabled(True)
        self.said.setText(str(error))
        self.said.show()
        self.secret.selectAll()
        self.secret.setFocus()
