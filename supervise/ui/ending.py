"""The program is asked to end from outside: Ctrl+C in a terminal, or the system.

A signal may arrive in the middle of anything. Its handler therefore does nothing; the byte that Python writes
for it wakes the window, which then ends between two events, never inside a change.
"""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


class Ending(QObject):
    """Listens for the signals that end a program."""

    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard, self._told = socket.socketpair()
        for end in (self._heard, self._told):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        self._fd_before = signal.set_wakeup_fd(self._told.fileno())
        self._before = {each: signal.signal(each, _nothing) for each in SIGNALS}

    def _hear(self) -> None:
        self._heard.recv(64)
        self.wanted.emit()

    def close(self) -> None:
        """Listen no more."""
        for each, before in self._before.items():
            signal.signal(each, before)
        signal.set_wakeup_fd(self._fd_before)
        self._notifier.setEnabled(False)
        self._heard.close()
        self._told.close()


def _nothing(number: int, frame: FrameType | None) -> None:
    """The byte has been written already."""
