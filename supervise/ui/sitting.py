"""One sitting at one store: from its opening until the window on it has been closed."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from supervise import beginning
from supervise.errors import SuperviseError
from supervise.places import Places
from supervise.store import Store, Unlocked, unlock
from supervise.ui.background import Background
from supervise.ui.desk import Desk
from supervise.ui.first_keys import Ready
from supervise.ui.foot import Foot
from supervise.ui.memory import Memory
from supervise.ui.start import Start
from supervise.ui.theme import Theme
from supervise.ui.window import Window
from supervise.workspace import Workspace

if TYPE_CHECKING:
    from supervise.store.elsewhere import Backed, Unfinished
    from supervise.ui.lock import LockPage

_SOON = 400
"""Milliseconds after a change until the foot says anew how well all is kept."""

_KEPT = 16
"""Mebibytes of the store that are kept in memory at most."""

_LATER = 60_000
"""Milliseconds until the daily backup is tried again, if something else was under way."""

_TELL_NEXT = "tell-next-time"
"""The setting of a store in which a sentence waits for its next opening."""


class Sitting(QObject):
    """The window on one open store, and closing both. `closing` is told when the window is about to go;
    whoever hears it calls `end`."""

    closing = Signal()

    def __init__(
        self, store: Store, start: Start, background: Background, memory: Memory, theme: Theme
    ) -> None:
        super().__init__()
        self.store, self._start, self._background, self._memory = store, start, background, memory
        store.keep_at_most(_KEPT)
        workspace = Workspace(
            store,
            today=lambda: start.now().date().toordinal(),
            me=start.me,
            is_practice=beginning.is_practice(store.places),
        )
        foot = Foot()
        self.desk = Desk(workspace, foot, background, memory, theme, start.now)
        self.desk.is_practice = beginning.is_practice(store.places)
        self.window = Window(self.desk, foot, self._lock_page, self.closing.emit)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.show_state)
        self.desk.changed.connect(self._changed)
        self._keeping = background.another(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER)
        self._later.timeout.connect(self._back_up_daily)

    def _lock_page(self) -> LockPage:
        from supervise.ui.lock import LockPage  # late, like the lock itself

        places = self.places
        if self.desk.is_practice:
            return LockPage(self._background, None)
        return LockPage(self._background, lambda typed: unlock(places, typed))

    def begin(self) -> None:
        """Show the window as it stood last, on today."""
        memory = self._memory
        if not self.desk.is_practice:
            memory["store"] = str(self.places.store)
        self.window.place(memory["window"])
        if memory["team"] in self.desk.workspace.teams():
            self.desk.view.choose_team(memory["team"])
        self.window.open_page("today")
        self.show_state()
        self.window.show()
        self.window.activateWindow()

    def tell(self, ready: Ready) -> None:
        """Say everything there is to say on opening, in one note; then do what was wanted next."""
        notes = [*ready.notes, *self._memory.notes]
        self._memory.notes.clear()
        if waiting := self.store.settings.get(_TELL_NEXT):
            notes.append(waiting)
            with suppress(
                SuperviseError
            ):  # a store that cannot be written to says so at the first change
                self.store.settings.put(_TELL_NEXT, "")
        if notes:
            self.desk.notifier.note(" ".join(notes))
        if ready.trouble is not None:
            self.desk.notifier.trouble(ready.trouble)
        if ready.then:
            self._then = ready.then
            QTimer.singleShot(0, self, self._do_next)

    def _do_next(self) -> None:
        self.window.do(self._then)

    @property
    def places(self) -> Places:
        """The files of the store."""
        return self.store.places

    @property
    def former(self) -> Unlocked:
        """What opens the store again at once."""
        return Unlocked((self.store.key,))

    @property
    def wants_backup(self) -> tuple[Path, str] | None:
        """The backup that is to be put in the store's place, and what opens it."""
        return self.window.deeds.wants_backup

    # How it stands

    def _changed(self, _: object) -> None:
        self._soon.start()

    def show_state(self) -> None:
        """Say at the foot how well all is kept. Practice is kept, and needs no backups."""
        if self.desk.is_practice:
            self.window.foot.show_state("Saved")
        else:
            self.window.show_state()

    def new_day(self) -> None:
        """It is another day: what was done before is backed up, and everything is read anew."""
        self._back_up_daily()
        self.desk.view.changed.emit()
        self.show_state()

    # The daily backup

    def _back_up_daily(self) -> None:
        """Only the store's own copying is done here; the rest may wait for a disk that does not answer, and has a
        worker of its own. Slow work on the store, which may be in the middle of a change, is waited for."""
        if self._background.is_busy or self._keeping.is_busy:
            self._later.start()
            return
        try:
            begun = beginning.begin_daily_backup(self.store)
        except SuperviseError as error:
            self._not_backed_up(error)
            return
        if begun is not None:
            from supervise.store.elsewhere import carry_out

            self._keeping.run(
                partial(carry_out, begun), partial(self._backed_up, begun), self._not_backed_up
            )

    def _backed_up(self, begun: Unfinished, backed: Backed) -> None:
        from supervise.store.elsewhere import note

        try:
            note(self.store, begun, backed)
        except SuperviseError as error:
            self._not_backed_up(error)
            return
        self.show_state()
        if backed.trouble:
            self.desk.notifier.trouble(SuperviseError(f"The daily backup is made. {backed.trouble}"))
        if backed.elsewhere:
            self.desk.view.changed.emit()  # Today may have said that there is none off this computer

    def _not_backed_up(self, error: SuperviseError) -> None:
        said = f"The daily backup could not be made. {error.sentence}"
        self.desk.notifier.trouble(SuperviseError(said, error.remedy))

    # Its end

    def end(self) -> None:
        """Remember how the window stood, back up, and close the store. The window is out of sight first: what
        a slow disk costs is nobody's time."""
        self._memory["window"] = self.window.place_said()
        self._memory["team"] = self.desk.view.team or ""
        self.window.hide()
        self._soon.stop()
        self._later.stop()
        self._background.close()
        self._keeping.close()
        self._back_up()
        self.store.close()
        self.window.deleteLater()

    def give_up(self) -> None:
        """It could not begin: there is no window then, and the store is closed."""
        self.window.hide()
        self.window.deleteLater()
        self.store.close()

    def _back_up(self) -> None:
        """Nothing keeps the window from closing; what did not work is told the next time."""
        try:
            backed = beginning.back_up_on_closing(self.store)
            said = backed.trouble if backed else None
        except SuperviseError as error:
            said = f"The last backup, on closing, could not be made. {error}"
        if said:
            with suppress(SuperviseError):
                self.store.settings.put(_TELL_NEXT, said)
