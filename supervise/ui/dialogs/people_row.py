"""One dialog for every fact that one enters about somebody: a post, time away, an agreement …"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from PySide6.QtWidgets import QLineEdit, QWidget

from supervise import wording
from supervise.doing.entering import Problem, problems
from supervise.doing.staff import Staff
from supervise.doing.writing import Writing
from supervise.errors import BadQuestion
from supervise.store import Change
from supervise.ui.bits import button
from supervise.ui.desk import Desk
from supervise.ui.dialogs.checked import CheckedDialog, about_days, refuse_if_not_ours, show_fields
from supervise.ui.dialogs.dialog import Question
from supervise.ui.dialogs.people_fields import Row, as_row, fields_for
from supervise.ui.forms import Field, Form
from supervise.workdays import day, iso

HOW, SINCE = "how", "since"
"""Two fields of a post's form that are none of its row: what the change means, and from when."""

CHANGES, CORRECTS = "changes", "corrects"

_OF_POST = ("team", "role", "basis", "supervisor_id", "fte", "days")


class Words(NamedTuple):
    """How a kind of fact is called: for a title, for what is removed, and a sentence below the title."""

    title: str
    removed: str
    sentence: str = ""


WORDS = {
    "person": Words("Details", "{name}, who was entered by mistake"),
    "post": Words("Post", "this post of {name}", "Team, role and supervisor over time: teams are told by posts."),
    "absence": Words(
        "Time away", "this time away of {name}", "The policy says which absences stop the clock, and from when."
    ),
    "variation": Words(
        "Another frequency", "the frequency agreed with {name}", "Agreed for this person, in place of the policy’s."
    ),
    "agreement": Words("Supervision agreement", "the supervision agreement with {name}"),
    "case_allocation": Words("Case", "this case of {name}", "For the clocks that run for each case."),
    "explanation": Words("The reason of a gap", "the reason of this gap of {name}"),
}  # fmt: skip


class RowDialog(CheckedDialog):
    """Enter a fact about somebody (`row` says of whom, and may say more), or change the one of its id.

    A post changes from a day on, so that what was before stays true, unless the entry itself was wrong.
    """

    def __init__(self, desk: Desk, parent: QWidget, kind: str, row: Mapping[str, Any]) -> None:
        refuse_if_not_ours(desk)
        self.kind, self.row = kind, _as_it_is(desk, kind, row)
        self.is_new = not self.row.get("id")
        self.staff = Staff(desk.workspace.here)
        self.who = "" if kind == "person" and self.is_new else desk.workspace.here.name(self._person)
        said = WORDS[kind]
        title = f"{said.title}: {self.who}" if self.who else said.title
        super().__init__(desk, parent, title, self._sentence(said), does="Save")
        self.check(Form(self._fields(), desk.workspace.today))
        if not self.is_new:
            name = f"Remove {said.removed.format(name=self.who)}"
            self.buttons.insertWidget(0, button("Remo&ve…", self._ask_to_remove, name=name))
        self.after_pause()

    @property
    def _person(self) -> str:
        return str(self.row["id"] if self.kind == "person" else self.row["person_id"])

    def _sentence(self, said: Words) -> str:
        if self.kind == "explanation":
            first, last = (wording.day(day(self.row[name])) for name in ("from", "to"))
            return f"{wording.words(self.row['clock'])}, late from {first} to {last}."
        return said.sentence

    def _fields(self) -> list[Field]:
        found = fields_for(self.desk, self.kind, self.row)
        if not self._is_stored_post:
            return found
        today = self.desk.today
        ends = self.row["to"] or "9999"
        holds_now = self.row["from"] <= iso(today) <= ends
        how = Field(
            name=HOW, label="Wh&at is this?", kind="choice", required=True,
            choices=((CHANGES, "It changes from a day on"), (CORRECTS, "This entry was wrong, or ends")),
            value=CHANGES if holds_now else CORRECTS,
        )  # fmt: skip
        hint = "The post as it was ends the day before, and stays in the record."
        since = Field(name=SINCE, label="Fro&m", kind="day", value=today, hint=hint)
        return [how, since, *found]

    @property
    def _is_stored_post(self) -> bool:
        return self.kind == "post" and not self.is_new

    @property
    def _changes_post(self) -> bool:
        return self._is_stored_post and self.read_so_far()[HOW] == CHANGES

    def start_here(self) -> QWidget | None:
        """On the first field that is empty, of a new fact; on the first of all, of one that is there."""
        if self.is_new:
            return self.form.first()
        first = self.form.inputs[self.form.fields[0].name]
        if isinstance(first, QLineEdit):
            first.selectAll()
        return first

    # What follows from what is typed

    def after_pause(self) -> None:
        """Of a post, ask for the day of the change or for the days of the entry."""
        if self._is_stored_post:
            changes = self._changes_post
            show_fields(self.form, {SINCE: changes, "from": not changes, "to": not changes})

    def _typed_row(self) -> Row:
        typed = as_row(self.kind, self.read_so_far())
        whole = {**self.row, **typed}
        if self._changes_post:
            since = self.read_so_far()[SINCE]
            whole |= {"from": iso(since) if since else self.row["from"], "to": self.row["to"]}
        return whole

    def problems(self) -> list[Problem]:
        """Of the row as it would be saved."""
        row = self._typed_row()
        if self.kind == "explanation":  # its days and clock are those of the gap
            row = {"by": self.desk.workspace.me, **row}
        found = problems(self.kind, row, self.desk.workspace.store)
        if self._changes_post:
            found = [replace(each, field=SINCE) if each.field == "from" else each for each in found]
            found += self._about_since()
        return [*found, *about_days(row)]

    def _about_since(self) -> list[Problem]:
        since = self.read_so_far()[SINCE]
        if since is None:
            return [Problem(SINCE, "The day of the change is needed.", True)]
        first, last = self.row["from"], self.row["to"]
        if iso(since) < first or (last and iso(since) > last):
            until = f"to {wording.day(day(last))}" if last else "on"
            told = f"This post holds from {wording.day(day(first))} {until}. Choose a day of it."
            return [Problem(SINCE, told, True)]
        return []

    # Doing it

    def submit(self) -> bool:
        """Save it."""
        refuse_if_not_ours(self.desk)
        if not self.allowed():
            return False
        self.desk.did(self._saved())
        return True

    def _saved(self) -> Change:
        row = self._typed_row()
        if self.kind == "explanation":
            return self._explained(row)
        if self._changes_post:
            since = self.read_so_far()[SINCE]
            return self.staff.change_post(self._person, since, **{name: row[name] for name in _OF_POST})
        return self.staff.save(self.kind, row)

    def _explained(self, row: Row) -> Change:
        if self.is_new:
            return Writing(self.desk.workspace.here).explain_gap(
                row["person_id"], row["clock"], day(row["from"]), day(row["to"]), row["reason"], row["text"]
            )  # fmt: skip
        workspace = self.desk.workspace
        said = {name: row[name] for name in ("id", "reason", "text")}
        with workspace.store.change(
            f"Change the reason of a gap of {self.who}", by=workspace.me
        ) as change:
            change.put("explanation", said, recorded=True)
        return change

    # Removing it

    def _ask_to_remove(self) -> None:
        what = WORDS[self.kind].removed.format(name=self.who)
        sentence = (
            "For what was entered by mistake. The history keeps what was there, and Undo brings it back."
        )
        Question(
            self.desk, self, f"Remove {what}?", sentence, does="Remove", then=self._remove
        ).show_over()

    def _remove(self) -> None:
        refuse_if_not_ours(self.desk)
        id = str(self.row["id"])
        self.desk.did(
            self._explanation_removed(id)
            if self.kind == "explanation"
            else self.staff.remove(self.kind, id)
        )
        self.accept()

    def _explanation_removed(self, id: str) -> Change:
        workspace = self.desk.workspace
        with workspace.store.change(
            f"Remove the reason of a gap of {self.who}", by=workspace.me
        ) as change:
            change.remove("explanation", id)
        return change


def _as_it_is(desk: Desk, kind: str, row: Mapping[str, Any]) -> Row:
    """The row as the store has it now, with what is said of it; just that, of a new one. BadQuestion if it
    has gone meanwhile."""
    if not row.get("id"):
        return dict(row)
    found = desk.workspace.store.row(kind, str(row["id"]))
    if found is None:
        raise BadQuestion("That is no longer here.", "Look again at what is.")
    return dict(found)
