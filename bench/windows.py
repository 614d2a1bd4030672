"""The window measured: its start beside that of an empty window, and what it does with everybody in it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench import ours, window_large
from bench.measuring import Line, Size, alone, alternate_commands, seconds_of
from bench.rows_file import pack
from bench.service import FULL
from bench.table import Held, Measured

TEAM = 13
"""Twelve and their manager."""

_SEED = 1
_EMPTY = "an empty window"


def measured(folder: Path, key: bytes, size: Size) -> Measured:
    """Measure on a team of twelve with ten years, which is made now, and on the service in the folder, whose
    key is given."""
    team, team_key = _team(folder / "team")
    start, door, empty, start_held, empty_held = _starts(team, team_key, folder, 4 * size.rounds)
    found = [_large(ours.store_path(folder), key, folder / "large") for _ in range(size.rounds)]

    def large(what: str, which: str, said: str, seconds: float) -> Line:
        return Line(what, [each[which] for each in found], promised=(said, seconds))

    lines = [
        Line("Window: Today, 12 people", start, _EMPTY, empty, ("≤ 2", 2)),
        large(f"Window: Team, {size.people:,} people", window_large.TEAM, "≤ 500 ms", 0.5),
        large("Team: sort, slowest", window_large.SORT, "≤ 100 ms", 0.1),
        large("Team: filter, slowest", window_large.FILTER, "≤ 100 ms", 0.1),
        large("Team: scroll, longest frame", window_large.SCROLL, "≤ 16 ms", 0.016),
        large("Record: type, longest frame", window_large.TYPE, "≤ 16 ms", 0.016),
    ]
    most = max(int(each["peak"]) for each in found)
    memory = [
        Held("the window, 12 people", start_held, True, ("≤ 2 × empty", 2 * empty_held)),
        Held(f"the window, {size.people:,} people", most, True, ("≤ 4 × empty", 4 * empty_held)),
        Held(f"({_EMPTY})", empty_held, False),
    ]
    return Measured(lines, [Line("Window: its door", door, _EMPTY, empty)], memory)


def _team(folder: Path) -> tuple[Path, bytes]:
    """A store with ten years of one team, and its key."""
    folder.mkdir()
    alone(pack, folder, TEAM, TEAM * FULL, _SEED)
    key: bytes = alone(ours.create, folder)
    alone(ours.take_in, folder)
    return ours.store_path(folder), key


def _starts(
    store: Path, key: bytes, folder: Path, runs: int
) -> tuple[list[float], list[float], list[float], int, int]:
    """Seconds from nothing until Today, the door and an empty window can be used, and the most memory that the
    first and the last held."""
    today, empty = folder / "today", folder / "empty"
    seconds = alternate_commands(
        (
            _command("window_start", store, key.hex(), today),
            _command("window_door", store),
            _command("empty_window", empty),
        ),
        runs,
    )
    held = [int(path.read_text("utf-8")) for path in (today, empty)]
    return seconds[0], seconds[1], seconds[2], held[0], held[1]


def _large(store: Path, key: bytes, where: Path) -> dict[str, float]:
    seconds_of(_command("window_large", store, key.hex(), where))
    found: dict[str, float] = json.loads(where.read_text("utf-8"))
    return found


def _command(module: str, *words: str | Path) -> list[str]:
    return [sys.executable, "-m", f"bench.{module}", *map(str, words)]
