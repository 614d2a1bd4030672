"""The rows of a made-up service in a file, so that whoever takes them in need not hold them all."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench.service import Row, make

_AT_ONCE = 5_000


def pack(folder: Path, people: int, sessions: int, seed: int) -> None:
    """Make a service and write its rows, sessions last."""
    made = make(people, sessions, seed)
    with (folder / "rows").open("wb") as file:
        for kind in sorted(made, key=lambda kind: kind == "session"):
            remaining = iter(made[kind])
            while some := list(islice(remaining, _AT_ONCE)):
                pickle.dump((kind, some), file)


def unpack(folder: Path) -> Iterator[tuple[str, list[Row]]]:
    """The rows again: kind by kind, some thousands at a time."""
    with (folder / "rows").open("rb") as file:
        while file.peek(1):
            yield pickle.load(file)
