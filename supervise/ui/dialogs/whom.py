"""Whom a booking is for, where a day was chosen first."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QLineEdit, QWidget

from supervise import wording
from supervise.doing.diary import Diary
from supervise.doing.looking import Looking
from supervise.errors import BadQuestion
from supervise.ui.bits import label, row
from supervise.ui.delegates import LinesDelegate
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Dialog
from supervise.ui.tables import Column, Table, TableView
from supervise.workdays import FIRST_DAY, FOREVER, Day


class Member(NamedTuple):
    """Somebody of the team: when they are due, if they are due and not booked."""

    person: str
    name: str
    due: Day | None


class WhomDialog(Dialog):
    """Chooses somebody of the team looked at; then the booking begins, on the day chosen."""

    def __init__(self, desk: Desk, parent: QWidget, on: Day) -> None:
        super().__init__(
            desk, parent, "Whom is it with?", f"To book on {wording.long_day(on)}.", does="Go on"
        )
        self._on, self._person = on, ""
        self.words = QLineEdit()
        say = label("&Name")
        say.setBuddy(self.words)
        self.words.setAccessibleName("Name")
        self.words.textChanged.connect(self._filter)
        columns = (
            Column("Person", lambda member: member.name, bold=True, width=34),
            Column("Due, and not booked", _due),
        )
        self.table = Table(columns, lambda member: member.person, self)
        self.table.show(_members(desk))
        self.view = TableView(self.table, "People")
        self.view.setItemDelegate(LinesDelegate(desk, self.view))
        letters = self.fontMetrics()
        wide = min(letters.averageCharWidth() * 64, parent.width() - 120)
        self.view.setMinimumSize(wide, letters.height() * 12)
        self.view.opened.connect(self._opened)
        self.body.addLayout(row(say, self.words))
        self.body.addWidget(self.view)
        self._filter("")

    def start_here(self) -> QWidget | None:
        """In the name."""
        return self.words

    def _filter(self, words: str) -> None:
        self.table.filter(words)
        if self.table.records:
            self.view.choose(self.table.records[0].person)

    def _opened(self, _: object) -> None:
        self.main.click()

    def submit(self) -> bool:
        """Take the one chosen. BadQuestion if there is nobody."""
        chosen: Member | None = self.view.chosen()
        if chosen is None:
            raise BadQuestion(
                "Nobody of that name is in this team.", "Type another name, or part of it."
            )
        self._person = chosen.person
        return True

    def done(self, result: int) -> None:
        """Close; then comes the booking."""
        super().done(result)
        if self._person:
            person, self._person = self._person, ""
            self.desk.deeds.book(person, self._on)


def _members(desk: Desk) -> list[Member]:
    """Those of the team looked at, who is due first before the others, by name."""
    here, team = desk.workspace.here, desk.view.team
    due = {each.person: each.due for each in Diary(here).due_between(FIRST_DAY, FOREVER, team)}
    people = here.store.rows_by_id("person", Looking(here).members(team=team))
    found = [Member(id, person["name"], due.get(id)) for id, person in people.items()]
    return sorted(found, key=lambda member: (member.due or FOREVER, member.name.casefold()))


def _due(member: Member) -> str:
    return wording.day(member.due) if member.due else ""
