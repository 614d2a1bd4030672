"""Team: how are we doing? Everyone of a team on a day, with the twelve months before it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from supervise import wording
from supervise.doing.looking import Looking
from supervise.today import Board, BoardRow
from supervise.ui.actions import BY_NAME
from supervise.ui.bits import button, column, label, row, scrolling, without_arguments
from supervise.ui.cards import STACKED_ABOVE
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import announce
from supervise.ui.pages.page import FACTS, Page
from supervise.ui.pages.person_board import NOT_IN_POST, YEAR, BoardTable, not_in_post, worst_first
from supervise.ui.pages.person_board_columns import ColumnChoice
from supervise.ui.pages.person_board_file import write_board
from supervise.ui.pages.person_board_tools import BoardTools
from supervise.ui.pages.person_board_view import BoardView
from supervise.ui.pages.person_parts import may_change
from supervise.ui.pages.person_strips import YearStrips

LEGEND = (
    "●\u00a0held   ○\u00a0held, not counting   ■\u00a0gap   ▨\u00a0clock stopped   "
    "░\u00a0no records or no rule   ▲\u00a0due   ◇\u00a0booked"
)
_ROW_DEEDS = ("book", "record", "quick_note", "explain_gap")
_NEW = 92
"""Days in post for which a manager's time there is said."""


class TeamPage(Page):
    """Everyone on a day: sorted, filtered, copied, exported."""

    name, title, guide = "team", "Team", "help-team"
    cares_about = FACTS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.board: Board | None = None
        self.line = label("", quiet=True, wrap=True)
        self.strips = YearStrips(desk)
        self.table = BoardTable(self.strips, self)
        self.view = BoardView(desk, self.table, self.strips)
        self.columns = ColumnChoice(desk, self.view)
        self.tools = BoardTools(self.columns.button, button("Export…", self.export_table))
        self.words, self.status, self.clock = self.tools.words, self.tools.status, self.tools.clock
        self.empty = label("", wrap=True)
        self.show_all = button("Show everyone", self._show_everyone, link=True)
        self._connect()
        self._lay_out()

    # How it is laid out

    def _connect(self) -> None:
        self.tools.filtered.connect(self._filter)
        self.tools.narrowed.connect(self._narrow)
        self.tools.clock_chosen.connect(self.read)
        self.words.returnPressed.connect(self.view.setFocus)
        self.view.opened.connect(self._open)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.table.years_wanted.connect(self._sort_by_years)
        for keys, where, context in (
            ("Ctrl+Shift+F", self, Qt.ShortcutContext.WidgetWithChildrenShortcut),
            ("/", self.view, Qt.ShortcutContext.WidgetShortcut),
        ):
            shortcut = QShortcut(QKeySequence(keys), where)
            shortcut.setContext(context)
            shortcut.activated.connect(self.tools.to_filter)

    def _lay_out(self) -> None:
        inner = QWidget()
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(18, 12, 18, 8)
        whole.setSpacing(5)
        whole.addWidget(self.tools)
        whole.addWidget(self.line)
        whole.addLayout(row(self.empty, self.show_all, None))
        whole.addWidget(self.view, 1)
        whole.addWidget(label(LEGEND, quiet=True, wrap=True))
        self.setLayout(column(scrolling(inner)))

    # What it shows

    def refresh(self) -> None:
        """Read where everyone stands."""
        view, looking = self.desk.view, Looking(self.desk.workspace.here)
        large = self.desk.memory["text_percent"] > STACKED_ABOVE
        self.tools.place(large=large)
        self.view.setMinimumHeight(self.fontMetrics().height() * (11 if large else 9))
        self.tools.show_clocks(self.desk.workspace.here.rulebook())
        clock = self.clock.currentData()
        self.board = looking.board(view.day, view.team, clock)
        self.strips.forget(clock)
        self.table.look_at(view.day, is_case=clock is not None)
        self.tools.heading.setText(view.team or "Everyone")
        self.line.setText(self._said(looking, self.board))
        self.tools.show_statuses(self.board)
        self.columns.show_for(self.board)
        self._narrow()

    def _said(self, looking: Looking, board: Board) -> str:
        """ "9 people · supervisor R. Okafor, three weeks in post · rules: Employer standards 2020"."""
        many = len(board.rows)
        is_case = self.clock.currentData() is not None
        parts = [wording.counted(many, "case") if is_case else wording.counted(many, "person", "people")]
        managed = looking.manager_of(board.team, board.day) if board.team else None
        if managed is not None:
            new = f", {managed.how_long} in post" if board.day - managed.since < _NEW else ""
            parts.append(f"supervisor {managed.name}{new}")
        parts.append(f"rules: {board.policy}" if board.policy else "no rules on this day")
        return " · ".join(parts)

    def _narrow(self) -> None:
        """Show those of the status chosen; whoever is not in post only under that."""
        if self.board is None:
            return
        status = self.status.currentData()
        rows = [each for each in self.board.rows if status in (None, each.status)]
        if status == NOT_IN_POST:
            rows = [not_in_post(each) for each in self.board.left_out]
        self.table.show(worst_first(rows))
        self._say_if_empty()

    def _filter(self, words: str) -> None:
        self.table.filter(words)
        self._say_if_empty()
        announce(self.view, f"{len(self.table.records):,} shown")

    def _say_if_empty(self) -> None:
        """What to do where nothing is shown; else the first row is chosen if none was."""
        narrowed = self.tools.is_narrow
        nobody = "Nobody is in post here on this day. Ctrl+N adds somebody, Ctrl+I brings in a tracker."
        self.empty.setText("No row has these words and this status." if narrowed else nobody)
        self.empty.setVisible(not self.table.records)
        self.show_all.setVisible(not self.table.records and narrowed)
        if self.table.records and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.table.index(0, 0))

    def _show_everyone(self) -> None:
        self.tools.widen()
        self.view.setFocus()

    def _sort_by_years(self, order: Qt.SortOrder) -> None:
        """Read every strip, without standing still, and sort by them."""
        self.desk.background.step(
            self.strips.all_of(list(self.table.records)),
            partial(self._years_read, order),
            self.desk.notifier.trouble,
        )

    def _years_read(self, order: Qt.SortOrder, _: object) -> None:
        if self.strips.has_all(self.table.records):
            self.table.sort(YEAR, order)

    # What one does with a row

    def chosen(self) -> BoardRow | None:
        """The row chosen."""
        found: BoardRow | None = self.view.chosen()
        return found

    def chosen_person(self) -> str | None:
        """Whom the chosen row is about; of a case, who holds it."""
        found = self.chosen()
        return found.person if found and not self._is_nobody(found) else None

    def _is_nobody(self, found: BoardRow) -> bool:
        """A case that nobody in post holds."""
        return self.table.is_case and found.status == NOT_IN_POST

    def start_here(self) -> QWidget | None:
        """In the table, or where one can show more."""
        return self.view if self.table.records else self.words

    def why(self) -> None:
        """Why the person (or the case) of the chosen row stands where they do."""
        if (found := self.chosen()) is not None:
            self.desk.deeds.why(found.subject, self.clock.currentData())

    def _open(self, found: BoardRow) -> None:
        if not self._is_nobody(found):
            self.desk.go("person", found.person)

    def _open_menu(self, at: QPoint) -> None:
        if (found := self.chosen()) is not None:
            self.row_menu(found).popup(self.view.viewport().mapToGlobal(at))

    def row_menu(self, found: BoardRow) -> QMenu:
        """Everything that can be done with a row, which is the chosen one."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("&Open").triggered.connect(without_arguments(partial(self._open, found)))
        for name in ("why", *_ROW_DEEDS):
            made = menu.addAction(BY_NAME[name].text)
            made.setShortcut(QKeySequence(BY_NAME[name].keys))
            made.setEnabled(name == "why" or may_change(self.desk))
            made.triggered.connect(without_arguments(partial(self.desk.deeds.window.do, name)))
        menu.addSeparator()
        menu.addAction("&Copy").triggered.connect(self.view.copy)
        return menu

    # A file

    def export_table(self) -> None:
        """Choose a file, and write what the table shows to it."""
        chosen, _ = QFileDialog.getSaveFileName(
            self.window(),
            "Export the table (the file is not encrypted)",
            "team.xlsx",
            "Workbook (*.xlsx)",
        )
        if chosen:
            with self.desk.trying():
                self.write_table(Path(chosen))

    def write_table(self, to: Path) -> None:
        """Write the rows and columns shown to a workbook. BadQuestion where there are none."""
        write_board(self.desk, self.table, self.view, self.strips, to)
