"""Below and above a plan: the bar with the button that does it, and what is said of a team's export."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QProgressBar, QWidget

from supervise.exchange.sources import About, Source
from supervise.ui.bits import button, column, label, row
from supervise.ui.forms import Field, Form
from supervise.workdays import Day


class Bar(QFrame):
    """Always in sight: what would be done or why it cannot be, what is under way, and the buttons."""

    wanted = Signal()
    not_wanted = Signal()
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("top")
        self.words = label("", wrap=True)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Under way")
        self.stop = button("Cancel", self.stopped.emit)
        self.not_now = button("Not now", self.not_wanted.emit)
        self.main = button("Bring in", self.wanted.emit, main=True)
        line = row(self.words, self.progress, self.stop, self.not_now, self.main)
        line.setStretchFactor(self.words, 1)
        line.setContentsMargins(18, 8, 18, 8)
        self.setLayout(line)
        self.show_slow("")

    @property
    def is_slow(self) -> bool:
        """Whether something is under way that takes long."""
        return not self.progress.isHidden()

    def show_slow(self, saying: str) -> None:
        """Say what takes long; "" when it is over."""
        self.progress.setVisible(bool(saying))
        self.stop.setVisible(bool(saying))
        if saying:
            self.words.setText(saying)

    def show_state(self, words: str, *, main: bool | None, not_now: bool) -> None:
        """What would be done, or why not. `main`: whether it can be; None if there is nothing to do."""
        self.main.setVisible(main is not None)
        self.main.setEnabled(bool(main))
        self.not_now.setVisible(not_now)
        if not self.is_slow:
            self.words.setText(words)


class Steps(QWidget):
    """What else can be done: on to Today, another file, the same again."""

    def __init__(self) -> None:
        super().__init__()
        self.today = button("Look at Today", main=True)
        self.choose = button("Choose a file…")
        self.retry = button("Try again")
        self.setLayout(row(self.today, self.choose, self.retry, None))

    def show_only(self, *steps: QWidget) -> None:
        """Show these of them."""
        for each in (self.today, self.choose, self.retry):
            each.setVisible(each in steps)
        self.setVisible(bool(steps))


class AboutExport(QWidget):
    """What a service store may have to be told of a team's export."""

    said = Signal(object)  # About

    def __init__(self, today: Callable[[], Day]) -> None:
        super().__init__()
        source = (("new", "None: it is a new source"),)
        self.form = Form(
            (
                Field(name="as_at", label="As &at", kind="day", hint="The day of the export, if it does not say."),
                Field(name="source", label="A &newer export of", kind="choice", choices=source),
                Field(name="same", label="The &same people", hint="Who in it is whom here: ID=ID, then a blank."),
            ),
            today,
        )  # fmt: skip
        self.setLayout(column(self.form, row(button("Read it so", self._say), None)))

    def show_sources(self, sources: Iterable[Source]) -> None:
        """Those of which it may be a newer export."""
        made = self.form.inputs["source"]
        assert isinstance(made, QComboBox), "sources are chosen from a list"
        for source in sources:
            if made.findData(source.id) < 0:
                made.addItem(source.name, source.id)

    def _say(self) -> None:
        said = self.form.values()
        if said is not None:
            self.said.emit(About(said["as_at"], tuple((said["same"] or "").split()), said["source"]))
