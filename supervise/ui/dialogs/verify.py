"""Verifying the store: is it whole, and is its history unbroken?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from supervise.store.check import CODE, Finding, checking
from supervise.ui.bits import heading, label, notice
from supervise.ui.desk import Desk
from supervise.ui.dialogs.looking import LookingDialog
from supervise.ui.forms import Field, Form

NEXT_STEP = "Change nothing, and restore the newest good backup. If a code was typed, look first whether it is right."


class VerifyDialog(LookingDialog):
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
        self.body.addWidget(self.form)
        self.will_tell("Verifying", "Stopped. Nothing was changed.")

    def start_here(self) -> QWidget | None:
        """On the button that begins it."""
        return self.main

    def submit(self) -> bool:
        """Begin; the dialog stays to tell what is found."""
        if self.progress.is_busy:
            return False
        values = self.form.values()
        assert values is not None, "any text will do for a code"
        self.look(checking(self.desk.workspace.store, values["code"]), self._found)
        return False

    def _found(self, findings: Sequence[Finding]) -> None:
        wrong = [finding for finding in findings if not finding.ok]
        if wrong:
            said = "Something is not as it should be."
            self.tell(notice(f"▲ {said} {NEXT_STEP}", trouble=True))
        else:
            said = "Everything is as it should be."
            self.tell(heading(f"✓ {said}", 2))
        for finding in sorted(findings, key=lambda each: each.ok):
            line = label(f"{'✓' if finding.ok else '▲'} {finding.words}", wrap=True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.tell(line)
        self.told(said)
