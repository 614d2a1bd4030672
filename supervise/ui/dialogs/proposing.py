"""Proposing dates: what keeps everyone in policy, what cannot be kept, and booking it all as one change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from supervise import wording
from supervise.doing.dates import Gathered, gathering
from supervise.doing.diary import Diary
from supervise.doing.warnings import Thought, about_the_day
from supervise.errors import NotAllowed, SuperviseError
from supervise.proposing import Proposal, Proposed
from supervise.ui.bits import button, column, label, notice, row
from supervise.ui.cards import STACKED_ABOVE
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Dialog, announce
from supervise.ui.dialogs.proposing_table import Dates, DatesView
from supervise.ui.progress import Progress

WEEKS, LENGTHS = 8, (1, 2, 3, 4, 6, 8, 10, 12, 16, 26)
"""Weeks that dates are proposed for at first, and that can be chosen."""

MOST_A_DAY = 8
"""As many supervisions as a supervisor can be asked to hold on one day."""

SAID_AT_ONCE = 3
"""As many sentences are said above the table at once; a button shows all of them."""

PAUSE = 400
"""Milliseconds after which what was asked for is looked for."""


class ProposeDialog(Dialog):
    """Asks for how long, how many a day and whose; shows the dates, and books those that are chosen."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        said = (
            "The latest days that keep everyone in policy, around leave, working days and bank holidays."
        )
        super().__init__(desk, parent, "Propose dates", said, does="Book")
        self._gathered: Gathered | None = None
        self._wrong = ""
        self.weeks = _one_of(LENGTHS, WEEKS)
        self.a_day = _one_of(range(1, MOST_A_DAY + 1), desk.memory["sessions_a_day"])
        self.team = QComboBox()
        self.body.addLayout(self._asking())
        self.progress = Progress(desk.background, "Looking for dates")
        self.cannot = Sentences(trouble=True)
        self.notes = Sentences(trouble=False)
        self.summary = label("", wrap=True)
        self.dates = Dates(desk.workspace.today, self._looks, self)
        self.view = DatesView(self.dates, "Proposed dates")
        for part in (self.progress, self.cannot, self.summary, self.view, self.notes):
            self.body.addWidget(part)
        letters, room = self.fontMetrics(), parent.width() - 120
        self.view.setMinimumSize(min(letters.averageCharWidth() * 104, room), letters.height() * 12)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._connect()
        self._look()

    def _asking(self) -> QHBoxLayout | QVBoxLayout:
        """For how long, how many a day, and whose."""
        self.team.addItem("everyone", None)
        for name in self.desk.workspace.teams():
            self.team.addItem(name, name)
        self.team.setCurrentIndex(max(0, self.team.findData(self.desk.view.team)))
        asked = (
            ("For the next", "weeks", self.weeks, "For how many weeks"),
            ("at most", "a day", self.a_day, "How many supervisions a supervisor holds on one day at most"),
            ("for", "", self.team, "Whose team"),
        )  # fmt: skip
        parts = []
        for before, after, made, name in asked:
            made.setAccessibleName(name)
            parts.append(row(label(before), made, label(after), spacing=6))
        stacked = self.desk.memory["text_percent"] > STACKED_ABOVE
        if stacked:
            for part in parts:
                part.addStretch(1)
            return column(*parts)
        return row(*parts, None, spacing=14)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._look)
        self.weeks.currentIndexChanged.connect(self._wait)
        self.a_day.currentIndexChanged.connect(self._wait)
        self.team.currentIndexChanged.connect(self._wait)
        self.dates.altered.connect(self._count_chosen)
        self.dates.refused.connect(self._say_refused)
        self.finished.connect(self._stop)
        self.progress.stopped.connect(self._stopped)

    def show_over(self) -> None:
        """Open it as high as the window lets it: what it finds comes later."""
        super().show_over()
        self.resize(self.width(), self._over.window().height() - 20)

    def start_here(self) -> QWidget | None:
        """On the dates."""
        return self.view

    # Looking for dates

    def _wait(self) -> None:
        self.main.setEnabled(False)
        self._pause.start()

    def _look(self) -> None:
        """Read what there is, in steps, then find the dates beside the window."""
        self._pause.stop()
        self.trouble("")
        self.main.setEnabled(False)
        self.desk.memory["sessions_a_day"] = self.a_day.currentData()
        steps = gathering(
            self.desk.workspace.here,
            self.team.currentData(),
            None,
            self.weeks.currentData(),
            self.a_day.currentData(),
        )
        self.progress.follow(self.desk.background.step(steps, self._read, self._failed))

    def _read(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self.progress.follow(self.desk.background.run(gathered.propose, self._found, self._failed))

    def _found(self, proposal: Proposal) -> None:
        self.progress.end()
        assert self._gathered is not None, "dates are found from what was read"
        self.cannot.show_all([each.sentence for each in proposal.cannot])
        self.notes.show_all(proposal.notes)
        self.dates.show_proposal(self._gathered, proposal)
        if self.dates.records and self.view.chosen() is None:
            self.view.setCurrentIndex(self.dates.index(0, 0))
        self.summary.setText(self._said(proposal))
        announce(self.summary, self.summary.text())

    def _said(self, proposal: Proposal) -> str:
        booked = sum(each.booked for each in proposal.dates)
        proposed = len(proposal.dates) - booked
        until = f"from {wording.day(proposal.first)} to {wording.day(proposal.last)}"
        if not proposal.dates:
            return f"Nothing is due {until}."
        already = f", beside {booked:,} booked already" if booked else ""
        kept = " Everyone stays in policy." if not proposal.cannot else ""
        how = " Space leaves a date out, Enter changes its day." if proposed else ""
        return f"{wording.counted(proposed, 'date')} {until}{already}.{kept}{how}"

    def _failed(self, error: SuperviseError) -> None:
        self.progress.end()
        self.trouble(str(error))

    def _stopped(self) -> None:
        self.summary.setText("Stopped. Nothing was changed.")

    def _stop(self, _: int) -> None:
        self._pause.stop()
        self.progress.end()

    # Choosing and booking

    def _looks(self, proposed: Proposed) -> list[str]:
        thought = Thought(
            proposed.person, proposed.on, None, proposed.supervisor, proposed.kind, ignoring=None
        )
        return about_the_day(self.desk.workspace.here, thought)

    def _count_chosen(self) -> None:
        n = len(self.dates.chosen())
        self.main.setText(f"&Book {'these ' if n > 1 else 'this '}{n:,}" if n else "Book")
        self.main.setEnabled(n > 0)

    def _say_refused(self, sentence: str) -> None:
        self._wrong = sentence
        self.trouble(sentence)

    def submit(self) -> bool:
        """Book the chosen dates, as one change. What was typed last and refused is said first."""
        self.main.setFocus()  # a day that is still being typed counts
        if self._wrong:
            sentence, self._wrong = self._wrong, ""
            raise NotAllowed(sentence, "The day before it stands in the list; press again to book that.")
        if not self.main.isEnabled():
            return False
        self.desk.refuse_if_not_today()
        change = Diary(self.desk.workspace.here).book_all(self.dates.chosen())
        self.desk.did(change, f"{change.label.replace('Book', 'Booked', 1)}.")
        return True


class Sentences(QWidget):
    """Sentences to read in a box, the first few at once and all of them when asked."""

    def __init__(self, *, trouble: bool) -> None:
        super().__init__()
        self._box: QLabel = notice("", trouble=trouble)
        self._more = button("", self._show_whole, link=True)
        self.setLayout(column(self._box, row(self._more, None), spacing=2))
        self._all: Sequence[str] = ()

    def show_all(self, sentences: Sequence[str]) -> None:
        """Show these."""
        self._all = sentences
        self._say(sentences[:SAID_AT_ONCE])

    def _show_whole(self) -> None:
        self._say(self._all)
        self._box.setFocus()

    def _say(self, shown: Sequence[str]) -> None:
        self._box.setText("\n".join(shown))
        self._more.setText(f"Show all {len(self._all):,}")
        self._more.setVisible(len(shown) < len(self._all))
        self.setVisible(bool(shown))


def _one_of(numbers: Iterable[int], chosen: int) -> QComboBox:
    made = QComboBox()
    for number in numbers:
        made.addItem(str(number), number)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    return made
