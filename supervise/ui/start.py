"""What the window is started with. It knows nothing of Qt, so that it costs nothing to look at."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from supervise.places import Machine, Places

PROGRAM = "the window"
"""What is told to whoever finds the store open."""


class Start(NamedTuple):
    """What only the composition root knows: the clock, the user, the places and the environment.

    `places` is the store to open, and `was_named` whether somebody named it: if not, the store that was opened
    last comes first. `machine` None keeps no settings and no notes of faults.
    """

    now: Callable[[], datetime]
    me: str
    take_passphrase: Callable[[], str | None]
    places: Places
    was_named: bool
    practice: Places
    machine: Machine | None
    home: Path
    environment: Mapping[str, str]
