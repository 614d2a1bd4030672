"""Stores that restoring has put aside beside the one that took their place, each with its keys and its journal.

Restoring one of them, like a backup, takes the restoring back.
"""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from supervise.places import Places
from supervise.store.files import sync_file
from supervise.store.opening import free_name, journal_of
from supervise.whole_files import sync_folder

_NAMED = re.compile(r".*\.aside-(?P<moment>\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)(?:-\d+)?", re.DOTALL)
"""The names that `opening.free_name` gives."""


def list_put_aside(places: Places) -> list[Path]:
    """The stores that were put aside beside this one and that have their keys, newest first."""
    folder, prefix = places.store.parent, f"{places.store.name}.aside-"
    there = folder.iterdir() if folder.is_dir() else ()
    found = (path for path in there if path.name.startswith(prefix) and is_put_aside(path))
    return sorted(found, key=lambda path: path.name, reverse=True)


def kept_words(places: Places) -> str:
    """Which store is kept where there is none under its own name, the newest that was put aside: all there is when
    a restoring was broken off just between the two. "" if there is none."""
    kept = list_put_aside(places)
    return f"One that was put aside is kept beside it as {kept[0].name}" if kept else ""


def is_put_aside(path: Path) -> bool:
    """Whether that file is a store that was put aside, with its keys beside it."""
    return _NAMED.fullmatch(path.name) is not None and path.is_file() and Places(path).slots.is_file()


def put_aside_at(path: Path) -> datetime | None:
    """When a store was put aside, by its name: as the clock of the computer showed it, without a time zone. None
    for any other file."""
    named = _NAMED.fullmatch(path.name)
    with suppress(ValueError):
        return datetime.strptime(named["moment"], "%Y-%m-%dT%H-%M-%S") if named else None
    return None


def copy_put_aside(path: Path, to: Path, slots: Path) -> None:
    """Copies a store that was put aside, with what a kill left in its journal, and its keys."""
    for kept, copy in (
        (path, to),
        (journal_of(path), journal_of(to)),
        (Places(path).slots, slots),
    ):
        if kept.exists():
            shutil.copyfile(kept, copy)


def put_aside(places: Places, now: datetime) -> Path | None:
    """Renames what stands where the restored store will, and gives its new name; None if there is no store.

    Its journal and its keys are copied to their new names first, and go from the old ones last: killed at any
    moment, there is a whole store under one name or the other.
    """
    there = places.store.exists()
    store = free_name(places.store, now)
    beside = [
        (path, other)
        for path, other in (
            (journal_of(places.store), journal_of(store)),
            (places.slots, Places(store).slots),
        )
        if path.exists()
    ]
    for path, other in beside:
        shutil.copy2(path, other)
        sync_file(other)
    if there:
        places.store.rename(store)
        sync_folder(store.parent)
    for path, _ in beside:
        path.unlink()
    places.in_use.unlink(missing_ok=True)
    return store if there else None
