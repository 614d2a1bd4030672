"""Drafts: what is written is kept within a second of the last key, and again and again where that fails."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from supervise.doing.sheet import Sheet
from supervise.doing.writing import Writing
from supervise.errors import SuperviseError
from supervise.ui.desk import Desk

WAIT = 700
"""Milliseconds after a key until the draft is kept, and between two times while somebody goes on typing."""

AGAIN = 4_000
"""Milliseconds until it is tried again where it failed."""


class Keeper(QObject):
    """Keeps one sheet as a draft. `gather` brings what stands in the fields into the sheet. Opening a record
    keeps nothing: there is a draft from the first change on."""

    kept = Signal()
    failed = Signal(object)  # the SuperviseError, each time anew

    def __init__(
        self, desk: Desk, sheet: Sheet, gather: Callable[[], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._sheet, self._gather = desk, sheet, gather
        self._writing = Writing(desk.workspace.here)
        self.is_dirty = self.has_failed = self._is_untold = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep)

    def changed(self) -> None:
        """Something was written. Quick enough for every key: the work is done by the clock."""
        self.is_dirty = True
        if not self._timer.isActive():
            self._timer.start(AGAIN if self.has_failed else WAIT)

    def keep(self) -> bool:
        """Keep it now, if anything has changed. False if that failed; then it is tried again by itself."""
        self._timer.stop()
        if not self.is_dirty:
            return True
        self._gather()
        try:
            self._writing.keep(self._sheet)
        except SuperviseError as error:
            self.has_failed = True
            self._timer.start(AGAIN)
            self.failed.emit(error)
            return False
        self.is_dirty = self.has_failed = False
        self._is_untold = True
        self.kept.emit()
        return True

    def tell(self) -> None:
        """Other pages list drafts: when one is left, they are told that it has changed."""
        if self._is_untold:
            self._is_untold = False
            self._desk.changed.emit(frozenset({"draft"}))

    def stop(self) -> None:
        """Nothing more is to be kept: the sheet has become a record, or was thrown away."""
        self._timer.stop()
        self.is_dirty = self.has_failed = False
        self._is_untold = True
