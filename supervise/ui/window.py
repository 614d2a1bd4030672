"""The main window: the list of pages, the bar above, the page at the front, the foot.

It shows pages and passes actions on: what they do stands in `deeds`, and what is done to records below.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from supervise import wording
from supervise.errors import NotAllowed
from supervise.ui.actions import ACTIONS, BY_NAME, Action
from supervise.ui.bits import column, label, row
from supervise.ui.deeds import Deeds, nobody_chosen
from supervise.ui.desk import Desk
from supervise.ui.foot import Foot, backed_up_words
from supervise.ui.menus import Menus
from supervise.ui.pages import make_page
from supervise.ui.pages.page import Page
from supervise.ui.side import Side, Top
from supervise.ui.trail import Trail

if TYPE_CHECKING:
    from supervise.ui.lock import LockPage


class Window(QMainWindow):
    """The window on one open store."""

    dress_wanted = Signal()  # colours or letters have been chosen anew

    def __init__(
        self, desk: Desk, foot: Foot, make_lock: Callable[[], LockPage], close: Callable[[], None]
    ) -> None:
        super().__init__()
        self.desk, self.foot, self._make_lock, self._close = desk, foot, make_lock, close
        self.setWindowTitle("Supervise")
        self.setAcceptDrops(True)
        self.deeds = desk.deeds = Deeds(desk, self)
        self.pages: dict[str, Page] = {}
        self._trail = Trail()
        self.wants_other = False
        self._front = QStackedWidget()
        self.setCentralWidget(self._front)
        self.side, self.top = Side(), Top(desk)
        self.stack = QStackedWidget()
        self._lay_out()
        self.menus = Menus(self, self._show_what_can_be_done)
        self._connect()
        self.show_view()

    # How it is laid out

    def _lay_out(self) -> None:
        self.band = label("")
        self.band.setObjectName("band")
        self.band.setWordWrap(True)
        self.practice = label(
            "Practice: everyone and everything here is made up. Nothing is real, nothing can go wrong."
        )
        self.practice.setObjectName("practice")
        self.practice.setWordWrap(True)
        self.practice.setVisible(self.desk.is_practice)
        right = column(self.top, self.practice, self.band, self.stack, self.foot, spacing=0)
        right.setStretchFactor(self.stack, 1)
        layout = row(self.side, spacing=0)
        layout.addLayout(right, 1)
        whole = QWidget()
        # Into its place while it is empty: whatever is in it would be dressed anew on the way.
        self._front.addWidget(whole)
        whole.setLayout(layout)

    def _connect(self) -> None:
        self.menus.wanted.connect(self.do)
        self.side.chosen.connect(self.open_page)
        self.top.day_wanted.connect(self.deeds.another_day)
        self.top.search.connect(lambda words: self.open_page("find", words))
        self.foot.undo_wanted.connect(partial(self.do, "undo"))
        self.foot.lock_wanted.connect(self.lock)
        self.desk.asked_for.connect(self.open_page)
        self.desk.view.changed.connect(self.show_view)
        self.desk.counted.connect(self.side.show_count)
        self.desk.changed.connect(self._teams_may_have_changed)

    def dress(self) -> None:
        """Colours and letters have been chosen anew."""
        from supervise.ui.tables import TableView  # late: Today, on which the window opens, has none

        self.dress_wanted.emit()
        self.side.fit()
        for table in self.findChildren(TableView):
            table.fit()
        for page in self.pages.values():
            page.look_again()

    def place(self, said: str) -> None:
        """Stand where it stood last, or as large as a small screen lets it."""
        if not (said and self.restoreGeometry(QByteArray.fromBase64(said.encode()))):
            self.resize(1090, 610)

    def place_said(self) -> str:
        """Where it stands, for the next time."""
        return bytes(self.saveGeometry().toBase64().data()).decode()

    def show_state(self) -> None:
        """Whether all is saved and backed up, at the foot."""
        self.foot.show_state(backed_up_words(self.desk))

    # Pages

    def page(self, name: str) -> Page:
        """The page of that name, made when it is first wanted."""
        if name not in self.pages:
            self.pages[name] = make_page(name, self.desk, self.stack)
            self.stack.addWidget(self.pages[name])
        return self.pages[name]

    @property
    def front(self) -> Page | None:
        """The page at the front."""
        found = self.stack.currentWidget()
        return found if isinstance(found, Page) else None

    def open_page(self, name: str, subject: object = None) -> None:
        """Bring a page to the front, on its subject if it has one."""
        if self._turn_to(name, subject):
            self._trail.go(name, subject)

    def go_back(self) -> None:
        """The page before, on what it was on."""
        if (before := self._trail.before) is not None and self._turn_to(*before):
            self._trail.go_back()

    def _turn_to(self, name: str, subject: object) -> bool:
        """False if what is being written on the page at the front could not be kept."""
        if self.front is not None and not self.front.may_leave():
            return False
        page = self.page(name)
        self.foot.turn_page()
        if subject is not None:
            page.open_on(subject)
        self.stack.setCurrentWidget(page)
        self.side.show_page(name)
        page.opened()
        return True

    def show_view(self) -> None:
        """The day and team looked at, in the bar; another day in a band."""
        view = self.desk.view
        self.top.refresh()
        self.band.setVisible(not view.is_today)
        self.foot.offer_undo(view.is_today)
        self.band.setText(
            f"As at {wording.full_day(view.day)}. Only to look at: nothing can be changed until you go back "
            "to today (Ctrl+D)."
        )

    def _teams_may_have_changed(self, touched: frozenset[str]) -> None:
        if touched & {"post", "person"}:
            if self.desk.view.team not in (None, *self.desk.workspace.teams()):
                self.desk.view.choose_team(None)  # which reads everything anew
            self.top.refresh()

    # Actions

    def do(self, name: str) -> None:
        """Do what an action of the table says; what it needs and lacks is said."""
        action = BY_NAME[name]
        with self.desk.trying():
            self._refuse_what_lacks(action)
            self._way(action)()

    def _refuse_what_lacks(self, action: Action) -> None:
        if "today" in action.needs:
            self.desk.refuse_if_not_today()
        if "own" in action.needs and self.desk.workspace.is_service:
            raise NotAllowed(
                "This is a service store: its facts come from the teams’ exports.",
                "Have it done in the team’s own store, then bring in its next export.",
            )
        if "person" in action.needs and not self._knows_whom(action):
            raise nobody_chosen()

    def _knows_whom(self, action: Action) -> bool:
        """Whether somebody is chosen, or the page at the front asks whom."""
        front = self.front
        asks = front is not None and action.name in front.asks_whom
        return asks or (front is not None and front.chosen_person() is not None)

    def _way(self, action: Action) -> Callable[[], object]:
        if action.name.startswith("go_") and action.name != "go_back":
            return lambda: self.open_page(action.name.removeprefix("go_"))
        page = self.front
        for doer in (page, self, self.deeds):
            if callable(way := getattr(doer, action.name, None)):
                return way  # type: ignore[no-any-return]
        raise LookupError(f"nothing does {action.name}")

    def _show_what_can_be_done(self) -> None:
        store, is_today = self.desk.workspace.store, self.desk.view.is_today
        there = {"today": is_today, "own": not store.is_service}
        lacking = {
            action.name
            for action in ACTIONS
            if not all(there.get(need, True) for need in action.needs)
            or ("person" in action.needs and not self._knows_whom(action))
        }
        for name, what in (("undo", store.next_undo), ("redo", store.next_redo)):
            self.menus.name_undo(name, what)
            lacking |= set() if what else {name}
        self.menus.show_lacking(lacking)

    def look_again(self) -> None:
        """Read the page at the front anew."""
        if self.front is not None:
            self.front.read()

    def search(self) -> None:
        """Go to the search field."""
        from PySide6.QtCore import Qt

        self.top.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top.words.selectAll()

    def guide(self) -> None:
        """The guide, on what it says of the page at the front."""
        front = self.front
        self.open_page("guide", (front.guide or f"help-{front.name}") if front else None)

    def quit(self) -> None:
        """Close the window."""
        self.close()

    # The lock

    @cached_property
    def lock_page(self) -> LockPage:
        """The page over everything, made when it is first wanted."""
        made = self._make_lock()
        made.unlocked.connect(self.unlock)
        self._front.addWidget(made)
        return made

    @property
    def is_locked(self) -> bool:
        """Whether everything is hidden."""
        return self._front.currentIndex() > 0

    def lock(self) -> None:
        """Hide everything. What is being written is kept first; dialogs are hidden with what is in them."""
        if self.is_locked:
            return
        if self.front is not None:
            self.front.may_leave()
        self.lock_page.hide_dialogs(self)
        self.menus.lock(True)
        self._front.setCurrentWidget(self.lock_page)
        self.setWindowTitle("Supervise, locked")
        self.lock_page.start()

    def unlock(self) -> None:
        """Show everything again as it was."""
        self._front.setCurrentIndex(0)
        self.menus.lock(False)
        self.setWindowTitle("Supervise")
        if self.front is not None:
            self.front.opened()
        self.lock_page.show_dialogs()

    # Files dropped on it, and its end

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped while everything can be seen."""
        if event.mimeData().hasUrls() and not self.is_locked:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring in the file."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            with self.desk.trying():
                self.desk.refuse_if_not_today()
                self.open_page("bring_in", files[0])

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is being written is kept before it closes; if that fails, the window stays."""
        if self.front is not None and not self.is_locked and not self.front.may_leave():
            event.ignore()
            return
        self._close()
        event.accept()
