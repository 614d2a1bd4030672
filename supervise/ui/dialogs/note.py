"""A conversation in passing: three fields, and it comes back on the next agenda."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from supervise.doing.writing import Writing
from supervise.identifying import suspects
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Dialog
from supervise.ui.forms import Field, Form

_WORDS = ("about", "text", "follow_up")


class QuickNoteDialog(Dialog):
    """What it was about, what was said, and what is to be followed up."""

    def __init__(self, desk: Desk, parent: QWidget, person: str) -> None:
        name = desk.workspace.here.name(person)
        super().__init__(
            desk,
            parent,
            f"Quick note: {name}",
            "A conversation in passing. It comes back on the agenda of the next one-to-one.",
            does="Note it",
        )
        self.person = person
        self._looked: tuple[str, ...] = ()
        self.form = Form(
            (
                Field(name="about", label="&About", required=True, hint="A few words."),
                Field(name="text", label="What was &said", kind="long"),
                Field(name="follow_up", label="To &follow up", hint="It becomes an open action."),
                Field(name="on", label="&On", kind="day", required=True, value=desk.today),
            ),
            desk.workspace.today,
        )
        self.body.addWidget(self.form)

    def start_here(self) -> QWidget | None:
        """On what it was about."""
        return self.form.inputs["about"]

    def submit(self) -> bool:
        """Note it; what may name a child is said once before."""
        values = self.form.values()
        if values is None:
            return False
        self.desk.refuse_if_not_today()
        if self._may_name_a_child([values[name] or "" for name in _WORDS]):
            return False
        writing = Writing(self.desk.workspace.here)
        self.desk.did(
            writing.quick_note(
                self.person, values["about"], values["text"] or "", values["follow_up"], values["on"]
            )
        )
        return True

    def _may_name_a_child(self, texts: list[str]) -> bool:
        """Whether something has to be said before it is noted; the same is said once only."""
        store = self.desk.workspace.store
        names = [row["name"] for row in store.rows("person")] + self.desk.workspace.teams()
        cases = [row["case_ref"] for row in store.rows("case_allocation", person_id=self.person)]
        found = tuple(each for text in texts for each in suspects(text, names, cases))
        new = [each for each in found if each.words not in self._looked]
        self._looked = tuple(each.words for each in found)
        if new:
            self.trouble(f"{new[0].sentence} If it may stay, note it again.")
        return bool(new)

    def written(self) -> list[str]:
        """Every word of a note counts."""
        return [text for name in _WORDS if (text := self.form.value(name))]
