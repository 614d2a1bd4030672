"""Unfinished writing about somebody, and the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from supervise import wording
from supervise.doing.kept import Unfinished
from supervise.ui.bits import button, emptied, label
from supervise.ui.desk import Desk
from supervise.ui.flow import Flow


def said_of(draft: Unfinished) -> str:
    """ "Supervision of 14 Mar 2017, kept Tue 14 March 2017 16:20"."""
    if not draft.readable:
        return "A draft that cannot be read here"
    kind = "Supervision" if draft.kind in (None, "one_to_one") else wording.words(draft.kind)
    of = f" of {wording.day(draft.on)}" if draft.on else ""
    return f"{kind}{of}, kept {wording.moment(draft.kept_at.astimezone())}"


class OtherWriting(QWidget):
    """A few words and a link for each draft; hidden where there is none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._flow = Flow(gap=8, line_gap=2)
        self.setLayout(self._flow)
        self.hide()

    def show_drafts(self, words: str, drafts: Sequence[Unfinished]) -> None:
        """Name these after some words."""
        emptied(self._flow)
        if drafts:
            self._flow.addWidget(label(words, quiet=True))
        for draft in drafts:
            said = said_of(draft)
            go = partial(self._desk.go, "session", ("draft", draft.session))
            self._flow.addWidget(button(said, go, link=True, name=f"Go on writing: {said}"))
        self.setVisible(bool(drafts))
