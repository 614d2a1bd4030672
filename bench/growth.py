"""How time and memory grow with the service: from one team of twelve to fifty thousand people."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median

from bench import bare, ours, peer_store
from bench.growth_told import (
    BACKUP,
    BARE,
    BOARD,
    COPY,
    FETCH,
    GAPS,
    IMPORT,
    OPENING,
    PANDAS,
    STATUS,
    TEAM,
    Growth,
    Point,
)
from bench.measuring import OPENED, Taken, alone, alternate
from bench.rows_file import pack
from bench.run import SEED, count_same_gaps
from bench.table import machine
from supervise.store import Unlocked

FULL = (12, 120, 1_200, 12_000, 50_000)
QUICK = FULL[:3]
"""How many people there are, managers among them."""

SESSIONS = 24
"""A person's, in their two years."""

ROUNDS = 3

Say = Callable[[str], None]


def measured(folder: Path, sizes: Sequence[int], rounds: int, now: datetime, say: Say) -> Growth:
    """Measure size by size in an empty folder, and leave nothing in it; 50,000 people need some four gigabytes
    there for a moment. `say` is told what is being done. Differ if ours and pandas do not find the same gaps."""
    load = machine(now, [bare.versions(), f"pandas {version('pandas')}"])  # before we are the load
    points = [_point(folder / f"{people}", people, rounds, say) for people in sizes]
    found = ", ".join(f"{point.gaps:,}" for point in points)
    return Growth(
        [
            f"{SESSIONS} sessions a person, which are two years of them; rounds: {rounds}.",
            f"Ours and pandas found the same gaps, row by row, at each size ({found}).",
            load,
        ],
        points,
    )


def _point(folder: Path, people: int, rounds: int, say: Say) -> Point:
    say(f"Growth, {people:,} people: making them and taking them in …")
    folder.mkdir()
    alone(pack, folder, people, SESSIONS * people, SEED)
    key: bytes = alone(ours.create, folder)
    secret, store = Unlocked((key,)), ours.store_path(folder)
    taken = {BARE: [alone(bare.insert, folder, key)]}
    (folder / "bare.store").unlink()
    taken[IMPORT] = [alone(ours.take_in, folder, secret)]
    (folder / "rows").unlink()
    gaps: int = alone(count_same_gaps, folder, key)
    say(f"Growth, {people:,} people: asking, round after round …")
    taken |= _asked(folder, secret, rounds)
    say(f"Growth, {people:,} people: backing up …")
    copy = folder / "copy.store"
    taken[COPY] = [alone(bare.copy, store, key, copy)]
    copy.unlink()
    taken[BACKUP] = [alone(ours.back_up, folder, secret)]
    size = store.stat().st_size
    shutil.rmtree(folder)  # the next one is larger, and needs the room
    return Point(
        people,
        {what: median(each.seconds[OPENED] for each in turns) for what, turns in taken.items()},
        {what: max(each.peak for each in turns) for what, turns in taken.items()},
        size,
        gaps,
    )


def _asked(folder: Path, secret: Unlocked, rounds: int) -> dict[str, list[Taken]]:
    """What is asked of the store, ours by its key, for its passphrase costs the same moment at every size."""
    (key,), store = secret.keys, ours.store_path(folder)
    team, _ = alone(ours.team_of_twelve, folder)
    return alternate(
        {
            FETCH: partial(bare.fetch, store, key),
            OPENING: partial(ours.opening, folder, secret),
            STATUS: partial(ours.status, folder, secret),
            GAPS: partial(ours.gaps, folder, secret),
            PANDAS: partial(peer_store.gaps, store, key),
            TEAM: partial(ours.board, folder, secret, team),
            BOARD: partial(ours.board, folder, secret),
        },
        rounds,
    )
