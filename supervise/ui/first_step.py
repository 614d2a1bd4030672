"""What every page before the window is: a heading, one sentence, something to fill in, and one thing to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from supervise.errors import SuperviseError
from supervise.ui.bits import button, column, heading, label, notice, row
from supervise.ui.dialogs.dialog import announce

_LETTERS = 74
"""Characters to a line: what one reads with ease."""


class Step(QWidget):
    """A page on the way to an open store. What was typed stays in it until the way is at its end; Enter goes
    on, Esc goes back."""

    done = Signal()
    back = Signal()

    def __init__(self, title: str, sentence: str = "", *, does: str = "Next") -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.where = label("", quiet=True)
        self.where.hide()
        self.said = notice("", trouble=True)
        self.said.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.area = self._scrolled(title, sentence)
        self.main = pressed_by_enter(button(does, self.go_on, main=True))
        self.back_button = pressed_by_enter(button("Back", self.back.emit))
        self.buttons = row(self.main, self.back_button, None)

    def _scrolled(self, title: str, sentence: str) -> QScrollArea:
        parts = [self.where, heading(title)]
        if sentence:
            parts.append(label(sentence, quiet=True, wrap=True))
        inner = column(*parts, self.body, self.said, None)
        inner.setSpacing(10)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._in_the_middle(inner, top=28))
        return area

    def _in_the_middle(self, inner: QVBoxLayout, *, top: int) -> QWidget:
        held = QWidget()
        held.setLayout(inner)
        held.setMaximumWidth(self.fontMetrics().averageCharWidth() * _LETTERS)
        around = QWidget()
        layout = row(None, held, None)
        layout.setStretchFactor(held, 100)
        layout.setContentsMargins(24, top, 24, 12)
        around.setLayout(layout)
        return around

    def laid_out(self) -> None:
        """To be called when the body is filled: the buttons come last, for the eye and for the Tab key."""
        foot = QVBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addLayout(self.buttons)
        layout = column(self.area, self._in_the_middle(foot, top=4), spacing=0)
        layout.setStretchFactor(self.area, 1)
        self.setLayout(layout)

    def start(self) -> None:
        """It has been brought to the front."""
        if (here := self.start_here()) is not None:
            here.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_here(self) -> QWidget | None:
        """Where the keyboard is when it opens."""
        return self.main

    def go_on(self) -> None:
        """Look at what was filled in, and go on if nothing is wrong with it."""
        self.done.emit()

    def is_busy(self, busy: bool) -> None:
        """While something is looked at beside the window, the button does nothing."""
        self.main.setEnabled(not busy)

    def say(self, sentence: str) -> None:
        """Say what is the matter; "" takes it away."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        if sentence:
            self.said.adjustSize()
            self.area.ensureWidgetVisible(self.said)
            announce(self.said, sentence)

    def refuse(self, error: SuperviseError) -> None:
        """Say why it cannot go on; what was typed stays."""
        self.is_busy(False)
        self.say(str(error))
        self.start()

    def forget(self) -> None:
        """Let go of what is secret in it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; Page Up and Page Down move what is longer than the window."""
        bar = self.area.verticalScrollBar()
        if event.key() == Qt.Key.Key_Escape and self.back_button.isVisible():
            self.back.emit()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            down = event.key() == Qt.Key.Key_PageDown
            bar.setValue(bar.value() + (bar.pageStep() if down else -bar.pageStep()))
        else:
            super().keyPressEvent(event)


class Waiting(Step):
    """Something is being made, and takes a moment."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__(title, sentence)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(title)
        self.body.addWidget(bar)
        self.main.hide()
        self.back_button.hide()
        self.laid_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def start_here(self) -> QWidget | None:
        """On the page itself, so that it is read out."""
        return self


def pressed_by_enter(made: QPushButton) -> QPushButton:
    """A button that Enter presses too; in a dialog Enter belongs to its one main button."""
    made.setAutoDefault(True)
    return made


def secret_field(name: str, does: Callable[[], object]) -> QLineEdit:
    """A field for a passphrase; Enter in it does that."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setAccessibleName(name)
    made.returnPressed.connect(does)
    return made


def choose(
    over: QWidget, title: str, then: Callable[[str], object], *, at: str = "", files: str = ""
) -> None:
    """Let somebody choose a file of that kind ("Backups (*.zip)"), or a folder if no kind is given. The
    window goes on meanwhile."""
    dialog = QFileDialog(over, title, at, files)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if files:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    else:
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(then)
    dialog.open()
