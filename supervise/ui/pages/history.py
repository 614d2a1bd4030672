"""History: who changed what, and when; what stood there before; undo; is the chain unbroken?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from html import escape

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from supervise import wording
from supervise.doing.changed import called
from supervise.errors import LaterChanges
from supervise.store import history
from supervise.store.access import Look
from supervise.store.changes import FOR_GOOD
from supervise.store.history import Line
from supervise.ui.bits import button, column, heading, label, row, scrolling
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Question
from supervise.ui.pages.history_filter import LineFilter
from supervise.ui.pages.history_parts import ChangeView, Paged
from supervise.ui.pages.page import Page
from supervise.ui.tables import Column, TableView
from supervise.workdays import iso


class HistoryPage(Page):
    """Every change, the newest first, with what it altered; and who looked at what."""

    name, title, guide = "history", "History", "help-history"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._sought: list[int] | None = None  # the lines that the filter lets through; None for all
        self._end: int | None = None  # the first line after the day looked at, if that is another
        self.filter = LineFilter(desk)
        self.filter.found.connect(self._found)
        columns = (
            Column("When", lambda line: said_when(line.at), width=27),
            Column("Who", lambda line: line.by, width=20),
            Column("What", _what, tip=_tip),
        )
        self.lines = Paged(columns, lambda line: line.number, self._read_lines, self)
        self.view = TableView(self.lines, "Changes, the newest first")
        self.view.setSortingEnabled(False)
        self.change = ChangeView(desk)
        self.change.undo.clicked.connect(self._undo)
        self.looks = Looks(desk)
        self._lay_out()
        self.view.selectionModel().currentRowChanged.connect(self._chosen)

    def _lay_out(self) -> None:
        self.verify = button("&Verify the chain…", self._verify)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._changes_tab(), "&Changes")
        self.tabs.addTab(self.looks, "Who &looked")
        around = QVBoxLayout(self)
        around.setContentsMargins(18, 14, 18, 8)
        around.setSpacing(4)
        around.addLayout(row(heading("History"), None, self.verify))
        around.addWidget(self.tabs, 1)

    def _changes_tab(self) -> QWidget:
        self.none = label("", wrap=True)
        letters = self.fontMetrics().height()
        for part, lines in ((self.view, 7), (self.change.text, 6)):  # as tall as there is room for
            part.setMinimumHeight(letters * lines)
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        made = QWidget()
        inside = column(self.filter, self.none, self.view, self.change, None, spacing=6)
        inside.setStretchFactor(self.view, 2)
        inside.setStretchFactor(self.change, 3)
        inside.setStretch(inside.count() - 1, 0)
        inside.setContentsMargins(0, 8, 0, 0)
        made.setLayout(inside)
        return scrolling(made)  # with large letters there may be more than the window has room for

    # Reading

    def on_changed(self, touched: frozenset[str]) -> None:
        """Every change is a new line here. One that deleted by law alters what earlier ones tell."""
        if "removal" in touched:
            self.change.forget()
        self.look_again()

    def refresh(self) -> None:
        """Read it anew, keeping the filter; on another day, as far as that day."""
        view, database = self.desk.view, self.desk.workspace.store.database
        self._end = None if view.is_today else history.first_after(database, iso(view.day))
        self.filter.read()
        if self.filter.is_used:
            self.filter.seek()
        else:
            self._found(None)
        self.looks.refresh()

    def _read_lines(self, shown: Sequence[Line], most: int) -> list[Line]:
        store = self.desk.workspace.store
        with self.desk.trying():
            if self._sought is not None:
                return history.lines_of(store.database, self._sought[len(shown) : len(shown) + most])
            return store.history(most, shown[-1].number if shown else self._end)
        return []

    def _found(self, numbers: list[int] | None) -> None:
        """Show these lines, or all."""
        self._sought = numbers
        if numbers is not None and self._end is not None:
            self._sought = [number for number in numbers if number < self._end]
        self.lines.start()
        there = bool(self.lines.records)
        if not there:
            said = "No change is like that. Choose “Anyone”, or try fewer words."
            self.none.setText(said if self.filter.is_used else "Nothing had been changed yet.")
        self.none.setVisible(not there)
        self.view.setVisible(there)
        self.change.setVisible(there)
        if there and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.lines.index(0, 0))
        self._chosen()

    # What is chosen

    def _chosen(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        line = self.view.chosen()
        if line is None:
            return
        with self.desk.trying():
            self.change.tell(line, said_when(line.at))
        holds = line.undone_by is None and line.kind not in FOR_GOOD
        self.change.undo.setEnabled(holds and self.desk.view.is_today)

    def start_here(self) -> QWidget | None:
        """On the newest change, or the one chosen before."""
        return self.view if self.lines.records else self.filter.words

    # Doing

    def _undo(self) -> None:
        """Undo the chosen change; what stands in the way is named, and can be undone too."""
        line = self.view.chosen()
        if line is None:
            return
        with self.desk.trying():
            self.desk.refuse_if_not_today()
            try:
                self.desk.did(self.desk.workspace.undo_change(line.number))
            except LaterChanges as error:
                self._ask_about(line, error)

    def _ask_about(self, line: Line, error: LaterChanges) -> None:
        question = Question(
            self.desk, self.window(), "Undo later changes too?", error.sentence,
            does="Undo those too", then=partial(self._undo_all, line.number),
        )  # fmt: skip
        question.body.addWidget(label("These would be undone with it, the newest first:", wrap=True))
        for number, what in error.changes:
            question.body.addWidget(label(f"{number}  {what}", wrap=True))
        question.show_over()

    def _undo_all(self, number: int) -> None:
        self.desk.did(self.desk.workspace.undo_change(number, with_later=True))

    def _verify(self) -> None:
        from supervise.ui.dialogs.verify import VerifyDialog

        VerifyDialog(self.desk, self.window()).show_over()


class Looks(QWidget):
    """Who looked at or printed what, the newest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        columns = (
            Column("When", lambda look: said_when(look.at), width=27),
            Column("Who", lambda look: look.by, width=20),
            Column("Did", lambda look: look.what, width=12),
            Column("What", self._what),
        )
        self.table = Paged(columns, _of_look, self._read, self)
        self.view = TableView(self.table, "Who looked at or printed what, the newest first")
        self.view.setSortingEnabled(False)
        self.none = label("Nobody has looked at or printed a record yet.", wrap=True)
        inside = column(self.none, self.view, None, spacing=6)
        inside.setStretchFactor(self.view, 1)
        inside.setStretch(inside.count() - 1, 0)
        inside.setContentsMargins(0, 8, 0, 0)
        self.setLayout(inside)

    def refresh(self) -> None:
        """Read the list anew."""
        self.table.start()
        self.none.setVisible(not self.table.records)
        self.view.setVisible(bool(self.table.records))

    def _read(self, shown: Sequence[Look], most: int) -> list[Look]:
        with self.desk.trying():
            return self.desk.workspace.store.access.list(len(shown) + most)[len(shown) :]
        return []

    def _what(self, look: Look) -> str:
        """Whose record it was, in words."""
        if look.kind is None or look.id is None:
            return ""
        return called(self.desk.workspace.here, look.kind, look.id)


def said_when(at: str) -> str:
    """A moment of the log: "Tue 14 Mar 2017 09:12", by the clock on the wall."""
    moment = datetime.fromisoformat(at).astimezone()
    weekday = wording.long_day(moment.toordinal())[:3]
    return f"{weekday} {wording.day(moment.toordinal())} {moment.hour:02}:{moment.minute:02}"


def _of_look(look: Look) -> tuple[str | None, ...]:
    return look.at, look.by, look.what, look.kind, look.id


def _what(line: Line) -> str:
    """The words of a line, and whether it still holds."""
    return f"{line.label} (undone)" if line.undone_by else line.label


def _tip(line: Line) -> str:
    """The same as a tool tip, which must not take anything in it for markup."""
    return f"<p>{escape(_what(line))}</p>"
