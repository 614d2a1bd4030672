"""Calendar: when? The month and what stands on its days, or the same as a list; booking and moving there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from supervise import wording
from supervise.doing.diary import Unbooked
from supervise.ui.bits import button, heading, label, row, scrolling
from supervise.ui.cards import STACKED_ABOVE
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import announce
from supervise.ui.pages.calendar_beside import Beside
from supervise.ui.pages.calendar_days import (
    LEGEND,
    Mark,
    MonthHolds,
    month_after,
    month_before,
    read_month,
)
from supervise.ui.pages.calendar_deeds import EntryDeeds
from supervise.ui.pages.calendar_lists import LIST_COLUMNS, Marks
from supervise.ui.pages.calendar_month import MonthModel, MonthView
from supervise.ui.pages.page import FACTS, Page
from supervise.workdays import FIRST_DAY, FOREVER, Day


class CalendarPage(Page):
    """A month of a team, with the chosen day and those due without a booking beside it."""

    name, title, guide = "calendar", "Calendar", "help-calendar"
    cares_about = FACTS
    asks_whom = frozenset({"book"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._day: Day | None = None
        self._looked_at = desk.view.day
        self.month: MonthHolds | None = None
        self.deeds = EntryDeeds(desk, self)
        self.heading = heading("Calendar")
        self.line = label("", quiet=True, wrap=True)
        self.model = MonthModel(self)
        self.grid = MonthView(desk, self.model)
        self.list = Marks(desk, LIST_COLUMNS, "marks", "The month as a list", self)
        self.left = QStackedWidget()
        self.beside = Beside(desk)
        self.before = button("‹", partial(self._turn, -1), name="The month before")
        self.after = button("›", partial(self._turn, 1), name="The month after")
        self.to_today = button("Today", self._to_today)
        self.other_view = button("As a list", self._other_view)
        self.propose_button = button("Propose dates…", self.deeds.propose)
        self._lay_out()
        self._connect()

    # How it is laid out

    def _lay_out(self) -> None:
        self._tools = QGridLayout()
        self._tools.setContentsMargins(0, 0, 0, 0)
        for view in (self.grid, self.list):
            self.left.addWidget(view)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(12)
        self._halves.addWidget(self.left, 5)
        self._halves.addWidget(self.beside, 3)
        inner = QWidget()
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(18, 10, 18, 8)
        whole.setSpacing(5)
        whole.addLayout(self._tools)
        whole.addWidget(self.line)
        whole.addLayout(self._halves, 1)
        whole.addWidget(label(LEGEND, quiet=True, wrap=True))
        self.setLayout(row(scrolling(inner)))

    def _fit(self) -> None:
        """Beside one another, or where the letters are large below."""
        large = self.desk.memory["text_percent"] > STACKED_ABOVE
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(down if large else right)
        self.grid.fit()
        self.beside.fit()
        letters = self.fontMetrics()
        self.list.setMinimumSize(letters.averageCharWidth() * 40, letters.height() * 12)
        tools = (self.before, self.to_today, self.after, self.other_view, self.propose_button)
        for each in (self.heading, *tools):
            self._tools.removeWidget(each)
        self._tools.addWidget(self.heading, 0, 0, 1, 6 if large else 1)
        for at, tool in enumerate(tools, 0 if large else 1):
            self._tools.addWidget(tool, 1 if large else 0, at)
        self._tools.setColumnStretch(0, 0 if large else 1)
        self._tools.setColumnStretch(5, 1 if large else 0)

    def _connect(self) -> None:
        self.grid.day_wanted.connect(self.choose_day)
        self.grid.month_wanted.connect(self._turn)
        self.grid.entered.connect(self._into_day)
        self.grid.dropped.connect(self.deeds.move_to)
        self.grid.selectionModel().currentChanged.connect(self._day_changed)
        for view in (self.beside.day_list, self.list):
            view.opened.connect(self.deeds.open)
            view.selectionModel().currentChanged.connect(self._show_deeds)
        self.beside.due_list.opened.connect(self._book_due)
        self.beside.book_wanted.connect(self.book)
        self.beside.open_wanted.connect(self._open_chosen)
        self.beside.move_wanted.connect(self._move_chosen)
        self.beside.cancel_wanted.connect(self._cancel_chosen)
        self.beside.miss_wanted.connect(self._miss_chosen)
        for keys, does in (("Alt+Shift+Left", self._earlier), ("Alt+Shift+Right", self._later)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)

    # Reading

    def open_on(self, subject: object) -> None:
        """Show a day."""
        if isinstance(subject, int):
            self._day, self._looked_at, self._stale = subject, self.desk.view.day, True

    def start_here(self) -> QWidget | None:
        """In the month, or in the list."""
        return self.list if self._is_list else self.grid

    @property
    def _is_list(self) -> bool:
        return bool(self.desk.memory["calendar"] == "list")

    @property
    def day(self) -> Day:
        """The chosen day; the one looked at, if none was chosen."""
        return self.desk.view.day if self._day is None else self._day

    def refresh(self) -> None:
        """Read the month of the chosen day; that of the day looked at, once it is another."""
        if self._looked_at != self.desk.view.day:
            self._day, self._looked_at = None, self.desk.view.day
        self._fit()
        self.month = month = read_month(self.desk.workspace, self.desk.view, self.day)
        self.heading.setText(month.title)
        self.line.setVisible(not self.desk.view.is_today)
        self.line.setText(
            f"What stands after {wording.day(self.desk.view.day)} is what was booked ahead on that day."
        )
        self.model.show(month)
        self.list.table.show(month.marks())
        self.list.choose_first()
        self.beside.show_unbooked(month)
        self.left.setCurrentWidget(self.list if self._is_list else self.grid)
        self.other_view.setText("As a month" if self._is_list else "As a list")
        self.propose_button.setEnabled(self.desk.view.is_today and not self.desk.workspace.is_service)
        self.grid.choose(self.day)
        self._show_day()

    def _show_day(self) -> None:
        """What stands on the chosen day, beside the month."""
        if self.month is not None and self.month.shows(self.day):
            self.beside.show_day(self.month.on(self.day), in_full=not self._is_list)
            self._show_deeds()

    def _show_deeds(self) -> None:
        self.beside.show_deeds(self.chosen())

    # Going from day to day

    def choose_day(self, day: Day) -> None:
        """Put the keyboard on a day, in whatever month it is."""
        if not FIRST_DAY <= day <= FOREVER:
            return
        self._day = day
        if self.month is not None and self.month.first <= day <= self.month.last:
            self.grid.choose(day)
        else:
            self.read()
            announce(self.heading, self.heading.text())

    def _day_changed(self) -> None:
        holds = self.grid.day()
        if holds is not None:
            self._day = holds.day
            self._show_day()

    def _turn(self, by: int) -> None:
        if self.month is not None:
            self.choose_day(month_before(self.month.first) if by < 0 else month_after(self.month.last))

    def _to_today(self) -> None:
        self.choose_day(self.desk.view.day)

    def _other_view(self) -> None:
        self.desk.memory["calendar"] = "month" if self._is_list else "list"
        self.read()
        if (start := self.start_here()) is not None:
            start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _into_day(self) -> None:
        """Enter: to the day's list; a day without anything is booked on."""
        if self.beside.day_list.table.records:
            self.beside.day_list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.deeds.ask_whom(self.day)

    # What is chosen

    @property
    def _entries(self) -> Marks:
        return self.list if self._is_list else self.beside.day_list

    def chosen(self) -> Mark | None:
        """The entry that the deeds are about."""
        found: Mark | None = self._entries.chosen()
        return found

    def chosen_person(self) -> str | None:
        """Whose entry is chosen."""
        if (due := self.beside.due_chosen()) is not None:
            return due.person
        mark = self.chosen()
        return mark.person if mark is not None else None

    # What can be done

    def book(self) -> None:
        """Book on the chosen day: with the person whose entry the keyboard is on, or else ask whom."""
        if (due := self.beside.due_chosen()) is not None:
            self.deeds.book(due.person)
            return
        mark = self.chosen()
        on = mark.on if mark is not None and self._is_list else self.day
        if mark is not None and self._entries.hasFocus():
            self.deeds.book(mark.person, on)
        else:
            self.deeds.ask_whom(on)

    def _book_due(self, due: Unbooked) -> None:
        self.deeds.book(due.person)

    def _open_chosen(self) -> None:
        if (mark := self.chosen()) is not None:
            self.deeds.open(mark)

    def _move_chosen(self) -> None:
        self.deeds.move(self.chosen())

    def _earlier(self) -> None:
        self.deeds.move(self.chosen(), -1)

    def _later(self) -> None:
        self.deeds.move(self.chosen(), 1)

    def _cancel_chosen(self) -> None:
        self.deeds.cancel(self.chosen())

    def _miss_chosen(self) -> None:
        self.deeds.miss(self.chosen())
