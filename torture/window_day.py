"""A day at the window, in a process of its own: python -m torture.window_day STORE HOME.

A word of its own is typed into every field of every page and dialog. The passphrase comes on the first line of
standard input; every word typed is said on standard output.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

from supervise.crash_log import noting
from supervise.places import Places
from supervise.store import create_store
from tests.store.child import say
from tests.store.prose import sentinels
from tests.ui.driving import Driver, Hands, practice_store
from tests.ui.shots import TEAM, scenes

_NUMBERS = count()


def main(store: Path, home: Path) -> None:
    """The whole day."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    hands = Hands()
    made, recovery_key = create_store(
        Places(store), sys.stdin.readline().strip(), now=hands, user="zqlogin", program="the window"
    )
    for word in (recovery_key, recovery_key.replace("-", ""), made.key.hex()):
        say(word)
    practice_store(hands, made)
    for word in sentinels(made).values():
        say(word)
    seat = Driver(None, made, hands, settings_file=home / "settings.json")
    seat.patience *= 6  # whatever is watched by strace is slow
    seat.looks_at(TEAM)
    for name, bring_up in scenes(seat):
        if name == "locked":
            continue
        bring_up()
        seat.rests()
        type_everywhere(seat.dialog() or seat.window)
        seat.rests()
        _finish(seat)
    seat.close()
    _crash(home)
    made.backup("by-hand")
    made.close()


def type_everywhere(root: QWidget) -> None:
    """Types a word into each field that can be typed into."""
    for field in _fields(root):
        word = f"zqtyped{next(_NUMBERS)}qz"
        field.setFocus()
        QTest.keyClicks(field, word)
        if word in (field.text() if isinstance(field, QLineEdit) else field.toPlainText()):
            say(word)


def _fields(root: QWidget) -> Iterator[QLineEdit | QPlainTextEdit | QTextEdit]:
    found: list[QLineEdit | QPlainTextEdit | QTextEdit] = [
        *root.findChildren(QLineEdit), *root.findChildren(QPlainTextEdit), *root.findChildren(QTextEdit),
    ]  # fmt: skip
    return (each for each in found if each.isVisible() and each.isEnabled() and not each.isReadOnly())


def _finish(seat: Driver) -> None:
    """What a dialog does when one is done with it; whatever it says to that, it is closed then."""
    dialog = seat.dialog()
    if isinstance(dialog, QDialog):
        for button in dialog.findChildren(QPushButton):
            if button.isDefault() and button.isEnabled() and button.isVisible():
                button.click()
                break
        seat.rests()
    for each in seat.dialogs():
        each.reject()
    seat.settle()


def _crash(home: Path) -> None:
    """A fault that has words in its message and its values."""
    word = "zqcrashqz"
    say(word)
    try:
        raise ValueError(word)
    except ValueError as error:
        noting(home / "logs", lambda: datetime(2026, 3, 18, tzinfo=UTC))(ValueError, error.__traceback__)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
