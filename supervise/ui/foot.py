"""The foot of the window: what just happened, with Undo; whether all is saved and backed up; the lock.

It is the one door by which the program speaks.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from supervise.errors import SuperviseError
from supervise.ui.bits import button, label, row
from supervise.ui.desk import Desk
from supervise.ui.numbers import NO_FOCUS, SELECTABLE_BY_MOUSE, take_focus
from supervise.wording import day, days

LONGEST = 400
"""Letters that the foot says at most: it is one or two lines, and the whole stands in the history."""


class Foot(QFrame):
    """Says what happened, and what did not work; the latter stays until it is closed."""

    undo_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self.said = label("")
        self.said.setProperty("textInteractionFlags", SELECTABLE_BY_MOUSE)
        take_focus(self.said, NO_FOCUS)
        self.said.setWordWrap(True)
        self.said.setMinimumWidth(1)  # a long word must not widen the window
        self.undo = button("Undo", self.undo_wanted.emit, link=True)
        self.close_trouble = button("Close", self.clear, link=True, name="Close this message")
        self.state = label("", quiet=True)
        self.lock = button("Lock", self.lock_wanted.emit, link=True)
        self.undo.hide()
        self.close_trouble.hide()
        layout = row(self.said, self.undo, self.close_trouble, None, self.state, self.lock)
        layout.setStretchFactor(self.said, 1)
        layout.setContentsMargins(16, 3, 16, 3)
        self.setLayout(layout)

    def note(self, text: str, *, undo: bool = False) -> None:
        """Say what just happened."""
        self._say(text, trouble=False)
        self.undo.setVisible(undo)
        self.undo.setAccessibleName(f"Undo: {text}")

    def trouble(self, error: SuperviseError) -> None:
        """Say what did not work and what to do next."""
        self._say(f"▲ {error}", trouble=True)
        self.undo.hide()

    def offer_undo(self, possible: bool) -> None:
        """Take the Undo away while nothing can be changed."""
        if not possible:
            self.undo.hide()

    def turn_page(self) -> None:
        """What did not work on the page before is no longer said."""
        if self.property("trouble"):
            self.clear()

    def clear(self) -> None:
        """Say nothing."""
        self._say("", trouble=False)
        self.undo.hide()

    def _say(self, text: str, *, trouble: bool) -> None:
        self.said.setText(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
        self.close_trouble.setVisible(trouble)
        if self.property("trouble") != trouble:
            self.setProperty("trouble", trouble)
            for part in (self, *self.findChildren(QLabel)):
                part.style().unpolish(part)
                part.style().polish(part)
        if text:
            from supervise.ui.dialogs.dialog import announce  # late: mostly nothing is said at first

            announce(self.said, text)

    def show_state(self, text: str) -> None:
        """Whether all is saved and backed up."""
        self.state.setText(text)


def backed_up_words(desk: Desk) -> str:
    """How safe what was written is: "Saved · backed up 09:12 · no copy off this computer for 12 days"."""
    if desk.is_practice or not desk.workspace.store.is_on_disk:
        return "Saved"
    from supervise.store.safe_keeping import backed_up_state  # late: practice needs nothing of backups

    state = backed_up_state(desk.workspace.store, desk.now())
    if state.when is None:
        return "Saved · not backed up yet"
    when = state.when.astimezone()
    same_day = when.date().toordinal() == desk.today
    said = (
        f"Saved · backed up {when:%H:%M}" if same_day else f"Saved · backed up {day(when.toordinal())}"
    )
    without = state.days_without_copy_elsewhere
    if without is None:
        return f"{said} · no copy off this computer yet"
    return f"{said} · no copy off this computer for {days(without)}" if without else said
