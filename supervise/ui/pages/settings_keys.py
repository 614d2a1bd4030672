"""Settings, passphrase and lock: who can open the store, and new keys when that is to be others."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from supervise.ui.bits import button, card, column, heading, label, row
from supervise.ui.desk import Desk

_WHY = (
    "A new passphrase does not take anything away from those who knew the old one and have a backup. New keys do: "
    "what opened the store until now then opens neither it nor any later backup. There is a new recovery sheet, too."
)


class KeysPart(QWidget):
    """The two occasions on which a store gets new keys. `ended` tells that it has been given some."""

    ended = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.hand_over = button("Hand over to a new &manager…", self._hand_over)
        self.disclosed = button("Some&body may know the passphrase…", self._disclosed)
        box = card()
        box.setLayout(
            column(heading("New keys", 2), label(_WHY, quiet=True, wrap=True),
                   row(self.hand_over, None), row(self.disclosed, None), margins=12)
        )  # fmt: skip
        self.setLayout(column(box))

    def _hand_over(self) -> None:
        self._open(for_manager=True)

    def _disclosed(self) -> None:
        self._open(for_manager=False)

    def _open(self, *, for_manager: bool) -> None:
        from supervise.ui.dialogs.new_keys import NewKeysDialog

        with self.desk.trying():
            dialog = NewKeysDialog(self.desk, self.window(), for_manager=for_manager)
            dialog.finished.connect(self._closed)
            dialog.show_over()

    def _closed(self, _: int) -> None:
        self.ended.emit()
