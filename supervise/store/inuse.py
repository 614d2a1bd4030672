"""Who has the store open: a small file beside it, there while it is open.

The lock is SQLite's; this file only says whose it is. It outlives an opening that ended abruptly, and so
tells the next one to look the store over.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from supervise.errors import StoreInUse
from supervise.store.files import write_safely


class Opening(NamedTuple):
    """One opening of the store: who, with which program (the window, the terminal), where and since when."""

    user: str
    program: str
    pid: int
    host: str
    since: str

    @classmethod
    def by(cls, user: str, program: str, now: datetime) -> Opening:
        """This process's opening."""
        since = now.isoformat(sep=" ", timespec="minutes")[:16]
        return cls(user=user, program=program, pid=os.getpid(), host=_this_computer(), since=since)

    def write(self, path: Path) -> None:
        """Leaves word of it. OSError if that fails."""
        write_safely(path, json.dumps(self._asdict()).encode())


def _this_computer() -> str:
    """Its name; where the system tells it at once, without what the other way loads."""
    if hasattr(os, "uname"):
        return os.uname().nodename
    import platform

    return platform.node()


def read(path: Path) -> Opening | None:
    """The opening that file tells of; None if it tells nothing that makes sense."""
    try:
        return Opening(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def refusal(path: Path) -> StoreInUse:
    """What a second opener is told: who has the store."""
    holder = read(path)
    if holder is None:
        return StoreInUse("The store is open in another program.")
    return StoreInUse(
        f"The store is open already: {holder.user} has it open in {holder.program}, on {holder.host}, "
        f"since {holder.since} (process {holder.pid})."
    )
