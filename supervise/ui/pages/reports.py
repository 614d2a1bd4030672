"""Reports: what goes on paper. Choose one, see it as it will print, save it or print it.

The preview is drawn in memory and never leaves a file.
"""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QProgressBar, QVBoxLayout, QWidget

from supervise import wording
from supervise.errors import NotAllowed, SuperviseError
from supervise.ui.background import Job, Steps
from supervise.ui.bits import button, emptied, label
from supervise.ui.desk import Desk
from supervise.ui.pages.compliance_parts import Lines, flowing
from supervise.ui.pages.page import ScrollPage
from supervise.ui.pages.reports_choices import SessionChoice
from supervise.ui.pages.reports_list import REPORTS, Report
from supervise.ui.pages.reports_paper import PageSeen, PageView, pages_seen, send

_LETTERS = 100
"""How wide a page is shown, in average letters; it grows with the text."""


class ReportsPage(ScrollPage):
    """What goes on paper."""

    name, title, guide = "reports", "Reports", "help-reports"
    cares_about = frozenset(("person", "post", "session"))

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.pdf: bytes | None = None
        self.session_id: str | None = None
        self._job: Job | None = None
        self._make_choices()
        self.said = label("", quiet=True, wrap=True)
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress")
        self.stop = button("Cancel", self.cancel, name="Cancel this report")
        self.waiting = flowing(self.progress, self.stop)
        self.pages = QVBoxLayout()
        self.pages.setSpacing(14)
        for thing in (self.reports, self.choices, self.waiting, self.said):
            self.body.addWidget(thing)
        self.body.addLayout(self.pages)
        self.waiting.hide()
        desk.background.stepped.connect(self._stepped)

    def _make_choices(self) -> None:
        self.reports = Lines("Reports", [f"{report.title}: {report.what}" for report in REPORTS])
        self.reports.currentRowChanged.connect(self._session_chosen)
        self.about = SessionChoice(self.desk)
        self.about.chosen.connect(self._session_chosen)
        self.people, self.sessions = self.about.people, self.about.sessions
        self.save_button = button("Save…", self.save, name="Save this report as a PDF")
        self.print_button = button("Print…", self.print_record, main=True, name="Print this report")
        buttons = (self.save_button, self.print_button)
        self.choices = flowing(*self.about.fields(), *buttons)

    # What there is to choose

    @property
    def report(self) -> Report:
        """The report that is chosen."""
        return REPORTS[max(self.reports.currentRow(), 0)]

    def refresh(self) -> None:
        """The people of the team; whom and what was chosen stays so."""
        self.line.setText("Choose what it is about, see it as it will print, then save or print it.")
        self.line.show()
        self.about.fill_people()
        self._fill_sessions()

    def _fill_sessions(self) -> None:
        self.about.fill_sessions(self.session_id)
        if self.sessions.currentIndex() < 0:
            self._clear()
        if self.session_id is None:
            self.said.setText(self.about.what_lacks())

    def open_on(self, subject: object) -> None:
        """Show the record of that session."""
        if self.about.choose(str(subject)):
            self._session_chosen()

    def chosen_person(self) -> str | None:
        """Whose record it is."""
        found: str | None = self.people.currentData()
        return found

    def start_here(self) -> QWidget | None:
        """On the person."""
        return self.people

    def _session_chosen(self, *_: object) -> None:
        self._clear()
        self.session_id = self.sessions.currentData()
        if self.session_id is None:
            self.said.setText(self.about.what_lacks())
        else:
            with self.desk.trying():
                self._run(self._preview(self.report, self.session_id), self._show)

    # The preview

    def _preview(self, report: Report, subject: str) -> Steps:
        """Draw it in memory, then its pages as pictures; that it was looked at is noted."""
        out = io.BytesIO()
        yield from report.make(self.desk, subject, out)
        self.desk.workspace.store.access.note(self.desk.workspace.me, "viewed", report.kind, subject)
        pdf = out.getvalue()
        room = self.area.viewport().width() - 60
        width = max(200, min(room, self.fontMetrics().averageCharWidth() * _LETTERS))
        pages = yield from pages_seen(pdf, width, self.devicePixelRatioF())
        return pdf, pages

    def _show(self, found: tuple[bytes, list[PageSeen]]) -> None:
        self._job = None
        self.waiting.hide()
        self.pdf, pages = found
        self.said.setText(f"{wording.counted(len(pages), 'page')}, as it will print.")
        emptied(self.pages)
        for at, page in enumerate(pages, 1):
            view = PageView(self.desk, page, at, len(pages))
            self.pages.addWidget(view, 0, Qt.AlignmentFlag.AlignHCenter)
        self._can_print()

    def _clear(self) -> None:
        """Nothing is shown that is not chosen."""
        self.cancel_all()
        self.pdf = self.session_id = None
        self.said.setText("")
        emptied(self.pages)
        self._can_print()

    def _can_print(self) -> None:
        for each in (self.save_button, self.print_button):
            each.setEnabled(self.pdf is not None)

    # Slow work

    def _run(self, steps: Steps, done: object) -> None:
        self._job = self.desk.background.step(steps, done, self._failed)  # type: ignore[arg-type]

    def _stepped(self, job: Job, done: int, of: int) -> None:
        if job is self._job:
            self.progress.setRange(0, max(of, 1))
            self.progress.setValue(done)
            self.waiting.show()

    def _failed(self, error: SuperviseError) -> None:
        self._job = None
        self.waiting.hide()
        self.desk.notifier.trouble(error)

    def cancel(self) -> None:
        """Stop what is under way."""
        self.cancel_all()
        self.desk.notifier.note("Stopped. Nothing was written.")

    def cancel_all(self) -> None:
        """What is under way is not wanted any more."""
        if self._job is not None:
            self._job.cancel()
        self._job = None
        self.waiting.hide()

    # Onto paper

    def _chosen(self) -> str:
        if self.session_id is None or self.pdf is None:
            raise NotAllowed(
                "No report is shown yet.", "Choose a person and a supervision, then try again."
            )
        return self.session_id

    def save(self) -> None:
        """Choose a place, and write the report there."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Save the report (the file is not encrypted)", self.report.file, "PDF (*.pdf)"
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the report to a file; that is noted in the access log."""

        def written(_: object) -> None:
            self._job = None
            self.waiting.hide()
            self.desk.notifier.note(f"Written to {path}. That file is not encrypted.")

        with self.desk.trying():
            self._run(self.report.save(self.desk, self._chosen(), path), written)  # type: ignore[arg-type]

    def print_record(self) -> None:
        """Choose a printer, and print what is shown. Ctrl+P."""
        with self.desk.trying():
            self._chosen()
            printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            dialog = QPrintDialog(printer, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.setWindowModality(Qt.WindowModality.WindowModal)
            dialog.accepted.connect(partial(self.print_on, printer))
            dialog.show()

    def print_on(self, printer: QPrinter) -> None:
        """Print what is shown; that is noted in the access log."""
        with self.desk.trying():
            subject = self._chosen()
            assert self.pdf is not None, "a report is shown"
            self._run(self._printing(self.report, subject, self.pdf, printer), self._printed)

    def _printing(self, report: Report, subject: str, pdf: bytes, printer: QPrinter) -> Steps:
        pages = yield from send(pdf, printer)
        self.desk.workspace.store.access.note(self.desk.workspace.me, "printed", report.kind, subject)
        return pages

    def _printed(self, pages: int) -> None:
        self._job = None
        self.waiting.hide()
        self.desk.notifier.note(f"Sent {wording.counted(pages, 'page')} to the printer.")
