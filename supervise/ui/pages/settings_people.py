"""Settings, people and teams: who is here, in which post, under whom; and what changes about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QMenu, QPushButton, QWidget

from supervise import wording
from supervise.doing.listing import Listed
from supervise.doing.staff import Staff
from supervise.errors import NotAllowed
from supervise.ui.bits import button, row
from supervise.ui.cards import STACKED_ABOVE
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Dialog, Question
from supervise.ui.pages.settings_section import Section
from supervise.ui.tables import Column, Table, TableView
from supervise.workdays import Day, day, iso

_TEAMS = "Teams come from posts: to move somebody, change their post from a day on."
_SERVICE = "This is a service store: people come from the teams’ exports, and are changed in the team’s own store."
_ANOTHER_DAY = "As at {day}. To change anything, go back to today (Ctrl+D)."


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the table: as listed on a day, and since when that has been so."""

    listed: Listed
    since: Day | None

    @property
    def where(self) -> str:
        """The team; for somebody in no post that, or since when they are gone."""
        if self.listed.team is not None:
            return self.listed.team
        return f"left {wording.day(self.listed.left_on)}" if self.listed.left_on else "in no post"


COLUMNS = (
    Column("Name", lambda each: each.listed.name, bold=True, width=23),
    Column("Team", lambda each: each.where, width=20),
    Column("Role", lambda each: _words(each.listed.role), width=30),
    Column("Basis", lambda each: _words(each.listed.basis), width=13),
    Column("Supervisor", lambda each: each.listed.supervisor or "", width=20),
    Column(
        "Since",
        lambda each: wording.day(each.since) if each.since else "",
        sort=lambda each: each.since or 0,
        tip=lambda _: "Since when team, role, basis and supervisor have been as they are here.",
        width=13,
    ),
)


def _words(value: str | None) -> str:
    return wording.words(value) if value else ""


class PeopleSection(Section):
    """Who is here, and what changes about them."""

    title = "People and teams"
    cares_about = frozenset(("person", "post"))

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.staff = Staff(desk.workspace.here)
        self._wanted: str | None = None
        self.words = QLineEdit()
        self.words.setPlaceholderText("Filter by name, team, role …")
        self.words.setAccessibleName("Filter people")
        self.words.setClearButtonEnabled(True)
        self.everyone = QCheckBox("&With those who have left")
        self.table = Table(COLUMNS, lambda each: each.listed.id, self)
        self.view = TableView(self.table, "People", self)
        self.words.textChanged.connect(self._filter)
        self.everyone.toggled.connect(self.read)
        self.view.opened.connect(self._open_person)
        self._make_buttons()
        self.body.addLayout(row(self.words, self.everyone))
        self.body.addWidget(self.view, 1)
        self.body.addLayout(self.buttons)
        F2 = QShortcut(QKeySequence("F2"), self.view, context=Qt.ShortcutContext.WidgetShortcut)
        F2.activated.connect(self.change_details)

    def _make_buttons(self) -> None:
        self.add = button("&Add a person…", self.add_person, main=True)
        self.change = button(
            "&Change… (F2)", self.change_details, name="Change the details of the person chosen"
        )
        self.supervisor = button("Change s&upervisor…", self.change_supervisor)
        self.more = QPushButton("More about &them")
        self.more.setAutoDefault(False)
        menu = QMenu(self.more)
        for text, does in self._deeds():
            menu.addAction(text).triggered.connect(does)
        self.more.setMenu(menu)
        self.buttons = QGridLayout()
        self.buttons.setSpacing(8)

    def _deeds(self) -> Iterator[tuple[str, Callable[[], None]]]:
        yield "Change &post…", self.change_post
        yield "Another post…", partial(self._enter, "post")
        yield "&Time away…", partial(self._enter, "absence")
        yield "Another &frequency…", partial(self._enter, "variation")
        yield "Supervision a&greement…", partial(self._enter, "agreement")
        yield "&Case…", partial(self._enter, "case_allocation")
        yield "&Left…", self.has_left
        yield "&Remove…", self.remove
        yield "&Open their page", self._open_chosen

    def _place_buttons(self) -> None:
        """In one line, or in two where letters are large."""
        wide = 4 if self.desk.memory["text_percent"] <= STACKED_ABOVE else 2
        for at, made in enumerate((self.add, self.change, self.supervisor, self.more)):
            self.buttons.addWidget(made, at // wide, at % wide)
        for column in range(5):
            self.buttons.setColumnStretch(column, 1 if column == wide else 0)

    # Showing

    def refresh(self) -> None:
        """Read who is here on the day looked at."""
        view = self.desk.view
        shown = list(self._members(view.day, view.team))
        self.table.show(shown)
        self._filter()
        for made in (self.add, self.change, self.supervisor, self.more):
            made.setEnabled(self.may_change)
        self._place_buttons()
        if self._wanted is not None:
            self.open_on(self._wanted)
            self._wanted = None

    def _sentence(self) -> str:
        if self.desk.workspace.is_service:
            return _SERVICE
        if not self.desk.view.is_today:
            return _ANOTHER_DAY.format(day=wording.full_day(self.desk.view.day))
        return _TEAMS

    def _members(self, on: Day, team: str | None) -> Iterator[Member]:
        began: dict[str, str] = {}
        for post in self.desk.workspace.store.rows("post"):
            if post["from"] <= iso(on):
                began[post["person_id"]] = max(post["from"], began.get(post["person_id"], ""))
        for each in self.staff.people(team, on):
            if each.team is not None:
                yield Member(each, day(began[each.id]) if each.id in began else None)
            elif self.everyone.isChecked() or not (each.left_on and each.left_on < on):
                yield Member(each, None)

    def _filter(self) -> None:
        self.table.filter(self.words.text())
        shown = self.table.records
        teams = {each.listed.team for each in shown} - {None}
        people = wording.counted(len(shown), "person", "people")
        said = f"{people} in {wording.counted(len(teams), 'team')}." if shown else "Nobody to show."
        self.say(f"{said} {self._sentence()}")

    def open_on(self, subject: object) -> None:
        """Choose somebody, as soon as they are shown."""
        if self.is_stale:
            self._wanted = str(subject)
            return
        if not self.view.choose(str(subject)):
            self.words.clear()
            self.view.choose(str(subject))
        self.view.setFocus()

    def chosen_person(self) -> str | None:
        """Whoever's row the keyboard is on."""
        chosen = self.view.chosen()
        return chosen.listed.id if chosen else None

    def start_here(self) -> QWidget | None:
        """In the table, or on the one thing to do where there is nobody yet."""
        return self.view if self.table.records else self.add

    def _open_person(self, member: Member) -> None:
        self.desk.go("person", member.listed.id)

    # Doing

    def _person(self) -> str:
        person = self.chosen_person()
        if person is None:
            raise NotAllowed("Nobody is chosen yet.", "Choose a person in the list, then try again.")
        return person

    def _people(self) -> list[str]:
        rows = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        return [self.table.records[at].listed.id for at in rows] or [self._person()]

    def _open_chosen(self) -> None:
        with self.desk.trying():
            self.desk.go("person", self._person())

    def add_person(self) -> None:
        """Add somebody."""
        with self.desk.trying():
            self.desk.deeds.add_person()

    def change_details(self) -> None:
        """Change the details of the person chosen."""
        with self.desk.trying():
            self.desk.deeds.edit_row("person", {"id": self._person()})

    def change_post(self) -> None:
        """Change the post of the person chosen; enter one, if they are in none."""
        with self.desk.trying():
            person, today = self._person(), iso(self.desk.today)
            posts = self.staff.of(person)["post"]
            holds = [each for each in posts if each["from"] <= today <= (each["to"] or "9999")]
            found = (holds or posts)[:1]
            self.desk.deeds.edit_row("post", found[0] if found else {"person_id": person})

    def _enter(self, kind: str) -> None:
        with self.desk.trying():
            self.desk.deeds.edit_row(kind, {"person_id": self._person()})

    def change_supervisor(self) -> None:
        """Another supervisor for everybody chosen."""
        from supervise.ui.dialogs.people_changes import ChangeSupervisorDialog

        with self.desk.trying():
            ChangeSupervisorDialog(self.desk, self.window(), self._people()).show_over()

    def has_left(self) -> None:
        """Note that the person chosen has left."""
        from supervise.ui.dialogs.people_changes import LeftDialog

        with self.desk.trying():
            LeftDialog(self.desk, self.window(), self._person()).show_over()

    def remove(self) -> None:
        """Take out somebody who was entered by mistake."""
        with self.desk.trying():
            person = self._person()
            name = self.desk.workspace.here.name(person)
            asks: Dialog = Question(
                self.desk, self.window(), f"Remove {name}, who was entered by mistake?",
                "Their posts go with them. The history keeps what was there, and Undo brings it back. "
                "Whoever is part of what has been recorded stays: if they have left, record the day.",
                does="Remove", then=partial(self._remove, person),
            )  # fmt: skip
            asks.show_over()

    def _remove(self, person: str) -> None:
        self.desk.refuse_if_not_today()
        self.desk.did(self.staff.remove("person", person))
