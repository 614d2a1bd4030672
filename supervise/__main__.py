"""The composition root: the only place that knows the clock, the user, the environment and the places."""

from __future__ import annotations

import getpass
import os
import sys
from datetime import datetime

from supervise.cli import World
from supervise.cli import main as run


def main() -> None:
    """Run Supervise with the words it was started with."""
    world = World(now=lambda: datetime.now().astimezone(), me=_me(), take_passphrase=_take_passphrase)
    sys.exit(run(world, sys.argv[1:]))


def _me() -> str:
    """The login name, which the history and the papers show."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown user"


def _take_passphrase() -> str | None:
    """The passphrase from the environment, taken out of it so that nothing started later inherits it."""
    return os.environ.pop("SUPERVISE_PASSPHRASE", None)


if __name__ == "__main__":
    main()
