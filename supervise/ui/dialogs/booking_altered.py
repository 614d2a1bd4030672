"""A booking that stands and is about to be altered: what it is, the reason, and who asked for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from supervise import wording
from supervise.errors import NotAllowed
from supervise.ui.desk import Desk
from supervise.ui.dialogs.booking_parts import DiaryDialog, seen
from supervise.ui.forms import Field, Form
from supervise.workdays import Day, day

REASONS = (
    "Court", "An urgent visit", "An urgent meeting", "Covering duty", "Away", "The room was not free",
    "Asked for another time",
)  # fmt: skip
"""What happens most; anything else can be typed. Why somebody is away stands on their own page only."""

_GONE, _LOOK = "This supervision is not booked any more.", "Look for it in the calendar."

REASON = Field(
    name="reason", label="&Reason", kind="choice", typed=True,
    choices=[(reason, reason) for reason in REASONS],
    hint="A few words, which may explain a gap later. Please leave out anybody’s health.",
)  # fmt: skip


class OfBooking(DiaryDialog):
    """A dialog about a booking that stands; if it does not any more, or what the dialog is for cannot be done
    to it, that is said on opening, before anything is asked."""

    def __init__(
        self, desk: Desk, parent: QWidget, session_id: str, doing: str, also: str = "", *, does: str
    ) -> None:
        store, here = desk.workspace.store, desk.workspace.here
        self.session_id, self.old = session_id, store.row("session", session_id) or {}
        refusal = self.refusal(desk.today)
        self.stands = not refusal
        self.person = self.old.get("person_id") or ""
        self.name = here.name(self.person) or "somebody"
        is_on = f"It is booked for {when(self.old)}." if self.old.get("status") == "planned" else ""
        title = f"{doing} with {self.name}"
        super().__init__(desk, parent, title, f"{is_on} {also}".strip(), does=does)
        if not self.stands:
            self.main.hide()
            self.to_calendar.hide()
            self.close_button.setText("Close")
            self.trouble(refusal)

    def refusal(self, today: Day) -> str:
        """Why nothing can be done to it; empty where something can."""
        return "" if self.old.get("status") == "planned" else f"{_GONE} {_LOOK}"

    def submit(self) -> bool:
        """Do it; what does not stand any more is only closed. NotAllowed if it was altered meanwhile."""
        if not self.stands:
            return True
        self.refuse_what_cannot_be()
        now = self.desk.workspace.store.row("session", self.session_id) or {}
        if now.get("status") != "planned":
            raise NotAllowed(_GONE, _LOOK)
        return self.alter()

    def alter(self) -> bool:
        """Do what the dialog is for; True closes it."""
        raise NotImplementedError

    @property
    def planned_on(self) -> Day | None:
        """The day for which it is booked."""
        return day(self.old["planned_on"]) if self.old.get("planned_on") else None

    def by_field(self) -> Field:
        """Who asked for it: nobody is taken for granted."""
        supervisor = self.old.get("supervisor_id")
        theirs = self.desk.workspace.here.name(supervisor) if supervisor else "The supervisor"
        choices = (
            ("worker", f"{self.name} (the worker)"),
            ("supervisor", f"{theirs} (the supervisor)" if supervisor else theirs),
            ("other", "Somebody else"),
        )
        return Field(name="by", label="&Who asked for it", kind="choice", choices=choices)

    def sees_on(self, on: Day | None, at: str | None) -> Sequence[str]:
        """What to look at, were it on that day instead."""
        if on is None:
            return ()
        kind = self.old["kind"]
        return seen(
            partial(self.diary.warnings, self.person, on, at, kind=kind, ignoring=self.session_id)
        )

    def left_behind(self) -> list[str]:
        """What to say if a draft could not follow to the new booking."""
        said = self.diary.left_behind(self.session_id)
        return [said] if said else []

    def asked(self, form: Form) -> dict[str, Any] | None:
        """What a form says, if it has a reason and, where it asks, who; None once it has said what lacks."""
        values = form.values()
        if values is None:
            return None
        lacks = {
            name: sentence
            for name, sentence in (
                ("reason", "Say why in a few words."),
                ("by", "Choose who asked for it."),
            )
            if name in values and not values[name]
        }
        form.mark(lacks)
        return None if lacks else values


def when(row: Mapping[str, Any]) -> str:
    """The day and time of a booking, in a sentence."""
    if not row["planned_on"]:
        return "a day that is not fixed yet"
    at = f" at {row['planned_start']}" if row["planned_start"] else ""
    return f"{wording.long_day(day(row['planned_on']))}{at}"
