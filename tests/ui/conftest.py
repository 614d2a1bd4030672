"""The real window on a real store, and nothing left over."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from supervise.store import Store, memory_store
from tests.ui.driving import Driver, Hands, practice_store


@pytest.fixture(autouse=True)
def no_window_is_left(qapp: QApplication) -> Iterator[None]:
    """A test that leaves a window open fails."""
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    ticking = [each for each in gc.get_objects() if isinstance(each, QTimer) and _ticks(each)]
    assert not ticking, f"left ticking: {[each.parent() for each in ticking]}"
    left = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    for each in left:
        each.hide()
    assert not left, f"left open: {left}"


def _ticks(timer: QTimer) -> bool:
    return isValid(timer) and timer.isActive()


@pytest.fixture
def hands() -> Hands:
    """The clock of the test."""
    return Hands()


@pytest.fixture
def opened(qtbot: QtBot, hands: Hands) -> Iterator[Callable[..., Driver]]:
    """Opens the window on a store; it is closed at the end."""
    made: list[Driver] = []

    def open_on(store: Store, **how: object) -> Driver:
        made.append(Driver(qtbot, store, hands, **how))  # type: ignore[arg-type]
        return made[-1]

    yield open_on
    for driver in made:
        driver.close()


@pytest.fixture
def practice(opened: Callable[..., Driver], hands: Hands) -> Driver:
    """The window on the practice service."""
    return opened(practice_store(hands))


@pytest.fixture
def empty(opened: Callable[..., Driver], hands: Hands) -> Driver:
    """The window on an empty store."""
    return opened(memory_store(hands))
