"""Sharing, signing, and adding to a signed record: what shows that a supervision took place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from supervise.doing.checking import LATE_ENTRY, LOCKED, is_signed
from supervise.doing.evidence import Evidence
from supervise.records import Record
from supervise.store import Change
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Dialog
from supervise.ui.forms import Field, Form
from supervise.wording import day, words

_HOW = (("on_screen", "On this screen, together"), ("paper", "On paper"), ("email", "By e-mail"))


class _OfRecord(Dialog):
    """A dialog about one session's record."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        record: Record,
        title: str,
        sentence: str,
        fields: Sequence[Field],
        *,
        does: str,
    ) -> None:
        super().__init__(desk, parent, title, sentence, does=does)
        self.record, self.evidence = record, Evidence(desk.workspace.here)
        self.form = Form(fields, desk.workspace.today)
        self.body.addWidget(self.form)
        self.has_record = record.session.status == "held" and record.session.held_on is not None
        if not self.has_record:
            self.form.hide()
            self.main.hide()
            self.close_button.setText("Close")
            self.trouble("This supervision has no record yet. Write it up first.")

    def start_here(self) -> QWidget | None:
        """On the first field."""
        can = self.has_record and self.form.fields
        return self.form.inputs[self.form.fields[0].name] if can else self.close_button

    def do(self, values: dict[str, Any]) -> Change:
        """Note what was entered."""
        raise NotImplementedError

    def submit(self) -> bool:
        """Note it, if everything can be read; where there is no record, it is only closed."""
        if not self.has_record:
            return True
        values = self.form.values()
        if values is None:
            return False
        self.desk.refuse_if_not_today()
        self.desk.did(self.do(values))
        return True

    @property
    def session(self) -> str:
        """The session's id."""
        return self.record.session.id


class ShareDialog(_OfRecord):
    """On which day the record was shared with the worker."""

    def __init__(self, desk: Desk, parent: QWidget, session_id: str) -> None:
        record = desk.workspace.record(session_id)
        shared = record.session.shared_on or desk.today
        super().__init__(
            desk,
            parent,
            record,
            f"Share the record of {_whose(record)}",
            f"Give it to {record.worker} on paper, by e-mail or on this screen. Here the day is noted.",
            [Field(name="on", label="&Shared on", kind="day", required=True, value=shared)],
            does="Note as shared",
        )

    def do(self, values: dict[str, Any]) -> Change:
        """Note the day."""
        return self.evidence.share(self.session, values["on"])


class SignDialog(_OfRecord):
    """Who signed a record, when and how; and whether the worker agrees with it."""

    def __init__(self, desk: Desk, parent: QWidget, session_id: str) -> None:
        record = desk.workspace.record(session_id)
        locked = is_signed(record.session)
        super().__init__(
            desk,
            parent,
            record,
            f"Signatures under the record of {_whose(record)}",
            f"{LOCKED} {LATE_ENTRY}" if locked else _so_far(record),
            [] if locked else _who_and_how(record, desk.today),
            does="Note who signed",
        )
        self.main.setDisabled(locked)

    def do(self, values: dict[str, Any]) -> Change:
        """Note who signed. The last of the two signatures locks the record, which nothing undoes."""
        return self.evidence.sign(
            self.session,
            worker_on=values.get("worker_on"),
            supervisor_on=values.get("supervisor_on"),
            how=values.get("how"),
            view=values.get("view"),
            statement=values.get("statement"),
        )

    def submit(self) -> bool:
        """Note it; a record that is locked by it cannot be unlocked, so that no Undo is offered."""
        done = super().submit()
        if done and self.has_record and is_signed(self.desk.workspace.record(self.session).session):
            self.desk.notifier.note(
                f"The record of {_whose(self.record)}, is signed by both and locked."
            )
        return done


class LateEntryDialog(_OfRecord):
    """Words added to a record after it was signed."""

    def __init__(self, desk: Desk, parent: QWidget, session_id: str) -> None:
        record = desk.workspace.record(session_id)
        super().__init__(
            desk,
            parent,
            record,
            f"A late entry to the record of {_whose(record)}",
            f"It is dated {day(desk.today)}, stands under {desk.workspace.me}’s name, and cannot be changed "
            "afterwards. The record itself stays as it was signed.",
            [Field(name="text", label="&Late entry", kind="long", required=True)],
            does="Add it",
        )

    def do(self, values: dict[str, Any]) -> Change:
        """Add it."""
        return self.evidence.add_late_entry(self.session, values["text"])


def _whose(record: Record) -> str:
    """ "Niamh Clarke, 15 Mar 2017"."""
    held = record.session.held_on
    return f"{record.worker}, {day(held)}" if held else record.worker


def _so_far(record: Record) -> str:
    """Who has signed already, and what it means when both have."""
    session = record.session
    how = f", {words(session.signed_how).lower()}" if session.signed_how else ""
    there = [
        f"{name} signed on {day(on)}{how}."
        for name, on in (
            (record.worker, session.worker_signed_on),
            (record.supervisor or "The supervisor", session.supervisor_signed_on),
        )
        if on is not None
    ]
    return " ".join([*there, "Once both have signed, the record is locked; later additions are dated."])


def _who_and_how(record: Record, today: int) -> list[Field]:
    """Those who have not signed yet, how, and what the worker thinks of the record."""
    session, found = record.session, []
    supervisor = record.supervisor or "Supervisor"
    for name, label, on in (
        ("worker_on", f"&{record.worker} signed on", session.worker_signed_on),
        ("supervisor_on", f"{supervisor} si&gned on", session.supervisor_signed_on),
    ):
        if on is None:
            hint = "Leave this empty if that is still to come."
            found.append(Field(name=name, label=label, kind="day", value=today, hint=hint))
    found.append(Field(name="how", label="&How", kind="choice", choices=_HOW, value=session.signed_how))
    if session.worker_signed_on is None:
        views = (("agrees", "Agrees with the record"), ("disagrees", "Disagrees"))
        found.append(Field(name="view", label="Worker’s &view", kind="choice", choices=views,
                           value=session.worker_view))  # fmt: skip
        found.append(Field(name="statement", label="S&tatement", kind="long",
                           hint=f"In {record.worker}’s own words, where they see it differently. It stands "
                                "beside the record."))  # fmt: skip
    return found
