"""The lines of a table that are about people: who each is about, and what is one cell over several lines, or
a ditto mark, written out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from supervise.exchange.batch import Problem
from supervise.exchange.tracker import names, words
from supervise.exchange.tracker.about import about
from supervise.exchange.tracker.days import Frame, dates_in
from supervise.exchange.tracker.found import Question, Worker
from supervise.exchange.tracker.layout import Layout

if TYPE_CHECKING:
    from supervise.exchange.tracker.taking import Taking

ONE, TWO = "one", "two"
_DATED = ("date", "last", "planned")
_ANY_YEAR = Frame(date(2000, 1, 1).toordinal(), date(2000, 12, 31).toordinal())
_DITTO = frozenset(('"', "″", "〃", "''", "ditto", "do.", "-do-"))


class Row(NamedTuple):
    """A line about somebody: who (the key of their name) and their name, its number and cells, and what
    stood in brackets beside the name."""

    who: str
    name: str
    line: int
    cells: Sequence[Any]
    beside: str = ""


class Lines:
    """Goes through the lines of a sheet, and makes those known to the tracker whom they are about."""

    def __init__(self, taking: Taking) -> None:
        self._taking, self._layout = taking, taking.layout

    def rows(self, team: str | None) -> Iterator[Row]:
        """The lines about people, each of whom is known to the tracker from then on."""
        body = [(line, cells, self._named(line, cells)) for line, cells in written_out(self._layout)]
        per_line = self._layout.kind != "log"
        often = Counter(names.key_of(found.name) for _, _, some in body for found in some)
        count: Counter[str] = Counter()
        if self._layout.is_of_one:
            self._meet_labelled(team)
        for line, cells, some in body:
            if (heading := self._heading(line, cells)) is not None:
                team = heading or None
                continue
            if not some:
                self._tell_nameless(line, cells)
            for found in some:
                who, name = names.key_of(found.name), found.name
                if per_line and often[who] > 1:
                    count[who] += 1
                    who, name = self._one_of_several(who, name, line, count[who])
                if who:
                    self._meet(who, name, found.beside, team, line)
                    yield Row(who, name, line, cells, found.beside)

    def _tell_nameless(self, line: int, cells: Sequence[Any]) -> None:
        """Lists the dates of a line without anybody's name, which is left out; those too that do not exist."""
        columns = [
            *self._layout.slots,
            *(self._layout.columns[each] for each in _DATED if each in self._layout.columns),
        ]
        for column in columns:
            value = cells[column] if column < len(cells) else None
            if value is None or isinstance(value, int | float):
                continue
            found = dates_in(value, _ANY_YEAR)
            if found.days or found.american or found.unreadable:
                doubts = ["there is nobody's name on this line", *found.unreadable]
                self._taking.tell(
                    Row("", "", line, cells), column, "left out", doubts=doubts, taken=False
                )

    def _meet_labelled(self, team: str | None) -> None:
        """The one person of a sheet who stands above its table, even if that is empty."""
        known = names.named(self._layout.labels["name"])
        if known:
            who = names.key_of(known.name)
            self._meet(who, known.name, known.beside, team, self._layout.header)
            about(self._taking, Row(who, known.name, self._layout.header, (), known.beside))

    def _named(self, line: int, cells: Sequence[Any]) -> list[names.Named]:
        """Whom a line is about: mostly one person; several in a group's line of a log."""
        columns = self._layout.columns
        row = Row("", "", line, cells)
        if self._layout.is_of_one:
            known = names.named(self._layout.labels["name"])
            return [known] if known else []
        if "surname" in columns or ("forename" in columns and "name" in columns):
            surname = self._taking.text(row, "surname") or self._taking.text(row, "name")
            known = names.joined(self._taking.text(row, "forename"), surname)
            return [known] if known else []
        raw = self._taking.cell(row, "name" if "name" in columns else "forename")
        if not isinstance(raw, str):
            return []
        parts = [raw]
        if self._layout.kind == "log":
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
        wide = any(top == line and last > first + 1 for top, first, _, last in self._layout.grid.merged)
        text = words.one_line(texts[0])
        if words.says_left(text):
            return "" if wide or len(text.split()) == 1 else None
        is_team = words.has_word(text, ("team", "unit", "pod", "hub", "service"))
        return text if wide or is_team else None

    def _one_of_several(self, who: str, name: str, line: int, n: int) -> tuple[str, str]:
        """Key and name of the n-th line under one name: refused until somebody says who they are."""
        said = self._taking.answers.names.get(name, "").casefold()
        if said == ONE:
            return who, name
        if said == TWO:
            return (who, name) if n == 1 else (f"{who} ({n})", f"{name} ({n})")
        where = self._taking.place(line, self._layout.columns.get("name", 0))
        reason = f"there is more than one line for {name}; say whether they are one person or two"
        self._taking.tracker.problems.append(Problem(where, reason))
        if n == 1:
            asks = f"Are the lines for {name} one person (“one”) or several (“two”)?"
            self._taking.tracker.questions.append(
                Question(asks, "they are refused", "names", name, needed=True)
            )
        return "", name

    def _meet(self, who: str, name: str, beside: str, team: str | None, line: int) -> None:
        column = self._layout.columns.get("name", self._layout.columns.get("surname", 0))
        worker = self._taking.tracker.workers.get(who)
        if worker is None:
            worker = self._taking.tracker.workers[who] = Worker(name, self._taking.place(line, column))
        worker.role = worker.role or (words.role_in(beside) if beside else None)
        worker.basis = worker.basis or (words.basis_in(beside) if beside else None)
        if beside and words.says_left(beside):
            found = dates_in(beside)
            if found.days:
                worker.left = worker.left or found.days[0]
            else:
                told = f"{name}: “{beside}” beside the name does not say on which day; enter it."
                self._taking.tracker.notes.append(told)
        if team is not None:
            worker.posts.setdefault(team, None)


def written_out(layout: Layout) -> Iterator[tuple[int, list[Any]]]:
    """The lines below the header, with names that are one cell over several lines, or only ditto marks,
    written out in each."""
    merged = {
        (line, column): (top, column)
        for top, column, bottom, last in layout.grid.merged
        for line in range(top + 1, bottom + 1)
        if last == column
    }
    above: dict[int, Any] = {}
    held: dict[tuple[int, int], Any] = {}
    starts = set(merged.values())
    for line, cells in layout.body():
        filled = list(cells)
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and cell.strip() in _DITTO:
                filled[column] = above.get(column)
            elif cell is None and (line, column) in merged:
                filled[column] = held.get(merged[line, column])
            if filled[column] is not None:
                above[column] = filled[column]
            if (line, column) in starts:
                held[line, column] = filled[column]
        yield line, filled
