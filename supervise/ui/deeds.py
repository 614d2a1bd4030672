"""What the window's actions do: each opens the dialog it needs, or does it at once.

Dialogs are imported when they are first wanted, so that the window starts without them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from supervise.errors import NotAllowed
from supervise.ui.desk import Desk
from supervise.workdays import Day

if TYPE_CHECKING:
    from supervise.ui.dialogs.dialog import Dialog
    from supervise.ui.window import Window

STEPS = (75, 90, 100, 110, 125, 150, 175, 200)
"""Sizes of text, in percent of the usual one."""


def nobody_chosen() -> NotAllowed:
    """What is said where somebody has to be chosen first."""
    return NotAllowed("Nobody is chosen yet.", "Open Today or Team and choose a person, then try again.")


class Deeds:
    """The actions that do not belong to one page."""

    def __init__(self, desk: Desk, window: Window) -> None:
        self.desk, self.window = desk, window
        self.wants_backup: tuple[Path, str] | None = None

    def _person(self) -> str:
        front = self.window.front
        person = front.chosen_person() if front else None
        if person is None:
            raise nobody_chosen()
        return person

    def _over(self, dialog: Dialog) -> Dialog:
        dialog.show_over()
        return dialog

    # Supervision

    def book(self, person: str | None = None, on: Day | None = None) -> None:
        """Book the next supervision of a person."""
        from supervise.ui.dialogs.booking import BookDialog

        self._over(BookDialog(self.desk, self.window, person or self._person(), on))

    def move(self, session_id: str, on: Day | None = None) -> None:
        """Move a booking."""
        from supervise.ui.dialogs.booking import MoveDialog

        self._over(MoveDialog(self.desk, self.window, session_id, on))

    def cancel(self, session_id: str) -> None:
        """Cancel a booking, with its reason and the new date."""
        from supervise.ui.dialogs.booking import LostDialog

        self._over(LostDialog(self.desk, self.window, session_id, missed=False))

    def miss(self, session_id: str) -> None:
        """Say that a supervision did not happen, with its reason and the new date."""
        from supervise.ui.dialogs.booking import LostDialog

        self._over(LostDialog(self.desk, self.window, session_id, missed=True))

    def propose(self) -> None:
        """Propose dates for the next eight weeks."""
        from supervise.ui.dialogs.proposing import ProposeDialog

        self._over(ProposeDialog(self.desk, self.window))

    def record(self) -> None:
        """Write up a supervision with the person chosen."""
        self.desk.go("session", ("new", self._person()))

    def quick_note(self) -> None:
        """Note a conversation in passing."""
        from supervise.ui.dialogs.note import QuickNoteDialog

        self._over(QuickNoteDialog(self.desk, self.window, self._person()))

    def why(self, subject: str | None = None, clock: str | None = None) -> None:
        """Say why somebody, or a case, stands where they do."""
        from supervise.ui.dialogs.why import WhyDialog

        self._over(WhyDialog(self.desk, self.window, subject or self._person(), clock))

    def explain_gap(self, person: str | None = None, first_late_day: Day | None = None) -> None:
        """Give a gap its reason: the newest, if no other is meant."""
        from supervise.ui.dialogs.gap import ExplainGapDialog

        self._over(ExplainGapDialog(self.desk, self.window, person or self._person(), first_late_day))

    def share(self, session_id: str) -> None:
        """Record that a record was shared with the worker."""
        from supervise.ui.dialogs.evidence import ShareDialog

        self._over(ShareDialog(self.desk, self.window, session_id))

    def sign(self, session_id: str) -> None:
        """Record the signatures under a record."""
        from supervise.ui.dialogs.evidence import SignDialog

        self._over(SignDialog(self.desk, self.window, session_id))

    def add_late(self, session_id: str) -> None:
        """Add a late entry to a signed record."""
        from supervise.ui.dialogs.evidence import LateEntryDialog

        self._over(LateEntryDialog(self.desk, self.window, session_id))

    def add_person(self) -> None:
        """Add somebody to the team."""
        from supervise.ui.dialogs.people import AddPersonDialog

        self._over(AddPersonDialog(self.desk, self.window))

    def edit_row(self, kind: str, row: dict[str, object]) -> None:
        """Enter or change one fact about a person; a row without an id is a new one."""
        from supervise.ui.dialogs.people import RowDialog

        self._over(RowDialog(self.desk, self.window, kind, row))

    # Files

    def bring_in(self) -> None:
        """Choose a spreadsheet or an export, and show what it would do."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getOpenFileName(
            self.window,
            "Bring in my tracker",
            "",
            "Spreadsheets and exports (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt);;Every file (*)",
        )
        if chosen:
            self.desk.go("bring_in", chosen)

    def export(self) -> None:
        """Write everything to a workbook."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getSaveFileName(
            self.window,
            "Export everything (the file is not encrypted)",
            "supervise.xlsx",
            "Workbook (*.xlsx)",
        )
        if chosen:
            self.desk.workspace.export(Path(chosen))
            self.desk.notifier.note(f"Exported everything to {chosen}. That file is not encrypted.")

    def print_record(self) -> None:
        """Write the record at the front as a PDF."""
        session = getattr(self.window.front, "session_id", None)
        if session is None:
            raise NotAllowed(
                "No record is open.", "Open a supervision that was held, then print its record."
            )
        self.write_record(session)

    def write_record(self, session_id: str) -> None:
        """Choose a file, and write a session's record to it."""
        from PySide6.QtWidgets import QFileDialog

        from supervise.doing.papers.listed import RECORD
        from supervise.doing.papers.paper import About

        chosen, _ = QFileDialog.getSaveFileName(
            self.window, "Print the record", "supervision-record.pdf", "PDF (*.pdf)"
        )
        if chosen:
            press, about = self.desk.workspace.press, About(session=session_id)
            steps = press.save(RECORD, about, Path(chosen), at=self.desk.now())
            self.desk.background.step(
                steps,
                lambda _: self.desk.notifier.note(f"Written to {chosen}. That file is not encrypted."),
                self.desk.notifier.trouble,
            )

    def verify_paper(self) -> None:
        """Type the code at the foot of a printed record: does a record here say the same?"""
        from supervise.ui.dialogs.verify_paper import VerifyPaperDialog

        self._over(VerifyPaperDialog(self.desk, self.window))

    def back_up(self) -> None:
        """Write a backup now, and try it."""
        from supervise.beginning import back_up

        backed = back_up(self.desk.workspace.store)
        said = f"Backed up to {backed.path.name}. It was opened again, and is whole."
        self.desk.notifier.note(f"{said} {backed.trouble or ''}".strip())
        self.window.show_state()

    def restore(self, backup: Path, secret: str) -> None:
        """Close this store, put a backup in its place and open that. The store of now is kept beside it, and
        is opened again if the backup is no good or the secret does not open it."""
        self.wants_backup = (backup, secret)
        if not self.window.close():  # what is being written could not be kept
            self.wants_backup = None

    def open_other(self) -> None:
        """Close this store and go back to the first page."""
        self.window.wants_other = True
        if not self.window.close():
            self.window.wants_other = False

    # What was done

    def undo(self) -> None:
        """Take back what was done last."""
        change = self.desk.workspace.store.undo(self.desk.workspace.me)
        if change is None:
            self.desk.notifier.note(
                "There is nothing to undo from this sitting. History has what came before."
            )
            return
        self.desk.notifier.note(f"Undone: {change.label}.")
        self.desk.changed.emit(change.touched)

    def redo(self) -> None:
        """Do again what was undone last."""
        change = self.desk.workspace.store.redo(self.desk.workspace.me)
        if change is None:
            self.desk.notifier.note("There is nothing to do again.")
            return
        self.desk.notifier.note(f"Done again: {change.label}.", undo=True)
        self.desk.changed.emit(change.touched)

    # How it is looked at

    def another_day(self) -> None:
        """Look at another day, or come back to today."""
        from supervise.ui.dialogs.day import DayDialog

        self._over(DayDialog(self.desk, self.window))

    def larger(self) -> None:
        """The next larger size of text."""
        self._resize(
            min((step for step in STEPS if step > self.desk.memory["text_percent"]), default=200)
        )

    def smaller(self) -> None:
        """The next smaller size of text."""
        self._resize(
            max((step for step in STEPS if step < self.desk.memory["text_percent"]), default=75)
        )

    def usual_size(self) -> None:
        """Text in its usual size."""
        self._resize(100)

    def _resize(self, percent: int) -> None:
        self.desk.memory["text_percent"] = percent
        self.window.dress()
        self.desk.notifier.note(f"Text at {percent} %.")

    def keys(self) -> None:
        """Everything the keyboard can do."""
        from supervise.ui.dialogs.about import KeysDialog

        self._over(KeysDialog(self.desk, self.window))

    def about(self) -> None:
        """The version, and what it is made with."""
        from supervise.ui.dialogs.about import AboutDialog

        self._over(AboutDialog(self.desk, self.window))
