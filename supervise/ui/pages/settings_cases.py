"""Settings, cases: which clocks run per case, who holds which case, and bringing a caseload in."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from supervise import wording
from supervise.doing.looking import Looking
from supervise.doing.staff import Staff
from supervise.errors import NotAllowed
from supervise.policies import Policy
from supervise.store.rows import Row
from supervise.today import BoardRow
from supervise.ui.bits import button, label, row
from supervise.ui.delegates import LinesDelegate, StatusDelegate
from supervise.ui.desk import Desk
from supervise.ui.pages.page import FACTS
from supervise.ui.pages.settings_filling import FillingSection, beside
from supervise.ui.tables import Column, Table, TableView
from supervise.workdays import day, iso

_NO_CLOCK = (
    "No policy in force has a clock that runs per case, so that no case is ever due or late here; cases are still "
    "discussed by their number, and who holds which is kept. To have such a clock, copy the policy in force "
    '(Settings, Policies), and add one with per = "case" to its text.'
)
_SERVICE = "This is a service store: cases come from the teams’ exports, and are changed in the team’s own store."
_ANOTHER_DAY = "As at {day}. To change anything, go back to today (Ctrl+D)."


class Held(NamedTuple):
    """A case somebody holds on the day, and how it stands; `stands` is None where no clock runs for it, or
    somebody else is counted as its holder."""

    row: Row
    name: str
    stands: BoardRow | None

    @property
    def due(self) -> str:
        """When it is to be discussed next."""
        found = self.stands
        if found is None or found.due is None:
            return ""
        return wording.day(found.due)

    @property
    def last(self) -> str:
        """When it was last discussed."""
        found = self.stands
        if found is None:
            return ""
        return f"last {wording.day(found.last_held)}" if found.last_held else "not discussed yet"


_PLAIN = (
    Column("Case", lambda each: each.row["case_ref"], bold=True, width=18),
    Column("Plan", lambda each: wording.words(each.row["plan"] or "none"), width=20),
    Column("Held by", lambda each: each.name, width=24),
    Column(
        "Since",
        lambda each: wording.day(day(each.row["from"])),
        sort=lambda each: each.row["from"],
        width=16,
    ),
)


def _stands(each: Held) -> str:
    return each.stands.status if each.stands else ""


def _order(each: Held) -> int:
    return list(wording.STATUS).index(each.stands.status) if each.stands else -1


def _said(each: Held) -> str:
    return str(wording.STATUS[each.stands.status]) if each.stands else ""


_CLOCKED = (
    *_PLAIN,
    Column("Status", _said, sort=_order, status=_stands,
           spoken=lambda each: wording.STATUS[each.stands.status].word if each.stands else "none", width=18),
    Column("Due", lambda each: each.due, sort=lambda each: (each.stands and each.stands.due) or 0,
           second=lambda each: each.last, width=22),
)  # fmt: skip


class CasesSection(FillingSection):
    """The cases held on the day, and what brings them in."""

    title = "Cases"
    cares_about = FACTS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.staff = Staff(desk.workspace.here)
        self.why_not = label("", wrap=True)
        self.clock_words = label("", quiet=True, wrap=True)
        self.clock = QComboBox()
        self.clock.setAccessibleName("Clock that runs per case")
        self.words = QLineEdit()
        self.words.setPlaceholderText("Filter by number, plan, name …")
        self.words.setAccessibleName("Filter cases")
        self.words.setClearButtonEnabled(True)
        self.count = label("", quiet=True)
        self.tables = {
            clocked: self._table(columns) for clocked, columns in ((False, _PLAIN), (True, _CLOCKED))
        }
        self.view = self.tables[False]
        self._make_buttons()
        for made in (self.why_not, self.clock_words):
            self.body.addWidget(made)
        self.body.addWidget(beside(self.paste, self.allocate, self.change, self.why))
        self.body.addLayout(row(self.words, self.clock, self.count))
        for view in self.tables.values():
            self.body.addWidget(view, 1)
        self.words.textChanged.connect(self._filter)
        self.clock.activated.connect(self.read)

    def _table(self, columns: tuple[Column, ...]) -> TableView:
        table = Table(columns, lambda each: each.row["id"], self)
        view = TableView(table, "Cases", self)
        for at, column in enumerate(columns):
            drawn = StatusDelegate if column.status else LinesDelegate
            view.setItemDelegateForColumn(at, drawn(self.desk, view))
        view.opened.connect(self._open)
        view.selectionModel().currentRowChanged.connect(self._show_buttons)
        return view

    def _make_buttons(self) -> None:
        self.paste = button("&Paste a caseload…", self.paste_caseload, main=True)
        self.allocate = button("A&llocate one case…", self.allocate_one)
        self.change = button("&Change…", self.change_chosen, name="Change the case chosen")
        self.why = button("&Why?", self.ask_why, name="Why does the case chosen stand there?")

    # Showing

    def refresh(self) -> None:
        """Read who holds which case on the day looked at."""
        view = self.desk.view
        is_service = self.desk.workspace.is_service
        self.why_not.setText(
            _SERVICE if is_service else _ANOTHER_DAY.format(day=wording.full_day(view.day))
        )
        self.why_not.setVisible(not self.may_change)
        self._fill_clocks()
        clock: str | None = self.clock.currentData()
        self._choose_table(clocked=clock is not None)
        found = self._held(clock)
        self.view.table.show(found)
        self._filter()
        self.view.fit()
        self.view.setMinimumHeight(self.view.verticalHeader().defaultSectionSize() * 4)
        if found and self.view.chosen() is None:
            self.view.setCurrentIndex(self.view.table.index(0, 0))
        self._show_buttons()

    def _choose_table(self, *, clocked: bool) -> None:
        self.view = self.tables[clocked]
        for is_clocked, view in self.tables.items():
            view.setVisible(is_clocked == clocked)

    def _fill_clocks(self) -> None:
        """The clocks of the policy in force on the day, and what they ask in words."""
        policy = self.desk.workspace.rulebook().on(self.desk.view.day)
        clocks = [clock.name for clock in policy.clocks if clock.per == "case"] if policy else []
        chosen = self.clock.currentData()
        self.clock.clear()
        for name in clocks:
            self.clock.addItem(wording.words(name), name)
        self.clock.setCurrentIndex(max(0, self.clock.findData(chosen)))
        self.clock.setVisible(len(clocks) > 1)
        said = _clock_words(policy, self.clock.currentData()) if policy and clocks else _NO_CLOCK
        self.clock_words.setText(said)

    def _held(self, clock: str | None) -> list[Held]:
        view, here = self.desk.view, self.desk.workspace.here
        on, looking = iso(view.day), Looking(here)
        board = looking.board(view.day, view.team, clock) if clock else None
        stands = {(each.subject, each.person): each for each in board.rows} if board else {}
        members = set(looking.members(view.day, team=view.team)) if view.team else None
        names = {each["id"]: each["name"] for each in here.store.rows("person")}
        return sorted(
            (
                Held(
                    each,
                    names.get(each["person_id"], ""),
                    stands.get((each["case_ref"], each["person_id"])),
                )
                for each in here.store.rows("case_allocation")
                if each["from"] <= on <= (each["to"] or "9999")
                and (members is None or each["person_id"] in members)
            ),
            key=lambda held: (held.name.casefold(), held.row["case_ref"]),
        )

    def _filter(self, *_: Any) -> None:
        self.view.table.filter(self.words.text())
        shown = self.view.table.records
        holders = {each.row["person_id"] for each in shown}
        self.count.setText(
            f"{wording.counted(len(shown), 'case')} of {wording.counted(len(holders), 'person', 'people')}"
            if shown
            else "No case to show"
        )

    def _show_buttons(self, *_: Any) -> None:
        chosen = self.chosen()
        self.paste.setEnabled(self.may_change)
        self.allocate.setEnabled(self.may_change)
        self.change.setEnabled(self.may_change and chosen is not None)
        self.why.setEnabled(chosen is not None and chosen.stands is not None)

    def chosen(self) -> Held | None:
        """The case chosen."""
        found: Held | None = self.view.chosen()
        return found

    def chosen_person(self) -> str | None:
        """Who holds the case chosen."""
        found = self.chosen()
        return found.row["person_id"] if found else None

    def start_here(self) -> QWidget | None:
        """In the table, or on what brings cases in."""
        return self.view if self.view.table.records else self.paste

    # Doing

    def _open(self, held: Held) -> None:
        if self.may_change:
            self.change_chosen()
        else:
            self.desk.go("person", held.row["person_id"])

    def change_chosen(self) -> None:
        """Change the case chosen: its plan, or when it ends."""
        with self.desk.trying():
            if (held := self.chosen()) is None:
                raise NotAllowed("No case is chosen yet.", "Choose one in the list, then try again.")
            self.desk.deeds.edit_row("case_allocation", held.row)

    def ask_why(self) -> None:
        """Why the case chosen stands where it does."""
        with self.desk.trying():
            held = self.chosen()
            if held is not None:
                self.desk.deeds.why(held.row["case_ref"], self.clock.currentData())

    def paste_caseload(self) -> None:
        """Bring a list of cases in."""
        from supervise.ui.dialogs.caseload import CaseloadDialog

        with self.desk.trying():
            CaseloadDialog(self.desk, self.window()).show_over()

    def allocate_one(self) -> None:
        """Choose whose a case is, then enter it."""
        from supervise.ui.dialogs.caseload import AllocateDialog

        with self.desk.trying():
            AllocateDialog(self.desk, self.window(), self.chosen_person()).show_over()


def _clock_words(policy: Policy, name: str) -> str:
    """What a policy asks by a clock, rule by rule. The whole of it is read under Policies."""
    clock = policy.clock(name)
    assert clock is not None, "it was found in this policy"
    asked = "; ".join(f"{rule.title}, every {rule.every}" for rule in clock.rules)
    counts = wording.joined([wording.words(kind) for kind in sorted(clock.counts)])
    return (
        f"Clock “{wording.words(name)}” of “{policy.title}”: {asked}. What counts for a case is a session in which "
        f"it was discussed ({counts}). The whole of it is under Policies."
    )
