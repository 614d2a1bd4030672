"""The foot of a record that is being written: what has become of the draft, what is to be said, and Finish."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from supervise.errors import DiskFull, SuperviseError
from supervise.ui.bits import button, column, label, notice, row
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import announce

_UNKEPT = (
    "What you have written is not saved yet, and stays here on the screen. {} It is tried again every few "
    "seconds."
)
_MAKE_ROOM = "There is no room left for the store: free some space."
_AS_IT_SHOULD_BE = " If that is as it should be, finish once more (Ctrl+Return)."


class WritingFoot(QWidget):
    """Says when the draft was kept, and what stands in the way of finishing. `kept` is whether there was a
    draft already, `is_held` whether there is a finished record to print."""

    finish_wanted = Signal()
    throw_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget, *, kept: bool, is_held: bool) -> None:
        super().__init__(parent)
        self._desk, self._forbids = desk, False
        self.state = label("The draft is as you left it." if kept else "", quiet=True)
        self.throw = button(
            "Throw it away…", self.throw_wanted.emit, link=True, name="Throw this draft away"
        )
        self.print = button("P&rint…", self.print_wanted.emit)
        self.print.setEnabled(is_held)
        if not is_held:
            self.print.setToolTip("Finish the record first, then print it.")
        self.finish = button("Fi&nish", self.finish_wanted.emit, main=True)
        self.finish.setToolTip("Ctrl+Return")
        self.trouble, self.look = notice("", trouble=True), notice("")
        left = QWidget(self)
        left.setLayout(row(self.state, self.throw, spacing=8))
        whole = column(self.trouble, self.look, row(left, None, self.print, self.finish), spacing=6)
        whole.setContentsMargins(18, 0, 18, 8)
        self.setLayout(whole)
        self.throw.setVisible(kept)
        self.trouble.hide()
        self.look.hide()

    def kept(self) -> None:
        """The draft has been kept."""
        self.state.setText(f"Draft saved {self._desk.now().astimezone():%H:%M:%S}")
        self.throw.show()
        self.trouble.hide()

    def not_kept(self, error: SuperviseError) -> None:
        """It could not be kept: told once, and seen until it can."""
        self.state.setText("Not saved yet")
        if self.trouble.isHidden():
            said = _UNKEPT.format(_MAKE_ROOM if isinstance(error, DiskFull) else error)
            self.trouble.setText(said)
            self.trouble.show()
            announce(self.trouble, said)

    def say(self, sentences: tuple[str, ...], *, forbids: bool) -> None:
        """Say what stands in the way of finishing, or is worth a look before it."""
        self._forbids = forbids
        said = " ".join(sentences)
        said += _AS_IT_SHOULD_BE if said and not forbids else ""
        self.look.setText(said)
        self.look.setVisible(bool(said))
        if said:
            announce(self.look, said)

    def forget(self, *, forbidden_only: bool = False) -> None:
        """Something was altered since it was said; what forbids finishing is looked for anew each time."""
        if self._forbids or not forbidden_only:
            self.look.hide()

    def freeze(self, frozen: bool) -> None:
        """Nothing can be finished or thrown away while another day is looked at."""
        for each in (self.finish, self.throw):
            each.setEnabled(not frozen)
