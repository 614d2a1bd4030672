"""A driver for the real window: by keys, clicks and what can be read on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAction, QFont, QFontDatabase, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from supervise.exchange.practice import practice_plan
from supervise.places import resource
from supervise.store import Store, memory_store
from supervise.ui.background import Background
from supervise.ui.desk import Desk
from supervise.ui.foot import Foot
from supervise.ui.lock import LockPage
from supervise.ui.look import dress
from supervise.ui.memory import Memory
from supervise.ui.theme import theme_called
from supervise.ui.window import Window
from supervise.workspace import Workspace

START = datetime(2026, 3, 18, 9, 30, tzinfo=UTC)
"""A Wednesday: the present moment of every journey, until somebody moves the hands."""

ME = "Nerys Bowen"


class Hands:
    """A clock whose hands a test moves."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)

    def today(self) -> int:
        return self.at.date().toordinal()


def practice_store(hands: Hands, store: Store | None = None) -> Store:
    """The practice service in a store in memory, if no other is given."""
    made = store or memory_store(hands)
    here = Workspace(made, today=hands.today, me=ME)
    policy = resource("policies", "standards-2020-with-defaults.toml")
    here.carry_out(practice_plan(resource("practice"), policy, hands.today()))
    return made


class Driver:
    """Somebody at the window. What they do reads as a sentence; what they see is asked of the screen."""

    patience = 500
    """How often they look, every 10 ms, before something took too long."""

    def __init__(
        self,
        qtbot: QtBot | None,
        store: Store,
        hands: Hands,
        *,
        theme: str = "light",
        percent: int = 100,
        settings_file: Path | None = None,
    ) -> None:
        self.qtbot, self.hands = qtbot, hands
        self.memory = Memory(settings_file)
        self.memory["text_percent"] = percent
        self.crashes: list[BaseException] = []
        self.background = Background(self.crashes.append)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        letters(app)
        dress(app, theme_called(theme), percent)
        self.foot = Foot()
        self.workspace = Workspace(store, today=hands.today, me=ME)
        self.desk = Desk(
            self.workspace, self.foot, self.background, self.memory, theme_called(theme), hands
        )
        self.window = Window(self.desk, self.foot, lambda: LockPage(self.background, None), lambda: None)
        self.window.resize(1090, 610)
        self.window.show()
        QTest.qWaitForWindowExposed(self.window)
        self.window.activateWindow()

    def close(self) -> None:
        """Everything is let go; what crashed on the way is told."""
        for dialog in self.dialogs():
            dialog.reject()
        self.window.close()
        self.background.close()
        self.window.deleteLater()
        self.settle()
        assert not self.crashes, self.crashes

    # Doing

    def opens(self, page: str, subject: object = None) -> Any:
        """Open a page; gives it."""
        self.window.open_page(page, subject)
        self.settle()
        return self.window.front

    def looks_at(self, team: str | None = None, day: int | None = None) -> None:
        """Look at a team, and a day."""
        self.desk.view.choose_team(team)
        self.desk.view.look_at(day)
        self.settle()

    def presses(self, keys: str, times: int = 1) -> None:
        """Press keys, wherever the keyboard is now."""
        for _ in range(times):
            self._in_front()
            QTest.keySequence(self.where(), QKeySequence(keys))
            self.settle()

    def _in_front(self) -> None:
        """Without a screen no window becomes active when a dialog over it closes."""
        if QApplication.activeWindow() is None or QApplication.focusWidget() is None:
            front = self.dialog() or self.window
            front.activateWindow()
            QTest.qWaitForWindowActive(front)
            self.settle()

    def types(self, text: str) -> None:
        """Type words where the keyboard is."""
        self._in_front()
        QTest.keyClicks(self.where(), text)
        self.settle()

    def clicks(self, text: str, inside: QWidget | None = None) -> None:
        """Click the first visible button that says this."""
        QTest.mouseClick(self.button(text, inside), Qt.MouseButton.LeftButton)
        self.settle()

    def does(self, action: str) -> None:
        """Choose an action of the menus."""
        made: QAction = self.window.menus.by_name[action]
        made.trigger()
        self.settle()

    def settle(self) -> None:
        """Let everything that is due happen."""
        for _ in range(4):  # laying out goes from the inside to the outside, a round of events each
            QTest.qWait(0)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def waits_until(self, holds: Callable[[], bool]) -> None:
        """Until something holds; it fails if that takes too long."""
        for _ in range(self.patience):
            if holds():
                return
            QTest.qWait(10)
        raise AssertionError("it took too long")

    def rests(self) -> None:
        """Wait until nothing is under way beside the window."""
        self.settle()
        self.waits_until(lambda: not self.background.is_busy)
        self.settle()

    # Seeing

    def where(self) -> QWidget:
        """Where the keyboard is."""
        return QApplication.focusWidget() or self.dialog() or self.window

    def dialogs(self) -> list[QDialog]:
        """The dialogs that can be seen."""
        return [each for each in self.window.findChildren(QDialog) if each.isVisible()]

    def dialog(self) -> Any:
        """The dialog on top, or None."""
        found = self.dialogs()
        return found[-1] if found else None

    def button(self, text: str, inside: QWidget | None = None) -> QAbstractButton:
        """The first visible button that says this, or is called so."""
        root = inside or self.dialog() or self.window
        for each in root.findChildren(QAbstractButton):
            said = {each.text().replace("&", ""), each.accessibleName()}
            if each.isVisible() and text in said:
                return each
        raise AssertionError(f"no button “{text}”; there are: {sorted(self.buttons(root))}")

    def buttons(self, root: QWidget | None = None) -> set[str]:
        """What the visible buttons say."""
        found = (root or self.window).findChildren(QAbstractButton)
        return {each.text().replace("&", "") for each in found if each.isVisible()}

    def reads(self, root: QWidget | None = None) -> str:
        """Everything that can be read on the screen, line by line."""
        return "\n".join(_texts(root or self.dialog() or self.window))

    def sees(self, *words: str) -> None:
        """Each of these can be read."""
        seen = self.reads()
        for each in words:
            assert each in seen, f"“{each}” is not on the screen, which says:\n{seen}"

    def sees_not(self, *words: str) -> None:
        """None of these can be read."""
        seen = self.reads()
        for each in words:
            assert each not in seen, f"“{each}” is on the screen:\n{seen}"

    def hears(self) -> str:
        """What the foot of the window says."""
        return self.foot.said.text()

    def picture(self, path: Path) -> None:
        """Keep a picture of the window, or of the dialog over it, once the next frames have drawn what was left."""
        QTest.qWait(200)
        (self.dialog() or self.window).grab().save(str(path))


def _texts(root: QWidget) -> Iterator[str]:
    for each in (root, *root.findChildren(QWidget)):
        if not each.isVisible():
            continue
        if isinstance(each, QLabel | QAbstractButton):
            yield each.text().replace("&", "")
        elif isinstance(each, QLineEdit):
            yield each.text()
        elif isinstance(each, QPlainTextEdit | QTextEdit):
            yield each.toPlainText()
        elif isinstance(each, QComboBox):
            yield each.currentText()
        elif isinstance(each, QAbstractItemView) and (model := each.model()) is not None:
            columns = 1 if isinstance(each, QListView) else model.columnCount()
            for row in range(model.rowCount()):
                cells = (model.index(row, column) for column in range(columns))
                yield " | ".join(str(cell.data() or "") for cell in cells)


def unnamed(root: QWidget) -> list[str]:
    """What can have the keyboard but has no name that a screen reader could say."""
    found = []
    for each in root.findChildren(QWidget):
        if not each.isVisible() or each.focusPolicy() == Qt.FocusPolicy.NoFocus or each.focusProxy():
            continue
        heard = QAccessible.queryAccessibleInterface(each)
        name = heard.text(QAccessible.Text.Name) if heard else ""
        if not name.strip() and each.objectName() not in (
            "qt_scrollarea_viewport",
            "qt_spinbox_lineedit",
        ):
            found.append(f"{type(each).__name__} in {type(each.parent()).__name__}")
    return found


def letters(app: QApplication) -> None:
    """A bare machine has no letters at all: there the tests bring their own, which everybody's papers use."""
    if not QFontDatabase.families():
        at = QFontDatabase.addApplicationFont(str(resource("fonts", "DejaVuSansCondensed.ttf")))
        app.setFont(QFont(QFontDatabase.applicationFontFamilies(at)[0], 9))
