"""Reading a file and planning it again after every answer, without ever holding up the window.

Files are read and plans made beside the window, on plain values; what is known here is read from the store
in small steps. The latest wish wins: whatever was under way for an earlier one is thrown away.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from supervise import gathering, taking_in, trackers
from supervise.errors import SuperviseError
from supervise.exchange.sources import NOTHING_SAID, About
from supervise.exchange.tracker.answers import Answers
from supervise.ui.desk import Desk
from supervise.ui.pages.bring_in_shown import Shown, planned, shown_rows

if TYPE_CHECKING:
    from supervise.exchange.batch import Batch
    from supervise.ui.background import Job

_SLOW = 600  # milliseconds after which it is said that something is under way
_PAUSE = 150  # milliseconds that answers may follow one another within

Pairs = Iterable[tuple[str, str]]
"""Parts and keys of `Answers`."""


class FileReading(QObject):
    """A file, what was said of it, and what it would do. `slow` says in words what takes long, or "" once
    it is over."""

    shown = Signal(object)  # Shown
    failed = Signal(object)  # SuperviseError
    slow = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.path: Path | None = None
        self.outside: taking_in.Outside | None = None
        self.latest: Shown | None = None
        self.said, self.about = Answers(), NOTHING_SAID
        self._shown_said = Answers()
        self._known: trackers.Known | None = None
        self._export: Batch | None = None
        self._job: Job | None = None
        self._saying = ""
        self._pause, self._late = QTimer(self), QTimer(self)
        for timer, after, does in (
            (self._pause, _PAUSE, self._plan),
            (self._late, _SLOW, self._tell_slow),
        ):
            timer.setSingleShot(True)
            timer.setInterval(after)
            timer.timeout.connect(does)

    @property
    def is_busy(self) -> bool:
        """Whether what is shown is not what holds: something is being read or planned."""
        return self._job is not None or self._pause.isActive()

    # What is wished for

    def open(self, path: Path) -> None:
        """Read that file anew. What was said of it before, if it is the same one, still holds."""
        if path != self.path:
            self.said, self.about = Answers(), NOTHING_SAID
        self.forget()
        self.path = path
        read = gathering.read_export if self._is_service else taking_in.read_file
        self._begin(f"Reading {path.name}…")
        self._job = self._desk.background.run(partial(read, path), self._have_read, self._have_failed)

    def forget(self) -> None:
        """Stop, and let go of the file."""
        self._stop()
        self.path = self.outside = self.latest = self._known = self._export = None

    def answer(self, pairs: Pairs, value: str | None) -> None:
        """Take an answer (None takes it back), and plan anew when no other follows at once."""
        self.said = Answers().joined(self.said)
        for part, key in pairs:
            answers: dict[str, str] = getattr(self.said, part)
            answers.pop(key, None)
            if value is not None:
                answers[key] = value
        self._pause.start()

    def say_about(self, about: About) -> None:
        """What somebody says of an export for a service store."""
        self.about = about
        self.again()

    def again(self) -> None:
        """Plan it anew: the store has changed, or the day."""
        self._known = None
        if self.path is None:
            return
        if self.outside is None and self._export is None:
            self.open(self.path)
        else:
            self._plan()

    def answers_are_kept(self) -> None:
        """What was said is remembered in the store from now on."""
        self.said = self._shown_said = Answers()

    def cancel(self) -> None:
        """Stop what takes too long; what is shown, and what was said by then, stays."""
        self._stop()
        self.said = self._shown_said

    # How it goes

    @property
    def _is_service(self) -> bool:
        return self._desk.workspace.is_service

    def _begin(self, saying: str) -> None:
        self._stop()
        self._saying = saying
        self._late.start()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._over()
        self._pause.stop()

    def _over(self) -> None:
        self._job = None
        self._late.stop()
        if self._saying:
            self._saying = ""
            self.slow.emit("")

    def _tell_slow(self) -> None:
        self.slow.emit(self._saying)

    def _have_read(self, read: Any) -> None:
        self._over()
        if isinstance(read, taking_in.Outside):
            self.outside = read
        else:
            self._export = read
        self._plan()

    def _plan(self) -> None:
        assert self.path is not None, "a plan is of a file"
        self._begin(f"Working out what {self.path.name} would do…")
        background = self._desk.background
        if self._export is not None:
            self._job = background.step(
                self._gather(self._export), self._have_planned, self._have_failed
            )
        elif self.outside is not None and self._known is None:
            steps = taking_in.snapshot(self._desk.workspace.store, self.outside.kinds)
            self._job = background.step(steps, self._have_looked, self._have_failed)
        else:
            self._plan_beside()

    def _have_looked(self, known: trackers.Known) -> None:
        self._known = known
        self._plan_beside()

    def _plan_beside(self) -> None:
        assert self.outside is not None and self._known is not None, "both were read before"
        here = self._desk.workspace
        try:
            how = trackers.how_to_read(
                here.store, self.said, here.rulebook().clock_called(None), here.today()
            )
        except SuperviseError as error:
            self._have_failed(error)
            return
        work = partial(
            planned,
            self.outside,
            self._known,
            here.policies(),
            how,
            Answers().joined(self.said),
            self.latest,
        )
        self._job = self._desk.background.run(work, self._have_planned, self._have_failed)

    def _gather(self, export: Batch) -> Generator[tuple[int, int], None, Shown]:
        yield 0, 1  # the window is painted first
        here = self._desk.workspace
        plan = gathering.plan_for(here.store, export, self.about, here.today())
        return shown_rows(plan, {row["id"]: row["name"] for row in here.store.rows("person")}, {})

    def _have_planned(self, shown: Shown) -> None:
        self._over()
        self.latest, self._shown_said = shown, Answers().joined(self.said)
        self.shown.emit(shown)

    def _have_failed(self, error: SuperviseError) -> None:
        self._over()
        self.latest = None
        self.failed.emit(error)
