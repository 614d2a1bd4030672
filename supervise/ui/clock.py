"""The day changes, also while a laptop sleeps; and nobody may be there any more.

One timer a minute compares days, so that midnight and waking need no care of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from supervise.workdays import Day

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

    from supervise.ui.asleep import Asleep

MINUTE = 60_000
LATER = 3_000
"""Milliseconds after the start until it listens for sleep, which loads what Today does not need."""

_SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class Clock(QObject):
    """Tells when the day has changed, and when nobody has touched anything for a while."""

    new_day = Signal(int)
    idle = Signal()

    def __init__(
        self,
        now: Callable[[], datetime],
        idle_minutes: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._now, self._idle_minutes = now, idle_minutes
        self._day: Day = now().date().toordinal()
        self._touched = now()
        self._timer = QTimer(self)
        self._timer.setInterval(MINUTE)
        self._timer.timeout.connect(self.look)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER)
        self._later.timeout.connect(self._listen)
        self._asleep: Asleep | None = None

    def start(self) -> None:
        """From now on it looks once a minute; and, a little later, hears when the computer goes to sleep."""
        self._timer.start()
        self._later.start()

    def _listen(self) -> None:
        if self._asleep is None:
            from supervise.ui.asleep import Asleep  # late: the window is there before its buses are

            self._asleep = Asleep(self)
            self._asleep.told.connect(self.idle)
            self._asleep.listen()

    def stop(self) -> None:
        """It looks no more."""
        self._timer.stop()
        self._later.stop()
        if self._asleep is not None:
            self._asleep.close()
            self._asleep.deleteLater()
            self._asleep = None

    def look(self) -> None:
        """Compare the day with the one seen last, and the time with the last sign of life."""
        now = self._now()
        today = now.date().toordinal()
        if today != self._day:
            self._day = today
            self.new_day.emit(today)
        if now - self._touched >= timedelta(minutes=self._idle_minutes()):
            self.idle.emit()

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self._now()

    def watch(self, window: QWindow) -> None:
        """Signs of life in that window count. It is the window of the screen that is watched, not every
        widget in it: a filter in Python on every event would be felt."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every key and movement is a sign of life. After a sleep the first one must not
        open what should have been locked, so the time is looked at before it counts."""
        if event.type() in _SIGNS_OF_LIFE and event.spontaneous():
            if self._now() - self._touched >= timedelta(minutes=self._idle_minutes()):
                self.idle.emit()
            self.touch()
        return False
