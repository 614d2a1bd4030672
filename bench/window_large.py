"""`python -m bench.window_large STORE KEY WHERE`: the window on everybody: the Team page, its table, a long record.

Seconds by what was timed, and the most memory of the process, are written to WHERE. Keys and the wheel come as
the events that a keyboard or a mouse would send; what they lead to is over when it has been painted.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench.after_paint import then

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from supervise.ui.app import App
    from supervise.ui.window import Window

TEAM, SORT, FILTER, SCROLL, TYPE = "team", "sort", "filter", "scroll", "type"
"""What is timed: opening the page; the slowest of the columns, of the keys in the filter, of the frames while
scrolling, and of the frames while typing."""

LETTERS = 100_000
"""How long the record is."""

_WORDS = "priya"  # the forename of one in twenty
_KEYS = "She said that she would ring the school on Monday morning. "
_BETWEEN_TURNS = 1 / 30  # seconds: as a key repeats that is held down
_BETWEEN_KEYS = 0.05  # seconds: quicker than most people type, for longer than a draft waits to be kept
_PARAGRAPH = (
    "We went through the visits of the month one by one and talked about what each of them had shown. "
    * 6
)


class Person:
    """Somebody at the window. Everything they do gives the seconds until the window waits for them again."""

    def __init__(self, app: App) -> None:
        assert app.window is not None
        self.qt, self.window = app.qt, app.window

    def does(self, deed: Callable[[], object]) -> float:
        """Do it, let it be painted, and let everything that it leads to be done."""
        start = perf_counter()
        deed()
        self.qt.processEvents()
        self.qt.processEvents()  # what was laid out anew is painted in the next round
        return perf_counter() - start

    def presses(self, where: QWidget, key: int = 0, text: str = "") -> float:
        """Press a key."""
        from PySide6.QtCore import QCoreApplication, QEvent, Qt
        from PySide6.QtGui import QKeyEvent

        none = Qt.KeyboardModifier.NoModifier
        events = [
            QKeyEvent(kind, key, none, text) for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        ]
        return self.does(lambda: [QCoreApplication.sendEvent(where, event) for event in events])

    def turns_the_wheel(self, where: QWidget) -> float:
        """By one notch."""
        from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent

        at = QPointF(where.rect().center())
        event = QWheelEvent(
            at, where.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        return self.does(lambda: QCoreApplication.sendEvent(where, event))

    def waits(self, until: float) -> Iterable[float]:
        """Let the window do what it does by itself, round by round."""
        while perf_counter() < until:
            yield self.does(lambda: None)


def measured(app: App) -> dict[str, float]:
    """Everything, in order."""
    person = Person(app)
    list(person.waits(perf_counter() + 0.3))  # what the first page does after it has been painted
    found = {TEAM: person.does(lambda: person.window.open_page("team"))}
    page: Any = person.window.front
    found[SORT] = max(person.does(partial(page.view.sortByColumn, *how)) for how in _orders())
    page.words.setFocus()
    found[FILTER] = max(person.presses(page.words, text=letter) for letter in _WORDS)
    person.does(page.words.clear)
    found[SCROLL] = max(_scrolls(person, page.view))
    session, edit = _long_record(person.window)
    found[TYPE] = max(_types(person, edit))
    person.window.desk.workspace.store.drafts.clear(f"session:{session}")  # as the store was before
    return found


def _orders() -> list[tuple[int, Any]]:
    """Every column but the last, up and down; the pictures in that are read first, which takes a while."""
    from PySide6.QtCore import Qt

    orders = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
    return [(column, order) for column in range(7) for order in orders]


def _scrolls(person: Person, view: Any) -> Iterable[float]:
    """A good way down with the wheel, then page by page; pictures come into sight meanwhile."""
    from PySide6.QtCore import Qt

    view.setFocus()
    turn = partial(person.turns_the_wheel, view.viewport())
    page = partial(person.presses, view, Qt.Key.Key_PageDown.value)
    for does in [*[turn] * 120, *[page] * 40]:
        due = perf_counter() + _BETWEEN_TURNS
        yield does()
        yield from person.waits(due)


def _long_record(window: Window) -> tuple[str, QWidget]:
    """Unfinished writing of that length, opened: its session, and where one goes on writing."""
    from supervise.doing.writing import Writing

    workspace = window.desk.workspace
    writing = Writing(workspace.here)
    who = next(row["id"] for row in workspace.store.rows("person"))
    sheet = writing.begin(who, workspace.today())
    sheet.sections[0].text = "\n".join([_PARAGRAPH] * (LETTERS // len(_PARAGRAPH) + 1))
    writing.keep(sheet)
    window.open_page("session", ("draft", sheet.session))
    return sheet.session, window.focusWidget()


def _types(person: Person, edit: QWidget) -> Iterable[float]:
    """A sentence as quickly as people type, and the draft is kept meanwhile."""
    yield from person.waits(perf_counter() + 0.3)
    for letter in _KEYS:
        due = perf_counter() + _BETWEEN_KEYS
        yield person.presses(edit, text=letter)
        yield from person.waits(due)


def main(store: Path, key: bytes, where: Path) -> None:
    """Measure, and go without tidying up."""
    from bench.window_app import opened

    app = opened(store, key)
    assert app.window is not None
    then(app.window, lambda: _end(app, where))
    app.qt.exec()


def _end(app: App, where: Path) -> None:
    from bench.memory import peak
    from bench.window_app import gone

    found = measured(app)
    where.write_text(json.dumps({**found, "peak": peak()}), "utf-8")
    gone(app)


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), Path(sys.argv[3]))
