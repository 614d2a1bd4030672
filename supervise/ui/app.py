"""The program as a window: from the first start, or the passphrase, to the window on an open store.

`run` is what the composition root calls. One store is open at a time; its connection stays in the window's
own thread.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from supervise import beginning, passphrases
from supervise.crash_log import catch_everything
from supervise.errors import StoreInUse, SuperviseError
from supervise.places import Machine, Places
from supervise.store import Store, Unlocked, open_store, unlock
from supervise.ui.background import Background
from supervise.ui.clock import Clock
from supervise.ui.desk import Desk
from supervise.ui.foot import Foot
from supervise.ui.lock import LockPage
from supervise.ui.look import chosen_theme, dress
from supervise.ui.memory import Memory
from supervise.ui.single import Single, name_of, raise_other
from supervise.ui.window import Window
from supervise.workspace import Workspace

if TYPE_CHECKING:
    from supervise.ui.first_run import FirstRun
    from supervise.ui.unlock import UnlockPage

PROGRAM = "the window"
"""What is told to whoever finds the store open."""


@dataclass(frozen=True, slots=True)
class Start:
    """What only the composition root knows: the clock, the user, the places and the environment. `machine`
    None keeps no settings and no notes of faults."""

    now: Callable[[], datetime]
    me: str
    take_passphrase: Callable[[], str | None]
    places: Places
    machine: Machine | None
    home: Path
    environment: Mapping[str, str]


def run(start: Start) -> int:
    """Open the window and stay until it is closed. Gives the exit status."""
    if raise_other(name_of(start.places.store, start.me)):
        return 0
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(qt, QApplication)
    qt.setApplicationName("Supervise")
    qt.setQuitOnLastWindowClosed(False)
    app = App(start, qt)
    sys.excepthook = app.crashed_with
    app.begin()
    status = qt.exec()
    app.close()
    return status


class App(QObject):
    """Which window is there: the first start, the door, or the window on an open store."""

    def __init__(self, start: Start, qt: QApplication) -> None:
        super().__init__()
        self.start, self.qt = start, qt
        self.note_bug = catch_everything(start.machine.logs, start.now) if start.machine else None
        self.memory = Memory(start.machine.settings_file if start.machine else None)
        self.background = Background(self.crashed, self)
        self.clock = Clock(start.now, lambda: int(self.memory["lock_minutes"]), self)
        self.clock.idle.connect(self._lock)
        self.clock.new_day.connect(self._new_day)
        self.window: Window | None = None
        self.door: QMainWindow | None = None
        self.single: Single | None = None
        self.store: Store | None = None
        self.desk: Desk | None = None
        self.theme = chosen_theme(self.memory)
        dress(qt, self.theme, self.memory["text_percent"])
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.dress)

    def begin(self) -> None:
        """What a person sees first: their store, its door, or the three ways in."""
        places = self.start.places
        if not places.store.exists():
            self.show_first_run()
        elif beginning.is_practice(places):
            self.open(places, beginning.PRACTICE_PASSPHRASE)
        else:
            self.show_door(places, self.start.take_passphrase())

    # Doors

    def show_first_run(self) -> None:
        """The three ways in."""
        from supervise.ui.first_run import FirstRun

        page = FirstRun(self.background, self.memory, self.theme, self.start)
        page.made.connect(self.enter)
        page.practice_wanted.connect(self.practise)
        self._show_door(page)

    def show_door(self, places: Places, known: str | None = None) -> None:
        """The passphrase of a store; one that is known is tried at once."""
        from supervise.ui.unlock import UnlockPage

        page = UnlockPage(self.background, places)
        page.unlocked.connect(
            lambda found, secret, remember: self._unlocked(places, found, secret, remember)
        )
        page.other_wanted.connect(self.show_first_run)
        self._show_door(page)
        if known:
            page.try_it(known)
        elif str(places.store) in self.memory["in_keyring"]:  # which may take a while to answer
            self.background.run(
                lambda: passphrases.remembered(places.store), page.try_remembered, page.refuse
            )

    def _show_door(self, page: FirstRun | UnlockPage) -> None:
        if self.door is None:
            self.door = QMainWindow()
            self.door.setWindowTitle("Supervise")
            self.door.resize(1000, 590)
            self.door.installEventFilter(self)
        self.door.setCentralWidget(page)
        self.door.show()
        page.start()

    def _unlocked(self, places: Places, found: Unlocked, secret: str, remember: bool) -> None:
        if self.open(places, found) and remember:
            self.remember(places, secret)

    def remember(self, places: Places, secret: str) -> None:
        """Have the system's keyring remember the passphrase, and say so if it would not."""
        if passphrases.remember(places.store, secret):
            self.memory["in_keyring"] = sorted({*self.memory["in_keyring"], str(places.store)})
        elif self.desk is not None:
            self.desk.notifier.note(passphrases.NO_KEYRING)

    def practise(self) -> None:
        """The practice store: the one that is there, or a new one."""
        places = Places.for_practice()
        try:
            store = beginning.open_practice(
                places, now=self.start.now, me=self.start.me, program=PROGRAM
            )
        except SuperviseError as error:
            self.tell(error)
        else:
            self.enter(store)

    def open(self, places: Places, secret: str | Unlocked) -> bool:
        """Open a store and show the window on it; what keeps it shut is said."""
        try:
            store = open_store(places, secret, now=self.start.now, user=self.start.me, program=PROGRAM)
        except StoreInUse as error:
            if raise_other(name_of(places.store, self.start.me)):
                self.qt.quit()
            else:
                self.tell(error)
            return False
        except SuperviseError as error:
            self.tell(error)
            return False
        self.enter(store)
        return True

    def tell(self, error: SuperviseError) -> None:
        """Say what is the matter at the door."""
        from supervise.ui.unlock import UnlockPage

        page = self.door.centralWidget() if self.door else None
        if isinstance(page, QWidget) and hasattr(page, "refuse"):
            page.refuse(error)
            return
        door = UnlockPage(self.background, self.start.places)
        door.unlocked.connect(
            lambda found, secret, remember: self._unlocked(self.start.places, found, secret, remember)
        )
        door.other_wanted.connect(self.show_first_run)
        self._show_door(door)
        door.refuse(error)

    # The window on an open store

    def enter(self, store: Store) -> None:
        """Show the window on a store that has just been opened."""
        start, self.store = self.start, store
        workspace = Workspace(store, today=lambda: start.now().date().toordinal(), me=start.me)
        foot = Foot()
        self.desk = Desk(workspace, foot, self.background, self.memory, self.theme, start.now)
        self.desk.is_practice = beginning.is_practice(store.places)
        self.window = Window(self.desk, foot, self._lock_page(store.places), self._left)
        self.window.dress_wanted.connect(self.dress)
        self.window.place(self.memory["window"])
        if self.memory["team"] in workspace.teams():
            self.desk.view.choose_team(self.memory["team"])
        self.window.open_page("today")
        self.window.show()
        if (handle := self.window.windowHandle()) is not None:
            self.clock.watch(handle)
        self.clock.touch()
        self.clock.start()
        self.single = Single(name_of(store.places.store, start.me), self)
        self.single.wanted.connect(self._to_the_front)
        for note in self.memory.notes:
            foot.note(note)
        self._close_door()

    def _lock_page(self, places: Places) -> LockPage:
        if beginning.is_practice(places):
            return LockPage(self.background, None)
        return LockPage(self.background, lambda typed: unlock(places, typed))

    def _close_door(self) -> None:
        if self.door is not None:
            self.door.removeEventFilter(self)
            self.door.hide()
            self.door.deleteLater()
            self.door = None

    def _left(self) -> None:
        """The window is closing: remember how it stood, back up, close the store."""
        assert self.window is not None and self.store is not None and self.desk is not None
        other = self.window.wants_other
        self.memory["window"] = self.window.place_said()
        self.memory["team"] = self.desk.view.team or ""
        self.clock.stop()
        if self.single is not None:
            self.single.close()
        self.background.close()
        if not self.desk.is_practice:
            beginning.back_up_on_closing(self.store)
        self.store.close()
        self.window.deleteLater()
        self.window = self.store = self.desk = self.single = None
        if other:
            self.show_first_run()
        else:
            self.qt.quit()

    def _to_the_front(self) -> None:
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.raise_()
            self.window.activateWindow()

    def _lock(self) -> None:
        if self.window is not None:
            self.window.lock()

    def _new_day(self, _: int) -> None:
        if self.desk is not None:
            self.desk.view.changed.emit()

    def dress(self) -> None:
        """Colours and letters as they are chosen now, in every window."""
        self.theme = chosen_theme(self.memory)
        if self.desk is not None:
            self.desk.theme = self.theme
        dress(self.qt, self.theme, self.memory["text_percent"])

    # What goes wrong

    def crashed_with(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Python's own hook: an error that nobody caught."""
        if issubclass(kind, KeyboardInterrupt):
            self.qt.quit()
            return
        if isinstance(error, SuperviseError) and self.desk is not None:
            self.desk.notifier.trouble(error)
            return
        self.crashed(error.with_traceback(trace))

    def crashed(self, error: BaseException) -> None:
        """Our own fault: written down without anyone's data, told once, and the window goes on."""
        where = self.note_bug(type(error), error.__traceback__) if self.note_bug else None
        told = SuperviseError(
            f"Something went wrong in the program itself ({type(error).__name__}); your records are as they were.",
            f"A note without anyone’s data is in {where}." if where else "",
        )
        if self.desk is not None:
            self.desk.notifier.trouble(told)
        else:
            sys.stderr.write(f"{told}\n")

    def close(self) -> None:
        """Let everything go, in order."""
        if self.window is not None:
            self.window.close()
        self._close_door()
        self.background.close()
        self.clock.stop()
