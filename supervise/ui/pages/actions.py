"""Actions: what was promised, by whom, how long ago, how often it was carried; done in one key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from supervise import wording
from supervise.doing.looking import Looking
from supervise.doing.writing import Writing
from supervise.today import ActionNow
from supervise.ui.bits import button, heading, label, plain_tip, row
from supervise.ui.delegates import LinesDelegate
from supervise.ui.desk import Desk
from supervise.ui.pages.page import Page
from supervise.ui.tables import Column, Table, TableView


def _overdue(action: ActionNow) -> str:
    return f"▲ {wording.days(action.days_overdue)} overdue" if action.days_overdue else ""


COLUMNS = (
    Column("Action", lambda it: it.text, tip=lambda it: plain_tip(it.text), width=54, bold=True,
           second=lambda it: f"owner: {it.owner}" if it.owner else "no owner named"),
    Column("With", lambda it: it.name, width=24),
    Column("Due", lambda it: wording.day(it.due_on) if it.due_on else "no day",
           sort=lambda it: it.due_on or 10**9, second=_overdue, width=24),
    Column("Carried", lambda it: wording.times(it.carried) if it.carried else "–",
           sort=lambda it: it.carried, width=12),
    Column("Agreed", lambda it: wording.day(it.session_on) if it.session_on else "–",
           sort=lambda it: it.session_on or 0, width=14),
)  # fmt: skip


class ActionsTable(TableView):
    """The actions; Space says that one is done."""

    def __init__(self, model: Table, page: ActionsPage) -> None:
        super().__init__(model, "Open actions", page)
        self._page = page

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space: done."""
        if event.key() == Qt.Key.Key_Space:
            self._page.done()
        else:
            super().keyPressEvent(event)


class ActionsPage(Page):
    """Open actions, those overdue first."""

    name, title = "actions", "Actions"
    cares_about = frozenset(("action", "session", "person", "post"))

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.heading, self.line = heading(self.title), label("", quiet=True, wrap=True)
        self.model = Table(COLUMNS, lambda action: action.id, self)
        self.table = ActionsTable(self.model, self)
        self.table.setItemDelegate(LinesDelegate(desk, self.table))
        self.table.opened.connect(self._open)
        self.words = QLineEdit()
        self.words.setPlaceholderText("Show only actions with these words")
        self.words.setAccessibleName("Show only actions with these words")
        self.words.textChanged.connect(self.model.filter)
        self.overdue = QCheckBox("&Overdue only")
        self.overdue.toggled.connect(self._show)
        self.done_button = button("Done", self.done, main=True, name="The chosen action is done")
        self.empty = label("", quiet=True, wrap=True)
        self._found: list[ActionNow] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.addWidget(self.heading)
        layout.addWidget(self.line)
        layout.addLayout(row(self.words, self.overdue, None, self.done_button))
        layout.addWidget(self.empty)
        layout.addWidget(self.table, 1)

    def start_here(self) -> QWidget | None:
        """On the list."""
        return self.table

    def chosen_person(self) -> str | None:
        """Whom the chosen action was agreed with."""
        chosen = self.table.chosen()
        return chosen.person if chosen else None

    def refresh(self) -> None:
        """Read what is open."""
        view = self.desk.view
        found = Looking(self.desk.workspace.here).open_actions(view.day, team=view.team)
        self._found = sorted(found, key=lambda it: (-it.days_overdue, it.due_on or 10**9, it.name))
        overdue = sum(bool(action.days_overdue) for action in found)
        carried = sum(action.carried > 1 for action in found)
        said = [f"{overdue} overdue" if overdue else "none overdue"]
        said += [f"{carried} carried more than once"] if carried else []
        self.heading.setText(wording.counted(len(found), "open action"))
        self.line.setText(" · ".join(said) if found else "")
        self.done_button.setEnabled(view.is_today and not self.desk.workspace.is_service)
        self.desk.counted.emit("actions", overdue)
        self._show()

    def _show(self) -> None:
        """All of them, or those overdue."""
        only = self.overdue.isChecked()
        shown = [action for action in self._found if action.days_overdue or not only]
        self.model.show(shown)
        self.table.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        self.empty.setText(
            "Nothing is overdue."
            if self._found
            else "Nothing is open. Actions are agreed when a supervision is written up."
        )
        if shown and self.table.chosen() is None:
            self.table.choose(self.model.key(shown[0]))

    def done(self) -> None:
        """The chosen action is done; Undo takes that back."""
        action = self.table.chosen()
        if action is None:
            return
        with self.desk.trying():
            self.desk.refuse_if_not_today()
            self.desk.did(Writing(self.desk.workspace.here).add_action_done(action.id, self.desk.today))

    def _open(self, action: ActionNow) -> None:
        self.desk.go("session", action.session)
