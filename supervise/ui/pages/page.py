"""What every page is: it reads what it shows, and is told which kinds of thing have changed."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from supervise.ui.bits import heading, label, scrolling
from supervise.ui.desk import Desk

FACTS = frozenset(
    ("person", "post", "absence", "session", "variation", "policy", "case_allocation", "case_discussion")
)
"""The kinds of thing that standings and gaps depend on."""


class Page(QWidget):
    """A page. A hidden one only marks itself stale; it is read anew when it is shown.

    `name` is what `Desk.go` opens it by, `title` what stands above it, `guide` the page of the guide that
    F1 opens.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    guide: ClassVar[str] = ""
    cares_about: ClassVar[frozenset[str]] = FACTS
    asks_whom: ClassVar[frozenset[str]] = frozenset()
    """Actions about a person for which the page asks whom, where nobody is chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setAccessibleName(self.title)
        self._stale = True
        desk.changed.connect(self.on_changed)
        desk.view.changed.connect(self.look_again)

    # What a page says of itself

    def refresh(self) -> None:
        """Read what is to be shown, and show it."""
        raise NotImplementedError

    def open_on(self, subject: object) -> None:
        """Show that subject (a person's id, a session's …)."""

    def chosen_person(self) -> str | None:
        """Whom "book", "record" and "why" would be about."""
        return None

    def may_leave(self) -> bool:
        """Keep what is being written before another page comes; False if that failed and must be seen."""
        return True

    def start_here(self) -> QWidget | None:
        """Where the keyboard is when the page opens."""
        return None

    # When it is read

    def on_changed(self, touched: frozenset[str]) -> None:
        """Something was altered."""
        if touched & self.cares_about:
            self.look_again()

    def look_again(self) -> None:
        """Read anew: now, if it can be seen, else when it is next shown."""
        if self.isVisible():
            self.read()
        else:
            self._stale = True

    def opened(self) -> None:
        """It has been brought to the front."""
        if self._stale:
            self.read()
        if (start := self.start_here()) is not None:
            start.setFocus()

    def read(self) -> None:
        """Read it, telling what is not the program's fault."""
        self._stale = False
        with self.desk.trying():
            self.refresh()


class ScrollPage(Page):
    """A page that may be longer than the window: a title, a quiet line below it, and `self.body`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.heading = heading(self.title)
        self.line = label("", quiet=True, wrap=True)
        self.line.hide()
        inner = QWidget()
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(18, 14, 18, 14)
        whole.setSpacing(4)
        whole.addWidget(self.heading)
        whole.addWidget(self.line)
        whole.addLayout(self.body)
        whole.addStretch(1)
        self.area = scrolling(inner)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.area)

    def opened(self) -> None:
        """It begins at its top, wherever the keyboard is put."""
        super().opened()
        self.area.verticalScrollBar().setValue(0)

    def say(self, title: str, line: str = "") -> None:
        """The title, and the quiet line below it."""
        self.heading.setText(title)
        self.line.setText(line)
        self.line.setVisible(bool(line))
