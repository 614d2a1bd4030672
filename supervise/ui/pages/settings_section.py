"""What every section of the settings is: a title, a quiet line, and what it shows and lets one do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar
from weakref import WeakMethod

from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from supervise.ui.bits import card, column, heading, label, row, scrolling
from supervise.ui.desk import Desk


class Section(QWidget):
    """One section of the settings, which fills the room there is. It is made when it is first opened.

    `title` is what the list at the left says, `guide` the page of the guide that F1 opens ("": that of the
    settings), `cares_about` the kinds of thing after whose change it is read anew. What it shows goes into
    `self.body`; `say` puts a quiet line below the title.
    """

    title: ClassVar[str]
    guide: ClassVar[str] = ""
    cares_about: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.is_stale = True
        self.setAccessibleName(self.title)
        self.heading = heading(self.title)
        self.line = label("", quiet=True, wrap=True)
        self.line.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        self._lay_out()

    def _lay_out(self) -> None:
        self._fill(QVBoxLayout(self)).addLayout(self.body, 1)

    def _fill(self, whole: QVBoxLayout) -> QVBoxLayout:
        whole.setContentsMargins(18, 14, 18, 14)
        whole.setSpacing(4)
        whole.addWidget(self.heading)
        whole.addWidget(self.line)
        return whole

    # What a section says of itself

    def refresh(self) -> None:
        """Read what is to be shown, and show it."""
        raise NotImplementedError

    def open_on(self, subject: object) -> None:
        """Show that subject (a person's id, a policy's …)."""

    def chosen_person(self) -> str | None:
        """Whom "book", "record" and "why" would be about."""
        return None

    def may_leave(self) -> bool:
        """Keep what is being written before something else comes; False if it must be seen first."""
        return True

    def start_here(self) -> QWidget | None:
        """Where the keyboard is when the section is opened by name; None leaves it in the list."""
        return None

    # What sections share

    def say(self, line: str) -> None:
        """The quiet line below the title."""
        self.line.setText(line)
        self.line.setVisible(bool(line))

    @property
    def may_change(self) -> bool:
        """Whether facts can be entered here: not while another day is looked at, nor in a service store,
        whose facts come from exports."""
        return self.desk.view.is_today and not self.desk.workspace.is_service

    def read(self) -> None:
        """Read it, telling what is not the program's fault."""
        self.is_stale = False
        with self.desk.trying():
            self.refresh()


class ScrollSection(Section):
    """A section that may be longer than the window."""

    def _lay_out(self) -> None:
        inner = QWidget()
        whole = self._fill(QVBoxLayout(inner))
        whole.addLayout(self.body)
        whole.addStretch(1)
        self.area = scrolling(inner)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.area)


def part(title: str, *things: QWidget | QLayout) -> QFrame:
    """A part of a section: a heading and what belongs to it, in a box of its own."""
    box = card()
    box.setLayout(column(heading(title, 2), *things, margins=12))
    return box


class Chooser(QComboBox):
    """One of a few values, each with its words; `chosen` is told of what a person chooses."""

    def __init__(self, offered: Sequence[tuple[object, str]], chosen: Callable[[object], None]) -> None:
        super().__init__()
        self._tell = WeakMethod(chosen)
        for value, words in offered:
            self.addItem(words, value)
        self.activated.connect(self._activated)

    def choose(self, value: object, words: str) -> None:
        """Show a value; one that is not offered (such as 140 %, from a settings file) is added, with its
        words."""
        if self.findData(value) < 0:
            self.addItem(words, value)
        self.setCurrentIndex(self.findData(value))

    def _activated(self, at: int) -> None:
        if (tell := self._tell()) is not None:
            tell(self.itemData(at))


def chooser_rows(*rows: tuple[str, QComboBox]) -> QFormLayout:
    """Choices below one another, each behind its label with an & before its key."""
    layout = QFormLayout()
    layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    for words, made in rows:
        before = QLabel(words)
        before.setBuddy(made)
        made.setAccessibleName(words.replace("&", ""))
        layout.addRow(before, row(made, None))
    return layout
