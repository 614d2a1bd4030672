"""Numbers by which Qt's own properties know a few of its names.

Python's `Qt` (`Qt.FocusPolicy`, `Qt.Key` …) is 1,800 names in one piece, all made when the first of them is
used: that takes as long as a page. So nothing that is needed for the first page names it; what is set there is
set by these numbers, and a test holds them against Qt's names. Whatever comes later imports `Qt` where it is
used (decision 0013).
"""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

PLAIN_TEXT = 0
"""`Qt.TextFormat.PlainText`."""

SELECTABLE_BY_MOUSE = 1
"""`Qt.TextInteractionFlag.TextSelectableByMouse`."""

NO_FOCUS, STRONG_FOCUS = 0, 11
"""`Qt.FocusPolicy.NoFocus`, and `StrongFocus`: by Tab and by a click."""


def read_as_plain(label: QLabel) -> None:
    """Never read its words as markup."""
    label.setProperty("textFormat", PLAIN_TEXT)


def take_focus(widget: QWidget, policy: int = STRONG_FOCUS) -> None:
    """Let the keyboard come here by Tab and by a click, or never (`NO_FOCUS`)."""
    widget.setProperty("focusPolicy", policy)
