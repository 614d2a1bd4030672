"""The first page of all: what would you like to do?"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from supervise.ui.bits import button, heading, label
from supervise.ui.first_step import Step, choose, pressed_by_enter

BRING_IN, EMPTY, SERVICE = "bring_in", "empty", "service"
"""The ways that make a real store."""

OWN, PRACTISE, PRACTISE_AGAIN, RESTORE = "own", "practise", "practise again", "restore"
"""The other ways."""


class WayButton(QPushButton):
    """A large button: what it does (with an & before its key), and one sentence on what that means."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self.setAccessibleName(title.replace("&", ""))
        self.setAccessibleDescription(sentence)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 10, 16, 10)
        inside.setSpacing(2)
        name = heading(title, 2)
        name.setBuddy(self)
        for each in (name, label(sentence, quiet=True, wrap=True)):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addWidget(each)
        pressed_by_enter(self)

    def sizeHint(self) -> QSize:
        """As large as its words."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """It does not cut its words."""
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()


class WaysStep(Step):
    """The ways in. `chosen` says which; a store that was picked comes with its path."""

    chosen = Signal(str)
    picked = Signal(Path)

    def __init__(self, own: Path | None, *, has_practised: bool) -> None:
        """`own` is the store that this person has already."""
        super().__init__("What would you like to do?")
        self._first: QWidget | None = None
        if own is not None:
            self._way("&Open my store", f"It is at {own}.", OWN)
        going_on = "Goes on where you left it. " if has_practised else ""
        self._way(
            "&Practise with a sample team",
            f"{going_on}Made-up people, in a file of their own. No passphrase, and nothing can go wrong.",
            PRACTISE,
        )  # fmt: skip
        self._way(
            "&Bring in my tracker",
            "Make your own encrypted store, then choose your spreadsheet and see what is read from it.",
            BRING_IN,
        )  # fmt: skip
        self._way("&Start empty", "Make your own encrypted store, then add the first person.", EMPTY)
        self.body.addSpacing(6)
        if has_practised:
            self._link("Practise from the beginning again", partial(self.chosen.emit, PRACTISE_AGAIN))
        self._link("Open a store that is there already…", self._pick)
        self._link("Restore a backup…", partial(self.chosen.emit, RESTORE))
        self._link(
            "A service store, which gathers the teams’ exports", partial(self.chosen.emit, SERVICE)
        )
        self.main.hide()
        self.back_button.hide()
        self.laid_out()

    def _way(self, title: str, sentence: str, way: str) -> None:
        made = WayButton(title, sentence)
        made.clicked.connect(partial(self._choose, way))
        self._first = self._first or made
        self.body.addWidget(made)

    def _choose(self, way: str, *_: object) -> None:
        self.chosen.emit(way)

    def _link(self, text: str, does: object) -> None:
        made = pressed_by_enter(button(text, does, link=True))  # type: ignore[arg-type]
        self.body.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def _pick(self) -> None:
        kinds = "Stores of Supervise (*.store);;Every file (*)"
        choose(self, "Open a store", self._picked, files=kinds)

    def _picked(self, path: str) -> None:
        self.picked.emit(Path(path))

    def start_here(self) -> QWidget | None:
        """On the first way."""
        return self._first
