"""The strips of a table's rows, read when they come into sight and not before."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING

from supervise.doing.looking import Looking
from supervise.doing.looking_person import year_to
from supervise.strips import Strip
from supervise.today import BoardRow
from supervise.ui.desk import Desk

if TYPE_CHECKING:
    from supervise.cadence import Clockwork

_AT_ONCE = 40
"""As many as are read in one step, in about 20 ms of ten years each, where all of them are wanted."""

_IN_A_FRAME = 4
"""As many as are read before a frame is drawn, in about 3 ms."""


class YearStrips:
    """The strips of a board, each read once, several at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._clock: str | None = None
        self._clockwork: Clockwork | None = None
        self._read: dict[str, Strip | None] = {}

    def forget(self, clock: str | None) -> None:
        """They may have changed: read them anew, of that clock."""
        self._clock, self._clockwork = clock, None
        self._read.clear()

    def fetch_some(self, rows: Iterable[BoardRow]) -> bool:
        """Read a few of them, as many as a frame has the time for; gives whether that were all of them."""
        wanted = [row for row in rows if row.subject not in self._read]
        self.fetch(wanted[:_IN_A_FRAME])
        return len(wanted) <= _IN_A_FRAME

    def fetch(self, rows: Iterable[BoardRow]) -> None:
        """Read those that are not known yet, by one question. What fails is told once, not at every drawing."""
        wanted = [row.subject for row in rows if row.subject not in self._read]
        if not wanted:
            return
        self._read.update(dict.fromkeys(wanted))
        day = self._desk.view.day
        with self._desk.trying():
            looking = Looking(self._desk.workspace.here)
            self._clockwork = self._clockwork or looking.clockwork(day, self._clock)
            self._read.update(looking.strips(wanted, *year_to(day), clockwork=self._clockwork))

    def known(self, row: object) -> Strip | None:
        """The strip of a row, if it has been read."""
        assert isinstance(row, BoardRow)
        return self._read.get(row.subject)

    def of(self, row: BoardRow) -> Strip | None:
        """The strip of a row, read if need be."""
        self.fetch([row])
        return self._read[row.subject]

    def all_of(self, rows: Iterable[BoardRow]) -> Generator[tuple[int, int], None, None]:
        """Read those of all these rows, step by step; yields how many are done of how many."""
        wanted = [row for row in rows if row.subject not in self._read]
        for at in range(0, len(wanted), _AT_ONCE):
            yield at, len(wanted)
            self.fetch(wanted[at : at + _AT_ONCE])

    def has_all(self, rows: Iterable[BoardRow]) -> bool:
        """Whether those of all these rows have been read."""
        return all(row.subject in self._read for row in rows)
