"""Small pieces that pages and dialogs are put together from."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MethodType
from typing import TypeVar
from weakref import WeakMethod

from PySide6.QtGui import QEnterEvent, QFont
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from supervise import wording
from supervise.ui.numbers import NO_FOCUS, read_as_plain, take_focus
from supervise.ui.theme import STATUSES

_Box = TypeVar("_Box", QHBoxLayout, QVBoxLayout)


_BREAKS_AFTER = 20
"""Letters without a space after which a word may break into lines."""

_BREAK = "\u200b"  # a space of no width
_TOO_LONG = re.compile(rf"\S{{{_BREAKS_AFTER}}}(?=\S)")


class Label(QLabel):
    """Words to read. A word without an end breaks into lines instead of making a page as wide as it is."""

    def setText(self, text: str) -> None:
        """Show these words."""
        super().setText(_TOO_LONG.sub(rf"\g<0>{_BREAK}", text))

    def text(self) -> str:
        """The words as they were given."""
        return super().text().replace(_BREAK, "")


def label(text: str, *, quiet: bool = False, wrap: bool = False) -> QLabel:
    """Words to read; never read as markup."""
    made = Label()
    read_as_plain(made)
    made.setText(text)
    made.setProperty("quiet", quiet)
    made.setWordWrap(wrap)
    return made


def heading(text: str, level: int = 1) -> QLabel:
    """A heading: 1 is a page's title, 2 a part of it. A screen reader is told that it is one."""
    made = label(text, wrap=level == 1)
    font = QFont(made.font())
    font.setBold(True)
    font.setPointSizeF(font.pointSizeF() * {1: 1.45, 2: 1.05}.get(level, 1.0))
    made.setFont(font)
    made.setProperty("heading", level)
    return made


def notice(text: str, *, trouble: bool = False) -> QLabel:
    """Something to look at, in a box of its own."""
    made = label(text, wrap=True)
    made.setProperty("trouble" if trouble else "notice", True)
    return made


def plain_tip(text: str) -> str:
    """Words for a tool tip, which Qt would read as markup where they look like it. (What Python has for this
    brings the name of every letter there is.)"""
    return f"<qt>{text.replace('&', '&amp;').replace('<', '&lt;')}</qt>"


class Link(QPushButton):
    """A button that looks like a link in a sentence."""

    def enterEvent(self, event: QEnterEvent) -> None:
        """The mouse shows a hand on it."""
        from PySide6.QtCore import Qt

        self.setCursor(Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)


def button(
    text: str,
    does: Callable[[], object] | None = None,
    *,
    main: bool = False,
    link: bool = False,
    name: str | None = None,
) -> QPushButton:
    """A button. `main` is the one obvious thing to do, `link` looks like a link in a sentence; `name` is
    what a screen reader says where the words alone do not say of whom. A method given as `does` does not keep
    its widget alive."""
    made = Link(text) if link else QPushButton(text)
    made.setProperty("main", main)
    made.setProperty("link", link)
    made.setAutoDefault(False)
    if name:
        made.setAccessibleName(name)
    if does is not None:
        made.clicked.connect(without_arguments(does))
    return made


def without_arguments(does: Callable[[], object]) -> Callable[[], object]:
    """The same without what a signal passes along. Qt would keep a method's widget alive for ever, so that a
    method is only held weakly."""
    if not isinstance(does, MethodType):
        return lambda *_: does()
    held = WeakMethod(does)
    return lambda *_: method() if (method := held()) is not None else None


class Pill(Label):
    """A status as shape, word and colour; its colours and its round ends are the style sheet's."""

    def __init__(self, status: str) -> None:
        super().__init__()
        read_as_plain(self)
        self.status = status
        self.setText(str(wording.STATUS[status]))
        self.setIndent(0)
        self.setProperty("pill", status if status in STATUSES else "none")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"Status: {wording.STATUS[status].word}")


def card(*, chosen: bool = False) -> QFrame:
    """A white box with round corners."""
    made = QFrame()
    made.setProperty("card", True)
    made.setProperty("chosen", chosen)
    return made


def scrolling(inner: QWidget | None = None, area: QScrollArea | None = None) -> QScrollArea:
    """Something in an area (a new one, if none is given) that scrolls where there is not room for it. The area
    has no frame and never the keyboard: what is in it has. Without anything yet it can be filled later."""
    made = QScrollArea() if area is None else area
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    take_focus(made, NO_FOCUS)
    if inner is not None:
        made.setWidget(inner)
    return made


def row(*things: QWidget | QLayout | None, margins: int = 0, spacing: int = 8) -> QHBoxLayout:
    """Things beside one another; None is room that gives."""
    return _filled(QHBoxLayout(), things, margins, spacing)


def column(*things: QWidget | QLayout | None, margins: int = 0, spacing: int = 8) -> QVBoxLayout:
    """Things below one another; None is room that gives."""
    return _filled(QVBoxLayout(), things, margins, spacing)


def _filled(box: _Box, things: tuple[QWidget | QLayout | None, ...], margins: int, spacing: int) -> _Box:
    box.setContentsMargins(margins, margins, margins, margins)
    box.setSpacing(spacing)
    for thing in things:
        if thing is None:
            box.addStretch(1)
        elif isinstance(thing, QLayout):
            box.addLayout(thing)
        else:
            box.addWidget(thing)
    return box


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            emptied(inner)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
