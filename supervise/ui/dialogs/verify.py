"""Verifying the store: is it whole, and is its history unbroken?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from supervise.errors import SuperviseError
from supervise.store.check import CODE, Finding, checking
from supervise.ui.bits import emptied, heading, label, notice
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Dialog, announce
from supervise.ui.forms import Field, Form
from supervise.ui.progress import Progress

NEXT_STEP = "Change nothing, and restore the newest good backup. If a code was typed, look first whether it is right."


class VerifyDialog(Dialog):
    """Looks the whole store over step by step, and says what it finds in words."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            desk,
            parent,
            "Verify the chain",
            "Every line of the history is sealed to the one before it. This looks whether any was altered or "
            "taken out behind the program’s back, and whether every record is what the history says it is.",
            does="Verify",
        )
        hint = f"Each printed record carries {CODE} letters and figures that show how the history stood that day."
        self.form = Form(
            [
                Field(
                    name="code", label="&Code on an earlier paper", hint=f"{hint} It may be left empty."
                )
            ],
            desk.workspace.today,
        )
        self.progress = Progress(desk.background, "Verifying")
        self.progress.stopped.connect(self._stopped)
        self.findings = QVBoxLayout()
        self.findings.setSpacing(4)
        self.body.addWidget(self.form)
        self.body.addWidget(self.progress)
        self.body.addLayout(self.findings)
        self.finished.connect(self.progress.end)
        self.close_button.setText("Close")

    def start_here(self) -> QWidget | None:
        """On the button that begins it."""
        return self.main

    def submit(self) -> bool:
        """Begin; the dialog stays to tell what is found."""
        if self.progress.is_busy:
            return False
        values = self.form.values()
        assert values is not None, "any text will do for a code"
        emptied(self.findings)
        self.main.setEnabled(False)
        steps = checking(self.desk.workspace.store, values["code"])
        job = self.desk.background.step(steps, self._found, self._failed)
        self.progress.follow(job)
        return False

    def _found(self, findings: Sequence[Finding]) -> None:
        self._end()
        wrong = [finding for finding in findings if not finding.ok]
        if wrong:
            said = "Something is not as it should be."
            self._tell(notice(f"▲ {said} {NEXT_STEP}", trouble=True))
        else:
            said = "Everything is as it should be."
            self._tell(heading(f"✓ {said}", 2))
        for finding in sorted(findings, key=lambda each: each.ok):
            line = label(f"{'✓' if finding.ok else '▲'} {finding.words}", wrap=True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._tell(line)
        announce(self, said)
        self._fit()

    def _tell(self, widget: QWidget) -> None:
        self.findings.addWidget(widget)
        widget.show()  # at once, so that it counts when the dialog is fitted to it

    def _fit(self) -> None:
        """As tall as what it tells, and no taller than the window."""
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
        self._tell(label("Stopped. Nothing was changed.", quiet=True))

    def _end(self) -> None:
        self.progress.end()
        self.main.setEnabled(True)
        self.main.setFocus(Qt.FocusReason.OtherFocusReason)
