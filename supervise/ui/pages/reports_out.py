"""A paper out of the window: into a file, or to a printer."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from supervise import wording
from supervise.doing.papers.naming import file_name
from supervise.doing.papers.paper import About, Paper, Steps
from supervise.errors import NotAllowed, SuperviseError
from supervise.ui.desk import Desk
from supervise.ui.printing import printing
from supervise.ui.progress import Progress

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from supervise.doing.papers.press import Rows

PDF, XLSX = ".pdf", ".xlsx"

_ASK = {
    PDF: ("Save the paper (the file is not encrypted)", "PDF (*.pdf)"),
    XLSX: ("Save the tables (the file is not encrypted)", "Workbook (*.xlsx)"),
}


class Wanted(NamedTuple):
    """A paper and what is asked of it."""

    paper: Paper
    about: About


class Made(NamedTuple):
    """A paper that is made: the PDF, how many pages it has, and what was looked at with it."""

    wanted: Wanted
    pdf: bytes
    pages: int
    rows: Rows


class Writing(Progress):
    """Writes one paper at a time and says how far it has come; `changed` tells that it began or ended. Another
    choice on the page does not stop it."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.background, "Writing the paper")
        self._desk = desk
        self.stopped.connect(self._note_stopped)

    def save(self, wanted: Wanted, path: Path) -> None:
        """Write a paper, or its tables, to a file; that is noted in the access log."""
        steps = self._desk.workspace.press.save(*wanted, path, at=self._desk.now())
        self._begin(steps, partial(self._written, path))

    def print_on(self, made: Made, printer: QPrinter) -> None:
        """Print what was made; that is noted in the access log."""
        self._begin(_sending(self._desk, made, printer), self._printed)

    def _begin(self, steps: Steps[Any], done: Callable[[Any], None]) -> None:
        self.follow(self._desk.background.step(steps, done, self._failed))
        self.changed.emit()

    def _end(self) -> None:
        self.end()
        self.changed.emit()

    def _written(self, path: Path, _: object) -> None:
        self._end()
        self._desk.notifier.note(f"Written to {path}. That file is not encrypted.")

    def _printed(self, pages: int) -> None:
        self._end()
        self._desk.notifier.note(f"Sent {wording.counted(pages, 'page')} to the printer.")

    def _note_stopped(self) -> None:
        self.changed.emit()
        self._desk.notifier.note("Stopped. Nothing was written.")

    def _failed(self, error: SuperviseError) -> None:
        self._end()
        self._desk.notifier.trouble(error)


def choose_file(desk: Desk, parent: QWidget, wanted: Wanted, ending: str) -> Path | None:
    """Ask where to write a paper; None if that is called off. NotAllowed where what was typed has no ending, and
    there is a file of the name that it would have."""
    title, kinds = _ASK[ending]
    suggested = file_name(desk.workspace.here, *wanted, ending)
    chosen, _ = QFileDialog.getSaveFileName(parent, title, suggested, kinds)
    return with_ending(Path(chosen), ending) if chosen else None


def with_ending(path: Path, ending: str) -> Path:
    """The same with that ending. NotAllowed where that is another name, of a file that is there: nobody was asked
    about writing over it."""
    if path.suffix.lower() == ending:
        return path
    named = path.with_name(path.name + ending)
    if named.exists():
        raise NotAllowed(f"There is a file {named.name} already.", "Choose another name for this one.")
    return named


def choose_printer(parent: QWidget, pages: int, then: Callable[[QPrinter], object]) -> None:
    """Ask which printer, and which of so many pages; `then` is told, unless it is called off. Nothing is printed
    into a file: that would be left behind."""
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

    options = QAbstractPrintDialog.PrintDialogOption
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setOption(options.PrintToFile, False)
    dialog.setOption(options.PrintPageRange, True)
    dialog.setMinMax(1, pages)
    dialog.accepted.connect(lambda: then(printer))
    dialog.show()


def _sending(desk: Desk, made: Made, printer: QPrinter) -> Generator[tuple[int, int], None, int]:
    """Print it, and note that; gives how many pages went to the printer."""
    pages = yield from printing(made.pdf, printer)
    desk.workspace.press.sent(made.rows)
    return pages
