"""What the keyboard can do, and what the program is and stands on."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from platform import python_version
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from supervise import __version__
from supervise.ui.actions import ACTIONS, PAGE_KEYS
from supervise.ui.bits import label, row
from supervise.ui.delegates import LinesDelegate
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Dialog
from supervise.ui.tables import Column, Table, TableView

LICENCE = "Supervise is free software under the MIT licence. Qt and PySide6 are used under the LGPL, version 3."
ALONE = (
    "It works on this computer alone: nothing is ever sent over a network, neither records nor statistics "
    "nor reports of faults."
)

#: What the program stands on, by the name under which it is installed, and what for.
STANDS_ON = (
    ("PySide6-Essentials", "the window"),
    ("sqlcipher3", "the encrypted store"),
    ("sqlite-utils", "reading and writing it"),
    ("cryptography", "keys and passphrases"),
    ("keyring", "remembering a passphrase, if asked to"),
    ("zxcvbn", "how strong a passphrase is"),
    ("openpyxl", "workbooks"),
    ("python-calamine", "older and other spreadsheets"),
    ("defusedxml", "reading files with care"),
    ("python-dateutil", "months and years"),
    ("rapidfuzz", "names and words that are alike"),
    ("icalendar", "dates for calendars"),
    ("reportlab", "paper"),
    ("pypdfium2", "paper on the screen"),
    ("platformdirs", "where files belong"),
    ("uuid-utils", "numbers for records"),
    ("click", "the command line"),
    ("tabulate", "tables in a terminal"),
)  # fmt: skip


class Key(NamedTuple):
    """A key: where it works, what it is called there, and what it does."""

    keys: str
    what: str
    more: str
    where: str


class Part(NamedTuple):
    """Something that the program stands on."""

    name: str
    version: str
    what_for: str


def all_keys() -> Iterator[Key]:
    """Every key of the window, then those of single pages."""
    for action in ACTIONS:
        if action.keys:
            shown = QKeySequence(action.keys).toString(QKeySequence.SequenceFormat.NativeText)
            what = action.text.replace("&", "").removesuffix("…")
            yield Key(shown, what, action.what, f"{action.menu.replace('&', '')} menu")
    for page, keys, what in PAGE_KEYS:
        yield Key(keys, what, "", page)


class KeysDialog(Dialog):
    """Everything the keyboard can do, in a table that can be searched."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        said = "Everything can be done without a mouse. In menus and forms, Alt and the underlined letter work too."
        super().__init__(desk, parent, "Keys", said, does="Close")
        self.words = QLineEdit()
        self.words.setPlaceholderText("Such as “book” or “Ctrl”")
        self.words.setClearButtonEnabled(True)
        say = label("&Search the keys")
        say.setBuddy(self.words)
        columns = (
            Column("Keys", lambda key: key.keys, bold=True, width=24),
            Column("Where", lambda key: key.where, width=18),
            Column("What it does", lambda key: key.what, second=lambda key: key.more, width=66),
        )
        self.table = Table(columns, lambda key: (key.where, key.keys), self)
        self.table.show(all_keys())
        self.view = TableView(self.table, "Keys")
        self.view.setItemDelegate(LinesDelegate(desk, self.view))
        self.view.setMinimumSize(_room(self, letters=112, lines=20))
        self.none = label("No key does that. Try another word.", quiet=True)
        self.none.hide()
        self.body.addLayout(row(say, self.words))
        self.body.addWidget(self.none)
        self.body.addWidget(self.view)
        self.words.textChanged.connect(self._search)
        self.close_button.hide()
        self.main.setDefault(False)  # Enter in the field above is no wish to close

    def start_here(self) -> QWidget | None:
        """In the search field."""
        return self.words

    def _search(self, words: str) -> None:
        self.table.filter(words)
        self.none.setVisible(not self.table.records)


class AboutDialog(Dialog):
    """The version, the licence, and what it is made with."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        said = "How often each worker is supervised, where the gaps are, and why."
        super().__init__(desk, parent, f"Supervise {__version__}", said, does="Close")
        for words in (ALONE, LICENCE):
            self.body.addWidget(label(words, wrap=True))
        self.versions = label(f"Python {python_version()} · Qt {qVersion()}", quiet=True)
        self.versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self.versions)
        columns = (
            Column("It stands on", lambda part: part.name, width=24),
            Column("Version", lambda part: part.version, width=14),
            Column("For", lambda part: part.what_for),
        )
        self.table = Table(columns, lambda part: part.name, self)
        self.table.show(Part(name, _version(name), what_for) for name, what_for in STANDS_ON)
        self.view = TableView(self.table, "What it stands on")
        self.view.setMinimumSize(_room(self, letters=84, lines=10))
        self.body.addWidget(self.view)
        self.close_button.hide()

    def start_here(self) -> QWidget | None:
        """On the button that closes it."""
        return self.main


def _version(name: str) -> str:
    """The version that is installed; a program packed as a whole may not know."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "packed in"


def _room(dialog: Dialog, *, letters: int, lines: int) -> QSize:
    """Room for so much text, but no more than the window has."""
    metrics = dialog.fontMetrics()
    window = dialog.parent()
    assert isinstance(window, QWidget)
    wide = min(metrics.averageCharWidth() * letters, window.width() - 120)
    tall = min(metrics.height() * lines, window.height() - metrics.height() * 11)
    return QSize(wide, max(tall, metrics.height() * 4))
