"""Reading one sheet's cells into a `Tracker`: what log, matrix and register have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from supervise import wording
from supervise.exchange.batch import Place, Problem
from supervise.exchange.tracker import names, words
from supervise.exchange.tracker.about import about
from supervise.exchange.tracker.answers import Answers
from supervise.exchange.tracker.cells import Meaning, Means, as_written, meaning_of
from supervise.exchange.tracker.days import Frame
from supervise.exchange.tracker.found import (
    Offer,
    Question,
    Reading,
    Reason,
    Session,
    Tracker,
    Worker,
)
from supervise.exchange.tracker.layout import Layout
from supervise.exchange.tracker.lines import written_out
from supervise.workdays import FOREVER, Day

ONE, TWO = "one", "two"
_MANAGER = re.compile(
    r"^(?:team |line |practice )?(?:manager|supervisor|tm|atm)(?:'s name)?\s*[:\-–=]\s*(.*)$", re.I
)


NAMES = frozenset(("name", "surname", "forename"))


class Row(NamedTuple):
    """A line about somebody: who (the key of their name) and their name, its number and cells, and what
    stood in brackets beside the name."""

    who: str
    name: str
    line: int
    cells: Sequence[Any]
    beside: str = ""


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
        value = self.cell(row, meaning)
        if value is None and meaning not in self.layout.columns:
            value = self.layout.labels.get(meaning)
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

    def rows(self, team: str | None) -> Iterator[Row]:
        """The lines about people, each of whom is known to the tracker from then on."""
        body = [(line, cells, self._named(line, cells)) for line, cells in written_out(self.layout)]
        per_line = self.layout.kind != "log"
        often = Counter(names.key_of(found.name) for _, _, some in body for found in some)
        count: Counter[str] = Counter()
        if "name" in self.layout.labels and not self.layout.columns.keys() & NAMES:
            self._meet_labelled(team)
        for line, cells, some in body:
            if (heading := self._heading(line, cells)) is not None:
                team = heading or None
                continue
            for found in some:
                who, name = names.key_of(found.name), found.name
                if per_line and often[who] > 1:
                    count[who] += 1
                    who, name = self._one_of_several(who, name, line, count[who])
                if who:
                    self._meet(who, name, found.beside, team, line)
                    yield Row(who, name, line, cells, found.beside)

    def _meet_labelled(self, team: str | None) -> None:
        """The one person of a sheet who stands above its table, even if that is empty."""
        known = names.named(self.layout.labels["name"])
        if known:
            who = names.key_of(known.name)
            self._meet(who, known.name, known.beside, team, self.layout.header)
            about(self, Row(who, known.name, self.layout.header, (), known.beside))

    def _named(self, line: int, cells: Sequence[Any]) -> list[names.Named]:
        """Whom a line is about: mostly one person; several in a group's line of a log."""
        columns = self.layout.columns
        row = Row("", "", line, cells)
        if "name" in self.layout.labels and not columns.keys() & NAMES:
            known = names.named(self.layout.labels["name"])
            return [known] if known else []
        if "surname" in columns or ("forename" in columns and "name" in columns):
            surname = self.text(row, "surname") or self.text(row, "name")
            known = names.joined(self.text(row, "forename"), surname)
            return [known] if known else []
        raw = self.cell(row, "name" if "name" in columns else "forename")
        if not isinstance(raw, str):
            return []
        parts = [raw]
        if self.layout.kind == "log":
            parts = re.split(r"\s*(?:\n|;|&|\band\b|/)\s*", raw)
            if any(len(part.split()) == 1 and "," not in part for part in parts if part):
                parts = [raw]
        return [found for part in parts if (found := names.named(part))]

    def _heading(self, line: int, cells: Sequence[Any]) -> str | None:
        """The team that a line names which holds nothing else; "" for one that ends a team (leavers); None
        if the line is no such heading."""
        texts = [str(cell) for cell in cells if cell is not None]
        if len(texts) != 1:
            return None
        wide = any(top == line and last > first + 1 for top, first, _, last in self.layout.grid.merged)
        text = words.one_line(texts[0])
        if words.says_left(text):
            return "" if wide or len(text.split()) == 1 else None
        is_team = words.has_word(text, ("team", "unit", "pod", "hub", "service"))
        return text if wide or is_team else None

    def _one_of_several(self, who: str, name: str, line: int, n: int) -> tuple[str, str]:
        """Key and name of the n-th line under one name: refused until somebody says who they are."""
        said = self.answers.names.get(name, "").casefold()
        if said == ONE:
            return who, name
        if said == TWO:
            return (who, name) if n == 1 else (f"{who} ({n})", f"{name} ({n})")
        where = self.place(line, self.layout.columns.get("name", 0))
        reason = f"there is more than one line for {name}; say whether they are one person or two"
        self.tracker.problems.append(Problem(where, reason))
        if n == 1:
            asks = f"Are the lines for {name} one person (“one”) or several (“two”)?"
            self.tracker.questions.append(Question(asks, "they are refused", "names", name, needed=True))
        return "", name

    def _meet(self, who: str, name: str, beside: str, team: str | None, line: int) -> None:
        column = self.layout.columns.get("name", self.layout.columns.get("surname", 0))
        worker = self.tracker.workers.get(who)
        if worker is None:
            worker = self.tracker.workers[who] = Worker(name, self.place(line, column))
        worker.role = worker.role or (words.role_in(beside) if beside else None)
        worker.basis = worker.basis or (words.basis_in(beside) if beside else None)
        if team is not None:
            worker.posts.setdefault(team, None)

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

    def key(self, row: Row, column: int, written: str) -> str:
        """What a correction of a cell is given under: the same in the next copy, wherever the cell moved."""
        return f"{row.name} | {self.layout.title(column)} | {written}"

    def meaning(self, row: Row, column: int, frame: Frame | None, part: Any = None) -> Meaning:
        """What a session's cell (or a part of it) means, or what somebody said that it means."""
        value = self.at(row, column) if part is None else part
        if self.answers.cells and not isinstance(value, date | datetime):
            _, correction = self.corrected(row, column, as_written(self.at(row, column)))
            value = value if correction is None else correction
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
        notes: str | None = None,
    ) -> None:  # fmt: skip
        """Takes a session. The same person, day and kind twice in a sheet are two of them."""
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
    days = wording.joined([wording.day(day) for day in meaning.days])
    note = f", “{meaning.note}”" if meaning.note else ""
    what = f" ({wording.words(kind)})" if kind != "one_to_one" else ""
    return f"{'arranged for' if meaning.means is Means.BOOKED else 'held on'} {days}{what}{note}"
