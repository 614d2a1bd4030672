"""The board as a file: the rows and columns shown, in their order."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from pathlib import Path

from supervise.errors import BadQuestion
from supervise.ui.desk import Desk
from supervise.ui.pages.person_board import YEAR, BoardTable
from supervise.ui.pages.person_board_view import BoardView
from supervise.ui.pages.person_strips import YearStrips


def write_board(desk: Desk, table: BoardTable, view: BoardView, strips: YearStrips, to: Path) -> None:
    """Write what the table shows to a workbook, without standing still; that it was exported is noted in the
    access log. BadQuestion where there is nothing to write."""
    if not table.records:
        raise BadQuestion("The table is empty, so there is nothing to export.", "Show everyone first.")
    done = partial(_written, desk, to)
    desk.background.step(_writing(table, view, strips, to), done, desk.notifier.trouble)


def _writing(
    table: BoardTable, view: BoardView, strips: YearStrips, to: Path
) -> Generator[tuple[int, int], None, None]:
    """The steps of it: yields how many are done of how many."""
    from supervise.exchange.tables_out import OutTable, write_tables

    rows, shown = list(table.records), view.shown_columns()
    if YEAR in shown:
        yield from strips.all_of(rows)
    cells = [table.cells(each, shown) for each in rows]
    yield from write_tables(to, [OutTable("Team", table.titles(shown), cells)])


def _written(desk: Desk, to: Path, _: object) -> None:
    here = desk.workspace.here
    here.store.access.note(here.me, "exported", "team")
    desk.notifier.note(f"Exported the table to {to}. That file is not encrypted.")
