"""Which columns of the board are shown: chosen from a menu, and remembered by this computer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton

from supervise.today import Board
from supervise.ui.bits import button
from supervise.ui.desk import Desk
from supervise.ui.pages.person_board import SUPERVISOR, TEAM
from supervise.ui.pages.person_board_view import BoardView


class ColumnChoice(QObject):
    """The choice, with its button; the same menu opens over the titles of the table."""

    def __init__(self, desk: Desk, view: BoardView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self._titles = [each.title for each in view.table.columns]
        self._one_supervisor = False
        hidden = desk.memory["columns"].get("team")
        usual = [self._titles[TEAM]]
        self._hidden = {
            each for each in (hidden if isinstance(hidden, list) else usual) if each in self._titles
        }
        self.button: QPushButton = button("Columns")
        self.button.setMenu(QMenu(self.button))
        self.button.menu().aboutToShow.connect(self._fill_own)
        view.horizontalHeader().customContextMenuRequested.connect(self._open_above)

    def show_for(self, board: Board) -> None:
        """Hide what was put away; the supervisor too where all who have a rule have the same (a team's manager
        is on its board, under a supervisor of their own)."""
        self._one_supervisor = len({each.supervisor for each in board.rows if each.rule}) < 2
        self._show()

    def turn(self, title: str, shown: bool) -> None:
        """Show or hide a column, and remember it."""
        self._hidden = self._hidden - {title} if shown else self._hidden | {title}
        self._desk.memory["columns"] = {**self._desk.memory["columns"], "team": sorted(self._hidden)}
        self._show()

    def _show(self) -> None:
        hidden = {self._titles.index(each) for each in self._hidden}
        self._view.show_columns(hidden | ({SUPERVISOR} if self._one_supervisor else set()))

    def _fill_own(self) -> None:
        self._fill(self.button.menu())

    def _open_above(self, at: QPoint) -> None:
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(menu)
        menu.popup(self._view.horizontalHeader().mapToGlobal(at))

    def _fill(self, menu: QMenu) -> None:
        """A line for each column but the first, which always shows whom a row is about."""
        menu.clear()
        for title in self._titles[1:]:
            made = menu.addAction(title)
            made.setCheckable(True)
            made.setChecked(title not in self._hidden)
            made.triggered.connect(partial(self.turn, title))
            if title == self._titles[SUPERVISOR] and self._one_supervisor:
                made.setEnabled(False)
                made.setText(f"{title} (everybody’s is the same)")
