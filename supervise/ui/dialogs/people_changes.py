"""What happens to people already here: another supervisor for several at once, and leaving."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from supervise import wording
from supervise.doing.entering import Problem, problems
from supervise.doing.staff import Staff
from supervise.errors import BadQuestion
from supervise.ui.desk import Desk
from supervise.ui.dialogs.checked import CheckedDialog, refuse_if_not_ours
from supervise.ui.dialogs.people_fields import SUPERVISOR_HINT, supervisors
from supervise.ui.forms import Field, Form
from supervise.workdays import Day, day, iso

_NAMED = 8
"""How many people a sentence names before it counts the others."""


class ChangeSupervisorDialog(CheckedDialog):
    """Another supervisor, from a day on, for everyone chosen."""

    def __init__(self, desk: Desk, parent: QWidget, people: Sequence[str]) -> None:
        refuse_if_not_ours(desk)
        self.people = list(people)
        super().__init__(
            desk,
            parent,
            "Change supervisor",
            f"For {_said(desk, self.people)}. Until that day everything stays as it was.",
            does="Change",
        )
        besides = self.people[0] if len(self.people) == 1 else None
        to = Field(
            name="to", label="New &supervisor", kind="choice", typed=True, required=True,
            choices=supervisors(desk, besides), hint=SUPERVISOR_HINT.partition(", or")[0] + ".",
        )  # fmt: skip
        since = Field(name="from", label="&From", kind="day", required=True, value=desk.today)
        self.check(Form([to, since], desk.workspace.today))

    def start_here(self) -> QWidget | None:
        """On the new supervisor."""
        return self.form.inputs["to"]

    def problems(self) -> list[Problem]:
        """A supervisor who is not here, or would supervise themselves."""
        to = self.read_so_far()["to"]
        if to is None:
            return []
        if self.desk.workspace.store.row("person", to) is None:
            return [Problem("to", "Nobody here is called that. Choose somebody from the list.", True)]
        if to in self.people:
            name = self.desk.workspace.here.name(to)
            return [
                Problem("to", f"{name} is among the people chosen: nobody supervises themselves.", True)
            ]
        return []

    def submit(self) -> bool:
        """Change it for all of them, as one change."""
        refuse_if_not_ours(self.desk)
        if not self.allowed():
            return False
        values = self.read_so_far()
        change = Staff(self.desk.workspace.here).change_supervisor(
            self.people, values["to"], values["from"]
        )
        if not change.touched:
            raise BadQuestion(
                f"{self.desk.workspace.here.name(values['to'])} is their supervisor on that day already.",
                "Choose somebody else, or another day.",
            )
        self.desk.did(change)
        return True


class LeftDialog(CheckedDialog):
    """Somebody's last day with the council. Their records stay."""

    def __init__(self, desk: Desk, parent: QWidget, person: str) -> None:
        refuse_if_not_ours(desk)
        self.person, self.who = person, desk.workspace.here.name(person)
        super().__init__(
            desk,
            parent,
            f"{self.who} left",
            "Their post ends with that day, and nothing is due after it. Everything recorded stays.",
            does="Save",
        )
        row = desk.workspace.store.row("person", person) or {}
        left = day(row["left_on"]) if row.get("left_on") else desk.today
        field = Field(name="left_on", label="&Last day", kind="day", required=True, value=left)
        self.check(Form([field], desk.workspace.today))
        self.look()

    def start_here(self) -> QWidget | None:
        """On the day."""
        return self.form.inputs["left_on"]

    def problems(self) -> list[Problem]:
        """Whom they still supervise after that day, what is booked, and days that cannot be."""
        left: Day | None = self.read_so_far()["left_on"]
        if left is None:
            return []
        row = {"id": self.person, "left_on": iso(left)}
        found = [
            each
            for each in problems("person", row, self.desk.workspace.store)
            if each.field == "left_on"
        ]
        if len(found) > 1 and not found[0].forbids:
            return [Problem("left_on", " ".join(each.sentence for each in found), False)]
        return found

    def submit(self) -> bool:
        """Note it."""
        refuse_if_not_ours(self.desk)
        if not self.allowed():
            return False
        self.desk.did(Staff(self.desk.workspace.here).leave(self.person, self.read_so_far()["left_on"]))
        return True


def _said(desk: Desk, people: Sequence[str]) -> str:
    """ "Ada Brown and Rita Okafor"; of many, the first few and how many more."""
    names = [desk.workspace.here.name(person) for person in people]
    if len(names) <= _NAMED:
        return wording.joined(names)
    return wording.joined([*names[:_NAMED], f"{len(names) - _NAMED:,} more"])
