"""The composition root: the only place that knows the clock, the user, the environment and the places."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from supervise.cli import World
from supervise.cli import main as run
from supervise.collecting import without_collecting

TakePassphrase = Callable[[], str | None]


def main() -> None:
    """Run Supervise with the words it was started with; without any it opens the window."""
    if sys.argv[1:] == ["--self-check"]:
        sys.exit(_check_itself())
    leave_no_dump()
    take_passphrase = passphrase_taken(os.environ)
    world = World(
        now=_now, me=_me(), take_passphrase=take_passphrase, open_window=_open_window(take_passphrase)
    )
    sys.exit(run(world, sys.argv[1:]))


def _now() -> datetime:
    return datetime.now().astimezone()


def _me() -> str:
    """The login name, which the history and the papers show."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown user"


def passphrase_taken(environment: MutableMapping[str, str]) -> TakePassphrase:
    """Takes the passphrase out of the environment, asked for or not, so that nothing started from here inherits it;
    what is given hands it out once."""
    held = [environment.pop("SUPERVISE_PASSPHRASE", None)]
    return lambda: held.pop() if held else None


def leave_no_dump() -> None:
    """A crash leaves nothing of the memory behind, which holds records and keys.

    On Linux a dump may be handed to a program whatever its size may be, so that it is told to hold no memory, too.
    The process stays one that others of the same person can look at: where it is not, the portals of the desktop
    refuse it, and no dialog for a file appears.
    """
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(
            0x0001 | 0x0002
        )  # no report of a fault, which would hold memory
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):  # only Linux has it
        Path("/proc/self/coredump_filter").write_text("0", "ascii")


def _has_screen() -> bool:
    """Whether a window can be shown: on Linux only where there is a display, or Qt is told to do without."""
    return not sys.platform.startswith("linux") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )


def _open_window(take_passphrase: TakePassphrase) -> Callable[[Path | None], int] | None:
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
            take_passphrase=take_passphrase,
            places=Places.of(store),
            was_named=store is not None,
            practice=Places.for_practice(),
            machine=Machine.of_this_person(),
            home=Path.home(),
            environment=dict(os.environ),
        )
        return run_window(start)

    return open_window


def _check_itself() -> int:
    """Whether this program, packed or not, is whole and works here."""
    from supervise.cli.self_check import check_itself

    def show(*about: Any) -> str:  # Qt is loaded by a step of its own, which says so if it cannot be
        from supervise.ui.self_check import show_today

        return show_today(*about)

    return check_itself(show)


if __name__ == "__main__":
    main()
