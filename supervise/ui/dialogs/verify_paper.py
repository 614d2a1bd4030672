"""Verifying a paper: does a record here say what a printed one says?"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from supervise.doing.papers.listed import RECORD
from supervise.doing.papers.verifying import Verified, read_code, verifying
from supervise.errors import BadQuestion, SuperviseError
from supervise.ui.bits import button, emptied, heading, label, notice, row
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Dialog, announce
from supervise.ui.forms import Field, Form
from supervise.ui.pages.compliance_parts import flowing
from supervise.ui.pages.reports_choices import PersonAsked, SessionAsked
from supervise.ui.progress import Progress

_HINT = "Five groups of four figures and letters, such as 3f2a 9b01 77c4 d0e8 12ab. Spaces and capitals do not matter."


class VerifyPaperDialog(Dialog):
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
        self.progress = Progress(desk.background, "Looking at the records")
        self.progress.stopped.connect(self._stopped)
        self.answer = QVBoxLayout()
        self.answer.setSpacing(6)
        self.body.addWidget(self.form)
        self.body.addWidget(flowing(self.people, self.sessions))
        self.body.addWidget(self.progress)
        self.body.addLayout(self.answer)
        self.people.chosen.connect(self._show_sessions)
        self.finished.connect(self.progress.end)
        self.close_button.setText("Close")
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
        emptied(self.answer)
        try:
            read_code(values["code"])
        except BadQuestion as error:
            self.form.mark({"code": str(error)})
            return False
        steps = verifying(self.desk.workspace.here, values["code"], self._session())
        self.main.setEnabled(False)
        self.progress.follow(self.desk.background.step(steps, self._found, self._failed))
        return False

    def _session(self) -> str | None:
        found: str | None = self.sessions.box.currentData()
        if self.people.box.currentData() is not None and found is None:
            raise BadQuestion(
                "No supervision is chosen yet.", "Choose one of theirs, or “Every record here”."
            )
        return found if self.people.box.currentData() is not None else None

    def _found(self, found: Verified) -> None:
        self._end()
        said = found.sentence()
        if found.is_found:
            whole = heading(f"✓ {said}", 2)
            whole.setWordWrap(True)
            self._tell(whole)
            opening = button("Open this record", partial(self._open, found.session), link=True)
            beside = QWidget()
            beside.setLayout(row(opening, None))
            self._tell(beside)
        else:
            self._tell(notice(f"▲ {said}", trouble=True))
        announce(self, said)
        self._fit()

    def _open(self, session: str | None) -> None:
        self.accept()
        self.desk.go("session", session)

    def _tell(self, widget: QWidget) -> None:
        self.answer.addWidget(widget)
        widget.show()  # at once, so that it counts when the dialog is fitted to it

    def _fit(self) -> None:
        """As tall as what it tells, and no taller than the window."""
        window, inner = self.parent(), self.area.widget()
        assert isinstance(window, QWidget) and inner is not None
        if (inside := inner.layout()) is not None:
            inside.activate()
        tall = inner.heightForWidth(self.area.viewport().width()) + self.fontMetrics().height() * 4
        self.resize(self.width(), min(max(tall, self.height()), window.height() - 20))

    def _failed(self, error: SuperviseError) -> None:
        self._end()
        self.trouble(str(error))

    def _stopped(self) -> None:
        self._end()
        self._tell(label("Stopped before every record was looked at.", quiet=True))

    def _end(self) -> None:
        self.progress.end()
        self.main.setEnabled(True)
        self.main.setFocus(Qt.FocusReason.OtherFocusReason)
