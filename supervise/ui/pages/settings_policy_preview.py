"""What adding a policy would do: today's board and last year's measures, before and after."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from typing import Any, NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from supervise import wording
from supervise.cadence import Standing
from supervise.doing.rules import Board, Moved, Preview
from supervise.ui.bits import emptied, heading, label, notice
from supervise.ui.delegates import LinesDelegate, StatusDelegate
from supervise.ui.desk import Desk
from supervise.ui.pages.compliance_parts import WholeTable
from supervise.ui.tables import Column, Table


class Counted(NamedTuple):
    """How many are in a status, and would be."""

    status: str
    before: int
    after: int

    @property
    def change(self) -> str:
        """ "+2", "−1", or that it stays."""
        more = self.after - self.before
        return "the same" if not more else f"{'+' if more > 0 else '−'}{abs(more):,}"


def counted(board: Board) -> list[Counted]:
    """Everyone by status, the worst first."""
    statuses = [*board.before, *(each for each in board.after if each not in board.before)]
    worst_first = sorted(statuses, key=list(wording.STATUS).index, reverse=True)
    return [Counted(each, board.before.get(each, 0), board.after.get(each, 0)) for each in worst_first]


def _status(title: str, of: str, width: int) -> Column:
    """A column of statuses; `of` is the attribute that is, or has, one."""

    def status(record: object) -> str:
        found = getattr(record, of)
        return str(found.status if isinstance(found, Standing) else found)

    def words(record: object) -> str:
        return str(wording.STATUS[status(record)])

    def spoken(record: object) -> str:
        return wording.STATUS[status(record)].word

    def order(record: object) -> int:
        return list(wording.STATUS).index(status(record))

    return Column(title, words, sort=order, status=status, spoken=spoken, width=width)


COUNTS = (
    _status("Status", "status", 18),
    Column("Now", lambda each: f"{each.before:,}", sort=lambda each: each.before, width=12),
    Column("With it", lambda each: f"{each.after:,}", sort=lambda each: each.after, width=12),
    Column("Change", lambda each: each.change, width=14),
)


def _moved_columns(is_case: bool) -> tuple[Column, ...]:
    who = Column("Name", lambda each: each.person or "nobody", bold=not is_case, width=30)
    case = (Column("Case", lambda each: each.subject, bold=True, width=16),) if is_case else ()
    return (
        *case, who,
        Column("Team", lambda each: each.team or "in no post", width=28),
        _status("Now", "before", 18), _due("Due now", "before"),
        _status("With it", "after", 18), _due("Due with it", "after"),
    )  # fmt: skip


def _due(title: str, of: str) -> Column:
    """When somebody is due, and below it the last day that is not late."""

    def said(each: Moved) -> str:
        due = getattr(each, of).due
        return "not due" if due is None else wording.day(due)

    def late(each: Moved) -> str:
        last = getattr(each, of).late_by
        return "" if last is None else f"late after {wording.day(last)}"

    def order(each: Moved) -> int:
        return getattr(each, of).due or 0

    return Column(title, said, sort=order, second=late, width=28)


MEASURES = (
    Column("Measure", lambda each: each[0], bold=True, width=30),
    Column("As it was", lambda each: each[1], width=24),
    Column("With this policy alone", lambda each: each[2], width=24),
)


class PreviewView(QWidget):
    """A preview, to be read from top to bottom."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self.tables: list[WholeTable] = []

    def show_preview(self, preview: Preview, case_clocks: Collection[str]) -> None:
        """Show that one in place of the one before; `case_clocks` are the clocks that run per case."""
        emptied(self._layout)
        self.tables = []
        for thing in self._things(preview, case_clocks):
            self._layout.addWidget(thing)
        self._layout.addStretch(1)

    def _things(self, preview: Preview, case_clocks: Collection[str]) -> Iterator[QWidget]:
        if preview.warnings:
            yield heading("Look at this first", 2)
            yield notice("\n".join(f"• {each}" for each in preview.warnings))
        yield heading("Today’s board", 2)
        yield label(preview.how_board, quiet=True, wrap=True)
        alone = len(preview.boards) == 1
        for board in preview.boards:
            if not alone:
                yield heading(_called(board.clock), 3)
            yield from self._board(board, is_case=board.clock in case_clocks)
        yield heading("Last year’s measures", 2)
        yield label(preview.how_measures, quiet=True, wrap=True)
        for year in preview.last_year:
            called = _called(year.clock)
            if not alone:
                yield heading(called, 3)
            yield self._table(MEASURES, year.rows, f"Last year’s measures: {called}")

    def _board(self, board: Board, *, is_case: bool) -> Iterator[QWidget]:
        called, counts = _called(board.clock), counted(board)
        if counts:
            yield self._table(COUNTS, counts, f"Today’s board in numbers: {called}")
        yield label(_moved_words(board, is_case=is_case), wrap=True)
        if board.moved:
            columns = _moved_columns(is_case)
            yield self._table(columns, board.moved, f"Who would stand elsewhere: {called}")

    def _table(self, columns: Sequence[Column], records: Sequence[object], name: str) -> WholeTable:
        model = Table(columns, _key)
        view = WholeTable(model, name, self)
        model.setParent(view)
        for at, column in enumerate(columns):
            drawn = StatusDelegate if column.status else LinesDelegate
            view.setItemDelegateForColumn(at, drawn(self.desk, view))
        view.setSortingEnabled(True)
        model.show(records)
        view.fit()
        self.tables.append(view)
        return view


def _key(record: Any) -> Hashable:
    """What tells rows apart: of `Counted` and measures the first part, of `Moved` the subject."""
    key: Hashable = record[0]
    return key


def _called(clock: str) -> str:
    return f"Clock “{wording.words(clock)}”"


def _moved_words(board: Board, *, is_case: bool) -> str:
    """How many would stand elsewhere, and of how many only the due date is another."""
    if not board.moved:
        nobody = "No case" if is_case else "Nobody"
        return f"{nobody} would stand elsewhere, or be due on another day."
    things = ("case", "cases") if is_case else ("person", "people")
    elsewhere = sum(each.before.status != each.after.status for each in board.moved)
    said = [f"{wording.counted(elsewhere, *things)} would have another status"] if elsewhere else []
    if same := len(board.moved) - elsewhere:
        said.append(
            f"{wording.counted(same, *things)} the same status, but another day to be due or late"
        )
    return f"{'; '.join(said)}."
