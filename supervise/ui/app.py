"""The program as a window: from the first start, or the passphrase, to the window on an open store.

`run` is what the composition root calls. One store is open at a time; its connection stays in the window's
own thread.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from supervise import beginning
from supervise.collecting import without_collecting
from supervise.errors import SuperviseError
from supervise.places import Places
from supervise.store import Store
from supervise.ui.background import Background
from supervise.ui.clock import Clock
from supervise.ui.doors import Doors
from supervise.ui.faults import Faults
from supervise.ui.look import application, chosen_theme, dress, show_icon, starts_dark
from supervise.ui.memory import Memory
from supervise.ui.single import Ears
from supervise.ui.sitting import Sitting
from supervise.ui.start import Start
from supervise.ui.window import Window

if TYPE_CHECKING:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QSessionManager, QWindow

    from supervise.crash_log import NoteBug
    from supervise.ui.first_keys import Ready


_UNHURRIED = 400
"""Milliseconds after which a person sees the page they wait for."""


def run(start: Start) -> int:
    """Open the window and stay until it is closed. Gives the exit status."""
    qt = QApplication.instance() or application(sys.argv[0])
    assert isinstance(qt, QApplication)
    qt.setApplicationName("Supervise")
    qt.setQuitOnLastWindowClosed(False)
    note_bug = _catch_everything(start)
    with without_collecting():
        app = App(start, qt, note_bug)
    before, sys.excepthook = sys.excepthook, app.faults.uncaught
    from supervise.ui.ending import Ending  # late: there is nothing to end before

    ending = Ending(app)
    ending.wanted.connect(app.end)
    app.ended.connect(partial(QTimer.singleShot, 0, qt.quit))  # also before there is a loop to end
    try:
        with without_collecting():
            app.begin()
        QTimer.singleShot(_UNHURRIED, app, partial(show_icon, qt))
        return qt.exec()
    finally:
        ending.close()
        app.close()
        sys.excepthook = before


def _catch_everything(start: Start) -> NoteBug | None:
    """What writes a fault of the program down, where anything is kept."""
    if start.machine is None:
        return None
    from supervise.crash_log import catch_everything

    return catch_everything(start.machine.logs, start.now)


class App(QObject):
    """Which window is there: the door, or the window on an open store."""

    ended = Signal()

    def __init__(self, start: Start, qt: QApplication, note_bug: NoteBug | None = None) -> None:
        """`note_bug` writes a fault of the program down."""
        super().__init__()
        self.start, self.qt = start, qt
        self.sitting: Sitting | None = None
        self._is_dark = starts_dark()
        self.faults = Faults(note_bug, self.tell, self.end, lambda: self.sitting is None)
        self.memory = Memory(start.machine.settings_file if start.machine else None)
        self.background = Background(self.faults.heard, self)
        self.keyring = Background(self.faults.heard, self)
        self.clock = Clock(start.now, lambda: int(self.memory["lock_minutes"]), self)
        self.ears = Ears(start.me, self)
        self.doors = Doors(self.background, self.keyring, self.memory, start, self.ears.raise_other)
        self._connect()
        self.dress()

    def _connect(self) -> None:
        self.ears.wanted.connect(self._to_the_front)
        self.clock.idle.connect(self._lock)
        self.clock.new_day.connect(self._new_day)
        self.doors.opened.connect(self.enter)
        self.doors.left.connect(self.ended)
        self.doors.size_wanted.connect(self._resize_text)
        self.doors.keyring_failed.connect(self._note)
        self.qt.focusWindowChanged.connect(self._watch)
        self.qt.commitDataRequest.connect(self.keep_for_the_end)  # at once: both are of this thread
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._dress_like)

    @property
    def window(self) -> Window | None:
        """The window on the open store; None at the door."""
        return self.sitting.window if self.sitting is not None else None

    # The door

    def begin(self) -> None:
        """What a person sees first: their store's door, or the ways in; nothing, if their window is open
        already, which then comes to the front."""
        places = self._own_places()
        if self.ears.raise_other(places.store):
            self.ended.emit()
            return
        self.ears.listen(places.store)
        if places.store.exists():
            known = None if beginning.is_practice(places) else self.start.take_passphrase()
            self.doors.show_door(places, known)
        else:
            self.doors.show_ways(None, self._what_is_missing())

    def _own_places(self) -> Places:
        """The store that was named, or the one opened last, or the usual one."""
        last = self.memory["store"]
        if not self.start.was_named and last and Path(last).exists():
            return Places(Path(last))
        return self.start.places

    def _what_is_missing(self) -> str:
        last = self.memory["store"]
        if not last or self.start.was_named:
            return ""
        from supervise.store import aside  # late: only where something is amiss

        said = f"The store opened last, {last}, is not there now."
        if kept := aside.kept_words(Places(Path(last))):
            return f"{said} {kept}: restore that one, or a backup."
        return f"{said} If it is on another disk, connect that first."

    # The window on an open store

    @without_collecting()
    def enter(self, store: Store, ready: Ready) -> None:
        """Show the window on a store that has just been opened. It is there before the door goes, so that
        the keyboard never falls to another program in between; damage that only shows in reading is told at
        the door."""
        sitting: Sitting | None = None
        try:
            sitting = Sitting(store, self.start, self.background, self.memory, self.theme)
            sitting.begin()
        except SuperviseError as error:
            (sitting.give_up if sitting is not None else store.close)()
            self.doors.tell(error)
            return
        self.sitting = sitting
        self.sitting.window.dress_wanted.connect(self.dress)
        self.sitting.closing.connect(self._left)
        self.ears.listen(store.places.store)
        self.doors.close()
        self.clock.touch()
        self.clock.start()
        self.sitting.tell(ready)

    def _left(self) -> None:
        """The window is closing: what comes next depends on why."""
        assert self.sitting is not None
        sitting = self.sitting
        places, former = sitting.places, sitting.former
        self._let_go()
        if sitting.wants_backup is not None:
            self.ears.listen(self._own_places().store)
            self.doors.restore(places, *sitting.wants_backup, former)
        elif sitting.window.wants_other:
            own = self._own_places()
            self.ears.listen(own.store)
            self.doors.show_ways(own.store if own.store.exists() else None)
        else:
            self.ended.emit()

    def _let_go(self) -> None:
        """The store is closed; a second start that comes meanwhile finds nobody listening, and waits its turn."""
        sitting, self.sitting = self.sitting, None
        self.clock.stop()
        self.ears.close()
        if sitting is not None:
            sitting.end()

    def end(self) -> None:
        """The system, or a terminal, asks the program to end. It stays if what is being written can be kept
        nowhere: the words are on the screen then, and why."""
        if self.window is None:
            self.ended.emit()
        else:
            self.window.close()

    def keep_for_the_end(self, session: QSessionManager) -> None:
        """The person is signing out, which somebody may still stop: keep what is being written, close nothing."""
        front = self.window.front if self.window is not None else None
        if front is not None and not front.may_leave() and session.allowsInteraction():
            session.cancel()

    def close(self) -> None:
        """Let everything go, in order."""
        self._let_go()
        self.doors.close()
        self.background.close()
        self.keyring.close()
        self.qt.focusWindowChanged.disconnect(self._watch)
        self.qt.commitDataRequest.disconnect(self.keep_for_the_end)
        QGuiApplication.styleHints().colorSchemeChanged.disconnect(self._dress_like)

    # Second starts, the day, the lock

    def _to_the_front(self) -> None:
        from PySide6.QtCore import Qt

        window: QMainWindow | None = self.window or self.doors.window
        if window is not None:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.raise_()
            window.activateWindow()

    def _watch(self, window: QWindow | None) -> None:
        """Whatever has the keyboard, dialogs too, shows that somebody is there."""
        if window is not None:
            self.clock.watch(window)

    def _lock(self) -> None:
        if self.window is not None:
            self.window.lock()

    def _new_day(self, _: int) -> None:
        if self.sitting is not None:
            self.sitting.new_day()

    # Colours and letters

    def _dress_like(self, scheme: Qt.ColorScheme) -> None:
        """The system's own colours have become light or dark."""
        from PySide6.QtCore import Qt

        self._is_dark = scheme is Qt.ColorScheme.Dark
        self.dress()

    def dress(self) -> None:
        """Colours and letters as they are chosen now, in every window."""
        self.theme = chosen_theme(self.memory, self._is_dark)
        if self.sitting is not None:
            self.sitting.desk.theme = self.theme
        dress(self.qt, self.theme, self.memory["text_percent"])

    def _resize_text(self, percent: int) -> None:
        self.memory["text_percent"] = percent
        self.dress()

    # Speaking

    def _note(self, sentence: str) -> None:
        if self.sitting is not None:
            self.sitting.desk.notifier.note(sentence)

    def tell(self, error: SuperviseError) -> None:
        """Say what is the matter: in the window, or at the door."""
        if self.sitting is not None:
            self.sitting.desk.notifier.trouble(error)
        elif self.doors.window is not None:
            self.doors.tell(error)
        else:
            sys.stderr.write(f"{error}\n")
