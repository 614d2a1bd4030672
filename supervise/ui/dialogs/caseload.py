"""A pasted caseload: what was read of it, whose the cases are, and what taking it would do; then one change."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QVBoxLayout, QWidget

from supervise.doing.listing import Listed
from supervise.doing.staff import Staff
from supervise.errors import NotAllowed, SuperviseError
from supervise.exchange.allocations import CaseloadPlan
from supervise.exchange.caseload import Caseload, read_caseload
from supervise.ui.background import Job
from supervise.ui.bits import emptied, heading, label, row
from supervise.ui.desk import Desk
from supervise.ui.dialogs.caseload_shown import columns, in_numbers, key, lines, problems
from supervise.ui.dialogs.checked import refuse_if_not_ours
from supervise.ui.dialogs.dialog import Dialog, announce
from supervise.ui.dialogs.wide import WideDialog
from supervise.ui.forms import DayEdit
from supervise.ui.pages.compliance_parts import WholeTable
from supervise.ui.tables import Table
from supervise.workdays import Day, iso

PAUSE = 400
"""Milliseconds without a key after which what was pasted is read."""

_NOBODY = "Nobody here: leave theirs out"
_SENTENCE = (
    "Copy the list in the case system or a spreadsheet, with its titles if you can, and paste it here. Only case "
    "number, plan, worker and day are taken; names of children are not."
)


class CaseloadDialog(WideDialog):
    """Reads what is pasted whenever typing pauses, and shows what taking it would do."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        refuse_if_not_ours(desk)
        super().__init__(desk, parent, "Paste a caseload", _SENTENCE, does="&Take it")
        self.staff = Staff(desk.workspace.here)
        self.people = who_is_here(self.staff, desk.today)
        self.caseload: Caseload | None = None
        self.plan: CaseloadPlan | None = None
        self.answers: dict[str, str] = {}
        self._reading: Job | None = None
        self._planning: Job | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.read)
        self._lay_out_asking()
        self.questions = QVBoxLayout()
        self.found = QVBoxLayout()
        self.notes = label("", quiet=True, wrap=True)
        self.table = Table(columns(desk), key, self)
        self.view = WholeTable(self.table, "What taking the list would do", self)
        self.view.hide()
        self.body.addLayout(self.questions)
        self.body.addLayout(self.found)
        self.body.addWidget(self.view)
        self.body.addWidget(self.notes)
        self.body.addStretch(1)
        self.main.setEnabled(False)
        self.finished.connect(self._give_up)

    def _lay_out_asking(self) -> None:
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("The list as it was copied")
        self.text.setPlaceholderText("Case number\tPlan\tWorker\tSince")
        self.text.setTabChangesFocus(True)
        self.text.setTabStopDistance(self.text.fontMetrics().averageCharWidth() * 18)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * 7)
        self.text.textChanged.connect(self._pause.start)
        self.day = DayEdit(self.desk.workspace.today)
        self.day.set_day(self.desk.today)
        self.day.edit.setAccessibleName("The list is as at")
        self.day.changed.connect(self.show_plan)
        self.worker = people_box(self.people, "The cases of", "each line says whose")
        self.worker.currentIndexChanged.connect(self.show_plan)
        pasted, as_at, whose = (
            label("The &list"),
            label("It is as &at"),
            label("&Where a line names nobody"),
        )
        pasted.setBuddy(self.text)
        as_at.setBuddy(self.day.edit)
        whose.setBuddy(self.worker)
        self.whose = QWidget()
        self.whose.setLayout(row(whose, self.worker, None))
        self.whose.hide()
        self.body.addWidget(pasted)
        self.body.addWidget(self.text)
        self.body.addLayout(row(as_at, self.day, None))
        self.body.addWidget(self.whose)

    def start_here(self) -> QWidget | None:
        """Where the list goes."""
        return self.text

    # Reading

    def read(self) -> None:
        """Read what was pasted, beside the window."""
        self._pause.stop()
        self._give_up()
        self.trouble("")
        text = self.text.toPlainText()
        if not text.strip():
            self._read_as(None)
            return
        plans = {
            plan
            for policy in self.desk.workspace.policies()
            for clock in policy.clocks
            for rule in clock.rules
            for plan in rule.plans
        }
        names = [each.name for each in self.people]
        reading = partial(read_caseload, text, names, plans)
        self._reading = self.desk.background.run(reading, self._read_as, self._refused)

    def _refused(self, error: SuperviseError) -> None:
        self._read_as(None)
        self.trouble(str(error))

    def _read_as(self, caseload: Caseload | None) -> None:
        self._reading = None
        self.caseload = caseload
        self.whose.setVisible(caseload is not None and any(not each.worker for each in caseload.rows))
        self.show_plan()

    def _give_up(self, _: int = 0) -> None:
        for job in filter(None, (self._reading, self._planning)):
            job.cancel()
        self._reading = self._planning = None

    # What it would do

    def show_plan(self) -> None:
        """Work out beside the window what taking it would do, and show it."""
        if self._planning is not None:
            self._planning.cancel()
        if self.caseload is None or (as_at := self._as_at()) is None:
            self._planned(None)
            return
        self.plan = None
        self.main.setEnabled(False)
        worker = self.worker.currentData()
        planning = self.staff.caseload_planning(self.caseload, as_at, self.answers, worker)
        self._planning = self.desk.background.run(planning, self._planned, self._not_planned)

    def _not_planned(self, error: SuperviseError) -> None:
        self._planned(None)
        self.trouble(str(error))

    def _planned(self, plan: CaseloadPlan | None) -> None:
        self._planning, self.plan = None, plan
        self._ask()
        self._tell()

    def _as_at(self) -> Day | None:
        try:
            as_at = self.day.day()
        except ValueError as error:
            self.trouble(str(error))
            return None
        self.trouble("" if as_at else "Say of which day the list is.")
        return as_at

    def _ask(self) -> None:
        """A question for each name that is not surely somebody; an answer stays in its place."""
        open_ones = [each.key for each in self.plan.questions] if self.plan else []
        asked = list(dict.fromkeys([*self.answers, *open_ones])) if self.plan else []
        if asked == [each.property("asks") for each in self._boxes()]:
            return
        emptied(self.questions)
        for name in asked:
            box = people_box(self.people, f"Who is {name}?", _NOBODY)
            box.setProperty("asks", name)
            box.setCurrentIndex(max(0, box.findData(self.answers.get(name))))
            box.currentIndexChanged.connect(partial(self._answered, name))
            asks = label(f"Who is {name}?")
            asks.setBuddy(box)
            self.questions.addLayout(row(asks, box, None))

    def _boxes(self) -> list[QComboBox]:
        return [each for each in self.inner.findChildren(QComboBox) if each.property("asks")]

    def _answered(self, name: str, at: int) -> None:
        box = next(each for each in self._boxes() if each.property("asks") == name)
        if (person := box.itemData(at)) is None:
            self.answers.pop(name, None)
        else:
            self.answers[name] = person
        QTimer.singleShot(0, self, self.show_plan)

    def _tell(self) -> None:
        """What was left out, what could not be read, and what would be done."""
        emptied(self.found)
        plan, caseload = self.plan, self.caseload
        self.view.setVisible(plan is not None)
        self.notes.setText("\n".join(f"• {each}" for each in plan.notes) if plan else "")
        self.main.setEnabled(plan is not None and not plan.does_nothing)
        if plan is None or caseload is None:
            self.table.show(())
            return
        self.found.addWidget(heading(in_numbers(plan), 2))
        if plan.problems:
            self.found.addWidget(problems(plan))
        self.table.show(lines(plan))
        self.view.fit()
        announce(self.view, in_numbers(plan))

    def submit(self) -> bool:
        """Take it, as one change."""
        refuse_if_not_ours(self.desk)
        if self._pause.isActive() or self._reading or self._planning or self.plan is None:
            raise NotAllowed("The list is still being read.", "Look at what it would do, then take it.")
        self.desk.did(self.staff.take_caseload(self.plan), f"{in_numbers(self.plan)}.")
        return True


def who_is_here(staff: Staff, today: Day) -> list[Listed]:
    """Everybody who has not left, by name."""
    return [each for each in staff.people() if each.left_on is None or each.left_on >= today]


def people_box(people: list[Listed], name: str, none: str) -> QComboBox:
    """A list of people to choose one from; at first nobody."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItem(none, None)
    for each in people:
        box.addItem(f"{each.name} ({each.team})" if each.team else each.name, each.id)
    return box


class AllocateDialog(Dialog):
    """Whose the case is; then it is entered like any other fact about them."""

    def __init__(self, desk: Desk, parent: QWidget, person: str | None) -> None:
        refuse_if_not_ours(desk)
        super().__init__(desk, parent, "Allocate one case", "Whose is it?", does="&Next…")
        people = who_is_here(Staff(desk.workspace.here), desk.today)
        self.worker = people_box(people, "Worker", "Choose a worker")
        self.worker.setCurrentIndex(max(0, self.worker.findData(person)))
        whose = label("&Worker")
        whose.setBuddy(self.worker)
        self.body.addLayout(row(whose, self.worker, None))

    def start_here(self) -> QWidget | None:
        """On the list of people."""
        return self.worker

    def submit(self) -> bool:
        """Go on to the case."""
        if (person := self.worker.currentData()) is None:
            raise NotAllowed("Nobody is chosen yet.", "Choose whose the case is.")
        self.desk.deeds.edit_row("case_allocation", {"person_id": person, "from": iso(self.desk.today)})
        return True
