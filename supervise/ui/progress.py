"""How far slow work has come, with a button to stop it; quick work shows nothing."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from supervise.ui.background import Background, Job
from supervise.ui.bits import button, row

PATIENCE = 600
"""Milliseconds of work before it is worth a word."""


class Progress(QWidget):
    """Follows one job at a time."""

    stopped = Signal()

    def __init__(self, background: Background, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.bar = QProgressBar()
        self.bar.setAccessibleName(what)
        self.bar.setFormat(f"{what} %p %")
        self.cancel = button("Cancel", self.stop, name=f"Cancel: {what}")
        self.setLayout(row(self.bar, self.cancel))
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.show)
        background.stepped.connect(self._stepped)
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether work is under way."""
        return self._job is not None

    def follow(self, job: Job) -> None:
        """Follow that job; one followed before is given up."""
        self.end()
        self._job = job
        self.bar.setRange(0, 0)
        self._patience.start()

    def end(self) -> None:
        """The work is over, or given up."""
        if self._job is not None:
            self._job.cancel()  # of work that is done already nothing is left to stop
        self._job = None
        self._patience.stop()
        self.hide()

    def stop(self) -> None:
        """Give up the work."""
        self.end()
        self.stopped.emit()

    def _stepped(self, job: Job, done: int, whole: int) -> None:
        if job is self._job:
            self.bar.setRange(0, max(whole, 1))
            self.bar.setValue(done)
