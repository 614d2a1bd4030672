"""The recovery sheet: printed or copied by hand, given to somebody, and typed back in part.

The key is shown only while somebody copies it; no file is written and the clipboard is not used.
"""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QWidget

from supervise.beginning import parts_to_type_back, typed_back
from supervise.errors import SuperviseError
from supervise.places import Places
from supervise.store import new_recovery_key
from supervise.ui.background import Background
from supervise.ui.bits import button, label, notice, row
from supervise.ui.first_made import recovery_sheet_of
from supervise.ui.first_step import Step, pressed_by_enter
from supervise.ui.printing import print_pdf
from supervise.ui.start import Start

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

_ACROSS = 4

NO_PRINTER = "No printer is set up on this computer. Show the key, and copy it by hand."
PRINTED = "Sent to the printer. Take the sheet from there before you go on: nobody else should see it."


class KeyCard(QFrame):
    """The key in groups, each under its number, to be copied by hand. It cannot be marked or copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName("The recovery key")
        self._grid = QGridLayout(self)
        self._grid.setHorizontalSpacing(28)
        self._grid.setContentsMargins(18, 10, 18, 10)

    def show_key(self, key: str) -> None:
        """Show these groups; "" shows none."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        for at, group in enumerate(key.split("-") if key else ()):
            number, words = label(str(at + 1), quiet=True), label(group)
            words.setFont(_large(words.font()))
            words.setAccessibleName(f"Group {at + 1}: {' '.join(group)}")
            line, across = divmod(at, _ACROSS)
            self._grid.addWidget(number, line * 2, across)
            self._grid.addWidget(words, line * 2 + 1, across)
        self.setVisible(bool(key))


def _large(font: QFont) -> QFont:
    made = QFont(font)
    made.setFamilies(["DejaVu Sans Mono", "Consolas", "Menlo", "monospace"])
    made.setPointSizeF(font.pointSizeF() * 1.5)
    made.setBold(True)
    return made


class SheetStep(Step):
    """Who keeps the sheet, and the sheet itself."""

    def __init__(self, background: Background, start: Start) -> None:
        super().__init__(
            "Print the recovery sheet",
            "It opens your records if the passphrase is forgotten, or if you are away and somebody must see "
            "them. Somebody other than you keeps it, in a sealed envelope.",
        )
        self._background, self._start, self._places = background, start, start.places
        self.key = new_recovery_key()
        self._is_out = False
        self.keeper = QLineEdit()
        self.keeper.setPlaceholderText("Such as your service manager")
        self.keeper.returnPressed.connect(self.go_on)
        words = label("&Who keeps it")
        words.setBuddy(self.keeper)
        self.printing = pressed_by_enter(button("&Print the sheet…", self._print))
        self.showing = pressed_by_enter(button("Show the &key, to copy it by hand", self.show_key))
        self.card = KeyCard()
        self.card.hide()
        self.note = notice("")
        self.note.hide()
        self.body.addLayout(row(words, self.keeper))
        self.body.addLayout(row(self.printing, self.showing, None))
        self.body.addWidget(self.note)
        self.body.addWidget(self.card)
        self.laid_out()
        self._printer: QPrinter | None = None
        self._dialog: QPrintDialog | None = None

    def belongs_to(self, places: Places) -> None:
        """Which store the sheet opens."""
        self._places = places

    def start_here(self) -> QWidget | None:
        """In the name, until there is one; then on the sheet."""
        return self.printing if self.keeper.text().strip() else self.keeper

    def go_on(self) -> None:
        """Go on when somebody is named and the key is out."""
        self.say("")
        name = " ".join(self.keeper.text().split())
        if not name:
            self.say("Nobody is named yet. Who other than you will keep the sheet?")
            self.keeper.setFocus(Qt.FocusReason.OtherFocusReason)
        elif name.casefold() == self._start.me.casefold():
            self.say("That is you. Name somebody else, who is there when you are not.")
            self.keeper.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._is_out:
            self.say("Print the sheet, or show the key and copy it by hand.")
            self.printing.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.card.show_key("")
            self.showing.show()
            self.done.emit()

    # On the screen

    def show_key(self) -> None:
        """Show the key. It goes away again with the page."""
        self.say("")
        self._tell("Copy all eight groups on paper. Do not photograph them or write them in a file.")
        self.card.show_key(self.key)
        self.showing.hide()
        self.reveal(self.card)
        self._is_out = True
        self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.show()

    # On paper

    def _print(self) -> None:
        """Ask which printer; the sheet is made meanwhile."""
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo

        self.say("")
        if not QPrinterInfo.availablePrinterNames():
            self._tell(NO_PRINTER)
            self.showing.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._dialog = QPrintDialog(self._printer, self)
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
        self._dialog.accepted.connect(self._printer_chosen)
        self._dialog.open()  # type: ignore[call-arg]  # the stubs know only the one with a slot

    def _printer_chosen(self) -> None:
        if self._printer is not None:
            self.print_on(self._printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the sheet there."""
        keeper = " ".join(self.keeper.text().split())
        work = partial(recovery_sheet_of, self._start, self._places, self.key, keeper)
        self.look(self._background, work, partial(self._send, printer))

    def _send(self, printer: QPrinter, pdf: bytes) -> None:
        try:
            print_pdf(pdf, printer)
        except SuperviseError as error:
            self.refuse(error)
            return
        finally:
            self._printer = None
        self._is_out = True
        self._tell(PRINTED)
        self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """The key is on paper now, and nowhere else."""
        self.key = ""
        self.card.show_key("")


class TypeBackStep(Step):
    """Two groups of the key, typed from the sheet: it is at hand and can be read."""

    def __init__(self, key: str) -> None:
        super().__init__(
            "Is the sheet at hand?",
            "Type these two groups from it. A sheet that cannot be read, or was never printed, shows itself now.",
        )
        self._key = key
        self.parts = parts_to_type_back(key, random.SystemRandom())
        self.fields: list[QLineEdit] = []
        for part in self.parts:
            self._add(part)
        self.laid_out()

    def _add(self, part: int) -> None:
        field = QLineEdit()
        field.setMaximumWidth(field.fontMetrics().averageCharWidth() * 14)
        field.setAccessibleName(f"Group {part} of the recovery sheet")
        words = label(f"Group &{part}")
        words.setBuddy(field)
        field.returnPressed.connect(partial(self._after, len(self.fields)))
        self.fields.append(field)
        self.body.addLayout(row(words, field, None))

    def _after(self, at: int) -> None:
        """Enter goes to the next field, and on from the last."""
        if at + 1 < len(self.fields):
            self.fields[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.go_on()

    def start_here(self) -> QWidget | None:
        """In the first field that has not been filled."""
        return next((field for field in self.fields if not field.text()), self.fields[0])

    def go_on(self) -> None:
        """Go on if both groups are right; what was typed stays."""
        wrong = [
            part
            for part, field in zip(self.parts, self.fields, strict=True)
            if not typed_back(self._key, (part,), field.text())
        ]
        if not wrong:
            self.say("")
            self.done.emit()
            return
        which = " and ".join(f"group {part}" for part in wrong)
        self.say(
            f"What is typed for {which} is not what stands on the sheet. Look again; if it cannot be read, go "
            "back and print it once more."
        )
        self.fields[self.parts.index(wrong[0])].setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Nothing of the key stays in the fields."""
        self._key = ""
        for field in self.fields:
            field.setText("")
