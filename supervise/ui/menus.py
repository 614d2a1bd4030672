"""The menus: every action of the table as Qt has it, with its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from supervise.ui.actions import ACTIONS, BY_NAME, MENUS


class Menus(QObject):
    """The menus of a window. `wanted` tells the name of what was chosen; a menu about to be opened asks
    `opening` what can be done just then."""

    wanted = Signal(str)

    def __init__(self, window: QMainWindow, opening: Callable[[], None]) -> None:
        super().__init__(window)
        self._bar = window.menuBar()
        self.by_name: dict[str, QAction] = {}
        menus = {title: self._bar.addMenu(title) for title in MENUS}
        for action in ACTIONS:
            made = QAction(window)
            made.setText(action.text)  # given above, Qt would first see whether it is an icon
            made.setShortcuts(_keys(action.keys))
            made.setStatusTip(action.what)
            made.triggered.connect(lambda _=False, name=action.name: self.wanted.emit(name))
            menus[action.menu].addAction(made)
            self.by_name[action.name] = made
        self.by_name["larger"].setShortcuts(_keys("Ctrl++; Ctrl+="))
        self.by_name["go_back"].setShortcuts(_keys("Alt+Left; Esc"))
        for menu in menus.values():
            menu.aboutToShow.connect(opening)
            menu.aboutToHide.connect(self.let_all)

    def show_lacking(self, names: Iterable[str]) -> None:
        """Show these as what cannot be done just now, until the menu closes: keys are never held back by
        what a menu showed a while ago, and what lacks then is said."""
        lacking = set(names)
        for name, made in self.by_name.items():
            made.setEnabled(name not in lacking)

    def let_all(self) -> None:
        """Let everything be chosen again, unless the menus are locked."""
        for made in self.by_name.values():
            made.setEnabled(self._bar.isEnabled())

    def name_undo(self, name: str, what: str | None) -> None:
        """Say in the menu what undo, or redo, would be about."""
        text = BY_NAME[name].text
        self.by_name[name].setText(f"{text}: {what.replace('&', '&&')}" if what else text)

    def lock(self, locked: bool) -> None:
        """Let nothing be chosen, also by keys, while everything is hidden."""
        self._bar.setEnabled(not locked)
        self.let_all()


def _keys(said: str) -> list[QKeySequence]:
    """Keys as they are written, one after the other. (For one at a time Qt's names would all be made: see
    `numbers`.)"""
    return QKeySequence.listFromString(said)
