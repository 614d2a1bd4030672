"""What was promised in somebody's sessions: done in one key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from supervise import wording
from supervise.doing.looking_person import PersonStory
from supervise.doing.writing import Writing
from supervise.store.lists import ActionThere
from supervise.ui.bits import label
from supervise.ui.desk import Desk
from supervise.ui.pages.person_parts import Facts, Panel, as_tip
from supervise.ui.tables import Column
from supervise.workdays import FOREVER, Day


class ActionsPanel(Panel):
    """What was promised: what is open first, then what is done. Space notes one as done, or as open again."""

    title = "Actions"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.done = self.changing("Done", self.turn)
        self.add_titled("Actions", self.done)
        columns = (
            Column("Action", lambda each: each.text, tip=lambda each: as_tip(each.text), width=58),
            Column("Owner", lambda each: each.owner or "", width=21),
            Column(
                "Due", lambda each: wording.day(each.due_on) if each.due_on else "", _due_key, width=16
            ),
            Column("Carried", _carried, lambda each: each.carried, width=12),
            Column("State", self._state),
        )
        self.actions_table = Facts(desk, columns, "Actions")
        self.actions_table.opened.connect(self._open)
        self.actions_table.selectionModel().currentChanged.connect(self._say_what_would_be)
        self.facts.append(self.actions_table)
        self.empty = label("", quiet=True, wrap=True)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.actions_table, 1)
        space = QShortcut(QKeySequence("Space"), self.actions_table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self.turn)

    def fill(self, story: PersonStory) -> None:
        """Open ones, then those that are done."""
        actions = [*story.open_actions, *story.done_actions]
        self.actions_table.show_records(actions)
        self.empty.setText("Nothing was promised in any session yet.")
        self.empty.setVisible(not actions)
        self.actions_table.setVisible(bool(actions))
        self.done.setVisible(bool(actions))
        if actions and not self.actions_table.currentIndex().isValid():
            self.actions_table.setCurrentIndex(self.actions_table.table.index(0, 0))
        self._say_what_would_be()

    def _state(self, each: ActionThere) -> str:
        if each.done_on is not None:
            return f"done {wording.day(each.done_on)}"
        assert self.story is not None, "a story is shown"
        if each.due_on is not None and each.due_on < self.story.day:
            return f"overdue by {wording.days(self.story.day - each.due_on)}"
        return "open"

    def _say_what_would_be(self) -> None:
        chosen = self.actions_table.chosen()
        self.done.setText("Open again" if chosen is not None and chosen.done_on is not None else "Done")

    def turn(self) -> None:
        """Note the chosen action as done today, or as open after all."""
        chosen = self.actions_table.chosen()
        if chosen is None:
            return
        with self.desk.trying():
            self.desk.refuse_if_not_today()
            on = self.desk.today if chosen.done_on is None else None
            self.desk.did(Writing(self.desk.workspace.here).add_action_done(chosen.id, on))

    def _open(self, each: ActionThere) -> None:
        self.desk.go("session", each.session)


def _carried(each: ActionThere) -> str:
    return wording.times(each.carried) if each.carried else ""


def _due_key(each: ActionThere) -> Day:
    return FOREVER if each.due_on is None else each.due_on
