"""Slow things do not stop the window, and none is left over."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from supervise.errors import BadQuestion, SuperviseError
from supervise.ui.background import BROKEN, Background


class Heard:
    """What came back."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.errors: list[SuperviseError] = []
        self.crashes: list[BaseException] = []

    def count(self) -> int:
        return len(self.results) + len(self.errors) + len(self.crashes)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def background(qtbot: QtBot, heard: Heard) -> Iterator[Background]:
    made = Background(heard.crashes.append)
    yield made
    made.close()


def test_work_is_done_beside_the_window_and_its_result_comes_back(
    background: Background, heard: Heard, qtbot: QtBot
) -> None:
    background.run(lambda: threading.current_thread().name, heard.results.append, heard.errors.append)
    assert background.is_busy
    qtbot.waitUntil(lambda: heard.count() == 1)
    assert str(heard.results[0]).startswith("background") and not background.is_busy


def test_an_error_of_ours_is_told_and_one_of_the_program_is_a_crash_and_ends_the_waiting(
    background: Background, heard: Heard, qtbot: QtBot
) -> None:
    def refuse() -> None:
        raise BadQuestion("No.")

    def break_down() -> None:
        raise ZeroDivisionError

    background.run(refuse, heard.results.append, heard.errors.append)
    background.run(break_down, heard.results.append, heard.errors.append)
    qtbot.waitUntil(lambda: heard.count() == 3)
    assert [error.sentence for error in heard.errors] == ["No.", BROKEN[0]]
    assert [type(crash) for crash in heard.crashes] == [ZeroDivisionError] and not heard.results


def test_what_was_cancelled_never_comes_back(background: Background, heard: Heard, qtbot: QtBot) -> None:
    held = threading.Event()
    job = background.run(lambda: held.wait(5), heard.results.append, heard.errors.append)
    job.cancel()
    held.set()
    background.run(lambda: "after", heard.results.append, heard.errors.append)
    qtbot.waitUntil(lambda: heard.count() == 1)
    assert heard.results == ["after"]


def test_steps_are_taken_one_by_one_and_the_result_is_what_they_return(
    background: Background, heard: Heard, qtbot: QtBot
) -> None:
    def steps() -> Iterator[tuple[int, int]]:
        yield 1, 2
        yield 2, 2
        return "whole"

    told: list[tuple[int, int]] = []
    background.stepped.connect(lambda job, done, of: told.append((done, of)))
    background.step(steps(), heard.results.append, heard.errors.append)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: heard.count() == 1)
    assert told == [(1, 2), (2, 2)] and heard.results == ["whole"]


def test_steps_that_are_cancelled_are_closed_and_say_nothing(
    background: Background, heard: Heard, qtbot: QtBot
) -> None:
    closed: list[bool] = []

    def steps() -> Iterator[tuple[int, int]]:
        try:
            for n in range(1_000_000):
                yield n, 1_000_000
        finally:
            closed.append(True)

    job = background.step(steps(), heard.results.append, heard.errors.append)  # type: ignore[arg-type]
    with qtbot.waitSignal(background.stepped):
        pass
    job.cancel()
    qtbot.waitUntil(lambda: bool(closed))
    assert not heard.count() and not background.is_busy


def test_steps_that_fail_are_told(background: Background, heard: Heard, qtbot: QtBot) -> None:
    def steps() -> Iterator[tuple[int, int]]:
        yield 1, 2
        raise BadQuestion("Half way.")

    background.step(steps(), heard.results.append, heard.errors.append)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: heard.count() == 1)
    assert str(heard.errors[0]) == "Half way."


def test_steps_that_break_down_are_a_crash_and_end_the_waiting(
    background: Background, heard: Heard, qtbot: QtBot
) -> None:
    def steps() -> Iterator[tuple[int, int]]:
        yield 1, 2
        raise ZeroDivisionError

    background.step(steps(), heard.results.append, heard.errors.append)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: heard.count() == 2)
    assert [error.sentence for error in heard.errors] == [BROKEN[0]] and not background.is_busy
    assert [type(crash) for crash in heard.crashes] == [ZeroDivisionError]
