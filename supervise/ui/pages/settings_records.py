"""Settings, records: whether what is decided in a case may be written here too, and why."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from supervise.doing.sheet import CASE_TEXT
from supervise.doing.writing import Writing
from supervise.ui.bits import button, label, notice, row
from supervise.ui.desk import Desk
from supervise.ui.forms import Field, Form
from supervise.ui.pages.settings_section import ScrollSection, part

_SERVICE = "This is a service store: records come from the teams’ exports and are not written here."
_WHY = (
    "Supervise notes that a case was discussed and when the decision was put on the child’s own file. The "
    "decision itself belongs there: written here too, it becomes a second, unofficial record of the child on a "
    "laptop. If your service has a reason to keep it here as well, write that reason down."
)


class RecordsSection(ScrollSection):
    """What records may hold. It belongs to the store, not to this computer."""

    title = "Records"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.why_not = notice(_SERVICE)
        self.now = label("", wrap=True)
        reason = Field(
            name="reason", label="&Reason", kind="long", required=True,
            hint="Who decided it and why, as an inspector would want to read it.",
        )  # fmt: skip
        self.form = Form([reason], desk.workspace.today)
        self.allow = button("&Allow it, for this reason", self.allow_text)
        self.stop = button("No &longer", self.stop_text, name="No longer allow case text")
        self.body.addWidget(self.why_not)
        self.body.addWidget(
            part("What is decided in a case", self.now, label(_WHY, quiet=True, wrap=True), self.form,
                 row(self.allow, self.stop, None))
        )  # fmt: skip

    def refresh(self) -> None:
        """Show whether it may be written here, and why."""
        reason = Writing(self.desk.workspace.here).case_text_reason()
        self.why_not.setVisible(self.desk.workspace.is_service)
        self.now.setText(
            f"It may be written here. The reason: {reason}" if reason else "It is not written here."
        )
        self.stop.setVisible(reason is not None)
        for made in (self.form, self.allow, self.stop):
            made.setEnabled(self.may_change)

    def start_here(self) -> QWidget | None:
        """On the reason."""
        return self.form.inputs["reason"]

    def allow_text(self) -> None:
        """Let it be written here from now on."""
        values = self.form.values()
        if values is not None:
            self._put(
                " ".join(values["reason"].split()), "What is decided in a case may be written here."
            )
            self.form.set_value("reason", None)

    def stop_text(self) -> None:
        """Let it no longer be written here. What was written stays."""
        self._put("", "What is decided in a case is no longer written here. What was written stays.")

    def _put(self, reason: str, said: str) -> None:
        with self.desk.trying():
            self.desk.refuse_if_not_today()
            self.desk.workspace.store.settings.put(CASE_TEXT, reason)
            self.desk.notifier.note(said)
            self.read()
