"""A dialog that looks something over step by step and stays to tell what it finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from supervise.errors import SuperviseError
from supervise.ui.background import Steps
from supervise.ui.bits import emptied, label
from supervise.ui.dialogs.dialog import Dialog, announce
from supervise.ui.progress import Progress


class LookingDialog(Dialog):
    """Its main button begins to look, and rests until that has ended, failed or been stopped."""

    progress: Progress
    findings: QVBoxLayout

    def will_tell(self, doing: str, when_stopped: str) -> None:
        """Make room below what is asked for how far it has come and what it finds; say what a stop means."""
        self._when_stopped = when_stopped
        self.progress = Progress(self.desk.background, doing)
        self.progress.stopped.connect(self._stopped)
        self.findings = QVBoxLayout()
        self.findings.setSpacing(4)
        self.body.addWidget(self.progress)
        self.body.addLayout(self.findings)
        self.finished.connect(self.progress.end)
        self.close_button.setText("Close")

    def look(self, steps: Steps, found: Callable[[Any], None]) -> None:
        """Forget what was told, and begin; `found` is called with what comes of it."""
        emptied(self.findings)
        self.main.setEnabled(False)

        def ended(what: Any) -> None:
            self._end()
            found(what)

        self.progress.follow(self.desk.background.step(steps, ended, self._failed))

    def tell(self, widget: QWidget) -> None:
        """Put one thing more below what was told."""
        self.findings.addWidget(widget)
        widget.show()  # at once, so that it counts when the dialog is fitted to it

    def told(self, said: str) -> None:
        """All is told: say it to a screen reader in a sentence, and be as tall as it needs, no taller than the
        window."""
        announce(self, said)
        window, inner = self.parent(), self.area.widget()
        assert isinstance(window, QWidget) and inner is not None
        if (inside := inner.layout()) is not None:
            inside.activate()
        tall = inner.heightForWidth(self.area.viewport().width()) + self.fontMetrics().height() * 4
        self.resize(self.width(), min(max(tall, self.height()), window.height() - 20))

    def _failed(self, error: SuperviseError) -> None:
        self._end()
        self.trouble(str(error))

    def _stopped(self) -> None:
        self._end()
        self.tell(label(self._when_stopped, quiet=True))

    def _end(self) -> None:
        self.progress.end()
        self.main.setEnabled(True)
        self.main.setFocus(Qt.FocusReason.OtherFocusReason)
