"""Choosing the day that everything is looked at: one that is over, or today."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from supervise import wording
from supervise.errors import BadQuestion
from supervise.ui.bits import button
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Dialog
from supervise.ui.forms import DayEdit, Field, Form
from supervise.workdays import Day


class DayDialog(Dialog):
    """Look at a day that is over, or come back to today."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            desk,
            parent,
            "Look at another day",
            "Every page then shows how things stood at the end of that day. Nothing can be changed "
            "until you come back to today.",
            does="Look at that day",
        )
        looked_at = None if desk.view.is_today else desk.view.day
        hint = "Such as 31 Mar 2025, yesterday or last Thu."
        field = Field(name="day", label="&Day", kind="day", hint=hint, required=True, value=looked_at)
        self.form = Form([field], desk.workspace.today)
        self.body.addWidget(self.form)
        self.back = button(f"Back to &today, {wording.day(desk.today)}", self._come_back)
        self.back.setVisible(looked_at is not None)
        self.buttons.insertWidget(0, self.back)

    def start_here(self) -> QWidget | None:
        """In the field, what is in it chosen, so that typing replaces it."""
        edit = self.form.inputs["day"]
        assert isinstance(edit, DayEdit)
        edit.edit.selectAll()
        return edit

    def submit(self) -> bool:
        """Look at the day typed. BadQuestion for one that has not come yet."""
        values = self.form.values()
        if values is None:
            return False
        day: Day = values["day"]
        if day > self.desk.today:
            raise BadQuestion(
                f"{wording.full_day(day)} has not come yet, so nobody can say how things will stand.",
                "Choose a day that is over. What is due and booked ahead is in Calendar.",
            )
        self.desk.view.look_at(None if day == self.desk.today else day)
        return True

    def _come_back(self) -> None:
        self.desk.view.look_at(None)
        self.accept()
