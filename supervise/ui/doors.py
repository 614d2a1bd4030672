"""The door: what is shown while no store is open. The ways in, a passphrase, a backup to restore."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow

from supervise import beginning
from supervise.errors import StoreInUse, SuperviseError
from supervise.places import Places
from supervise.store import Store, Unlocked, open_store
from supervise.ui.background import Background, Job
from supervise.ui.deeds import STEPS
from supervise.ui.first_keys import Ready, opened_once, practice, practice_again, restored
from supervise.ui.memory import Memory
from supervise.ui.start import PROGRAM, Start

if TYPE_CHECKING:  # imported when they are shown: most starts only need a passphrase
    from supervise.ui.first_restore import RestoreStep
    from supervise.ui.first_run import FirstRun
    from supervise.ui.first_step import Waiting
    from supervise.ui.unlock import UnlockPage

    DoorPage = FirstRun | UnlockPage | RestoreStep | Waiting


class Door(QMainWindow):
    """The window of the door. Its text grows and shrinks by the same keys as that of the main window."""

    closed = Signal()
    size_wanted = Signal(int)

    def __init__(self, percent: Callable[[], int]) -> None:
        super().__init__()
        self._percent = percent
        self.setWindowTitle("Supervise")
        self.resize(1000, 590)
        for keys, which in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1), ("Ctrl+0", 0)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._resize_text, which))

    def _resize_text(self, which: int) -> None:
        now = self._percent()
        larger = min((step for step in STEPS if step > now), default=STEPS[-1])
        smaller = max((step for step in STEPS if step < now), default=STEPS[0])
        self.size_wanted.emit({1: larger, -1: smaller, 0: 100}[which])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the door ends the program."""
        event.accept()
        self.closed.emit()


class Doors(QObject):
    """Which page the door shows, and opening a store with what it was told there."""

    opened = Signal(object, object)  # Store, Ready
    left = Signal()  # the door was closed, or another window has the store and is at the front now
    size_wanted = Signal(int)
    keyring_failed = Signal(str)  # what to say of it

    def __init__(
        self,
        background: Background,
        keyring: Background,
        memory: Memory,
        start: Start,
        raises_other: Callable[[Path], bool],
    ) -> None:
        """`keyring` is a worker of its own: the system may keep it waiting while it asks somebody.
        `raises_other` brings this person's other window on a store to the front, if there is one."""
        super().__init__()
        self._raises_other = raises_other
        self._background, self._keyring = background, keyring
        self._memory, self._start = memory, start
        self._jobs: list[Job] = []
        self.window: Door | None = None

    # Pages

    @property
    def page(self) -> DoorPage | None:
        """What the door shows now."""
        return cast("DoorPage | None", self.window.centralWidget()) if self.window is not None else None

    def _show(self, page: DoorPage) -> None:
        self._let_go()
        if self.window is None:
            self.window = Door(lambda: int(self._memory["text_percent"]))
            self.window.closed.connect(self.left)
            self.window.size_wanted.connect(self.size_wanted)
        self.window.setCentralWidget(page)
        self.window.show()
        self.window.activateWindow()
        page.start()

    def _let_go(self) -> None:
        """What is under way for a page that is gone is no longer wanted."""
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()

    def close(self) -> None:
        """Take the door away without a word."""
        self._let_go()
        if self.window is not None:
            self.window.closed.disconnect(self.left)
            self.window.hide()
            self.window.deleteLater()
            self.window = None

    def show_ways(self, own: Path | None, said: str = "") -> None:
        """The ways in, from the beginning."""
        from supervise.ui.first_run import FirstRun

        page = FirstRun(self._background, self._start, own)
        page.made.connect(self.open)
        page.practice_wanted.connect(self._practise)
        page.picked.connect(self._picked)
        page.restore_wanted.connect(
            partial(self.show_restore, Places(own) if own else self._start.places)
        )
        if own is not None:
            page.own_wanted.connect(partial(self.show_door, Places(own)))
        page.ways.say(said)
        self._show(page)

    def _practise(self, again: bool) -> None:
        places = self._start.practice
        self._do(partial(practice_again if again else practice, self._start, places), self.open, places)

    def _do(self, work: Callable[[], Ready], done: Callable[[Ready], object], places: Places) -> None:
        """Have a store made ready beside the window, then go on; what keeps it shut is said."""
        refused = partial(self._refused, places)
        self._jobs.append(self._background.run(work, done, refused))  # type: ignore[arg-type]

    def _picked(self, path: Path) -> None:
        self.show_door(Places(path))

    def show_door(self, places: Places, known: str | None = None) -> None:
        """The passphrase of a store; one that is known is tried at once. Practice needs none."""
        from supervise.ui.first_step import Waiting
        from supervise.ui.unlock import UnlockPage

        if beginning.is_practice(places):
            self._show(Waiting("Opening the sample team…", "Made-up people only."))
            self._do(partial(practice, self._start, places), self.open, places)
            return
        page = UnlockPage(places)
        page.wanted.connect(partial(self._try, places))
        page.other_wanted.connect(partial(self._back_to_ways, places))
        page.restore_wanted.connect(partial(self.show_restore, places))
        self._show(page)
        if known:
            page.try_it(known)
        elif str(places.store) in self._memory["in_keyring"]:
            from supervise import passphrases

            asking = partial(passphrases.remembered, places.store)
            self._jobs.append(self._keyring.run(asking, page.try_remembered, page.refuse))

    def _back_to_ways(self, places: Places) -> None:
        self.show_ways(places.store if places.store.exists() else None)

    def show_restore(self, places: Places, typed: str = "") -> None:
        """Choose a backup for that place."""
        from supervise.ui.first_restore import RestoreStep

        page = RestoreStep(places, typed)
        page.wanted.connect(partial(self._restore, places))
        page.back.connect(partial(self._back_to_ways, places))
        self._show(page)

    def tell(self, error: SuperviseError) -> None:
        """Say what is the matter, on the page that is shown."""
        from supervise.ui.first_step import Waiting

        if isinstance(self.page, Waiting):
            self.show_ways(None)
        if self.page is not None:
            self.page.refuse(error)

    # Opening

    def _try(self, places: Places, secret: str, remember: bool) -> None:
        done = partial(self._unlocked, secret, remember)
        self._do(partial(opened_once, self._start, places, secret), done, places)

    def _unlocked(self, secret: str, remember: bool, ready: Ready) -> None:
        if self.open(ready) and remember:
            self._remember(ready.places, secret)

    def _refused(self, places: Places, error: SuperviseError) -> None:
        """If this person's other window has the store, that comes to the front instead."""
        if isinstance(error, StoreInUse) and self._raises_other(places.store):
            self.left.emit()
        else:
            self.tell(error)

    def open(self, ready: Ready) -> bool:
        """Open a store whose keys are at hand; what keeps it shut is said."""
        start = self._start
        try:
            store: Store = open_store(
                ready.places, ready.keys, now=start.now, user=start.me, program=PROGRAM
            )
        except SuperviseError as error:
            self._refused(ready.places, error)
            return False
        if self.page is not None:
            self.page.forget()
        if ready.remembers:
            self._note_keyring(ready.places, True)
        self.opened.emit(store, ready)
        return True

    def _remember(self, places: Places, secret: str) -> None:
        from supervise import passphrases

        work = partial(passphrases.remember, places.store, secret)
        self._keyring.run(work, partial(self._note_keyring, places), self.tell)

    def _note_keyring(self, places: Places, remembers: bool) -> None:
        known = set(self._memory["in_keyring"]) - {str(places.store)}
        self._memory["in_keyring"] = sorted(known | ({str(places.store)} if remembers else set()))
        if not remembers:
            from supervise import passphrases

            self.keyring_failed.emit(passphrases.NO_KEYRING)

    # Restoring

    def _restore(self, places: Places, backup: Path, secret: str) -> None:
        self._do(partial(restored, self._start, places, backup, secret), self.open, places)

    def restore(self, places: Places, backup: Path, secret: str, former: Unlocked) -> None:
        """Put a backup in the place of the store that was open until now. If it cannot be done, that one
        (which `former` opens) is opened again, and told why."""
        from supervise.ui.first_step import Waiting

        self._show(Waiting("Restoring the backup…", "It is tried first; the store of now is kept."))
        work = partial(restored, self._start, places, backup, secret)
        failed = partial(self._not_restored, places, former)
        self._jobs.append(self._background.run(work, self.open, failed))  # type: ignore[arg-type]

    def _not_restored(self, places: Places, former: Unlocked, error: SuperviseError) -> None:
        self.open(Ready(places=places, keys=former, trouble=error))
