"""Settings, backups: looking the store and its backups over, step by step."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from supervise.errors import SuperviseError
from supervise.store import Store, backups
from supervise.store.check import Finding, checking
from supervise.ui.bits import button, column, emptied, heading, label, notice, row
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import announce
from supervise.ui.progress import Progress

_WHAT_NEXT = "Change nothing, and restore the newest backup that is whole."


class ChecksPart(QFrame):
    """Checks everything when asked to, and says what it finds in words."""

    told = Signal()  # there is something to read

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("card", True)
        why = label(
            "Looks whether the file reads back, whether the history is unbroken, whether every record is what "
            "the history says, and whether each backup is whole.",
            quiet=True,
            wrap=True,
        )
        self.check = button("Check everyth&ing", self.begin)
        self.progress = Progress(desk.background, "Checking")
        self.progress.stopped.connect(self._stopped)
        self.findings = QVBoxLayout()
        self.findings.setSpacing(4)
        parts = (
            heading("Check everything", 2),
            why,
            row(self.check, None),
            self.progress,
            self.findings,
        )
        self.setLayout(column(*parts, margins=12))

    def begin(self) -> None:
        """Look the store and its backups over."""
        if self.progress.is_busy:
            return
        emptied(self.findings)
        steps = looking_over(self.desk.workspace.store)
        self.progress.follow(self.desk.background.step(steps, self._found, self._failed))

    def _found(self, findings: Sequence[Finding]) -> None:
        self.progress.end()
        if any(not finding.ok for finding in findings):
            said = "▲ Something is not as it should be."
            self.findings.addWidget(notice(f"{said} {_WHAT_NEXT}", trouble=True))
        else:
            said = "✓ Everything is as it should be."
            self.findings.addWidget(heading(said, 2))
        for finding in sorted(findings, key=lambda each: each.ok):
            line = label(f"{'✓' if finding.ok else '▲'} {finding.words}", wrap=True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.findings.addWidget(line)
        announce(self, said)
        self.told.emit()

    def _failed(self, error: SuperviseError) -> None:
        self.progress.end()
        self.findings.addWidget(notice(str(error), trouble=True))

    def _stopped(self) -> None:
        self.findings.addWidget(label("Stopped before everything was looked at.", quiet=True))


def looking_over(store: Store) -> Generator[tuple[int, int], None, list[Finding]]:
    """The store, then each backup beside it, of which the newest is opened and read through as well."""
    found = yield from checking(store)
    paths = backups.list_backups(store.places) if store.is_on_disk else []
    for at, path in enumerate(paths):
        yield at, len(paths)
        trouble = backups.trouble_with(store, path, thoroughly=at == 0)
        found.append(Finding(trouble is None, f"Backup {path.name}: {trouble or 'whole.'}"))
    if store.is_on_disk and not paths:
        found.append(Finding(True, "There is no backup yet."))
    return found
