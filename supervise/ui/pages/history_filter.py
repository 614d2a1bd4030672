"""Which changes of the history are shown: those about somebody, those that say certain words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from supervise.store import history
from supervise.store.history import Line
from supervise.store.search import everybody
from supervise.ui.bits import column, label, row
from supervise.ui.desk import Desk
from supervise.ui.progress import Progress
from supervise.workdays import iso

ANYONE = "Anyone"


class LineFilter(QWidget):
    """Looks through the whole history, step by step, and tells the numbers of the lines found."""

    found = Signal(object)  # their numbers, newest first; None for all there are

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.person = QComboBox()
        self.person.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.person.setMinimumContentsLength(16)
        self.words = QLineEdit()
        self.words.setPlaceholderText("Such as “book”, or a name")
        self.words.setClearButtonEnabled(True)
        about, saying = label("A&bout"), label("&Saying")
        about.setBuddy(self.person)
        saying.setBuddy(self.words)
        self.progress = Progress(desk.background, "Searching the history")
        self.progress.stopped.connect(self._give_up)
        self.setLayout(column(row(about, self.person, saying, self.words), self.progress, spacing=4))
        self.person.activated.connect(self.seek)
        self.words.textChanged.connect(self.seek)

    @property
    def is_used(self) -> bool:
        """Whether it keeps anything out."""
        return self.person.currentData() is not None or bool(self.words.text().strip())

    def read(self) -> None:
        """The people there are now; the one chosen stays chosen."""
        chosen = self.person.currentData()
        self.person.clear()
        self.person.addItem(ANYONE, None)
        for each in everybody(self.desk.workspace.store.database, iso(self.desk.today)):
            self.person.addItem(each.name, each.id)
        self.person.setCurrentIndex(max(0, self.person.findData(chosen)))

    def seek(self) -> None:
        """Look for the lines about that person and with those words; what was looked for before is dropped."""
        self.progress.end()
        if not self.is_used:
            self.found.emit(None)
            return
        words = self.words.text().casefold().split()
        database = self.desk.workspace.store.database
        steps = history.sought(database, self.person.currentData(), partial(_says, words))
        job = self.desk.background.step(steps, self._tell, self.desk.notifier.trouble)
        self.progress.follow(job)

    def _tell(self, numbers: list[int]) -> None:
        self.progress.end()
        self.found.emit(numbers)

    def _give_up(self) -> None:
        """Nobody wants to wait: everything is shown again, and nothing is said to be filtered."""
        self.person.setCurrentIndex(0)
        self.words.clear()
        self.found.emit(None)


def _says(words: Sequence[str], line: Line) -> bool:
    said = f"{line.label} {line.by}".casefold()
    return all(word in said for word in words)
