"""Reading one sheet's cells into a `Tracker`: what log, matrix and register have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from supervise import wording
from supervise.exchange.batch import Place
from supervise.exchange.tracker import names, words
from supervise.exchange.tracker.answers import Answers
from supervise.exchange.tracker.cells import Meaning, Means, as_written, meaning_of
from supervise.exchange.tracker.days import Frame
from supervise.exchange.tracker.found import (
    Offer,
    Reading,
    Reason,
    Session,
    Tracker,
    Worker,
)
from supervise.exchange.tracker.layout import Layout
from supervise.exchange.tracker.lines import Row
from supervise.workdays import FOREVER, Day

_MANAGER = re.compile(
    r"^(?:team |line |practice )?(?:manager|supervisor|tm|atm)(?:'s name)?\s*[:\-–=]\s*(.*)$", re.I
)


#: What may stand above a table for everybody in it.
_LABELLED = frozenset(("role", "basis", "supervisor", "team", "kind"))


class Taking:
    """Takes what a sheet says into the tracker."""

    def __init__(
        self, tracker: Tracker, layout: Layout, answers: Answers, today: Day, initials: dict[str, str]
    ) -> None:
        self.tracker, self.layout, self.answers, self.today = tracker, layout, answers, today
        self._initials = initials
        self.supervisor = self._manager()
        self._seen: Counter[tuple[str, Day, str]] = Counter()
        self.cross_ticks = True
        self.says = frozenset(layout.columns) | (_LABELLED & layout.labels.keys())
        self._meanings: dict[tuple[type, Any, Frame | None], Meaning] = {}

    # Where things are

    def place(self, line: int, column: int) -> Place:
        """The place of a cell."""
        return self.layout.grid.place(line, column)

    def cell(self, row: Row, meaning: str) -> Any:
        """The cell of a line in the column of that meaning, or None."""
        return self.at(row, self.layout.columns.get(meaning))

    def at(self, row: Row, column: int | None) -> Any:
        """The cell of a line at a position, or None."""
        return None if column is None or column >= len(row.cells) else row.cells[column]

    def text(self, row: Row, meaning: str) -> str:
        """The same as text on one line; where there is no such column, what stands above for everybody; ""
        for nothing."""
        column = self.layout.columns.get(meaning)
        if column is None:
            return self.layout.labels.get(meaning, "") if meaning in _LABELLED else ""
        value = row.cells[column] if column < len(row.cells) else None
        return "" if value is None else words.one_line(str(value))

    def _manager(self) -> str | None:
        """The supervisor whom the lines above the header name."""
        if label := self.layout.labels.get("supervisor"):
            return self.supervisor_named(label)
        above = self.layout.above
        for at, text in enumerate(above):
            match = _MANAGER.match(text)
            if match:
                said = match[1] or (above[at + 1] if at + 1 < len(above) else "")
                return self.supervisor_named(said)
        return None

    def supervisor_named(self, text: str) -> str | None:
        """The name that a supervisor's cell gives: initials by the tracker's own key, others as they are."""
        text = words.one_line(text)
        if text in self._initials:
            return self._initials[text]
        known = names.named(text)
        return known.name if known else None

    # Who

    def worker(self, row: Row) -> Worker:
        """The worker of a line."""
        return self.tracker.workers[row.who]

    def known_in(self, row: Row, team: str | None, day: Day) -> None:
        """Remembers that the worker was in a team by a day."""
        worker = self.worker(row)
        team = team or next(iter(worker.posts), None)
        if team is not None:
            earlier = worker.posts.get(team)
            worker.posts[team] = day if earlier is None else min(earlier, day)

    # What

    def corrected(self, row: Row, column: int, written: str) -> tuple[str, str | None]:
        """The key of a cell's correction, and the correction if there is one."""
        key = self.key(row, column, written)
        return key, self.answers.cells.get(key)

    def said(self, row: Row, column: int) -> Any:
        """What a cell holds, or what somebody said instead."""
        value = self.at(row, column)
        _, correction = self.corrected(row, column, as_written(value))
        return value if correction is None else correction

    def key(self, row: Row, column: int, written: str) -> str:
        """What a correction of a cell is given under: the same in the next copy, wherever the cell moved."""
        return f"{row.name} | {self.layout.title(column)} | {written}"

    def meaning(self, row: Row, column: int, frame: Frame | None, part: Any = None) -> Meaning:
        """What a session's cell (or a part of it) means, or what somebody said that it means."""
        value = self.at(row, column) if part is None else part
        if self.answers.cells and not isinstance(value, date | datetime):
            _, correction = self.corrected(row, column, as_written(self.at(row, column)))
            if correction is not None:
                return self._corrected_meaning(value, correction, frame)
        known = (type(value), value, frame)  # the same few texts stand in many cells
        if known not in self._meanings:
            self._meanings[known] = meaning_of(
                value,
                frame,
                self.today,
                cross_ticks=self.cross_ticks,
                inside=self.layout.kind == "matrix",
            )
        return self._meanings[known]

    def _corrected_meaning(self, value: Any, correction: str, frame: Frame | None) -> Meaning:
        """What somebody said that a cell means. Dates alone for an absence are its own; words that say
        nothing leave the cell out, and are told."""
        before = meaning_of(value, frame, self.today)
        if (
            before.absence
            and before.means is Means.NOT_HELD
            and not any(map(str.isalpha, correction.replace("to", "")))
        ):
            correction = f"{before.absence.replace('_', ' ')} {correction}"
        found = meaning_of(correction, frame, self.today, inside=False)
        if found.means is Means.NOT_HELD and found.doubts:
            doubt = f"the answer “{correction}” is not understood"
            return Meaning(Means.UNREADABLE, note=correction, doubts=(doubt,))
        return found

    def tell(
        self, row: Row, column: int, said: str, *, doubts: Sequence[str] = (), taken: bool = True
    ) -> None:
        """Lists how a cell was read."""
        written = as_written(self.at(row, column))
        key = self.key(row, column, written)
        self.tracker.readings.append(
            Reading(self.place(row.line, column), row.name, written, said, tuple(doubts), taken, key)
        )

    def hold(
        self, row: Row, day: Day, place: Place, *, kind: str = "one_to_one", status: str = "held",
        minutes: int | None = None, supervisor: str | None = None, reason: str | None = None,
        notes: str | None = None, again: bool = True,
    ) -> None:  # fmt: skip
        """Takes a session. The same person, day and kind twice in a sheet are two of them, unless (`again`
        false) the cell only repeats what others say."""
        if not again and self._seen[row.who, day, kind]:
            return
        self._seen[row.who, day, kind] += 1
        n = self._seen[row.who, day, kind]
        supervisor = supervisor or self.supervisor
        self.tracker.sessions.append(
            Session(row.who, day, kind, status, n, minutes, supervisor, reason, notes, place)
        )

    def because(
        self,
        row: Row,
        span: Frame,
        text: str,
        column: int,
        absence: str | None,
        days: Sequence[Day] = (),
    ) -> None:
        """Takes the reason why nothing was held. An absence is offered, since a person must give its dates;
        it is taken once somebody has, by a correction with its first day and, if it has ended, its last.

        What an absence is called is health data, so that the reason itself says no more than “away”.
        """
        place = self.place(row.line, column)
        told = "away (see the tracker)" if absence not in (None, "annual_leave") else text
        self.tracker.reasons.append(Reason(row.who, span, told, place))
        key, correction = self.corrected(row, column, as_written(self.at(row, column)))
        if absence and correction and days:
            last = days[-1] if len(days) > 1 else FOREVER
            self.tracker.absences.append((row.who, absence, days[0], last, place))
        elif absence and absence != "annual_leave":
            self.tracker.offers.append(Offer(row.who, row.name, absence, span, text, place, key))

    def tell_columns(self, used: Sequence[str]) -> None:
        """Lists the columns of which nothing is taken."""
        layout = self.layout
        known = {layout.columns[meaning]: meaning for meaning in layout.columns if meaning not in used}
        for column in sorted([*known, *layout.unknown]):
            where = layout.grid.place(layout.header, column)
            why = " (due dates are worked out here)" if known.get(column) == "next" else ""
            self.tracker.left_out.append(layout.title(column))
            told = f"{where}: the column “{layout.title(column)}” was left out{why}."
            self.tracker.notes.append(told)


def held_in_words(meaning: Meaning, kind: str) -> str:
    """“held on 4 Apr 2016 and 18 Apr 2016”."""
    days = wording.each_day(meaning.days)
    note = f", “{meaning.note}”" if meaning.note else ""
    what = f" ({wording.words(kind)})" if kind != "one_to_one" else ""
    return f"{'arranged for' if meaning.means is Means.BOOKED else 'held on'} {days}{what}{note}"
