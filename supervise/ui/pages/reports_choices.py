"""What a report is about: a person, and one of their supervisions."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from supervise import wording
from supervise.store.lists import ever_in
from supervise.ui.desk import Desk
from supervise.ui.pages.compliance_parts import titled
from supervise.workdays import day, iso


class SessionChoice(QObject):
    """Two boxes: whose, and which of the supervisions they have had by the day looked at. `chosen` says that
    the choice is another one now."""

    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._store = desk, desk.workspace.store
        self.people, self.sessions = QComboBox(), QComboBox()
        for box, name, letters in ((self.people, "Person", 24), (self.sessions, "Supervision", 34)):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(letters)
            box.setPlaceholderText(f"Choose a {name.lower()}")
        self.people.activated.connect(self._person_chosen)
        self.sessions.activated.connect(self._session_chosen)

    def fields(self) -> tuple[QWidget, QWidget]:
        """Both with their labels."""
        return titled("&Person", self.people), titled("S&upervision", self.sessions)

    def fill_people(self) -> None:
        """Everybody, or who is or was in the team; whom it was about stays chosen."""
        kept, team = self.people.currentData(), self._desk.view.team
        within = None if team is None else set(ever_in(self._store.database, team))
        rows = [row for row in self._store.rows("person") if within is None or row["id"] in within]
        named = Counter(row["name"] for row in rows)
        self.people.clear()
        for row in sorted(rows, key=lambda row: (row["name"].casefold(), row["id"])):
            alone = named[row["name"]] == 1
            more = "" if alone else f" ({row['staff_no'] or row['id']})"
            self.people.addItem(f"{row['name']}{more}", row["id"])
        self.people.setCurrentIndex(self.people.findData(kept) if kept else -1)

    def fill_sessions(self, kept: str | None) -> None:
        """The supervisions that the person has had, the newest first; that one chosen, if it is there."""
        person, upto = self.people.currentData(), iso(self._desk.view.day)
        rows = self._store.rows("session", person_id=person, status="held") if person else ()
        held = [row for row in rows if row["held_on"] <= upto]
        self.sessions.clear()
        for row in sorted(held, key=lambda row: (row["held_on"], row["id"]), reverse=True):
            self.sessions.addItem(_words(row), row["id"])
        self.sessions.setCurrentIndex(self.sessions.findData(kept) if kept else -1)
        self.sessions.setEnabled(bool(held))

    def choose(self, session: str) -> bool:
        """Choose a session and whose it is, also of another team; False if there is none of that id."""
        row = self._store.row("session", session)
        if row is None:
            return False
        if self.people.findData(row["person_id"]) < 0:
            self.people.addItem(self._desk.workspace.here.name(row["person_id"]), row["person_id"])
        self.people.setCurrentIndex(self.people.findData(row["person_id"]))
        self.fill_sessions(session)
        return True

    def what_lacks(self) -> str:
        """What is still to be chosen, in words."""
        if not self.people.currentData():
            return "Nobody is chosen yet: choose a person, then a supervision that was held."
        if not self.sessions.count():
            return "No supervision of theirs has been held by this day."
        return "Choose a supervision to see its record."

    def _person_chosen(self, *_: object) -> None:
        with self._desk.trying():
            self.fill_sessions(None)
        self.chosen.emit()

    def _session_chosen(self, *_: object) -> None:
        self.chosen.emit()


def _words(row: dict[str, object]) -> str:
    """ "14 Mar 2017, One-to-one, 90 minutes"."""
    said = [wording.day(day(str(row["held_on"]))), wording.words(str(row["kind"]))]
    if isinstance(row["minutes"], int):
        said.append(wording.minutes(row["minutes"]))
    return ", ".join(said)
