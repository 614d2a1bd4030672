"""Why? The engine's own sentences: where somebody stands, and how each gap came to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from supervise.doing.looking import Looking
from supervise.ui.bits import button, heading, label
from supervise.ui.clipboard import put_on_clipboard
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Dialog
from supervise.ui.pages.person_words import gap_said

SHOWN = 5
"""As many gaps as are told at once; a button tells all the others."""

_WIDE = 92
"""The width of the sentences, in average letters."""


class Told(NamedTuple):
    """A part of the answer: what it is about, and its sentences."""

    about: str
    sentences: Sequence[str]


def told(desk: Desk, subject: str, clock: str | None) -> list[Told]:
    """The standing of a person or a case on the day looked at, then each gap, the newest first. BadQuestion if
    there is nobody of that id."""
    looking, day = Looking(desk.workspace.here), desk.view.day
    standing, *gaps = looking.why(subject, day, clock)
    if clock is None or desk.workspace.here.rulebook().per(clock) == "person":
        names = [f"Gap {gap_said(story.gap)}" for story in looking.person(subject, day, clock).gaps]
    else:
        names = [f"Gap {len(gaps) - at} of {len(gaps)}" for at in range(len(gaps))]
    return [Told("", standing), *(Told(*each) for each in zip(names, gaps, strict=True))]


class Sentences(QFrame):
    """Sentences below one another, the first in bold, which the keyboard can stand on and a screen reader
    reads as one."""

    def __init__(self, part: Told, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        first, *others = (part.about, *part.sentences) if part.about else part.sentences
        self.setAccessibleName(
            " ".join((f"{part.about}." if part.about else "", *part.sentences)).strip()
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 6, 12, 8)
        whole.setSpacing(3)
        head = heading(first, 3)
        head.setWordWrap(True)
        whole.addWidget(head)
        for sentence in others:
            whole.addWidget(label(sentence, wrap=True))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard stands here."""
        self._mark(True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard has gone on."""
        self._mark(False)
        super().focusOutEvent(event)

    def _mark(self, chosen: bool) -> None:
        self.setProperty("chosen", chosen)
        self.style().unpolish(self)
        self.style().polish(self)


class WhyDialog(Dialog):
    """Why somebody, or a case under its clock, stands where they do. Nothing is changed here."""

    def __init__(self, desk: Desk, parent: QWidget, subject: str, clock: str | None = None) -> None:
        self.parts = told(desk, subject, clock)
        self.subject_name = desk.workspace.here.name(subject)
        super().__init__(desk, parent, f"Why? {self.subject_name}", does="Close")
        self.close_button.hide()
        wide = self.fontMetrics().averageCharWidth() * _WIDE
        self.body.addStrut(min(wide, parent.window().width() - 100))
        self.copy_button = button("&Copy", self.copy)
        self.buttons.insertWidget(0, self.copy_button)
        self._tell(self.parts[: 1 + SHOWN])
        self.more = button(f"Show all {len(self.parts) - 1} gaps", self._tell_all, link=True)
        self.more.setVisible(len(self.parts) > 1 + SHOWN)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def _tell(self, parts: Iterable[Told]) -> None:
        for part in parts:
            self.body.insertWidget(self.body.count(), Sentences(part))

    def _tell_all(self) -> None:
        self.more.hide()
        self._tell(self.parts[1 + SHOWN :])

    def start_here(self) -> QWidget | None:
        """On the way out: Enter and Esc both close it."""
        return self.main

    def copy(self) -> None:
        """All of it as text, also what is not shown yet."""
        parts = ["\n".join(filter(None, (part.about, *part.sentences))) for part in self.parts]
        put_on_clipboard("\n\n".join((self.subject_name, *parts)))
        self.copy_button.setText("Copied")
