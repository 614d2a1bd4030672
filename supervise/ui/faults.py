"""Faults of the program itself: written down without anyone's data, told once, and the window goes on."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from supervise.crash_log import NoteBug
from supervise.errors import SuperviseError


class Faults:
    """What nobody caught. `tell` says it to whoever is there, `end` is what Ctrl+C in a terminal means;
    `is_waited_for` says whether somebody waits at the door, who must hear also what was told before."""

    def __init__(
        self,
        note_bug: NoteBug | None,
        tell: Callable[[SuperviseError], object],
        end: Callable[[], object],
        is_waited_for: Callable[[], bool],
    ) -> None:
        """`note_bug` writes a fault down; None where nothing is kept."""
        self._note_bug, self._tell, self._end = note_bug, tell, end
        self._is_waited_for = is_waited_for
        self._known: dict[tuple[object, ...], Path | None] = {}

    def uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Python's own hook: an error that nobody caught."""
        if issubclass(kind, KeyboardInterrupt):
            self._end()
        elif isinstance(error, SuperviseError):
            self._tell(error)
        else:
            self.heard(error.with_traceback(trace))

    def heard(self, error: BaseException) -> None:
        """Write it down and tell it, unless one from the same place was told in this sitting: what fails
        whenever something is drawn would otherwise be told with every stroke."""
        last = traceback.extract_tb(error.__traceback__)[-1:]
        fault = (type(error), *((frame.filename, frame.lineno) for frame in last))
        if fault in self._known and not self._is_waited_for():
            return
        if fault not in self._known:
            written = self._note_bug(type(error), error.__traceback__) if self._note_bug else None
            self._known[fault] = written
        note = self._known[fault]
        self._tell(
            SuperviseError(
                f"Something went wrong in the program itself ({type(error).__name__}); your records are as they were.",
                f"A note without anyone’s data is in {note}." if note else "",
            )
        )
