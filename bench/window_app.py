"""The window as the program opens it, on the last day of the made-up service."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from supervise.collecting import without_collecting

if TYPE_CHECKING:
    from supervise.ui.app import App

NOW = datetime(2019, 10, 31, 9, 30, tzinfo=UTC)


def begun(store: Path) -> App:
    """The program, about to show the door of that store or the window on it."""
    with without_collecting():  # which is also how the program starts
        from supervise.places import Places
        from supervise.ui.app import App
        from supervise.ui.look import application
        from supervise.ui.start import Start

        qt = application("")
        qt.setQuitOnLastWindowClosed(False)
        return App(
            Start(
                now=lambda: NOW,
                me="the benchmark",
                take_passphrase=lambda: None,
                places=Places(store),
                was_named=True,
                practice=Places(store.with_name("practice.store")),
                machine=None,
                home=Path.home(),
                environment={},
            ),
            qt,
        )


def opened(store: Path, key: bytes) -> App:
    """The program with its window on that store, shown and not painted yet. The store is opened by its key, for
    making that out of a passphrase takes as long as it is meant to."""
    with without_collecting():
        app = begun(store)
        from supervise.store import Unlocked
        from supervise.ui.first_keys import Ready

        if not app.doors.open(Ready(places=app.start.places, keys=Unlocked((key,)))):
            raise RuntimeError("the store does not open")
    return app


def gone(app: App) -> None:
    """End at once, without tidying up: that is not measured. The store is left as if it had been closed, for one
    that was not is looked over when it is opened the next time."""
    app.start.places.in_use.unlink(missing_ok=True)
    os._exit(0)
