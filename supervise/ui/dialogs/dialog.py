"""What every dialog is: a title, one sentence, fields, what is wrong in words, and one thing to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from supervise.errors import SuperviseError
from supervise.ui.bits import button, heading, label, notice, row, scrolling
from supervise.ui.desk import Desk

FEW_WORDS, FEW_LETTERS = 3, 40
"""As much of a long text as is typed again in no time."""

LOST = "What you have written would be gone. Press Esc or Cancel again to throw it away."


class Dialog(QDialog):
    """A dialog that the window waits for without standing still. It is let go when it closes.

    `submit` does what the dialog is for; an error of ours is said in the dialog, which stays open with
    everything that was typed in it. Where closing it would throw words away, that is said once before.
    """

    def __init__(
        self, desk: Desk, parent: QWidget, title: str, sentence: str = "", *, does: str = "OK"
    ) -> None:
        super().__init__(parent)
        self.desk, self._over = desk, parent
        self._warned_of: tuple[str, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.said = notice("", trouble=True)
        self.said.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        self.main = button(does, self._try, main=True)
        self.main.setDefault(True)
        self.close_button = button("Cancel", self.reject)
        self.buttons = row(None, self.close_button, self.main)
        self._lay_out(title, sentence)
        finish = QShortcut(QKeySequence("Ctrl+Return"), self)
        finish.activated.connect(self._try)

    def _lay_out(self, title: str, sentence: str) -> None:
        self.inner = QWidget()
        whole = QVBoxLayout(self.inner)
        whole.setContentsMargins(18, 14, 18, 8)
        whole.addWidget(heading(title))
        if sentence:
            whole.addWidget(label(sentence, quiet=True, wrap=True))
        whole.addLayout(self.body)
        whole.addWidget(self.said)
        whole.addStretch(1)
        self.area = scrolling(self.inner)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 12)
        around.addWidget(self.area, 1)
        self.buttons.setContentsMargins(18, 0, 18, 0)
        around.addLayout(self.buttons)

    def show_over(self) -> None:
        """Open it over the window, as large as what is in it and no larger than the window."""
        self.inner.adjustSize()
        letters = self.fontMetrics()
        wide = max(self.inner.sizeHint().width() + 30, letters.averageCharWidth() * 64)
        tall = self.inner.sizeHint().height() + letters.height() * 5
        window = self._over.window()
        self.resize(min(wide, window.width() - 40), min(tall, window.height() - 20))
        self.open()
        if (start := self.start_here()) is not None:
            start.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_here(self) -> QWidget | None:
        """Where the keyboard is when the dialog opens."""
        return None

    def submit(self) -> bool:
        """Do it; True closes the dialog."""
        return True

    def written(self) -> list[str]:
        """The long texts that were typed or pasted here by hand, and are no few words."""
        edits = self.inner.findChildren(QPlainTextEdit)
        texts = [each.toPlainText() for each in edits if each.document().isModified()]
        return [each for each in texts if _takes_a_while(each)]

    def lost(self) -> str:
        """What to say before `written` is thrown away."""
        return LOST

    def reject(self) -> None:
        """Close it. Where words would go with it, that is said once before: Esc, Cancel and the window's own
        button all come here."""
        written = tuple(self.written()) if self.isVisible() else ()
        if written and written != self._warned_of:
            self._warned_of = written
            self.trouble(self.lost())
            return
        super().reject()

    def trouble(self, sentence: str) -> None:
        """Say what is the matter, in the dialog."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        if sentence:
            self.area.ensureWidgetVisible(self.said)
            announce(self.said, sentence)

    def _try(self) -> None:
        self.trouble("")
        try:
            done = self.submit()
        except SuperviseError as error:
            self.trouble(str(error))
            return
        if done:
            self.accept()


def _takes_a_while(text: str) -> bool:
    return len(text.split()) > FEW_WORDS or len(text) > FEW_LETTERS


def announce(widget: QWidget, sentence: str) -> None:
    """Have a screen reader say it now."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


class Question(Dialog):
    """A question with one thing to do, for what cannot be undone in a quiet bar."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        title: str,
        sentence: str,
        *,
        does: str,
        then: Callable[[], object],
    ) -> None:
        super().__init__(desk, parent, title, sentence, does=does)
        self._then = then

    def submit(self) -> bool:
        """Do what was asked about."""
        self._then()
        return True

    def start_here(self) -> QWidget | None:
        """On the button that changes nothing."""
        return self.close_button
