"""Backups: whole copies of the store, still encrypted, each with the slots that open it.

A backup is one zip file, stored and not compressed, holding `store` (a copy made by the database itself,
under the same key) and `keys` (the slots file). It gets its name only after the copy inside has been opened
and found whole, with the same history. A live store is never copied as a file.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from supervise.errors import BadFile, StoreIsDamaged, SuperviseError
from supervise.places import Places
from supervise.store import changes, keys, schema
from supervise.store.aside import copy_put_aside, is_put_aside, put_aside
from supervise.store.database import Database, connect, give_key, take, troubles
from supervise.store.files import files_told_plainly, sync_file
from supervise.store.opening import refuse_if_busy
from supervise.store.thinning import MOMENT
from supervise.whole_files import sync_folder

if TYPE_CHECKING:
    from supervise.store import Store

_STORE, KEYS = "store", "keys"
"""The two parts of a backup."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A copy of an open store that is not yet a backup, in a folder of its own; `finish` makes one of it."""

    places: Places
    folder: Path
    moment: datetime
    label: str
    head: str
    slots: bytes = field(repr=False)
    key: bytes = field(repr=False)


def backup(store: Store, label: str, now: datetime | None = None) -> Path:
    """Makes a backup of the open store and gives its path. The label becomes part of the file's name, so
    it is one of the program's own ("before-import"), never words that somebody typed."""
    return finish(take_copy(store, label, now))


def take_copy(store: Store, label: str, now: datetime | None = None) -> Taken:
    """The part of a backup that needs the open store: the database copies itself. What opens the store now, and
    the end of its history, go with the copy, so that whatever happens next is nothing to it."""
    places = store.places
    moment = (now or store.now()).astimezone(UTC)
    with files_told_plainly():
        places.backups.mkdir(exist_ok=True, mode=0o700)
        slots = places.slots.read_bytes()
        folder = _make_folder(places.backups, places.store)
        try:
            store.database.execute("VACUUM INTO ?", [str(folder / _STORE)])
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    return Taken(places, folder, moment, label, store.head(), slots, store.key)


def finish(taken: Taken) -> Path:
    """Makes a backup of a copy, opens it to be sure of it, and gives its path. Needs no connection, so that any
    thread may do it. The copy is gone afterwards, also if it fails."""
    folder, into = taken.folder, taken.places.backups
    with files_told_plainly():
        try:
            copy, packed = folder / _STORE, folder / "backup.zip"
            _pack(packed, copy, taken.slots)
            copy.unlink()
            _verify(packed, folder, taken.key, expected=taken.head)
            path = _name(into, taken.moment, taken.label)
            packed.rename(path)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        sync_folder(into)
    return path


def list_backups(places: Places) -> list[Path]:
    """The backups beside the store, newest first."""
    return sorted(places.backups.glob("*.zip"), key=lambda path: path.name, reverse=True)


def restore(places: Places, backup: Path, secret: str, now: datetime) -> Path | None:
    """Puts a backup in the place of the store, which must not be open, after trying that it opens with the
    secret and is whole. What stands there now is put aside beside it, keys and all, under a name that is
    given (None if there was no store), so that this can be taken back too: a store that was put aside is
    restored like a backup, and stays where it is. BadFile or StoreIsDamaged if the backup is no good: then
    nothing moves."""
    refuse_if_busy(places)
    with files_told_plainly():
        places.store.parent.mkdir(parents=True, exist_ok=True)
        with _working_folder(places.store.parent, places.store) as folder:
            _unpack(backup, folder)
            slots = keys.parse((folder / KEYS).read_bytes())
            with _opened_with_any(folder / _STORE, keys.unwrap(slots, secret)):
                pass
            for part in (_STORE, KEYS):
                (folder / part).chmod(0o600)
                sync_file(folder / part)
            aside = put_aside(places, now)
            (folder / KEYS).rename(places.slots)
            (folder / _STORE).rename(places.store)
        sync_folder(places.store.parent)
    return aside


@contextmanager
def looked_into(backup: Path, places: Places, secret: str) -> Iterator[Database]:
    """The store in a backup, or one that was put aside: unpacked, still encrypted, in a folder beside the store
    that is gone afterwards; tried as when it is restored. No open store is touched, so that any thread may do it.
    WrongPassphrase, BadFile or StoreIsDamaged if it cannot be restored with that secret."""
    with files_told_plainly(), _working_folder(places.store.parent, places.store) as folder:
        _unpack(backup, folder)
        slots = keys.parse((folder / KEYS).read_bytes())
        with _opened_with_any(folder / _STORE, keys.unwrap(slots, secret)) as database:
            yield database


def put_under(backup: Path, places: Places, former: Sequence[bytes], key: bytes, slots: bytes) -> None:
    """Makes a backup anew under another key: the same store with the same history, tried before it takes the
    place of the one there. StoreIsDamaged if none of the `former` keys opens it."""
    with files_told_plainly(), _working_folder(backup.parent, places.store) as folder:
        _unpack(backup, folder)
        copy, packed = folder / _STORE, folder / "backup.zip"
        head = _put_copy_under(copy, former, key)
        _pack(packed, copy, slots)
        copy.unlink()
        _verify(packed, folder, key, expected=head)
        packed.replace(backup)
        sync_folder(backup.parent)


def _put_copy_under(copy: Path, former: Sequence[bytes], key: bytes) -> str:
    """Puts an unpacked copy under another key, and gives the end of its history."""
    for old in former:
        with suppress(StoreIsDamaged):
            _look_into(copy, old, expected=None)
            break
    else:
        raise StoreIsDamaged(
            "It was made under keys that are older still, and opens with those only.", ""
        )
    with closing(connect(copy, old)) as database:
        take(database)
        give_key(database, key, old)
        return changes.head(database).hex()


def trouble_with(store: Store, backup: Path, *, thoroughly: bool) -> str | None:
    """What is the matter with a backup of this store, in a sentence; None if it is whole. Thoroughly: its
    copy is opened and read through, unless it was made under an earlier key."""
    with files_told_plainly(), _working_folder(backup.parent, store.places.store) as folder:
        try:
            _unpack(backup, folder)
            slots = keys.parse((folder / KEYS).read_bytes())
            same_key = slots.keys[-1].key_id == keys.read(store.places.slots).keys[-1].key_id
            if thoroughly and same_key:
                _look_into(folder / _STORE, store.key, expected=None)
        except SuperviseError as error:
            return error.sentence
    return None


@contextmanager
def _working_folder(beside: Path, store: Path) -> Iterator[Path]:
    """A folder of this store's for the time of the block."""
    folder = _make_folder(beside, store)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_folder(beside: Path, store: Path) -> Path:
    """A folder of this store's and this process's; those that a kill of another left behind are swept up."""
    prefix = f".{store.name}-making-"
    own = f"{prefix}{os.getpid()}-"
    for left in beside.glob(f"{prefix}*"):
        if not left.name.startswith(own):  # it may be at work in another thread
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=own, dir=beside))


def _pack(path: Path, copy: Path, slots: bytes) -> None:
    with zipfile.ZipFile(path, "x", zipfile.ZIP_STORED) as archive:
        archive.write(copy, _STORE)
        archive.writestr(KEYS, slots)
    path.chmod(0o600)
    sync_file(path)


def _unpack(path: Path, folder: Path) -> None:
    """The two parts of a backup, in that folder, or a copy of a store that was put aside. BadFile if it is
    none, or has been cut or altered."""
    if is_put_aside(path):
        copy_put_aside(path, folder / _STORE, folder / KEYS)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            for part in (_STORE, KEYS):
                if archive.getinfo(part).compress_type != zipfile.ZIP_STORED:
                    raise zipfile.BadZipFile("compressed")
                archive.extract(part, folder)
    except (zipfile.BadZipFile, KeyError, EOFError, ValueError, NotImplementedError) as error:
        raise BadFile(
            f"{path.name} is no backup of Supervise, or it is damaged.", "Choose another backup."
        ) from error


def _verify(packed: Path, folder: Path, key: bytes, expected: str) -> None:
    _unpack(packed, folder)
    _look_into(folder / _STORE, key, expected)


@contextmanager
def _opened_with_any(path: Path, found: Sequence[bytes]) -> Iterator[Database]:
    """The copy, looked over, under whichever of these keys fits; more than one only in the middle of a change of
    keys."""
    for key in found[:-1]:
        with suppress(StoreIsDamaged):
            _look_into(path, key, expected=None)
            break
    else:
        key = found[-1]
        _look_into(path, key, expected=None)
    with closing(connect(path, key)) as database:
        take(database)
        yield database


def _look_into(path: Path, key: bytes, expected: str | None) -> None:
    """StoreIsDamaged if the copy does not open, is not whole, or does not end in the link expected."""
    with closing(connect(path, key)) as database:
        take(database)
        schema.refuse_newer(database)
        if not schema.applied(database) or troubles(database):
            raise StoreIsDamaged(
                "The copy of the store is not whole.", "Try again, or choose another backup."
            )
        if expected not in (None, changes.head(database).hex()):
            raise StoreIsDamaged("The copy of the store has another history.", "Try again.")


def _name(folder: Path, moment: datetime, label: str) -> Path:
    """A name that sorts by time and that nothing has yet."""
    kind = "".join(character if character.isalnum() else "-" for character in label)
    stem = f"{moment:{MOMENT}} {kind}"
    names = (folder / (f"{stem}.zip" if n == 1 else f"{stem} {n}.zip") for n in range(1, 1000))
    return next(name for name in names if not name.exists())
