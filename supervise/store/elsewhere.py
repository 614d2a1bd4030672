"""Backing up, with a copy in a second place: another disk, a shared drive, a synchronised folder.

A copy there outlives the laptop. What is copied is encrypted already. The place may be away for a while,
which is told and is no error: the next backup tries again. Nothing is made where the place should be, so that
a copy never lands on the laptop under the name of another disk.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from supervise.errors import FileTrouble, NotAllowed
from supervise.store import backups, thinning
from supervise.store.backups import Taken
from supervise.store.safe_keeping import BACKED_UP, COPIED, note_made, noted, state_of
from supervise.whole_files import sync_folder, told

if TYPE_CHECKING:
    from supervise.store import Store

_SECOND_PLACE = "second-place"
_PART = ".supervise-"


class Backed(NamedTuple):
    """What came of backing up: the backup beside the store, its copy `elsewhere` if there is one, and the
    `trouble` with the copy, in words, if there was any. The backup itself is whole in any case."""

    path: Path
    elsewhere: Path | None = None
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A backup under way, as plain values: the copy of the store that becomes one, or the backup that only lacks
    its copy elsewhere; the state of the store in it; and this store's own folder in the second place, if one is
    chosen."""

    copy: Taken | Path
    state: str
    own: Path | None


def back_up(store: Store, label: str = "by-hand") -> Backed:
    """Makes a backup beside the store and copies it to the second place, if one is chosen. The errors are
    those of `backups.backup`; trouble with the copy is only told. The label is one of the program's own."""
    return _done(store, _begun(store, label))


def back_up_if_changed(store: Store) -> Backed | None:
    """Backs up on closing, if `begin_if_changed` finds something to do; None if not."""
    begun = begin_if_changed(store, thinning.ON_CLOSING)
    return _done(store, begun) if begun is not None else None


def begin_if_changed(store: Store, label: str) -> Unfinished | None:
    """Begins a backup, if something was entered, drafted or given another passphrase since the last one; else
    one that makes up for a copy that could not be made then. None if there is nothing to do.

    What it begins, `carry_out` does on any thread, and `note` remembers. Backups on closing and daily ones
    are thinned (`thinning.thin`), here and in the second place.
    """
    last = noted(store, BACKED_UP)
    if last is None or last.state != state_of(store) or not (store.places.backups / last.file).exists():
        return _begun(store, label)
    copied, own = noted(store, COPIED), _own(store)
    if own is None or (copied and copied.file == last.file):
        return None
    return Unfinished(store.places.backups / last.file, last.state, own)


def carry_out(begun: Unfinished) -> Backed:
    """Makes the backup of what was begun, and its copy elsewhere. Needs no connection, and may be slow where the
    second place is: any thread may do it. The errors are those of `backups.backup`."""
    is_new = isinstance(begun.copy, Taken)
    path = backups.finish(begun.copy) if isinstance(begun.copy, Taken) else begun.copy
    copy, trouble = None, None
    if begun.own is not None:
        try:
            copy = copy_of(path, begun.own)
        except FileTrouble as error:
            trouble = str(error)
    if is_new and thinning.thinned_moment(path):
        for made in filter(None, (path, copy)):
            with suppress(OSError):  # there is then a backup too many
                thinning.thin(made.parent)
    return Backed(path, copy, trouble)


def note(store: Store, begun: Unfinished, backed: Backed) -> None:
    """Remembers what came of it: whether the next time finds something to do, and what is said of copies."""
    if isinstance(begun.copy, Taken):
        note_made(store, BACKED_UP, backed.path, begun.state)
    if backed.elsewhere is not None:
        note_made(store, COPIED, backed.path, begun.state)


def _begun(store: Store, label: str) -> Unfinished:
    state = state_of(store)
    return Unfinished(backups.take_copy(store, label), state, _own(store))


def _done(store: Store, begun: Unfinished) -> Backed:
    backed = carry_out(begun)
    note(store, begun, backed)
    return backed


def second_place(store: Store) -> Path | None:
    """The folder that was chosen; None if there is none."""
    said = store.settings.get(_SECOND_PLACE)
    return Path(said) if said else None


def set_second_place(store: Store, folder: Path | None) -> None:
    """Chooses a folder for copies of backups (None: no longer any), and makes this store's own folder in it.

    NotAllowed if it is where the backups are already; FileTrouble if it is not there, or not to be written
    to.
    """
    if folder is None:
        store.settings.put(_SECOND_PLACE, "")
        return
    folder = folder.absolute()
    if not folder.is_dir():
        raise FileTrouble(f"{folder} is not there.", "Choose a folder that exists.")
    first = store.places.backups.resolve()
    if folder.resolve() in (first, first.parent) or first in folder.resolve().parents:
        raise NotAllowed(
            f"The backups are in {folder.name} already: what befalls one would befall the other.",
            "Choose a folder on another disk, a shared drive or in a synchronised folder.",
        )
    own = own_folder(store, folder)
    try:
        own.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=own) as trial:
            trial.write(b"Supervise can write here.")
    except OSError as trouble:
        raise told(trouble, own) from trouble
    store.settings.put(_SECOND_PLACE, str(folder))


def own_folder(store: Store, folder: Path) -> Path:
    """This store's own folder in a second place, where other stores may have theirs."""
    store_id = store.settings.get("store_id") or ""
    return folder / f"{store.places.backups.name}-{store_id[-8:]}"


def is_on_the_same_disk(store: Store, folder: Path) -> bool:
    """Whether that folder is on the disk the store is on, so that a copy in it would go with the laptop."""
    try:
        return folder.stat().st_dev == store.places.store.stat().st_dev
    except OSError:
        return False


def _own(store: Store) -> Path | None:
    folder = second_place(store)
    return own_folder(store, folder) if folder is not None else None


def copy_of(backup: Path, own: Path) -> Path:
    """Copies a backup into this store's own folder in the second place, and gives the copy. It has its name
    only when it reads back as it was written. Touches no store, so that any thread may do it.

    FileTrouble if the place is away or cannot be written to, DiskFull if it is full.
    """
    to = own / backup.name
    try:
        if not own.is_dir():
            raise FileTrouble(
                f"The second place for backups, {own.parent}, is away.",
                "It will be tried again; if it has moved, choose it anew in the settings.",
            )
        wanted = _digest(backup)
        if to.exists() and _digest(to) == wanted:
            return to
        _copy(backup, to, wanted)
    except OSError as trouble:
        raise told(trouble, to) from trouble
    with suppress(OSError):  # some shared drives have no way to ask
        sync_folder(own)
    return to


def _copy(backup: Path, to: Path, wanted: bytes) -> None:
    for left in to.parent.glob(f"{_PART}*"):  # by a kill in the middle of copying
        left.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(prefix=_PART, suffix=".part", dir=to.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out, backup.open("rb") as source:
            shutil.copyfileobj(source, out, 1 << 20)
            out.flush()
            os.fsync(out.fileno())
        if _digest(part) != wanted:
            raise FileTrouble(
                f"The copy in {to.parent} does not read back as it was written.",
                "It will be tried again; if that goes on, choose another place.",
            )
        os.replace(part, to)
    finally:
        with suppress(OSError):  # after the rename there is nothing left under the other name
            part.unlink(missing_ok=True)


def _digest(path: Path) -> bytes:
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
