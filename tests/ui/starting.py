"""Somebody who starts the program: the real App on files of the test's own, driven by keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from supervise.crash_log import noting
from supervise.places import Machine, Places
from supervise.ui.app import App
from supervise.ui.start import Start
from tests.ui.driving import Hands, _texts

ME = "nbowen"
PASSPHRASE = "violin glacier turnip"
KEEPER = "Margaret Adeyemi"


class Somebody:
    """A person at this computer. `keys` counts every key they pressed; one chord is one."""

    def __init__(self, qtbot: QtBot, folder: Path, hands: Hands) -> None:
        self.qtbot, self.hands, self.folder = qtbot, hands, folder
        self.home = folder / "home"
        self.home.mkdir()
        self.machine = Machine(folder / "logs", folder / "settings.json")
        self.places = Places(self.home / "data" / "supervise.store")
        self.practice = Places(self.home / "practice" / "practice.store")
        self.ended = 0
        self.keys = 0
        self.apps: list[App] = []

    def starts(
        self,
        *,
        store: Path | None = None,
        passphrase: str | None = None,
        me: str = ME,
        **environment: str,
    ) -> App:
        """Start the program."""
        given = [passphrase]
        start = Start(
            now=self.hands, me=me, take_passphrase=lambda: given.pop() if given else None,
            places=Places(store) if store else self.places, was_named=store is not None,
            practice=self.practice, machine=self.machine, home=self.home, environment=environment,
        )  # fmt: skip
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        app = App(start, qt, noting(self.machine.logs, self.hands))
        self.apps.append(app)
        app.ended.connect(self._end)
        app.begin()
        self.settles()
        return app

    def _end(self) -> None:
        self.ended += 1

    @property
    def app(self) -> App:
        """The program started last."""
        return self.apps[-1]

    def ends(self) -> None:
        """The program that was started last is let go, as `run` does at the end."""
        self.apps.pop().close()
        self.settles()

    # Doing

    def presses(self, keys: str, times: int = 1) -> None:
        """Press keys where the keyboard is."""
        for _ in range(times):
            self.takes_the_keyboard()
            self.keys += 1
            QTest.keySequence(self.where(), QKeySequence(keys))
            self.settles()

    def types(self, text: str) -> None:
        """Type words where the keyboard is."""
        self.takes_the_keyboard()
        self.keys += len(text)
        QTest.keyClicks(self.where(), text)
        self.settles()

    def clicks(self, text: str) -> None:
        """Click the first visible button that says this."""
        QTest.mouseClick(self.button(text), Qt.MouseButton.LeftButton)
        self.settles()

    def settles(self) -> None:
        """Let everything that is due happen."""
        for _ in range(4):
            QTest.qWait(0)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def takes_the_keyboard(self) -> None:
        """Where nobody manages windows, none is given the keyboard when another goes."""
        if QApplication.activeWindow() is None:
            (self.dialog() or self.window()).activateWindow()
            self.qtbot.waitUntil(lambda: QApplication.activeWindow() is not None)

    def waits_until(self, holds: Callable[[], object]) -> None:
        """Until something holds; it fails if that takes too long."""
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=15_000)
        self.settles()

    def waits_for(self, words: str) -> None:
        """Until these words are on the screen."""

        def shown() -> None:
            assert words in self.reads(), f"“{words}” is not on the screen:\n{self.reads()}"

        self.qtbot.waitUntil(shown, timeout=15_000)
        self.settles()

    def waits_for_the_window(self) -> None:
        """Until the store is open."""
        self.waits_until(lambda: self.app.window is not None)

    # Seeing

    def window(self) -> QMainWindow:
        """The door, or the window."""
        found = self.app.window or self.app.doors.window
        assert found is not None
        return found

    def dialog(self) -> Any:
        """The dialog on top, or None."""
        found = [each for each in self.window().findChildren(QDialog) if each.isVisible()]
        return found[-1] if found else None

    def where(self) -> QWidget:
        """Where the keyboard is."""
        return QApplication.focusWidget() or self.dialog() or self.window()

    def step(self) -> Any:
        """The page of the first start that is shown."""
        return self.app.doors.page.front  # type: ignore[union-attr]

    def reads(self) -> str:
        """Everything that can be read, line by line."""
        try:
            root = self.dialog() or self.window()
        except AssertionError:
            return ""
        return "\n".join(_texts(root))

    def sees(self, *words: str) -> None:
        """Each of these can be read."""
        for each in words:
            assert each in self.reads(), f"“{each}” is not on the screen:\n{self.reads()}"

    def sees_not(self, *words: str) -> None:
        """None of these can be read."""
        for each in words:
            assert each not in self.reads(), f"“{each}” is on the screen:\n{self.reads()}"

    def hears(self) -> str:
        """What the foot of the window says."""
        assert self.app.window is not None
        return self.app.window.foot.said.text()

    def button(self, text: str) -> QAbstractButton:
        """The first visible button that says this, or is called so."""
        for each in (self.dialog() or self.window()).findChildren(QAbstractButton):
            if each.isVisible() and text in (each.text().replace("&", ""), each.accessibleName()):
                return each
        raise AssertionError(f"no button “{text}” on the screen:\n{self.reads()}")

    # What is done often

    def chooses(self, way: str) -> None:
        """Choose a way that makes a store; a button pressed by its key takes a tenth of a second."""
        self.presses(way)
        self.waits_for("Where will your records be kept?")

    def makes_a_store(self, way: str = "Alt+S", *, second_place: Path | None = None) -> str:
        """The whole way from the first page to the window, by keys. Gives the recovery key, which they
        copied from the screen."""
        self.chooses(way)
        self.presses("Return")
        self.waits_for("Choose a passphrase")
        self.types(PASSPHRASE)
        self.presses("Return")
        self.types(PASSPHRASE)
        self.presses("Return")
        self.waits_for("Print the recovery sheet")
        self.types(KEEPER)
        self.presses("Alt+K")
        self.waits_for("Copy all eight groups on paper.")
        key = self.copied_key()
        self.presses("Return")
        self.types_back(key)
        if second_place is None:
            self.presses("Alt+S")
        else:
            self.types(str(second_place))
            self.presses("Return")
            self.waits_for("Press “Use this folder” again")
            self.presses("Return")
        self.waits_for_the_window()
        return key

    def copied_key(self) -> str:
        """The groups that stand on the screen, in order."""
        groups = [line for line in self.reads().splitlines() if re.fullmatch("[A-Z2-7]{4}", line)]
        assert len(groups) == 8, self.reads()
        return "-".join(groups)

    def types_back(self, key: str) -> None:
        """The two groups that are asked for."""
        for part in self.step().parts:
            self.types(key.split("-")[part - 1].lower())
            self.presses("Return")

    def opens(self, passphrase: str = PASSPHRASE) -> None:
        """Start the program, and open the store that is there."""
        self.starts()
        self.types(passphrase)
        self.presses("Return")
        self.waits_for_the_window()


@pytest.fixture
def somebody(qtbot: QtBot, tmp_path: Path) -> Iterator[Somebody]:
    """Somebody; every program that they started is let go at the end, and no window is left."""
    one = Somebody(qtbot, tmp_path, Hands())
    yield one
    while one.apps:
        one.ends()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    for each in left:
        each.hide()
    assert not left, f"left open: {left}"


def secrets_on(widget: QWidget) -> list[str]:
    """What stands in its fields that nobody can read."""
    fields = widget.findChildren(QLineEdit)
    return [each.text() for each in fields if each.echoMode() is QLineEdit.EchoMode.Password]
