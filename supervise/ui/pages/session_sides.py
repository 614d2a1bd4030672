"""Beside what is written: last time's words, and what was promised and is still open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from supervise import wording
from supervise.doing.last_time import LastTime
from supervise.doing.sheet import SheetAction
from supervise.ui.bits import button, column, emptied, heading, label, row
from supervise.ui.pages.session_actions import OFTEN, carried_said, in_order
from supervise.ui.pages.session_editor import Box, PlainEdit
from supervise.ui.pages.session_flow import scrolling


class LastTimeBox(QWidget):
    """What was written last time: under the heading one is at, or all of it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._last: LastTime | None = None
        self._title, self._all = "", False
        self.when = label("", quiet=True)
        box = Box(self)
        self.edit = PlainEdit("Last time", "", box)
        self.edit.setReadOnly(True)
        self.edit.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.turn = button("All of it", self._turn, link=True, name="All of last time’s record")
        above = QWidget(box)
        above.setLayout(row(heading("Last time", 2), self.when, None, self.turn, spacing=6))
        box.fill(self.edit, above)
        self.setLayout(column(box, spacing=0))

    def show_last(self, last: LastTime | None) -> None:
        """Which session was before."""
        self._last = last
        self.when.setText(wording.day(last.held_on) if last else "")
        self.turn.setVisible(last is not None and bool(last.texts))
        self._show()

    def show_heading(self, title: str) -> None:
        """Go to what was written under that heading."""
        self._title, self._all = title, False
        self._show()

    def _turn(self) -> None:
        self._all = not self._all
        self._show()

    def _show(self) -> None:
        self.turn.setText("This heading" if self._all else "All of it")
        self.turn.setAccessibleName(
            "Last time’s words under this heading" if self._all else "All of last time’s record"
        )
        self.edit.show_words(self._words())

    def _words(self) -> str:
        last = self._last
        if last is None:
            return "There is no earlier record of this kind."
        if self._all:
            return whole_of(last)
        if found := last.texts.get(self._title):
            return found
        if last.texts:
            return "Nothing was written under this heading."
        return last.notes or "Nothing was written."


def whole_of(last: LastTime) -> str:
    """All that was written, heading by heading."""
    said = [f"{title}\n{text}" for title, text in last.texts.items()]
    return "\n\n".join([*said, last.notes] if last.notes else said)


class OpenActionsBox(QWidget):
    """What was promised earlier: how often it was carried, and Done. Tab comes here from `after`."""

    done = Signal(str)  # the action's id: done, or open after all

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(2)
        box = QFrame(self)
        box.setProperty("card", True)
        self.area, self._holder = scrolling(box, "Open actions", card=False)
        self._holder.setLayout(column(self._list, None, spacing=0))
        box.setLayout(column(heading("Open actions", 2), self.area, margins=9, spacing=4))
        self.setLayout(column(box, spacing=0))
        self.after: QWidget | None = None
        self._shown: list[tuple[object, ...]] | None = None

    def show_actions(self, actions: Sequence[SheetAction]) -> None:
        """Show them, if anything is otherwise than it was; the button that had the keyboard keeps it."""
        said: list[tuple[object, ...]] = [
            (each.id, each.text, each.carried, each.done_on) for each in actions
        ]
        if said == self._shown:
            return
        focus = self.window().focusWidget()
        had = focus.objectName() if focus is not None and self.isAncestorOf(focus) else ""
        self._shown = said
        emptied(self._list)
        if not actions:
            self._list.addWidget(label("Nothing is open from earlier times.", quiet=True, wrap=True))
        buttons = [self._add_line(each) for each in actions]
        if self.after is not None:
            in_order(self.after, *buttons)
        for each in actions:
            if each.carried >= OFTEN and each.done_on is None:
                self._list.addWidget(_wondered(each))
        if had and (found := self.findChild(QWidget, had)) is not None:
            found.setFocus()

    def _add_line(self, action: SheetAction) -> QWidget:
        """A line with an action; gives its button."""
        text = label(action.text, wrap=True)
        count = label(carried_said(action.carried), quiet=action.carried < OFTEN)
        count.setToolTip(_carried_in_words(action))
        count.setAccessibleName(_carried_in_words(action))
        if action.carried >= OFTEN:
            font = count.font()
            font.setBold(True)
            count.setFont(font)
        if action.done_on is not None:
            count.setText(f"✓ {wording.day(action.done_on)}")
        said = "Done" if action.done_on is None else "Not done"
        made = button(said, partial(self.done.emit, action.id), name=f"{said}: {action.text}")
        made.setObjectName(f"done {action.id}")
        line = row(text, count, made, spacing=6)
        line.setStretchFactor(text, 1)
        holder = QWidget(self._holder)
        holder.setLayout(line)
        self._list.addWidget(holder)
        return made


def _carried_in_words(action: SheetAction) -> str:
    return f"carried {wording.times(action.carried)}" if action.carried else "new"


def _wondered(action: SheetAction) -> QWidget:
    """The question that an action carried so often asks; never a reproach."""
    said = f"“{action.text}” has been carried {wording.times(action.carried)}: what would make the difference?"
    made = label(said, wrap=True)
    made.setProperty("notice", True)
    return made
