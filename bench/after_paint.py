"""When a window can be used: it has been painted, and the next key that is pressed would be handled."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget


class _Painted(QObject):
    """Nothing here touches what a window does without it: the namespace Qt alone takes a while to import."""

    def __init__(self, window: QWidget, does: Callable[[], None]) -> None:
        super().__init__(window)
        self._does = does
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """After the first paint, when the loop has come round to what happens next."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))
        return False

    def customEvent(self, event: QEvent) -> None:
        """It has."""
        self._does()


def then(window: QWidget, does: Callable[[], None]) -> None:
    """Do that once the window can be used."""
    _Painted(window, does)
