"""The window's part of `supervise --self-check`: the program is started on a store, every page is painted once,
and it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QApplication

from supervise.errors import SuperviseError
from supervise.places import Places
from supervise.ui.app import App
from supervise.ui.side import PAGES
from supervise.ui.start import Start
from supervise.ui.window import Window

PATIENCE = 60_000
"""Milliseconds in which the window is there, also on a slow laptop whose virus scanner looks at every file."""

_LOOKS = 25
_COLOURS = 8
"""A page with nothing on it has one or two; letters alone make more than these, of their edges."""


def show_today(places: Places, passphrase: str, now: Callable[[], datetime], me: str) -> str:
    """Open the window on that store, paint Today and every other page of the list, close it; says what was
    seen. SuperviseError if that does not come about. It is done out of sight, unless QT_QPA_PLATFORM names
    where. Nothing is remembered on this computer."""
    qt = QApplication.instance() or QApplication(_words())
    assert isinstance(qt, QApplication)
    quits, faults = qt.quitOnLastWindowClosed(), list[str]()
    qt.setQuitOnLastWindowClosed(False)
    start = Start(
        now=now, me=me, take_passphrase=lambda: passphrase, places=places, was_named=True,
        practice=Places(places.store.with_name("practice.store")), machine=None, home=places.store.parent,
        environment={},
    )  # fmt: skip
    app = App(start, qt)
    try:
        with _heard(faults):
            app.begin()
            _wait(lambda: app.window is not None or bool(faults))
            seen = "" if faults else _painted(app.window)
    finally:
        app.close()
        qt.setQuitOnLastWindowClosed(quits)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if faults:
        raise SuperviseError(f"Something went wrong in the window ({', '.join(faults)}).")
    return seen


def _words() -> list[str]:
    """What Qt is started with."""
    platform = [] if os.environ.get("QT_QPA_PLATFORM") else ["-platform", "offscreen"]
    return [sys.argv[0], "-style", "Fusion", *platform]


@contextmanager
def _heard(faults: list[str]) -> Iterator[None]:
    """What goes wrong while Qt is at work is kept, by its kind."""

    def hear(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        faults.append(kind.__name__)

    before, sys.excepthook = sys.excepthook, hear
    try:
        yield
    finally:
        sys.excepthook = before


def _wait(holds: Callable[[], bool]) -> None:
    """Let Qt work until that holds, or for as long as anybody would wait."""
    loop, timer, end = QEventLoop(), QTimer(), QTimer()

    def look() -> None:
        if holds():
            loop.quit()

    timer.timeout.connect(look)
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    timer.start(_LOOKS)
    end.start(PATIENCE)
    loop.exec()
    timer.stop()
    end.stop()


def _painted(window: Window | None) -> str:
    if window is None:
        raise SuperviseError("The window did not open.")
    if not QImageReader.supportedImageFormats().count(QByteArray(b"svg")):
        raise SuperviseError("The small pictures of the window cannot be read.")
    colours = {name: _colours(window, name) for name, _ in (*PAGES, ("guide", "Guide"))}
    empty = [name for name, many in colours.items() if many < _COLOURS]
    if empty:
        raise SuperviseError(f"Nothing was painted on {', '.join(empty)}.")
    return f"Today painted, in {colours['today']} colours, and {len(colours) - 1} other pages"


def _colours(window: Window, page: str) -> int:
    """How many colours there are on a page."""
    window.open_page(page)
    picture = window.page(page).grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return len(set(memoryview(picture.constBits()).cast("I")))
