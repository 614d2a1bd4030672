"""The composition root: the only place that knows the clock, the user, the environment and the places."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from supervise.cli import World
from supervise.cli import main as run
from supervise.collecting import without_collecting


def main() -> None:
    """Run Supervise with the words it was started with; without any it opens the window."""
    world = World(now=_now, me=_me(), take_passphrase=_take_passphrase, open_window=_open_window())
    sys.exit(run(world, sys.argv[1:]))


def _now() -> datetime:
    return datetime.now().astimezone()


def _me() -> str:
    """The login name, which the history and the papers show."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown user"


def _take_passphrase() -> str | None:
    """The passphrase from the environment, taken out of it so that nothing started later inherits it."""
    return os.environ.pop("SUPERVISE_PASSPHRASE", None)


def _has_screen() -> bool:
    """Whether a window can be shown: on Linux only where there is a display, or Qt is told to do without."""
    return not sys.platform.startswith("linux") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )


def _open_window() -> Callable[[Path | None], int] | None:
    """What opens the window on a store; None where there is no screen."""
    if not _has_screen():
        return None

    def open_window(store: Path | None) -> int:
        with without_collecting():  # of what is imported here nothing will ever go
            from supervise.places import Machine, Places
            from supervise.ui.app import run as run_window
            from supervise.ui.start import Start

        start = Start(
            now=_now,
            me=_me(),
            take_passphrase=_take_passphrase,
            places=Places.of(store),
            was_named=store is not None,
            practice=Places.for_practice(),
            machine=Machine.of_this_person(),
            home=Path.home(),
            environment=dict(os.environ),
        )
        return run_window(start)

    return open_window


if __name__ == "__main__":
    main()
