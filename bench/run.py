"""One run of the benchmark: make a service, measure everything on it, and compare."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from importlib.metadata import version
from itertools import zip_longest
from pathlib import Path
from typing import Any

from bench import bare, on_paper, ours, peer_store, trackers, windows
from bench import pack as packs
from bench.measuring import (
    AGAIN,
    COLLECTOR_OFF,
    OPENED,
    Line,
    Size,
    Taken,
    alone,
    alternate,
    alternate_commands,
)
from bench.rows_file import pack
from bench.table import Held, Report, machine

SEED = 1

Say = Callable[[str], None]
Turns = dict[str, list[Taken]]


class Differ(Exception):
    """Ours and the peer do not find the same gaps: then there is nothing to compare."""


def run(folder: Path, size: Size, now: datetime, say: Say) -> Report:
    """Measure in an empty folder, where about two gigabytes are needed for the full size.

    `say` is told what is being done. Differ if ours and the peer do not find the same gaps.
    """
    peers = [f"{name} {version(name)}" for name in ("pandas", "openpyxl", "fpdf2", "weasyprint")]
    load = machine(now, [bare.versions(), *peers])  # before we are the load
    say(f"Making {size.people:,} people and {size.sessions:,} sessions …")
    alone(pack, folder, size.people, size.sessions, SEED)
    key = alone(ours.create, folder)
    say("Taking them in …")
    whole = _take_in(folder, key)
    team, members = alone(ours.team_of_twelve, folder)
    found = alone(count_same_gaps, folder, key)
    say(f"Both find the same {found:,} gaps. Asking, round after round …")
    asked = _ask(folder, key, team, size.rounds)
    say("Starting processes …")
    help_, click = alternate_commands(
        ([sys.executable, "-m", "supervise", "--help"], [sys.executable, "-c", "import click"]),
        4 * size.rounds,
    )
    say("Opening windows …")
    window = windows.measured(folder, key, size)
    say("Reading trackers …")
    tracker = trackers.measured(folder, size, SEED)
    say("Printing …")
    paper = on_paper.measured(folder, size)
    say("Printing inspection packs …")
    packed = packs.measured(folder, 2 * size.records)
    say("Backing up and checking …")
    whole |= _copy_and_check(folder, key)
    circumstances = [
        f"{size.people:,} people, {size.sessions:,} sessions; rounds: {size.rounds}.",
        f"Ours and pandas found the same {found:,} gaps, row by row.",
        load,
        *paper.remarks,
    ]
    promised = [
        *_promised(asked, members),
        Line("supervise --help", help_, "import click", click, ("≤ 3", 3)),
        *tracker.lines,
        *window.lines,
        *paper.lines,
    ]
    others = [*_others(asked, whole), *tracker.others, *window.others, *paper.others, *packed.others]
    memory = [*_memory(asked, whole), *tracker.memory, *window.memory, *paper.memory, *packed.memory]
    return Report(circumstances, promised, others, memory)


def _take_in(folder: Path, key: bytes) -> Turns:
    return {
        "import": [alone(ours.take_in, folder)],
        "bare import": [alone(bare.insert, folder, key)],
    }


def _copy_and_check(folder: Path, key: bytes) -> Turns:
    path = ours.store_path(folder)
    return {
        "check": [alone(ours.look_over, folder)],
        "bare check": [alone(bare.integrity, path, key)],
        "backup": [alone(ours.back_up, folder)],
        "bare backup": [alone(bare.copy, path, key, folder / "copy.store")],
    }


def _ask(folder: Path, key: bytes, team: str, rounds: int) -> Turns:
    path = ours.store_path(folder)
    return alternate(
        {
            "fetch": partial(bare.fetch, path, key),
            "status": partial(ours.status, folder),
            "gaps": partial(ours.gaps, folder),
            "pandas": partial(peer_store.gaps, path, key),
            "team": partial(ours.team_status, folder, team),
        },
        rounds,
    )


def _promised(asked: Turns, members: int) -> list[Line]:
    def seconds(who: str, when: str) -> list[float]:
        return [taken.seconds[when] for taken in asked[who]]

    def lines(what: str, who: str, against: str, promised: tuple[str, float]) -> list[Line]:
        return [
            Line(f"{what}, {when}", seconds(who, when), against, seconds(against, when), promised)
            for when in (OPENED, AGAIN)
        ]

    return [
        *lines("Everyone’s status", "status", "fetch", ("≤ 0.3", 0.3)),
        *lines("Every gap", "gaps", "fetch", ("≤ 2", 2)),
        *lines("Every gap", "gaps", "pandas", ("< 1", 1)),
        *(
            Line(f"A team of {members}, {when}", seconds("team", when), promised=("≤ 10 ms", 0.01))
            for when in (OPENED, AGAIN)
        ),
    ]


def _others(asked: Turns, whole: Turns) -> list[Line]:
    def again(who: str, part: str = AGAIN) -> list[float]:
        return [taken.seconds[part] for taken in asked[who]]

    parts = (
        ("reading alone", peer_store.READING), ("frames alone", peer_store.FRAMES),
        ("gaps alone", peer_store.GAPS),
    )  # fmt: skip
    lines = [
        Line(f"Every gap, {AGAIN}", again("gaps"), f"pandas: {said}", again("pandas", part))
        for said, part in parts
    ]
    lines += [
        Line(f"{what}, {AGAIN}", again(who), f"fetch, {COLLECTOR_OFF}", again("fetch", COLLECTOR_OFF))
        for what, who in (("Everyone’s status", "status"), ("Every gap", "gaps"))
    ]
    for name, what, against in (
        ("import", "Import of everything", "bare tables"), ("backup", "Backup", "VACUUM INTO"),
        ("check", "Check", "integrity checks"),
    ):  # fmt: skip
        one, other = ([taken.seconds[OPENED] for taken in whole[who]] for who in (name, f"bare {name}"))
        lines.append(Line(what, one, against, other))
    return lines


def _memory(asked: Turns, whole: Turns) -> list[Held]:
    words = {
        "status": "everyone’s status", "gaps": "every gap", "team": "a team’s status", "import": "import",
        "backup": "backup", "check": "check", "fetch": "(the fetch)", "pandas": "(every gap by pandas)",
        "bare import": "(import into bare tables)",
    }  # fmt: skip
    taken = asked | whole
    return [
        Held(said, max(each.peak for each in taken[name]), not said.startswith("("))
        for name, said in words.items()
    ]


def count_same_gaps(folder: Path, key: bytes) -> int:
    """How many gaps there are, if the peer finds the same; Differ with the first that is not."""
    own, peers = ours.gaps_told(folder), peer_store.gaps_told(ours.store_path(folder), key)
    refuse_different(own, peers)
    return len(own)


def refuse_different(own: list[dict[str, Any]], peers: list[dict[str, Any]]) -> None:
    """Differ unless every row of ours says what the peer's says, which has fewer columns."""
    for number, (one, other) in enumerate(zip_longest(own, peers)):
        if one is None or other is None or {name: one[name] for name in other} != other:
            raise Differ(f"Gap {number}: ours is {one}, the peer’s {other}.")
