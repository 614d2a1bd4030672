"""A canary: PySide6 6.12.0 loses a reference to True at every emit on Python 3.11, and aborts after a few
hundred (docs/decisions/0002). A version that does so must never get into the pinned set."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Signal


class Bird(QObject):
    sings = Signal(bool)


@pytest.mark.usefixtures("qapp")
def test_signals_can_be_emitted_thousands_of_times() -> None:
    bird, heard = Bird(), []
    bird.sings.connect(heard.append)
    for _ in range(5000):
        bird.sings.emit(True)
    assert heard == [True] * 5000
