"""What every page works at: the workspace, the day and team looked at, and one door to the person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from supervise.errors import NotAllowed, SuperviseError
from supervise.ui.theme import Theme
from supervise.workdays import Day

if TYPE_CHECKING:
    from supervise.store import Change
    from supervise.ui.background import Background
    from supervise.ui.deeds import Deeds
    from supervise.ui.memory import Memory
    from supervise.workspace import Workspace


class Notifier(Protocol):
    """The one door by which the program speaks: quiet at the foot of the window, a dialog only to decide."""

    def note(self, text: str, *, undo: bool = False) -> None:
        """Say what just happened, with Undo beside it if it can be undone."""

    def trouble(self, error: SuperviseError) -> None:
        """Say what did not work and what to do next; it stays until it is read."""


class View(QObject):
    """The team and the day being looked at. `day` None is today, whichever day that becomes."""

    changed = Signal()

    def __init__(self, today: Callable[[], Day]) -> None:
        super().__init__()
        self._today = today
        self._day: Day | None = None
        self._team: str | None = None

    @property
    def day(self) -> Day:
        """The day looked at."""
        return self._today() if self._day is None else self._day

    @property
    def is_today(self) -> bool:
        """Whether things can be changed: another day is only looked at."""
        return self._day is None or self._day == self._today()

    @property
    def team(self) -> str | None:
        """The team looked at; None for everyone."""
        return self._team

    def look_at(self, day: Day | None) -> None:
        """Look at another day; None goes back to today."""
        if day != self._day:
            self._day = day
            self.changed.emit()

    def choose_team(self, team: str | None) -> None:
        """Look at another team; None is everyone."""
        if team != self._team:
            self._team = team
            self.changed.emit()


class Desk(QObject):
    """What pages and dialogs are given. `changed` says which kinds of thing were altered, after each
    change; `go` opens a page by its name, on a subject if it has one; `deeds`, which the window brings,
    opens the dialogs."""

    changed = Signal(frozenset)
    asked_for = Signal(str, object)  # a page's name, its subject
    counted = Signal(str, int)  # how many things wait on a page
    deeds: Deeds

    def __init__(
        self,
        workspace: Workspace,
        notifier: Notifier,
        background: Background,
        memory: Memory,
        theme: Theme,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.workspace, self.notifier, self.background = workspace, notifier, background
        self.memory, self.theme, self.now = memory, theme, now
        self.is_practice = False
        self.view = View(workspace.today)

    @property
    def today(self) -> Day:
        """The present day."""
        return self.workspace.today()

    def go(self, page: str, subject: object = None) -> None:
        """Open a page, such as "today" or "person" (with whose)."""
        self.asked_for.emit(page, subject)

    def did(self, change: Change | None, said: str | None = None) -> None:
        """After a change: tell the pages what it altered, and the person what happened."""
        if change is None or not change.touched:
            return
        can_undo = self.workspace.store.can_undo_last
        self.notifier.note(said or f"{change.label}.", undo=can_undo)
        self.changed.emit(change.touched)

    def refuse_if_not_today(self) -> None:
        """NotAllowed while another day is looked at."""
        if not self.view.is_today:
            raise NotAllowed("You are looking at another day.", "Go back to today to change anything.")

    @contextmanager
    def trying(self) -> Iterator[None]:
        """What is not the program's fault is told, and the window goes on."""
        try:
            yield
        except SuperviseError as error:
            self.notifier.trouble(error)
