"""What every page before the window is: a heading, one sentence, something to fill in, and one thing to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from supervise.errors import SuperviseError
from supervise.ui.background import Background, Job
from supervise.ui.bits import button, column, heading, label, notice, row, scrolling
from supervise.ui.dialogs.dialog import announce

_LETTERS = 74
"""Characters to a line: what one reads with ease."""


class _Snug(QScrollArea):
    """A scroll area no taller than what is in it, so that the buttons stand right below."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        scrolling(inner, self)

    def sizeHint(self) -> QSize:
        """As tall as its words are at this width."""
        inner, wide = self.widget(), self.viewport().width()
        assert inner is not None
        tall = inner.heightForWidth(wide) if inner.hasHeightForWidth() else inner.sizeHint().height()
        return QSize(wide, max(tall, inner.minimumSizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width makes other lines."""
        super().resizeEvent(event)
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is in it has changed."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Step(QWidget):
    """A page on the way to an open store. What was typed stays in it until the way is at its end; Enter goes
    on, Esc goes back."""

    done = Signal()
    back = Signal()

    def __init__(self, title: str, sentence: str = "", *, does: str = "Next") -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._job: Job | None = None
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
        return _Snug(self._in_the_middle(inner, top=40))

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
        self.setLayout(column(self.area, self._in_the_middle(foot, top=4), None, spacing=0))

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

    def look(self, background: Background, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Have something looked at beside the window, and go on with what comes of it; what is wrong is said.
        Leaving the page, or asking again, throws it away."""
        self._let_go()
        self._job = background.run(work, then, self.refuse)

    def _let_go(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def hideEvent(self, event: QHideEvent) -> None:
        """What is under way for a page that has been left is no longer wanted."""
        if not event.spontaneous():
            self._let_go()
            self.is_busy(False)

    def is_busy(self, busy: bool) -> None:
        """While something is looked at beside the window, the button does nothing."""
        self.main.setEnabled(not busy)

    def say(self, sentence: str) -> None:
        """Say what is the matter; "" takes it away."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        if sentence:
            self.reveal(self.said)
            announce(self.said, sentence)

    def reveal(self, part: QWidget) -> None:
        """Bring into sight what has just appeared; it has its place when all around it has been laid out."""
        for each in (part, *_around(part)):
            each.updateGeometry()
            if (layout := each.layout()) is not None:
                layout.activate()
        self.area.ensureWidgetVisible(part)

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


def _around(widget: QWidget) -> Iterator[QWidget]:
    while (above := widget.parentWidget()) is not None and not above.isWindow():
        yield (widget := above)


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
