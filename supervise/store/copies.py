"""Copies in which what was deleted by law still stands: backups, here and in the second place, and stores that
were put aside (floor 2).

A backup made on closing or daily goes by itself in time (`former.thinned_on`), any other when somebody deletes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from supervise.errors import NotAllowed
from supervise.store import backups, elsewhere, thinning
from supervise.store.changes import PURGE
from supervise.store.database import scalar
from supervise.store.elsewhere import Backed
from supervise.store.files import files_told_plainly
from supervise.store.former import thinned_on
from supervise.workdays import Day

if TYPE_CHECKING:
    from supervise.store import Store

AFTER = "after-removal"
"""The label of the backup that is made before copies are deleted."""

_BEFORE = "retention-copies"
"""The setting with the names of the backups that there were when something was last deleted."""


class Copy(NamedTuple):
    """A copy with what was deleted: when it was made (None: not known), whether it is in the second place, and
    the day by which it goes by itself if the store is used daily; None if it stays until somebody deletes it."""

    path: Path
    made: datetime | None
    is_elsewhere: bool
    goes_on: Day | None


def note_copies(store: Store) -> None:
    """Notes which backups there are, right before something is deleted: another may be made in the same second."""
    store.settings.put(_BEFORE, json.dumps([path.name for path in backups.list_backups(store.places)]))


def holding(store: Store, now: datetime) -> list[Copy]:
    """The copies with what was deleted, newest first; nothing if nothing was ever deleted. A second place that
    is away shows none: see `second_place_is_away`."""
    last = scalar(
        store.database, "SELECT at FROM change WHERE kind = ? ORDER BY number DESC LIMIT 1", PURGE
    )
    if last is None:
        return []
    deleted = datetime.fromisoformat(last)
    known = frozenset(json.loads(store.settings.get(_BEFORE) or "[]"))
    found: list[Copy] = []
    for folder, is_elsewhere in _folders(store):
        there = sorted(folder.glob("*.zip"), key=lambda path: path.name, reverse=True)
        goes = thinned_on(filter(None, map(thinning.thinned_moment, there)), now)
        for path in there:
            made = thinning.moment_of(path)
            if made is None or made < deleted or (made == deleted and path.name in known):
                thins = thinning.thinned_moment(path)
                on = goes[thins].toordinal() if thins in goes else None
                found.append(Copy(path, made, is_elsewhere, on))
    return found + [Copy(path, None, False, None) for path in _aside(store, deleted)]


def _aside(store: Store, deleted: datetime) -> list[Path]:
    """Stores that were put aside by the day after the deletion, with their keys and journals. Their names have a
    clock of their own, of whatever time zone."""
    store_path = store.places.store
    last = (deleted + timedelta(days=1)).date().isoformat()
    found = store_path.parent.glob(f"{store_path.name}.aside-*")
    return sorted(path for path in found if path.name.partition(".aside-")[2][: len(last)] <= last)


def second_place_is_away(store: Store) -> bool:
    """Whether there is a second place whose copies cannot be seen now."""
    folder = elsewhere.second_place(store)
    return folder is not None and not elsewhere.own_folder(store, folder).is_dir()


def delete_copies(store: Store) -> tuple[Backed, list[Path]]:
    """Makes a backup as things are now, tries that it opens, and then deletes the copies with what was deleted.
    Gives the backup, and those that could not be deleted. NotAllowed while the deletion itself is not done."""
    from supervise.store.purge import left_to_do

    if left_to_do(store).rewrite:
        raise NotAllowed(
            "The deletion is not quite done yet: there was no room to write the file anew.",
            "Make room on the disk, then open the store again.",
        )
    old = [copy.path for copy in holding(store, store.now())]
    backed = elsewhere.back_up(store, AFTER)
    with files_told_plainly():
        for path in old:
            with suppress(OSError):  # told by its still being there
                path.unlink(missing_ok=True)
    return backed, [path for path in old if path.exists()]


def _folders(store: Store) -> Iterable[tuple[Path, bool]]:
    yield store.places.backups, False
    if (folder := elsewhere.second_place(store)) is not None:
        yield elsewhere.own_folder(store, folder), True
