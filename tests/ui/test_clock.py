"""Midnight, sleep, and nobody being there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from supervise.ui.clock import Clock
from tests.ui.driving import Hands


class Told:
    def __init__(self, clock: Clock) -> None:
        self.days: list[int] = []
        self.idle = 0
        clock.new_day.connect(self.days.append)
        clock.idle.connect(self._count)

    def _count(self) -> None:
        self.idle += 1


@pytest.fixture
def clock(qapp: QApplication, hands: Hands) -> Iterator[Clock]:
    made = Clock(hands, lambda: 10)
    yield made
    made.stop()


def test_midnight_is_told_once(clock: Clock, hands: Hands) -> None:
    told = Told(clock)
    clock.look()
    hands.move(hours=14)
    clock.touch()
    assert told.days == []
    hands.move(hours=1)
    clock.touch()
    clock.look()
    clock.look()
    assert told.days == [hands.today()] and told.idle == 0


def test_a_laptop_that_slept_over_a_weekend_wakes_on_the_right_day(clock: Clock, hands: Hands) -> None:
    told = Told(clock)
    hands.move(days=3)
    clock.look()
    assert told.days == [hands.today()] and told.idle == 1


def test_nine_minutes_are_not_idle_and_ten_are(clock: Clock, hands: Hands) -> None:
    told = Told(clock)
    hands.move(minutes=9)
    clock.look()
    assert told.idle == 0
    hands.move(minutes=1)
    clock.look()
    assert told.idle == 1


def test_what_the_program_does_by_itself_is_no_sign_of_life(clock: Clock, hands: Hands) -> None:
    told = Told(clock)
    hands.move(minutes=9)
    clock.eventFilter(QObject(), QEvent(QEvent.Type.KeyPress))
    hands.move(minutes=2)
    clock.look()
    assert told.idle == 1
