"""Verifying a paper: does a record here say what a printed one says?"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from supervise.doing.papers.listed import RECORD
from supervise.doing.papers.verifying import Verified, read_code, verifying
from supervise.errors import BadQuestion
from supervise.ui.bits import button, emptied, heading, notice, row
from supervise.ui.desk import Desk
from supervise.ui.dialogs.looking import LookingDialog
from supervise.ui.forms import Field, Form
from supervise.ui.pages.compliance_parts import flowing
from supervise.ui.pages.reports_choices import PersonAsked, SessionAsked

_HINT = "Five groups of four figures and letters, such as 3f2a 9b01 77c4 d0e8 12ab. Spaces and capitals do not matter."


class VerifyPaperDialog(LookingDialog):
    """The code of a paper, and which record it is to be of, if that is known; the answer stays in the dialog."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            desk,
            parent,
            "Verify a paper",
            "A printed record carries a content code at its foot, made of what the record said that day. This looks "
            "for the record that says the same. A paper of one part carries the code of the whole record.",
            does="Verify",
        )
        code = Field(name="code", label="&Content code", required=True, hint=_HINT)
        self.form = Form([code], desk.workspace.today)
        self.people = PersonAsked(desk, "Every record here")
        self.sessions = SessionAsked(desk, self.people)
        self.body.addWidget(self.form)
        self.body.addWidget(flowing(self.people, self.sessions))
        self.will_tell("Looking at the records", "Stopped before every record was looked at.")
        self.people.chosen.connect(self._show_sessions)
        self.people.ask_for(RECORD)
        self.people.offer(may_be_nobody=True)
        self.sessions.ask_for(RECORD)
        self._show_sessions()

    def start_here(self) -> QWidget | None:
        """In the code."""
        return self.form.inputs["code"]

    def _show_sessions(self) -> None:
        self.sessions.setVisible(self.people.box.currentData() is not None)

    def submit(self) -> bool:
        """Begin to look; the dialog stays to tell what is found."""
        values = None if self.progress.is_busy else self.form.values()
        if values is None:
            return False
        emptied(self.findings)
        try:
            read_code(values["code"])
        except BadQuestion as error:
            self.form.mark({"code": str(error)})
            return False
        self.look(verifying(self.desk.workspace.here, values["code"], self._session()), self._found)
        return False

    def _session(self) -> str | None:
        found: str | None = self.sessions.box.currentData()
        if self.people.box.currentData() is not None and found is None:
            raise BadQuestion(
                "No supervision is chosen yet.", "Choose one of theirs, or “Every record here”."
            )
        return found if self.people.box.currentData() is not None else None

    def _found(self, found: Verified) -> None:
        said = found.sentence()
        if found.is_found:
            whole = heading(f"✓ {said}", 2)
            whole.setWordWrap(True)
            self.tell(whole)
            opening = button("Open this record", partial(self._open, found.session), link=True)
            beside = QWidget()
            beside.setLayout(row(opening, None))
            self.tell(beside)
        else:
            self.tell(notice(f"▲ {said}", trouble=True))
        self.told(said)

    def _open(self, session: str | None) -> None:
        self.accept()
        self.desk.go("session", session)
