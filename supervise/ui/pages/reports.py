"""Reports: what goes on paper. Choose one, say what it is about, see it as it will print, save it or print it.

The preview is drawn in memory and never leaves a file.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from supervise.doing.papers.listed import PAPERS, RECORD
from supervise.doing.papers.paper import Paper
from supervise.errors import BadQuestion, NotAllowed, SuperviseError
from supervise.ui.bits import button, label
from supervise.ui.desk import Desk
from supervise.ui.pages.compliance_parts import flowing
from supervise.ui.pages.page import ScrollPage
from supervise.ui.pages.reports_fields import Fields
from supervise.ui.pages.reports_out import (
    PDF,
    XLSX,
    Made,
    Wanted,
    Writing,
    choose_file,
    choose_printer,
)
from supervise.ui.pages.reports_papers import Beside, PaperList
from supervise.ui.pages.reports_preview import Preview

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PAUSE = 250
"""Milliseconds for which a paper is chosen before it is drawn: going through the list draws none on the way."""


class ReportsPage(ScrollPage):
    """What goes on paper."""

    name, title, guide = "reports", "Reports", "help-reports"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._wanted: Wanted | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self.ask)
        self.papers = PaperList(PAPERS)
        self.what = label("", wrap=True)
        self.fields = Fields(desk)
        self.preview, self.writing = Preview(desk), Writing(desk)
        self.drawing, self.shown = self.preview.progress, self.preview.shown
        self._make_buttons()
        things = (self.what, self.fields, self.buttons, self.writing, self.preview)
        self.beside = Beside(self.papers, *things)
        self.body.addWidget(self.beside)
        self._connect()

    def _make_buttons(self) -> None:
        self.print_button = button("Print…", self.print_record, main=True, name="Print this paper")
        self.save_button = button("Save…", self.save, name="Save this paper as a PDF")
        self.tables_button = button(
            "Save tables…", self.save_tables, name="Save this paper’s tables as a workbook"
        )
        self.verify_button = button("Verify a paper…", self.desk.deeds.verify_paper)
        self.buttons = flowing(
            self.print_button, self.save_button, self.tables_button, self.verify_button
        )

    def _connect(self) -> None:
        self.papers.currentRowChanged.connect(self._paper_chosen)
        self.fields.chosen.connect(self.ask)
        self.fields.typing.connect(self.clear)
        self.preview.drawn.connect(self._can)
        self.preview.failed.connect(self._not_drawn)
        self.preview.turned.connect(self._turned)
        self.writing.changed.connect(self._can)

    # What is asked

    @property
    def paper(self) -> Paper:
        """The paper that is chosen."""
        return PAPERS[max(self.papers.currentRow(), 0)]

    @property
    def made(self) -> Made | None:
        """The paper that is shown."""
        return self.preview.made

    @property
    def session_id(self) -> str | None:
        """The session whose record is chosen."""
        return self._wanted.about.session if self._wanted is not None else None

    def on_changed(self, touched: frozenset[str]) -> None:
        """Papers tell of everything."""
        self.look_again()

    def refresh(self) -> None:
        """What there is to choose, and the paper drawn anew; what was chosen stays so."""
        self.say(self.title, "Choose a paper, see it as it will print, then print or save it.")
        self.beside.fit(self.desk.memory["text_percent"])
        self._ask_for_paper()
        self.clear()
        self.ask()

    def open_on(self, subject: object) -> None:
        """Show the record of that session, or the paper of that name."""
        named = next((at for at, paper in enumerate(PAPERS) if paper.name == subject), None)
        self.papers.setCurrentRow(PAPERS.index(RECORD) if named is None else named)
        self._ask_for_paper()
        if named is None and not self.fields.sessions.choose(str(subject)):
            return
        self.ask()

    def chosen_person(self) -> str | None:
        """Whom the paper is about."""
        found: str | None = self.fields.people.box.currentData()
        return found if self.fields.people.is_for(self.paper) else None

    def start_here(self) -> QWidget | None:
        """On the papers."""
        return self.papers

    def _ask_for_paper(self) -> None:
        self.what.setText(f"{self.paper.what[0].upper()}{self.paper.what[1:]}.")
        self.tables_button.setVisible(self.paper.has_tables)
        self.fields.ask_for(self.paper)

    def _paper_chosen(self, *_: object) -> None:
        with self.desk.trying():
            self._ask_for_paper()
            self.clear()
            self._soon.start()

    def ask(self) -> None:
        """Draw what is asked, if it is all there; else say what is missing. What is drawn already stays."""
        self._soon.stop()
        try:
            lacking = self.fields.lacks()
            wanted = None if lacking else Wanted(self.paper, self.fields.about())
        except SuperviseError as error:
            lacking, wanted = str(error), None
        if wanted is not None and wanted == self._wanted:
            return
        self.clear()
        self._wanted = wanted
        if wanted is None:
            self.preview.say(lacking)
        else:
            self.preview.draw(wanted)
        self._can()

    def clear(self) -> None:
        """Nothing is shown that is not asked for."""
        self._wanted = None
        self.preview.say("")
        self._can()

    def _can(self) -> None:
        """What can be done: a paper may be saved without waiting until it is drawn."""
        can_save = self._wanted is not None and not self.writing.is_busy
        self.save_button.setEnabled(can_save)
        self.tables_button.setEnabled(can_save)
        self.print_button.setEnabled(self.made is not None and not self.writing.is_busy)

    def _not_drawn(self) -> None:
        """What cannot be made cannot be saved either."""
        self._wanted = None
        self._can()

    def _turned(self) -> None:
        """Other pages are seen: from their first on."""
        inner, page = self.area.widget(), self.shown.first_page()
        if inner is not None and page is not None:
            page.setFocus()
            self.area.verticalScrollBar().setValue(self.shown.mapTo(inner, page.pos()).y())

    # Onto paper

    def save(self) -> None:
        """Choose a place, and write the paper there."""
        self._choose_and_save(PDF)

    def save_tables(self) -> None:
        """Choose a place, and write the paper's tables there."""
        self._choose_and_save(XLSX)

    def _choose_and_save(self, ending: str) -> None:
        with self.desk.trying():
            if (path := choose_file(self.desk, self, self._asked(), ending)) is not None:
                self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the paper, or its tables, to a file."""
        with self.desk.trying():
            self.writing.save(self._asked(), path)

    def print_record(self) -> None:
        """Choose a printer, and print what is shown. Ctrl+P."""
        with self.desk.trying():
            choose_printer(self, self._seen().pages, self.print_on)

    def print_on(self, printer: QPrinter) -> None:
        """Print what is shown."""
        with self.desk.trying():
            self.writing.print_on(self._seen(), printer)

    def _asked(self) -> Wanted:
        if self._wanted is None:
            raise BadQuestion("Something is missing for this paper.", self.shown.said.text())
        return self._wanted

    def _seen(self) -> Made:
        if self.made is None:
            raise NotAllowed("No paper is shown yet.", "Choose what it is about, then try again.")
        return self.made
